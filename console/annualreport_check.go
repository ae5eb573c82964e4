package console

import (
	"fmt"
	"net/http"
	"strings"

	"gongkai/annualreport"
	"gongkai/internal/db"
	"gongkai/internal/web/ui"
)

// reportCheckPage lists everything the rules found.
type reportCheckPage struct {
	ReportFrame
	Bad, Warn, Note []markedFinding
	Clean           *ui.Empty
	Rules           []ui.Fact
}

func (c *Console) reportCheck(w http.ResponseWriter, r *http.Request) error {
	var p reportCheckPage
	err := c.read(r, func(tx *db.Tx) (err error) {
		if p.ReportFrame, err = c.reportFrame(w, r, tx, "check"); err != nil {
			return err
		}
		path := reportPath(p.sheet.Report.ID)
		for _, m := range markFindings(p.sheet.Form, shownFindings(p.sheet), func(cell string) string { return path + "#cell-" + cell }) {
			switch m.Kind {
			case ui.Bad:
				p.Bad = append(p.Bad, m)
			case ui.Warn:
				p.Warn = append(p.Warn, m)
			default:
				p.Note = append(p.Note, m)
			}
		}
		if len(p.Bad)+len(p.Warn)+len(p.Note) == 0 {
			p.Clean = &ui.Empty{Title: "没有发现问题", Say: "表内、表间的勾稽关系都成立，与上年年报衔接，正文中的数字与表格一致。", Links: []ui.Link{{Text: "查看表格", URL: path}}}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return c.show(w, r, "report-check", p)
}

// reportUnits shows which units a consolidated report counts.
func (c *Console) reportUnits(w http.ResponseWriter, r *http.Request) error {
	var p reportPastPage
	err := c.read(r, func(tx *db.Tx) (err error) {
		if p.ReportFrame, err = c.reportFrame(w, r, tx, "units"); err != nil {
			return err
		}
		t := ui.Table{Caption: "汇总的单位", Note: "只有已接受的年报计入汇总", Walk: true, Columns: []ui.Column{{Text: "单位"}, {Text: "状态"}, {Text: "计入汇总"}, {Text: "需要留意"}}}
		counted := 0
		for _, u := range p.sheet.Units {
			in := "没有计入"
			if u.Counted {
				in, counted = "已计入", counted+1
			} else if u.Report.State == annualreport.Excused {
				in = "免报"
			}
			look := strings.Join(u.Broken, "；")
			if u.Report.State == annualreport.Excused {
				look = u.Report.Excuse
			}
			t.Rows = append(t.Rows, ui.Row{Bad: !u.Counted && u.Report.State != annualreport.Excused,
				Cells: []ui.Cell{{Text: u.Name, URL: reportPath(u.Report.ID)}, {State: reportState(u.Report.State)}, {Text: in}, {Text: shorten(look, 80)}}})
		}
		p.Lead = fmt.Sprintf("共%d个单位，已计入%d个。", len(p.sheet.Units), counted)
		p.Tables = []ui.Table{t}
		if len(t.Rows) == 0 {
			p.Tables, p.Nothing = nil, &ui.Empty{Title: "这是一个单位自己的年报", Say: "只有政府的汇总年报由各单位的年报相加。"}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return c.show(w, r, "report-past", p)
}
