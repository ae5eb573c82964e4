package readingtest

import (
	"archive/zip"
	"bytes"
	"fmt"
	"html"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// A flow is the paper as what stands one below the other: a paragraph, or a table.
type flow struct {
	text  string
	title bool
	grid  *grid
}

// flows returns the paper in printing order.
func (b *build) flows() []flow {
	p := b.paper
	var all, later []flow
	add := func(texts ...string) {
		for _, t := range texts {
			if t != "" {
				all = append(all, flow{text: t})
			}
		}
	}
	add(p.front...)
	for _, t := range p.title {
		all = append(all, flow{text: t, title: true})
	}
	add(p.intro...)
	for _, c := range p.chapters {
		add(c.head)
		add(c.paras...)
		add(c.above...)
		switch {
		case c.grid == nil:
		case b.displace:
			later = append(later, flow{grid: c.grid})
		default:
			all = append(all, flow{grid: c.grid})
		}
		add(c.below...)
	}
	add(p.tail...)
	all = append(all, later...)
	add(p.back...)
	return all
}

// text of a slot in the scripts of the spec; Word, Excel and PDF have no bytes
// to encode, but what happens to a text happens to theirs as well.
func (b *build) script(s string) string { return string(b.encode(s)) }

const wordNames = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`

// docx writes a Word file with merged cells.
func (b *build) docx() []byte {
	var body strings.Builder
	d := b.For("docx")
	run := func(s string) {
		body.WriteString(`<w:r><w:t xml:space="preserve">` + html.EscapeString(s) + "</w:t></w:r>")
	}
	para := func(s, props string) {
		body.WriteString("<w:p>" + props)
		for i, part := range strings.Split(b.script(s), "\n") {
			if i > 0 {
				body.WriteString("<w:r><w:br/></w:r>")
			}
			if r := []rune(part); len(r) > 1 && d.Chance(15) { // what was typed in two goes
				n := d.Between(1, len(r)-1)
				run(string(r[:n]))
				part = string(r[n:])
			}
			run(part)
		}
		body.WriteString("</w:p>")
	}
	for _, f := range b.flows() {
		if f.grid == nil {
			props := ""
			if f.title {
				props = `<w:pPr><w:jc w:val="center"/></w:pPr>`
			}
			para(f.text, props)
			continue
		}
		body.WriteString("<w:tbl><w:tblPr/><w:tblGrid>" + strings.Repeat(`<w:gridCol w:w="900"/>`, f.grid.width) + "</w:tblGrid>")
		_, owner := f.grid.full(func(slot) string { return "" })
		for i := range f.grid.lines {
			body.WriteString("<w:tr>")
			for x := 0; x < f.grid.width; {
				s := owner[i][x]
				if s == nil {
					break
				}
				merge, text := "", ""
				if starts(&f.grid.lines[i], s) {
					text = s.text
					if s.rows > 1 {
						merge = `<w:vMerge w:val="restart"/>`
					}
				} else {
					merge = "<w:vMerge/>"
				}
				fmt.Fprintf(&body, `<w:tc><w:tcPr><w:gridSpan w:val="%d"/>%s</w:tcPr>`, s.cols, merge)
				para(text, "")
				body.WriteString("</w:tc>")
				x += s.cols
			}
			body.WriteString("</w:tr>")
		}
		body.WriteString("</w:tbl>")
	}
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for _, part := range [][2]string{
		{"[Content_Types].xml", `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`},
		{"_rels/.rels", `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/document.xml", `<?xml version="1.0" encoding="UTF-8"?><w:document ` + wordNames + `><w:body>` + body.String() + `<w:sectPr/></w:body></w:document>`},
	} {
		w, err := z.Create(part[0])
		if err != nil {
			panic(err) // to memory
		}
		if _, err := w.Write([]byte(part[1])); err != nil {
			panic(err)
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return buf.Bytes()
}

// xlsx writes a workbook: everything on one sheet, or a sheet for each table.
func (b *build) xlsx() []byte {
	d := b.For("xlsx")
	f := excelize.NewFile()
	defer f.Close()
	sheet, row := "Sheet1", 1
	apart := d.Chance(40)
	asText := d.Chance(40)
	at := func(col, row int) string {
		name, err := excelize.CoordinatesToCellName(col, row)
		if err != nil {
			panic(err) // col and row are positive
		}
		return name
	}
	must := func(err error) {
		if err != nil {
			panic(err) // names and places are our own
		}
	}
	sheets := 0
	for _, fl := range b.flows() {
		if fl.grid == nil {
			must(f.SetCellValue(sheet, at(1, row), b.script(fl.text)))
			row++
			continue
		}
		if apart {
			sheet = "表" + string([]rune("二三四")[sheets])
			_, err := f.NewSheet(sheet)
			must(err)
			row = 1
			sheets++
		}
		for i, l := range fl.grid.lines {
			for _, s := range l.slots {
				from, to := at(s.col+1, row+i), at(s.col+s.cols, row+i+min(s.rows, len(fl.grid.lines)-i)-1)
				if from != to {
					must(f.MergeCell(sheet, from, to))
				}
				n, err := strconv.Atoi(s.text)
				switch {
				case s.text == "":
				case err == nil && !asText && strconv.Itoa(n) == s.text:
					must(f.SetCellInt(sheet, from, int64(n)))
				default:
					must(f.SetCellStr(sheet, from, b.script(s.text)))
				}
			}
		}
		row += len(fl.grid.lines) + 1
	}
	buf, err := f.WriteToBuffer()
	must(err)
	return buf.Bytes()
}
