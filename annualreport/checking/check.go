package checking

import (
	"cmp"
	"slices"

	"gongkai/annualreport/form"
)

// Check looks a report over, beside last year's report of the same agency if
// there is one (nil if not; it may be in the other form), and returns what it
// finds, gravest first. What reading has found already (r.Findings) is not said
// again. Neither report is changed.
func Check(r, last *form.Report) []form.Finding {
	if r == nil {
		return nil
	}
	return look(r, last).finish()
}

// look goes through all rules.
func look(r, last *form.Report) *check {
	c := &check{r: r}
	if r.Form == nil {
		c.nothing()
		c.claims()
		return c
	}
	var lastForm *form.Form
	if last != nil && last.Form != nil && c.follows(last) {
		lastForm = last.Form
	} else {
		last = nil
	}
	c.plan = planFor(r.Form, lastForm)
	c.figures = read(r, c.plan)
	if last != nil {
		c.last = read(last, planFor(last.Form, nil))
	}
	c.fit()
	c.states()
	c.money()
	c.equations()
	c.relations()
	c.explain()
	c.claims()
	return c
}

// A check is one report being looked over.
type check struct {
	r *form.Report
	*plan
	figures
	last figures // r is nil without last year's report

	out    []found
	broken []int  // equations that do not hold, by index
	wishes []wish // what else speaks of the cells of this report
	steps  int    // that the search for explanations took
}

// found is a finding with what its place in the list and its cause depend on.
type found struct {
	form.Finding
	order    int // of the rule
	equation int // of the form, from 1; 0 if it is about something else
	carried  bool
}

func (c *check) add(r *declaration, cells []string, message string) *found {
	c.out = append(c.out, found{Finding: r.finding(cells, message), order: r.order})
	return &c.out[len(c.out)-1]
}

func (c *check) ids(cells ...int) []string {
	ids := make([]string, len(cells))
	for i, cell := range cells {
		ids[i] = c.r.Form.Cells[cell].ID
	}
	return ids
}

var grave = map[form.Severity]int{form.Error: 0, form.Warning: 1, form.Info: 2}

// finish leaves out what is known and puts the rest in order: by severity, by
// rule, by place. Findings of one cause stay together behind the first of them.
func (c *check) finish() []form.Finding {
	if len(c.out) == 0 {
		return nil
	}
	out := slices.DeleteFunc(c.out, func(f found) bool {
		return slices.ContainsFunc(c.r.Findings, func(known form.Finding) bool {
			return known.Rule == f.Rule && (f.Rule == formYear.Code || slices.Equal(known.Cells, f.Cells))
		})
	})
	slices.SortStableFunc(out, func(a, b found) int {
		return cmp.Or(cmp.Compare(grave[a.Severity], grave[b.Severity]), cmp.Compare(a.order, b.order))
	})
	result := make([]form.Finding, 0, len(out))
	said := map[int]bool{}
	for i := range out {
		g := out[i].Group
		if said[g] {
			continue
		}
		result = append(result, out[i].Finding)
		if g == 0 {
			continue
		}
		said[g] = true
		for j := i + 1; j < len(out); j++ {
			if out[j].Group == g {
				result = append(result, out[j].Finding)
			}
		}
	}
	c.lead(result)
	return result
}

// lead hands the explanations of each group to its first finding.
func (c *check) lead(list []form.Finding) {
	first := map[int]int{}
	for i := range list {
		g := list[i].Group
		if g == 0 {
			continue
		}
		if at, ok := first[g]; !ok {
			first[g] = i
		} else if len(list[at].Explanations) == 0 {
			list[at].Explanations, list[i].Explanations = list[i].Explanations, nil
		}
	}
}
