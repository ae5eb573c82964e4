package console

import (
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"gongkai/document"
	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/org"
	"gongkai/publication"
	"gongkai/review"
)

// draftPage is a draft: what it is, what may be done now, what happened.
type draftPage struct {
	ui.Console
	ID           string
	Form         *web.Form
	State        ui.State
	Returned     *ui.Banner // why it was sent back
	Saved        ui.Saved
	Proposals    []proposal
	Warnings     []ui.Finding // what the reader of the upload noticed
	Original     []ui.Attachment
	Checked      *draftCheck // what an inspection of all of it gave, if one was asked for
	Missing      []ui.Finding
	Ready        bool // nothing that must be there is missing
	What         []group
	Dates        []question
	Openness     []group
	Words        []question
	Channels     []channelRow
	ChannelsOpen bool
	Relations    []relationRow
	Kinds        []ui.Option // of relations
	Searched     string
	Found        []foundRow
	Searching    bool
	Files        []fileRow
	MaxBytes     int64
	Body         ui.Field
	Plan         question
	PlanDate     question
	PlanTime     question
	Acts         []ui.Act
	Past         []ui.Event
	Consulting   *consulting // what is agreed with other organs
}

// A proposal is what the text says about itself, with the line it came from.
type proposal struct {
	Name, Value, Why string
	Line             template.HTML
	Taken            bool // the field holds it
	Field            string
	Take             string // value of the button
	Others           []proposal
}

type channelRow struct {
	Code, Name, What, On string
	Ticked               bool
}

type relationRow struct {
	ID, Title, Kind, On, Note, URL string
	Kinds                          []ui.Option
}

type foundRow struct{ ID, Title, Note string }

type fileRow struct {
	Digest, Name, Order, Kind, Size, URL string
}

func (c *Console) draft(w http.ResponseWriter, r *http.Request) error {
	return c.showDraft(w, r, publication.ItemID(r.PathValue("id")), nil, http.StatusOK)
}

// showDraft shows a draft. f is what somebody typed, nil to show what is saved.
func (c *Console) showDraft(w http.ResponseWriter, r *http.Request, id publication.ItemID, f *web.Form, status int) error {
	by := actorOf(r)
	var p draftPage
	var content publication.Content
	elsewhere := ""
	err := c.read(r, func(tx *db.Tx) error {
		row, err := publication.Get(tx, id)
		if err != nil {
			return err
		}
		if err := by.Check(identity.PublicationDraft, row.Unit); err != nil {
			return err
		}
		if row.Work != publication.Draft {
			elsewhere = itemPath(id)
			return nil
		}
		cp, err := publication.CopyOf(tx, id)
		if err != nil {
			return err
		}
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		unit, err := tree.Get(row.Unit)
		if err != nil {
			return err
		}
		content = cp.Content
		notes, err := notesOf(tx, content.Original)
		if err != nil {
			return err
		}
		if f == nil {
			f = formOf(cp)
		} else if f.Value("version") == "" {
			f.Set("version", strconv.Itoa(cp.Rev))
		}
		p = draftPage{Console: c.frame(w, r, tree, "起草："+titleOf(cp.Content.Title), ui.Link{Text: "信息列表", URL: Root + "/items"}), ID: string(id), Form: f}
		p.Styles = append(p.Styles, c.editorCSS...)
		p.Scripts = append(p.Scripts, c.editorJS...)
		names, err := identity.Names(tx, string(cp.By))
		if err != nil {
			return err
		}
		p.Saved = ui.Saved{URL: itemPath(id) + "/autosave", Version: f.Value("version"), SignIn: Root + "/signin",
			LocalKey: string(by.Person) + ":" + string(id), Say: fmt.Sprintf("%s 由%s保存", web.Moment(cp.At), names[string(cp.By)])}
		p.Warnings = noteFindings(notes)
		p.missing(content, unit)
		p.questions(unit, content)
		if err := p.relations(tx, r.URL.Query().Get("find"), row.ID, by); err != nil {
			return err
		}
		if p.Consulting, err = consultingOf(tx, tree, by, row, content); err != nil {
			return err
		}
		p.acts(row, id)
		if p.Past, err = history(tx, tree, row); err != nil {
			return err
		}
		return p.returned(tx, id)
	})
	if err != nil {
		return err
	}
	if elsewhere != "" {
		return web.SeeOther(w, r, elsewhere)
	}
	if p.Checked, err = c.checkDraft(r, id, content); err != nil {
		return err
	}
	if o := content.Original; o != nil {
		got, err := c.proposalOf(r.Context(), *o)
		if err != nil {
			return err
		}
		p.Proposals = proposals(got, f)
		p.Original = attachments([]publication.File{*o})
	}
	return c.templates.Render(w, r, status, "draft", p)
}

// missing lists what the saved content still lacks, each linked to its field.
func (p *draftPage) missing(content publication.Content, unit org.Unit) {
	p.Ready = true
	for _, m := range content.Lacks(unit, document.Text(content.Body)) {
		kind := ui.Warn
		if m.Hard {
			kind, p.Ready = ui.Bad, false
		}
		p.Missing = append(p.Missing, ui.Finding{Kind: kind, Say: m.Say, Basis: m.Why, URL: "#f-" + m.Field})
	}
	p.State = ui.State{Kind: ui.Mute, Say: "草稿"}
}

func (p *draftPage) returned(tx *db.Tx, id publication.ItemID) error {
	all, err := review.Of(tx, id.Subject())
	if err != nil || len(all) == 0 {
		return err
	}
	last := all[len(all)-1]
	if last.State != review.Returned || len(last.Signatures) == 0 {
		return nil
	}
	sig := last.Signatures[len(last.Signatures)-1]
	p.State = ui.State{Kind: ui.Warn, Say: "被退回"}
	p.Returned = &ui.Banner{Kind: ui.Warn, Title: sig.Name + "退回，请按意见修改后再送审", Say: sig.Opinion,
		Links: []ui.Link{{Text: "查看审查过程", URL: Root + "/reviews/" + string(last.ID)}}}
	return nil
}

func (p *draftPage) questions(unit org.Unit, content publication.Content) {
	a := asker{p.Form}
	var columns, themes, attributes, clauses []ui.Option
	columns = append(columns, ui.Option{Text: "请选择"})
	for _, col := range columnsToChoose(unit, publication.Column(p.Form.Value("column"))) {
		columns = append(columns, ui.Option{Value: string(col.Code), Text: col.Name, Hint: col.Covers})
	}
	themes = append(themes, ui.Option{Text: "请选择"})
	for _, t := range publication.Themes() {
		themes = append(themes, ui.Option{Value: string(t.Code), Text: t.Name})
	}
	attributeHints := map[review.Attribute]string{
		review.Open:      "审定后在网站上公布。",
		review.OnRequest: "不在网站上公布，有人申请时依法处理。需要写明依据和理由。",
		review.Closed:    "依法不予公开。需要写明依据和理由。",
	}
	clauses = append(clauses, ui.Option{Text: "主动公开的不用选"})
	seen := map[review.ClauseCode]bool{}
	for _, at := range review.Attributes() {
		attributes = append(attributes, ui.Option{Value: string(at), Text: at.Name(), Hint: attributeHints[at]})
		for _, cl := range review.Clauses(at) {
			if !seen[cl.Code] && cl.Code != review.Secret {
				seen[cl.Code] = true
				clauses = append(clauses, ui.Option{Value: string(cl.Code), Text: cl.Article + "：" + cl.Text})
			}
		}
	}
	p.What = []group{{Questions: []question{
		a.ask("textarea", "title", "标题", lines(2), hint("与文件上的标题完全一致，不加书名号。"), why("目录必须包含信息的名称（条例第十二条）；公众主要按标题查找。")),
		a.ask("select", "kind", "信息类别", choose(kindOptions()), narrow(12), why("类别决定需要填写的要素和审查流程。")),
		a.ask("select", "column", "公开栏目", choose(columns), why("法定主动公开内容按条例第二十条、第二十一条的事项分栏公布。")),
		a.ask("select", "theme", "主题分类", choose(themes), narrow(20), optional, why("主题分类便于群众按领域查找政策。")),
		a.ask("input", "issuer", "发文机关", hint("盖章的单位全称。"), why("行政机关制作的信息由制作机关负责公开（条例第十条）。")),
		a.ask("textarea", "joint", "联合发文机关", lines(2), hint("一行写一个单位，不包括牵头单位。"), optional),
		a.ask("input", "doc_no", "发文字号", hint("如：明府发〔2026〕3号。方括号会自动改成六角括号。"), narrow(20), optional, why("公文的发文字号由机关代字、年份和顺序号组成，便于查找和引用。")),
		a.ask("input", "source", "信息来源", narrow(20), optional, hint("转载的信息写原来的发布单位。")),
	}}}
	p.Dates = []question{
		a.ask("date", "made", "成文日期", why("目录必须包含生成日期，二十个工作日的公开期限也从这一天起算（条例第十二条、第二十六条）。")),
		a.ask("date", "effective", "施行日期", optional),
		a.ask("date", "expires", "失效日期", optional, hint("有效的最后一天。")),
	}
	p.Openness = []group{{Questions: []question{
		a.ask("radios", "attribute", "公开属性", choose(attributes), why("公文拟制时应当明确公开属性，没有属性的不能流转（国办发〔2016〕80号）。涉及国家秘密的内容不得录入本系统（保守国家秘密法第三十一条）。")),
		a.ask("select", "clause", "依据", choose(clauses), optional),
		a.ask("textarea", "reason", "理由", lines(2), optional, hint("结合这条信息的具体内容写，不照抄条文。")),
	}}}
	p.Words = []question{
		a.ask("textarea", "summary", "内容概述", lines(3), optional, hint("一两句话说清楚这条信息对谁、有什么用。"), why("目录应当包含内容概述（条例第十二条）；不填写时以正文开头代替。")),
		a.ask("input", "keywords", "关键词", optional, hint("用顿号隔开。")),
	}
	for _, way := range publication.Ways() {
		code := string(way.Code)
		p.ChannelsOpen = p.ChannelsOpen || p.Form.Ticked("channel", code)
		p.Channels = append(p.Channels, channelRow{code, way.Name, p.Form.Value("channel-what-" + code), p.Form.Value("channel-on-" + code), p.Form.Ticked("channel", code)})
	}
	for _, k := range publication.RelationKinds() {
		p.Kinds = append(p.Kinds, ui.Option{Value: string(k), Text: k.Name()})
	}
	for i, file := range content.Files {
		if p.Form.Value("version") != "" && len(p.Form.Values("file")) > 0 && !slices.Contains(p.Form.Values("file"), file.Digest) {
			continue
		}
		name, order := p.Form.Value("file-name-"+file.Digest), p.Form.Value("file-order-"+file.Digest)
		if name == "" {
			name, order = file.Name, strconv.Itoa(i+1)
		}
		p.Files = append(p.Files, fileRow{file.Digest, name, order, document.Kind(file.Kind).Name(), web.Size(file.Size), filePath(file)})
	}
	p.MaxBytes = maxFile
	p.Body = ui.NewField(p.Form, "body", "正文")
	p.Plan = a.ask("radios", "plan", "审定以后", choose([]ui.Option{
		{Value: string(publication.ByHand), Text: "由我手工发布", Hint: "审定后出现在“待发布”里，按下“发布”才公开。"},
		{Value: string(publication.AtOnce), Text: "立即发布", Hint: "最后一级签署同意的同时公开。"},
		{Value: string(publication.AtTime), Text: "定时发布", Hint: "到下面的时间自动公开；审定晚于这个时间的，审定后立即公开。"},
	}))
	p.PlanDate = a.ask("date", "plan-date", "发布日期", optional)
	p.PlanTime = a.ask("input", "plan-time", "发布时间", typed("time"), narrow(8), optional)
}

// relations fills the relations the form holds, and what a search found.
func (p *draftPage) relations(tx *db.Tx, words string, self publication.ItemID, by identity.Actor) error {
	for _, id := range p.Form.Values("rel") {
		row, err := publication.Get(tx, publication.ItemID(id))
		title := row.Title
		if err != nil {
			title = "（没有找到这份文件）"
		}
		p.Relations = append(p.Relations, relationRow{ID: id, Title: title, Kind: p.Form.Value("rel-kind-" + id), On: p.Form.Value("rel-on-" + id), Note: p.Form.Value("rel-note-" + id), URL: itemPath(publication.ItemID(id)), Kinds: p.Kinds})
	}
	if p.Searched = strings.TrimSpace(words); p.Searched == "" {
		return nil
	}
	p.Searching = true
	rows, _, err := publication.List(tx, publication.Filter{Units: org.Everything(), Words: p.Searched, Size: 20})
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		if rows, _, err = publication.List(tx, publication.Filter{Units: org.Everything(), DocNo: publication.TidyDocNo(p.Searched), Size: 20}); err != nil {
			return err
		}
	}
	for _, row := range rows {
		if row.ID != self && !slices.Contains(p.Form.Values("rel"), string(row.ID)) {
			p.Found = append(p.Found, foundRow{string(row.ID), row.Title, joinNote(row.DocNo, web.Date(row.Published)+"发布")})
		}
	}
	return nil
}

func (p *draftPage) acts(row publication.Row, id publication.ItemID) {
	p.Acts = []ui.Act{
		{Title: "预览公开页面", Say: "看看公众将会看到的样子（最近保存的内容）。", URL: itemPath(id) + "/preview"},
		{Title: "查看全部版本", Say: "比较任意两版，取回旧版。", URL: itemPath(id) + "/versions"},
	}
	ask := &ui.Confirm{Open: "删除草稿", Say: "草稿会删除，已保存的版本留在系统的记录里，公众看不到。", URL: itemPath(id) + "/discard", Yes: "确认删除", Danger: true}
	if row.Shown > 0 {
		ask.Open, ask.Say = "放弃修改", "这次的修改会丢弃，公开的版本保持不变。"
		ask.Yes = "确认放弃"
	}
	p.Acts = append(p.Acts, ui.Act{Ask: ask})
}

var noteKinds = map[document.NoteKind]string{
	document.NoteMacro: ui.Bad, document.NoteExternal: ui.Bad, document.NoteHidden: ui.Bad, document.NoteTracked: ui.Bad, document.NoteComment: ui.Bad,
}

// noteFindings shows what the reader noticed, the dangerous first.
func noteFindings(notes []document.Note) []ui.Finding {
	var bad, rest []ui.Finding
	for _, n := range notes {
		f := ui.Finding{Kind: ui.Warn, Say: n.Say, Where: n.Where}
		if noteKinds[n.Kind] != "" {
			f.Kind = ui.Bad
			bad = append(bad, f)
			continue
		}
		rest = append(rest, f)
	}
	return append(bad, rest...)
}

// proposals compares what the text says about itself with what the form holds.
func proposals(p document.Proposal, f *web.Form) []proposal {
	var out []proposal
	add := func(name, field string, g document.Guess) {
		if g.Value == "" {
			return
		}
		one := proposalFor(name, field, g, f)
		for _, o := range g.Others {
			if o.Value != g.Value {
				one.Others = append(one.Others, proposalFor(name, field, o, f))
			}
		}
		out = append(out, one)
	}
	add("标题", "title", p.Title)
	add("发文机关", "issuer", p.Issuer)
	add("发文字号", "doc_no", p.DocNo)
	add("成文日期", "made", p.Date)
	add("公开方式", "attribute", p.Openness)
	add("施行日期", "effective", p.Effective)
	add("失效日期", "expires", p.Expires)
	return out
}

func proposalFor(name, field string, g document.Guess, f *web.Form) proposal {
	value := g.Value
	if field == "attribute" {
		value = string(attributeOf(g.Value))
	}
	one := proposal{Name: name, Value: g.Value, Why: g.Why, Line: marked(g), Field: field, Taken: f.Text(field) == value}
	if !one.Taken && (isDay(value) || !slices.Contains([]string{"made", "effective", "expires"}, field)) {
		one.Take = field + "=" + value
	}
	return one
}

func isDay(s string) bool { return len(s) == 10 && s[4] == '-' && s[7] == '-' }

// marked is the line a guess came from with its words marked.
func marked(g document.Guess) template.HTML {
	runes := []rune(g.Line.Text)
	from, to := g.Start-g.Line.Start, g.End-g.Line.Start
	esc := func(r []rune) string { return template.HTMLEscapeString(string(r)) }
	if from < 0 || to > len(runes) || from >= to {
		return template.HTML(esc(runes))
	}
	return template.HTML(esc(runes[:from]) + "<mark>" + esc(runes[from:to]) + "</mark>" + esc(runes[to:]))
}
