package console

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"gongkai/identity"
	"gongkai/inspection"
	"gongkai/inspection/rule"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/org"
	"gongkai/publication"
	"gongkai/review"
	"gongkai/workday"
)

// An inspected is what inspection saw in the version under review (检查情况): what
// stands in it, what was mended on the way, what is let stand and by whom.
type inspected struct {
	State  ui.State
	When   string
	Looked string // what was looked at
	Unread []string
	Blocks []blocking
	Errors []check
	Doubts []check // suspected, folded
	Stand  []letStand
	Mended []mended
}

// A letStand is a finding that people have excepted or dismissed.
type letStand struct {
	Text, URL, Name, Where string
	Done, Who, When        string
	Why, Basis             string
}

// A mended is a finding that stood in an earlier version.
type mended struct {
	Text, Name, Where string
	First, Done       string // first seen; in which version it was gone, by whom
}

// A blocking is a finding that has to be mended or excepted first.
type blocking struct {
	check
	ID     string
	Except *actForm // nil for those who may not sign one
}

// inspectUnderReview has what is in review inspected with the rules of today, so
// that the page shows what the last signature will be asked. What cannot be
// inspected is said by the gate.
func (c *Console) inspectUnderReview(r *http.Request, id review.SubmissionID) error {
	var s review.Submission
	if err := c.read(r, func(tx *db.Tx) (err error) {
		if s, err = review.Get(tx, id); err != nil {
			return err
		}
		return actorOf(r).Check(identity.ReviewRead, s.Unit)
	}); err != nil {
		return err
	}
	if s.State != review.Waiting || s.Openness.Attribute != review.Open || c.Inspections == nil {
		return nil
	}
	if _, err := c.Inspections.Check(r.Context(), actorOf(r), s.Subject); err != nil && fault.KindOf(err) == "" {
		return err
	}
	return nil
}

// inspectedOf is the section about a submission. f is what somebody typed into the
// form of an exception. It is nil for what was never inspected.
func (c *Console) inspectedOf(tx *db.Tx, tree *org.Tree, by identity.Actor, s review.Submission, versions []publication.Version, f *web.Form) (*inspected, error) {
	story, err := inspection.History(tx, s.Subject)
	if err != nil || c.Inspections == nil {
		return nil, err
	}
	out := &inspected{State: ui.State{Kind: ui.Mute, Say: "尚未检查"}}
	for _, r := range story.Reports {
		if r.Digest == s.Digest {
			out.State = ui.State{Kind: ui.Good, Say: "没有发现问题"}
			out.When, out.Unread = web.Moment(r.At), r.Unread
		}
	}
	live := s.State == review.Waiting || s.State == review.Cleared
	today := workday.Today(tx.Now)
	for _, l := range story.Standing {
		if !live || !l.Finding.Draft {
			continue
		}
		one := c.checkOf(l.Finding)
		if l.Do == inspection.DoLapse { // it was let stand before
			one.Say += "。原有的例外已经到期或者撤销（" + web.Moment(l.At) + "）"
		}
		switch {
		case l.Finding.Blocks():
			out.Blocks = append(out.Blocks, blocking{one, string(l.Finding.ID), exceptForm(by, s, l.Finding, f, today)})
		case l.Finding.Tier == rule.A && l.Finding.Severity != rule.Hint:
			out.Errors = append(out.Errors, one)
		default:
			out.Doubts = append(out.Doubts, one)
		}
	}
	switch {
	case len(out.Blocks) > 0:
		out.State = ui.State{Kind: ui.Bad, Say: fmt.Sprintf("%d处不得公开", len(out.Blocks))}
	case len(out.Errors) > 0:
		out.State = ui.State{Kind: ui.Warn, Say: fmt.Sprintf("%d处差错", len(out.Errors))}
	case len(out.Doubts) > 0:
		out.State = ui.State{Kind: ui.Note, Say: fmt.Sprintf("%d处疑似", len(out.Doubts))}
	}
	if out.When == "" && len(story.Mended)+len(story.Excepted)+len(story.Dismissed) == 0 {
		if s.Openness.Attribute != review.Open || !live {
			return nil, nil
		}
	}
	return out, out.settled(tx, tree, c, story, versions)
}

// exceptForm is where a signer lets a finding stand, nil for those who may not.
func exceptForm(by identity.Actor, s review.Submission, f inspection.Finding, form *web.Form, today workday.Date) *actForm {
	office := by.Can(identity.InspectionRules, f.Unit)
	if s.State != review.Waiting || !office && !by.Can(identity.ReviewSecret, f.Unit) || slices.Contains(s.Authors, by.Person) {
		return nil
	}
	a := &actForm{Title: "批准例外", Say: "确需公开的，写明理由和法律依据。例外签在您的名下，到期以后重新列为问题。", Button: "签署例外",
		URL: reviewPath(s.ID) + "/except/" + string(f.ID), Open: form.Value("except") == string(f.ID)}
	if a.Open {
		a.Questions = exceptionQuestions(asker{form}, true, office, today)
		return a
	}
	a.Questions = exceptionQuestions(asker{web.NewForm(nil)}, true, office, today)
	for i := range a.Questions {
		a.Questions[i].Key = "-" + string(f.ID)
	}
	return a
}

// settled fills what people have let stand and what was mended, by whom.
func (p *inspected) settled(tx *db.Tx, tree *org.Tree, c *Console, story inspection.Story, versions []publication.Version) error {
	var who []string
	for _, l := range slices.Concat(story.Excepted, story.Dismissed, story.Mended) {
		who = append(who, string(l.By))
	}
	for _, v := range versions {
		who = append(who, string(v.By))
	}
	names, err := identity.Names(tx, who...)
	if err != nil {
		return err
	}
	add := func(l inspection.Line, done string) {
		p.Stand = append(p.Stand, letStand{l.Finding.Text, findingPath(l.Finding.ID), c.Inspections.RuleName(l.Finding.Rule), whereOf(l.Finding),
			done, names[string(l.By)], web.Moment(l.At), l.Note, l.Basis})
	}
	for _, l := range story.Excepted {
		add(l, "例外，有效期至"+web.LongDate(l.Until))
	}
	for _, l := range story.Dismissed {
		add(l, "误报")
	}
	for _, l := range story.Mended {
		// The first version kept since it was no longer seen, or the newest, when
		// that was kept before anybody looked again.
		done := web.Moment(l.At) + "检查时已经没有"
		for _, v := range versions {
			done = fmt.Sprintf("第%d版改正，%s，%s", v.N, names[string(v.By)], web.Moment(v.At))
			if !v.At.Before(l.Finding.Moved) {
				break
			}
		}
		p.Mended = append(p.Mended, mended{l.Finding.Text, c.Inspections.RuleName(l.Finding.Rule), whereOf(l.Finding), web.Moment(l.Finding.First), done})
	}
	if p.State.Kind == ui.Good && len(p.Stand) > 0 {
		p.State = ui.State{Kind: ui.Note, Say: fmt.Sprintf("保留%d处", len(p.Stand))}
	}
	return nil
}

// shutBecause says why the last signature would be refused now, "" if it would not.
func shutBecause(tx *db.Tx, s review.Submission) (string, error) {
	if s.State != review.Waiting || s.Level+1 < len(s.Levels) {
		return "", nil
	}
	err := s.Gate(tx)
	if fault.KindOf(err) == fault.Conflict {
		return fault.Sentence(err), nil
	}
	return "", err
}

// stopped tells whether a draft was refused for what inspection found in it, and
// not because somebody else was faster.
func (c *Console) stopped(r *http.Request, id publication.ItemID) bool {
	var stop error
	err := c.read(r, func(tx *db.Tx) error {
		cp, err := publication.CopyOf(tx, id)
		if err == nil {
			stop = review.Request{Subject: id.Subject(), Digest: cp.Content.Digest(), Openness: cp.Content.Openness}.Inspected(tx)
		}
		return err
	})
	return err == nil && fault.KindOf(stop) == fault.Conflict
}

// looked says in words what of a content was inspected.
func looked(c publication.Content) string {
	parts := []string{"标题", "正文"}
	if c.Summary != "" {
		parts = append(parts, "概述")
	}
	say := strings.Join(parts, "、")
	if n := len(c.Files); n > 0 {
		say += fmt.Sprintf("和%d个附件（包括隐藏的行列、工作表、批注、修订和文件属性）", n)
	}
	return say
}

// exceptUnderReview lets a finding stand in what is in review.
func (c *Console) exceptUnderReview(w http.ResponseWriter, r *http.Request) error {
	id, finding := review.SubmissionID(r.PathValue("id")), inspection.ID(r.PathValue("finding"))
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	if err := c.read(r, func(tx *db.Tx) error { // the finding is of this submission, and both may be seen
		s, err := review.Get(tx, id)
		if err != nil {
			return err
		}
		if err := actorOf(r).Check(identity.ReviewRead, s.Unit); err != nil {
			return err
		}
		seen, err := seenFinding(tx, actorOf(r), finding)
		if err == nil && seen.Subject != s.Subject {
			err = fault.Say(fault.NotFound, sayNoSuchFinding)
		}
		return err
	}); err != nil {
		return err
	}
	f.Set("except", string(finding))
	until, err := workday.ParseDate(f.Date("until"))
	if err != nil && f.Err() == nil {
		f.Problem("until", sayUntilNeeded)
	}
	if f.Err() == nil {
		terms := inspection.Terms{Scope: inspection.Scope(f.Text("scope")), Reason: f.Text("note"), Basis: f.Text("basis"), Until: until}
		if _, err = c.Inspections.Except(r.Context(), actorOf(r), []inspection.ID{finding}, terms); err == nil {
			return c.said(w, r, reviewPath(id)+"#inspected", sayExceptedHere)
		}
		if !inspectionRefused(f, err) {
			return err
		}
		return c.showSubmission(w, r, f, web.StatusOf(err))
	}
	return c.showSubmission(w, r, f, http.StatusBadRequest)
}
