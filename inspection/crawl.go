package inspection

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"gongkai/inspection/rule"
	"gongkai/inspection/site"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/jobs"
	"gongkai/ledger"
	"gongkai/org"
)

// CrawlJob walks over a website somebody named and keeps what is found there.
const CrawlJob jobs.Kind = "inspection.crawl"

// crawlCleanJob forgets the journals and walks nobody needs any more.
const crawlCleanJob jobs.Kind = "inspection.crawl-clean"

// sitePrefix is what the subjects of pages begin with.
const sitePrefix = "site"

// crawlStretch is how long a walk goes on before other work of the queue gets its
// turn; it may take days, and goes on where it was.
const crawlStretch = 15 * time.Minute

// crawlTries is how often a site is asked that does not answer.
const crawlTries = 4

// journalsKept is how long the journal of a site waits for the next walk, walksKept
// how long it is told that there was one.
const (
	journalsKept = 200 * 24 * time.Hour
	walksKept    = 3 * 365 * 24 * time.Hour
)

// WorkSites gives the queue the walks over websites. o says how to read what is
// found there and what time it is; where to begin, the rules and the limits are
// filled in. own are the addresses of this platform itself, which may be walked over
// even if they are on the network inside, as they are seen from their own machine.
func (is *Inspections) WorkSites(q *jobs.Queue, o site.Options, own ...string) {
	if o.Time == 0 {
		o.Time = crawlStretch
	}
	q.Handle(CrawlJob, func(ctx context.Context, j jobs.Job) error {
		var c order
		if err := j.Decode(&c); err != nil {
			return jobs.Hopeless(err)
		}
		w, err := is.claim(ctx, c)
		if errors.Is(err, errTaken) {
			return nil
		}
		if err != nil {
			return err
		}
		o := o
		o.Inside = o.Inside || slices.ContainsFunc(own, func(s string) bool { return sameHost(s, w.Address) })
		return is.walkOn(ctx, j, w, o)
	}, jobs.Limit(3*time.Hour), jobs.Tries(crawlTries), jobs.Pause(5*time.Minute, time.Hour))
	q.Handle(crawlCleanJob, func(ctx context.Context, _ jobs.Job) error {
		return is.db.Write(ctx, func(tx *db.Tx) error { return dropOld(tx, tx.Now.Add(-journalsKept), tx.Now.Add(-walksKept)) })
	})
	q.Every(crawlCleanJob, "40 3 * * *")
}

// sameHost tells whether two addresses are of one host and port.
func sameHost(a, b string) bool {
	u, err := url.Parse(a)
	v, err2 := url.Parse(b)
	return err == nil && err2 == nil && u.Host != "" && strings.EqualFold(u.Host, v.Host)
}

// claim makes a walk this program's. One site is walked over at a time, so that the
// queue has hands left for the rest: while another walk runs this one waits a
// minute. It fails with errTaken if there is nothing to do now.
func (is *Inspections) claim(ctx context.Context, c order) (w Walk, err error) {
	var not bool
	err = is.db.Write(ctx, func(tx *db.Tx) (err error) {
		not = false
		if w, err = is.ordered(tx, c); err != nil {
			return err
		}
		w.Touched, w.Note, w.worker = tx.Now, "", ""
		if w.Stop != "" { // its program vanished before it could
			not, w.State, w.Ended = true, WalkStopped, tx.Now
			return saveWalk(tx, w)
		}
		n, err := walksBeside(tx, w.ID, tx.Now.Add(-silentAfter), false)
		if err != nil {
			return err
		}
		if n > 0 {
			not, w.State, w.Note = true, WalkWaiting, sayWalkQueue
			if err := saveWalk(tx, w); err != nil {
				return err
			}
			return jobs.Add(tx, CrawlJob, w.order().key(), w.order(), tx.Now.Add(time.Minute))
		}
		w.State, w.worker, w.Rest, w.Until = WalkRunning, tx.NewID(), site.RestNone, time.Time{}
		if w.Started.IsZero() {
			w.Started = tx.Now
		}
		return saveWalk(tx, w)
	})
	if err == nil && not {
		err = errTaken
	}
	return w, err
}

// ordered is the walk a job is about. One that failed is open again, because
// somebody had its job run again; an order of an earlier version gets a walk. It
// fails with errTaken if the walk is over.
func (is *Inspections) ordered(tx *db.Tx, c order) (Walk, error) {
	w, err := walkOf(tx, c.Walk)
	if err == nil && w.State.Open() {
		return w, nil
	}
	if err == nil && w.State != WalkFailed {
		return w, errTaken
	}
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return w, err
	}
	open, missing := openWalk(tx, c.Unit, c.Address)
	switch {
	case missing == nil && err == nil:
		return w, errTaken // a newer one is at it
	case missing == nil:
		return open, nil
	case fault.KindOf(missing) != fault.NotFound:
		return w, missing
	case err == nil:
		w.State, w.Ended = WalkWaiting, time.Time{}
		return w, nil
	}
	return Walk{ID: WalkID(tx.NewID()), Unit: c.Unit, Address: c.Address, By: c.By, State: WalkWaiting, Asked: tx.Now}, nil
}

// walkOn goes on with a walk for a while, keeps what it has come to, and says what
// becomes of it.
func (is *Inspections) walkOn(ctx context.Context, j jobs.Job, w Walk, o site.Options) error {
	k, err := is.startWalking(ctx, w, o.Now)
	if err != nil {
		return err
	}
	defer func() { k.journal.Close() }() // what counts is in the records
	if err := k.save(ctx, nil); err != nil {
		if errors.Is(err, errTaken) {
			return nil
		}
		return err
	}
	work, cancel := context.WithCancelCause(ctx)
	watching := make(chan struct{})
	go func() {
		defer close(watching)
		k.watch(work, cancel)
	}()
	report, err := is.crawl(work, k, o)
	if errors.Is(context.Cause(work), errTaken) {
		err = errTaken
	}
	cancel(nil)
	<-watching
	return k.finish(ctx, j, report, err)
}

// crawl walks over a site and brings the findings of its pages up to what was seen.
// What vanished from the site is forgotten when all of it was seen.
func (is *Inspections) crawl(ctx context.Context, k *walking, o site.Options) (site.Report, error) {
	if err := is.begin(ctx); err != nil {
		return site.Report{}, err
	}
	w := k.walk
	var (
		l   *lens
		old []kept
	)
	err := is.db.Read(ctx, func(tx *db.Tx) (err error) {
		if l, err = is.lens(tx, w.Unit); err != nil {
			return err
		}
		old, err = reportsOfSource(tx, sitePrefix, "", "")
		return err
	})
	if err != nil {
		return site.Report{}, err
	}
	before := map[string]kept{}
	for _, r := range old {
		if r.Unit == w.Unit {
			before[r.Subject] = r
		}
	}
	begun := o.Now()
	o.Start, o.Rules, o.Stop, o.Progress = []string{w.Address}, l.version+" "+site.Pack().Version, k.stop, k.progress
	o.Inspect = func(f *rule.File) []rule.Finding {
		found, _ := l.run(context.WithoutCancel(ctx), is.engine(), f) // the crawler stops between pages, so none counts as clean that is not
		return l.sift(f, found)
	}
	hosts, met := map[string]bool{}, map[string]bool{}
	report, err := site.Run(ctx, o, k.journal, func(p site.PageResult) error {
		if u, err := url.Parse(p.URL); err == nil {
			hosts[u.Host] = true
		}
		piece := Piece{Subject: pageSubject(p.URL), Unit: w.Unit, Title: p.Title, Address: p.URL, Digest: ledger.DigestOf(p), Public: true, Unread: p.Unread}
		if piece.Title == "" {
			piece.Title = p.URL
		}
		met[piece.Subject] = true
		if r, ok := before[piece.Subject]; ok && r.Digest == piece.Digest && r.Rules == l.version && begun.Sub(r.At) < again {
			return nil // all of it is known
		}
		_, err := is.Take(ctx, machine, piece, p.Findings)
		return err
	})
	if err != nil || !report.Complete {
		return report, err
	}
	return report, is.forgetPages(ctx, w.Unit, hosts, met, old)
}

// finish keeps how a walk ended, or when it goes on, and returns what the queue is
// to know of it.
func (k *walking) finish(ctx context.Context, j jobs.Job, r site.Report, err error) error {
	if errors.Is(err, errTaken) {
		return nil
	}
	stopped := ctx.Err() != nil // the program is told to stop: the walk goes on with the next one
	say := fault.Sentence(err)
	whole, again := err == nil, false
	end := func(state WalkState, note string) func(*db.Tx, *Walk) error {
		return func(tx *db.Tx, w *Walk) error {
			w.State, w.Rest, w.Until, w.worker = state, site.RestNone, time.Time{}, ""
			if w.Note != "" && note != "" {
				note = w.Note + "。" + note
			}
			if note != "" {
				w.Note = note
			}
			if !state.Open() {
				w.Ended = tx.Now
			}
			if whole {
				w.Pages, w.Files, w.Unchanged, w.Shut, w.Found, w.Whole = r.Pages, r.Files, r.Unchanged, r.Disallowed, r.Findings, r.Complete
			}
			if !again {
				return nil
			}
			others, err := walksBeside(tx, w.ID, tx.Now.Add(-silentAfter), true)
			due := tx.Now
			if others > 0 {
				due = due.Add(90 * time.Second) // the others look once a minute
			}
			if err != nil {
				return err
			}
			return jobs.Add(tx, CrawlJob, w.order().key(), w.order(), due)
		}
	}
	var act func(*db.Tx, *Walk) error
	switch {
	case err == nil && r.Stopped && k.walk.Stop == "":
		act = end(WalkStopped, sayWalkLong)
	case err == nil && r.Stopped:
		act = end(WalkStopped, "")
	case err == nil && r.Beyond > 0:
		act = end(WalkDone, fmt.Sprintf(sayWalkBeyond, r.Beyond))
	case err == nil:
		act = end(WalkDone, "")
	case stopped:
		act = end(WalkWaiting, "")
	case r.TimeUp:
		again, err = true, nil
		act = end(WalkWaiting, "")
	case fault.KindOf(err) == fault.Invalid, fault.KindOf(err) == fault.Forbidden: // another try would end in the same way
		act, err = end(WalkFailed, say), jobs.Hopeless(errors.New(say))
	case j.Tries >= crawlTries && say == "":
		act = end(WalkFailed, sayWalkBroke)
	case j.Tries >= crawlTries:
		act, err = end(WalkFailed, say), errors.New(say)
	case say == "":
		act = end(WalkWaiting, sayWalkBroke+sayWalkAgain)
	default:
		act, err = end(WalkWaiting, say+sayWalkAgain), errors.New(say)
	}
	keep, done := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
	defer done()
	switch lost := k.save(keep, act); {
	case errors.Is(lost, errTaken):
		return nil
	case lost != nil:
		return errors.Join(err, lost)
	}
	return err
}

// pageSubject is a page of a site as the records name it; addresses are too long
// and may say too much.
func pageSubject(address string) string {
	sum := sha256.Sum256([]byte(address))
	return sitePrefix + "/" + hex.EncodeToString(sum[:12])
}

// forgetPages takes the findings of pages of these hosts back that were not met.
func (is *Inspections) forgetPages(ctx context.Context, unit org.ID, hosts, met map[string]bool, old []kept) error {
	for _, k := range old {
		u, err := url.Parse(k.Address)
		if k.Unit != unit || met[k.Subject] || err != nil || !hosts[u.Host] {
			continue
		}
		if err := is.db.Write(ctx, func(tx *db.Tx) error { return forget(tx, k.Subject, public) }); err != nil {
			return err
		}
	}
	return nil
}
