package rule

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// A Column is one column of a table in a text.
type Column struct {
	Table string // which table of the text
	Head  string
	Cells [][2]int // bytes of each cell below the head that holds anything
}

// Columns returns the columns of all tables in the text, in order.
func (t *Text) Columns() []Column {
	t.heads.once.Do(t.findHeads)
	var all []Column
	at := map[string]int{}
	add := func(table, name, head string, b, e int) {
		for b < e && (t.S[b] == ' ' || t.S[b] == '\r' || t.S[b] == '\n') {
			b++
		}
		for e > b && (t.S[e-1] == ' ' || t.S[e-1] == '\r' || t.S[e-1] == '\n') {
			e--
		}
		if b == e || head != "" && strings.Contains(head, t.S[b:e]) {
			return
		}
		i, ok := at[table+name]
		if !ok {
			i = len(all)
			at[table+name] = i
			all = append(all, Column{Table: table, Head: head})
		}
		all[i].Cells = append(all[i].Cells, [2]int{b, e})
	}
	byteAt, runes := 0, 0
	to := func(r int) int {
		for runes < r && byteAt < len(t.S) {
			_, n := utf8.DecodeRuneInString(t.S[byteAt:])
			byteAt += n
			runes++
		}
		return byteAt
	}
	for _, p := range t.Places {
		b, e := to(p.Start), to(p.End)
		if p.Cell == "" {
			continue
		}
		column, _ := splitRef(p.Cell)
		add(strings.TrimRight(column, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"), column, t.heads.column[column], b, e)
	}
	for _, g := range t.heads.lines {
		for at := g.from; at < g.to; {
			end := strings.IndexByte(t.S[at:g.to], '\n')
			if end < 0 {
				end = g.to
			} else {
				end += at
			}
			for i, b := 0, at; b <= end; i++ {
				e := strings.IndexByte(t.S[b:end], g.sep)
				if e < 0 {
					e = end
				} else {
					e += b
				}
				if i < len(g.heads) {
					name := string(rune('A' + i%26))
					add("line "+strconv.Itoa(g.from), name+strconv.Itoa(i/26), g.heads[i], b, e)
				}
				b = e + 1
			}
			at = end + 1
		}
	}
	return all
}
