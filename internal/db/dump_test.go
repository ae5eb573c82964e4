package db_test

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"
	"testing/fstest"

	"gongkai/internal/db"
	"gongkai/internal/db/dbtest"
)

var mixed = db.NewSchema("mixed", fstest.MapFS{"migration/0001_a.sql": {Data: []byte(`
CREATE TABLE mixed_row (id TEXT PRIMARY KEY, n INTEGER, body BLOB, share REAL) STRICT;
CREATE TABLE mixed_index (word TEXT NOT NULL) STRICT;
CREATE TABLE org_unit (parent TEXT REFERENCES org_unit (id), id TEXT PRIMARY KEY) STRICT;
`)}})

func fill(t *testing.T, d *db.DB) {
	t.Helper()
	if err := d.Write(context.Background(), func(tx *db.Tx) error {
		for _, row := range [][]any{
			{"a<&>〔〕\"\\", int64(-5), []byte{0, 255}, 1.5}, {"b\n\u2028", nil, nil, nil}, {"c", int64(1) << 60, []byte{}, -0.25},
		} {
			if _, err := tx.Exec(`INSERT INTO mixed_row (id, n, body, share) VALUES ($1, $2, $3, $4)`, row...); err != nil {
				return err
			}
		}
		for _, row := range [][]any{{nil, "z"}, {"z", "m"}, {"m", "a"}} {
			if _, err := tx.Exec(`INSERT INTO org_unit (parent, id) VALUES ($1, $2)`, row...); err != nil {
				return err
			}
		}
		// The root is written last in the file of an engine that moves changed rows.
		_, err := tx.Exec(`UPDATE org_unit SET parent = parent WHERE id = 'z'`)
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

func dump(t *testing.T, d *db.DB, table string) (string, db.Sum) {
	t.Helper()
	var b bytes.Buffer
	var s db.Sum
	if err := d.Read(context.Background(), func(tx *db.Tx) (err error) {
		s, err = db.Dump(tx, table, &b)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return b.String(), s
}

func TestADumpMovesBetweenTheEnginesWithoutChange(t *testing.T) {
	tables, err := db.Tables([]string{"mixed_index"}, mixed)
	if err != nil || strings.Join(tables, " ") != "mixed_row org_unit" {
		t.Fatalf("Tables = %v, %v", tables, err)
	}
	from := dbtest.SQLite(t, mixed)
	fill(t, from)
	for range 2 { // there and back again
		var to *db.DB
		if from.Engine() == db.SQLite {
			to = dbtest.Postgres(t, mixed)
		} else {
			to = dbtest.SQLite(t, mixed)
		}
		for _, table := range tables {
			text, sum := dump(t, from, table)
			if err := to.Write(context.Background(), func(tx *db.Tx) error {
				got, err := db.Load(tx, table, strings.NewReader(text))
				if got != sum {
					t.Errorf("Load(%s) = %+v, want %+v", table, got, sum)
				}
				return err
			}); err != nil {
				t.Fatal(err)
			}
			if _, got := dump(t, to, table); got != sum {
				t.Errorf("%s on %s sums to %+v, want %+v", table, to.Engine(), got, sum)
			}
		}
		from = to
	}
}

func TestASumSeesOneChangedByte(t *testing.T) {
	dbtest.Each(t, mixed, func(t *testing.T, d *db.DB) {
		fill(t, d)
		_, before := dump(t, d, "mixed_row")
		if err := d.Write(context.Background(), func(tx *db.Tx) error {
			_, err := tx.Exec(`UPDATE mixed_row SET n = 2 WHERE id = 'c'`)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if _, after := dump(t, d, "mixed_row"); after == before || after.Rows != before.Rows {
			t.Errorf("sum before %+v, after %+v", before, after)
		}
	})
}

func TestADamagedDumpIsRefusedWhole(t *testing.T) {
	d := dbtest.SQLite(t, mixed)
	for _, tc := range []struct{ name, text string }{
		{"nothing", ""},
		{"no columns", "x\n"},
		{"a strange column", "[\"id; DROP TABLE mixed_row\"]\n"},
		{"too few values", "[\"id\",\"n\"]\n[\"a\"]\n"},
		{"cut off", "[\"id\",\"n\"]\n[\"a\",1]\n[\"b\","},
		{"a value of no kind", "[\"id\",\"n\"]\n[\"a\",true]\n"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			err := d.Write(context.Background(), func(tx *db.Tx) error {
				_, err := db.Load(tx, "mixed_row", strings.NewReader(tc.text))
				return err
			})
			if err == nil {
				t.Error("Load succeeded")
			}
			if err := d.Read(context.Background(), func(tx *db.Tx) error {
				s, err := db.Dump(tx, "mixed_row", io.Discard)
				if s.Rows != 0 {
					t.Errorf("%d rows were left behind", s.Rows)
				}
				return err
			}); err != nil {
				t.Fatal(err)
			}
		})
	}
	orphans := "[\"id\",\"parent\"]\n[\"a\",\"b\"]\n"
	if err := d.Write(context.Background(), func(tx *db.Tx) error {
		_, err := db.Load(tx, "org_unit", strings.NewReader(orphans))
		return err
	}); err == nil || !strings.Contains(err.Error(), "not in the dump") {
		t.Errorf("Load of an orphan = %v", err)
	}
}
