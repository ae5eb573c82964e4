package console

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"gongkai/annualreport"
	"gongkai/annualreport/form"
	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
)

// reportHandlePage is where a report goes from hand to hand: handed in, taken
// back, accepted, returned.
type reportHandlePage struct {
	ReportFrame
	Form     *web.Form
	Digest   string
	Checks   []ui.Finding    // what stands in the way of handing in
	Explain  []askedSentence // hard findings that need a sentence
	MaySend  bool
	MayJudge bool
	Refused  string
	Fixes    ui.Table
	Changes  ui.Table
	Acts     []ui.Act
	Now      string // who moves next, when this person cannot
}

// askedSentence is a hard finding with the sentence asked for it.
type askedSentence struct {
	markedFinding
	Field ui.Field
}

func (c *Console) reportHandle(w http.ResponseWriter, r *http.Request) error {
	return c.showHandle(w, r, web.NewForm(nil), http.StatusOK)
}

func (c *Console) showHandle(w http.ResponseWriter, r *http.Request, f *web.Form, status int) error {
	var p reportHandlePage
	err := c.read(r, func(tx *db.Tx) (err error) {
		if p.ReportFrame, err = c.reportFrame(w, r, tx, "handle"); err != nil {
			return err
		}
		p.Form, p.Digest = f, p.sheet.Digest.String()
		by, s := actorOf(r), p.sheet
		if err := p.changes(tx); err != nil {
			return err
		}
		p.Fixes = fixTable(s)
		p.acts(by)
		switch {
		case s.Report.State.Editable() && p.fill:
			p.MaySend = true
			p.checks()
			p.explain()
		case s.Report.State == annualreport.Submitted && p.judge:
			if p.MayJudge = by.Person != s.Report.SentBy; !p.MayJudge {
				p.Refused = "这份年报是您报送的，要由其他人审核。"
			}
			p.explained()
		default:
			p.Now = whoMoves(s.Report.State)
			p.explained()
		}
		return nil
	})
	if err != nil {
		return err
	}
	return c.templates.Render(w, r, status, "report-handle", p)
}

// whoMoves says who can go on with a report.
func whoMoves(s annualreport.State) string {
	switch s {
	case annualreport.Submitted:
		return "等待政务公开主管部门审核。"
	case annualreport.Accepted, annualreport.Made:
		return "等待填报单位生成发布稿并送审。"
	case annualreport.InReview:
		return "等待公开审查和发布。"
	case annualreport.Published:
		return "已经发布，没有需要办理的事。"
	case annualreport.Excused:
		return "免报，没有需要办理的事。"
	}
	return "等待填报单位报送。"
}

// checks lists what is ready to be handed in and what is not.
func (p *reportHandlePage) checks() {
	s, path := p.sheet, reportPath(p.sheet.Report.ID)
	add := func(bad bool, wrong, fix, right, url string) {
		if bad {
			p.Checks = append(p.Checks, ui.Finding{Kind: ui.Bad, Say: wrong, Fix: fix, URL: url})
		} else {
			p.Checks = append(p.Checks, ui.Finding{Kind: ui.Good, Say: right, URL: url})
		}
	}
	unknown := len(s.Unknown())
	add(unknown > 0, fmt.Sprintf("%d格没有数据", unknown), "补录台账或者声明“本年无”；也可以说明数据来源后直接填写。", "每一格都有数据", path)
	stale := 0
	for _, g := range s.Figures {
		if g.Stale {
			stale++
		}
	}
	if stale > 0 {
		add(true, fmt.Sprintf("%d处更正以后台账又有变化", stale), "打开标出的格，撤销或者重新更正。", "", path)
	}
	if s.Report.Prose() {
		add(s.Report.Text == 0, "还没有正文", "可以先按数据自动生成，再修改。", "六个部分的正文已经起草", path+"/text")
	}
	if n := suggested(s); n > 0 {
		add(true, fmt.Sprintf("正文里有%d段建议稿没有改写", n), "按实际情况改写，删去段首的标记；没有的事就删去这一段。", "", path+"/text")
	}
	broken := 0
	for _, n := range s.Findings {
		if explainable(n) {
			broken++
		}
	}
	add(broken > 0, fmt.Sprintf("%d项检查未通过", broken), "能改的先改正；确实如此的，在下面逐项写一句说明。", "勾稽关系全部成立", path+"/check")
	if broken > 0 && unexplained(s) == 0 {
		last := &p.Checks[len(p.Checks)-1]
		last.Kind, last.Fix = ui.Warn, "每一项都已经写了说明，可以报送。"
	}
}

func (p *reportHandlePage) marked() []markedFinding {
	path := reportPath(p.sheet.Report.ID)
	all := markFindings(p.sheet.Form, shownFindings(p.sheet), func(cell string) string { return path + "#cell-" + cell })
	return slices.DeleteFunc(all, func(m markedFinding) bool { return !m.Hard || m.rule == suggestion })
}

// explain asks for a sentence for each broken hard rule.
func (p *reportHandlePage) explain() {
	for i, m := range p.marked() {
		field := ui.NewField(p.Form, "why-"+strconv.Itoa(i), "说明"+m.Mark)
		field.Hint, field.Rows = "不能改正的，写明实际情况，不少于6个字。随年报报送给主管部门。", 2
		if len(p.Form.Values(field.Name)) == 0 {
			field.Value = m.Sentence
		}
		m.Sentence = ""
		p.Explain = append(p.Explain, askedSentence{m, field})
	}
}

// explained shows the sentences to whoever judges them.
func (p *reportHandlePage) explained() {
	for _, m := range p.marked() {
		p.Explain = append(p.Explain, askedSentence{markedFinding: m})
	}
}

// fixTable lists the corrections in force; cells that were given the same number
// for the same reason stand in one line.
func fixTable(s *annualreport.Sheet) ui.Table {
	t := ui.Table{Caption: "人工更正的数", Note: "随年报公开", Columns: []ui.Column{{Text: "格"}, {Text: "按台账", Number: true}, {Text: "更正为", Number: true}, {Text: "理由"}}}
	type line struct{ computed, value, reason string }
	var order []line
	cells := map[line][]int{}
	stale := map[line]bool{}
	for i, g := range s.Figures {
		if g.Fix == nil {
			continue
		}
		kind := s.Form.Cells[i].Kind
		l := line{valueWords(g.Computed, kind), valueWords(g.Fix.Value, kind), g.Fix.Reason}
		if g.Computed.State == form.Unknown {
			l.computed = "无台账"
		}
		if cells[l] == nil {
			order = append(order, l)
		}
		cells[l], stale[l] = append(cells[l], i), stale[l] || g.Stale
	}
	for _, l := range order {
		first := cells[l][0]
		cell := ui.Cell{Text: s.Form.Say(first), URL: cellPath(s.Report.ID, s.Form.Cells[first].ID)}
		if n := len(cells[l]); n > 1 {
			cell.Text += fmt.Sprintf("等%d格", n)
			cell.Note = "表上浅色底的格"
		}
		t.Rows = append(t.Rows, ui.Row{Bad: stale[l], Cells: []ui.Cell{cell, {Text: l.computed}, {Text: l.value}, {Text: l.reason}}})
	}
	return t
}

// changes compares with what was handed in before: while it is worked on with
// the last submission, when it was handed in again with the one before.
func (p *reportHandlePage) changes(tx *db.Tx) error {
	s := p.sheet
	if s.Handed == nil {
		return nil
	}
	all, err := annualreport.Submissions(tx, s.Report.ID)
	if err != nil {
		return err
	}
	old := len(all) - 1
	if !s.Report.State.Editable() {
		old--
	}
	if old < 0 {
		return nil
	}
	before := all[old].Frozen.Report(s.Agency, s.Report.Year)
	if before == nil || before.Form != s.Form {
		return nil
	}
	p.Changes = ui.Table{Caption: fmt.Sprintf("与第%d次报送不同的地方", old+1), Note: web.Moment(all[old].At) + "报送，" + all[old].Outcome.Name(), Columns: []ui.Column{{Text: "内容"}, {Text: "原来", Number: true}, {Text: "现在", Number: true}}}
	for i, v := range s.Printed.Values {
		if was := before.Values[i]; was.State != v.State || was.N != v.N {
			kind := s.Form.Cells[i].Kind
			p.Changes.Rows = append(p.Changes.Rows, ui.Row{Cells: []ui.Cell{{Text: s.Form.Say(i), URL: cellPath(s.Report.ID, s.Form.Cells[i].ID)}, {Text: valueWords(was, kind)}, {Text: valueWords(v, kind)}}})
		}
	}
	for i, ch := range s.Text.Text.Chapters {
		if i < len(all[old].Frozen.Text.Chapters) && !slices.Equal(ch.Paras, all[old].Frozen.Text.Chapters[i].Paras) {
			p.Changes.Rows = append(p.Changes.Rows, ui.Row{Cells: []ui.Cell{{Text: "第" + string([]rune("一二三四五六")[i]) + "部分正文", URL: reportPath(s.Report.ID) + "/text"}, {Text: "—"}, {Text: "有修改"}}})
		}
	}
	return nil
}

// acts are what may be done besides handing in and judging.
func (p *reportHandlePage) acts(by identity.Actor) {
	s := p.sheet
	path, st := reportPath(s.Report.ID), s.Report.State
	ask := func(open, say, to, yes, reason, hint string, danger bool) {
		p.Acts = append(p.Acts, ui.Act{Ask: &ui.Confirm{Open: open, Say: say, URL: path + "/" + to, Yes: yes, Reason: reason, Hint: hint, Danger: danger, Key: "-" + to,
			Wrong: p.Form.Wrong("why-" + to), Typed: p.Form.Value("why")}})
	}
	if st == annualreport.Submitted && p.fill {
		ask("收回修改", "收回以后可以继续修改，改好要重新报送。主管部门看到这次报送已经收回。", "recall", "确认收回", "", "", false)
	}
	if p.judge {
		switch {
		case st == annualreport.Accepted || st == annualreport.Made || st == annualreport.Published:
			ask("退回重报", "退回以后这个单位不再计入汇总，直到重新报送并接受。已经发布的在更正发布以前保持不变。", "return", "确认退回", "要改什么", "单位在工作台看到。不少于6个字。", true)
		case st.Editable() && s.Report.Kind == annualreport.Consolidated:
			ask("本年度不汇总", "这个年度不在平台上编制汇总年报，写明理由。各单位的年报不受影响。", "excuse", "确认不汇总", "不汇总的理由", "如：试行年度，汇总年报按原办法编制。不少于6个字。", false)
		case st.Editable():
			ask("列为免报", "这个单位不用报送，汇总注明免报和理由。有台账记录的单位不能免报。", "excuse", "确认免报", "免报的理由", "如：年内撤销，职能并入区住房和建设局。不少于6个字。", false)
		case st == annualreport.Excused:
			ask("恢复报送", "这个单位重新列入应报送的单位。", "call", "确认恢复", "", "", false)
		}
	}
}
