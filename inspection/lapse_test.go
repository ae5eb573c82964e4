package inspection_test

import (
	"slices"
	"strings"
	"testing"

	"gongkai/inspection"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/org"
	"gongkai/workday"
)

// TestAnExceptionEndsWithItsDay: what it let stand counts again at that moment, though
// no night has put it down.
func TestAnExceptionEndsWithItsDay(t *testing.T) {
	each(t, func(w *world) {
		w.write("item/a", leak)
		f := w.check("item/a").Blocking()
		if len(f) != 1 {
			t.Fatalf("%d findings block, want 1", len(f))
		}
		terms := inspection.Terms{Scope: inspection.ThisPlace, Reason: "公告送达", Basis: "《民事诉讼法》第九十五条", Until: w.today()}
		w.must(err2(w.is.Except(ctx, w.secrecy, []inspection.ID{f[0].ID}, terms)))
		w.must(w.require("item/a", leak))
		last := w.today()

		w.days(1)
		err := w.require("item/a", leak)
		w.refused("the day after its last, before the night", err, fault.Conflict)
		if say := fault.Sentence(err); !strings.Contains(say, "例外已经到期") {
			t.Errorf("the refusal says %q, want it to name the exception", say)
		}
		w.wantState("as everybody sees it", f[0].ID, inspection.Found)
		w.read(func(tx *db.Tx) error {
			s, err := inspection.History(tx, "item/a")
			if err != nil || len(s.Standing) != 1 || len(s.Excepted) != 0 {
				t.Fatalf("the story: %d stand, %d excepted, %v; want one that stands", len(s.Standing), len(s.Excepted), err)
			}
			l := s.Standing[0]
			if l.Do != inspection.DoLapse || l.Until != last || workday.Today(l.At) != w.today() || !l.Finding.Blocks() {
				t.Errorf("the story tells %s of an exception until %v at %v, blocks %t; want that it lapsed with %v", l.Do, l.Until, l.At, l.Finding.Blocks(), last)
			}
			r, err := inspection.LastReport(tx, "item/a")
			if len(r.Blocking()) != 1 {
				t.Errorf("the last report: %d block, want 1", len(r.Blocking()))
			}
			return err
		})

		if r := w.check("item/a"); len(r.Blocking()) != 1 || r.Blocking()[0].Exception != "" {
			t.Errorf("inspected anew: %+v, want it to block, without an exception", r.Blocking())
		}
		w.read(func(tx *db.Tx) error {
			steps, err := inspection.StepsOf(tx, f[0].ID)
			if err != nil || len(steps) != 2 || steps[1].Do != inspection.DoLapse || steps[1].By != "system:inspection" {
				t.Errorf("the history: %+v, %v; want the machine's lapse after the exception", steps, err)
			}
			return err
		})
		terms.Until = w.today().AddDays(3)
		w.must(err2(w.is.Except(ctx, w.secrecy, []inspection.ID{f[0].ID}, terms)))
		w.must(w.require("item/a", leak))
		w.verify()
	})
}

// TestAFindingWhoseExceptionEndedMayBeDealtWith: the end of the exception is put down
// before what somebody does.
func TestAFindingWhoseExceptionEndedMayBeDealtWith(t *testing.T) {
	each(t, func(w *world) {
		w.publish("item/a", slip)
		w.publish("item/b", slip)
		w.sweep()
		a, b := w.only("item/a", "punct.double"), w.only("item/b", "punct.double")
		terms := inspection.Terms{Scope: inspection.ThisPlace, Reason: "等待统一修改", Until: w.today()}
		w.must(err2(w.is.Except(ctx, w.writer, []inspection.ID{a.ID, b.ID}, terms)))
		w.days(1)
		w.must(err2(w.is.Confirm(ctx, w.office, []inspection.ID{a.ID}, 0, "")))
		w.read(func(tx *db.Tx) error {
			steps, err := inspection.StepsOf(tx, a.ID)
			var did []inspection.Do
			for _, s := range steps {
				did = append(did, s.Do)
			}
			if want := []inspection.Do{inspection.DoExcept, inspection.DoLapse, inspection.DoConfirm}; !slices.Equal(did, want) {
				t.Errorf("the history: %v, want %v", did, want)
			}
			return err
		})
		w.must(w.is.Lapse(ctx)) // as at midnight: the other
		var open []inspection.Finding
		w.read(func(tx *db.Tx) (err error) {
			open, _, err = inspection.List(tx, inspection.Filter{Units: org.Everything(), States: []inspection.State{inspection.Found}})
			return err
		})
		if len(open) != 1 || open[0].ID != b.ID {
			t.Errorf("found after the minute past midnight: %+v, want the other", open)
		}
		w.verify()
	})
}

// TestAnotherExceptionTakesOver: what a second exception covers stands when the first
// has ended.
func TestAnotherExceptionTakesOver(t *testing.T) {
	each(t, func(w *world) {
		w.write("item/a", leak)
		w.write("item/b", leak)
		basis := "《民事诉讼法》第九十五条"
		a := w.check("item/a").Blocking()[0]
		w.must(err2(w.is.Except(ctx, w.secrecy, []inspection.ID{a.ID}, inspection.Terms{Scope: inspection.ThisPlace, Reason: "公告送达", Basis: basis, Until: w.today()})))
		b := w.check("item/b").Blocking()[0]
		w.must(err2(w.is.Except(ctx, w.secrecy, []inspection.ID{b.ID}, inspection.Terms{Scope: inspection.ThisText, Reason: "公告送达", Basis: basis, Until: w.today().AddDays(9)})))
		w.days(1)
		if r := w.check("item/a"); len(r.Blocking()) != 0 {
			t.Errorf("%+v blocks, though the unit's exception holds", r.Blocking())
		}
		w.must(w.require("item/a", leak))
		w.verify()
	})
}
