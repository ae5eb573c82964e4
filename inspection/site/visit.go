package site

import (
	"context"
	"time"

	"gongkai/inspection/rule"
)

// A Visit is what is remembered of one address after it was looked at.
type Visit struct {
	URL   string `json:"url"`
	Round int    `json:"round"`
	Rules string `json:"rules,omitempty"` // Options.Rules it was inspected under

	Status   int           `json:"status,omitempty"` // as the server answered; 0 if it did not
	Failure  Failure       `json:"failure,omitempty"`
	Why      string        `json:"why,omitempty"`   // the failure in Chinese
	Moved    string        `json:"moved,omitempty"` // where a redirection leads
	Forever  bool          `json:"forever,omitempty"`
	Same     bool          `json:"same,omitempty"` // as it was put last, but for Round, ETag, Modified and Took
	Kind     string        `json:"kind,omitempty"` // "page", "file", "other"
	ETag     string        `json:"etag,omitempty"`
	Modified string        `json:"modified,omitempty"` // Last-Modified
	Digest   string        `json:"digest,omitempty"`   // of the bytes
	Took     time.Duration `json:"took,omitempty"`

	Title  string `json:"title,omitempty"`
	Name   string `json:"name,omitempty"`   // of the column, if the page lists others
	Column string `json:"column,omitempty"` // the type of column it declares to be
	Date   string `json:"date,omitempty"`   // the page's own, "2026-11-22"
	Newest string `json:"newest,omitempty"` // the newest date in its list
	Runes  int    `json:"runes,omitempty"`  // length of its text
	Flags  Flags  `json:"flags,omitempty"`

	Links []Link   `json:"links,omitempty"`
	Items []int    `json:"items,omitempty"` // places in Links of what the page lists
	Lines []uint32 `json:"lines,omitempty"` // hashes of its lines, each once
	Gist  uint32   `json:"gist,omitempty"`  // hash of its text without numbers

	Findings []Found  `json:"findings,omitempty"`
	Unread   []string `json:"unread,omitempty"`
}

// A Failure is why an address did not open.
type Failure string

// The failures.
const (
	FailStatus  Failure = "status"  // an error status, twice
	FailTime    Failure = "time"    // no answer in time
	FailHost    Failure = "host"    // the host's name is not known
	FailConnect Failure = "connect" // no connection, or it broke
	FailLoop    Failure = "loop"    // redirections without end
	FailPrivate Failure = "private" // an address we do not contact
	FailRobots  Failure = "robots"  // robots.txt forbids it
	FailAddress Failure = "address" // a redirection to what is no web address
	FailSoft    Failure = "soft"    // opens, but says there is no such page
	FailDenied  Failure = "denied"  // an external site that answers people only
)

// dead tells failures that a visitor would meet, too.
func (f Failure) dead() bool {
	switch f {
	case "", FailPrivate, FailRobots, FailDenied, FailSoft:
		return false
	}
	return true
}

// Flags are small facts about a page.
type Flags uint8

// The flags.
const (
	HasDate   Flags = 1 << iota // a date stands somewhere on it
	SaysEmpty                   // it says that there is nothing here yet
	Listing                     // it lists others
	Article                     // it is an item by its own account
	Dated                       // most of what it lists has a date
	Media                       // it has pictures, forms or frames, or was not read whole
	Declared                    // it is a column by its own account
	Program                     // a program stands in it, which may bring what it shows
)

// LinkKind says how a page refers to an address.
type LinkKind string

// The kinds of link.
const (
	LinkPage    LinkKind = ""  // to follow
	LinkPicture LinkKind = "p" // a picture in the page
	LinkPart    LinkKind = "r" // style, program, frame and the like
)

// A Link is an address a page refers to.
type Link struct {
	URL  string
	Text string // the words of the link, shortened
	Kind LinkKind
}

// Found is a finding with the line it stands on.
type Found struct {
	rule.Finding
	Line uint32 `json:"line,omitempty"` // hash of the line
}

// A Round is one walk over a site.
type Round struct {
	N     int       `json:"round"`
	Key   string    `json:"key"` // what site
	Began time.Time `json:"began"`
}

// A State keeps visits, so that a round can be interrupted and the next one ask
// only for what changed. Get and Put may be called by several goroutines. What Put
// has taken survives the end of the program, up to the last of it: if a visit is
// there, so are those that were put before it.
type State interface {
	// Begin returns the round that was not ended, else a new one. It fails with
	// Conflict if the state is of another site.
	Begin(ctx context.Context, key string, now time.Time) (Round, error)
	// Get returns the last visit of an address; ok is false if there was none.
	Get(ctx context.Context, url string) (v Visit, ok bool, err error)
	Put(ctx context.Context, v Visit) error
	End(ctx context.Context, r Round) error
}
