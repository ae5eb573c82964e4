package document

import (
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A layout writes blocks as plain text and records where each one stands.
type layout struct {
	s     strings.Builder
	n     int // code points written
	spans []Span
	table int  // tables seen
	dry   bool // only the text is wanted: the blocks stay as they are
}

// lay makes the document part of blocks that have no place yet.
func lay(blocks []Block) Part {
	var l layout
	l.blocks(blocks, "", 0)
	return Part{Name: PartDocument, Text: l.s.String(), Spans: l.spans}
}

func (l *layout) write(s string) {
	l.s.WriteString(s)
	l.n += utf8.RuneCountInString(s)
}

func (l *layout) newline() {
	if l.n > 0 {
		l.write("\n")
	}
}

func (l *layout) blocks(bs []Block, cell string, page int) {
	for i := range bs {
		b := &bs[i]
		if b.Page == 0 && !l.dry {
			b.Page = page
		}
		if i > 0 || cell == "" {
			l.newline()
		}
		l.block(b, cell)
	}
}

func (l *layout) block(b *Block, cell string) {
	start := l.n
	switch b.Kind {
	case Listing:
		for i := range b.List.Items {
			if i > 0 {
				l.newline()
			}
			l.write(itemLabel(b.List, i))
			l.item(b.List.Items[i].Blocks, cell, b.Page)
		}
	case Grid:
		l.grid(b.Table, b.Page)
	default:
		l.write(b.Label)
		l.write(runsText(b.Runs))
		if b.Image != nil && len(b.Runs) == 0 {
			l.write(b.Image.Alt)
		}
	}
	if l.dry {
		return
	}
	b.Start, b.End = start, l.n
	if b.Kind != Listing && b.Kind != Grid && b.End > b.Start && (cell != "" || b.Page > 0) {
		l.spans = append(l.spans, Span{Start: b.Start, End: b.End, Cell: cell, Page: b.Page})
	}
}

// item is blocks without the line before the first: the label stands there.
func (l *layout) item(bs []Block, cell string, page int) {
	if len(bs) == 0 {
		return
	}
	if bs[0].Page == 0 && !l.dry {
		bs[0].Page = page
	}
	l.block(&bs[0], cell)
	if len(bs) > 1 {
		l.newline()
		rest := bs[1:]
		for i := range rest {
			if i > 0 {
				l.newline()
			}
			if rest[i].Page == 0 && !l.dry {
				rest[i].Page = page
			}
			l.block(&rest[i], cell)
		}
	}
}

func (l *layout) grid(t *Table, page int) {
	l.table++
	number := l.table
	for i := range t.Rows {
		if i > 0 {
			l.newline()
		}
		for j := range t.Rows[i].Cells {
			if j > 0 {
				l.write("\t")
			}
			c := &t.Rows[i].Cells[j]
			if c.Ref == "" && !l.dry {
				c.Ref = "表" + strconv.Itoa(number) + "!" + cellName(c.Col, i)
			}
			ref := c.Ref
			if ref == "" {
				ref = "-"
			}
			l.blocks(c.Blocks, ref, page)
		}
	}
}

// cellName writes a grid place as spreadsheets do: column letters, row from 1.
func cellName(col, row int) string {
	name := ""
	for col++; col > 0; col = (col - 1) / 26 {
		name = string(rune('A'+(col-1)%26)) + name
	}
	return name + strconv.Itoa(row+1)
}

func itemLabel(l *List, i int) string {
	if l.Ordered {
		return strconv.Itoa(l.Start+i) + ". "
	}
	return "• "
}

// plain is the text of blocks that need no places.
func plain(bs []Block) string {
	l := layout{dry: true}
	l.blocks(bs, "", 0)
	return strings.TrimSpace(l.s.String())
}

func runsText(rs []Run) string {
	if len(rs) == 1 && !rs[0].Break {
		return rs[0].Text
	}
	var s strings.Builder
	for _, r := range rs {
		if r.Break {
			s.WriteByte('\n')
		}
		s.WriteString(r.Text)
	}
	return s.String()
}

// joinedMost is from what length on a run is not joined to any more, in bytes: each
// letter that came alone would copy all before it.
const joinedMost = 8 << 10

// appendRun adds a run, joining it to the one before if nothing but the text
// differs.
func appendRun(rs []Run, r Run) []Run {
	if n := len(rs); n > 0 && r.Text != "" && rs[n-1].Text != "" && len(rs[n-1].Text) < joinedMost {
		a, b := rs[n-1], r
		a.Text, b.Text = "", ""
		if a == b {
			rs[n-1].Text += r.Text
			return rs
		}
	}
	if r.Text == "" && !r.Break && r.Note == 0 && r.Image == nil {
		return rs
	}
	return append(rs, r)
}

// trimRuns takes white space and line breaks off both ends; what is empty then
// is nil. The ideographic space that indents Chinese paragraphs goes as well:
// the page indents by itself.
func trimRuns(rs []Run) []Run {
	out := append([]Run(nil), rs...)
	for len(out) > 0 {
		r := &out[0]
		r.Text = strings.TrimLeftFunc(r.Text, unicode.IsSpace)
		if r.Text != "" || r.Note > 0 || r.Image != nil {
			break
		}
		out = out[1:]
	}
	for len(out) > 0 {
		r := &out[len(out)-1]
		r.Text = strings.TrimRightFunc(r.Text, unicode.IsSpace)
		if r.Text != "" || r.Note > 0 || r.Image != nil {
			break
		}
		out = out[:len(out)-1]
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// cleanText drops characters that XML and HTML do not allow, and soft hyphens.
func cleanText(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\u00ad', r == '\ufeff', r == '\u200b', r == 0x7f, r < 0x20 && r != '\t' && r != '\n', r >= 0x80 && r < 0xa0, r == 0xfffe, r == 0xffff:
			return -1
		case r == '\u00a0':
			return ' '
		}
		return r
	}, s)
}

// safeLink returns an address that may stand on a public page, or "".
func safeLink(s string) string {
	s = strings.TrimSpace(s)
	u, err := url.Parse(s)
	if err != nil || len(s) > 2048 {
		return ""
	}
	switch strings.ToLower(u.Scheme) {
	case "http", "https":
		if u.Host == "" {
			return ""
		}
		return u.String()
	case "mailto", "tel":
		return u.String()
	}
	return ""
}

func joinLines(lines []string) string { return strings.Join(lines, "\n") }

// addPart adds a part of lines, one span a line; nothing if there is no text.
func (d *Doc) addPart(name string, lines []string) {
	if len(lines) == 0 {
		return
	}
	d.Parts = append(d.Parts, Part{Name: name, Text: joinLines(lines)})
}
