package demo

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"gongkai/demo/content"
	"gongkai/identity"
	"gongkai/internal/blob"
	"gongkai/internal/db"
	"gongkai/internal/db/dbtest"
	"gongkai/internal/fault"
	"gongkai/ledger"
	"gongkai/org"
	"gongkai/publication"
	"gongkai/review"
	"gongkai/search"
)

type openSeal struct{}

func (openSeal) Seal(b []byte) ([]byte, error) { return b, nil }
func (openSeal) Open(b []byte) ([]byte, error) { return b, nil }

type noTexts struct{}

func (noTexts) TextOf(*db.Tx, string) (string, error) { return "", nil }

// house is a platform in an empty database.
func house(t testing.TB, dsn string) House {
	t.Helper()
	ctx := context.Background()
	clock := NewClock(func() time.Time { return time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC) })
	d, err := db.Open(ctx, dsn, db.Options{Clock: clock.Now, Bulk: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	if err := d.Migrate(ctx, publication.Schema); err != nil {
		t.Fatal(err)
	}
	h := House{DB: d, Clock: clock, Seal: openSeal{}, Units: org.New(d), Reviews: review.New(d), Items: publication.New(d, noTexts{})}
	h.Reviews.Follow("item", h.Items)
	h.Keep = func(_ context.Context, by identity.Actor, unit org.ID, name string, data []byte) (publication.File, error) {
		if err := by.Check(identity.DocumentAdd, unit); err != nil {
			return publication.File{}, err
		}
		return publication.File{Digest: string(blob.DigestOf(data)), Name: name, Size: int64(len(data)), Kind: filepath.Ext(name)[1:]}, nil
	}
	return h
}

func small(t *testing.T, f func(t *testing.T, h House, r Result)) {
	t.Helper()
	run := func(t *testing.T, dsn string) {
		h := house(t, dsn)
		done := 0
		r, err := Build(context.Background(), h, Options{Items: 60, Progress: func(n, total int) { done = n * 100 / total }})
		if err != nil {
			t.Fatalf("Build: %v (%v)", err, fault.Fields(err))
		}
		if done != 100 {
			t.Errorf("progress ended at %d %%", done)
		}
		f(t, h, r)
	}
	t.Run("sqlite", func(t *testing.T) { run(t, "sqlite:"+filepath.Join(t.TempDir(), "demo.db")) })
	t.Run("postgres", func(t *testing.T) { run(t, dbtest.PostgresURL(t, nil)) })
}

func TestASmallDistrictIsBuiltThroughTheActsAndHoldsTogether(t *testing.T) {
	small(t, func(t *testing.T, h House, r Result) {
		ctx := context.Background()
		err := h.DB.Read(ctx, func(tx *db.Tx) error {
			rep, err := ledger.Verify(tx, org.Keeper, review.SubmissionKeeper, review.ChainKeeper, publication.Keeper, publication.TransferKeeper, identity.Keeper)
			if err != nil {
				return err
			}
			if !rep.OK() {
				t.Errorf("the ledger does not agree with the records: %+v", rep)
			}
			diff, err := search.Check(tx, h.Items.Indexed(tx))
			if err != nil {
				return err
			}
			if !diff.Equal() {
				t.Errorf("the index does not agree with the records: %+v", diff)
			}
			checkStates(t, tx)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		checkLogins(t, h, r)
		if _, err := Build(ctx, h, Options{Items: 60}); !errors.Is(err, ErrNotEmpty) {
			t.Errorf("Build in a platform that is in use: %v, want %v", err, ErrNotEmpty)
		}
	})
}

// checkStates compares what the platform holds with what was meant to happen.
func checkStates(t *testing.T, tx *db.Tx) {
	t.Helper()
	rows, n, err := publication.List(tx, publication.Filter{Units: org.Everything(), Size: 1000})
	if err != nil {
		t.Fatal(err)
	}
	titles := map[string]publication.Row{}
	for _, r := range rows {
		titles[r.Title] = r
	}
	public := 0
	validity := map[publication.Validity]int{}
	for _, it := range content.New(content.Options{Items: 60}).Items {
		if it.State != content.Published {
			if r, ok := titles[it.Title]; ok {
				t.Errorf("%s (%s) is listed as %s", it.Title, it.State, r.Face)
			}
			continue
		}
		public++
		r, ok := titles[it.Title]
		if !ok {
			t.Errorf("%s is not public", it.Title)
			continue
		}
		if day := r.Published.In(content.China).Format(time.DateOnly); day != string(it.Published) {
			t.Errorf("%s published on %s, want %s", it.Title, day, it.Published)
		}
		if r.IndexNo == "" {
			t.Errorf("%s has no index number", it.Title)
		}
		if it.Revision != nil && r.Shown != 2 {
			t.Errorf("%s shows version %d, want the corrected one", it.Title, r.Shown)
		}
		if v := r.ValidityOn(dateOf(content.End)); v != "" {
			validity[v]++
		}
	}
	if n != public {
		t.Errorf("%d items are public, want %d", n, public)
	}
	for _, v := range []publication.Validity{publication.Valid, publication.Amended, publication.Expired, publication.Repealed} {
		if validity[v] == 0 {
			t.Errorf("no document is %s: %v", v, validity)
		}
	}
	waiting, err := review.WaitingIn(tx, org.Everything())
	if err != nil {
		t.Fatal(err)
	}
	levels := map[identity.Right]bool{}
	for _, s := range waiting {
		levels[s.Next().Right] = true
	}
	if len(levels) != 4 {
		t.Errorf("submissions wait at %v, want at every level", levels)
	}
}

// checkLogins signs in with what is printed.
func checkLogins(t *testing.T, h House, r Result) {
	t.Helper()
	if len(r.Logins) < len(identity.Roles()) {
		t.Errorf("%d logins, want one for each of %d roles", len(r.Logins), len(identity.Roles()))
	}
	people, err := identity.New(h.DB, h.Seal, identity.Policy{})
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range r.Logins[:1] {
		if _, err := people.ByLogin(context.Background(), identity.System("test"), l.Login); err != nil {
			t.Errorf("ByLogin(%s): %v", l.Login, err)
		}
		if err := people.Policy().Weakness(l.Login, l.Password); err != nil {
			t.Errorf("the password of %s is refused: %v", l.Login, err)
		}
	}
}

func TestAnInterruptedBuildingIsSeenAndOnlyThatIsCleared(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "data")
	if err := Begin(folder); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(folder, "files", "ab"), 0o700); err != nil {
		t.Fatal(err)
	}
	if !Unfinished(folder) {
		t.Fatalf("Unfinished(%s) = false after Begin", folder)
	}
	if err := Clear(folder); err != nil {
		t.Fatalf("Clear: %v", err)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) != 0 {
		t.Errorf("after Clear: %v, %v, want nothing", left, err)
	}
	kept := filepath.Join(folder, "gongkai.db")
	if err := os.WriteFile(kept, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Clear(folder); err == nil {
		t.Error("Clear of a folder without the mark: no error")
	}
	if _, err := os.Stat(kept); errors.Is(err, fs.ErrNotExist) {
		t.Error("Clear threw away a folder that was no unfinished demonstration")
	}
	if err := Finish(folder); err != nil {
		t.Errorf("Finish twice: %v", err)
	}
}

func TestTheClockOnlyMovesForwardUntilItIsLetGo(t *testing.T) {
	machine := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	c := NewClock(func() time.Time { return machine })
	if got := c.Now(); !got.Equal(machine) {
		t.Errorf("Now() = %v, want the machine's %v", got, machine)
	}
	early := machine.AddDate(-3, 0, 0)
	c.to(early)
	c.to(early.Add(-time.Hour))
	if got := c.Now(); !got.Equal(early) {
		t.Errorf("Now() = %v, want %v", got, early)
	}
	c.letGo()
	if got := c.Now(); !got.Equal(machine) {
		t.Errorf("Now() = %v after letting go, want %v", got, machine)
	}
}
