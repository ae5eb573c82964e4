package document

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"io"
	"slices"
	"strconv"
	"strings"
)

// An xmlToken is a start, an end or a text of an entry, with its bytes.
type xmlToken struct {
	start, end bool
	text       string
	stack      []string
	attr       []xml.Attr
	from, to   int
}

func (t xmlToken) name() string { return t.stack[len(t.stack)-1] }

func (t xmlToken) value(name string) string {
	for _, a := range t.attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func (t xmlToken) number(name string) float64 {
	if v := numbers(t.value(name)); len(v) == 1 {
		return v[0]
	}
	return 0
}

func (t xmlToken) whole(name string, or int) int {
	if v, err := strconv.Atoi(t.value(name)); err == nil {
		return v
	}
	return or
}

// eachToken reads an entry without changing it.
func eachToken(b *budget, src []byte, do func(t xmlToken)) error {
	d := xml.NewDecoder(bytes.NewReader(src))
	var stack []string
	from := 0
	for {
		tok, err := d.RawToken()
		if err == io.EOF && len(stack) == 0 {
			return nil
		}
		if err != nil {
			return errDamaged
		}
		if err := b.node(); err != nil {
			return err
		}
		to := int(d.InputOffset())
		switch e := tok.(type) {
		case xml.StartElement:
			if len(stack) >= b.lim.MaxDepth {
				return tooDeep(b.lim.MaxDepth)
			}
			stack = append(stack, e.Name.Local)
			do(xmlToken{start: true, stack: stack, attr: e.Attr, from: from, to: to})
		case xml.EndElement:
			if len(stack) == 0 || stack[len(stack)-1] != e.Name.Local {
				return errDamaged
			}
			do(xmlToken{end: true, stack: stack, from: from, to: to})
			stack = stack[:len(stack)-1]
		case xml.CharData:
			if len(stack) > 0 {
				do(xmlToken{text: string(e), stack: stack, from: from, to: to})
			}
		}
		from = to
	}
}

// An xmlCut replaces bytes of an entry; of cuts inside one another the outer counts.
type xmlCut struct {
	from, to int
	with     []byte
}

func splice(src []byte, cuts []xmlCut) []byte {
	slices.SortStableFunc(cuts, func(a, b xmlCut) int { return cmp.Or(a.from-b.from, b.to-a.to) })
	var out []byte
	at := 0
	for _, c := range cuts {
		if c.from >= at {
			out = append(append(out, src[at:c.from]...), c.with...)
			at = c.to
		}
	}
	return append(out, src[at:]...)
}

func escapedXML(s string) []byte {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // writing into memory cannot fail
	return b.Bytes()
}

// steps reads the distances between letters: "g 3 5.2" is three times 5.2.
func steps(s string) (out []float64) {
	fields := strings.Fields(s)
	for i := 0; i < len(fields); i++ {
		if fields[i] == "g" && i+2 < len(fields) {
			n, _ := strconv.Atoi(fields[i+1])
			v, _ := strconv.ParseFloat(fields[i+2], 64)
			for range min(max(n, 0), 10_000) {
				out = append(out, v)
			}
			i += 2
			continue
		}
		v, _ := strconv.ParseFloat(fields[i], 64)
		out = append(out, v)
	}
	return out
}
