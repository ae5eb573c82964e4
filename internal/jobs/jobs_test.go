package jobs_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"gongkai/internal/db"
	"gongkai/internal/db/dbtest"
	"gongkai/internal/jobs"
)

func quiet(t *testing.T) *slog.Logger {
	return slog.New(slog.NewTextHandler(t.Output(), nil))
}

var discard = slog.New(slog.DiscardHandler)

func add(t *testing.T, d *db.DB, k jobs.Kind, key string, payload any, in time.Duration) {
	t.Helper()
	err := d.Write(t.Context(), func(tx *db.Tx) error {
		return jobs.Add(tx, k, key, payload, tx.Now.Add(in))
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAJobRunsWhenItIsDueAndNotBefore(t *testing.T) {
	dbtest.Each(t, jobs.Schema, func(t *testing.T, d *db.DB) {
		var ran []string
		q := jobs.New(d, quiet(t))
		q.Handle("test.note", func(ctx context.Context, j jobs.Job) error {
			var s string
			if err := j.Decode(&s); err != nil {
				return err
			}
			ran = append(ran, s)
			return nil
		})
		add(t, d, "test.note", "now", "now", 0)
		add(t, d, "test.note", "later", "later", time.Hour)
		if n, err := q.RunDue(t.Context()); n != 1 || err != nil || len(ran) != 1 || ran[0] != "now" {
			t.Fatalf("RunDue = %d, %v, ran %v, want 1, nil, [now]", n, err, ran)
		}
		dbtest.Clock(d).Add(time.Hour)
		if n, err := q.RunDue(t.Context()); n != 1 || err != nil || len(ran) != 2 || ran[1] != "later" {
			t.Fatalf("RunDue an hour later = %d, %v, ran %v, want 1, nil, [now later]", n, err, ran)
		}
	})
}
