package inspecting

import (
	"os"
	"strings"
	"testing"

	"gongkai/inspection/rule/ruletest"
)

func TestTheRulesKeepTheirExamples(t *testing.T) { ruletest.Examples(t, New()) }

// The report of 002 leaves two cells of applicants blank: each broken row must be
// marked at its own label.
func TestARealReportsBrokenRowsAreMarkedWhereTheyStand(t *testing.T) {
	b, err := os.ReadFile("../../../shared/corpus/reports-2020/002.txt")
	if err != nil {
		t.Skip("SKIPPED: the real reports are not at ../shared/corpus")
	}
	var marked strings.Builder
	for _, f := range ruletest.Inspect(New(), string(b)) {
		if f.Rule != "data.sum" {
			t.Errorf("unexpected %s %s", f.Rule, f.Message)
		}
		marked.WriteString(f.Text + "\n")
	}
	for _, row := range []string{"属于三类内部事务信息", "结转下年度继续办理", "总计"} {
		if !strings.Contains(marked.String(), row) {
			t.Errorf("the row %s is not marked; marked are %q", row, marked.String())
		}
	}
}
