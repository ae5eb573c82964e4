package console

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/org"
	"gongkai/publication"
	"gongkai/review"
	"gongkai/workday"
)

// A tab is one state of items in the list.
type tab struct {
	code, name string
	faces      []publication.Face
	works      []publication.Work
	empty, say string
}

var every = []publication.Face{publication.Unseen, publication.Public, publication.Kept, publication.Withdrawn, publication.Archived}

var tabs = []tab{
	{"all", "全部", every, nil, "还没有信息", "新建一条信息，或者调整筛选条件。"},
	{"draft", "草稿", every, []publication.Work{publication.Draft}, "没有草稿", "正在撰写的信息和被退回修改的信息会出现在这里。"},
	{"review", "审查中", every, []publication.Work{publication.InReview}, "没有正在审查的信息", "送审以后、审定以前的信息会出现在这里，可以看到走到了哪一级。"},
	{"cleared", "待发布", every, []publication.Work{publication.Ready}, "没有待发布的信息", "各级审查都已同意、等待手工发布的信息会出现在这里。"},
	{"scheduled", "定时", every, []publication.Work{publication.Scheduled}, "没有定时发布的信息", "预约了发布时间的信息会出现在这里，到时间自动发布。"},
	{"public", "已公开", []publication.Face{publication.Public, publication.Archived}, nil, "还没有公开的信息", "发布以后的信息会出现在这里，可以修改、撤回或者变更有效性。"},
	{"kept", "不主动公开", []publication.Face{publication.Kept}, nil, "没有不主动公开的信息", "审查确定为依申请公开或者不予公开的信息会出现在这里，连同依据和理由。"},
	{"withdrawn", "已撤回", []publication.Face{publication.Withdrawn}, nil, "没有撤回的信息", "撤回的信息会出现在这里，公众在原地址看到撤回的理由。"},
	{"archived", "已归档", []publication.Face{publication.Archived}, nil, "没有归档的信息", "移送并归档的信息会出现在这里，公众仍然可以阅读。"},
}

func (t tab) narrow(f *publication.Filter) { f.Faces, f.Works = t.faces, t.works }

func tabOf(code string) tab {
	for _, t := range tabs {
		if t.code == code {
			return t
		}
	}
	return tabs[0]
}

const itemsPerPage = 50

// itemFilter reads the filter of the items list from an address.
func itemFilter(q url.Values, scope org.Scope) publication.Filter {
	f := publication.Filter{
		Units: scope, Unit: org.ID(q.Get("unit")), Kind: publication.Kind(q.Get("kind")), Column: publication.Column(q.Get("column")),
		Words: q.Get("q"), Attribute: review.Attribute(q.Get("attribute")), Order: publication.Order(q.Get("order")), Size: itemsPerPage,
	}
	f.Year, _ = strconv.Atoi(q.Get("year"))
	f.Page, _ = strconv.Atoi(q.Get("page"))
	f.Page = max(f.Page, 1)
	switch f.Order {
	case "":
		f.Order = publication.Touched
	case "newest":
		f.Order = publication.Newest
	}
	if no := publication.TidyDocNo(f.Words); strings.Contains(no, "〔") && strings.HasSuffix(no, "号") {
		f.DocNo, f.Words = no, ""
	}
	tabOf(q.Get("tab")).narrow(&f)
	return f
}

func (c *Console) items(w http.ResponseWriter, r *http.Request) error {
	q, by := r.URL.Query(), actorOf(r)
	scope := by.Scope(identity.PublicationRead)
	t, f := tabOf(q.Get("tab")), itemFilter(q, scope)
	var p listPage
	err := c.read(r, func(tx *db.Tx) error {
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		p = listPage{Console: c.frame(w, r, tree, "信息列表"), FilterURL: Root + "/items"}
		rows, total, err := foundItems(tx, f, q.Get("mine"), by)
		if err != nil {
			return err
		}
		if err := retitle(tx, rows); err != nil {
			return err
		}
		p.Table = itemTable(t, rows, tree, r.URL, f, web.Now(r))
		p.Pages = ui.NewPages(r.URL.RequestURI(), f.Page, f.Size, int64(total), "条")
		p.Empty = ui.Empty{Title: t.empty, Say: t.say}
		if q.Get("q") != "" || q.Get("unit") != "" || q.Get("kind") != "" || q.Get("year") != "" || q.Get("attribute") != "" || q.Get("column") != "" {
			p.Empty = ui.Empty{Title: "没有符合条件的信息", Say: "可以少选几个条件，或者换一个状态。"}
			p.ClearURL = Root + "/items?tab=" + t.code
			p.Empty.Links = []ui.Link{{Text: "清除筛选", URL: p.ClearURL}}
		}
		years, err := publication.Years(tx, scope, "")
		if err != nil {
			return err
		}
		p.Filters = itemFilters(q, tree, scope, years)
		return nil
	})
	if err != nil {
		return err
	}
	switch q.Get("mine") {
	case "returned":
		p.Lead = "只列出我起草的、被退回修改的信息。"
	case "fresh":
		p.Lead = "只列出我起草的、还没有被退回过的草稿。"
	}
	p.Tabs.Label = "按状态查看"
	for _, one := range tabs {
		u, err := web.Query(r.URL.RequestURI(), "tab", one.code, "page", "", "mine", "")
		if err != nil {
			return err
		}
		p.Tabs.Links = append(p.Tabs.Links, ui.Link{Text: one.name, URL: u, Current: one.code == t.code})
	}
	p.Keep = []ui.Hidden{{Name: "tab", Value: t.code}}
	if by.CanAny(identity.PublicationDraft) {
		p.Links = append(p.Links, ui.Link{Text: "新建信息", URL: Root + "/new"})
	}
	p.Links = append(p.Links, ui.Link{Text: "导出表格", URL: Root + "/items.csv?" + r.URL.RawQuery})
	return c.show(w, r, "list", p)
}

// foundItems finds items of a filter. mine limits it to what somebody wrote on:
// "returned" to what was sent back to them, "fresh" to what was not.
func foundItems(tx *db.Tx, f publication.Filter, mine string, by identity.Actor) ([]publication.Row, int, error) {
	if mine == "" {
		return publication.List(tx, f)
	}
	work, err := publication.Working(tx, f.Units, f.Works, by.Person, 500)
	if err != nil {
		return nil, 0, err
	}
	var rows []publication.Row
	for _, w := range work {
		if mine != "all" {
			back, err := wasReturned(tx, w.ID)
			if err != nil {
				return nil, 0, err
			}
			if back != (mine == "returned") {
				continue
			}
		}
		w.Row.Title = w.Working
		rows = append(rows, w.Row)
	}
	total := len(rows)
	from := min((f.Page-1)*f.Size, total)
	return rows[from:min(from+f.Size, total)], total, nil
}

// retitle gives drafts that never were public the title they have now.
func retitle(tx *db.Tx, rows []publication.Row) error {
	for i, row := range rows {
		if row.Work != publication.Draft || row.Shown > 0 {
			continue
		}
		cp, err := publication.CopyOf(tx, row.ID)
		if err != nil {
			return err
		}
		rows[i].Title, rows[i].DocNo = cp.Content.Title, cp.Content.DocNo
	}
	return nil
}

func itemFilters(q url.Values, tree *org.Tree, scope org.Scope, years []int) []question {
	a := asker{web.NewForm(q)}
	all := func(say string, options []ui.Option) []ui.Option {
		return append([]ui.Option{{Value: "", Text: say}}, options...)
	}
	var yearOptions []ui.Option
	for _, y := range years {
		yearOptions = append(yearOptions, ui.Option{Value: strconv.Itoa(y), Text: strconv.Itoa(y) + "年"})
	}
	var columnOptions, attributeOptions []ui.Option
	for _, col := range allColumns() {
		columnOptions = append(columnOptions, ui.Option{Value: string(col.Code), Text: col.Name})
	}
	for _, at := range review.Attributes() {
		attributeOptions = append(attributeOptions, ui.Option{Value: string(at), Text: at.Name()})
	}
	return []question{
		a.ask("input", "q", "标题中的词", typed("search"), optionalQuietly),
		a.ask("select", "unit", "单位", choose(all("全部单位", scopeUnits(tree, scope))), optionalQuietly),
		a.ask("select", "kind", "类别", choose(all("全部类别", kindOptions())), optionalQuietly),
		a.ask("select", "column", "栏目", choose(all("全部栏目", columnOptions)), optionalQuietly),
		a.ask("select", "year", "发布年份", choose(all("全部年份", yearOptions)), optionalQuietly),
		a.ask("select", "attribute", "公开属性", choose(all("全部属性", attributeOptions)), optionalQuietly),
		a.ask("select", "order", "排序", choose([]ui.Option{{Value: "", Text: "最近办理"}, {Value: "newest", Text: "最近发布"}, {Value: "made", Text: "成文日期"}, {Value: "title", Text: "标题"}, {Value: "doc_no", Text: "文号"}}), optionalQuietly),
	}
}

// optionalQuietly is for filters, where nothing is ever required.
func optionalQuietly(*question) {}

// allColumns lists the columns of any unit, each once.
func allColumns() []publication.ColumnInfo {
	var out []publication.ColumnInfo
	seen := map[publication.Column]bool{}
	for _, k := range []org.Kind{org.Government, org.Department, org.Town} {
		for _, col := range publication.ColumnsFor(k) {
			if !seen[col.Code] {
				seen[col.Code] = true
				out = append(out, col)
			}
		}
	}
	return out
}

func kindOptions() []ui.Option {
	var out []ui.Option
	for _, k := range publication.Kinds() {
		out = append(out, ui.Option{Value: string(k.Code), Text: k.Name})
	}
	return out
}

func (c *Console) itemsCSV(w http.ResponseWriter, r *http.Request) error {
	by := actorOf(r)
	f := itemFilter(r.URL.Query(), by.Scope(identity.PublicationRead))
	f.Page, f.Size = 1, 10000
	rows := [][]string{{"索引号", "标题", "发文字号", "发文机关", "单位", "类别", "栏目", "公开属性", "成文日期", "首次发布", "有效性", "编辑状态", "公开状态"}}
	err := c.read(r, func(tx *db.Tx) error {
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		all, _, err := foundItems(tx, f, r.URL.Query().Get("mine"), by)
		if err != nil {
			return err
		}
		if err := retitle(tx, all); err != nil {
			return err
		}
		today := workday.Today(tx.Now)
		for _, row := range all {
			col, _ := publication.ColumnOf(row.Column)
			rows = append(rows, []string{string(row.IndexNo), row.Title, row.DocNo, row.Issuer, tree.Name(row.Unit), row.Kind.Name(), col.Name, row.Attribute.Name(),
				row.Made.String(), web.Date(row.Published), row.ValidityOn(today).Name(), row.Work.Name(), row.Face.Name()})
		}
		return nil
	})
	if err != nil {
		return err
	}
	return sendCSV(w, r, "信息列表.csv", rows)
}
