package document

import (
	"strconv"
	"strings"
)

// An odfList is a list style by its levels, from 1.
type odfList map[int]odfLevel

// An odfLevel is how one level of a list is marked: by a bullet, which has no format,
// or by a number.
type odfLevel struct {
	format, prefix, suffix string
	start                  int
}

// odfFormats are the forms of numbers under the names Word has for them.
var odfFormats = map[string]string{"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
	"一": "chineseCounting", "甲": "ideographTraditional", "１": "decimalFullWidth", "①": "decimalEnclosedCircle", "壹": "chineseLegalSimplified"}

func (f *odfFile) listStyle(x *xmlStream, name string) error {
	l := odfList{}
	f.lists[name] = l
	return x.children(func(e element) error {
		n, err := strconv.Atoi(e.attr("level"))
		if err != nil || n < 1 || n > 10 {
			return nil
		}
		level := odfLevel{start: 1, prefix: e.attr("num-prefix"), suffix: e.attr("num-suffix")}
		if e.name == "list-level-style-number" {
			first, _, _ := strings.Cut(e.attr("num-format"), ",")
			level.format = odfFormats[strings.TrimSpace(first)]
		}
		if s, err := strconv.Atoi(e.attr("start-value")); err == nil && s >= 0 && s < 1<<20 {
			level.start = s
		}
		l[n] = level
		return nil
	})
}

// list reads a list. What is marked by plain numbers or bullets becomes a List;
// paragraphs marked otherwise keep their printed number as a label.
func (t *odfText) list(e element, out *[]Block, style string, depth int) error {
	if s := e.attr("style-name"); s != "" {
		style = s
	}
	level := t.lists[style][depth]
	key := style + "/" + strconv.Itoa(depth)
	n := level.start
	if was, ok := t.counts[key]; ok && (e.attr("continue-numbering") == "true" || e.attr("continue-list") != "") {
		n = was
	}
	plainNumber := level.format == "decimal" && level.prefix == "" && strings.Trim(level.suffix, " ") == "."
	open := &List{Ordered: plainNumber, Start: n}
	var labelled []Block
	err := t.x.children(func(e element) error {
		if e.name != "list-item" && e.name != "list-header" {
			return nil
		}
		if s, err := strconv.Atoi(e.attr("start-value")); err == nil && s >= 0 && s < 1<<20 {
			n = s
			if len(open.Items) == 0 {
				open.Start = s
			}
		}
		var blocks []Block
		if err := t.x.children(func(e element) error {
			if e.name == "list" {
				return t.list(e, &blocks, style, depth+1)
			}
			return t.block(e, &blocks)
		}); err != nil {
			return err
		}
		if len(blocks) == 0 {
			return nil
		}
		if level.format != "" && !plainNumber && e.name == "list-item" && (blocks[0].Kind == Paragraph || blocks[0].Kind == Heading) {
			blocks[0].Label = cleanText(level.prefix + numberIn(level.format, n) + level.suffix)
		}
		labelled = append(labelled, blocks...)
		open.Items = append(open.Items, Item{Blocks: blocks})
		n++
		return nil
	})
	t.counts[key] = n
	switch {
	case len(open.Items) == 0:
	case level.format != "" && !plainNumber:
		*out = append(*out, labelled...)
	default:
		*out = append(*out, Block{Kind: Listing, List: open})
	}
	return err
}

// repeated reads how often a row or cell stands for itself.
func repeated(e element, name string) int {
	n, err := strconv.Atoi(e.attr(name))
	if err != nil {
		return 1
	}
	return max(1, min(n, 1<<24))
}

// table reads a table of a text; nil if it has no cell.
func (t *odfText) table() (*Table, error) {
	out := &Table{}
	header := false
	var walk func(e element) error
	walk = func(e element) error {
		switch e.name {
		case "table-header-rows":
			header = true
			err := t.x.children(walk)
			header = false
			return err
		case "table-rows", "table-row-group":
			return t.x.children(walk)
		case "table-row":
			row, err := t.row()
			row.Header = header
			times := repeated(e, "number-rows-repeated")
			if times > 1 && len(row.Cells) > 0 {
				if err := t.repeat(row, times); err != nil {
					return err
				}
			}
			for range times {
				if len(row.Cells) == 0 && len(out.Rows) > 0 {
					break
				}
				out.Rows = append(out.Rows, copied(row))
			}
			return err
		}
		return nil
	}
	if err := t.x.children(walk); err != nil {
		return nil, err
	}
	trimTable(out)
	if len(out.Rows) == 0 {
		return nil, nil
	}
	return out, nil
}

// repeat counts what a row that stands for several comes to.
func (t *odfText) repeat(row Row, times int) error {
	for _, c := range row.Cells {
		if t.b.text += (times - 1) * runeLen(plain(c.Blocks)); t.b.text > t.b.lim.MaxText {
			return tooMuchText(t.b.lim.MaxText)
		}
	}
	return t.b.addCells((times - 1) * len(row.Cells))
}

// copied is a row whose cells have blocks of their own, because places differ.
func copied(r Row) Row {
	out := Row{Header: r.Header, Cells: make([]Cell, len(r.Cells))}
	for i, c := range r.Cells {
		c.Blocks = append([]Block(nil), c.Blocks...)
		out.Cells[i] = c
	}
	return out
}

func (t *odfText) row() (Row, error) {
	var row Row
	col := 0
	err := t.x.children(func(e element) error {
		if e.name != "table-cell" && e.name != "covered-table-cell" {
			return nil
		}
		times := repeated(e, "number-columns-repeated")
		c := Cell{ColSpan: max(1, clampSpan(e.attr("number-columns-spanned"), 1)), RowSpan: max(1, min(repeated(e, "number-rows-spanned"), longestSpan))}
		blocks, err := t.blocks()
		if err != nil {
			return err
		}
		if e.name == "covered-table-cell" {
			t.hide(plain(blocks))
			col += times
			return nil
		}
		if col+times > maxColumns {
			return tooManyCells(t.b.lim.MaxCells)
		}
		if err := t.repeat(Row{Cells: []Cell{{Blocks: blocks}}}, times+1); err != nil {
			return err
		}
		c.Blocks, c.Numerals = blocks, numeric(plain(blocks))
		for range times {
			c.Col = col
			c.Blocks = append([]Block(nil), blocks...)
			row.Cells = append(row.Cells, c)
			col++
		}
		return nil
	})
	return row, err
}
