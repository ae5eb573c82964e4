package annualreport_test

import (
	"strings"
	"testing"

	"gongkai/annualreport"
	"gongkai/annualreport/form"
	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/org"
)

func (v *district) theWhole() annualreport.ID {
	return v.report(government, annualreport.Consolidated).ID
}

func (v *district) finding(id annualreport.ID, rule string) (f annualreport.Finding) {
	v.Helper()
	for _, g := range v.sheet(id).Findings {
		if g.Rule == rule {
			return g
		}
	}
	return f
}

func TestTheWholeIsTheSumOfItsUnitsAndNamesWhoIsMissing(t *testing.T) {
	each(t, func(v *district) {
		v.tally.keep(government, map[string]int64{"normative.issued": 7})
		v.tally.keep(school, map[string]int64{"permit.decisions": 120, "normative.issued": 2})
		v.tally.keep(section, map[string]int64{"permit.decisions": 3})
		v.tally.keep(town, map[string]int64{"permit.decisions": 30})
		v.open()
		id := v.theWhole()
		v.says(id, map[string]string{"table2.行政许可.decisions": "?"})
		v.send(v.writer, v.own(school))
		v.send(v.whole, v.own(government))
		v.says(id, map[string]string{"table2.行政许可.decisions": "?"})
		v.accept(v.own(school))
		v.accept(v.own(government))
		v.says(id, map[string]string{"table2.行政许可.decisions": "123", "table2.行政规范性文件.issued": "9"})
		f := v.finding(id, "sum.missing")
		if f.Severity != form.Error || !strings.Contains(f.Message, "清水镇人民政府（待填报）") || !strings.Contains(f.Message, "办公室（待填报）") ||
			strings.Contains(f.Message, "教育局") {
			v.Errorf("missing = %+v", f)
		}
		v.must(v.reports.Excuse(ctx, v.boss, v.own(office), "本年度机构合并，数据由区政府报送"))
		v.state(v.own(office), annualreport.Excused)
		if f := v.finding(id, "sum.missing"); strings.Contains(f.Message, "办公室") {
			v.Errorf("an excused unit is named as missing: %s", f.Message)
		}
		if f := v.finding(id, "sum.excused"); !strings.Contains(f.Message, "办公室") || f.Hard() {
			v.Errorf("excused = %+v", f)
		}
		v.send(v.other, v.own(town))
		v.accept(v.own(town))
		v.says(id, map[string]string{"table2.行政许可.decisions": "153"})
		if f := v.finding(id, "sum.missing"); f.Rule != "" {
			v.Errorf("nobody is missing, and still: %s", f.Message)
		}
		g := v.figure(id, "table2.行政许可.decisions")
		if len(g.Sources) != 2 || g.Sources[0].Kind != annualreport.FromUnit || g.Sources[0].Unit != school || g.Sources[0].Report != v.own(school) {
			v.Errorf("sources of the sum = %+v", g.Sources)
		}
		v.send(v.whole, id)
		v.accept(id)

		// Afterwards a unit's report is reopened: the sum says that it would differ.
		v.must(v.reports.Return(ctx, v.boss, v.own(town), "许可数量与大厅系统不一致"))
		g = v.figure(id, "table2.行政许可.decisions")
		if g.Value != form.Of(153) || !g.Changed || g.Computed != form.Of(123) {
			v.Errorf("figure after a unit was reopened = %v, changed %v, now %v", g.Value, g.Changed, g.Computed)
		}
		v.verify()
	})
}

func TestTheUnitsThatHandedInWithABrokenRuleAreNamed(t *testing.T) {
	each(t, func(v *district) {
		v.tally.keep(school, map[string]int64{"application.new.自然人": 5, "application.granted.自然人": 3})
		v.open()
		id := v.own(school)
		if len(v.sheet(id).Unexplained()) == 0 {
			v.Fatal("five came, three were answered, none is left, and no finding")
		}
		v.must(v.draft(id))
		v.refused("handing in with a broken rule", v.reports.Submit(ctx, v.writer, id, v.sheet(id).Digest), fault.Invalid)
		v.send(v.writer, id)
		v.accept(id)
		if f := v.finding(v.theWhole(), "sum.conflict"); !strings.Contains(f.Message, "教育局") {
			v.Errorf("conflict = %+v", f)
		}
		v.read(func(tx *db.Tx) error {
			all, err := annualreport.Submissions(tx, id)
			if err == nil && (len(all) != 1 || len(all[0].Frozen.Open) == 0 || all[0].Frozen.Open[0].Sentence == "") {
				v.Errorf("the explanation is not kept with what was handed in: %+v", all[0].Frozen.Open)
			}
			return err
		})
	})
}

func TestAUnitWithRecordsThatDoesNotReportIsNamed(t *testing.T) {
	each(t, func(v *district) {
		v.tally.keep(school, map[string]int64{"permit.decisions": 120})
		v.tally.keep(town, map[string]int64{"permit.decisions": 30})
		_, err := v.reports.OpenRound(ctx, v.boss, annualreport.Plan{Unit: government, Year: 2025, Report: []org.ID{government, school}})
		v.must(err)
		f := v.finding(v.theWhole(), "sum.uncounted")
		if !f.Hard() || !strings.Contains(f.Message, "清水镇") || strings.Contains(f.Message, "办公室") {
			v.Errorf("uncounted = %+v, want the town, which has records", f)
		}
		v.must(v.reports.AddUnit(ctx, v.boss, government, 2025, town))
		if f := v.finding(v.theWhole(), "sum.uncounted"); f.Rule != "" {
			v.Errorf("after it was added: %s", f.Message)
		}
	})
}

func (v *district) draft(id annualreport.ID) error {
	_, err := v.reports.Draft(ctx, v.writer, id, 0)
	return err
}

func TestTheOfficeSeesTheRoundAtAGlance(t *testing.T) {
	each(t, func(v *district) {
		v.tally.keep(school, map[string]int64{"permit.decisions": 120})
		v.tally.keep(town, map[string]int64{"application.new.自然人": 5})
		v.open()
		v.send(v.writer, v.own(school))
		v.tally.n[school]["permit.decisions"] = 121
		v.read(func(tx *db.Tx) error {
			_, err := v.reports.Progress(tx, v.writer, government, 2025)
			v.refused("a unit looking at all", err, fault.Forbidden)
			_, err = v.reports.Progress(tx, v.boss, government, 2024)
			v.refused("a year that is not open", err, fault.NotFound)
			p, err := v.reports.Progress(tx, v.boss, government, 2025)
			if err != nil {
				return err
			}
			if p.Counts[annualreport.Submitted] != 1 || p.Counts[annualreport.Open] != 3 || p.Late != 3 || p.Changed != 1 || p.Broken != 1 || len(p.Units) != 4 {
				v.Errorf("progress = %v, late %d, changed %d, broken %d, of %d units", p.Counts, p.Late, p.Changed, p.Broken, len(p.Units))
			}
			if p.Units[0].Report.Unit != government || p.Units[2].Days != -30 || p.Whole.Days != 29 || p.Whole.Late {
				v.Errorf("units = %+v, whole = %+v", p.Units, p.Whole)
			}
			return nil
		})
	})
}

func TestOpeningAYearIsRefusedWhereItMust(t *testing.T) {
	each(t, func(v *district) {
		plan := annualreport.Plan{Unit: government, Year: 2025}
		open := func(by identity.Actor, change func(p *annualreport.Plan)) error {
			p := plan
			change(&p)
			_, err := v.reports.OpenRound(ctx, by, p)
			return err
		}
		same := func(*annualreport.Plan) {}
		v.refused("a publisher", open(v.whole, same), fault.Forbidden)
		v.refused("a department", open(v.boss, func(p *annualreport.Plan) { p.Unit = school }), fault.Invalid)
		v.refused("no year", open(v.boss, func(p *annualreport.Plan) { p.Year = 0 }), fault.Invalid)
		v.refused("a form that does not exist", open(v.boss, func(p *annualreport.Plan) { p.Form = "1999" }), fault.Invalid)
		v.refused("a unit's date after the law's", open(v.boss, func(p *annualreport.Plan) { p.Units = day("2026-02-01") }), fault.Invalid)
		v.refused("the government's date after the law's", open(v.boss, func(p *annualreport.Plan) { p.Whole = day("2026-04-01") }), fault.Invalid)
		v.refused("a date before the year is over", open(v.boss, func(p *annualreport.Plan) { p.Units = day("2025-12-31") }), fault.Invalid)
		v.refused("nobody to report", open(v.boss, func(p *annualreport.Plan) { p.Report = []org.ID{} }), fault.Invalid)
		v.refused("nobody for the government's own records", open(v.boss, func(p *annualreport.Plan) { p.Report = []org.ID{school, town} }), fault.Invalid)
		v.refused("a unit from elsewhere", open(v.boss, func(p *annualreport.Plan) { p.Report = []org.ID{"xx"} }), fault.Invalid)
		v.must(open(v.boss, func(p *annualreport.Plan) { p.Units, p.Variant = day("2026-01-26"), "其他处理不分项" }))
		v.refused("the same year again", open(v.boss, same), fault.Conflict)
		if r := v.report(school, annualreport.Own); r.Due != day("2026-01-26") {
			v.Errorf("due = %s, want the earlier local date", r.Due)
		}
		if s := v.sheet(v.own(school)); s.Form.Variant != "其他处理不分项" {
			v.Errorf("variant = %q", s.Form.Variant)
		}
		v.refused("moving dates as a publisher", v.reports.SetDue(ctx, v.whole, government, 2025, day("2026-01-20"), day("2026-03-01")), fault.Forbidden)
		v.refused("moving them beyond the law", v.reports.SetDue(ctx, v.boss, government, 2025, day("2026-02-20"), day("2026-03-01")), fault.Invalid)
		v.refused("moving those of no round", v.reports.SetDue(ctx, v.boss, government, 2024, day("2025-01-20"), day("2025-03-01")), fault.NotFound)
		v.must(v.reports.SetDue(ctx, v.boss, government, 2025, day("2026-01-20"), day("2026-03-01")))
		if r := v.report(government, annualreport.Consolidated); r.Due != day("2026-03-01") {
			v.Errorf("due of the whole = %s", r.Due)
		}
		v.refused("adding who reports already", v.reports.AddUnit(ctx, v.boss, government, 2025, school), fault.Conflict)
		v.refused("adding a unit from elsewhere", v.reports.AddUnit(ctx, v.boss, government, 2025, "xx"), fault.Invalid)
		v.refused("adding as a publisher", v.reports.AddUnit(ctx, v.whole, government, 2025, section), fault.Forbidden)
		v.must(v.reports.AddUnit(ctx, v.boss, government, 2025, section))
		v.state(v.own(section), annualreport.Open)
		v.verify()
	})
}
