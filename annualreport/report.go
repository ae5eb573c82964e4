package annualreport

import (
	"time"

	"gongkai/annualreport/form"
	"gongkai/identity"
	"gongkai/ledger"
	"gongkai/org"
	"gongkai/publication"
	"gongkai/workday"
)

// ID names a report in addresses and in the ledger.
type ID string

// Subject is the report as the ledger names it.
func (id ID) Subject() string { return "report/" + string(id) }

// Kind says what a report counts.
type Kind string

// The kinds of report.
const (
	Own          Kind = "own"          // the unit's own records
	Consolidated Kind = "consolidated" // the sum of all reports of the round
)

// Name is the word for people.
func (k Kind) Name() string {
	if k == Consolidated {
		return "汇总"
	}
	return "本级"
}

// State is where a report stands.
type State string

// The states. The last three follow from the item the report is published as.
const (
	Open      State = "open"      // the unit moves next; nothing has been done yet
	Filling   State = "filling"   // the unit moves next
	Submitted State = "submitted" // the office moves next
	Returned  State = "returned"  // the unit moves next, the office said why
	Accepted  State = "accepted"  // the unit moves next: the paper is to be made
	Excused   State = "excused"   // nobody moves: the unit need not report
	Made      State = "paper"     // the unit moves next: the paper is to be sent to review
	InReview  State = "review"    // the signers and whoever publishes move next
	Published State = "published" // nobody moves
)

// States lists the states in the order of the way.
func States() []State {
	return []State{Open, Filling, Submitted, Returned, Accepted, Made, InReview, Published, Excused}
}

// Name is the word for people.
func (s State) Name() string {
	switch s {
	case Open:
		return "待填报"
	case Filling:
		return "填报中"
	case Submitted:
		return "已报送"
	case Returned:
		return "已退回"
	case Accepted:
		return "已接受"
	case Excused:
		return "免报"
	case Made:
		return "已成文"
	case InReview:
		return "公开审查中"
	case Published:
		return "已发布"
	}
	return ""
}

// Editable tells whether the unit can work on the report.
func (s State) Editable() bool { return s == Open || s == Filling || s == Returned }

// Counted tells whether a consolidated report counts the report.
func (s State) Counted() bool {
	return s == Accepted || s == Made || s == InReview || s == Published
}

// Report is one unit's year as lists show it.
type Report struct {
	ID     ID
	Office org.ID // the government whose round it belongs to
	Year   int
	Unit   org.ID
	Kind   Kind
	State  State // as the acts left it, or as its item stands
	Due    workday.Date
	Excuse string // why the unit need not report
	Rev    int    // counts the acts on the report; an act that changes prose names the one it builds on

	Text       int // newest version of the prose, 0 for none
	Submission int // newest submission, 0 for none
	SentBy     identity.ID
	Sent       time.Time // newest submission
	DecidedBy  identity.ID
	Decided    time.Time // when that was returned or accepted
	Opinion    string    // what was said then

	Item    publication.ItemID // what it is published as, "" before
	Paper   ledger.Digest      // of the item's content as it was made
	Altered bool               // somebody has changed the item's text since
	Touched time.Time
}

// Late tells whether the report should have been handed in before a day.
func (r Report) Late(today workday.Date) bool { return r.State.Editable() && r.Due.Before(today) }

// Prose tells whether the report is one that is published, with its six chapters.
// What a government's own records count only goes into its consolidated report.
func (r Report) Prose() bool { return r.Kind == Consolidated || r.Unit != r.Office }

// A Correction asks for a value in place of the computed one.
type Correction struct {
	Cell  string     // its name in the form
	Value form.Value // a number or not applicable
}

// A Fix is a correction in force or withdrawn.
type Fix struct {
	Report   ID
	N        int // counts the fixes of a report
	Cell     string
	Value    form.Value
	Computed form.Value // what was computed then
	Reason   string
	By       identity.ID
	At       time.Time
	Ended    time.Time // withdrawn or replaced; zero while it holds
	EndedBy  identity.ID
	EndedWhy string
}

// An Explanation is the sentence a unit gives for a finding it lets stand.
type Explanation struct {
	Key  string // of the finding, see FindingKey
	Rule string
	Text string
	By   identity.ID
	At   time.Time
}

// A Submission is what a unit handed in.
type Submission struct {
	Report  ID
	N       int
	Frozen  Frozen
	Digest  ledger.Digest
	By      identity.ID
	At      time.Time
	Outcome Outcome
	Opinion string
	Decider identity.ID
	Decided time.Time
}

// Outcome is what became of a submission.
type Outcome string

// The outcomes.
const (
	Pending   Outcome = ""         // the office moves next
	Taken     Outcome = "accepted" // 接受
	Sent      Outcome = "returned" // 退回
	TakenBack Outcome = "recalled" // the unit took it back
)

// Name is the word for people.
func (o Outcome) Name() string {
	switch o {
	case Taken:
		return "接受"
	case Sent:
		return "退回"
	case TakenBack:
		return "收回"
	}
	return "待审核"
}
