package site

import (
	"errors"
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"gongkai/document"
	"gongkai/inspection/rule"
	"gongkai/workday"
)

// A page is what is read off the HTML of one address.
type page struct {
	at     *url.URL
	base   *url.URL
	https  bool
	today  workday.Date
	inside func(*url.URL) bool

	title, head, column string
	site                map[string]string // what the page says about itself, by lower-case name
	date, newest        workday.Date
	links               []Link
	linkNo              map[Link]int
	items               []int
	itemDates           int
	noFollow            bool
	jump                *url.URL // where a script or a refresh leads on
	flags               Flags
	lines               []string
	runes               int // of the content
	findings            []Found

	line    strings.Builder
	heads   int
	nesting int // of navigation, head and foot
	lists   map[*html.Node]shape
}

var errDeep = errors.New("html nested too deep")

const (
	deepest   = 500
	mostLinks = 5000
	mostLines = 20_000
)

// readPage reads a page that has been decoded.
func readPage(text string, at *url.URL, today workday.Date, inside func(*url.URL) bool, c *checker) (*page, error) {
	if document.Heavy(text) {
		return nil, errDeep
	}
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return nil, errDeep
	}
	p := &page{at: at, base: at, https: at.Scheme == "https", today: today, inside: inside, site: map[string]string{}, linkNo: map[Link]int{}, lists: map[*html.Node]shape{}}
	unfold(root)
	if !p.measure(root, 0) {
		return nil, errDeep
	}
	p.walk(root, c)
	p.flush()
	p.listing(root)
	p.judge()
	return p, nil
}

// measure looks at the shape of every element, for the lists, and refuses trees
// that are too deep for the walks.
func (p *page) measure(n *html.Node, depth int) bool {
	if depth > deepest {
		return false
	}
	s := shape{nodes: 1}
	if n.Type == html.TextNode {
		s.runes = utf8.RuneCountInString(strings.TrimSpace(n.Data))
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if !p.measure(c, depth+1) {
			return false
		}
		if c.Type == html.TextNode {
			s.runes += utf8.RuneCountInString(strings.TrimSpace(c.Data))
		} else if c.Type == html.ElementNode {
			k := p.lists[c]
			s.runes, s.links, s.nodes = s.runes+k.runes, s.links+k.links, s.nodes+k.nodes
		}
	}
	if n.Type == html.ElementNode {
		if n.Data == "a" && attr(n, "href") != "" {
			s.links++
		}
		p.lists[n] = s
	}
	return true
}

// shape is how much is inside an element.
type shape struct{ links, runes, nodes int }

// walk goes through the tree once: links, words, and what the page says of itself.
func (p *page) walk(n *html.Node, c *checker) {
	switch n.Type {
	case html.TextNode:
		p.say(n.Data)
		return
	case html.ElementNode:
	default:
		p.children(n, c)
		return
	}
	switch n.Data {
	case "base":
		if b := addressOf(p.base, attr(n, "href")); b != nil {
			p.base = b
		}
	case "meta":
		p.meta(n)
	case "title":
		if p.title == "" && n.Parent != nil && n.Parent.Data == "head" {
			p.title = squeeze(words(n))
		}
		return
	case "link":
		switch rel := strings.ToLower(attr(n, "rel")); {
		case strings.Contains(rel, "stylesheet"), strings.Contains(rel, "icon"):
			p.part(n, "href", LinkPart, c)
		case strings.Contains(rel, "next"):
			p.link(attr(n, "href"), "", LinkPage)
		}
		return
	case "script":
		if has(n, "src") && n.Parent.Data != "head" || n.FirstChild != nil && !strings.Contains(attr(n, "type"), "json") {
			p.flags |= Program
		}
		p.part(n, "src", LinkPart, c)
		p.script(n)
		return
	case "option":
		if v := attr(n, "value"); strings.HasPrefix(v, "http") {
			p.link(v, squeeze(words(n)), LinkPage)
		}
	case "style", "noscript", "template", "svg", "math":
		return
	case "form", "video", "object", "embed", "canvas":
		p.media()
	case "iframe", "frame":
		p.media()
		p.mixed(attr(n, "src"), true, c)
		p.link(attr(n, "src"), "", LinkPage)
		return
	case "img":
		p.media()
		p.picture(n, c)
		return
	case "area":
		p.link(attr(n, "href"), squeeze(attr(n, "alt")), LinkPage)
		return
	case "a":
		p.anchor(n, c)
	case "h1":
		p.heads++
		if p.head == "" {
			p.head = squeeze(words(n))
		}
	case "br":
		p.flush()
		return
	case "td", "th":
		p.line.WriteByte('\t')
	}
	if has(n, "hidden") || strings.Contains(strings.ReplaceAll(attr(n, "style"), " ", ""), "display:none") {
		return
	}
	frame := marginal(n)
	block := blocks[n.Data]
	if block || frame {
		p.flush()
	}
	if frame {
		p.nesting++
	}
	p.children(n, c)
	if block || frame {
		p.flush() // inside, so that its words count where they stand
	}
	if frame {
		p.nesting--
	}
}

func (p *page) children(n *html.Node, c *checker) {
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		p.walk(k, c)
	}
}

var blocks = map[string]bool{"p": true, "div": true, "section": true, "article": true, "main": true, "header": true, "footer": true, "aside": true, "nav": true, "address": true,
	"blockquote": true, "pre": true, "center": true, "dl": true, "dt": true, "dd": true, "ul": true, "ol": true, "li": true, "table": true, "tr": true, "caption": true, "form": true,
	"fieldset": true, "h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true, "hr": true, "body": true, "details": true, "summary": true, "figure": true, "figcaption": true, "option": true}

// marginal tells elements that stand around the content.
func marginal(n *html.Node) bool {
	switch n.Data {
	case "nav", "header", "footer", "aside":
		return true
	}
	return attr(n, "role") == "navigation" || margins.MatchString(attr(n, "class")) || margins.MatchString(attr(n, "id"))
}

var margins = regexp.MustCompile(`(?i)(^|[\s_-])(nav|navbar|menu|foot|footer|breadcrumbs?|crumbs?|pager|pages|pagination|friendlinks?|yqlj)($|[\s_-])`)

// say adds words to the open line.
func (p *page) say(s string) {
	if p.line.Len() > 1<<16 {
		return
	}
	space := s != "" && strings.TrimLeft(s[:1], " \t\r\n") == ""
	for _, w := range strings.Fields(s) {
		if space && p.line.Len() > 0 {
			p.line.WriteByte(' ')
		}
		p.line.WriteString(w)
		space = true
	}
}

func (p *page) flush() {
	if s := strings.TrimSpace(p.line.String()); s != "" && len(p.lines) < mostLines {
		p.lines = append(p.lines, s)
		if p.nesting == 0 {
			p.runes += utf8.RuneCountInString(s)
		}
	}
	p.line.Reset()
}

func (p *page) meta(n *html.Node) {
	name, value := strings.ToLower(attr(n, "name")), strings.TrimSpace(attr(n, "content"))
	if strings.EqualFold(attr(n, "http-equiv"), "refresh") {
		if _, to, ok := strings.Cut(value, "="); ok {
			to = strings.Trim(to, `'" `)
			p.link(to, "", LinkPage)
			if p.jump == nil && to != "" {
				p.jump = addressOf(p.base, to)
			}
		}
		return
	}
	if name == "" || len(value) > 1000 || len(p.site) > 100 {
		return
	}
	p.site[name] = value
	if name == "robots" && strings.Contains(strings.ToLower(value), "nofollow") {
		p.noFollow = true
	}
}

// link notes an address the page leads to and returns its place among them, or -1.
func (p *page) link(ref, text string, kind LinkKind) int {
	if ref == "" {
		return -1
	}
	u := addressOf(p.base, ref)
	if u == nil || len(p.links) >= mostLinks {
		return -1
	}
	l := Link{u.String(), short(text, 40), kind}
	if i, ok := p.linkNo[l]; ok {
		return i
	}
	p.linkNo[l] = len(p.links)
	p.links = append(p.links, l)
	return len(p.links) - 1
}

func (p *page) part(n *html.Node, key string, kind LinkKind, c *checker) {
	p.mixed(attr(n, key), true, c)
	p.link(attr(n, key), "", kind)
}

// media notes that there is more to see than words.
func (p *page) media() {
	if p.nesting == 0 {
		p.flags |= Media
	}
}

// mixed finds what an https page fetches without encryption.
func (p *page) mixed(ref string, active bool, c *checker) {
	if u := addressOf(p.base, ref); p.https && u != nil && u.Scheme == "http" && ref != "" {
		f := c.find("site.mixed", "link", u.String())
		if !active {
			f.Severity = rule.Suspect
		}
		p.found(f)
	}
}

func (p *page) picture(n *html.Node, c *checker) {
	src := attr(n, "src")
	p.mixed(src, false, c)
	p.link(src, squeeze(attr(n, "alt")), LinkPicture)
	if src != "" && !has(n, "alt") && attr(n, "aria-hidden") != "true" && attr(n, "role") != "presentation" {
		p.found(c.find("site.picture", "link", short(src, 200)))
	}
}

func (p *page) anchor(n *html.Node, c *checker) {
	text := squeeze(words(n))
	ref := strings.TrimSpace(attr(n, "href"))
	if strings.Contains(strings.ToLower(attr(n, "rel")), "nofollow") {
		return
	}
	p.link(ref, text, LinkPage)
	if !has(n, "href") || text == "" || has(n, "onclick") || has(n, "role") || has(n, "id") {
		return
	}
	lower := strings.ToLower(strings.ReplaceAll(ref, " ", ""))
	switch {
	case lower == "":
		p.found(c.find("site.empty-link", "link", short(text, 40)))
	case lower == "#" || lower == "javascript:;" || strings.HasPrefix(lower, "javascript:void("):
		p.found(c.find("site.dummy-link", "link", short(text, 40)))
	}
}

// found keeps a finding about one element; the line is what it is about.
func (p *page) found(f rule.Finding) {
	if len(p.findings) < mostFindings {
		p.findings = append(p.findings, Found{f, hash(f.Rule + f.Text)})
	}
}

// judge draws conclusions from the whole page.
func (p *page) judge() {
	for _, name := range []string{"pubdate", "publishdate", "publish_time", "article:published_time"} {
		if d := lastDate(p.site[name], p.today); !d.IsZero() && p.date.IsZero() {
			p.date = d
		}
	}
	for _, s := range p.lines {
		if !lastDate(s, p.today).IsZero() || dayOnly.MatchString(s) {
			p.flags |= HasDate
		}
		if utf8.RuneCountInString(s) <= 40 && emptyWords.MatchString(s) {
			p.flags |= SaysEmpty
		}
	}
	if !p.date.IsZero() {
		p.flags |= HasDate
	}
	if p.site["columnname"]+p.site["columntype"] != "" {
		p.flags |= Declared
	}
	if p.site["articletitle"] != "" {
		p.flags |= Article
	}
	if len(p.items) > 0 && (p.itemDates > 0 || len(p.items) >= 3) {
		p.flags |= Listing
		if 2*p.itemDates >= len(p.items) {
			p.flags |= Dated
		}
	}
	p.column = p.site["columnname"]
	if p.column == "" && p.heads == 1 {
		p.column = p.head
	}
	if p.column == "" {
		p.column = titleParts.Split(p.title, 2)[0]
	}
	p.column = short(strings.TrimSpace(p.column), 40)
}

var (
	titleParts = regexp.MustCompile(`\s*[-_|－—–·]+\s*`)
	emptyWords = regexp.MustCompile(`^[（(]?(本|该|这个|此)?(栏目|处|页面|页)?(目前|暂时|尚|还|现)?(暂无|尚无|没有|未发布|无)(相关的?|任何|公开的?)?(政府)?(信息|内容|数据|记录|文章|资料)|(栏目|页面|网站|内容)(正在)?(建设|更新|完善)中|敬请期待|正在建设中`)
)

func words(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			b.WriteString(n.Data)
		case n.Type == html.ElementNode && n.Data == "img":
			b.WriteString(attr(n, "alt"))
		case n.Type == html.ElementNode && (n.Data == "script" || n.Data == "style"):
			return
		}
		for c := n.FirstChild; c != nil && b.Len() < 1<<16; c = c.NextSibling {
			walk(c)
		}
	}
	walk(n)
	return b.String()
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

func short(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n]) + "…"
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}
