package completeness

import (
	"net/url"
	"path"
	"sort"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/net/html"

	"gongkai/inspection/rule"
)

// PageOf reads the build of a page from its HTML (UTF-8): the whole page or a part
// of one. It never fails: of what is no HTML it finds nothing.
func PageOf(s string) *rule.Page {
	r := &pageReader{ids: map[string]bool{}}
	top, err := html.Parse(strings.NewReader(s))
	if err != nil {
		return &r.page
	}
	r.idsOf(top)
	r.walk(top, 0, false)
	for i := range r.page.Links {
		r.fill(&r.page.Links[i].Spot)
	}
	for i := range r.page.Pictures {
		r.fill(&r.page.Pictures[i].Spot)
	}
	for i := range r.page.Tables {
		r.fill(&r.page.Tables[i].Spot)
	}
	return &r.page
}

// deepest bounds how deep a page may be nested before the rest is left out.
const deepest = 400

// a pageReader walks a page once.
type pageReader struct {
	page rule.Page
	ids  map[string]bool
	seen []rune // the visible text so far, without white space
	cuts []int  // where pieces of text begin in it
}

// fill gives a spot without text of its own the piece of text that follows it.
func (r *pageReader) fill(x *rule.Spot) {
	if x.Text != "" {
		return
	}
	const enough = 12
	end := min(len(r.seen), x.Before+enough)
	if i := sort.SearchInts(r.cuts, x.Before+1); i < len(r.cuts) {
		end = min(end, r.cuts[i])
	}
	x.Text = string(r.seen[x.Before:end])
}

func (r *pageReader) spot(text string) rule.Spot { return rule.Spot{Before: len(r.seen), Text: text} }

func (r *pageReader) idsOf(top *html.Node) {
	for n := range top.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if id, _ := attr(n, "id"); id != "" {
			r.ids[id] = true
		}
		if name, _ := attr(n, "name"); name != "" && n.Data == "a" {
			r.ids[name] = true
		}
	}
}

func (r *pageReader) walk(n *html.Node, depth int, linked bool) {
	switch {
	case depth > deepest:
		return
	case n.Type == html.TextNode:
		if strings.TrimSpace(n.Data) != "" {
			r.cuts = append(r.cuts, len(r.seen))
		}
		for _, c := range n.Data {
			if !unicode.IsSpace(c) {
				r.seen = append(r.seen, c)
			}
		}
		return
	case n.Type == html.ElementNode:
		if unseen(n) {
			return
		}
		switch n.Data {
		case "a":
			r.link(n)
			linked = true
		case "img":
			r.picture(n, linked)
		case "table":
			r.table(n)
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.walk(c, depth+1, linked)
	}
}

// unseen tells elements that are no text of the page, or not shown.
func unseen(n *html.Node) bool {
	switch n.Data {
	case "script", "style", "noscript", "template", "iframe", "object", "svg", "head", "nav", "select", "button", "textarea", "dialog", "math", "canvas", "audio", "video":
		return true
	}
	_, hidden := attr(n, "hidden")
	aria, _ := attr(n, "aria-hidden")
	style, _ := attr(n, "style")
	role, _ := attr(n, "role")
	return hidden || aria == "true" || role == "navigation" || strings.Contains(strings.ReplaceAll(strings.ToLower(style), " ", ""), "display:none")
}

func (r *pageReader) link(n *html.Node) {
	href, is := attr(n, "href")
	if !is {
		return // a target, no link
	}
	l := rule.PageLink{Href: strings.TrimSpace(href), Text: spoken(n), Spot: r.spot(strings.TrimSpace(textOf(n)))}
	if id, ok := strings.CutPrefix(l.Href, "#"); ok && id != "" && id != "top" && id[0] != '/' && id[0] != '!' {
		plain, err := url.PathUnescape(id)
		l.Dead = !r.ids[id] && (err != nil || !r.ids[plain])
	}
	r.page.Links = append(r.page.Links, l)
}

// spoken is what a screen reader says of a link.
func spoken(n *html.Node) string {
	for _, key := range []string{"aria-label", "title"} {
		if s, _ := attr(n, key); strings.TrimSpace(s) != "" {
			return strings.TrimSpace(s)
		}
	}
	var b strings.Builder
	for x := range n.Descendants() {
		switch {
		case x.Type == html.TextNode:
			b.WriteString(x.Data)
		case x.Type == html.ElementNode:
			for _, key := range []string{"alt", "aria-label"} {
				s, _ := attr(x, key)
				b.WriteString(s)
			}
		}
	}
	return strings.TrimSpace(b.String())
}

// tiny is how many points wide or high a picture must be to be more than a spacer.
const tiny = 16

func (r *pageReader) picture(n *html.Node, linked bool) {
	for _, key := range []string{"width", "height"} {
		s, _ := attr(n, key)
		if v, err := strconv.Atoi(strings.TrimSuffix(s, "px")); err == nil && v <= tiny {
			return
		}
	}
	if role, _ := attr(n, "role"); role == "presentation" || role == "none" {
		return
	}
	src, _ := attr(n, "src")
	p := rule.PagePicture{Spot: r.spot(""), Linked: linked}
	if !strings.HasPrefix(src, "data:") {
		if i := strings.IndexAny(src, "?#"); i >= 0 {
			src = src[:i]
		}
		p.Name = path.Base(src)
	}
	p.Alt, p.HasAlt = attr(n, "alt")
	if s, _ := attr(n, "aria-label"); s != "" && !p.HasAlt {
		p.Alt, p.HasAlt = s, true
	}
	r.page.Pictures = append(r.page.Pictures, p)
}

// table reads a table of data; one that only lays out the page has one row or one
// column, or holds another.
func (r *pageReader) table(n *html.Node) {
	if role, _ := attr(n, "role"); role == "presentation" || role == "none" {
		return
	}
	t := rule.PageTable{}
	for x := range n.Descendants() {
		if x.Type != html.ElementNode {
			continue
		}
		switch x.Data {
		case "table":
			return
		case "caption":
			t.Caption = textOf(x)
		case "th":
			t.Heads = true
		case "tr":
			t.Rows++
			cols := 0
			for c := x.FirstChild; c != nil; c = c.NextSibling {
				if c.Type == html.ElementNode && (c.Data == "td" || c.Data == "th") {
					cols++
				}
			}
			t.Cols = max(t.Cols, cols)
		}
	}
	if t.Rows < 2 || t.Cols < 2 {
		return
	}
	for _, key := range []string{"aria-label", "summary"} {
		if s, _ := attr(n, key); t.Caption == "" {
			t.Caption = s
		}
	}
	if p := n.Parent; t.Caption == "" && p != nil && p.Data == "figure" {
		for _, x := range []*html.Node{p.FirstChild, n.PrevSibling, n.NextSibling, p.LastChild} {
			if x != nil && x.Type == html.ElementNode && x.Data == "figcaption" {
				t.Caption = textOf(x)
			}
		}
	}
	t.Spot = r.spot("")
	r.page.Tables = append(r.page.Tables, t)
}

func attr(n *html.Node, key string) (value string, is bool) {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val, true
		}
	}
	return "", false
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for x := range n.Descendants() {
		if x.Type == html.TextNode {
			b.WriteString(x.Data)
		}
	}
	return b.String()
}
