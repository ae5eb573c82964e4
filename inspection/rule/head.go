package rule

import (
	"slices"
	"sort"
	"strings"
	"sync"
	"unicode/utf8"
)

// headRows is how many rows from the top can belong to a table's head.
const headRows = 3

// heads are the heads of a text's table columns, made when first asked for.
type heads struct {
	once   sync.Once
	column map[string]string // "表2!B" → its head
	lines  []grid            // tables of plain text, cells between tabs or bars
}

// A grid is a run of lines with cells.
type grid struct {
	from, to int // bytes
	sep      byte
	heads    []string
}

// Head returns the words at the top of the table column in which the byte b
// stands, "" outside tables. Rows of numbers are no head.
func (t *Text) Head(b int) string {
	t.heads.once.Do(t.findHeads)
	if cell, _ := t.At(t.Rune(b)); cell != "" {
		column, _ := splitRef(cell)
		return t.heads.column[column]
	}
	g := t.heads.lines
	i := sort.Search(len(g), func(i int) bool { return g[i].to > b })
	if i == len(g) || g[i].from > b {
		return ""
	}
	line := t.S[strings.LastIndexByte(t.S[:b], '\n')+1 : b]
	if n := strings.Count(line, string(g[i].sep)); n < len(g[i].heads) {
		return g[i].heads[n]
	}
	return ""
}

// Inside tells whether the byte b stands in a table.
func (t *Text) Inside(b int) bool {
	if cell, _ := t.At(t.Rune(b)); cell != "" {
		return true
	}
	t.heads.once.Do(t.findHeads)
	g := t.heads.lines
	i := sort.Search(len(g), func(i int) bool { return g[i].to > b })
	return i < len(g) && g[i].from <= b
}

func (t *Text) findHeads() {
	t.heads.column = map[string]string{}
	byteAt, runes := 0, 0
	body := map[string]int{} // table → its first row of data
	type cell struct {
		column string
		row    int
		text   string
	}
	var top []cell
	wide := map[string]int{} // table → its first row of several cells
	last := map[string]int{} // table → the row last seen with something in it
	for _, p := range t.Places {
		if p.Cell == "" {
			continue
		}
		column, row := splitRef(p.Cell)
		if row < 1 || row > headRows {
			continue
		}
		for runes < p.Start && byteAt < len(t.S) {
			_, n := utf8.DecodeRuneInString(t.S[byteAt:])
			byteAt += n
			runes++
		}
		end := byteAt
		for n := p.Start; n < p.End && end < len(t.S); n++ {
			_, size := utf8.DecodeRuneInString(t.S[end:])
			end += size
		}
		s := strings.TrimSpace(t.S[byteAt:end])
		table := strings.TrimRight(column, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
		if first, ok := body[table]; dataLike(s) && (!ok || row < first) {
			body[table] = row
		}
		if s != "" {
			if _, ok := wide[table]; !ok && last[table] == row {
				wide[table] = row
			}
			last[table] = row
		}
		top = append(top, cell{column, row, s})
	}
	for _, c := range top {
		// The head ends where the numbers begin; in a table without numbers at the top
		// it is the first row of several cells.
		table := strings.TrimRight(c.column, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
		first, ok := body[table]
		if w, several := wide[table]; !ok && several {
			first, ok = w+1, true
		}
		if (!ok || c.row < first) && headLike(c.text) {
			t.heads.column[c.column] = strings.TrimSpace(t.heads.column[c.column] + " " + c.text)
		}
	}
	t.findGrids()
}

// findGrids finds the tables of plain text: three lines or more with tabs or bars.
func (t *Text) findGrids() {
	if !strings.ContainsAny(t.S, "\t|") {
		return
	}
	var open *grid
	rows, data := 0, false
	closeGrid := func(at int) {
		if open != nil && rows >= 2 {
			open.to = at
			t.heads.lines = append(t.heads.lines, *open)
		}
		open, rows, data = nil, 0, false
	}
	for at := 0; at < len(t.S); {
		end := strings.IndexByte(t.S[at:], '\n')
		if end < 0 {
			end = len(t.S)
		} else {
			end += at + 1
		}
		line := t.S[at:end]
		sep := byte('\t')
		if !strings.Contains(line, "\t") {
			sep = '|'
		}
		if strings.IndexByte(line, sep) < 0 {
			if strings.TrimSpace(line) != "" {
				closeGrid(at)
			}
			at = end
			continue
		}
		if open == nil || open.sep != sep {
			closeGrid(at)
			open = &grid{from: at, sep: sep}
		}
		cells := strings.Split(line, string(sep))
		if slices.ContainsFunc(cells, func(s string) bool { return dataLike(strings.TrimSpace(s)) }) {
			data = true
		}
		if rows < headRows && !data {
			data = several(cells) && !numbersFollow(t.S[end:], sep, headRows-rows-1)
			for i, s := range cells {
				if i == len(open.heads) {
					open.heads = append(open.heads, "")
				}
				if s = strings.TrimSpace(s); headLike(s) {
					open.heads[i] = strings.TrimSpace(open.heads[i] + " " + s)
				}
			}
		}
		rows++
		at = end
	}
	closeGrid(len(t.S))
}

// several tells whether more than one cell of a line holds anything.
func several(cells []string) bool {
	n := 0
	for _, s := range cells {
		if strings.TrimSpace(s) != "" {
			n++
		}
	}
	return n > 1
}

// numbersFollow tells whether one of the next lines of a table holds a number, so
// that what stands above it is still head.
func numbersFollow(s string, sep byte, lines int) bool {
	for ; lines > 0; lines-- {
		line, rest, _ := strings.Cut(s, "\n")
		if strings.IndexByte(line, sep) < 0 {
			return false
		}
		for _, c := range strings.Split(line, string(sep)) {
			if dataLike(strings.TrimSpace(c)) {
				return true
			}
		}
		s = rest
	}
	return false
}

// dataLike tells whether a cell holds a number, so that its row is no head.
func dataLike(s string) bool {
	digits := 0
	for i := range len(s) {
		switch b := s[i]; {
		case b >= '0' && b <= '9':
			digits++
		case b != '.' && b != '-' && b != 'X' && b != 'x' && b != ' ' && b != ',' && b != '*':
			return false
		}
	}
	return digits > 0
}

// headLike tells whether a cell's text can name a column: short words, hardly a
// digit.
func headLike(s string) bool {
	if s == "" || len(s) > 90 {
		return false
	}
	digits := 0
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			digits++
		}
	}
	return digits < 4
}

// splitRef splits a cell's name: "表2!B13" into "表2!B" and 13.
func splitRef(ref string) (column string, row int) {
	i := len(ref)
	for i > 0 && ref[i-1] >= '0' && ref[i-1] <= '9' {
		i--
	}
	for _, c := range ref[i:] {
		if row = row*10 + int(c-'0'); row > 1<<24 {
			return ref[:i], 0
		}
	}
	return ref[:i], row
}
