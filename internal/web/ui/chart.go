package ui

import (
	"fmt"
	"html/template"
	"math"
	"strconv"
	"strings"

	"gongkai/internal/web"
)

// Chart is a small figure drawn on the server: bars side by side or lines over
// time. It always stands together with a table of the same numbers.
type Chart struct {
	Title  string
	Note   string // unit and source
	Axis   string // what the labels are: 年度
	Line   bool   // lines instead of bars
	Labels []string
	Series []Series
}

// Series is one row of numbers, as many as the chart has labels. NaN is a gap.
type Series struct {
	Name   string
	Values []float64
}

// seriesLooks tell series apart by pattern as well as by colour.
var seriesLooks = []struct{ class, dash string }{
	{"s1", ""}, {"s2", "6 4"}, {"s3", "2 3"}, {"s4", "10 3 2 3"},
}

// Mark draws the sign of the i-th series for the key.
func (s Series) Mark(i int) template.HTML {
	l := seriesLooks[i%len(seriesLooks)]
	return template.HTML(fmt.Sprintf(`<svg class="chart-mark" viewBox="0 0 28 12" width="28" height="12" aria-hidden="true"><line class="line %s" x1="1" y1="6" x2="27" y2="6" stroke-dasharray="%s"/><rect class="bar %s" x="9" y="1" width="10" height="10"/></svg>`, l.class, l.dash, l.class))
}

// ChartLine is one row of the table beside a chart.
type ChartLine struct {
	Label  string
	Values []string
}

// Lines gives the numbers as the table shows them.
func (c Chart) Lines() []ChartLine {
	var out []ChartLine
	for i, label := range c.Labels {
		l := ChartLine{Label: label}
		for _, s := range c.Series {
			l.Values = append(l.Values, figure(s.at(i)))
		}
		out = append(out, l)
	}
	return out
}

func (s Series) at(i int) float64 {
	if i >= len(s.Values) {
		return math.NaN()
	}
	return s.Values[i]
}

func figure(v float64) string {
	switch {
	case math.IsNaN(v):
		return "—"
	case v == math.Trunc(v):
		return web.Count(int64(v))
	}
	return strconv.FormatFloat(v, 'f', 1, 64)
}

const (
	chartW, chartH         = 640.0, 280.0
	chartLeft, chartBottom = 56.0, 36.0
	chartTop, chartRight   = 20.0, 12.0
	chartInnerW            = chartW - chartLeft - chartRight
	chartInnerH            = chartH - chartTop - chartBottom
)

// SVG draws the figure. Colours and type come from the style sheet; nothing is
// said by colour alone.
func (c Chart) SVG() template.HTML {
	top := niceTop(c.highest())
	y := func(v float64) float64 { return chartTop + chartInnerH*(1-v/top) }
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="chart-svg" viewBox="0 0 %g %g" role="img" aria-label="%s">`, chartW, chartH, template.HTMLEscapeString(c.inWords()))
	for i := 0; i <= 4; i++ {
		v := top * float64(i) / 4
		fmt.Fprintf(&b, `<line class="grid" x1="%g" x2="%g" y1="%.1f" y2="%.1f"/><text class="tick" x="%g" y="%.1f" text-anchor="end">%s</text>`,
			chartLeft, chartW-chartRight, y(v), y(v), chartLeft-8, y(v)+4, figure(v))
	}
	slot := chartInnerW / float64(max(len(c.Labels), 1))
	every := (len(c.Labels) + 11) / 12
	for i, label := range c.Labels {
		if every > 1 && i%every != 0 {
			continue
		}
		fmt.Fprintf(&b, `<text class="tick" x="%.1f" y="%g" text-anchor="middle">%s</text>`, chartLeft+slot*(float64(i)+.5), chartH-12, template.HTMLEscapeString(label))
	}
	for n, s := range c.Series {
		if c.Line {
			c.line(&b, n, s, slot, y)
		} else {
			c.bars(&b, n, s, slot, y)
		}
	}
	fmt.Fprintf(&b, `<line class="axis" x1="%g" x2="%g" y1="%.1f" y2="%.1f"/></svg>`, chartLeft, chartW-chartRight, y(0), y(0))
	return template.HTML(b.String())
}

func (c Chart) bars(b *strings.Builder, n int, s Series, slot float64, y func(float64) float64) {
	w := math.Min(slot*.7/float64(len(c.Series)), 48)
	l := seriesLooks[n%len(seriesLooks)]
	for i := range c.Labels {
		v := s.at(i)
		if math.IsNaN(v) {
			continue
		}
		x := chartLeft + slot*(float64(i)+.5) + w*(float64(n)-float64(len(c.Series))/2)
		fmt.Fprintf(b, `<rect class="bar %s" x="%.1f" y="%.1f" width="%.1f" height="%.1f"/>`, l.class, x+1, y(v), w-2, y(0)-y(v))
		if slot/float64(len(c.Series)) > 26 {
			fmt.Fprintf(b, `<text class="value" x="%.1f" y="%.1f" text-anchor="middle">%s</text>`, x+w/2, y(v)-5, figure(v))
		}
	}
}

func (c Chart) line(b *strings.Builder, n int, s Series, slot float64, y func(float64) float64) {
	l := seriesLooks[n%len(seriesLooks)]
	var path, dots strings.Builder
	pen := "M"
	for i := range c.Labels {
		v := s.at(i)
		if math.IsNaN(v) {
			pen = "M"
			continue
		}
		x := chartLeft + slot*(float64(i)+.5)
		fmt.Fprintf(&path, "%s%.1f %.1f", pen, x, y(v))
		pen = "L"
		fmt.Fprintf(&dots, `<circle class="dot %s" cx="%.1f" cy="%.1f" r="4"/>`, l.class, x, y(v))
		if n == 0 && len(c.Labels) <= 12 {
			fmt.Fprintf(&dots, `<text class="value" x="%.1f" y="%.1f" text-anchor="middle">%s</text>`, x, y(v)-10, figure(v))
		}
	}
	fmt.Fprintf(b, `<path class="line %s" d="%s" stroke-dasharray="%s"/>%s`, l.class, path.String(), l.dash, dots.String())
}

func (c Chart) highest() float64 {
	h := 0.0
	for _, s := range c.Series {
		for _, v := range s.Values {
			if !math.IsNaN(v) {
				h = math.Max(h, v)
			}
		}
	}
	return h
}

// niceTop is the smallest of 4, 8, 12, 20, 40, 60, 80, 100, … not below v, so
// that the four grid lines carry round numbers.
func niceTop(v float64) float64 {
	for _, small := range []float64{4, 8, 12} {
		if v <= small {
			return small
		}
	}
	p := math.Pow(10, math.Floor(math.Log10(v)))
	for _, f := range []float64{1, 2, 4, 6, 8, 10} {
		if v <= p*f {
			return p * f
		}
	}
	return p * 10
}

// inWords is what a screen reader says instead of the figure.
func (c Chart) inWords() string {
	var b strings.Builder
	b.WriteString(c.Title)
	for _, s := range c.Series {
		b.WriteString("。" + s.Name + "：")
		for i, label := range c.Labels {
			if i > 0 {
				b.WriteString("，")
			}
			b.WriteString(label + " " + figure(s.at(i)))
		}
	}
	return b.String()
}
