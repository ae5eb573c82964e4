package planting

import (
	"fmt"
	"html"
	"strings"
)

// A Deck is a presentation made by hand: its slides and what else it holds.
type Deck struct {
	Slides []Slide
	More   map[string]string // further entries; SPACES stands for the namespaces
}

// A Slide is the shapes of one slide, its attributes and its relations; KIND/ stands
// for the usual address.
type Slide struct{ Shapes, Attrs, Rels string }

// slideSpaces declare the namespaces that presentations use.
const slideSpaces = `xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

// Bytes writes the presentation.
func (d Deck) Bytes() []byte {
	const kind = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
	const space = ` xmlns="http://schemas.openxmlformats.org/package/2006/relationships"`
	fill := strings.NewReplacer("KIND/", kind, "SPACES", slideSpaces).Replace
	var list, rels strings.Builder
	var all []string
	for i, s := range d.Slides {
		fmt.Fprintf(&list, `<p:sldId id="%d" r:id="s%d"/>`, 256+i, i+1)
		fmt.Fprintf(&rels, `<Relationship Id="s%d" Type="%sslide" Target="slides/slide%d.xml"/>`, i+1, kind, i+1)
		all = append(all, fmt.Sprintf("ppt/slides/slide%d.xml", i+1), head+`<p:sld `+slideSpaces+` `+s.Attrs+`><p:cSld><p:spTree>`+s.Shapes+`</p:spTree></p:cSld></p:sld>`,
			fmt.Sprintf("ppt/slides/_rels/slide%d.xml.rels", i+1), head+`<Relationships`+space+`>`+fill(s.Rels)+`</Relationships>`)
	}
	for _, name := range sorted(d.More) {
		all = append(all, name, fill(d.More[name]))
	}
	return Zip(append([]string{"[Content_Types].xml", head + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"_rels/.rels", head + `<Relationships` + space + `><Relationship Id="r" Type="` + kind + `officeDocument" Target="ppt/presentation.xml"/></Relationships>`,
		"ppt/_rels/presentation.xml.rels", head + `<Relationships` + space + `>` + rels.String() + `</Relationships>`,
		"ppt/presentation.xml", head + `<p:presentation ` + slideSpaces + `><p:sldIdLst>` + list.String() + `</p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/></p:presentation>`}, all...)...)
}

// shape is a box with paragraphs; role is that of a frame every slide has, about and
// place what is said of it.
func shape(role, about, place string, paras ...string) string {
	frame := ""
	if role != "" {
		frame = `<p:ph type="` + role + `"/>`
	}
	return `<p:sp><p:nvSpPr><p:cNvPr id="1" name="框" ` + about + `/><p:cNvSpPr/><p:nvPr>` + frame + `</p:nvPr></p:nvSpPr><p:spPr>` + place + `</p:spPr><p:txBody>` + drawn(paras...) + `</p:txBody></p:sp>`
}

// drawn writes paragraphs of a shape, cut into runs of seven characters as programs
// do that check spelling.
func drawn(paras ...string) string {
	var b strings.Builder
	for _, s := range paras {
		b.WriteString("<a:p>")
		for r := []rune(s); len(r) > 0; {
			n := min(len(r), 7)
			b.WriteString(`<a:r><a:rPr lang="zh-CN"/><a:t>` + html.EscapeString(string(r[:n])) + `</a:t></a:r>`)
			r = r[n:]
		}
		b.WriteString("</a:p>")
	}
	return b.String()
}

// gridShape is a table on a slide.
func gridShape(rows [][]string) string {
	var b strings.Builder
	b.WriteString(`<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="2" name="表"/></p:nvGraphicFramePr><a:graphic><a:graphicData><a:tbl><a:tblPr firstRow="1"/>`)
	for _, r := range rows {
		b.WriteString("<a:tr>")
		for _, c := range r {
			b.WriteString(`<a:tc><a:txBody>` + drawn(c) + `</a:txBody></a:tc>`)
		}
		b.WriteString("</a:tr>")
	}
	b.WriteString(`</a:tbl></a:graphicData></a:graphic></p:graphicFrame>`)
	return b.String()
}

// Presentation writes the paper as slides: the text, then the table, fifteen rows to a
// slide under its head.
func (p Paper) Presentation() []byte {
	const rows = 15
	d := Deck{Slides: []Slide{{Shapes: shape("title", "", "", p.Title) + shape("body", "", "", p.Before...)}}}
	for at := 0; p.Head != nil && at < len(p.Rows); at += rows {
		d.Slides = append(d.Slides, Slide{Shapes: shape("title", "", "", p.Title) + gridShape(append([][]string{p.Head}, p.Rows[at:min(at+rows, len(p.Rows))]...))})
	}
	d.Slides = append(d.Slides, Slide{Shapes: shape("body", "", "", p.After...)})
	return d.Bytes()
}
