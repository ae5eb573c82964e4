package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gongkai/internal/db"
	"gongkai/internal/db/dbtest"
	"gongkai/internal/jobs"
)

func TestEffectAndCompletionAreOneFact(t *testing.T) {
	dbtest.Each(t, jobs.Schema, func(t *testing.T, d *db.DB) {
		if err := d.Write(t.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec(`CREATE TABLE effect (n INTEGER NOT NULL)`)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		q := jobs.New(d, quiet(t))
		stolen := false
		q.Handle("test.effect", func(ctx context.Context, j jobs.Job) error {
			if !stolen { // our worker sleeps beyond its lease and another one takes the job
				stolen = true
				dbtest.Clock(d).Add(time.Hour)
				if n, err := q.RunDue(ctx); n != 1 || err != nil {
					t.Errorf("the other worker ran %d, %v, want 1", n, err)
				}
			}
			return d.Write(ctx, func(tx *db.Tx) error {
				if _, err := tx.Exec(`INSERT INTO effect (n) VALUES (1)`); err != nil {
					return err
				}
				return j.Done(tx)
			})
		})
		add(t, d, "test.effect", "", nil, 0)
		due(t, q, 1)
		var effects int64
		err := d.Read(t.Context(), func(tx *db.Tx) (err error) {
			effects, err = db.Value[int64](tx, `SELECT count(*) FROM effect`)
			return err
		})
		j := list(t, d, jobs.Filter{})[0]
		if err != nil || effects != 1 || j.State != jobs.Done || j.Tries != 2 || j.Error != "" {
			t.Errorf("effects = %d (%v), job = %+v, want one effect and a job that is done", effects, err, j)
		}
	})
}

func TestAJobWhoseWorkerDiesIsTakenAgain(t *testing.T) {
	dbtest.Each(t, jobs.Schema, func(t *testing.T, d *db.DB) {
		// A worker that claims and is killed: its context ends the process of
		// recording, so nothing is written after the claim.
		dying := jobs.New(d, discard) // its heart goes on beating behind the test
		claimed := make(chan struct{})
		dying.Handle("test.note", func(context.Context, jobs.Job) error {
			close(claimed)
			select {} // killed here
		}, jobs.Tries(3))
		add(t, d, "test.note", "a", nil, 0)
		go dying.RunDue(context.Background())
		<-claimed

		q := jobs.New(d, quiet(t))
		ran := 0
		q.Handle("test.note", func(context.Context, jobs.Job) error { ran++; return nil }, jobs.Tries(3))
		due(t, q, 0)
		dbtest.Clock(d).Add(2 * time.Minute)
		due(t, q, 1)
		if j := list(t, d, jobs.Filter{})[0]; ran != 1 || j.State != jobs.Done || j.Tries != 2 {
			t.Errorf("ran %d, job = %+v, want once and done at the second try", ran, j)
		}
	})
}

func TestAJobThatKillsItsWorkersIsGivenUp(t *testing.T) {
	d := dbtest.SQLite(t, jobs.Schema)
	add(t, d, "test.bomb", "a", nil, 0)
	for range 2 {
		dying := jobs.New(d, discard) // its heart goes on beating behind the test
		claimed := make(chan struct{})
		dying.Handle("test.bomb", func(context.Context, jobs.Job) error {
			close(claimed)
			select {}
		}, jobs.Tries(2))
		go dying.RunDue(context.Background())
		<-claimed
		dbtest.Clock(d).Add(2 * time.Hour)
	}
	q := jobs.New(d, quiet(t))
	q.Handle("test.bomb", func(context.Context, jobs.Job) error { t.Error("it ran a third time"); return nil }, jobs.Tries(2))
	due(t, q, 0)
	if j := list(t, d, jobs.Filter{})[0]; j.State != jobs.Failed || j.Error != "worker vanished" || j.Tries != 2 {
		t.Errorf("job = %+v, want failed after two tries", j)
	}
}

func TestATryThatTakesTooLongIsStopped(t *testing.T) {
	d := dbtest.SQLite(t, jobs.Schema)
	q := jobs.New(d, quiet(t))
	q.Handle("test.slow", func(ctx context.Context, _ jobs.Job) error {
		<-ctx.Done()
		return ctx.Err()
	}, jobs.Limit(10*time.Millisecond))
	add(t, d, "test.slow", "", nil, 0)
	due(t, q, 1)
	if j := list(t, d, jobs.Filter{})[0]; j.State != jobs.Waiting || j.Tries != 1 || !strings.Contains(j.Error, "took longer than it may") {
		t.Errorf("job = %+v, want waiting with the reason", j)
	}
}

func TestALongJobKeepsItsLease(t *testing.T) {
	dbtest.Each(t, jobs.Schema, func(t *testing.T, d *db.DB) {
		q := jobs.New(d, quiet(t))
		q.Pace.Lease = 90 * time.Millisecond // a heartbeat every 30
		until := func() (lease int64) {
			err := d.Read(context.Background(), func(tx *db.Tx) (err error) {
				lease, err = db.Value[int64](tx, `SELECT lease FROM jobs_job WHERE state = 'running'`)
				return err
			})
			if err != nil {
				t.Errorf("read the lease: %v", err)
			}
			return lease
		}
		q.Handle("test.slow", func(ctx context.Context, _ jobs.Job) error {
			for range 12 { // five leases on the clock of the database
				before := until()
				dbtest.Clock(d).Add(40 * time.Millisecond)
				for tries := 0; until() == before; tries++ { // however late the machine lets the heart beat
					if tries == 2000 {
						return errors.New("no heartbeat has prolonged the lease")
					}
					time.Sleep(10 * time.Millisecond)
				}
				if n, err := q.RunDue(ctx); n != 0 || err != nil {
					return fmt.Errorf("another worker ran %d (%v)", n, err)
				}
			}
			return nil
		})
		add(t, d, "test.slow", "", nil, 0)
		due(t, q, 1)
		if j := list(t, d, jobs.Filter{})[0]; j.State != jobs.Done || j.Tries != 1 {
			t.Errorf("job = %+v, want done at the first try", j)
		}
	})
}

// Several queues on one database, as several processes are: no job runs twice at
// once, none is lost, and none of one key overlaps.
func TestManyQueuesShareTheWork(t *testing.T) {
	dbtest.Each(t, jobs.Schema, func(t *testing.T, d *db.DB) {
		const queues, total, keys = 3, 60, 10
		var mu sync.Mutex
		runs := map[string]int{}
		busy := map[string]bool{}
		var left atomic.Int64
		left.Store(total)
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		work := func(_ context.Context, j jobs.Job) error {
			mu.Lock()
			if busy[j.Key] {
				t.Errorf("two jobs of key %s run at once", j.Key)
			}
			busy[j.Key] = true
			runs[string(j.Payload)]++
			mu.Unlock()
			time.Sleep(2 * time.Millisecond)
			mu.Lock()
			busy[j.Key] = false
			mu.Unlock()
			if left.Add(-1) == 0 {
				stop()
			}
			return nil
		}
		for n := range total {
			if n < total/2 {
				add(t, d, jobs.Kind(fmt.Sprintf("test.k%d", n/keys)), fmt.Sprint(n%keys), n, 0)
			} else {
				add(t, d, "test.note", fmt.Sprintf("own %d", n), n, 0)
			}
		}
		var all sync.WaitGroup
		for range queues {
			q := jobs.New(d, quiet(t))
			q.Pace.Poll = 50 * time.Millisecond
			q.Handle("test.note", work)
			for k := range total / 2 / keys {
				// Keys of different kinds may overlap, so each kind has its own.
				q.Handle(jobs.Kind(fmt.Sprintf("test.k%d", k)), func(ctx context.Context, j jobs.Job) error {
					j.Key = fmt.Sprint(k, "/", j.Key)
					return work(ctx, j)
				})
			}
			all.Go(func() {
				if err := q.Run(ctx, 4); err != nil {
					t.Error(err)
				}
			})
		}
		done := make(chan struct{})
		go func() { all.Wait(); close(done) }()
		select {
		case <-done:
		case <-time.After(60 * time.Second):
			t.Fatalf("%d jobs are left", left.Load())
		}
		for n := range total {
			if runs[fmt.Sprint(n)] != 1 {
				t.Errorf("job %d ran %d times, want once", n, runs[fmt.Sprint(n)])
			}
		}
	})
}
