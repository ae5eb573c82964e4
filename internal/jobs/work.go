package jobs

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime/debug"
	"time"

	"gongkai/internal/db"
)

// after is how long to wait after so many tries: doubling, with a quarter of
// chance so that jobs that failed together do not come back together.
func (e entry) after(tries int) time.Duration {
	if tries < 1 {
		return 0
	}
	d := e.maxPause
	if tries < 30 && e.pause<<(tries-1) < e.maxPause {
		d = e.pause << (tries - 1)
	}
	return d - d/8 + rand.N(d/4+1)
}

// do runs a claimed job and records how it ended. The context of the queue
// tells whether a cancelled handler was stopped by us, which is not its fault.
func (q *Queue) do(work, queue context.Context, j Job) error {
	e := q.handlers[j.Kind]
	ctx, cancel := context.WithTimeoutCause(work, e.limit, errTooLong)
	defer cancel()
	beat := make(chan struct{})
	go func() {
		defer close(beat)
		q.heartbeat(ctx, cancel, j)
	}()
	err := call(ctx, e.do, j)
	if err != nil && errors.Is(context.Cause(ctx), errTooLong) {
		err = errors.Join(errTooLong, err)
	}
	stopped := err != nil && queue.Err() != nil && work.Err() != nil
	cancel()
	<-beat

	// The end is recorded even when the queue has been told to stop.
	ctx, done := context.WithTimeout(context.WithoutCancel(work), q.Pace.Lease)
	defer done()
	log := q.log.With("kind", string(j.Kind), "job", j.ID, "tries", j.Tries)
	ended := q.db.Write(ctx, func(tx *db.Tx) error {
		switch {
		case err == nil:
			if lost := j.Done(tx); !errors.Is(lost, ErrLost) { // it may have said so itself
				return lost
			}
			return nil
		case stopped:
			return putBack(tx, j, tx.Now, j.Tries-1, j.Error)
		case j.Tries >= e.tries || errors.As(err, new(*hopeless)):
			return giveUp(tx, j, plainError(err))
		default:
			return putBack(tx, j, tx.Now.Add(e.after(j.Tries)), j.Tries, plainError(err))
		}
	})
	switch {
	case ended != nil: // the lease will run out and the job come back
		log.Error("jobs: record the end", "error", ended)
	case stopped:
		log.Info("jobs: put back at stop")
	case err != nil:
		log.Warn("jobs: try failed", "error", plainError(err))
	}
	return err
}

var errTooLong = errors.New("the job took longer than it may")

// heartbeat prolongs the lease until ctx ends, and cancels the work when the job
// was taken away.
func (q *Queue) heartbeat(ctx context.Context, cancel func(), j Job) {
	tick := time.NewTicker(q.Pace.Lease / 3)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		err := q.db.Write(ctx, func(tx *db.Tx) error { return extend(tx, j, q.Pace.Lease) })
		if errors.Is(err, ErrLost) {
			cancel()
			return
		}
		if err != nil && ctx.Err() == nil {
			q.log.Warn("jobs: heartbeat", "kind", string(j.Kind), "job", j.ID, "error", err)
		}
	}
}

// call turns a panic of the handler into an error.
func call(ctx context.Context, h Handler, j Job) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("panic: %v at %s", v, firstFrame(debug.Stack()))
		}
	}()
	return h(ctx, j)
}
