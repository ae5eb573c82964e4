package checking

import (
	"fmt"
	"slices"

	"gongkai/annualreport/form"
)

// crowd is how many cells a finding may have for each to carry its number: a
// hundred blank cells are told by their note alone.
const crowd = 24

// A mark is what a cell carries on a picture of the tables.
type mark struct {
	severity form.Severity // the gravest of the findings that name it
	notes    []int         // their numbers, from 1
	lead     string        // what the likeliest explanation would have here
	doubted  bool          // that explanation names it
}

// marks says for each cell, by its name, what it carries. Where a broken sum is
// explained, its total carries the number and those of its cells that are in
// doubt; the others are not blamed.
func marks(r *form.Report, list []form.Finding) map[string]*mark {
	all := map[string]*mark{}
	note := func(cell string, n int) *mark {
		m := all[cell]
		if m == nil {
			m = &mark{severity: list[n].Severity}
			all[cell] = m
		}
		if grave[list[n].Severity] < grave[m.severity] {
			m.severity = list[n].Severity
		}
		if !slices.Contains(m.notes, n+1) {
			m.notes = append(m.notes, n+1)
		}
		return m
	}
	doubted := map[int][]string{} // by group
	for _, f := range list {
		if f.Group > 0 && len(f.Explanations) > 0 {
			doubted[f.Group] = f.Explanations[0].Cells
		}
	}
	for n, f := range list {
		cells := f.Cells
		in := doubted[f.Group]
		if f.Group == 0 && len(f.Explanations) > 0 {
			in = f.Explanations[0].Cells
		}
		if e := equationOf(r, f); e != nil && len(in) > 0 {
			cells = nil
			if len(e.Left) == 1 {
				cells = f.Cells[:1]
			}
			for _, i := range slices.Concat(e.Left, e.Right) {
				if id := r.Form.Cells[i].ID; slices.Contains(in, id) && !slices.Contains(cells, id) {
					cells = append(cells[:len(cells):len(cells)], id)
				}
			}
		}
		if len(cells) <= crowd {
			for _, cell := range cells {
				note(cell, n)
			}
		}
		if len(f.Explanations) == 0 {
			continue
		}
		e := f.Explanations[0]
		for i, cell := range e.Cells {
			m := note(cell, n)
			m.doubted = true
			if i < len(e.Values) {
				m.lead = e.Values[i]
			}
		}
	}
	for _, m := range all {
		slices.Sort(m.notes)
	}
	return all
}

// equationOf is the equation a finding is about, nil if it is about something else.
func equationOf(r *form.Report, f form.Finding) *form.Equation {
	if r.Form == nil || len(f.Cells) == 0 {
		return nil
	}
	for i := range r.Form.Equations {
		if e := &r.Form.Equations[i]; e.Rule == f.Rule && r.Form.Cells[e.Left[0]].ID == f.Cells[0] {
			return e
		}
	}
	return nil
}

// signs tell the severities apart without colour.
var signs = map[form.Severity]string{form.Error: "✕", form.Warning: "△", form.Info: "○"}

var severities = map[form.Severity]string{form.Error: sayError, form.Warning: sayWarning, form.Info: sayInfo}

// summary counts the findings in one sentence.
func summary(list []form.Finding) string {
	if len(list) == 0 {
		return sayNothingFound
	}
	n := map[form.Severity]int{}
	for _, f := range list {
		n[f.Severity]++
	}
	return fmt.Sprintf(saySummary, n[form.Error], n[form.Warning], n[form.Info])
}

// title names a report in one line.
func title(r *form.Report) string {
	s := r.Agency
	if s == "" {
		s = sayNoAgency
	}
	if r.Year > 0 {
		s += fmt.Sprintf(sayYear, r.Year)
	}
	if r.Form != nil {
		s += fmt.Sprintf(sayFormOf, r.Form.Source)
	}
	return s
}

// shown is what a cell says on a picture.
func shown(v form.Value, k form.Kind, m *mark) string {
	if v.State == form.Blank && m != nil {
		return sayEmpty
	}
	if v.State == form.Unknown && v.Raw != "" {
		return v.Raw
	}
	return v.Print(k)
}
