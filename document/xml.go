package document

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

var errDamaged = errors.New("damaged")

func isCancelled(err error) bool { return errors.Is(err, context.Canceled) }

// An element is the start of an XML element. Names are compared without their
// namespace: the readers go down from known parents, where names are unique.
type element struct {
	name  string
	space string
	attrs []xml.Attr
}

// attr returns an attribute by its local name.
func (e element) attr(name string) string {
	for _, a := range e.attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func (e element) val() string { return e.attr("val") }

// on reads the switch properties of Office: present without a value is on.
func (e element) on() bool {
	switch strings.ToLower(e.val()) {
	case "0", "false", "off", "none":
		return false
	}
	return true
}

// An xmlStream walks one XML file from parent to child, never holding more than
// the present token. It counts depth and elements, and refuses entities that
// are defined in the file, because encoding/xml knows none but the five.
type xmlStream struct {
	d     *xml.Decoder
	b     *budget
	depth int
	seen  func(element) // sees every element, also those that are skipped
}

func newXML(b *budget, r io.Reader) *xmlStream {
	d := xml.NewDecoder(&tagged{r: r})
	d.CharsetReader = charsetReader
	return &xmlStream{d: d, b: b}
}

// maxTag is how long one element's name and attributes may be, in bytes: the
// decoder holds them all, at many times their size.
const maxTag = 2 << 20

// tagged watches how long tags are.
type tagged struct {
	r   io.Reader
	tag int // bytes since the tag was opened, 0 outside
}

func (t *tagged) Read(p []byte) (int, error) {
	n, err := t.r.Read(p)
	for rest := p[:n]; len(rest) > 0; {
		if t.tag == 0 {
			i := bytes.IndexByte(rest, '<')
			if i < 0 {
				break
			}
			t.tag, rest = 1, rest[i+1:]
			continue
		}
		i := bytes.IndexByte(rest, '>')
		if i < 0 {
			t.tag += len(rest)
			break
		}
		t.tag, rest = 0, rest[i+1:]
	}
	if t.tag > maxTag {
		return 0, tooManyNodes()
	}
	return n, err
}

func (x *xmlStream) token() (xml.Token, error) {
	t, err := x.d.Token()
	if err != nil {
		return nil, err
	}
	switch t := t.(type) {
	case xml.StartElement:
		if x.seen != nil {
			x.seen(element{t.Name.Local, t.Name.Space, t.Attr})
		}
		x.depth++
		if x.depth > x.b.lim.MaxDepth {
			return nil, tooDeep(x.b.lim.MaxDepth)
		}
		if err := x.b.node(); err != nil {
			return nil, err
		}
	case xml.EndElement:
		x.depth--
	}
	return t, nil
}

// root goes to the outermost element.
func (x *xmlStream) root() (element, error) {
	for {
		t, err := x.token()
		if err != nil {
			return element{}, err
		}
		if s, ok := t.(xml.StartElement); ok {
			return element{s.Name.Local, s.Name.Space, s.Attr}, nil
		}
	}
}

// children calls f for each child of the element just entered and returns
// behind its end. What f leaves unread of a child is skipped.
func (x *xmlStream) children(f func(element) error) error { return x.content(f, nil) }

// first calls f for what stands in the first element inside the one entered last: of
// several renderings of the same thing the best.
func (x *xmlStream) first(f func(element) error) error {
	done := false
	return x.children(func(element) error {
		if done {
			return nil
		}
		done = true
		return x.children(f)
	})
}

// content is children with the text between them.
func (x *xmlStream) content(f func(element) error, text func(string) error) error {
	inside := x.depth
	for {
		t, err := x.token()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if err := f(element{t.Name.Local, t.Name.Space, t.Attr}); err != nil {
				return err
			}
			for x.depth > inside {
				if _, err := x.token(); err != nil {
					return err
				}
			}
		case xml.EndElement:
			if x.depth < inside {
				return nil
			}
		case xml.CharData:
			if text != nil {
				if err := text(string(t)); err != nil {
					return err
				}
			}
		}
	}
}

// text returns all character data inside the element just entered.
func (x *xmlStream) text() (string, error) {
	var s strings.Builder
	err := x.innerText(&s)
	return s.String(), err
}

func (x *xmlStream) innerText(s *strings.Builder) error {
	return x.content(func(element) error { return x.innerText(s) }, func(t string) error {
		s.WriteString(t)
		if s.Len() > 4*x.b.lim.MaxText {
			return tooMuchText(x.b.lim.MaxText)
		}
		return nil
	})
}
