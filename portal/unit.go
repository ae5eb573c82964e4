package portal

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"gongkai/internal/fault"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/org"
	"gongkai/publication"
)

// unitPage is a unit's home: the statutory frame of its 政府信息公开 column.
type unitPage struct {
	ui.Portal
	Unit    org.Unit
	Parts   []ui.Part
	Contact []ui.Fact
	Newest  ui.Newest
	News    ui.Newest
}

func (v *view) unitOf() (org.Unit, error) {
	u, err := v.tree.Get(org.ID(v.r.PathValue("unit")))
	if err != nil || !u.Active {
		return u, fault.Say(fault.NotFound, sayNoUnit)
	}
	return u, nil
}

func (p *Portal) unit(w http.ResponseWriter, r *http.Request) error {
	return p.show(w, r, "unit", func(v *view) (any, error) {
		u, err := v.unitOf()
		if err != nil {
			return nil, err
		}
		page := unitPage{Portal: v.frame(siteTitle(u.Name), u, ui.Link{Text: "机构", URL: "/units"}, ui.Link{Text: u.Name}), Unit: u}
		page.Description = u.Name + "的政府信息公开指南、制度、法定主动公开内容、年报和依申请公开入口。"
		page.Meta = append(page.Meta, columnMeta("政府信息公开", "本机关的法定主动公开内容", "政府信息公开")...)
		page.Contact = contactFacts(u)
		if page.Parts, err = v.parts(u); err != nil {
			return nil, err
		}
		own := publication.Filter{Units: org.Under(u.ID), Unit: u.ID, Size: 8, On: v.today, Part: "content"}
		rows, _, err := publication.List(v.tx, own)
		if err != nil {
			return nil, err
		}
		page.Newest = ui.Newest{Title: "最新公开", URL: "/search?sort=newest&unit=" + string(u.ID), Items: v.results(rows), None: "本机关还没有发布信息。"}
		own.Part = "news"
		if rows, _, err = publication.List(v.tx, own); err != nil {
			return nil, err
		}
		page.News = ui.Newest{Title: "工作动态", URL: columnURL(u.ID, publication.NewsColumn), Items: v.results(rows), None: "本机关还没有发布工作动态。"}
		return page, nil
	})
}

// parts is the frame of 国办公开办函〔2019〕61号 in its fixed order: 指南, 制度,
// 法定主动公开内容, 年报, 依申请公开.
func (v *view) parts(u org.Unit) ([]ui.Part, error) {
	tallies, err := publication.Tallies(v.tx, org.Under(u.ID))
	if err != nil {
		return nil, err
	}
	count := map[publication.Column]publication.Tally{}
	for _, t := range tallies {
		if t.Unit == u.ID {
			count[t.Column] = t
		}
	}
	responsible := u.Contact.Office
	if responsible == "" {
		responsible = u.Name
	}
	part := func(title string, c publication.Column) ui.Part {
		info, _ := publication.ColumnOf(c)
		t := count[c]
		pt := ui.Part{Title: title, URL: columnURL(u.ID, c), Count: int64(t.N), Updated: day(t.Last)}
		if t.N == 0 {
			pt.Say = "这里公布" + info.Covers + "，由" + responsible + "负责。"
		}
		return pt
	}
	guide := part("政府信息公开指南", publication.GuideColumn)
	if guide.Count == 0 && u.Contact.Address != "" {
		guide.Count, guide.Say = 1, ""
	}
	content := ui.Part{Title: "法定主动公开内容"}
	var last time.Time
	for _, c := range publication.ColumnsFor(u.Kind) {
		t := count[c.Code]
		if c.Part != "content" || (t.N == 0 && !listed(u, c.Code)) {
			continue
		}
		content.Count += int64(t.N)
		if t.Last.After(last) {
			last = t.Last
		}
		l := ui.Link{Text: c.Name, URL: columnURL(u.ID, c.Code), Count: "暂无"}
		if t.N > 0 {
			l.Count = web.Count(int64(t.N))
		}
		content.Parts = append(content.Parts, l)
	}
	content.Updated = day(last)
	if content.Count == 0 {
		content.Say = "这里按《条例》第二十条、第二十一条公布本机关的政府信息，由" + responsible + "负责。"
	}
	report := part("政府信息公开年报", publication.ReportColumn)
	report.Unit = "份"
	apply := ui.Part{Title: "依申请公开", URL: unitURL(u.ID) + "/apply", Say: "没有主动公开的政府信息，公民、法人和其他组织可以向本机关申请获取。", Count: 1, Unit: "个入口"}
	return []ui.Part{guide, part("政府信息公开制度", publication.RulesColumn), content, report, apply}, nil
}

// has tells whether a unit has the duty that a column is for.
func has(u org.Unit, c publication.Column) bool {
	return !c.MayLack() || !slices.Contains(u.Without, string(c))
}

// listed tells whether a column is listed that has nothing in it: what is expected
// there has to be, but nobody expects anything of the column for the rest.
func listed(u org.Unit, c publication.Column) bool {
	return has(u, c) && c != publication.OtherColumn
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return web.Date(t)
}

// contactFacts is how to reach the work unit (article 12).
func contactFacts(u org.Unit) []ui.Fact {
	var facts []ui.Fact
	for _, f := range []ui.Fact{
		{Name: "工作机构", Say: u.Contact.Office}, {Name: "办公地址", Say: u.Contact.Address}, {Name: "办公时间", Say: u.Contact.Hours},
		{Name: "联系电话", Say: u.Contact.Phone}, {Name: "传真", Say: u.Contact.Fax}, {Name: "电子邮箱", Say: u.Contact.Email}, {Name: "邮政编码", Say: u.Contact.Postcode},
	} {
		if f.Say != "" {
			facts = append(facts, f)
		}
	}
	return facts
}

func columnMeta(name, description, kind string) []ui.Meta {
	return []ui.Meta{{Name: "ColumnName", Content: name}, {Name: "ColumnDescription", Content: description},
		{Name: "ColumnKeywords", Content: strings.ReplaceAll(name, "、", ",")}, {Name: "ColumnType", Content: kind}}
}

// columnPage is one column of a unit.
type columnPage struct {
	ui.Portal
	Unit    org.Unit
	Column  publication.ColumnInfo
	Filters []ui.FilterGroup
	Contact []ui.Fact // the guide shows article 12's elements itself
	Duties  []string  // the column of organs shows the unit's own
	Leaders ui.Table
	Inner   ui.Table
	Results []ui.Result
	Pages   ui.Pages
	Empty   ui.Empty
}

const pageSize = 20

// lastPage is the number of the last page of a list.
func lastPage(total int) int { return max(1, (total+pageSize-1)/pageSize) }

func (p *Portal) column(w http.ResponseWriter, r *http.Request) error {
	return p.show(w, r, "column", func(v *view) (any, error) {
		u, err := v.unitOf()
		if err != nil {
			return nil, err
		}
		var info publication.ColumnInfo
		var columns []ui.Link
		filled, err := v.filled(u)
		if err != nil {
			return nil, err
		}
		for _, c := range publication.ColumnsFor(u.Kind) {
			here := string(c.Code) == r.PathValue("column")
			if here {
				info = c
			}
			if !here && !listed(u, c.Code) && !filled[c.Code] {
				continue
			}
			columns = append(columns, ui.Link{Text: c.Name, URL: columnURL(u.ID, c.Code), Current: here})
		}
		if info.Code == "" {
			return nil, fault.Say(fault.NotFound, sayNoColumn)
		}
		number := max(atoi(r.URL.Query().Get("page")), 1)
		filter := publication.Filter{Units: org.Under(u.ID), Unit: u.ID, Column: info.Code, Page: number, Size: pageSize, On: v.today}
		rows, total, err := publication.List(v.tx, filter)
		if err != nil {
			return nil, err
		}
		if len(rows) == 0 && total > 0 {
			number = lastPage(total)
			filter.Page = number
			if rows, _, err = publication.List(v.tx, filter); err != nil {
				return nil, err
			}
		}
		page := columnPage{
			Portal: v.frame(info.Name+"－"+u.Name, u, ui.Link{Text: u.Name, URL: unitURL(u.ID)}, ui.Link{Text: info.Name}),
			Unit:   u, Column: info, Filters: []ui.FilterGroup{{Title: "公开栏目", Links: columns, Open: true}},
			Results: v.results(rows), Pages: ui.NewPages(r.URL.RequestURI(), number, pageSize, int64(total), "条"),
			Empty: emptyColumn(u, info),
		}
		page.Description = u.Name + info.Name + "：" + info.Covers
		page.Meta = append(page.Meta, columnMeta(info.Name, info.Covers, info.Type)...)
		switch info.Code {
		case publication.GuideColumn:
			page.Contact = contactFacts(u)
		case "c02":
			page.organ(u)
		}
		return page, nil
	})
}

// filled tells in which columns of a unit there is something, also in those it lacks:
// what was published before stays where it is.
func (v *view) filled(u org.Unit) (map[publication.Column]bool, error) {
	filled := map[publication.Column]bool{}
	tallies, err := publication.Tallies(v.tx, org.Under(u.ID))
	for _, t := range tallies {
		filled[t.Column] = filled[t.Column] || (t.Unit == u.ID && t.N > 0)
	}
	return filled, err
}

// emptyColumn tells who finds nothing what will be here, who answers for it, and
// where to ask.
func emptyColumn(u org.Unit, c publication.ColumnInfo) ui.Empty {
	e := ui.Empty{Title: "这个栏目还没有内容", Links: []ui.Link{{Text: "依申请公开", URL: unitURL(u.ID) + "/apply"}, {Text: "返回" + u.Name, URL: unitURL(u.ID)}}}
	if !has(u, c.Code) {
		e.Title = "这个机关没有这方面的职责"
		e.Say = c.Covers + "由负有这项职责的机关公布。不清楚是哪个机关的，可以按机构查找，或者向" + u.Name + "询问"
		e.Links = []ui.Link{{Text: "按机构查找", URL: "/units"}, {Text: "返回" + u.Name, URL: unitURL(u.ID)}}
	} else {
		office := u.Contact.Office
		if office == "" {
			office = u.Name
		}
		e.Say = "这里将公布" + c.Covers + "，由" + office + "负责。急需的可以提出公开申请，也可以向" + u.Name + "询问"
	}
	if u.Contact.Phone != "" {
		e.Say += "，电话" + u.Contact.Phone
	}
	e.Say += "。"
	if u.Contact.Hours != "" {
		e.Say += "办公时间：" + u.Contact.Hours + "。"
	}
	return e
}

// organ puts what is known of the unit itself into its column of functions.
func (page *columnPage) organ(u org.Unit) {
	page.Contact = contactFacts(u)
	for line := range strings.Lines(u.Duties) {
		if line = strings.TrimSpace(line); line != "" {
			page.Duties = append(page.Duties, line)
		}
	}
	if len(u.Leaders) > 0 {
		page.Leaders = ui.Table{Caption: "负责人", Columns: []ui.Column{{Text: "姓名"}, {Text: "职务"}, {Text: "分工"}}}
		for _, l := range u.Leaders {
			page.Leaders.Rows = append(page.Leaders.Rows, ui.Row{Cells: []ui.Cell{{Text: l.Name}, {Text: l.Post}, {Text: l.Work}}})
		}
	}
	if len(u.Sections) > 0 {
		page.Inner = ui.Table{Caption: "内设机构", Columns: []ui.Column{{Text: "名称"}, {Text: "职责"}, {Text: "电话"}}}
		for _, s := range u.Sections {
			page.Inner.Rows = append(page.Inner.Rows, ui.Row{Cells: []ui.Cell{{Text: s.Name}, {Text: s.Duty}, {Text: s.Phone}}})
		}
	}
}
