package review

import (
	"context"

	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/ledger"
	"gongkai/review/coordination"
)

// Gate is what must hold, beside the signatures, before a content is cleared:
// every organ that was asked about it has agreed to it (article 11). It fails
// with Conflict and says what to do. It is asked again at the last signature,
// because time has passed since the content was handed in.
func Gate(tx *db.Tx, subject string, d ledger.Digest) error {
	return coordination.Require(tx, subject, d)
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
