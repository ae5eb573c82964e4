package readingtest

import (
	"fmt"
	"os"
	"path/filepath"

	"gongkai/annualreport/form"
)

// Corpus writes a tree of n text reports for one year in one form into a folder,
// a thousand to a folder below it, undamaged but in all plain layouts, as a
// province might collect them. It returns the sums of all figures over all
// reports, cell by cell: what a roll-up has to arrive at.
func Corpus(dir string, n int, seed uint64) (*form.Report, error) {
	f := form.ByID("2021")
	sum := form.New(f)
	for i := range sum.Values {
		sum.Values[i] = form.Of(0)
	}
	d := NewDice(seed)
	for i := range n {
		s := Spec{Seed: d.next(), Form: f, Size: Pick(d, Quiet, Bureau, Bureau, County), Layout: Pick(d, Cells, Tabs, Pipes, Spaces)}
		sample := makeFor(s, f.From+3)
		for c, v := range sample.Want.Values {
			sum.Values[c].N += v.N
		}
		at := filepath.Join(dir, fmt.Sprintf("%03d", i/1000))
		if i%1000 == 0 {
			if err := os.MkdirAll(at, 0o755); err != nil {
				return nil, fmt.Errorf("write generated reports: %w", err)
			}
		}
		if err := os.WriteFile(filepath.Join(at, fmt.Sprintf("%06d.txt", i)), sample.Data, 0o644); err != nil {
			return nil, fmt.Errorf("write generated reports: %w", err)
		}
	}
	sum.Year = f.From + 3
	return sum, nil
}
