package inspection

import (
	"time"

	"gongkai/inspection/rule"
	"gongkai/ledger"
	"gongkai/org"
	"gongkai/workday"
)

// ID names a finding.
type ID string

// State is where a finding stands.
type State string

// The states; each says who moves next.
const (
	Found     State = "found"     // 机器发现: a person confirms, dismisses or excepts it
	Confirmed State = "confirmed" // 人工确认: the unit mends it before it is due
	Mended    State = "mended"    // 已整改: the office looks again and closes it
	Closed    State = "closed"    // 已复查: nobody
	Dismissed State = "dismissed" // 误报: nobody; the rule's record remembers
	Excepted  State = "excepted"  // 例外: nobody until the exception ends
	Gone      State = "gone"      // the text changed before anybody looked: nobody
)

// States lists the states in the order of a finding's life.
func States() []State {
	return []State{Found, Confirmed, Mended, Closed, Dismissed, Excepted, Gone}
}

// Name is the word for people.
func (s State) Name() string {
	switch s {
	case Found:
		return "待确认"
	case Confirmed:
		return "待整改"
	case Mended:
		return "待复查"
	case Closed:
		return "已办结"
	case Dismissed:
		return "误报"
	case Excepted:
		return "例外"
	case Gone:
		return "已消失"
	}
	return ""
}

// Open tells whether somebody still has to move.
func (s State) Open() bool { return s == Found || s == Confirmed || s == Mended }

// A Finding is one thing that was found in one subject, with its life since. The
// embedded finding is as the engine gave it, but that Text and Suggest hold no
// personal data.
type Finding struct {
	ID      ID
	Subject string
	Unit    org.ID
	Title   string // of the subject
	Address string // of the subject, "" if the public cannot see it
	rule.Finding

	Excerpt   string // what stands around it, personal data masked
	ExcerptAt int    // code points of the excerpt before the finding

	Draft, Shown bool // it stands in the draft; in what the public sees

	State     State
	Due       workday.Date // until when it is to be mended; zero before Confirmed
	Returns   int          // how often it was said to be mended and was not
	Exception ExceptionID  // what lets it stand, if Excepted
	First     time.Time    // when it was first seen
	Last      time.Time    // when it was last seen and something about it was new
	Moved     time.Time    // when its state last changed

	mark, word string // keyed digests: with its surroundings, and of the words alone
	nth        int    // which of several with the same mark
	judged     string // what people said of it for the record of its rule: "", right, wrong
}

// Overdue tells whether the unit is late with it.
func (f Finding) Overdue(today workday.Date) bool {
	return f.State == Confirmed && !f.Due.IsZero() && f.Due.Before(today)
}

// Blocks tells whether it keeps its text from being published.
func (f Finding) Blocks() bool {
	return f.Severity == rule.Block && f.Tier == rule.A && f.State != Dismissed && f.State != Excepted && (f.Draft || f.Shown)
}

// A Report is what inspecting one content gave.
type Report struct {
	Subject  string
	Unit     org.ID
	Title    string
	Address  string
	Digest   ledger.Digest
	Public   bool   // the content is what the public sees
	Rules    string // version of the rules it was inspected with
	At       time.Time
	Unread   []string  // Chinese: what of it could not be read
	Findings []Finding // those that stand in this content, in the order of the text
}

// Blocking returns the findings that must be mended or excepted first.
func (r Report) Blocking() []Finding {
	var all []Finding
	for _, f := range r.Findings {
		if f.Blocks() {
			all = append(all, f)
		}
	}
	return all
}

// Count returns how many findings nobody has dismissed or excepted, by severity.
func (r Report) Count() map[rule.Severity]int {
	n := map[rule.Severity]int{}
	for _, f := range r.Findings {
		if f.State != Dismissed && f.State != Excepted {
			n[f.Severity]++
		}
	}
	return n
}
