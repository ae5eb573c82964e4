package document

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// Tables lose their rules when a report is saved as text: what is left is labels
// with figures behind or below them. A figureRow is one of those. Which column a
// figure stood in is not known where cells were blank, so rows only become a
// table together with rows of as many figures.
type figureRow struct {
	label   textLine
	figures []textLine
	last    int // line it ends at
}

const (
	figureLabel = iota + 1 // words that may head a row
	figureValue            // figures alone
	figureBoth             // words and figures
)

// figureLine tells what a line is to a table; 0 ends the stretch.
func figureLine(l textLine) (kind int, label textLine, figures []textLine) {
	if utf8.RuneCountInString(l.text) > 90 || sentenceEnd(l.text) && !strings.HasSuffix(l.text, "）") && !strings.HasSuffix(l.text, ")") {
		return 0, textLine{}, nil
	}
	var words []textLine
	at := l.start
	rest := l.text
	for rest != "" {
		trimmed := strings.TrimLeftFunc(rest, blank)
		at += runeLen(rest) - runeLen(trimmed)
		word, _, _ := strings.Cut(strings.Map(func(r rune) rune {
			if blank(r) {
				return ' '
			}
			return r
		}, trimmed), " ")
		n := runeLen(word)
		if n == 0 {
			break
		}
		cut := len(string([]rune(trimmed)[:n]))
		words = append(words, textLine{text: trimmed[:cut], start: at, end: at + n, page: l.page})
		at, rest = at+n, trimmed[cut:]
	}
	i := len(words)
	for i > 0 && figureWord.MatchString(words[i-1].text) {
		i--
	}
	figures = words[i:]
	switch {
	case i == 0 && len(figures) > 0:
		return figureValue, textLine{}, figures
	case i == 0:
		return 0, textLine{}, nil
	}
	label = textLine{start: words[0].start, end: words[i-1].end, page: l.page}
	label.text = string([]rune(l.text)[:label.end-l.start])
	if runeLen(label.text) > 45 || strings.ContainsAny(label.text, "。；！？") || !hasHan(label.text) {
		return 0, textLine{}, nil
	}
	if len(figures) > 0 {
		return figureBoth, label, figures
	}
	return figureLabel, label, nil
}

var (
	figureWord = regexp.MustCompile(`^[-−—+]?\d{1,12}([.,，．]\d+)*(%|％|万元|元|件|项|条|个)?$|^[/／—-]$`)
	rowWords   = regexp.MustCompile(`本年新收|上年结转|办理结果|结转下年度|总计|合计`)
)

func hasHan(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r >= 0x4e00 && r <= 0x9fff })
}

// figures reads a stretch of rows at line i and returns how many lines it took;
// 0 if there is none.
func (p *textParser) figures(i int) (int, error) {
	var rows []figureRow
	numbered, total := 0, 0
	for j := i; j < len(p.lines); j++ {
		l := p.lines[j]
		if l.text == "" {
			continue
		}
		if p.marked && (mdRow.MatchString(l.text) || strings.HasPrefix(l.text, "#")) {
			break
		}
		kind, label, figures := figureLine(l)
		if kind == 0 || kind == figureLabel && !p.rowFollows(j) || len(rows) == 0 && kind == figureLabel && p.kindAfter(j) != figureValue {
			break
		}
		if err := p.b.node(); err != nil {
			return 0, err
		}
		if kind == figureValue && len(rows) == 0 {
			rows = append(rows, figureRow{label: textLine{start: figures[0].start, end: figures[0].start, page: l.page}, last: j})
		}
		if kind == figureValue {
			total += len(figures)
			last := &rows[len(rows)-1]
			if len(last.figures) == 0 {
				numbered++
			}
			last.figures, last.last = append(last.figures, figures...), j
			continue
		}
		if kind == figureBoth {
			numbered++
			total += len(figures)
		}
		rows = append(rows, figureRow{label: label, figures: figures, last: j})
	}
	for len(rows) > 0 && len(rows[len(rows)-1].figures) == 0 {
		rows = rows[:len(rows)-1]
	}
	if numbered < 4 && total < 6 {
		return 0, nil
	}
	if err := p.addRows(rows); err != nil {
		return 0, err
	}
	return rows[len(rows)-1].last + 1 - i, nil
}

// kindAfter is what the next line with words is.
func (p *textParser) kindAfter(i int) int {
	for i++; i < len(p.lines); i++ {
		if p.lines[i].text != "" {
			kind, _, _ := figureLine(p.lines[i])
			return kind
		}
	}
	return 0
}

// rowFollows reports whether figures come soon after a label; a chapter heading
// is only a label if the words are those of the statutory tables.
func (p *textParser) rowFollows(i int) bool {
	if numberedHeading(p.lines[i].text) == 1 && p.kindAfter(i) != figureValue && !rowWords.MatchString(p.lines[i].text) {
		return false
	}
	labels := 0
	for i++; i < len(p.lines) && labels < 9; i++ {
		if p.lines[i].text == "" {
			continue
		}
		switch kind, _, _ := figureLine(p.lines[i]); kind {
		case figureValue, figureBoth:
			return true
		case 0:
			return false
		}
		labels++
	}
	return false
}

// addRows writes rows: those with the same number of figures one after another
// as a table, the others as lines.
func (p *textParser) addRows(rows []figureRow) error {
	for i := 0; i < len(rows); {
		j, full, k := i, 0, 0
		for ; j < len(rows); j++ {
			if n := len(rows[j].figures); n > 0 {
				if k == 0 {
					k = n
				}
				if n != k {
					break
				}
				full++
			}
		}
		for j > i && len(rows[j-1].figures) == 0 {
			j--
		}
		if full < 2 || len(rows[i].figures) == 0 {
			p.addLine(rows[i])
			i++
			continue
		}
		if err := p.addGrid(rows[i:j], k); err != nil {
			return err
		}
		i = j
	}
	return nil
}

func (p *textParser) addLine(r figureRow) {
	last := r.label
	text := r.label.text
	for _, f := range r.figures {
		if text != "" {
			text += "\u3000"
		}
		text += f.text
		last = f
	}
	p.add(Block{Kind: Paragraph, Runs: []Run{{Text: cleanText(text)}}}, r.label, last)
}

func (p *textParser) addGrid(rows []figureRow, figures int) error {
	t := &Table{}
	last := rows[0].label
	cell := func(l textLine, col, span int) Cell {
		c := Cell{Col: col, ColSpan: span, RowSpan: 1, Ref: cellName(col, len(t.Rows)), Header: col == 0 && span == 1, Numerals: col > 0}
		if s := cleanText(l.text); s != "" {
			c.Blocks = []Block{{Kind: Paragraph, Runs: []Run{{Text: s}}, Start: l.start, End: l.end, Page: l.page}}
		}
		last = l
		return c
	}
	for _, r := range rows {
		if err := p.b.addCells(figures + 1); err != nil {
			return err
		}
		if len(r.figures) == 0 {
			t.Rows = append(t.Rows, Row{Cells: []Cell{cell(r.label, 0, figures+1)}})
			continue
		}
		row := Row{Cells: []Cell{cell(r.label, 0, 1)}}
		for i, f := range r.figures {
			row.Cells = append(row.Cells, cell(f, i+1, 1))
		}
		t.Rows = append(t.Rows, row)
	}
	p.add(Block{Kind: Grid, Table: t}, rows[0].label, last)
	return nil
}
