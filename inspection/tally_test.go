package inspection_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gongkai/inspection"
	"gongkai/internal/db"
	"gongkai/org"
)

// TestOneLookCountsAsManyDo: what is counted by several things at once adds up to what
// is counted by each alone, under every filter, on both engines.
func TestOneLookCountsAsManyDo(t *testing.T) {
	each(t, func(w *world) {
		oversight(w, 300, 700)
		open := []inspection.State{inspection.Found, inspection.Confirmed, inspection.Mended}
		for _, f := range []inspection.Filter{
			{Units: org.Everything()}, {Units: org.Under("mj-qs")}, {Units: org.Everything(), States: open}, {Units: org.Everything(), States: open[1:2], Overdue: true},
			{Units: org.Everything(), Rule: "typo", Severity: "error"}, {Units: org.Everything(), Words: "第12号"}, {Units: org.Everything(), Words: "没有这样的字"},
		} {
			w.read(func(tx *db.Tx) error {
				all, err := inspection.CountAll(tx, f, inspection.ByState, inspection.ByRule, inspection.ByUnit)
				if err != nil {
					return err
				}
				for _, by := range []inspection.Sort{inspection.ByState, inspection.ByRule, inspection.ByUnit, inspection.ByFamily} {
					alone, err := inspection.Counts(tx, f, by)
					if err != nil {
						return err
					}
					if diff := cmp.Diff(alone, all.By(by, nil)); diff != "" {
						t.Errorf("by %s under %+v (-alone +at once):\n%s", by, f, diff)
					}
				}
				page, total, err := inspection.List(tx, f)
				n := 0
				for _, c := range all.By(inspection.ByState, func(key func(inspection.Sort) string) bool { return key(inspection.ByAge) == "" }) {
					n += c.Total
				}
				if n != total || len(page) != min(total, 50) {
					t.Errorf("under %+v the tally has %d, the list %d with a page of %d", f, n, total, len(page))
				}
				return err
			})
		}
	})
}

// TestAnExportSaysWhoMovedAFindingLast: each line has the last step of its finding, in
// the order of the list, and is late by working days.
func TestAnExportSaysWhoMovedAFindingLast(t *testing.T) {
	each(t, func(w *world) {
		oversight(w, 300, 700)
		w.read(func(tx *db.Tx) error {
			var got, want []string
			say := func(f inspection.Finding, by, note string) string {
				return fmt.Sprint(f.ID, f.State, by, note)
			}
			late := 0
			err := w.is.Export(tx, inspection.Filter{Units: org.Everything()}, func(r inspection.Row) error {
				got = append(got, say(r.Finding, string(r.By), r.Note))
				if r.Late > 0 {
					late++
				}
				if !strings.HasPrefix(r.UnitName, "明镜区") || r.RuleName != r.Rule {
					t.Errorf("the line of %s says %q and %q", r.ID, r.UnitName, r.RuleName)
				}
				return nil
			})
			if err != nil {
				return err
			}
			for page := 1; ; page++ {
				rows, _, err := inspection.List(tx, inspection.Filter{Units: org.Everything(), Page: page})
				if err != nil || len(rows) == 0 {
					if diff := cmp.Diff(want, got); diff != "" || len(got) != 700 || late == 0 {
						t.Errorf("%d lines, %d late (-pages +export):\n%s", len(got), late, diff)
					}
					return err
				}
				for _, f := range rows {
					by, note := "", ""
					if steps, err := inspection.StepsOf(tx, f.ID); err != nil {
						return err
					} else if n := len(steps); n > 0 {
						by, note = string(steps[n-1].By), steps[n-1].Note
					}
					want = append(want, say(f, by, note))
				}
			}
		})
	})
}
