package document

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// table writes a table with header cells where a header can be recognised.
func (w *writer) table(t *Table) {
	if t == nil || len(t.Rows) == 0 {
		return
	}
	head := headerRows(t)
	side := sideColumn(t, head)
	w.s.WriteString(`<table>`)
	if t.Caption != "" {
		w.s.WriteString("<caption>" + escape(t.Caption) + "</caption>")
	}
	section := ""
	for i, row := range t.Rows {
		want := "tbody"
		if i < head {
			want = "thead"
		}
		if want != section {
			if section != "" {
				w.s.WriteString("</" + section + ">")
			}
			w.s.WriteString("<" + want + ">\n")
			section = want
		}
		w.s.WriteString("<tr>")
		for _, c := range row.Cells {
			w.cell(c, i < head, side && c.Col == 0 && i >= head)
		}
		w.s.WriteString("</tr>\n")
	}
	w.s.WriteString("</" + section + "></table>\n")
}

func (w *writer) cell(c Cell, top, side bool) {
	tag := "td"
	empty := cellText(c) == ""
	if (top || side || c.Header) && !empty {
		tag = "th"
	}
	w.s.WriteString("<" + tag)
	if c.ColSpan > 1 {
		w.s.WriteString(` colspan="` + strconv.Itoa(min(c.ColSpan, widestSpan)) + `"`)
	}
	if c.RowSpan > 1 {
		w.s.WriteString(` rowspan="` + strconv.Itoa(min(c.RowSpan, longestSpan)) + `"`)
	}
	if tag == "th" {
		scope := "col"
		if !top && (side || c.Header && c.Col == 0) {
			scope = "row"
		}
		if scope == "col" && c.ColSpan > 1 {
			scope = "colgroup"
		}
		if scope == "row" && c.RowSpan > 1 {
			scope = "rowgroup"
		}
		w.s.WriteString(` scope="` + scope + `"`)
	} else if c.Numerals {
		w.s.WriteString(` class="` + classNumber + `"`)
	} else if len(c.Blocks) == 1 && c.Blocks[0].Kind == Paragraph {
		switch c.Blocks[0].Align {
		case AlignCenter:
			w.s.WriteString(` class="` + classCenter + `"`)
		case AlignEnd:
			w.s.WriteString(` class="` + classRight + `"`)
		}
	}
	w.s.WriteString(">")
	w.blocks(c.Blocks, true)
	w.s.WriteString("</" + tag + ">")
}

func cellText(c Cell) string { return plain(c.Blocks) }

// headerRows counts the rows that head the columns: those marked in the file,
// or else the first row (with all rows its spans reach into) if every cell is a
// short label and the rows below hold something else.
func headerRows(t *Table) int {
	n := 0
	for n < len(t.Rows) && marked(t.Rows[n]) {
		n++
	}
	if n == len(t.Rows) {
		return 0
	}
	if n > 0 {
		return n
	}
	reach := 1
	for i := 0; i < reach && i < len(t.Rows); i++ {
		for _, c := range t.Rows[i].Cells {
			text := cellText(c)
			most := 24
			if c.RowSpan > 1 && c.ColSpan > 1 {
				most = 60 // the corner above and beside the labels
			}
			if utf8.RuneCountInString(text) > most || numeric(text) || len(c.Blocks) > 3 {
				return 0
			}
			if i+c.RowSpan > reach {
				reach = i + c.RowSpan
			}
			if i == 0 && c.ColSpan > 1 && !wholeRow(t, c) {
				reach = max(reach, 2)
			}
		}
	}
	if reach >= len(t.Rows) || reach > 4 || len(t.Rows[0].Cells) < 2 {
		return 0
	}
	filled := 0
	for _, c := range t.Rows[0].Cells {
		if cellText(c) != "" {
			filled++
		}
	}
	if filled*2 < len(t.Rows[0].Cells) {
		return 0
	}
	if strong(t.Rows[0]) {
		return reach
	}
	for _, r := range t.Rows[reach:] {
		for _, c := range r.Cells {
			if s := cellText(c); numeric(s) || utf8.RuneCountInString(s) > 16 {
				return reach
			}
		}
	}
	return 0
}

func marked(r Row) bool {
	if r.Header {
		return true
	}
	for _, c := range r.Cells {
		if !c.Header {
			return false
		}
	}
	return len(r.Cells) > 0
}

func strong(r Row) bool {
	for _, c := range r.Cells {
		for _, b := range c.Blocks {
			if !b.Strong {
				return false
			}
		}
	}
	return true
}

func wholeRow(t *Table, c Cell) bool { return c.ColSpan >= width(t) }

func width(t *Table) int {
	n := 0
	for _, r := range t.Rows {
		if k := len(r.Cells); k > 0 {
			n = max(n, r.Cells[k-1].Col+r.Cells[k-1].ColSpan)
		}
	}
	return n
}

// sideColumn reports whether the first column heads the rows: labels on the
// left of a table whose other cells are numbers for the most part.
func sideColumn(t *Table, head int) bool {
	if head == 0 {
		return false
	}
	numbers, cells := 0, 0
	for _, r := range t.Rows[head:] {
		for _, c := range r.Cells {
			s := cellText(c)
			if c.Col == 0 {
				if numeric(s) || utf8.RuneCountInString(s) > 40 {
					return false
				}
				continue
			}
			if s == "" {
				continue
			}
			cells++
			if numeric(s) {
				numbers++
			}
		}
	}
	return numbers*2 > cells
}

// numeric reports whether a cell holds a figure, not words.
func numeric(s string) bool {
	digits := 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9' || r >= '０' && r <= '９':
			digits++
		case strings.ContainsRune(" ,.%-+/:，．％—-−\t", r):
		default:
			return false
		}
	}
	return digits > 0
}
