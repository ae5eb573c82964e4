package document

import (
	"context"
	"strings"
	"testing"
	"unicode/utf8"
)

// checkParts holds what is true of everything gathered beside a text.
func checkParts(t *testing.T, d Doc) {
	t.Helper()
	for _, p := range d.Parts {
		n, last := runeLen(p.Text), 0
		if !utf8.ValidString(p.Text) {
			t.Fatalf("part %s is not UTF-8: %q", p.Name, p.Text)
		}
		for _, s := range p.Spans {
			if s.Start < last || s.End < s.Start || s.End > n {
				t.Fatalf("part %s of %d code points: span %+v after %d", p.Name, n, s, last)
			}
			last = s.End
		}
	}
	for _, m := range d.Meta {
		if !utf8.ValidString(m.Value) {
			t.Fatalf("%q is not UTF-8", m.Value)
		}
	}
}

func FuzzPicture(f *testing.F) {
	f.Add([]byte("\xff\xd8\xff\xe1\x00\x20Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00\x0e\x01\x02\x00\x04\x00\x00\x00abc\x00"))
	f.Add([]byte("\xff\xd8\xff\xed\x00\x10\x1c\x02\x50\x00\x03abc\xff\xfe\x00\x05abc"))
	f.Add([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x05tEXta\x00bcd\x00\x00\x00\x00"))
	f.Add([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x05tEXta\xff\x00\xff\x00\xe8\xe8\xe8\xe8\xe8\xe8\x00")) // a keyword of another encoding
	f.Add([]byte("RIFF\x20\x00\x00\x00WEBPEXIF\x08\x00\x00\x00MM\x00*\x00\x00\x00\x08"))
	f.Fuzz(func(t *testing.T, data []byte) {
		d, _ := Read(context.Background(), "a", data, smallLimits)
		checkParts(t, d)
	})
}

func FuzzPDFStrings(f *testing.F) {
	f.Add([]byte("1 0 obj << /A (13800001234 \\(a\\) \\101) /B <FEFF0033> >> stream\nabc\nendstream endobj"))
	f.Add([]byte("4 0 obj << /Type /Metadata /Subtype /XML >> stream\n<a>33041119</a>\nendstream"))
	f.Add([]byte("4 0 obj << /Type /ObjStm /Filter /FlateDecode >> stream\n" + packed("(330411190001)") + "\nendstream"))
	f.Fuzz(func(t *testing.T, data []byte) {
		d := Doc{Kind: KindPDF}
		s := &pdfSweep{b: newBudget(context.Background(), smallLimits.or()), d: &d}
		if err := s.file(data); err != nil {
			t.Fatal(err)
		}
		checkParts(t, d)
	})
}

func FuzzWordParts(f *testing.F) {
	f.Add("word/settings.xml", `<w:settings><w:docVars><w:docVar w:name="a" w:val="13800001234"/></w:docVars></w:settings>`)
	f.Add("word/diagrams/data1.xml", `<a:p><a:r><a:t>甲</a:t></a:r></a:p>`)
	f.Add("word/embeddings/oleObject1.bin", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	f.Add("word/embeddings/a.html", "<p>甲<script>'13800001234'")
	f.Add("word/media/a.jpg", "\xff\xd8\xff\xe1")
	f.Fuzz(func(t *testing.T, name, content string) {
		if name == "word/document.xml" || len(name) > 100 || strings.HasSuffix(name, "/") {
			t.Skip() // a folder has no content
		}
		d, err := Read(context.Background(), "a.docx", wordFile{body: para("正文"), more: map[string]string{name: content}}.bytes(), smallLimits)
		if err == nil {
			checkParts(t, d)
		}
	})
}

func FuzzBookParts(f *testing.F) {
	f.Add(`<row r="1" ht="0"><c r="A1" t="s" s="1"><v>0</v></c><c r="B1"><f>"3304"&amp;"11"</f><v>3.304E+17</v></c></row>`, `<si><t>330411</t></si><si><r><t>甲123456</t></r></si>`, `<r><s v="123456"/><n v="3.3E+17"/></r>`)
	f.Add(`<row r="1048576"><c r="XFD1048576"><v>123456789</v></c></row><row><c><v>1</v></c></row>`, ``, `<r`)
	f.Fuzz(func(t *testing.T, rows, strings, cache string) {
		d, err := Read(context.Background(), "a.xlsx", hostileBook(`<cols><col min="1" max="2" width="0"/></cols><sheetData>`+rows+`</sheetData><headerFooter><oddHeader>&amp;C甲</oddHeader></headerFooter>`,
			"xl/sharedStrings.xml", `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`+strings+`</sst>`, "xl/pivotCache/pivotCacheRecords1.xml", `<p>`+cache+`</p>`), smallLimits)
		if err == nil {
			checkParts(t, d)
			checkDoc(t, d)
		}
	})
}
