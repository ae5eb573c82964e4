package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"gongkai/internal/db"
	"gongkai/internal/db/dbtest"
	"gongkai/internal/fault"
	"gongkai/internal/jobs"
)

func list(t testing.TB, d *db.DB, f jobs.Filter) []jobs.Job {
	t.Helper()
	var all []jobs.Job
	err := d.Read(context.Background(), func(tx *db.Tx) (err error) {
		all, err = jobs.List(tx, f)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func due(t testing.TB, q *jobs.Queue, want int) {
	t.Helper()
	if n, err := q.RunDue(context.Background()); n != want || err != nil {
		t.Fatalf("RunDue = %d, %v, want %d, nil", n, err, want)
	}
}

func TestAddingAWaitingJobAgainReplacesIt(t *testing.T) {
	dbtest.Each(t, jobs.Schema, func(t *testing.T, d *db.DB) {
		var ran []string
		q := jobs.New(d, quiet(t))
		q.Handle("test.note", func(_ context.Context, j jobs.Job) error {
			ran = append(ran, j.Key+string(j.Payload))
			return nil
		})
		add(t, d, "test.note", "a", 1, 0)
		add(t, d, "test.note", "b", 2, 0)
		add(t, d, "test.note", "a", 3, time.Hour)
		due(t, q, 1)
		dbtest.Clock(d).Add(2 * time.Hour)
		due(t, q, 1)
		if got := fmt.Sprint(ran); got != "[b2 a3]" {
			t.Errorf("ran %s, want [b2 a3]", got)
		}
	})
}

func TestACancelledJobDoesNotRun(t *testing.T) {
	dbtest.Each(t, jobs.Schema, func(t *testing.T, d *db.DB) {
		q := jobs.New(d, quiet(t))
		q.Handle("test.note", func(context.Context, jobs.Job) error { t.Error("it ran"); return nil })
		add(t, d, "test.note", "a", nil, 0)
		err := d.Write(t.Context(), func(tx *db.Tx) error {
			return errors.Join(jobs.Cancel(tx, "test.note", "a"), jobs.Cancel(tx, "test.note", "none"))
		})
		if err != nil {
			t.Fatal(err)
		}
		due(t, q, 0)
	})
}

func TestAJobOfARefusedActIsNeverQueued(t *testing.T) {
	dbtest.Each(t, jobs.Schema, func(t *testing.T, d *db.DB) {
		refused := errors.New("refused")
		err := d.Write(t.Context(), func(tx *db.Tx) error {
			return errors.Join(jobs.Add(tx, "test.note", "a", nil, time.Time{}), refused)
		})
		if !errors.Is(err, refused) || len(list(t, d, jobs.Filter{})) != 0 {
			t.Errorf("Write = %v, queued %v, want refused and nothing", err, list(t, d, jobs.Filter{}))
		}
	})
}

func TestAFailingJobIsTriedLaterAndLaterAndThenKept(t *testing.T) {
	dbtest.Each(t, jobs.Schema, func(t *testing.T, d *db.DB) {
		tries := 0
		q := jobs.New(d, quiet(t))
		q.Handle("test.fail", func(context.Context, jobs.Job) error {
			tries++
			return fmt.Errorf("applicant 13800138000 at li@example.cn cannot be reached, try %d", tries)
		}, jobs.Tries(4), jobs.Pause(time.Minute, 3*time.Minute))
		add(t, d, "test.fail", "a", nil, 0)
		for try, pause := range []time.Duration{time.Minute, 2 * time.Minute, 3 * time.Minute} {
			before := time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC).Add(time.Duration(try) * time.Hour)
			dbtest.Clock(d).Set(before)
			due(t, q, 1)
			j := list(t, d, jobs.Filter{})[0]
			wait := j.Due.Sub(before)
			if j.State != jobs.Waiting || j.Tries != try+1 || wait < pause*7/8 || wait > pause*9/8+time.Second {
				t.Errorf("after try %d: %s, %d tries, due in %s, want waiting and about %s", try+1, j.State, j.Tries, wait, pause)
			}
			due(t, q, 0)
		}
		dbtest.Clock(d).Add(3 * time.Hour)
		due(t, q, 1)
		dbtest.Clock(d).Add(9 * time.Hour)
		due(t, q, 0)
		j := list(t, d, jobs.Filter{State: jobs.Failed})[0]
		if j.Tries != 4 || j.Ended.IsZero() || j.Error != "applicant *** at *** cannot be reached, try 4" {
			t.Errorf("the failed job = %+v", j)
		}
		write := func(f func(tx *db.Tx) error) error { return d.Write(t.Context(), f) }
		if err := write(func(tx *db.Tx) error { return jobs.Again(tx, j.ID) }); err != nil {
			t.Fatal(err)
		}
		due(t, q, 1)
		if tries != 5 {
			t.Errorf("tried %d times, want 5 after Again", tries)
		}
		if err := write(func(tx *db.Tx) error { return jobs.Again(tx, j.ID) }); !errors.Is(err, fault.NotFound) {
			t.Errorf("Again of a waiting job = %v, want NotFound", err)
		}
		if err := write(func(tx *db.Tx) error { return jobs.Again(tx, "none") }); !errors.Is(err, fault.NotFound) {
			t.Errorf("Again of no job = %v, want NotFound", err)
		}
	})
}

func TestAFailedJobGivesWayToANewerOne(t *testing.T) {
	dbtest.Each(t, jobs.Schema, func(t *testing.T, d *db.DB) {
		q := jobs.New(d, quiet(t))
		q.Handle("test.fail", func(context.Context, jobs.Job) error { return jobs.Hopeless(errors.New("no such template")) })
		add(t, d, "test.fail", "a", nil, 0)
		due(t, q, 1)
		failed := list(t, d, jobs.Filter{State: jobs.Failed})
		if len(failed) != 1 || failed[0].Tries != 1 || failed[0].Error != "no such template" {
			t.Fatalf("a hopeless job = %+v, want failed at the first try", failed)
		}
		add(t, d, "test.fail", "a", nil, time.Hour)
		err := d.Write(t.Context(), func(tx *db.Tx) error { return jobs.Again(tx, failed[0].ID) })
		if !errors.Is(err, fault.Conflict) || fault.Sentence(err) == "" {
			t.Errorf("Again while a newer one waits = %v, want Conflict with a sentence", err)
		}
	})
}

func TestAJobAddedWhileItsLikeRunsComesAfterIt(t *testing.T) {
	dbtest.Each(t, jobs.Schema, func(t *testing.T, d *db.DB) {
		var ran []string
		q := jobs.New(d, quiet(t))
		q.Handle("test.note", func(ctx context.Context, j jobs.Job) error {
			ran = append(ran, string(j.Payload))
			if len(ran) == 1 {
				add(t, d, "test.note", "a", 2, 0)
				if n, err := q.RunDue(ctx); n != 0 || err != nil {
					t.Errorf("RunDue while it runs = %d, %v, want 0", n, err)
				}
				if err := q.RunOne(ctx, "test.note", "a"); !errors.Is(err, fault.Conflict) {
					t.Errorf("RunOne while it runs = %v, want Conflict", err)
				}
				return errors.New("lost its turn to the newer one")
			}
			return nil
		})
		add(t, d, "test.note", "a", 1, 0)
		due(t, q, 2)
		if fmt.Sprint(ran) != "[1 2]" || len(list(t, d, jobs.Filter{})) != 1 {
			t.Errorf("ran %v, left %v, want [1 2] and only the newer job", ran, list(t, d, jobs.Filter{}))
		}
	})
}

func TestAPanicIsAFailedTry(t *testing.T) {
	d := dbtest.SQLite(t, jobs.Schema)
	q := jobs.New(d, quiet(t))
	q.Handle("test.panic", func(_ context.Context, j jobs.Job) error {
		return fmt.Errorf("the fourth byte is %c", j.Payload[4:][0])
	})
	add(t, d, "test.panic", "", nil, 0)
	due(t, q, 1)
	j := list(t, d, jobs.Filter{})[0]
	if j.State != jobs.Waiting || !strings.Contains(j.Error, "panic: runtime error: index out of range [0] with length 0 at queue_test.go:") {
		t.Errorf("after a panic: %s, %q", j.State, j.Error)
	}
}

func TestRunOneDoesNotWaitForTheDueTime(t *testing.T) {
	dbtest.Each(t, jobs.Schema, func(t *testing.T, d *db.DB) {
		q := jobs.New(d, quiet(t))
		broken := errors.New("broken")
		fail := true
		q.Handle("test.note", func(context.Context, jobs.Job) error {
			if fail {
				return broken
			}
			return nil
		}, jobs.Tries(1))
		add(t, d, "test.note", "a", nil, 100*time.Hour)
		if err := q.RunOne(t.Context(), "test.note", "a"); !errors.Is(err, broken) {
			t.Errorf("RunOne = %v, want %v", err, broken)
		}
		fail = false
		if err := q.RunOne(t.Context(), "test.note", "a"); err != nil {
			t.Errorf("RunOne of the failed job = %v, want nil", err)
		}
		if err := q.RunOne(t.Context(), "test.note", "a"); !errors.Is(err, fault.NotFound) {
			t.Errorf("RunOne when all is done = %v, want NotFound", err)
		}
		for _, err := range []error{q.RunOne(t.Context(), "test.other", "a"), q.RunNow(t.Context(), "test.other")} {
			if !errors.Is(err, fault.NotFound) || fault.Sentence(err) == "" {
				t.Errorf("running an unknown kind = %v, want NotFound with a sentence", err)
			}
		}
		if err := q.RunNow(t.Context(), "test.note"); err != nil {
			t.Errorf("RunNow = %v", err)
		}
	})
}

func TestFinishedJobsAreCleanedAndFailedOnesKept(t *testing.T) {
	dbtest.Each(t, jobs.Schema, func(t *testing.T, d *db.DB) {
		q := jobs.New(d, quiet(t))
		q.Handle("test.note", func(_ context.Context, j jobs.Job) error {
			if j.Key == "bad" {
				return jobs.Hopeless(errors.New("bad"))
			}
			return nil
		})
		add(t, d, "test.note", "good", nil, 0)
		add(t, d, "test.note", "bad", nil, 0)
		add(t, d, "test.note", "later", nil, 1000*time.Hour)
		due(t, q, 2)
		if err := q.RunNow(t.Context(), "jobs.clean"); err != nil || len(list(t, d, jobs.Filter{Kind: "test.note"})) != 3 {
			t.Errorf("cleaning at once = %v, left %v, want all three", err, list(t, d, jobs.Filter{}))
		}
		dbtest.Clock(d).Add(8 * 24 * time.Hour)
		if err := q.RunNow(t.Context(), "jobs.clean"); err != nil {
			t.Fatal(err)
		}
		var left []string
		for _, j := range list(t, d, jobs.Filter{Kind: "test.note"}) {
			left = append(left, j.Key)
		}
		if fmt.Sprint(left) != "[later bad]" {
			t.Errorf("left = %v, want [later bad]", left)
		}
		var tally []string
		err := d.Read(t.Context(), func(tx *db.Tx) error {
			counts, err := jobs.Count(tx)
			for _, c := range counts {
				tally = append(tally, fmt.Sprint(c.Kind, " ", c.State, " ", c.Count))
			}
			return err
		})
		if got := strings.Join(tally, ", "); err != nil || got != "jobs.clean done 1, test.note failed 1, test.note waiting 1" {
			t.Errorf("Count = %s, %v", got, err)
		}
	})
}

func TestDueNowJobsStartAtOnceInARunningQueue(t *testing.T) {
	dbtest.Each(t, jobs.Schema, func(t *testing.T, d *db.DB) {
		q := jobs.New(d, quiet(t))
		q.Pace.Poll = time.Hour // only the bell can wake it
		started := make(chan string)
		q.Handle("test.note", func(_ context.Context, j jobs.Job) error {
			started <- j.Key
			return nil
		})
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- q.Run(ctx, 2) }()
		for i := range 5 {
			add(t, d, "test.note", fmt.Sprint(i), nil, 0)
			select {
			case key := <-started:
				if key != fmt.Sprint(i) {
					t.Errorf("started %s, want %d", key, i)
				}
			case <-time.After(20 * time.Second):
				t.Fatalf("job %d did not start", i)
			}
		}
		stop()
		if err := <-ended; err != nil {
			t.Errorf("Run = %v", err)
		}
		if done := list(t, d, jobs.Filter{State: jobs.Done, Kind: "test.note"}); len(done) != 5 {
			t.Errorf("%d jobs are done, want 5", len(done))
		}
	})
}

func TestAStoppingQueuePutsBackWhatDoesNotFinish(t *testing.T) {
	dbtest.Each(t, jobs.Schema, func(t *testing.T, d *db.DB) {
		q := jobs.New(d, quiet(t))
		q.Pace.Grace = 50 * time.Millisecond
		started := make(chan struct{}, 2)
		q.Handle("test.quick", func(context.Context, jobs.Job) error {
			started <- struct{}{}
			time.Sleep(5 * time.Millisecond)
			return nil
		})
		q.Handle("test.slow", func(ctx context.Context, _ jobs.Job) error {
			started <- struct{}{}
			<-ctx.Done()
			return ctx.Err()
		})
		add(t, d, "test.quick", "", nil, 0)
		add(t, d, "test.slow", "", nil, 0)
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- q.Run(ctx, 2) }()
		<-started
		<-started
		stop()
		if err := <-ended; err != nil {
			t.Errorf("Run = %v", err)
		}
		quick, slow := list(t, d, jobs.Filter{Kind: "test.quick"})[0], list(t, d, jobs.Filter{Kind: "test.slow"})[0]
		if quick.State != jobs.Done || slow.State != jobs.Waiting || slow.Tries != 0 || slow.Error != "" {
			t.Errorf("quick = %+v, slow = %+v, want done and waiting as if never tried", quick, slow)
		}
		if q.Run(t.Context(), 0) == nil {
			t.Error("Run without workers = nil, want an error")
		}
	})
}

func TestWrongWiringIsToldAtTheStart(t *testing.T) {
	d := dbtest.SQLite(t, jobs.Schema)
	for name, f := range map[string]func(q *jobs.Queue){
		"two handlers": func(q *jobs.Queue) {
			q.Handle("a", nil)
			q.Handle("a", nil)
		},
		"wrong times":           func(q *jobs.Queue) { q.Every("a", "every day") },
		"times that never come": func(q *jobs.Queue) { q.Every("a", "0 0 30 2 *") },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s did not panic", name)
				}
			}()
			f(jobs.New(d, quiet(t)))
		}()
	}
	if err := d.Write(t.Context(), func(tx *db.Tx) error { return jobs.Add(tx, "a", "", func() {}, time.Time{}) }); err == nil {
		t.Error("Add of a function = nil, want an error")
	}
}

func BenchmarkJob(b *testing.B) {
	for _, e := range []struct {
		name string
		open func(testing.TB, *db.Schema) *db.DB
	}{{"sqlite", dbtest.SQLite}, {"postgres", dbtest.Postgres}} {
		b.Run(e.name, func(b *testing.B) {
			d := e.open(b, jobs.Schema)
			q := jobs.New(d, discard)
			q.Handle("test.note", func(context.Context, jobs.Job) error { return nil })
			for b.Loop() {
				err := d.Write(context.Background(), func(tx *db.Tx) error {
					return jobs.Add(tx, "test.note", "", nil, time.Time{})
				})
				if err != nil {
					b.Fatal(err)
				}
				due(b, q, 1)
			}
		})
	}
}

// A look at a queue in which much waits for later: what an idle program does all
// the time.
func BenchmarkLookWithMuchWaiting(b *testing.B) {
	for _, e := range []struct {
		name string
		open func(testing.TB, *db.Schema) *db.DB
	}{{"sqlite", dbtest.SQLite}, {"postgres", dbtest.Postgres}} {
		b.Run(e.name, func(b *testing.B) {
			d := e.open(b, jobs.Schema)
			err := d.Write(context.Background(), func(tx *db.Tx) error {
				for n := range 20_000 {
					if err := jobs.Add(tx, "test.note", fmt.Sprint(n), nil, tx.Now.Add(time.Hour)); err != nil {
						return err
					}
				}
				_, err := tx.Exec(`ANALYZE jobs_job`) // PostgreSQL does it by itself within a minute
				return err
			})
			if err != nil {
				b.Fatal(err)
			}
			q := jobs.New(d, discard)
			q.Handle("test.note", func(context.Context, jobs.Job) error { return nil })
			due(b, q, 0)
			for b.Loop() {
				due(b, q, 0)
			}
		})
	}
}
