package gate

import (
	"slices"
	"strings"
	"testing"
)

// floors is the plan of the house: who may know whom. A package below one of
// these belongs to it. Imports run strictly downhill.
var floors = []struct {
	floor int
	rooms []string
}{
	{0, []string{"workday", "internal/fault", "internal/zh"}},
	{1, []string{"internal/db", "internal/web", "internal/crypt"}},
	{2, []string{"org", "document", "ledger", "internal/jobs", "internal/blob"}},
	{3, []string{"identity", "search"}},
	{4, []string{"inspection"}},
	{5, []string{"review"}},
	{6, []string{"publication", "register", "foi", "interaction"}},
	{7, []string{"annualreport"}},
	{8, []string{"supervision"}},
	{9, []string{"portal", "console", "api", "demo"}},
	{10, []string{"cmd/gongkai"}},
}

// tools are programs and tests that build or watch the house. They may know
// everything; nobody knows them.
var tools = []string{"internal/gate", "internal/bundle", "internal/screenshots", "internal/browser", "internal/bench"}

// sideways are the arrows within a floor that are meant.
var sideways = map[string][]string{
	"org":      {"ledger"},                                   // a change of the tree is an act like any other
	"document": {"ledger", "internal/blob", "internal/jobs"}, // uploads are stored and logged, and read in the background
}

// faces only are served over HTTP.
var mayServe = []string{"portal", "console", "api", "cmd/gongkai"}

// room returns the room a package belongs to and its floor; -1 for none.
func room(pkg string) (string, int) {
	for _, f := range floors {
		for _, r := range f.rooms {
			if pkg == r || strings.HasPrefix(pkg, r+"/") {
				return r, f.floor
			}
		}
	}
	for _, r := range tools {
		if pkg == r || strings.HasPrefix(pkg, r+"/") {
			return r, 11
		}
	}
	return "", -1
}

func TestEveryPackageHasItsFloor(t *testing.T) {
	for _, p := range tree(t) {
		if _, floor := room(rel(p.ImportPath)); floor < 0 {
			t.Errorf("%s stands on no floor: put it under a pillar, or on the plan in internal/gate/floors_test.go and docs/architecture.md", p.ImportPath)
		}
	}
}

func TestImportsRunDownhill(t *testing.T) {
	for _, p := range tree(t) {
		from := rel(p.ImportPath)
		for _, path := range p.Imports {
			if to := rel(path); to != "" {
				if why := uphill(from, to, false); why != "" {
					t.Errorf("%s imports %s: %s", from, to, why)
				}
			}
		}
		for _, path := range slices.Concat(p.TestImports, p.XTestImports) {
			if to := rel(path); to != "" && to != from {
				if why := uphill(from, to, true); why != "" {
					t.Errorf("a test of %s imports %s: %s", from, to, why)
				}
			}
		}
	}
}

// uphill says why one package may not import another, "" if it may. A test may
// also use the pillars beside it, to have something to work with, but no face.
func uphill(from, to string, test bool) string {
	a, high := room(from)
	b, low := room(to)
	switch {
	case a == b || high < 0 || low < 0:
		return ""
	case high == 11:
		return ""
	case b == "internal/browser" && test && high >= 9:
		return "" // the pages of the faces are looked at in a browser
	case low == 11:
		return "nobody knows the tools"
	case !test && strings.HasSuffix(to, "test"):
		return "that is for tests only"
	case b == "internal/web" && !slices.Contains(mayServe, a) && !test:
		return "only the faces know the web"
	case low < high:
		return ""
	case low == high && slices.Contains(sideways[a], b):
		return ""
	case test && low <= 8 && high <= 8 && low-high <= 1:
		return ""
	case low == high:
		return "both stand on the same floor"
	}
	return "it stands higher"
}

// TestTheFloorRuleRefuses holds the rule itself: a gate that lets everything
// through looks just like a house in order.
func TestTheFloorRuleRefuses(t *testing.T) {
	for _, c := range []struct {
		name, from, to string
		test, refused  bool
	}{
		{"a pillar may use a lower one", "publication", "review", false, false},
		{"a lower one may not look up", "review", "publication", false, true},
		{"pillars of one floor do not know each other", "foi", "publication", false, true},
		{"document may store", "document", "internal/blob", false, false},
		{"blob may not know document", "internal/blob", "document", false, true},
		{"packages under one pillar may", "publication/policy", "publication", false, false},
		{"under a pillar counts as the pillar", "publication/policy", "foi", false, true},
		{"faces do not know each other", "portal", "console", false, true},
		{"a pillar does not serve", "foi", "internal/web", false, true},
		{"nobody knows the program", "demo", "cmd/gongkai", false, true},
		{"dbtest is for tests", "org", "internal/db/dbtest", false, true},
		{"a test may use dbtest", "org", "internal/db/dbtest", true, false},
		{"a test may not use a face", "review", "console", true, true},
		{"the tools know everything", "internal/screenshots", "cmd/gongkai", false, false},
		{"nobody knows the tools", "cmd/gongkai", "internal/screenshots", false, true},
		{"a test of a face may look at its pages", "console", "internal/browser", true, false},
		{"a face may not", "console", "internal/browser", false, true},
	} {
		if got := uphill(c.from, c.to, c.test); (got != "") != c.refused {
			t.Errorf("%s: uphill(%s, %s, %v) = %q, want refused %v", c.name, c.from, c.to, c.test, got, c.refused)
		}
	}
}

// TestTheLowestFloorIsStandardLibrary keeps the pure rooms pure: other people
// can import them, and they work without a data folder.
func TestTheLowestFloorIsStandardLibrary(t *testing.T) {
	allowed := []string{"github.com/mozillazg/go-pinyin"} // a table of readings, used by zh
	for _, p := range tree(t) {
		if _, floor := room(rel(p.ImportPath)); floor != 0 {
			continue
		}
		for _, path := range p.Imports {
			if strings.Contains(path, ".") && !slices.Contains(allowed, path) {
				t.Errorf("%s imports %s: floor 0 knows the standard library only", p.ImportPath, path)
			}
		}
	}
}
