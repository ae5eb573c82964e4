package console

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"gongkai/annualreport"
	"gongkai/annualreport/form"
	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/org"
	"gongkai/publication"
)

// reportCellPage is one figure opened down to what stands behind it.
type reportCellPage struct {
	ReportFrame
	Cell     string
	Say      string
	Figure   string // as the report says it
	Facts    []ui.Fact
	Stale    *ui.Banner
	Findings []markedFinding
	Sources  ui.Table
	Adds     string // how the sources add up
	Lines    ui.Table
	LinesAdd string
	Pages    ui.Pages
	Unknown  *ui.Empty
	Zero     string
	Fixed    bool
	Form     *web.Form
	MayFix   bool
	FixHint  string
	WhyNot   string
	Take     *ui.Confirm // withdraws the correction
	Past     ui.Table
}

func (c *Console) reportCell(w http.ResponseWriter, r *http.Request) error {
	return c.showCell(w, r, r.URL.Query().Get("c"), web.NewForm(nil), http.StatusOK)
}

func (c *Console) showCell(w http.ResponseWriter, r *http.Request, cell string, f *web.Form, status int) error {
	q := r.URL.Query()
	source, _ := strconv.Atoi(q.Get("source"))
	page, _ := strconv.Atoi(q.Get("page"))
	var p reportCellPage
	err := c.read(r, func(tx *db.Tx) (err error) {
		if p.ReportFrame, err = c.reportFrame(w, r, tx, ""); err != nil {
			return err
		}
		o, err := c.Reports.Open(tx, actorOf(r), p.sheet.Report.ID, cell, source, page)
		if err != nil {
			return err
		}
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		p.Cell, p.Say, p.Form = cell, o.Say, f
		p.Title = o.Say + "－" + p.Name
		p.Crumbs[len(p.Crumbs)-1] = ui.Link{Text: p.Name, URL: reportPath(p.sheet.Report.ID)}
		p.Crumbs = append(p.Crumbs, ui.Link{Text: o.Say, Current: true})
		p.Figure = valueWords(o.Figure.Value, o.Kind)
		names, err := fixNames(tx, o)
		if err != nil {
			return err
		}
		p.facts(o, names)
		p.sources(tree, o)
		p.lines(r, o, tree)
		if i, ok := p.sheet.Form.Index(cell); ok {
			p.correction(actorOf(r), i, o)
			for _, m := range markFindings(p.sheet.Form, shownFindings(p.sheet), func(cell string) string { return cellPath(p.sheet.Report.ID, cell) }) {
				if slices.Contains(m.cells, cell) {
					p.Findings = append(p.Findings, m)
				}
			}
		} else {
			p.correction(actorOf(r), -1, o)
		}
		p.past(o, names)
		return nil
	})
	if err != nil {
		return err
	}
	return c.templates.Render(w, r, status, "report-cell", p)
}

// fixNames are the names of those who corrected the cell.
func fixNames(tx *db.Tx, o *annualreport.Opened) (map[string]string, error) {
	var who []string
	if o.Figure.Fix != nil {
		who = append(who, string(o.Figure.Fix.By))
	}
	for _, f := range o.Past {
		who = append(who, string(f.By), string(f.EndedBy))
	}
	return identity.Names(tx, who...)
}

func (p *reportCellPage) facts(o *annualreport.Opened, names map[string]string) {
	g := o.Figure
	add := func(name, say string) { p.Facts = append(p.Facts, ui.Fact{Name: name, Say: say}) }
	add("报告中的数", p.Figure)
	if g.Fix == nil {
		if g.Changed && !p.sheet.Report.State.Editable() {
			add("现在计算为", valueWords(g.Computed, o.Kind))
		}
	} else {
		p.Fixed = true
		add("按台账计算", valueWords(g.Computed, o.Kind))
		add("更正", names[string(g.Fix.By)]+"，"+web.Moment(g.Fix.At))
		p.Facts = append(p.Facts, ui.Fact{Name: "更正理由", Say: g.Fix.Reason, Wide: true})
	}
	if g.Handed && g.Changed && p.sheet.Report.State.Editable() {
		add("报送时", valueWords(g.Before, o.Kind))
	}
	if last := p.sheet.Last; last != nil && last.Report != nil && g.Cell >= 0 {
		if _, ok := last.Report.Form.Index(p.Cell); ok {
			add(fmt.Sprintf("%d年度", p.sheet.Report.Year-1), valueWords(last.Report.Get(p.Cell), o.Kind))
		}
	}
	if g.Stale {
		p.Stale = &ui.Banner{Kind: ui.Warn, Title: "更正以后台账又有变化",
			Say: fmt.Sprintf("更正时按台账计算为%s，现在为%s。请撤销更正，或者重新更正。", valueWords(g.Fix.Computed, o.Kind), valueWords(g.Computed, o.Kind))}
	}
}

// sources lists what the figure is added up from.
func (p *reportCellPage) sources(tree *org.Tree, o *annualreport.Opened) {
	g := o.Figure
	if g.Computed.State == form.Unknown {
		p.Unknown = &ui.Empty{Title: "还没有数据", Say: "没有人登记过这一格统计的事项，所以不知道是多少，也不会当作零。登记台账或者声明“本年无”，数字就会自动出来。"}
		if o.Figure.Cell >= 0 && p.sheet.Added(o.Figure.Cell) {
			p.Unknown.Say = "这一格由其他格相加而成，相加的格中有的还没有数据。"
		}
		if o.Figure.Cell >= 0 && p.sheet.Report.Kind == annualreport.Consolidated && !p.sheet.Added(o.Figure.Cell) {
			p.Unknown.Say = "汇总的数由各单位已接受的年报相加，现在还没有单位的年报计入，或者有单位的这一格没有数据。"
			p.Unknown.Links = []ui.Link{{Text: "查看各单位", URL: reportPath(p.sheet.Report.ID) + "/units"}}
		}
		for _, m := range g.Missing {
			if path, title := bookPath(m.Fact, m.Unit, p.sheet.Report.Year); path != "" {
				p.Unknown.Links = append(p.Unknown.Links, ui.Link{Text: title + "（" + tree.Name(m.Unit) + "）", URL: path})
			}
		}
		return
	}
	if len(g.Sources) == 0 {
		p.Zero = "台账里没有计入这一格的记录，所以是0。"
		if g.Computed.State == form.NotApplicable {
			p.Zero = "相加的各格都不涉及。"
		}
		return
	}
	path := cellPath(p.sheet.Report.ID, p.Cell)
	p.Sources = ui.Table{Caption: "由下面各项相加而成", Walk: true, Columns: []ui.Column{{Text: "来源"}, {Text: "单位"}, {Text: "数量", Number: true}}}
	var sum int64
	for i, src := range g.Sources {
		sum += src.Value.N
		row := ui.Row{Cells: []ui.Cell{{Text: src.Say}, {Text: tree.Name(src.Unit)}, {Text: src.Value.Print(o.Kind)}}}
		switch src.Kind {
		case annualreport.FromLines:
			row.Cells[0].URL = fmt.Sprintf("%s&source=%d#lines", path, i)
			if i == o.Source {
				row.Cells[0].Note = "明细列在下面"
			}
		case annualreport.FromCell:
			row.Cells[0].URL, row.Cells[1].Text = cellPath(p.sheet.Report.ID, p.sheet.Form.Cells[src.Cell].ID), "—"
		case annualreport.FromUnit:
			row.Cells[0].URL = cellPath(src.Report, p.Cell)
		case annualreport.FromLast:
			row.Cells[0].URL, row.Cells[1].Text = p.lastURL(src), "—"
		}
		p.Sources.Rows = append(p.Sources.Rows, row)
	}
	p.Adds = fmt.Sprintf("以上%d项相加为%s，与计算的数一致。", len(g.Sources), form.Of(sum).Print(o.Kind))
	if g.Computed.N != sum {
		p.Adds = fmt.Sprintf("以上%d项相加为%s，计算的数为%s。", len(g.Sources), form.Of(sum).Print(o.Kind), g.Computed.Print(o.Kind))
	}
}

// lastURL is where last year's figure can be looked at.
func (p *reportCellPage) lastURL(src annualreport.Source) string {
	last := p.sheet.Last
	if last == nil || last.Report == nil {
		return ""
	}
	cell := last.Report.Form.Cells[src.Cell].ID
	if last.ID != "" {
		return cellPath(last.ID, cell)
	}
	return Root + "/reports/earlier/kept/" + last.Past.ID + "#cell-" + cell
}

// lines lists a page of the records behind one source.
func (p *reportCellPage) lines(r *http.Request, o *annualreport.Opened, tree *org.Tree) {
	if o.Total == 0 || o.Source >= len(o.Figure.Sources) {
		return
	}
	src := o.Figure.Sources[o.Source]
	p.Lines = ui.Table{Caption: fmt.Sprintf("%s：%d条记录", src.Say, o.Total), Note: tree.Name(src.Unit), Walk: true, Columns: []ui.Column{{Text: "记录"}, {Text: "日期"}, {Text: "说明"}, {Text: "计数", Number: true}}}
	var sum int64
	for _, l := range o.Lines {
		sum += l.N
		on := ""
		if !l.On.IsZero() {
			on = l.On.String()
		}
		p.Lines.Rows = append(p.Lines.Rows, ui.Row{Cells: []ui.Cell{{Text: titleOf(l.Title), URL: lineURL(l)}, {Text: on}, {Text: l.Note}, {Text: form.Of(l.N).Print(o.Kind)}}})
	}
	p.Pages = ui.NewPages(r.URL.RequestURI(), o.Page, annualreport.PageSize, int64(o.Total), "条")
	if p.Pages.Last > 1 {
		p.LinesAdd = fmt.Sprintf("本页小计%s，全部%d条合计%s。", form.Of(sum).Print(o.Kind), o.Total, src.Value.Print(o.Kind))
	} else {
		p.LinesAdd = fmt.Sprintf("%d条相加为%s。", o.Total, form.Of(sum).Print(o.Kind))
	}
}

// lineURL is where a record stands in the console.
func lineURL(l annualreport.Line) string {
	switch l.Kind {
	case "item":
		return itemPath(publication.ItemID(l.ID))
	case "register":
		return Root + "/lines/" + l.ID
	}
	return ""
}

// correction offers to put another number in place of the computed one.
func (p *reportCellPage) correction(by identity.Actor, cell int, o *annualreport.Opened) {
	s := p.sheet
	if !by.Can(identity.ReportFill, s.Report.Unit) {
		return
	}
	switch {
	case cell >= 0 && s.Added(cell):
		p.WhyNot = "这一格由其他格相加而成，不能直接更正。要改请更正上面相加的各格。"
	case !s.Report.State.Editable():
		p.WhyNot = "年报" + s.Report.State.Name() + "，现在不能更正。"
	default:
		p.MayFix, p.FixHint = true, "填数字；不涉及的填“/”。"
		if o.Kind.Money() {
			p.FixHint = "以万元为单位，可以有小数；不涉及的填“/”。"
		}
		if o.Figure.Fix != nil {
			p.Take = &ui.Confirm{Open: "撤销更正", Say: "恢复按台账计算的数：" + valueWords(o.Figure.Computed, o.Kind) + "。更正的记录仍然保留。", URL: reportPath(s.Report.ID) + "/uncorrect",
				Yes: "确认撤销", Hidden: []ui.Hidden{{Name: "cell", Value: p.Cell}}, Reason: "撤销的理由", Hint: "不少于6个字。", Key: "-take", Wrong: p.Form.Wrong("why"), Typed: p.Form.Value("why")}
		}
	}
}

func (p *reportCellPage) past(o *annualreport.Opened, names map[string]string) {
	p.Past = ui.Table{Caption: "以前的更正", Columns: []ui.Column{{Text: "更正为"}, {Text: "当时计算为"}, {Text: "理由"}, {Text: "更正人"}, {Text: "结束"}}}
	for _, f := range o.Past {
		p.Past.Rows = append(p.Past.Rows, ui.Row{Cells: []ui.Cell{{Text: valueWords(f.Value, o.Kind)}, {Text: valueWords(f.Computed, o.Kind)}, {Text: f.Reason},
			{Text: names[string(f.By)] + "，" + web.Moment(f.At)}, {Text: f.EndedWhy, Note: names[string(f.EndedBy)] + "，" + web.Moment(f.Ended)}}})
	}
}

// kindOf says what a cell counts, or a figure outside the tables.
func kindOf(s *annualreport.Sheet, cell string) (form.Kind, bool) {
	if i, ok := s.Form.Index(cell); ok {
		return s.Form.Cells[i].Kind, true
	}
	for _, x := range s.Extras {
		if string(x.Fact) == cell {
			return x.Kind(), true
		}
	}
	return "", false
}

// readFigure reads what somebody typed into a cell. ok is false for what is no
// figure.
func readFigure(s string, k form.Kind) (v form.Value, ok bool) {
	s = strings.NewReplacer("，", ",", "．", ".", "－", "-", "万元", "", "件", "", " ", "").Replace(strings.TrimSpace(s))
	if s == "/" || s == "／" {
		return form.Value{State: form.NotApplicable}, true
	}
	shift := 0
	if k.Money() {
		shift = 8
	}
	n, ok := form.ParseDecimal(s, shift)
	if !ok {
		return form.Value{}, false
	}
	return form.Of(n), true
}

func (c *Console) correctCell(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	id, cell := annualreport.ID(r.PathValue("id")), f.Text("cell")
	var kind form.Kind
	if err := c.read(r, func(tx *db.Tx) error {
		s, err := c.Reports.Sheet(tx, actorOf(r), id)
		if err != nil {
			return err
		}
		ok := false
		kind, ok = kindOf(s, cell)
		if !ok {
			return fault.Say(fault.NotFound, "年报格式中没有这一格")
		}
		return nil
	}); err != nil {
		return err
	}
	v, ok := readFigure(f.Text("value"), kind)
	if !ok {
		f.Problem("value", sayBadFigure)
		return c.showCell(w, r, cell, f, http.StatusUnprocessableEntity)
	}
	if err := c.Reports.Correct(r.Context(), actorOf(r), id, []annualreport.Correction{{Cell: cell, Value: v}}, f.Text("reason")); err != nil {
		if reportRefused(f, err) {
			return c.showCell(w, r, cell, f, web.StatusOf(err))
		}
		return err
	}
	return c.said(w, r, cellPath(id, cell), sayCorrected)
}

func (c *Console) uncorrectCell(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	id, cell := annualreport.ID(r.PathValue("id")), f.Text("cell")
	if err := c.Reports.Uncorrect(r.Context(), actorOf(r), id, cell, f.Text("why")); err != nil {
		if reportRefused(f, err) {
			if say := f.Wrong("reason"); say != "" {
				f.Problem("why", say)
			}
			return c.showCell(w, r, cell, f, web.StatusOf(err))
		}
		return err
	}
	return c.said(w, r, cellPath(id, cell), sayUncorrected)
}
