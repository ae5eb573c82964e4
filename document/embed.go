package document

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf8"
)

// maxEmbedding is how deep files lie inside files and are still read.
const maxEmbedding = 2

// embed reads a file that lies inside this one, on the same budget, and adds its
// text. It reports whether the file could be read; an inner file that breaks a
// limit is left unread, and the outer one then goes on with what is left.
func (d *Doc) embed(b *budget, name string, data []byte) bool {
	if b.inner >= maxEmbedding || len(data) == 0 {
		return false
	}
	kind := KindOf(name, data)
	if kind == KindOLE {
		if data, name = packaged(data, name); data == nil {
			return false
		}
		kind = KindOf(name, data)
	}
	if kind == KindText && strings.HasSuffix(name, ".bin") {
		return false // bytes of a control that happen to be letters
	}
	inner := Doc{Kind: kind}
	b.inner++
	err := guard(kind, func() error {
		if kind.Image() {
			inner.addPicture(name, data)
			inner.addMeta()
			return nil
		}
		if err := read(b, &inner, data); err != nil {
			return err
		}
		return settle(b, &inner)
	})
	b.inner--
	if err != nil {
		return false
	}
	var p *Part
	for i := range d.Parts {
		if d.Parts[i].Name == PartEmbedded && !d.Parts[i].Sheet {
			p = &d.Parts[i]
		}
	}
	if p == nil {
		d.Parts = append(d.Parts, Part{Name: PartEmbedded})
		p = &d.Parts[len(d.Parts)-1]
	}
	p.join(name, inner)
	for _, n := range inner.Notes {
		if n.Kind == NoteTruncated || n.Kind == NoteNoText || n.Kind == NoteEmbedded {
			n.Where = name
			d.Notes = append(d.Notes, n)
		}
	}
	d.note(NoteHidden, 1, PartEmbedded, "文件中嵌有文件“"+shorten(name)+"”，下载的人可以打开它。系统已检查其中的文字；公开前请确认它应当一并公开。")
	return true
}

// join appends all text of an inner file; places name the file.
func (p *Part) join(name string, inner Doc) {
	var s strings.Builder
	n := utf8.RuneCountInString(p.Text)
	s.WriteString(p.Text)
	for _, q := range inner.Parts {
		if q.Text == "" {
			continue
		}
		if n > 0 {
			s.WriteByte('\n')
			n++
		}
		prefix := name
		if q.Sheet {
			prefix += "!" + q.Name
		}
		at := n
		place := func(start, end int, cell string) {
			where := prefix
			if cell != "" {
				where += "!" + cell
			}
			if end > start {
				p.Spans = append(p.Spans, Span{Start: at + start, End: at + end, Cell: where})
			}
		}
		last := 0
		for _, sp := range q.Spans {
			place(last, sp.Start, "")
			place(sp.Start, sp.End, sp.Cell)
			last = sp.End
		}
		size := utf8.RuneCountInString(q.Text)
		place(last, size, "")
		s.WriteString(q.Text)
		n += size
	}
	p.Text = s.String()
}

func shorten(name string) string {
	r := []rune(cleanText(name))
	if len(r) > 60 {
		r = r[:60]
	}
	return string(r)
}

// packaged takes the file out of the compound file that Office wraps around what
// was dropped into a document; nil if there is none.
func packaged(data []byte, name string) ([]byte, string) {
	streams, _, err := oleStreams(data, int64(len(data)), "Package", "Ole10Native", "CONTENTS")
	if err != nil {
		return nil, name
	}
	for _, s := range []string{"Package", "CONTENTS"} {
		if len(streams[s]) > 0 {
			return streams[s], name
		}
	}
	return oleNative(streams["Ole10Native"], name)
}

// oleNative reads the stream of the old packager: sizes, a label and two paths,
// each ended by a zero, then the file.
func oleNative(s []byte, name string) ([]byte, string) {
	if len(s) < 6 {
		return nil, name
	}
	s = s[6:]
	text := func() string {
		t, rest, ok := bytes.Cut(s, []byte{0})
		if !ok {
			s = nil
			return ""
		}
		s = rest
		return string(t)
	}
	if label, _ := decode([]byte(text())); label != "" && utf8.ValidString(label) {
		name = label
	}
	text()
	if len(s) < 8 {
		return nil, name
	}
	s = s[8:]
	text()
	if len(s) < 4 {
		return nil, name
	}
	size := int64(binary.LittleEndian.Uint32(s))
	if s = s[4:]; size > int64(len(s)) {
		return nil, name
	}
	return s[:size], name
}
