package checking

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"golang.org/x/text/width"

	"gongkai/annualreport/form"
)

// The widths of a terminal's parts, in columns of a Latin letter.
const (
	terminalWide = 100 // where sentences are broken
	labelWide    = 36
	headWide     = 8 // where the names of columns are broken
)

// Terminal writes the tables of a report as text with the cells marked that the
// findings are about, and the findings below. Chinese characters count as two
// columns. With color, marks are coloured as well.
func Terminal(w io.Writer, r *form.Report, findings []form.Finding, color bool) error {
	t := &terminal{r: r, list: findings, marks: marks(r, findings), color: color}
	t.line(t.paint("1", title(r)))
	if r.Form != nil {
		for i := range r.Form.Tables {
			t.table(&r.Form.Tables[i])
		}
	}
	t.line("")
	t.line(t.paint("1", summary(findings)))
	t.notes()
	_, err := io.WriteString(w, t.b.String())
	return err
}

type terminal struct {
	b     strings.Builder
	r     *form.Report
	list  []form.Finding
	marks map[string]*mark
	color bool
}

func (t *terminal) line(s string) { t.b.WriteString(strings.TrimRight(s, " ") + "\n") }

func (t *terminal) paint(code, s string) string {
	if !t.color || s == "" {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

var colors = map[form.Severity]string{form.Error: "1;31", form.Warning: "33", form.Info: "36"}

func (t *terminal) table(tb *form.Table) {
	t.line("")
	if t.r.Lacks(tb.ID) {
		t.line(fmt.Sprintf(sayNotRead, sayWholeTable(tb)))
		return
	}
	t.line(t.paint("1", fmt.Sprintf(sayTableTitle, numeral(tb), tb.Title)))
	for i := range tb.Blocks {
		t.block(tb, &tb.Blocks[i])
	}
}

// block writes one block as a grid: the names of the columns, broken into short
// lines, then the rows.
func (t *terminal) block(tb *form.Table, b *form.Block) {
	wide := make([]int, len(b.Columns))
	heads := make([][]string, len(b.Columns))
	high := 0
	cells := make([][]string, len(b.Rows))
	for c, col := range b.Columns {
		heads[c] = broken(columnName(col), headWide)
		high = max(high, len(heads[c]))
		for _, h := range heads[c] {
			wide[c] = max(wide[c], columns(h))
		}
	}
	for r := range b.Rows {
		for c := range b.Columns {
			s := t.cell(b.At(r, c))
			cells[r] = append(cells[r], s)
			wide[c] = max(wide[c], columns(s))
		}
	}
	for h := range high {
		s := padded("", labelWide)
		if h == 0 && b.Title != "" {
			s = padded(clipped(b.Title, labelWide), labelWide)
		}
		for c := range b.Columns {
			name := ""
			if k := h - (high - len(heads[c])); k >= 0 {
				name = heads[c][k]
			}
			s += "  " + leftPadded(name, wide[c])
		}
		t.line(s)
	}
	for r, row := range b.Rows {
		s := padded(clipped(rowName(row), labelWide), labelWide)
		for c := range b.Columns {
			text := leftPadded(cells[r][c], wide[c])
			if m := t.marks[t.r.Form.Cells[b.At(r, c)].ID]; m != nil {
				text = t.paint(colors[m.severity], text)
			}
			s += "  " + text
		}
		t.line(s)
	}
}

// cell is a figure with its mark: 44✕1, 空白✕1?.
func (t *terminal) cell(i int) string {
	c := t.r.Form.Cells[i]
	m := t.marks[c.ID]
	s := shown(t.r.Values[i], c.Kind, m)
	if m == nil {
		return s
	}
	if m.doubted && m.lead != "" {
		s += "→" + m.lead + "?"
	}
	if len(m.notes) > 0 {
		s += signs[m.severity] + strconv.Itoa(m.notes[0])
	}
	if len(m.notes) > 1 {
		s += "+"
	}
	return s
}

func (t *terminal) notes() {
	first := map[int]int{}
	for n, f := range t.list {
		head := fmt.Sprintf("%s%d %s ", signs[f.Severity], n+1, severities[f.Severity])
		indent := columns(head)
		lines := broken(f.Message+"〔"+f.Rule+"〕", terminalWide-indent)
		t.line(t.paint(colors[f.Severity], head) + lines[0])
		t.more(lines[1:], indent)
		for i, e := range f.Explanations {
			say := sayMayBe
			if i > 0 {
				say = sayOrElse
			}
			t.more(broken(fmt.Sprintf(say, e.Message), terminalWide-indent), indent)
		}
		if f.Group > 0 && first[f.Group] > 0 {
			t.more([]string{fmt.Sprintf(saySameCause, first[f.Group])}, indent)
		} else if f.Group > 0 {
			first[f.Group] = n + 1
		}
		if f.Basis != "" {
			t.more(broken(fmt.Sprintf(sayRestsOn, f.Basis), terminalWide-indent), indent)
		}
	}
}

func (t *terminal) more(lines []string, indent int) {
	for _, l := range lines {
		t.line(strings.Repeat(" ", indent) + l)
	}
}

// columns is how wide a text is on a terminal.
func columns(s string) int {
	n := 0
	for _, r := range s {
		n += runeWide(r)
	}
	return n
}

func runeWide(r rune) int {
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

func padded(s string, n int) string     { return s + strings.Repeat(" ", max(0, n-columns(s))) }
func leftPadded(s string, n int) string { return strings.Repeat(" ", max(0, n-columns(s))) + s }

// clipped cuts a text that is too wide and says so.
func clipped(s string, n int) string {
	if columns(s) <= n {
		return s
	}
	w := 1
	for i, r := range s {
		if w += runeWide(r); w > n {
			return s[:i] + "…"
		}
	}
	return s
}

// What may not begin or end a line.
const (
	notFirst = "，。、；：？）”’》〕＝＋"
	notLast  = "（“‘《〔"
)

// broken breaks a text into lines, between Chinese characters or at spaces.
func broken(s string, n int) []string {
	var lines []string
	start, w := 0, 0    // of the line, and how wide it is so far
	last, after := 0, 0 // the last place where it may end, and how wide it is up to there
	var before rune
	for i, r := range s {
		k := runeWide(r)
		latin := k == 1 && r != ' ' && runeWide(before) == 1 && before != ' '
		if i > start && !latin && !strings.ContainsRune(notFirst, r) && !strings.ContainsRune(notLast, before) {
			last, after = i, w
		}
		if w+k > n && last > start {
			lines = append(lines, strings.TrimSpace(s[start:last]))
			start, w = last, w-after
		}
		w += k
		before = r
	}
	return append(lines, strings.TrimSpace(s[start:]))
}
