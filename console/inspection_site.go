package console

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"gongkai/identity"
	"gongkai/inspection"
	"gongkai/inspection/site"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/org"
)

// sitesPage is the websites that are being looked at and those that were, and where
// one is named.
type sitesPage struct {
	ui.Console
	Lead    string
	Form    *web.Form
	Asked   []question
	Open    []walkCard
	OpenKey string // which are under way: while it stays, only they change
	Here    string
	Walks   ui.Table
	Empty   ui.Empty
}

// walkCard is a walk that is under way.
type walkCard struct {
	ID      inspection.WalkID
	Address string
	State   ui.State
	Say     string // what it is doing now
	Bar     ui.Progress
	Facts   []ui.Fact
	Stop    *ui.Confirm
}

// longStill is after how long without a sign of life, of which there is one every few
// seconds, a walk is said to be still.
const longStill = 20 * time.Second

func still(x inspection.Walk, now time.Time) bool {
	return x.State == inspection.WalkRunning && now.Sub(x.Touched) > longStill
}

func (c *Console) sites(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	form := web.NewForm(nil)
	form.Set("address", q.Get("address")) // of a site to be looked at again
	form.Set("unit", q.Get("unit"))
	return c.showSites(w, r, form, http.StatusOK)
}

func (c *Console) showSites(w http.ResponseWriter, r *http.Request, form *web.Form, status int) error {
	by := actorOf(r)
	var p sitesPage
	err := c.read(r, func(tx *db.Tx) error {
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		p = sitesPage{Console: c.frame(w, r, tree, "网站检查", ui.Link{Text: "检查", URL: inspectionPath}), Form: form, Here: inspectionPath + "/sites",
			Lead:  "从一个网址出发，像访问者一样走遍整个网站：打不开的链接、长期不更新和空白的栏目、很慢的网页，以及每个网页和附件里的文字。",
			Empty: ui.Empty{Title: "还没有检查过网站", Say: "填写网址以后，系统在后台慢慢地走，一个网站可能要几个小时。"}}
		all, err := inspection.Walks(tx, by.Scope(identity.InspectionRead), 50)
		if err != nil {
			return err
		}
		p.Walks = ui.Table{Caption: "检查过的网站", Note: "最近的在前", Walk: true,
			Columns: []ui.Column{{Text: "网址"}, {Text: "单位"}, {Text: "情况"}, {Text: "检查时间"}, {Text: "网页和附件"}, {Text: "问题"}, {Text: "检查结果"}}}
		for _, x := range all {
			if x.State.Open() {
				p.Open = append(p.Open, cardOf(x, tree, web.Now(r), by.Can(identity.InspectionRules, x.Unit)))
				p.OpenKey += string(x.ID) + " "
				continue
			}
			row := walkRow(x, tree)
			if by.Can(identity.InspectionRules, x.Unit) {
				again := url.Values{"address": {x.Address}, "unit": {string(x.Unit)}}
				row.Cells = append(row.Cells, ui.Cell{Text: "再次检查", URL: p.Here + "?" + again.Encode() + "#again"})
			} else if by.CanAny(identity.InspectionRules) {
				row.Cells = append(row.Cells, ui.Cell{})
			}
			p.Walks.Rows = append(p.Walks.Rows, row)
		}
		if by.CanAny(identity.InspectionRules) {
			p.Walks.Columns = append(p.Walks.Columns, ui.Column{Text: "操作"})
		}
		if len(p.Open) > 0 {
			p.Scripts = c.liveJS
		}
		if by.CanAny(identity.InspectionRules) {
			if form.Value("unit") == "" {
				form.Set("unit", string(by.Unit))
			}
			a := asker{form}
			p.Asked = []question{a.ask("input", "address", "网址", hint("如 https://www.example.gov.cn/。只检查这个网站自己的网页，遵守网站的 robots.txt。")), a.ask("select", "unit", "是哪个单位的网站", choose(scopeUnits(tree, by.Scope(identity.InspectionRules))))}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return c.templates.Render(w, r, status, "inspection-sites", p)
}

// cardOf tells how far a walk is.
func cardOf(x inspection.Walk, tree *org.Tree, now time.Time, mayStop bool) walkCard {
	k := walkCard{ID: x.ID, Address: shorten(x.Address, 60), Say: doing(x, now)}
	switch {
	case x.Stop != "":
		k.State = ui.State{Kind: ui.Warn, Say: "正在停止"}
	case still(x, now):
		k.State = ui.State{Kind: ui.Warn, Say: "暂时中断"}
	case x.State == inspection.WalkRunning:
		k.State = ui.State{Kind: ui.Note, Say: "正在检查"}
	default:
		k.State = ui.State{Kind: ui.Mute, Say: "等待"}
	}
	fact := func(name, say string) { k.Facts = append(k.Facts, ui.Fact{Name: name, Say: say}) }
	fact("单位", tree.Name(x.Unit))
	fact("提出", web.Moment(x.Asked))
	if !x.Started.IsZero() {
		fact("开始", web.Moment(x.Started))
	}
	if x.Known > 0 {
		k.Bar = ui.Progress{Done: x.Visited, All: max(x.Known, 1), Say: fmt.Sprintf("已看%s个网址，还有%s个等待", count(x.Visited), count(max(x.Known-x.Visited, 0)))}
		fact("网页和附件", howMuch(x))
		fact("目前发现", count(x.Found)+"处")
		if x.Shut > 0 {
			fact("网站不让看的", count(x.Shut)+"个网址")
		}
	}
	if !x.Seen.IsZero() {
		fact("最近网页", clock(x.Seen, now))
	}
	if x.Round > 1 {
		fact("次数", fmt.Sprintf("第%d次检查这个网站，没有变化的网页直接沿用上次的结果", x.Round))
	}
	if mayStop && x.Stop == "" {
		k.Stop = &ui.Confirm{Open: "停止检查", Say: "停止以后，已经看到的问题照常登记。再次检查这个网站时，从停下的地方继续。",
			URL: inspectionPath + "/sites/" + string(x.ID) + "/stop", Yes: "确认停止"}
	}
	return k
}

// doing tells what a walk is doing or waiting for.
func doing(x inspection.Walk, now time.Time) string {
	switch {
	case x.Stop != "":
		return "正在停下来，稍后登记已经看到的问题。"
	case x.State == inspection.WalkWaiting && x.Note != "":
		return strings.TrimSuffix(x.Note, "。") + "。"
	case x.State == inspection.WalkWaiting && x.Started.IsZero():
		return "排队等候，轮到时自动开始。"
	case x.State == inspection.WalkWaiting:
		return "先让后台的其他工作做完，马上从停下的地方继续。"
	case still(x, now):
		return "后台程序没有动静，可能正在重新启动。恢复以后约一分钟，自动从中断的地方继续。"
	case x.Rest == site.RestTelling:
		return "网页已经看完，正在登记发现的问题。"
	case x.Rest == site.RestRetry && x.Until.After(now):
		return "网站没有正常应答，" + clock(x.Until, now) + "再试。"
	case x.Pause >= 2*time.Second:
		return fmt.Sprintf("按网站 robots.txt 的要求慢慢地看，每隔%.0f秒看一个网址。", x.Pause.Seconds())
	case x.Known == 0:
		return "正在打开网站。"
	}
	say := "正在一个一个地看，不影响网站的正常访问。还会发现新的网址，等待的个数先增后减。"
	if x.Note != "" {
		say = x.Note + "。" + say
	}
	return say
}

// clock is a time of day, with its date if that is not today.
func clock(t, now time.Time) string {
	if web.Date(t) == web.Date(now) {
		return strings.TrimPrefix(web.Moment(t), web.Date(t)+" ")
	}
	return web.Moment(t)
}

func count(n int) string { return web.Count(int64(n)) }

// howMuch tells what was read.
func howMuch(x inspection.Walk) string {
	s := count(x.Pages) + "个网页"
	if x.Files > 0 {
		s += "，" + count(x.Files) + "个附件"
	}
	return s
}

// walkRow is a walk that is over.
func walkRow(x inspection.Walk, tree *org.Tree) ui.Row {
	state := &ui.State{Kind: ui.Good, Say: "完成"}
	switch {
	case x.State == inspection.WalkStopped:
		state = &ui.State{Kind: ui.Mute, Say: "已停止"}
	case x.State == inspection.WalkFailed && x.Pages == 0:
		state = &ui.State{Kind: ui.Bad, Say: "没有检查成"}
	case x.State == inspection.WalkFailed:
		state = &ui.State{Kind: ui.Bad, Say: "没有检查完"}
	case !x.Whole:
		state = &ui.State{Kind: ui.Warn, Say: "检查了一部分"}
	}
	when := ui.Cell{Text: web.Moment(x.Asked)}
	if !x.Started.IsZero() {
		when = ui.Cell{Text: web.Moment(x.Started), Note: "至 " + clock(x.Ended, x.Started)}
	}
	row := ui.Row{Bad: x.State == inspection.WalkFailed, Cells: []ui.Cell{{Text: shorten(x.Address, 60)}, {Text: tree.Name(x.Unit)}, {State: state, Note: x.Note}, when}}
	if x.Pages+x.Files == 0 {
		return ui.Row{Bad: row.Bad, Cells: append(row.Cells, ui.Cell{Text: "无"}, ui.Cell{Text: "无"}, ui.Cell{Text: "无"})}
	}
	much := ui.Cell{Text: howMuch(x)}
	if x.Unchanged > 0 {
		much.Note = "其中" + count(x.Unchanged) + "个没有变化"
	}
	found := inspectionPath + "/findings?" + url.Values{"tab": {"open"}, "from": {"site"}, "unit": {string(x.Unit)}}.Encode()
	row.Cells = append(row.Cells, much, ui.Cell{Text: count(x.Found) + "处"}, ui.Cell{Text: "查看", URL: found})
	return row
}

func (c *Console) crawlSite(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	if err := c.Inspections.CrawlSoon(r.Context(), actorOf(r), org.ID(f.Text("unit")), f.Text("address")); err != nil {
		if fault.KindOf(err) == fault.Invalid && inspectionRefused(f, err) {
			return c.showSites(w, r, f, web.StatusOf(err))
		}
		return err
	}
	return c.said(w, r, inspectionPath+"/sites", saySiteOrdered)
}

func (c *Console) stopSite(w http.ResponseWriter, r *http.Request) error {
	if err := c.Inspections.StopCrawl(r.Context(), actorOf(r), inspection.WalkID(r.PathValue("walk"))); err != nil {
		return err
	}
	return c.said(w, r, inspectionPath+"/sites", saySiteStopped)
}
