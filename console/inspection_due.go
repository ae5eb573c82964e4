package console

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"gongkai/identity"
	"gongkai/inspection"
	"gongkai/internal/db"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/org"
)

// duePage is what a unit has to mend: by when, and how.
type duePage struct {
	ui.Console
	Lead  string
	Paper string // what a printed list says of itself
	Todos []ui.Todo
	Rows  []dueLine
	Pages ui.Pages
	Empty *ui.Empty
}

// dueLine is one thing to mend with what to do.
type dueLine struct {
	findingLine
	How     string
	EditURL string
	Note    string // what the office said
}

func (c *Console) findingsDue(w http.ResponseWriter, r *http.Request) error {
	by := actorOf(r)
	page, _ := strconv.Atoi(r.URL.Query().Get("page"))
	page = max(page, 1)
	var p duePage
	err := c.read(r, func(tx *db.Tx) error {
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		today := todayOf(tx)
		p = duePage{Console: c.frame(w, r, tree, "待整改问题", ui.Link{Text: "检查", URL: inspectionPath}),
			Lead: "已经确认的问题，先到期的在前。改正并重新公开以后，系统自动识别；也可以打开问题，报告整改情况。"}
		f := inspection.Filter{Units: by.Scope(identity.InspectionSettle), States: []inspection.State{inspection.Confirmed}, Order: inspection.DueNext, Where: inspection.Anywhere, Page: page, Size: findingsPerPage}
		rows, total, err := inspection.List(tx, f)
		if err != nil {
			return err
		}
		states, err := inspection.Counts(tx, inspection.Filter{Units: f.Units, Where: inspection.Anywhere}, inspection.ByState)
		if err != nil {
			return err
		}
		for _, s := range states {
			switch inspection.State(s.Key) {
			case inspection.Confirmed:
				p.Todos = append([]ui.Todo{{Count: int64(s.Open), Text: "处待整改", URL: inspectionPath + "/due", Late: int64(s.Overdue)}}, p.Todos...)
			case inspection.Mended:
				p.Todos = append(p.Todos, ui.Todo{Count: int64(s.Open), Text: "处已改、待复查", URL: inspectionPath + "/findings?tab=mended"})
			}
		}
		names := c.ruleNames()
		for _, x := range rows {
			l := dueLine{findingLine: c.lineOf(tree, names, x, today), How: howToMend(x)}
			l.Message = x.Message
			if !isPrivate(x.Rule) && len(x.Suggest) == 1 && strings.Contains(x.Message, "“"+x.Suggest[0]+"”") {
				l.How = "" // the sentence has said it
			}
			if kind, id, _ := strings.Cut(x.Subject, "/"); kind == "item" && by.Can(identity.PublicationDraft, x.Unit) {
				l.EditURL = Root + "/items/" + id
			}
			if l.Note, err = orderOf(tx, x.ID); err != nil {
				return err
			}
			p.Rows = append(p.Rows, l)
		}
		p.Pages = ui.NewPages(r.URL.RequestURI(), page, findingsPerPage, int64(total), "处")
		p.Paper = paperLine(tree.Name(by.Unit), today) + "待整改共" + web.Count(int64(total)) + "处。"
		if total == 0 {
			p.Empty = &ui.Empty{Title: "没有待整改的问题", Say: "检查发现、经人工确认的问题会列在这里，并列明期限和整改建议。"}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return c.show(w, r, "inspection-due", p)
}

// howToMend says what to do about a finding.
func howToMend(f inspection.Finding) string {
	family, _, _ := strings.Cut(f.Rule, ".")
	proposal := strings.Join(f.Suggest, "；")
	switch {
	case family == "privacy" && proposal != "":
		return "改为“" + proposal + "”，或者删去。附件要换成处理过的文件，正文和附件都要看。"
	case family == "privacy":
		return "删去或者遮盖个人信息。附件要换成处理过的文件，正文和附件都要看。"
	case family == "secrecy":
		return "先撤回，再核实能不能公开。"
	case family == "site":
		return "改正链接或者更新内容。"
	case proposal != "":
		return "改为“" + proposal + "”。"
	}
	return "核对以后改正。"
}

// orderOf is what was said when a finding was last confirmed or sent back.
func orderOf(tx *db.Tx, id inspection.ID) (string, error) {
	steps, err := inspection.StepsOf(tx, id)
	if err != nil {
		return "", err
	}
	for i := len(steps) - 1; i >= 0; i-- {
		switch steps[i].Do {
		case inspection.DoBack:
			return strings.TrimSuffix("复查仍然存在。"+steps[i].Note, "。") + "。", nil
		case inspection.DoConfirm:
			return steps[i].Note, nil
		}
	}
	return "", nil
}

// inspectionSheetPage is how a unit stands, to be printed and signed.
type inspectionSheetPage struct {
	ui.Console
	Facts   []ui.Fact
	Units   question
	Whole   ui.Table
	Open    ui.Table
	More    string
	Nothing string
}

// mostOnSheet is how many findings a printed sheet lists; the rest is in the
// export.
const mostOnSheet = 300

func (c *Console) inspectionSheet(w http.ResponseWriter, r *http.Request) error {
	by, q := actorOf(r), r.URL.Query()
	unit := org.ID(q.Get("unit"))
	if unit == "" {
		unit = by.Unit
	}
	if err := by.Check(identity.InspectionRead, unit); err != nil {
		return err
	}
	var p inspectionSheetPage
	err := c.read(r, func(tx *db.Tx) error {
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		u, err := tree.Get(unit)
		if err != nil {
			return err
		}
		today := todayOf(tx)
		p = inspectionSheetPage{Console: c.frame(w, r, tree, u.Name+"检查情况表", ui.Link{Text: "检查", URL: inspectionPath})}
		scope := by.Scope(identity.InspectionRead)
		f := inspection.Filter{Units: scope, Unit: unit}
		families, err := inspection.Counts(tx, f, inspection.ByFamily)
		if err != nil {
			return err
		}
		states, err := inspection.Counts(tx, f, inspection.ByState)
		if err != nil {
			return err
		}
		p.Facts = []ui.Fact{{Name: "单位", Say: u.Name}, {Name: "统计时间", Say: web.Moment(tx.Now)}, {Name: "范围", Say: "已经公开的信息及其附件"}}
		for _, s := range states {
			p.Facts = append(p.Facts, ui.Fact{Name: inspection.State(s.Key).Name(), Say: fmt.Sprintf("%d处", s.Total)})
		}
		p.Whole = ui.Table{Caption: "分类情况", Columns: []ui.Column{{Text: "类别"}, {Text: "共发现", Number: true}, {Text: "未办结", Number: true}, {Text: "必须处理", Number: true}, {Text: "逾期", Number: true}}}
		for _, x := range families {
			n := func(v int) ui.Cell { return ui.Cell{Text: web.Count(int64(v))} }
			p.Whole.Rows = append(p.Whole.Rows, ui.Row{Bad: x.Overdue > 0, Cells: []ui.Cell{{Text: familyWord(x.Key)}, n(x.Total), n(x.Open), n(x.Blocks), n(x.Overdue)}})
		}
		f.States, f.Size = openStates, mostOnSheet
		rows, total, err := inspection.List(tx, f)
		if err != nil {
			return err
		}
		names := c.ruleNames()
		p.Open = ui.Table{Caption: "未办结的问题", Columns: []ui.Column{{Text: "信息"}, {Text: "问题"}, {Text: "内容"}, {Text: "建议"}, {Text: "状态"}, {Text: "期限"}}}
		for _, x := range rows {
			l := c.lineOf(tree, names, x, today)
			state := l.State
			p.Open.Rows = append(p.Open.Rows, ui.Row{Bad: l.Late, Cells: []ui.Cell{{Text: l.Title, URL: l.URL, Note: l.Where}, {Text: l.Rule, Note: l.Severity.Say}, {Text: l.At}, {Text: l.Suggest}, {State: &state}, {Text: l.Due}}})
		}
		if total > len(rows) {
			p.More = fmt.Sprintf("只列出最严重的%d处，共%d处，其余见导出的表格。", len(rows), total)
		}
		if total == 0 {
			p.Nothing = "现在没有待办问题。"
		}
		f2 := web.NewForm(q)
		f2.Set("unit", string(unit))
		p.Units = asker{f2}.ask("select", "unit", "单位", choose(scopeUnits(tree, scope)))
		return nil
	})
	if err != nil {
		return err
	}
	return c.show(w, r, "inspection-sheet", p)
}
