package checking

import (
	"fmt"
	"slices"
	"strings"

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

// marks says for each cell, by its name, what it carries.
func marks(list []form.Finding) map[string]*mark {
	all := map[string]*mark{}
	at := func(cell string) *mark {
		if all[cell] == nil {
			all[cell] = &mark{}
		}
		return all[cell]
	}
	explained := map[int]bool{}
	for _, f := range list {
		explained[f.Group] = explained[f.Group] || f.Group > 0 && len(f.Explanations) > 0
	}
	for n, f := range list {
		cells := f.Cells
		if len(cells) > 1 && (explained[f.Group] || len(f.Explanations) > 0) && !strings.HasSuffix(f.Rule, "blank") {
			cells = cells[:1] // the total; which of its parts are in doubt the explanation says
		}
		if len(cells) <= crowd {
			for _, cell := range cells {
				m := at(cell)
				m.notes = append(m.notes, n+1)
				if m.severity == "" || grave[f.Severity] < grave[m.severity] {
					m.severity = f.Severity
				}
			}
		}
		if len(f.Explanations) == 0 {
			continue
		}
		for i, cell := range f.Explanations[0].Cells {
			m := at(cell)
			m.doubted = true
			if i < len(f.Explanations[0].Values) {
				m.lead = f.Explanations[0].Values[i]
			}
			if m.severity == "" || grave[f.Severity] < grave[m.severity] {
				m.severity = f.Severity
			}
			if !slices.Contains(m.notes, n+1) {
				m.notes = append(m.notes, n+1)
				slices.Sort(m.notes)
			}
		}
	}
	return all
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
