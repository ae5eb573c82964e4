package document

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

func attrOf(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

func blockElement(tag string) bool {
	switch tag {
	case "p", "div", "section", "article", "main", "header", "footer", "aside", "nav", "address", "blockquote", "pre", "center",
		"dl", "dt", "dd", "li", "fieldset", "form", "details", "summary", "figcaption", "caption", "tr", "td", "th", "tbody", "thead",
		"tfoot", "body", "html", "hgroup", "legend", "option", "title":
		return true
	}
	return false
}

// dropped elements are never text of the document.
func dropped(n *html.Node) bool {
	switch n.Data {
	case "script", "style", "noscript", "template", "iframe", "object", "embed", "applet", "svg", "canvas", "math", "audio", "video",
		"input", "select", "button", "textarea", "nav", "head", "link", "meta", "map", "noframes", "frameset", "xml", "progress", "meter", "dialog":
		return true
	}
	return attrOf(n, "role") == "navigation" || wayBack(n)
}

// wayBack tells whether an element leads back from a note, which is for readers on a
// screen. What else stands in such a link is text.
func wayBack(n *html.Node) bool {
	if n.Data != "a" || !strings.HasPrefix(attrOf(n, "href"), "#fnref") {
		return false
	}
	switch strings.TrimSpace(nodeText(n)) {
	case "返回表格", "返回正文", "返回", "↩", "↑", "^":
		return true
	}
	return false
}

func hiddenElement(n *html.Node) bool {
	for _, a := range n.Attr {
		if a.Key == "hidden" {
			return true
		}
		if a.Key == "style" && cssHidden.MatchString(strings.ToLower(strings.ReplaceAll(a.Val, " ", ""))) {
			return true
		}
	}
	return false
}

// turned tells whether an element shows its letters from right to left, whatever
// they are: what is read there is the reverse of what is written. The marks of
// writing direction say the same in a text.
func turned(n *html.Node) bool {
	if n.Data == "bdo" {
		return strings.EqualFold(strings.TrimSpace(attrOf(n, "dir")), "rtl")
	}
	style := strings.ToLower(strings.ReplaceAll(attrOf(n, "style"), " ", ""))
	return strings.Contains(style, "unicode-bidi:bidi-override") && strings.Contains(style, "direction:rtl")
}

func nodeText(n *html.Node) string {
	var s strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			s.WriteString(n.Data)
		}
		if n.Type == html.ElementNode && (n.Data == "script" || n.Data == "style") {
			return
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(n)
	return s.String()
}

func collapse(s string) string { return strings.Join(strings.Fields(cleanText(s)), " ") }

// head reads what the page says about itself.
func (h *htmlReader) head(root *html.Node) {
	each(root, func(n *html.Node) {
		switch n.Data {
		case "meta":
			name, value := attrOf(n, "name"), strings.TrimSpace(attrOf(n, "content"))
			if name != "" && value != "" && len(value) < 4096 && len(h.d.Meta) < 200 {
				h.d.Meta = append(h.d.Meta, Property{name, value})
			}
		case "title":
			if t := collapse(nodeText(n)); t != "" && n.Parent != nil && n.Parent.Data == "head" {
				h.d.Meta = append(h.d.Meta, Property{"title", t})
			}
		}
	})
}

func each(n *html.Node, f func(*html.Node)) {
	if n.Type == html.ElementNode {
		f(n)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		each(c, f)
	}
}

// Names that site builders give to the container of the text (正文).
var (
	textNames = regexp.MustCompile(`(?i)^(trs_editor|ucap-content|view|zoom|zoomcon|article[-_]?(con|content|body|box|text)?|art[-_]?con|content[-_]?(text|body|box|main|area|detail)?|con[-_]?text|main[-_]?(text|content|con)|news[-_]?(content|con|text)|pages_content|xxgk[-_]?(content|con|text)|detail[-_]?(content|con|text)?|wzcon|textcon|xl[-_]?con|gsj_htmlcon_bot|j-fontcontent|bt-content|wp_articlecontent|info[-_]?content|doc[-_]?content)$`)
	sideNames = regexp.MustCompile(`(?i)^(nav|navbar|menu|footer|foot|header|top|topbar|breadcrumbs?|crumbs?|position|location|dqwz|sidebar|side|share|bdsharebuttonbox|pagination|pager|related|recommend|copyright|toolbar|qrcode|ewm|login|search|banner|friendlink|links)$`)
)

func named(n *html.Node, re *regexp.Regexp) bool {
	if re.MatchString(attrOf(n, "id")) {
		return true
	}
	for _, c := range strings.Fields(attrOf(n, "class")) {
		if re.MatchString(c) {
			return true
		}
	}
	return false
}

// textRoot finds where the text of a page stands: the container that is named
// for it and holds a good part of the words, widened until it holds the page's
// one first-level heading. A page without one is read whole, without its
// margins.
func textRoot(root *html.Node) *html.Node {
	body := root
	var heads []*html.Node
	var found *html.Node
	most := 0
	sizes := textSizes(root)
	each(root, func(n *html.Node) {
		if n.Data == "body" {
			body = n
		}
		if n.Data == "h1" {
			heads = append(heads, n)
		}
		if n.Data == "main" || n.Data == "article" || attrOf(n, "role") == "main" || n.Data != "body" && n.Data != "html" && named(n, textNames) {
			// Of nested containers with the same words the inner one counts.
			if size := sizes[n]; size > most || size == most && most > 0 {
				found, most = n, size
			}
		}
	})
	total := sizes[body]
	if found == nil || most*3 < total {
		prune(body, sizes, total)
		return wrapped(body)
	}
	if len(heads) == 1 && !within(heads[0], found) {
		wider := found.Parent
		for wider != nil && !within(heads[0], wider) {
			wider = wider.Parent
		}
		if wider != nil && (wider != body || most*2 > total) {
			prune(wider, sizes, total)
			return wrapped(wider)
		}
	}
	prune(found, sizes, total)
	return wrapped(found)
}

// textSizes measures, in one walk, how many bytes of text the elements hold that
// may be the text of the page or its margins.
func textSizes(root *html.Node) map[*html.Node]int {
	sizes := map[*html.Node]int{}
	var walk func(n *html.Node) int
	walk = func(n *html.Node) int {
		size := 0
		if n.Type == html.TextNode {
			size = len(collapse(n.Data))
		}
		if n.Type == html.ElementNode && (n.Data == "script" || n.Data == "style") {
			return 0
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			size += walk(c)
		}
		if n.Type == html.ElementNode && (n.Data == "body" || n.Data == "main" || n.Data == "article" || n.Data == "nav" || n.Data == "aside" || n.Data == "footer" || len(n.Attr) > 0) {
			sizes[n] = size
		}
		return size
	}
	walk(root)
	return sizes
}

// wrapped makes a root whose only child is n, so that the styles of n count.
func wrapped(n *html.Node) *html.Node {
	top := &html.Node{Type: html.DocumentNode}
	if n.Parent != nil {
		n.Parent.RemoveChild(n)
	}
	top.AppendChild(n)
	return top
}

func within(n, outer *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == outer {
			return true
		}
	}
	return false
}

// prune takes the margins of a page away: elements named for navigation, header
// and footer of the page. What holds most of the words is never a margin.
func prune(n *html.Node, sizes map[*html.Node]int, total int) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		if c.Type == html.ElementNode {
			side := c.Data == "nav" || c.Data == "aside" || c.Data == "footer" || named(c, sideNames)
			if side && sizes[c]*3 < total && !holdsTitle(c) {
				n.RemoveChild(c)
			} else {
				prune(c, sizes, total)
			}
		}
		c = next
	}
}

func holdsTitle(n *html.Node) bool {
	found := false
	each(n, func(e *html.Node) { found = found || e.Data == "h1" })
	return found
}

// comment keeps comments that hold words; those of editors and conditional ones
// do not.
func (h *htmlReader) comment(s string) {
	s = collapse(s)
	if h.d == nil || s == "" || strings.HasPrefix(s, "[if") || strings.HasPrefix(s, "[endif") || len(h.comments) > 1000 {
		return
	}
	if telling(s) {
		h.comments = append(h.comments, s)
	}
}

func (h *htmlReader) report() {
	if n := len(h.hidden); n > 0 {
		h.d.note(NoteHidden, n, PartHidden, "网页中有 "+strconv.Itoa(n)+" 处看不见的文字，查看源代码就能读到。公开前请删除。")
	}
	if n := len(h.comments); n > 0 {
		h.d.note(NoteComment, n, PartComment, "网页源代码中有 "+strconv.Itoa(n)+" 条注释文字。公开前请删除。")
	}
	if h.external > 0 {
		h.d.note(NoteExternal, h.external, "", "网页引用了 "+strconv.Itoa(h.external)+" 张外部图片，系统没有下载。请在正文中重新插入图片。")
	}
	if h.frames > 0 {
		h.d.note(NoteExternal, h.frames, "", "网页嵌有 "+strconv.Itoa(h.frames)+" 处外部页面或插件，系统没有读取。")
	}
}
