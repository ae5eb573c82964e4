package paper

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"gongkai/annualreport/form"
)

// A Chart is a figure that a page draws beside the tables: bars, or lines over
// years. It must stand together with a table of its numbers.
type Chart struct {
	Title  string
	Note   string // unit and source
	Axis   string // what the labels are
	Line   bool
	Labels []string
	Series []Series
}

// A Series is one row of numbers, as many as there are labels; NaN where the
// report does not say.
type Series struct {
	Name   string
	Values []float64
}

// mostYears is how many years a chart goes back.
const mostYears = 5

// Charts draws what people would rather see than read: how applications ended,
// and how many there were over five years. A chart with nothing to show is left
// out.
func (p *Paper) Charts() []Chart {
	var out []Chart
	for _, c := range []Chart{p.outcomes(), p.trend(), p.remedies()} {
		if c.telling() {
			out = append(out, c)
		}
	}
	return out
}

// telling tells whether there is something other than nothing to see.
func (c Chart) telling() bool {
	for _, s := range c.Series {
		for _, v := range s.Values {
			if v > 0 {
				return !c.Line || len(c.Labels) > 1
			}
		}
	}
	return false
}

// outcomes is how applications ended, by the groups of table three.
func (p *Paper) outcomes() Chart {
	c := Chart{Title: "本年度申请办理结果", Note: "单位：件，数据见表三", Axis: "办理结果", Series: []Series{{Name: "件数"}}}
	r := p.Report
	if r == nil || r.Form == nil {
		return c
	}
	i := slices.IndexFunc(r.Form.Equations, func(e form.Equation) bool { return e.Rule == "t3.result-sum" && e.Line == "总计" })
	if i < 0 {
		return c
	}
	at := map[string]int{}
	for _, cell := range r.Form.Equations[i].Right {
		fc := r.Form.Cells[cell]
		row := r.Form.Tables[fc.TableIndex].Blocks[fc.BlockIndex].Rows[fc.RowIndex]
		name := row.Label
		if len(row.Under) > 1 {
			name = row.Under[1]
		}
		if _, rest, ok := strings.Cut(name, "）"); ok {
			name = rest
		}
		name, _, _ = strings.Cut(name, "（")
		k, have := at[name]
		if !have {
			k = len(c.Labels)
			at[name] = k
			c.Labels = append(c.Labels, name)
			c.Series[0].Values = append(c.Series[0].Values, 0)
		}
		if v := r.Values[cell]; v.State == form.Unknown {
			c.Series[0].Values[k] = math.NaN()
		} else {
			c.Series[0].Values[k] += float64(v.N)
		}
	}
	return c
}

// trend is the applications of this year and the four before.
func (p *Paper) trend() Chart {
	return p.over("近五年申请办理情况", "单位：件，数据见各年度报告表三", []measured{
		{"本年新收", []string{"table3.new.总计"}}, {"本年办结", []string{"table3.total.总计"}},
		{"予以公开和部分公开", []string{"table3.granted.总计", "table3.partial.总计"}},
	})
}

// remedies is the reconsiderations and lawsuits of this year and the four before.
func (p *Paper) remedies() Chart {
	return p.over("近五年行政复议、行政诉讼情况", "单位：件，数据见各年度报告表四", []measured{
		{"行政复议", []string{"table4.reconsideration.总计"}},
		{"行政诉讼", []string{"table4.litigation.总计", "table4.litigation_after.总计"}},
	})
}

// A measured is a line of a chart: the sum of cells, year by year.
type measured struct {
	name  string
	cells []string
}

func (p *Paper) over(title, note string, lines []measured) Chart {
	c := Chart{Title: title, Note: note, Axis: "年度", Line: true}
	if p.Report == nil || p.Report.Form == nil || p.Report.Year == 0 {
		return c
	}
	byYear := map[int]*form.Report{}
	first := p.Report.Year
	for _, r := range p.Years {
		if r != nil && r.Form != nil && r.Year < p.Report.Year && r.Year > p.Report.Year-mostYears {
			byYear[r.Year] = r
			first = min(first, r.Year)
		}
	}
	byYear[p.Report.Year] = p.Report
	for _, l := range lines {
		c.Series = append(c.Series, Series{Name: l.name})
	}
	for y := first; y <= p.Report.Year; y++ {
		c.Labels = append(c.Labels, strconv.Itoa(y))
		for i, l := range lines {
			c.Series[i].Values = append(c.Series[i].Values, total(byYear[y], l.cells))
		}
	}
	return c
}

// total is the sum of cells of a report; NaN where it does not say. A blank or
// "/" adds nothing.
func total(r *form.Report, cells []string) float64 {
	if r == nil {
		return math.NaN()
	}
	sum := 0.0
	for _, id := range cells {
		v := r.Get(id)
		if v.State == form.Unknown {
			return math.NaN()
		}
		sum += float64(v.N)
	}
	return sum
}
