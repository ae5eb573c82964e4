package webtest

import (
	"bytes"
	"fmt"
	"strings"

	"golang.org/x/net/html"
)

// Inspect returns what is wrong with a whole page, nothing if all is well.
func Inspect(page []byte) []string {
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return []string{fmt.Sprintf("page cannot be read: %v", err)}
	}
	in := &inspector{ids: map[string]bool{}, labelled: map[string]bool{}}
	for _, trace := range []string{"ZgotmplZ", "<no value>", "%!", "&lt;no value&gt;"} {
		if bytes.Contains(page, []byte(trace)) {
			in.say("a template left %q in the page", trace)
		}
	}
	in.collect(root)
	in.walk(root, surroundings{})
	switch {
	case in.mains != 1:
		in.say("the page has %d main elements, wants one", in.mains)
	case in.title == "":
		in.say("the page has no title")
	case in.lang == "":
		in.say("the page does not name its language")
	case in.level == 0:
		in.say("the page has no heading")
	}
	for _, id := range in.refs {
		if !in.ids[id] {
			in.say("nothing has the id %q that is referred to", id)
		}
	}
	return in.faults
}

type inspector struct {
	faults      []string
	ids         map[string]bool
	labelled    map[string]bool // ids that a label is for
	refs        []string
	title, lang string
	mains       int
	level       int // of the last heading
}

// surroundings say what an element stands in.
type surroundings struct {
	label    bool // its text names the control
	document bool // it came from an uploaded document, whose tables we do not make
}

func (in *inspector) say(format string, args ...any) {
	in.faults = append(in.faults, fmt.Sprintf(format, args...))
}

// collect notes ids and labels first, because references may point ahead.
func (in *inspector) collect(n *html.Node) {
	if n.Type == html.ElementNode {
		if id := attr(n, "id"); id != "" {
			if in.ids[id] {
				in.say("the id %q stands twice", id)
			}
			in.ids[id] = true
		}
		if n.Data == "label" {
			if f := attr(n, "for"); f != "" {
				in.labelled[f] = true
				in.refs = append(in.refs, f)
			}
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		in.collect(c)
	}
}

func (in *inspector) walk(n *html.Node, around surroundings) {
	if n.Type == html.ElementNode {
		in.element(n, around)
		around.label = around.label || n.Data == "label"
		around.document = around.document || hasClass(n, "doc-body")
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		in.walk(c, around)
	}
}

func (in *inspector) element(n *html.Node, around surroundings) {
	in.attributes(n)
	switch n.Data {
	case "html":
		in.lang = attr(n, "lang")
	case "title":
		if n.Parent != nil && n.Parent.Data == "head" {
			in.title = text(n)
		}
	case "main":
		in.mains++
	case "style":
		in.say("a style element stands in the page; the policy forbids it")
	case "script":
		if attr(n, "src") == "" {
			in.say("a script stands in the page; the policy forbids it")
		}
	case "h1", "h2", "h3", "h4", "h5", "h6":
		level := int(n.Data[1] - '0')
		if level > in.level+1 && !around.document {
			in.say("%s follows a heading of level %d", shown(n), in.level)
		}
		if strings.TrimSpace(text(n)) == "" {
			in.say("an %s is empty", n.Data)
		}
		in.level = level
	case "img":
		if _, ok := lookup(n, "alt"); !ok {
			in.say("%s has no alt text", shown(n))
		}
	case "a", "button", "summary":
		if name(n) == "" && attr(n, "id") == "" {
			in.say("%s has no name", shown(n))
		}
	case "input", "select", "textarea":
		in.control(n, around)
	case "table":
		if !around.document && find(n, "caption") == nil {
			in.say("%s has no caption", shown(n))
		}
	case "th":
		if !around.document && attr(n, "scope") == "" {
			in.say("%s has no scope", shown(n))
		}
	case "form":
		if m := strings.ToLower(attr(n, "method")); m != "" && m != "get" && m != "post" {
			in.say("%s has the method %q", shown(n), m)
		}
	case "fieldset":
		if find(n, "legend") == nil {
			in.say("%s has no legend", shown(n))
		}
	}
}

func (in *inspector) attributes(n *html.Node) {
	for _, a := range n.Attr {
		switch key := strings.ToLower(a.Key); {
		case key == "style":
			in.say("%s has an inline style; the policy forbids it", shown(n))
		case strings.HasPrefix(key, "on"):
			in.say("%s has a script in %s; the policy forbids it", shown(n), key)
		case key == "aria-describedby", key == "aria-labelledby", key == "aria-controls":
			in.refs = append(in.refs, strings.Fields(a.Val)...)
		case key == "href" && strings.HasPrefix(a.Val, "#") && len(a.Val) > 1:
			in.refs = append(in.refs, a.Val[1:])
		case key == "href" && strings.HasPrefix(strings.TrimSpace(strings.ToLower(a.Val)), "javascript:"):
			in.say("%s is a script in a link", shown(n))
		case key == "src", key == "href" && n.Data == "link" && attr(n, "rel") != "canonical":
			if !strings.HasPrefix(a.Val, "/") && !strings.HasPrefix(a.Val, "data:") || strings.HasPrefix(a.Val, "//") {
				in.say("%s loads %q, which is not of this site", shown(n), a.Val)
			}
		}
	}
}

func (in *inspector) control(n *html.Node, around surroundings) {
	switch attr(n, "type") {
	case "hidden":
		return
	case "submit", "button", "reset":
		if attr(n, "value") == "" {
			in.say("%s has no name", shown(n))
		}
		return
	}
	if !around.label && !in.labelled[attr(n, "id")] && attr(n, "aria-label") == "" && attr(n, "aria-labelledby") == "" {
		in.say("%s has no label", shown(n))
	}
}

// name is what a screen reader would call a link or button.
func name(n *html.Node) string {
	if s := strings.TrimSpace(attr(n, "aria-label") + attr(n, "aria-labelledby") + attr(n, "title") + text(n)); s != "" {
		return s
	}
	if img := find(n, "img"); img != nil {
		return attr(img, "alt")
	}
	return ""
}

func lookup(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

func attr(n *html.Node, key string) string { v, _ := lookup(n, key); return v }

func hasClass(n *html.Node, class string) bool {
	for _, c := range strings.Fields(attr(n, "class")) {
		if c == class {
			return true
		}
	}
	return false
}

func text(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(text(c))
	}
	return b.String()
}

// find returns the first element of that name below n, or nil.
func find(n *html.Node, name string) *html.Node {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && c.Data == name {
			return c
		}
		if got := find(c, name); got != nil {
			return got
		}
	}
	return nil
}

// shown writes an element so that a person finds it in the template.
func shown(n *html.Node) string {
	var b strings.Builder
	b.WriteString("<" + n.Data)
	for _, key := range []string{"id", "class", "name", "href"} {
		if v := attr(n, key); v != "" {
			fmt.Fprintf(&b, " %s=%q", key, v)
		}
	}
	b.WriteString(">")
	words := []rune(strings.Join(strings.Fields(text(n)), " "))
	if len(words) > 20 {
		words = append(words[:20], '…')
	}
	b.WriteString(string(words))
	return b.String()
}
