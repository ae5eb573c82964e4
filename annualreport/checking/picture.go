package checking

import (
	"fmt"
	"html"
	"strconv"
	"strings"

	"gongkai/annualreport/form"
)

// Style is a small style sheet for a Picture that stands alone. Severities differ
// in sign, line and weight, not in colour only.
const Style = `.report-check{display:grid;gap:1rem;grid-template-columns:minmax(0,2fr) minmax(16rem,1fr);align-items:start}
@media (max-width:60rem){.report-check{grid-template-columns:minmax(0,1fr)}}
.report-check-summary,.report-check-legend{grid-column:1/-1;margin:0}
.report-check-tables{overflow-x:auto}
.report-check table{border-collapse:collapse;margin:0 0 1.5rem;font-variant-numeric:tabular-nums}
.report-check caption{text-align:left;font-weight:bold;padding:.25rem 0}
.report-check th,.report-check td{border:1px solid #767676;padding:.2rem .4rem;vertical-align:middle}
.report-check th{font-weight:normal;text-align:left;background:#f4f4f4}
.report-check td{text-align:right}
.report-check td.error{outline:3px solid #a80000;outline-offset:-3px;font-weight:bold}
.report-check td.warning{outline:2px dashed #7a4b00;outline-offset:-2px}
.report-check td.info{outline:1px dotted #004d80;outline-offset:-1px}
.report-check td .lead{display:block;font-weight:normal;font-style:italic}
.report-check-notes{padding-left:2rem;margin:0}
.report-check-notes p{margin:.1rem 0}
.report-check-notes .basis{font-size:.875em}`

// Picture lays the tables of a report out as its form prints them, marks the cells
// the findings are about and puts the findings beside them, as a fragment of HTML
// without scripts and without styles of its own: the classes are those of Style.
// Identifiers in it begin with "check-" and the year, so that a page may show
// several years.
func Picture(r *form.Report, findings []form.Finding) string {
	p := &picture{r: r, list: findings, marks: marks(r, findings), prefix: "check-" + strconv.Itoa(r.Year) + "-"}
	p.b.WriteString(`<section class="report-check" aria-label="` + sayResults + `">`)
	p.text("p", "report-check-summary", summary(findings))
	if r.Form != nil {
		p.text("p", "report-check-legend", sayLegend)
		p.b.WriteString(`<div class="report-check-tables" tabindex="0" role="region" aria-label="` + html.EscapeString(title(r)) + `">`)
		for i := range r.Form.Tables {
			p.table(&r.Form.Tables[i])
		}
		p.b.WriteString(`</div>`)
	}
	p.notes()
	p.b.WriteString(`</section>`)
	return p.b.String()
}

type picture struct {
	b      strings.Builder
	r      *form.Report
	list   []form.Finding
	marks  map[string]*mark
	prefix string
}

func (p *picture) text(element, class, s string) {
	p.b.WriteString("<" + element)
	if class != "" {
		p.b.WriteString(` class="` + class + `"`)
	}
	p.b.WriteString(">" + html.EscapeString(s) + "</" + element + ">")
}

// head writes a header cell.
func (p *picture) head(scope, label string, rows, cols int) {
	p.b.WriteString(`<th scope="` + scope + `"`)
	p.spans(rows, cols)
	p.b.WriteString(">" + html.EscapeString(label) + "</th>")
}

func (p *picture) spans(rows, cols int) {
	if rows > 1 {
		p.b.WriteString(` rowspan="` + strconv.Itoa(rows) + `"`)
	}
	if cols > 1 {
		p.b.WriteString(` colspan="` + strconv.Itoa(cols) + `"`)
	}
}

func (p *picture) table(t *form.Table) {
	if p.r.Lacks(t.ID) {
		p.text("p", "", fmt.Sprintf(sayNotRead, sayWholeTable(t)))
		return
	}
	p.b.WriteString("<table>")
	p.text("caption", "", fmt.Sprintf(sayTableTitle, numeral(t), t.Title))
	switch {
	case t.Across:
		p.across(t)
	case len(t.Blocks) > 1:
		p.stacked(t)
	default:
		p.matrix(t)
	}
	p.b.WriteString("</table>")
}

// stacked is table two: each block with its head line and columns.
func (p *picture) stacked(t *form.Table) {
	wide := 0
	for i := range t.Blocks {
		wide = max(wide, len(t.Blocks[i].Columns))
	}
	for i := range t.Blocks {
		b := &t.Blocks[i]
		last := func(c int) int { // the last column of a narrow block takes what room is left
			if c == len(b.Columns)-1 {
				return wide - c
			}
			return 1
		}
		p.b.WriteString("<tbody><tr>")
		p.head("rowgroup", b.Title, 1, wide+1)
		p.b.WriteString("</tr><tr>")
		p.head("col", sayItem, 1, 1)
		for c, col := range b.Columns {
			p.head("col", col.Label, 1, last(c))
		}
		p.b.WriteString("</tr>")
		for ri, row := range b.Rows {
			p.b.WriteString("<tr>")
			p.head("row", row.Label, 1, 1)
			for c := range b.Columns {
				p.cell(b.At(ri, c), last(c))
			}
			p.b.WriteString("</tr>")
		}
		p.b.WriteString("</tbody>")
	}
}

// matrix is table three: labels merged in levels above and on the left.
func (p *picture) matrix(t *form.Table) {
	b := &t.Blocks[0]
	high, deep := 1, 1
	for _, c := range b.Columns {
		high = max(high, 1+len(c.Under))
	}
	for _, r := range b.Rows {
		deep = max(deep, 1+len(r.Under))
	}
	p.b.WriteString("<thead>")
	for level := range high {
		p.b.WriteString("<tr>")
		if level == 0 {
			p.b.WriteString("<td")
			p.spans(high, deep)
			p.b.WriteString(">" + html.EscapeString(t.Note) + "</td>")
		}
		for c := 0; c < len(b.Columns); {
			col := b.Columns[c]
			n := 1
			switch {
			case level < len(col.Under):
				for c+n < len(b.Columns) && under(b.Columns[c+n].Under, col.Under, level) {
					n++
				}
				p.head("colgroup", col.Under[level], 1, n)
			case level == len(col.Under):
				p.head("col", col.Label, high-level, 1)
			}
			c += n
		}
		p.b.WriteString("</tr>")
	}
	p.b.WriteString("</thead><tbody>")
	for ri, row := range b.Rows {
		p.b.WriteString("<tr>")
		for level, label := range row.Under {
			if ri > 0 && under(b.Rows[ri-1].Under, row.Under, level) {
				continue
			}
			n := 1
			for ri+n < len(b.Rows) && under(b.Rows[ri+n].Under, row.Under, level) {
				n++
			}
			p.head("rowgroup", label, n, 1)
		}
		p.head("row", row.Label, 1, deep-len(row.Under))
		for c := range b.Columns {
			p.cell(b.At(ri, c), 1)
		}
		p.b.WriteString("</tr>")
	}
	p.b.WriteString("</tbody>")
}

// under tells whether two lists of merged labels agree down to a level.
func under(a, b []string, level int) bool {
	if len(a) <= level || len(b) <= level {
		return false
	}
	for i := range level + 1 {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// across is table four: its rows side by side.
func (p *picture) across(t *form.Table) {
	b := &t.Blocks[0]
	high, n := 1, len(b.Columns)
	for _, r := range b.Rows {
		high = max(high, 1+len(r.Under))
	}
	p.b.WriteString("<thead>")
	for level := range high {
		p.b.WriteString("<tr>")
		for i := 0; i < len(b.Rows); {
			row := b.Rows[i]
			k := 1
			switch {
			case level < len(row.Under):
				for i+k < len(b.Rows) && under(b.Rows[i+k].Under, row.Under, level) {
					k++
				}
				p.head("colgroup", row.Under[level], 1, k*n)
			case level == len(row.Under):
				p.head("colgroup", row.Label, high-level, n)
			}
			i += k
		}
		p.b.WriteString("</tr>")
	}
	p.b.WriteString("<tr>")
	for range b.Rows {
		for _, c := range b.Columns {
			p.head("col", c.Label, 1, 1)
		}
	}
	p.b.WriteString("</tr></thead><tbody><tr>")
	for i := range b.Rows {
		for c := range b.Columns {
			p.cell(b.At(i, c), 1)
		}
	}
	p.b.WriteString("</tr></tbody>")
}

func (p *picture) cell(i, cols int) {
	c := p.r.Form.Cells[i]
	m := p.marks[c.ID]
	p.b.WriteString("<td")
	if m != nil {
		p.b.WriteString(` class="` + string(m.severity) + `"`)
	}
	p.spans(1, cols)
	p.b.WriteString(">" + html.EscapeString(shown(p.r.Values[i], c.Kind, m)))
	if m != nil {
		for _, n := range m.notes {
			f := p.list[n-1]
			fmt.Fprintf(&p.b, ` <a href="#%s%d" aria-label="%s">%s%d</a>`, p.prefix, n, fmt.Sprintf(saySeeNote, n, severities[f.Severity]), signs[f.Severity], n)
		}
		if m.doubted && m.lead != "" {
			p.text("span", "lead", fmt.Sprintf(sayLead, m.lead))
		}
	}
	p.b.WriteString("</td>")
}

// notes lists the findings with what may explain them.
func (p *picture) notes() {
	if len(p.list) == 0 {
		return
	}
	p.b.WriteString(`<ol class="report-check-notes">`)
	first := map[int]int{}
	for n, f := range p.list {
		fmt.Fprintf(&p.b, `<li id="%s%d" class="%s">`, p.prefix, n+1, f.Severity)
		p.text("p", "", signs[f.Severity]+" "+severities[f.Severity]+"："+f.Message)
		for i, e := range f.Explanations {
			say := sayMayBe
			if i > 0 {
				say = sayOrElse
			}
			p.text("p", "cause", fmt.Sprintf(say, e.Message))
		}
		if f.Group > 0 && first[f.Group] > 0 {
			p.text("p", "cause", fmt.Sprintf(saySameCause, first[f.Group]))
		} else if f.Group > 0 {
			first[f.Group] = n + 1
		}
		if f.Basis != "" {
			p.text("p", "basis", fmt.Sprintf(sayRestsOn, f.Basis))
		}
		p.b.WriteString("</li>")
	}
	p.b.WriteString("</ol>")
}
