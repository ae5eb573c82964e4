package document

import "strings"

// A wordLine is a paragraph being built: its runs, and the properties of its
// mark once that is reached.
type wordLine struct {
	runs   []Run
	strong bool
	words  bool
}

// Marks in the text of a Word 97–2003 file.
const (
	markPicture  = 0x01
	markNote     = 0x02
	markComment  = 0x05
	markCell     = 0x07
	markDrawing  = 0x08
	markLine     = 0x0b
	markPage     = 0x0c
	markPara     = 0x0d
	markColumn   = 0x0e
	fieldBegin   = 0x13
	fieldDivider = 0x14
	fieldEnd     = 0x15
	hardHyphen   = 0x1e
	softHyphen   = 0x1f
)

// blocks builds paragraphs and tables of a stretch of text. Merged cells are
// not known: each row stands as it is.
func (w *wordBinary) blocks(chars []wordChar) ([]Block, error) {
	var out []Block
	var table *Table
	var row Row
	var cell []Block
	open := &wordLine{strong: true}
	field := 0 // depth inside the instructions of fields
	closeTable := func() {
		if len(cell) > 0 {
			row.Cells = append(row.Cells, Cell{Blocks: cell, Col: len(row.Cells), ColSpan: 1, RowSpan: 1})
			cell = nil
		}
		if table != nil && len(row.Cells) > 0 {
			table.Rows = append(table.Rows, row)
		}
		if table != nil && len(table.Rows) > 0 {
			out = append(out, Block{Kind: Grid, Table: table})
		}
		table, row = nil, Row{}
	}
	for i, c := range chars {
		if i&0xff == 0 {
			if err := w.b.node(); err != nil {
				return nil, err
			}
		}
		switch c.r {
		case fieldBegin:
			field++
			continue
		case fieldDivider, fieldEnd:
			if field > 0 && (c.r == fieldDivider || w.openField(chars, i)) {
				field--
			}
			continue
		case markPara, markCell, markPage:
			props := propsAt(w.paras, c.at)
			b, ok := w.paragraph(open, props)
			open = &wordLine{strong: true}
			inTable := props.is(sprmInTable) || c.r == markCell
			if !inTable {
				closeTable()
				if ok {
					out = append(out, b)
				}
				continue
			}
			if table == nil {
				table = &Table{}
			}
			if ok {
				b.Kind, b.Level = Paragraph, 0
				cell = append(cell, b)
			}
			switch {
			case c.r == markCell && props.is(sprmRowEnd):
				cell = nil
				if len(row.Cells) > 0 {
					table.Rows = append(table.Rows, row)
				}
				row = Row{}
			case c.r == markCell:
				if err := w.b.addCells(1); err != nil {
					return nil, err
				}
				row.Cells = append(row.Cells, Cell{Blocks: cell, Col: len(row.Cells), ColSpan: 1, RowSpan: 1})
				cell = nil
			}
			continue
		}
		if field == 0 {
			w.character(open, c)
		}
	}
	if b, ok := w.paragraph(open, wordProps{}); ok {
		closeTable()
		out = append(out, b)
	}
	closeTable()
	return out, nil
}

// openField reports whether the field that ends at i had no result: then its
// instructions are still open.
func (w *wordBinary) openField(chars []wordChar, i int) bool {
	depth := 0
	for j := i - 1; j >= 0 && i-j < 5000; j-- {
		switch chars[j].r {
		case fieldEnd:
			depth++
		case fieldBegin:
			if depth == 0 {
				return true
			}
			depth--
		case fieldDivider:
			if depth == 0 {
				return false
			}
		}
	}
	return false
}

// character adds one character to the paragraph, or to what is hidden or
// deleted.
func (w *wordBinary) character(l *wordLine, c wordChar) {
	props := propsAt(w.chars, c.at)
	bold := props.is(sprmBold)
	r := Run{Bold: bold}
	switch c.r {
	case markLine, markColumn:
		r = Run{Break: true}
	case markNote:
		if w.cited < len(w.notes) {
			w.cited++
			r = Run{Note: w.cited}
		}
	case hardHyphen:
		r.Text = "-"
	case markPicture, markComment, markDrawing, softHyphen:
		return
	default:
		r.Text = cleanText(string(c.r))
	}
	switch {
	case props.is(sprmDeleted):
		w.deleted.add(r.Text, c.at)
		return
	case props.is(sprmHidden):
		w.hidden.add(r.Text, c.at)
		return
	}
	if strings.TrimSpace(r.Text) != "" {
		l.words = true
		l.strong = l.strong && bold
	}
	l.runs = appendRun(l.runs, r)
}

// A scatter collects pieces of text that stand apart in a file, each a line.
type scatter struct {
	lines []string
	next  int // where a character would go on with the last line
}

func (s *scatter) add(text string, at int) {
	if text == "" {
		return
	}
	if n := len(s.lines); n > 0 && at >= s.next-1 && at <= s.next {
		s.lines[n-1] += text
	} else {
		s.lines = append(s.lines, text)
	}
	s.next = at + 2
}

// paragraph closes a paragraph. Styles 1 to 9 are the built-in headings in every
// file.
func (w *wordBinary) paragraph(l *wordLine, p wordProps) (Block, bool) {
	runs := trimRuns(l.runs)
	if len(runs) == 0 {
		return Block{}, false
	}
	b := Block{Kind: Paragraph, Runs: runs, Strong: l.strong && l.words}
	if v, ok := p.sprm(sprmNumbering); ok && v != 0 {
		w.numbered++
	}
	justify, ok := p.sprm(sprmJustify2)
	if !ok {
		justify, _ = p.sprm(sprmJustify)
	}
	switch justify {
	case 1:
		b.Align = AlignCenter
	case 2:
		b.Align = AlignEnd
	}
	level := notHeading
	if p.style >= 1 && p.style <= 9 {
		level = int(p.style)
	}
	if v, ok := p.sprm(sprmOutline); ok && v < 9 {
		level = int(v) + 1
	}
	if n := runeLen(runsText(runs)); level != notHeading && n > 0 && n <= 120 {
		b.Kind, b.Level = Heading, min(level, 5)
	}
	return b, true
}

// footnotes cuts the text of the notes at the marks they begin with.
func (w *wordBinary) footnotes(chars []wordChar) {
	var open []wordChar
	flush := func() {
		if lines := w.lines(open); len(lines) > 0 {
			n := Footnote{Number: len(w.notes) + 1}
			for _, s := range lines {
				n.Blocks = append(n.Blocks, Block{Kind: Paragraph, Runs: []Run{{Text: s}}})
			}
			w.notes = append(w.notes, n)
		}
		open = nil
	}
	for _, c := range chars {
		if c.r == markNote {
			flush()
			continue
		}
		open = append(open, c)
	}
	flush()
}

// lines is the plain text of a stretch, without empty lines.
func (w *wordBinary) lines(chars []wordChar) []string {
	var out []string
	var s strings.Builder
	field := 0
	for _, c := range chars {
		switch c.r {
		case fieldBegin:
			field++
		case fieldDivider:
			field = max(0, field-1)
		case markPara, markCell, markPage, markLine:
			if t := strings.TrimSpace(s.String()); t != "" {
				out = append(out, t)
			}
			s.Reset()
		default:
			if field == 0 && c.r >= 0x20 {
				s.WriteString(cleanText(string(c.r)))
			}
		}
	}
	if t := strings.TrimSpace(s.String()); t != "" {
		out = append(out, t)
	}
	return out
}
