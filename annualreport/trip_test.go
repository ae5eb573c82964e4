package annualreport_test

import (
	"errors"
	"testing"

	"gongkai/annualreport"
	"gongkai/annualreport/form"
	"gongkai/document"
	"gongkai/internal/db"
	"gongkai/org"
	"gongkai/publication"
)

var errTripped = errors.New("the disk is full")

// TestAnActThatFailsAtAnyWriteLeavesNothing takes each act of a round and of a
// report and fails the database at its first write, its second, and so on to the
// commit. After each everything must be as it was and agree with the ledger.
func TestAnActThatFailsAtAnyWriteLeavesNothing(t *testing.T) {
	each(t, func(v *district) {
		v.tally.keep(school, map[string]int64{"permit.decisions": 120})
		v.everyWrite("open", func() error {
			_, err := v.reports.OpenRound(ctx, v.boss, annualreport.Plan{Unit: government, Year: 2025, Report: []org.ID{government, office, school}})
			return err
		})
		id := v.own(school)
		v.everyWrite("dates", func() error {
			return v.reports.SetDue(ctx, v.boss, government, 2025, day("2026-01-20"), day("2026-03-20"))
		})
		v.everyWrite("add", func() error { return v.reports.AddUnit(ctx, v.boss, government, 2025, town) })
		v.everyWrite("excuse", func() error { return v.reports.Excuse(ctx, v.boss, v.own(town), "本年度机构合并撤销") })
		v.everyWrite("call", func() error { return v.reports.Call(ctx, v.boss, v.own(town)) })
		v.everyWrite("remind", func() error { _, err := v.reports.Remind(ctx); return err })
		fix := func(n int64) func() error {
			return func() error {
				return v.reports.Correct(ctx, v.writer, id, []annualreport.Correction{{Cell: permits, Value: form.Of(n)}}, "两件纸质许可尚未录入")
			}
		}
		v.everyWrite("correct", fix(122))
		v.everyWrite("correct again", fix(123))
		v.everyWrite("uncorrect", func() error { return v.reports.Uncorrect(ctx, v.writer, id, permits, "台账已经补录完整") })
		v.everyWrite("draft", func() error { return v.draft(id) })
		v.tally.n[school]["application.new.自然人"] = 2
		for _, f := range v.sheet(id).Unexplained() {
			v.everyWrite("explain", func() error { return v.reports.Explain(ctx, v.writer, id, f.Key, "经核对情况属实") })
		}
		seen := v.sheet(id).Digest
		v.everyWrite("submit", func() error { return v.reports.Submit(ctx, v.writer, id, seen) })
		v.everyWrite("recall", func() error { return v.reports.Recall(ctx, v.writer, id) })
		v.everyWrite("submit again", func() error { return v.reports.Submit(ctx, v.writer, id, seen) })
		v.everyWrite("return", func() error { return v.reports.Return(ctx, v.boss, id, "请核对行政许可数量") })
		v.send(v.writer, id)
		seen = v.sheet(id).Digest
		v.everyWrite("accept", func() error { return v.reports.Accept(ctx, v.boss, id, seen, "同意") })

		// The files of a paper are kept before the act; they are not part of it.
		v.must(v.reports.Return(ctx, v.boss, id, "请核对行政许可数量"))
		v.send(v.writer, id)
		v.accept(id)
		for n := 1; ; n++ {
			writes := 0
			v.db.Trip(func(string) error {
				if writes++; writes == n {
					return errTripped
				}
				return nil
			})
			err := v.paper(id)
			v.db.Trip(nil)
			if err == nil {
				break
			}
			if !errors.Is(err, errTripped) {
				v.Fatalf("paper failing at write %d: %v", n, err)
			}
			if now := v.anyItem(); now != "" {
				v.Fatalf("paper failing at write %d left item %s behind", n, now)
			}
		}
		v.verify()
	})
}

// anyItem is some item there is, or the one the school's report names.
func (v *district) anyItem() (id publication.ItemID) {
	v.Helper()
	v.read(func(tx *db.Tx) error {
		rows, _, err := publication.List(tx, publication.Filter{Units: org.Everything(), Faces: []publication.Face{publication.Unseen, publication.Public}})
		if len(rows) > 0 {
			id = rows[0].ID
		}
		return err
	})
	if id == "" {
		id = v.report(school, annualreport.Own).Item
	}
	return id
}

// everyWrite runs an act with the n-th write failing, for every n until it goes
// through.
func (v *district) everyWrite(what string, act func() error) {
	v.Helper()
	for n := 1; ; n++ {
		before := v.sums(annualreport.Schema, publication.Schema, document.Schema)
		writes := 0
		v.db.Trip(func(string) error {
			if writes++; writes == n {
				return errTripped
			}
			return nil
		})
		err := act()
		v.db.Trip(nil)
		if err == nil {
			if n < 3 {
				v.Errorf("%s: only %d writes were seen", what, n-1)
			}
			break
		}
		if !errors.Is(err, errTripped) {
			v.Fatalf("%s failing at write %d: %v", what, n, err)
		}
		if after := v.sums(annualreport.Schema, publication.Schema, document.Schema); after != before {
			v.Fatalf("%s failing at write %d left something behind", what, n)
		}
	}
	v.verify()
}

// sums is a digest of all that is kept.
func (v *district) sums(schemas ...*db.Schema) (all string) {
	v.Helper()
	tables, err := db.Tables([]string{"search_fts"}, schemas...)
	v.must(err)
	v.read(func(tx *db.Tx) error {
		for _, table := range tables {
			s, err := db.Dump(tx, table, discard{})
			if err != nil {
				return err
			}
			all += table + s.Digest + "\n"
		}
		return nil
	})
	return all
}

type discard struct{}

func (discard) Write(b []byte) (int, error) { return len(b), nil }
