package ruletest

import (
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"strings"
	"testing"
)

const corpus = "../../../shared/corpus/" // from a family's folder

// Every is one in how many laws a gate reads; with GONGKAI_ALL it reads them all.
func Every() int {
	if os.Getenv("GONGKAI_ALL") != "" {
		return 1
	}
	return 8
}

// Clean calls f for texts of official style without planted errors: sentences,
// and one law in every so many. The test is skipped where they are not at hand.
func Clean(t *testing.T, every int, f func(s string)) {
	t.Helper()
	b, err := os.ReadFile(corpus + "spelling/clean.tsv")
	if err != nil {
		t.Skip("SKIPPED: the clean texts are not at ../shared/corpus, so no alarms on them were counted")
	}
	for line := range strings.Lines(string(b)) {
		s, _, _ := strings.Cut(line, "\t")
		f(s)
	}
	z, err := os.Open(corpus + "policies/laws.jsonl.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	g, err := gzip.NewReader(z)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for d := json.NewDecoder(g); ; n++ {
		var law map[string]any
		if err := d.Decode(&law); err == io.EOF {
			return
		} else if err != nil {
			t.Fatal(err)
		}
		if n%every != 0 {
			continue
		}
		for _, v := range law {
			if s, ok := v.(string); ok && len(s) > 300 {
				f(s)
			}
		}
	}
}
