package readingtest

import (
	"fmt"
	"html"
	"strings"
)

// html writes a web page: bare, or with what Word and WPS leave in it.
func (w *writing) html() {
	word := w.Layout == HTMLWord
	p := w.paper
	if word {
		w.WriteString("<html><head><meta charset=\"utf-8\"><title></title></head><body><div class=\"TRS_Editor\">")
	} else {
		fmt.Fprintf(w, "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>%s</title></head>\n<body>\n<div class=\"article-content\">\n", html.EscapeString(strings.Join(p.title, "")))
	}
	open, end := "<p>", "</p>\n"
	if word {
		open, end = `<p class="MsoNormal" style="text-indent:32pt"><span style="font-family:仿宋_GB2312;font-size:16pt">`, `<o:p></o:p></span></p>`
	}
	para := func(t string) {
		if t != "" {
			w.WriteString(open + html.EscapeString(t) + end)
		}
	}
	if len(p.front) > 0 {
		w.WriteString("<table><tr>")
		for i, t := range p.front {
			if i == 2 {
				w.WriteString("</tr><tr>")
			}
			name, value, _ := strings.Cut(t, " ")
			w.WriteString("<td>" + html.EscapeString(name) + "</td><td>" + html.EscapeString(value) + "</td>")
		}
		w.WriteString("</tr></table>\n")
	}
	framed := len(p.front) > 0 && w.Dice.Chance(40) // the whole page stands in a table
	if framed {
		w.WriteString(`<table width="1000" border="0"><tr><td valign="top">` + "\n")
	}
	w.htmlBody(para, word)
	if w.stopped {
		return
	}
	if w.Has(Twice) {
		w.htmlBody(para, word)
	}
	if framed {
		w.WriteString("</td></tr></table>\n")
	}
	w.WriteString("</div>\n</body></html>\n")
}

// htmlBody writes the article of a page.
func (w *writing) htmlBody(para func(string), word bool) {
	p := w.paper
	for _, t := range p.title {
		w.WriteString(`<p style="text-align:center;font-weight:bold">` + html.EscapeString(t) + "</p>\n")
	}
	for _, t := range p.intro {
		para(t)
	}
	var later []*grid
	for _, c := range p.chapters {
		para(c.head)
		for _, t := range c.paras {
			para(t)
		}
		for _, t := range c.above {
			para(t)
		}
		switch {
		case c.grid == nil:
		case w.displace:
			later = append(later, c.grid)
		default:
			w.htmlTable(c.grid, word)
		}
		for _, t := range c.below {
			para(t)
		}
	}
	if w.stopped {
		return
	}
	for _, t := range p.tail {
		para(t)
	}
	for _, g := range later {
		w.htmlTable(g, word)
	}
	for _, t := range p.back {
		para(t)
	}
}

// htmlTable writes a table with its spans.
func (w *writing) htmlTable(g *grid, word bool) {
	blank := Pick(w.Dice, "", "&nbsp;", "&nbsp;", " ")
	open, end := "", ""
	cell := "<td"
	if word {
		open, end = `<p class="MsoNormal" align="center"><span lang="EN-US" style="font-size:10.5pt">`, `<o:p></o:p></span></p>`
		cell = `<td style="border:solid windowtext 1.0pt" valign="center"`
	}
	bare := w.Dice.Chance(15) && !w.stopped // no spans: merged cells have empty neighbours
	names := Pick(w.Dice, "td", "td", "td", "th")
	inner := Pick(w.Dice, "<br/>", "<br />", "</p><p>")
	if !word && inner == "</p><p>" {
		open, end = "<p>", "</p>"
	}
	w.WriteString("<table border=\"1\" cellspacing=\"0\"><tbody>\n")
	_, owner := g.full(func(slot) string { return "" })
	for i := range g.lines {
		l := &g.lines[i]
		w.WriteString("<tr>")
		for x := 0; x < g.width && owner[i][x] != nil; x++ {
			s := owner[i][x]
			first := starts(l, s) && x == s.col
			if !first && !bare {
				continue
			}
			tag := "td"
			if l.kind == head {
				tag = names
			}
			w.WriteString(strings.Replace(cell, "<td", "<"+tag, 1))
			text := ""
			if first {
				if s.cols > 1 && !bare {
					fmt.Fprintf(w, ` colspan="%d"`, s.cols)
				}
				if s.rows > 1 && !bare {
					fmt.Fprintf(w, ` rowspan="%d"`, s.rows)
				}
				text = html.EscapeString(s.text)
				if word && w.Dice.Chance(15) { // what was typed in two goes
					if r := []rune(s.text); len(r) > 1 && !strings.ContainsAny(s.text, "&<>") {
						n := w.Dice.Between(1, len(r)-1)
						text = html.EscapeString(string(r[:n])) + `</span><span style="font-size:10.5pt">` + html.EscapeString(string(r[n:]))
					}
				}
				text = strings.ReplaceAll(text, "\n", inner)
				text = strings.ReplaceAll(text, "\u00a0", "&nbsp;")
			}
			if text == "" {
				text = blank
			}
			w.WriteString(">" + open + text + end)
			if w.stopped && i == len(g.lines)-1 && s == &l.slots[len(l.slots)-1] {
				return
			}
			w.WriteString("</" + tag + ">")
		}
		w.WriteString("</tr>\n")
	}
	w.WriteString("</tbody></table>\n")
}
