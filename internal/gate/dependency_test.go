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
	used, later, _ := strings.Cut(text(t, "docs/decisions/"+filepath.Base(pages[0])), "## Chosen, not used yet")
	named := func(page string) map[string]bool {
		all := map[string]bool{}
		for _, m := range regexp.MustCompile("(?m)^\\| `([a-z0-9./_-]+)`").FindAllStringSubmatch(page, -1) {
			all[m[1]] = true
		}
		return all
	}
	decided, waiting := named(used), named(later)
	imported := map[string]bool{}
	for _, s := range sources(t) {
		for _, im := range s.file.Imports {
			imported[strings.Trim(im.Path.Value, `"`)] = true
		}
	}
	for _, r := range mod.Require {
		if !r.Indirect && !decided[r.Mod.Path] && !waiting[r.Mod.Path] {
			t.Errorf("go.mod requires %s, and docs/decisions does not say why", r.Mod.Path)
		}
		if decided[r.Mod.Path] && !anyUnder(imported, r.Mod.Path) {
			t.Errorf("docs/decisions says what %s is used for, but nothing imports it", r.Mod.Path)
		}
		delete(decided, r.Mod.Path)
	}
	for path := range decided {
		if strings.Contains(path, "/") && !strings.HasPrefix(path, "node/") {
			t.Errorf("docs/decisions says why %s is used, but go.mod does not require it", path)
		}
	}
}

func anyUnder(imported map[string]bool, module string) bool {
	for path := range imported {
		if path == module || strings.HasPrefix(path, module+"/") {
			return true
		}
	}
	return false
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
