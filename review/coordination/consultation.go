package coordination

import (
	"strings"
	"time"
	"unicode/utf8"

	"gongkai/identity"
	"gongkai/internal/fault"
	"gongkai/ledger"
	"gongkai/org"
	"gongkai/workday"
)

// ID names one consultation.
type ID string

// Subject is the consultation in the ledger.
func (id ID) Subject() string { return "consultation/" + string(id) }

// State is where a consultation stands.
type State string

// The states.
const (
	Asked     State = "asked"     // the organ moves next
	Agreed    State = "agreed"    // the organ agrees to this text; nobody moves
	Amend     State = "amend"     // agreed if changed: the asking unit changes the text or asks for a decision
	Refused   State = "refused"   // the asking unit changes the text or asks for a decision
	Escalated State = "escalated" // the coordinator above the asking unit moves next
	Settled   State = "settled"   // it was decided that this text is published; nobody moves
	Held      State = "held"      // it was decided that this text is not published; the asking unit moves
	Withdrawn State = "withdrawn" // taken back with a reason; nobody moves
	Renewed   State = "renewed"   // a later question to the same organ took its place
)

// Name is the word for people.
func (s State) Name() string {
	switch s {
	case Asked:
		return "等待答复"
	case Agreed:
		return "同意"
	case Amend:
		return "同意但有修改意见"
	case Refused:
		return "不同意"
	case Escalated:
		return "已报请协调"
	case Settled:
		return "协调同意公开"
	case Held:
		return "协调未同意按原文公开"
	case Withdrawn:
		return "已撤回"
	case Renewed:
		return "已由新的征求意见代替"
	}
	return ""
}

// Live tells whether the consultation still counts: it was neither taken back
// nor replaced by a later one.
func (s State) Live() bool { return s != Withdrawn && s != Renewed }

// Act is a kind of word.
type Act string

// The acts: three answers, the request for a decision, three decisions, the
// withdrawal.
const (
	Agree    Act = "agree"
	Change   Act = "amend"  // agree, with changes
	Refuse   Act = "refuse" // do not agree
	Escalate Act = "escalate"
	Publish  Act = "publish"  // decided: publish as it is
	Rewrite  Act = "change"   // decided: publish after changes
	Withhold Act = "withhold" // decided: do not publish
	Withdraw Act = "withdraw"
)

// Name is the word for people.
func (a Act) Name() string {
	switch a {
	case Agree:
		return "同意"
	case Change:
		return "同意但有修改意见"
	case Refuse:
		return "不同意"
	case Escalate:
		return "报请协调"
	case Publish:
		return "同意按原文公开"
	case Rewrite:
		return "修改后公开"
	case Withhold:
		return "不予公开"
	case Withdraw:
		return "撤回征求意见"
	}
	return ""
}

// Verdicts are the three answers an organ can give.
func Verdicts() []Act { return []Act{Agree, Change, Refuse} }

// Outcomes are the three decisions of a coordinator.
func Outcomes() []Act { return []Act{Publish, Rewrite, Withhold} }

// moves is the whole of what may follow what. An organ may change its answer
// until it has agreed: the text is the same, and a talk may have helped.
var moves = map[State]map[Act]State{
	Asked:     {Agree: Agreed, Change: Amend, Refuse: Refused, Escalate: Escalated, Withdraw: Withdrawn},
	Agreed:    {Withdraw: Withdrawn},
	Amend:     {Agree: Agreed, Change: Amend, Refuse: Refused, Escalate: Escalated, Withdraw: Withdrawn},
	Refused:   {Agree: Agreed, Change: Amend, Refuse: Refused, Escalate: Escalated, Withdraw: Withdrawn},
	Escalated: {Agree: Agreed, Publish: Settled, Rewrite: Held, Withhold: Held, Withdraw: Withdrawn},
	Settled:   {Withdraw: Withdrawn},
	Held:      {Withdraw: Withdrawn},
}

// May tells whether an act may follow a state at all, whoever does it.
func (s State) May(a Act) bool { _, ok := moves[s][a]; return ok }

// Request is what a unit asks another organ.
type Request struct {
	Subject  string        // the record, as in the ledger: "item/ID"
	Unit     org.ID        // whose information it is
	Title    string        // for the worklist
	Digest   ledger.Digest // of the exact content that is asked about
	Organ    org.ID        // the unit that is asked; "" for one outside
	Outside  string        // the name of an organ that is not on the platform
	Question string        // what exactly it is to confirm
	Days     int           // working days to answer in, 0 for [DefaultDays]
	Demanded bool          // a reviewer demands it, not the author's unit
}

// DefaultDays is how many working days an organ has when nobody says otherwise.
// Article 11 sets no period; the platform asks for a week.
const DefaultDays = 5

const (
	maxDays    = 30
	maxOpinion = 1000
	maxProof   = 200
)

// Consultation is one question with what was said to it.
type Consultation struct {
	ID ID
	Request
	Asker identity.ID
	Sent  time.Time
	Due   workday.Date // the last day to answer
	State State
	Words []Word // oldest first
}

// Word is what somebody said to a consultation.
type Word struct {
	Act      Act
	Opinion  string
	Evidence string // number and date of a letter, of a minute
	By       identity.ID
	Unit     org.ID // the home unit of the speaker
	At       time.Time
}

// Overdue tells whether the organ has let its time pass without an answer.
func (c Consultation) Overdue(today workday.Date) bool {
	return c.State == Asked && today.After(c.Due)
}

// Opens tells whether the consultation lets a content with digest d through.
func (c Consultation) Opens(d ledger.Digest) bool {
	return c.Digest == d && (c.State == Agreed || c.State == Settled)
}

// Last is the last word, and false when nothing was said yet.
func (c Consultation) Last() (Word, bool) {
	if len(c.Words) == 0 {
		return Word{}, false
	}
	return c.Words[len(c.Words)-1], true
}

// To is the name of the organ that is asked.
func (c Consultation) To(tree *org.Tree) string {
	if c.Organ == "" {
		return c.Outside
	}
	return tree.Name(c.Organ)
}

// stands says why the consultation does not let a content through, "" if it
// does.
func (c Consultation) stands(tree *org.Tree, d ledger.Digest, today workday.Date) string {
	to := c.To(tree)
	switch {
	case !c.State.Live() || c.Opens(d):
		return ""
	case c.Digest != d:
		return say(sayStale, to)
	case c.Overdue(today):
		return say(sayLate, to, c.Due.Chinese())
	case c.State == Asked:
		return say(sayWaiting, to, c.Due.Chinese())
	case c.State == Amend:
		return say(sayAmends, to)
	case c.State == Refused:
		return say(sayRefuses, to)
	case c.State == Escalated:
		return say(sayEscalated, to)
	}
	if last, _ := c.Last(); last.Act == Withhold {
		return say(sayHeldClosed, to)
	}
	return say(sayHeldChange, to)
}

// check holds a request to what can be asked, with the tree of today.
func (q Request) check(tree *org.Tree) error {
	var ps []fault.Problem
	bad := func(field, text string, args ...any) {
		ps = append(ps, fault.Problem{Field: field, Say: say(text, args...)})
	}
	switch {
	case q.Organ == "" && q.Outside == "":
		bad("organ", sayNoOrgan)
	case q.Organ != "" && q.Outside != "":
		bad("organ", sayTwoOrgans)
	case q.Organ != "" && q.Organ == q.Unit:
		bad("organ", sayOwnUnit)
	case q.Organ != "":
		u, err := tree.Get(q.Organ)
		if err != nil {
			return err
		}
		if !u.Active {
			bad("organ", sayShut, u.Name)
		}
	default:
		if n := utf8.RuneCountInString(q.Outside); n < 2 || n > 60 {
			bad("outside", sayBadName)
		}
		for _, u := range tree.All() {
			if u.Active && (q.Outside == u.Name || q.Outside == u.Short) {
				bad("outside", sayOnPlatform, u.Name)
			}
		}
	}
	if n := utf8.RuneCountInString(q.Question); n < 6 {
		bad("question", sayNoQuestion)
	} else if n > maxOpinion {
		bad("question", sayLong, maxOpinion)
	}
	if q.Days < 1 || q.Days > maxDays {
		bad("days", sayBadDays)
	}
	return fault.Problems(ps...)
}

// word holds what somebody says to the rules of its kind and moves a copy of
// the consultation on.
func (c Consultation) word(w Word) (Consultation, error) {
	w.Opinion, w.Evidence = strings.TrimSpace(w.Opinion), strings.TrimSpace(w.Evidence)
	next, ok := moves[c.State][w.Act]
	if !ok {
		return c, fault.Say(fault.Conflict, sayOver, c.State.Name())
	}
	opinion, proof := utf8.RuneCountInString(w.Opinion), utf8.RuneCountInString(w.Evidence)
	var ps []fault.Problem
	bad := func(field, text string, args ...any) {
		ps = append(ps, fault.Problem{Field: field, Say: say(text, args...)})
	}
	switch w.Act {
	case Agree:
	case Change, Refuse:
		if opinion < 4 {
			bad("opinion", sayNoOpinion)
		}
	default:
		if opinion < 6 {
			bad("opinion", sayNoWhy)
		}
	}
	if opinion > maxOpinion {
		bad("opinion", sayLong, maxOpinion)
	}
	if (w.Act == Agree || w.Act == Change || w.Act == Refuse) && c.Organ == "" && proof < 4 {
		bad("evidence", sayNoEvidence)
	}
	if proof > maxProof {
		bad("evidence", sayLong, maxProof)
	}
	if err := fault.Problems(ps...); err != nil {
		return c, err
	}
	c.Words = append(c.Words[:len(c.Words):len(c.Words)], w)
	c.State = next
	return c, nil
}
