package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"
	"unicode/utf8"

	"gongkai/annualreport/checking"
	"gongkai/annualreport/form"
	"gongkai/annualreport/reading"
	"gongkai/annualreport/reading/readingtest"
	"gongkai/document"
)

// reports measures reading and checking annual reports on one core, and adding
// very many of them up with all cores.
func (b *bench) reports(ctx context.Context) error {
	procs := runtime.GOMAXPROCS(1)
	err := readings(ctx)
	runtime.GOMAXPROCS(procs)
	if err != nil {
		return err
	}
	return b.sums(ctx)
}

func readings(ctx context.Context) error {
	plain := document.NewPlainReader(document.Limits{CacheDir: filepath.Join(os.TempDir(), "gongkai-test-wazero")})
	fmt.Print("## Annual reports, read and checked\n\nOne core, a county's report with other figures each time. The last column is the limit: decoding the same characters and nothing else.\n\n")
	fmt.Println("| kind of file | KB | read, reports/s | read and checked, reports/s | with prose too | allocated, KB | decoding only, reports/s |")
	fmt.Println("|---|---|---|---|---|---|---|")
	for _, k := range []struct {
		name   string
		layout readingtest.Layout
		long   time.Duration
	}{
		{"text, a cell a line", readingtest.Cells, time.Second}, {"text, rows of tabs", readingtest.Tabs, time.Second}, {"text of a PDF, raw order", readingtest.PDFRaw, time.Second},
		{"text from OCR", readingtest.OCR, time.Second}, {"Markdown", readingtest.Markdown, time.Second}, {"web page", readingtest.HTML, time.Second},
		{"web page from Word", readingtest.HTMLWord, time.Second}, {".docx", readingtest.Docx, time.Second}, {".xlsx", readingtest.Xlsx, time.Second}, {"PDF", readingtest.PDF, 3 * time.Second},
	} {
		var samples []readingtest.Sample
		size := 0
		for seed := range uint64(32) {
			s := readingtest.Make(readingtest.Spec{Seed: seed, Layout: k.layout, Size: readingtest.County})
			samples, size = append(samples, s), size+len(s.Data)
		}
		read := func(s readingtest.Sample) (*form.Report, string, error) {
			kind := document.KindOf(s.Name, s.Data)
			if (kind == document.KindText || kind == document.KindMarkdown) && utf8.Valid(s.Data) {
				return reading.Text(s.Name, string(s.Data)), string(s.Data), nil
			}
			d, err := plain.Read(ctx, s.Name, s.Data)
			if err != nil {
				return nil, "", err
			}
			p, _ := d.Part(document.PartDocument)
			return reading.Doc(s.Name, d), p.Text, nil
		}
		if _, _, err := read(samples[0]); err != nil { // the PDF engine starts once
			return fmt.Errorf("%s: %w", k.name, err)
		}
		rate := func(work func(readingtest.Sample) error) (float64, error) {
			n, begin := 0, time.Now()
			for time.Since(begin) < k.long {
				if err := work(samples[n%len(samples)]); err != nil {
					return 0, err
				}
				n++
			}
			return float64(n) / time.Since(begin).Seconds(), nil
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		count := 0
		readOnly, err := rate(func(s readingtest.Sample) error {
			r, _, err := read(s)
			if count++; err == nil && r.Form == nil {
				err = fmt.Errorf("%s is not read", s.Name)
			}
			return err
		})
		if err != nil {
			return err
		}
		runtime.ReadMemStats(&after)
		checked, err := rate(func(s readingtest.Sample) error {
			r, _, err := read(s)
			checking.Check(r, nil)
			return err
		})
		if err != nil {
			return err
		}
		prose, err := rate(func(s readingtest.Sample) error {
			r, text, err := read(s)
			reading.Claims(r, text)
			checking.Check(r, nil)
			return err
		})
		if err != nil {
			return err
		}
		runes := 0
		limit, err := rate(func(s readingtest.Sample) error {
			for _, r := range string(s.Data) {
				runes += int(r)
			}
			return nil
		})
		if err != nil {
			return err
		}
		fmt.Printf("| %s | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f |\n", k.name, float64(size)/float64(len(samples))/1e3, readOnly, checked, prose,
			float64(after.TotalAlloc-before.TotalAlloc)/float64(count)/1e3, limit)
	}
	fmt.Println()
	return nil
}

// sums runs report sum over trees of generated reports, each ten times as large
// as the one before, and holds the sums against the known ones.
func (b *bench) sums(ctx context.Context) error {
	fmt.Print("## Annual reports, added up\n\n`gongkai report sum --json` over folders of generated text reports, all cores.\n\n")
	fmt.Println("| reports | took | reports/s | most memory | sums right |")
	fmt.Println("|---|---|---|---|---|")
	for _, n := range []int{1_000, 10_000, 100_000} {
		dir := filepath.Join(b.dir, fmt.Sprintf("reports-%d", n))
		want, err := readingtest.Corpus(dir, n, uint64(n))
		if err != nil {
			return err
		}
		cmd := exec.CommandContext(ctx, b.binary, "report", "sum", "--json", dir)
		begin := time.Now()
		out, err := cmd.Output()
		took := time.Since(begin)
		if err != nil && cmd.ProcessState.ExitCode() != 1 {
			return err
		}
		line, _, _ := strings.Cut(string(out), "\n")
		got, err := form.ParseReport([]byte(line))
		if err != nil {
			return err
		}
		var head struct{ Reports int }
		if err := json.Unmarshal([]byte(line), &head); err != nil {
			return err
		}
		right := 0
		for i := range want.Values {
			if got.Values[i].N == want.Values[i].N {
				right++
			}
		}
		usage, _ := cmd.ProcessState.SysUsage().(*syscall.Rusage)
		fmt.Printf("| %d (%d added) | %.1f s | %.0f | %.0f MiB | %d of %d cells |\n", n, head.Reports, took.Seconds(), float64(n)/took.Seconds(), float64(usage.Maxrss)/1024, right, len(want.Values))
		if err := os.RemoveAll(dir); err != nil {
			return err
		}
	}
	fmt.Println()
	return nil
}
