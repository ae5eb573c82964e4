package review

import (
	"context"

	"gongkai/identity"
	"gongkai/inspection"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/ledger"
	"gongkai/review/coordination"
)

// Inspector inspects what a subject holds now and keeps the report.
// inspection.Inspections satisfies it.
type Inspector interface {
	Check(ctx context.Context, by identity.Actor, subject string) (inspection.Report, error)
}

// InspectWith has content inspected again before the last signature. It is called
// while the program is put together. Without it the report made when the content
// was handed in must still do.
func (rs *Reviews) InspectWith(i Inspector) { rs.inspector = i }

// Inspected is whether a content may be handed in: it was inspected as it stands
// with the rules of today, and holds nothing that may not be published. It fails
// with Conflict and says what to do. What is not to be open passes: it never
// becomes public, and what makes it so, a person's privacy for one, may stand in it.
func (q Request) Inspected(tx *db.Tx) error {
	if q.Openness.Attribute != Open {
		return nil
	}
	return inspection.Require(tx, q.Subject, q.Digest)
}

// Gate is what must hold, beside the signatures, before an open content is cleared:
// it is Inspected, and every organ that was asked about it has agreed to it
// (article 11). It fails with Conflict and says what to do. The inspection is asked
// for again at the last signature, because time has passed: rules have become
// newer, exceptions have ended.
func (q Request) Gate(tx *db.Tx) error {
	if q.Openness.Attribute != Open {
		return nil
	}
	if err := q.Inspected(tx); err != nil {
		return err
	}
	return coordination.Require(tx, q.Subject, q.Digest)
}

// inspectLast inspects a content before the signature that would clear it, so that
// rules that are newer than the submission do not stop it for want of a report. A
// refusal is left to the act, which fails closed.
func (rs *Reviews) inspectLast(ctx context.Context, id SubmissionID) error {
	if rs.inspector == nil {
		return nil
	}
	var s Submission
	err := rs.db.Read(ctx, func(tx *db.Tx) (err error) {
		s, err = load(tx, id)
		return err
	})
	if err != nil || s.State != Waiting || s.Level+1 < len(s.Levels) {
		return nil // the act says what is wrong
	}
	if _, err := rs.inspector.Check(ctx, identity.System("review"), s.Subject); err != nil && fault.KindOf(err) == "" {
		return err
	}
	return nil
}

// Demand has a reviewer ask an organ about what is in review (应当与有关机关协商).
// What q asks is bound to the submission: subject, unit, title and digest are
// taken from it. It fails like [coordination.Ask], and with Conflict when the
// submission has moved or closed since it was seen.
func (rs *Reviews) Demand(ctx context.Context, by identity.Actor, id SubmissionID, seen ledger.Digest, q coordination.Request) (c coordination.Consultation, err error) {
	err = rs.db.Write(ctx, func(tx *db.Tx) error {
		s, err := load(tx, id)
		if err != nil {
			return err
		}
		if s.State != Waiting {
			return fault.Say(fault.Conflict, sayDemandOver)
		}
		if s.Digest != seen {
			return fault.Say(fault.Conflict, sayStale)
		}
		q.Subject, q.Unit, q.Title, q.Digest, q.Demanded = s.Subject, s.Unit, s.Title, s.Digest, true
		c, err = coordination.Ask(tx, by, q)
		return err
	})
	return c, err
}
