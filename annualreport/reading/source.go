package reading

import (
	"context"
	"errors"
	"strings"
	"unicode/utf8"

	"gongkai/annualreport/form"
	"gongkai/document"
	"gongkai/internal/fault"
)

// MaxFile is the size in bytes beyond which File does not read a file.
const MaxFile = 64 << 20

// File reads an annual report from a file of any kind the program knows. It
// fails with an Invalid fault, whose sentence says why, if the file cannot be
// read as text; a file that can be read and is no report has a Report without
// a form.
func File(ctx context.Context, name string, data []byte) (*form.Report, error) {
	if len(data) > MaxFile {
		return nil, tooBig(name)
	}
	kind := document.KindOf(name, data)
	plain := kind == document.KindText || kind == document.KindMarkdown
	if plain && utf8.Valid(data) {
		if len(data) > MaxText {
			return nil, tooBig(name)
		}
		return Text(name, string(data)), nil
	}
	d, err := document.Read(ctx, name, data, document.DefaultLimits)
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if errors.Is(err, fault.Invalid) {
			return nil, notReadable(name, fault.Sentence(err))
		}
		return nil, err
	}
	if plain {
		if p, ok := d.Part(document.PartDocument); ok {
			return Text(name, p.Text), nil
		}
	}
	return Doc(name, d), nil
}

// Doc reads an annual report that the document package has taken apart.
func Doc(name string, d document.Doc) *form.Report {
	r := readers.Get().(*reader)
	defer r.free()
	r.part, r.name, r.title = document.PartDocument, name, d.Title
	for _, m := range d.Meta {
		if r.title == "" && isTitle(tidy(m.Value)) {
			r.title = m.Value
		}
	}
	var f feed
	for _, p := range d.Parts {
		if p.Sheet {
			f.sheets = append(f.sheets, p.Name)
		}
	}
	f.part = document.PartDocument
	f.blocks(d.Blocks, 0)
	r.text = f.text.String()
	if len(r.text) > MaxText {
		rep := &form.Report{File: name, Missing: []string{"table2", "table3", "table4"}}
		rep.Findings = append(rep.Findings, tooLarge())
		return rep
	}
	for _, o := range f.ops {
		if r.full {
			break
		}
		r.take(o)
	}
	return r.report()
}

// An op is one line, or one row of cells, to be scanned.
type op struct {
	i, j  int   // bytes of feed.text
	at    int32 // where it stands in its part, in code points
	page  int32
	part  string
	cells []opCell // a row of a table; nil for a line
}

type opCell struct {
	i, j int
	at   int32
	col  int32
	span int32
	ref  string
}

// A feed lays a document out as lines and rows.
type feed struct {
	text   strings.Builder
	ops    []op
	part   string
	sheets []string
	page   int
}

const maxNesting = 40

func (f *feed) blocks(bs []document.Block, depth int) {
	if depth > maxNesting {
		return
	}
	for i := range bs {
		b := &bs[i]
		if b.Page > 0 {
			f.page = b.Page
		}
		switch b.Kind {
		case document.Grid:
			if depth == 0 && len(f.sheets) > 0 {
				f.part, f.sheets = f.sheets[0], f.sheets[1:]
			}
			f.grid(b.Table, depth)
		case document.Listing:
			for k := range b.List.Items {
				f.blocks(b.List.Items[k].Blocks, depth+1)
			}
		default:
			i := f.text.Len()
			f.text.WriteString(b.Label)
			writeRuns(&f.text, b.Runs, '\n')
			f.ops = append(f.ops, op{i: i, j: f.text.Len(), at: int32(b.Start), page: int32(f.page), part: f.part})
			f.text.WriteByte('\n')
		}
	}
}

func writeRuns(w *strings.Builder, runs []document.Run, br byte) {
	for i := range runs {
		if runs[i].Break {
			w.WriteByte(br)
		}
		w.WriteString(runs[i].Text)
	}
}

// grid lays out a table. A cell that holds more than a value or a label is
// part of the page, not of a table.
func (f *feed) grid(t *document.Table, depth int) {
	if t == nil {
		return
	}
	if t.Caption != "" {
		i := f.text.Len()
		f.text.WriteString(t.Caption)
		f.ops = append(f.ops, op{i: i, j: f.text.Len(), page: int32(f.page), part: f.part})
		f.text.WriteByte('\n')
	}
	for ri := range t.Rows {
		cells := t.Rows[ri].Cells
		page := op{page: int32(f.page), part: f.part}
		row := make([]opCell, 0, len(cells))
		for ci := range cells {
			c := &cells[ci]
			if layoutCell(c) {
				f.blocks(c.Blocks, depth+1)
				continue
			}
			o := opCell{i: f.text.Len(), col: int32(c.Col), span: int32(c.ColSpan), ref: c.Ref}
			for k := range c.Blocks {
				b := &c.Blocks[k]
				if k == 0 {
					o.at = int32(b.Start)
				} else {
					f.text.WriteByte(' ')
				}
				if b.Page > 0 {
					f.page, page.page = b.Page, int32(b.Page)
				}
				f.text.WriteString(b.Label)
				writeRuns(&f.text, b.Runs, ' ')
			}
			o.j = f.text.Len()
			f.text.WriteByte('\t')
			row = append(row, o)
		}
		if len(row) > 0 {
			page.cells = row
			f.ops = append(f.ops, page)
		}
		f.text.WriteByte('\n')
	}
}

// layoutCell reports a cell that holds tables, lists or many paragraphs.
func layoutCell(c *document.Cell) bool {
	if len(c.Blocks) > 8 {
		return true
	}
	for i := range c.Blocks {
		if k := c.Blocks[i].Kind; k == document.Grid || k == document.Listing {
			return true
		}
	}
	return false
}

// take scans a line or a row.
func (r *reader) take(o op) {
	if r.page != 0 && o.page != r.page {
		r.tokens = append(r.tokens, token{kind: turn, line: r.line, start: o.at, end: o.at})
	}
	r.page = o.page
	r.col, r.span = 0, 1
	if o.cells == nil {
		at := o.at
		for i := o.i; i <= o.j; {
			j := o.j
			if k := strings.IndexByte(r.text[i:o.j], '\n'); k >= 0 {
				j = i + k
			}
			n := int32(utf8.RuneCountInString(r.text[i:j]))
			r.places = append(r.places, place{part: o.part})
			r.place = int32(len(r.places))
			r.textLine(i, j, at)
			at += n + 1
			i = j + 1
		}
		return
	}
	r.line++
	first := len(r.tokens)
	x := int32(0)
	for _, c := range o.cells {
		r.cells++
		r.places = append(r.places, place{part: o.part, ref: c.ref})
		r.place = int32(len(r.places))
		r.col, r.span = c.col, c.span
		if r.scanCell(c.i, c.j, c.at, r.cells, x) == 0 {
			r.push(token{kind: empty, line: r.line, cell: r.cells, start: c.at, end: c.at, x: x, xe: x, b: int32(c.i), be: int32(c.i)})
		}
		x += max(c.span, 1)
	}
	r.judgeCells(first)
}
