package document

import (
	"encoding/base64"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// beside reads what a page holds beside its text, before the margins are cut off:
// attributes, comments, scripts, fields, templates, what is hidden by its style.
func (h *htmlReader) beside(root *html.Node) {
	h.sheets(root)
	h.besideNode(root, false, false)
}

// besideNode walks down; off is inside of what is no text, nav inside of
// navigation, which is none of the page's.
func (h *htmlReader) besideNode(n *html.Node, off, nav bool) {
	switch n.Type {
	case html.CommentNode:
		h.comment(n.Data)
	case html.TextNode:
		if !off && strings.TrimSpace(n.Data) != "" {
			h.texts = append(h.texts, pageText{n, nav})
		}
	case html.ElementNode:
		h.attributes(n)
		if !off && h.concealed(n) {
			off = true
			if s := collapse(nodeText(n)); s != "" {
				h.hidden = append(h.hidden, s)
			}
		}
		nav = nav || n.Data == "nav" || attrOf(n, "role") == "navigation"
		switch n.Data {
		case "script", "style", "iframe", "noembed", "noframes", "xmp", "plaintext":
			codeWords(nodeCode(n), &h.markup)
			return
		case "noscript", "template":
			if !off {
				codeWords(nodeCode(n), &h.markup)
			}
		case "svg", "math", "canvas", "map":
			if !off {
				h.drawn.add(collapse(nodeText(n)))
			}
		case "textarea", "select", "button", "dialog", "object", "applet", "audio", "video", "xml":
			if s := collapse(nodeText(n)); !off && telling(s) {
				h.markup.add(s)
			}
		}
		off = off || n.Data == "head" || n.Data != "nav" && dropped(n) && attrOf(n, "role") != "navigation"
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		h.besideNode(c, off, nav)
	}
}

// A pageText is a text node as it stood in the page.
type pageText struct {
	node *html.Node
	nav  bool
}

// nodeCode is the text inside an element, scripts included.
func nodeCode(n *html.Node) string {
	var s strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode || n.Type == html.CommentNode {
			s.WriteString(n.Data + "\n")
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(n)
	return s.String()
}

// attributes keeps what somebody can have written into an element.
func (h *htmlReader) attributes(n *html.Node) {
	for _, a := range n.Attr {
		switch {
		case len(a.Val) < 2 || len(a.Val) > 1<<20:
		case a.Key == "class" || a.Key == "style" || a.Key == "id" || a.Key == "width" || a.Key == "height" || a.Key == "integrity" || a.Key == "nonce":
		case a.Key == "src" && strings.HasPrefix(a.Val, "data:"):
			h.picture(a.Val)
		case a.Key == "srcdoc" || strings.HasPrefix(a.Key, "on"):
			codeWords(a.Val, &h.markup)
		case a.Key == "content" && n.Data == "meta" && attrOf(n, "name") != "":
			// Named properties of the page are kept as such.
		case a.Key == "href" || a.Key == "src" || a.Key == "action":
			if digits(a.Val) >= 11 {
				h.markup.add(a.Val)
			}
		case telling(a.Val):
			h.markup.add(a.Val)
		}
	}
}

// picture reads what a picture inside the page says about itself.
func (h *htmlReader) picture(src string) {
	_, coded, ok := strings.Cut(src, ";base64,")
	if !ok {
		return
	}
	coded = strings.Join(strings.Fields(coded), "")
	coded = coded[:min(len(coded), 4*(pictureHead/3))]
	if data, err := base64.StdEncoding.DecodeString(coded[:len(coded)/4*4]); err == nil {
		h.pictures++
		h.d.addPicture("图"+strconv.Itoa(h.pictures), data)
	}
}

// margins adds the texts of the page that its text, from top on, leaves out.
func (h *htmlReader) margins(top *html.Node) {
	inside := map[*html.Node]bool{}
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		inside[n] = true
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(top)
	var around gathered
	for _, t := range h.texts {
		if !inside[t.node] || t.nav {
			around.add(collapse(t.node.Data))
		}
	}
	h.texts = nil
	h.d.addPart(PartMargin, around.lines)
}

// styleRule is a simple selector with what it sets.
var styleRule = regexp.MustCompile(`([.#][A-Za-z_][\w-]*)\s*(?:,[^{}]*)?\{([^{}]*)\}`)

// sheets reads which classes and names the page's own style sheets hide.
func (h *htmlReader) sheets(root *html.Node) {
	each(root, func(n *html.Node) {
		if n.Data != "style" || len(h.hides) > 1000 {
			return
		}
		css := nodeCode(n)
		for _, m := range styleRule.FindAllStringSubmatch(css[:min(len(css), 1<<20)], 5000) {
			if cssConceals(m[2]) {
				if h.hides == nil {
					h.hides = map[string]bool{}
				}
				h.hides[m[1]] = true
			}
		}
	})
}

var cssFar = regexp.MustCompile(`(?:^|;)(?:left|top|text-indent|margin-left):-\d{4,}`)

func cssConceals(style string) bool {
	style = strings.ToLower(strings.Join(strings.Fields(style), ""))
	return cssHidden.MatchString(style) || cssFar.MatchString(style) || strings.Contains(style+";", "opacity:0;")
}

// concealed tells whether an element is hidden by itself or by the page's style
// sheet.
func (h *htmlReader) concealed(n *html.Node) bool {
	if hiddenElement(n) {
		return true
	}
	if h.keepAll {
		return false
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "style":
			if cssConceals(a.Val) {
				return true
			}
		case "class":
			for _, c := range strings.Fields(a.Val) {
				if h.hides["."+c] {
					return true
				}
			}
		case "id":
			if h.hides["#"+a.Val] {
				return true
			}
		}
	}
	return false
}
