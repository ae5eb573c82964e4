package console

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"gongkai/document"
	"gongkai/identity"
	"gongkai/inspection"
	"gongkai/inspection/rule"
	"gongkai/internal/db"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/org"
	"gongkai/workday"
)

const (
	findingsPerPage = 25
	batchTime       = 5 * time.Minute // closing inspects every text again
)

// A findingTab is one state of findings in the list, and what may be done with
// many of that state at once.
type findingTab struct {
	code, name string
	states     []inspection.State
	late       bool
	acts       []inspection.Do
	empty, say string
}

var findingTabs = []findingTab{
	{"open", "未办结", openStates, false, nil, "没有待办问题", "待确认、待整改和待复查的检查结果会出现在这里。"},
	{"found", "待确认", []inspection.State{inspection.Found}, false, []inspection.Do{inspection.DoConfirm, inspection.DoDismiss}, "没有待确认的检查结果", "机器发现、尚未人工确认的会出现在这里。"},
	{"confirmed", "待整改", []inspection.State{inspection.Confirmed}, false, []inspection.Do{inspection.DoMend, inspection.DoDismiss}, "没有待整改的问题", "已经确认、单位正在整改的会出现在这里。"},
	{"late", "逾期", []inspection.State{inspection.Confirmed}, true, []inspection.Do{inspection.DoMend, inspection.DoDismiss}, "没有逾期的问题", "超过整改期限尚未整改的会出现在这里。"},
	{"mended", "待复查", []inspection.State{inspection.Mended}, false, []inspection.Do{inspection.DoClose}, "没有待复查的整改", "单位报告已经整改，或者机器检查已经消除的会出现在这里。"},
	{"closed", "已办结", []inspection.State{inspection.Closed}, false, []inspection.Do{inspection.DoReopen}, "没有已办结的问题", "复查通过的会出现在这里。"},
	{"dismissed", "误报", []inspection.State{inspection.Dismissed}, false, []inspection.Do{inspection.DoReopen}, "没有误报", "认定为误报的会列在这里，同时计入规则的准确率。"},
	{"excepted", "例外", []inspection.State{inspection.Excepted}, false, nil, "没有例外的问题", "批准例外、允许保留的会出现在这里。"},
	{"all", "全部", nil, false, nil, "没有检查结果", "系统每天夜里检查已经公开的信息。"},
}

// findingsPage is the list of findings, with what may be done with many at once.
type findingsPage struct {
	ui.Console
	Form     *web.Form
	Links    []ui.Link
	Tabs     ui.Tabs
	Filters  []question
	Chosen   int    // how many of the filters are on; they stand open then
	Paper    string // what a printed list says of itself: whose, of which day, what of it
	Tab      string
	totals   []int // by tab
	ClearURL string
	Rows     []findingLine
	Total    string
	All      string // how many an act on all of the filter reaches; "" when it reaches no more than the page
	Pages    ui.Pages
	Empty    ui.Empty
	Query    string // of this list, to come back to it
	Batch    []batchAct
	Reason   question
	Days     *question
}

// Ticked tells whether a finding was ticked when something went wrong.
func (p findingsPage) Ticked(id string) bool { return p.Form.Ticked("id", id) }

// Whole tells whether all of the list was meant.
func (p findingsPage) Whole() bool { return p.Form.Value("reach") == "all" }

// Sure is the act on all of the list that the next press confirms, and Ask what it
// will reach.
func (p findingsPage) Sure() string { return p.Form.Value("sure") }
func (p findingsPage) Ask() string  { return p.Form.Value("ask") }

// batchAct is a button below the list.
type batchAct struct{ Do, Title, Kind string }

// findingLine is a finding in a list.
type findingLine struct {
	ID, URL             string
	Before, At, After   string
	Message, Suggest    string
	Rule                string
	Severity, State     ui.State
	Unit                string
	Title               string
	Whole               bool // it is about a text as a whole and has no words of its own
	Where               string
	Due, DueNote, First string
	Late                bool
	Same                string // 同类共3处
}

// lineOf prepares a finding for a list.
func (c *Console) lineOf(tree *org.Tree, names map[string]string, f inspection.Finding, today workday.Date) findingLine {
	l := findingLine{ID: string(f.ID), URL: findingPath(f.ID), Message: f.Message, Suggest: strings.Join(f.Suggest, "；"), Rule: names[f.Rule], Severity: gravity(f.Severity),
		State: findingState(f, today), Unit: tree.Name(f.Unit), Title: titleOf(f.Title), Where: placeWords(f), First: web.Date(f.First), Late: f.Overdue(today)}
	if l.Rule == "" {
		l.Rule = f.Rule
	}
	l.Before, l.At, l.After = shortExcerpt(f)
	l.Whole = l.At == wholeText && l.Before+l.After == ""
	if l.Message == l.Rule {
		l.Message = ""
	}
	if len(f.Suggest) == 1 && strings.Contains(f.Message, "“"+f.Suggest[0]+"”") {
		l.Suggest = "" // the sentence has said it
	}
	if !f.Due.IsZero() && f.State == inspection.Confirmed {
		l.Due, l.DueNote = f.Due.String(), dueWords(today.DaysUntil(f.Due))
	}
	if f.Count > 1 {
		l.Same = fmt.Sprintf("同类共%d处", f.Count)
	}
	return l
}

// excerptOf cuts the words around a finding at the finding. What is said of a text
// as a whole has no words of its own.
func excerptOf(f inspection.Finding) (before, at, after string) {
	r := []rune(f.Excerpt)
	from := min(max(f.ExcerptAt, 0), len(r))
	to := min(from+max(f.End-f.Start, 0), len(r))
	switch {
	case len(r) == 0 && f.Text == "", to == from && f.Text == "":
		return "", wholeText, ""
	case len(r) == 0, to == from:
		return "", f.Text, ""
	}
	return string(r[:from]), string(r[from:to]), string(r[to:])
}

// wholeText stands for the words of a finding about a text as a whole.
const wholeText = "整篇"

// inList is how many characters of an excerpt a list shows on either side.
const inList = 14

// shortExcerpt is an excerpt as a list has room for.
func shortExcerpt(f inspection.Finding) (before, at, after string) {
	before, at, after = excerptOf(f)
	if r := []rune(before); len(r) > inList {
		before = "…" + string(r[len(r)-inList:])
	}
	if r := []rune(after); len(r) > inList {
		after = string(r[:inList]) + "…"
	}
	return before, shorten(at, 3*inList), after
}

// subjectPath is where staff open what a finding stands in.
func subjectPath(f inspection.Finding) string {
	kind, id, _ := strings.Cut(f.Subject, "/")
	switch kind {
	case "item":
		return Root + "/items/" + id
	case "report":
		return Root + "/reports/" + id
	}
	return f.Address
}

// placeWords says where in its subject a finding stands; nothing for the text
// itself.
func placeWords(f inspection.Finding) string {
	if f.Part == document.PartDocument && f.Page == 0 && f.Cell == "" {
		return ""
	}
	return whereOf(f)
}

// findingFilter reads the filter of the list from an address.
func findingFilter(q url.Values, by identity.Actor, today workday.Date) (f inspection.Filter, tab int) {
	tab = max(slices.IndexFunc(findingTabs, func(t findingTab) bool { return t.code == q.Get("tab") }), 0)
	f = inspection.Filter{Units: by.Scope(identity.InspectionRead), Unit: org.ID(q.Get("unit")), States: findingTabs[tab].states, Overdue: findingTabs[tab].late,
		Severity: rule.Severity(q.Get("severity")), Rule: q.Get("rule"), Subject: q.Get("subject"), Words: strings.TrimSpace(q.Get("words")),
		Where: inspection.Where(q.Get("where")), Prefix: q.Get("from"), Order: inspection.Order(q.Get("order")), Size: findingsPerPage}
	f.Page, _ = strconv.Atoi(q.Get("page"))
	f.Page = max(f.Page, 1)
	switch q.Get("age") {
	case "0":
		f.From = today.AddDays(-7)
	case "1":
		f.From, f.To = today.AddDays(-30), today.AddDays(-8)
	case "2":
		f.From, f.To = today.AddDays(-90), today.AddDays(-31)
	case "3":
		f.To = today.AddDays(-91)
	}
	return f, tab
}

func (c *Console) findings(w http.ResponseWriter, r *http.Request) error {
	return c.showFindings(w, r, r.URL.Query(), web.NewForm(nil), http.StatusOK)
}

func (c *Console) showFindings(w http.ResponseWriter, r *http.Request, q url.Values, form *web.Form, status int) error {
	by := actorOf(r)
	var p findingsPage
	err := c.read(r, func(tx *db.Tx) error {
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		today := todayOf(tx)
		f, tab := findingFilter(q, by, today)
		t := findingTabs[tab]
		p = findingsPage{Console: c.frame(w, r, tree, "检查结果", ui.Link{Text: "检查", URL: inspectionPath}), Form: form, Tab: t.code,
			Query: q.Encode(), Empty: ui.Empty{Title: t.empty, Say: t.say}}
		counted := f
		counted.States, counted.Overdue, counted.Rule, counted.Severity = nil, false, "", ""
		tally, err := inspection.CountAll(tx, counted, inspection.ByState, inspection.ByRule, inspection.BySeverity)
		if err != nil {
			return err
		}
		names := c.ruleNames()
		p.tabs(tally, q, f, tab)
		p.filters(tally, q, f, tree, names)
		total := p.totals[tab]
		rows, err := inspection.Page(tx, f)
		if err != nil {
			return err
		}
		for _, x := range rows {
			p.Rows = append(p.Rows, c.lineOf(tree, names, x, today))
		}
		p.Total = web.Count(int64(total))
		p.Pages = ui.NewPages(inspectionPath+"/findings?"+p.Query, f.Page, f.Size, int64(total), "处")
		if total > len(rows) {
			p.All = web.Count(int64(min(total, inspection.MaxBatch)))
		}
		p.Paper = paperLine(tree.Name(by.Unit), today) + t.name + "共" + p.Total + "处" + p.listed(f, len(rows), total) + "。" + p.chosen(q)
		p.batch(by, t.acts)
		return nil
	})
	if err != nil {
		return err
	}
	p.Links = []ui.Link{{Text: "导出 Excel", URL: inspectionPath + "/findings.xlsx?" + q.Encode()}, {Text: "导出 CSV", URL: inspectionPath + "/findings.csv?" + q.Encode()}}
	return c.templates.Render(w, r, status, "inspection-list", p)
}

// tabs are the states with how many there are of the rest of the filter.
func (p *findingsPage) tabs(tally inspection.Tally, q url.Values, f inspection.Filter, now int) {
	counts := tally.By(inspection.ByState, func(key func(inspection.Sort) string) bool {
		return (f.Severity == "" || key(inspection.BySeverity) == string(f.Severity)) && isRule(key(inspection.ByRule), f.Rule)
	})
	p.Tabs.Label = "按状态查看"
	for i, t := range findingTabs {
		n := 0
		for _, c := range counts {
			switch {
			case t.late:
				n += c.Overdue
			case t.states == nil || slices.Contains(t.states, inspection.State(c.Key)):
				n += c.Total
			}
		}
		p.totals = append(p.totals, n)
		v := url.Values{}
		for k, all := range q {
			if k != "page" && k != "tab" {
				v[k] = all
			}
		}
		v.Set("tab", t.code)
		p.Tabs.Links = append(p.Tabs.Links, ui.Link{Text: t.name, URL: inspectionPath + "/findings?" + v.Encode(), Current: i == now, Count: web.Count(int64(n))})
	}
}

// isRule tells whether a rule is the one of a filter or of its family.
func isRule(code, filter string) bool {
	return filter == "" || code == filter || strings.HasPrefix(code, filter+".")
}

// listed says on a printed page which of many it lists.
func (p *findingsPage) listed(f inspection.Filter, rows, total int) string {
	if rows == total || rows == 0 {
		return ""
	}
	from := (f.Page - 1) * f.Size
	return fmt.Sprintf("，本页列出第%d至%d处", from+1, from+rows)
}

// filters are the questions of the list; of the rules those that have findings in the
// states of the tab, with how many.
func (p *findingsPage) filters(tally inspection.Tally, q url.Values, f inspection.Filter, tree *org.Tree, names map[string]string) {
	rules := tally.By(inspection.ByRule, func(key func(inspection.Sort) string) bool {
		return len(f.States) == 0 || slices.Contains(f.States, inspection.State(key(inspection.ByState)))
	})
	if f.Overdue {
		for i := range rules {
			rules[i].Total = rules[i].Overdue
		}
		rules = slices.DeleteFunc(rules, func(c inspection.Count) bool { return c.Total == 0 })
	}
	a := asker{web.NewForm(q)}
	p.Filters = []question{
		a.ask("select", "unit", "单位", choose(append([]ui.Option{{Text: "全部单位"}}, scopeUnits(tree, f.Units)...))),
		a.ask("select", "rule", "类别和规则", choose(ruleOptions(rules, q.Get("rule"), names))),
		a.ask("select", "severity", "严重程度", choose([]ui.Option{{Text: "全部"}, {Value: "block", Text: "必须处理"}, {Value: "error", Text: "差错"}, {Value: "suspect", Text: "疑似"}, {Value: "hint", Text: "提示"}})),
		a.ask("select", "age", "发现至今", choose([]ui.Option{{Text: "不限"}, {Value: "0", Text: "一周以内"}, {Value: "1", Text: "一周至一个月"}, {Value: "2", Text: "一至三个月"}, {Value: "3", Text: "三个月以上"}})),
		a.ask("select", "from", "来源", choose([]ui.Option{{Text: "全部"}, {Value: "item", Text: "信息"}, {Value: "report", Text: "年度报告"}, {Value: "site", Text: "网站"}})),
		a.ask("select", "where", "公开状态", choose([]ui.Option{{Text: "已公开的信息"}, {Value: "draft", Text: "草稿"}, {Value: "all", Text: "全部"}})),
		a.ask("select", "order", "排序", choose([]ui.Option{{Text: "严重的在前"}, {Value: "due", Text: "先到期的在前"}, {Value: "newest", Text: "新发现的在前"}, {Value: "oldest", Text: "早发现的在前"}, {Value: "title", Text: "按信息和位置"}})),
		a.ask("input", "words", "标题或者内容中的字", optional, narrow(12)),
	}
	for _, k := range []string{"unit", "rule", "severity", "age", "where", "words", "subject", "from"} {
		if q.Get(k) != "" {
			p.ClearURL = inspectionPath + "/findings?tab=" + p.Tab
			p.Empty = ui.Empty{Title: "没有符合条件的检查结果", Say: "可以少选几个条件，或者换一个状态。", Links: []ui.Link{{Text: "清除筛选", URL: p.ClearURL}}}
		}
	}
}

// chosen counts the filters that are on and says which they are.
func (p *findingsPage) chosen(q url.Values) string {
	var say []string
	for _, f := range p.Filters {
		v := q.Get(f.Name)
		if v == "" {
			continue
		}
		for _, o := range f.Options {
			if o.Value == v {
				v = o.Text
			}
		}
		say = append(say, f.Label+"："+v)
	}
	p.Chosen = len(say)
	if len(say) == 0 {
		return ""
	}
	return "条件为" + strings.Join(say, "，") + "。"
}

// paperLine says on a printed list whose it is and of which day.
func paperLine(unit string, today workday.Date) string {
	return unit + "，" + today.Chinese() + "打印。"
}

// ruleOptions are the families and rules that have findings, family by family,
// and the one that is chosen.
func ruleOptions(counts []inspection.Count, chosen string, names map[string]string) []ui.Option {
	out := []ui.Option{{Text: "全部规则"}}
	for _, family := range familyWords {
		n := 0
		var rules []ui.Option
		for _, c := range counts {
			if strings.HasPrefix(c.Key, family.code+".") {
				n += c.Total
				name := names[c.Key]
				if name == "" {
					name = c.Key
				}
				rules = append(rules, ui.Option{Value: c.Key, Text: fmt.Sprintf("%s（%s）", name, web.Count(int64(c.Total))), Group: family.name})
			}
		}
		if n > 0 || strings.HasPrefix(chosen+".", family.code+".") {
			out = append(out, ui.Option{Value: family.code, Text: fmt.Sprintf("%s：全部（%s）", family.name, web.Count(int64(n))), Group: family.name})
		}
		out = append(out, rules...)
	}
	if chosen != "" && !slices.ContainsFunc(out, func(o ui.Option) bool { return o.Value == chosen }) {
		out = append(out, ui.Option{Value: chosen, Text: chosen})
	}
	return out
}
