package console

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"gongkai/identity"
	"gongkai/inspection"
	"gongkai/inspection/rule"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/org"
	"gongkai/workday"
)

const inspectionPath = Root + "/inspection"

func findingPath(id inspection.ID) string { return inspectionPath + "/findings/" + string(id) }

// inspectionRoutes are the pages of what was found: for the office that
// supervises, for the units that mend, and of the rules.
func (c *Console) inspectionRoutes(get, post func(path, right string, h web.Handler) *web.Route) {
	const (
		read   = string(identity.InspectionRead)
		settle = string(identity.InspectionSettle)
		rules  = string(identity.InspectionRules)
	)
	except := anyOf(identity.InspectionSettle, identity.ReviewSecret)
	get("/inspection", read, c.inspectionOverview)
	post("/inspection/sweep", rules, c.sweepNow)
	get("/inspection/findings", read, c.findings)
	post("/inspection/findings", settle, c.settleMany).Timeout(batchTime)
	get("/inspection/findings.csv", read, c.findingsCSV)
	get("/inspection/findings.xlsx", read, c.findingsXLSX)
	get("/inspection/findings/{id}", read, c.finding)
	post("/inspection/findings/{id}/confirm", settle, c.confirmFinding)
	post("/inspection/findings/{id}/dismiss", settle, c.dismissFinding)
	post("/inspection/findings/{id}/mend", settle, c.mendFinding).Body(maxEvidence + 1<<20)
	post("/inspection/findings/{id}/look", settle, c.lookAgain)
	post("/inspection/findings/{id}/except", except, c.exceptFinding)
	post("/inspection/findings/{id}/close", rules, c.closeFinding)
	post("/inspection/findings/{id}/reopen", rules, c.reopenFinding)
	get("/inspection/findings/{id}/evidence/{digest}/{name}", read, c.evidence)
	get("/inspection/due", settle, c.findingsDue)
	get("/inspection/sheet", read, c.inspectionSheet)
	get("/inspection/sites", read, c.sites)
	post("/inspection/sites", rules, c.crawlSite)
	post("/inspection/sites/{walk}/stop", rules, c.stopSite)
	get("/inspection/exceptions", read, c.exceptions)
	get("/inspection/exceptions/{id}", read, c.exception)
	post("/inspection/exceptions/{id}/end", except, c.endException)
	get("/inspection/rules", read, c.inspectionRules)
	get("/inspection/rules/{code}", read, c.inspectionRule)
	post("/inspection/rules/{code}/off", rules, c.switchOff)
	post("/inspection/rules/{code}/on", rules, c.switchOn)
	get("/inspection/words", read, c.inspectionWords)
	post("/inspection/words", rules, c.addWord)
	post("/inspection/words/{id}/drop", rules, c.dropWord)
}

// findingState is where a finding stands, as a tag.
func findingState(f inspection.Finding, today workday.Date) ui.State {
	if f.Overdue(today) {
		return ui.State{Kind: ui.Bad, Say: "逾期未改"}
	}
	s := ui.State{Kind: ui.Mute, Say: f.State.Name()}
	switch f.State {
	case inspection.Found, inspection.Mended:
		s.Kind = ui.Note
	case inspection.Confirmed:
		s.Kind = ui.Warn
	case inspection.Closed:
		s.Kind = ui.Good
	}
	return s
}

// familyWords are the families of rules, by the first word of their codes.
var familyWords = []struct{ code, name string }{
	{"privacy", "个人信息"}, {"secrecy", "涉密和内部标识"}, {"typo", "错别字"}, {"wording", "用语和名称"}, {"own", "本机关词表"}, {"punct", "标点"},
	{"number", "数字和日期"}, {"grammar", "语病"}, {"cite", "引用和文号"}, {"element", "要素和附件"}, {"data", "数据勾稽"}, {"site", "网站"},
}

func familyWord(code string) string {
	family, _, _ := strings.Cut(code, ".")
	for _, f := range familyWords {
		if f.code == family {
			return f.name
		}
	}
	return family
}

// tierWord says what a rule's findings rest on.
func tierWord(t rule.Tier) string {
	switch t {
	case rule.A:
		return "有确凿依据（A级）"
	case rule.B:
		return "疑似，由人判断（B级）"
	}
	return "提示（C级）"
}

// inspectionPage is what the office sees first: what waits for whom, where
// it comes from, and when the machine last looked.
type inspectionPage struct {
	ui.Console
	Lead   string
	Paper  string // what it says of itself when it is printed
	Todos  []ui.Todo
	Ranks  []ui.Ranking
	Worst  countTable // the units that are worst off, when there are many
	Units  countTable // all of them
	Rules  countTable
	Last   string // what the last sweep did
	Sweeps ui.Table
	Going  *ui.Progress // of a sweep that runs
	Order  bool         // may have one run now
	Links  []ui.Link
	Empty  *ui.Empty
}

// countTable says of units or rules how many findings wait, so narrow that it is a
// table on a phone as well.
type countTable struct {
	Caption, Note string
	What          string // head of the first column
	Walk          bool
	Sheets        bool // the rows have a sheet each
	Rows          []countRow
}

// countRow is one of them: its findings that wait, those that must not stand, those
// that are late.
type countRow struct {
	Name, URL, Note    string
	Sheet              string
	Bad                bool
	Open, Blocks, Late ui.Cell
}

// manyUnits is how many units the overview lists before it folds the list, mostWorst
// how many stand above the fold.
const (
	manyUnits = 8
	mostWorst = 5
	mostRules = 10
)

// openStates are those in which somebody has to move.
var openStates = []inspection.State{inspection.Found, inspection.Confirmed, inspection.Mended}

func (c *Console) inspectionOverview(w http.ResponseWriter, r *http.Request) error {
	by := actorOf(r)
	var p inspectionPage
	err := c.read(r, func(tx *db.Tx) error {
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		p = inspectionPage{Console: c.frame(w, r, tree, "检查"), Links: inspectionLinks(by), Order: by.CanAny(identity.InspectionRules), Paper: paperLine(tree.Name(by.Unit), todayOf(tx)),
			Lead: "机器检查已经公开的全部信息，人工确认以后由单位限期整改，整改以后复查。机器检查结果仅供参考，以人工确认为准。"}
		f := inspection.Filter{Units: by.Scope(identity.InspectionRead)}
		all, err := inspection.CountAll(tx, f, inspection.ByState, inspection.ByUnit)
		if err != nil {
			return err
		}
		f.States = openStates
		open, err := inspection.CountAll(tx, f, inspection.ByRule, inspection.ByAge)
		if err != nil {
			return err
		}
		p.todos(by, all.By(inspection.ByState, nil))
		p.ranks(tree, all, open, c.ruleNames())
		return p.sweeps(tx)
	})
	if err != nil {
		return err
	}
	return c.show(w, r, "inspection", p)
}

// inspectionLinks are the other pages of the inspection.
func inspectionLinks(by identity.Actor) []ui.Link {
	links := []ui.Link{{Text: "检查结果", URL: inspectionPath + "/findings"}}
	if by.CanAny(identity.InspectionSettle) {
		links = append(links, ui.Link{Text: "待整改问题", URL: inspectionPath + "/due"})
	}
	return append(links, ui.Link{Text: "网站检查", URL: inspectionPath + "/sites"}, ui.Link{Text: "例外", URL: inspectionPath + "/exceptions"}, ui.Link{Text: "规则", URL: inspectionPath + "/rules"},
		ui.Link{Text: "本机关词表", URL: inspectionPath + "/words"}, ui.Link{Text: "检查情况表", URL: inspectionPath + "/sheet"})
}

func (p *inspectionPage) todos(by identity.Actor, states []inspection.Count) {
	of := map[inspection.State]inspection.Count{}
	blocks, any := 0, 0
	for _, s := range states {
		of[inspection.State(s.Key)] = s
		blocks += s.Blocks
		any += s.Total
	}
	at := func(tab string) string { return inspectionPath + "/findings?tab=" + tab }
	p.Todos = []ui.Todo{
		{Count: int64(of[inspection.Found].Open), Text: "处待确认", URL: at("found"), Note: "机器检查发现，由人工判断是否属实"},
		{Count: int64(of[inspection.Confirmed].Open), Text: "处待整改", URL: at("confirmed"), Late: int64(of[inspection.Confirmed].Overdue), Note: "已经确认，由单位限期整改"},
		{Count: int64(of[inspection.Mended].Open), Text: "处待复查", URL: at("mended"), Note: "单位已经整改，由政务公开办复查"},
		{Count: int64(blocks), Text: "处必须处理", URL: inspectionPath + "/findings?tab=open&severity=block", Note: "个人信息、密级标识等不得公开的内容"},
	}
	if any == 0 {
		p.Empty = &ui.Empty{Title: "还没有检查结果", Say: "系统每天夜里检查一遍已经公开的信息，发现的问题会出现在这里。也可以立即检查。"}
	}
}

// mostBars is how many bars a page has room for beside each other.
const mostBars = 8

// ranks say who has most to do, of what and since when; the tables below them have
// all units and the rules.
func (p *inspectionPage) ranks(tree *org.Tree, all, open inspection.Tally, names map[string]string) {
	units := all.By(inspection.ByUnit, func(key func(inspection.Sort) string) bool { return inspection.State(key(inspection.ByState)).Open() })
	rules, families, ages := open.By(inspection.ByRule, nil), open.By(inspection.ByFamily, nil), open.By(inspection.ByAge, nil)
	if len(units) == 0 {
		return
	}
	p.Ranks = []ui.Ranking{
		rankOf("问题多的单位", "个单位", "unit", units, func(key string) string { return tree.Name(org.ID(key)) }),
		rankOf("问题多的类别", "类", "rule", families, familyWord),
		rankOf("发现至今的时间", "段", "age", inOrder(ages, "0", "1", "2", "3"), func(key string) string {
			return map[string]string{"0": "一周以内", "1": "一周至一个月", "2": "一至三个月", "3": "三个月以上"}[key]
		}),
	}
	number := func(n int, query string) ui.Cell {
		if n == 0 {
			return ui.Cell{Text: "0"}
		}
		return ui.Cell{Text: web.Count(int64(n)), URL: inspectionPath + "/findings?" + query}
	}
	row := func(c inspection.Count, q string) countRow {
		return countRow{Open: number(c.Open, "tab=open&"+q), Blocks: number(c.Blocks, "tab=open&severity=block&"+q), Late: number(c.Overdue, "tab=late&"+q), Bad: c.Overdue > 0}
	}
	p.Units = countTable{Caption: "各单位未办结的问题", Note: "逾期多的在前", What: "单位", Sheets: true, Walk: len(units) <= manyUnits}
	for _, u := range worstFirst(units) {
		r := row(u, "unit="+u.Key)
		r.Name, r.URL, r.Sheet = tree.Name(org.ID(u.Key)), inspectionPath+"/findings?tab=open&unit="+u.Key, inspectionPath+"/sheet?unit="+u.Key
		p.Units.Rows = append(p.Units.Rows, r)
	}
	if len(units) > manyUnits {
		p.Worst = p.Units
		p.Worst.Caption, p.Worst.Walk, p.Worst.Rows = "最需要督促的单位", true, p.Units.Rows[:mostWorst]
	}
	p.Rules = countTable{Caption: "问题最多的规则", Note: "最多的十条", What: "规则", Walk: true}
	for _, x := range rules[:min(len(rules), mostRules)] {
		r := row(x, "rule="+x.Key)
		r.Name, r.URL, r.Note, r.Bad = names[x.Key], inspectionPath+"/rules/"+x.Key, familyWord(x.Key), false
		if r.Name == "" {
			r.Name = x.Key
		}
		p.Rules.Rows = append(p.Rules.Rows, r)
	}
}

// worstFirst sorts counts by what is late, then by what must not stand, then by how
// much there is.
func worstFirst(counts []inspection.Count) []inspection.Count {
	out := slices.Clone(counts)
	slices.SortStableFunc(out, func(a, b inspection.Count) int {
		return cmp.Or(cmp.Compare(b.Overdue, a.Overdue), cmp.Compare(b.Blocks, a.Blocks), cmp.Compare(b.Open, a.Open))
	})
	return out
}

// inOrder puts counts into the order of their keys, with those that are zero.
func inOrder(counts []inspection.Count, keys ...string) []inspection.Count {
	out := make([]inspection.Count, len(keys))
	for i, k := range keys {
		out[i].Key = k
		for _, c := range counts {
			if c.Key == k {
				out[i] = c
			}
		}
	}
	return out
}

// rankOf are the bars of counts, each leading to its list; key is the filter's name
// there, and what counts the others.
func rankOf(title, what, key string, counts []inspection.Count, say func(string) string) ui.Ranking {
	r := ui.Ranking{Title: title, Note: "未办结的处数"}
	rest := 0
	for i, c := range counts {
		if i < mostBars || len(counts) == mostBars+1 {
			bar := ui.RankBar{Text: say(c.Key), Value: int64(c.Open)}
			if c.Open > 0 {
				bar.URL = inspectionPath + "/findings?tab=open&" + key + "=" + c.Key
			}
			r.Bars = append(r.Bars, bar)
			continue
		}
		rest += c.Open
	}
	if n := len(counts) - len(r.Bars); n > 0 {
		r.Rest = &ui.RankBar{Text: fmt.Sprintf("其他%d%s", n, what), Value: int64(rest)}
		if key == "unit" {
			r.Rest.URL = "#units"
		}
	}
	return r
}

func (p *inspectionPage) sweeps(tx *db.Tx) error {
	all, err := inspection.Sweeps(tx, 8)
	if err != nil {
		return err
	}
	p.Sweeps = ui.Table{Caption: "最近的检查", Tight: true, Columns: []ui.Column{{Text: "开始"}, {Text: "结束"}, {Text: "已查看", Number: true}, {Text: "有变化并检查", Number: true}, {Text: "新发现", Number: true}, {Text: "已消除", Number: true}, {Text: "无法读取", Number: true}}}
	before := 0 // how many there were the last time, to tell how far this one is
	for i, s := range all {
		ended := web.Moment(s.Ended)
		if s.Ended.IsZero() {
			ended = "正在检查"
			for _, old := range all[i+1:] {
				if !old.Ended.IsZero() {
					before = old.Listed
					break
				}
			}
			p.Going = &ui.Progress{Done: s.Listed, All: max(before, s.Listed, 1), Say: fmt.Sprintf("正在检查：已看%s件，其中%s件有变化，新发现%s处", web.Count(int64(s.Listed)), web.Count(int64(s.Inspected)), web.Count(int64(s.Found)))}
		}
		if !s.Ended.IsZero() && p.Last == "" {
			p.Last = fmt.Sprintf("最近一次检查%s结束：查看%s件，其中%s件有变化并重新检查，新发现%s处，已消除%s处", web.Moment(s.Ended), web.Count(int64(s.Listed)), web.Count(int64(s.Inspected)), web.Count(int64(s.Found)), web.Count(int64(s.Gone)))
			if s.Failed > 0 {
				p.Last += fmt.Sprintf("，%s件无法读取", web.Count(int64(s.Failed)))
			}
			p.Last += "。"
		}
		n := func(v int) ui.Cell { return ui.Cell{Text: web.Count(int64(v))} }
		p.Sweeps.Rows = append(p.Sweeps.Rows, ui.Row{Bad: s.Failed > 0, Cells: []ui.Cell{{Text: web.Moment(s.Started)}, {Text: ended}, n(s.Listed), n(s.Inspected), n(s.Found), n(s.Gone), n(s.Failed)}})
	}
	return nil
}

// ruleNames are the names of all rules, by code.
func (c *Console) ruleNames() map[string]string {
	names := map[string]string{}
	for _, r := range c.Inspections.AllRules() {
		names[r.Code] = r.Name
	}
	return names
}

// sweepNow has everything published looked through now and not tonight.
func (c *Console) sweepNow(w http.ResponseWriter, r *http.Request) error {
	if err := c.Inspections.SweepSoon(r.Context(), actorOf(r)); err != nil {
		return err
	}
	return c.said(w, r, inspectionPath, saySweepOrdered)
}

// inspectionTodos are the lines of the home page: for the office what to confirm
// and to look at again, for the units what to mend.
func inspectionTodos(tx *db.Tx, by identity.Actor) ([]ui.Todo, error) {
	var out []ui.Todo
	if by.CanAny(identity.ReviewSecret) {
		var err error
		if out, err = exceptionTodo(tx, by); err != nil {
			return nil, err
		}
	}
	if !by.CanAny(identity.InspectionSettle) {
		return out, nil
	}
	f := inspection.Filter{Units: by.Scope(identity.InspectionSettle)}
	if !by.CanAny(identity.InspectionRules) {
		f.Where = inspection.Anywhere // what was confirmed is mended wherever it stands
	}
	counts, err := inspection.Counts(tx, f, inspection.ByState)
	if err != nil {
		return nil, err
	}
	of := map[inspection.State]inspection.Count{}
	for _, s := range counts {
		of[inspection.State(s.Key)] = s
	}
	if by.CanAny(identity.InspectionRules) {
		out = append(out, ui.Todo{Count: int64(of[inspection.Found].Open), Text: "处检查结果待确认", URL: inspectionPath + "/findings?tab=found"},
			ui.Todo{Count: int64(of[inspection.Mended].Open), Text: "处整改待复查", URL: inspectionPath + "/findings?tab=mended"})
	} else {
		t := ui.Todo{Count: int64(of[inspection.Confirmed].Open), Text: "处检查问题待整改", URL: inspectionPath + "/due", Late: int64(of[inspection.Confirmed].Overdue)}
		if t.Count > 0 {
			t.Note = "逐处列明期限和整改建议"
		}
		out = append(out, t)
	}
	return out, nil
}

// exceptionTodo is what stops drafts of the units somebody reviews for secrecy: it is
// mended by their writers, or excepted here. Nothing is said while there is none.
func exceptionTodo(tx *db.Tx, by identity.Actor) ([]ui.Todo, error) {
	_, n, err := inspection.List(tx, inspection.Filter{Units: by.Scope(identity.ReviewSecret), States: []inspection.State{inspection.Found, inspection.Confirmed}, Severity: rule.Block, Where: inspection.InDrafts, Size: 1})
	if err != nil || n == 0 {
		return nil, err
	}
	return []ui.Todo{{Count: int64(n), Text: "处内容使草稿不能送审", URL: inspectionPath + "/findings?tab=open&where=draft&severity=block", Note: "依法确需公开的批准例外，其余由起草人改正"}}, nil
}

// todayOf is the day of a transaction, in China.
func todayOf(tx *db.Tx) workday.Date { return workday.Today(tx.Now) }

// inspectionRefused notes in a form what stood in the way of an act, and tells
// whether the page should be shown again.
func inspectionRefused(f *web.Form, err error) bool {
	switch fault.KindOf(err) {
	case fault.Invalid, fault.Conflict, fault.Forbidden:
	default:
		return false
	}
	if !f.Take(err) {
		f.Problem("", fault.Sentence(err))
	}
	return true
}
