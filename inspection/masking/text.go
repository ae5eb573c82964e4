package masking

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"gongkai/document"
)

// coding is how the bytes of a text file become characters and back.
type coding struct {
	name   string
	decode func([]byte) ([]byte, error)
	encode func([]byte) ([]byte, error)
}

// codings are tried in turn; only one that gives the very same bytes back is used.
func codings() []coding {
	gb := simplifiedchinese.GB18030
	all := []coding{{"GB 18030", gb.NewDecoder().Bytes, gb.NewEncoder().Bytes}}
	for _, order := range []unicode.Endianness{unicode.LittleEndian, unicode.BigEndian} {
		u := unicode.UTF16(order, unicode.ExpectBOM)
		all = append([]coding{{"UTF-16", u.NewDecoder().Bytes, u.NewEncoder().Bytes}}, all...)
	}
	return all
}

// text rewrites a text file by its places, in the encoding it came in.
func (p *plan) plainText(data []byte) ([]byte, error) {
	all := p.places[document.PartDocument]
	if utf8.Valid(data) {
		return []byte(rewrite([]rune(string(data)), all, 0)), nil
	}
	for _, c := range codings() {
		s, err := c.decode(data)
		if err != nil {
			continue
		}
		back, err := c.encode(s)
		if err != nil || !bytes.Equal(back, data) {
			continue
		}
		return c.encode([]byte(rewrite([]rune(string(s)), all, 0)))
	}
	return nil, broken(document.KindText)
}

// webPage rewrites the text of a page, its attributes and its remarks.
func (p *plan) webPage(data []byte, clean bool) ([]byte, []string, error) {
	if !utf8.Valid(data) {
		s, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
		if err != nil || bytes.ContainsRune(s, utf8.RuneError) {
			return nil, nil, broken(document.KindHTML)
		}
		data = utf8Page(s)
	}
	if document.Heavy(string(data)) {
		return nil, nil, tooLarge()
	}
	root, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		return nil, nil, broken(document.KindHTML)
	}
	w := &page{plan: p, clean: clean}
	w.walk(root)
	w.flush()
	var out bytes.Buffer
	if err := html.Render(&out, root); err != nil {
		return nil, nil, broken(document.KindHTML)
	}
	var cleaned []string
	if w.cut {
		cleaned = append(cleaned, cleanedInvisible)
	}
	return out.Bytes(), cleaned, nil
}

// utf8Page names the new encoding in a page that came in another one.
func utf8Page(s []byte) []byte {
	for _, old := range []string{"gb2312", "GB2312", "gbk", "GBK", "gb18030", "GB18030"} {
		s = bytes.ReplaceAll(s, []byte("charset="+old), []byte("charset=utf-8"))
		s = bytes.ReplaceAll(s, []byte(`charset="`+old), []byte(`charset="utf-8`))
	}
	return s
}

// A page is a web page being rewritten: the text nodes of one block are one
// paragraph.
type page struct {
	*plan
	clean bool
	cut   bool
	nodes []*html.Node
}

func (w *page) walk(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		if n.Parent != nil && (n.Parent.Data == "script" || n.Parent.Data == "style") {
			n.Data, _ = w.maskString(n.Data)
			return
		}
		w.nodes = append(w.nodes, n)
		return
	case html.CommentNode:
		n.Data, _ = w.maskString(n.Data)
	case html.ElementNode:
		for i := range n.Attr {
			n.Attr[i].Val, _ = w.maskString(n.Attr[i].Val)
		}
	}
	block := n.Type == html.ElementNode && !inline[n.Data]
	if block {
		w.flush()
	}
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		if w.clean && invisible(c) {
			n.RemoveChild(c)
			w.cut = true
		} else {
			w.walk(c)
		}
		c = next
	}
	if block {
		w.flush()
	}
}

// flush masks the paragraph that has come to its end.
func (w *page) flush() {
	runs := make([]*run, len(w.nodes))
	for i, n := range w.nodes {
		runs[i] = &run{text: []rune(n.Data)}
	}
	if w.mask(runs) {
		for i, r := range runs {
			if r.changed {
				w.nodes[i].Data = string(r.text)
			}
		}
	}
	w.nodes = w.nodes[:0]
}

// invisible tells whether a node holds text for nobody.
func invisible(n *html.Node) bool {
	if n.Type == html.CommentNode {
		return true
	}
	if n.Type != html.ElementNode {
		return false
	}
	for _, a := range n.Attr {
		v := bare(a.Val)
		switch {
		case a.Key == "hidden",
			a.Key == "style" && (bytes.Contains([]byte(v), []byte("display:none")) || bytes.Contains([]byte(v), []byte("visibility:hidden"))),
			n.Data == "input" && a.Key == "type" && v == "hidden":
			return true
		}
	}
	return false
}

// inline are the elements that do not end a paragraph.
var inline = map[string]bool{
	"a": true, "abbr": true, "b": true, "bdi": true, "bdo": true, "cite": true, "code": true, "del": true, "em": true, "font": true,
	"i": true, "ins": true, "kbd": true, "label": true, "mark": true, "q": true, "s": true, "small": true, "span": true, "strike": true,
	"strong": true, "sub": true, "sup": true, "time": true, "tt": true, "u": true, "var": true, "wbr": true,
}
