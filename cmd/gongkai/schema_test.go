package main

import (
	"context"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gongkai/internal/db"
	"gongkai/internal/db/dbtest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestTheSchemaIsAsReviewed prints the tables and indexes that all migrations
// together make, so that a change of them is seen in review.
func TestTheSchemaIsAsReviewed(t *testing.T) {
	for _, tc := range []struct {
		engine string
		open   func(testing.TB, *db.Schema) *db.DB
		query  string
	}{
		{"sqlite", dbtest.SQLite, `SELECT name || ': ' || coalesce(sql, '') FROM sqlite_master
			WHERE name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search_fts_%' ORDER BY type DESC, name`},
		{"postgres", dbtest.Postgres, `
			SELECT table_name || '.' || column_name || ' ' || data_type || CASE WHEN is_nullable = 'NO' THEN ' not null' ELSE '' END
			FROM information_schema.columns WHERE table_schema = 'public'
			UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1`},
	} {
		t.Run(tc.engine, func(t *testing.T) {
			d := tc.open(t, schema)
			var lines []string
			if err := d.Read(context.Background(), func(tx *db.Tx) (err error) {
				lines, err = db.All(tx, func(r db.Row) (s string, err error) { return s, r.Scan(&s) }, tc.query)
				return err
			}); err != nil {
				t.Fatal(err)
			}
			got := strings.Join(lines, "\n") + "\n"
			path := "testdata/schema." + tc.engine + ".txt"
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("the schema changed; if it is meant: go test ./cmd/gongkai -run Schema -update\n%s", diff)
			}
		})
	}
}
