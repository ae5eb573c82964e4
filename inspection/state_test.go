package inspection_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gongkai/inspection"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestTheLifeOfAFindingIsAsReviewed prints which act leads from where to where, so
// that a change of it is seen in review.
func TestTheLifeOfAFindingIsAsReviewed(t *testing.T) {
	var b strings.Builder
	for _, do := range inspection.Dos() {
		var from []string
		for _, s := range inspection.States() {
			if s.May(do) {
				from = append(from, string(s)+" "+s.Name())
			}
		}
		fmt.Fprintf(&b, "%-8s %s: %s → %s %s\n", do, do.Name(), strings.Join(from, ", "), do.Leads(), do.Leads().Name())
	}
	const path = "testdata/life.golden"
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("the life of findings changed; if it is meant: go test ./inspection -run Reviewed -update\n%s", diff)
	}
	for _, s := range inspection.States() {
		if s.Name() == "" {
			t.Errorf("%s has no name", s)
		}
	}
}
