package console

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"gongkai/identity"
	"gongkai/internal/fault"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/org"
	"gongkai/publication"
	"gongkai/workday"
)

// detailPage shows one record of the administration.
type detailPage struct {
	ui.Console
	State  *ui.State
	Facts  []ui.Fact
	Tables []ui.Table
	Text   string // a longer text, shown as it is
	Acts   []ui.Act
	Past   []ui.Event
}

func (c *Console) units(w http.ResponseWriter, r *http.Request) error {
	by := actorOf(r)
	tree, err := c.tree(r)
	if err != nil {
		return err
	}
	p := listPage{Console: c.frame(w, r, tree, "机构")}
	scope := by.Scope(identity.OrgRead)
	p.Table = ui.Table{Caption: "机构", Walk: true, Columns: []ui.Column{{Text: "名称"}, {Text: "类别"}, {Text: "上级"}, {Text: "公开工作机构电话"}, {Text: "状态"}}}
	for _, l := range inTree(tree, scope) {
		u := l.unit
		state := &ui.State{Kind: ui.Good, Say: "在用"}
		if !u.Active {
			state = &ui.State{Kind: ui.Mute, Say: "已停用"}
		}
		parent := "—"
		if u.Parent != "" {
			parent = tree.Name(u.Parent)
		}
		phone := u.Contact.Phone
		if phone == "" {
			phone = "未登记"
		}
		p.Table.Rows = append(p.Table.Rows, ui.Row{Cells: []ui.Cell{{Text: u.Name, URL: Root + "/units/" + string(u.ID)}, {Text: u.Kind.Name()}, {Text: parent}, {Text: phone}, {State: state}}})
	}
	p.Pages = ui.NewPages(r.URL.RequestURI(), 1, max(len(p.Table.Rows), 1), int64(len(p.Table.Rows)), "个")
	p.Empty = ui.Empty{Title: "没有机构", Say: "您的角色没有覆盖任何机构。"}
	if by.CanAny(identity.OrgEdit) {
		p.Links = []ui.Link{{Text: "增加机构", URL: Root + "/units/new"}}
	}
	return c.show(w, r, "list", p)
}

// A leaf is a unit with how deep it stands in what is shown.
type leaf struct {
	unit  org.Unit
	depth int
}

// inTree lists the units of a scope, each followed by those below it.
func inTree(tree *org.Tree, scope org.Scope) []leaf {
	below := map[org.ID][]org.Unit{}
	var tops []org.Unit
	for _, u := range tree.All() {
		switch {
		case !tree.Covers(scope, u.ID):
		case u.Parent != "" && tree.Covers(scope, u.Parent):
			below[u.Parent] = append(below[u.Parent], u)
		default:
			tops = append(tops, u)
		}
	}
	var out []leaf
	var add func(u org.Unit, depth int)
	add = func(u org.Unit, depth int) {
		out = append(out, leaf{u, depth})
		for _, child := range below[u.ID] {
			add(child, depth+1)
		}
	}
	for _, u := range tops {
		add(u, 0)
	}
	return out
}

// unitOf reads a unit within the scope of a right.
func (c *Console) unitOf(r *http.Request, rights ...identity.Right) (org.Unit, *org.Tree, error) {
	tree, err := c.tree(r)
	if err != nil {
		return org.Unit{}, nil, err
	}
	u, err := tree.Get(org.ID(r.PathValue("unit")))
	if err != nil {
		return u, tree, err
	}
	for _, right := range rights {
		if err = actorOf(r).Check(right, u.ID); err == nil {
			return u, tree, nil
		}
	}
	return u, tree, err
}

func (c *Console) unit(w http.ResponseWriter, r *http.Request) error {
	u, tree, err := c.unitOf(r, identity.OrgRead)
	if err != nil {
		return err
	}
	by := actorOf(r)
	p := detailPage{Console: c.frame(w, r, tree, u.Name, ui.Link{Text: "机构", URL: Root + "/units"})}
	if !u.Active {
		p.State = &ui.State{Kind: ui.Mute, Say: "已停用"}
	}
	template, example := templateExample(tree, u, web.Now(r).In(beijing).Year())
	p.Facts = []ui.Fact{
		{Name: "简称", Say: u.Short}, {Name: "类别", Say: u.Kind.Name()}, {Name: "代码", Say: string(u.ID)}, {Name: "上级", Say: parentName(tree, u)},
		{Name: "发文代字", Say: u.Code}, {Name: "信用代码", Say: u.USCC}, {Name: "索引号规则", Say: template, Wide: true}, {Name: "索引号样例", Say: example, Wide: true},
		{Name: "工作机构", Say: u.Contact.Office}, {Name: "电话", Say: u.Contact.Phone}, {Name: "地址", Say: u.Contact.Address, Wide: true}, {Name: "办公时间", Say: u.Contact.Hours},
		{Name: "传真", Say: u.Contact.Fax}, {Name: "电子邮箱", Say: u.Contact.Email}, {Name: "邮政编码", Say: u.Contact.Postcode}, {Name: "主要职能", Say: u.Duties, Wide: true},
		{Name: "没有的栏目", Say: lacking(u), Wide: true},
	}
	if len(u.Leaders) > 0 {
		t := ui.Table{Caption: "领导信息", Columns: []ui.Column{{Text: "姓名"}, {Text: "职务"}, {Text: "分工"}}}
		for _, l := range u.Leaders {
			t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: l.Name}, {Text: l.Post}, {Text: l.Work}}})
		}
		p.Tables = append(p.Tables, t)
	}
	if len(u.Sections) > 0 {
		t := ui.Table{Caption: "内设机构", Columns: []ui.Column{{Text: "名称"}, {Text: "职责"}, {Text: "电话"}}}
		for _, s := range u.Sections {
			t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: s.Name}, {Text: s.Duty}, {Text: s.Phone}}})
		}
		p.Tables = append(p.Tables, t)
	}
	if by.Can(identity.OrgDescribe, u.ID) || by.Can(identity.OrgEdit, u.ID) {
		p.Acts = append(p.Acts, ui.Act{Title: "修改资料", Say: "联系方式、职能、领导、内设机构会显示在公开网站上。", URL: Root + "/units/" + string(u.ID) + "/edit", Kind: "primary"})
	}
	if by.Can(identity.PublicationRead, u.ID) {
		p.Acts = append(p.Acts, ui.Act{Title: "查看这个单位的信息", URL: Root + "/items?unit=" + string(u.ID)})
	}
	if by.CanAny(identity.PeopleRead) {
		p.Acts = append(p.Acts, ui.Act{Title: "查看这个单位的人员", URL: Root + "/people?unit=" + string(u.ID)})
	}
	return c.show(w, r, "detail", p)
}

// lacking names the columns a unit has no duty in.
func lacking(u org.Unit) string {
	own := publication.ColumnsOf(u)
	var names []string
	for _, c := range publication.ColumnsFor(u.Kind) {
		if !slices.Contains(own, c) {
			names = append(names, c.Name)
		}
	}
	return strings.Join(names, "、")
}

func parentName(tree *org.Tree, u org.Unit) string {
	if u.Parent == "" {
		return "无"
	}
	return tree.Name(u.Parent)
}

// templateExample is the template in force for a unit and what a number made
// with it looks like.
func templateExample(tree *org.Tree, u org.Unit, year int) (string, string) {
	t := publication.IndexTemplate(tree.Inherited(u.ID, func(u org.Unit) string { return u.IndexTemplate }))
	if u.IndexTemplate != "" {
		t = publication.IndexTemplate(u.IndexTemplate)
	}
	if t == "" {
		t = publication.DefaultIndexTemplate
	}
	if err := t.Check(); err != nil {
		return string(t), fault.Sentence(err)
	}
	return string(t), exampleOf(string(t), u, year)
}

// exampleOf fills a template as the first number of a year would.
func exampleOf(t string, u org.Unit, year int) string {
	y := strconv.Itoa(year)
	uscc := u.USCC
	if uscc == "" {
		uscc = "（统一社会信用代码）"
	}
	organ := uscc
	if len(u.USCC) == 18 {
		organ = u.USCC[8:17]
	}
	out := strings.NewReplacer("{uscc}", uscc, "{org}", organ, "{region}", u.Region, "{unit}", string(u.ID), "{category}", "003001", "{yyyy}", y, "{yyyymm}", y+"01").Replace(t)
	if i := strings.Index(out, "{serial:"); i >= 0 {
		width, err := strconv.Atoi(strings.TrimSuffix(out[i+len("{serial:"):], "}"))
		if err == nil && width > 0 {
			out = out[:i] + strings.Repeat("0", width-1) + "1"
		}
	}
	return out
}

var unitKinds = []org.Kind{org.Government, org.Office, org.Department, org.Town, org.Platform}

// fillUnit puts a unit into a form.
func fillUnit(f *web.Form, u org.Unit) {
	f.Set("id", string(u.ID)).Set("parent", string(u.Parent)).Set("kind", string(u.Kind)).Set("name", u.Name).Set("short", u.Short).Set("code", u.Code)
	f.Set("uscc", u.USCC).Set("region", u.Region).Set("site_code", u.SiteCode).Set("domain", u.Domain).Set("index_template", u.IndexTemplate).Set("order", strconv.Itoa(u.Order))
	f.Set("office", u.Contact.Office).Set("address", u.Contact.Address).Set("hours", u.Contact.Hours).Set("phone", u.Contact.Phone).Set("fax", u.Contact.Fax).Set("email", u.Contact.Email).Set("postcode", u.Contact.Postcode)
	f.Set("duties", u.Duties)
	var leaders, sections []string
	for _, l := range u.Leaders {
		leaders = append(leaders, l.Name+"｜"+l.Post+"｜"+l.Work)
	}
	for _, s := range u.Sections {
		sections = append(sections, s.Name+"｜"+s.Duty+"｜"+s.Phone)
	}
	var columns []string
	for _, c := range publication.ColumnsOf(u) {
		columns = append(columns, string(c.Code))
	}
	f.Set("columns", columns...)
	f.Set("leaders", strings.Join(leaders, "\n")).Set("sections", strings.Join(sections, "\n"))
	if u.Active {
		f.Set("active", "1")
	}
}

// unitFrom takes over what a form says. Without the right to edit units only the
// description changes.
func unitFrom(f *web.Form, u org.Unit, edit bool) org.Unit {
	if edit {
		u.Parent, u.Kind, u.Name, u.Short, u.Code = org.ID(f.Text("parent")), org.Kind(f.Text("kind")), f.Text("name"), f.Text("short"), f.Text("code")
		u.USCC, u.Region, u.SiteCode, u.Domain, u.IndexTemplate = f.Text("uscc"), f.Text("region"), f.Text("site_code"), f.Text("domain"), f.Text("index_template")
		u.Order, u.Active = int(f.Int("order")), f.Ticked("active", "1")
		if t := publication.IndexTemplate(u.IndexTemplate); t != "" {
			if err := t.Check(); err != nil {
				f.Problem("index_template", fault.Sentence(err))
			}
		}
	}
	u.Contact = org.Contact{Office: f.Text("office"), Address: f.Text("address"), Hours: f.Text("hours"), Phone: f.Text("phone"), Fax: f.Text("fax"), Email: f.Text("email"), Postcode: f.Text("postcode")}
	u.Duties = f.Text("duties")
	u.Leaders, u.Sections = nil, nil
	for _, l := range parts(f.Text("leaders")) {
		u.Leaders = append(u.Leaders, org.Leader{Name: l[0], Post: l[1], Work: l[2]})
	}
	for _, s := range parts(f.Text("sections")) {
		u.Sections = append(u.Sections, org.Section{Name: s[0], Duty: s[1], Phone: s[2]})
	}
	return u
}

// withoutFrom are the columns that were asked about for a unit of a kind, and not
// ticked.
func withoutFrom(f *web.Form, k org.Kind) (without []string) {
	for _, c := range publication.ColumnsFor(k) {
		if c.Code.MayLack() && !f.Ticked("columns", string(c.Code)) {
			without = append(without, string(c.Code))
		}
	}
	return without
}

// arranges tells whether somebody may say which columns a unit has.
func arranges(by identity.Actor, unit org.ID) bool {
	return by.Can(identity.PublicationArrange, unit) || by.Can(identity.OrgEdit, unit)
}

// columnsToChoose are the columns of a unit, and the one that is chosen already.
func columnsToChoose(u org.Unit, chosen publication.Column) []publication.ColumnInfo {
	own := publication.ColumnsOf(u)
	return slices.DeleteFunc(publication.ColumnsFor(u.Kind), func(c publication.ColumnInfo) bool {
		return c.Code != chosen && !slices.Contains(own, c)
	})
}

// parts reads lines of three columns with a bar between them.
func parts(text string) [][3]string {
	var out [][3]string
	for _, line := range strings.Split(text, "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		var row [3]string
		for i, s := range strings.SplitN(strings.ReplaceAll(line, "|", "｜"), "｜", 3) {
			row[i] = strings.TrimSpace(s)
		}
		out = append(out, row)
	}
	return out
}

func (c *Console) unitForm(w http.ResponseWriter, r *http.Request, tree *org.Tree, f *web.Form, u org.Unit, fresh bool) formPage {
	by := actorOf(r)
	title := "修改" + u.Name
	back := Root + "/units/" + string(u.ID)
	action := back + "/edit"
	if fresh {
		title, back, action = "增加机构", Root+"/units", Root+"/units/new"
	}
	p := formPage{Console: c.frame(w, r, tree, title, ui.Link{Text: "机构", URL: Root + "/units"}), Form: f, Action: action, Button: "保存", Back: back}
	a := asker{f}
	if fresh || by.Can(identity.OrgEdit, u.ID) {
		var kinds []ui.Option
		for _, k := range unitKinds {
			kinds = append(kinds, ui.Option{Value: string(k), Text: k.Name()})
		}
		parents := append([]ui.Option{{Value: "", Text: "没有上级"}}, scopeUnits(tree, by.Scope(identity.OrgRead))...)
		_, example := templateExample(tree, unitFrom(f, u, true), workday.Today(web.Now(r)).Year())
		g := group{Title: "机构"}
		if fresh {
			g.Questions = append(g.Questions, a.ask("input", "id", "代码", narrow(12), hint("小写字母、数字和短横线，如 mj-jyj。会出现在网址里，以后不能改。")))
		}
		g.Questions = append(g.Questions,
			a.ask("input", "name", "全称", hint("与印章一致。")), a.ask("input", "short", "简称", narrow(12)),
			a.ask("select", "kind", "类别", choose(kinds), narrow(12)), a.ask("select", "parent", "上级", choose(parents)),
			a.ask("input", "code", "发文代字", narrow(12), optional, hint("如：明教发。有几个的用顿号隔开。")), a.ask("input", "uscc", "统一社会信用代码", narrow(20), optional),
			a.ask("input", "region", "行政区划代码", narrow(8), optional), a.ask("input", "site_code", "网站标识码", narrow(12), optional), a.ask("input", "domain", "域名", narrow(20), optional),
			a.ask("input", "index_template", "索引号规则", optional, hint("不填则沿用上级的规则。例如 {uscc}/{yyyy}-{serial:5}。按现在的内容，第一个号码是："+example)),
			a.ask("input", "order", "排列次序", narrow(4), typed("number"), optional),
			a.ask("checks", "active", "状态", choose([]ui.Option{{Value: "1", Text: "在用", Hint: "停用的机构不再出现在列表里，已公开的信息保留。"}}), optional))
		p.Groups = append(p.Groups, g)
		p.Other = "看看索引号样例"
	}
	p.Groups = append(p.Groups,
		group{Title: "政府信息公开工作机构", Say: "公开指南必须包括这些内容（条例第十二条）。", Questions: []question{
			a.ask("input", "office", "名称", optional), a.ask("input", "address", "办公地址", optional), a.ask("input", "hours", "办公时间", optional), a.ask("input", "phone", "联系电话", narrow(12), optional),
			a.ask("input", "fax", "传真号码", narrow(12), optional), a.ask("input", "email", "互联网联系方式", optional), a.ask("input", "postcode", "邮政编码", narrow(8), optional)}},
		group{Title: "机构职能", Say: "法定主动公开内容（条例第二十条第二项）。", Questions: []question{
			a.ask("textarea", "duties", "主要职能", lines(6), optional, hint("一行写一项。")),
			a.ask("textarea", "leaders", "领导信息", lines(5), optional, hint("一行写一位：姓名｜职务｜分工，中间用竖线隔开。")),
			a.ask("textarea", "sections", "内设机构", lines(5), optional, hint("一行写一个：名称｜职责｜电话。"))}})
	if !fresh && arranges(by, u.ID) {
		p.Hidden = append(p.Hidden, ui.Hidden{Name: "asked", Value: "columns"})
		var columns []ui.Option
		for _, c := range publication.ColumnsFor(u.Kind) {
			if c.Code.MayLack() {
				columns = append(columns, ui.Option{Value: string(c.Code), Text: c.Name, Hint: c.Covers})
			}
		}
		p.Groups = append(p.Groups, group{Title: "公开栏目", Say: "机关只公开本机关职责范围内的信息（条例第二十条、第二十一条）。没有这方面职责的栏目不要选，网站上就不出现空白栏目；已经有内容的栏目照常显示。", Questions: []question{
			a.ask("checks", "columns", "本机关有职责的栏目", choose(columns), optionalQuietly)}})
	}
	return p
}

func (c *Console) newUnit(w http.ResponseWriter, r *http.Request) error {
	tree, err := c.tree(r)
	if err != nil {
		return err
	}
	f := web.NewForm(nil).Set("parent", string(actorOf(r).Unit)).Set("kind", string(org.Department)).Set("active", "1")
	return c.show(w, r, "form", c.unitForm(w, r, tree, f, org.Unit{}, true))
}

func (c *Console) addUnit(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	tree, err := c.tree(r)
	if err != nil {
		return err
	}
	again := func() (formPage, error) { return c.unitForm(w, r, tree, f, org.Unit{}, true), nil }
	u := unitFrom(f, org.Unit{ID: org.ID(f.Text("id"))}, true)
	if f.Text("act") == "other" {
		return c.show(w, r, "form", c.unitForm(w, r, tree, f, org.Unit{ID: u.ID}, true))
	}
	if err := f.Err(); err != nil {
		return c.formAgain(w, r, f, err, again)
	}
	by := actorOf(r)
	if err := by.Check(identity.OrgEdit, u.Parent); err != nil {
		return err
	}
	if err := c.Units.Add(r.Context(), by, u); err != nil {
		return c.formAgain(w, r, f, err, again)
	}
	return c.said(w, r, Root+"/units/"+string(u.ID), sayUnitAdded)
}

func (c *Console) unitPage(w http.ResponseWriter, r *http.Request) error {
	u, tree, err := c.unitOf(r, identity.OrgDescribe, identity.OrgEdit)
	if err != nil {
		return err
	}
	f := web.NewForm(nil)
	fillUnit(f, u)
	return c.show(w, r, "form", c.unitForm(w, r, tree, f, u, false))
}

func (c *Console) changeUnit(w http.ResponseWriter, r *http.Request) error {
	u, tree, err := c.unitOf(r, identity.OrgDescribe, identity.OrgEdit)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	by := actorOf(r)
	again := func() (formPage, error) { return c.unitForm(w, r, tree, f, u, false), nil }
	changed := unitFrom(f, u, by.Can(identity.OrgEdit, u.ID))
	if f.Ticked("asked", "columns") && arranges(by, u.ID) {
		changed.Without = withoutFrom(f, u.Kind)
	}
	if f.Text("act") == "other" {
		return c.show(w, r, "form", c.unitForm(w, r, tree, f, u, false))
	}
	if err := f.Err(); err != nil {
		return c.formAgain(w, r, f, err, again)
	}
	if changed.Parent != u.Parent && changed.Parent != "" {
		if err := by.Check(identity.OrgEdit, changed.Parent); err != nil {
			return err
		}
	}
	if err := c.Units.Change(r.Context(), by, changed); err != nil {
		return c.formAgain(w, r, f, err, again)
	}
	return c.said(w, r, Root+"/units/"+string(u.ID), sayUnitChanged)
}
