package db_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"gongkai/internal/db"
	"gongkai/internal/db/dbtest"
	"gongkai/internal/fault"
)

var shelf = db.NewSchema("shelf", fstest.MapFS{"migration/0001_book.sql": &fstest.MapFile{Data: []byte(`
-- A book; the semicolon in this comment ; does not end a statement
CREATE TABLE shelf_book (
	id TEXT PRIMARY KEY,
	n INTEGER NOT NULL CHECK (n >= 0),
	body BLOB,
	at INTEGER NOT NULL
) STRICT;
-- +sqlite
CREATE TABLE shelf_only (engine TEXT NOT NULL) STRICT;
INSERT INTO shelf_only (engine) VALUES ('sqlite');
-- +end
-- +postgres
CREATE TABLE shelf_only (engine TEXT NOT NULL);
INSERT INTO shelf_only (engine) VALUES ('postgres');
-- +end
INSERT INTO shelf_book (id, n, at) VALUES ('counter', 0, 0);
`)}})

func TestOneTextServesBothEngines(t *testing.T) {
	dbtest.Each(t, shelf, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		var at time.Time
		if err := d.Write(ctx, func(tx *db.Tx) error {
			at = tx.Now
			_, err := tx.Exec(`INSERT INTO shelf_book (id, n, body, at) VALUES ($1, $2, $3, $4)`, "a", 3, []byte("卷"), db.Ms(tx.Now))
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if err := d.Read(ctx, func(tx *db.Tx) error {
			type book struct {
				body []byte
				at   int64
			}
			b, err := db.One(tx, func(r db.Row) (b book, err error) { return b, r.Scan(&b.body, &b.at) },
				`SELECT body, at FROM shelf_book WHERE id = $1`, "a")
			if err != nil {
				return err
			}
			if string(b.body) != "卷" || !db.Time(b.at).Equal(at) {
				t.Errorf("row = %q at %v, want 卷 at %v", b.body, db.Time(b.at), at)
			}
			e, err := db.Value[string](tx, `SELECT engine FROM shelf_only`)
			if err != nil || e != string(d.Engine()) {
				t.Errorf("block for engine = %q, %v, want %q", e, err, d.Engine())
			}
			_, err = db.Value[int](tx, `SELECT n FROM shelf_book WHERE id = $1`, "none")
			if !errors.Is(err, fault.NotFound) {
				t.Errorf("Value of no row = %v, want NotFound", err)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	})
}

func TestAFailedActLeavesNothing(t *testing.T) {
	dbtest.Each(t, shelf, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		called := 0
		d.AfterWrite(func() { called++ })
		stop := errors.New("stop")
		err := d.Write(ctx, func(tx *db.Tx) error {
			tx.OnCommit(func() { called++ })
			if _, err := tx.Exec(`INSERT INTO shelf_book (id, n, at) VALUES ('b', 1, 1)`); err != nil {
				return err
			}
			return stop
		})
		if !errors.Is(err, stop) || called != 0 {
			t.Errorf("Write = %v with %d calls, want stop with none", err, called)
		}
		if n := count(t, d); n != 1 {
			t.Errorf("rows = %d, want only the counter", n)
		}
	})
}

func TestADoubleRowIsToldFromOtherFailures(t *testing.T) {
	dbtest.Each(t, shelf, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		put := func(id string, n int) error {
			return d.Write(ctx, func(tx *db.Tx) error {
				_, err := tx.Exec(`INSERT INTO shelf_book (id, n, at) VALUES ($1, $2, 1)`, id, n)
				return err
			})
		}
		if err := put("c", 1); err != nil {
			t.Fatal(err)
		}
		if err := put("c", 1); !db.IsDuplicate(err) {
			t.Errorf("second insert = %v, want a duplicate", err)
		}
		if err := put("d", -1); err == nil || db.IsDuplicate(err) {
			t.Errorf("insert against CHECK = %v, want another failure", err)
		}
	})
}

func TestConcurrentActsSeeEachOther(t *testing.T) {
	dbtest.Each(t, shelf, func(t *testing.T, d *db.DB) {
		const writers, rounds = 6, 15
		var wg sync.WaitGroup
		for range writers {
			wg.Go(func() {
				for range rounds {
					if err := d.Write(context.Background(), func(tx *db.Tx) error {
						n, err := db.Value[int](tx, `SELECT n FROM shelf_book WHERE id = 'counter'`)
						if err != nil {
							return err
						}
						_, err = tx.Exec(`UPDATE shelf_book SET n = $1 WHERE id = 'counter'`, n+1)
						return err
					}); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		err := d.Read(context.Background(), func(tx *db.Tx) error {
			n, err := db.Value[int](tx, `SELECT n FROM shelf_book WHERE id = 'counter'`)
			if n != writers*rounds {
				t.Errorf("counter = %d, want %d", n, writers*rounds)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestAReaderCannotWriteAndKeepsItsSnapshot(t *testing.T) {
	dbtest.Each(t, shelf, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		err := d.Read(ctx, func(tx *db.Tx) error {
			n, err := db.Value[int](tx, `SELECT count(*) FROM shelf_book`)
			if err != nil {
				return err
			}
			if err := d.Write(ctx, func(tx *db.Tx) error {
				_, err := tx.Exec(`INSERT INTO shelf_book (id, n, at) VALUES ('late', 1, 1)`)
				return err
			}); err != nil {
				return err
			}
			again, err := db.Value[int](tx, `SELECT count(*) FROM shelf_book`)
			if again != n {
				t.Errorf("snapshot moved from %d to %d rows", n, again)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Read(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(`DELETE FROM shelf_book`)
			return err
		}); err == nil {
			t.Error("a read transaction could delete")
		}
	})
}

func TestTimeNeverRunsBackwards(t *testing.T) {
	d := dbtest.SQLite(t, shelf)
	at := func() (now time.Time) {
		if err := d.Write(context.Background(), func(tx *db.Tx) error { now = tx.Now; return nil }); err != nil {
			t.Fatal(err)
		}
		return now
	}
	first := at()
	dbtest.Clock(d).Add(-2 * time.Second) // a clock that is set right by a little
	if second := at(); second.Before(first) {
		t.Errorf("an act at %v followed one at %v", second, first)
	}
}

func TestIDsSortByTimeAndDiffer(t *testing.T) {
	d := dbtest.SQLite(t, shelf)
	var ids []string
	for range 50 {
		if err := d.Write(context.Background(), func(tx *db.Tx) error { ids = append(ids, tx.NewID(), tx.NewID()); return nil }); err != nil {
			t.Fatal(err)
		}
	}
	seen := map[string]bool{}
	for i, id := range ids {
		if len(id) != 20 || seen[id] {
			t.Fatalf("id %q: wrong length or seen before", id)
		}
		seen[id] = true
		if i >= 2 && ids[i][:10] <= ids[i-2][:10] {
			t.Errorf("%q does not sort after %q", ids[i], ids[i-2])
		}
	}
}

func count(t *testing.T, d *db.DB) (n int) {
	t.Helper()
	if err := d.Read(context.Background(), func(tx *db.Tx) (err error) {
		n, err = db.Value[int](tx, `SELECT count(*) FROM shelf_book`)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return n
}
