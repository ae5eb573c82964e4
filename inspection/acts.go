package inspection

import (
	"context"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"gongkai/document"
	"gongkai/identity"
	"gongkai/inspection/rule"
	"gongkai/internal/blob"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/ledger"
	"gongkai/org"
	"gongkai/workday"
)

// MaxBatch is how many findings one act can deal with.
const MaxBatch = 2000

// Confirm says that findings are right and orders the units to mend them within so
// many working days; with 0 by the end of the next one for what blocks, and within
// five for the rest. It fails with Forbidden without identity.InspectionSettle,
// Conflict when a finding is no longer to be confirmed, Invalid for a strange
// number of days. All findings are confirmed or none.
func (is *Inspections) Confirm(ctx context.Context, by identity.Actor, ids []ID, days int, note string) (s Step, err error) {
	if days < 0 || days > 60 {
		return s, fault.Problems(fault.Problem{Field: "days", Say: sayDays})
	}
	err = is.act(ctx, by, DoConfirm, ids, note, false, func(tx *db.Tx, s *Step, all []Finding) error {
		for i := range all {
			n := days
			if n == 0 {
				n = daysFor(all[i].Severity)
			}
			all[i].Due, _ = workday.National().After(today(tx), n)
			all[i].judged = "right"
			if s.Due.IsZero() || all[i].Due.Before(s.Due) {
				s.Due = all[i].Due
			}
		}
		return nil
	}, &s)
	return s, err
}

// Dismiss says that findings are false alarms (误报), which the record of their rule
// remembers. What blocks is dismissed by the office alone. It fails like
// [Inspections.Confirm], and with Invalid without a reason.
func (is *Inspections) Dismiss(ctx context.Context, by identity.Actor, ids []ID, reason string) (s Step, err error) {
	err = is.act(ctx, by, DoDismiss, ids, reason, true, func(tx *db.Tx, _ *Step, all []Finding) error {
		for i := range all {
			if err := officeIfGrave(by, all[i]); err != nil {
				return err
			}
			all[i].judged = "wrong"
		}
		return nil
	}, &s)
	return s, err
}

// Mend is the unit's word that findings have been mended: what was done, and the
// digest of a file that shows it, if there is one. It fails like
// [Inspections.Confirm], with Invalid without a word, and with NotFound for a file
// that is not kept here.
func (is *Inspections) Mend(ctx context.Context, by identity.Actor, ids []ID, what, file string) (s Step, err error) {
	err = is.act(ctx, by, DoMend, ids, what, true, func(tx *db.Tx, s *Step, _ []Finding) error {
		if file == "" {
			return nil
		}
		if _, err := document.Get(tx, blob.Digest(file)); fault.KindOf(err) == fault.NotFound {
			return fault.Problems(fault.Problem{Field: "file", Say: sayNoFile})
		} else if err != nil {
			return err
		}
		s.File = file
		return nil
	}, &s)
	return s, err
}

// Reopen puts findings that were dismissed or closed back to where somebody has to
// look at them. It fails with Forbidden without identity.InspectionRules, and
// otherwise like [Inspections.Dismiss].
func (is *Inspections) Reopen(ctx context.Context, by identity.Actor, ids []ID, reason string) (s Step, err error) {
	err = is.act(ctx, by, DoReopen, ids, reason, true, func(tx *db.Tx, _ *Step, all []Finding) error {
		for i := range all {
			if err := office(by, all[i].Unit); err != nil {
				return err
			}
			all[i].judged, all[i].Due = "", workday.Date{}
		}
		return nil
	}, &s)
	return s, err
}

// A Closing is what became of findings that were to be closed.
type Closing struct {
	Closed []ID
	Back   []ID // still there: the unit's again
}

// Close looks again at what was mended: the machine inspects each subject anew, and
// what it no longer sees is closed under the name of by; what it still sees goes
// back to the unit and is counted. It fails with Forbidden without
// identity.InspectionRules or for what by mended, otherwise like
// [Inspections.Confirm].
func (is *Inspections) Close(ctx context.Context, by identity.Actor, ids []ID, note string) (c Closing, err error) {
	if err := is.again(ctx, by, ids); err != nil {
		return c, err
	}
	note, err = sentence("note", note, false)
	if err != nil {
		return c, err
	}
	err = is.db.Write(ctx, func(tx *db.Tx) error {
		c = Closing{}
		all, err := is.batch(tx, by, DoClose, ids)
		if err != nil {
			return err
		}
		closed, back := Step{Do: DoClose, Note: note}, Step{Do: DoBack, Note: note}
		for _, f := range all {
			if err := office(by, f.Unit); err != nil {
				return err
			}
			if err := otherHand(tx, by, f.ID); err != nil {
				return err
			}
			step := &closed
			if f.Shown || f.Draft {
				step = &back
				f.Returns++
				f.Due = due(today(tx), f.Severity)
				c.Back = append(c.Back, f.ID)
			} else {
				c.Closed = append(c.Closed, f.ID)
			}
			if err := is.to(tx, step, f); err != nil {
				return err
			}
		}
		for _, s := range []*Step{&closed, &back} {
			if len(s.Findings) == 0 {
				continue
			}
			if err := record(tx, by, *s); err != nil {
				return err
			}
		}
		return nil
	})
	return c, err
}

// again has every subject of the findings inspected as the public sees it and as it
// is being written. A subject that is no longer there
// has nothing to find; one that no source knows, such as a page of another site, is
// as its last crawl left it.
func (is *Inspections) again(ctx context.Context, by identity.Actor, ids []ID) error {
	var subjects []string
	err := is.db.Read(ctx, func(tx *db.Tx) error {
		subjects = nil
		all, err := is.batch(tx, by, DoClose, ids)
		for _, f := range all {
			if !slices.Contains(subjects, f.Subject) {
				subjects = append(subjects, f.Subject)
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, s := range subjects {
		if _, err := is.source(s); err != nil {
			continue
		}
		_, err := is.CheckShown(ctx, by, s)
		if fault.KindOf(err) == fault.NotFound {
			err = is.db.Write(ctx, func(tx *db.Tx) error { return forget(tx, s, public) })
		}
		if err != nil {
			return err
		}
		_, err = is.Check(ctx, by, s)
		if fault.KindOf(err) == fault.NotFound {
			err = is.db.Write(ctx, func(tx *db.Tx) error { return forget(tx, s, draft) })
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// otherHand refuses to close what one has mended oneself.
func otherHand(tx *db.Tx, by identity.Actor, id ID) error {
	steps, err := stepsOfFinding(tx, id)
	if err != nil {
		return err
	}
	for _, s := range slices.Backward(steps) {
		if s.Do == DoMend {
			if s.By == identity.ID(by.LedgerWho()) {
				return fault.Say(fault.Forbidden, sayOwnMending)
			}
			return nil
		}
	}
	return nil
}

// act is what all acts on findings have in common: they are loaded, the actor is
// asked for the right, each must be in a state that allows the act, decide fills in
// the rest, and all is saved and recorded as one step.
func (is *Inspections) act(ctx context.Context, by identity.Actor, do Do, ids []ID, note string, needed bool,
	decide func(tx *db.Tx, s *Step, all []Finding) error, done *Step) error {
	note, err := sentence("note", note, needed)
	if err != nil {
		return err
	}
	return is.db.Write(ctx, func(tx *db.Tx) error {
		all, err := is.batch(tx, by, do, ids)
		if err != nil {
			return err
		}
		for i, f := range all {
			if !f.lapsed() {
				continue
			}
			f.State = Excepted // as it is put down
			if err := lapse(tx, machine, []Finding{f}); err != nil {
				return err
			}
			all[i].Exception = ""
		}
		s := Step{Do: do, Note: note}
		if err := decide(tx, &s, all); err != nil {
			return err
		}
		for _, f := range all {
			if err := is.to(tx, &s, f); err != nil {
				return err
			}
		}
		if err := record(tx, by, s); err != nil {
			return err
		}
		*done = s
		return is.govern(tx)
	})
}

// batch loads the findings of an act, each once.
func (is *Inspections) batch(tx *db.Tx, by identity.Actor, do Do, ids []ID) ([]Finding, error) {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	ids = slices.Compact(ids)
	if len(ids) == 0 {
		return nil, fault.Say(fault.Invalid, sayNothing)
	}
	if len(ids) > MaxBatch {
		return nil, fault.Say(fault.Invalid, sayTooMany, MaxBatch)
	}
	all := make([]Finding, 0, len(ids))
	wrong := 0
	for _, id := range ids {
		f, err := Get(tx, id)
		if err != nil {
			return nil, err
		}
		if err := mayAct(by, do, f.Unit); err != nil {
			return nil, err
		}
		if !f.State.May(do) {
			wrong++
		}
		all = append(all, f)
	}
	if wrong > 0 {
		return nil, fault.Say(fault.Conflict, sayMoved, wrong, do.Name())
	}
	return all, nil
}

// to moves a finding within a step.
func (is *Inspections) to(tx *db.Tx, s *Step, f Finding) error {
	was := f.State
	f.State, f.Moved = s.Do.Leads(), tx.Now
	if f.State != Excepted {
		f.Exception = ""
	}
	s.Findings = append(s.Findings, Moved{f.ID, f.Subject, f.Rule, was, f.State})
	return saveFinding(tx, f)
}

// mayAct asks for the right an act needs at least: a unit's own people settle its
// findings; exceptions may also be signed by those who review for secrecy.
func mayAct(by identity.Actor, do Do, unit org.ID) error {
	if do == DoExcept && by.Can(identity.ReviewSecret, unit) {
		return nil
	}
	return by.Check(identity.InspectionSettle, unit)
}

// office asks for the right of the office in charge.
func office(by identity.Actor, unit org.ID) error {
	if !by.Can(identity.InspectionRules, unit) {
		return fault.Say(fault.Forbidden, sayOffice)
	}
	return nil
}

// officeIfGrave asks for it where a finding keeps its text from being published.
func officeIfGrave(by identity.Actor, f Finding) error {
	if f.Severity != rule.Block {
		return nil
	}
	return office(by, f.Unit)
}

// sentence refuses a reason that says nothing. An optional one may be as short as
// people like.
func sentence(field, s string, needed bool) (string, error) {
	s = strings.TrimSpace(s)
	switch n := utf8.RuneCountInString(s); {
	case n < 4 && needed:
		return s, fault.Problems(fault.Problem{Field: field, Say: sayShort})
	case n > 500:
		return s, fault.Problems(fault.Problem{Field: field, Say: sayLong})
	}
	return s, nil
}

// Except lets findings stand (例外) for a reason and until a day. All must be of one
// unit. It makes one exception for each thing excepted: findings with the same
// words under the same rule share it unless the scope is ThisPlace. Whatever else
// the exception covers is excepted with them.
//
// What blocks needs a legal basis and the signature of the office or of a secrecy
// reviewer who had no hand in the text, and never a whole rule at once; so it fails
// with Forbidden for others, Invalid when the terms lack something, Conflict when a
// finding is no longer to be excepted.
func (is *Inspections) Except(ctx context.Context, by identity.Actor, ids []ID, t Terms) (s Step, err error) {
	t.Reason, t.Basis = strings.TrimSpace(t.Reason), strings.TrimSpace(t.Basis)
	if t.Scope.Name() == "" {
		return s, fault.Problems(fault.Problem{Field: "scope", Say: sayNoScope})
	}
	made := map[string]Exception{}
	var first Exception
	err = is.act(ctx, by, DoExcept, ids, t.Reason, true, func(tx *db.Tx, s *Step, all []Finding) error {
		clear(made)
		first = Exception{}
		for i, f := range all {
			if f.Unit != all[0].Unit {
				return fault.Say(fault.Invalid, sayOtherUnit)
			}
			if err := mayExcept(tx, by, f, t); err != nil {
				return err
			}
			x := Exception{Unit: f.Unit, Rule: f.Rule, Text: f.Text, Terms: t, By: identity.ID(by.LedgerWho()), ByUnit: by.Unit, At: tx.Now}
			switch t.Scope {
			case ThisPlace:
				x.Subject, x.mark = f.Subject, f.mark
			case ThisText:
				x.mark = f.word
			case ThisRule:
				x.Text = ""
			}
			key := x.Subject + "|" + x.Rule + "|" + x.mark
			if old, ok := made[key]; ok {
				all[i].Exception = old.ID
				continue
			}
			x.ID = ExceptionID(tx.NewID())
			if err := putIn(tx, by, "inspection.exception", x); err != nil {
				return err
			}
			made[key], all[i].Exception = x, x.ID
			if first.ID == "" {
				first = x
			}
		}
		s.Exception = first.ID
		return is.exceptWith(tx, s, ids, made)
	}, &s)
	return s, err
}

// exceptWith excepts whatever else the new exceptions cover.
func (is *Inspections) exceptWith(tx *db.Tx, s *Step, ids []ID, made map[string]Exception) error {
	for _, key := range slices.Sorted(maps.Keys(made)) {
		x := made[key]
		if x.Scope == ThisPlace {
			continue
		}
		also, err := coveredBy(tx, x)
		if err != nil {
			return err
		}
		for _, f := range also {
			if slices.Contains(ids, f.ID) {
				continue
			}
			f.Exception = x.ID
			if err := is.to(tx, s, f); err != nil {
				return err
			}
		}
	}
	return nil
}

// mayExcept holds a finding and the terms to what an exception must have.
func mayExcept(tx *db.Tx, by identity.Actor, f Finding, t Terms) error {
	if t.Until.IsZero() || t.Until.Before(today(tx)) || t.Until.After(today(tx).AddMonths(24)) {
		return fault.Problems(fault.Problem{Field: "until", Say: sayNoUntil})
	}
	if f.Severity != rule.Block {
		if t.Scope == ThisRule {
			return office(by, f.Unit)
		}
		return by.Check(identity.InspectionSettle, f.Unit)
	}
	if t.Scope == ThisRule {
		return fault.Say(fault.Invalid, sayRuleScope)
	}
	if utf8.RuneCountInString(t.Basis) < 6 {
		return fault.Problems(fault.Problem{Field: "basis", Say: sayNoBasis})
	}
	if !by.Can(identity.ReviewSecret, f.Unit) && !by.Can(identity.InspectionRules, f.Unit) {
		return fault.Say(fault.Forbidden, sayOffice)
	}
	reports, err := reportsOf(tx, f.Subject)
	if err != nil {
		return err
	}
	for _, k := range reports {
		if slices.Contains(k.authors, by.Person) && by.Person != "" {
			return fault.Say(fault.Forbidden, sayOwnText)
		}
	}
	return nil
}

// putIn saves an exception and enters it in the ledger; what holds for a unit as a
// whole changes how its texts are looked at.
func putIn(tx *db.Tx, by ledger.Who, act string, x Exception) error {
	if err := saveException(tx, x); err != nil {
		return err
	}
	if err := turn(tx); err != nil {
		return err
	}
	_, err := ledger.Append(tx, by, act, x.ID.Subject(), x.record(), map[string]any{"rule": x.Rule, "scope": x.Scope, "until": x.Until.String(), "of": x.Unit})
	return err
}

// EndException takes an exception back before its time. What it let stand is found
// again when its text is inspected next. It fails with NotFound, with Conflict when
// it has been taken back already, Forbidden without the right to sign one, Invalid
// without a reason.
func (is *Inspections) EndException(ctx context.Context, by identity.Actor, id ExceptionID, why string) error {
	why, err := sentence("why", why, true)
	if err != nil {
		return err
	}
	return is.db.Write(ctx, func(tx *db.Tx) error {
		x, err := GetException(tx, id)
		if err != nil {
			return err
		}
		if err := mayAct(by, DoExcept, x.Unit); err != nil {
			return err
		}
		if !x.Ended.IsZero() {
			return fault.Say(fault.Conflict, sayEnded)
		}
		x.Ended, x.EndedBy, x.EndedWhy = tx.Now, identity.ID(by.LedgerWho()), why
		if err := putIn(tx, by, "inspection.exception_end", x); err != nil {
			return err
		}
		all, err := exceptedBy(tx, x.ID)
		if err != nil {
			return err
		}
		return lapse(tx, by, all)
	})
}
