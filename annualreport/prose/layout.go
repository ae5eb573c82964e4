package prose

import (
	"sync"

	"gongkai/annualreport/form"
)

// layout is where a form has the rows and columns the words speak of.
type layout struct {
	form  *form.Form
	three [32][7]int16 // by bit of rows and of cols; -1: the form has no such row
	four  [3][5]int16
}

var layouts sync.Map // *form.Form → *layout

func layoutOf(f *form.Form) *layout {
	if f == nil {
		return nil
	}
	if l, ok := layouts.Load(f); ok {
		return l.(*layout)
	}
	l := &layout{form: f}
	at := func(id string) int16 {
		if i, ok := f.Index(id); ok {
			return int16(i)
		}
		return -1
	}
	for i, r := range rowIDs {
		for j, c := range colIDs {
			l.three[i][j] = at("table3." + r + "." + c)
		}
	}
	for i, w := range wayIDs {
		for j, c := range resultIDs {
			l.four[i][j] = at("table4." + w + "." + c)
		}
	}
	layouts.Store(f, l)
	return l
}

// applications are the cells of table three in the rows and columns.
func (l *layout) applications(r rows, c cols) []int {
	if l == nil {
		return nil
	}
	var cells []int
	for i := range rowIDs {
		if r&(1<<i) == 0 {
			continue
		}
		for j := range colIDs {
			if c&(1<<j) != 0 && l.three[i][j] >= 0 {
				cells = append(cells, int(l.three[i][j]))
			}
		}
	}
	return cells
}

// remedies are the cells of table four.
func (l *layout) remedies(w ways, r result4) []int {
	if l == nil {
		return nil
	}
	var cells []int
	for i := range wayIDs {
		for j := range resultIDs {
			if w&(1<<i) != 0 && r&(1<<j) != 0 && l.four[i][j] >= 0 {
				cells = append(cells, int(l.four[i][j]))
			}
		}
	}
	return cells
}

// named is one cell by its name; nil if the form does not have it.
func (l *layout) named(id string) []int {
	if l == nil {
		return nil
	}
	if i, ok := l.form.Index(id); ok {
		return []int{i}
	}
	return nil
}
