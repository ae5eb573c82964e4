package paper

import (
	"context"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"

	"gongkai/annualreport/form"
	"gongkai/annualreport/reading"
)

// TestOurReaderReadsBackWhatWePublish publishes random figures in every format
// and has them read as a stranger's file would be.
func TestOurReaderReadsBackWhatWePublish(t *testing.T) {
	rounds := uint64(25)
	if s := os.Getenv("PAPER_ROUNDS"); s != "" {
		n, err := strconv.ParseUint(s, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		rounds = n
	}
	for _, ext := range []string{"html", "docx", "xlsx", "pdf"} {
		t.Run(ext, func(t *testing.T) {
			rounds := rounds
			if ext == "pdf" {
				if testing.Short() {
					t.Skip("SKIPPED: reading a PDF takes its time")
				}
				rounds = (rounds + 7) / 8
			}
			var cells, wrong, lost int
			for _, f := range form.All() {
				for seed := range rounds {
					p := scatter(f, rand.New(rand.NewPCG(seed, 10)))
					b, err := formats[ext](p)
					if err != nil {
						t.Fatal(err)
					}
					if ext == "html" { // the page stands below its title
						b = []byte("<!doctype html><html lang=zh-CN><meta charset=utf-8><title>" + p.Title + "</title><body><h1>" + p.Title + "</h1>" + string(b) + "</body></html>")
					}
					r, err := reading.File(context.Background(), "report."+ext, b)
					if err != nil {
						t.Fatalf("File: %v", err)
					}
					if r.Form == nil || r.Form.ID != f.ID {
						t.Errorf("%s%s seed %d: the form is not recognised", f.ID, f.Variant, seed)
						continue
					}
					if r.Year != p.Report.Year || r.Agency != p.Report.Agency {
						t.Errorf("%s%s seed %d: agency and year = %s %d, want %s %d", f.ID, f.Variant, seed, r.Agency, r.Year, p.Report.Agency, p.Report.Year)
					}
					for i, c := range f.Cells {
						cells++
						got, want := r.Get(c.ID), p.Report.Values[i]
						if got.State == want.State && got.N == want.N {
							continue
						}
						if got.State == form.Unknown {
							lost++
						} else {
							wrong++
						}
						if lost+wrong <= 12 {
							t.Errorf("%s%s seed %d: %s = %+v, want %+v%s", f.ID, f.Variant, seed, c.ID, got, want, fixNote(p, i))
						}
					}
				}
			}
			t.Logf("%s: %d cells, %d lost, %d wrong", ext, cells, lost, wrong)
		})
	}
}

func fixNote(p *Paper, cell int) string {
	if slices.ContainsFunc(p.Fixes, func(f Fix) bool { return f.Cell == cell }) {
		return " (corrected by hand)"
	}
	return ""
}
