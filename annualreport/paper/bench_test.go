package paper

import (
	"testing"

	"gongkai/annualreport/form"
)

// BenchmarkFormats measures the time and the size of each format.
func BenchmarkFormats(b *testing.B) {
	for _, ext := range []string{"html", "json", "csv", "xlsx", "docx", "pdf"} {
		b.Run(ext, func(b *testing.B) {
			p := example(form.ByID("2021"))
			size := 0
			b.ReportAllocs()
			for b.Loop() {
				file, err := formats[ext](p)
				if err != nil {
					b.Fatal(err)
				}
				size = len(file)
			}
			b.ReportMetric(float64(size), "bytes/file")
		})
	}
}
