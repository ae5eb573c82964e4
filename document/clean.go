package document

import (
	"context"
	"regexp"
	"strings"
	"sync"

	"github.com/microcosm-cc/bluemonday"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Clean sanitises what an editor or a paste sends: only the elements an
// information page uses remain, <b> and <i> become <strong> and <em>, what Word
// leaves behind goes, alignment becomes a class, first-level headings become
// second-level ones. Pictures stay only if they are files of this site. Clean
// HTML is left as it is.
func Clean(s string) string {
	// What one pass takes out may leave something empty around it.
	for range 5 {
		next := cleanOnce(s)
		if next == s {
			break
		}
		s = next
	}
	return s
}

func cleanOnce(s string) string {
	nodes, err := fragment(s)
	if err != nil {
		return "<p>" + html.EscapeString(strings.ToValidUTF8(s, "")) + "</p>"
	}
	top := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
	for _, n := range nodes {
		top.AppendChild(n)
	}
	tidy(top, 0)
	var out strings.Builder
	for c := top.FirstChild; c != nil; c = c.NextSibling {
		if html.Render(&out, c) != nil {
			continue
		}
	}
	return strings.TrimSpace(policy().Sanitize(out.String()))
}

// Text returns the plain text of clean HTML, a line for each paragraph, the
// cells of a table row parted by tabs.
func Text(s string) string {
	blocks, err := cleanBlocks(s)
	if err != nil {
		return wordsAlone(s)
	}
	return plain(blocks)
}

// wordsAlone are the texts of a page that has no tree, a line each: what is inspected
// must not become empty because it is too much.
func wordsAlone(s string) string {
	var lines []string
	for z := html.NewTokenizer(strings.NewReader(strings.ToValidUTF8(s, "\ufffd"))); z.Next() != html.ErrorToken; {
		if t := z.Token(); t.Type == html.TextToken {
			if line := strings.TrimSpace(cleanText(t.Data)); line != "" {
				lines = append(lines, line)
			}
		}
	}
	return strings.Join(lines, "\n")
}

// cleanBlocks reads our own HTML back.
func cleanBlocks(s string) ([]Block, error) {
	nodes, err := fragment(s)
	if err != nil {
		return nil, err
	}
	top := &html.Node{Type: html.DocumentNode}
	for _, n := range nodes {
		top.AppendChild(n)
	}
	lim := DefaultLimits
	b := newBudget(context.Background(), lim)
	if err := measure(b, top); err != nil {
		return nil, err
	}
	h := &htmlReader{b: b, keepAll: true}
	err = h.flow(top, htmlFace{})
	h.flush()
	return h.blocks, err
}

func fragment(s string) ([]*html.Node, error) {
	if s = strings.ToValidUTF8(s, "\ufffd"); Heavy(s) {
		return nil, tooManyNodes()
	}
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	return html.ParseFragment(strings.NewReader(s), body)
}

const maxTidyDepth = 400

// tidy rewrites elements in place before the policy decides what remains.
func tidy(n *html.Node, depth int) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		switch {
		case c.Type == html.CommentNode, depth > maxTidyDepth:
			n.RemoveChild(c)
		case c.Type == html.TextNode:
			c.Data = cleanText(c.Data)
		case c.Type == html.ElementNode:
			if removed(c) {
				n.RemoveChild(c)
				break
			}
			rename(c)
			align(c)
			tidy(c, depth+1)
			if hollow(c) {
				n.RemoveChild(c)
			}
		}
		c = next
	}
}

// removed elements go with all they hold.
func removed(n *html.Node) bool {
	switch n.Data {
	case "script", "style", "xml", "title", "head", "meta", "link", "noscript", "template", "iframe", "object", "embed", "svg", "math", "select", "textarea", "button", "input", "frameset", "noframes", "plaintext", "xmp", "listing":
		return true
	}
	return hiddenElement(n)
}

func rename(n *html.Node) {
	to := map[string]string{"b": "strong", "i": "em", "strike": "s", "del": "s", "ins": "u", "h1": "h2", "center": "p", "dir": "ul", "menu": "ul", "address": "p", "article": "div", "main": "div"}[n.Data]
	if n.Data == "center" {
		n.Attr = append(n.Attr, html.Attribute{Key: "align", Val: "center"})
	}
	if to == "" && n.Data == "div" && inlineOnly(n) {
		to = "p"
	}
	if to != "" {
		n.Data, n.DataAtom = to, atom.Lookup([]byte(to))
	}
}

func inlineOnly(n *html.Node) bool {
	if n.FirstChild == nil {
		return false
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && (blockElement(c.Data) || c.Data == "table" || c.Data == "ul" || c.Data == "ol" || c.Data == "hr" || c.Data == "figure" || len(c.Data) == 2 && c.Data[0] == 'h') || c.Type == html.ElementNode && !inlineOnlyOrEmpty(c) {
			return false
		}
	}
	return true
}

func inlineOnlyOrEmpty(n *html.Node) bool { return n.FirstChild == nil || inlineOnly(n) }

// align turns the alignment of a block into a class.
func align(n *html.Node) {
	switch n.Data {
	case "p", "h2", "h3", "h4", "h5", "h6", "td", "th", "div", "figure":
	default:
		return
	}
	class := ""
	for _, a := range n.Attr {
		v := ""
		switch a.Key {
		case "class":
			for _, c := range strings.Fields(a.Val) {
				if alignClass.MatchString(c) {
					class = c
				}
			}
			continue
		case "align":
			v = a.Val
		case "style":
			if m := cssTextAlign.FindStringSubmatch(strings.ToLower(strings.ReplaceAll(a.Val, " ", ""))); m != nil {
				v = m[1]
			}
		}
		switch strings.ToLower(strings.TrimSpace(v)) {
		case "center":
			class = classCenter
		case "right", "end":
			class = classRight
		}
	}
	kept := n.Attr[:0]
	for _, a := range n.Attr {
		if a.Key != "class" && a.Key != "style" && a.Key != "align" {
			kept = append(kept, a)
		}
	}
	n.Attr = kept
	if class != "" {
		n.Attr = append(n.Attr, html.Attribute{Key: "class", Val: class})
	}
}

// hollow elements hold nothing and mean nothing without it.
func hollow(n *html.Node) bool {
	switch n.Data {
	case "p", "h2", "h3", "h4", "h5", "h6", "strong", "em", "u", "s", "sup", "sub", "span", "a", "div", "blockquote", "ul", "ol", "figure", "caption", "font":
	default:
		return strings.Contains(n.Data, ":") && strings.TrimSpace(nodeText(n)) == "" && n.FirstChild == nil
	}
	if n.Data == "a" && attrOf(n, "id") != "" {
		return false
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.TextNode && !(c.Type == html.ElementNode && c.Data == "br" && blockElement(n.Data)) || strings.TrimSpace(c.Data) != "" && c.Type == html.TextNode {
			return false
		}
	}
	return n.FirstChild == nil || blockElement(n.Data) || len(n.Data) == 2 && n.Data[0] == 'h'
}

var (
	alignClass = regexp.MustCompile(`^al-(center|right|justify|number)$`)
	noteID     = regexp.MustCompile(`^fn(ref)?-\d{1,5}$`)
	langTag    = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z]{2,4})?$`)
	smallInt   = regexp.MustCompile(`^[1-9]\d{0,2}$`)
	rowInt     = regexp.MustCompile(`^[1-9]\d{0,3}$`)
	anyInt     = regexp.MustCompile(`^\d{1,6}$`) // up to highestStart
	scopeWord  = regexp.MustCompile(`^(row|col|rowgroup|colgroup)$`)
	hrefForm   = regexp.MustCompile(`^(https?://[^\s"'<>]+|mailto:[^\s"'<>]+|tel:[\d+ -]+|/[^/\s"'<>\\][^\s"'<>\\]*|/|#fn(ref)?-\d{1,5})$`)
	plainWords = regexp.MustCompile(`^[^<>]{0,500}$`)
)

// policy is what an information page may hold.
var policy = sync.OnceValue(func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "h2", "h3", "h4", "h5", "h6", "strong", "em", "u", "s", "sup", "sub", "br", "hr", "ul", "ol", "li",
		"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "figure", "figcaption", "blockquote", "pre", "code",
		"dl", "dt", "dd", "ruby", "rt", "rp")
	p.AllowAttrs("class").Matching(alignClass).OnElements("p", "h2", "h3", "h4", "h5", "h6", "td", "th", "figure")
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^footnotes$`)).OnElements("section")
	p.AllowAttrs("lang").Matching(langTag).OnElements("p", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "blockquote")
	p.AllowAttrs("colspan").Matching(smallInt).OnElements("td", "th") // up to widestSpan
	p.AllowAttrs("rowspan").Matching(rowInt).OnElements("td", "th")   // up to longestSpan
	p.AllowAttrs("scope").Matching(scopeWord).OnElements("th")
	p.AllowAttrs("start").Matching(anyInt).OnElements("ol")
	p.AllowAttrs("id").Matching(noteID).OnElements("li", "a")
	p.AllowAttrs("href").Matching(hrefForm).OnElements("a")
	p.AllowAttrs("src").Matching(ownFile).OnElements("img")
	p.AllowAttrs("alt").Matching(plainWords).OnElements("img")
	p.AllowAttrs("width", "height").Matching(anyInt).OnElements("img")
	p.RequireParseableURLs(true)
	p.AllowRelativeURLs(true)
	p.AllowURLSchemes("http", "https", "mailto", "tel")
	p.RequireNoFollowOnLinks(false)
	p.RequireNoReferrerOnLinks(false)
	return p
})
