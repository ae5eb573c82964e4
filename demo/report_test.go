package demo

import (
	"testing"

	"gongkai/annualreport"
	"gongkai/internal/db"
	"gongkai/org"
)

// checkReports looks at the two rounds of annual reports.
func checkReports(t *testing.T, tx *db.Tx, year int) {
	t.Helper()
	count := func(year int) map[annualreport.State]int {
		all, err := annualreport.List(tx, annualreport.Filter{Units: org.Everything(), Office: "mj", Year: year})
		if err != nil {
			t.Fatal(err)
		}
		n := map[annualreport.State]int{}
		for _, r := range all {
			n[r.State]++
			if r.Altered {
				t.Errorf("the paper of %s on %d is not what was made", r.Unit, r.Year)
			}
		}
		return n
	}
	if n := count(year - 1); n[annualreport.Published] != len(pilots) || n[annualreport.Excused] != 1 {
		t.Errorf("reports on %d = %v, want %d public ones", year-1, n, len(pilots))
	}
	want := map[annualreport.State]int{}
	for _, s := range reportStages {
		want[s]++
	}
	n := count(year)
	for s, k := range want {
		if n[s] != k {
			t.Errorf("reports on %d that are %s = %d, want %d", year, s, n[s], k)
		}
	}
	if n[annualreport.Open] < 20 {
		t.Errorf("reports on %d nobody has begun = %d", year, n[annualreport.Open])
	}
}
