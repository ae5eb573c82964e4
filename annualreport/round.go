package annualreport

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"gongkai/annualreport/form"
	"gongkai/identity"
	"gongkai/internal/fault"
	"gongkai/org"
	"gongkai/workday"
)

// A Round is one year's reporting in one government.
type Round struct {
	Unit    org.ID // the government at the root of the units that report
	Year    int    // the year reported on
	Form    string // of form.Form
	Variant string
	Units   workday.Date // by when the units hand in
	Whole   workday.Date // by when the consolidated report is due
	Note    string       // what the office tells the units
	By      identity.ID
	At      time.Time
}

// Subject is the round as the ledger names it.
func (r Round) Subject() string { return roundSubject(r.Unit, r.Year) }

func roundSubject(unit org.ID, year int) string { return fmt.Sprintf("round/%s.%d", unit, year) }

// Layout is the form of the round. It is nil if the program no longer knows it.
func (r Round) Layout() *form.Form { return layout(r.Form, r.Variant) }

func layout(id, variant string) *form.Form {
	for _, f := range form.All() {
		if f.ID == id && f.Variant == variant {
			return f
		}
	}
	return nil
}

// Due is by when a report of a kind is due.
func (r Round) Due(k Kind) workday.Date {
	if k == Consolidated {
		return r.Whole
	}
	return r.Units
}

// A Plan is a round about to be opened. Zero fields take what is usual: the form
// of the year, the statutory dates, the units that normally report.
type Plan struct {
	Unit    org.ID
	Year    int
	Form    string
	Variant string
	Units   workday.Date
	Whole   workday.Date
	Note    string
	Report  []org.ID // who reports; the government itself is one of them
}

// dues is data/due.json.
type dues struct {
	Ceilings []struct {
		From       int    `json:"from"`       // first year reported on
		Units      string `json:"units"`      // "01-31" of the year after
		Government string `json:"government"` // "03-31"
		Basis      string `json:"basis"`
	} `json:"ceilings"`
	Reminders struct {
		Before  []int `json:"before"`  // days before the due day, the earliest first
		Overdue int   `json:"overdue"` // then every so many days
	} `json:"reminders"`
}

var calendar = func() dues {
	b, err := data.ReadFile("data/due.json")
	if err != nil {
		panic(err)
	}
	var d dues
	if err := json.Unmarshal(b, &d); err != nil {
		panic(fmt.Sprintf("data/due.json: %v", err))
	}
	return d
}()

// Ceilings returns the last days the law allows for reports on a year: of the
// units, and of the government; and the provision.
func Ceilings(year int) (units, government workday.Date, basis string) {
	c := calendar.Ceilings[0]
	for _, k := range calendar.Ceilings {
		if k.From <= year {
			c = k
		}
	}
	day := func(monthDay string) workday.Date { return workday.MustParse(strconv.Itoa(year+1) + "-" + monthDay) }
	return day(c.Units), day(c.Government), c.Basis
}

// fill completes a plan and says what is wrong with it.
func (p Plan) fill(tree *org.Tree) (Plan, error) {
	var ps []fault.Problem
	bad := func(field, say string, args ...any) {
		ps = append(ps, fault.Problem{Field: field, Say: fmt.Sprintf(say, args...)})
	}
	if p.Year < 2008 || p.Year > 2200 { // the Regulation came into force in 2008
		bad("year", sayYear)
		return p, fault.Problems(ps...)
	}
	if p.Form == "" {
		p.Form = form.ForYear(p.Year).ID
	}
	if layout(p.Form, p.Variant) == nil {
		bad("form", sayNoForm)
	}
	units, government, basis := Ceilings(p.Year)
	check := func(field string, day *workday.Date, ceiling workday.Date) {
		if day.IsZero() {
			*day = ceiling
		}
		if day.After(ceiling) {
			bad(field, sayDueLate, ceiling.Chinese(), basis)
		}
		if day.Year() <= p.Year {
			bad(field, sayDueEarly, p.Year)
		}
	}
	check("units", &p.Units, units)
	check("whole", &p.Whole, government)
	if p.Report == nil {
		p.Report = Usual(tree, p.Unit)
	}
	p.Report = slices.Clone(p.Report)
	slices.Sort(p.Report)
	p.Report = slices.Compact(p.Report)
	for _, u := range p.Report {
		if unit, err := tree.Get(u); err != nil || !unit.Active || !tree.Within(u, p.Unit) {
			bad("report", sayNotBelow, tree.Name(u), tree.Name(p.Unit))
		}
	}
	if len(p.Report) == 0 {
		bad("report", sayNobodyReports)
	} else if !slices.ContainsFunc(p.Report, func(u org.ID) bool { return speaksFor(tree, u, p.Unit) }) {
		bad("report", sayNoOffice, tree.Name(p.Unit))
	}
	return p, fault.Problems(ps...)
}

// Usual lists the units that normally report below a government, itself first:
// it, its office, departments and towns, and what else stands directly below it.
func Usual(tree *org.Tree, government org.ID) []org.ID {
	all := []org.ID{government}
	for _, u := range tree.Children(government) {
		all = append(all, u.ID)
	}
	return all
}

// speaksFor tells whether a unit's report counts the government's own records.
func speaksFor(tree *org.Tree, unit, government org.ID) bool {
	u, err := tree.Get(unit)
	return err == nil && (unit == government || u.Parent == government && u.Kind == org.Office)
}

// counts says whose records a unit's own report counts: its own, and those of
// the units below it that do not report themselves. A government counts its own
// only; if it does not report itself they count with its office.
func counts(tree *org.Tree, below map[org.ID][]org.ID, reporting map[org.ID]bool, unit org.ID) []org.ID {
	all := []org.ID{unit}
	u, err := tree.Get(unit)
	if err != nil || u.Kind == org.Government {
		return all
	}
	for i := 0; i < len(all); i++ {
		for _, u := range below[all[i]] {
			if !reporting[u] {
				all = append(all, u)
			}
		}
	}
	if u.Kind == org.Office && u.Parent != "" && !reporting[u.Parent] {
		all = append(all, u.Parent)
	}
	return all
}

// belowOf lists the units directly below each, in use or not.
func belowOf(tree *org.Tree) map[org.ID][]org.ID {
	below := map[org.ID][]org.ID{}
	for _, u := range tree.All() {
		below[u.Parent] = append(below[u.Parent], u.ID)
	}
	return below
}

// uncounted lists the active units of a round's government whose records no
// report counts.
func (d *desk) uncounted() []org.ID {
	seen := map[org.ID]bool{}
	for u := range d.reporting {
		for _, c := range d.counts(u) {
			seen[c] = true
		}
	}
	var all []org.ID
	for _, u := range d.tree.All() {
		if u.Active && !seen[u.ID] && d.tree.Within(u.ID, d.round.Unit) {
			all = append(all, u.ID)
		}
	}
	return all
}
