package console

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"gongkai/annualreport"
	"gongkai/annualreport/form"
	"gongkai/annualreport/paper"
	"gongkai/annualreport/prose"
	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
)

// reportTextPage is the prose of a report: six chapters, beside each the figures
// it speaks of.
type reportTextPage struct {
	ReportFrame
	Form     *web.Form
	Base     int
	Version  string
	May      bool
	Draft    *ui.Confirm // writes the prose anew
	First    bool        // there is none yet
	Intro    ui.Field
	Chapters []chapterPart
	Versions ui.Table
	Older    []ui.Act
}

// chapterPart is one chapter with what is said about its numbers.
type chapterPart struct {
	Number    int
	Title     string // with its number
	Field     ui.Field
	Paras     []string
	Table     string // the table that follows it, "" for none
	Said      []saidFigure
	Wrong     int
	Findings  []ui.Finding
	Suggested int // paragraphs that a person still has to write
}

// saidFigure is a number in the prose that is bound to cells of the tables.
type saidFigure struct {
	Text, Figure, Cells, URL string
	Agrees                   bool
}

func (c *Console) reportText(w http.ResponseWriter, r *http.Request) error {
	return c.showText(w, r, nil, http.StatusOK)
}

func chapterKey(n int) string { return "chapter-" + strconv.Itoa(n) }

// showText shows the prose. f is what somebody typed, nil when it is first shown.
func (c *Console) showText(w http.ResponseWriter, r *http.Request, f *web.Form, status int) error {
	var p reportTextPage
	err := c.read(r, func(tx *db.Tx) (err error) {
		if p.ReportFrame, err = c.reportFrame(w, r, tx, "text"); err != nil {
			return err
		}
		s, by := p.sheet, actorOf(r)
		p.Base, p.First = s.Report.Text, s.Report.Text == 0
		p.May = s.Report.State.Editable() && by.Can(identity.ReportFill, s.Report.Unit)
		if f == nil {
			f = web.NewForm(nil)
			fillText(f, s.Reading)
		} else if base, err := strconv.Atoi(f.Text("base")); err == nil {
			p.Base = base
		}
		p.Form = f
		p.chapters()
		return p.versions(tx)
	})
	if err != nil {
		return err
	}
	return c.templates.Render(w, r, status, "report-text", p)
}

// fillText puts prose into the fields, a paragraph on each line.
func fillText(f *web.Form, t annualreport.Text) {
	f.Set("intro", strings.Join(t.Intro, "\n"))
	for _, ch := range t.Chapters {
		f.Set(chapterKey(ch.Number), strings.Join(ch.Paras, "\n"))
	}
}

// paras splits what was typed into paragraphs.
func paras(s string) []string {
	out := []string{}
	for line := range strings.SplitSeq(s, "\n") {
		if line = strings.Trim(line, " \t\r\u3000"); line != "" {
			out = append(out, line)
		}
	}
	return out
}

func (p *reportTextPage) chapters() {
	s := p.sheet
	p.Intro = ui.NewField(p.Form, "intro", "标题以下、第一部分以前")
	p.Intro.Optional, p.Intro.Rows, p.Intro.Hint = true, 3, "通常写明依据、统计期限和电子版从哪里下载。每一段占一行。"
	tables := map[int]string{}
	for _, t := range s.Form.Tables {
		tables[t.Chapter] = t.Title
	}
	for n := 1; n <= 6; n++ {
		title := string([]rune("一二三四五六")[n-1]) + "、" + paper.ChapterTitle(n)
		field := ui.NewField(p.Form, chapterKey(n), title)
		field.Optional = true
		field.Hint = chapterHints[n]
		text := p.Form.Value(chapterKey(n))
		field.Rows = textRows(text)
		part := chapterPart{Number: n, Title: title, Field: field, Paras: paras(text), Table: tables[n], Suggested: strings.Count(text, prose.Suggestion)}
		part.Said = saidIn(s, text)
		for _, said := range part.Said {
			if !said.Agrees {
				part.Wrong++
			}
		}
		p.Chapters = append(p.Chapters, part)
	}
}

// textRows is how many lines a text takes in its field, with one to go on.
func textRows(text string) int {
	rows := 1
	for line := range strings.SplitSeq(text, "\n") {
		rows += 1 + len([]rune(line))/33
	}
	return min(max(rows, 3), 24)
}

// chapterHints say what belongs into each chapter.
var chapterHints = map[int]string{
	1: "主动公开、依申请公开、政府信息管理、平台建设、监督保障五个方面。每一段占一行；“（一）主动公开。”这样开头的段会排成小标题。",
	2: "表格自动排在这一部分，文字可以不写。",
	3: "表格自动排在这一部分，文字可以不写。",
	4: "表格自动排在这一部分，文字可以不写。",
	5: "写今年实际存在的问题和改进的办法，不要照抄上一年。",
	6: "收取信息处理费的情况必须报告，没有收取也要写明。",
}

// saidIn lists the numbers of a text that the tables hold, and whether they
// agree.
func saidIn(s *annualreport.Sheet, text string) []saidFigure {
	var out []saidFigure
	for _, claim := range prose.Claims(text, s.Form) {
		if len(claim.About) == 0 || claim.Kind != form.Count && claim.Kind != form.Yuan {
			continue
		}
		sum, known := prose.Sum(s.Printed, claim.About, claim.Value == 0)
		said := saidFigure{Text: claim.Text, Cells: s.Form.Say(claim.About[0]), URL: cellPath(s.Report.ID, s.Form.Cells[claim.About[0]].ID)}
		if n := len(claim.About); n > 1 {
			said.Cells += fmt.Sprintf("等%d格之和", n)
		}
		said.Figure = "未知"
		if known {
			said.Figure = form.Of(sum).Print(claim.Kind)
			said.Agrees = sum == claim.Value
		}
		for _, other := range claim.Or {
			if n, ok := prose.Sum(s.Printed, other, claim.Value == 0); ok && n == claim.Value {
				said.Agrees = true
				said.Figure = form.Of(n).Print(claim.Kind)
			}
		}
		if claim.Rough || !said.Agrees && claim.Weight == form.Info {
			continue
		}
		out = append(out, said)
	}
	slices.SortStableFunc(out, func(a, b saidFigure) int { // what is wrong first
		switch {
		case a.Agrees == b.Agrees:
			return 0
		case b.Agrees:
			return -1
		}
		return 1
	})
	return out
}

// versions lists what the prose was, to be taken back.
func (p *reportTextPage) versions(tx *db.Tx) error {
	all, err := annualreport.Texts(tx, p.sheet.Report.ID)
	if err != nil {
		return err
	}
	var who []string
	for _, t := range all {
		who = append(who, string(t.By))
	}
	names, err := identity.Names(tx, who...)
	if err != nil {
		return err
	}
	path := reportPath(p.sheet.Report.ID)
	p.Versions = ui.Table{Caption: "正文的版本", Columns: []ui.Column{{Text: "版本"}, {Text: "说明"}, {Text: "谁"}, {Text: "时间"}}}
	slices.Reverse(all)
	for _, t := range all {
		p.Versions.Rows = append(p.Versions.Rows, ui.Row{Cells: []ui.Cell{{Text: fmt.Sprintf("第%d版", t.N)}, {Text: t.Note}, {Text: names[string(t.By)]}, {Text: web.Moment(t.At)}}})
		if t.N != p.sheet.Report.Text && p.May && len(p.Older) < 10 {
			p.Older = append(p.Older, ui.Act{Ask: &ui.Confirm{Open: fmt.Sprintf("恢复第%d版", t.N), Say: "现在的正文保留为版本，恢复的内容成为新的一版。", URL: path + "/restore", Yes: "确认恢复",
				Hidden: []ui.Hidden{{Name: "base", Value: strconv.Itoa(p.sheet.Report.Text)}, {Name: "version", Value: strconv.Itoa(t.N)}}}})
		}
	}
	if len(all) > 0 {
		p.Version = fmt.Sprintf("第%d版，%s，%s", all[0].N, all[0].Note, web.Moment(all[0].At))
	}
	if p.May {
		p.Draft = &ui.Confirm{Open: "按数据重新生成正文", Say: "用现在的数据写出六个部分，成为新的一版。您写过的内容保留在以前的版本里，可以恢复。", URL: path + "/draft", Yes: "重新生成",
			Hidden: []ui.Hidden{{Name: "base", Value: strconv.Itoa(p.sheet.Report.Text)}}}
	}
	return nil
}

// typedText is the prose as it was typed.
func typedText(f *web.Form) annualreport.Text {
	t := annualreport.Text{Intro: paras(f.Text("intro"))}
	for n := 1; n <= 6; n++ {
		t.Chapters = append(t.Chapters, paper.Chapter{Number: n, Title: paper.ChapterTitle(n), Paras: paras(f.Text(chapterKey(n)))})
	}
	return t
}

func (c *Console) writeText(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	id := annualreport.ID(r.PathValue("id"))
	base, err := strconv.Atoi(f.Text("base"))
	if err != nil {
		base = -1
	}
	n, err := c.Reports.Edit(r.Context(), actorOf(r), id, base, typedText(f), f.Text("note"))
	if err != nil {
		if fault.KindOf(err) != fault.NotFound && reportRefused(f, err) {
			return c.showText(w, r, f, web.StatusOf(err))
		}
		return err
	}
	return c.said(w, r, reportPath(id)+"/text", fmt.Sprintf(sayTextKept, n))
}

func (c *Console) draftText(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	id := annualreport.ID(r.PathValue("id"))
	base, _ := strconv.Atoi(f.Text("base"))
	if _, err := c.Reports.Draft(r.Context(), actorOf(r), id, base); err != nil {
		return c.textRefused(w, r, err)
	}
	return c.said(w, r, reportPath(id)+"/text", sayDrafted)
}

func (c *Console) restoreText(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	id := annualreport.ID(r.PathValue("id"))
	base, _ := strconv.Atoi(f.Text("base"))
	version, _ := strconv.Atoi(f.Text("version"))
	if _, err := c.Reports.Restore(r.Context(), actorOf(r), id, base, version); err != nil {
		return c.textRefused(w, r, err)
	}
	return c.said(w, r, reportPath(id)+"/text", fmt.Sprintf(sayTextRestored, version))
}

// textRefused shows the prose with what stood in the way of an act on it.
func (c *Console) textRefused(w http.ResponseWriter, r *http.Request, err error) error {
	if kind := fault.KindOf(err); kind != fault.Conflict && kind != fault.Invalid {
		return err
	}
	f := web.NewForm(nil)
	if rerr := c.read(r, func(tx *db.Tx) error {
		s, err := c.Reports.Sheet(tx, actorOf(r), annualreport.ID(r.PathValue("id")))
		if err == nil {
			fillText(f, s.Reading)
		}
		return err
	}); rerr != nil {
		return rerr
	}
	reportRefused(f, err)
	return c.showText(w, r, f, web.StatusOf(err))
}
