package reading

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// scanMarked scans a text that holds tables in the marks of HTML, as programs
// write them that turn scans into Markdown. Positions stay those of the text.
func (r *reader) scanMarked(text string) {
	r.text = text
	r.border = bordered(text)
	m := marked{r: r}
	lower := strings.ToLower(text)
	if len(lower) != len(text) {
		r.scanText(text)
		return
	}
	at, last := int32(0), 0 // code points before byte last
	pos := func(i int) int32 {
		at += int32(utf8.RuneCountInString(text[last:i]))
		last = i
		return at
	}
	for i := 0; i < len(text) && !r.full; {
		k := strings.Index(lower[i:], "<table")
		if k < 0 {
			k = len(text) - i
		}
		r.lines(i, i+k, pos(i))
		i += k
		if i == len(text) {
			break
		}
		i = m.table(lower, i, pos)
	}
}

// lines scans text[i:j] line by line.
func (r *reader) lines(i, j int, at int32) {
	for i < j && !r.full {
		e := j
		if k := strings.IndexByte(r.text[i:j], '\n'); k >= 0 {
			e = i + k
		}
		r.col, r.span, r.place = 0, 1, 0
		r.textLine(i, e, at)
		at += int32(utf8.RuneCountInString(r.text[i:e])) + 1
		i = e + 1
	}
}

// marked scans tables.
type marked struct {
	r      *reader
	tables int
	over   []int // by column: rows that a cell above still covers
}

// table scans the table that begins at i and returns where it ends.
func (m *marked) table(lower string, i int, pos func(int) int32) int {
	m.tables++
	m.over = m.over[:0]
	row := 0
	o := op{part: m.r.part}
	col := 0
	open := -1 // index of the cell that is open
	span := [2]int{1, 1}
	closeCell := func(j int) {
		if open >= 0 {
			o.cells[open].j = j
			open = -1
		}
	}
	flush := func() {
		if len(o.cells) > 0 {
			m.r.take(o)
			row++
		}
		for c := range m.over {
			m.over[c] = max(0, m.over[c]-1)
		}
		o.cells, col = nil, 0
	}
	for i < len(lower) {
		k := strings.IndexByte(lower[i:], '<')
		if k < 0 {
			closeCell(len(lower))
			flush()
			return len(lower)
		}
		i += k
		e := strings.IndexByte(lower[i:], '>')
		if e < 0 {
			closeCell(i)
			flush()
			return len(lower)
		}
		tag := lower[i : i+e+1]
		switch {
		case strings.HasPrefix(tag, "</table"):
			closeCell(i)
			flush()
			return i + e + 1
		case strings.HasPrefix(tag, "<tr"), strings.HasPrefix(tag, "</tr"):
			closeCell(i)
			if len(o.cells) > 0 {
				flush()
			}
		case strings.HasPrefix(tag, "</td"), strings.HasPrefix(tag, "</th>"):
			closeCell(i)
		case strings.HasPrefix(tag, "<td"), strings.HasPrefix(tag, "<th>"), strings.HasPrefix(tag, "<th "):
			closeCell(i)
			if len(o.cells) >= 200 {
				break
			}
			for col < len(m.over) && m.over[col] > 0 {
				col++
			}
			span = [2]int{attribute(tag, "colspan"), attribute(tag, "rowspan")}
			for len(m.over) < col+span[0] {
				m.over = append(m.over, 0)
			}
			for c := col; c < col+span[0]; c++ {
				m.over[c] = max(m.over[c], span[1])
			}
			b := i + e + 1
			o.cells = append(o.cells, opCell{i: b, j: b, at: pos(b), col: int32(col), span: int32(span[0]), ref: fmt.Sprintf("表%d!%s%d", m.tables, columnName(col), row+1)})
			open = len(o.cells) - 1
			col += span[0]
		}
		i += e + 1
	}
	closeCell(len(lower))
	flush()
	return len(lower)
}

// attribute reads a number out of a tag, 1 if it is not there.
func attribute(tag, name string) int {
	k := strings.Index(tag, name)
	if k < 0 {
		return 1
	}
	s := strings.TrimLeft(tag[k+len(name):], " =\"'")
	e := 0
	for e < len(s) && s[e] >= '0' && s[e] <= '9' {
		e++
	}
	n, err := strconv.Atoi(s[:e])
	if err != nil {
		return 1
	}
	return min(max(n, 1), 100)
}

// columnName writes a column as spreadsheets do.
func columnName(col int) string {
	name := ""
	for col++; col > 0; col = (col - 1) / 26 {
		name = string(rune('A'+(col-1)%26)) + name
	}
	return name
}
