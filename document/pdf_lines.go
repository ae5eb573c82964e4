package document

import (
	"math"
	"regexp"
	"sort"
	"strings"
	"unicode/utf8"
)

// A pdfLine is what stands on one line of a page. Wide gaps, as between the
// cells of a table, are tabs.
type pdfLine struct {
	text           string
	x0, x1, y0, y1 float64
	size           float64
	bold           bool
	page           int
	columns        int      // gaps
	grid           *pdfGrid // a table stands here instead of words
}

func (l pdfLine) mid() float64 { return (l.y0 + l.y1) / 2 }

// pdfLines groups characters, in the order of the file, into lines.
func pdfLines(chars []pdfChar, page int) []pdfLine {
	var out []pdfLine
	var open *pdfLine
	var text strings.Builder
	boldRunes, runes := 0, 0
	gap := false
	flush := func() {
		if open == nil {
			return
		}
		open.text = strings.TrimSpace(cleanText(text.String()))
		open.bold = runes > 0 && boldRunes*2 > runes
		if open.text != "" {
			out = append(out, *open)
		}
		open = nil
		text.Reset()
		gap, boldRunes, runes = false, 0, 0
	}
	for _, c := range chars {
		switch {
		case c.r == '\r' || c.r == '\n':
			flush()
			continue
		case c.r == ' ' && c.made || c.r == 0xa0:
			gap = true
			continue
		case c.r == 2: // a hyphen at a line end
			continue
		}
		if open != nil && (math.Abs((c.y0+c.y1)/2-open.mid()) > 0.55*max(open.size, c.size) || c.x0 < open.x0-open.size) {
			flush()
		}
		if open == nil {
			if c.r == ' ' {
				continue
			}
			open = &pdfLine{x0: c.x0, x1: c.x1, y0: c.y0, y1: c.y1, size: c.size, page: page}
		} else {
			last, _ := utf8.DecodeLastRuneInString(text.String())
			switch width := c.x0 - open.x1; {
			case width > 1.4*open.size:
				text.WriteByte('\t')
				open.columns++
			case gap && last < 0x2e80 && c.r < 0x2e80 && last != ' ' && last != '\t':
				text.WriteByte(' ')
			}
		}
		gap = false
		text.WriteRune(c.r)
		if c.r != ' ' {
			runes++
			if c.bold {
				boldRunes++
			}
			open.size = max(open.size, c.size)
		}
		open.x1 = max(open.x1, c.x1)
		open.y0, open.y1 = min(open.y0, c.y0), max(open.y1, c.y1)
	}
	flush()
	return joinRows(inReadingOrder(out))
}

// inReadingOrder leaves the order of the file, which writers make well, unless
// it jumps up the page all the time.
func inReadingOrder(lines []pdfLine) []pdfLine {
	ups := 0
	for i := 1; i < len(lines); i++ {
		if lines[i].mid() > lines[i-1].mid()+lines[i].size && lines[i].x0 < lines[i-1].x1 {
			ups++
		}
	}
	if ups <= 2 || ups*6 < len(lines) {
		return lines
	}
	sorted := append([]pdfLine(nil), lines...)
	sort.SliceStable(sorted, func(i, j int) bool {
		a, b := sorted[i], sorted[j]
		if math.Abs(a.mid()-b.mid()) > 0.4*min(a.size, b.size) {
			return a.mid() > b.mid()
		}
		return a.x0 < b.x0
	})
	return sorted
}

// joinRows joins neighbours on one base line.
func joinRows(lines []pdfLine) []pdfLine {
	var out []pdfLine
	for _, l := range lines {
		if n := len(out); n > 0 {
			p := &out[n-1]
			if math.Abs(p.mid()-l.mid()) < 0.35*min(p.size, l.size) && l.x0 >= p.x1-0.3*l.size {
				if l.x0-p.x1 > 1.4*l.size {
					p.text += "\t" + l.text
					p.columns += l.columns + 1
				} else {
					p.text = joinWrapped(p.text, l.text)
					p.columns += l.columns
				}
				p.x1, p.size = max(p.x1, l.x1), max(p.size, l.size)
				p.y0, p.y1 = min(p.y0, l.y0), max(p.y1, l.y1)
				p.bold = p.bold && l.bold
				continue
			}
		}
		out = append(out, l)
	}
	return out
}

// A pdfMeasure is how the text of a file is set.
type pdfMeasure struct{ left, right, size, leading float64 }

// measure takes the middle of what long lines do.
func (f *pdfFile) measure() pdfMeasure {
	var sizes, rights, lefts, gaps []float64
	for _, p := range f.pages {
		for i, l := range p.lines {
			if runeLen(l.text) >= 12 && l.columns == 0 {
				sizes, rights, lefts = append(sizes, l.size), append(rights, l.x1), append(lefts, l.x0)
				if i > 0 {
					if g := p.lines[i-1].mid() - l.mid(); g > 0 && g < 4*l.size {
						gaps = append(gaps, g)
					}
				}
			}
		}
	}
	m := pdfMeasure{left: quantile(lefts, 0.2), right: quantile(rights, 0.85), size: quantile(sizes, 0.5), leading: quantile(gaps, 0.5)}
	if m.leading == 0 {
		m.leading = 2 * m.size
	}
	return m
}

func quantile(v []float64, q float64) float64 {
	if len(v) == 0 {
		return 0
	}
	sort.Float64s(v)
	return v[min(len(v)-1, int(q*float64(len(v))))]
}

var pageNumber = regexp.MustCompile(`^[-—–－\s]*(第\s*)?\d{1,4}(\s*页)?(\s*[/／]?\s*(共\s*)?\d{1,4}(\s*页)?)?[-—–－\s]*$`)

// blocks joins lines into paragraphs, over page breaks too, and takes page
// numbers and running heads out of the text.
func (f *pdfFile) blocks() []Block {
	m := f.measure()
	heads := f.running()
	var out []Block
	var margin []string
	seen := map[string]bool{}
	var last pdfLine
	open := false
	for _, p := range f.pages {
		for i, l := range p.lines {
			if l.grid != nil {
				if last.grid == nil || last.page != l.page-1 || !joinTables(out[len(out)-1].Table, l.grid, last.grid) {
					out = append(out, Block{Kind: Grid, Table: l.grid.table(), Page: l.page})
				} else {
					l.grid.xs = last.grid.xs
				}
				last, open = l, false
				continue
			}
			if edge := i < 2 || i >= len(p.lines)-2; edge && (heads[l.text] || pageNumber.MatchString(l.text) && (l.y0 < 0.12*p.height || l.y1 > 0.9*p.height)) {
				if !seen[l.text] && !pageNumber.MatchString(l.text) {
					seen[l.text] = true
					margin = append(margin, l.text)
				}
				continue
			}
			if n := len(out); open && n > 0 && m.goesOn(last, l) {
				b := &out[n-1]
				b.Runs[0].Text = joinWrapped(b.Runs[0].Text, l.text)
				b.Strong = b.Strong && l.bold
			} else {
				out = append(out, m.block(p, l))
			}
			last, open = l, true
		}
	}
	f.d.addPart(PartHeader, margin)
	for i := range out {
		text := runsText(out[i].Runs)
		if out[i].Kind == Grid {
			trimTable(out[i].Table)
			continue
		}
		if level := numberedHeading(text); level > 0 && !strings.Contains(text, "\t") {
			out[i].Kind, out[i].Level = Heading, level
		}
	}
	return out
}

func (m pdfMeasure) block(p pdfPage, l pdfLine) Block {
	b := Block{Kind: Paragraph, Runs: []Run{{Text: l.text}}, Page: l.page, Strong: l.bold || l.size > 1.2*m.size, Size: math.Round(l.size*2) / 2}
	middle := (l.x0 + l.x1) / 2
	switch {
	case l.columns > 0:
	case l.x0 > m.left+2*m.size && l.x1 < m.right-1.5*m.size && math.Abs(middle-p.width/2) < 0.04*p.width, l.size > 1.25*m.size && math.Abs(middle-p.width/2) < 0.04*p.width:
		b.Align = AlignCenter
	case l.x0 > p.width/2 && l.x1 > m.right-6*m.size:
		b.Align = AlignEnd
	}
	return b
}

// goesOn reports whether a line continues the paragraph of the line before: that
// one is full, this one is not indented and set alike, and nothing begins here.
func (m pdfMeasure) goesOn(last, l pdfLine) bool {
	if last.columns > 0 || l.columns > 0 || math.Abs(last.size-l.size) > 0.15*max(last.size, l.size) {
		return false
	}
	full := last.x1 > m.right-1.8*l.size
	if l.page == last.page && last.mid()-l.mid() > 1.6*max(m.leading, l.size) {
		return false
	}
	if l.page != last.page && (sentenceEnd(last.text) || strings.HasSuffix(last.text, ".")) {
		return false
	}
	if last.x0 > m.left+4*m.size { // set to the right or in the middle
		return false
	}
	if last.size > 1.25*m.size { // a title over several lines stays several lines
		return false
	}
	return full && l.x0 < m.left+1.2*l.size && !beginsItem(l.text) && !(sentenceEnd(last.text) && strings.HasSuffix(last.text, "：") && last.x1 < m.right-3*l.size)
}

// running finds lines that stand at the edge of most pages.
func (f *pdfFile) running() map[string]bool {
	count := map[string]int{}
	for _, p := range f.pages {
		onPage := map[string]bool{}
		for i, l := range p.lines {
			if (i < 2 || i >= len(p.lines)-2) && !onPage[l.text] {
				onPage[l.text] = true
				count[l.text]++
			}
		}
	}
	out := map[string]bool{}
	for s, n := range count {
		if n >= 3 && n*2 > len(f.pages) {
			out[s] = true
		}
	}
	return out
}
