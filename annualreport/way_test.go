package annualreport_test

import (
	"io/fs"
	"testing"

	"gongkai/annualreport"
	"gongkai/annualreport/form"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/publication"
)

// nothing holds no migrations.
type nothing struct{}

func (nothing) Open(name string) (fs.File, error) { return nil, fs.ErrNotExist }

func TestTheWayFromAnOpenYearToAPublicReport(t *testing.T) {
	each(t, func(v *district) {
		v.tally.keep(school, map[string]int64{"permit.decisions": 120, "application.new.自然人": 5, "application.granted.自然人": 4, "application.forward.自然人": 1, "fee.amount": 20_200_0000})
		v.tally.keep(section, map[string]int64{"permit.decisions": 3})
		o := v.open()
		if o.Form != "2021" || o.Units.String() != "2026-01-31" || o.Whole.String() != "2026-03-31" {
			v.Errorf("round = form %s, due %s and %s", o.Form, o.Units, o.Whole)
		}
		id := v.own(school)
		v.state(id, annualreport.Open)
		v.says(id, map[string]string{"table2.行政许可.decisions": "123", "table3.new.总计": "5", "table3.total.自然人": "4", "table3.total.总计": "4",
			"table3.forward.总计": "1", "table2.行政事业性收费.amount_wan": "2.02", "table2.规章.issued": "0"})
		v.says(v.own(town), map[string]string{"table2.行政许可.decisions": "?", "table3.new.总计": "?"})

		v.send(v.writer, id)
		v.state(id, annualreport.Submitted)
		v.refused("changing what was handed in", v.reports.Correct(ctx, v.writer, id, []annualreport.Correction{{Cell: "table2.行政许可.decisions", Value: form.Of(1)}}, "补录纸质记录"), fault.Conflict)
		v.must(v.reports.Return(ctx, v.boss, id, "请核对行政许可数量"))
		v.state(id, annualreport.Returned)
		v.must(v.reports.Correct(ctx, v.writer, id, []annualreport.Correction{{Cell: "table2.行政许可.decisions", Value: form.Of(125)}}, "两件纸质许可尚未录入系统"))
		v.send(v.writer, id)
		v.accept(id)
		v.state(id, annualreport.Accepted)

		item, err := v.reports.MakePaper(ctx, v.writer, id)
		v.must(err)
		v.state(id, annualreport.Made)
		v.publish(v.writer, item)
		v.state(id, annualreport.Published)
		v.read(func(tx *db.Tx) error {
			p, err := publication.PageOf(tx, item)
			if err != nil {
				return err
			}
			if p.Title != "明镜区教育局2025年政府信息公开工作年度报告" || p.Column != publication.ReportColumn || len(p.Content.Files) != 5 {
				v.Errorf("page = %q in %s with %d files", p.Title, p.Column, len(p.Content.Files))
			}
			return nil
		})
		if r := v.report(school, annualreport.Own); r.Altered {
			v.Errorf("an unchanged paper is said to be altered")
		}
		v.verify()
	})
}
