package paper

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"math"
	"strings"
)

// The measures of an official document (GB/T 9704) on A4, in twips.
const (
	pageWide, pageHigh     = 11906, 16838
	marginTop, marginFoot  = 2098, 1984 // 37 and 35 mm
	marginLeft, marginSide = 1588, 1474 // 28 and 26 mm
	textWide               = pageWide - marginLeft - marginSide
	footAt                 = 1400
)

// tableSize is the size of the letters in tables, in points (五号).
const tableSize = 10.5

// DOCX is the report as a Word document in the layout of official documents.
func (p *Paper) DOCX() ([]byte, error) {
	w := &wordWriter{}
	w.title(tidy(p.Title))
	parts := p.parts()
	for i, pt := range parts {
		switch pt.kind {
		case chapterHead:
			apart := ""
			if i > 0 && parts[i-1].kind == gridPart {
				apart = `<w:spacing w:before="280"/>`
			}
			w.paragraph("Heading1", apart, pt.text)
		case sectionHead:
			w.paragraph("Heading2", "", pt.text)
		case plainPara:
			w.paragraph("", "", pt.text)
		case noteHead, notePara:
			w.paragraph("Note", "", pt.text)
		case signature:
			w.paragraph("Sign", "", pt.text)
		case gridPart:
			w.grid(pt.grid)
		}
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, f := range []struct{ name, text string }{
		{"[Content_Types].xml", wordTypes},
		{"_rels/.rels", wordRels},
		{"word/document.xml", wordOpen + w.s.String() + wordClose},
		{"word/_rels/document.xml.rels", wordDocRels},
		{"word/styles.xml", wordStyles},
		{"word/fontTable.xml", wordFonts},
		{"word/settings.xml", wordSettings},
		{"word/footer1.xml", footer("right")},
		{"word/footer2.xml", footer("left")},
		{"docProps/core.xml", fmt.Sprintf(wordCore, escapeXML(tidy(p.Title)), escapeXML(p.agency()))},
		{"docProps/app.xml", wordApp},
	} {
		to, err := z.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Deflate})
		if err != nil {
			return nil, fmt.Errorf("write %s: %w", f.name, err)
		}
		if _, err := to.Write([]byte(f.text)); err != nil {
			return nil, fmt.Errorf("write %s: %w", f.name, err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("write document: %w", err)
	}
	return out.Bytes(), nil
}

// agency is the name of the agency as one clean line.
func (p *Paper) agency() string {
	if p.Report == nil {
		return ""
	}
	return tidy(p.Report.Agency)
}

func escapeXML(s string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		panic(err) // a builder does not fail
	}
	return b.String()
}

// A wordWriter writes the body of a document.
type wordWriter struct{ s strings.Builder }

func (w *wordWriter) paragraph(style, properties, text string) {
	w.s.WriteString("<w:p>")
	if style != "" {
		properties = `<w:pStyle w:val="` + style + `"/>` + properties
	}
	if properties != "" {
		w.s.WriteString("<w:pPr>" + properties + "</w:pPr>")
	}
	w.run("", text)
	w.s.WriteString("</w:p>")
}

// title breaks before the year where the title takes two lines.
func (w *wordWriter) title(text string) {
	w.s.WriteString(`<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr>`)
	for i, line := range evenly(text, measure, func(s string) float64 { return textWidth(s, titleSize) }) {
		if i > 0 {
			w.s.WriteString("<w:r><w:br/></w:r>")
		}
		w.run("", line)
	}
	w.s.WriteString("</w:p>")
}

func (w *wordWriter) run(properties, text string) {
	if text == "" {
		return
	}
	w.s.WriteString("<w:r>")
	if properties != "" {
		w.s.WriteString("<w:rPr>" + properties + "</w:rPr>")
	}
	w.s.WriteString(`<w:t xml:space="preserve">` + escapeXML(text) + "</w:t></w:r>")
}

// grid writes a table. Rows stay whole, the lines that head the columns repeat.
func (w *wordWriter) grid(g *Grid) {
	widths := g.twips()
	w.s.WriteString(`<w:tbl><w:tblPr><w:tblStyle w:val="Statutory"/><w:tblW w:w="` + fmt.Sprint(textWide) + `" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/>` +
		`<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>` +
		`<w:tblCaption w:val="` + escapeXML(g.Title) + `"/></w:tblPr><w:tblGrid>`)
	for _, n := range widths {
		fmt.Fprintf(&w.s, `<w:gridCol w:w="%d"/>`, n)
	}
	w.s.WriteString("</w:tblGrid>")
	covered := g.covered()
	for i, line := range g.Lines {
		w.s.WriteString("<w:tr><w:trPr><w:cantSplit/>")
		high := 340
		if g.airy() {
			high = 454
		}
		fmt.Fprintf(&w.s, `<w:trHeight w:val="%d" w:hRule="atLeast"/>`, high)
		if i < g.Head {
			w.s.WriteString("<w:tblHeader/>")
		}
		w.s.WriteString("</w:trPr>")
		boxes := line.Boxes
		for col := 0; col < g.Columns; {
			if top := covered[i][col]; top != nil {
				w.cell(*top, widths, "continue")
				col += top.Cols
				continue
			}
			b := boxes[0]
			boxes = boxes[1:]
			merge := ""
			if b.Rows > 1 {
				merge = "restart"
			}
			w.cell(b, widths, merge)
			col += b.Cols
		}
		w.s.WriteString("</w:tr>")
	}
	w.s.WriteString("</w:tbl>")
}

// airy tells whether the lines have room to spare: those of tables of few lines.
func (g *Grid) airy() bool { return g.Labels < 2 }

// twips are the widths of the columns, which add up to the text's.
func (g *Grid) twips() []int {
	out := make([]int, g.Columns)
	left := textWide
	for i, w := range g.widths(float64(textWide)/20, tableSize) {
		out[i] = int(math.Round(w * 20))
		left -= out[i]
	}
	out[max(g.Labels-1, 0)] += left
	return out
}

// covered is, for each place of the table, the box that reaches down to it from
// a line above.
func (g *Grid) covered() [][]*Box {
	out := make([][]*Box, len(g.Lines))
	for i := range out {
		out[i] = make([]*Box, g.Columns)
	}
	for i := range g.Lines {
		for k := range g.Lines[i].Boxes {
			b := &g.Lines[i].Boxes[k]
			for r := i + 1; r < i+b.Rows; r++ {
				out[r][b.Col] = b
			}
		}
	}
	return out
}

func (w *wordWriter) cell(b Box, widths []int, merge string) {
	wide := 0
	for _, n := range widths[b.Col : b.Col+b.Cols] {
		wide += n
	}
	fmt.Fprintf(&w.s, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, wide)
	if b.Cols > 1 {
		fmt.Fprintf(&w.s, `<w:gridSpan w:val="%d"/>`, b.Cols)
	}
	if merge != "" {
		w.s.WriteString(`<w:vMerge w:val="` + merge + `"/>`)
	}
	if b.Role == Figure && textWidth(b.Text+b.mark(), tableSize) > float64(wide)/20-cellPad {
		w.s.WriteString("<w:noWrap/><w:tcFitText/>")
	}
	w.s.WriteString(`<w:vAlign w:val="center"/></w:tcPr>`)
	style, properties := "Cell", ""
	if b.Role == Beside && b.Rows == 1 {
		properties = `<w:jc w:val="left"/>`
	}
	if merge == "continue" {
		w.paragraph(style, properties, "")
	} else {
		w.s.WriteString(`<w:p><w:pPr><w:pStyle w:val="` + style + `"/>` + properties + "</w:pPr>")
		look := ""
		if b.Role == Section {
			look = "<w:b/>"
		}
		w.run(look, b.Text)
		w.run(`<w:vertAlign w:val="superscript"/>`, b.mark())
		w.s.WriteString("</w:p>")
	}
	w.s.WriteString("</w:tc>")
}
