package masking

import (
	"bytes"
	"encoding/xml"
	"io"
	"sort"
)

// A splice is an XML part being rewritten: what is not cut stays to the byte.
type splice struct {
	src  []byte
	cuts []cut
	all  []*piece
}

// A cut replaces the bytes from … to; of cuts inside one another the outer counts.
type cut struct {
	from, to int
	with     []byte
}

// A piece is the text of one element, with its place.
type piece struct {
	run
	from, to int
}

func (s *splice) cut(from, to int, with string) {
	s.cuts = append(s.cuts, cut{from, to, []byte(with)})
}

// An event is one token of the part. Stack holds the local names of the elements
// that are open, the one it is about last.
type event struct {
	start    bool
	end      bool
	text     []byte
	stack    []string
	attr     []xml.Attr
	from, to int // bytes of the token; both ends of <a/> have those of the whole
}

func (e *event) name() string { return e.stack[len(e.stack)-1] }

// parent returns the name of the nth element above, "" if there is none.
func (e *event) parent(n int) string {
	if i := len(e.stack) - 1 - n; i >= 0 {
		return e.stack[i]
	}
	return ""
}

func (e *event) value(name string) string {
	for _, a := range e.attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// walk calls do for every start, end and text of the part.
func (s *splice) walk(do func(e *event)) error {
	d := xml.NewDecoder(bytes.NewReader(s.src))
	d.CharsetReader = func(string, io.Reader) (io.Reader, error) { return nil, io.ErrUnexpectedEOF }
	var stack []string
	from := 0
	for {
		tok, err := d.RawToken()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		to := int(d.InputOffset())
		switch t := tok.(type) {
		case xml.StartElement:
			stack = append(stack, t.Name.Local)
			do(&event{start: true, stack: stack, attr: t.Attr, from: from, to: to})
		case xml.EndElement:
			if len(stack) == 0 {
				return io.ErrUnexpectedEOF
			}
			do(&event{end: true, stack: stack, from: from, to: to})
			stack = stack[:len(stack)-1]
		case xml.CharData:
			if len(stack) > 0 {
				do(&event{text: t, stack: stack, from: from, to: to})
			}
		}
		from = to
	}
}

// add makes a piece of the text of an event.
func (s *splice) add(e *event) *piece {
	p := &piece{run: run{text: []rune(string(e.text))}, from: e.from, to: e.to}
	s.all = append(s.all, p)
	return p
}

// texts gives every text whose open elements are accepted.
func (s *splice) texts(accept func(stack []string) bool, do func(*piece)) error {
	return s.walk(func(e *event) {
		if e.text != nil && accept(e.stack) {
			do(s.add(e))
		}
	})
}

// result is the part as rewritten.
func (s *splice) result() []byte {
	for _, p := range s.all {
		if p.changed {
			s.cuts = append(s.cuts, cut{p.from, p.to, escaped(string(p.text))})
		}
	}
	if len(s.cuts) == 0 {
		return s.src
	}
	sort.SliceStable(s.cuts, func(i, j int) bool {
		if s.cuts[i].from != s.cuts[j].from {
			return s.cuts[i].from < s.cuts[j].from
		}
		return s.cuts[i].to > s.cuts[j].to
	})
	out := make([]byte, 0, len(s.src))
	at := 0
	for _, c := range s.cuts {
		if c.from < at {
			continue
		}
		out = append(append(out, s.src[at:c.from]...), c.with...)
		at = c.to
	}
	return append(out, s.src[at:]...)
}

func escaped(s string) []byte {
	var b bytes.Buffer
	// Writing into memory cannot fail.
	_ = xml.EscapeText(&b, []byte(s))
	return b.Bytes()
}

// paragraphs are the elements whose texts belong together.
var paragraphs = map[string]bool{"p": true, "si": true, "is": true, "text": true, "comment": true}

// part masks every text and attribute of an XML part.
func (p *plan) part(s *splice) error {
	type open struct {
		depth int
		runs  []*run
	}
	groups := []*open{{}}
	flush := func(g *open) {
		if len(g.runs) > 0 {
			p.mask(g.runs)
		}
		g.runs = nil
	}
	return s.walk(func(e *event) {
		g := groups[len(groups)-1]
		switch {
		case e.start:
			for _, a := range e.attr {
				if now, did := p.maskString(a.Value); did {
					tag := bytes.Replace(s.src[e.from:e.to], escapedAttr(s.src[e.from:e.to], a.Value), escaped(now), 1)
					s.cuts = append(s.cuts, cut{e.from, e.to, tag})
				}
			}
			switch {
			case paragraphs[e.name()]:
				groups = append(groups, &open{depth: len(e.stack)})
			case e.name() == "tab" || e.name() == "br" || e.name() == "cr":
				g.runs = append(g.runs, &run{text: []rune{' '}})
			}
		case e.end:
			switch {
			case g.depth == len(e.stack) && paragraphs[e.name()]:
				flush(g)
				groups = groups[:len(groups)-1]
			case g.depth == 0:
				flush(g)
			}
		default:
			g.runs = append(g.runs, &s.add(e).run)
		}
	})
}

// escapedAttr finds how a value is written inside a tag.
func escapedAttr(tag []byte, value string) []byte {
	for _, form := range [][]byte{[]byte(value), escaped(value)} {
		if bytes.Contains(tag, form) {
			return form
		}
	}
	return []byte(value)
}
