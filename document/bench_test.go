package document

import (
	"context"
	"strings"
	"testing"
)

// BenchmarkRead measures reading one notice of each kind, and HTML, elements and
// comparison of it.
func BenchmarkRead(b *testing.B) {
	for _, name := range []string{"notice.docx", "notice.doc", "notice.pdf", "sheet.xlsx"} {
		data := testdata(b, name)
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				if _, err := Read(context.Background(), name, data, pdfLimits()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	for name, data := range map[string][]byte{"deck.pptx": gunzipped(b, "deck.pptx.gz"), "deck.ppt": gunzipped(b, "deck.ppt.gz"), "deck.odp": testdata(b, "deck.odp"),
		"text.rtf": testdata(b, "text.rtf"), "text.odt": testdata(b, "text.odt"), "book.ods": testdata(b, "book.ods")} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				if _, err := Read(context.Background(), name, data, Limits{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	long := []byte(strings.Repeat(papers[0].text+"\n", 20))
	b.Run("text of 10,000 characters", func(b *testing.B) {
		b.SetBytes(int64(len(long)))
		for b.Loop() {
			if _, err := Read(context.Background(), "a.txt", long, Limits{}); err != nil {
				b.Fatal(err)
			}
		}
	})
	d, err := Read(context.Background(), "notice.docx", testdata(b, "notice.docx"), Limits{})
	if err != nil {
		b.Fatal(err)
	}
	html := d.HTML()
	b.Run("HTML", func(b *testing.B) {
		for b.Loop() {
			d.HTML()
		}
	})
	b.Run("Clean", func(b *testing.B) {
		b.SetBytes(int64(len(html)))
		for b.Loop() {
			Clean(html)
		}
	})
	b.Run("Elements", func(b *testing.B) {
		for b.Loop() {
			Elements(d)
		}
	})
	changed := strings.Replace(html, "贯彻", "抓好", 1)
	b.Run("Compare", func(b *testing.B) {
		for b.Loop() {
			Compare(html, changed)
		}
	})
}
