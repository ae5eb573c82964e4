package site

import (
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// What the programs that build most government sites hide in scripts, as their
// visitors' browsers unfold it.
var (
	// A list that comes as records in the page itself.
	record = regexp.MustCompile(`(?s)<record>\s*<!\[CDATA\[(.*?)\]\]>\s*</record>`)
	// The pages of a list, by their number: index.html, index_1.html …
	pager = regexp.MustCompile(`createPageHTML\(\s*(?:['"][\w-]*['"]\s*,\s*)?(\d{1,4})\s*,\s*\d{1,4}\s*,\s*["']([\w-]+)["']\s*,\s*["'](\w{2,5})["']`)
	// A front page that only leads on.
	leading = regexp.MustCompile(`location(?:\.href)?\s*(?:=\s*|\.replace\(\s*)["']([^"'\s]+)["']\s*\)?\s*(?:;|\}|$)`)
)

const (
	mostRecords = 2000
	mostPager   = 300
)

// unfold puts the lists that scripts hold in place of the scripts.
func unfold(root *html.Node) {
	var hold []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == "script" && n.FirstChild != nil && strings.Contains(n.FirstChild.Data, "<record>") {
			hold = append(hold, n)
		}
	}
	left := mostRecords
	for _, n := range hold {
		list := &html.Node{Type: html.ElementNode, Data: "ul", DataAtom: atom.Ul}
		for _, m := range record.FindAllStringSubmatch(n.FirstChild.Data, left) {
			left--
			inner := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
			parts, err := html.ParseFragment(strings.NewReader(m[1]), inner)
			if err != nil {
				continue
			}
			for _, part := range parts {
				list.AppendChild(part)
			}
		}
		n.Parent.InsertBefore(list, n)
		n.Parent.RemoveChild(n)
	}
}

// script reads a program in the page for addresses it leads to.
func (p *page) script(n *html.Node) {
	if n.FirstChild == nil {
		return
	}
	s := n.FirstChild.Data
	if m := pager.FindStringSubmatch(s); m != nil {
		pages, err := strconv.Atoi(m[1])
		for i := 1; err == nil && i < min(pages, mostPager); i++ {
			p.link(fmt.Sprintf("%s_%d.%s", m[2], i, m[3]), "", LinkPage)
		}
	}
	if m := leading.FindStringSubmatch(s); m != nil && p.jump == nil && len(s) < 2000 {
		p.jump = addressOf(p.base, m[1])
	}
}

// leadsOn returns where a page that says nothing itself leads, nil for others.
func (p *page) leadsOn() *url.URL {
	if p.runes >= 40 || p.flags&Listing != 0 || p.jump == nil || p.jump.String() == p.at.String() {
		return nil
	}
	return p.jump
}
