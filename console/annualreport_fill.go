package console

import (
	"net/http"

	"gongkai/annualreport"
	"gongkai/annualreport/form"
	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
)

// reportFillPage asks on the form itself for the figures that nobody recorded.
type reportFillPage struct {
	ReportFrame
	Form    *web.Form
	Tables  []reportTable
	Extras  []ui.Field
	Asked   int
	Nothing *ui.Empty
}

func (c *Console) fillPage(w http.ResponseWriter, r *http.Request) error {
	return c.showFill(w, r, web.NewForm(nil), http.StatusOK)
}

func (c *Console) showFill(w http.ResponseWriter, r *http.Request, f *web.Form, status int) error {
	var p reportFillPage
	err := c.read(r, func(tx *db.Tx) (err error) {
		if p.ReportFrame, err = c.reportFrame(w, r, tx, ""); err != nil {
			return err
		}
		if err := actorOf(r).Check(identity.ReportFill, p.sheet.Report.Unit); err != nil {
			return err
		}
		p.Form = f
		p.Title = "在表上填写：" + p.Name
		if !p.sheet.Report.State.Editable() {
			p.Nothing = &ui.Empty{Title: "现在不能填写", Say: "年报" + p.sheet.Report.State.Name() + "。"}
			return nil
		}
		look := gridLook{report: p.sheet.Report.ID, sheet: p.sheet}
		look.input = func(cell int) *ui.Field {
			if !askable(p.sheet, cell) {
				return nil
			}
			p.Asked++
			field := ui.NewField(f, p.sheet.Form.Cells[cell].ID, p.sheet.Form.Say(cell))
			if g := p.sheet.Figures[cell]; g.Fix != nil && len(f.Values(field.Name)) == 0 {
				field.Value = g.Fix.Value.Print(p.sheet.Form.Cells[cell].Kind)
			}
			return &field
		}
		p.Tables, _ = look.tables(p.sheet.Printed)
		for _, x := range p.sheet.Extras {
			if x.Computed.State != form.Unknown {
				continue
			}
			field := ui.NewField(f, string(x.Fact), x.Title)
			field.Optional, field.Narrow = true, 8
			if x.Money {
				field.Hint = "以万元为单位。"
			}
			if x.Fix != nil && len(f.Values(field.Name)) == 0 {
				field.Value = x.Fix.Value.Print(x.Kind())
			}
			p.Asked++
			p.Extras = append(p.Extras, field)
		}
		if p.Asked == 0 {
			p.Tables, p.Nothing = nil, &ui.Empty{Title: "没有需要直接填写的格", Say: "每一格都有台账或者文件可以统计。要改某一个数，请在表格中点开它。", Links: []ui.Link{{Text: "回到表格", URL: reportPath(p.sheet.Report.ID)}}}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return c.templates.Render(w, r, status, "report-fill", p)
}

// askable tells whether a cell is asked for on the form: nobody recorded it, or
// somebody has filled it in before.
func askable(s *annualreport.Sheet, cell int) bool {
	g := s.Figures[cell]
	return !s.Added(cell) && g.Computed.State == form.Unknown
}

func (c *Console) fillCells(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	id := annualreport.ID(r.PathValue("id"))
	var typed []annualreport.Correction
	err = c.read(r, func(tx *db.Tx) error {
		s, err := c.Reports.Sheet(tx, actorOf(r), id)
		if err != nil {
			return err
		}
		for i, cell := range s.Form.Cells {
			text := f.Text(cell.ID)
			if text == "" || !askable(s, i) {
				continue
			}
			v, ok := readFigure(text, cell.Kind)
			if !ok {
				f.Problem(cell.ID, s.Form.Say(i)+"："+sayBadFigure)
				continue
			}
			if fix := s.Figures[i].Fix; fix != nil && fix.Value.State == v.State && fix.Value.N == v.N {
				continue
			}
			typed = append(typed, annualreport.Correction{Cell: cell.ID, Value: v})
		}
		for _, x := range s.Extras {
			text := f.Text(string(x.Fact))
			if text == "" || x.Computed.State != form.Unknown {
				continue
			}
			v, ok := readFigure(text, x.Kind())
			if !ok {
				f.Problem(string(x.Fact), x.Title+"："+sayBadFigure)
				continue
			}
			if x.Fix != nil && x.Fix.Value.State == v.State && x.Fix.Value.N == v.N {
				continue
			}
			typed = append(typed, annualreport.Correction{Cell: string(x.Fact), Value: v})
		}
		return nil
	})
	if err != nil {
		return err
	}
	if f.Err() != nil {
		return c.showFill(w, r, f, http.StatusUnprocessableEntity)
	}
	if err := c.Reports.Correct(r.Context(), actorOf(r), id, typed, f.Text("reason")); err != nil {
		if fault.KindOf(err) != fault.NotFound && reportRefused(f, err) {
			return c.showFill(w, r, f, web.StatusOf(err))
		}
		return err
	}
	return c.said(w, r, reportPath(id), sayCorrected)
}
