package annualreport_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"gongkai/annualreport"
	"gongkai/annualreport/form"
	"gongkai/identity"
	"gongkai/internal/blob"
	"gongkai/internal/db"
	"gongkai/internal/fault"
)

// published is a report on a year as somebody's file.
func published(year int, cells map[string]int64) []byte {
	r := form.New(form.ForYear(year))
	r.Agency, r.Year = "明镜区教育局", year
	for i := range r.Values {
		r.Values[i] = form.Of(0)
	}
	for id, n := range cells {
		r.Set(id, form.Of(n))
	}
	return r.AppendJSON(nil)
}

func (v *district) readIn(by identity.Actor, year int, cells map[string]int64) (*annualreport.Preview, error) {
	return v.reports.ReadIn(ctx, by, school, annualreport.Own, "年报.json", bytes.NewReader(published(year, cells)))
}

func TestLastYearsReportComesFromAFile(t *testing.T) {
	each(t, func(v *district) {
		v.tally.keep(school, map[string]int64{"application.new.自然人": 1})
		delete(v.tally.n[school], "application.carried.自然人")
		v.open()
		id := v.own(school)
		v.says(id, map[string]string{"table3.carried.自然人": "?"})
		p, err := v.readIn(v.writer, 2024, map[string]int64{"table3.forward.自然人": 3, "table3.forward.总计": 3, "table3.new.自然人": 3, "table3.new.总计": 3})
		v.must(err)
		if p.Report.Year != 2024 || p.Compiled || p.Replaces != nil || len(p.Unknown) != 0 {
			v.Errorf("preview = %+v", p)
		}
		v.says(id, map[string]string{"table3.carried.自然人": "?"}) // nothing is adopted yet
		adopt := func(by identity.Actor, file blob.Digest, year int, why string) error {
			_, err := v.reports.Adopt(ctx, by, school, annualreport.Own, file, "年报.json", year, why)
			return err
		}
		v.refused("by another unit", adopt(v.other, p.File.Digest, 0, ""), fault.Forbidden)
		v.refused("a file that is not here", adopt(v.writer, blob.Digest(strings.Repeat("a", 64)), 0, ""), fault.NotFound)
		v.refused("for another year than it says", adopt(v.writer, p.File.Digest, 2023, ""), fault.Invalid)
		v.must(adopt(v.writer, p.File.Digest, 0, ""))
		f := v.figure(id, "table3.carried.自然人")
		if f.Value != form.Of(3) || len(f.Sources) != 1 || f.Sources[0].Kind != annualreport.FromLast || !strings.Contains(f.Sources[0].Say, "2024年度") {
			v.Errorf("carried = %+v", f)
		}
		v.refused("a second time without a reason", adopt(v.writer, p.File.Digest, 2024, ""), fault.Invalid)
		p, err = v.readIn(v.writer, 2024, map[string]int64{"table3.forward.自然人": 2, "table3.forward.总计": 2, "table3.new.自然人": 2, "table3.new.总计": 2})
		v.must(err)
		if p.Replaces == nil {
			v.Errorf("the preview does not say that it replaces a report")
		}
		v.must(adopt(v.writer, p.File.Digest, 0, "先前读入的是未定稿"))
		v.says(id, map[string]string{"table3.carried.自然人": "2"})
		v.read(func(tx *db.Tx) error {
			years, err := annualreport.Years(tx, school, annualreport.Own, 2025, 5)
			if err == nil && (len(years) != 1 || years[0].Year != 2024 || years[0].Get("table3.forward.自然人") != form.Of(2)) {
				v.Errorf("earlier years = %+v", years)
			}
			return err
		})
		v.verify()
	})
}

func TestAYearCompiledHereIsNotOverwrittenWithoutAReason(t *testing.T) {
	each(t, func(v *district) {
		v.tally.keep(school, map[string]int64{"permit.decisions": 120})
		v.open()
		id := v.own(school)
		v.send(v.writer, id)
		v.accept(id)
		p, err := v.readIn(v.writer, 2025, nil)
		v.must(err)
		if !p.Compiled {
			v.Errorf("the preview does not say that the year was compiled here")
		}
		adopt := func(why string) error {
			_, err := v.reports.Adopt(ctx, v.writer, school, annualreport.Own, p.File.Digest, p.Name, 0, why)
			return err
		}
		earlier := func() (e *annualreport.Earlier) {
			v.read(func(tx *db.Tx) (err error) {
				e, err = annualreport.EarlierOf(tx, school, annualreport.Own, 2025)
				return err
			})
			return e
		}
		if e := earlier(); e.ID != id || e.Report.Get(permits) != form.Of(120) {
			v.Errorf("earlier = %+v", e)
		}
		v.refused("without a reason", adopt(""), fault.Invalid)
		v.must(adopt("以公开发布的版本为准"))
		if e := earlier(); e.Past == nil || e.Report.Get(permits) != form.Of(0) {
			v.Errorf("earlier after adopting = %+v", e)
		}
		v.verify()
	})
}

func TestWhatIsReadInMustBeAnEarlierReport(t *testing.T) {
	each(t, func(v *district) {
		_, err := v.readIn(v.outsider, 2024, nil)
		v.refused("without the right", err, fault.Forbidden)
		p, err := v.readIn(v.writer, 2026, nil)
		v.must(err)
		_, err = v.reports.Adopt(ctx, v.writer, school, annualreport.Own, p.File.Digest, p.Name, 0, "")
		v.refused("a year that is not over", err, fault.Invalid)
		_, err = v.reports.ReadIn(ctx, v.writer, school, annualreport.Own, "空.txt", strings.NewReader("没有表格的文字。"))
		v.refused("a file without tables", err, fault.Invalid)
		p, err = v.reports.ReadIn(ctx, v.whole, town, annualreport.Own, "年报.json", bytes.NewReader(published(2024, nil)))
		v.must(err)
		if !slices.ContainsFunc(p.Findings, func(f form.Finding) bool { return f.Rule == "past.agency" && strings.Contains(f.Message, "教育局") }) {
			v.Errorf("another agency's report raises %+v", p.Findings)
		}
		p, err = v.readIn(v.writer, 2024, nil)
		v.must(err)
		if slices.ContainsFunc(p.Findings, func(f form.Finding) bool { return f.Rule == "past.agency" }) {
			v.Errorf("its own report raises %+v", p.Findings)
		}
		v.everyWrite("adopt", func() error {
			_, err := v.reports.Adopt(ctx, v.writer, school, annualreport.Own, p.File.Digest, p.Name, 0, "")
			return err
		})
	})
}
