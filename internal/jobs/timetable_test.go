package jobs_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"gongkai/internal/db"
	"gongkai/internal/db/dbtest"
	"gongkai/internal/jobs"
)

func TestTheTimetableMakesUpForTheLastMissedPeriodOnly(t *testing.T) {
	dbtest.Each(t, jobs.Schema, func(t *testing.T, d *db.DB) {
		at := func(s string) {
			when, err := time.Parse("2006-01-02 15:04 -07", s+" +08")
			if err != nil {
				t.Fatal(err)
			}
			dbtest.Clock(d).Set(when)
		}
		var ran []string
		start := func() *jobs.Queue {
			q := jobs.New(d, quiet(t))
			q.Handle("test.daily", func(_ context.Context, j jobs.Job) error {
				var p struct{ Period time.Time }
				if err := j.Decode(&p); err != nil {
					return err
				}
				ran = append(ran, p.Period.Format("01-02 15:04"))
				return nil
			})
			q.Every("test.daily", "30 2 * * *") // in Beijing
			return q
		}
		at("2026-03-02 09:00")
		q := start()
		due(t, q, 0) // begins to count
		at("2026-03-03 02:29")
		due(t, q, 0)
		at("2026-03-03 02:31")
		due(t, q, 1)
		due(t, q, 0)
		due(t, start(), 0) // another process
		at("2026-03-09 12:00")
		due(t, start(), 2) // the daily one and jobs.clean
		due(t, q, 0)
		if got := fmt.Sprint(ran); got != "[03-02 18:30 03-08 18:30]" { // UTC
			t.Errorf("periods that ran = %s, want [03-02 18:30 03-08 18:30]", got)
		}
		if next := q.Timetable(time.Date(2026, 3, 9, 4, 0, 0, 0, time.UTC))["test.daily"]; next.Format(time.RFC3339) != "2026-03-09T18:30:00Z" {
			t.Errorf("next = %s, want 2026-03-09T18:30:00Z", next)
		}
	})
}
