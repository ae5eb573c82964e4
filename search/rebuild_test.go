package search_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gongkai/internal/db"
	"gongkai/internal/db/dbtest"
	"gongkai/org"
	"gongkai/search"
)

func from(docs []search.Doc) search.Source {
	return func(yield func(search.Doc) error) error {
		for _, d := range docs {
			if err := yield(d); err != nil {
				return err
			}
		}
		return nil
	}
}

func check(t *testing.T, d *db.DB, docs []search.Doc) search.Difference {
	t.Helper()
	var diff search.Difference
	if err := d.Read(context.Background(), func(tx *db.Tx) (err error) { diff, err = search.Check(tx, from(docs)); return err }); err != nil {
		t.Fatalf("Check = %v", err)
	}
	return diff
}

func TestARebuildMakesTheIndexEqualToTheRecords(t *testing.T) {
	dbtest.Each(t, search.Schema, func(t *testing.T, d *db.DB) {
		plant(t, d)
		put(t, d, library[:4]...)
		changed := library[0]
		changed.Title = "旧的题目"
		put(t, d, changed, search.Doc{ID: "item/stray", Unit: "mj", Title: "没有记录"})
		write(t, d, func(tx *db.Tx) error {
			_, err := tx.Exec(`UPDATE search_doc SET version = 'old' WHERE id = 'item/b'`)
			return err
		})

		want := search.Difference{Docs: 6, Missing: []string{"item/e", "item/f"}, Extra: []string{"item/stray"}, Changed: []string{"item/a"}, Stale: true}
		if diff := cmp.Diff(want, check(t, d, library)); diff != "" {
			t.Errorf("Check before the rebuild (-want +got):\n%s", diff)
		}
		var told []search.Progress
		p, err := search.Rebuild(context.Background(), d, from(library), func(p search.Progress) { told = append(told, p) })
		if err != nil {
			t.Fatalf("Rebuild = %v", err)
		}
		if want := (search.Progress{Seen: 6, Indexed: 4, Removed: 1}); p != want || len(told) == 0 || told[len(told)-1] != want {
			t.Errorf("Rebuild = %+v, told %+v, want %+v", p, told, want)
		}
		if diff := check(t, d, library); !diff.Equal() {
			t.Errorf("Check after the rebuild = %+v", diff)
		}
		if got := ids(find(t, d, all("旧的题目"))); slices.Contains(got, "item/a") && !find(t, d, all("旧的题目")).Relaxed {
			t.Errorf("the old title is still found: %v", got)
		}
		p, err = search.Rebuild(context.Background(), d, from(library), nil)
		if want := (search.Progress{Seen: 6}); err != nil || p != want {
			t.Errorf("a second Rebuild = %+v, %v, want %+v", p, err, want)
		}
	})
}

func TestARebuildLeavesAloneWhatActsDidMeanwhile(t *testing.T) {
	dbtest.Each(t, search.Schema, func(t *testing.T, d *db.DB) {
		plant(t, d)
		put(t, d, library...)
		write(t, d, func(tx *db.Tx) error { // so that the rebuild has to do all of them
			_, err := tx.Exec(`UPDATE search_doc SET version = 'old'`)
			return err
		})
		newer := library[0]
		newer.Title = "重建期间改过的题目"
		added := search.Doc{ID: "item/new", Unit: "mj", Title: "重建期间公开"}
		source := func(yield func(search.Doc) error) error {
			put(t, d, newer, added)
			write(t, d, func(tx *db.Tx) error { return search.Remove(tx, "item/b") })
			return from(library)(yield)
		}
		if _, err := search.Rebuild(context.Background(), d, source, nil); err != nil {
			t.Fatalf("Rebuild = %v", err)
		}
		now := append([]search.Doc{newer, added}, library[2:]...)
		if diff := check(t, d, now); !diff.Equal() {
			t.Errorf("Check = %+v: the rebuild undid an act", diff)
		}
	})
}

func TestARebuildThatIsStoppedCanBeRunAgain(t *testing.T) {
	dbtest.Each(t, search.Schema, func(t *testing.T, d *db.DB) {
		plant(t, d)
		var docs []search.Doc
		for i := range 250 {
			docs = append(docs, search.Doc{ID: fmt.Sprintf("item/%03d", i), Unit: "mj", Published: "2026-01-01", Title: fmt.Sprintf("第%d号公告", i)})
		}
		broken := errors.New("the source broke")
		_, err := search.Rebuild(context.Background(), d, func(yield func(search.Doc) error) error {
			if err := from(docs[:150])(yield); err != nil {
				return err
			}
			return broken
		}, nil)
		if !errors.Is(err, broken) {
			t.Fatalf("Rebuild = %v, want the failure of the source", err)
		}
		if r := find(t, d, all("公告")); r.Total != 100 {
			t.Errorf("after the stop %d are found, want the full batches: 100", r.Total)
		}
		p, err := search.Rebuild(context.Background(), d, from(docs), nil)
		if want := (search.Progress{Seen: 250, Indexed: 150}); err != nil || p != want {
			t.Errorf("Rebuild again = %+v, %v, want %+v", p, err, want)
		}
		if diff := check(t, d, docs); !diff.Equal() {
			t.Errorf("Check = %+v", diff)
		}
		seen := map[string]bool{}
		for page := 1; page <= 25; page++ {
			for _, id := range ids(find(t, d, search.Query{Text: "公告", Units: org.Everything(), Page: page, Size: 10})) {
				if seen[id] {
					t.Errorf("%s stands on two pages", id)
				}
				seen[id] = true
			}
		}
		if len(seen) != len(docs) {
			t.Errorf("the pages hold %d documents, want %d", len(seen), len(docs))
		}
	})
}

func TestACheckFindsWordsThatWereChangedBehindItsBack(t *testing.T) {
	dbtest.Each(t, search.Schema, func(t *testing.T, d *db.DB) {
		plant(t, d)
		put(t, d, library...)
		if diff := check(t, d, library); !diff.Equal() {
			t.Fatalf("Check of a fresh index = %+v", diff)
		}
		write(t, d, func(tx *db.Tx) error {
			seq, err := db.Value[int64](tx, `SELECT seq FROM search_doc WHERE id = 'item/c'`)
			if err != nil {
				return err
			}
			if tx.Engine() == db.Postgres {
				_, err = tx.Exec(`UPDATE search_doc SET vec = '''x'':1A'::tsvector WHERE seq = $1`, seq)
				return err
			}
			if _, err = tx.Exec(`DELETE FROM search_fts WHERE rowid = $1`, seq); err != nil {
				return err
			}
			_, err = tx.Exec(`INSERT INTO search_fts (rowid, title) VALUES ($1, 'x')`, seq)
			return err
		})
		if diff := check(t, d, library); !slices.Equal(diff.Broken, []string{"item/c"}) || diff.Equal() {
			t.Errorf("Check = %+v, want item/c broken", diff)
		}
	})
}
