package annualreport

import (
	"context"
	"slices"
	"strings"

	"gongkai/annualreport/form"
	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/fault"
)

// atWork loads a report for somebody who fills it, computed as it stands and
// judged.
func (rs *Reports) atWork(tx *db.Tx, by identity.Actor, id ID) (Report, *Sheet, error) {
	return rs.computed(tx, by, id, sheetOf)
}

func (rs *Reports) computed(tx *db.Tx, by identity.Actor, id ID, compute func(*db.Tx, *desk, Report) (*Sheet, error)) (Report, *Sheet, error) {
	r, err := mine(tx, by, id, doEdit)
	if err != nil {
		return r, nil, err
	}
	d, err := rs.deskFor(tx, r)
	if err != nil {
		return r, nil, err
	}
	s, err := compute(tx, d, r)
	return r, s, err
}

// worked saves a report that somebody has worked on.
func worked(tx *db.Tx, by identity.Actor, act string, r *Report, public map[string]any) error {
	if r.State == Open {
		r.State = Filling
	}
	if err := change(tx, r); err != nil {
		return err
	}
	return enter(tx, by, act, *r, public)
}

// Correct puts values in place of computed ones, all for one reason; figures
// outside the tables are given by the name of their fact. An earlier
// correction of a cell is replaced. It fails with Forbidden without
// identity.ReportFill, Conflict when the report is not being worked on, Invalid
// without a reason, for cells that are sums, for values that do not fit the cell
// and for those that are computed anyway.
func (rs *Reports) Correct(ctx context.Context, by identity.Actor, id ID, corrections []Correction, why string) error {
	return rs.db.Write(ctx, func(tx *db.Tx) error {
		r, s, err := rs.computed(tx, by, id, figuresOf)
		if err != nil {
			return err
		}
		var ps []fault.Problem
		if why, err = reason("reason", why); err != nil {
			ps = append(ps, fault.Fields(err)...)
		}
		ps = append(ps, s.refuse(corrections)...)
		if err := fault.Problems(ps...); err != nil {
			return err
		}
		old, err := Fixes(tx, id)
		if err != nil {
			return err
		}
		n := len(old)
		cells := []string{}
		for _, c := range corrections {
			for _, f := range old {
				if f.Cell == c.Cell && f.Ended.IsZero() {
					f.Ended, f.EndedBy, f.EndedWhy = tx.Now, author(by), why
					if err := saveFix(tx, f); err != nil {
						return err
					}
				}
			}
			n++
			if err := saveFix(tx, Fix{Report: id, N: n, Cell: c.Cell, Value: form.Value{State: c.Value.State, N: c.Value.N},
				Computed: s.computed(c.Cell), Reason: why, By: author(by), At: tx.Now}); err != nil {
				return err
			}
			cells = append(cells, c.Cell)
		}
		return worked(tx, by, "correct", &r, map[string]any{"cells": cells})
	})
}

// refuse says what is wrong with corrections.
func (s *Sheet) refuse(corrections []Correction) []fault.Problem {
	var ps []fault.Problem
	bad := func(say string, args ...any) {
		ps = append(ps, fault.Problem{Field: "value", Say: sayf(say, args...)})
	}
	if len(corrections) == 0 {
		bad(sayNothingFixed)
	}
	seen := map[string]bool{}
	for _, c := range corrections {
		say, kind, ok := s.say(c.Cell)
		if !ok {
			bad(sayNoCell, c.Cell)
			continue
		}
		i, cell := s.Form.Index(c.Cell)
		switch {
		case cell && s.Added(i):
			bad(sayIsSum, say)
		case seen[c.Cell]:
			bad(sayTwice, say)
		case !cell && (!c.Value.Known() || c.Value.N < 0):
			bad(sayBadExtra, say)
		case c.Value.State != form.Number && c.Value.State != form.NotApplicable, c.Value.Known() && c.Value.N < 0 && kind != form.Signed:
			bad(sayBadValue, say)
		case !s.fixed(c.Cell) && c.Value.State == s.computed(c.Cell).State && c.Value.N == s.computed(c.Cell).N:
			bad(sayNoChange, say, c.Value.Print(kind))
		}
		seen[c.Cell] = true
	}
	return ps
}

// say names a cell, or a figure outside the tables, for people.
func (s *Sheet) say(cell string) (string, form.Kind, bool) {
	if i, ok := s.Form.Index(cell); ok {
		return s.Form.Say(i), s.Form.Cells[i].Kind, true
	}
	for _, x := range s.Extras {
		if string(x.Fact) == cell {
			return x.Title, x.Kind(), true
		}
	}
	return "", "", false
}

func (s *Sheet) computed(cell string) form.Value {
	if i, ok := s.Form.Index(cell); ok {
		return s.Figures[i].Computed
	}
	for _, x := range s.Extras {
		if string(x.Fact) == cell {
			return x.Computed
		}
	}
	return form.Value{}
}

func (s *Sheet) fixed(cell string) bool {
	if i, ok := s.Form.Index(cell); ok {
		return s.Figures[i].Fix != nil
	}
	for _, x := range s.Extras {
		if string(x.Fact) == cell {
			return x.Fix != nil
		}
	}
	return false
}

// Uncorrect withdraws the correction of a cell, so that it says again what is
// computed. It fails like [Reports.Correct], with NotFound when there is none.
func (rs *Reports) Uncorrect(ctx context.Context, by identity.Actor, id ID, cell, why string) error {
	return rs.db.Write(ctx, func(tx *db.Tx) error {
		r, err := mine(tx, by, id, doEdit)
		if err != nil {
			return err
		}
		if why, err = reason("reason", why); err != nil {
			return err
		}
		all, err := Fixes(tx, id)
		if err != nil {
			return err
		}
		for _, f := range all {
			if f.Cell != cell || !f.Ended.IsZero() {
				continue
			}
			f.Ended, f.EndedBy, f.EndedWhy = tx.Now, author(by), why
			if err := saveFix(tx, f); err != nil {
				return err
			}
			return worked(tx, by, "uncorrect", &r, map[string]any{"cells": []string{cell}})
		}
		return fault.Say(fault.NotFound, sayNoFix, cell)
	})
}

// Draft writes the prose anew from the figures, as a new version. base is the
// version that was seen, 0 if there was none. It fails like [Reports.Write].
func (rs *Reports) Draft(ctx context.Context, by identity.Actor, id ID, base int) (n int, err error) {
	err = rs.db.Write(ctx, func(tx *db.Tx) error {
		r, s, err := rs.atWork(tx, by, id)
		if err != nil {
			return err
		}
		n, err = rs.write(tx, by, &r, base, s.draft(), "自动起草")
		return err
	})
	return n, err
}

// Write keeps prose as a new version and returns its number. base is the version
// it builds on. It fails with Forbidden without identity.ReportFill, Conflict
// when somebody wrote in between or the report is not being worked on, Invalid
// without all six chapters.
func (rs *Reports) Write(ctx context.Context, by identity.Actor, id ID, base int, t Text, note string) (n int, err error) {
	err = rs.db.Write(ctx, func(tx *db.Tx) error {
		r, err := mine(tx, by, id, doEdit)
		if err != nil {
			return err
		}
		n, err = rs.write(tx, by, &r, base, t, note)
		return err
	})
	return n, err
}

func (rs *Reports) write(tx *db.Tx, by identity.Actor, r *Report, base int, t Text, note string) (int, error) {
	if err := t.check(); err != nil {
		return 0, err
	}
	if base != r.Text {
		return 0, fault.Say(fault.Conflict, sayMoved)
	}
	r.Text++
	if note = strings.TrimSpace(note); note == "" {
		note = "修改"
	}
	if err := insertText(tx, TextVersion{Report: r.ID, N: r.Text, Text: t, By: author(by), At: tx.Now, Note: note}); err != nil {
		return 0, err
	}
	return r.Text, worked(tx, by, "write", r, map[string]any{"version": r.Text})
}

// Edit keeps prose that a person has edited as it reads, with its figures in
// place: figures left alone stay bound to their cells, and a number written over
// one is kept and reported. It fails like [Reports.Write].
func (rs *Reports) Edit(ctx context.Context, by identity.Actor, id ID, base int, edited Text, note string) (n int, err error) {
	err = rs.db.Write(ctx, func(tx *db.Tx) error {
		r, s, err := rs.atWork(tx, by, id)
		if err != nil {
			return err
		}
		n, err = rs.write(tx, by, &r, base, s.bind(edited), note)
		return err
	})
	return n, err
}

// Restore takes an older version of the prose as the newest. It fails like
// [Reports.Write], with NotFound for no such version.
func (rs *Reports) Restore(ctx context.Context, by identity.Actor, id ID, base, version int) (n int, err error) {
	err = rs.db.Write(ctx, func(tx *db.Tx) error {
		r, err := mine(tx, by, id, doEdit)
		if err != nil {
			return err
		}
		t, err := TextOf(tx, id, version)
		if err != nil {
			return err
		}
		n, err = rs.write(tx, by, &r, base, t.Text, sayf("恢复第%d版", version))
		return err
	})
	return n, err
}

// Explain keeps the sentence a unit gives for a finding it lets stand; an empty
// one takes it back. It fails with Invalid for a sentence that says nothing and
// NotFound for a finding that is not there.
func (rs *Reports) Explain(ctx context.Context, by identity.Actor, id ID, key, sentence string) error {
	return rs.db.Write(ctx, func(tx *db.Tx) error {
		r, s, err := rs.atWork(tx, by, id)
		if err != nil {
			return err
		}
		rule, err := s.explain(tx, by, key, sentence)
		if err != nil {
			return err
		}
		return worked(tx, by, "explain", &r, map[string]any{"rule": rule})
	})
}

// explain keeps the sentence for one finding and returns its rule.
func (s *Sheet) explain(tx *db.Tx, by identity.Actor, key, sentence string) (rule string, err error) {
	e := Explanation{Key: key, By: author(by), At: tx.Now}
	if strings.TrimSpace(sentence) != "" {
		if e.Text, err = reason("sentence", sentence); err != nil {
			return "", err
		}
	}
	i := slices.IndexFunc(s.Findings, func(f Finding) bool { return f.Key == key })
	if i < 0 {
		return "", fault.Say(fault.NotFound, sayNoFinding)
	}
	e.Rule = s.Findings[i].Rule
	return e.Rule, saveExplanation(tx, s.Report.ID, e)
}
