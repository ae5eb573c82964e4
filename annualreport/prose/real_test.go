package prose

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gongkai/annualreport/form"
)

const corpus = "../../../shared/corpus"

// real is a published report: its text, its figures as somebody read them, and
// what its prose says in numbers.
type real struct {
	name   string
	text   string
	report *form.Report
	says   []struct {
		Claim string
		Value any
		OK    *bool
	}
}

var (
	htmlEnd = regexp.MustCompile(`</(p|tr|td|th|div|h\d)>`)
	htmlTag = regexp.MustCompile(`<[^>]*>`)
)

func realReports(t testing.TB) []real {
	if _, err := os.Stat(corpus); err != nil {
		t.Skipf("SKIPPED: the real reports are not at %s: %v", corpus, err)
	}
	var all []real
	for _, pattern := range []string{"reports-2020/*.txt", "reports/*.md", "reports/*.html", "reports/*.txt", "reports/partial/*.txt"} {
		files, err := filepath.Glob(filepath.Join(corpus, pattern))
		if err != nil || len(files) == 0 {
			t.Fatalf("Glob(%s) = %v, %v, want files", pattern, files, err)
		}
		for _, file := range files {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			r := real{name: filepath.Base(file), text: string(b)}
			if strings.HasSuffix(file, ".html") {
				r.text = htmlTag.ReplaceAllString(htmlEnd.ReplaceAllString(r.text, "\n"), "")
			}
			stem := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(file, filepath.Ext(file)), ".layout"), ".raw")
			if b, err = os.ReadFile(stem + ".truth.json"); err != nil {
				t.Fatal(err)
			}
			var truth map[string]json.RawMessage
			if err := json.Unmarshal(b, &truth); err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(truth["narrative"], &r.says); err != nil {
				t.Fatal(err)
			}
			for _, key := range []string{"narrative", "expected_findings", "not_findings", "notes"} {
				delete(truth, key)
			}
			b, _ = json.Marshal(truth)
			if r.report, err = form.ParseReport(b); err != nil {
				t.Fatalf("ParseReport(%s) = %v", stem, err)
			}
			r.report.Claims = Claims(r.text, r.report.Form)
			all = append(all, r)
		}
	}
	return all
}

// TestRealProseIsJudgedAsPeopleJudgedIt: what people found wrong is found, and
// nothing else is.
func TestRealProseIsJudgedAsPeopleJudgedIt(t *testing.T) {
	want := map[string][]string{
		"003.txt": {"prose.twice 17"},
		"004.txt": {"prose.mismatch 18"},
		"shoffice_2019.html": {"prose.mismatch 258", "prose.mismatch 265", "prose.share 33.9%",
			"prose.sum 805", "prose.upheld 16"},
	}
	number := regexp.MustCompile(`\d+(\.\d+)?%?`)
	for _, r := range realReports(t) {
		var got []string
		for _, f := range Check(r.report, nil) {
			got = append(got, f.Rule+" "+number.FindString(f.Message))
		}
		slices.Sort(got)
		if !slices.Equal(got, want[r.name]) {
			t.Errorf("Check(%s) = %q, want %q", r.name, got, want[r.name])
			for _, f := range Check(r.report, nil) {
				t.Log(f.Severity, f.Message)
			}
		}
	}
}

// TestRealClaimsAreFound measures how many of the claims people noted are bound
// to cells or to their parts.
func TestRealClaimsAreFound(t *testing.T) {
	total, found := 0, 0
	for _, r := range realReports(t) {
		for _, s := range r.says {
			if s.OK == nil {
				continue
			}
			values, ok := s.Value.([]any)
			if !ok {
				values = []any{s.Value}
			}
			for _, v := range values {
				total++
				if slices.ContainsFunc(r.report.Claims, func(c form.Claim) bool {
					n := float64(c.Value)
					if c.Kind == form.Yuan {
						n /= form.PerYuan
					}
					return n == v.(float64) && (len(c.About) > 0 || c.Rate != nil || len(c.Parts) > 0 || c.Kind == form.Yuan)
				}) {
					found++
				} else {
					t.Logf("%s: not found: %s (%v)", r.name, s.Claim, v)
				}
			}
		}
	}
	t.Logf("%d of %d noted claims found", found, total)
	if found < total*95/100 {
		t.Errorf("found %d of %d noted claims, want 95 of 100", found, total)
	}
}

// TestAWrongNumberInRealProseIsFound changes every bound number by one: Check
// has to see it, unless another reading of the words fits by chance.
func TestAWrongNumberInRealProseIsFound(t *testing.T) {
	total, found := 0, 0
	for _, r := range realReports(t) {
		if r.report.Form == nil {
			continue
		}
		before := len(Check(r.report, nil))
		for i, c := range r.report.Claims {
			_, known := Sum(r.report, c.About, false)
			if len(c.About) == 0 || !known || c.Kind != form.Count || len(appendMismatch(nil, r.report, &c)) > 0 {
				continue // nothing to compare with, or wrong as it is
			}
			runes := []rune(r.text)
			if d := runes[c.Start]; d < '0' || d > '9' {
				continue
			}
			changed := string(runes[:c.Start]) + fmt.Sprint(c.Value+1000) + string(runes[c.End:])
			spoilt := *r.report
			spoilt.Claims = Claims(changed, spoilt.Form)
			total++
			if len(Check(&spoilt, nil)) > before {
				found++
			} else {
				t.Errorf("%s: %s %d changed to %d is not found (claim %d)", r.name, c.What, c.Value, c.Value+1000, i)
			}
		}
	}
	t.Logf("%d of %d planted errors found", found, total)
}
