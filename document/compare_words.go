package document

import (
	"html"
	"strings"
	"unicode"

	nethtml "golang.org/x/net/html"
)

// A word is a unit of comparison inside a paragraph: a Han character, a Latin
// word, a number, a mark, a line break, a picture.
type word struct {
	html  string // escaped
	key   string // equal words have equal keys: the text and where it leads
	open  string // tags around it
	close string
}

// words compares two stretches of inline nodes.
func (c *comparison) words(older, newer []*nethtml.Node) {
	a, b := split(older), split(newer)
	ka, kb := keys(a), keys(b)
	for _, e := range settleEdits(c.edits(ka, kb), ka) {
		if e.same {
			c.run(b[e.b0:e.b1])
			continue
		}
		if e.a1 > e.a0 {
			c.out.WriteString("<del>")
			c.run(a[e.a0:e.a1])
			c.out.WriteString("</del>")
		}
		if e.b1 > e.b0 {
			c.out.WriteString("<ins>")
			c.run(b[e.b0:e.b1])
			c.out.WriteString("</ins>")
		}
	}
}

func (c *comparison) run(ws []word) {
	for i := 0; i < len(ws); {
		j := i
		c.out.WriteString(ws[i].open)
		for j < len(ws) && ws[j].open == ws[i].open {
			c.out.WriteString(ws[j].html)
			j++
		}
		c.out.WriteString(ws[i].close)
		i = j
	}
}

func keys(ws []word) []string {
	out := make([]string, len(ws))
	for i, w := range ws {
		out[i] = w.key
	}
	return out
}

// settleEdits joins changes that are parted by one or two characters only: a
// sentence with a mark at every other character cannot be read.
func settleEdits(es []edit, a []string) []edit {
	var out []edit
	for i, e := range es {
		small := e.same && i > 0 && i+1 < len(es) && e.a1-e.a0 <= 2 && weight(a[e.a0:e.a1]) <= 2
		if n := len(out); n > 0 && !out[n-1].same && (!e.same || small && changed(out[n-1])+changed(es[i+1]) > 6) {
			out[n-1].a1, out[n-1].b1 = e.a1, e.b1
			continue
		}
		out = append(out, e)
	}
	return out
}

func changed(e edit) int { return max(e.a1-e.a0, e.b1-e.b0) }

func weight(keys []string) int {
	n := 0
	for _, k := range keys {
		n += runeLen(k)
	}
	return n
}

func split(nodes []*nethtml.Node) []word {
	var s splitter
	for _, n := range nodes {
		s.node(n, "", "", "", false)
	}
	return s.out
}

type splitter struct{ out []word }

func (s *splitter) node(n *nethtml.Node, open, close, link string, whole bool) {
	switch n.Type {
	case nethtml.TextNode:
		s.text(n.Data, open, close, link, whole)
		return
	case nethtml.ElementNode:
	default:
		return
	}
	switch n.Data {
	case "br":
		s.out = append(s.out, word{html: "<br>", key: "\n", open: open, close: close})
		return
	case "img":
		s.out = append(s.out, word{html: openTag(n), key: "\x00img " + attrOf(n, "src") + " " + attrOf(n, "alt"), open: open, close: close})
		return
	case "a":
		link = attrOf(n, "href")
	case "sup", "ruby":
		whole = true
	}
	open, close = open+openTag(n), "</"+n.Data+">"+close
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		s.node(c, open, close, link, whole)
	}
}

func (s *splitter) text(text, open, close, link string, whole bool) {
	key := func(t string) string {
		if link != "" {
			return t + "\x00" + link
		}
		return t
	}
	put := func(t string) {
		if t != "" {
			s.out = append(s.out, word{html: html.EscapeString(t), key: key(t), open: open, close: close})
		}
	}
	if whole {
		put(text)
		return
	}
	from, kind := 0, 0
	for i, r := range text {
		k := wordKind(r)
		if k == 0 || k != kind {
			put(text[from:i])
			from = i
		}
		kind = k
	}
	put(text[from:])
}

// wordKind parts characters into those that stand alone (0) and those that run
// together with their like.
func wordKind(r rune) int {
	switch {
	case r >= '0' && r <= '9' || r == '.':
		return 1
	case r < 0x2e80 && (unicode.IsLetter(r) || r == '_' || unicode.IsMark(r)):
		return 2
	case unicode.IsSpace(r):
		return 3
	}
	return 0
}

// table compares tables row by row and cell by cell. Where rows reach over each
// other and their shape has changed, the tables stand one after the other: a
// mixture of both grids would be neither.
func (c *comparison) table(o, n *nethtml.Node) {
	a, b := rowsOf(o), rowsOf(n)
	if (reaches(a) || reaches(b)) && !sameShapes(a, b) {
		c.wholeNode(o, "del")
		c.wholeNode(n, "ins")
		return
	}
	c.out.WriteString(openTag(n))
	c.caption(captionOf(o), captionOf(n))
	w := &rowWriter{c: c}
	ka, kb := make([]string, len(a)), make([]string, len(b))
	for i, r := range a {
		ka[i] = r.key
	}
	for i, r := range b {
		kb[i] = r.key
	}
	if sameShapes(a, b) && reaches(a) {
		for i := range b {
			w.pair(a[i], b[i])
		}
	} else {
		for _, e := range c.edits(ka, kb) {
			if e.same {
				for _, r := range b[e.b0:e.b1] {
					w.section(r)
					c.out.WriteString(r.key)
				}
				continue
			}
			w.gap(a[e.a0:e.a1], b[e.b0:e.b1])
		}
	}
	w.end()
	c.out.WriteString("</table>")
}

func (c *comparison) caption(o, n *nethtml.Node) {
	switch {
	case n != nil && o != nil:
		c.out.WriteString("<caption>")
		c.words(children(o), children(n))
		c.out.WriteString("</caption>")
	case n != nil:
		c.wholeNode(n, "ins")
	case o != nil:
		c.wholeNode(o, "del")
	}
}

// A tableRow is a row with the section it stands in.
type tableRow struct {
	piece
	part  string // thead, tbody, tfoot
	cells []*nethtml.Node
	shape string
	long  bool // a cell reaches into rows below
}

func rowsOf(table *nethtml.Node) []*tableRow {
	var out []*tableRow
	var walk func(n *nethtml.Node, part string)
	walk = func(n *nethtml.Node, part string) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			switch c.Data {
			case "thead", "tbody", "tfoot":
				walk(c, c.Data)
			case "tr":
				r := &tableRow{part: part}
				r.piece = piece{node: c, key: render(c), text: nodeText(c)}
				for d := c.FirstChild; d != nil; d = d.NextSibling {
					if d.Data == "td" || d.Data == "th" {
						r.cells = append(r.cells, d)
						r.shape += attrOf(d, "colspan") + "x" + attrOf(d, "rowspan") + " "
						r.long = r.long || attrOf(d, "rowspan") != "" && attrOf(d, "rowspan") != "1"
					}
				}
				out = append(out, r)
			}
		}
	}
	walk(table, "tbody")
	return out
}

func captionOf(table *nethtml.Node) *nethtml.Node {
	for c := table.FirstChild; c != nil; c = c.NextSibling {
		if c.Data == "caption" {
			return c
		}
	}
	return nil
}

func reaches(rows []*tableRow) bool {
	for _, r := range rows {
		if r.long {
			return true
		}
	}
	return false
}

func sameShapes(a, b []*tableRow) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].shape != b[i].shape {
			return false
		}
	}
	return true
}

// A rowWriter writes rows into sections in their lawful order.
type rowWriter struct {
	c    *comparison
	part string
}

func (w *rowWriter) section(r *tableRow) {
	order := map[string]int{"": 0, "thead": 1, "tbody": 2, "tfoot": 3}
	if order[r.part] <= order[w.part] {
		return
	}
	w.end()
	w.part = r.part
	w.c.out.WriteString("<" + w.part + ">")
}

func (w *rowWriter) end() {
	if w.part != "" {
		w.c.out.WriteString("</" + w.part + ">")
	}
}

func (w *rowWriter) gap(older, newer []*tableRow) {
	po, pn := make([]*piece, len(older)), make([]*piece, len(newer))
	for i := range older {
		po[i] = &older[i].piece
	}
	for i := range newer {
		pn[i] = &newer[i].piece
	}
	i, j := 0, 0
	for _, m := range w.c.resembling(po, pn) {
		if older[m[0]].shape != newer[m[1]].shape {
			continue
		}
		w.flush(older[i:m[0]], newer[j:m[1]])
		w.pair(older[m[0]], newer[m[1]])
		i, j = m[0]+1, m[1]+1
	}
	w.flush(older[i:], newer[j:])
}

func (w *rowWriter) flush(older, newer []*tableRow) {
	for i, r := range older {
		if len(older) == len(newer) && r.shape == newer[i].shape && strings.TrimSpace(r.text) != "" && likeness(&r.piece, &newer[i].piece) > 0.1 {
			w.pair(r, newer[i])
			newer[i] = nil
			continue
		}
		w.section(r)
		w.c.wholeNode(r.node, "del")
	}
	for _, r := range newer {
		if r != nil {
			w.section(r)
			w.c.wholeNode(r.node, "ins")
		}
	}
}

func (w *rowWriter) pair(o, n *tableRow) {
	w.section(n)
	if o.key == n.key {
		w.c.out.WriteString(n.key)
		return
	}
	w.c.out.WriteString(openTag(n.node))
	for i, cell := range n.cells {
		w.c.out.WriteString(openTag(cell))
		if leaf(cell) && leaf(o.cells[i]) {
			w.c.words(children(o.cells[i]), children(cell))
		} else {
			w.c.pieces(pieces(children(o.cells[i])), pieces(children(cell)))
		}
		w.c.out.WriteString("</" + cell.Data + ">")
	}
	w.c.out.WriteString("</tr>")
}
