package annualreport

import (
	"slices"
	"strings"

	"gongkai/annualreport/checking"
	"gongkai/annualreport/form"
	"gongkai/annualreport/prose"
	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/ledger"
	"gongkai/org"
	"gongkai/workday"
)

// A Sheet is a report as people work on it: every figure with where it comes
// from, what is wrong, the prose, what was handed in.
type Sheet struct {
	Report   Report
	Round    Round
	Agency   string // the unit's name
	Form     *form.Form
	Figures  []Figure // by cell
	Extras   []Extra
	Printed  *form.Report // what the figures say
	Last     *Earlier     // last year's report, nil if there is none
	Findings []Finding
	Text     TextVersion // the newest; N is 0 if none was written
	Reading  Text        // the same with its figures in place
	Units    []UnitPart  // of a consolidated report: every unit of the round

	// Handed is what was last handed in, nil if nothing was.
	Handed *Submission
	// Digest is of what would be handed in now; of a report that was, of that. An
	// act that asks for it makes sure that people decide about what they saw.
	Digest ledger.Digest

	uncounted []string // of a consolidated report: units with records that no report counts

	now   Frozen      // what would be handed in
	kind  prose.Kind  // of the unit
	facts prose.Facts // what the prose may speak of beyond the tables
}

// A Finding is one thing to look at, with the unit's explanation.
type Finding struct {
	form.Finding
	Key         string
	Explanation *Explanation
}

// Hard tells whether a report cannot be handed in with the finding unless it is
// explained.
func (f Finding) Hard() bool { return f.Severity == form.Error }

// FindingKey names a finding among those of a report as long as it is about the
// same rule and cells.
func FindingKey(f form.Finding) string {
	if len(f.Cells) == 0 {
		if strings.HasPrefix(f.Rule, "sum.") || strings.HasPrefix(f.Rule, "year.") || strings.HasPrefix(f.Rule, "extra.") {
			return f.Rule
		}
		return f.Rule + " " + f.Message
	}
	return f.Rule + " " + strings.Join(f.Cells, " ")
}

// A UnitPart is a unit's part in a consolidated report.
type UnitPart struct {
	Report  Report
	Name    string
	Counted bool
	Broken  []string // messages of the hard findings it was handed in with
	Digest  ledger.Digest
}

// Sheet computes a report as it stands. It fails with Forbidden without
// identity.ReportRead in its unit and NotFound for no such report.
func (rs *Reports) Sheet(tx *db.Tx, by identity.Actor, id ID) (*Sheet, error) {
	r, err := Get(tx, id)
	if err != nil {
		return nil, err
	}
	if err := by.Check(identity.ReportRead, r.Unit); err != nil {
		return nil, err
	}
	d, err := rs.deskFor(tx, r)
	if err != nil {
		return nil, err
	}
	return sheetOf(tx, d, r)
}

// sheetOf computes one report of a round, judges it and takes what would be
// handed in.
func sheetOf(tx *db.Tx, d *desk, r Report) (*Sheet, error) {
	s, err := judgedOf(tx, d, r)
	if err == nil && s.Digest.IsZero() {
		s.now = s.freeze()
		s.Digest = s.now.Digest()
	}
	return s, err
}

// judgedOf computes one report of a round and judges it.
func judgedOf(tx *db.Tx, d *desk, r Report) (*Sheet, error) {
	s, err := figuresOf(tx, d, r)
	if err != nil {
		return nil, err
	}
	if r.Text > 0 {
		if s.Text, err = TextOf(tx, r.ID, r.Text); err != nil {
			return nil, err
		}
	}
	why, err := explanations(tx, r.ID)
	if err != nil {
		return nil, err
	}
	if !r.State.Editable() && s.Handed != nil { // it says what was handed in
		s.compare()
		h := s.Handed.Frozen
		s.Text.Text, s.Reading, s.Digest = h.Text, h.Reading, s.Handed.Digest
		s.Printed = printed(s.Form, s.Agency, r.Year, s.Figures)
		for _, o := range h.Open {
			s.find(o.Finding, o.Key, why)
		}
		return s, nil
	}
	s.Printed = printed(s.Form, s.Agency, r.Year, s.Figures)
	s.judge(why, workday.Today(tx.Now))
	s.compare()
	return s, nil
}

// find adds a finding with its explanation.
func (s *Sheet) find(f form.Finding, key string, why map[string]Explanation) {
	n := Finding{Finding: f, Key: key}
	if e, ok := why[key]; ok {
		n.Explanation = &e
	}
	s.Findings = append(s.Findings, n)
	s.Printed.Findings = append(s.Printed.Findings, f)
}

// figuresOf computes the figures of a report as the records have them now, and
// nothing else.
func figuresOf(tx *db.Tx, d *desk, r Report) (*Sheet, error) {
	s := &Sheet{Report: r, Round: d.round, Agency: d.tree.Name(r.Unit), Form: d.plan.form}
	unit, err := d.tree.Get(r.Unit)
	if err != nil {
		return nil, err
	}
	s.kind = kindOf(unit.Kind)
	all, err := Fixes(tx, r.ID)
	if err != nil {
		return nil, err
	}
	fixes := map[string]Fix{}
	for _, f := range all {
		if f.Ended.IsZero() {
			fixes[f.Cell] = f
		}
	}
	if s.Last, err = earlierOf(tx, d.tree, r.Unit, r.Kind, r.Year-1); err != nil {
		return nil, err
	}
	if r.Kind == Own {
		units := d.counts(r.Unit)
		s.Figures, s.Extras = d.plan.own(d.records, units, s.last(), fixes), d.records.extras(r.Year, units)
		s.facts = d.records.known(units)
	} else if err := s.addUp(tx, d, fixes); err != nil {
		return nil, err
	}
	if s.facts == nil {
		s.facts = prose.Facts{}
	}
	fixExtras(s.Extras, fixes)
	for _, x := range s.Extras {
		if x.Value.Known() {
			s.facts[string(x.Fact)] = x.Value.N
		}
	}
	if r.Submission > 0 {
		h, err := submission(tx, r.ID, r.Submission)
		if err != nil {
			return nil, err
		}
		s.Handed = &h
	}
	return s, nil
}

// last is last year's report, nil if there is none.
func (s *Sheet) last() *form.Report {
	if s.Last == nil {
		return nil
	}
	return s.Last.Report
}

// addUp computes a consolidated report from what the units handed in and the
// office accepted, and names the others.
func (s *Sheet) addUp(tx *db.Tx, d *desk, fixes map[string]Fix) error {
	var parts []part
	var extra []map[string]string
	for _, r := range d.reports {
		if r.Kind != Own {
			continue
		}
		u := UnitPart{Report: r, Name: d.tree.Name(r.Unit), Counted: r.State.Counted()}
		if u.Counted {
			h, err := submission(tx, r.ID, r.Submission)
			if err != nil {
				return err
			}
			u.Digest = h.Digest
			for _, f := range h.Frozen.Open {
				if f.Finding.Severity == form.Error {
					u.Broken = append(u.Broken, f.Finding.Message)
				}
			}
			parts = append(parts, part{r.ID, r.Unit, u.Name, h.Frozen.Report(u.Name, r.Year)})
			extra = append(extra, h.Frozen.Extra)
		}
		s.Units = append(s.Units, u)
	}
	for _, u := range d.uncounted() {
		if d.records.any([]org.ID{u}) {
			s.uncounted = append(s.uncounted, d.tree.Name(u))
		}
	}
	s.Figures, s.Extras = d.plan.sum(parts, fixes), sumExtras(s.Report.Year, parts, extra)
	return nil
}

// judge checks what the report says and attaches the explanations.
func (s *Sheet) judge(why map[string]Explanation, today workday.Date) {
	mismatches := s.read()
	found := append(checking.Check(s.Printed, s.last()), mismatches...)
	found = append(found, s.unitFindings()...)
	found = append(found, s.extraFindings()...)
	if end := workday.New(s.Report.Year, 12, 31); !today.After(end) {
		found = append(found, form.Finding{Rule: "year.open", Severity: form.Error, Cells: []string{}, Message: sayf(sayYearNotOver, end.Chinese()), Basis: basisYear})
	}
	for _, f := range found {
		if f.Cells == nil {
			f.Cells = []string{}
		}
		s.find(f, FindingKey(f), why)
	}
}

// unitFindings names the units that a consolidated report lacks or cannot trust.
func (s *Sheet) unitFindings() []form.Finding {
	var missing, excused, broken []string
	for _, u := range s.Units {
		switch {
		case u.Report.State == Excused:
			excused = append(excused, u.Name)
		case !u.Counted:
			missing = append(missing, u.Name+"（"+u.Report.State.Name()+"）")
		case len(u.Broken) > 0:
			broken = append(broken, u.Name)
		}
	}
	var all []form.Finding
	add := func(rule string, severity form.Severity, say string, names []string) {
		if len(names) > 0 {
			all = append(all, form.Finding{Rule: rule, Severity: severity, Cells: []string{}, Message: sayf(say, strings.Join(names, "、")), Basis: basisSum})
		}
	}
	add("sum.missing", form.Error, sayUnitsMissing, missing)
	add("sum.uncounted", form.Error, sayUnitsUncounted, s.uncounted)
	add("sum.conflict", form.Warning, sayUnitsConflict, broken)
	add("sum.excused", form.Info, sayUnitsExcused, excused)
	return all
}

// extraFindings says which figures of chapter six nobody recorded.
func (s *Sheet) extraFindings() []form.Finding {
	for _, x := range s.Extras {
		if x.Must && x.Value.State == form.Unknown && s.Report.Prose() {
			return []form.Finding{{Rule: "extra.unknown", Severity: form.Warning, Cells: []string{}, Message: sayExtraUnknown, Basis: basisExtra}}
		}
	}
	return nil
}

// freeze is what would be handed in.
func (s *Sheet) freeze() Frozen {
	f := Frozen{Form: s.Form.ID, Variant: s.Form.Variant, Values: writeValues(s.Printed), Fixes: []FrozenFix{}, Extra: map[string]string{},
		Text: s.Text.Text, Reading: s.Reading, Open: []FrozenFinding{}, Units: []FrozenUnit{}}
	for _, g := range s.Figures {
		if g.Fix != nil {
			f.Fixes = append(f.Fixes, FrozenFix{g.Fix.Cell, writeValue(g.Computed), writeValue(g.Value), g.Fix.Reason})
		}
	}
	for _, x := range s.Extras {
		if x.Value.Known() {
			f.Extra[string(x.Fact)] = writeValue(x.Value)
		}
		if x.Fix != nil {
			f.Fixes = append(f.Fixes, FrozenFix{x.Fix.Cell, writeValue(x.Computed), writeValue(x.Value), x.Fix.Reason})
		}
	}
	for _, n := range s.Findings {
		o := FrozenFinding{Key: n.Key, Finding: n.Finding}
		if n.Explanation != nil {
			o.Sentence = n.Explanation.Text
		}
		f.Open = append(f.Open, o)
	}
	for _, u := range s.Units {
		p := FrozenUnit{Unit: u.Report.Unit, State: u.Report.State, Why: u.Report.Excuse}
		if u.Counted {
			p.State, p.Digest = Accepted, u.Digest.String()
		}
		f.Units = append(f.Units, p)
	}
	return f
}

// compare sets the figures beside those handed in. A report that is not being
// worked on says what was handed in.
func (s *Sheet) compare() {
	if s.Handed == nil {
		return
	}
	for i := range s.Figures {
		f := &s.Figures[i]
		f.Handed, f.Before = true, parseValue(s.Handed.Frozen.Values[s.Form.Cells[i].ID])
		f.Changed = f.Value != f.Before
		if !s.Report.State.Editable() {
			f.Value = f.Before
		}
	}
}

// Unknown lists the cells that nobody recorded and nobody filled in.
func (s *Sheet) Unknown() []int {
	var all []int
	for i, f := range s.Figures {
		if f.Value.State == form.Unknown && s.partsOf(i) == nil {
			all = append(all, i)
		}
	}
	return all
}

// partsOf are the cells that a cell is the sum of.
func (s *Sheet) partsOf(cell int) []int { return planFor(s.Form).cells[cell].parts }

// Added tells whether a cell is the sum of others, so that it cannot be corrected.
func (s *Sheet) Added(cell int) bool { return s.partsOf(cell) != nil }

// Unexplained lists the hard findings that still need a sentence.
func (s *Sheet) Unexplained() []Finding {
	return slices.DeleteFunc(slices.Clone(s.Findings), func(f Finding) bool { return !f.Hard() || f.Explanation != nil })
}

// Changed lists the cells that would say something else now than when the
// report was handed in.
func (s *Sheet) Changed() []int {
	var all []int
	for i, f := range s.Figures {
		if f.Changed {
			all = append(all, i)
		}
	}
	return all
}
