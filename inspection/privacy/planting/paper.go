package planting

import (
	"fmt"
	"html"
	"strings"
)

// A Paper is one kind of document.
type Paper struct {
	Name   string // 低保公示
	Title  string
	Before []string // paragraphs above the table
	Head   []string // of the table; nil without one
	Rows   [][]string
	After  []string // paragraphs below
	Plants []Plant
}

// Personal tells whether anything in the paper must be found.
func (p Paper) Personal() bool {
	for _, x := range p.Plants {
		if x.Personal {
			return true
		}
	}
	return false
}

// Text writes the paper as plain text, cells between tabs.
func (p Paper) Text() []byte {
	var b strings.Builder
	b.WriteString(p.Title + "\r\n\r\n")
	for _, s := range p.Before {
		b.WriteString("　　" + s + "\r\n")
	}
	if p.Head != nil {
		b.WriteString(strings.Join(p.Head, "\t") + "\r\n")
	}
	for _, r := range p.Rows {
		b.WriteString(strings.Join(r, "\t") + "\r\n")
	}
	for _, s := range p.After {
		b.WriteString("　　" + s + "\r\n")
	}
	return []byte(b.String())
}

// HTML writes the paper as the page of a government site.
func (p Paper) HTML() []byte {
	var b strings.Builder
	b.WriteString(`<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>` + html.EscapeString(p.Title) + `</title></head><body>
<div class="nav"><a href="/">首页</a> &gt; <a href="/zwgk">政务公开</a></div><div class="TRS_Editor"><h1>` + html.EscapeString(p.Title) + "</h1>\n")
	for _, s := range p.Before {
		b.WriteString("<p>　　" + html.EscapeString(s) + "</p>\n")
	}
	if p.Head != nil {
		b.WriteString("<table border=\"1\">")
		for _, r := range append([][]string{p.Head}, p.Rows...) {
			b.WriteString("<tr>")
			for _, c := range r {
				b.WriteString("<td><span style=\"font-size:10pt\">" + html.EscapeString(c) + "</span></td>")
			}
			b.WriteString("</tr>\n")
		}
		b.WriteString("</table>\n")
	}
	for _, s := range p.After {
		b.WriteString("<p>　　" + html.EscapeString(s) + "</p>\n")
	}
	b.WriteString("</div></body></html>")
	return []byte(b.String())
}

// Word writes the paper as a Word file. Numbers are cut into several runs, as
// Word does where somebody has typed, corrected or checked spelling.
func (p Paper) Word() []byte {
	var b strings.Builder
	b.WriteString(`<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>` + html.EscapeString(p.Title) + `</w:t></w:r></w:p>`)
	for _, s := range p.Before {
		b.WriteString("<w:p>" + Runs(s) + "</w:p>")
	}
	if p.Head != nil {
		b.WriteString("<w:tbl>")
		for _, r := range append([][]string{p.Head}, p.Rows...) {
			b.WriteString("<w:tr>")
			for _, c := range r {
				b.WriteString("<w:tc><w:p>" + Runs(c) + "</w:p></w:tc>")
			}
			b.WriteString("</w:tr>")
		}
		b.WriteString("</w:tbl>")
	}
	for _, s := range p.After {
		b.WriteString("<w:p>" + Runs(s) + "</w:p>")
	}
	return Word{Body: b.String()}.Bytes()
}

// Runs writes a text as runs of seven characters each.
func Runs(s string) string {
	var b strings.Builder
	for r := []rune(s); len(r) > 0; {
		n := min(len(r), 7)
		b.WriteString(`<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">` + html.EscapeString(string(r[:n])) + `</w:t></w:r><w:proofErr w:type="spellEnd"/>`)
		r = r[n:]
	}
	return b.String()
}

// PDF writes the paper as a PDF, the cells of a row side by side on one line.
func (p Paper) PDF() []byte {
	f := &PDF{}
	const size, top, leading = 9.0, 800.0, 16.0
	y := top
	line := func(x float64, s string) {
		if y < 40 {
			f.Page()
			y = top
		}
		f.Text(x, y, size, 0, s)
	}
	f.Page()
	line(200, p.Title)
	y -= 2 * leading
	prose := func(all []string) {
		for _, s := range all {
			for r := []rune("　　" + s); len(r) > 0; y -= leading {
				n := min(len(r), 52)
				line(60, string(r[:n]))
				r = r[n:]
			}
		}
	}
	prose(p.Before)
	if p.Head != nil {
		for _, r := range append([][]string{p.Head}, p.Rows...) {
			x := 40.0
			for i, c := range r {
				line(x, c)
				x += p.width(i, size)
			}
			y -= leading
		}
	}
	prose(p.After)
	return f.Bytes()
}

// width of a column on the page.
func (p Paper) width(col int, size float64) float64 {
	most := 0.0
	for _, r := range append([][]string{p.Head}, p.Rows[:min(len(p.Rows), 20)]...) {
		if col < len(r) {
			most = max(most, Width(r[col]))
		}
	}
	return (most + 2) * size
}

// Sheet writes the paper as a workbook.
func (p Paper) Sheet() []byte {
	b := NewBook("名单")
	row := 1
	b.Text("名单", cell(0, row), p.Title)
	for _, s := range p.Before {
		row++
		b.Text("名单", cell(0, row), s)
	}
	if p.Head != nil {
		for _, r := range append([][]string{p.Head}, p.Rows...) {
			row++
			for i, c := range r {
				b.Text("名单", cell(i, row), c)
			}
		}
	}
	for _, s := range p.After {
		row++
		b.Text("名单", cell(0, row), s)
	}
	return b.Bytes()
}

func cell(col, row int) string { return fmt.Sprintf("%c%d", 'A'+col, row) }
