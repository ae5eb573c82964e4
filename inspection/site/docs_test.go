package site

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// The page people read lists exactly the rules that run.
func TestTheDocumentationListsEveryRule(t *testing.T) {
	b, err := os.ReadFile("../../docs/inspection.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range Pack().Rules {
		if line := fmt.Sprintf("| `%s` | %s | %s | %s | %s |\n", r.Code, r.Tier, r.Severity, r.Name, r.Source); !strings.Contains(string(b), line) {
			t.Errorf("docs/inspection.md lacks the line\n%s", line)
		}
	}
	if got := strings.Count(string(b), "\n| `site."); got != len(Pack().Rules) {
		t.Errorf("docs/inspection.md lists %d rules of sites, %d run", got, len(Pack().Rules))
	}
}
