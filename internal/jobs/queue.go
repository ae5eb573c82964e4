package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"gongkai/internal/db"
	"gongkai/internal/fault"
)

// Handler does a job. It makes its own transactions; calling [Job.Done] in the
// last one makes effect and completion one fact, otherwise the job may run
// twice and must bear it. An error has the job tried again later.
type Handler func(ctx context.Context, j Job) error

// Pace is how quickly a queue looks, waits and gives up.
type Pace struct {
	Poll  time.Duration // between two looks for what other processes queued
	Lease time.Duration // how long a silent worker keeps its job
	Grace time.Duration // how long running jobs may finish when the queue stops
}

// DefaultPace is the pace of a new queue.
var DefaultPace = Pace{Poll: 5 * time.Second, Lease: time.Minute, Grace: 20 * time.Second}

// Queue runs the jobs of the kinds it has handlers for.
type Queue struct {
	Pace Pace // change it before Run

	db       *db.DB
	log      *slog.Logger
	mu       sync.Mutex
	kinds    []Kind
	handlers map[Kind]entry
	times    []*timetable
}

type entry struct {
	do       Handler
	tries    int
	pause    time.Duration
	maxPause time.Duration
	limit    time.Duration
}

// Option changes how the jobs of one kind are run.
type Option func(*entry)

// Tries sets how often a job is begun before it has failed. The default is 8.
func Tries(n int) Option { return func(e *entry) { e.tries = n } }

// Pause sets how long to wait after the first failed try; each further try
// waits twice as long, up to longest. The default is ten seconds and one hour.
func Pause(first, longest time.Duration) Option {
	return func(e *entry) { e.pause, e.maxPause = first, longest }
}

// Limit sets how long one try may take before its context is cancelled. The
// default is one hour.
func Limit(d time.Duration) Option { return func(e *entry) { e.limit = d } }

// New makes a queue on d. It does nothing until Run.
func New(d *db.DB, log *slog.Logger) *Queue {
	q := &Queue{Pace: DefaultPace, db: d, log: log, handlers: map[Kind]entry{}}
	q.Handle(cleanKind, q.clean)
	q.Every(cleanKind, "17 3 * * *")
	return q
}

// Handle says how jobs of a kind are done. Call it before Run, once for a kind.
func (q *Queue) Handle(k Kind, h Handler, opts ...Option) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if _, twice := q.handlers[k]; twice {
		panic(fmt.Sprintf("jobs: %s has two handlers", k))
	}
	e := entry{do: h, tries: 8, pause: 10 * time.Second, maxPause: time.Hour, limit: time.Hour}
	for _, o := range opts {
		o(&e)
	}
	q.handlers[k] = e
	q.kinds = append(q.kinds, k)
	slices.Sort(q.kinds)
}

// Kinds returns the kinds this queue can run, sorted.
func (q *Queue) Kinds() []Kind {
	q.mu.Lock()
	defer q.mu.Unlock()
	return slices.Clone(q.kinds)
}

const cleanKind Kind = "jobs.clean"

// keepDone is how long finished jobs stay to be looked at.
const keepDone = 7 * 24 * time.Hour

func (q *Queue) clean(ctx context.Context, j Job) error {
	return q.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := Clean(tx, tx.Now.Add(-keepDone)); err != nil {
			return err
		}
		return j.Done(tx)
	})
}

// Run does jobs with so many workers until ctx ends. Then it begins no more,
// lets the running ones finish for the time of grace, cancels the rest, puts
// them back and returns. It returns an error only if it cannot begin.
func (q *Queue) Run(ctx context.Context, workers int) error {
	if workers < 1 {
		return errors.New("jobs: run needs at least one worker")
	}
	bell, deaf := listen()
	defer deaf()

	work, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	slots := make(chan struct{}, workers)
	var running sync.WaitGroup
	for ctx.Err() == nil {
		select {
		case slots <- struct{}{}:
		case <-ctx.Done():
			continue
		}
		j, wait, err := q.next(ctx)
		if err == nil {
			running.Go(func() {
				q.do(work, ctx, j)
				<-slots
				ring() // a job that waited for this one may run now
			})
			continue
		}
		<-slots
		if !errors.Is(err, fault.NotFound) && ctx.Err() == nil {
			q.log.Error("jobs: look for work", "error", err)
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
		case <-bell:
		case <-timer.C:
		}
		timer.Stop()
	}
	stop := time.AfterFunc(q.Pace.Grace, cancel)
	defer stop.Stop()
	running.Wait()
	return nil
}

// RunDue does what is due, one after the other, until nothing is, and returns
// how many jobs were begun. Jobs that fail are put back or kept as always.
func (q *Queue) RunDue(ctx context.Context) (int, error) {
	for n := 0; ; n++ {
		j, _, err := q.next(ctx)
		if errors.Is(err, fault.NotFound) {
			return n, nil
		}
		if err != nil {
			return n, err
		}
		q.do(ctx, ctx, j)
	}
}

// RunOne does the waiting or last failed job of a kind and key at once, due or
// not, and returns what its handler returned. It fails with NotFound if there is
// none and with Conflict while it runs elsewhere.
func (q *Queue) RunOne(ctx context.Context, k Kind, key string) error {
	if !slices.Contains(q.Kinds(), k) {
		return fault.Say(fault.NotFound, sayNoHandler, k)
	}
	var j Job
	err := q.db.Write(ctx, func(tx *db.Tx) (err error) {
		j, err = claimThis(tx, k, key, q.Pace.Lease)
		return err
	})
	if err != nil {
		return err
	}
	return q.do(ctx, ctx, j)
}

// RunNow does a job of a kind that needs no payload at once, as its timetable
// would. It fails with NotFound if this program has no such kind.
func (q *Queue) RunNow(ctx context.Context, k Kind) error {
	if !slices.Contains(q.Kinds(), k) {
		return fault.Say(fault.NotFound, sayNoHandler, k)
	}
	err := q.db.Write(ctx, func(tx *db.Tx) error {
		return Add(tx, k, periodKey, period{tx.Now}, tx.Now.Add(time.Hour))
	})
	if err != nil {
		return err
	}
	return q.RunOne(ctx, k, periodKey)
}

// next returns a claimed job, or NotFound and how long nothing will be due.
func (q *Queue) next(ctx context.Context) (j Job, wait time.Duration, err error) {
	kinds := q.Kinds()
	wait = q.Pace.Poll
	var due, lost bool
	var late []*timetable
	err = q.db.Read(ctx, func(tx *db.Tx) error {
		wait = q.Pace.Poll
		nextDue, nextLease, err := nextTimes(tx, kinds)
		if err != nil {
			return err
		}
		soon := func(t time.Time) bool {
			if !t.IsZero() {
				wait = min(wait, t.Sub(tx.Now))
			}
			return !t.IsZero() && !t.After(tx.Now)
		}
		if !nextLease.IsZero() {
			nextLease = nextLease.Add(time.Millisecond) // from then on it has run out
		}
		due, lost, late = soon(nextDue), soon(nextLease), nil
		for _, t := range q.times {
			at, err := t.due(tx)
			if err != nil {
				return err
			}
			if soon(at) || at.IsZero() {
				late = append(late, t)
			}
		}
		return nil
	})
	if err != nil {
		return Job{}, q.Pace.Poll, err
	}
	if !due && !lost && len(late) == 0 {
		return Job{}, max(wait, time.Millisecond), fault.NotFound
	}
	err = q.db.Write(ctx, func(tx *db.Tx) error {
		if lost {
			if err := q.reap(tx, kinds); err != nil {
				return err
			}
		}
		for _, t := range late {
			if err := t.queue(tx); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		err = q.db.Write(ctx, func(tx *db.Tx) (err error) {
			j, err = claim(tx, kinds, q.Pace.Lease)
			return err
		})
	}
	if db.IsDuplicate(err) { // another process was quicker with this kind and key
		return Job{}, 10 * time.Millisecond, fault.NotFound
	}
	// Nothing was left to claim: somebody else took it, or the times have just
	// changed. Look again soon, but do not spin.
	return j, min(q.Pace.Poll, max(wait, 10*time.Millisecond)), err
}

// reap takes jobs from workers that are gone.
func (q *Queue) reap(tx *db.Tx, kinds []Kind) error {
	lost, err := expired(tx, kinds)
	if err != nil {
		return err
	}
	for _, j := range lost {
		e := q.handlers[j.Kind]
		if j.Tries >= e.tries {
			err = giveUp(tx, j, "worker vanished")
		} else {
			// The first time at once: most workers vanish because a machine
			// was restarted. A job that kills its worker waits longer.
			err = putBack(tx, j, tx.Now.Add(e.after(j.Tries-1)), j.Tries, "worker vanished")
		}
		if err != nil {
			return err
		}
		q.log.Warn("jobs: worker vanished", "kind", string(j.Kind), "job", j.ID, "tries", j.Tries)
	}
	return nil
}

// Again is [Again] as an act of its own, for a person who saw the job fail.
func (q *Queue) Again(ctx context.Context, id string) error {
	return q.db.Write(ctx, func(tx *db.Tx) error { return Again(tx, id) })
}
