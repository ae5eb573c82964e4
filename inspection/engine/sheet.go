package engine

import (
	"encoding/csv"
	"path"
	"strconv"
	"strings"
	"unicode/utf8"

	"gongkai/inspection/rule"
)

// cellsOf returns the cells of a text that is a table with commas, nil if the file is
// none: what a column is called says what its numbers are, in such a list too.
func cellsOf(name, s string) []rule.Place {
	if strings.ToLower(path.Ext(name)) != ".csv" {
		return nil
	}
	body := strings.TrimPrefix(s, "\ufeff")
	skipped := len(s) - len(body)
	lines := []int{0} // where lines begin
	for i := range len(body) {
		if body[i] == '\n' {
			lines = append(lines, i+1)
		}
	}
	r := csv.NewReader(strings.NewReader(body))
	r.FieldsPerRecord, r.LazyQuotes, r.ReuseRecord = -1, true, true
	var all []rule.Place
	at, runes := 0, 0 // how far code points have been counted
	count := func(b int) int {
		runes += utf8.RuneCountInString(s[at:b])
		at = b
		return runes
	}
	for row := 1; ; row++ {
		record, err := r.Read()
		if err != nil {
			break // the rest is text without columns
		}
		end := skipped + int(r.InputOffset())
		for end > 0 && (s[end-1] == '\n' || s[end-1] == '\r') {
			end--
		}
		for i := range record {
			line, column := r.FieldPos(i)
			from, to := skipped+lines[line-1]+column-1, end
			if i+1 < len(record) {
				next, column := r.FieldPos(i + 1)
				to = skipped + lines[next-1] + column - 2 // before the comma
			}
			if from < at || to < from || to > len(s) {
				return all
			}
			all = append(all, rule.Place{Start: count(from), End: count(to), Cell: columnName(i) + strconv.Itoa(row)})
		}
	}
	return all
}

// columnName is A, B … Z, AA for 0, 1 … 25, 26.
func columnName(i int) (name string) {
	for i++; i > 0; i = (i - 1) / 26 {
		name = string(rune('A'+(i-1)%26)) + name
	}
	return name
}
