package checking

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"gongkai/annualreport/form"
)

var update = flag.Bool("update", false, "write testdata/quality.md anew")

// TestConsistentReportsGetNoErrors: whatever the figures, the form, the variant
// and the share of blanks, a report in which everything holds is given no error
// and no warning but for its blanks.
func TestConsistentReportsGetNoErrors(t *testing.T) {
	m := newMaker(1)
	for n := range 2000 {
		f := form.All()[n%len(form.All())]
		r := m.consistent(f, []float64{0, 0.5, 1}[n%3])
		var last *form.Report
		if n%2 == 0 {
			last = m.before(r)
		}
		for _, got := range Check(r, last) {
			if got.Severity == form.Info || strings.HasSuffix(got.Rule, "blank") && n%3 > 0 {
				continue
			}
			t.Fatalf("report %d in form %s %s: %s %s, want nothing\n%s", n, f.ID, f.Variant, got.Rule, got.Message, r.AppendJSON(nil))
		}
	}
}

// TestPlantedErrorsAreFoundAndExplained damages consistent reports in every way
// we know and measures what comes of it. The table goes to testdata/quality.md.
func TestPlantedErrorsAreFoundAndExplained(t *testing.T) {
	var page strings.Builder
	page.WriteString("| planted | reports | found | errors beside the damage | true explanation first | among the first three | steps, mean | most |\n|---|---:|---:|---:|---:|---:|---:|---:|\n")
	for k, p := range plantings {
		m := newMaker(uint64(100 + k))
		s := measure(t, m, p)
		if s.n < 150 {
			t.Errorf("%s: only %d reports could be damaged so", p.name, s.n)
			continue
		}
		share := func(n int) float64 { return float64(n) / float64(s.n) }
		fmt.Fprintf(&page, "| %s | %d | %.1f %% | %d | %.1f %% | %.1f %% | %d | %d |\n", p.name, s.n,
			100*share(s.found), s.beside, 100*share(s.first), 100*share(s.three), s.steps/s.n, s.most)
		if s.beside > 0 {
			t.Errorf("%s: %d errors are about lines without damage, want none", p.name, s.beside)
		}
		for i, got := range []float64{share(s.found), share(s.first), share(s.three)} {
			if got < p.floor[i] {
				t.Errorf("%s: %s %.3f, want at least %.3f", p.name, []string{"found", "explained first", "explained among three"}[i], got, p.floor[i])
			}
		}
	}
	if *update {
		if err := os.WriteFile("testdata/quality.md", []byte(page.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile("testdata/quality.md")
	if err != nil {
		t.Fatal(err)
	}
	if page.String() != string(want) {
		t.Errorf("testdata/quality.md does not say what is measured now (run with -update):\n%s", page.String())
	}
}

type score struct{ n, found, beside, first, three, steps, most int }

const perPlanting = 250

func measure(t *testing.T, m maker, p planting) score {
	t.Helper()
	var s score
	for n := 0; n < 4*perPlanting && s.n < perPlanting; n++ {
		f := form.All()[n%len(form.All())]
		r := m.consistent(f, []float64{0, 0, 0.7}[n%3])
		truth := append([]form.Value{}, r.Values...)
		var last *form.Report
		if p.year {
			last = m.before(r)
		}
		cells := p.plant(m, r)
		if len(cells) == 0 {
			continue
		}
		s.n++
		c := look(r, last)
		list := c.finish()
		errors := 0
		for _, g := range list {
			total := strings.HasSuffix(g.Rule, "total-blank") && slices.ContainsFunc(g.Cells, func(id string) bool { return id == f.Cells[cells[0]].ID })
			if g.Severity == form.Error || total || strings.HasPrefix(g.Rule, "y.") {
				errors++
				if !touches(r, g, cells) {
					s.beside++
					t.Logf("%s: %s", p.name, g.Message)
				}
			}
		}
		if errors > 0 {
			s.found++
		}
		s.steps += c.steps
		s.most = max(s.most, c.steps)
		rank := ranked(f, list, cells, truth)
		if rank == 0 {
			s.first++
		}
		if rank >= 0 && rank < 3 {
			s.three++
		}
	}
	return s
}

// touches tells whether a finding is about a line with a damaged cell.
func touches(r *form.Report, g form.Finding, cells []int) bool {
	f := r.Form
	for _, i := range cells {
		if slices.Contains(g.Cells, f.Cells[i].ID) {
			return true
		}
	}
	for _, e := range f.Equations {
		if e.Rule != g.Rule || f.Cells[e.Left[0]].ID != g.Cells[0] {
			continue
		}
		if reaches(r, slices.Concat(e.Left, e.Right), cells) {
			return true
		}
	}
	return false
}

// reaches tells whether a sum has one of the cells in it, itself or, where a part
// is a blank total, among the parts of that.
func reaches(r *form.Report, sum, cells []int) bool {
	for _, i := range sum {
		if slices.Contains(cells, i) {
			return true
		}
		if r.Values[i].State != form.Blank {
			continue
		}
		for _, e := range r.Form.Equations {
			if len(e.Left) == 1 && e.Left[0] == i && reaches(r, e.Right, cells) {
				return true
			}
		}
	}
	return false
}

// ranked is the rank of the explanation that names exactly the damaged cells with
// the figures they had, over all clusters; -1 if there is none.
func ranked(f *form.Form, list []form.Finding, cells []int, truth []form.Value) int {
	worst := -1
	left := map[string]string{}
	for _, i := range cells {
		left[f.Cells[i].ID] = fmt.Sprint(truth[i].N)
	}
	for _, g := range list {
		for rank, e := range g.Explanations {
			right := len(e.Cells) > 0 && len(e.Values) == len(e.Cells)
			for k, id := range e.Cells {
				if left[id] != e.Values[k] && !(e.Kind == "blank-total" && left[id] == "") {
					right = false
				}
			}
			if right {
				for _, id := range e.Cells {
					delete(left, id)
				}
				worst = max(worst, rank)
				break
			}
		}
	}
	if len(left) > 0 {
		return -1
	}
	return worst
}

// equationsHold tells, by the form alone, whether the equations of table three hold.
func equationsHold(f *form.Form, n []int64) bool {
	for _, e := range f.Equations {
		if f.Cells[e.Left[0]].Table != "table3" {
			continue
		}
		var d int64
		for _, i := range e.Left {
			d += n[i]
		}
		for _, i := range e.Right {
			d -= n[i]
		}
		if d != 0 {
			return false
		}
	}
	return true
}

// TestNoSmallerSetIsOverlooked compares with trying every figure in every cell: if
// one cell can explain all, such cells are named and no others of one cell; if two
// cells were damaged, no set named first needs more cells unless it is one act.
func TestNoSmallerSetIsOverlooked(t *testing.T) {
	m := newMaker(77)
	alone, together := 0, 0
	for n := range 160 {
		f := form.All()[n%4]
		r := m.consistent(f, 0)
		damaged := 1 + n%2
		for range damaged {
			any3(m, r)
		}
		figures := make([]int64, len(r.Values))
		for i, v := range r.Values {
			figures[i] = v.N
		}
		if equationsHold(f, figures) {
			continue
		}
		single := map[string]bool{}
		for i, c := range f.Cells {
			if c.Table != "table3" {
				continue
			}
			was := figures[i]
			for _, e := range f.Equations { // the only figures that can help make one of its equations hold
				left, right := slices.Contains(e.Left, i), slices.Contains(e.Right, i)
				if !left && !right {
					continue
				}
				var d int64
				for _, k := range e.Left {
					d += figures[k]
				}
				for _, k := range e.Right {
					d -= figures[k]
				}
				if left {
					d = -d
				}
				if figures[i] += d; figures[i] >= 0 && d != 0 && equationsHold(f, figures) {
					single[c.ID+"="+fmt.Sprint(figures[i])] = true
				}
				figures[i] = was
			}
		}
		list := Check(r, nil)
		named, least := 0, 1000
		for _, e := range list[0].Explanations {
			least = min(least, len(e.Cells))
			if len(e.Cells) != 1 {
				continue
			}
			named++
			if !single[e.Cells[0]+"="+e.Values[0]] {
				t.Errorf("%s is named, but does not explain all", e.Message)
			}
		}
		switch {
		case len(single) > 0:
			alone++
			if named == 0 {
				t.Errorf("%v would explain all, but %+v are named", single, list[0].Explanations)
			}
		case damaged == 2:
			together++
			if least > 2 {
				t.Errorf("two damaged cells are explained by %d: %+v", least, list[0].Explanations)
			}
		}
	}
	if alone < 60 || together < 40 {
		t.Errorf("only %d reports with one wrong cell and %d with two were tried", alone, together)
	}
}
