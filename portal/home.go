package portal

import (
	"net/http"
	"strconv"
	"strings"

	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/org"
	"gongkai/publication"
)

// homePage is the first page of the region.
type homePage struct {
	ui.Portal
	Doors   []ui.Link
	Newest  []ui.Newest
	Groups  []unitGroup
	Total   int64
	Year    int64 // published this year
	Updated string
}

// unitGroup is the units of one kind.
type unitGroup struct {
	Title string
	Units []ui.Link
}

func (p *Portal) home(w http.ResponseWriter, r *http.Request) error {
	unitsOwn := org.ID("")
	page := homePage{}
	err := p.look(r, func(v *view) error {
		if u, ok := v.tree.ByDomain(hostOf(r)); ok && u.ID != v.root.ID {
			unitsOwn = u.ID
			return nil
		}
		page.Portal = v.frame("", v.root)
		page.Title = siteTitle(v.root.Name)
		page.Site = ""
		page.Description = v.root.Name + "依法主动公开的政府信息：政策文件、公开年报、各机关公开栏目、依申请公开。"
		page.Nav[0].Current = true
		page.BigSearch = true
		scope := org.Under(v.root.ID)
		page.Doors = []ui.Link{
			{Text: "政策文件库", URL: "/policies", Note: "按机关、年份、主题和有效性查找"},
			{Text: "依申请公开", URL: "/apply", Note: "没有主动公开的信息，可以向机关申请"},
			{Text: "各机关公开栏目", URL: "/units", Note: "指南、制度、法定主动公开内容、年报"},
			{Text: "公开工作年报", URL: "/reports", Note: "历年政府信息公开工作年度报告"},
		}
		for _, kind := range []struct {
			title, url, none string
			f                publication.Filter
		}{
			{"最新政策文件", "/policies", "还没有公布政策文件。", publication.Filter{Kind: publication.Policy}},
			{"通知公告", "/search?kind=notice&sort=newest", "还没有发布通知公告。", publication.Filter{Kind: publication.Notice}},
			{"政策解读", "/search?kind=interpretation&sort=newest", "还没有发布政策解读。", publication.Filter{Kind: publication.Interpretation}},
			{"财政资金", "/search?kind=budget&sort=newest", "还没有公布预算和决算。", publication.Filter{Kind: publication.Budget}},
		} {
			kind.f.Units, kind.f.Size, kind.f.On = scope, 6, v.today
			rows, _, err := publication.List(v.tx, kind.f)
			if err != nil {
				return err
			}
			page.Newest = append(page.Newest, ui.Newest{Title: kind.title, URL: kind.url, None: kind.none, Items: v.results(rows)})
		}
		latest, total, err := publication.List(v.tx, publication.Filter{Units: scope, Size: 1})
		if err != nil {
			return err
		}
		page.Total = int64(total)
		if len(latest) > 0 {
			page.Updated = web.Date(latest[0].Published)
		}
		_, year, err := publication.List(v.tx, publication.Filter{Units: scope, Size: 1, Year: v.today.Year()})
		page.Year = int64(year)
		page.Groups = v.groups(v.root.ID)
		return err
	})
	if err != nil {
		return err
	}
	if unitsOwn != "" {
		r.SetPathValue("unit", string(unitsOwn))
		return p.unit(w, r)
	}
	return p.templates.Show(w, r, "home", page)
}

// siteTitle names the site of a unit; the name of a government ends in 政府
// already.
func siteTitle(name string) string {
	if strings.HasSuffix(name, "政府") {
		return name + "信息公开"
	}
	return name + "政府信息公开"
}

// hostOf is the host name of a request without its port.
func hostOf(r *http.Request) string {
	host := r.Host
	for i := len(host) - 1; i >= 0; i-- {
		if host[i] == ':' {
			return host[:i]
		}
	}
	return host
}

// unitKinds is the order in which people look for units.
var unitKinds = []struct {
	kind  org.Kind
	title string
}{{org.Government, "人民政府"}, {org.Office, "政府办公室"}, {org.Department, "工作部门"}, {org.Town, "乡镇和街道"}, {org.Platform, "平台"}}

// groups lists the units of a government by kind.
func (v *view) groups(root org.ID) []unitGroup {
	var groups []unitGroup
	for _, t := range unitKinds {
		g := unitGroup{Title: t.title}
		for _, u := range v.tree.All() {
			if u.Active && u.Kind == t.kind && v.tree.Within(u.ID, root) {
				g.Units = append(g.Units, ui.Link{Text: u.Name, URL: unitURL(u.ID)})
			}
		}
		if len(g.Units) > 0 {
			groups = append(groups, g)
		}
	}
	return groups
}

// unitsPage is the list of all units.
type unitsPage struct {
	ui.Portal
	Regions []region
}

type region struct {
	Name   string
	Groups []unitGroup
}

func (p *Portal) units(w http.ResponseWriter, r *http.Request) error {
	return p.show(w, r, "units", func(v *view) (any, error) {
		page := unitsPage{Portal: v.frame("机构", v.root, ui.Link{Text: "机构"})}
		for _, root := range v.tree.Roots() {
			if root.Active {
				page.Regions = append(page.Regions, region{Name: root.Name, Groups: v.groups(root.ID)})
			}
		}
		return page, nil
	})
}

// results makes list lines of rows.
func (v *view) results(rows []publication.Row) []ui.Result {
	out := make([]ui.Result, len(rows))
	for i, row := range rows {
		out[i] = v.result(row)
	}
	return out
}

func (v *view) result(row publication.Row) ui.Result {
	r := ui.Result{
		Title: escape(row.Title), URL: itemURL(row.ID), DocNo: escape(row.DocNo), Date: web.Date(row.Published), Unit: v.tree.Name(row.Unit),
	}
	r.State = stateOf(row.ValidityOn(v.today))
	return r
}

// stateOf is the tag of a validity; a document in force needs none in a list of
// documents that mostly are.
func stateOf(val publication.Validity) *ui.State {
	switch val {
	case publication.Valid:
		return &ui.State{Kind: ui.Good, Say: val.Name()}
	case publication.Amended, publication.Pending:
		return &ui.State{Kind: ui.Note, Say: val.Name()}
	case publication.Expired, publication.Repealed:
		return &ui.State{Kind: ui.Bad, Say: val.Name()}
	}
	return nil
}

func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}
