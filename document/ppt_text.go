package document

import (
	"encoding/binary"
	"slices"
	"strings"
)

// A pptSlideText reads the shapes of one slide, of its notes, or of a master.
type pptSlideText struct {
	*pptFile
	notes   bool
	master  bool
	outline []pptText
	used    []bool // texts of the outline that a shape shows

	hidden   bool
	title    []Block
	body     []Block
	aside    []Block
	comments []string
	pictures int
}

// A pptShape is one shape: its words and where it stands.
type pptShape struct {
	texts                    []pptText
	left, top, right, bottom int
	placed, child            bool // on the slide, or in a group
	hidden                   bool
	frame                    bool // for what every slide has: title, body, date …
	table                    bool // the shape that says its group is a table
	picture                  bool
}

// The roles of texts, [MS-PPT] 2.13.33.
const roleTitle, roleCenterTitle = 0, 6

// read reads a container of the stream.
func (t *pptSlideText) read(r pptRecord) error {
	return t.each(r.body, func(r pptRecord) error {
		switch r.kind {
		case pptSlideInfo:
			t.hidden = len(r.body) >= 12 && binary.LittleEndian.Uint16(r.body[10:])&4 != 0
		case pptDrawing:
			return t.drawing(r.body, 0)
		case pptHeadersFooters:
			if !t.master {
				return t.margins(r)
			}
		case pptTags:
			return t.remarks(r)
		}
		return nil
	})
}

// drawing goes down to the group that holds all shapes.
func (t *pptSlideText) drawing(s []byte, depth int) error {
	if depth > pptDeepest {
		return nil
	}
	return t.each(s, func(r pptRecord) error {
		switch {
		case r.kind == artGroup:
			return t.group(r.body, depth)
		case r.kind == artShape:
			p, err := t.shape(r)
			if err != nil {
				return err
			}
			return t.place(p)
		case r.inside:
			return t.drawing(r.body, depth+1)
		}
		return nil
	})
}

// group reads the shapes of a group. Those of a table are its cells.
func (t *pptSlideText) group(s []byte, depth int) error {
	if depth > pptDeepest {
		return nil
	}
	var cells []pptShape
	table, first, hidden := false, true, false
	err := t.each(s, func(r pptRecord) error {
		switch r.kind {
		case artGroup:
			return t.group(r.body, depth+1)
		case artShape:
			p, err := t.shape(r)
			if first {
				first, table, hidden = false, p.table, p.hidden
			}
			p.hidden = p.hidden || hidden
			if table && p.child {
				if len(p.texts) > 0 {
					cells = append(cells, p)
				}
				return err
			}
			if err != nil {
				return err
			}
			return t.place(p)
		}
		return nil
	})
	if err != nil || len(cells) == 0 {
		return err
	}
	grid, err := t.table(cells)
	if hidden {
		t.aside = append(t.aside, grid)
	} else {
		t.body = append(t.body, grid)
	}
	return err
}

// table puts cells where they stand.
func (t *pptSlideText) table(cells []pptShape) (Block, error) {
	var tops, lefts []int
	for _, c := range cells {
		tops, lefts = append(tops, c.top), append(lefts, c.left)
	}
	slices.Sort(tops)
	slices.Sort(lefts)
	tops, lefts = slices.Compact(tops), slices.Compact(lefts)
	out := &Table{Rows: make([]Row, len(tops))}
	slices.SortStableFunc(cells, func(a, b pptShape) int { return a.left - b.left })
	reach := func(all []int, from, to int) int {
		i, _ := slices.BinarySearch(all, from)
		j, _ := slices.BinarySearch(all, to)
		return max(1, j-i)
	}
	for _, c := range cells {
		if err := t.b.addCells(1); err != nil {
			return Block{}, err
		}
		row, _ := slices.BinarySearch(tops, c.top)
		col, _ := slices.BinarySearch(lefts, c.left)
		cell := Cell{Col: col, ColSpan: min(reach(lefts, c.left, c.right), widestSpan), RowSpan: min(reach(tops, c.top, c.bottom), longestSpan)}
		for _, x := range c.texts {
			blocks, err := t.textBlocks(x.text)
			if err != nil {
				return Block{}, err
			}
			cell.Blocks = append(cell.Blocks, blocks...)
		}
		cell.Numerals = numeric(plain(cell.Blocks))
		out.Rows[row].Cells = append(out.Rows[row].Cells, cell)
	}
	trimTable(out)
	return Block{Kind: Grid, Table: out}, nil
}

// shape reads one shape.
func (t *pptSlideText) shape(r pptRecord) (p pptShape, err error) {
	role := uint32(4)
	err = t.deep(r.body, 0, func(r pptRecord) (bool, error) {
		four := func(i int) int { return int(int32(binary.LittleEndian.Uint32(r.body[4*i:]))) }
		two := func(i int) int { return int(int16(binary.LittleEndian.Uint16(r.body[2*i:]))) }
		switch r.kind {
		case artProps, artMoreProps:
			t.properties(r, &p)
		case artChildAnchor:
			if len(r.body) >= 16 {
				p.left, p.top, p.right, p.bottom, p.child = four(0), four(1), four(2), four(3), true
			}
		case artAnchor:
			switch {
			case len(r.body) >= 16:
				p.top, p.left, p.right, p.bottom, p.placed = four(0), four(1), four(2), four(3), true
			case len(r.body) >= 8:
				p.top, p.left, p.right, p.bottom, p.placed = two(0), two(1), two(2), two(3), true
			}
		case pptPlaceholder:
			p.frame = true
		case artTextbox: // holds records whatever its head says
			return true, t.each(r.body, func(r pptRecord) error { return t.words(r, &p, &role) })
		case pptString:
			if s := utf16Text(r.body); telling(s) {
				t.markup.add(s)
			}
		}
		return false, nil
	})
	return p, err
}

func (t *pptSlideText) words(r pptRecord, p *pptShape, role *uint32) error {
	switch r.kind {
	case pptTextHead:
		if len(r.body) >= 4 {
			*role = binary.LittleEndian.Uint32(r.body)
		}
	case pptTextChars, pptTextBytes:
		text := recordText(r)
		p.texts = append(p.texts, pptText{*role, text})
		return t.b.addText(text)
	case pptOutlineRef:
		if len(r.body) < 4 {
			return nil
		}
		if n := int64(binary.LittleEndian.Uint32(r.body)); n < int64(len(t.outline)) && !t.used[n] {
			t.used[n] = true
			p.texts = append(p.texts, t.outline[n])
		}
	}
	return nil
}

// properties reads what matters of the looks of a shape.
func (t *pptSlideText) properties(r pptRecord, p *pptShape) {
	n := int(r.instance)
	if 6*n > len(r.body) {
		return
	}
	more := r.body[6*n:]
	for i := range n {
		id, value := binary.LittleEndian.Uint16(r.body[6*i:]), binary.LittleEndian.Uint32(r.body[6*i+2:])
		var data []byte
		if id&0x8000 != 0 {
			size := int(min(int64(value), int64(len(more))))
			data, more = more[:size], more[size:]
		}
		switch id & 0x3fff {
		case 0x0104: // the picture that fills it
			p.picture = true
		case 0x0381: // its description
			if s := strings.TrimRight(utf16Text(data), "\x00"); telling(s) {
				t.markup.add(s)
			}
		case 0x039f:
			p.table = value&1 != 0
		case 0x03bf:
			p.hidden = p.hidden || value&0x00020002 == 0x00020002
		}
	}
}

// place sorts the words of a shape by their role.
func (t *pptSlideText) place(p pptShape) error {
	if p.picture {
		t.pictures++
	}
	if t.master && p.frame {
		return nil
	}
	for _, x := range p.texts {
		blocks, err := t.textBlocks(x.text)
		switch {
		case err != nil:
			return err
		case p.hidden || t.beside(p):
			t.aside = append(t.aside, blocks...)
		case !t.notes && (x.role == roleTitle || x.role == roleCenterTitle):
			t.title = append(t.title, blocks...)
		default:
			t.body = append(t.body, blocks...)
		}
	}
	return nil
}

// beside tells a shape that lies outside of the slide.
func (t *pptSlideText) beside(p pptShape) bool {
	if t.notes || t.master || !p.placed || p.child || t.wide <= 0 || t.high <= 0 || p.right <= p.left || p.bottom <= p.top {
		return false
	}
	return p.right <= 0 || p.bottom <= 0 || p.left >= t.wide || p.top >= t.high
}

// rest adds the texts of the outline that no shape has shown.
func (t *pptSlideText) rest() error {
	for i, x := range t.outline {
		if t.used[i] {
			continue
		}
		if err := t.place(pptShape{texts: []pptText{x}}); err != nil {
			return err
		}
	}
	return nil
}

// remarks reads the comments on a slide.
func (t *pptSlideText) remarks(r pptRecord) error {
	return t.deep(r.body, 0, func(r pptRecord) (bool, error) {
		if r.kind != pptComment {
			return false, nil
		}
		who, text := "", ""
		err := t.each(r.body, func(r pptRecord) error {
			if r.kind != pptString {
				return nil
			}
			switch s := strings.TrimSpace(cleanText(utf16Text(r.body))); r.instance {
			case 0:
				who = s
			case 1:
				text = s
			}
			return nil
		})
		if text != "" {
			if who != "" {
				t.who.add(who)
				text = who + "：" + text
			}
			t.comments = append(t.comments, text)
		}
		return true, err
	})
}

// textBlocks parts a text into its paragraphs. A lone asterisk stands for the number
// of the slide or the date.
func (f *pptFile) textBlocks(s string) ([]Block, error) {
	var out []Block
	for para := range strings.SplitSeq(s, "\r") {
		var runs []Run
		for i, line := range strings.Split(para, "\v") {
			if i > 0 {
				runs = append(runs, Run{Break: true})
			}
			runs = appendRun(runs, Run{Text: strings.ReplaceAll(cleanText(line), "\n", " ")})
		}
		if runs = trimRuns(runs); len(runs) == 0 || strings.Trim(runsText(runs), "*") == "" {
			continue
		}
		for range 7 { // a paragraph takes some hundred bytes
			if err := f.b.node(); err != nil {
				return nil, err
			}
		}
		out = append(out, Block{Kind: Paragraph, Runs: runs})
	}
	return out, nil
}
