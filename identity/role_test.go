package identity_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gongkai/identity"
)

var update = flag.Bool("update", false, "write the golden files anew")

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-want +got):\n%s\nIf it is meant: go test ./identity -update", file, diff)
	}
}

// TestWhatEachRoleMayDo prints the whole table, so that a change of anybody's
// rights is seen in review.
func TestWhatEachRoleMayDo(t *testing.T) {
	var b strings.Builder
	for _, r := range identity.Roles() {
		fmt.Fprintf(&b, "%s %s\n", r, r.Title())
		for _, right := range r.Rights() {
			fmt.Fprintf(&b, "    %-24s %s\n", right, right.Title())
		}
	}
	golden(t, "testdata/roles.golden", b.String())
}

func TestRolesAreHeldApart(t *testing.T) {
	has := func(r identity.Role, prefixes ...string) (found []identity.Right) {
		for _, right := range r.Rights() {
			if slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(string(right), p) }) {
				found = append(found, right)
			}
		}
		return found
	}
	for _, c := range []struct {
		name  string
		role  identity.Role
		never []string
	}{
		{"the system administrator grants nothing and sees no content", identity.SysAdmin,
			[]string{"identity.grant", "identity.unlock", "identity.logins", "ledger.", "publication.", "review.", "document.", "foi."}},
		{"the security administrator creates nobody and sees no drafts", identity.SecAdmin,
			[]string{"identity.people", "identity.logins", "ledger.", "publication.", "review.", "document.", "foi.", "org.edit", "jobs."}},
		{"the audit administrator sees no drafts", identity.AuditAdmin, []string{"publication.", "review.", "document.", "foi."}},
		{"a publisher signs nothing", identity.Publisher, []string{"review.first", "review.secrecy", "review.second", "review.final", "review.chain", "identity."}},
		{"whoever reads requests with personal data is no auditor", identity.Auditor, []string{"foi."}},
	} {
		if found := has(c.role, c.never...); found != nil {
			t.Errorf("%s: Rights(%s) has %v", c.name, c.role, found)
		}
	}
	for _, r := range []identity.Role{identity.AuditAdmin, identity.Auditor} {
		for _, right := range r.Rights() {
			if !right.Reads() {
				t.Errorf("%s may %s, want reading only", r, right)
			}
		}
	}
	for _, r := range []identity.Role{identity.First, identity.Secrecy, identity.Second, identity.Final} {
		if found := has(r, "publication.draft", "publication.publish"); found != nil {
			t.Errorf("a reviewer (%s) may %v", r, found)
		}
	}
}

func TestEveryRightIsHeldByARoleAndHasATitle(t *testing.T) {
	seen := map[identity.Right]bool{}
	for _, right := range identity.Rights() {
		if seen[right] {
			t.Errorf("%s stands twice in the table", right)
		}
		seen[right] = true
		if len(identity.RolesWith(right)) == 0 {
			t.Errorf("nobody may %s", right)
		}
		if right.Title() == string(right) || right.Pillar() == string(right) {
			t.Errorf("%s has no title or no pillar", right)
		}
	}
	for _, r := range identity.Roles() {
		if r.Title() == string(r) {
			t.Errorf("role %s has no title", r)
		}
		// Rights lists what the table has only if the right is known.
		for _, right := range identity.Rights() {
			if r.Has(right) != slices.Contains(r.Rights(), right) {
				t.Errorf("%s.Has(%s) and Rights disagree", r, right)
			}
		}
	}
	if identity.Role("king").Known() || identity.Role("king").Has(identity.OrgRead) {
		t.Error("a role that is not in the table is known or may something")
	}
}

func TestTheProgramMayAndNobodyMayNot(t *testing.T) {
	for _, right := range identity.Rights() {
		if err := identity.System("import").Check(right, district); err != nil {
			t.Errorf("System.Check(%s) = %v", right, err)
		}
		if (identity.Actor{}).Can(right, district) || (identity.Actor{}).CanAny(right) {
			t.Errorf("nobody may %s", right)
		}
		if (identity.Actor{Person: "p", Unit: district}).Can(right, district) {
			t.Errorf("somebody without a role may %s", right)
		}
	}
	if got := identity.System("import").LedgerWho(); got != "system:import" {
		t.Errorf("System.LedgerWho() = %q", got)
	}
	if !(identity.Actor{}).Scope(identity.OrgRead).Empty() {
		t.Error("the scope of nobody is not empty")
	}
}
