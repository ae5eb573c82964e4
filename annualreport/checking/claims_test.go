package checking

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongkai/annualreport/form"
	"gongkai/annualreport/prose"
)

// TestTheProseOfRealReports takes the claims out of the real texts and holds them
// against the tables as people read them.
func TestTheProseOfRealReports(t *testing.T) {
	all := truths(t)
	type finding struct {
		rule, says string
	}
	want := map[string][]finding{
		"003":           {{"prose.twice", "17条"}},
		"004":           {{"prose.table", "26"}},
		"shoffice_2019": {{"prose.table", "275"}, {"prose.table", "337"}, {"prose.outcome", "尚未审结"}, {"prose.sum", "716"}, {"prose.share", "34.2%"}},
	}
	read := 0
	for _, pattern := range []string{"reports-2020/*.txt", "reports/*.md", "reports/*.html", "reports/*.raw.txt", "reports/partial/*.txt"} {
		names, err := filepath.Glob(filepath.Join(corpus, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range names {
			name, _, _ := strings.Cut(filepath.Base(file), ".")
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			r := all[name]
			if r == nil {
				t.Fatalf("%s has no truth", file)
			}
			r.Claims = prose.Claims(string(b), r.Form)
			read++
			var got []form.Finding
			for _, f := range Check(r, nil) {
				if strings.HasPrefix(f.Rule, "prose.") && f.Severity != form.Info {
					got = append(got, f)
				}
			}
			for _, w := range want[name] {
				says(t, got, w.rule, w.says)
			}
			if len(got) != len(want[name]) {
				t.Errorf("%s: the prose is doubted %d times, want %d: %v", name, len(got), len(want[name]), got)
			}
		}
	}
	if read < 15 {
		t.Errorf("only %d texts were read", read)
	}
}

func TestWhatOnlyMaySpeakOfTheTablesIsWorthKnowing(t *testing.T) {
	r := put(t, zeros("2021", 2024), map[string]int64{"table2.行政许可.decisions": 80})
	i, _ := r.Form.Index("table2.行政许可.decisions")
	for weight, want := range map[form.Severity]form.Severity{form.Info: form.Info, form.Warning: form.Warning, form.Error: form.Warning, "": form.Warning} {
		r.Claims = []form.Claim{{Text: "公示行政许可76条", Value: 76, What: "行政许可", About: []int{i}, Weight: weight}}
		if f := says(t, Check(r, nil), "prose.table", "76", "80"); f.Severity != want {
			t.Errorf("a claim of weight %q that does not hold is %s, want %s", weight, f.Severity, want)
		}
	}
	r.Values[i] = form.Value{}
	for _, f := range Check(r, nil) {
		if f.Rule != "cell.unknown" {
			t.Errorf("a figure that was not read contradicts the prose: %v", f)
		}
	}
}

func TestTheProseContradictsItselfWhereTheTableIsMissing(t *testing.T) {
	r := zeros("2021", 2024)
	i, _ := r.Form.Index("table3.carried.总计")
	r.Claims = []form.Claim{
		{Text: "上年结转9件", Value: 9, What: "上年结转", About: []int{i}, Weight: form.Error},
		{Text: "上年度结转申请6件", Value: 6, What: "上年结转", About: []int{i}, Weight: form.Error},
	}
	if n := len(find(Check(r, nil), "prose.contradiction")); n != 0 {
		t.Error("a contradiction is told beside the mismatches with the table")
	}
	r.Values[i] = form.Value{}
	says(t, Check(r, nil), "prose.contradiction", "9", "6")
	r.Claims[1].Or = [][]int{{i - 1}}
	if n := len(find(Check(r, nil), "prose.contradiction")); n != 0 {
		t.Error("a claim that may mean something else contradicts another")
	}
	says(t, Check(&form.Report{Year: 2024, Claims: []form.Claim{{Text: "共9件，甲3件、乙5件", Value: 9, Parts: [][]int{{1, 2}}}, {Value: 3, What: "甲"}, {Value: 5, What: "乙"}}}, nil),
		"prose.sum", "写 9", "得 8")
}

// TestTheProseHelpsToExplain: a group of table four in which any of five figures
// may be wrong, and a sentence that says which.
func TestTheProseHelpsToExplain(t *testing.T) {
	r := put(t, zeros("2021", 2024), map[string]int64{"table4.litigation.维持": 14, "table4.litigation.纠正": 4, "table4.litigation.总计": 16})
	first := func() form.Explanation { return Check(r, nil)[0].Explanations[0] }
	if e := first(); e.Cells[0] == "table4.litigation.纠正" {
		t.Fatalf("the part is blamed without a reason: %+v", e)
	}
	i, _ := r.Form.Index("table4.litigation.纠正")
	r.Claims = []form.Claim{{Text: "纠正2件", Value: 2, What: "纠正", About: []int{i}}}
	if e := first(); e.Cells[0] != "table4.litigation.纠正" || e.Values[0] != "2" || !strings.Contains(e.Message, "与叙述“纠正2件”相符") {
		t.Errorf("first explained by %+v, want the figure the prose gives", e)
	}
}

func TestPercentagesAreComputed(t *testing.T) {
	r := put(t, zeros("2021", 2024), map[string]int64{"table3.new.自然人": 200, "table3.new.总计": 200, "table3.granted.自然人": 50, "table3.granted.总计": 50,
		"table3.unable1.自然人": 150, "table3.unable1.总计": 150, "table3.total.自然人": 200, "table3.total.总计": 200})
	part, _ := r.Form.Index("table3.granted.总计")
	whole, _ := r.Form.Index("table3.total.总计")
	r.Claims = []form.Claim{{Text: "占35%", Kind: form.Share, Value: 350000, What: "予以公开占比", Weight: form.Warning,
		Rate: &form.Rate{Part: [][]int{{part}}, Whole: [][]int{{whole}}}}}
	f := says(t, Check(r, nil), "prose.share", "35%", "25")
	if f.Severity != form.Warning || f.Basis == "" {
		t.Errorf("the share is doubted as %s on the basis %q", f.Severity, f.Basis)
	}
	r.Claims[0].Value = 250000
	if list := Check(r, nil); len(list) > 0 {
		t.Errorf("a right share is doubted: %v", list)
	}
}
