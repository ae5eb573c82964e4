package console_test

import (
	"archive/zip"
	"bytes"
	"testing"
)

// notice is a Word document as a department would write it.
func notice(t *testing.T) []byte {
	t.Helper()
	p := func(align, text string) string {
		return `<w:p><w:pPr><w:jc w:val="` + align + `"/></w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
	}
	cell := func(text string) string { return `<w:tc>` + p("left", text) + `</w:tc>` }
	document := `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` +
		p("center", "明教发〔2026〕12号") +
		p("center", "示例市明镜区教育局关于做好2026年义务教育招生工作的通知") +
		p("left", "各中小学：") +
		p("left", "为做好2026年义务教育招生工作，现将有关事项通知如下。") +
		p("left", "一、报名时间") + p("left", "报名时间和地点见下表。") +
		`<w:tbl><w:tr>` + cell("学段") + cell("时间") + `</w:tr><w:tr>` + cell("小学") + cell("5月20日") + `</w:tr></w:tbl>` +
		p("right", "示例市明镜区教育局") + p("right", "2026年2月27日") +
		p("left", "（此件公开发布）") +
		`</w:body></w:document>`
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range []struct{ name, content string }{
		{"[Content_Types].xml", `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`},
		{"_rels/.rels", `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/document.xml", document},
	} {
		w, err := z.Create(f.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(f.content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
