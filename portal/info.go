package portal

import (
	"fmt"
	"html/template"
	"net/http"
	"path"
	"strings"

	"gongkai/document"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/org"
	"gongkai/publication"
)

// infoPage is the page of one item, with what officials and citizens know to
// look for, in the order they know it.
type infoPage struct {
	ui.Portal
	Item        publication.Row
	Facts       []ui.Fact
	Print       []ui.Fact // what a printed copy says about itself
	Banner      *ui.Banner
	Red         bool // a document of red head: issuer above the number
	Issuer      string
	DocNo       string
	Body        template.HTML
	Attachments []ui.Attachment
	Links       []linkGroup
	Neighbours  ui.Neighbours
	Proof       ui.Proof
	Preview     bool
	Report      *reportView // an annual report whose figures are known
}

// linkGroup is links of one kind: what it repeals, what cites it.
type linkGroup struct {
	Title string
	Items []ui.Result
	More  []ui.Result // folded, when there are many
}

// mostLinks is how many links of a group stand open on the page.
const mostLinks = 6

// gonePage is the tombstone of a withdrawn item.
type gonePage struct {
	ui.Portal
	Item   publication.Row
	Unit   org.Unit
	Facts  []ui.Fact
	Banner ui.Banner
	Proof  ui.Proof
}

func (p *Portal) info(w http.ResponseWriter, r *http.Request) error {
	name, status := "info", http.StatusOK
	var page any
	var shown infoPage
	err := p.look(r, func(v *view) error {
		it, err := publication.PageOf(v.tx, publication.ItemID(r.PathValue("id")))
		if err != nil {
			return err
		}
		u, err := v.tree.Get(it.Unit)
		if err != nil {
			return err
		}
		if it.Face == publication.Withdrawn {
			name, status = "gone", http.StatusGone
			page = v.gone(it, u)
			return nil
		}
		shown = v.infoPage(it, u)
		shown.Report, err = v.reportFiles(it)
		return err
	})
	if err != nil {
		return err
	}
	if page == nil {
		if err := p.fillReport(r.Context(), &shown); err != nil {
			return err
		}
		page = shown
	}
	return p.templates.Render(w, r, status, name, page)
}

// Preview shows content as its public page will, for the console.
func (p *Portal) Preview(w http.ResponseWriter, r *http.Request, unit org.Unit, row publication.Row, c publication.Content) error {
	var page infoPage
	if err := p.look(r, func(v *view) (err error) {
		it := publication.Page{Row: row, Content: c, Digest: c.Digest()}
		page = v.infoPage(it, unit)
		page.Preview, page.NoIndex, page.LookURL = true, true, ""
		page.Proof, page.Print = ui.Proof{}, nil
		page.Banner = &ui.Banner{Kind: ui.Note, Title: "预览", Say: "这是发布以后公众看到的样子，现在还没有公开。"}
		page.Report, err = v.reportFiles(it)
		return err
	}); err != nil {
		return err
	}
	if err := p.fillReport(r.Context(), &page); err != nil {
		return err
	}
	return p.templates.Show(w, r, "info", page)
}

func (v *view) infoPage(it publication.Page, u org.Unit) infoPage {
	c := it.Content
	col, _ := publication.ColumnOf(c.Column)
	page := infoPage{
		Portal: v.frame(c.Title, u, ui.Link{Text: u.Name, URL: unitURL(u.ID)}, ui.Link{Text: col.Name, URL: columnURL(u.ID, c.Column)}, ui.Link{Text: "正文"}),
		Item:   it.Row, Issuer: c.Issuer, DocNo: c.DocNo, Red: c.Kind == publication.Policy && c.DocNo != "",
		Body: signed(c),
	}
	plain := document.Text(c.Body)
	page.Description = cut(or(c.Summary, plain), 120)
	page.Meta = append(page.Meta, columnMeta(col.Name, col.Covers, col.Type)...)
	page.Meta = append(page.Meta, v.contentMeta(it, u)...)
	page.Facts = v.facts(it, u)
	page.Print = v.printed(it, u)
	page.Banner = v.banner(it)
	for _, f := range c.Files {
		page.Attachments = append(page.Attachments, ui.Attachment{Name: f.Name, URL: fileURL(f), Kind: kindName(f.Kind, f.Name), Size: f.Size})
	}
	page.Links = v.linkGroups(it)
	if it.Before != nil {
		page.Neighbours.Prev = &ui.Link{Text: it.Before.Title, URL: itemURL(it.Before.ID)}
	}
	if it.After != nil {
		page.Neighbours.Next = &ui.Link{Text: it.After.Title, URL: itemURL(it.After.ID)}
	}
	page.Proof = ui.Proof{
		Kind: ui.Good, Title: "本页内容可以核验",
		Say: fmt.Sprintf("本信息于%s公开，%s以来内容没有变化。发布时的内容已经写入存证，任何人都可以验证。",
			web.LongDate(it.Published), web.LongMoment(it.Changed)),
		Links: []ui.Link{{Text: "查看存证和核验方法", URL: itemURL(it.ID) + "/proof"}},
	}
	return page
}

// signed is the clean body with the issuer and the date under the text set to
// the right, as a document bears them. Only whole paragraphs that say exactly
// this are moved, and their words stay as they are.
func signed(c publication.Content) template.HTML {
	body := c.Body
	for _, line := range append([]string{c.Issuer, c.Made.Chinese()}, c.Joint...) {
		if line != "" {
			line = template.HTMLEscapeString(line)
			body = strings.ReplaceAll(body, "<p>"+line+"</p>", `<p class="sign">`+line+"</p>")
		}
	}
	return template.HTML(body) // clean by publication's promise
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// contentMeta is the content tags of 国办发〔2017〕47号.
func (v *view) contentMeta(it publication.Page, u org.Unit) []ui.Meta {
	c := it.Content
	meta := []ui.Meta{
		{Name: "ArticleTitle", Content: c.Title}, {Name: "PubDate", Content: web.Moment(it.Published)},
		{Name: "ContentSource", Content: or(c.Source, u.Name)},
	}
	for _, k := range c.Keywords {
		meta = append(meta, ui.Meta{Name: "Keywords", Content: k})
	}
	meta = append(meta, ui.Meta{Name: "Author", Content: or(c.Issuer, u.Name)}, ui.Meta{Name: "Description", Content: cut(or(c.Summary, document.Text(c.Body)), 120)})
	if v.p.Site != "" {
		meta = append(meta, ui.Meta{Name: "Url", Content: v.p.Site + itemURL(it.ID)})
	}
	return meta
}

// facts is the metadata block in the fixed order officials know.
func (v *view) facts(it publication.Page, u org.Unit) []ui.Fact {
	c := it.Content
	col, _ := publication.ColumnOf(c.Column)
	facts := []ui.Fact{{Name: "索引号", Say: or(string(it.IndexNo), "发布时编号")}, {Name: "组配分类", Say: col.Name}}
	add := func(name, say string) {
		if say != "" {
			facts = append(facts, ui.Fact{Name: name, Say: say})
		}
	}
	add("主题分类", c.Theme.Name())
	facts = append(facts, ui.Fact{Name: "发布机构", Say: u.Name, URL: unitURL(u.ID)})
	if c.Issuer != u.Name {
		add("发文机关", c.Issuer)
	}
	add("联合发文机关", strings.Join(c.Joint, "、"))
	add("发文字号", c.DocNo)
	add("生成日期", c.Made.String())
	add("施行日期", c.Effective.String())
	add("失效日期", c.Expires.String())
	if val := it.ValidityOn(v.today); val != "" {
		s := stateOf(val)
		facts = append(facts, ui.Fact{Name: "有效性", HTML: ui.Tag(s.Kind, s.Say)})
	}
	add("公开方式", c.Openness.Attribute.Name())
	add("发布日期", day(it.Published))
	if it.Changed.After(it.Published) && day(it.Changed) != day(it.Published) {
		add("更新日期", day(it.Changed))
	}
	add("信息来源", or(c.Source, u.Name))
	if !it.Published.IsZero() {
		facts = append(facts, ui.Fact{Name: "浏览次数", Say: web.Count(int64(it.Views))})
	}
	add("关键词", strings.Join(c.Keywords, "、"))
	if ways := waysOf(c.Channels); ways != "" {
		facts = append(facts, ui.Fact{Name: "公开渠道", Say: "政府网站、" + ways, Wide: true})
	}
	if c.Summary != "" {
		facts = append(facts, ui.Fact{Name: "内容概述", Say: c.Summary, Wide: true})
	}
	return facts
}

// printed is the few lines under a printed copy that lead back to the original.
func (v *view) printed(it publication.Page, u org.Unit) []ui.Fact {
	var facts []ui.Fact
	for _, f := range []ui.Fact{
		{Name: "索引号", Say: string(it.IndexNo)}, {Name: "发布机构", Say: u.Name}, {Name: "发布日期", Say: day(it.Published)},
		{Name: "有效性", Say: it.ValidityOn(v.today).Name()}, {Name: "网址", Say: v.p.site(v.r) + itemURL(it.ID)},
	} {
		if f.Say != "" {
			facts = append(facts, f)
		}
	}
	return facts
}

func waysOf(channels []publication.Channel) string {
	var all []string
	for _, ch := range channels {
		s := ch.Way.Name()
		if ch.What != "" || !ch.On.IsZero() {
			s += "（" + strings.TrimSpace(ch.What+" "+ch.On.String()) + "）"
		}
		all = append(all, s)
	}
	return strings.Join(all, "、")
}

// banner says above the text what is special about a document.
func (v *view) banner(it publication.Page) *ui.Banner {
	var links []ui.Link
	var basis []string
	for _, l := range it.Links {
		if !l.Incoming || l.Kind == "" || l.Kind == publication.Interprets {
			continue
		}
		if l.Other.ID != "" {
			text := "《" + l.Other.Title + "》"
			if l.Other.DocNo != "" {
				text += "（" + l.Other.DocNo + "）"
			}
			links = append(links, ui.Link{Text: l.Kind.Passive() + "：" + text, URL: itemURL(l.Other.ID)})
		}
		if l.Note != "" {
			basis = append(basis, l.Note)
		}
	}
	say := strings.Join(basis, "；")
	switch it.ValidityOn(v.today) {
	case publication.Repealed:
		return &ui.Banner{Kind: ui.Bad, Title: "本文件已废止", Say: strings.TrimSuffix(fmt.Sprintf("自%s起不再执行。%s", it.RepealOn.Chinese(), end(say)), "。") + "。", Links: links}
	case publication.Expired:
		return &ui.Banner{Kind: ui.Bad, Title: "本文件已失效", Say: fmt.Sprintf("有效期至%s，现已届满。", it.Expires.Chinese()), Links: links}
	case publication.Pending:
		return &ui.Banner{Kind: ui.Note, Title: "本文件尚未施行", Say: fmt.Sprintf("自%s起施行。", it.Effective.Chinese()), Links: links}
	case publication.Amended:
		return &ui.Banner{Kind: ui.Note, Title: "本文件已被修改", Say: fmt.Sprintf("自%s起按修改后的内容执行。%s", it.AmendOn.Chinese(), end(say)), Links: links}
	}
	if it.Face == publication.Archived {
		return &ui.Banner{Kind: ui.Note, Title: "本信息已归档", Say: "内容仍可查阅，并已移送档案馆或者图书馆。"}
	}
	return nil
}

func end(s string) string {
	if s == "" {
		return ""
	}
	return "依据：" + strings.TrimSuffix(s, "。") + "。"
}

// linkGroups is what the item bears on, what bears on it, what it cites and what
// cites it, each with its present state.
func (v *view) linkGroups(it publication.Page) []linkGroup {
	titles := []struct {
		title    string
		kind     publication.RelationKind
		incoming bool
	}{
		{"本文件废止", publication.Repeals, false}, {"本文件代替", publication.Replaces, false}, {"本文件修改", publication.Amends, false},
		{"解读的文件", publication.Interprets, false}, {"废止本文件的文件", publication.Repeals, true}, {"代替本文件的文件", publication.Replaces, true},
		{"修改本文件的文件", publication.Amends, true}, {"政策解读", publication.Interprets, true}, {"引用的文件", "", false}, {"引用本文件的信息", "", true},
	}
	var groups []linkGroup
	for _, t := range titles {
		g := linkGroup{Title: t.title}
		for _, l := range it.Links {
			if l.Kind == t.kind && l.Incoming == t.incoming && l.Other.ID != "" {
				g.Items = append(g.Items, v.result(l.Other))
			}
		}
		if len(g.Items) > mostLinks+2 {
			g.Items, g.More = g.Items[:mostLinks], g.Items[mostLinks:]
		}
		if len(g.Items) > 0 {
			groups = append(groups, g)
		}
	}
	return groups
}

// gone is the tombstone: what stood here, why and when it was taken down.
func (v *view) gone(it publication.Page, u org.Unit) gonePage {
	page := gonePage{
		Portal: v.frame("本信息已撤回", u, ui.Link{Text: u.Name, URL: unitURL(u.ID)}, ui.Link{Text: "已撤回的信息"}), Item: it.Row, Unit: u,
		Banner: ui.Banner{Kind: ui.Warn, Title: "本信息已撤回", Say: "撤回理由：" + strings.TrimSuffix(it.Why, "。") + "。"},
		Facts: []ui.Fact{
			{Name: "标题", Say: it.Title, Wide: true}, {Name: "索引号", Say: string(it.IndexNo)}, {Name: "发布机构", Say: u.Name, URL: unitURL(u.ID)},
			{Name: "发布日期", Say: day(it.Published)}, {Name: "撤回日期", Say: day(it.GoneAt)},
		},
		Proof: ui.Proof{Kind: ui.Note, Title: "撤回也有记录", Say: "发布和撤回都已写入存证，不能抹去。", Links: []ui.Link{{Text: "查看存证", URL: itemURL(it.ID) + "/proof"}}},
	}
	page.NoIndex = true
	return page
}

// kindName is the kind of a file in the words of an office.
func kindName(kind, name string) string {
	switch kind {
	case "docx", "doc":
		return "Word 文档"
	case "xlsx", "xls":
		return "Excel 表格"
	case "pptx", "ppt", "odp":
		return "演示文稿"
	case "rtf":
		return "RTF 文档"
	case "odt":
		return "ODT 文档"
	case "ods":
		return "ODS 表格"
	case "pdf":
		return "PDF 文档"
	case "ofd":
		return "OFD 版式文档"
	case "txt", "text":
		return "文本"
	case "html":
		return "网页"
	case "png", "jpeg", "gif", "webp":
		return "图片"
	}
	if ext := strings.TrimPrefix(path.Ext(name), "."); ext != "" {
		return strings.ToUpper(ext) + " 文件"
	}
	return "文件"
}
