package annualreport

import (
	"context"
	"slices"

	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/org"
	"gongkai/workday"
)

// OpenRound begins a year's reporting in a government: a report is opened for
// each unit, and the consolidated one. It fails with Forbidden without
// identity.ReportAccept in the government, Conflict when the year is open
// already, Invalid for dates after the statutory ones and units not below.
func (rs *Reports) OpenRound(ctx context.Context, by identity.Actor, p Plan) (o Round, err error) {
	err = rs.db.Write(ctx, func(tx *db.Tx) error {
		if err := by.Check(identity.ReportAccept, p.Unit); err != nil {
			return err
		}
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		government, err := tree.Get(p.Unit)
		if err != nil {
			return err
		}
		if government.Kind != org.Government {
			return fault.Problems(fault.Problem{Field: "unit", Say: sayf(sayNotGovernment, government.Name)})
		}
		if p, err = p.fill(tree); err != nil {
			return err
		}
		if _, err := RoundOf(tx, p.Unit, p.Year); fault.KindOf(err) != fault.NotFound {
			if err == nil {
				err = fault.Say(fault.Conflict, sayRoundOpen, government.Name, p.Year)
			}
			return err
		}
		o = Round{Unit: p.Unit, Year: p.Year, Form: p.Form, Variant: p.Variant, Units: p.Units, Whole: p.Whole, Note: p.Note, By: author(by), At: tx.Now}
		if err := saveRound(tx, o); err != nil {
			return err
		}
		for _, u := range p.Report {
			if err := rs.open(tx, by, o, u, Own); err != nil {
				return err
			}
		}
		if err := rs.open(tx, by, o, p.Unit, Consolidated); err != nil {
			return err
		}
		return enterRound(tx, by, "open", o, map[string]any{
			"year": o.Year, "form": o.Form, "units": len(p.Report), "due": o.Units.String(), "whole": o.Whole.String()})
	})
	return o, err
}

// open adds the report of one unit to a round.
func (rs *Reports) open(tx *db.Tx, by identity.Actor, o Round, unit org.ID, k Kind) error {
	if old, err := ReportOf(tx, unit, o.Year, k); err == nil {
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		return fault.Say(fault.Conflict, sayAlreadyIn, tree.Name(old.Unit))
	} else if fault.KindOf(err) != fault.NotFound {
		return err
	}
	r := Report{ID: ID(tx.NewID()), Office: o.Unit, Year: o.Year, Unit: unit, Kind: k, State: Open, Due: o.Due(k)}
	if err := change(tx, &r); err != nil {
		return err
	}
	return enter(tx, by, "begin", r, map[string]any{"due": r.Due.String()})
}

// SetDue moves the due dates of a round. Reports not handed in yet get the new
// ones. It fails like [Reports.OpenRound], with NotFound for no such round.
func (rs *Reports) SetDue(ctx context.Context, by identity.Actor, government org.ID, year int, units, whole workday.Date) error {
	return rs.db.Write(ctx, func(tx *db.Tx) error {
		if err := by.Check(identity.ReportAccept, government); err != nil {
			return err
		}
		o, err := RoundOf(tx, government, year)
		if err != nil {
			return err
		}
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		p, err := Plan{Unit: o.Unit, Year: o.Year, Form: o.Form, Variant: o.Variant, Units: units, Whole: whole}.fill(tree)
		if err != nil {
			return err
		}
		o.Units, o.Whole = p.Units, p.Whole
		if err := saveRound(tx, o); err != nil {
			return err
		}
		all, err := List(tx, Filter{Units: org.Everything(), Office: o.Unit, Year: o.Year})
		if err != nil {
			return err
		}
		for _, r := range all {
			if r.State.Editable() && r.Due != o.Due(r.Kind) {
				r.Due = o.Due(r.Kind)
				if err := change(tx, &r); err != nil {
					return err
				}
				if err := enter(tx, by, "due", r, map[string]any{"due": r.Due.String()}); err != nil {
					return err
				}
			}
		}
		return enterRound(tx, by, "dates", o, map[string]any{"due": o.Units.String(), "whole": o.Whole.String()})
	})
}

// AddUnit has one more unit report in a round. It fails with Conflict when it
// does already, Invalid when it is not below the government.
func (rs *Reports) AddUnit(ctx context.Context, by identity.Actor, government org.ID, year int, unit org.ID) error {
	return rs.db.Write(ctx, func(tx *db.Tx) error {
		if err := by.Check(identity.ReportAccept, government); err != nil {
			return err
		}
		o, err := RoundOf(tx, government, year)
		if err != nil {
			return err
		}
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		if u, err := tree.Get(unit); err != nil || !u.Active || !tree.Within(unit, government) {
			return fault.Problems(fault.Problem{Field: "unit", Say: sayf(sayNotBelow, tree.Name(unit), tree.Name(government))})
		}
		if err := rs.open(tx, by, o, unit, Own); err != nil {
			return err
		}
		return enterRound(tx, by, "add", o, map[string]any{"unit": unit})
	})
}

// Excuse says that a unit need not report, and why, or that a year is not
// consolidated here. It fails with Conflict after it has handed in, and when it
// has records that would be lost from the sum; Invalid without a reason.
func (rs *Reports) Excuse(ctx context.Context, by identity.Actor, id ID, why string) error {
	return rs.db.Write(ctx, func(tx *db.Tx) error {
		r, err := forWhom(tx, by, id, identity.ReportAccept, doExcuse)
		if err != nil {
			return err
		}
		if why, err = reason("why", why); err != nil {
			return err
		}
		d, err := rs.deskFor(tx, r)
		if err != nil {
			return err
		}
		if r.Kind == Own && d.records.any(d.counts(r.Unit)) {
			return fault.Say(fault.Conflict, sayHasRecords, d.tree.Name(r.Unit), r.Year)
		}
		r.State, r.Excuse = Excused, why
		if err := change(tx, &r); err != nil {
			return err
		}
		return enter(tx, by, "excuse", r, nil)
	})
}

// Call has an excused unit report after all.
func (rs *Reports) Call(ctx context.Context, by identity.Actor, id ID) error {
	return rs.db.Write(ctx, func(tx *db.Tx) error {
		r, err := forWhom(tx, by, id, identity.ReportAccept, doCall)
		if err != nil {
			return err
		}
		r.State, r.Excuse = Open, ""
		if r.Submission > 0 {
			r.State = Filling
		}
		if err := change(tx, &r); err != nil {
			return err
		}
		return enter(tx, by, "call", r, nil)
	})
}

// A desk is everything about one round that computing its reports needs.
type desk struct {
	round     Round
	plan      *plan
	tree      *org.Tree
	reports   []Report // those of the round
	reporting map[org.ID]bool
	records   records
	below     map[org.ID][]org.ID // belowOf the tree, made when it is first needed
}

func (d *desk) counts(unit org.ID) []org.ID {
	if d.below == nil {
		d.below = belowOf(d.tree)
	}
	return counts(d.tree, d.below, d.reporting, unit)
}

// deskOf loads a round, without any records.
func (rs *Reports) deskOf(tx *db.Tx, government org.ID, year int) (*desk, error) {
	o, err := RoundOf(tx, government, year)
	if err != nil {
		return nil, err
	}
	l := o.Layout()
	if l == nil {
		return nil, fault.Say(fault.Conflict, sayNoForm)
	}
	d := &desk{round: o, plan: planFor(l), reporting: map[org.ID]bool{}}
	if d.tree, err = org.Load(tx); err != nil {
		return nil, err
	}
	if d.reports, err = List(tx, Filter{Units: org.Everything(), Office: government, Year: year}); err != nil {
		return nil, err
	}
	for _, r := range d.reports {
		if r.Kind == Own {
			d.reporting[r.Unit] = true
		}
	}
	place := map[org.ID]int{}
	for i, u := range d.tree.All() {
		place[u.ID] = i
	}
	slices.SortStableFunc(d.reports, func(a, b Report) int {
		if a.Kind != b.Kind {
			return len(b.Kind) - len(a.Kind) // consolidated first
		}
		return place[a.Unit] - place[b.Unit]
	})
	return d, nil
}

// deskFor loads what computing one report needs: of the records those that it
// counts, of a consolidated report those that nobody does.
func (rs *Reports) deskFor(tx *db.Tx, r Report) (*desk, error) {
	d, err := rs.deskOf(tx, r.Office, r.Year)
	if err != nil {
		return d, err
	}
	units := d.counts(r.Unit)
	if r.Kind == Consolidated {
		units = d.uncounted()
	}
	if len(units) == 0 {
		return d, nil
	}
	return d, rs.count(tx, d, org.Under(units...))
}

// count has the tallies count a scope for the round's year.
func (rs *Reports) count(tx *db.Tx, d *desk, scope org.Scope) error {
	for _, t := range rs.tallies {
		all, err := t.Counts(tx, scope, d.round.Year)
		if err != nil {
			return err
		}
		c := counted{offers: map[FactName]bool{}, n: all}
		for _, f := range t.Offers() {
			c.offers[f] = true
		}
		d.records = append(d.records, c)
	}
	return nil
}
