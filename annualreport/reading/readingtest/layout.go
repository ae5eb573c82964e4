package readingtest

import (
	"slices"
	"strings"
)

// A writing is a text under way.
type writing struct {
	strings.Builder
	*build
	*Dice
	stray string // a word of a head that is printed before the last number of its table
}

// render writes the paper in its layout and returns the file and its name.
func (b *build) render() ([]byte, string) {
	w := &writing{build: b, Dice: b.For("layout " + string(b.Layout))}
	switch b.Layout {
	case HTML, HTMLWord:
		w.html()
		return b.encode(w.String()), "report.html"
	case Docx:
		return b.docx(), "report.docx"
	case Xlsx:
		return b.xlsx(), "report.xlsx"
	case PDF:
		return b.pdf(), "report.pdf"
	case Markdown, MarkdownSplit, MarkdownHTML:
		w.text()
		return b.encode(w.String()), "report.md"
	case OneLine:
		w.text()
		return b.encode(strings.Join(strings.Fields(w.String()), " ")), "report.txt"
	}
	w.text()
	return b.encode(w.String()), "report.txt"
}

// text writes the whole paper as text, twice where the page prints it so.
func (w *writing) text() {
	para := w.paragraphs()
	w.body(para)
	if w.Has(Twice) {
		w.WriteString("\n")
		w.body(para)
	}
}

func (w *writing) body(para func(mark, text string)) {
	p := w.paper
	for _, t := range p.front {
		para("", t)
	}
	for _, t := range p.title {
		para("# ", t)
	}
	for _, t := range p.intro {
		para("", t)
	}
	table := w.tableWriter()
	var later []*grid
	for _, c := range p.chapters {
		para("## ", c.head)
		for _, t := range c.paras {
			para("", t)
		}
		for _, t := range c.above {
			para("", t)
		}
		switch {
		case c.grid == nil:
		case w.displace:
			later = append(later, c.grid)
		default:
			table(c.grid)
			if !w.stopped {
				w.WriteString(Pick(w.Dice, "\n", "\n\n", "\n\n\n"))
			}
		}
		for _, t := range c.below {
			para("", t)
		}
	}
	for _, t := range p.tail {
		para("", t)
	}
	for _, g := range later {
		w.WriteString("\n")
		table(g)
		w.WriteString("\n")
	}
	for _, t := range p.back {
		para("", t)
	}
}

// paragraphs returns a writer of headings and paragraphs in the manner of the layout.
func (w *writing) paragraphs() func(mark, text string) {
	gap, indent, wrap := "\n", Pick(w.Dice, "", "　　", "   "), 0
	switch w.Layout {
	case Markdown, MarkdownSplit, MarkdownHTML:
		indent, gap = "", "\n\n"
	case PDFRaw:
		indent, wrap = "", 28
	case PDFLayout:
		indent, wrap = "   ", 28
	default:
		if w.Dice.Chance(30) {
			gap = "\n\n"
		}
	}
	return func(mark, text string) {
		if text == "" {
			return
		}
		if w.Layout != Markdown && w.Layout != MarkdownSplit && w.Layout != MarkdownHTML {
			mark = ""
		}
		r := []rune(text)
		for wrap > 0 && len(r) > wrap {
			n := wrap
			for n > 1 && r[n-1] < 128 && r[n] < 128 { // numbers and addresses are not broken
				n--
			}
			w.WriteString(indent + string(r[:n]) + "\n")
			r = r[n:]
		}
		w.WriteString(mark + indent + string(r) + gap)
	}
}

// tableWriter returns the writer of tables of the layout.
func (w *writing) tableWriter() func(*grid) {
	switch w.Layout {
	case Cells:
		return w.cells()
	case Tabs:
		return w.tabs(w.Dice.Chance(30))
	case OCR:
		return w.tabs(true)
	case Spaces, OneLine:
		return w.spaces()
	case MarkdownHTML:
		return w.markdownHTML()
	case Pipes:
		return w.pipes()
	case PipeCells:
		return w.pipeCells
	case Markdown:
		return w.markdown()
	case MarkdownSplit:
		return w.markdownSplit
	case PDFRaw:
		return w.pdfRaw
	case Mixed:
		return w.mixed
	}
	return w.pdfLayout
}

// mixed writes a table in any of the manners that keep its cells apart.
func (w *writing) mixed(g *grid) {
	switch w.Dice.N(6) {
	case 0:
		w.cells()(g)
	case 1:
		w.tabs(w.Dice.Chance(50))(g)
	case 2:
		w.pipes()(g)
	case 3:
		w.pipeCells(g)
	case 4:
		w.markdown()(g)
	default:
		w.spaces()(g)
	}
}

// strayWord returns the word that stands before the last of the figures, once.
func (w *writing) strayWord(l *line, s *slot) string {
	if w.stray == "" || s != &l.slots[len(l.slots)-1] {
		return ""
	}
	t := w.stray
	w.stray = ""
	return t
}

// foreign writes the page marks that stand after so many slots of a line.
func (w *writing) foreign(l *line, slots int, last bool, gap string) {
	m, ok := w.marks[l]
	if ok && (m.after == slots || last && m.after > slots) {
		for _, t := range m.text {
			w.WriteString(t + gap)
		}
	}
}

// order returns the slots of a line in the order they are written: the names
// first, or last where the label comes late.
func (w *writing) order(l *line) []*slot {
	var names, figures []*slot
	for i := range l.slots {
		s := &l.slots[i]
		if s.cell < 0 {
			names = append(names, s)
		} else {
			figures = append(figures, s)
		}
	}
	if w.late[l] {
		return append(figures, names...)
	}
	return append(names, figures...)
}

// drops tells whether blank cells of the line vanish, and opens the line if one does.
func (w *writing) drops(l *line, always bool) bool {
	if !always && !w.Has(DroppedBlanks) {
		return false
	}
	for _, s := range l.slots {
		if s.cell >= 0 && s.text == "" {
			w.openLine(l)
		}
	}
	return true
}

// run returns the rows whose numbers run together from line i on; 1 if they do not.
func (w *writing) run(g *grid, i int) []*line {
	n := max(1, w.joined[&g.lines[i]])
	var ls []*line
	for k := range min(n, len(g.lines)-i) {
		ls = append(ls, &g.lines[i+k])
	}
	return ls
}

// heads returns the head words of the lines from i on that are heads, in the
// order a flattened head has them, and how many lines they were.
func (w *writing) heads(g *grid, i int) ([]*slot, int) {
	n := 0
	var all []*slot
	for i+n < len(g.lines) && g.lines[i+n].kind == head {
		for k := range g.lines[i+n].slots {
			all = append(all, &g.lines[i+n].slots[k])
		}
		n++
	}
	if g.labels > 0 || !w.Has(ShuffledHeads) || n < 3 {
		return all, n
	}
	d := w.For(string(ShuffledHeads))
	switch d.N(5) {
	case 4: // one word strays among the numbers
		i := d.N(len(all))
		w.stray = all[i].text
		all = slices.Delete(slices.Clone(all), i, i+1)
	case 0: // by columns: 行政复议 and its five, then the suits
		var ordered []*slot
		var take func(from, to, depth int)
		take = func(from, to, depth int) {
			for k := range g.lines[i+depth].slots {
				s := &g.lines[i+depth].slots[k]
				if s.col < from || s.col >= to {
					continue
				}
				ordered = append(ordered, s)
				if s.rows == 1 && depth+1 < n {
					take(s.col, s.col+s.cols, depth+1)
				} else if depth+s.rows < n {
					take(s.col, s.col+s.cols, depth+s.rows)
				}
			}
		}
		take(0, g.width, 0)
		all = ordered
	case 1: // the last line first
		var ordered []*slot
		for k := n - 1; k >= 0; k-- {
			for x := range g.lines[i+k].slots {
				ordered = append(ordered, &g.lines[i+k].slots[x])
			}
		}
		all = ordered
	case 2: // some words are lost
		var left []*slot
		for _, s := range all {
			if !d.Chance(20) {
				left = append(left, s)
			}
		}
		all = left
	default: // anyhow
		var mixed []*slot
		for _, k := range d.Shuffled(len(all)) {
			mixed = append(mixed, all[k])
		}
		all = mixed
	}
	return all, n
}
