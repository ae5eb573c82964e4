package console

import (
	"fmt"
	"net/http"
	"slices"

	"gongkai/annualreport"
	"gongkai/annualreport/paper"
	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/ledger"
	"gongkai/org"
	"gongkai/publication"
)

// reportPaperPage is where a report becomes public: what citizens will see, the
// files, the way through review.
type reportPaperPage struct {
	ReportFrame
	Form    *web.Form
	Facts   []ui.Fact
	Altered *ui.Banner
	Early   *ui.Banner // before it was accepted
	Glyphs  *ui.Banner // characters the PDF cannot print
	Files   []ui.Link
	Charts  []ui.Chart
	Acts    []ui.Act
	Body    string
	Heading string
}

// formats are the files of a report, in the order people want them.
var reportFormats = []struct{ kind, name, media, use string }{
	{"docx", "Word 文档", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "排版与公文一致，可以用 Word、WPS 打开"},
	{"pdf", "PDF", "application/pdf", "打印、存档"},
	{"xlsx", "Excel 表格", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "三张表，可以继续计算"},
	{"json", "JSON 数据", "application/json; charset=utf-8", "供其他系统读取"},
	{"csv", "CSV 数据", "text/csv; charset=utf-8", "一行一格，供统计使用"},
}

// workPathOf is where one goes on with what a report is published as.
func workPathOf(tx *db.Tx, r annualreport.Report) string {
	row, err := publication.Get(tx, r.Item)
	if err != nil {
		return itemPath(r.Item)
	}
	return workPath(row)
}

func (c *Console) reportPaper(w http.ResponseWriter, r *http.Request) error {
	return c.showPaper(w, r, web.NewForm(nil), http.StatusOK)
}

func (c *Console) showPaper(w http.ResponseWriter, r *http.Request, f *web.Form, status int) error {
	var p reportPaperPage
	err := c.read(r, func(tx *db.Tx) (err error) {
		if p.ReportFrame, err = c.reportFrame(w, r, tx, "paper"); err != nil {
			return err
		}
		p.Form = f
		s, by := p.sheet, actorOf(r)
		look, err := c.Reports.Look(tx, by, s.Report.ID)
		if err != nil {
			return err
		}
		p.Heading, p.Body = look.Title, look.HTML()
		if p.Glyphs, err = glyphs(look); err != nil {
			return err
		}
		for _, ch := range look.Charts() {
			p.Charts = append(p.Charts, chartOf(ch))
		}
		for _, kind := range reportFormats {
			p.Files = append(p.Files, ui.Link{Text: kind.name, URL: reportPath(s.Report.ID) + "/file?format=" + kind.kind, Note: kind.use})
		}
		return p.state(tx, by, c.Public)
	})
	if err != nil {
		return err
	}
	return c.templates.Render(w, r, status, "report-paper", p)
}

// glyphs says which characters the PDF of a report has no shape for: a person
// should know before citizens see 〓 in a name. Nil if there are none.
func glyphs(look *paper.Paper) (*ui.Banner, error) {
	_, missing, err := look.PDF()
	if err != nil || len(missing) == 0 {
		return nil, err
	}
	return &ui.Banner{Kind: ui.Warn, Title: "PDF 中有不能显示的字", Say: paper.SayMissing(missing)}, nil
}

func chartOf(ch paper.Chart) ui.Chart {
	out := ui.Chart{Title: ch.Title, Note: ch.Note, Axis: ch.Axis, Line: ch.Line, Labels: ch.Labels}
	for _, s := range ch.Series {
		out.Series = append(out.Series, ui.Series{Name: s.Name, Values: s.Values})
	}
	return out
}

// state says how far publication has come and what may be done for it.
func (p *reportPaperPage) state(tx *db.Tx, by identity.Actor, public string) error {
	r := p.sheet.Report
	path := reportPath(r.ID)
	mayMake := by.Can(identity.ReportFill, r.Unit) && by.Can(identity.PublicationDraft, r.Unit)
	again := ui.Act{Ask: &ui.Confirm{Open: "重新生成发布稿", Say: "用现在已接受的数据和正文重新生成，替换发布稿里的内容和附件。", URL: path + "/paper", Yes: "重新生成"}}
	if !r.State.Counted() {
		p.Early = &ui.Banner{Kind: ui.Note, Title: "现在还不能发布", Say: "报送并被接受以后，才能生成发布稿。下面是按现在的内容生成的样子，供核对。"}
		return nil
	}
	switch {
	case r.Item == "" && mayMake:
		p.Acts = append(p.Acts, ui.Act{Title: "生成发布稿", Say: "按已接受的数据和正文生成网页、Word、PDF、Excel 和开放数据，成为一条待送审的信息。", URL: path + "/paper", Post: true})
	case r.Item != "":
		row, err := publication.Get(tx, r.Item)
		if err != nil {
			return err
		}
		if s := workState(row.Work); s != nil {
			p.Facts = append(p.Facts, ui.Fact{Name: "发布稿", HTML: ui.Tag(s.Kind, s.Say)})
		}
		if s := faceState(row.Face); s != nil {
			p.Facts = append(p.Facts, ui.Fact{Name: "公开情况", HTML: ui.Tag(s.Kind, s.Say)})
		}
		if row.Face.Seen() {
			p.Facts = append(p.Facts, ui.Fact{Name: "首次公开", Say: web.Moment(row.Published)}, ui.Fact{Name: "公开页面", Say: "打开", URL: publicPath(public, row.ID)})
		}
		switch {
		case row.Work == publication.Draft && by.Can(identity.PublicationDraft, r.Unit):
			p.Acts = append(p.Acts, ui.Act{Title: "核对并送审", Say: "打开发布稿，核对以后点“送审”。各级审查同意以后发布。", URL: itemPath(r.Item) + "/edit", Kind: "primary"})
		default:
			p.Acts = append(p.Acts, ui.Act{Title: "打开发布稿", Say: "查看审查进度、发布和历次版本。", URL: itemPath(r.Item)})
		}
		if mayMake && (r.State == annualreport.Made || r.State == annualreport.Published) {
			p.Acts = append(p.Acts, again)
		}
		if r.Altered {
			p.Altered = &ui.Banner{Kind: ui.Warn, Title: "发布稿被改动过", Say: "发布稿的内容与年报不一致。年报的数字和文字应当在年报里改，然后重新生成发布稿。"}
		}
	}
	return nil
}

// reportPreview shows the page as citizens will see it.
func (c *Console) reportPreview(w http.ResponseWriter, r *http.Request) error {
	id := annualreport.ID(r.PathValue("id"))
	var p previewPage
	err := c.read(r, func(tx *db.Tx) error {
		one, err := annualreport.Get(tx, id)
		if err != nil {
			return err
		}
		look, err := c.Reports.Look(tx, actorOf(r), id)
		if err != nil {
			return err
		}
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		p.Portal = ui.Portal{Head: c.head(r, "预览："+look.Title), Region: tree.Root(one.Unit).Name, RegionURL: c.Public, Unit: tree.Name(one.Unit), UnitURL: c.Public}
		p.Note = ui.Banner{Kind: ui.Note, Title: "这是预览，公众看不到这一页", Links: []ui.Link{{Text: "回到年报", URL: reportPath(id)}}}
		p.Public = publicText{Title: look.Title, Body: look.HTML(), Facts: []ui.Fact{{Name: "发文机关", Say: look.Signed}, {Name: "信息类别", Say: "年度报告"}}}
		return nil
	})
	if err != nil {
		return err
	}
	return c.show(w, r, "preview", p)
}

// reportFile gives a report as a file.
func (c *Console) reportFile(w http.ResponseWriter, r *http.Request) error {
	format := r.URL.Query().Get("format")
	i := slices.IndexFunc(reportFormats, func(f struct{ kind, name, media, use string }) bool { return f.kind == format })
	if i < 0 {
		return fault.Say(fault.NotFound, sayNoFormat)
	}
	var look *paper.Paper
	if err := c.read(r, func(tx *db.Tx) (err error) {
		look, err = c.Reports.Look(tx, actorOf(r), annualreport.ID(r.PathValue("id")))
		return err
	}); err != nil {
		return err
	}
	var b []byte
	var err error
	switch format {
	case "docx":
		b, err = look.DOCX()
	case "pdf":
		b, _, err = look.PDF()
	case "xlsx":
		b, err = look.XLSX()
	case "json":
		b = look.JSON()
	case "csv":
		b = look.CSV()
	}
	if err != nil {
		return err
	}
	w.Header().Set("Content-Disposition", "attachment; filename*=UTF-8''"+percent(look.Title+"."+format))
	return web.Write(w, r, http.StatusOK, reportFormats[i].media, b)
}

func (c *Console) makePaper(w http.ResponseWriter, r *http.Request) error {
	id := annualreport.ID(r.PathValue("id"))
	item, err := c.Reports.MakePaper(r.Context(), actorOf(r), id)
	if err != nil {
		f := web.NewForm(nil)
		if kind := fault.KindOf(err); (kind == fault.Conflict || kind == fault.Invalid) && reportRefused(f, err) {
			return c.showPaper(w, r, f, web.StatusOf(err))
		}
		return err
	}
	return c.said(w, r, itemPath(item)+"/edit", sayPaperMade)
}

// reportPast is what happened to a report.
type reportPastPage struct {
	ReportFrame
	Lead    string
	Tables  []ui.Table
	Nothing *ui.Empty
	Past    []ui.Event
}

func (c *Console) reportPast(w http.ResponseWriter, r *http.Request) error {
	var p reportPastPage
	err := c.read(r, func(tx *db.Tx) (err error) {
		if p.ReportFrame, err = c.reportFrame(w, r, tx, "past"); err != nil {
			return err
		}
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		id := p.sheet.Report.ID
		entries, err := ledger.BySubject(tx, id.Subject())
		if err != nil {
			return err
		}
		sent, err := annualreport.Submissions(tx, id)
		if err != nil {
			return err
		}
		var who []string
		for _, e := range entries {
			who = append(who, e.Who)
		}
		for _, s := range sent {
			who = append(who, string(s.By), string(s.Decider))
		}
		names, err := identity.Names(tx, who...)
		if err != nil {
			return err
		}
		for _, e := range slices.Backward(entries) {
			say, kind := actWord(e.Act)
			ev := ui.Event{Time: web.Moment(e.Time), Machine: web.Machine(e.Time), Title: say, Kind: kind, Who: personIn(names, e.Who, tree, e.Unit), Say: publicWords(e.Public)}
			for _, s := range sent {
				if s.Decided.Equal(e.Time) && s.Opinion != "" {
					ev.Say = "意见：" + s.Opinion
				}
			}
			p.Past = append(p.Past, ev)
		}
		t := ui.Table{Caption: "历次报送", Columns: []ui.Column{{Text: "次数"}, {Text: "报送"}, {Text: "结果"}, {Text: "意见"}}}
		for _, s := range sent {
			decided := ""
			if !s.Decided.IsZero() {
				decided = names[string(s.Decider)] + "，" + web.Moment(s.Decided)
			}
			t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: fmt.Sprintf("第%d次", s.N)}, {Text: names[string(s.By)], Note: web.Moment(s.At)}, {Text: s.Outcome.Name(), Note: decided}, {Text: s.Opinion}}})
		}
		if len(t.Rows) > 0 {
			p.Tables = []ui.Table{t}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return c.show(w, r, "report-past", p)
}

// reportFacts lead from what a report is published as to the report itself, for
// whoever may look at it.
func reportFacts(tx *db.Tx, by identity.Actor, row publication.Row) ([]ui.Fact, error) {
	if row.Kind != publication.Report || !by.Can(identity.ReportRead, row.Unit) {
		return nil, nil
	}
	all, err := annualreport.List(tx, annualreport.Filter{Units: org.Everything(), Unit: row.Unit})
	if err != nil {
		return nil, err
	}
	for _, r := range all {
		if r.Item == row.ID {
			say := fmt.Sprintf("%d年度报告（%s）的数据、来源和检查结果", r.Year, r.Kind.Name())
			return []ui.Fact{{Name: "年报", Say: say, URL: reportPath(r.ID), Wide: true}}, nil
		}
	}
	return nil, nil
}
