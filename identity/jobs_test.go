package identity_test

import (
	"log/slog"
	"testing"
	"testing/fstest"
	"time"

	"gongkai/identity"
	"gongkai/identity/identitytest"
	"gongkai/internal/db"
	"gongkai/internal/db/dbtest"
	"gongkai/internal/jobs"
)

func TestWhatIsOverIsRemovedEveryNight(t *testing.T) {
	schema := db.NewSchema("whole", fstest.MapFS{}, identity.Schema, jobs.Schema)
	dbtest.Each(t, schema, func(t *testing.T, d *db.DB) {
		addUnits(t, d)
		ps := identitytest.People(t, d)
		q := jobs.New(d, slog.New(slog.DiscardHandler))
		ps.Work(q)
		if next, ok := q.Timetable(dbtest.Clock(d).Now())[identity.SweepJob]; !ok || next.Sub(dbtest.Clock(d).Now()) > 24*time.Hour {
			t.Errorf("Timetable = %v, %v, want within a day", next, ok)
		}
		firsts, err := ps.Bootstrap(t.Context(), identity.System("test"), district)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ps.SignIn(t.Context(), firsts[0].Login, firsts[0].Password.Reveal(), pc); err != nil {
			t.Fatal(err)
		}
		left := func() (n int) {
			err := d.Read(t.Context(), func(tx *db.Tx) (err error) {
				n, err = db.Value[int](tx, `SELECT count(*) FROM identity_session`)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		for _, c := range []struct {
			wait time.Duration
			want int
		}{{0, 1}, {time.Hour, 0}} {
			dbtest.Clock(d).Add(c.wait)
			if err := q.RunNow(t.Context(), identity.SweepJob); err != nil {
				t.Fatalf("RunNow: %v", err)
			}
			if got := left(); got != c.want {
				t.Errorf("after %v %d sessions are left, want %d", c.wait, got, c.want)
			}
		}
	})
}
