package annualreport_test

import (
	"slices"
	"testing"

	"gongkai/annualreport"
	"gongkai/annualreport/form"
	"gongkai/identity"
	"gongkai/internal/fault"
)

func TestTheOfficeRemindsByHandAtMostOnceADay(t *testing.T) {
	each(t, func(v *district) {
		v.on(day("2026-01-05"))
		v.open()
		ids := []annualreport.ID{v.own(school), v.own(town), v.own(school)}
		by := func(who identity.Actor, want int) {
			v.Helper()
			n, err := v.reports.RemindNow(ctx, who, ids...)
			v.must(err)
			if n != want {
				v.Errorf("RemindNow() = %d, want %d", n, want)
			}
		}
		by(v.boss, 2)
		by(v.boss, 0)
		if all := v.reminders(v.writer); len(all) != 1 || all[0].Day != day("2026-01-05") {
			v.Errorf("the school's reminders = %+v, want one of today", all)
		}
		v.on(day("2026-01-06"))
		by(v.boss, 2)
		v.on(day("2026-01-17"))
		v.remind(4) // the calendar goes on as if nobody had reminded by hand
		_, err := v.reports.RemindNow(ctx, v.writer, ids...)
		v.refused("a unit reminds others", err, fault.Forbidden)
		_, err = v.reports.RemindNow(ctx, v.boss, "nothing")
		v.refused("no such report", err, fault.NotFound)
		v.verify()
	})
}

func TestSentencesAreKeptTogetherWithTheSubmissionOrNotAtAll(t *testing.T) {
	each(t, func(v *district) {
		v.open()
		v.tally.keep(school, map[string]int64{"application.new.自然人": 3, "application.granted.自然人": 3})
		id := v.own(school)
		v.ready(v.writer, id)
		v.must(v.reports.Correct(ctx, v.writer, id, []annualreport.Correction{{Cell: "table3.granted.自然人", Value: form.Of(2)}}, "一件还没有办结，登记有误"))
		s := v.sheet(id)
		bare := s.Unexplained()
		if len(bare) == 0 {
			v.Fatal("a report whose sums do not hold has nothing to explain")
		}
		sentences := map[string]string{}
		for _, f := range bare {
			sentences[f.Key] = "一件正在核对办理结果"
		}
		sentences[bare[0].Key] = "短"
		v.refused("a sentence that says nothing", v.reports.SubmitExplained(ctx, v.writer, id, s.Digest, sentences), fault.Invalid)
		sentences[bare[0].Key] = "一件正在核对办理结果"
		v.refused("no such finding", v.reports.SubmitExplained(ctx, v.writer, id, s.Digest, map[string]string{"x": "一件正在核对办理结果"}), fault.NotFound)
		if got := v.sheet(id); got.Digest != s.Digest || len(got.Unexplained()) != len(bare) {
			v.Error("a refused submission has kept some of its sentences")
		}
		v.must(v.reports.SubmitExplained(ctx, v.writer, id, s.Digest, sentences))
		v.state(id, annualreport.Submitted)
		v.verify()
	})
}

func TestAnUnknownCellSaysWhoseRecordsOfWhatAreMissing(t *testing.T) {
	each(t, func(v *district) {
		v.open()
		v.tally.n[school] = map[annualreport.FactName]int64{"permit.decisions": 0}
		id := v.own(school)
		if got := v.figure(id, "table2.行政许可.decisions").Missing; got != nil {
			v.Errorf("a known cell misses %v", got)
		}
		got := v.figure(id, "table3.new.自然人").Missing
		if want := (annualreport.Missing{Unit: school, Fact: "application.new.自然人"}); !slices.Contains(got, want) {
			v.Errorf("an unknown cell misses %v, want %v", got, want)
		}
	})
}
