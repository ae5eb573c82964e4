package checking

import "gongkai/annualreport/form"

// Steps is how many steps the search for explanations of a report takes.
func Steps(r, last *form.Report) int {
	c := &check{r: r}
	var lastForm *form.Form
	if last != nil {
		lastForm = last.Form
	}
	c.plan = planFor(r.Form, lastForm)
	c.figures = read(r, c.plan)
	if last != nil {
		c.last = read(last, planFor(last.Form, nil))
	}
	c.equations()
	n := 0
	for _, g := range c.clusters() {
		s := newSystem(c, g.equations)
		s.solve()
		n += s.steps
	}
	return n
}
