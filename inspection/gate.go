package inspection

import (
	"time"

	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/ledger"
	"gongkai/org"
	"gongkai/workday"
)

// Require lets content go on to publication only when exactly this content was
// inspected with the rules of today, and nothing in it blocks: every finding that
// does is mended, dismissed by the office, or let stand by an exception that holds
// today. It fails closed, with Conflict and a sentence that says what to do.
//
// Whoever hands content in or clears it calls Check before the transaction and
// Require inside it.
func Require(tx *db.Tx, subject string, d ledger.Digest) error {
	all, err := reportsOf(tx, subject)
	if err != nil {
		return err
	}
	for _, k := range all {
		if k.Digest != d {
			continue
		}
		ok, err := current(tx, k)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		return blocked(tx, k)
	}
	return fault.Say(fault.Conflict, sayNotYet)
}

// current tells whether a report was made with the rules of today.
func current(tx *db.Tx, k kept) (bool, error) {
	st, err := standingOf(tx)
	if err != nil {
		return false, err // a report without a standing was not made by us
	}
	tree, err := org.Load(tx)
	if err != nil {
		return false, err
	}
	l, err := loadLens(tx, st, tree, k.Unit)
	if err != nil {
		return false, err
	}
	return l.version == k.Rules, nil
}

// blocked refuses a content with findings that block it.
func blocked(tx *db.Tx, k kept) error {
	r, err := withStanding(tx, k)
	if err != nil {
		return err
	}
	n, over, first := 0, 0, ""
	for _, f := range r.Blocking() {
		if n++; n == 1 {
			first = f.Message
		}
		if f.lapsed() {
			over++
		}
	}
	switch {
	case over > 0:
		return fault.Say(fault.Conflict, sayBlockedAgain, n, first, over)
	case n > 0:
		return fault.Say(fault.Conflict, sayBlocked, n, first)
	}
	return nil
}

// asOfToday brings findings up to the day: what an exception let stand counts as found
// from the moment it ends, whether a night has put that down or not. Until then they
// still name the exception.
func asOfToday(tx *db.Tx, all []Finding) error {
	held := map[ExceptionID]bool{}
	for i, f := range all {
		if f.State != Excepted {
			continue
		}
		holds, known := held[f.Exception]
		if !known {
			x, err := GetException(tx, f.Exception)
			if err != nil && fault.KindOf(err) != fault.NotFound {
				return err
			}
			holds = err == nil && x.Holds(today(tx))
			held[f.Exception] = holds
		}
		if !holds {
			all[i].State = Found
		}
	}
	return nil
}

// lapsed tells whether what let the finding stand has ended and nobody has put that
// down yet.
func (f Finding) lapsed() bool { return f.State == Found && f.Exception != "" }

// A Line is one finding in the story of a subject, with what became of it.
type Line struct {
	Finding Finding
	Do      Do          // what moved it last, "" if nothing did
	By      identity.ID // who did; "system:…" for the machine, "" if nobody
	At      time.Time
	Note    string
	Until   workday.Date // of its exception, also of one that has ended
	Basis   string       // of its exception
}

// Story is what inspection has seen in one subject over all its versions.
type Story struct {
	Reports   []Report // the newest of the draft and of what the public sees, without findings
	Standing  []Line   // in the text now, nobody has settled it
	Mended    []Line   // no longer in the text
	Excepted  []Line   // let stand
	Dismissed []Line   // said to be right
}

// History tells what was found, mended, excepted and dismissed in a subject, by
// whom and when. A subject that was never inspected has an empty story.
func History(tx *db.Tx, subject string) (Story, error) {
	var s Story
	reports, err := reportsOf(tx, subject)
	if err != nil {
		return s, err
	}
	for _, k := range reports {
		s.Reports = append(s.Reports, k.Report)
	}
	all, err := findingsOf(tx, subject)
	if err != nil {
		return s, err
	}
	steps, err := stepsOfSubject(tx, subject)
	if err != nil {
		return s, err
	}
	if err := asOfToday(tx, all); err != nil {
		return s, err
	}
	last := map[ID]Step{}
	for _, step := range steps {
		for _, m := range step.Findings {
			last[m.Finding] = step
		}
	}
	for _, f := range all {
		l := Line{Finding: f, At: f.Moved}
		if step, ok := last[f.ID]; ok {
			l.Do, l.By, l.At, l.Note = step.Do, step.By, step.At, step.Note
		}
		if f.lapsed() {
			if x, err := GetException(tx, f.Exception); err == nil {
				l.Until, l.Basis = x.Until, x.Basis
				l.Do, l.By, l.At, l.Note = DoLapse, identity.ID(machine.LedgerWho()), x.Until.AddDays(1).Start(), ""
			}
		}
		switch f.State {
		case Excepted:
			if x, err := GetException(tx, f.Exception); err == nil {
				l.By, l.At, l.Note, l.Until, l.Basis = x.By, x.At, x.Reason, x.Until, x.Basis
			}
			if f.Draft || f.Shown {
				s.Excepted = append(s.Excepted, l)
			}
		case Dismissed:
			if f.Draft || f.Shown {
				s.Dismissed = append(s.Dismissed, l)
			}
		default:
			if f.Draft || f.Shown {
				s.Standing = append(s.Standing, l)
			} else {
				s.Mended = append(s.Mended, l)
			}
		}
	}
	return s, nil
}

// LastReport is the newest report on a subject: of its draft if there is one, with
// its findings as they stand. It fails with NotFound.
func LastReport(tx *db.Tx, subject string) (Report, error) {
	all, err := reportsOf(tx, subject)
	if err != nil {
		return Report{}, err
	}
	if len(all) == 0 {
		return Report{}, fault.Say(fault.NotFound, sayNoReport)
	}
	newest := all[0]
	for _, k := range all[1:] {
		if k.At.After(newest.At) {
			newest = k
		}
	}
	return withStanding(tx, newest)
}
