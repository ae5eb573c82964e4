package gate

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/mod/modfile"
)

// TestDependenciesAreDecided compares what go.mod asks for with the page that
// says why. A dependency without a reason fails, and so does a reason for one
// that is gone.
func TestDependenciesAreDecided(t *testing.T) {
	mod, err := modfile.Parse("go.mod", []byte(text(t, "go.mod")), nil)
	if err != nil {
		t.Fatal(err)
	}
	pages, err := filepath.Glob(filepath.Join(root(), "docs", "decisions", "*-dependencies.md"))
	if err != nil || len(pages) != 1 {
		t.Fatalf("want one page docs/decisions/NNNN-dependencies.md, got %v, %v", pages, err)
	}
	page := text(t, "docs/decisions/"+filepath.Base(pages[0]))
	decided := map[string]bool{}
	for _, m := range regexp.MustCompile("(?m)^\\| `([a-z0-9./_-]+)`").FindAllStringSubmatch(page, -1) {
		decided[m[1]] = true
	}
	for _, r := range mod.Require {
		if !r.Indirect && !decided[r.Mod.Path] {
			t.Errorf("go.mod requires %s, and docs/decisions does not say why", r.Mod.Path)
		}
		delete(decided, r.Mod.Path)
	}
	for path := range decided {
		if strings.Contains(path, "/") && !strings.HasPrefix(path, "node/") {
			t.Errorf("docs/decisions says why %s is used, but go.mod does not require it", path)
		}
	}
}

// TestNothingIsReplaced: what we build is what the module path says.
func TestNothingIsReplaced(t *testing.T) {
	mod, err := modfile.Parse("go.mod", []byte(text(t, "go.mod")), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range mod.Replace {
		t.Errorf("go.mod replaces %s", r.Old.Path)
	}
}
