package content

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"time"
)

// Bytes are the contents of the file, of the kind its name says.
func (f File) Bytes() ([]byte, error) {
	switch {
	case strings.HasSuffix(f.Name, ".docx"):
		return Docx(strings.TrimSuffix(f.Name, ".docx"), f.Body)
	case strings.HasSuffix(f.Name, ".xlsx"):
		return Sheet(f.Body)
	case strings.HasSuffix(f.Name, ".txt"):
		return []byte(f.Body.Text()), nil
	default:
		return nil, fmt.Errorf("content: no writer for %s", f.Name)
	}
}

// Docx writes a text as Office Open XML, as an office program would: title,
// heading styles, tables with spans. The same text gives the same bytes.
func Docx(title string, body Body) ([]byte, error) {
	var doc strings.Builder
	doc.WriteString(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` +
		`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`)
	docxPara(&doc, "Title", "center", title)
	for _, b := range body {
		switch b.Style {
		case Inner:
			docxPara(&doc, "Heading1", "center", b.Text)
		case Section1:
			docxPara(&doc, "Heading2", "", b.Text)
		case Section2:
			docxPara(&doc, "Heading3", "", b.Text)
		case Section3:
			docxPara(&doc, "Heading4", "", b.Text)
		case Sign:
			docxPara(&doc, "", "right", b.Text)
		case Grid:
			docxTable(&doc, b.Table)
		default:
			docxPara(&doc, "", "", b.Text)
		}
	}
	doc.WriteString(`<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>`)

	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, part := range []struct{ name, data string }{
		{"[Content_Types].xml", docxTypes},
		{"_rels/.rels", docxRels},
		{"word/_rels/document.xml.rels", docxDocRels},
		{"word/styles.xml", docxStyles()},
		{"word/document.xml", doc.String()},
	} {
		w, err := z.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Deflate, Modified: time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			return nil, fmt.Errorf("write %s: %w", part.name, err)
		}
		if _, err := w.Write([]byte(part.data)); err != nil {
			return nil, fmt.Errorf("write %s: %w", part.name, err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("write docx: %w", err)
	}
	return out.Bytes(), nil
}

func docxPara(w *strings.Builder, style, align, text string) {
	w.WriteString("<w:p>")
	if style != "" || align != "" {
		w.WriteString("<w:pPr>")
		if style != "" {
			w.WriteString(`<w:pStyle w:val="` + style + `"/>`)
		}
		if align != "" {
			w.WriteString(`<w:jc w:val="` + align + `"/>`)
		}
		w.WriteString("</w:pPr>")
	}
	w.WriteString(`<w:r><w:t xml:space="preserve">` + xmlText(text) + `</w:t></w:r></w:p>`)
}

// docxTable lays the cells out on a grid; a cell that covers several rows is
// continued below as WordprocessingML wants it.
func docxTable(w *strings.Builder, t *Table) {
	if t.Caption != "" {
		docxPara(w, "Caption", "center", t.Caption)
	}
	w.WriteString(`<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="5000" w:type="pct"/></w:tblPr><w:tblGrid/>`)
	type open struct{ rows, cols int }
	hanging := map[int]open{} // column → still covered from above
	for i, r := range append(append([][]Cell{}, t.Head...), t.Rows...) {
		w.WriteString("<w:tr>")
		if i < len(t.Head) {
			w.WriteString("<w:trPr><w:tblHeader/></w:trPr>")
		}
		col := 0
		carry := func() {
			for hanging[col].rows > 0 {
				h := hanging[col]
				hanging[col] = open{h.rows - 1, h.cols}
				fmt.Fprintf(w, `<w:tc><w:tcPr>%s<w:vMerge/></w:tcPr><w:p/></w:tc>`, gridSpan(h.cols))
				col += h.cols
			}
		}
		for _, c := range r {
			carry()
			cols, merge := max(1, c.Cols), ""
			if c.Rows > 1 {
				merge = `<w:vMerge w:val="restart"/>`
				hanging[col] = open{c.Rows - 1, cols}
			}
			fmt.Fprintf(w, `<w:tc><w:tcPr>%s%s</w:tcPr>`, gridSpan(cols), merge)
			docxPara(w, "", "", c.Text)
			w.WriteString("</w:tc>")
			col += cols
		}
		carry()
		w.WriteString("</w:tr>")
	}
	w.WriteString("</w:tbl><w:p/>")
}

func gridSpan(n int) string {
	if n < 2 {
		return ""
	}
	return fmt.Sprintf(`<w:gridSpan w:val="%d"/>`, n)
}

func xmlText(s string) string {
	var b bytes.Buffer
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		panic(err) // a buffer does not fail
	}
	return b.String()
}

func docxStyles() string {
	var w strings.Builder
	w.WriteString(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` +
		`<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">` +
		`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="caption"/><w:basedOn w:val="Normal"/></w:style>` +
		`<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/></w:style>`)
	for i := 1; i <= 4; i++ {
		fmt.Fprintf(&w, `<w:style w:type="paragraph" w:styleId="Heading%d"><w:name w:val="heading %d"/><w:basedOn w:val="Normal"/>`+
			`<w:pPr><w:outlineLvl w:val="%d"/></w:pPr></w:style>`, i, i, i-1)
	}
	w.WriteString(`</w:styles>`)
	return w.String()
}

const (
	docxTypes = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` +
		`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>` +
		`<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>`
	docxRels = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` +
		`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`
	docxDocRels = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` +
		`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`
)
