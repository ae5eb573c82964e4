package console

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"gongkai/annualreport"
	"gongkai/annualreport/form"
	"gongkai/document"
	"gongkai/identity"
	"gongkai/internal/blob"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/org"
)

// earlierPage lists the reports that were read in from files, and takes another.
type earlierPage struct {
	ui.Console
	Form    *web.Form
	Ask     []question
	Upload  ui.Field
	May     bool
	Table   ui.Table
	Pages   ui.Pages
	Nothing *ui.Empty
}

// readPage is what was read in a file, before or after it was adopted.
type readPage struct {
	ui.Console
	Form     *web.Form
	Lead     string
	Facts    []ui.Fact
	Banner   *ui.Banner
	Tables   []reportTable
	General  []markedFinding
	Doubts   ui.Table // cells that could be read otherwise
	Hidden   []ui.Hidden
	AskYear  bool
	AskWhy   string // what the reason is for, "" if none is needed
	Adopting bool
	Warn     int
}

const acceptReports = ".docx,.doc,.wps,.pdf,.html,.htm,.txt,.md,.xlsx,.json,.csv"

func (c *Console) earlier(w http.ResponseWriter, r *http.Request) error {
	return c.showEarlier(w, r, web.NewForm(r.URL.Query()), http.StatusOK)
}

func (c *Console) showEarlier(w http.ResponseWriter, r *http.Request, f *web.Form, status int) error {
	var p earlierPage
	by := actorOf(r)
	err := c.read(r, func(tx *db.Tx) error {
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		p = earlierPage{Console: c.frame(w, r, tree, "往年年报", ui.Link{Text: "年度报告", URL: Root + "/reports"}), Form: f}
		scope := by.Scope(identity.ReportFill)
		if p.May = by.CanAny(identity.ReportFill); p.May {
			if f.Value("unit") == "" {
				f.Set("unit", string(by.Unit))
			}
			if f.Value("kind") == "" {
				f.Set("kind", string(annualreport.Own))
			}
			a := asker{f}
			p.Ask = []question{a.ask("select", "unit", "哪个单位的年报", choose(scopeUnits(tree, scope))),
				a.ask("radios", "kind", "统计范围", choose([]ui.Option{{Value: string(annualreport.Own), Text: "本级", Hint: "只统计这个单位。"}, {Value: string(annualreport.Consolidated), Text: "汇总", Hint: "一级政府的年报，统计本级政府各部门和下级。"}}))}
			p.Upload = ui.NewField(f, "file", "年报文件")
			p.Upload.Accept, p.Upload.MaxBytes = acceptReports, maxFile
			p.Upload.Hint = "公布过的年报，Word、WPS、PDF、网页、文本、Excel 都可以。先给您看读到了什么，确认以后才采用。"
		}
		all, err := annualreport.Pasts(tx, by.Scope(identity.ReportRead), "", 0, "")
		if err != nil {
			return err
		}
		p.Table = ui.Table{Caption: "已经读入的年报", Note: "同一单位、年度有几份的，用最新的一份", Walk: true, Columns: []ui.Column{{Text: "年报"}, {Text: "单位"}, {Text: "文件"}, {Text: "读入"}}}
		page, _ := strconv.Atoi(r.URL.Query().Get("page"))
		p.Pages = ui.NewPages(r.URL.RequestURI(), page, reportsPerPage, int64(len(all)), "份")
		from := min((p.Pages.Page-1)*reportsPerPage, len(all))
		for _, one := range all[from:min(from+reportsPerPage, len(all))] {
			p.Table.Rows = append(p.Table.Rows, ui.Row{Cells: []ui.Cell{{Text: fmt.Sprintf("%d年度（%s）", one.Year, one.Kind.Name()), URL: Root + "/reports/earlier/kept/" + one.ID}, {Text: tree.Name(one.Unit)}, {Text: one.Name, Note: one.Reason}, {Text: web.Moment(one.At)}}})
		}
		if len(all) == 0 {
			p.Nothing = &ui.Empty{Title: "还没有读入往年年报", Say: "读入去年公布的年报以后，“上年结转”会自动取数，检查会核对两年是否衔接，公开页面会有历年趋势。第一年使用时读入一次就够了，以后自动衔接。"}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return c.templates.Render(w, r, status, "report-earlier", p)
}

// readEarlier keeps an uploaded report and shows what was read in it.
func (c *Console) readEarlier(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	again := func(err error) error {
		if !f.Take(err) {
			f.Problem("file", fault.Sentence(err))
		}
		return c.showEarlier(w, r, f, http.StatusUnprocessableEntity)
	}
	uploads, err := f.Uploads("file", 1, maxFile)
	if err != nil {
		return again(err)
	}
	if len(uploads) == 0 {
		return again(fault.Problems(fault.Problem{Field: "file", Say: sayChooseReport}))
	}
	unit, kind := org.ID(f.Text("unit")), annualreport.Kind(f.Text("kind"))
	if !actorOf(r).Can(identity.ReportFill, unit) {
		return again(fault.Problems(fault.Problem{Field: "unit", Say: "请选择您负责填报的单位"}))
	}
	content, err := uploads[0].Open()
	if err != nil {
		return err
	}
	defer content.Close()
	v, err := c.Reports.ReadIn(r.Context(), actorOf(r), unit, kind, uploads[0].Name, content)
	if err != nil {
		if k := fault.KindOf(err); k == fault.Invalid || k == fault.Conflict {
			return again(err)
		}
		return err
	}
	q := url.Values{"unit": {string(unit)}, "kind": {string(kind)}, "file": {string(v.File.Digest)}, "name": {v.Name}}
	return web.SeeOther(w, r, Root+"/reports/earlier/read?"+q.Encode())
}

func (c *Console) earlierRead(w http.ResponseWriter, r *http.Request) error {
	return c.showRead(w, r, web.NewForm(r.URL.Query()), http.StatusOK)
}

// showRead shows what was read in a kept file.
func (c *Console) showRead(w http.ResponseWriter, r *http.Request, f *web.Form, status int) error {
	unit, kind := org.ID(f.Text("unit")), annualreport.Kind(f.Text("kind"))
	if f.Text("file") == "" {
		return fault.Say(fault.NotFound, sayNoFile)
	}
	v, err := c.Reports.Preview(r.Context(), actorOf(r), unit, kind, blob.Digest(f.Text("file")), f.Text("name"))
	if err != nil {
		return err
	}
	tree, err := c.tree(r)
	if err != nil {
		return err
	}
	p := readPage{Console: c.frame(w, r, tree, "核对读到的年报", ui.Link{Text: "年度报告", URL: Root + "/reports"}, ui.Link{Text: "往年年报", URL: Root + "/reports/earlier"}), Form: f, Adopting: true}
	p.Lead = "下面是从“" + v.Name + "”里读到的数字。请与原文核对，确认以后采用；现在还没有保存。"
	p.look(v.Report, v.Findings)
	p.facts(tree, unit, kind, v.Report, v.Name)
	if n := len(v.Unknown); n > 0 {
		p.Banner = &ui.Banner{Kind: ui.Warn, Title: fmt.Sprintf("有%d格没有读出来", n), Say: "表上打“？”的格，文件里没有，或者看不清是哪个数。采用以后仍按未知处理，不会猜。"}
	} else if p.Warn == 0 {
		p.Banner = &ui.Banner{Kind: ui.Good, Title: "每一格都读出来了", Say: "没有拿不准的数字。"}
	} else {
		p.Banner = &ui.Banner{Kind: ui.Warn, Title: fmt.Sprintf("有%d格拿不准", p.Warn), Say: "表格下面列出了还可能是什么数，请对照原文。"}
	}
	for _, name := range []string{"unit", "kind", "file", "name"} {
		p.Hidden = append(p.Hidden, ui.Hidden{Name: name, Value: f.Text(name)})
	}
	p.AskYear = v.Report.Year == 0
	if v.Compiled {
		p.AskWhy = "这个年度的年报已经在本平台编报，改用文件里的数据要写明理由。"
	} else if v.Replaces != nil {
		p.AskWhy = "这个年度已经读入过一份（" + v.Replaces.Name + "），替换要写明理由。"
	}
	return c.templates.Render(w, r, status, "report-read", p)
}

// look lays out what was read with what is wrong and what is doubtful.
func (p *readPage) look(r *form.Report, found []form.Finding) {
	var all []annualreport.Finding
	for _, n := range found {
		all = append(all, annualreport.Finding{Finding: n, Key: annualreport.FindingKey(n)})
	}
	look := gridLook{findings: markFindings(r.Form, all, func(cell string) string { return "#cell-" + cell })}
	whole := *r
	whole.Missing = nil // rows the file lacks stand on the form as unknown
	p.Tables, p.General = look.tables(&whole)
	p.Doubts = ui.Table{Caption: "拿不准的格", Note: "读法有几种可能，表上用的是最可能的一种", Columns: []ui.Column{{Text: "格"}, {Text: "读作", Number: true}, {Text: "也可能是"}, {Text: "在文件的哪里"}}}
	for i, o := range r.Origins {
		if o.Sure >= sureRead && len(o.Others) == 0 || r.Values[i].State == form.Unknown && len(o.Others) == 0 {
			continue
		}
		kind, others := r.Form.Cells[i].Kind, ""
		for k, v := range o.Others {
			if k > 0 {
				others += "、"
			}
			others += valueWords(v, kind)
		}
		where := o.Place
		if where == "" && o.Page > 0 {
			where = fmt.Sprintf("第%d页", o.Page)
		}
		p.Warn++
		p.Doubts.Rows = append(p.Doubts.Rows, ui.Row{Cells: []ui.Cell{{Text: r.Form.Say(i), URL: "#cell-" + r.Form.Cells[i].ID}, {Text: valueWords(r.Values[i], kind)}, {Text: or(others, "—")}, {Text: or(where, "—")}}})
	}
	doubtful := map[string]bool{}
	for _, row := range p.Doubts.Rows {
		doubtful[row.Cells[0].URL[1:]] = true
	}
	for t := range p.Tables {
		for l := range p.Tables[t].Lines {
			for b := range p.Tables[t].Lines[l].Boxes {
				if box := &p.Tables[t].Lines[l].Boxes[b]; doubtful[box.ID] && box.Kind == "" {
					box.Kind, box.Notes = ui.Warn, append(box.Notes, "拿不准")
				}
			}
		}
	}
}

// sureRead is from when on a reading needs no second look.
const sureRead = 0.9

func (p *readPage) facts(tree *org.Tree, unit org.ID, kind annualreport.Kind, r *form.Report, name string) {
	year := "文件没有写明"
	if r.Year > 0 {
		year = fmt.Sprintf("%d年度", r.Year)
	}
	p.Facts = []ui.Fact{{Name: "单位", Say: tree.Name(unit)}, {Name: "统计范围", Say: kind.Name()}, {Name: "报告年度", Say: year}, {Name: "文件写的机关", Say: or(r.Agency, "没有写明")}, {Name: "表样", Say: r.Form.Name}, {Name: "文件", Say: name}}
}

func (c *Console) adoptEarlier(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	unit, kind := org.ID(f.Text("unit")), annualreport.Kind(f.Text("kind"))
	year, _ := strconv.Atoi(f.Text("year"))
	id, err := c.Reports.Adopt(r.Context(), actorOf(r), unit, kind, blob.Digest(f.Text("file")), f.Text("name"), year, f.Text("reason"))
	if err != nil {
		if fault.KindOf(err) == fault.Invalid && f.Take(err) {
			return c.showRead(w, r, f, http.StatusUnprocessableEntity)
		}
		return err
	}
	return c.said(w, r, Root+"/reports/earlier/kept/"+id, sayAdopted)
}

// earlierOne shows a report that was read in.
func (c *Console) earlierOne(w http.ResponseWriter, r *http.Request) error {
	var p readPage
	err := c.read(r, func(tx *db.Tx) error {
		all, err := annualreport.Pasts(tx, actorOf(r).Scope(identity.ReportRead), "", 0, "")
		if err != nil {
			return err
		}
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		for _, one := range all {
			if one.ID != r.PathValue("past") || one.Report == nil {
				continue
			}
			p = readPage{Console: c.frame(w, r, tree, fmt.Sprintf("%s%d年度报告（读入）", tree.Name(one.Unit), one.Year), ui.Link{Text: "年度报告", URL: Root + "/reports"}, ui.Link{Text: "往年年报", URL: Root + "/reports/earlier"}), Form: web.NewForm(nil)}
			p.Lead = "从文件读入的已公布年报，用于结转数、衔接检查和历年趋势。"
			p.look(one.Report, nil)
			p.facts(tree, one.Unit, one.Kind, one.Report, one.Name)
			names, err := identity.Names(tx, string(one.By))
			if err != nil {
				return err
			}
			p.Facts = append(p.Facts, ui.Fact{Name: "读入", Say: names[string(one.By)] + "，" + web.Moment(one.At)})
			if one.Reason != "" {
				p.Facts = append(p.Facts, ui.Fact{Name: "替换的理由", Say: one.Reason, Wide: true})
			}
			if kept, err := document.Get(tx, one.File); err == nil {
				p.Facts = append(p.Facts, ui.Fact{Name: "原文件", Say: "打开", URL: Root + "/files/" + string(kept.Digest) + "/" + percent(one.Name)})
			}
			return nil
		}
		return fault.Say(fault.NotFound, "没有找到这份读入的年报")
	})
	if err != nil {
		return err
	}
	return c.show(w, r, "report-read", p)
}
