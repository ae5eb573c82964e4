package console

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"gongkai/annualreport"
	"gongkai/annualreport/form"
	"gongkai/annualreport/paper"
	"gongkai/internal/db"
	"gongkai/internal/web/ui"
	"gongkai/org"
)

// reportTablePage is a report's tables as the form prints them, each figure a
// link to what it counts.
type reportTablePage struct {
	ReportFrame
	Tables  []reportTable
	General []markedFinding // about no cell
	Extras  ui.Table
	Missing []missingRegister
	Lacking int // cells nobody recorded
	FillURL string
	LastURL string
	LastSay string
	Sum     bool // adds up the units' reports
	Fixes   ui.Table
	Key     bool // corrected cells are on the page
	Moved   bool // cells that changed since the report was handed in are
}

// reportTable is one table with what is wrong in it.
type reportTable struct {
	ui.FormTable
	Findings []markedFinding
}

// markedFinding is a finding with the sign that stands in its cells.
type markedFinding struct {
	ID, Mark, Kind string
	Say            string
	Why            []string
	Cells          []ui.Link
	More           string
	Basis          string
	Sentence       string
	Key            string
	Hard           bool

	rule   string
	table  string // it is about
	cells  []string
	signed []string // the cells that carry the sign
}

// missingRegister is a register that nobody keeps, with what it would give.
type missingRegister struct {
	Title, Unit, URL string
	Cells            string
}

func (c *Console) report(w http.ResponseWriter, r *http.Request) error {
	var p reportTablePage
	err := c.read(r, func(tx *db.Tx) (err error) {
		if p.ReportFrame, err = c.reportFrame(w, r, tx, ""); err != nil {
			return err
		}
		s := p.sheet
		look := gridLook{report: s.Report.ID, sheet: s, findings: markFindings(s.Form, shownFindings(s), func(cell string) string { return cellPath(s.Report.ID, cell) })}
		if s.Last != nil && s.Last.Report != nil {
			p.LastSay, p.LastURL = fmt.Sprintf("并列%d年的数", s.Report.Year-1), reportPath(s.Report.ID)+"?last=1"
			if r.URL.Query().Get("last") != "" {
				look.last = s.Last.Report
				p.LastSay, p.LastURL = fmt.Sprintf("不并列%d年的数", s.Report.Year-1), reportPath(s.Report.ID)
			}
		}
		p.Tables, p.General = look.tables(s.Printed)
		p.General = slices.DeleteFunc(p.General, func(m markedFinding) bool { return strings.HasPrefix(m.rule, "prose.") }) // said on the page of the prose
		p.extras()
		for _, g := range s.Figures {
			p.Key, p.Moved = p.Key || g.Fix != nil, p.Moved || g.Changed
		}
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		p.Lacking = len(s.Unknown())
		p.Missing = missingRegisters(s, tree)
		p.Sum = s.Report.Kind == annualreport.Consolidated
		p.Fixes = fixTable(s)
		if !p.Sum && p.fill && s.Report.State.Editable() {
			p.FillURL = reportPath(s.Report.ID) + "/fill"
		}
		return nil
	})
	if err != nil {
		return err
	}
	return c.show(w, r, "report-table", p)
}

// extras are the figures outside the tables: the fees that chapter six must
// report, and what else the prose may speak of.
func (p *reportTablePage) extras() {
	p.Extras = ui.Table{Caption: "表格以外的数", Note: "正文里用到；第六部分必须报告信息处理费", Columns: []ui.Column{{Text: "项目"}, {Text: "数量或者金额", Number: true}}}
	for _, x := range p.sheet.Extras {
		if !x.Must && x.Value.State == form.Unknown {
			continue
		}
		cell := ui.Cell{Text: extraWords(x)}
		if x.Fix != nil {
			cell.Note = "人工填写"
		}
		p.Extras.Rows = append(p.Extras.Rows, ui.Row{Cells: []ui.Cell{{Text: x.Title, URL: cellPath(p.sheet.Report.ID, string(x.Fact))}, cell}})
	}
}

// extraWords says a figure outside the tables, money in yuan.
func extraWords(x annualreport.Extra) string {
	if x.Money && x.Value.Known() {
		return form.InYuan(x.Value.N) + "元"
	}
	return valueWords(x.Value, x.Kind())
}

// missingRegisters lists the registers that the unknown cells wait for.
func missingRegisters(s *annualreport.Sheet, tree *org.Tree) []missingRegister {
	type key struct{ path, title, unit string }
	var order []key
	rows := map[key][]string{}
	for _, i := range s.Unknown() {
		for _, m := range s.Figures[i].Missing {
			path, title := bookPath(m.Fact, m.Unit, s.Report.Year)
			if path == "" {
				title = m.Fact.Name()
			}
			k := key{path, title, tree.Name(m.Unit)}
			if rows[k] == nil {
				order = append(order, k)
			}
			if row := rowName(s.Form, i); !slices.Contains(rows[k], row) {
				rows[k] = append(rows[k], row)
			}
		}
	}
	var out []missingRegister
	for _, k := range order {
		cells := strings.Join(rows[k][:min(3, len(rows[k]))], "、")
		if n := len(rows[k]); n > 3 {
			cells += fmt.Sprintf("等%d行", n)
		}
		out = append(out, missingRegister{Title: k.title, Unit: k.unit, URL: k.path, Cells: cells})
	}
	return out
}

// rowName is the label of a cell's row.
func rowName(f *form.Form, cell int) string {
	c := f.Cells[cell]
	return f.Tables[c.TableIndex].Blocks[c.BlockIndex].Rows[c.RowIndex].Label
}

// signOf is the sign of the n-th finding, from 0.
func signOf(n int) string {
	if n < 20 {
		return string(rune('①' + n))
	}
	return fmt.Sprintf("(%d)", n+1)
}

var severityKinds = map[form.Severity]string{form.Error: ui.Bad, form.Warning: ui.Warn, form.Info: ui.Note}

// fewCells is how many cells of a finding carry its sign; of more, those that
// would explain it.
const fewCells = 3

// markFindings gives each finding its sign and the cells that carry it. at is
// the address of a cell.
func markFindings(f *form.Form, all []annualreport.Finding, at func(cell string) string) []markedFinding {
	out := make([]markedFinding, len(all))
	for i, n := range all {
		m := markedFinding{ID: fmt.Sprintf("finding-%d", i+1), Mark: signOf(i), Kind: severityKinds[n.Severity], Say: n.Message, Basis: n.Basis, Key: n.Key, Hard: n.Hard(), rule: n.Rule, cells: n.Cells}
		if n.Explanation != nil {
			m.Sentence = n.Explanation.Text
		}
		for _, e := range n.Explanations {
			m.Why = append(m.Why, e.Message)
			for _, cell := range e.Cells {
				if len(m.signed) < fewCells && slices.Contains(n.Cells, cell) && !slices.Contains(m.signed, cell) {
					m.signed = append(m.signed, cell)
				}
			}
		}
		if len(n.Cells) <= fewCells {
			m.signed = n.Cells
		} else if len(m.signed) == 0 {
			m.signed = n.Cells[:1]
		}
		shown := n.Cells
		if len(shown) > 6 {
			shown = m.signed
			m.More = fmt.Sprintf("共%d格，表上已着色", len(n.Cells))
		}
		for _, cell := range shown {
			if k, ok := f.Index(cell); ok {
				m.table = f.Cells[k].Table
				m.Cells = append(m.Cells, ui.Link{Text: f.Say(k), URL: at(cell)})
			}
		}
		out[i] = m
	}
	return out
}

// gridLook says how the figures of a report are drawn.
type gridLook struct {
	report   annualreport.ID
	sheet    *annualreport.Sheet // nil for a report that was read in
	findings []markedFinding
	last     *form.Report // set beside
	input    func(cell int) *ui.Field
}

// tables lays a report's tables out as its form prints them, and sorts the
// findings to them.
func (l gridLook) tables(r *form.Report) (all []reportTable, general []markedFinding) {
	for _, m := range l.findings {
		if m.table == "" {
			general = append(general, m)
		}
	}
	grids := (&paper.Paper{Report: r}).Grids()
	for _, g := range grids {
		t := reportTable{FormTable: ui.FormTable{ID: g.ID, Caption: "表" + string([]rune("一二三四五六")[g.Chapter-1]) + "　" + g.Title, Head: g.Head}}
		for _, line := range g.Lines {
			fl := ui.FormLine{Opens: line.Opens}
			for _, b := range line.Boxes {
				fl.Boxes = append(fl.Boxes, l.box(r.Form, b))
			}
			t.Lines = append(t.Lines, fl)
		}
		for _, m := range l.findings {
			if m.table == g.ID {
				t.Findings = append(t.Findings, m)
			}
		}
		all = append(all, t)
	}
	return all, general
}

// scopes are what the boxes of a grid head.
func scopeOf(b paper.Box) string {
	switch {
	case b.Role == paper.Section, b.Role == paper.Beside && b.Rows > 1:
		return "rowgroup"
	case b.Role == paper.Beside:
		return "row"
	case b.Cols > 1:
		return "colgroup"
	}
	return "col"
}

func (l gridLook) box(f *form.Form, b paper.Box) ui.FormBox {
	out := ui.FormBox{Text: b.Text, Cols: b.Cols, Rows: b.Rows}
	if b.Role == paper.Corner {
		out.Corner = true
		return out
	}
	if b.Role != paper.Figure {
		out.Scope = scopeOf(b)
		return out
	}
	cell := f.Cells[b.Cell].ID
	if l.input != nil {
		if out.Input = l.input(b.Cell); out.Input != nil {
			return out
		}
	}
	out.ID, out.Unknown = "cell-"+cell, b.Value.State == form.Unknown
	if l.report != "" {
		out.URL = cellPath(l.report, cell)
	}
	for _, m := range l.findings {
		if !slices.Contains(m.cells, cell) || m.Kind == ui.Note {
			continue
		}
		if slices.Contains(m.signed, cell) {
			if out.Kind != ui.Bad {
				out.Kind = m.Kind
			}
			if len(out.Marks) < 3 {
				out.Marks = append(out.Marks, ui.Link{Text: m.Mark, URL: "#" + m.ID, Note: "检查结果"})
			}
		} else if m.Kind == ui.Bad {
			out.Near = true
		}
	}
	if l.sheet != nil {
		l.notes(&out, l.sheet.Figures[b.Cell], b.Kind)
	}
	if l.last != nil {
		if v := l.last.Get(cell); v.State != form.Unknown {
			out.Notes = append(out.Notes, "上年 "+or(v.Print(b.Kind), "空白"))
		} else {
			out.Notes = append(out.Notes, "上年 —")
		}
	}
	return out
}

// notes says of a figure what stands beside it: what was computed, what it was
// when it was handed in.
func (l gridLook) notes(out *ui.FormBox, g annualreport.Figure, k form.Kind) {
	if g.Fix != nil {
		if out.Kind == "" {
			out.Kind = ui.Note
		}
		computed := "台账 " + g.Computed.Print(k)
		if g.Computed.State == form.Unknown {
			computed = "无台账"
		}
		out.Notes = append(out.Notes, computed)
	}
	if g.Changed {
		if !l.sheet.Report.State.Editable() {
			now := g.Computed
			if g.Fix != nil {
				now = g.Fix.Value
			}
			out.Notes = append(out.Notes, "现在 "+now.Print(k))
		} else {
			out.Notes = append(out.Notes, "报送时 "+or(g.Before.Print(k), "空白"))
		}
	}
}
