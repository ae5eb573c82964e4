package gate

import (
	"flag"
	"go/ast"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the lists under testdata anew")

var (
	statement = regexp.MustCompile(`(?is)^\s*(SELECT\s|INSERT\s+(OR\s+\w+\s+)?INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|WITH\s+(RECURSIVE\s+)?\w+(\s*\([^)]*\))?\s+AS\s|CREATE\s+(TABLE|INDEX|VIRTUAL|UNIQUE)\s)`)
	anyColumn = regexp.MustCompile(`(?i)\bSELECT\s+(DISTINCT\s+)?(\w+\.)?\*|,\s*\w+\.\*`)
	fromTable = regexp.MustCompile(`(?i)\b(?:FROM|JOIN|INTO|UPDATE)\s+([a-z_][a-z0-9_]*)`)
	asName    = regexp.MustCompile(`(?i)(?:\bWITH\s+(?:RECURSIVE\s+)?|,\s*)([a-z_][a-z0-9_]*)\s*(?:\([^)]*\))?\s+AS\s+(?:NOT\s+MATERIALIZED\s+|MATERIALIZED\s+)?\(`)
	newTable  = regexp.MustCompile(`(?i)\bCREATE\s+(?:VIRTUAL\s+)?(?:TABLE|VIEW)\s+(?:IF\s+NOT\s+EXISTS\s+)?([a-z_][a-z0-9_]*)`)
)

// A query is one SQL text of the program.
type query struct {
	s    source
	node ast.Node
	text string
}

// queries returns every SQL text outside tests.
func queries(t *testing.T) []query {
	var all []query
	for _, s := range sources(t) {
		if s.test || s.gen {
			continue
		}
		s.literals(func(n ast.Node, v string) {
			if statement.MatchString(v) && !strings.HasPrefix(v, "SELECT 1") {
				all = append(all, query{s, n, v})
			}
		})
	}
	return all
}

// TestFacesHaveNoSQL: a pillar owns its nouns, its rules and its SQL.
func TestFacesHaveNoSQL(t *testing.T) {
	for _, q := range queries(t) {
		if _, floor := room(q.s.pkg); floor >= 9 && floor <= 10 || floor == 0 {
			t.Errorf("%s: SQL in %s: ask the pillar that owns the table", q.s.at(q.node), q.s.pkg)
		}
	}
}

// TestSQLStandsInStoreFiles: who looks for what a pillar keeps finds it in its files
// named store…, and its acts read as acts. testdata/unstored.txt has the files of
// pillars that were built otherwise; it only gets shorter.
func TestSQLStandsInStoreFiles(t *testing.T) {
	var elsewhere []string
	for _, q := range queries(t) {
		file := path.Base(q.s.path)
		if _, floor := room(q.s.pkg); floor == 11 || q.s.pkg == "internal/db" || strings.HasPrefix(q.s.pkg, "internal/db/") || file == "store.go" || strings.HasPrefix(file, "store_") {
			continue
		}
		elsewhere = append(elsewhere, q.s.path)
	}
	sort.Strings(elsewhere)
	same(t, "unstored.txt", slices.Compact(elsewhere), "files with SQL that are no store files; a new query belongs in one")
}

// TestFacesReadThroughThePillars: a face may open a snapshot and hand it to the
// pillars. It asks no question of its own, and it changes nothing but by a verb,
// which opens its own transaction.
func TestFacesReadThroughThePillars(t *testing.T) {
	for _, s := range sources(t) {
		r, _ := room(s.pkg)
		if s.test || !slices.Contains([]string{"portal", "console", "api"}, r) {
			continue
		}
		s.uses("gongkai/internal/db", []string{"Open", "All", "One", "Each", "Value"}, func(n ast.Node, name string) {
			t.Errorf("%s: db.%s in a face: ask the pillar", s.at(n), name)
		})
		ast.Inspect(s.file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			sel, ok := call.Fun.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if len(call.Args) == 2 && slices.Contains([]string{"Write", "Touch"}, sel.Sel.Name) {
				if _, act := call.Args[1].(*ast.FuncLit); act {
					t.Errorf("%s: a face opens a transaction: call a verb", s.at(n))
				}
			}
			return true
		})
	}
}

// TestQueriesNameTheirColumns: only the runner of migrations and backups, which
// knows no columns, may ask for all.
func TestQueriesNameTheirColumns(t *testing.T) {
	for _, q := range queries(t) {
		if q.s.pkg == "internal/db" {
			continue
		}
		if m := anyColumn.FindString(q.text); m != "" {
			t.Errorf("%s: %q: name the columns", q.s.at(q.node), m)
		}
	}
	for _, p := range tracked(t) {
		if path.Ext(p) == ".sql" && anyColumn.MatchString(text(t, p)) {
			t.Errorf("%s: name the columns", p)
		}
	}
}

// owners maps each table to the room whose migration makes it.
func owners(t *testing.T) map[string]string {
	of := map[string]string{}
	for _, p := range tracked(t) {
		if path.Ext(p) != ".sql" || strings.Contains(p, "testdata/") {
			continue
		}
		r, _ := room(path.Dir(p))
		for _, m := range newTable.FindAllStringSubmatch(text(t, p), -1) {
			of[strings.ToLower(m[1])] = r
		}
	}
	return of
}

// shared are the tables that another pillar's SQL may read, because a query
// cannot ask for a scope in any other way.
var shared = []string{"org_closure"}

// TestSQLStaysAtHome: a query reads and writes the tables of its own pillar.
func TestSQLStaysAtHome(t *testing.T) {
	of := owners(t)
	for _, q := range queries(t) {
		home, _ := room(q.s.pkg)
		local := map[string]bool{}
		for _, m := range asName.FindAllStringSubmatch(q.text, -1) {
			local[strings.ToLower(m[1])] = true
		}
		for _, m := range fromTable.FindAllStringSubmatch(q.text, -1) {
			table := strings.ToLower(m[1])
			owner, known := of[table]
			if known && owner != home && !local[table] && !slices.Contains(shared, table) {
				t.Errorf("%s: a query of %s touches %s, which belongs to %s", q.s.at(q.node), home, table, owner)
			}
		}
	}
}

// TestTablesCarryTheirPillar: who reads a dump knows whose table it is.
func TestTablesCarryTheirPillar(t *testing.T) {
	for table, r := range owners(t) {
		name := path.Base(r)
		if !strings.HasPrefix(table, name) && !strings.HasPrefix(table, strings.TrimSuffix(name, "s")) {
			t.Errorf("table %s of %s does not begin with its pillar's name", table, r)
		}
	}
}

var (
	tenantTable = regexp.MustCompile(`(?is)CREATE\s+TABLE\s+([a-z_][a-z0-9_]*)\s*\(([^;]*?)\)\s*(?:STRICT\s*)?;`)
	unitColumn  = regexp.MustCompile(`(?im)^\s*unit\s+TEXT`)
	sayUnit     = regexp.MustCompile(`(?i)\bunit\b|InScope|inScope`)
	byKey       = regexp.MustCompile(`(?i)\b(id|digest|no|key)\s*=\s*\$\d`)
)

// TestTenantQueriesSayWhoseRows: a list over a table that has a unit names the
// unit or the scope, or finds one row by its key. What does neither stands in
// testdata/unscoped.txt, where a reviewer sees it.
func TestTenantQueriesSayWhoseRows(t *testing.T) {
	tenant := map[string]bool{}
	for _, p := range tracked(t) {
		if path.Ext(p) != ".sql" || strings.Contains(p, "testdata/") {
			continue
		}
		for _, m := range tenantTable.FindAllStringSubmatch(text(t, p), -1) {
			if unitColumn.MatchString(m[2]) {
				tenant[strings.ToLower(m[1])] = true
			}
		}
	}
	var open []string
	for _, q := range queries(t) {
		if sayUnit.MatchString(q.text) || byKey.MatchString(q.text) || !strings.Contains(strings.ToUpper(q.text), "SELECT") {
			continue
		}
		for _, m := range fromTable.FindAllStringSubmatch(q.text, -1) {
			if tenant[strings.ToLower(m[1])] {
				open = append(open, q.s.path+"\t"+strings.Join(strings.Fields(q.text), " "))
				break
			}
		}
	}
	sort.Strings(open)
	open = slices.Compact(open)
	same(t, "unscoped.txt", open, "queries that read over all units; each must be meant")
}

// same compares lines with a list under testdata.
func same(t *testing.T, name string, got []string, what string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte("# "+what+"\n"+strings.Join(got, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, line := range strings.Split(string(b), "\n") {
		if line != "" && !strings.HasPrefix(line, "#") {
			want = append(want, line)
		}
	}
	for _, line := range got {
		if !slices.Contains(want, line) {
			t.Errorf("not in %s: %s", file, line)
		}
	}
	for _, line := range want {
		if !slices.Contains(got, line) {
			t.Errorf("in %s, but gone: %s", file, line)
		}
	}
	if t.Failed() {
		t.Logf("%s. If it is meant: go test ./internal/gate -update", what)
	}
}
