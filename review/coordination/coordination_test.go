package coordination_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/ledger"
	"gongkai/org"
	"gongkai/review/coordination"
)

func TestOnlyTheOrgansConsentOpensTheWay(t *testing.T) {
	each(t, func(v *district) {
		if err := v.require(text("first")); err != nil {
			v.Errorf("nobody was asked: Require = %v, want nil", err)
		}
		c := v.ask(v.writer, question())
		if c.State != coordination.Asked || c.Due.String() != "2026-03-09" {
			v.Errorf("asked on Monday 2026-03-02: state %s, due %s, want asked, 2026-03-09", c.State, c.Due)
		}
		v.refused("clearing before an answer", v.require(text("first")), fault.Conflict)

		v.must(v.cs.Answer(ctx, v.head, c.ID, coordination.Change, "低保边缘家庭应当单列。", ""))
		err := v.require(text("first"))
		v.refused("clearing what they want changed", err, fault.Conflict)
		if !strings.Contains(fault.Sentence(err), "民政局同意但有修改意见") {
			v.Errorf("the refusal says %q and not which organ wants what", fault.Sentence(err))
		}
		v.must(v.cs.Answer(ctx, v.other, c.ID, coordination.Agree, "经电话沟通，按原文公开。", "明民函〔2026〕7号"))
		if err := v.require(text("first")); err != nil {
			v.Errorf("after consent Require = %v, want nil", err)
		}
		got := v.get(c.ID)
		if len(got.Words) != 2 || got.Words[0].Act != coordination.Change || got.Words[1].By != v.other.Person || got.Words[1].Evidence != "明民函〔2026〕7号" {
			v.Errorf("words = %+v, want both answers in order", got.Words)
		}
		v.verify()
	})
}

func TestAChangedTextIsAskedAboutAgain(t *testing.T) {
	each(t, func(v *district) {
		c := v.ask(v.writer, question())
		v.must(v.cs.Answer(ctx, v.head, c.ID, coordination.Agree, "", ""))
		err := v.require(text("second"))
		v.refused("clearing a changed text", err, fault.Conflict)
		if !strings.Contains(fault.Sentence(err), "修改前的内容") {
			v.Errorf("the refusal says %q, want that the answer was for another text", fault.Sentence(err))
		}
		q := question()
		q.Digest = text("second")
		again := v.ask(v.writer, q)
		if s := v.get(c.ID).State; s != coordination.Renewed {
			v.Errorf("the first question is %s, want renewed", s)
		}
		v.refused("answering what was renewed", v.cs.Answer(ctx, v.head, c.ID, coordination.Refuse, "不同意公开。", ""), fault.Conflict)
		v.must(v.cs.Answer(ctx, v.head, again.ID, coordination.Agree, "", ""))
		if err := v.require(text("second")); err != nil {
			v.Errorf("Require of the second text = %v, want nil", err)
		}
		v.refused("clearing the first text by the answer to the second", v.require(text("first")), fault.Conflict)
		v.verify()
	})
}

func TestWhoMayAskAndWhat(t *testing.T) {
	each(t, func(v *district) {
		with := func(f func(q *coordination.Request)) coordination.Request {
			q := question()
			f(&q)
			return q
		}
		for _, tc := range []struct {
			name string
			by   identity.Actor
			q    coordination.Request
			kind fault.Kind
		}{
			{"somebody who may not write there", v.clerk, question(), fault.Forbidden},
			{"a reviewer as if an author", v.reviewer, question(), fault.Forbidden},
			{"an author as if a reviewer", v.writer, with(func(q *coordination.Request) { q.Demanded = true }), fault.Forbidden},
			{"no organ", v.writer, with(func(q *coordination.Request) { q.Organ = "" }), fault.Invalid},
			{"two organs", v.writer, with(func(q *coordination.Request) { q.Outside = "国家税务总局明镜区税务局" }), fault.Invalid},
			{"its own unit", v.writer, with(func(q *coordination.Request) { q.Organ = "mj-jyj" }), fault.Invalid},
			{"a unit that is no more", v.writer, with(func(q *coordination.Request) { q.Organ = "mj-old" }), fault.Invalid},
			{"a unit nobody knows", v.writer, with(func(q *coordination.Request) { q.Organ = "nonesuch" }), fault.NotFound},
			{"a unit of the platform by its name", v.writer, with(func(q *coordination.Request) { q.Organ, q.Outside = "", "区民政局" }), fault.Invalid},
			{"a name of one character", v.writer, with(func(q *coordination.Request) { q.Organ, q.Outside = "", "局" }), fault.Invalid},
			{"no question", v.writer, with(func(q *coordination.Request) { q.Question = "请确认" }), fault.Invalid},
			{"a question without end", v.writer, with(func(q *coordination.Request) { q.Question = strings.Repeat("问", 1001) }), fault.Invalid},
			{"two months to answer", v.writer, with(func(q *coordination.Request) { q.Days = 44 }), fault.Invalid},
		} {
			_, err := v.try(tc.by, tc.q)
			v.refused(tc.name, err, tc.kind)
		}
		v.ask(v.writer, question())
		_, err := v.try(v.writer, question())
		v.refused("asking the same twice", err, fault.Conflict)
		v.ask(v.reviewer, with(func(q *coordination.Request) { q.Organ, q.Demanded = "mj-qs", true }))
		var n int
		v.read(func(tx *db.Tx) error {
			all, err := coordination.Of(tx, item)
			n = len(all)
			return err
		})
		if n != 2 {
			v.Errorf("%d consultations are kept, want 2: a refused one leaves nothing", n)
		}
		v.verify()
	})
}

func TestWhoMayAnswer(t *testing.T) {
	each(t, func(v *district) {
		q := question()
		q.Organ = "mj-mzj"
		c := v.ask(v.writer, q)
		answer := func(by identity.Actor, verdict coordination.Act, opinion string) error {
			return v.cs.Answer(ctx, by, c.ID, verdict, opinion, "")
		}
		v.refused("the clerk of the organ, without the right", answer(v.clerk, coordination.Agree, ""), fault.Forbidden)
		v.refused("the asking unit", answer(v.final, coordination.Agree, ""), fault.Forbidden)
		v.refused("another organ", answer(v.townsman, coordination.Agree, ""), fault.Forbidden)
		v.refused("no verdict", answer(v.head, "", "同意"), fault.Invalid)
		v.refused("a decision as an answer", answer(v.head, coordination.Publish, "同意按原文公开"), fault.Invalid)
		v.refused("disagreeing without saying why", answer(v.head, coordination.Refuse, "否"), fault.Invalid)
		v.refused("an endless opinion", answer(v.head, coordination.Agree, strings.Repeat("字", 1001)), fault.Invalid)
		v.refused("answering what is not there", v.cs.Answer(ctx, v.head, "nonesuch", coordination.Agree, "", ""), fault.NotFound)
		v.must(answer(v.head, coordination.Agree, ""))
		v.refused("answering again after consent", answer(v.head, coordination.Refuse, "改变主意，不同意"), fault.Conflict)
		v.verify()
	})
}

// A leader of the government who reaches every unit answers for none of them
// but the government itself.
func TestNobodyAnswersForAnotherUnit(t *testing.T) {
	each(t, func(v *district) {
		leader := v.person("mj", "mj", identity.Final)
		c := v.ask(v.writer, question())
		v.refused("a leader of the government for the bureau", v.cs.Answer(ctx, leader, c.ID, coordination.Agree, "", ""), fault.Forbidden)
		q := question()
		q.Organ = "mj"
		whole := v.ask(v.writer, q)
		v.must(v.cs.Answer(ctx, leader, whole.ID, coordination.Agree, "", ""))
		both := v.person("mj-jyj", "mj", identity.Publisher, identity.First)
		q.Subject = "item/two"
		own := v.ask(both, q)
		v.refused("who asked, by another role", v.cs.Answer(ctx, both, own.ID, coordination.Agree, "", ""), fault.Forbidden)
		v.verify()
	})
}

func TestAnOrganOutsideAnswersByLetter(t *testing.T) {
	each(t, func(v *district) {
		q := question()
		q.Organ, q.Outside = "", " 国家税务总局明镜区 税务局 "
		c := v.ask(v.writer, q)
		if c.Outside != "国家税务总局明镜区税务局" {
			v.Errorf("the organ is %q, want it without spaces", c.Outside)
		}
		v.refused("another unit records it", v.cs.Answer(ctx, v.head, c.ID, coordination.Agree, "", "明税函〔2026〕3号"), fault.Forbidden)
		v.refused("without the letter", v.cs.Answer(ctx, v.writer, c.ID, coordination.Agree, "", ""), fault.Invalid)
		v.must(v.cs.Answer(ctx, v.writer, c.ID, coordination.Agree, "", "明税函〔2026〕3号，3月5日"))
		if err := v.require(text("first")); err != nil {
			v.Errorf("Require = %v, want nil", err)
		}
		v.verify()
	})
}

func TestADisagreementIsDecidedAbove(t *testing.T) {
	each(t, func(v *district) {
		c := v.ask(v.writer, question())
		v.refused("before the organ's time is over", v.cs.Escalate(ctx, v.writer, c.ID, "对方没有答复，请协调"), fault.Conflict)
		v.refused("deciding what nobody brought up", v.cs.Decide(ctx, v.office, c.ID, coordination.Publish, "数据已由统计局核实", ""), fault.Conflict)
		v.must(v.cs.Answer(ctx, v.head, c.ID, coordination.Refuse, "人数未经我局核定。", ""))
		v.refused("a stranger", v.cs.Escalate(ctx, v.townsman, c.ID, "双方数据来源不同，请协调"), fault.Forbidden)
		v.refused("without a reason", v.cs.Escalate(ctx, v.writer, c.ID, "请协调"), fault.Invalid)
		v.must(v.cs.Escalate(ctx, v.writer, c.ID, "双方数据来源不同，请协调"))
		v.refused("clearing while it is open", v.require(text("first")), fault.Conflict)
		v.refused("the asking unit decides", v.cs.Decide(ctx, v.final, c.ID, coordination.Publish, "数据已由统计局核实", ""), fault.Forbidden)
		v.refused("without a reason", v.cs.Decide(ctx, v.office, c.ID, coordination.Publish, "同意", ""), fault.Invalid)
		v.refused("an answer as a decision", v.cs.Decide(ctx, v.office, c.ID, coordination.Agree, "数据已由统计局核实", ""), fault.Invalid)
		v.must(v.cs.Decide(ctx, v.office, c.ID, coordination.Publish, "数据已由统计局核实，按原文公开。", "区政府办2026年3月6日协调会纪要"))
		if err := v.require(text("first")); err != nil {
			v.Errorf("after the decision Require = %v, want nil", err)
		}
		v.refused("clearing another text by it", v.require(text("second")), fault.Conflict)
		v.verify()
	})
}

func TestADecisionAgainstTheTextHoldsItBack(t *testing.T) {
	for _, tc := range []struct {
		outcome coordination.Act
		says    string
	}{{coordination.Rewrite, "修改后公开"}, {coordination.Withhold, "不予公开"}} {
		each(t, func(v *district) {
			c := v.ask(v.writer, question())
			v.must(v.cs.Answer(ctx, v.head, c.ID, coordination.Refuse, "人数未经我局核定。", ""))
			v.must(v.cs.Escalate(ctx, v.reviewer, c.ID, "双方数据来源不同，请协调"))
			v.must(v.cs.Decide(ctx, v.office, c.ID, tc.outcome, "数据以民政局核定的为准。", ""))
			err := v.require(text("first"))
			v.refused("clearing in spite of "+string(tc.outcome), err, fault.Conflict)
			if !strings.Contains(fault.Sentence(err), tc.says) {
				v.Errorf("the refusal says %q, want %q", fault.Sentence(err), tc.says)
			}
			q := question()
			q.Digest = text("second")
			again := v.ask(v.writer, q)
			v.must(v.cs.Answer(ctx, v.head, again.ID, coordination.Agree, "", ""))
			if err := v.require(text("second")); err != nil {
				v.Errorf("Require of the rewritten text = %v, want nil", err)
			}
		})
	}
}

func TestSilenceIsNoConsentAndIsListedAsLate(t *testing.T) {
	each(t, func(v *district) {
		c := v.ask(v.writer, question())
		late := func() (n int) {
			v.read(func(tx *db.Tx) error {
				open, err := coordination.Open(tx, v.writer.Scope(identity.PublicationDraft))
				for _, c := range open {
					if c.Overdue(today(tx)) {
						n++
					}
				}
				return err
			})
			return n
		}
		v.days(7) // the last day
		if n := late(); n != 0 {
			v.Errorf("on the last day %d are late, want none", n)
		}
		v.days(1)
		if n := late(); n != 1 {
			v.Errorf("on the day after, %d are late, want 1", n)
		}
		err := v.require(text("first"))
		v.refused("clearing after silence", err, fault.Conflict)
		if !strings.Contains(fault.Sentence(err), "逾期未答复") {
			v.Errorf("the refusal says %q, want that the organ is late", fault.Sentence(err))
		}
		v.must(v.cs.Escalate(ctx, v.writer, c.ID, "经两次催办仍未答复，请协调"))
		v.must(v.cs.Answer(ctx, v.head, c.ID, coordination.Agree, "迟复为歉，同意。", ""))
		if err := v.require(text("first")); err != nil {
			v.Errorf("after the late consent Require = %v, want nil", err)
		}
	})
}

func TestWhoMayTakeAQuestionBack(t *testing.T) {
	each(t, func(v *district) {
		c := v.ask(v.writer, question())
		v.refused("the organ", v.cs.Withdraw(ctx, v.head, c.ID, "与我局职责无关"), fault.Forbidden)
		v.refused("without a reason", v.cs.Withdraw(ctx, v.writer, c.ID, "不用了"), fault.Invalid)
		v.must(v.cs.Withdraw(ctx, v.writer, c.ID, "相关条款已删除，不再涉及该局"))
		if err := v.require(text("first")); err != nil {
			v.Errorf("after the withdrawal Require = %v, want nil", err)
		}
		v.refused("twice", v.cs.Withdraw(ctx, v.writer, c.ID, "相关条款已删除，不再涉及该局"), fault.Conflict)

		q := question()
		q.Demanded = true
		demanded := v.ask(v.reviewer, q)
		v.refused("the author, what a reviewer demanded", v.cs.Withdraw(ctx, v.writer, demanded.ID, "相关条款已删除，不再涉及"), fault.Forbidden)
		v.must(v.cs.Answer(ctx, v.head, demanded.ID, coordination.Refuse, "人数未经我局核定。", ""))
		v.refused("the reviewer, what was answered", v.cs.Withdraw(ctx, v.reviewer, demanded.ID, "相关条款已删除，不再涉及"), fault.Forbidden)
		q.Demanded, q.Digest = false, text("second")
		again := v.ask(v.writer, q)
		if !again.Demanded {
			v.Error("asking again turned a reviewer's demand into the author's own question")
		}
		v.must(v.cs.Withdraw(ctx, v.final, again.ID, "相关条款已删除，不再涉及该局"))
		v.verify()
	})
}

func TestEveryListShowsItsOwn(t *testing.T) {
	each(t, func(v *district) {
		c := v.ask(v.writer, question())
		count := func(what string, want int, list func(tx *db.Tx) ([]coordination.Consultation, error)) {
			v.Helper()
			v.read(func(tx *db.Tx) error {
				all, err := list(tx)
				if len(all) != want {
					v.Errorf("%s: %d, want %d", what, len(all), want)
				}
				return err
			})
		}
		inbox := func(a identity.Actor) func(tx *db.Tx) ([]coordination.Consultation, error) {
			return func(tx *db.Tx) ([]coordination.Consultation, error) { return coordination.Inbox(tx, a) }
		}
		decide := func(a identity.Actor) func(tx *db.Tx) ([]coordination.Consultation, error) {
			return func(tx *db.Tx) ([]coordination.Consultation, error) { return coordination.ToDecide(tx, a) }
		}
		count("inbox of the head asked", 1, inbox(v.head))
		count("inbox of the clerk", 0, inbox(v.clerk))
		count("inbox of the town", 0, inbox(v.townsman))
		count("inbox of the asking unit's leader", 0, inbox(v.final))
		count("open in the asking unit", 1, func(tx *db.Tx) ([]coordination.Consultation, error) {
			return coordination.Open(tx, org.Under("mj-jyj"))
		})
		count("open in the town", 0, func(tx *db.Tx) ([]coordination.Consultation, error) { return coordination.Open(tx, org.Under("mj-qs")) })
		v.must(v.cs.Answer(ctx, v.head, c.ID, coordination.Refuse, "人数未经我局核定。", ""))
		count("inbox after the answer", 0, inbox(v.head))
		count("answered", 1, func(tx *db.Tx) ([]coordination.Consultation, error) {
			return coordination.Answered(tx, org.Under("mj-mzj"), 50)
		})
		count("to decide before it is asked for", 0, decide(v.office))
		v.must(v.cs.Escalate(ctx, v.writer, c.ID, "双方数据来源不同，请协调"))
		count("to decide by the office", 1, decide(v.office))
		count("to decide by a bureau", 0, decide(v.final))
		count("sent", 1, func(tx *db.Tx) ([]coordination.Consultation, error) {
			return coordination.Sent(tx, org.Under("mj"), 50)
		})
	})
}

func TestTheLedgerNamesNeitherTheTextNorTheOrgan(t *testing.T) {
	each(t, func(v *district) {
		c := v.ask(v.writer, question())
		v.must(v.cs.Answer(ctx, v.head, c.ID, coordination.Refuse, "人数未经我局核定。", ""))
		v.read(func(tx *db.Tx) error {
			entries, err := ledger.BySubject(tx, c.ID.Subject())
			if len(entries) != 2 || entries[0].Act != "coordination.ask" || entries[1].Act != "coordination.refuse" {
				v.Errorf("entries = %+v, want ask and refuse", entries)
			}
			for _, e := range entries {
				if strings.Contains(e.Public, "困难") || strings.Contains(e.Public, "mzj") || strings.Contains(e.Public, "核定") {
					v.Errorf("the public part of %s says too much: %s", e.Act, e.Public)
				}
			}
			return err
		})
	})
}

func TestAnActThatFailsAtAnyWriteLeavesNothing(t *testing.T) {
	each(t, func(v *district) {
		var c coordination.Consultation
		everyWrite := func(what string, act func() error) {
			v.Helper()
			for n := 1; ; n++ {
				before, writes := v.sums(), 0
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
				if v.sums() != before {
					v.Fatalf("%s failing at write %d left something behind", what, n)
				}
			}
			v.verify()
		}
		everyWrite("ask", func() (err error) { c, err = v.try(v.writer, question()); return err })
		first := c.ID
		everyWrite("answer", func() error {
			return v.cs.Answer(ctx, v.head, first, coordination.Refuse, "人数未经我局核定。", "")
		})
		everyWrite("escalate", func() error { return v.cs.Escalate(ctx, v.writer, first, "双方数据来源不同，请协调") })
		everyWrite("decide", func() error {
			return v.cs.Decide(ctx, v.office, first, coordination.Rewrite, "以民政局数据为准。", "")
		})
		q := question()
		q.Digest = text("second")
		everyWrite("ask again", func() (err error) { c, err = v.try(v.writer, q); return err })
		everyWrite("withdraw", func() error { return v.cs.Withdraw(ctx, v.writer, c.ID, "相关条款已删除，不再涉及") })
	})
}

func TestWhatMayFollowWhat(t *testing.T) {
	var b strings.Builder
	acts := []coordination.Act{coordination.Agree, coordination.Change, coordination.Refuse, coordination.Escalate,
		coordination.Publish, coordination.Rewrite, coordination.Withhold, coordination.Withdraw}
	for _, s := range []coordination.State{coordination.Asked, coordination.Agreed, coordination.Amend, coordination.Refused,
		coordination.Escalated, coordination.Settled, coordination.Held, coordination.Withdrawn, coordination.Renewed} {
		fmt.Fprintf(&b, "%s %s\n", s, s.Name())
		for _, a := range acts {
			if s.May(a) {
				fmt.Fprintf(&b, "    %s %s\n", a, a.Name())
			}
		}
	}
	golden(t, "states.golden", b.String())
}

func TestNamesOfUnitsInATextAreSuggested(t *testing.T) {
	tree := org.NewTree([]org.Unit{
		{ID: "mj", Name: "示例市明镜区人民政府", Short: "区政府", Active: true},
		{ID: "jyj", Parent: "mj", Name: "示例市明镜区教育局", Short: "区教育局", Active: true},
		{ID: "mzj", Parent: "mj", Name: "示例市明镜区民政局", Short: "区民政局", Active: true},
		{ID: "qs", Parent: "mj", Name: "示例市明镜区清水镇人民政府", Short: "清水镇", Active: true},
		{ID: "qsz", Parent: "qs", Name: "清水镇中心学校", Active: true},
		{ID: "lsj", Parent: "mj", Name: "示例市明镜区粮食局", Short: "区粮食局"},
	})
	got := coordination.Suggest(tree, "jyj", "关于资助困难家庭学生的通知",
		"各校：区教育局会同区民政局核定名单，清水镇中心学校先行试点。名单由示例市明镜区民政局提供，报区政府备案，区粮食局配合。")
	if len(got) != 2 || got[0].Unit != "mzj" || got[0].Count != 2 || got[1].Unit != "qsz" {
		t.Fatalf("Suggest = %+v, want 区民政局 twice and the school, not the town, the government, itself or a closed bureau", got)
	}
	if got[0].Name != "示例市明镜区民政局" && !strings.Contains(got[0].Where, "民政局") {
		t.Errorf("the first suggestion is %+v", got[0])
	}
	if s := coordination.Suggest(tree, "jyj", ""); len(s) != 0 {
		t.Errorf("an empty text names %+v", s)
	}
}
