package console_test

import (
	"flag"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gongkai/identity"
)

var update = flag.Bool("update", false, "write testdata/routes.golden anew")

// TestEveryRouteWithEveryRole asks every route of the table as each of the
// eleven roles and as nobody, and compares the statuses with the golden table.
// Acts are tried on records that do not exist, so that nothing changes: 403
// means the role may not come here, 401 and 303 that one must sign in first.
func TestEveryRouteWithEveryRole(t *testing.T) {
	w := sqlite(t)
	public := w.public("关于春季开学安排的通知")
	logins := []string{""}
	names := []string{"nobody"}
	for _, role := range identity.Roles() {
		logins, names = append(logins, string(role)), append(names, string(role))
	}
	var got strings.Builder
	fmt.Fprintf(&got, "%-44s%s\n", "", strings.Join(names, " "))
	people := make([]*visitor, len(logins))
	for i, login := range logins {
		if login == "" {
			people[i] = w.nobody()
		} else {
			people[i] = w.as(login)
		}
		people[i].client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	}
	const none = "nonesuch"
	for _, route := range w.console.Table() {
		path := route.Pattern
		item, person, unit, book := string(public), string(w.ids["first"]), "mj-jyj", "permit"
		if route.Method != http.MethodGet {
			item, person, unit, book = none, none, none, none
		}
		switch {
		case strings.HasPrefix(path, "/console/reviews/"), strings.HasPrefix(path, "/console/consultations/"), strings.HasPrefix(path, "/console/transfers/"), strings.HasPrefix(path, "/console/jobs/"), strings.HasPrefix(path, "/console/lines/"):
			item = none
		case strings.HasPrefix(path, "/console/assets/"), path == "/console/look", path == "/console/signin", path == "/console/signin/code":
			// asked below like the others
		}
		path = strings.NewReplacer("{id}", item, "{person}", person, "{unit}", unit, "{book}", book, "{seq}", "1", "{digest}", strings.Repeat("a", 64), "{name...}", "none.css", "{$}", "", "{name}", "a.docx").Replace(path)
		if path == "/console/signout" || path == "/console/account/sessions" {
			continue // asked last, because they end sessions
		}
		fmt.Fprintf(&got, "%-5s%-39s", route.Method, route.Pattern)
		w.clock.Add(30 * time.Second)
		for i, p := range people {
			if i > 0 && (path == "/console/signin" && route.Method == http.MethodPost) {
				got.WriteString(" -")
				continue
			}
			if route.Method == http.MethodGet {
				p.get(path)
			} else {
				p.post(path, "unit", "mj-jyj", "parent", "mj", "kind", "*")
			}
			fmt.Fprintf(&got, " %d", p.status)
		}
		got.WriteString("\n")
	}
	for _, path := range []string{"/console/account/sessions", "/console/signout"} {
		fmt.Fprintf(&got, "%-5s%-39s", "POST", path)
		for i, login := range logins {
			p := people[i]
			if login != "" {
				p = w.as(login)
				p.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
			}
			fmt.Fprintf(&got, " %d", p.post(path).status)
		}
		got.WriteString("\n")
	}
	golden := filepath.Join("testdata", "routes.golden")
	if *update {
		w.must(os.MkdirAll("testdata", 0o755))
		w.must(os.WriteFile(golden, []byte(got.String()), 0o644))
	}
	want, err := os.ReadFile(golden)
	w.must(err)
	if got.String() != string(want) {
		gotLines, wantLines := strings.Split(got.String(), "\n"), strings.Split(string(want), "\n")
		known := map[string]bool{}
		for _, l := range wantLines {
			known[l] = true
		}
		for _, l := range gotLines {
			if !known[l] {
				t.Errorf("route differs from %s:\n got %s", golden, l)
			}
		}
		if len(gotLines) != len(wantLines) {
			t.Errorf("the table has %d lines, %s has %d (go test -update writes it anew)", len(gotLines), golden, len(wantLines))
		}
	}
}

// TestTheGoldenTableKeepsItsPromises reads the golden table itself, so that a
// careless -update cannot let somebody in.
func TestTheGoldenTableKeepsItsPromises(t *testing.T) {
	w := sqlite(t)
	b, err := os.ReadFile(filepath.Join("testdata", "routes.golden"))
	w.must(err)
	lines := strings.Split(strings.TrimSpace(string(b)), "\n")
	rights := map[string]string{}
	for _, r := range w.console.Table() {
		rights[r.Method+" "+r.Pattern] = r.Right
	}
	for _, line := range lines[1:] {
		f := strings.Fields(line)
		right, known := rights[f[0]+" "+f[1]]
		if !known {
			t.Errorf("the golden table has %s %s, the console has no such route", f[0], f[1])
			continue
		}
		if right == "" {
			continue
		}
		if nobody := f[2]; nobody != "303" && nobody != "401" {
			t.Errorf("%s %s answers %s to nobody", f[0], f[1], nobody)
		}
		if right == "staff" || right == "door" {
			continue
		}
		for i, role := range identity.Roles() {
			holds := false
			for _, one := range strings.Split(right, "|") {
				holds = holds || role.Has(identity.Right(one))
			}
			if status := f[3+i]; (status == "403") == holds {
				t.Errorf("%s %s needs %s and answers %s to %s", f[0], f[1], right, status, role)
			}
		}
	}
}
