package portal

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/org"
	"gongkai/publication"
	"gongkai/search"
	"gongkai/workday"
)

// searchPage is the search over text and attachments of everything public.
type searchPage struct {
	ui.Portal
	Asked     string
	Form      *web.Form // the dates
	Hidden    []ui.Hidden
	DatesOpen bool
	Listing   bool // something was asked for: words or a filter
	Relaxed   bool
	Wide      *ui.Link // the same question without the filter on the unit
	Chosen    []ui.Link
	Filters   []ui.FilterGroup
	Sorts     []ui.Link
	Results   []ui.Result
	Pages     ui.Pages
	Empty     ui.Empty
	Tips      []tip
}

// tip teaches one way of asking.
type tip struct {
	Text string
	Link ui.Link
}

func (p *Portal) search(w http.ResponseWriter, r *http.Request) error {
	return p.show(w, r, "search", func(v *view) (any, error) {
		s := v.question()
		title, around := "检索", v.root
		if s.find.Text != "" {
			title = s.find.Text + "－检索"
		}
		if s.unit.ID != "" {
			around = s.unit
		}
		page := searchPage{Portal: v.frame(title, around, ui.Link{Text: "检索"}), Asked: s.find.Text, Listing: len(s.query) > 0}
		page.Searched, page.NoIndex, page.BigSearch = s.find.Text, true, true
		page.SearchHidden = s.hidden("q")
		page.Hidden = s.hidden("from", "to")
		page.Form = web.NewForm(map[string][]string{"from": {s.find.From}, "to": {s.find.To}})
		page.DatesOpen = v.unfolded()
		page.Chosen = s.chosen()
		if !page.Listing {
			var err error
			page.Tips, err = v.tips()
			return page, err
		}
		res, err := search.Find(v.tx, s.find)
		if err != nil {
			return nil, err
		}
		if len(res.Hits) == 0 && res.Total > 0 {
			s.find.Page = res.Pages()
			if res, err = search.Find(v.tx, s.find); err != nil {
				return nil, err
			}
		}
		page.Relaxed = res.Relaxed
		for _, h := range res.Hits {
			page.Results = append(page.Results, s.result(v, h))
		}
		page.Pages = ui.NewPages(s.at(), res.Page, res.Size, int64(res.Total), "条")
		page.Filters = s.groups(v, res.Facets)
		for _, o := range []struct{ code, name string }{{"", "相关程度"}, {"newest", "最新在前"}, {"oldest", "最早在前"}} {
			if o.code != "" || s.find.Text != "" {
				page.Sorts = append(page.Sorts, ui.Link{Text: o.name, URL: s.at("sort", o.code), Current: string(s.find.Sort) == o.code})
			}
		}
		if s.unit.ID != "" {
			page.Wide = &ui.Link{Text: "在全部机关中检索", URL: s.at("unit", "")}
		}
		page.Empty = s.empty()
		return page, nil
	})
}

// question is one question to the search.
type question struct {
	find  search.Query
	unit  org.Unit
	query map[string]string
}

// question reads the address. What cannot be understood does not filter.
func (v *view) question() question {
	q := v.r.URL.Query()
	s := question{query: map[string]string{}, find: search.Query{Units: org.Everything(), Size: pageSize}}
	set := func(name, value string) string {
		if value != "" {
			s.query[name] = value
		}
		return value
	}
	s.find.Text = set("q", typed(q.Get("q")))
	if u, err := v.tree.Get(org.ID(q.Get("unit"))); err == nil && u.Active {
		s.unit, s.find.Units = u, org.Under(u.ID)
		set("unit", string(u.ID))
	}
	if k, ok := publication.KindOf(publication.Kind(q.Get("kind"))); ok {
		s.find.Kind = set("kind", string(k.Code))
	}
	if y := atoi(q.Get("year")); y > 1948 && y < 10000 {
		s.find.Year = y
		set("year", strconv.Itoa(y))
	}
	if val := publication.Validity(q.Get("validity")); val.Name() != "" {
		s.find.Validity = set("validity", string(val))
	}
	if t := publication.Theme(q.Get("theme")); t.Name() != "" {
		s.find.Theme = set("theme", string(t))
	}
	if c, ok := publication.ColumnOf(publication.Column(q.Get("column"))); ok {
		s.find.Column = set("column", string(c.Code))
	}
	for name, to := range map[string]*string{"from": &s.find.From, "to": &s.find.To} {
		if d, err := workday.ParseDate(strings.TrimSpace(q.Get(name))); err == nil {
			*to = set(name, d.String())
		}
	}
	if o := search.Sort(q.Get("sort")); o == search.Newest || o == search.Oldest {
		s.find.Sort = search.Sort(set("sort", string(o)))
	}
	s.find.Page = min(max(atoi(q.Get("page")), 1), 100_000)
	return s
}

func (s question) at(pairs ...string) string { return address("/search", s.query, pairs...) }

func (s question) hidden(without ...string) []ui.Hidden {
	var out []ui.Hidden
	for _, name := range []string{"column", "from", "kind", "q", "sort", "theme", "to", "unit", "validity", "year"} {
		if s.query[name] != "" && !slices.Contains(without, name) {
			out = append(out, ui.Hidden{Name: name, Value: s.query[name]})
		}
	}
	return out
}

func (s question) chosen() []ui.Link {
	var out []ui.Link
	add := func(name, text string) {
		if s.query[name] != "" {
			out = append(out, ui.Link{Text: text, URL: s.at(name, "")})
		}
	}
	column, _ := publication.ColumnOf(publication.Column(s.find.Column))
	add("unit", s.unit.Name)
	add("kind", publication.Kind(s.find.Kind).Name())
	add("year", strconv.Itoa(s.find.Year)+"年")
	add("validity", publication.Validity(s.find.Validity).Name())
	add("theme", publication.Theme(s.find.Theme).Name())
	add("column", column.Name)
	add("from", s.find.From+" 以后")
	add("to", s.find.To+" 以前")
	return out
}

func (s question) groups(v *view, f search.Facets) []ui.FilterGroup {
	group := func(title, name string, counts []search.Count, text func(string) string) ui.FilterGroup {
		g := ui.FilterGroup{Title: title, Open: v.unfolded()}
		if s.query[name] != "" {
			g.ClearURL = s.at(name, "")
		}
		for _, c := range counts {
			if t := text(c.Value); t != "" {
				g.Links = append(g.Links, ui.Link{Text: t, URL: s.at(name, c.Value), Current: s.query[name] == c.Value, Count: web.Count(int64(c.N))})
			}
		}
		return g
	}
	all := []ui.FilterGroup{
		group("类别", "kind", f.Kinds, func(c string) string { return publication.Kind(c).Name() }),
		group("年份", "year", f.Years, func(c string) string { return c + "年" }),
		group("有效性", "validity", f.Validities, func(c string) string { return publication.Validity(c).Name() }),
		group("发布机关", "unit", f.Units, func(c string) string { return v.tree.Name(org.ID(c)) }),
	}
	return slices.DeleteFunc(all, func(g ui.FilterGroup) bool { return len(g.Links) == 0 })
}

// result is a hit as a line, with the reason where the marks do not tell it.
func (s question) result(v *view, h search.Hit) ui.Result {
	r := ui.Result{Title: h.Title, URL: itemURL(publication.ItemID(h.ID)), DocNo: escape(h.DocNo), Date: h.Published, Unit: h.UnitName,
		Kind: publication.Kind(h.Kind).Name(), State: stateOf(publication.Validity(h.Validity)), Snippet: h.Snippet}
	if h.DocNo != "" && h.DocNo == publication.TidyDocNo(s.find.Text) {
		r.Why, r.DocNo = "文号完全一致", "<mark>"+r.DocNo+"</mark>"
	} else if h.Attachment != "" {
		r.Why = "附件《" + h.Attachment + "》中的内容"
	}
	return r
}

func (s question) empty() ui.Empty {
	e := ui.Empty{Title: "没有找到相关信息", Say: "可以换一个更短的词，或者取消一部分条件。没有公开的信息，可以向有关机关申请。"}
	if s.find.Text != "" && len(s.query) > 1 {
		e.Links = append(e.Links, ui.Link{Text: "只按“" + s.find.Text + "”检索", URL: address("/search", map[string]string{"q": s.find.Text})})
	}
	e.Links = append(e.Links, ui.Link{Text: "政策文件库", URL: "/policies"}, ui.Link{Text: "依申请公开", URL: "/apply"})
	return e
}

// tips teach how to ask, with questions that find something here.
func (v *view) tips() ([]tip, error) {
	rows, _, err := publication.List(v.tx, publication.Filter{Units: org.Everything(), Kind: publication.Policy, Size: 20})
	if err != nil {
		return nil, err
	}
	ask := func(s string) ui.Link { return ui.Link{Text: s, URL: address("/search", map[string]string{"q": s})} }
	tips := []tip{
		{"输入几个词，中间用空格隔开，找同时有这几个词的信息：", ask("养老 补贴")},
		{"加上引号，找一字不差的说法：", ask("“义务教育”")},
		{"前面加减号，去掉不要的内容：", ask("招聘 -结果")},
		{"输入日期，找写有这一天的信息：", ask(v.today.AddDays(-30).Chinese())},
	}
	for _, row := range rows {
		if row.DocNo != "" {
			tips = slices.Insert(tips, 1, tip{"输入文号，括号用哪一种都可以：", ask(strings.NewReplacer("〔", "(", "〕", ")").Replace(row.DocNo))})
			break
		}
	}
	return tips, nil
}
