package inspection

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"gongkai/inspection/rule"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/jobs"
	"gongkai/org"
)

// SweepJob inspects everything published, see [Inspections.Sweep].
const SweepJob jobs.Kind = "inspection.sweep"

// LapseJob puts down which exceptions have ended, see [Inspections.Lapse].
const LapseJob jobs.Kind = "inspection.lapse"

// Work gives the queue what this pillar does by the clock: every night exceptions end,
// and everything published is looked through.
func (is *Inspections) Work(q *jobs.Queue) {
	q.Handle(SweepJob, func(ctx context.Context, _ jobs.Job) error {
		_, err := is.Sweep(ctx)
		return err
	}, jobs.Limit(6*time.Hour))
	q.Every(SweepJob, "30 1 * * *")
	q.Handle(LapseJob, func(ctx context.Context, _ jobs.Job) error { return is.Lapse(ctx) })
	q.Every(LapseJob, "1 0 * * *")
}

// SweepID names a sweep.
type SweepID string

// A Sweep is one pass over everything published. It can be followed while it runs,
// and goes on where it was stopped.
type Sweep struct {
	ID        SweepID
	Started   time.Time
	Ended     time.Time // zero while it runs
	Prefix    string    // the source it is at
	Cursor    string    // the last subject that is done
	Listed    int       // subjects looked at
	Inspected int       // of these, how many had changed since they were last inspected
	Found     int       // new findings
	Gone      int       // findings that stand there no longer
	Failed    int       // subjects that could not be read
	Touched   time.Time // the last sign of life

	engine string
	saved  place // how far the records say it has come, as this process knows
}

// place is how far a sweep has come.
type place struct{ prefix, cursor string }

// errElsewhere ends a sweep that another process has gone on with.
var errElsewhere = errors.New("another process goes on with this sweep")

// stillMine fails with errElsewhere when the records say that the sweep has come
// further than this process has brought it.
func (s Sweep) stillMine(tx *db.Tx) error {
	now, err := sweepOf(tx, s.ID)
	if err != nil {
		return err
	}
	if !now.Ended.IsZero() || now.saved != s.saved {
		return errElsewhere
	}
	return nil
}

// sweepers is how many texts are inspected at once.
const sweepers = 2

// batchSize is how many subjects are listed at once; what was found in them is kept
// in one transaction, together with how far the sweep has come.
const batchSize = 64

// again is after how many days a subject is inspected anew though nothing about it
// has changed: rules also look at the calendar and at what else was published.
const again = 30 * 24 * time.Hour

// Sweep inspects everything published that has changed since it was last inspected,
// or whose unit's rules have, or in which a rule asked how the site writes when that
// was counted anew. It goes on with a sweep that was stopped. When two
// processes are at the same sweep one of them leaves it to the other. What cannot be
// read is counted and left for the next night.
func (is *Inspections) Sweep(ctx context.Context) (Sweep, error) {
	s, err := is.sweep(ctx)
	if errors.Is(err, errElsewhere) {
		return s, nil
	}
	return s, err
}

func (is *Inspections) sweep(ctx context.Context) (Sweep, error) {
	if err := is.begin(ctx); err != nil {
		return Sweep{}, err
	}
	s, err := is.openSweep(ctx)
	if err != nil {
		return s, err
	}
	if err := is.count(ctx); err != nil {
		return s, err
	}
	behind := s.Prefix != ""
	for _, src := range is.sources {
		if behind && src.Prefix() != s.Prefix {
			continue
		}
		behind = false
		if s.Prefix != src.Prefix() {
			s.Prefix, s.Cursor = src.Prefix(), ""
		}
		for {
			n, err := is.sweepOn(ctx, src, &s)
			if err != nil {
				return s, err
			}
			if n < batchSize {
				break
			}
		}
	}
	return s, is.closeSweep(ctx, &s)
}

// openSweep goes on with the sweep that is open, or begins one.
func (is *Inspections) openSweep(ctx context.Context) (s Sweep, err error) {
	version := is.engine().version
	err = is.db.Write(ctx, func(tx *db.Tx) error {
		s, err = openSweep(tx)
		if err == nil && s.engine == version {
			return nil
		}
		if err != nil && !errors.Is(err, fault.NotFound) {
			return err
		}
		if err == nil { // begun by another version of the program: over again, under the same name
			s.Prefix, s.Cursor, s.engine, s.Touched, s.saved = "", "", version, tx.Now, place{}
			return saveSweep(tx, s)
		}
		s = Sweep{ID: SweepID(tx.NewID()), Started: tx.Now, Touched: tx.Now, engine: version}
		if err := lapseOver(tx); err != nil {
			return err
		}
		if err := is.govern(tx); err != nil {
			return err
		}
		return saveSweep(tx, s)
	})
	return s, err
}

// Lapse puts down which exceptions ended with yesterday. What they let stand counts as
// found from that moment whether this has run or not; lists by state have it then.
func (is *Inspections) Lapse(ctx context.Context) error { return is.db.Write(ctx, lapseOver) }

// lapseOver puts back what exceptions let stand whose last day is over.
func lapseOver(tx *db.Tx) error {
	over, err := exceptionsOver(tx, today(tx))
	if err != nil {
		return err
	}
	for _, x := range over {
		all, err := exceptedBy(tx, x.ID)
		if err != nil {
			return err
		}
		if err := lapse(tx, machine, all); err != nil {
			return err
		}
	}
	return nil
}

// swept is what became of one subject.
type swept struct {
	piece Piece
	lens  *lens
	found []seen
	err   error
	gone  bool // no longer there since it was listed
}

// sweepOn does one batch and returns how many subjects it listed.
func (is *Inspections) sweepOn(ctx context.Context, src Source, s *Sweep) (int, error) {
	var (
		list []Listed
		pick picked
	)
	err := is.db.Read(ctx, func(tx *db.Tx) (err error) {
		if list, err = src.Published(tx, s.Cursor, batchSize); err != nil {
			return err
		}
		pick, err = is.changed(tx, src, s.Cursor, list)
		return err
	})
	if err != nil {
		return 0, err
	}
	done := is.inspectAll(ctx, src, pick.todo)
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	next := *s
	err = is.db.Write(ctx, func(tx *db.Tx) error {
		next = *s
		if err := s.stillMine(tx); err != nil {
			return err
		}
		for _, subject := range pick.lost {
			if err := forget(tx, subject, public); err != nil {
				return err
			}
		}
		for _, l := range pick.out {
			c, err := is.comeOut(tx, l)
			if err != nil {
				return err
			}
			next.Gone += c.gone
		}
		for _, d := range done {
			switch {
			case d.gone:
				if err := forget(tx, d.piece.Subject, public); err != nil {
					return err
				}
			case d.err != nil:
				next.Failed++
			default:
				_, c, err := is.keep(tx, d.piece, d.lens, d.found)
				if err != nil {
					return err
				}
				next.Inspected++
				next.Found += c.found
				next.Gone += c.gone
			}
		}
		next.Listed += len(list)
		if len(list) > 0 {
			next.Cursor = list[len(list)-1].Subject
		}
		next.Touched, next.saved = tx.Now, place{next.Prefix, next.Cursor}
		return saveSweep(tx, next)
	})
	if err == nil {
		*s = next
	}
	return len(list), err
}

// picked is what a batch has to do.
type picked struct {
	todo []Listed // to be inspected
	out  []Listed // inspected as a draft, word for word, and public since
	lost []string // reported as public, and no longer listed
}

// changed picks what has to be inspected out of a list, what has come out as it was
// inspected, and what was public before and stands no longer between its ends.
func (is *Inspections) changed(tx *db.Tx, src Source, after string, list []Listed) (p picked, err error) {
	last := ""
	if len(list) == batchSize {
		last = list[len(list)-1].Subject
	}
	reports, err := reportsOfSource(tx, src.Prefix(), after, last)
	if err != nil {
		return p, err
	}
	shown, drafts := map[string]kept{}, map[string]kept{}
	for _, k := range reports {
		if k.face == public {
			shown[k.Subject] = k
		} else {
			drafts[k.Subject] = k
		}
	}
	lenses := map[org.ID]*lens{} // a batch is looked at as of one moment
	for _, l := range list {
		lens := lenses[l.Unit]
		if lens == nil {
			if lens, err = is.lens(tx, l.Unit); err != nil {
				return p, err
			}
			lenses[l.Unit] = lens
		}
		good := func(k kept, ok bool) bool {
			return ok && k.Digest == l.Digest && k.Unit == l.Unit && k.Rules == lens.version && (k.usage == 0 || k.usage == lens.habits.of) && tx.Now.Sub(k.At) < again
		}
		now, ok := shown[l.Subject]
		before, was := drafts[l.Subject]
		delete(shown, l.Subject)
		switch {
		case good(now, ok):
		case good(before, was):
			p.out = append(p.out, l)
		default:
			p.todo = append(p.todo, l)
		}
	}
	for _, k := range reports {
		if _, still := shown[k.Subject]; still && k.face == public {
			p.lost = append(p.lost, k.Subject)
		}
	}
	return p, nil
}

// inspectAll inspects subjects, a few at once, and returns what became of them in
// their order. Only as many texts are in memory as are being read.
func (is *Inspections) inspectAll(ctx context.Context, src Source, todo []Listed) []swept {
	done := make([]swept, len(todo))
	next := make(chan int)
	var at sync.WaitGroup
	for range min(sweepers, len(todo)) {
		at.Go(func() {
			for i := range next {
				done[i] = is.inspectOne(ctx, src, todo[i].Subject)
			}
		})
	}
	for i := range todo {
		next <- i
	}
	close(next)
	at.Wait()
	return done
}

func (is *Inspections) inspectOne(ctx context.Context, src Source, subject string) (d swept) {
	defer func() {
		if r := recover(); r != nil { // one text must not stop the night; what it was stays out of the log
			d = swept{piece: Piece{Subject: subject}, err: fmt.Errorf("inspect %s: %w", subject, errPanic)}
		}
	}()
	d.err = is.db.Read(ctx, func(tx *db.Tx) (err error) {
		if d.piece, err = src.Shown(tx, subject); err != nil {
			return err
		}
		d.lens, err = is.lens(tx, d.piece.Unit)
		return err
	})
	if fault.KindOf(d.err) == fault.NotFound {
		return swept{piece: Piece{Subject: subject}, gone: true}
	}
	if d.err == nil {
		d.found, d.err = is.inspect(ctx, d.lens, d.piece.File)
		d.piece.File = &rule.File{Usage: d.piece.File.Usage} // what keep asks of it, without the text
	}
	return d
}

var errPanic = errors.New("the engine failed on this text")

// closeSweep ends a sweep. Drafts that were discarded or have become public are
// forgotten with it.
func (is *Inspections) closeSweep(ctx context.Context, s *Sweep) error {
	for after := ""; ; {
		var drafts, over []string
		err := is.db.Read(ctx, func(tx *db.Tx) (err error) {
			over = nil
			if drafts, err = draftsFrom(tx, after, batchSize); err != nil {
				return err
			}
			for _, subject := range drafts {
				src, err := is.source(subject)
				if err != nil {
					continue
				}
				p, err := src.Current(tx, subject)
				if fault.KindOf(err) == fault.NotFound || err == nil && p.Public {
					over = append(over, subject)
				} else if err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		if len(over) > 0 {
			err := is.db.Write(ctx, func(tx *db.Tx) error {
				for _, subject := range over {
					if err := forget(tx, subject, draft); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				return err
			}
		}
		if len(drafts) < batchSize {
			break
		}
		after = drafts[len(drafts)-1]
	}
	end := *s
	err := is.db.Write(ctx, func(tx *db.Tx) error {
		if err := s.stillMine(tx); err != nil {
			return err
		}
		end.Ended, end.Touched = tx.Now, tx.Now
		return saveSweep(tx, end)
	})
	if err == nil {
		*s = end
	}
	return err
}
