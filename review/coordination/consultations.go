package coordination

import (
	"context"
	"slices"
	"strings"

	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/ledger"
	"gongkai/org"
	"gongkai/workday"
)

// Consultations is the holder of all consultations.
type Consultations struct{ db *db.DB }

// New returns the consultations kept in d.
func New(d *db.DB) *Consultations { return &Consultations{db: d} }

// levels are the rights of which one is enough to demand a consultation.
var levels = []identity.Right{identity.ReviewFirst, identity.ReviewSecret, identity.ReviewSecond, identity.ReviewFinal}

func reviews(by identity.Actor, unit org.ID) bool {
	return slices.ContainsFunc(levels, func(r identity.Right) bool { return by.Can(r, unit) })
}

// Ask asks an organ about one content, as part of the act of the pillar that
// keeps it. What was asked of the same organ about an earlier text is renewed by
// it; a demand of a reviewer stays one. It fails with Forbidden without
// identity.PublicationDraft in the unit, or for a demand without the right of a
// level there; with Invalid for an organ or question that cannot be; with
// Conflict when the organ was asked about this very content.
func Ask(tx *db.Tx, by identity.Actor, q Request) (Consultation, error) {
	q.Outside, q.Question = strings.Join(strings.Fields(q.Outside), ""), strings.TrimSpace(q.Question)
	if q.Days == 0 {
		q.Days = DefaultDays
	}
	switch {
	case q.Demanded && !reviews(by, q.Unit):
		return Consultation{}, fault.Say(fault.Forbidden, sayNotLevel)
	case !q.Demanded && !by.Can(identity.PublicationDraft, q.Unit):
		return Consultation{}, fault.Say(fault.Forbidden, sayNotDraft)
	}
	tree, err := org.Load(tx)
	if err != nil {
		return Consultation{}, err
	}
	if err := q.check(tree); err != nil {
		return Consultation{}, err
	}
	all, err := Of(tx, q.Subject)
	if err != nil {
		return Consultation{}, err
	}
	for _, old := range all {
		if !old.State.Live() || old.Organ != q.Organ || old.Outside != q.Outside {
			continue
		}
		if old.Digest == q.Digest {
			return old, fault.Say(fault.Conflict, sayAsked, old.To(tree))
		}
		q.Demanded = q.Demanded || old.Demanded
		old.State = Renewed
		if err := put(tx, by, "coordination.renew", old); err != nil {
			return old, err
		}
	}
	due, _ := workday.National().After(workday.Today(tx.Now), q.Days)
	c := Consultation{ID: ID(tx.NewID()), Request: q, Asker: identity.ID(by.LedgerWho()), Sent: tx.Now, Due: due, State: Asked}
	return c, put(tx, by, "coordination.ask", c)
}

// Answer gives the organ's answer: one of [Verdicts]. For an organ of the
// platform somebody of that organ gives it, with identity.ReviewConsult; for one
// outside the asking unit records the letter in which it came. It fails with
// Forbidden for anybody else and for who asked, with Invalid without the opinion
// or evidence that the answer needs, with Conflict when it is too late for one.
func (cs *Consultations) Answer(ctx context.Context, by identity.Actor, id ID, verdict Act, opinion, evidence string) error {
	return cs.say(ctx, by, id, func(tree *org.Tree, c Consultation) (Word, error) {
		if err := c.MayAnswer(tree, by); err != nil {
			return Word{}, err
		}
		if !slices.Contains(Verdicts(), verdict) {
			return Word{}, fault.Problems(fault.Problem{Field: "verdict", Say: sayNoVerdict})
		}
		return Word{Act: verdict, Opinion: opinion, Evidence: evidence}, nil
	})
}

// MayAnswer tells whether by may answer now.
func (c Consultation) MayAnswer(tree *org.Tree, by identity.Actor) error {
	if !c.State.May(Agree) {
		return fault.Say(fault.Conflict, sayOver, c.State.Name())
	}
	if c.Organ == "" {
		if !by.Can(identity.PublicationDraft, c.Unit) {
			return fault.Say(fault.Forbidden, sayOutside)
		}
		return nil
	}
	if err := by.Check(identity.ReviewConsult, c.Organ); err != nil {
		return err
	}
	if !tree.Within(by.Unit, c.Organ) {
		return fault.Say(fault.Forbidden, sayStrange, tree.Name(c.Organ))
	}
	if by.Person == c.Asker {
		return fault.Say(fault.Forbidden, sayOwnAnswer)
	}
	return nil
}

// Escalate asks the coordinator above the asking unit to decide, because the
// organ does not agree, wants changes that are not made, or is late. It fails
// with Forbidden without a right to draft or review in the unit, with Invalid
// without a reason, with Conflict before the organ's time is over.
func (cs *Consultations) Escalate(ctx context.Context, by identity.Actor, id ID, why string) error {
	return cs.sayAt(ctx, by, id, func(tree *org.Tree, c Consultation, today workday.Date) (Word, error) {
		if err := c.MayEscalate(by, today); err != nil {
			return Word{}, err
		}
		return Word{Act: Escalate, Opinion: why}, nil
	})
}

// MayEscalate tells whether by may ask for a decision on a day.
func (c Consultation) MayEscalate(by identity.Actor, today workday.Date) error {
	if !c.State.May(Escalate) {
		return fault.Say(fault.Conflict, sayOver, c.State.Name())
	}
	if !by.Can(identity.PublicationDraft, c.Unit) && !reviews(by, c.Unit) {
		return fault.Say(fault.Forbidden, sayNotDraft)
	}
	if c.State == Asked && !c.Overdue(today) {
		return fault.Say(fault.Conflict, sayNotYet, c.Due.Chinese())
	}
	return nil
}

// Decide settles a disagreement with one of [Outcomes] and its reason. basis
// names a minute or an instruction, where there is one. It fails with Forbidden
// without identity.ReviewCoordinate above the asking unit and for who asked, with
// Invalid without outcome or reason, with Conflict when nobody asked for it.
func (cs *Consultations) Decide(ctx context.Context, by identity.Actor, id ID, outcome Act, reason, basis string) error {
	return cs.say(ctx, by, id, func(tree *org.Tree, c Consultation) (Word, error) {
		if err := c.MayDecide(tree, by); err != nil {
			return Word{}, err
		}
		if !slices.Contains(Outcomes(), outcome) {
			return Word{}, fault.Problems(fault.Problem{Field: "outcome", Say: sayNoOutcome})
		}
		return Word{Act: outcome, Opinion: reason, Evidence: basis}, nil
	})
}

// MayDecide tells whether by may decide now.
func (c Consultation) MayDecide(tree *org.Tree, by identity.Actor) error {
	if !c.State.May(Publish) {
		return fault.Say(fault.Conflict, sayOver, c.State.Name())
	}
	if err := by.Check(identity.ReviewCoordinate, above(tree, c.Unit)); err != nil {
		return err
	}
	if by.Person == c.Asker {
		return fault.Say(fault.Forbidden, sayOwnAnswer)
	}
	return nil
}

// above is the unit that coordinates for another one: its parent, or itself at
// the root.
func above(tree *org.Tree, unit org.ID) org.ID {
	if u, err := tree.Get(unit); err == nil && u.Parent != "" {
		return u.Parent
	}
	return unit
}

// Withdraw takes a question back, with the reason, so that it no longer counts.
// The asking unit may while there is no answer and no reviewer has demanded it;
// what a reviewer demanded, that reviewer or who signs last; what the organ has
// answered, only who signs last and did not ask. It fails with Forbidden for
// others, Invalid without a reason, Conflict when it is over.
func (cs *Consultations) Withdraw(ctx context.Context, by identity.Actor, id ID, why string) error {
	return cs.say(ctx, by, id, func(tree *org.Tree, c Consultation) (Word, error) {
		if err := c.MayWithdraw(by); err != nil {
			return Word{}, err
		}
		return Word{Act: Withdraw, Opinion: why}, nil
	})
}

// MayWithdraw tells whether by may take the question back now.
func (c Consultation) MayWithdraw(by identity.Actor) error {
	if !c.State.May(Withdraw) {
		return fault.Say(fault.Conflict, sayOver, c.State.Name())
	}
	final := by.Can(identity.ReviewFinal, c.Unit)
	switch {
	case c.State != Asked && (!final || by.Person == c.Asker):
		return fault.Say(fault.Forbidden, sayNotFinal)
	case c.State == Asked && c.Demanded && !final && by.Person != c.Asker:
		return fault.Say(fault.Forbidden, sayNotYours)
	case c.State == Asked && !c.Demanded && !by.Can(identity.PublicationDraft, c.Unit) && !final:
		return fault.Say(fault.Forbidden, sayNotDraft)
	}
	return nil
}

// Require is nil when every organ that was asked about a subject is through with
// exactly this content. It fails with Conflict and says which are not, and why.
func Require(tx *db.Tx, subject string, d ledger.Digest) error {
	why, err := Obstacles(tx, subject, d)
	if err != nil || len(why) == 0 {
		return err
	}
	return fault.Say(fault.Conflict, sayRequire, len(why), strings.Join(why, "；"))
}

// Obstacles says, organ by organ, why a content may not be cleared yet.
func Obstacles(tx *db.Tx, subject string, d ledger.Digest) ([]string, error) {
	all, err := Of(tx, subject)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	tree, err := org.Load(tx)
	if err != nil {
		return nil, err
	}
	var why []string
	for _, c := range all {
		if s := c.stands(tree, d, workday.Today(tx.Now)); s != "" {
			why = append(why, s)
		}
	}
	return why, nil
}

// Stands says why one consultation does not let a content through today, "" if
// it does.
func (c Consultation) Stands(tree *org.Tree, d ledger.Digest, today workday.Date) string {
	return c.stands(tree, d, today)
}

// say is the frame of every act on one consultation: load, decide, save, record.
func (cs *Consultations) say(ctx context.Context, by identity.Actor, id ID, f func(*org.Tree, Consultation) (Word, error)) error {
	return cs.sayAt(ctx, by, id, func(tree *org.Tree, c Consultation, _ workday.Date) (Word, error) { return f(tree, c) })
}

func (cs *Consultations) sayAt(ctx context.Context, by identity.Actor, id ID, f func(*org.Tree, Consultation, workday.Date) (Word, error)) error {
	return cs.db.Write(ctx, func(tx *db.Tx) error {
		c, err := Get(tx, id)
		if err != nil {
			return err
		}
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		w, err := f(tree, c, workday.Today(tx.Now))
		if err != nil {
			return err
		}
		w.By, w.Unit, w.At = identity.ID(by.LedgerWho()), by.Unit, tx.Now
		if c, err = c.word(w); err != nil {
			return err
		}
		return put(tx, by, "coordination."+string(w.Act), c)
	})
}

// put saves a consultation and enters the act in the ledger. The public part
// names no organ and no title: the content is not public yet.
func put(tx *db.Tx, by ledger.Who, act string, c Consultation) error {
	if err := save(tx, c); err != nil {
		return err
	}
	_, err := ledger.Append(tx, by, act, c.ID.Subject(), c.record(), map[string]any{"of": c.Subject, "content": c.Digest.String()})
	return err
}
