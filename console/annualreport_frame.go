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

// ReportFrame is what the pages of one report share.
type ReportFrame struct {
	ui.Console
	Name   string
	State  ui.State
	Kind   string
	Due    string
	Notice string // what the office tells the units
	Banner *ui.Banner
	Steps  *ui.Steps
	Tabs   ui.Tabs

	sheet *annualreport.Sheet
	fill  bool // the person may fill it, in its state or another
	judge bool // the person may accept it
}

// reportFrame computes a report and makes the frame of one of its pages.
func (c *Console) reportFrame(w http.ResponseWriter, r *http.Request, tx *db.Tx, tab string) (f ReportFrame, err error) {
	by := actorOf(r)
	s, err := c.Reports.Sheet(tx, by, annualreport.ID(r.PathValue("id")))
	if err != nil {
		return f, err
	}
	tree, err := org.Load(tx)
	if err != nil {
		return f, err
	}
	f.sheet, f.fill, f.judge = s, by.Can(identity.ReportFill, s.Report.Unit), by.Can(identity.ReportAccept, s.Report.Office)
	f.Name = reportTitle(s.Report, s.Agency)
	title := f.Name
	crumbs := []ui.Link{{Text: "年度报告", URL: Root + "/reports"}}
	if f.judge {
		crumbs = append(crumbs, ui.Link{Text: strconv.Itoa(s.Report.Year) + "年度", URL: yearPath(s.Report.Office, s.Report.Year)})
	}
	if name := reportTabNames[tab]; tab != "" {
		crumbs = append(crumbs, ui.Link{Text: f.Name, URL: reportPath(s.Report.ID)})
		title = name + "：" + f.Name
	}
	f.Console = c.frame(w, r, tree, title, crumbs...)
	f.Crumbs[len(f.Crumbs)-1].Text = or(reportTabNames[tab], f.Name)
	f.State = *reportState(s.Report.State)
	f.Kind = "本级：统计本单位和所属不单独报送的机构"
	if s.Report.Kind == annualreport.Consolidated {
		f.Kind = "汇总：各报送单位已接受的年报逐格相加"
	}
	f.Steps = reportSteps(s.Report.State)
	today := workday.Today(tx.Now)
	f.Due = web.LongDate(s.Report.Due)
	if s.Report.State.Editable() {
		f.Due += "，" + dueWords(today.DaysUntil(s.Report.Due))
	}
	if s.Report.State.Editable() {
		f.Notice = s.Round.Note
	}
	f.Banner = f.next(tx, today)
	f.tabs(tab)
	return f, nil
}

func or(a, b string) string {
	if a == "" {
		return b
	}
	return a
}

var reportTabNames = map[string]string{"check": "检查", "text": "正文", "units": "单位", "handle": "办理", "paper": "发布", "past": "记录"}

func (f *ReportFrame) tabs(now string) {
	path := reportPath(f.sheet.Report.ID)
	count := func(n int) string {
		if n == 0 {
			return ""
		}
		return strconv.Itoa(n)
	}
	f.Tabs.Label = "年报的各个方面"
	add := func(tab, text, n string) {
		u := path
		if tab != "" {
			u += "/" + tab
		}
		f.Tabs.Links = append(f.Tabs.Links, ui.Link{Text: text, URL: u, Count: n, Current: tab == now})
	}
	add("", "表格", count(len(f.sheet.Unknown())))
	if f.sheet.Report.Kind == annualreport.Consolidated {
		add("units", "单位", "")
	}
	if f.sheet.Report.Prose() {
		add("text", "正文", "")
	}
	add("check", "检查", count(len(shownFindings(f.sheet))))
	add("handle", "办理", "")
	if f.sheet.Report.Prose() {
		add("paper", "发布", "")
	}
	add("past", "记录", "")
}

// reportSteps shows how far a report has come.
func reportSteps(s annualreport.State) *ui.Steps {
	now := map[annualreport.State]int{annualreport.Open: 0, annualreport.Filling: 0, annualreport.Returned: 0, annualreport.Submitted: 1,
		annualreport.Accepted: 2, annualreport.Made: 3, annualreport.InReview: 3, annualreport.Published: 5}
	at, ok := now[s]
	if !ok {
		return nil
	}
	steps := &ui.Steps{Label: "年报的进度"}
	for i, text := range []string{"填报", "报送审核", "生成发布稿", "公开审查", "发布"} {
		step := ui.Step{Text: text, State: "todo"}
		if i < at {
			step.State = "done"
		} else if i == at {
			step.State = "now"
		}
		steps.Steps = append(steps.Steps, step)
	}
	return steps
}

// next says what comes next, to whoever looks.
func (f *ReportFrame) next(tx *db.Tx, today workday.Date) *ui.Banner {
	s, path := f.sheet, reportPath(f.sheet.Report.ID)
	handle := ui.Link{Text: "去办理", URL: path + "/handle"}
	b := &ui.Banner{Kind: ui.Note}
	switch st := s.Report.State; st {
	case annualreport.Excused:
		b.Kind, b.Title, b.Say = ui.Mute, "这个单位免报", "理由："+s.Report.Excuse
		return b
	case annualreport.Submitted:
		if f.judge {
			b.Title, b.Say, b.Links = "等待您审核", "报送于"+web.LongMoment(s.Report.Sent)+"。接受以后计入汇总；需要修改的退回，写明意见。", []ui.Link{{Text: "去审核", URL: handle.URL}}
		} else {
			b.Title, b.Say, b.Links = "已报送，等待审核", "报送的内容已经固定。审核以前可以收回修改。", []ui.Link{handle}
		}
		f.changed(b)
		return b
	case annualreport.Accepted:
		b.Kind, b.Title, b.Say, b.Links = ui.Good, "已接受", "下一步：生成发布稿，核对以后送审发布。", []ui.Link{{Text: "去生成发布稿", URL: path + "/paper"}}
		if !s.Report.Prose() {
			b.Say, b.Links = "政府本级的数据计入汇总年报，不单独发布。", nil
		}
		f.changed(b)
		return b
	case annualreport.Made:
		b.Title, b.Say, b.Links = "发布稿已经生成", "下一步：核对发布稿，送审。", []ui.Link{{Text: "打开发布稿", URL: workPathOf(tx, s.Report)}}
		return b
	case annualreport.InReview:
		b.Title, b.Say, b.Links = "正在公开审查", "各级审查同意以后发布。", []ui.Link{{Text: "查看审查进度", URL: itemPath(s.Report.Item)}}
		return b
	case annualreport.Published:
		return nil
	}
	switch {
	case s.Report.State == annualreport.Returned:
		b.Kind, b.Title, b.Say = ui.Warn, "被退回，请修改后重新报送", "意见："+s.Report.Opinion
	case s.Report.Late(today):
		b.Kind, b.Title = ui.Bad, fmt.Sprintf("已经逾期%d天", -today.DaysUntil(s.Report.Due))
	default:
		b.Title = "报送期限：" + f.Due
	}
	if todo := reportTodo(s); todo != "" {
		b.Say = joinSentence(b.Say, "报送以前还要："+todo+"。")
	} else {
		b.Say = joinSentence(b.Say, "数据齐全，检查通过，可以报送。")
	}
	if f.fill {
		b.Links = []ui.Link{handle}
	}
	return b
}

func joinSentence(a, b string) string {
	if a == "" {
		return b
	}
	if r := []rune(a); r[len(r)-1] != '。' {
		a += "。"
	}
	return a + b
}

// changed adds to a banner that the records have changed since.
func (f *ReportFrame) changed(b *ui.Banner) {
	if n := len(f.sheet.Changed()); n > 0 {
		b.Kind = ui.Warn
		b.Say = joinSentence(b.Say, fmt.Sprintf("报送以后台账又有变化，%d格与报送时不同，表上已经标出。", n))
	}
}

// suggestion is the rule that asks to rewrite a drafted paragraph: it is mended in
// the prose, never explained.
const suggestion = "prose.suggestion"

// explainable tells whether a finding can be left standing with a sentence.
func explainable(f annualreport.Finding) bool { return f.Hard() && f.Rule != suggestion }

// suggested counts the drafted paragraphs that nobody has rewritten.
func suggested(s *annualreport.Sheet) (n int) {
	for _, f := range s.Findings {
		if f.Rule == suggestion {
			n++
		}
	}
	return n
}

// unexplained counts the hard findings that still need a sentence.
func unexplained(s *annualreport.Sheet) (n int) {
	for _, f := range s.Unexplained() {
		if explainable(f) {
			n++
		}
	}
	return n
}

// shownFindings are the findings of a report without those that its pages say in
// words of their own: which cells nobody recorded.
func shownFindings(s *annualreport.Sheet) []annualreport.Finding {
	return slices.DeleteFunc(slices.Clone(s.Findings), func(f annualreport.Finding) bool { return f.Rule == "cell.unknown" })
}

// reportTodo says what is left to do before a report can be handed in.
func reportTodo(s *annualreport.Sheet) string {
	var todo string
	add := func(say string) { todo = joinNote(todo, say) }
	if n := len(s.Unknown()); n > 0 {
		add(fmt.Sprintf("补齐%d格没有数据的数字", n))
	}
	stale := 0
	for _, g := range s.Figures {
		if g.Stale {
			stale++
		}
	}
	if stale > 0 {
		add(fmt.Sprintf("重新核对%d处更正", stale))
	}
	if s.Report.Text == 0 && s.Report.Prose() {
		add("起草正文")
	}
	if n := suggested(s); n > 0 {
		add(fmt.Sprintf("改写正文里的%d段建议稿", n))
	}
	if n := unexplained(s); n > 0 {
		add(fmt.Sprintf("改正或者说明%d项未通过的检查", n))
	}
	return todo
}

// SheetID is the report's own name, for addresses.
func (f ReportFrame) SheetID() string { return string(f.sheet.Report.ID) }
