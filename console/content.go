package console

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"gongkai/document"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/org"
	"gongkai/publication"
	"gongkai/review"
	"gongkai/workday"
)

// Pictures of a draft are not public yet: while it is being written they come
// through the console, which asks who wants them.
func bodyHere(body string) string {
	return strings.ReplaceAll(body, `src="/files/`, `src="`+Root+`/files/`)
}

func bodyThere(body string) string {
	return strings.ReplaceAll(body, `src="`+Root+`/files/`, `src="/files/`)
}

// formOf fills the form of a draft from its working copy.
func formOf(cp publication.Copy) *web.Form {
	c := cp.Content
	f := web.NewForm(nil)
	f.Set("version", strconv.Itoa(cp.Rev))
	f.Set("title", c.Title).Set("kind", string(c.Kind)).Set("column", string(c.Column)).Set("theme", string(c.Theme))
	f.Set("issuer", c.Issuer).Set("joint", strings.Join(c.Joint, "\n")).Set("doc_no", c.DocNo)
	f.Set("made", c.Made.String()).Set("effective", c.Effective.String()).Set("expires", c.Expires.String())
	f.Set("source", c.Source).Set("keywords", strings.Join(c.Keywords, "、")).Set("summary", c.Summary)
	f.Set("attribute", string(c.Openness.Attribute)).Set("clause", string(c.Openness.Clause)).Set("reason", c.Openness.Reason)
	f.Set("body", bodyHere(c.Body))
	var ways []string
	for _, ch := range c.Channels {
		ways = append(ways, string(ch.Way))
		f.Set("channel-what-"+string(ch.Way), ch.What).Set("channel-on-"+string(ch.Way), ch.On.String())
	}
	f.Set("channel", ways...)
	var rels []string
	for _, r := range c.Relations {
		id := string(r.To)
		rels = append(rels, id)
		f.Set("rel-kind-"+id, string(r.Kind)).Set("rel-on-"+id, r.On.String()).Set("rel-note-"+id, r.Note)
	}
	f.Set("rel", rels...)
	var files []string
	for i, file := range c.Files {
		files = append(files, file.Digest)
		f.Set("file-name-"+file.Digest, file.Name).Set("file-order-"+file.Digest, strconv.Itoa(i+1))
	}
	f.Set("file", files...)
	when := cp.Plan.When
	if when == "" {
		when = publication.ByHand
	}
	f.Set("plan", string(when))
	if !cp.Plan.At.IsZero() {
		at := cp.Plan.At.In(beijing)
		f.Set("plan-date", at.Format(time.DateOnly)).Set("plan-time", at.Format("15:04"))
	}
	return f
}

// contentOf reads what somebody typed. base is what was saved before: the
// upload, and the files that may stay.
func contentOf(f *web.Form, base publication.Content) (publication.Content, publication.Plan) {
	day := func(name string) workday.Date {
		d, err := workday.ParseDate(f.Date(name))
		if err != nil {
			return workday.Date{}
		}
		return d
	}
	c := publication.Content{
		Title: f.Text("title"), Kind: publication.Kind(f.Text("kind")), Column: publication.Column(f.Text("column")), Theme: publication.Theme(f.Text("theme")),
		Issuer: f.Text("issuer"), Joint: strings.Split(f.Text("joint"), "\n"), DocNo: f.Text("doc_no"),
		Made: day("made"), Effective: day("effective"), Expires: day("expires"),
		Source: f.Text("source"), Keywords: strings.FieldsFunc(f.Text("keywords"), func(r rune) bool { return strings.ContainsRune("、，,；; \n", r) }),
		Summary:  f.Text("summary"),
		Openness: review.Openness{Attribute: review.Attribute(f.Text("attribute")), Clause: review.ClauseCode(f.Text("clause")), Reason: f.Text("reason")},
		Body:     document.Clean(bodyThere(f.Value("body"))),
		Original: base.Original,
	}
	if c.Openness.Attribute == review.Open {
		c.Openness.Clause, c.Openness.Reason = "", ""
	}
	for _, way := range publication.Ways() {
		if f.Ticked("channel", string(way.Code)) {
			c.Channels = append(c.Channels, publication.Channel{Way: way.Code, What: f.Text("channel-what-" + string(way.Code)), On: day("channel-on-" + string(way.Code))})
		}
	}
	for _, id := range f.Values("rel") {
		if f.Text("rel-drop-"+id) != "" || slices.ContainsFunc(c.Relations, func(r publication.Relation) bool { return string(r.To) == id }) {
			continue
		}
		c.Relations = append(c.Relations, publication.Relation{Kind: publication.RelationKind(f.Text("rel-kind-" + id)), To: publication.ItemID(id), On: day("rel-on-" + id), Note: f.Text("rel-note-" + id)})
	}
	c.Files = filesOf(f, base.Files)
	plan := publication.Plan{When: publication.Moment(f.Text("plan"))}
	if plan.When == publication.AtTime {
		at, ok := momentOf(f.Text("plan-date"), f.Text("plan-time"))
		if !ok {
			f.Problem("plan-date", sayBadTime)
		}
		plan.At = at
	}
	return c.Tidy(), plan
}

// filesOf is the attachments in the order somebody gave them.
func filesOf(f *web.Form, base []publication.File) []publication.File {
	type placed struct {
		publication.File
		at int
	}
	var all []placed
	asked := f.Values("file")
	for i, file := range base {
		if !slices.Contains(asked, file.Digest) || f.Text("file-drop-"+file.Digest) != "" {
			continue
		}
		if name := f.Text("file-name-" + file.Digest); name != "" {
			file.Name = withEnding(name, file.Name)
		}
		at, err := strconv.Atoi(f.Text("file-order-" + file.Digest))
		if err != nil {
			at = i + 1
		}
		all = append(all, placed{file, at})
	}
	slices.SortStableFunc(all, func(a, b placed) int { return a.at - b.at })
	var out []publication.File
	for _, p := range all {
		out = append(out, p.File)
	}
	return out
}

// withEnding keeps the ending of a file's name, which tells programs what it is.
func withEnding(name, old string) string {
	dot := strings.LastIndexByte(old, '.')
	if dot < 0 || strings.HasSuffix(strings.ToLower(name), strings.ToLower(old[dot:])) {
		return name
	}
	return name + old[dot:]
}

func momentOf(day, clock string) (time.Time, bool) {
	at, err := time.ParseInLocation("2006-01-02 15:04", day+" "+clock, beijing)
	return at, err == nil
}

// contentFacts is the metadata block of a content in the official order.
func contentFacts(c publication.Content, tree *org.Tree, unit org.ID, no publication.IndexNo) []ui.Fact {
	col, _ := publication.ColumnOf(c.Column)
	issuer := c.Issuer
	if len(c.Joint) > 0 {
		issuer += "、" + strings.Join(c.Joint, "、")
	}
	facts := []ui.Fact{
		{Name: "索引号", Say: string(no)}, {Name: "信息类别", Say: c.Kind.Name()},
		{Name: "发文机关", Say: issuer}, {Name: "成文日期", Say: c.Made.String()},
		{Name: "发文字号", Say: c.DocNo}, {Name: "主题分类", Say: c.Theme.Name()},
		{Name: "公开栏目", Say: col.Name}, {Name: "公开单位", Say: tree.Name(unit)},
	}
	add := func(name, say string) {
		if say != "" {
			facts = append(facts, ui.Fact{Name: name, Say: say})
		}
	}
	add("施行日期", c.Effective.String())
	add("失效日期", c.Expires.String())
	add("来源", c.Source)
	add("关键词", strings.Join(c.Keywords, "、"))
	if c.Summary != "" {
		facts = append(facts, ui.Fact{Name: "内容概述", Say: c.Summary, Wide: true})
	}
	return facts
}

// opennessFacts says the openness attribute with what it rests on.
func opennessFacts(o review.Openness) []ui.Fact {
	facts := []ui.Fact{{Name: "公开属性", Say: o.Attribute.Name(), Wide: true}}
	if clause, ok := review.ClauseOf(o.Clause); ok {
		facts = append(facts, ui.Fact{Name: "依据", Say: clause.Article + "：" + clause.Text, Wide: true})
	}
	if o.Reason != "" {
		facts = append(facts, ui.Fact{Name: "理由", Say: o.Reason, Wide: true})
	}
	return facts
}

// attachments lists files, opened through the console.
func attachments(files []publication.File) []ui.Attachment {
	var out []ui.Attachment
	for _, f := range files {
		out = append(out, ui.Attachment{Name: f.Name, URL: filePath(f), Kind: document.Kind(f.Kind).Name(), Size: f.Size})
	}
	return out
}

func filePath(f publication.File) string {
	return Root + "/files/" + f.Digest + "/" + percent(f.Name)
}

// A change is one field that differs between two contents.
type change struct {
	Name, Old, New string
}

// changes lists the fields that differ, the body excepted.
func changes(a, b publication.Content) []change {
	var out []change
	differ := func(name, x, y string) {
		if x != y {
			out = append(out, change{name, x, y})
		}
	}
	col := func(c publication.Column) string { i, _ := publication.ColumnOf(c); return i.Name }
	clause := func(o review.Openness) string {
		cl, _ := review.ClauseOf(o.Clause)
		return cl.Article
	}
	channels := func(c publication.Content) string {
		var s []string
		for _, ch := range c.Channels {
			s = append(s, strings.TrimSpace(fmt.Sprintf("%s %s %s", ch.Way.Name(), ch.What, ch.On)))
		}
		return strings.Join(s, "；")
	}
	relations := func(c publication.Content) string {
		var s []string
		for _, r := range c.Relations {
			s = append(s, strings.TrimSpace(fmt.Sprintf("%s %s %s", r.Kind.Name(), r.To, r.On)))
		}
		return strings.Join(s, "；")
	}
	files := func(c publication.Content) string {
		var s []string
		for _, f := range c.Files {
			s = append(s, fmt.Sprintf("%s（%s，%s）", f.Name, web.Size(f.Size), f.Digest[:min(8, len(f.Digest))]))
		}
		return strings.Join(s, "；")
	}
	differ("标题", a.Title, b.Title)
	differ("信息类别", a.Kind.Name(), b.Kind.Name())
	differ("公开栏目", col(a.Column), col(b.Column))
	differ("主题分类", a.Theme.Name(), b.Theme.Name())
	differ("发文机关", a.Issuer, b.Issuer)
	differ("联合发文机关", strings.Join(a.Joint, "、"), strings.Join(b.Joint, "、"))
	differ("发文字号", a.DocNo, b.DocNo)
	differ("成文日期", a.Made.String(), b.Made.String())
	differ("施行日期", a.Effective.String(), b.Effective.String())
	differ("失效日期", a.Expires.String(), b.Expires.String())
	differ("来源", a.Source, b.Source)
	differ("关键词", strings.Join(a.Keywords, "、"), strings.Join(b.Keywords, "、"))
	differ("内容概述", a.Summary, b.Summary)
	differ("公开属性", a.Openness.Attribute.Name(), b.Openness.Attribute.Name())
	differ("依据", clause(a.Openness), clause(b.Openness))
	differ("理由", a.Openness.Reason, b.Openness.Reason)
	differ("其他公开渠道", channels(a), channels(b))
	differ("与其他文件的关系", relations(a), relations(b))
	differ("附件", files(a), files(b))
	return out
}
