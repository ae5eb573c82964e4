package inspection

import (
	"context"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"gongkai/identity"
	"gongkai/inspection/site"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/jobs"
	"gongkai/org"
)

// WalkID names a walk.
type WalkID string

// WalkState is where a walk stands; its comment says who moves next.
type WalkState string

// The states of a walk.
const (
	WalkWaiting WalkState = "waiting" // the queue, when its turn comes
	WalkRunning WalkState = "running" // the machine
	WalkDone    WalkState = "done"    // nobody
	WalkStopped WalkState = "stopped" // nobody; the next walk goes on where it ended
	WalkFailed  WalkState = "failed"  // a person: what Note says keeps it from going on
)

// Open tells whether a walk is still under way.
func (s WalkState) Open() bool { return s == WalkWaiting || s == WalkRunning }

// A Walk is one walk over a website, asked for by somebody. The numbers are those
// of its round, which may have been begun by an earlier walk that was stopped.
type Walk struct {
	ID      WalkID
	Unit    org.ID      // whose site it is, and who must mend it
	Address string      // where it begins
	By      identity.ID // who asked for it
	State   WalkState
	Stop    identity.ID // who wants it to end, "" for nobody
	Round   int         // which round over this site it is, from 1

	Asked   time.Time
	Started time.Time // zero while it has not begun
	Ended   time.Time // zero while it is open
	Touched time.Time // the last sign of life
	Seen    time.Time // when the last page came; zero if none has

	Visited, Known int  // addresses of the site that were looked at, that are known
	Pages, Files   int  // read
	Unchanged      int  // of these, as they were in the round before
	Shut           int  // addresses robots.txt keeps us from
	Found          int  // findings; while it is under way, those so far
	Whole          bool // it is done and no limit left anything out

	Pause time.Duration // between two requests
	Rest  site.Rest     // why nothing is asked just now
	Until time.Time     // when it will be again
	Note  string        // Chinese: what a person should know about it

	worker string // the claim of the program that is at it
}

// silentAfter is how long a walk may give no sign of life before its program is
// taken to be gone.
const silentAfter = 2 * time.Minute

// lives tells whether some program is at the walk.
func (w Walk) lives(now time.Time) bool {
	return w.State == WalkRunning && now.Sub(w.Touched) < silentAfter
}

// order is the payload of a CrawlJob. Those of earlier versions name no walk.
type order struct {
	Unit    org.ID      `json:"unit"`
	Address string      `json:"address"`
	By      identity.ID `json:"by"`
	Walk    WalkID      `json:"walk,omitempty"`
}

func (o order) key() string { return string(o.Unit) + " " + o.Address }

func (w Walk) order() order { return order{w.Unit, w.Address, w.By, w.ID} }

// CrawlSoon queues a walk over a website for a unit. While one over the same site
// is open it is that one, and if it waits for another try it is tried at once. It
// fails with Forbidden without identity.InspectionRules in the unit, NotFound for
// an unknown unit, and Invalid for the field "address".
func (is *Inspections) CrawlSoon(ctx context.Context, by identity.Actor, unit org.ID, address string) error {
	address, err := siteAddress(address)
	if err != nil {
		return err
	}
	return is.db.Write(ctx, func(tx *db.Tx) error {
		if err := rules(tx, by, unit); err != nil {
			return err
		}
		w, err := openWalk(tx, unit, address)
		if err == nil && w.lives(tx.Now) {
			return nil
		}
		if fault.KindOf(err) == fault.NotFound {
			w = Walk{ID: WalkID(tx.NewID()), Unit: unit, Address: address, By: identity.ID(by.LedgerWho()), State: WalkWaiting, Asked: tx.Now, Touched: tx.Now}
			err = saveWalk(tx, w)
		}
		if err != nil {
			return err
		}
		return jobs.Add(tx, CrawlJob, w.order().key(), w.order(), time.Time{})
	})
}

// StopCrawl ends a walk. One that runs tells what it has seen first, which takes a
// moment; the next walk over the site goes on where it was. It fails with NotFound,
// with Forbidden without identity.InspectionRules in the unit, and with Conflict for
// a walk that is over.
func (is *Inspections) StopCrawl(ctx context.Context, by identity.Actor, id WalkID) error {
	return is.db.Write(ctx, func(tx *db.Tx) error {
		w, err := walkOf(tx, id)
		if fault.KindOf(err) == fault.NotFound {
			return fault.Say(fault.NotFound, sayNoWalk)
		}
		if err != nil {
			return err
		}
		if err := by.Check(identity.InspectionRules, w.Unit); err != nil {
			return err
		}
		if !w.State.Open() {
			return fault.Say(fault.Conflict, sayWalkOver)
		}
		w.Stop = identity.ID(by.LedgerWho())
		if !w.lives(tx.Now) {
			w.State, w.Ended, w.worker = WalkStopped, tx.Now, ""
			if err := jobs.Cancel(tx, CrawlJob, w.order().key()); err != nil {
				return err
			}
		}
		return saveWalk(tx, w)
	})
}

// siteAddress is an address as a walk begins at: of the web, with a host, without
// anything that names or identifies a visitor.
func siteAddress(s string) (string, error) {
	s = strings.TrimSpace(s)
	if !strings.Contains(s, "://") {
		s = "http://" + s
	}
	u, err := url.Parse(s)
	if err != nil || len(s) > 300 || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil || !strings.Contains(u.Hostname(), ".") && !isIP(u.Hostname()) {
		return "", fault.Problems(fault.Problem{Field: "address", Say: saySiteAddress})
	}
	if u.Path == "" {
		u.Path = "/"
	}
	u.Fragment = ""
	return u.String(), nil
}

func isIP(host string) bool {
	_, err := netip.ParseAddr(host)
	return err == nil
}

// mostWalks is how many of the latest walks are looked through for those of a unit.
const mostWalks = 500

// Walks lists the latest walks over the sites of some units, newest first, at most
// n. One that is open and that no program will go on with is told as failed.
func Walks(tx *db.Tx, scope org.Scope, n int) ([]Walk, error) {
	tree, err := org.Load(tx)
	if err != nil {
		return nil, err
	}
	list, err := db.All(tx, scanWalk, latestWalks, mostWalks)
	if err != nil {
		return nil, err
	}
	queued := map[string]bool{}
	for _, state := range []jobs.State{jobs.Waiting, jobs.Running} {
		open, err := jobs.List(tx, jobs.Filter{Kind: CrawlJob, State: state, Limit: mostWalks})
		if err != nil {
			return nil, err
		}
		for _, j := range open {
			queued[j.Key] = true
		}
	}
	var all []Walk
	for _, w := range list {
		if len(all) == n {
			break
		}
		if !tree.Covers(scope, w.Unit) {
			continue
		}
		if w.State.Open() && !queued[w.order().key()] && !w.lives(tx.Now) {
			w.State, w.Note, w.Ended = WalkFailed, sayWalkLost, w.Touched
		}
		all = append(all, w)
	}
	return all, nil
}
