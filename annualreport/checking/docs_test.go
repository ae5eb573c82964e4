package checking

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// The page people read lists exactly the rules that run.
func TestTheDocumentationListsEveryRule(t *testing.T) {
	b, err := os.ReadFile("../../docs/annual-report.md")
	if err != nil {
		t.Fatal(err)
	}
	page := string(b)
	for _, r := range Rules() {
		line := fmt.Sprintf("| `%s` | %s | %s |\n", r.Code, r.Severity, r.Text)
		if !strings.Contains(page, line) {
			t.Errorf("docs/annual-report.md lacks the line\n%s", line)
		}
	}
	if got, want := strings.Count(page, "| error |")+strings.Count(page, "| warning |")+strings.Count(page, "| info |"), len(Rules()); got != want {
		t.Errorf("docs/annual-report.md lists %d rules, %d run", got, want)
	}
}
