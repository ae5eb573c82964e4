package gate

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"
)

func migrations(t *testing.T) map[string][]string {
	steps := map[string][]string{}
	for _, p := range tracked(t) {
		if path.Base(path.Dir(p)) == "migration" && !strings.Contains(p, "testdata/") {
			steps[path.Dir(p)] = append(steps[path.Dir(p)], path.Base(p))
		}
	}
	return steps
}

func TestMigrationsAreNumberedWithoutGaps(t *testing.T) {
	name := regexp.MustCompile(`^(\d{4})_[a-z0-9_]+\.sql$`)
	for dir, files := range migrations(t) {
		sort.Strings(files)
		for i, file := range files {
			m := name.FindStringSubmatch(file)
			if m == nil {
				t.Errorf("%s/%s: want NNNN_words.sql", dir, file)
				continue
			}
			if n, _ := strconv.Atoi(m[1]); n != i+1 {
				t.Errorf("%s/%s: want number %04d", dir, file, i+1)
			}
		}
	}
}

// TestMigrationsAreNeverEdited compares every step with the sum taken when it
// was merged. A database out there has run it as it was: correct it with a
// further step. -update adds new steps and leaves the old sums alone.
func TestMigrationsAreNeverEdited(t *testing.T) {
	file := filepath.Join("testdata", "migrations.sum")
	b, err := os.ReadFile(file)
	if err != nil && !(*update && os.IsNotExist(err)) {
		t.Fatal(err)
	}
	sealed := map[string]string{}
	var lines []string
	for _, line := range strings.Split(string(b), "\n") {
		if sum, p, ok := strings.Cut(line, "  "); ok {
			sealed[p] = sum
			lines = append(lines, line)
		}
	}
	for dir, files := range migrations(t) {
		for _, f := range files {
			p := dir + "/" + f
			h := sha256.Sum256([]byte(text(t, p)))
			sum := hex.EncodeToString(h[:])
			switch {
			case sealed[p] == "" && *update:
				lines = append(lines, sum+"  "+p)
			case sealed[p] == "":
				t.Errorf("%s is new: when it is final, run go test ./internal/gate -update and commit %s", p, file)
			case sealed[p] != sum:
				t.Errorf("%s was changed after it was merged: write a further step instead", p)
			}
		}
	}
	for p := range sealed {
		if _, err := os.Stat(filepath.Join(root(), p)); err != nil {
			t.Errorf("%s was merged and is gone", p)
		}
	}
	if *update {
		slices.SortFunc(lines, func(a, b string) int { return strings.Compare(a[66:], b[66:]) })
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(fmt.Sprintln(strings.Join(lines, "\n"))), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestTablesAreStrict(t *testing.T) {
	for dir, files := range migrations(t) {
		for _, f := range files {
			code := regexp.MustCompile(`(?s)-- \+postgres.*?-- \+end`).ReplaceAllString(text(t, dir+"/"+f), "")
			for _, m := range regexp.MustCompile(`(?is)CREATE\s+TABLE\s+([a-z_][a-z0-9_]*)[^;]*;`).FindAllStringSubmatch(code, -1) {
				if !strings.Contains(strings.ToUpper(m[0]), "STRICT") {
					t.Errorf("%s/%s: table %s is not STRICT: SQLite would take a word for a number", dir, f, m[1])
				}
			}
		}
	}
}
