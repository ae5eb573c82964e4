package review

import (
	"time"

	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/ledger"
)

// Clearance says that every level has signed exactly this content. Only this
// package makes one; the zero value is refused everywhere.
type Clearance struct {
	id      SubmissionID
	subject string
	digest  ledger.Digest
	at      time.Time
}

// ID is the submission the clearance came from.
func (c Clearance) ID() SubmissionID { return c.id }

// Subject is the record that is cleared.
func (c Clearance) Subject() string { return c.subject }

// Digest is of the content that is cleared.
func (c Clearance) Digest() ledger.Digest { return c.digest }

// At is when the last level signed.
func (c Clearance) At() time.Time { return c.at }

// Spend uses a clearance up, within the act of by that publishes content with
// digest d as subject.
// It fails with Forbidden for the zero clearance or another subject's, with
// Conflict for another content and for a second use.
func Spend(tx *db.Tx, by ledger.Who, c Clearance, subject string, d ledger.Digest) error {
	if c == (Clearance{}) {
		return fault.Say(fault.Forbidden, sayNoClearance)
	}
	if c.subject != subject {
		return fault.Say(fault.Forbidden, sayOtherSubject)
	}
	if c.digest != d {
		return fault.Say(fault.Conflict, sayNotCleared)
	}
	s, err := load(tx, c.id)
	if err != nil {
		return err
	}
	if s.State != Cleared || s.Digest != d || s.Subject != subject {
		return fault.Say(fault.Conflict, saySpent)
	}
	s.State = Spent
	return put(tx, by, "review.spend", s, nil)
}

// ClearanceOf returns the unspent clearance of a subject. It fails with
// Forbidden when there is none.
func ClearanceOf(tx *db.Tx, subject string) (Clearance, error) {
	s, err := latest(tx, subject)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return Clearance{}, err
	}
	if err != nil || s.State != Cleared {
		return Clearance{}, fault.Say(fault.Forbidden, sayNoClearance)
	}
	return s.clearance(), nil
}

func (s Submission) clearance() Clearance {
	return Clearance{id: s.ID, subject: s.Subject, digest: s.Digest, at: s.Closed}
}
