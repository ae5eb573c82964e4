package portal

import (
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/org"
	"gongkai/publication"
)

// policiesPage is the policy library. Its whole state stands in the address.
type policiesPage struct {
	ui.Portal
	Form    *web.Form
	Hidden  []ui.Hidden // the other filters, kept when words are typed
	Kinds   ui.Tabs
	Chosen  []ui.Link // what is filtered by; each link takes it back
	Filters []ui.FilterGroup
	Sorts   []ui.Link
	Results []ui.Result
	Pages   ui.Pages
	Empty   ui.Empty
}

// libraryKinds are the kinds of documents the library holds.
var libraryKinds = []publication.Kind{publication.Policy, publication.Interpretation, publication.Rule}

var policySorts = []struct {
	code, name string
	order      publication.Order
}{
	{"", "按发布日期", publication.Newest}, {"made", "按成文日期", publication.MadeLast}, {"no", "按文号", publication.ByDocNo},
}

func (p *Portal) policies(w http.ResponseWriter, r *http.Request) error {
	return p.show(w, r, "policies", func(v *view) (any, error) {
		l := v.library()
		root := v.root
		if l.unit.ID != "" {
			root = l.unit
		}
		page := policiesPage{Portal: v.frame("政策文件库", root, ui.Link{Text: "政策文件库"}), Form: web.NewForm(map[string][]string{"q": {l.filter.Words}, "no": {l.no}})}
		page.Description = v.root.Name + "及所属机关公开的政策文件，可按机关、年份、主题和有效性查找。"
		page.Meta = append(page.Meta, columnMeta("政策文件库", "政策文件、政策解读和公开制度", "政策文件")...)
		page.NoIndex = r.URL.RawQuery != ""
		rows, total, err := publication.List(v.tx, l.filter)
		if err != nil {
			return nil, err
		}
		if len(rows) == 0 && total > 0 { // beyond the end: the last page helps more than none
			l.filter.Page = lastPage(total)
			if rows, _, err = publication.List(v.tx, l.filter); err != nil {
				return nil, err
			}
		}
		facets, err := publication.FacetsOf(v.tx, l.filter)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			page.Results = append(page.Results, l.result(v, row))
		}
		page.Pages = ui.NewPages(l.at(), l.filter.Page, pageSize, int64(total), "件")
		page.Kinds = l.kinds(facets)
		page.Filters = l.groups(v, facets)
		page.Chosen = l.chosen(v)
		page.Hidden = l.hidden()
		for _, s := range policySorts {
			page.Sorts = append(page.Sorts, ui.Link{Text: s.name, URL: l.at("sort", s.code), Current: s.order == l.filter.Order})
		}
		page.Empty = l.empty()
		return page, nil
	})
}

// library is one question to the policy library.
type library struct {
	filter publication.Filter
	unit   org.Unit
	no     string // 文号 as it was typed
	query  map[string]string
}

// library reads the question out of the address. What cannot be understood does
// not filter and leaves the address.
func (v *view) library() library {
	q := v.r.URL.Query()
	l := library{query: map[string]string{}, filter: publication.Filter{Units: org.Everything(), Kind: publication.Policy, Size: pageSize, On: v.today}}
	set := func(name, value string) { l.query[name] = value }
	if k := publication.Kind(q.Get("kind")); slices.Contains(libraryKinds, k) && k != publication.Policy {
		l.filter.Kind = k
		set("kind", string(k))
	}
	if u, err := v.tree.Get(org.ID(q.Get("unit"))); err == nil && u.Active {
		l.unit, l.filter.Unit = u, u.ID
		set("unit", string(u.ID))
	}
	if y := atoi(q.Get("year")); y > 1948 && y < 10000 {
		l.filter.Year = y
		set("year", strconv.Itoa(y))
	}
	if t := publication.Theme(q.Get("theme")); t.Name() != "" {
		l.filter.Theme = t
		set("theme", string(t))
	}
	if val := publication.Validity(q.Get("validity")); val.Name() != "" {
		l.filter.Validity = val
		set("validity", string(val))
	}
	if words := typed(q.Get("q")); words != "" {
		l.filter.Words = words
		set("q", words)
	}
	if no := typed(q.Get("no")); no != "" {
		l.no, l.filter.DocNo = no, publication.TidyDocNo(no)
		set("no", no)
	}
	for _, s := range policySorts {
		if s.code != "" && s.code == q.Get("sort") {
			l.filter.Order = s.order
			set("sort", s.code)
		}
	}
	l.filter.Page = min(max(atoi(q.Get("page")), 1), 100_000)
	return l
}

// mostTyped is how many characters of a field are read.
const mostTyped = 100

// typed makes one line of what somebody typed.
func typed(s string) string {
	s = strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if r < 0x20 || r == 0x7f || r == '\ufffd' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, " "))), " ")
	if runes := []rune(s); len(runes) > mostTyped {
		return string(runes[:mostTyped])
	}
	return s
}

// at is the address of the library with names and values changed; the page
// number goes with every change.
func (l library) at(pairs ...string) string { return address("/policies", l.query, pairs...) }

// address writes a path with the values of a query, in the order of their names.
func address(path string, query map[string]string, pairs ...string) string {
	all := make([]any, 0, 2*(len(query)+len(pairs)))
	for name, value := range query {
		all = append(all, name, value)
	}
	for _, p := range pairs {
		all = append(all, p)
	}
	u, err := web.Query(path, all...)
	if err != nil {
		return path
	}
	return u
}

func (l library) kinds(f publication.Facets) ui.Tabs {
	t := ui.Tabs{Label: "文件种类"}
	for _, k := range libraryKinds {
		code := string(k)
		if k == publication.Policy {
			code = ""
		}
		t.Links = append(t.Links, ui.Link{Text: k.Name(), URL: l.at("kind", code), Current: l.filter.Kind == k, Count: web.Count(int64(f.Kinds[k]))})
	}
	return t
}

// groups are the filters beside the list. A choice that would bring nothing is
// left out, but never the one that is made.
func (l library) groups(v *view, f publication.Facets) []ui.FilterGroup {
	group := func(title, name string) ui.FilterGroup {
		g := ui.FilterGroup{Title: title, Open: v.unfolded()}
		if l.query[name] != "" {
			g.ClearURL = l.at(name, "")
		}
		return g
	}
	add := func(g *ui.FilterGroup, name, value, text string, n int) {
		current := l.query[name] == value
		if n > 0 || current {
			g.Links = append(g.Links, ui.Link{Text: text, URL: l.at(name, value), Current: current, Count: web.Count(int64(n))})
		}
	}
	validity := group("有效性", "validity")
	for _, val := range publication.Validities() {
		add(&validity, "validity", string(val), val.Name(), f.Validities[val])
	}
	years := group("年份", "year")
	all := make([]int, 0, len(f.Years)+1)
	for y := range f.Years {
		all = append(all, y)
	}
	if l.filter.Year != 0 && f.Years[l.filter.Year] == 0 {
		all = append(all, l.filter.Year)
	}
	slices.Sort(all)
	slices.Reverse(all)
	for _, y := range slices.Compact(all) {
		add(&years, "year", strconv.Itoa(y), strconv.Itoa(y)+"年", f.Years[y])
	}
	units := group("发布机关", "unit")
	for _, u := range v.tree.All() {
		add(&units, "unit", string(u.ID), u.Name, f.Units[u.ID])
	}
	themes := group("主题", "theme")
	for _, t := range publication.Themes() {
		add(&themes, "theme", string(t.Code), t.Name, f.Themes[t.Code])
	}
	return slices.DeleteFunc([]ui.FilterGroup{validity, years, units, themes}, func(g ui.FilterGroup) bool { return len(g.Links) == 0 })
}

// chosen names each filter that is on, with the address without it.
func (l library) chosen(v *view) []ui.Link {
	var out []ui.Link
	add := func(name, text string) {
		if l.query[name] != "" {
			out = append(out, ui.Link{Text: text, URL: l.at(name, "")})
		}
	}
	add("q", "标题含“"+l.filter.Words+"”")
	add("no", "文号“"+l.filter.DocNo+"”")
	add("validity", l.filter.Validity.Name())
	add("year", strconv.Itoa(l.filter.Year)+"年")
	add("unit", v.tree.Name(l.filter.Unit))
	add("theme", l.filter.Theme.Name())
	return out
}

// hidden keeps the other filters when the form with the words is sent.
func (l library) hidden() []ui.Hidden {
	var out []ui.Hidden
	for _, name := range []string{"kind", "sort", "theme", "unit", "validity", "year"} {
		if l.query[name] != "" {
			out = append(out, ui.Hidden{Name: name, Value: l.query[name]})
		}
	}
	return out
}

// result is a line of the list with the one reason why it stands there.
func (l library) result(v *view, row publication.Row) ui.Result {
	r := v.result(row)
	r.Snippet = escape(cut(row.Summary, 90))
	var why []string
	if l.no != "" {
		why = append(why, "文号完全一致")
		r.DocNo = "<mark>" + r.DocNo + "</mark>"
	}
	if l.filter.Words != "" {
		why = append(why, "标题中有“"+l.filter.Words+"”")
		r.Title = markIn(row.Title, l.filter.Words)
	}
	r.Why = strings.Join(why, "，")
	return r
}

// markIn marks where words stand in a text. The database compares without
// regard to the case of letters, so this does too.
func markIn(text, words string) template.HTML {
	at := strings.Index(strings.ToLower(text), strings.ToLower(words))
	if at < 0 || len(strings.ToLower(text)) != len(text) || at+len(words) > len(text) {
		return escape(text)
	}
	return escape(text[:at]) + "<mark>" + escape(text[at:at+len(words)]) + "</mark>" + escape(text[at+len(words):])
}

// empty helps on when nothing was found.
func (l library) empty() ui.Empty {
	e := ui.Empty{Title: "没有找到符合条件的文件", Say: "可以取消一部分条件，或者在全部公开信息的正文和附件中查找。"}
	if words := strings.TrimSpace(l.no + " " + l.filter.Words); words != "" {
		e.Links = append(e.Links, ui.Link{Text: "在正文和附件中查找“" + words + "”", URL: address("/search", map[string]string{"q": words})})
	}
	e.Links = append(e.Links, ui.Link{Text: "查看全部文件", URL: "/policies"}, ui.Link{Text: "依申请公开", URL: "/apply"})
	return e
}
