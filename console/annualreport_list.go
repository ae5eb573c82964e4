package console

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"gongkai/annualreport"
	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/org"
	"gongkai/workday"
)

// reportListPage is where the annual reports begin: the years an office
// collects, the reports a person fills, and those they may look at.
type reportListPage struct {
	ui.Console
	Lead    string
	Links   []ui.Link
	Rounds  ui.Table
	Begin   *ui.Empty // how an office begins
	Mine    ui.Table
	Nothing *ui.Empty
	Filters []question
	Others  ui.Table
	Pages   ui.Pages
	None    *ui.Empty
}

const reportsPerPage = 50

func (c *Console) reports(w http.ResponseWriter, r *http.Request) error {
	by, q := actorOf(r), r.URL.Query()
	var p reportListPage
	err := c.read(r, func(tx *db.Tx) error {
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		p = reportListPage{Console: c.frame(w, r, tree, "年度报告"), Lead: "政府信息公开工作年度报告。数字由台账和公开的文件自动统计，每个数字都能打开看到它统计的每一条记录。"}
		if by.CanAny(identity.ReportAccept) {
			if err := p.rounds(tx, tree, by); err != nil {
				return err
			}
		}
		if by.CanAny(identity.ReportFill) {
			if err := p.mine(tx, tree, by); err != nil {
				return err
			}
		} else {
			if err := p.others(tx, r, tree, by, q.Get("year"), annualreport.State(q.Get("state"))); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	p.Links = append(p.Links, ui.Link{Text: "往年年报", URL: Root + "/reports/earlier"})
	if by.CanAny(identity.RegisterRead) {
		p.Links = append(p.Links, ui.Link{Text: "台账", URL: Root + "/registers"})
	}
	return c.show(w, r, "report-list", p)
}

// rounds lists the years that an office collects.
func (p *reportListPage) rounds(tx *db.Tx, tree *org.Tree, by identity.Actor) error {
	scope := by.Scope(identity.ReportAccept)
	all, err := annualreport.Rounds(tx, scope)
	if err != nil {
		return err
	}
	p.Links = append(p.Links, ui.Link{Text: "开始一个年度的编报", URL: Root + "/reports/new"})
	p.Rounds = ui.Table{Caption: "年度编报", Walk: true, Columns: []ui.Column{{Text: "年度"}, {Text: "政府"}, {Text: "单位期限"}, {Text: "汇总期限"}, {Text: "报送单位", Number: true}, {Text: "已报送", Number: true}, {Text: "已接受", Number: true}, {Text: "已发布", Number: true}}}
	for _, o := range all {
		rows, err := annualreport.List(tx, annualreport.Filter{Units: org.Everything(), Office: o.Unit, Year: o.Year})
		if err != nil {
			return err
		}
		var units, sent, taken, out int64
		for _, r := range rows {
			if r.Kind != annualreport.Own || r.State == annualreport.Excused {
				continue
			}
			units++
			if r.State == annualreport.Submitted || r.State.Counted() {
				sent++
			}
			if r.State.Counted() {
				taken++
			}
			if r.State == annualreport.Published {
				out++
			}
		}
		p.Rounds.Rows = append(p.Rounds.Rows, ui.Row{Cells: []ui.Cell{{Text: fmt.Sprintf("%d年度", o.Year), URL: yearPath(o.Unit, o.Year)}, {Text: tree.Name(o.Unit)},
			{Text: o.Units.String()}, {Text: o.Whole.String()}, {Text: web.Count(units)}, {Text: web.Count(sent)}, {Text: web.Count(taken)}, {Text: web.Count(out)}}})
	}
	if len(all) == 0 {
		p.Begin = &ui.Empty{Title: "还没有开始过年报编报", Say: "选择年度、报送单位和期限，各单位在工作台就能看到自己的年报和还剩多少天。开始以后，台账里的数会自动汇入各单位的表格。",
			Links: []ui.Link{{Text: "开始一个年度的编报", URL: Root + "/reports/new"}}}
	}
	return nil
}

// mine lists the reports a person fills, those to be handed in first.
func (p *reportListPage) mine(tx *db.Tx, tree *org.Tree, by identity.Actor) error {
	all, err := annualreport.List(tx, annualreport.Filter{Units: by.Scope(identity.ReportFill)})
	if err != nil {
		return err
	}
	today := workday.Today(tx.Now)
	slices.SortStableFunc(all, func(a, b annualreport.Report) int { return b.Year - a.Year })
	p.Mine = reportRows("本单位的年报", tree, all, today)
	if len(all) == 0 {
		p.Nothing = &ui.Empty{Title: "还没有要填报的年报", Say: "政务公开主管部门开始一个年度的编报以后，本单位的年报会出现在这里。平时可以先把台账登记好，到时候数字会自动出来。",
			Links: []ui.Link{{Text: "登记台账", URL: Root + "/registers"}, {Text: "读入往年年报", URL: Root + "/reports/earlier"}}}
	}
	return nil
}

// reportRows are reports as lines of a table.
func reportRows(caption string, tree *org.Tree, all []annualreport.Report, today workday.Date) ui.Table {
	t := ui.Table{Caption: caption, Walk: true, Columns: []ui.Column{{Text: "年报"}, {Text: "单位"}, {Text: "状态"}, {Text: "期限"}}}
	for _, r := range all {
		due := ui.Cell{Text: r.Due.String()}
		if r.State.Editable() {
			due.Note = dueWords(today.DaysUntil(r.Due))
		}
		t.Rows = append(t.Rows, ui.Row{Bad: r.Late(today), Cells: []ui.Cell{{Text: fmt.Sprintf("%d年度（%s）", r.Year, r.Kind.Name()), URL: reportPath(r.ID)}, {Text: tree.Name(r.Unit)}, {State: reportState(r.State)}, due}})
	}
	return t
}

// others lists what a reviewer or auditor may look at.
func (p *reportListPage) others(tx *db.Tx, r *http.Request, tree *org.Tree, by identity.Actor, year string, state annualreport.State) error {
	y, _ := strconv.Atoi(year)
	all, err := annualreport.List(tx, annualreport.Filter{Units: by.Scope(identity.ReportRead), Year: y})
	if err != nil {
		return err
	}
	years := []ui.Option{{Text: "全部年度"}}
	if known, err := annualreport.Rounds(tx, org.Everything()); err != nil {
		return err
	} else {
		seen := map[int]bool{}
		for _, o := range known {
			if !seen[o.Year] {
				seen[o.Year] = true
				years = append(years, ui.Option{Value: strconv.Itoa(o.Year), Text: fmt.Sprintf("%d年度", o.Year)})
			}
		}
	}
	if state != "" {
		all = slices.DeleteFunc(all, func(r annualreport.Report) bool { return r.State != state })
	}
	a := asker{web.NewForm(r.URL.Query())}
	p.Filters = []question{a.ask("select", "year", "年度", choose(years)), a.ask("select", "state", "状态", choose(stateOptions()))}
	page, _ := strconv.Atoi(r.URL.Query().Get("page"))
	page = max(page, 1)
	p.Pages = ui.NewPages(r.URL.RequestURI(), page, reportsPerPage, int64(len(all)), "份")
	from := min((p.Pages.Page-1)*reportsPerPage, len(all))
	p.Others = reportRows("各单位的年报", tree, all[from:min(from+reportsPerPage, len(all))], workday.Today(tx.Now))
	if len(all) == 0 {
		p.None = &ui.Empty{Title: "没有符合条件的年报", Say: "年报编报开始以后，各单位的年报会出现在这里。"}
	}
	return nil
}

func stateOptions() []ui.Option {
	out := []ui.Option{{Text: "全部状态"}}
	for _, s := range annualreport.States() {
		out = append(out, ui.Option{Value: string(s), Text: s.Name()})
	}
	return out
}

// reportTodos is what waits for somebody of the annual reports, for the home
// page: reports to hand in, reports to look over.
func reportTodos(tx *db.Tx, by identity.Actor) ([]ui.Todo, error) {
	var out []ui.Todo
	today := workday.Today(tx.Now)
	if by.CanAny(identity.ReportFill) {
		all, err := annualreport.List(tx, annualreport.Filter{Units: by.Scope(identity.ReportFill)})
		if err != nil {
			return nil, err
		}
		todo := ui.Todo{Text: "份年度报告待报送", URL: Root + "/reports"}
		var first *annualreport.Report
		for i, r := range all {
			if r.State == annualreport.Accepted || r.State == annualreport.Made {
				out = append(out, ui.Todo{Count: 1, Text: fmt.Sprintf("份%d年度报告（%s）待发布", r.Year, r.Kind.Name()), URL: reportPath(r.ID) + "/paper", Note: "主管部门已接受，下一步是生成发布稿、送审"})
			}
			if !r.State.Editable() {
				continue
			}
			todo.Count++
			if r.Late(today) {
				todo.Late++
			}
			if first == nil || r.Due.Before(first.Due) {
				first = &all[i]
			}
		}
		if first != nil {
			todo.Note = fmt.Sprintf("%d年度报告：%s，期限%s（条例第四十九条）", first.Year, dueWords(today.DaysUntil(first.Due)), first.Due.Chinese())
			if todo.Count == 1 {
				todo.URL = reportPath(first.ID)
			}
			asked, err := annualreport.Reminders(tx, by)
			if err != nil {
				return nil, err
			}
			for _, one := range asked {
				if one.Report.ID == first.ID {
					todo.Note += "。" + one.Day.Chinese() + "收到提醒"
				}
			}
			if first.State == annualreport.Returned {
				todo.Note = "被退回，请修改后重新报送。" + todo.Note
			}
			out = append([]ui.Todo{todo}, out...)
		}
	}
	if by.CanAny(identity.ReportAccept) {
		rounds, err := annualreport.Rounds(tx, by.Scope(identity.ReportAccept))
		if err != nil {
			return nil, err
		}
		for _, o := range rounds {
			if o.Year < today.Year()-2 {
				break // the newest years come first, and those before are over
			}
			all, err := annualreport.List(tx, annualreport.Filter{Units: org.Everything(), Office: o.Unit, Year: o.Year})
			if err != nil {
				return nil, err
			}
			waiting := ui.Todo{Text: fmt.Sprintf("份%d年度报告待审核", o.Year), URL: yearPath(o.Unit, o.Year) + "?state=submitted"}
			missing := ui.Todo{Text: fmt.Sprintf("个单位的%d年度报告没有报送", o.Year), URL: yearPath(o.Unit, o.Year) + "?state=waiting",
				Note: dueWords(today.DaysUntil(o.Units)) + "，期限" + o.Units.Chinese()}
			for _, r := range all {
				switch {
				case r.State == annualreport.Submitted:
					waiting.Count++
				case r.State.Editable() && r.Kind == annualreport.Own:
					missing.Count++
					if r.Late(today) {
						missing.Late++
					}
				}
			}
			if waiting.Count > 0 {
				out = append(out, waiting)
			}
			if missing.Count > 0 {
				out = append(out, missing)
			}
		}
	}
	return out, nil
}
