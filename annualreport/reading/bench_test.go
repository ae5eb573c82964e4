package reading

import (
	"os"
	"testing"
)

func benchmarkText(b *testing.B, file string) {
	text, err := os.ReadFile(corpus + file)
	if err != nil {
		b.Skipf("SKIPPED: %s is not there: %v", file, err)
	}
	s := string(text)
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		if r := Text(file, s); r.Form == nil {
			b.Fatal("no form")
		}
	}
}

func BenchmarkTextTornTableTwo(b *testing.B) { benchmarkText(b, "reports-2020/000.txt") }
func BenchmarkTextRowsOfTabs(b *testing.B)   { benchmarkText(b, "reports-2020/001.txt") }
func BenchmarkTextOneCellALine(b *testing.B) { benchmarkText(b, "reports-2020/002.txt") }
func BenchmarkTextFromOCR(b *testing.B)      { benchmarkText(b, "reports-2020/003.txt") }
func BenchmarkTextFromWord(b *testing.B)     { benchmarkText(b, "reports-2020/004.txt") }
func BenchmarkTextOfPDFRaw(b *testing.B)     { benchmarkText(b, "reports/hongze_2023.raw.txt") }
func BenchmarkTextOfPDFLaidOut(b *testing.B) { benchmarkText(b, "reports/hongze_2023.layout.txt") }
func BenchmarkTextMarkdown(b *testing.B)     { benchmarkText(b, "reports/shuyang_2025.md") }
