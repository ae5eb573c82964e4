package db_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"gongkai/internal/db"
	"gongkai/internal/fault"
)

// lines is an open database with a table of three lines.
func lines(t *testing.T) *db.DB {
	t.Helper()
	ctx := context.Background()
	d, err := db.Open(ctx, "sqlite:"+t.TempDir()+"/lines.db", db.Options{Conns: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	write(t, d, `CREATE TABLE line (n INTEGER PRIMARY KEY, word TEXT NOT NULL)`)
	for i := range 3 {
		write(t, d, addLine, i, fmt.Sprint("word ", i))
	}
	return d
}

const (
	addLine  = `INSERT INTO line (n, word) VALUES ($1, $2)`
	allLines = `SELECT n FROM line ORDER BY n`
	oneLine  = `SELECT word FROM line WHERE n >= $1 ORDER BY n`
)

func write(t *testing.T, d *db.DB, query string, args ...any) {
	t.Helper()
	if err := d.Write(context.Background(), func(tx *db.Tx) error {
		_, err := tx.Exec(query, args...)
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, d *db.DB, f func(tx *db.Tx) error) {
	t.Helper()
	if err := d.Read(context.Background(), f); err != nil {
		t.Fatal(err)
	}
}

func TestAStatementThatIsKeptTakesTheValuesOfEachRun(t *testing.T) {
	d := lines(t)
	for range 3 {
		read(t, d, func(tx *db.Tx) error {
			for i := range 3 {
				got, err := db.Value[string](tx, oneLine, i) // leaves rows unread
				if want := fmt.Sprint("word ", i); err != nil || got != want {
					t.Errorf("line %d = %q, %v; want %q", i, got, err, want)
				}
			}
			_, err := db.Value[string](tx, oneLine, 9)
			if !errors.Is(err, fault.NotFound) {
				t.Errorf("line 9: %v, want NotFound", err)
			}
			return nil
		})
	}
}

func TestAStatementWhoseRowsAreBeingReadCanRunBesideThem(t *testing.T) {
	d := lines(t)
	read(t, d, func(tx *db.Tx) error {
		var all []string
		err := db.Each(tx, func(r db.Row) error {
			var outer int
			if err := r.Scan(&outer); err != nil {
				return err
			}
			inner, err := db.All(tx, func(r db.Row) (n int, err error) { return n, r.Scan(&n) }, allLines)
			all = append(all, fmt.Sprint(outer, inner))
			return err
		}, allLines)
		if got, want := strings.Join(all, " "), "0 [0 1 2] 1 [0 1 2] 2 [0 1 2]"; got != want {
			t.Errorf("rows within rows: %s, want %s", got, want)
		}
		return err
	})
}

func TestAStatementThatFailedRunsAgain(t *testing.T) {
	d := lines(t)
	for range 2 {
		err := d.Write(context.Background(), func(tx *db.Tx) error {
			_, err := tx.Exec(addLine, 1, "again")
			return err
		})
		if !db.IsDuplicate(err) {
			t.Fatalf("a line that is there: %v, want a duplicate", err)
		}
	}
	write(t, d, addLine, 7, "seven")
	ended, end := context.WithCancel(context.Background())
	err := d.Read(ended, func(tx *db.Tx) error {
		return db.Each(tx, func(db.Row) error { end(); return nil }, allLines)
	})
	if err != nil && !errors.Is(err, context.Canceled) {
		t.Errorf("a reader who leaves: %v", err)
	}
	read(t, d, func(tx *db.Tx) error {
		n, err := db.All(tx, func(r db.Row) (n int, err error) { return n, r.Scan(&n) }, allLines)
		if len(n) != 4 {
			t.Errorf("%d lines, want 4", len(n))
		}
		return err
	})
}

func TestAStatementSeesATableThatHasChanged(t *testing.T) {
	d := lines(t)
	count := func() (n int) {
		read(t, d, func(tx *db.Tx) (err error) { n, err = db.Value[int](tx, `SELECT count(*) FROM line`); return err })
		return n
	}
	if n := count(); n != 3 {
		t.Fatalf("%d lines, want 3", n)
	}
	write(t, d, `ALTER TABLE line ADD COLUMN more TEXT NOT NULL DEFAULT ''`)
	write(t, d, `CREATE INDEX line_word ON line (word)`)
	write(t, d, addLine, 3, "three")
	if n := count(); n != 4 {
		t.Errorf("%d lines after the table changed, want 4", n)
	}
	write(t, d, `DROP TABLE line`)
	err := d.Read(context.Background(), func(tx *db.Tx) error { _, err := db.Value[int](tx, `SELECT count(*) FROM line`); return err })
	if err == nil {
		t.Error("lines are counted in a table that is gone")
	}
}

func TestManyDifferentQueriesTakeTurns(t *testing.T) {
	d := lines(t)
	for range 2 {
		for i := range 500 {
			read(t, d, func(tx *db.Tx) error {
				n, err := db.Value[int](tx, fmt.Sprintf(`SELECT %d + n FROM line WHERE n = $1`, i), 2)
				if n != i+2 {
					t.Errorf("query %d = %d, want %d", i, n, i+2)
				}
				return err
			})
		}
	}
}

// BenchmarkAShortQuery is what asking for one row costs.
func BenchmarkAShortQuery(b *testing.B) {
	ctx := context.Background()
	d, err := db.Open(ctx, "sqlite:"+b.TempDir()+"/lines.db", db.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer d.Close()
	if err := d.Write(ctx, func(tx *db.Tx) error {
		if _, err := tx.Exec(`CREATE TABLE line (n INTEGER PRIMARY KEY, word TEXT NOT NULL)`); err != nil {
			return err
		}
		_, err := tx.Exec(addLine, 1, "one")
		return err
	}); err != nil {
		b.Fatal(err)
	}
	_ = d.Read(ctx, func(tx *db.Tx) error {
		for b.Loop() {
			if _, err := db.Value[string](tx, `SELECT word FROM line WHERE n = $1 AND word <> '' ORDER BY n LIMIT 1`, 1); err != nil {
				b.Fatal(err)
			}
		}
		return nil
	})
}
