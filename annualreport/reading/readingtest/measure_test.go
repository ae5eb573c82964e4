package readingtest_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"testing"

	"gongkai/annualreport/form"
	"gongkai/annualreport/reading"
	. "gongkai/annualreport/reading/readingtest"
	"gongkai/document"
)

var (
	reports  = flag.Int("reports", 0, "measure the reader with so many generated reports and write testdata/accuracy.md")
	seed     = flag.Uint64("seed", 2026, "what the generated reports begin from")
	failures = flag.String("failures", "", "also write the failing reports to this folder, made small and sorted by kind")
)

// read is the reader as people use it: any file by its bytes. A panic is a
// failure like any other, but never passes unseen.
func read(t testing.TB) Reader {
	return func(name string, data []byte) (r *form.Report) {
		defer func() {
			if p := recover(); p != nil {
				t.Errorf("reading.File(%s) panicked: %v\n%s", name, p, debug.Stack())
				r = &form.Report{}
			}
		}()
		if strings.HasSuffix(name, ".pdf") { // with the compiled engine kept, as the program keeps it
			d, err := document.Read(context.Background(), name, data, document.Limits{CacheDir: filepath.Join(os.TempDir(), "gongkai-pdf-cache")})
			if err != nil {
				t.Errorf("document.Read(%s) = %v", name, err)
				return &form.Report{}
			}
			return reading.Doc(name, d)
		}
		r, err := reading.File(context.Background(), name, data)
		if err != nil || r == nil {
			t.Errorf("reading.File(%s) = %v, %v", name, r, err)
			return &form.Report{}
		}
		return r
	}
}

// Floors and ceilings of what the reader reaches, in the words of the board. A
// wrong figure is far worse than an unknown one, so its ceiling is the tight one.
var bounds = []struct {
	kind    string
	exact   float64 // of a hundred cells, at least
	wrong   float64 // of 100,000 cells, at most
	clean   float64 // of a hundred reports, without any wrong figure, at least
	destroy float64 // of a hundred destroyed cells, read wrongly, at most
}{
	{"all", 99, 80, 97, 1.5},
	{"undamaged", 99.9, 0, 100, 0},
	{"one damage", 99.5, 30, 98, 1.5},
}

// TestMeasureTheReader holds the reader to what it reaches; with -reports it
// measures with many more and writes the page.
func TestMeasureTheReader(t *testing.T) {
	n := 600
	if testing.Short() {
		n = 200
	}
	if *reports > 0 {
		n = *reports
	}
	var list failureList
	var names []string // agencies and years read wrongly
	board := Measure(Plan(*seed, n), read(t), func(s Sample, m Marks) {
		if *failures != "" && (m.Wrong+m.OpenWrong > 0 || m.Unknown > 0 || !m.Form) {
			list.add(s, m)
		}
		if *failures != "" && !(m.Agency && m.Year) && len(names) < 40 {
			got := read(t)(s.Name, s.Data)
			first, _, _ := strings.Cut(string(s.Data), "\n")
			names = append(names, fmt.Sprintf("want %s %d, got %q %d, first line %q (%v)", s.Want.Agency, s.Want.Year, got.Agency, got.Year, first, s.Spec))
		}
	})
	for _, b := range bounds {
		s := board.Of(b.kind)
		cells, open, all := float64(max(1, s.Cells)), float64(max(1, s.Open)), float64(max(1, s.Reports))
		if got := 100 * float64(s.Exact) / cells; got < b.exact {
			t.Errorf("%s: %.2f of 100 cells are exact, want %.2f", b.kind, got, b.exact)
		}
		if got := 100_000 * float64(s.Wrong) / cells; got > b.wrong {
			t.Errorf("%s: %.1f of 100,000 cells are wrong, want %.1f at most", b.kind, got, b.wrong)
		}
		if got := 100 * float64(s.Clean) / all; got < b.clean {
			t.Errorf("%s: %.2f of 100 reports are without a wrong figure, want %.2f", b.kind, got, b.clean)
		}
		if got := 100 * float64(s.OpenWrong) / open; got > b.destroy {
			t.Errorf("%s: %.2f of 100 destroyed cells are read wrongly, want %.2f at most", b.kind, got, b.destroy)
		}
	}
	if *reports > 0 {
		page := fmt.Sprintf("# How well published reports are read\n\n%d generated reports from seed %d, each through a layout and none to six damages. Written by\n`go test ./annualreport/reading/readingtest -run Measure -reports %d`.\n\nA destroyed cell is one whose figure the damage has taken out of the file or made ambiguous: there the true\nvalue and \"unknown\" are both right.\n", n, *seed, n) + board.Markdown()
		to := filepath.Join("testdata", "accuracy.md")
		if *failures != "" {
			to = *failures + ".md" // a page for whoever works on the failures
		}
		if err := os.WriteFile(to, []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if *failures != "" {
		if err := list.write(t, *failures); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(*failures, "AGENCY-AND-YEAR"), []byte(strings.Join(names, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// A failureList collects failing samples by what is left of them when made small.
type failureList struct{ all []failure }

type failure struct {
	spec  Spec
	wrong bool
}

func (l *failureList) add(s Sample, m Marks) {
	l.all = append(l.all, failure{s.Spec, m.Wrong+m.OpenWrong > 0})
}

// write makes the failures small and writes the most frequent kinds with three
// examples each.
func (l *failureList) write(t *testing.T, dir string) error {
	type class struct {
		name     string
		wrong    bool
		count    int
		examples []Spec
	}
	r := read(t)
	faults := func(s Spec, wrong bool) (Sample, Marks, bool) {
		sample := Make(s)
		m := Grade(sample, r(sample.Name, sample.Data))
		return sample, m, wrong && m.Wrong+m.OpenWrong > 0 || !wrong && (m.Unknown > 0 || !m.Form)
	}
	classes := map[string]*class{}
	for i, f := range l.all {
		if i >= 400 { // enough to see what is frequent
			break
		}
		small := Smaller(f.spec, func(s Spec) bool { _, _, bad := faults(s, f.wrong); return bad })
		_, m, _ := faults(small, f.wrong)
		where := "form"
		if len(m.Faults) > 0 {
			where, _, _ = strings.Cut(m.Faults[0].Cell, ".")
		}
		names := make([]string, 0, len(small.Damages))
		for _, d := range small.Damages {
			names = append(names, string(d))
		}
		slices.Sort(names)
		verdict := "UNKNOWN"
		if f.wrong {
			verdict = "WRONG"
		}
		key := fmt.Sprintf("%s %s | %s | %s", verdict, where, small.Layout, strings.Join(names, " + "))
		c := classes[key]
		if c == nil {
			c = &class{name: key, wrong: f.wrong}
			classes[key] = c
		}
		c.count++
		c.examples = append(c.examples, small)
	}
	if err := errors.Join(os.RemoveAll(dir), os.MkdirAll(dir, 0o755)); err != nil {
		return err
	}
	var order []*class
	for _, c := range classes {
		order = append(order, c)
	}
	slices.SortFunc(order, func(a, b *class) int {
		weight := func(c *class) int {
			if c.wrong {
				return 3 * c.count
			}
			return c.count
		}
		if d := weight(b) - weight(a); d != 0 {
			return d
		}
		return strings.Compare(a.name, b.name)
	})
	var w strings.Builder
	fmt.Fprintf(&w, "# Failures of the reader: %d of the reports measured\n\nMost frequent first, a WRONG counting three times an UNKNOWN. Agencies and years: AGENCY-AND-YEAR. Scores: %s.md. \"open\" marks a cell whose figure the damage destroyed (unknown is right there).\nEach example: NAME.txt (the file), NAME.want.json (truth), NAME.got.json.\nAgain: go test ./annualreport/reading/readingtest -run Measure -reports 2000 -failures %s\n", len(l.all), dir, dir)
	w.WriteString("\nAll kinds, how often:\n\n")
	for i, c := range order {
		fmt.Fprintf(&w, "%4d  %s (%d)\n", c.count, c.name, i+1)
	}
	for i, c := range order {
		if i >= 40 {
			break
		}
		fmt.Fprintf(&w, "\n## %d. %s — %d times\n", i+1, c.name, c.count)
		slices.SortFunc(c.examples, func(a, b Spec) int { return len(Make(a).Data) - len(Make(b).Data) })
		for k, s := range c.examples[:min(3, len(c.examples))] {
			sample, m, _ := faults(s, c.wrong)
			name := fmt.Sprintf("%02d%c", i+1, 'a'+k)
			got := r(sample.Name, sample.Data)
			if err := errors.Join(
				os.WriteFile(filepath.Join(dir, name+filepath.Ext(sample.Name)), sample.Data, 0o644),
				os.WriteFile(filepath.Join(dir, name+".want.json"), sample.Want.AppendJSON(nil), 0o644),
				os.WriteFile(filepath.Join(dir, name+".got.json"), got.AppendJSON(nil), 0o644)); err != nil {
				return err
			}
			fmt.Fprintf(&w, "\n### %s%s  seed %d  form %s%s  (%d cells: %d exact, %d unknown, %d wrong; open %d: %d wrong; form right: %v)\n", name, filepath.Ext(sample.Name), s.Seed,
				sample.Want.Form.ID, sample.Want.Form.Variant, m.Cells, m.Exact, m.Unknown, m.Wrong, m.Open, m.OpenWrong, m.Form)
			for j, f := range m.Faults {
				if j == 8 {
					fmt.Fprintf(&w, "    … and %d more\n", len(m.Faults)-8)
					break
				}
				open := ""
				if f.Open {
					open = " (open)"
				}
				fmt.Fprintf(&w, "    %-34s want %-8s got %-8s%s\n", f.Cell, said(f.Want), said(f.Got), open)
			}
			if len(m.Faults) > 0 && strings.HasSuffix(sample.Name, ".txt") || strings.HasSuffix(sample.Name, ".md") {
				w.WriteString(excerpt(sample, m.Faults))
			}
		}
	}
	return os.WriteFile(filepath.Join(dir, "README"), []byte(w.String()), 0o644)
}

// said writes a value so that blank and unknown differ.
func said(v form.Value) string {
	switch v.State {
	case form.Blank:
		return "blank"
	case form.Unknown:
		return "unknown"
	case form.NotApplicable:
		return "/"
	}
	return fmt.Sprint(v.N)
}

// excerpt shows the text around the first faulty row.
func excerpt(s Sample, faults []Fault) string {
	if len(faults) == 0 || slices.Contains(s.Spec.Damages, UTF16) || slices.Contains(s.Spec.Damages, GB18030) {
		return ""
	}
	i, ok := s.Want.Form.Index(faults[0].Cell)
	if !ok {
		return ""
	}
	c := s.Want.Form.Cells[i]
	row := s.Want.Form.Tables[c.TableIndex].Blocks[c.BlockIndex].Rows[c.RowIndex].Label
	lines := strings.Split(string(s.Data), "\n")
	key := []rune(strings.TrimLeft(row, "（）一二三四五六七、.12345678"))
	for n := len(key); n >= 2; n-- {
		for k := len(lines) - 1; k >= 0; k-- {
			if strings.Contains(lines[k], string(key[:n])) {
				before, after := 3, 9
				var w strings.Builder
				w.WriteString("    --------\n")
				for _, l := range lines[max(0, k-before):min(len(lines), k+after)] {
					fmt.Fprintf(&w, "    %q\n", l)
				}
				return w.String()
			}
		}
	}
	return ""
}
