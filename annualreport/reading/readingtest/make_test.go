package readingtest

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gongkai/annualreport/form"
)

// office are the layouts whose bytes are not text.
func office(l Layout) bool { return l == Docx || l == Xlsx || l == PDF }

func TestTheSameSpecGivesTheSameBytes(t *testing.T) {
	for _, s := range Plan(7, 300) {
		a, b := Make(s), Make(s)
		if string(a.Data) != string(b.Data) || cmp.Diff(a.Want.Values, b.Want.Values) != "" || cmp.Diff(a.Open, b.Open) != "" {
			t.Errorf("Make(%v) differs from itself", s)
		}
	}
}

func TestTakingADamageAwayLeavesTheFigures(t *testing.T) {
	whole := Make(Spec{Seed: 11, Layout: Cells, Damages: []Damage{Notes, WrappedLabels, PageMarks}})
	less := Make(Spec{Seed: 11, Layout: Cells, Damages: []Damage{Notes, PageMarks}})
	if d := cmp.Diff(whole.Want.Values, less.Want.Values); d != "" {
		t.Errorf("the figures changed:\n%s", d)
	}
}

func TestSumsHoldUnlessTheyArePlanted(t *testing.T) {
	broken := 0
	for seed := range uint64(400) {
		f := form.All()[seed%4]
		planted := seed%5 == 0
		r := Figures(NewDice(seed), f, Options{Planted: planted})
		for _, e := range f.Equations {
			var left, right int64
			for _, i := range e.Left {
				left += r.Values[i].N
			}
			for _, i := range e.Right {
				right += r.Values[i].N
			}
			if left != right && !planted {
				t.Fatalf("seed %d, form %s %s: %s %s: %d ≠ %d", seed, f.ID, f.Variant, e.Rule, e.Line, left, right)
			}
			if left != right {
				broken++
			}
		}
	}
	if broken < 40 {
		t.Errorf("only %d sums are wrong where wrong ones were asked for", broken)
	}
}

// A layout that loses what it should print would be taken for a bad reader.
func TestEveryFigureIsPrinted(t *testing.T) {
	for _, l := range Layouts() {
		if office(l) {
			continue
		}
		for seed := range uint64(40) {
			s := Make(Spec{Seed: seed, Layout: l, Bare: true})
			text := strings.ReplaceAll(string(s.Data), `</span><span style="font-size:10.5pt">`, "")
			for i, v := range s.Want.Values {
				want := v.Raw
				if want == "" && v.Known() {
					want = strings.TrimPrefix(form.Of(v.N).Print(form.Count), "-")
				}
				if !strings.Contains(text, want) {
					t.Fatalf("%v: cell %s = %q is not in the text", s.Spec, s.Want.Form.Cells[i].ID, want)
				}
			}
			if s.Want.Missing != nil {
				t.Errorf("%v: missing %v, want nothing", s.Spec, s.Want.Missing)
			}
		}
	}
}

func TestADamageDoesSomething(t *testing.T) {
	for _, d := range Damages() {
		for _, l := range Layouts() {
			if !Fits(l, d) || office(l) {
				continue
			}
			changed := 0
			for seed := range uint64(8) {
				f := form.ByID([]string{"2019", "2021"}[seed%2])
				a, b := Make(Spec{Seed: seed, Form: f, Layout: l, Size: City, Damages: []Damage{d}}), Make(Spec{Seed: seed, Form: f, Layout: l, Size: City})
				if string(a.Data) != string(b.Data) {
					changed++
				}
			}
			if changed < 3 {
				t.Errorf("%q changes only %d of 8 reports in %q", d, changed, l)
			}
		}
	}
}

func TestWhatIsCutOffIsMissing(t *testing.T) {
	for seed := range uint64(60) {
		s := Make(Spec{Seed: seed, Layout: Cells, Damages: []Damage{Truncated}})
		if len(s.Want.Missing) == 0 || s.Want.Get("table4.litigation_after.总计").Known() && !s.Open[len(s.Open)-1] {
			t.Errorf("%v: missing %v, last cell %v", s.Spec, s.Want.Missing, s.Want.Values[len(s.Want.Values)-1])
		}
	}
}

func TestGradingTellsUnknownFromWrong(t *testing.T) {
	s := Make(Spec{Seed: 3, Layout: Cells})
	got := form.New(s.Want.Form)
	copy(got.Values, s.Want.Values)
	if m := Grade(s, got); !m.Fully() {
		t.Errorf("Grade(the truth) = %+v, want all exact", m)
	}
	got.Set("table3.new.自然人", form.Value{})
	got.Set("table3.new.总计", form.Of(999_999))
	got.Set("table4.litigation.总计", form.Value{State: form.Blank})
	if m := Grade(s, got); m.Unknown != 1 || m.Wrong != 2 || m.Fully() || len(m.Faults) != 3 {
		t.Errorf("Grade = %+v, want one unknown and two wrong", m)
	}
	if m := Grade(s, &form.Report{}); m.Unknown != m.Cells || m.Form {
		t.Errorf("Grade(nothing read) = %+v, want all unknown", m)
	}
}

func TestACorpusHasKnownSums(t *testing.T) {
	dir := t.TempDir()
	sum, err := Corpus(dir, 30, 1)
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*", "*.txt"))
	if err != nil || len(files) != 30 {
		t.Fatalf("Corpus wrote %d files, %v, want 30", len(files), err)
	}
	if n := sum.Get("table3.new.总计").N; n == 0 || n+sum.Get("table3.carried.总计").N != sum.Get("table3.total.总计").N+sum.Get("table3.forward.总计").N {
		t.Errorf("the sums do not balance: new %d", n)
	}
}

func BenchmarkMake(b *testing.B) {
	n := uint64(0)
	for b.Loop() {
		Make(Spec{Seed: n, Layout: Cells})
		n++
	}
}
