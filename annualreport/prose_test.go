package annualreport_test

import (
	"strings"
	"testing"

	"gongkai/annualreport"
	"gongkai/annualreport/form"
	"gongkai/annualreport/prose"
	"gongkai/internal/db"
	"gongkai/internal/fault"
)

// paragraphs are all paragraphs of the chapters of a text.
func paragraphs(t annualreport.Text) string {
	var all []string
	for _, c := range t.Chapters {
		all = append(all, c.Paras...)
	}
	return strings.Join(all, "\n")
}

func TestNumbersInTheProseStayBoundToTheirCells(t *testing.T) {
	each(t, func(v *district) {
		v.tally.keep(school, map[string]int64{"application.new.自然人": 5, "application.granted.自然人": 5, "permit.decisions": 120})
		v.open()
		id := v.own(school)
		v.ready(v.writer, id)
		s := v.sheet(id)
		if !strings.Contains(paragraphs(s.Text.Text), "⟦table3.new.总计⟧") || !strings.Contains(paragraphs(s.Reading), "申请5件") {
			v.Fatalf("draft = %s\nreads %s", paragraphs(s.Text.Text), paragraphs(s.Reading))
		}
		v.tally.n[school]["application.new.自然人"] = 6
		v.tally.n[school]["application.granted.自然人"] = 6
		if s := v.sheet(id); !strings.Contains(paragraphs(s.Reading), "申请6件") {
			v.Errorf("the prose does not follow its figures: %s", paragraphs(s.Reading))
		}

		// A person edits what they read and writes a number over a figure.
		s = v.sheet(id)
		edited := s.Reading
		for i, c := range edited.Chapters {
			for k, p := range c.Paras {
				edited.Chapters[i].Paras[k] = strings.Replace(strings.Replace(p, "申请6件", "申请8件", 1), "我局", "本局", 1)
			}
		}
		_, err := v.reports.Edit(ctx, v.writer, id, s.Report.Text-1, edited, "")
		v.refused("editing a version not seen", err, fault.Conflict)
		_, err = v.reports.Edit(ctx, v.writer, id, s.Report.Text, edited, "")
		v.must(err)
		s = v.sheet(id)
		if !strings.Contains(paragraphs(s.Reading), "本局") || !strings.Contains(paragraphs(s.Reading), "申请8件") {
			v.Errorf("the edit is lost: %s", paragraphs(s.Reading))
		}
		if !strings.Contains(paragraphs(s.Text.Text), "⟦table2.行政许可.decisions⟧") {
			v.Errorf("figures left alone have lost their cells: %s", paragraphs(s.Text.Text))
		}
		n := 0
		for _, f := range s.Findings {
			if f.Rule == "prose.mismatch" && f.Hard() {
				n++
			}
		}
		if n != 1 {
			v.Errorf("a number written over a figure is found %d times, want once: %+v", n, s.Findings)
		}
		v.refused("handing it in", v.reports.Submit(ctx, v.writer, id, s.Digest), fault.Invalid)
		v.verify()
	})
}

func TestASuggestionMustBeWrittenByAPerson(t *testing.T) {
	each(t, func(v *district) {
		v.tally.keep(school, nil)
		v.open()
		id := v.own(school)
		v.must(v.draft(id))
		if f := v.finding(id, "prose.suggestion"); !f.Hard() {
			v.Errorf("finding about a suggestion = %+v", f)
		}
		if s := paragraphs(v.sheet(id).Text.Text); !strings.Contains(s, prose.Suggestion) {
			v.Errorf("the draft has no suggestion: %s", s)
		}
	})
}

func TestWhatNoTableHasIsGivenByHand(t *testing.T) {
	each(t, func(v *district) {
		v.tally.keep(school, map[string]int64{"processing_fee.notices": 2, "processing_fee.amount_notified": 600_0000})
		v.tally.keep(town, map[string]int64{"processing_fee.notices": 1})
		v.tally.keep(government, nil)
		v.open()
		id := v.own(school)
		extra := func(id annualreport.ID, fact string) (x annualreport.Extra) {
			for _, y := range v.sheet(id).Extras {
				if string(y.Fact) == fact {
					x = y
				}
			}
			return x
		}
		if x := extra(id, "processing_fee.notices"); x.Value != form.Of(2) || !x.Must || len(x.Sources) != 1 {
			v.Errorf("notices = %+v", x)
		}
		give := func(fact string, value form.Value) error {
			return v.reports.Correct(ctx, v.writer, id, []annualreport.Correction{{Cell: fact, Value: value}}, "据培训签到记录填写")
		}
		v.refused("a negative number", give("training.sessions", form.Of(-1)), fault.Invalid)
		v.refused("a slash", give("training.sessions", form.Value{State: form.NotApplicable}), fault.Invalid)
		v.refused("a fact nobody knows of", give("training.days", form.Of(1)), fault.Invalid)
		v.must(give("training.sessions", form.Of(3)))
		if x := extra(id, "training.sessions"); x.Value != form.Of(3) || x.Fix == nil || x.Computed.Known() {
			v.Errorf("given = %+v", x)
		}
		v.send(v.writer, id)
		if s := paragraphs(v.sheet(id).Reading); !strings.Contains(s, "培训3次") {
			v.Errorf("the prose does not speak of it: %s", s)
		}
		v.accept(id)
		v.must(v.reports.Excuse(ctx, v.boss, v.own(office), "本年度机构合并，由区政府报送"))
		for _, u := range []annualreport.ID{v.own(town), v.own(government)} {
			v.send(v.whole, u)
			v.accept(u)
		}
		whole := v.theWhole()
		if x := extra(whole, "processing_fee.notices"); x.Value != form.Of(3) || len(x.Sources) != 2 {
			v.Errorf("notices of all = %+v", x)
		}
		if x := extra(whole, "training.sessions"); x.Value.Known() {
			v.Errorf("trainings that two of three units do not know add up to %v", x.Value)
		}
		if x := extra(whole, "units"); x.Value != form.Of(3) {
			v.Errorf("units = %+v", x)
		}
		v.read(func(tx *db.Tx) error {
			o, err := v.reports.Open(tx, v.boss, whole, "processing_fee.notices", 0, 1)
			if err == nil && (o.Kind != form.Count || len(o.Figure.Sources) != 2) {
				v.Errorf("opened = %+v", o.Figure)
			}
			if err != nil {
				return err
			}
			o, err = v.reports.Open(tx, v.boss, id, "processing_fee.amount_notified", 0, 1)
			if err == nil && o.Kind != form.Yuan {
				v.Errorf("money is opened as %q", o.Kind)
			}
			return err
		})
		v.verify()
	})
}

func TestAFeeThatNobodyRecordsIsMissed(t *testing.T) {
	each(t, func(v *district) {
		v.tally.keep(school, nil)
		delete(v.tally.n[school], "processing_fee.notices")
		v.open()
		if f := v.finding(v.own(school), "extra.unknown"); f.Severity != form.Warning {
			v.Errorf("finding = %+v", f)
		}
	})
}

func TestAnOldYearIsReportedInTheOldForm(t *testing.T) {
	each(t, func(v *district) {
		old := annualreport.New(v.db, v.items, v.files, everyYear{v.tally})
		v.tally.keep(school, map[string]int64{"procurement.amount": 271_5300_0000, "procurement.projects": 15, "permit.change": -3, "application.other1.自然人": 1, "application.other3.自然人": 2})
		o, err := old.OpenRound(ctx, v.boss, annualreport.Plan{Unit: government, Year: 2020})
		v.must(err)
		if o.Form != "2019" || o.Units != day("2021-01-31") {
			v.Errorf("round = %+v", o)
		}
		v.read(func(tx *db.Tx) error {
			r, err := annualreport.ReportOf(tx, school, 2020, annualreport.Own)
			if err != nil {
				return err
			}
			s, err := old.Sheet(tx, v.writer, r.ID)
			if err != nil {
				return err
			}
			for cell, want := range map[string]string{"table2.政府集中采购.amount_yuan": "271.53万元", "table2.政府集中采购.projects": "15",
				"table2.行政许可.change": "-3", "table3.other.自然人": "3", "table3.total.总计": "3"} {
				i, _ := s.Form.Index(cell)
				if got := s.Figures[i].Value.Print(s.Form.Cells[i].Kind); got != want {
					v.Errorf("%s = %s, want %s", cell, got, want)
				}
			}
			for _, x := range s.Extras {
				if x.Must {
					v.Errorf("a report on 2020 must say %s", x.Fact)
				}
			}
			return nil
		})
	})
}
