//go:build unix

package readingtest_test

import (
	"syscall"
	"testing"
	"time"

	. "gongkai/annualreport/reading/readingtest"
)

// spent is the processor time of this process so far. Benches of a machine that
// others use as well say what one core does, not how long one had to wait for it.
func spent() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkRead reads undamaged reports of counties, each kind of file by itself:
// reports in a second of one core, and memory allocated for each.
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
			begun := spent()
			for b.Loop() {
				s := all[n%len(all)]
				if got := r(s.Name, s.Data); got.Form == nil {
					b.Fatalf("%v is not read", s.Spec)
				}
				n++
			}
			b.ReportMetric(float64(n)/(spent()-begun).Seconds(), "reports/cpu-s")
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
