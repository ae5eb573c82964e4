package jobs_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"gongkai/internal/db"
	"gongkai/internal/db/dbtest"
	"gongkai/internal/jobs"
)

// TestWorkerToBeKilled is no test: it is the process that
// TestNothingIsLostOrDoneTwiceWhenWorkersAreKilled starts and kills.
func TestWorkerToBeKilled(t *testing.T) {
	dsn := os.Getenv("GONGKAI_TEST_WORKER")
	if dsn == "" {
		t.Skip("started by another test")
	}
	d, err := db.Open(context.Background(), dsn, db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	q := killQueue(d)
	fmt.Println("ready")
	q.Run(context.Background(), 3)
}

// killQueue does jobs that each add a row, with a lease short enough to wait for.
func killQueue(d *db.DB) *jobs.Queue {
	q := jobs.New(d, discard)
	q.Pace = jobs.Pace{Poll: 20 * time.Millisecond, Lease: 400 * time.Millisecond, Grace: time.Second}
	q.Handle("test.effect", func(ctx context.Context, j jobs.Job) error {
		time.Sleep(time.Duration(rand.IntN(8)) * time.Millisecond)
		return d.Write(ctx, func(tx *db.Tx) error {
			if _, err := tx.Exec(`INSERT INTO effect (job) VALUES ($1)`, j.Key); err != nil {
				return err
			}
			return j.Done(tx)
		})
	}, jobs.Tries(1000), jobs.Pause(time.Millisecond, 10*time.Millisecond))
	return q
}

func TestNothingIsLostOrDoneTwiceWhenWorkersAreKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("kills processes for some seconds")
	}
	t.Run("sqlite", func(t *testing.T) {
		killed(t, "sqlite:"+filepath.Join(t.TempDir(), "gongkai.db"))
	})
	t.Run("postgres", func(t *testing.T) {
		killed(t, dbtest.PostgresURL(t, nil))
	})
}

func killed(t *testing.T, dsn string) {
	d, err := db.Open(t.Context(), dsn, db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := d.Migrate(t.Context(), jobs.Schema); err != nil {
		t.Fatal(err)
	}
	const total, kills = 400, 12
	err = d.Write(t.Context(), func(tx *db.Tx) error {
		if _, err := tx.Exec(`CREATE TABLE effect (job TEXT NOT NULL)`); err != nil {
			return err
		}
		for n := range total {
			if err := jobs.Add(tx, "test.effect", fmt.Sprint(n), nil, time.Time{}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for range kills {
		worker := exec.Command(os.Args[0], "-test.run=^TestWorkerToBeKilled$")
		worker.Env = append(os.Environ(), "GONGKAI_TEST_WORKER="+dsn)
		out, err := worker.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := worker.Start(); err != nil {
			t.Fatal(err)
		}
		if line, err := bufio.NewReader(out).ReadString('\n'); line != "ready\n" {
			t.Errorf("the worker said %q, %v", line, err)
		}
		time.Sleep(time.Duration(5+rand.IntN(60)) * time.Millisecond)
		err = errors.Join(worker.Process.Kill(), ignoreExit(worker.Wait()))
		if err != nil {
			t.Fatal(err)
		}
	}
	// One that lives does the rest, also what the dead ones still hold.
	ctx, stop := context.WithTimeout(t.Context(), 60*time.Second)
	defer stop()
	ended := make(chan error, 1)
	go func() { ended <- killQueue(d).Run(ctx, 3) }()
	for ctx.Err() == nil && len(list(t, d, jobs.Filter{State: jobs.Waiting, Kind: "test.effect"}))+len(list(t, d, jobs.Filter{State: jobs.Running})) > 0 {
		time.Sleep(20 * time.Millisecond)
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	var jobsDone, effects, distinct, again int64
	err = d.Read(t.Context(), func(tx *db.Tx) error {
		for query, into := range map[string]*int64{
			`SELECT count(*) FROM jobs_job WHERE kind = 'test.effect' AND state = 'done'`: &jobsDone,
			`SELECT count(*) FROM jobs_job WHERE kind = 'test.effect' AND tries > 1`:      &again,
			`SELECT count(*) FROM effect`:            &effects,
			`SELECT count(DISTINCT job) FROM effect`: &distinct,
		} {
			n, err := db.Value[int64](tx, query)
			if err != nil {
				return err
			}
			*into = n
		}
		return nil
	})
	t.Logf("%d of %d jobs were taken from a dead worker", again, total)
	if err != nil || jobsDone != total || effects != total || distinct != total {
		t.Errorf("after %d kills %d jobs are done with %d effects on %d keys (%v), want %d of each", kills, jobsDone, effects, distinct, err, total)
	}
}

func ignoreExit(err error) error {
	if errors.As(err, new(*exec.ExitError)) {
		return nil
	}
	return err
}
