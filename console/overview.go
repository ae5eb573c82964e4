package console

import (
	"fmt"
	"net/http"
	"slices"
	"time"

	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/org"
	"gongkai/publication"
	"gongkai/review"
	"gongkai/workday"
)

// overviewPage is what a supervisor sees of the units below.
type overviewPage struct {
	ui.Console
	Todos   []ui.Todo
	Waiting ui.Table
	Nothing ui.Empty
	Units   ui.Table
	Chart   ui.Chart
}

func (c *Console) overview(w http.ResponseWriter, r *http.Request) error {
	by, now := actorOf(r), web.Now(r)
	scope := by.Scope(identity.SuperviseRead)
	var p overviewPage
	err := c.read(r, func(tx *db.Tx) error {
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		p.Console = c.frame(w, r, tree, "监督概览")
		waiting, err := review.WaitingIn(tx, scope)
		if err != nil {
			return err
		}
		ready, err := publication.Working(tx, scope, []publication.Work{publication.Ready}, "", 500)
		if err != nil {
			return err
		}
		late := p.waiting(tree, waiting, ready, now)
		p.Todos = []ui.Todo{
			{Count: int64(len(waiting)), Text: "件正在审查", URL: Root + "/items?tab=review", Note: longNote(late[0])},
			{Count: int64(len(ready)), Text: "件已审定待发布", URL: Root + "/items?tab=cleared", Note: longNote(late[1])},
		}
		if err := p.units(tx, tree, scope, waiting, ready); err != nil {
			return err
		}
		return p.months(tx, scope)
	})
	if err != nil {
		return err
	}
	p.Nothing = ui.Empty{Title: "没有等待办理的信息", Say: "各单位送审和待发布的信息会出现在这里，连同已经等待的时间。"}
	return c.show(w, r, "overview", p)
}

// longNote says how many things have waited long.
func longNote(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("其中%d件已等待3天以上", n)
}

// waiting lists what waits where, the longest first, and counts what has waited
// long: in review, and for publication.
func (p *overviewPage) waiting(tree *org.Tree, reviews []review.Submission, ready []publication.WorkRow, now time.Time) (late [2]int) {
	type line struct {
		since time.Time
		row   ui.Row
	}
	var all []line
	add := func(since time.Time, title, url string, unit org.ID, where string, kind int) {
		note := ""
		if now.Sub(since) > waitLong {
			note = noteLong
			late[kind]++
		}
		all = append(all, line{since, ui.Row{Cells: []ui.Cell{{Text: titleOf(title), URL: url}, {Text: tree.Name(unit)}, {Text: where}, {Text: web.Moment(since)}, {Text: waited(now.Sub(since)), Note: note}}}})
	}
	for _, s := range reviews {
		since := s.Submitted
		if n := len(s.Signatures); n > 0 {
			since = s.Signatures[n-1].At
		}
		add(since, s.Title, reviewPath(s.ID), s.Unit, "等待"+s.Next().Name, 0)
	}
	for _, row := range ready {
		add(row.Touched, row.Working, itemPath(row.ID), row.Unit, "等待发布", 1)
	}
	slices.SortStableFunc(all, func(a, b line) int { return a.since.Compare(b.since) })
	p.Waiting = ui.Table{Caption: "等待办理的信息", Note: "等待时间最长的在前", Walk: true, Columns: []ui.Column{{Text: "标题"}, {Text: "单位"}, {Text: "在哪里"}, {Text: "从何时"}, {Text: "已等待"}}}
	for _, l := range all[:min(len(all), 200)] {
		p.Waiting.Rows = append(p.Waiting.Rows, l.row)
	}
	return late
}

func (p *overviewPage) units(tx *db.Tx, tree *org.Tree, scope org.Scope, waiting []review.Submission, ready []publication.WorkRow) error {
	tallies, err := publication.Tallies(tx, scope)
	if err != nil {
		return err
	}
	public, last := map[org.ID]int{}, map[org.ID]time.Time{}
	for _, t := range tallies {
		public[t.Unit] += t.N
		if t.Last.After(last[t.Unit]) {
			last[t.Unit] = t.Last
		}
	}
	inReview, cleared := map[org.ID]int{}, map[org.ID]int{}
	for _, s := range waiting {
		inReview[s.Unit]++
	}
	for _, row := range ready {
		cleared[row.Unit]++
	}
	p.Units = ui.Table{Caption: "各单位情况", Walk: true, Columns: []ui.Column{{Text: "单位"}, {Text: "已公开", Number: true}, {Text: "审查中", Number: true}, {Text: "待发布", Number: true}, {Text: "最近公开"}}}
	for _, u := range tree.All() {
		if !tree.Covers(scope, u.ID) || !u.Active {
			continue
		}
		count := func(n int, tab string) ui.Cell {
			return ui.Cell{Text: web.Count(int64(n)), URL: Root + "/items?tab=" + tab + "&unit=" + string(u.ID)}
		}
		latest := "—"
		if !last[u.ID].IsZero() {
			latest = web.Date(last[u.ID])
		}
		p.Units.Rows = append(p.Units.Rows, ui.Row{Cells: []ui.Cell{{Text: u.Name, URL: Root + "/units/" + string(u.ID)}, count(public[u.ID], "public"), count(inReview[u.ID], "review"), count(cleared[u.ID], "cleared"), {Text: latest}}})
	}
	return nil
}

// months draws how much was made public in each of the last twelve months.
func (p *overviewPage) months(tx *db.Tx, scope org.Scope) error {
	today := workday.Today(tx.Now)
	first := workday.New(today.Year(), today.Month(), 1).AddMonths(-11)
	p.Chart = ui.Chart{Title: "近十二个月公开的信息", Note: "单位：条", Axis: "月份"}
	series := ui.Series{Name: "公开的信息"}
	for i := range 12 {
		from := first.AddMonths(i)
		_, n, err := publication.List(tx, publication.Filter{Units: scope, From: from, To: from.AddMonths(1).AddDays(-1), Size: 1})
		if err != nil {
			return err
		}
		p.Chart.Labels = append(p.Chart.Labels, fmt.Sprintf("%d月", int(from.Month())))
		series.Values = append(series.Values, float64(n))
	}
	p.Chart.Series = []ui.Series{series}
	return nil
}
