package inspection_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"gongkai/inspection"
	"gongkai/internal/db"
	"gongkai/org"
)

// shelve publishes n texts, every fifth with a slip.
func (w *world) shelve(n int) {
	for i := range n {
		body := clean
		if i%5 == 0 {
			body = slip
		}
		w.publish(fmt.Sprintf("item/%04d", i), body+fmt.Sprintf("（第%d号）", i))
	}
}

func TestASweepLooksAtWhatHasChangedOnly(t *testing.T) {
	each(t, func(w *world) {
		w.shelve(150)
		if s := w.sweep(); s.Listed != 150 || s.Inspected != 150 || s.Found != 30 {
			t.Errorf("the first: %+v, want 150 listed and inspected, 30 found", s)
		}
		loads := w.texts.loads.Load()
		before := w.sums()
		if s := w.sweep(); s.Listed != 150 || s.Inspected != 0 || s.Found != 0 {
			t.Errorf("the second: %+v, want nothing inspected", s)
		}
		if w.texts.loads.Load() != loads {
			t.Errorf("the second read %d texts, want none", w.texts.loads.Load()-loads)
		}
		if after := w.sums(); after != before {
			t.Errorf("a sweep that found nothing new wrote to findings or reports")
		}
		w.publish("item/0003", slip)
		if s := w.sweep(); s.Inspected != 1 || s.Found != 1 {
			t.Errorf("after one change: %+v, want one inspected", s)
		}
		w.must(w.is.SwitchOff(ctx, w.office, "mj-jyj", "punct", "正在统一修改标点", w.today()))
		if s := w.sweep(); s.Inspected != 150 || s.Gone != 31 {
			t.Errorf("after the unit's rules changed: %+v, want all inspected, 31 gone", s)
		}
		w.days(31)
		if s := w.sweep(); s.Inspected != 150 || s.Found != 31 {
			t.Errorf("a month later: %+v, want all inspected again, 31 found", s)
		}
		w.verify()
	})
}

// sums is a digest of findings and reports.
func (w *world) sums() (all string) {
	w.Helper()
	w.read(func(tx *db.Tx) error {
		for _, table := range []string{"inspection_finding", "inspection_report"} {
			s, err := db.Dump(tx, table, discard{})
			if err != nil {
				return err
			}
			all += s.Digest
		}
		return nil
	})
	return all
}

type discard struct{}

func (discard) Write(b []byte) (int, error) { return len(b), nil }

var errTripped = errors.New("the disk is full")

// TestASweepThatIsKilledGoesOn fails the database at every write of a sweep in turn,
// with another process taking over each time: no text is skipped, and none that was
// done is done again.
func TestASweepThatIsKilledGoesOn(t *testing.T) {
	each(t, func(w *world) {
		w.shelve(150)
		killed := 0
		for n := 1; ; n += 7 {
			writes := 0
			w.db.Trip(func(string) error {
				if writes++; writes == n {
					return errTripped
				}
				return nil
			})
			s, err := w.open().Sweep(ctx)
			w.db.Trip(nil)
			if err == nil {
				if s.Listed != 150 || s.Inspected != 150 || s.Found != 30 {
					t.Errorf("the sweep that came through: %+v, want 150 inspected, 30 found", s)
				}
				break
			}
			killed++
			if !errors.Is(err, errTripped) {
				t.Fatalf("failing at write %d: %v", n, err)
			}
		}
		if killed < 3 {
			t.Errorf("the sweep was killed %d times, want more", killed)
		}
		var total int
		w.read(func(tx *db.Tx) (err error) {
			_, total, err = inspection.List(tx, inspection.Filter{Units: org.Everything()})
			return err
		})
		if total != 30 {
			t.Errorf("findings: %d, want 30", total)
		}
		var sweeps []inspection.Sweep
		w.read(func(tx *db.Tx) (err error) { sweeps, err = inspection.Sweeps(tx, 10); return err })
		if len(sweeps) != 1 || sweeps[0].Ended.IsZero() {
			t.Errorf("sweeps: %+v, want one that ended", sweeps)
		}
		w.verify()
	})
}

func TestWhatComesOutAsItWasInspectedIsNotReadAgain(t *testing.T) {
	each(t, func(w *world) {
		w.publish("item/a", "旧的写法，，要改。另有，，一处。")
		w.sweep()
		w.write("item/a", slip)
		w.write("item/b", clean)
		w.check("item/a")
		w.check("item/b")
		w.publish("item/a", slip)
		w.publish("item/b", clean)
		loads := w.texts.loads.Load()
		s := w.sweep()
		if s.Listed != 2 || s.Inspected != 0 || s.Gone == 0 || w.texts.loads.Load() > loads+2 { // the two are asked for once more, for drafts that are over
			t.Errorf("the sweep after publishing: %+v, %d texts read", s, w.texts.loads.Load()-loads)
		}
		var all []inspection.Finding
		w.read(func(tx *db.Tx) (err error) {
			all, _, err = inspection.List(tx, inspection.Filter{Units: org.Everything(), States: []inspection.State{inspection.Found}})
			return err
		})
		if len(all) != 1 || !all[0].Shown || all[0].Draft || all[0].Address != "/info/item/a" || all[0].Title != title("item/a") {
			t.Errorf("what stands there for the public: %+v, want the one of the new text", all)
		}
		if s := w.sweep(); s.Inspected != 0 || s.Gone != 0 {
			t.Errorf("the next: %+v, want nothing to do", s)
		}
		w.verify()
	})
}

func TestASweepStopsWithItsContextAndKeepsWhatItHas(t *testing.T) {
	each(t, func(w *world) {
		w.shelve(150)
		stopped, stop := context.WithCancel(ctx)
		w.db.AfterWrite(stop)
		_, err := w.is.Sweep(stopped)
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("Sweep = %v, want context.Canceled", err)
		}
		if s := w.sweep(); s.Listed != 150 || s.Found != 30 {
			t.Errorf("afterwards: %+v", s)
		}
	})
}

func TestTwoProcessesAtOneSweepDoItOnce(t *testing.T) {
	each(t, func(w *world) {
		w.shelve(200)
		other := w.open()
		met := false
		w.texts.onList = func(after string) { // at the second batch the other takes over
			if after != "" && !met {
				met = true
				if _, err := other.Sweep(ctx); err != nil {
					t.Errorf("the other: %v", err)
				}
			}
		}
		s, err := w.is.Sweep(ctx)
		w.must(err)
		var sweeps []inspection.Sweep
		var total int
		w.read(func(tx *db.Tx) (err error) {
			if _, total, err = inspection.List(tx, inspection.Filter{Units: org.Everything()}); err != nil {
				return err
			}
			sweeps, err = inspection.Sweeps(tx, 10)
			return err
		})
		if !met || len(sweeps) != 1 || sweeps[0].Listed != 200 || sweeps[0].Ended.IsZero() || total != 40 {
			t.Errorf("sweeps %+v, %d findings, and the first said %+v: want one of 200 that ended, 40", sweeps, total, s)
		}
	})
}

func TestATextThatCannotBeReadIsLeftForTheNextNight(t *testing.T) {
	each(t, func(w *world) {
		w.shelve(10)
		w.texts.broken["item/0005"] = errors.New("a row is damaged")
		if s := w.sweep(); s.Failed != 1 || s.Inspected != 9 {
			t.Errorf("with one broken: %+v", s)
		}
		delete(w.texts.broken, "item/0005")
		if s := w.sweep(); s.Failed != 0 || s.Inspected != 1 {
			t.Errorf("mended: %+v", s)
		}
	})
}

func TestEveryActIsOneFactOrNone(t *testing.T) {
	each(t, func(w *world) {
		w.publish("item/a", leak+slip)
		w.publish("item/b", slip)
		w.sweep()
		wrong := []inspection.ID{w.only("item/a", "punct.double").ID, w.only("item/b", "punct.double").ID}
		block := []inspection.ID{w.only("item/a", "privacy.id").ID}
		terms := inspection.Terms{Scope: inspection.ThisText, Reason: "依法公告送达", Basis: "《民事诉讼法》第九十五条", Until: w.today().AddDays(1)}
		w.everyWrite("confirm", func() error { return err2(w.is.Confirm(ctx, w.office, wrong, 0, "")) })
		w.everyWrite("mend", func() error { return err2(w.is.Mend(ctx, w.writer, wrong, "已经改正", "")) })
		w.everyWrite("close", func() error { return err2(w.is.Close(ctx, w.office, wrong, "仍然存在")) })
		w.everyWrite("dismiss", func() error { return err2(w.is.Dismiss(ctx, w.office, wrong, "不是错误")) })
		w.everyWrite("reopen", func() error { return err2(w.is.Reopen(ctx, w.office, wrong, "确是错误")) })
		w.everyWrite("except", func() error { return err2(w.is.Except(ctx, w.secrecy, block, terms)) })
		var x []inspection.Exception
		w.read(func(tx *db.Tx) (err error) {
			x, _, err = inspection.Exceptions(tx, inspection.ExceptionFilter{Units: org.Everything()})
			return err
		})
		w.everyWrite("end an exception", func() error { return w.is.EndException(ctx, w.secrecy, x[0].ID, "不再需要") })
		w.everyWrite("switch off", func() error {
			return w.is.SwitchOff(ctx, w.office, "mj", "punct.space", "正在统一修改", w.today())
		})
		w.everyWrite("switch on", func() error { return w.is.SwitchOn(ctx, w.office, "mj", "punct.space") })
		var id inspection.WordID
		w.everyWrite("add a word", func() (err error) {
			id, err = w.is.AddWord(ctx, w.office, inspection.Word{Unit: "mj", Kind: inspection.KeepWord, Word: "清水，，镇"})
			return err
		})
		w.everyWrite("drop a word", func() error { return w.is.DropWord(ctx, w.office, id) })
		w.publish("item/a", clean)
		w.everyWrite("check", func() error { return err2(w.is.Check(ctx, w.writer, "item/a")) })
	})
}

// everyWrite runs an act with the n-th write failing, for every n until it goes
// through.
func (w *world) everyWrite(what string, act func() error) {
	w.Helper()
	tables, err := db.Tables(nil, inspection.Schema)
	w.must(err)
	all := func() (sum string) {
		w.read(func(tx *db.Tx) error {
			for _, table := range tables {
				s, err := db.Dump(tx, table, discard{})
				if err != nil {
					return err
				}
				sum += s.Digest
			}
			return nil
		})
		return sum
	}
	for n := 1; ; n++ {
		before := all()
		writes := 0
		w.db.Trip(func(string) error {
			if writes++; writes == n {
				return errTripped
			}
			return nil
		})
		err := act()
		w.db.Trip(nil)
		if err == nil {
			if n < 3 {
				w.Errorf("%s: only %d writes were seen", what, n-1)
			}
			break
		}
		if !errors.Is(err, errTripped) {
			w.Fatalf("%s failing at write %d: %v", what, n, err)
		}
		if all() != before {
			w.Fatalf("%s failing at write %d left something behind", what, n)
		}
	}
	w.verify()
}
