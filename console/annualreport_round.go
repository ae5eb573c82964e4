package console

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"gongkai/annualreport"
	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/org"
	"gongkai/workday"
)

// roundPage is a year's reporting at a glance.
type roundPage struct {
	ui.Console
	Path      string
	Facts     []ui.Fact
	Note      string
	Todos     []ui.Todo
	Done      ui.Progress
	Chart     ui.Chart
	Whole     *wholeRow
	Filters   []question
	ClearURL  string
	Rows      []roundRow
	Total     int
	Pages     ui.Pages
	Nothing   *ui.Empty
	Waiting   int // units that can be reminded
	Form      *web.Form
	JoinUnits []ui.Option
}

// wholeRow is the consolidated report.
type wholeRow struct {
	URL, Say string
	State    ui.State
}

// roundRow is one unit's line.
type roundRow struct {
	ID, Name, URL      string
	State              ui.State
	Due, Days          string
	Late               bool
	Wrong              []string // what is missing or broken, in words
	Judge, Remind      bool
	Excuse             string
	state              annualreport.State
	broken, incomplete bool
}

// governmentAndYear is what a page of a round is about.
func governmentAndYear(r *http.Request) (org.ID, int, error) {
	year, err := strconv.Atoi(r.PathValue("year"))
	if err != nil {
		return "", 0, fault.Say(fault.NotFound, sayNoYear)
	}
	return org.ID(r.PathValue("unit")), year, nil
}

func (c *Console) round(w http.ResponseWriter, r *http.Request) error {
	return c.showRound(w, r, web.NewForm(nil), http.StatusOK)
}

func (c *Console) showRound(w http.ResponseWriter, r *http.Request, f *web.Form, status int) error {
	government, year, err := governmentAndYear(r)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	var p roundPage
	err = c.read(r, func(tx *db.Tx) error {
		g, err := c.Reports.Progress(tx, actorOf(r), government, year)
		if err != nil {
			return err
		}
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		p = roundPage{Console: c.frame(w, r, tree, fmt.Sprintf("%d年度年报编报", year), ui.Link{Text: "年度报告", URL: Root + "/reports"}), Path: yearPath(government, year), Form: f}
		p.head(tree, g, workday.Today(tx.Now))
		p.rows(r, q, g)
		taken := map[org.ID]bool{}
		for _, u := range g.Units {
			taken[u.Report.Unit] = true
		}
		for _, o := range scopeUnits(tree, org.Under(government)) {
			if !taken[org.ID(o.Value)] {
				p.JoinUnits = append(p.JoinUnits, o)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return c.templates.Render(w, r, status, "report-round", p)
}

// head is the round at a glance.
func (p *roundPage) head(tree *org.Tree, g *annualreport.Progress, today workday.Date) {
	o := g.Round
	_, _, basis := annualreport.Ceilings(o.Year)
	name := o.Form
	if l := o.Layout(); l != nil {
		name = l.Name
	}
	p.Facts = []ui.Fact{
		{Name: "政府", Say: tree.Name(o.Unit)}, {Name: "表样", Say: name},
		{Name: "单位期限", Say: web.LongDate(o.Units) + "，" + dueWords(today.DaysUntil(o.Units))},
		{Name: "汇总期限", Say: web.LongDate(o.Whole) + "，" + dueWords(today.DaysUntil(o.Whole))},
		{Name: "依据", Say: basis, Wide: true},
	}
	p.Note = o.Note
	count := func(states ...annualreport.State) (n int64) {
		for _, s := range states {
			n += int64(g.Counts[s])
		}
		return n
	}
	waiting := count(annualreport.Open, annualreport.Filling, annualreport.Returned)
	p.Waiting = int(waiting)
	at := func(query string) string { return p.Path + "?" + query }
	p.Todos = []ui.Todo{
		{Count: count(annualreport.Submitted), Text: "份待审核", URL: at("state=submitted"), Note: "单位已经报送，等待接受或者退回"},
		{Count: waiting, Text: "个单位没有报送", URL: at("state=waiting"), Late: int64(g.Late), Note: "待填报、填报中和被退回的"},
		{Count: int64(g.Broken), Text: "个单位检查未通过", URL: at("wrong=broken"), Note: "勾稽关系不成立，报送时必须说明"},
		{Count: int64(g.Changed), Text: "个单位报送后数据有变", URL: at("wrong=changed"), Note: "台账在报送以后又有改动"},
	}
	all := len(g.Units) - g.Counts[annualreport.Excused]
	done := int(count(annualreport.Accepted, annualreport.Made, annualreport.InReview, annualreport.Published))
	p.Done = ui.Progress{Done: done, All: max(all, 1), Say: fmt.Sprintf("已接受%d个，应报送%d个", done, all)}
	if n := g.Counts[annualreport.Excused]; n > 0 {
		p.Done.Say += fmt.Sprintf("，免报%d个", n)
	}
	p.Chart = ui.Chart{Title: "各单位的进度", Note: "单位：个", Axis: "状态"}
	series := ui.Series{Name: "单位"}
	for _, s := range annualreport.States() {
		p.Chart.Labels = append(p.Chart.Labels, s.Name())
		series.Values = append(series.Values, float64(g.Counts[s]))
	}
	p.Chart.Series = []ui.Series{series}
	if id := g.Whole.Report.ID; id != "" {
		p.Whole = &wholeRow{URL: reportPath(id), State: *reportState(g.Whole.Report.State)}
		left := all - done
		p.Whole.Say = fmt.Sprintf("由%d个已接受的单位年报逐格相加。", done)
		if left > 0 {
			p.Whole.Say = fmt.Sprintf("由%d个已接受的单位年报逐格相加，还缺%d个单位。", done, left)
		}
	}
}

// rowOf is one unit's line.
func rowOf(u annualreport.UnitProgress) roundRow {
	r := u.Report
	row := roundRow{ID: string(r.ID), Name: u.Name, URL: reportPath(r.ID), State: *reportState(r.State), Due: r.Due.String(), Late: u.Late, Excuse: r.Excuse,
		state: r.State, broken: u.Broken > 0, incomplete: u.Unknown > 0}
	if r.State.Editable() {
		row.Days, row.Remind = dueWords(u.Days), true
		if u.Unknown > 0 {
			row.Wrong = append(row.Wrong, fmt.Sprintf("%d格没有数据", u.Unknown))
		}
	}
	if r.State == annualreport.Excused {
		return row
	}
	if u.Broken > 0 {
		say := fmt.Sprintf("%d项检查未通过", u.Broken)
		if u.Bare < u.Broken {
			say += fmt.Sprintf("（已说明%d项）", u.Broken-u.Bare)
		}
		row.Wrong = append(row.Wrong, say)
	}
	if u.Fixes > 0 {
		row.Wrong = append(row.Wrong, fmt.Sprintf("%d格人工更正", u.Fixes))
	}
	if u.Changed > 0 {
		row.Wrong = append(row.Wrong, fmt.Sprintf("%d格与报送时不同", u.Changed))
	}
	row.Judge = r.State == annualreport.Submitted
	return row
}

// rows are the units that the filter lets through, a page of them.
func (p *roundPage) rows(r *http.Request, q url.Values, g *annualreport.Progress) {
	state, wrong, words := q.Get("state"), q.Get("wrong"), strings.TrimSpace(q.Get("unit"))
	var all []roundRow
	for _, u := range g.Units {
		if words != "" && !strings.Contains(u.Name, words) {
			continue
		}
		switch {
		case state == "waiting" && !u.Report.State.Editable(), state == "late" && !u.Late,
			state != "" && state != "waiting" && state != "late" && state != string(u.Report.State),
			wrong == "broken" && u.Broken == 0, wrong == "unknown" && u.Unknown == 0, wrong == "changed" && u.Changed == 0:
			continue
		}
		all = append(all, rowOf(u))
	}
	slices.SortStableFunc(all, func(a, b roundRow) int { return urgency(b) - urgency(a) })
	page, _ := strconv.Atoi(q.Get("page"))
	const size = 100
	p.Total = len(all)
	p.Pages = ui.NewPages(r.URL.RequestURI(), page, size, int64(len(all)), "个单位")
	from := min((p.Pages.Page-1)*size, len(all))
	p.Rows = all[from:min(from+size, len(all))]
	a := asker{web.NewForm(q)}
	states := append([]ui.Option{{Text: "全部状态"}, {Value: "waiting", Text: "没有报送"}, {Value: "late", Text: "已逾期"}}, stateOptions()[1:]...)
	p.Filters = []question{a.ask("input", "unit", "单位名称", optional), a.ask("select", "state", "状态", choose(states)),
		a.ask("select", "wrong", "需要留意", choose([]ui.Option{{Text: "全部"}, {Value: "unknown", Text: "有没有数据的格"}, {Value: "broken", Text: "检查未通过"}, {Value: "changed", Text: "报送后有变化"}}))}
	if state != "" || wrong != "" || words != "" {
		p.ClearURL = p.Path
	}
	if len(all) == 0 {
		p.Nothing = &ui.Empty{Title: "没有符合条件的单位", Say: "换一个状态，或者清除筛选。"}
	}
}

// urgency orders the lines: what the office can do first, then who is late.
func urgency(r roundRow) int {
	switch {
	case r.Judge:
		return 3
	case r.Late:
		return 2
	case r.Remind:
		return 1
	}
	return 0
}

func (c *Console) roundCSV(w http.ResponseWriter, r *http.Request) error {
	government, year, err := governmentAndYear(r)
	if err != nil {
		return err
	}
	rows := [][]string{{"单位", "状态", "期限", "没有数据的格", "检查未通过", "其中未说明", "人工更正", "与报送时不同", "报送时间", "免报理由"}}
	err = c.read(r, func(tx *db.Tx) error {
		g, err := c.Reports.Progress(tx, actorOf(r), government, year)
		if err != nil {
			return err
		}
		for _, u := range g.Units {
			rows = append(rows, []string{u.Name, u.Report.State.Name(), u.Report.Due.String(), strconv.Itoa(u.Unknown), strconv.Itoa(u.Broken), strconv.Itoa(u.Bare),
				strconv.Itoa(u.Fixes), strconv.Itoa(u.Changed), web.Moment(u.Report.Sent), u.Report.Excuse})
		}
		return nil
	})
	if err != nil {
		return err
	}
	return sendCSV(w, r, fmt.Sprintf("%d年度年报编报进度.csv", year), rows)
}

// remindUnits reminds one unit, or all that have not handed in.
func (c *Console) remindUnits(w http.ResponseWriter, r *http.Request) error {
	government, year, err := governmentAndYear(r)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	var ids []annualreport.ID
	if id := f.Text("report"); id != "" {
		ids = []annualreport.ID{annualreport.ID(id)}
	} else if err := c.read(r, func(tx *db.Tx) error {
		all, err := annualreport.List(tx, annualreport.Filter{Units: org.Everything(), Office: government, Year: year})
		for _, one := range all {
			if one.State.Editable() && one.Kind == annualreport.Own {
				ids = append(ids, one.ID)
			}
		}
		return err
	}); err != nil {
		return err
	}
	n, err := c.Reports.RemindNow(r.Context(), actorOf(r), ids...)
	if err != nil {
		if reportRefused(f, err) {
			return c.showRound(w, r, f, web.StatusOf(err))
		}
		return err
	}
	if n == 0 {
		return c.said(w, r, yearPath(government, year), sayNobodyReminded)
	}
	return c.said(w, r, yearPath(government, year), fmt.Sprintf(sayReminded, n))
}

// addReportUnit has one more unit report.
func (c *Console) addReportUnit(w http.ResponseWriter, r *http.Request) error {
	government, year, err := governmentAndYear(r)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	if err := c.Reports.AddUnit(r.Context(), actorOf(r), government, year, org.ID(f.Text("unit"))); err != nil {
		if reportRefused(f, err) {
			return c.showRound(w, r, f, web.StatusOf(err))
		}
		return err
	}
	return c.said(w, r, yearPath(government, year), sayUnitJoined)
}

// governments are those whose years somebody may open.
func governments(tree *org.Tree, by identity.Actor) []org.Unit {
	return slices.DeleteFunc(tree.All(), func(u org.Unit) bool {
		return u.Kind != org.Government || !u.Active || !by.Can(identity.ReportAccept, u.ID)
	})
}
