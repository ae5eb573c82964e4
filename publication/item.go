package publication

import (
	"time"

	"gongkai/identity"
	"gongkai/ledger"
	"gongkai/org"
	"gongkai/review"
	"gongkai/workday"
)

// ItemID names an item in addresses and in the ledger.
type ItemID string

// Subject is the item as the ledger and review name it.
func (id ItemID) Subject() string { return "item/" + string(id) }

// Work is where the editing of an item stands.
type Work string

// The stages of editing.
const (
	NoWork    Work = "none"      // nothing is being edited; nobody moves
	Draft     Work = "draft"     // the writer moves next
	InReview  Work = "review"    // the signer of the next level moves next
	Ready     Work = "cleared"   // whoever may publish moves next
	Scheduled Work = "scheduled" // the clock moves next
)

// Name is the word for people.
func (w Work) Name() string {
	switch w {
	case NoWork:
		return "无编辑"
	case Draft:
		return "草稿"
	case InReview:
		return "审查中"
	case Ready:
		return "待发布"
	case Scheduled:
		return "定时发布"
	}
	return ""
}

// Face is what the public sees of an item.
type Face string

// The faces.
const (
	Unseen    Face = "unseen"    // never public so far
	Public    Face = "public"    // on the site
	Kept      Face = "kept"      // decided not to be published on one's own accord
	Withdrawn Face = "withdrawn" // taken down; a tombstone with the reason stands in its place
	Archived  Face = "archived"  // public and handed over to the archive; readable as before
	Discarded Face = "discarded" // a draft thrown away before it ever was public
)

// Name is the word for people.
func (f Face) Name() string {
	switch f {
	case Unseen:
		return "未公开"
	case Public:
		return "已公开"
	case Kept:
		return "不主动公开"
	case Withdrawn:
		return "已撤回"
	case Archived:
		return "已归档"
	case Discarded:
		return "已删除"
	}
	return ""
}

// Seen tells whether the public can read the item.
func (f Face) Seen() bool { return f == Public || f == Archived }

// Row is an item as lists show it. Its elements are those of the public version
// once there is one, and of the working copy before.
type Row struct {
	ID        ItemID
	Unit      org.ID
	IndexNo   IndexNo
	Kind      Kind
	Column    Column
	Theme     Theme
	Title     string
	DocNo     string
	Issuer    string
	Summary   string
	Made      workday.Date
	Attribute review.Attribute
	Work      Work
	Face      Face
	Life
	Published time.Time // first made public; zero if never
	Changed   time.Time // the public version was put there
	Touched   time.Time // the last act on the item
	PublishAt time.Time // when Scheduled
	Version   int       // the newest kept version, 0 for none
	Shown     int       // the public version, 0 for none
	Why       string    // why it was withdrawn
	GoneAt    time.Time // when it was withdrawn
	Creator   identity.ID
}

// Document tells whether the item has a validity: it is a policy document.
func (r Row) Document() bool { return r.Kind == Policy || r.Kind == Rule }

// ValidityOn is the validity of a document on a day, "" for other items.
func (r Row) ValidityOn(day workday.Date) Validity {
	if !r.Document() {
		return ""
	}
	return r.Life.On(day)
}

// Version is content that was kept.
type Version struct {
	Item    ItemID
	N       int
	Content Content
	Digest  ledger.Digest
	By      identity.ID
	At      time.Time
	Note    string // why it was kept: 送审, 手工保存, 导入 …
}

// Copy is the working copy of an item.
type Copy struct {
	Content Content
	Rev     int // counts the saves; a save must name the one it builds on
	By      identity.ID
	At      time.Time
	Authors []identity.ID // everybody who saved since the last public version
	Plan    Plan
}

// Plan says what happens when the last level has signed.
type Plan struct {
	When Moment    `json:"when"`
	At   time.Time `json:"at,omitzero"` // for AtTime
	// By and Unit are who planned it; the publishing is entered under their name.
	By   identity.ID `json:"by,omitempty"`
	Unit org.ID      `json:"unit,omitempty"`
}

// Moment is when a cleared item is published.
type Moment string

// The moments.
const (
	ByHand Moment = "hand" // somebody presses 发布
	AtOnce Moment = "once" // with the last signature
	AtTime Moment = "time" // at Plan.At, or at once when that has passed
)

// planner is a plan's author as the ledger names them.
type planner struct{ p Plan }

func (p planner) LedgerWho() string  { return string(p.p.By) }
func (p planner) LedgerUnit() string { return string(p.p.Unit) }
