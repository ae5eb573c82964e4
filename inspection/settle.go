package inspection

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"gongkai/identity"
	"gongkai/inspection/rule"
	"gongkai/internal/db"
	"gongkai/ledger"
	"gongkai/workday"
)

// machine is the program itself, where what it sees moves a finding that people
// have dealt with.
var machine = identity.System("inspection")

// change counts what keeping a report changed.
type change struct {
	found int // new or back
	gone  int
}

// keep binds what was found to the content, and brings the findings of the subject
// up to it. Rows that say the same as before are not written again.
func (is *Inspections) keep(tx *db.Tx, p Piece, l *lens, all []seen) (Report, change, error) {
	k := kept{face: p.face(), authors: p.Authors, usage: leaning(p.File), Report: Report{
		Subject: p.Subject, Unit: p.Unit, Title: covered(p.Title), Address: p.Address, Digest: p.Digest, Public: p.Public,
		Rules: l.version, At: tx.Now, Unread: p.Unread,
	}}
	if p.Pending {
		k.Rules = "pending" // no version has this name, so nobody relies on it and every night tries again
	}
	if more := len(all) - maxKept; more > 0 {
		all = gravest(all)
		k.Unread = append(slices.Clone(k.Unread), fmt.Sprintf(sayMoreFound, more))
	}
	if err := saveReport(tx, k); err != nil {
		return Report{}, change{}, err
	}
	here, err := placeExceptions(tx, p.Subject, l.day)
	if err != nil {
		return Report{}, change{}, err
	}
	s := settling{tx: tx, lens: l, report: k, here: here}
	if err := s.bring(all); err != nil {
		return Report{}, change{}, err
	}
	r, err := withStanding(tx, k)
	return r, s.change, err
}

// maxKept is how many findings of one subject are kept one by one: more are not
// worked through by anybody, and a list of a hundred thousand people must not hold
// up everybody else. The gravest are kept, so what blocks goes on blocking.
const maxKept = 2000

func gravest(all []seen) []seen {
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b seen) int { return cmp.Compare(gravity(a.Severity), gravity(b.Severity)) })
	return all[:maxKept]
}

// gravity orders severities, the gravest first.
func gravity(s rule.Severity) int {
	return slices.Index([]rule.Severity{rule.Block, rule.Error, rule.Suspect, rule.Hint}, s)
}

// settling brings the findings of one subject up to what was seen now.
type settling struct {
	tx     *db.Tx
	lens   *lens
	report kept
	here   []Exception // for this subject alone
	change change
	steps  map[Do][]Moved
}

type key struct {
	mark string
	nth  int
}

func (s *settling) bring(all []seen) error {
	old, err := findingsOf(s.tx, s.report.Subject)
	if err != nil {
		return err
	}
	known := make(map[key]Finding, len(old))
	for _, f := range old {
		known[key{f.mark, f.nth}] = f
	}
	s.steps = map[Do][]Moved{}
	for _, x := range all {
		at := key{x.mark, x.nth}
		f, was := known[at]
		delete(known, at)
		if err := s.see(f, was, x); err != nil {
			return err
		}
	}
	for _, f := range old { // in the order of the text, so that a run can be repeated
		if f, left := known[key{f.mark, f.nth}]; left {
			if err := s.miss(f); err != nil {
				return err
			}
		}
	}
	return s.enter()
}

// see brings one finding up to how it is seen now.
func (s *settling) see(f Finding, known bool, x seen) error {
	before := f
	if !known {
		f = Finding{ID: ID(s.tx.NewID()), Subject: s.report.Subject, State: Found, First: s.tx.Now, Moved: s.tx.Now,
			mark: x.mark, word: x.word, nth: x.nth}
	}
	f.Unit, f.Title, f.Address = s.report.Unit, s.report.Title, s.report.Address
	f.Finding, f.Excerpt, f.ExcerptAt = x.Finding, x.excerpt, x.excerptAt
	if s.report.face == public {
		f.Shown = true
	} else {
		f.Draft = true
	}
	if !f.Shown {
		f.Address = before.Address
	}
	exception := s.lens.excepted(x, s.here)
	switch {
	case f.State == Gone && known:
		s.move(&f, Found, "")
	case f.State == Closed && s.report.face == public:
		s.backAgain(&f, s.lens.day)
	case f.State == Excepted && exception == nil:
		f.Exception = ""
		s.move(&f, Found, DoLapse)
	}
	if exception != nil && (f.State == Found || f.State == Excepted && f.Exception != exception.ID) {
		f.Exception = exception.ID
		s.move(&f, Excepted, "")
	}
	if known && same(before, f) {
		return nil
	}
	if !known || before.State == Gone {
		s.change.found++
	}
	f.Last = s.tx.Now
	return saveFinding(s.tx, f)
}

// miss takes a finding out of the content it no longer stands in.
func (s *settling) miss(f Finding) error {
	was := &f.Draft
	if s.report.face == public {
		was = &f.Shown
	}
	if !*was {
		return nil
	}
	*was = false
	if !f.Draft && !f.Shown {
		switch f.State {
		case Found:
			s.move(&f, Gone, "")
			s.change.gone++
		case Confirmed:
			s.move(&f, Mended, DoVanish)
			s.change.gone++
		}
	}
	return saveFinding(s.tx, f)
}

// move changes a state; do is the machine's act where people have dealt with the
// finding before, and "" where only machines have.
func (s *settling) move(f *Finding, to State, do Do) {
	if do != "" {
		s.steps[do] = append(s.steps[do], Moved{f.ID, f.Subject, f.Rule, f.State, to})
	}
	f.State, f.Moved = to, s.tx.Now
}

// enter records what the machine did to findings that people had dealt with.
func (s *settling) enter() error {
	for _, do := range []Do{DoVanish, DoAgain, DoLapse} {
		if len(s.steps[do]) == 0 {
			continue
		}
		if err := record(s.tx, machine, Step{Do: do, Findings: s.steps[do]}); err != nil {
			return err
		}
	}
	return nil
}

// same tells whether a row need not be written again.
func same(a, b Finding) bool {
	return a.Unit == b.Unit && a.Title == b.Title && a.Address == b.Address && a.Tier == b.Tier && a.Severity == b.Severity &&
		a.Part == b.Part && a.Cell == b.Cell && a.Page == b.Page && a.Start == b.Start && a.End == b.End && a.Text == b.Text &&
		a.Excerpt == b.Excerpt && a.ExcerptAt == b.ExcerptAt && a.Message == b.Message && a.Source == b.Source && a.Count == b.Count &&
		slices.Equal(a.Suggest, b.Suggest) && a.Draft == b.Draft && a.Shown == b.Shown && a.State == b.State && a.Exception == b.Exception
}

// due is until when a finding of a severity is to be mended unless somebody says
// otherwise: what should not be public by the end of the next working day.
func due(from workday.Date, s rule.Severity) workday.Date {
	d, _ := workday.National().After(from, daysFor(s))
	return d
}

func daysFor(s rule.Severity) int {
	if s == rule.Block {
		return 1
	}
	return 5
}

// record keeps a step and enters it in the ledger, in the name of by. Nothing in
// its public part tells what was found.
func record(tx *db.Tx, by ledger.Who, s Step) error {
	s.ID = StepID(tx.NewID())
	s.By, s.Unit, s.At = identity.ID(by.LedgerWho()), orgID(by), tx.Now
	slices.SortFunc(s.Findings, func(a, b Moved) int { return compare(a.Finding, b.Finding) })
	if err := insertStep(tx, s); err != nil {
		return err
	}
	told := map[string]any{"findings": strconv.Itoa(len(s.Findings))}
	if !s.Due.IsZero() {
		told["due"] = s.Due.String()
	}
	_, err := ledger.Append(tx, by, "inspection."+string(s.Do), s.ID.Subject(), s.record(), told)
	return err
}

// withStanding completes a report with its findings as they stand now.
func withStanding(tx *db.Tx, k kept) (Report, error) {
	all, err := findingsOf(tx, k.Subject)
	if err != nil {
		return Report{}, err
	}
	if err := asOfToday(tx, all); err != nil {
		return Report{}, err
	}
	r := k.Report
	for _, f := range all {
		if k.face == public && f.Shown || k.face == draft && f.Draft {
			r.Findings = append(r.Findings, f)
		}
	}
	return r, nil
}

// forget takes a subject's findings out of its draft, or out of what the public
// sees, when there is none any more.
func forget(tx *db.Tx, subject string, of face) error {
	if err := deleteReport(tx, subject, of); err != nil {
		return err
	}
	s := settling{tx: tx, report: kept{face: of, Report: Report{Subject: subject}}}
	return s.bring(nil)
}

// comeOut makes the report on a draft the report on what the public sees, because
// exactly this draft has been published: what was found in it now stands there.
func (is *Inspections) comeOut(tx *db.Tx, l Listed) (change, error) {
	reports, err := reportsOf(tx, l.Subject)
	if err != nil {
		return change{}, err
	}
	at := slices.IndexFunc(reports, func(k kept) bool { return k.face == draft && k.Digest == l.Digest })
	if at < 0 { // another process was faster
		return change{}, nil
	}
	k := reports[at]
	k.face, k.Public, k.Title, k.Address = public, true, covered(l.Title), l.Address
	if err := deleteReports(tx, l.Subject); err != nil {
		return change{}, err
	}
	if err := saveReport(tx, k); err != nil {
		return change{}, err
	}
	all, err := findingsOf(tx, l.Subject)
	if err != nil {
		return change{}, err
	}
	s := settling{tx: tx, report: k, steps: map[Do][]Moved{}}
	for _, f := range all {
		switch {
		case f.Draft:
			was := f.Shown
			f.Draft, f.Shown, f.Title, f.Address, f.Last = false, true, k.Title, k.Address, tx.Now
			if f.State == Closed && !was {
				s.backAgain(&f, today(tx))
			}
			if err := saveFinding(tx, f); err != nil {
				return change{}, err
			}
		case f.Shown:
			if err := s.miss(f); err != nil {
				return change{}, err
			}
		}
	}
	return s.change, s.enter()
}

// backAgain makes a finding that was closed the unit's again.
func (s *settling) backAgain(f *Finding, day workday.Date) {
	s.move(f, Confirmed, DoAgain)
	f.Returns++
	f.Due = due(day, f.Severity)
}

// lapse puts findings that an exception let stand back to where somebody has to look
// at them. It is one step of by.
func lapse(tx *db.Tx, by ledger.Who, all []Finding) error {
	s := Step{Do: DoLapse}
	for _, f := range all {
		was := f.State
		f.State, f.Exception, f.Moved = Found, "", tx.Now
		if !f.Draft && !f.Shown {
			f.State = Gone
		}
		s.Findings = append(s.Findings, Moved{f.ID, f.Subject, f.Rule, was, f.State})
		if err := saveFinding(tx, f); err != nil {
			return err
		}
	}
	if len(s.Findings) == 0 {
		return nil
	}
	return record(tx, by, s)
}
