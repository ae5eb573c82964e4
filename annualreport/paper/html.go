package paper

import (
	"html"
	"strconv"
	"strings"
)

// HTML is the report as the body of an information page: what stands below the
// title. It is what document.Clean makes of it, to the byte.
func (p *Paper) HTML() string {
	w := &htmlWriter{}
	var notes bool
	for _, pt := range p.parts() {
		if notes && pt.kind != notePara {
			w.s.WriteString("</ol>\n")
			notes = false
		}
		switch pt.kind {
		case chapterHead:
			w.element("h2", "", pt.text)
		case sectionHead:
			w.element("h3", "", pt.text)
		case plainPara, noteHead:
			w.element("p", "", pt.text)
		case signature:
			w.element("p", ` class="al-right"`, pt.text)
		case gridPart:
			w.grid(pt.grid)
		case notePara:
			if !notes {
				w.s.WriteString("<ol>")
				notes = true
			}
			n := strconv.Itoa(pt.fix)
			w.s.WriteString(`<li id="fn-` + n + `">` + escape(pt.text) + `<a href="#fnref-` + n + `">返回表格</a></li>`)
		}
	}
	if notes {
		w.s.WriteString("</ol>\n")
	}
	return strings.TrimSpace(w.s.String())
}

// escape writes a text as HTML in the spelling the sanitiser keeps.
func escape(s string) string { return html.EscapeString(s) }

type htmlWriter struct{ s strings.Builder }

func (w *htmlWriter) element(tag, attrs, text string) {
	w.s.WriteString("<" + tag + attrs + ">" + escape(text) + "</" + tag + ">\n")
}

func (w *htmlWriter) grid(g *Grid) {
	w.s.WriteString("<table><caption>" + escape(g.Title) + "</caption>")
	section := ""
	enter := func(s string) {
		if section != "" {
			w.s.WriteString("</" + section + ">")
		}
		if section = s; s != "" {
			w.s.WriteString("<" + s + ">\n")
		}
	}
	for i, line := range g.Lines {
		switch {
		case i < g.Head && section == "":
			enter("thead")
		case i >= g.Head && (section != "tbody" || line.Opens):
			enter("tbody")
		}
		w.s.WriteString("<tr>")
		for _, b := range line.Boxes {
			w.box(b)
		}
		w.s.WriteString("</tr>\n")
	}
	enter("")
	w.s.WriteString("</table>\n")
}

func (w *htmlWriter) box(b Box) {
	tag, scope := "th", ""
	switch {
	case b.Role == Figure || b.Role == Corner:
		tag = "td"
	case b.Role == Section:
		scope = "rowgroup"
	case b.Role == Beside && b.Rows > 1:
		scope = "rowgroup"
	case b.Role == Beside:
		scope = "row"
	case b.Cols > 1:
		scope = "colgroup"
	default:
		scope = "col"
	}
	w.s.WriteString("<" + tag)
	if b.Cols > 1 {
		w.s.WriteString(` colspan="` + strconv.Itoa(b.Cols) + `"`)
	}
	if b.Rows > 1 {
		w.s.WriteString(` rowspan="` + strconv.Itoa(b.Rows) + `"`)
	}
	if scope != "" {
		w.s.WriteString(` scope="` + scope + `"`)
	}
	if b.Role == Figure {
		w.s.WriteString(` class="al-center"`)
	}
	w.s.WriteString(">" + escape(b.Text))
	if b.Fix > 0 {
		n := strconv.Itoa(b.Fix)
		w.s.WriteString(`<sup><a href="#fn-` + n + `" id="fnref-` + n + `">` + fixMark + `</a></sup>`)
	}
	w.s.WriteString("</" + tag + ">")
}
