package review

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"gongkai/identity"
	"gongkai/internal/fault"
	"gongkai/ledger"
	"gongkai/org"
)

// SubmissionID names one submission.
type SubmissionID string

// State is where a submission stands.
type State string

// The states.
const (
	Waiting  State = "waiting"  // the signer of the next level moves next
	Cleared  State = "cleared"  // all have signed; whoever may publish moves next
	Returned State = "returned" // the writer moves next
	Recalled State = "recalled" // the writer took it back
	Spent    State = "spent"    // used for one publication; nobody moves
)

// Name is the word for people.
func (s State) Name() string {
	switch s {
	case Waiting:
		return "审查中"
	case Cleared:
		return "已审定"
	case Returned:
		return "已退回"
	case Recalled:
		return "已收回"
	case Spent:
		return "已使用"
	}
	return ""
}

// Request is what is handed in for review.
type Request struct {
	Subject  string        // the record, as in the ledger: "item/ID"
	Unit     org.ID        // whose information it is
	Kind     string        // which chain it goes through
	Title    string        // for the worklist
	Digest   ledger.Digest // of the exact content
	Openness Openness
	Authors  []identity.ID // everybody who wrote on it
}

// Submission is one piece of content on its way through the levels.
type Submission struct {
	ID SubmissionID
	Request
	Proposer   identity.ID
	Levels     []Level
	Level      int // index of the level that signs next
	State      State
	Submitted  time.Time
	Closed     time.Time // zero while waiting
	Signatures []Signature
	Source     string // for content taken over from elsewhere: where it was public
}

// Signature is one signer's word.
type Signature struct {
	Level   int           `json:"level"`
	Name    string        `json:"name"` // of the level
	By      identity.ID   `json:"by"`
	Unit    org.ID        `json:"unit"`
	Sign    bool          `json:"sign"` // false: returned
	Opinion string        `json:"opinion"`
	Digest  ledger.Digest `json:"digest"`
	At      time.Time     `json:"at"`
}

// Next is the level that signs next. It is only meaningful while Waiting.
func (s Submission) Next() Level {
	if s.Level < len(s.Levels) {
		return s.Levels[s.Level]
	}
	return Level{}
}

// MaySign tells whether by may sign or return the submission now: Forbidden
// without the right, for one's own work, or for a second signature; Conflict
// when it is closed.
func (s Submission) MaySign(by identity.Actor) error {
	if s.State != Waiting {
		return fault.Say(fault.Conflict, sayNotOpen)
	}
	if err := by.Check(s.Next().Right, s.Unit); err != nil {
		return err
	}
	if by.Person == s.Proposer || slices.Contains(s.Authors, by.Person) {
		return fault.Say(fault.Forbidden, sayOwn)
	}
	if slices.ContainsFunc(s.Signatures, func(g Signature) bool { return g.By == by.Person }) {
		return fault.Say(fault.Forbidden, sayTwice)
	}
	return nil
}

// sign adds a signature to a copy of the submission and moves it on.
func (s Submission) sign(by identity.Actor, seen View, opinion string, ok bool, at time.Time) (Submission, error) {
	if err := s.MaySign(by); err != nil {
		return s, err
	}
	if seen.Level != s.Level {
		return s, fault.Say(fault.Conflict, sayMoved)
	}
	if seen.Digest != s.Digest {
		return s, fault.Say(fault.Conflict, sayStale)
	}
	opinion = strings.TrimSpace(opinion)
	if n := utf8.RuneCountInString(opinion); !ok && n < 4 {
		return s, fault.Problems(fault.Problem{Field: "opinion", Say: sayNoOpinion})
	} else if n > 500 {
		return s, fault.Problems(fault.Problem{Field: "opinion", Say: sayLongOpinion})
	}
	s.Signatures = append(slices.Clone(s.Signatures), Signature{
		Level: s.Level, Name: s.Next().Name, By: by.Person, Unit: by.Unit, Sign: ok, Opinion: opinion, Digest: s.Digest, At: at,
	})
	switch {
	case !ok:
		s.State, s.Closed = Returned, at
	case s.Level+1 == len(s.Levels):
		s.Level++
		s.State, s.Closed = Cleared, at
	default:
		s.Level++
	}
	return s, nil
}

// View is what a signer had before their eyes when they signed.
type View struct {
	Level  int
	Digest ledger.Digest
}
