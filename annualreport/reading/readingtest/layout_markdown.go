package readingtest

import (
	"fmt"
	"strings"
)

// markdown writes one Markdown table for each table, or for each block, with
// merged cells repeated, or empty after the first place.
func (w *writing) markdown() func(*grid) {
	again := w.Dice.Chance(40)
	blocks := w.Dice.Chance(50)
	return func(g *grid) {
		text, owner := g.full(func(s slot) string {
			if again && s.kind != figure {
				return s.text
			}
			return ""
		})
		ruled := false
		for i := range g.lines {
			if g.lines[i].kind == title && blocks {
				fmt.Fprintf(w, "\n### %s\n", flat(g.lines[i].slots[0].text))
				ruled = false
				continue
			}
			n := g.width
			if blocks && g.labels == 1 { // a table of its own has no columns of other blocks
				n = len(owner[i])
				for n > 1 && owner[i][n-1] == owner[i][n-2] && owner[i][n-1] != nil {
					n--
				}
			}
			w.WriteString("|")
			for x := range n {
				if owner[i][x] == nil && w.stopped {
					break
				}
				fmt.Fprintf(w, " %s |", strings.ReplaceAll(text[i][x], "\n", "<br>"))
			}
			w.WriteString("\n")
			if !ruled {
				w.WriteString("|" + strings.Repeat("---|", n) + "\n")
				ruled = true
			}
		}
	}
}

// markdownSplit takes the tables apart as some converters do: a table for every
// group of rows, with heads that say nothing.
func (w *writing) markdownSplit(g *grid) {
	cols := func(from, to int, name func(i int) string) string {
		s := "|"
		for i := from; i < to; i++ {
			s += " " + name(i) + " |"
		}
		return s + "\n|" + strings.Repeat("---|", to-from) + "\n"
	}
	switch g.labels {
	case 0: // a table for each of the three kinds of remedy
		names := []string{"行政复议", "行政诉讼（未经复议直接起诉）", "行政诉讼（复议后起诉）"}
		last := &g.lines[len(g.lines)-1]
		heads := g.lines[len(g.lines)-2].slots
		five := len(last.slots) / len(names)
		for k, n := range names {
			fmt.Fprintf(w, "### %s\n", n)
			w.WriteString(cols(0, five, func(i int) string { return oneLine(heads[i%len(heads)].text) }))
			w.WriteString("|")
			for _, s := range last.slots[k*five : (k+1)*five] {
				w.WriteString(" " + s.text + " |")
			}
			w.WriteString("\n\n")
		}
	case 1:
		w.markdownBlocks(g)
	default:
		fmt.Fprintf(w, "%s\n\n### 申请人情况 (自然人)\n| (数据项目) | 数量 |\n|---|---|\n| - | - |\n\n", oneLine(g.lines[0].slots[0].text))
		lost := cols(0, 8, func(i int) string {
			switch i {
			case 0:
				return "类别"
			case 7:
				return "总计"
			}
			return fmt.Sprintf("数据%d", i)
		})
		wrong := w.Dice.Chance(25)
		for i := range g.lines {
			l := &g.lines[i]
			if l.kind != figure {
				continue
			}
			if wrong && w.Dice.Chance(8) { // a head the converter made up
				w.WriteString("\n" + cols(0, 8, func(i int) string {
					return []string{"项目", "本年新收件数", "上年结转件数", "予以公开", "部分公开", "不予公开", "结转下年度", "总计"}[i]
				}))
			}
			var name string
			begun := false
			for _, s := range l.slots {
				if s.kind == group {
					fmt.Fprintf(w, "\n### %s\n", oneLine(s.text))
					begun = true
				}
				if s.kind == label {
					name = oneLine(s.text)
				}
			}
			outer := l.slots[0].kind != group && l.slots[0].col < 2
			if outer {
				fmt.Fprintf(w, "\n### %s\n", name)
				name = strings.TrimLeft(strings.TrimLeft(name, "（）一二三四五六七"), "、")
			}
			if begun || outer {
				w.WriteString(lost)
			}
			w.WriteString("| " + name + " |")
			for _, s := range l.slots {
				if s.cell >= 0 {
					w.WriteString(" " + s.text + " |")
				}
			}
			w.WriteString("\n")
		}
		w.WriteString("\n")
	}
}

// markdownHTML writes each table as HTML on one line, as OCR programs do.
func (w *writing) markdownHTML() func(*grid) {
	open, end := "<table>", "</table>\n\n"
	if w.Dice.Chance(50) {
		open, end = "<html><body><table>", "</table></body></html>\n\n"
	}
	return func(g *grid) {
		at := w.Len()
		w.htmlTable(g, false)
		made := w.String()
		line := strings.ReplaceAll(made[at:], "\n", "")
		line = strings.Replace(strings.NewReplacer("<tbody>", "", "</tbody>", "", ` border="1" cellspacing="0"`, "").Replace(line), "<table>", open, 1)
		if !w.stopped {
			line = strings.TrimSuffix(line, "</table>") + end
		}
		w.Reset()
		w.WriteString(made[:at] + line)
	}
}

// markdownBlocks writes a table for each block of table two.
func (w *writing) markdownBlocks(g *grid) {
	for i := range g.lines {
		l := &g.lines[i]
		if l.kind == title {
			fmt.Fprintf(w, "\n### %s\n", oneLine(l.slots[0].text))
			continue
		}
		w.WriteString("|")
		for _, s := range l.slots {
			w.WriteString(" " + oneLine(s.text) + " |")
		}
		w.WriteString("\n")
		if l.kind == head {
			w.WriteString("|" + strings.Repeat("---|", len(l.slots)) + "\n")
		}
	}
	w.WriteString("\n")
}
