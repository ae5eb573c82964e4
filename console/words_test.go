package console

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestEveryActHasItsWords reads the acts that the pillars enter into the ledger
// and wants words for each, so that nobody meets an English name.
func TestEveryActHasItsWords(t *testing.T) {
	act := regexp.MustCompile(`^(publication|review|identity|org|document|ledger|register)\.[a-z_-]+$`)
	notActs := map[string]bool{"publication.lapse": true, "publication.edit": true, "identity.sweep": true}
	found := 0
	for _, pillar := range []string{"publication", "review", "org", "document", "register"} {
		files, err := filepath.Glob(filepath.Join("..", pillar, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range files {
			if strings.HasSuffix(path, "_test.go") {
				continue
			}
			src, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			f, err := parser.ParseFile(token.NewFileSet(), path, src, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(f, func(n ast.Node) bool {
				lit, ok := n.(*ast.BasicLit)
				if !ok || lit.Kind != token.STRING {
					return true
				}
				s, err := strconv.Unquote(lit.Value)
				if err != nil || !act.MatchString(s) || notActs[s] || s == "publication.publish" {
					return true
				}
				found++
				if _, ok := actWords[s]; !ok {
					t.Errorf("%s enters %q, the console has no words for it", path, s)
				}
				return true
			})
		}
	}
	if found < 15 {
		t.Errorf("only %d acts were found: the test looks in the wrong place", found)
	}
}

// TestThereIsOneWordForBeingLate: who is late reads 逾期 on every page, never 超期 in a
// tag and 逾期 in a column.
func TestThereIsOneWordForBeingLate(t *testing.T) {
	late := 0
	for _, dir := range []string{".", "page", filepath.Join("..", "internal", "web", "ui")} {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || strings.HasSuffix(path, "_test.go") || !strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, ".tmpl") {
				return err
			}
			src, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			late += strings.Count(string(src), "逾期")
			if at := strings.Index(string(src), "超期"); at >= 0 {
				t.Errorf("%s, line %d says 超期; the word is 逾期", path, 1+strings.Count(string(src[:at]), "\n"))
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if late < 10 {
		t.Errorf("逾期 was found %d times: the test looks in the wrong place", late)
	}
}
