package inspection_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"gongkai/identity"
	"gongkai/identity/identitytest"
	"gongkai/inspection"
	"gongkai/inspection/inspectiontest"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/org"
	"gongkai/workday"
)

func TestNoNumberThatWasFoundIsKeptAnywhere(t *testing.T) {
	each(t, func(w *world) {
		w.write("item/a", leak+"又及"+inspectiontest.Identity(8)+"。联系电话"+"13"+"812345678"+"。")
		r := w.check("item/a")
		if len(r.Findings) < 3 {
			t.Fatalf("found %d, want the two numbers and the telephone: %+v", len(r.Findings), r.Findings)
		}
		_, err := w.is.Except(ctx, w.secrecy, ids(r.Findings[:1]), inspection.Terms{Scope: inspection.ThisText, Reason: "依法公告送达", Basis: "《民事诉讼法》第九十五条", Until: w.today()})
		w.must(err)
		tables, err := db.Tables(nil, inspection.Schema)
		w.must(err)
		w.read(func(tx *db.Tx) error {
			for _, table := range tables {
				var b strings.Builder
				if _, err := db.Dump(tx, table, &b); err != nil {
					return err
				}
				for _, secret := range []string{number, inspectiontest.Identity(8), "13812345678", number[6:14]} {
					if strings.Contains(b.String(), secret) {
						t.Errorf("table %s holds the number %s", table, secret)
					}
				}
			}
			return nil
		})
		text, _ := json.Marshal(r)
		if strings.Contains(string(text), number) {
			t.Errorf("the report holds the number: %s", text)
		}
		for _, f := range r.Findings {
			if f.Rule == "privacy.id" && (f.Text == "" || !strings.Contains(f.Text, "*") || !strings.Contains(f.Excerpt, "公民身份号码") && !strings.Contains(f.Excerpt, "又及")) {
				t.Errorf("the finding does not show its place: text %q, excerpt %q", f.Text, f.Excerpt)
			}
		}
	})
}

func ids(all []inspection.Finding) (names []inspection.ID) {
	for _, f := range all {
		names = append(names, f.ID)
	}
	return names
}

func TestTheGateFailsClosed(t *testing.T) {
	each(t, func(w *world) {
		w.refused("nothing was inspected", w.require("item/a", clean), fault.Conflict)
		w.write("item/a", clean)
		w.check("item/a")
		w.must(w.require("item/a", clean))
		w.refused("another content", w.require("item/a", clean+"。"), fault.Conflict)

		w.write("item/a", leak)
		w.refused("changed since", w.require("item/a", leak), fault.Conflict)
		r := w.check("item/a")
		err := w.require("item/a", leak)
		w.refused("a number in it", err, fault.Conflict)
		if s := fault.Sentence(err); !strings.Contains(s, "1处") || strings.Contains(s, number) {
			t.Errorf("the refusal says %q", s)
		}
		blocking := r.Blocking()
		if len(blocking) != 1 {
			t.Fatalf("Blocking = %+v, want one", blocking)
		}
		_, err = w.is.Except(ctx, w.secrecy, ids(blocking), inspection.Terms{Scope: inspection.ThisPlace, Reason: "依法公告送达", Basis: "《民事诉讼法》第九十五条", Until: w.today()})
		w.must(err)
		w.must(w.require("item/a", leak))
		w.days(1)
		w.refused("the exception has ended", w.require("item/a", leak), fault.Conflict)

		w.write("item/b", slip)
		w.check("item/b")
		w.must(w.require("item/b", slip)) // an error does not block
		_, err = w.is.AddWord(ctx, w.office, inspection.Word{Unit: "mj", Kind: inspection.WrongWord, Word: "街道办事处", Instead: "街道办"})
		w.must(err)
		w.refused("the rules have changed since", w.require("item/b", slip), fault.Conflict)
		w.check("item/b")
		w.must(w.require("item/b", slip))

		w.write("item/c", clean)
		w.texts.pieces["item/c"].pending = true
		w.check("item/c")
		w.refused("an attachment is still being read", w.require("item/c", clean), fault.Conflict)
		w.texts.pieces["item/c"].pending = false
		w.check("item/c")
		w.must(w.require("item/c", clean))
		w.verify()
	})
}

func TestADismissedBlockingFindingLetsTheTextPass(t *testing.T) {
	each(t, func(w *world) {
		w.write("item/a", leak)
		r := w.check("item/a")
		w.refused("the unit dismisses what blocks", err2(w.is.Dismiss(ctx, w.writer, ids(r.Blocking()), "这是样例号码")), fault.Forbidden)
		w.must(err2(w.is.Dismiss(ctx, w.office, ids(r.Blocking()), "这是样例号码")))
		w.must(w.require("item/a", leak))
		w.must(err2(w.is.Reopen(ctx, w.office, ids(r.Blocking()), "核实后是真实号码")))
		w.refused("opened again", w.require("item/a", leak), fault.Conflict)
		w.verify()
	})
}

func err2[T any](_ T, err error) error { return err }

func TestTheLifeOfAFinding(t *testing.T) {
	each(t, func(w *world) {
		w.publish("item/a", slip)
		if s := w.sweep(); s.Found == 0 || s.Listed != 1 || s.Ended.IsZero() {
			t.Fatalf("the sweep: %+v", s)
		}
		f := w.only("item/a", "punct.double")
		w.wantState("found", f.ID, inspection.Found)

		s, err := w.is.Confirm(ctx, w.office, []inspection.ID{f.ID}, 3, "请尽快改正")
		w.must(err)
		if want, _ := workday.National().After(w.today(), 3); s.Due != want {
			t.Errorf("due %s, want %s", s.Due, want)
		}
		w.wantState("confirmed", f.ID, inspection.Confirmed)

		// the unit says it is done, and it is not
		w.must(err2(w.is.Mend(ctx, w.writer, []inspection.ID{f.ID}, "已删除多余标点", "")))
		c, err := w.is.Close(ctx, w.office, []inspection.ID{f.ID}, "")
		w.must(err)
		if len(c.Back) != 1 || len(c.Closed) != 0 {
			t.Fatalf("Close = %+v, want it back", c)
		}
		f = w.only("item/a", "punct.double")
		if f.State != inspection.Confirmed || f.Returns != 1 {
			t.Errorf("after closing in vain: %s, %d returns, want confirmed, 1", f.State, f.Returns)
		}

		// the text is changed, and the machine sees it
		w.publish("item/a", "各镇人民政府，街道办事处要做好有关工作。")
		w.sweep()
		w.wantState("vanished", f.ID, inspection.Mended)
		c, err = w.is.Close(ctx, w.office, []inspection.ID{f.ID}, "已复查")
		w.must(err)
		if len(c.Closed) != 1 {
			t.Fatalf("Close = %+v, want it closed", c)
		}
		w.wantState("closed", f.ID, inspection.Closed)

		// it comes back
		w.publish("item/a", slip+"请落实。")
		w.sweep()
		f = w.only("item/a", "punct.double")
		if f.State != inspection.Confirmed || f.Returns != 2 || f.Due.IsZero() {
			t.Errorf("back again: %s, %d returns, due %s", f.State, f.Returns, f.Due)
		}
		var steps []inspection.Step
		w.read(func(tx *db.Tx) (err error) { steps, err = inspection.StepsOf(tx, f.ID); return err })
		var did []string
		for _, s := range steps {
			did = append(did, string(s.Do))
		}
		if got, want := strings.Join(did, " "), "confirm mend back vanish close again"; got != want {
			t.Errorf("steps %s, want %s", got, want)
		}
		w.verify()
	})
}

func TestWhatNobodyLookedAtGoesQuietly(t *testing.T) {
	each(t, func(w *world) {
		w.write("item/a", slip)
		w.check("item/a")
		f := w.only("item/a", "punct.double")
		w.write("item/a", clean)
		w.check("item/a")
		w.wantState("gone", f.ID, inspection.Gone)
		w.write("item/a", slip)
		w.check("item/a")
		w.wantState("there again", f.ID, inspection.Found)
		delete(w.texts.pieces, "item/a") // the draft is discarded
		w.sweep()
		w.wantState("the draft is gone", f.ID, inspection.Gone)
	})
}

func TestADraftAndWhatThePublicSeesAreKeptApart(t *testing.T) {
	each(t, func(w *world) {
		w.publish("item/a", slip)
		w.sweep()
		f := w.only("item/a", "punct.double")
		w.write("item/a", clean)
		w.check("item/a")
		w.wantState("mended in the draft alone", f.ID, inspection.Found)
		var r inspection.Report
		w.read(func(tx *db.Tx) (err error) { r, err = inspection.LastReport(tx, "item/a"); return err })
		if r.Public || len(r.Findings) != 0 {
			t.Errorf("the report on the draft: %+v", r)
		}
		w.publish("item/a", clean)
		w.sweep()
		w.wantState("mended for the public", f.ID, inspection.Gone)
		delete(w.texts.pieces, "item/a")
		w.publish("item/b", slip)
		w.sweep()
		g := w.only("item/b", "punct.double")
		delete(w.texts.pieces, "item/b") // withdrawn
		w.sweep()
		w.wantState("withdrawn", g.ID, inspection.Gone)
		var reports []inspection.Report
		w.read(func(tx *db.Tx) error {
			s, err := inspection.History(tx, "item/b")
			reports = s.Reports
			return err
		})
		if len(reports) != 0 {
			t.Errorf("reports on what is withdrawn: %+v", reports)
		}
	})
}

func TestActsAreRefused(t *testing.T) {
	each(t, func(w *world) {
		w.write("item/a", leak+slip)
		w.texts.pieces["item/a"].authors = []identity.ID{w.writer.Person}
		w.check("item/a")
		block, wrong := w.only("item/a", "privacy.id"), w.only("item/a", "punct.double")
		one := []inspection.ID{wrong.ID}
		terms := inspection.Terms{Scope: inspection.ThisPlace, Reason: "依法公告送达", Basis: "《民事诉讼法》第九十五条", Until: w.today()}
		with := func(change func(*inspection.Terms)) inspection.Terms { t := terms; change(&t); return t }
		both := identitytest.Person(t, w.db, "mj-jyj", identity.Publisher, identity.Secrecy)
		w.texts.pieces["item/a"].authors = append(w.texts.pieces["item/a"].authors, both)
		w.write("item/a", leak+slip+"。")
		w.check("item/a")
		for _, tc := range []struct {
			name string
			err  error
			kind fault.Kind
		}{
			{"a finding nobody knows", err2(w.is.Confirm(ctx, w.office, []inspection.ID{"x"}, 0, "")), fault.NotFound},
			{"none chosen", err2(w.is.Confirm(ctx, w.office, nil, 0, "")), fault.Invalid},
			{"too many", err2(w.is.Confirm(ctx, w.office, many(2001), 0, "")), fault.Invalid},
			{"another unit confirms", err2(w.is.Confirm(ctx, w.other, one, 0, "")), fault.Forbidden},
			{"a year to mend", err2(w.is.Confirm(ctx, w.office, one, 61, "")), fault.Invalid},
			{"a word too short", err2(w.is.Dismiss(ctx, w.writer, one, "误报")), fault.Invalid},
			{"a speech", err2(w.is.Confirm(ctx, w.office, one, 0, strings.Repeat("好", 501))), fault.Invalid},
			{"dismiss without a reason", err2(w.is.Dismiss(ctx, w.writer, one, "")), fault.Invalid},
			{"another unit dismisses", err2(w.is.Dismiss(ctx, w.other, one, "不是错误")), fault.Forbidden},
			{"mend what is not confirmed", err2(w.is.Mend(ctx, w.writer, one, "已经改正", "")), fault.Conflict},
			{"close what is not mended", err2(w.is.Close(ctx, w.office, one, "")), fault.Conflict},
			{"reopen what is open", err2(w.is.Reopen(ctx, w.office, one, "重新核查")), fault.Conflict},
			{"no scope", err2(w.is.Except(ctx, w.secrecy, one, with(func(t *inspection.Terms) { t.Scope = "" }))), fault.Invalid},
			{"no reason", err2(w.is.Except(ctx, w.secrecy, one, with(func(t *inspection.Terms) { t.Reason = "" }))), fault.Invalid},
			{"no end", err2(w.is.Except(ctx, w.secrecy, one, with(func(t *inspection.Terms) { t.Until = workday.Date{} }))), fault.Invalid},
			{"ended yesterday", err2(w.is.Except(ctx, w.secrecy, one, with(func(t *inspection.Terms) { t.Until = t.Until.AddDays(-1) }))), fault.Invalid},
			{"three years", err2(w.is.Except(ctx, w.secrecy, one, with(func(t *inspection.Terms) { t.Until = t.Until.AddMonths(36) }))), fault.Invalid},
			{"a number without a basis", err2(w.is.Except(ctx, w.secrecy, []inspection.ID{block.ID}, with(func(t *inspection.Terms) { t.Basis = "" }))), fault.Invalid},
			{"a whole rule on numbers", err2(w.is.Except(ctx, w.office, []inspection.ID{block.ID}, with(func(t *inspection.Terms) { t.Scope = inspection.ThisRule }))), fault.Invalid},
			{"the unit excepts a number", err2(w.is.Except(ctx, w.writer, []inspection.ID{block.ID}, terms)), fault.Forbidden},
			{"the writer reviews for secrecy too", err2(w.is.Except(ctx, identitytest.As(t, w.db, both), []inspection.ID{block.ID}, terms)), fault.Forbidden},
			{"the unit excepts a whole rule", err2(w.is.Except(ctx, w.writer, one, with(func(t *inspection.Terms) { t.Scope = inspection.ThisRule }))), fault.Forbidden},
			{"an exception nobody knows", w.is.EndException(ctx, w.office, "x", "不再需要"), fault.NotFound},
			{"a subject of no source", err2(w.is.Check(ctx, w.writer, "foi/1")), fault.NotFound},
			{"a subject nobody knows", err2(w.is.Check(ctx, w.writer, "item/x")), fault.NotFound},
			{"another unit's text", err2(w.is.Check(ctx, w.other, "item/a")), fault.Forbidden},
			{"nobody's text", err2(w.is.Check(ctx, identity.Actor{}, "item/a")), fault.Forbidden},
		} {
			w.refused(tc.name, tc.err, tc.kind)
		}
		w.wantState("after all refusals", wrong.ID, inspection.Found)

		w.must(err2(w.is.Confirm(ctx, w.office, one, 0, "")))
		w.refused("confirm twice", err2(w.is.Confirm(ctx, w.office, one, 0, "")), fault.Conflict)
		w.refused("a file that is not here", err2(w.is.Mend(ctx, w.writer, one, "已经改正", strings.Repeat("a", 64))), fault.Invalid)
		w.must(err2(w.is.Mend(ctx, w.office, one, "已经改正", "")))
		w.refused("close what one has mended", err2(w.is.Close(ctx, w.office, one, "")), fault.Forbidden)
		w.refused("the unit closes", err2(w.is.Close(ctx, w.writer, one, "")), fault.Forbidden)
		w.verify()
	})
}

func many(n int) (ids []inspection.ID) {
	for range n {
		ids = append(ids, inspection.ID(strings.Repeat("x", len(ids)+1)))
	}
	return ids
}

func TestAnExceptionForATextCoversTheSameTextElsewhere(t *testing.T) {
	each(t, func(w *world) {
		w.publish("item/a", slip)
		w.publish("item/b", "通知如下，，请执行。")
		w.publish("item/c", slip)
		w.texts.pieces["item/c"].unit = "mj-qs"
		w.sweep()
		a, b, c := w.only("item/a", "punct.double"), w.only("item/b", "punct.double"), w.only("item/c", "punct.double")
		s, err := w.is.Except(ctx, w.writer, []inspection.ID{a.ID}, inspection.Terms{Scope: inspection.ThisText, Reason: "固定格式中的停顿", Until: w.today().AddDays(10)})
		w.must(err)
		if len(s.Findings) != 2 {
			t.Errorf("the step moved %d findings, want both of the unit", len(s.Findings))
		}
		w.wantState("itself", a.ID, inspection.Excepted)
		w.wantState("the same elsewhere in the unit", b.ID, inspection.Excepted)
		w.wantState("the same in another unit", c.ID, inspection.Found)

		w.publish("item/d", "以上各项，，照此办理。")
		w.sweep()
		d := w.only("item/d", "punct.double")
		w.wantState("what comes later", d.ID, inspection.Excepted)

		var list []inspection.Exception
		w.read(func(tx *db.Tx) (err error) {
			list, _, err = inspection.Exceptions(tx, inspection.ExceptionFilter{Units: org.Under("mj-jyj"), Open: true})
			return err
		})
		if len(list) != 1 || list[0].Reason != "固定格式中的停顿" {
			t.Fatalf("Exceptions = %+v, want the one", list)
		}
		w.must(w.is.EndException(ctx, w.writer, list[0].ID, "格式已经改了"))
		w.refused("ended twice", w.is.EndException(ctx, w.writer, list[0].ID, "格式已经改了"), fault.Conflict)
		w.wantState("it ended", d.ID, inspection.Found)
		w.verify()
	})
}

func TestAnExceptionLapsesWithItsLastDay(t *testing.T) {
	each(t, func(w *world) {
		w.publish("item/a", slip)
		w.sweep()
		a := w.only("item/a", "punct.double")
		w.must(err2(w.is.Except(ctx, w.writer, []inspection.ID{a.ID}, inspection.Terms{Scope: inspection.ThisPlace, Reason: "等待统一修改", Until: w.today().AddDays(2)})))
		w.days(2)
		w.sweep()
		w.wantState("on its last day", a.ID, inspection.Excepted)
		w.days(1)
		w.sweep()
		w.wantState("the day after", a.ID, inspection.Found)
		w.verify()
	})
}

func TestOfAVeryLongListTheGravestAreKept(t *testing.T) {
	each(t, func(w *world) {
		var b strings.Builder
		for i := range 2100 {
			fmt.Fprintf(&b, "联系手机：%s%08d\n", "138", i)
		}
		w.write("item/a", b.String()+leak)
		r := w.check("item/a")
		if len(r.Findings) != 2000 || len(r.Blocking()) != 1 || len(r.Unread) != 1 {
			t.Errorf("kept %d, blocking %d, unread %v: want 2000 with the number among them, and a word about the rest", len(r.Findings), len(r.Blocking()), r.Unread)
		}
		w.refused("with the number", w.require("item/a", w.texts.pieces["item/a"].draft), fault.Conflict)
	})
}
