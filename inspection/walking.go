package inspection

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"gongkai/inspection/site"
	"gongkai/internal/db"
	"gongkai/internal/fault"
)

// partSize is how much of a journal is sealed and kept in one row.
const partSize = 256 << 10

// saveEvery is how much work a crash may cost, and how old the figures are that
// people see.
const saveEvery = 3 * time.Second

// walkLongest is after how long a walk is ended with what it has seen.
const walkLongest = 3 * 24 * time.Hour

// A walking is a walk this program is at. The journal lies in a file without a name,
// which ends with the program; what counts is what was kept of it: its bytes in
// pieces, sealed, together with how far the walk is.
type walking struct {
	is      *Inspections
	journal *site.Journal
	stop    chan struct{}

	saving sync.Mutex // of what follows
	walk   Walk
	kept   int64 // bytes of the journal
	anew   bool  // what is kept is of another journal

	mu      sync.Mutex // of what follows
	seen    site.Progress
	pages   int
	at      time.Time // when the last page came
	now     func() time.Time
	stopped bool
}

// errTaken ends a walk that another program has gone on with, or that is over.
var errTaken = errors.New("this walk is no longer this program's")

// startWalking makes the journal of a site ready. A journal that cannot be read is
// given up, and the walk begins anew and says so.
func (is *Inspections) startWalking(ctx context.Context, w Walk, now func() time.Time) (*walking, error) {
	k := &walking{is: is, walk: w, stop: make(chan struct{}), now: now}
	f, err := nameless()
	if err != nil {
		return nil, err
	}
	n, err := is.readJournal(ctx, w, f)
	if err == nil {
		k.journal, err = site.LoadJournal(f)
	}
	if fault.KindOf(err) == fault.Invalid {
		k.walk.Note, k.anew = sayWalkAnew, true
		if err = f.Truncate(0); err == nil {
			k.journal, err = site.LoadJournal(f)
		}
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	k.kept = min(n, k.journal.Size())
	if k.journal.Worn() {
		return k, k.compact()
	}
	return k, nil
}

// nameless makes a file that nobody else can open and that is gone when it is
// closed.
func nameless() (*os.File, error) {
	f, err := os.CreateTemp("", "gongkai-walk-")
	if err != nil {
		return nil, fmt.Errorf("make a journal: %w", err)
	}
	if err := os.Remove(f.Name()); err != nil {
		f.Close()
		return nil, fmt.Errorf("hide the journal: %w", err)
	}
	return f, nil
}

// compact leaves out of the journal what was replaced.
func (k *walking) compact() error {
	f, err := nameless()
	if err != nil {
		return err
	}
	small, err := k.journal.Compact(f)
	if err != nil {
		f.Close()
		return err
	}
	err = k.journal.Close()
	k.journal, k.kept, k.anew = small, 0, true
	return err
}

// readJournal puts what is kept of the journal of a site into a file and returns
// its length. It fails with Invalid if that is not whole.
func (is *Inspections) readJournal(ctx context.Context, w Walk, f *os.File) (int64, error) {
	next, size := int64(0), int64(0)
	for {
		var parts []walkPart
		err := is.db.Read(ctx, func(tx *db.Tx) (err error) {
			parts, err = walkParts(tx, w.Unit, w.Address, next-1, 16)
			return err
		})
		if err != nil {
			return 0, err
		}
		for _, p := range parts {
			b, err := is.seal.Open(p.body)
			rest, ours := bytes.CutPrefix(b, partHead(w, next))
			if err != nil || !ours || p.n != next || size != next*partSize {
				return 0, fault.Say(fault.Invalid, sayWalkAnew)
			}
			if _, err := f.Write(rest); err != nil {
				return 0, fmt.Errorf("write journal: %w", err)
			}
			size += int64(len(rest))
			next++
		}
		if len(parts) < 16 {
			return size, nil
		}
	}
}

// partHead stands sealed before a piece and says whose and which it is.
func partHead(w Walk, n int64) []byte {
	return fmt.Appendf(nil, "inspection_walk_journal %s %s %d\n", w.Unit, w.Address, n)
}

// progress notes how far the walk is.
func (k *walking) progress(p site.Progress) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.seen = p
	if n := p.Pages + p.Files; n != k.pages {
		k.pages, k.at = n, k.now()
	}
}

// watch keeps the walk and its journal now and then, until the context ends, and
// ends the walk when somebody wants that.
func (k *walking) watch(ctx context.Context, cancel context.CancelCauseFunc) {
	tick := time.NewTicker(saveEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if err := k.save(ctx, nil); errors.Is(err, errTaken) {
			cancel(errTaken)
			return
		}
	}
}

// halt has the walk end with what it has seen.
func (k *walking) halt() {
	k.mu.Lock()
	defer k.mu.Unlock()
	if !k.stopped {
		k.stopped = true
		close(k.stop)
	}
}

// save keeps how far the walk is, with the bytes of the journal that are new. end
// says what else is so from now on. It fails with errTaken.
func (k *walking) save(ctx context.Context, end func(tx *db.Tx, w *Walk) error) error {
	k.saving.Lock()
	defer k.saving.Unlock()
	var w Walk
	size := k.journal.Size()
	err := k.is.db.Write(ctx, func(tx *db.Tx) error {
		now, err := walkOf(tx, k.walk.ID)
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return err
		}
		if err != nil || now.worker != k.walk.worker || now.State != WalkRunning {
			return errTaken
		}
		w = k.walk
		w.Stop, w.Touched = now.Stop, tx.Now
		k.fill(&w)
		if err := k.saveJournal(tx, size); err != nil {
			return err
		}
		if end != nil {
			if err := end(tx, &w); err != nil {
				return err
			}
		}
		return saveWalk(tx, w)
	})
	if err != nil {
		return err
	}
	k.walk, k.kept, k.anew = w, size, false
	if w.Stop != "" || w.Touched.Sub(w.Started) > walkLongest {
		k.halt()
	}
	return nil
}

// fill puts the figures of the walk into its record.
func (k *walking) fill(w *Walk) {
	k.mu.Lock()
	defer k.mu.Unlock()
	p := k.seen
	if p.Round == 0 {
		return // nothing was looked at yet
	}
	if w.Round == p.Round { // what is gone over again counts once
		p.Visited, p.Known, p.Pages, p.Files = max(p.Visited, w.Visited), max(p.Known, w.Known), max(p.Pages, w.Pages), max(p.Files, w.Files)
		p.Unchanged, p.Disallowed, p.Found = max(p.Unchanged, w.Unchanged), max(p.Disallowed, w.Shut), max(p.Found, w.Found)
	}
	w.Round, w.Visited, w.Known, w.Pages, w.Files, w.Unchanged, w.Shut, w.Found = p.Round, p.Visited, p.Known, p.Pages, p.Files, p.Unchanged, p.Disallowed, p.Found
	w.Pause, w.Rest, w.Until, w.Seen = p.Pause, p.Rest, p.Until, k.at
}

// saveJournal keeps the bytes of the journal that are not kept yet. The last piece
// is written again until it is full.
func (k *walking) saveJournal(tx *db.Tx, size int64) error {
	from := k.kept
	if k.anew {
		from = 0
		if err := dropJournal(tx, k.walk.Unit, k.walk.Address); err != nil {
			return err
		}
	}
	for n := from / partSize; n*partSize < size && from < size; n++ {
		b := make([]byte, min(partSize, size-n*partSize))
		if _, err := k.journal.ReadAt(b, n*partSize); err != nil {
			return fmt.Errorf("read journal: %w", err)
		}
		body, err := k.is.seal.Seal(append(partHead(k.walk, n), b...))
		if err != nil {
			return err
		}
		if err := savePart(tx, k.walk.Unit, k.walk.Address, walkPart{n, body}); err != nil {
			return err
		}
	}
	return nil
}
