package rollup

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"gongkai/annualreport/form"
)

// unit is an invented unit's report with a number in every cell.
func unit(f *form.Form, name string, rng *rand.Rand) *form.Report {
	r := form.New(f)
	r.File, r.Agency, r.Year = name+".txt", name, 2024
	for i := range r.Values {
		r.Values[i] = form.Of(rng.Int64N(1000))
	}
	return r
}

func TestSumsAreTheSumsInAnyOrder(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	f := form.ByID("2021")
	var all []*form.Report
	want := make([]int64, len(f.Cells))
	for n := range 50 {
		r := unit(f, fmt.Sprintf("示例镇%d", n), rng)
		for i, v := range r.Values {
			want[i] += v.N
		}
		all = append(all, r)
	}
	for range 3 {
		rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		s := New()
		for _, r := range all {
			s.Add(r)
		}
		g := s.Groups()
		if len(g) != 1 || g[0].Reports != 50 || g[0].LackCount+g[0].ConflictCount+g[0].RepeatCount != 0 {
			t.Fatalf("got %d groups, first %+v", len(g), g[0])
		}
		for i, v := range g[0].Report().Values {
			if v != form.Of(want[i]) {
				t.Fatalf("%s: got %v, want %d", f.Cells[i].ID, v, want[i])
			}
		}
	}
}

func TestYearsAndFormsAreNotMixed(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	s := New()
	for _, f := range form.All() {
		s.Add(unit(f, "明镜区人民政府", rng))
	}
	old := unit(form.ByID("2021"), "明镜区人民政府", rng)
	old.Year = 2022
	s.Add(old)
	if n := len(s.Groups()); n != 5 {
		t.Errorf("got %d groups, want one for each of four forms and one for the other year", n)
	}
}

func TestBlanksAndUnknownsAddNothingAndAreCounted(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	f := form.ByID("2021")
	a, b, c := unit(f, "甲镇", rng), unit(f, "乙镇", rng), unit(f, "丙镇", rng)
	const cell = "table3.deny5.总计"
	a.Set(cell, form.Of(4))
	b.Set(cell, form.Value{State: form.Blank})
	c.Set(cell, form.Value{})
	c.Missing = []string{"table4"}
	for i, at := range f.Cells {
		if at.Table == "table4" {
			c.Values[i] = form.Value{}
		}
	}
	s := New()
	for _, r := range []*form.Report{a, b, c} {
		s.Add(r)
	}
	g := s.Groups()[0]
	i, _ := f.Index(cell)
	if got, want := g.Values[i], (Value{N: 4, Numbers: 1, Blanks: 1, Unknown: 1}); got != want {
		t.Errorf("%s: got %+v, want %+v", cell, got, want)
	}
	if g.LackCount != 1 || fmt.Sprint(g.Lacks[0].Missing, g.Lacks[0].Unknown) != "[table4] ["+cell+"]" {
		t.Errorf("lacks: got %+v, want 丙镇 without table4 and %s", g.Lacks, cell)
	}
	only := New()
	only.Add(c)
	if r := only.Groups()[0].Report(); !r.Lacks("table4") || r.Lacks("table3") {
		t.Errorf("a table nobody has: got missing %v, want table4", r.Missing)
	}
}

func TestTheSameReportIsAddedOnceAndADifferentOneNamed(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	f := form.ByID("2021")
	a := unit(f, "甲镇", rng)
	again := *a
	again.File = "甲镇.pdf"
	other := unit(f, "甲镇", rng)
	other.File = "甲镇改.txt"
	nameless, nameless2 := unit(f, "", rng), unit(f, "", rng)
	nameless2.Values = nameless.Values
	s := New()
	for _, r := range []*form.Report{a, &again, other, nameless, nameless2} {
		s.Add(r)
	}
	g := s.Groups()[0]
	if got, want := fmt.Sprint(g.Reports, g.Repeats), "4 [{甲镇.pdf 甲镇 true} {甲镇改.txt 甲镇 false}]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestQuietOfficesOfOneNameAreNotTakenForOne(t *testing.T) {
	f := form.ByID("2021")
	quiet := func(file string) *form.Report {
		r := form.New(f)
		r.File, r.Agency, r.Year = file, "青石镇人民政府", 2024
		for i := range r.Values {
			r.Values[i] = form.Of(0)
		}
		r.Set("table3.new.自然人", form.Of(1))
		return r
	}
	s := New()
	for _, file := range []string{"甲/1.txt", "乙/2.txt", "甲/1.pdf"} {
		s.Add(quiet(file))
	}
	g := s.Groups()[0]
	if i, _ := f.Index("table3.new.自然人"); g.Reports != 2 || g.Values[i].N != 2 || g.RepeatCount != 2 {
		t.Errorf("got %d reports with %d new and %d repeats, want two, the third being the first as PDF", g.Reports, g.Values[i].N, g.RepeatCount)
	}
}

func TestBrokenRulesAreNamedAndTooLargeSumsAreNotGiven(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	f := form.ByID("2021")
	a, b := unit(f, "甲镇", rng), unit(f, "乙镇", rng)
	a.Values[0], b.Values[0] = form.Of(math.MaxInt64), form.Of(1)
	a.Findings = []form.Finding{{Rule: "t3.row-sum", Severity: form.Error, Cells: []string{"x"}}, {Rule: "t3.row-sum", Severity: form.Error, Cells: []string{"x", "y"}},
		{Rule: "form.year", Severity: form.Warning}}
	s := New()
	s.Add(a)
	s.Add(b)
	g := s.Groups()[0]
	if got, want := fmt.Sprint(g.Conflicts), "[{甲镇.txt 甲镇 [t3.row-sum] [x y]}]"; got != want {
		t.Errorf("conflicts: got %s, want %s", got, want)
	}
	if v := g.Report().Values[0]; v.State != form.Unknown {
		t.Errorf("a sum beyond 64 bits: got %v, want unknown", v)
	}
}

func BenchmarkAdd(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	r := unit(form.ByID("2021"), "甲镇", rng)
	s := New()
	for n := 0; b.Loop(); n++ {
		r.Values[0].N = int64(n)
		s.Add(r)
	}
}
