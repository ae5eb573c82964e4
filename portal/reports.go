package portal

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"

	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/org"
	"gongkai/publication"
	"gongkai/workday"
)

// reportsPage is the annual reports of all units for one year, with those that
// are missing (articles 49 and 50).
type reportsPage struct {
	ui.Portal
	Year   int
	Years  ui.Tabs
	Tables []ui.Table
	Have   int
	Due    int // units whose report is due by law
	Late   int
}

// mostReports bounds how many reports the page looks through.
const mostReports = 20_000

var yearInTitle = regexp.MustCompile(`((?:19|20)\d\d)\s*年`)

// reportYear is the year that a report is about: as its title says, otherwise
// the one before it was made.
func reportYear(row publication.Row) int {
	if m := yearInTitle.FindStringSubmatch(row.Title); m != nil {
		return atoi(m[1])
	}
	if !row.Made.IsZero() {
		return row.Made.Year() - 1
	}
	return workday.Today(row.Published).Year() - 1
}

func (p *Portal) reports(w http.ResponseWriter, r *http.Request) error {
	return p.show(w, r, "reports", func(v *view) (any, error) {
		page := reportsPage{Portal: v.frame("政府信息公开年报", v.root, ui.Link{Text: "年报"})}
		page.Description = "各机关历年政府信息公开工作年度报告。"
		page.Meta = append(page.Meta, columnMeta("政府信息公开年报", "历年政府信息公开工作年度报告", "年度报告")...)
		rows, _, err := publication.List(v.tx, publication.Filter{Units: org.Everything(), Kind: publication.Report, Size: mostReports})
		if err != nil {
			return nil, err
		}
		byYear := map[int]map[org.ID]publication.Row{}
		years := []int{v.today.Year() - 1}
		for _, row := range rows { // newest first, so the last one in a year is its first publication
			y := reportYear(row)
			if byYear[y] == nil {
				byYear[y] = map[org.ID]publication.Row{}
				years = append(years, y)
			}
			if _, have := byYear[y][row.Unit]; !have {
				byYear[y][row.Unit] = row
			}
		}
		slices.Sort(years)
		slices.Reverse(years)
		years = slices.Compact(years)
		page.Year = atoi(r.URL.Query().Get("year"))
		if !slices.Contains(years, page.Year) {
			page.Year = years[0]
			for _, y := range years { // the newest year of which there is something
				if len(byYear[y]) > 0 {
					page.Year = y
					break
				}
			}
		}
		page.Years.Label = "报告年度"
		for _, y := range years {
			page.Years.Links = append(page.Years.Links, ui.Link{Text: strconv.Itoa(y) + "年度", URL: "/reports?year=" + strconv.Itoa(y), Current: y == page.Year, Count: strconv.Itoa(len(byYear[y]))})
		}
		page.fill(v, byYear[page.Year])
		return page, nil
	})
}

func (page *reportsPage) fill(v *view, have map[org.ID]publication.Row) {
	for _, root := range v.tree.Roots() {
		t := ui.Table{Caption: fmt.Sprintf("%s %d年度报告", root.Name, page.Year), Columns: []ui.Column{{Text: "机关"}, {Text: "报告"}, {Text: "公布日期"}, {Text: "情况"}}}
		for _, kind := range unitKinds {
			for _, u := range v.tree.All() {
				row, ok := have[u.ID]
				if u.Kind != kind.kind || !v.tree.Within(u.ID, root.ID) || !u.Active && !ok {
					continue
				}
				due := reportDue(u.Kind, page.Year)
				if !ok && due.IsZero() {
					continue // the law asks nothing of platforms and offices of their own
				}
				line := ui.Row{Cells: []ui.Cell{{Text: u.Name, URL: unitURL(u.ID)}, {Text: "未公布"}, {}, {}}}
				switch {
				case ok:
					page.Have++
					line.Cells[1] = ui.Cell{Text: row.Title, URL: itemURL(row.ID)}
					line.Cells[2] = ui.Cell{Text: web.Date(row.Published)}
					line.Cells[3] = ui.Cell{State: &ui.State{Kind: ui.Good, Say: "已公布"}}
					if published := workday.Today(row.Published); !due.IsZero() && published.After(due) {
						line.Cells[3] = ui.Cell{State: &ui.State{Kind: ui.Note, Say: "已公布"}, Note: "晚于" + due.Chinese()}
					}
				case v.today.After(due):
					page.Late++
					line.Bad = true
					line.Cells[2] = ui.Cell{Text: "—"}
					line.Cells[3] = ui.Cell{State: &ui.State{Kind: ui.Warn, Say: "逾期未公布"}, Note: "应于" + due.Chinese() + "前公布"}
				default:
					line.Cells[2] = ui.Cell{Text: "—"}
					line.Cells[3] = ui.Cell{State: &ui.State{Kind: ui.Mute, Say: "尚未到期"}, Note: "应于" + due.Chinese() + "前公布"}
				}
				if !due.IsZero() {
					page.Due++
				}
				t.Rows = append(t.Rows, line)
			}
		}
		if len(t.Rows) > 0 {
			page.Tables = append(page.Tables, t)
		}
	}
}

// reportDue is the last day for the report on a year: 31 January for
// departments, 31 March for governments (article 49); none for the others.
func reportDue(k org.Kind, year int) workday.Date {
	switch k {
	case org.Department:
		return workday.New(year+1, 1, 31)
	case org.Government:
		return workday.New(year+1, 3, 31)
	}
	return workday.Date{}
}
