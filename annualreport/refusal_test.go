package annualreport_test

import (
	"strings"
	"testing"

	"gongkai/annualreport"
	"gongkai/annualreport/form"
	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/ledger"
	"gongkai/publication"
)

const permits = "table2.行政许可.decisions"

func TestACorrectionNeedsAReasonAndStaysBesideTheComputedNumber(t *testing.T) {
	each(t, func(v *district) {
		v.tally.keep(school, map[string]int64{"permit.decisions": 120, "fee.amount": 3})
		v.open()
		id := v.own(school)
		fix := func(by identity.Actor, cell string, value form.Value, why string) error {
			return v.reports.Correct(ctx, by, id, []annualreport.Correction{{Cell: cell, Value: value}}, why)
		}
		const why = "两件纸质许可尚未录入系统"
		v.refused("nobody's right", fix(v.outsider, permits, form.Of(122), why), fault.Forbidden)
		v.refused("another unit", fix(v.other, permits, form.Of(122), why), fault.Forbidden)
		v.refused("the office", fix(v.boss, permits, form.Of(122), why), fault.Forbidden)
		v.refused("no reason", fix(v.writer, permits, form.Of(122), "补录"), fault.Invalid)
		v.refused("a reason without end", fix(v.writer, permits, form.Of(122), strings.Repeat("长", 501)), fault.Invalid)
		v.refused("no such cell", fix(v.writer, "table9.x", form.Of(1), why), fault.Invalid)
		v.refused("a sum", fix(v.writer, "table3.new.总计", form.Of(1), why), fault.Invalid)
		v.refused("a negative count", fix(v.writer, permits, form.Of(-1), why), fault.Invalid)
		v.refused("a blank", fix(v.writer, permits, form.Value{State: form.Blank}, why), fault.Invalid)
		v.refused("what is computed anyway", fix(v.writer, permits, form.Of(120), why), fault.Invalid)
		v.refused("nothing", v.reports.Correct(ctx, v.writer, id, nil, why), fault.Invalid)
		v.refused("one cell twice", v.reports.Correct(ctx, v.writer, id, []annualreport.Correction{{Cell: permits, Value: form.Of(1)}, {Cell: permits, Value: form.Of(2)}}, why), fault.Invalid)
		v.refused("no such report", v.reports.Correct(ctx, v.writer, "x", []annualreport.Correction{{Cell: permits, Value: form.Of(1)}}, why), fault.NotFound)
		v.refused("withdrawing what is not corrected", v.reports.Uncorrect(ctx, v.writer, id, permits, why), fault.NotFound)
		v.state(id, annualreport.Open)

		v.must(fix(v.writer, permits, form.Of(122), why))
		v.state(id, annualreport.Filling)
		f := v.figure(id, permits)
		if f.Value != form.Of(122) || f.Computed != form.Of(120) || f.Fix == nil || f.Fix.Reason != why || f.Stale {
			v.Errorf("figure = %+v", f)
		}
		v.tally.n[school]["permit.decisions"] = 122
		if f := v.figure(id, permits); !f.Stale || f.Value != form.Of(122) {
			v.Errorf("after the records changed: stale %v, value %v", f.Stale, f.Value)
		}
		v.ready(v.writer, id)
		err := v.reports.Submit(ctx, v.writer, id, v.sheet(id).Digest)
		v.refused("handing in a stale correction", err, fault.Invalid)
		v.refused("withdrawing without a reason", v.reports.Uncorrect(ctx, v.writer, id, permits, ""), fault.Invalid)
		v.must(v.reports.Uncorrect(ctx, v.writer, id, permits, "台账已经补录完整"))
		if f := v.figure(id, permits); f.Fix != nil || f.Value != form.Of(122) {
			v.Errorf("after the withdrawal = %+v", f)
		}
		v.read(func(tx *db.Tx) error {
			o, err := v.reports.Open(tx, v.writer, id, permits, 0, 1)
			if err == nil && (len(o.Past) != 1 || o.Past[0].EndedWhy != "台账已经补录完整" || o.Past[0].Value != form.Of(122)) {
				v.Errorf("earlier corrections = %+v", o.Past)
			}
			return err
		})
		v.verify()
	})
}

func TestHandingInIsRefusedUntilTheReportIsComplete(t *testing.T) {
	each(t, func(v *district) {
		v.tally.keep(school, map[string]int64{"application.new.自然人": 5, "application.granted.自然人": 3})
		delete(v.tally.n[school], "permit.decisions")
		v.open()
		id := v.own(school)
		submit := func() error { return v.reports.Submit(ctx, v.writer, id, v.sheet(id).Digest) }
		err := submit()
		v.refused("everything open", err, fault.Invalid)
		var fields []string
		for _, p := range fault.Fields(err) {
			fields = append(fields, p.Field)
		}
		if got := strings.Join(fields, " "); got != "cells text findings" {
			v.Errorf("problems are with %q", got)
		}
		if s := fault.Sentence(err); !strings.Contains(s, "行政许可") || !strings.Contains(s, "尚无台账") {
			v.Errorf("sentence = %s", s)
		}
		seen := v.sheet(id).Digest
		v.ready(v.writer, id)
		v.refused("what was seen before", v.reports.Submit(ctx, v.writer, id, seen), fault.Conflict)
		v.refused("somebody else", v.reports.Submit(ctx, v.other, id, v.sheet(id).Digest), fault.Forbidden)
		v.refused("taking back what was not handed in", v.reports.Recall(ctx, v.writer, id), fault.Conflict)
		v.must(submit())
		v.refused("handing in twice", submit(), fault.Conflict)
		v.must(v.reports.Recall(ctx, v.writer, id))
		v.state(id, annualreport.Filling)
		v.refused("accepting what was taken back", v.reports.Accept(ctx, v.boss, id, v.sheet(id).Digest, ""), fault.Conflict)
		v.verify()
	})
}

func TestAYearThatIsNotOverNeedsASentence(t *testing.T) {
	each(t, func(v *district) {
		v.tally.keep(school, nil)
		v.open()
		v.on(day("2025-12-31"))
		id := v.own(school)
		if f := v.finding(id, "year.open"); !f.Hard() {
			v.Errorf("finding on the last day = %+v", f)
		}
		v.send(v.writer, id)
		v.on(day("2026-01-01"))
		if f := v.finding(id, "year.open"); !f.Hard() || f.Explanation == nil {
			v.Errorf("what was handed in too early loses its finding: %+v", f)
		}
		v.must(v.reports.Recall(ctx, v.writer, id))
		if f := v.finding(id, "year.open"); f.Rule != "" {
			v.Errorf("finding after the year = %+v", f)
		}
	})
}

func TestNobodyAcceptsTheirOwnAndOnlyTheOfficeDecides(t *testing.T) {
	each(t, func(v *district) {
		v.tally.keep(school, map[string]int64{"permit.decisions": 120})
		v.open()
		id := v.own(school)
		both := v.person(government, identity.Publisher, identity.Supervisor)
		v.send(both, id)
		seen := v.sheet(id).Digest
		v.refused("the unit accepting", v.reports.Accept(ctx, v.writer, id, seen, ""), fault.Forbidden)
		v.refused("the unit returning", v.reports.Return(ctx, v.writer, id, "请补充正文内容"), fault.Forbidden)
		v.refused("accepting one's own", v.reports.Accept(ctx, both, id, seen, ""), fault.Forbidden)
		v.refused("returning one's own", v.reports.Return(ctx, both, id, "请补充正文内容"), fault.Forbidden)
		v.refused("accepting unseen", v.reports.Accept(ctx, v.boss, id, ledger.Digest{}, ""), fault.Conflict)
		v.refused("returning without saying why", v.reports.Return(ctx, v.boss, id, "改"), fault.Invalid)
		v.refused("a paper before it is accepted", v.paper(id), fault.Conflict)
		v.refused("excusing who has handed in", v.reports.Excuse(ctx, v.boss, id, "本年度机构合并撤销"), fault.Conflict)
		v.must(v.reports.Accept(ctx, v.boss, id, seen, "同意"))
		v.refused("accepting twice", v.reports.Accept(ctx, v.boss, id, seen, ""), fault.Conflict)
		v.refused("taking back what was accepted", v.reports.Recall(ctx, v.writer, id), fault.Conflict)
		v.verify()
	})
}

func (v *district) paper(id annualreport.ID) error {
	_, err := v.reports.MakePaper(ctx, v.writer, id)
	return err
}

func TestExcusingIsRefusedWhereRecordsWouldBeLost(t *testing.T) {
	each(t, func(v *district) {
		v.tally.keep(section, map[string]int64{"permit.decisions": 1})
		v.tally.keep(town, nil)
		v.open()
		const why = "本年度机构合并，由区政府报送"
		v.refused("a unit below has records", v.reports.Excuse(ctx, v.boss, v.own(school), why), fault.Conflict)
		v.refused("by the unit itself", v.reports.Excuse(ctx, v.other, v.own(town), why), fault.Forbidden)
		v.refused("without a reason", v.reports.Excuse(ctx, v.boss, v.own(town), "合并"), fault.Invalid)
		v.refused("calling who is not excused", v.reports.Call(ctx, v.boss, v.own(town)), fault.Conflict)
		v.must(v.reports.Excuse(ctx, v.boss, v.own(town), why))
		v.refused("an excused unit filling", v.reports.Correct(ctx, v.other, v.own(town), []annualreport.Correction{{Cell: permits, Value: form.Of(1)}}, "补录纸质记录"), fault.Conflict)
		v.must(v.reports.Excuse(ctx, v.boss, v.theWhole(), "试行年度，汇总年报按原办法编制"))
		v.must(v.reports.Call(ctx, v.boss, v.own(town)))
		v.state(v.own(town), annualreport.Open)
		v.verify()
	})
}

func TestProseIsKeptInVersionsAndNobodyOverwritesAnother(t *testing.T) {
	each(t, func(v *district) {
		v.tally.keep(school, nil)
		v.open()
		id := v.own(school)
		n, err := v.reports.Draft(ctx, v.writer, id, 0)
		v.must(err)
		if n != 1 {
			v.Errorf("first version = %d", n)
		}
		text := v.sheet(id).Text.Text
		text.Chapters[4].Paras = []string{"公开内容与群众期待还有差距。"}
		_, err = v.reports.Write(ctx, v.writer, id, 0, text, "")
		v.refused("writing over a version not seen", err, fault.Conflict)
		_, err = v.reports.Write(ctx, v.other, id, 1, text, "")
		v.refused("another unit writing", err, fault.Forbidden)
		short := text
		short.Chapters = text.Chapters[:5]
		_, err = v.reports.Write(ctx, v.writer, id, 1, short, "")
		v.refused("five chapters", err, fault.Invalid)
		_, err = v.reports.Write(ctx, v.writer, id, 1, text, "")
		v.must(err)
		_, err = v.reports.Restore(ctx, v.writer, id, 2, 9)
		v.refused("a version that is not there", err, fault.NotFound)
		n, err = v.reports.Restore(ctx, v.writer, id, 2, 1)
		v.must(err)
		v.read(func(tx *db.Tx) error {
			all, err := annualreport.Texts(tx, id)
			if err == nil && (len(all) != 3 || n != 3 || all[2].Note != "恢复第1版" || len(all[1].Text.Chapters[4].Paras) != 1) {
				v.Errorf("versions = %+v", all)
			}
			return err
		})
		v.refused("explaining nothing", v.reports.Explain(ctx, v.writer, id, "no such finding", "经核对情况属实"), fault.NotFound)
		v.verify()
	})
}

func TestAPublicReportIsCorrectedByTheSameWay(t *testing.T) {
	each(t, func(v *district) {
		v.tally.keep(school, map[string]int64{"permit.decisions": 120})
		v.open()
		id := v.own(school)
		v.send(v.writer, id)
		v.accept(id)
		v.refused("a paper by another unit", func() error { _, err := v.reports.MakePaper(ctx, v.other, id); return err }(), fault.Forbidden)
		item, err := v.reports.MakePaper(ctx, v.writer, id)
		v.must(err)
		again, err := v.reports.MakePaper(ctx, v.writer, id)
		v.must(err)
		if again != item {
			v.Errorf("a paper made again became another item")
		}
		var c publication.Copy
		v.read(func(tx *db.Tx) (err error) { c, err = publication.CopyOf(tx, item); return err })
		c.Content.Body += "<p>另。</p>"
		_, err = v.items.Save(ctx, v.writer, item, c.Rev, c.Content, publication.Plan{})
		v.must(err)
		if r := v.report(school, annualreport.Own); !r.Altered {
			v.Errorf("a paper changed by hand is not said to be")
		}
		v.must(v.paper(id))
		s, err := v.items.Submit(ctx, v.writer, item, v.rev(item))
		v.must(err)
		v.state(id, annualreport.InReview)
		v.refused("a paper in review made again", v.paper(id), fault.Conflict)
		v.refused("returning while it is in review", v.reports.Return(ctx, v.boss, id, "请补充正文内容"), fault.Conflict)
		v.must(v.items.Recall(ctx, v.writer, item))
		_ = s
		v.publish(v.writer, item)
		v.state(id, annualreport.Published)

		v.must(v.reports.Return(ctx, v.boss, id, "许可数量与大厅系统不一致"))
		v.state(id, annualreport.Returned)
		v.must(v.reports.Correct(ctx, v.writer, id, []annualreport.Correction{{Cell: permits, Value: form.Of(119)}}, "一件许可重复登记，应予扣除"))
		v.send(v.writer, id)
		v.accept(id)
		v.state(id, annualreport.Accepted) // what is public is the old one
		v.must(v.paper(id))
		v.state(id, annualreport.Made)
		v.publish(v.writer, item)
		v.state(id, annualreport.Published)
		v.read(func(tx *db.Tx) error {
			p, err := publication.PageOf(tx, item)
			if err == nil && !strings.Contains(p.Content.Body, "一件许可重复登记") {
				v.Errorf("the correction is not published as such")
			}
			return err
		})
		v.tally.keep(government, nil)
		v.send(v.whole, v.own(government))
		v.accept(v.own(government))
		_, err = v.reports.MakePaper(ctx, v.whole, v.own(government))
		v.refused("publishing what only goes into the sum", err, fault.Invalid)
		v.verify()
	})
}

func (v *district) rev(item publication.ItemID) (rev int) {
	v.Helper()
	v.read(func(tx *db.Tx) error {
		c, err := publication.CopyOf(tx, item)
		rev = c.Rev
		return err
	})
	return rev
}
