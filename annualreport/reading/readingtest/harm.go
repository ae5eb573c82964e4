package readingtest

import (
	"fmt"
	"strings"
)

// harm does to the tables what happens to them on the way: to labels and heads
// first, then to rows.
func (b *build) harm() {
	b.late, b.joined, b.marks = map[*line]bool{}, map[*line]int{}, map[*line]mark{}
	b.words()
	if b.Has(LostGroups) {
		b.loseGroups(b.For(string(LostGroups)))
	}
	if b.Has(LostTable) {
		d := b.For(string(LostTable))
		i := Pick(d, 2, 3, 3, 1)
		b.paper.chapters[i].grid = nil
		if d.Chance(20) {
			b.paper.chapters[2].grid = nil
		}
	}
	if b.Has(Truncated) {
		b.truncate(b.For(string(Truncated)))
	}
	if b.Has(RepeatedHeads) {
		b.repeatHeads(b.For(string(RepeatedHeads)))
	}
	if b.Has(LateLabels) {
		d := b.For(string(LateLabels))
		likely := Pick(d, 15, 50, 100)
		for _, g := range b.grids() {
			for i := range g.lines {
				if l := &g.lines[i]; l.kind == figure && g.labels > 0 && d.Chance(likely) {
					b.late[l] = true
				}
			}
		}
	}
	if b.Has(JoinedRows) {
		b.join(b.For(string(JoinedRows)))
	}
	if b.Has(PageMarks) {
		b.mark(b.For(string(PageMarks)))
	}
	b.displace = b.Has(Displaced)
	if b.Has(LostChapters) {
		for i := 1; i <= 3; i++ {
			b.paper.chapters[i].head = ""
		}
	}
	if b.Has(Marked) {
		d := b.For(string(Marked))
		likely, with := Pick(d, 15, 60), Pick(d, "**", "**", "$", "`")
		for _, g := range b.grids() {
			g.each(func(_ *line, s *slot) {
				if s.text != "" && !strings.Contains(s.text, "\n") && (with == "**" || s.cell >= 0) && d.Chance(likely) {
					s.text = with + s.text + with
				}
			})
		}
	}
}

// loseGroups empties the merged cells left of the rows, some or all of them.
func (b *build) loseGroups(d *Dice) {
	likely := Pick(d, 40, 100)
	for _, g := range b.grids() {
		g.each(func(_ *line, s *slot) {
			if s.kind == group && d.Chance(likely) {
				s.text = ""
			}
		})
	}
}

// join runs the numbers of two to five rows together.
func (b *build) join(d *Dice) {
	for _, g := range b.grids() {
		if g.labels == 0 {
			continue
		}
		for i := 0; i < len(g.lines); i++ {
			n := d.Between(2, 5)
			fits := i+n <= len(g.lines)
			for k := i; fits && k < i+n; k++ {
				fits = g.lines[k].kind == figure && g.lines[k].block == g.lines[i].block
			}
			if fits && d.Chance(25) {
				b.joined[&g.lines[i]] = n
				i += n - 1
			}
		}
	}
}

// mark puts page numbers, footers and headers inside the tables.
func (b *build) mark(d *Dice) {
	page := d.Between(2, 5)
	style := d.N(5)
	for _, g := range b.grids() {
		for i := range g.lines[:len(g.lines)-1] {
			if !d.Chance(7) {
				continue
			}
			m := mark{after: 99}
			switch style {
			case 0:
				m.text = []string{fmt.Sprintf("- %d -", page)}
			case 1:
				m.text = []string{fmt.Sprintf("第%d页", page)}
			case 2:
				m.text = []string{fmt.Sprintf("—%d—", page), b.r.Agency}
			case 3:
				m.text = []string{fmt.Sprintf("第 %d 页 共 %d 页", page, page+3)}
			default:
				m.text = []string{b.r.Agency + "政府信息公开工作年度报告", fmt.Sprintf("-%d-", page)}
			}
			if (b.Layout == PDFRaw || b.Layout == PDFLayout) && i%2 == 0 {
				m.text[len(m.text)-1] += "\n\f" // a page begins
			}
			b.insideLabel(&g.lines[i], m, d)
			if pad := strings.Repeat(" ", d.N(70)); b.Layout == PDFLayout {
				for k := range m.text {
					m.text[k] = pad + m.text[k]
				}
				m.text = append(m.text, "")
			}
			if g.lines[i].kind == figure && d.Chance(40) {
				m.after = d.N(len(g.lines[i].slots))
			}
			b.marks[&g.lines[i]] = m
			page++
		}
	}
}

// insideLabel lets the page turn inside a wrapped label now and then.
func (b *build) insideLabel(l *line, m mark, d *Dice) {
	if b.Layout != Cells && b.Layout != Tabs && b.Layout != PDFRaw {
		return
	}
	for i := range l.slots {
		if s := &l.slots[i]; s.kind == label && strings.Contains(s.text, "\n") && d.Chance(30) {
			s.text = strings.Replace(s.text, "\n", "\n"+m.text[len(m.text)-1]+"\n", 1)
		}
	}
}

// repeatHeads breaks a table once or twice and prints its head again.
func (b *build) repeatHeads(d *Dice) {
	for _, g := range b.grids() {
		if g.labels < 2 { // table three is the one that is too long for a page
			continue
		}
		for range d.Between(1, 2) {
			g.breakAt(d.Between(5, len(g.lines)-2), d.Chance(50))
		}
	}
}

// breakAt ends the merged cells above line i and begins them anew below a copy
// of the head.
func (g *grid) breakAt(i int, again bool) {
	if i >= len(g.lines) || g.lines[i].kind != figure {
		return
	}
	var heads []line
	for _, l := range g.lines {
		if l.kind != head {
			break
		}
		l.slots = append([]slot(nil), l.slots...)
		heads = append(heads, l)
	}
	var begin []slot
	for y := range g.lines[:i] {
		for k := range g.lines[y].slots {
			s := &g.lines[y].slots[k]
			if s.kind == group && y+s.rows > i {
				rest := *s
				rest.rows = y + s.rows - i
				s.rows = i - y
				if !again {
					rest.text = ""
				}
				begin = append(begin, rest)
			}
		}
	}
	below := append([]line(nil), g.lines[i:]...)
	below[0].slots = append(begin, below[0].slots...)
	g.lines = append(append(g.lines[:i:i], heads...), below...)
}

// truncate ends the file inside a table. What stands in the table before the
// cut may be read or not.
func (b *build) truncate(d *Dice) {
	b.stopped = true
	at := Pick(d, 1, 2, 2, 2, 3)
	g := b.paper.chapters[at].grid
	i := d.Between(len(g.lines)/4, len(g.lines)-1)
	g.lines = g.lines[:i+1]
	l := &g.lines[i]
	l.slots = l.slots[:d.Between(1, len(l.slots))]
	if s := &l.slots[len(l.slots)-1]; s.kind == label && d.Chance(50) {
		r := []rune(s.text)
		s.text = string(r[:d.Between(1, len(r))])
	}
	g.each(func(_ *line, s *slot) {
		if s.cell >= 0 {
			b.open[s.cell] = true
		}
	})
	for c := at; c < len(b.paper.chapters); c++ {
		if c > at {
			b.paper.chapters[c] = chapter{}
		}
	}
	b.paper.chapters[at].below = nil
	b.paper.tail, b.paper.back = nil, nil
}

// words harms the labels and heads.
func (b *build) words() {
	also := b.For("also")
	for _, g := range b.grids() {
		t := &b.r.Form.Tables[g.table]
		g.each(func(l *line, s *slot) {
			if s.kind == label && l.row >= 0 && !t.Across {
				if other := t.Blocks[l.block].Rows[l.row].Also; len(other) > 0 && also.Chance(15) {
					s.text = Pick(also, other...)
				}
			}
		})
	}
	for _, k := range []struct {
		damage Damage
		harm   func(d *Dice, s *slot) string
	}{
		{Reworded, func(d *Dice, s *slot) string { return rewords.Replace(s.text) }},
		{Ordinals, func(d *Dice, s *slot) string { return renumbered(d, s.text) }},
		{OCRLabels, func(d *Dice, s *slot) string { return misread(d, s.text) }},
		{SpacedLabels, func(d *Dice, s *slot) string { return spaced(d, s.text) }},
		{WrappedLabels, func(d *Dice, s *slot) string { return wrapped(d, s.text) }},
		{SplitHeads, func(d *Dice, s *slot) string {
			if s.kind != head {
				return s.text
			}
			return apart(d, s.text)
		}},
		{Invisible, func(d *Dice, s *slot) string {
			r := []rune(s.text)
			i := d.N(len(r) + 1)
			return string(r[:i]) + Pick(d, "\u200b", "\u00a0", "\ufeff", "\u3000") + string(r[i:])
		}},
	} {
		if !b.Has(k.damage) {
			continue
		}
		d := b.For(string(k.damage) + " words")
		likely := Pick(d, 20, 50, 90)
		for _, g := range b.grids() {
			g.each(func(_ *line, s *slot) {
				if s.kind != figure && s.text != "" && d.Chance(likely) {
					s.text = k.harm(d, s)
				}
			})
		}
	}
}
