package planting

import (
	"archive/zip"
	"bytes"
	"slices"
	"strings"
)

// Zip makes an archive of names and contents.
func Zip(pairs ...string) []byte {
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for i := 0; i+1 < len(pairs); i += 2 {
		w, err := z.Create(pairs[i])
		if err == nil {
			_, err = w.Write([]byte(pairs[i+1]))
		}
		if err != nil {
			panic(err) // a buffer takes everything
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return buf.Bytes()
}

// Spaces declare the namespaces that Word files use.
const Spaces = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ` +
	`xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" ` +
	`xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" ` +
	`xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"`

const head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`

// A Word is a Word file made by hand: its body and what else it holds.
type Word struct {
	Body string
	Rels string            // relationships of the body; KIND/ stands for the usual address
	More map[string]string // further entries; SPACES stands for the namespaces
}

// Bytes writes the file.
func (w Word) Bytes() []byte {
	const kind = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
	const space = ` xmlns="http://schemas.openxmlformats.org/package/2006/relationships"`
	fill := strings.NewReplacer("KIND/", kind, "SPACES", Spaces).Replace
	all := []string{
		"[Content_Types].xml", head + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"_rels/.rels", head + `<Relationships` + space + `><Relationship Id="rId1" Type="` + kind + `officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/_rels/document.xml.rels", head + `<Relationships` + space + `>` + fill(w.Rels) + `</Relationships>`,
		"word/document.xml", head + `<w:document ` + Spaces + `><w:body>` + fill(w.Body) + `</w:body></w:document>`,
	}
	var names []string
	for n := range w.More {
		names = append(names, n)
	}
	slices.Sort(names)
	for _, n := range names {
		all = append(all, n, fill(w.More[n]))
	}
	return Zip(all...)
}
