package readingtest_test

import (
	"testing"

	. "gongkai/annualreport/reading/readingtest"
)

// BenchmarkRead reads one undamaged county's report of each kind of file, over
// and over with other figures, on one core.
func BenchmarkRead(b *testing.B) {
	for _, k := range []struct {
		name   string
		layout Layout
	}{
		{"text", Cells}, {"text of tabs", Tabs}, {"text from a PDF", PDFRaw}, {"OCR", OCR}, {"Markdown", Markdown}, {"HTML", HTML}, {"HTML from Word", HTMLWord},
		{"docx", Docx}, {"xlsx", Xlsx}, {"pdf", PDF},
	} {
		b.Run(k.name, func(b *testing.B) {
			var all []Sample
			size := 0
			for seed := range uint64(16) {
				s := Make(Spec{Seed: seed, Layout: k.layout, Size: County})
				all = append(all, s)
				size += len(s.Data)
			}
			r := read(b)
			b.SetBytes(int64(size / len(all)))
			b.ReportAllocs()
			n := 0
			for b.Loop() {
				s := all[n%len(all)]
				if got := r(s.Name, s.Data); got.Form == nil {
					b.Fatalf("%v is not read", s.Spec)
				}
				n++
			}
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "reports/s")
		})
	}
}

// BenchmarkCorpus writes the reports a roll-up is measured with.
func BenchmarkCorpus(b *testing.B) {
	n := 0
	for b.Loop() {
		if _, err := Corpus(b.TempDir(), 100, uint64(n)); err != nil {
			b.Fatal(err)
		}
		n++
	}
	b.ReportMetric(float64(100*n)/b.Elapsed().Seconds(), "reports/s")
}
