package document

import (
	"html"
	"strings"

	nethtml "golang.org/x/net/html"
)

// Compare returns the new text with what was taken out in <del> and what came
// in in <ins>, for reviewers. First blocks are matched, then words within them;
// tables are compared cell by cell. The result is valid HTML of the same
// elements as clean HTML; equal texts come back as the new text, and so does a
// change of looks alone. However large
// the texts, the work is bounded: where they differ too much to be matched they
// stand one after the other.
func Compare(oldHTML, newHTML string) string {
	older, newer := Clean(oldHTML), Clean(newHTML)
	if older == newer {
		return newer
	}
	a, err := fragment(older)
	if err != nil {
		return newer
	}
	b, err := fragment(newer)
	if err != nil {
		return newer
	}
	for _, n := range a {
		dropIDs(n)
	}
	c := &comparison{work: 40_000_000}
	c.pieces(pieces(a), pieces(b))
	return strings.TrimSpace(c.out.String())
}

// dropIDs keeps deleted footnotes from repeating the names of the new ones.
func dropIDs(n *nethtml.Node) {
	kept := n.Attr[:0]
	for _, a := range n.Attr {
		if a.Key != "id" {
			kept = append(kept, a)
		}
	}
	n.Attr = kept
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		dropIDs(c)
	}
}

// A comparison writes the marked text. work is what is left of the steps it may
// take.
type comparison struct {
	out  strings.Builder
	work int
}

// A piece is a block element, or neighbouring inline nodes that stand in a
// container without an element of their own.
type piece struct {
	node   *nethtml.Node   // nil for inline nodes
	inline []*nethtml.Node // of a piece without an element
	key    string          // equal pieces have equal keys
	text   string
	grams  map[[2]rune]int
}

func pieces(nodes []*nethtml.Node) []*piece {
	var out []*piece
	var loose []*nethtml.Node
	flush := func() {
		if len(loose) == 0 {
			return
		}
		p := &piece{inline: loose}
		loose = nil
		for _, n := range p.inline {
			p.key += render(n)
			p.text += nodeText(n)
		}
		if strings.TrimSpace(p.key) != "" {
			out = append(out, p)
		}
	}
	for _, n := range nodes {
		if n.Type == nethtml.ElementNode && comparedBlock(n.Data) {
			flush()
			out = append(out, &piece{node: n, key: render(n), text: nodeText(n)})
			continue
		}
		loose = append(loose, n)
	}
	flush()
	return out
}

func comparedBlock(tag string) bool {
	switch tag {
	case "p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "figure",
		"figcaption", "blockquote", "pre", "hr", "dl", "dt", "dd", "section", "div":
		return true
	}
	return false
}

func children(n *nethtml.Node) []*nethtml.Node {
	var out []*nethtml.Node
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		out = append(out, c)
	}
	return out
}

func render(n *nethtml.Node) string {
	var s strings.Builder
	if nethtml.Render(&s, n) != nil {
		return ""
	}
	return s.String()
}

func openTag(n *nethtml.Node) string {
	var s strings.Builder
	s.WriteString("<" + n.Data)
	for _, a := range n.Attr {
		s.WriteString(" " + a.Key + `="` + html.EscapeString(a.Val) + `"`)
	}
	s.WriteString(">")
	return s.String()
}

// leaf reports whether an element holds only words, no blocks.
func leaf(n *nethtml.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == nethtml.ElementNode && comparedBlock(c.Data) {
			return false
		}
	}
	return true
}

// pieces compares two rows of blocks.
func (c *comparison) pieces(older, newer []*piece) {
	a, b := make([]string, len(older)), make([]string, len(newer))
	for i, p := range older {
		a[i] = p.key
	}
	for i, p := range newer {
		b[i] = p.key
	}
	for _, e := range c.edits(a, b) {
		if e.same {
			for _, p := range newer[e.b0:e.b1] {
				c.out.WriteString(p.key)
			}
			continue
		}
		c.gap(older[e.a0:e.a1], newer[e.b0:e.b1])
	}
}

// gap compares blocks between two that are the same: those that resemble each
// other are compared word by word, the rest has gone or come.
func (c *comparison) gap(older, newer []*piece) {
	i, j := 0, 0
	for _, m := range c.resembling(older, newer) {
		c.flush(older[i:m[0]], newer[j:m[1]])
		c.pair(older[m[0]], newer[m[1]])
		i, j = m[0]+1, m[1]+1
	}
	c.flush(older[i:], newer[j:])
}

func (c *comparison) flush(older, newer []*piece) {
	for _, p := range older {
		c.whole(p, "del")
	}
	for _, p := range newer {
		c.whole(p, "ins")
	}
}

func (c *comparison) pair(o, n *piece) {
	switch {
	case o.node == nil || n.node == nil:
		c.words(inlineOf(o), inlineOf(n))
	case n.node.Data == "table":
		c.table(o.node, n.node)
	case leaf(o.node) && leaf(n.node):
		c.out.WriteString(openTag(n.node))
		c.words(children(o.node), children(n.node))
		c.out.WriteString("</" + n.node.Data + ">")
	default:
		c.out.WriteString(openTag(n.node))
		c.pieces(pieces(children(o.node)), pieces(children(n.node)))
		c.out.WriteString("</" + n.node.Data + ">")
	}
}

func inlineOf(p *piece) []*nethtml.Node {
	if p.node == nil {
		return p.inline
	}
	return children(p.node)
}

// whole writes a block that has gone or come, the mark inside its leaves.
func (c *comparison) whole(p *piece, mark string) {
	if p.node == nil {
		c.marked(p.inline, mark)
		return
	}
	c.wholeNode(p.node, mark)
}

func (c *comparison) wholeNode(n *nethtml.Node, mark string) {
	if n.Data == "hr" {
		if mark == "ins" {
			c.out.WriteString("<hr>")
		}
		return
	}
	c.out.WriteString(openTag(n))
	if leaf(n) {
		c.marked(children(n), mark)
	} else {
		for _, p := range pieces(children(n)) {
			c.whole(p, mark)
		}
	}
	c.out.WriteString("</" + n.Data + ">")
}

func (c *comparison) marked(nodes []*nethtml.Node, mark string) {
	s := ""
	for _, n := range nodes {
		s += render(n)
	}
	if strings.TrimSpace(s) == "" {
		return
	}
	c.out.WriteString("<" + mark + ">" + s + "</" + mark + ">")
}

// resembling pairs blocks in order so that the sum of their likeness is
// greatest. Beyond a few hundred it only looks at the same place.
func (c *comparison) resembling(older, newer []*piece) [][2]int {
	n, m := len(older), len(newer)
	if n == 0 || m == 0 {
		return nil
	}
	cost := n * m * 200
	if n*m > 40_000 || cost > c.work {
		var out [][2]int
		for i := 0; i < min(n, m); i++ {
			if c.work > 0 && likeness(older[i], newer[i]) >= alike {
				out = append(out, [2]int{i, i})
			}
			c.work -= 400
		}
		return out
	}
	c.work -= cost
	best := make([]float64, (n+1)*(m+1))
	like := make([]float64, n*m)
	at := func(i, j int) int { return i*(m+1) + j }
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			l := likeness(older[i], newer[j])
			like[i*m+j] = l
			best[at(i, j)] = max(best[at(i+1, j)], best[at(i, j+1)])
			if l >= alike {
				best[at(i, j)] = max(best[at(i, j)], l+best[at(i+1, j+1)])
			}
		}
	}
	var out [][2]int
	for i, j := 0, 0; i < n && j < m; {
		l := like[i*m+j]
		switch {
		case l >= alike && best[at(i, j)] == l+best[at(i+1, j+1)]:
			out = append(out, [2]int{i, j})
			i, j = i+1, j+1
		case best[at(i, j)] == best[at(i+1, j)]:
			i++
		default:
			j++
		}
	}
	return out
}

const alike = 0.3

// likeness is the share of character pairs two blocks have in common. Blocks
// that cannot be written as one another are never alike.
func likeness(o, n *piece) float64 {
	if family(o) != family(n) {
		return 0
	}
	if strings.TrimSpace(o.text) == "" && strings.TrimSpace(n.text) == "" {
		return 0
	}
	a, b := o.pairs(), n.pairs()
	if len(a) > len(b) {
		a, b = b, a
	}
	common, total := 0, 0
	for k, v := range a {
		common += min(v, b[k])
	}
	for _, v := range b {
		total += v
	}
	if total == 0 {
		return 0
	}
	l := float64(common) / float64(total)
	if family(n) == "table" || family(n) == "list" {
		return max(l, alike) // tables and lists in the same place are versions of one
	}
	return l
}

func family(p *piece) string {
	if p.node == nil {
		return "text"
	}
	switch p.node.Data {
	case "p", "h2", "h3", "h4", "h5", "h6", "pre":
		return "text"
	case "ul", "ol":
		return "list"
	}
	return p.node.Data
}

// pairs counts neighbouring characters, of long texts only the beginning.
func (p *piece) pairs() map[[2]rune]int {
	if p.grams == nil {
		p.grams = map[[2]rune]int{}
		var last rune
		n := 0
		for _, r := range p.text {
			if blank(r) {
				continue
			}
			p.grams[[2]rune{last, r}]++
			last = r
			if n++; n > 400 {
				break
			}
		}
	}
	return p.grams
}
