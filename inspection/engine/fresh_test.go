package engine

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// freshAtOnce is how many errors of testdata/fresh.tsv were found before anybody made
// rules for them, by half and kind.
var freshAtOnce = map[string][2]int{
	"char": {7, 4}, "date": {3, 3}, "docnumber": {4, 3}, "dropped": {2, 3}, "empty": {2, 1}, "extra": {2, 1},
	"figures": {0, 1}, "growth": {1, 2}, "lawtitle": {2, 2}, "missing": {0, 0}, "mixed": {3, 2},
	"numbering": {1, 1}, "numform": {0, 1}, "oldlaw": {4, 4}, "organ": {3, 4}, "otherunit": {0, 0},
	"pair": {6, 4}, "particle": {0, 0}, "percent": {3, 0}, "period": {2, 0}, "placeholder": {2, 0},
	"punct": {2, 3}, "repeated": {2, 3}, "sum": {2, 2}, "tableref": {1, 1}, "title": {0, 0}, "unit": {2, 3},
	"weekday": {1, 2}, "word": {1, 2}, "years": {0, 1},
}

// Five hundred passages of ten genres, written before any rule code was read. Rules may
// be made on the open half; what is found in the half kept closed tells how far they
// reach beyond what they were made on. What is measured may only become better;
// testdata/fresh.md says how it was, -update writes it.
func TestFreshPassages(t *testing.T) {
	kinds, scores, sum := judged(t, "fresh.tsv")
	var before [2]int
	var b strings.Builder
	b.WriteString("# Fresh passages\n\nWritten by `go test ./inspection/engine -run Fresh -update`. Rules may be made on the half open; the half kept is only measured. At once: found before any rule was made for them.\n\n" +
		"| kind | open: all | at once | found | right | wrongly | kept: all | at once | found | right | wrongly |\n|---|---|---|---|---|---|---|---|---|---|---|\n")
	row := func(name string, s [2]blindScore, before [2]int) {
		fmt.Fprintf(&b, "| %s", name)
		for i := range s {
			fmt.Fprintf(&b, " | %d | %d | %d | %d | %d", s[i].all, before[i], s[i].found, s[i].right, s[i].wrongly)
		}
		b.WriteString(" |\n")
	}
	slices.Sort(kinds)
	for _, k := range kinds {
		row(k, *scores[k], freshAtOnce[k])
		for i, n := range freshAtOnce[k] {
			before[i] += n
		}
	}
	row("all", sum, before)
	if *update {
		golden(t, "testdata/fresh.md", b.String())
		return
	}
	was, err := os.ReadFile("testdata/fresh.md")
	if err != nil {
		t.Fatal(err)
	}
	var want [2]blindScore
	var n int
	last := string(was[max(0, strings.LastIndex(string(was), "| all |")):])
	if _, err := fmt.Sscanf(last, "| all | %d | %d | %d | %d | %d | %d | %d | %d | %d | %d |", &n, &n, &want[0].found, &want[0].right, &want[0].wrongly,
		&n, &n, &want[1].found, &want[1].right, &want[1].wrongly); err != nil {
		t.Fatalf("testdata/fresh.md ends in %q: %v", last, err)
	}
	for i, half := range []string{"open", "kept"} {
		if got := sum[i]; got.found < want[i].found || got.wrongly > want[i].wrongly {
			t.Errorf("half %s: %d of %d found and %d raised wrongly, was %d and %d; with -v it says where\n%s", half, got.found, got.all, got.wrongly, want[i].found, want[i].wrongly, b.String())
		}
	}
	t.Log("\n" + b.String())
}
