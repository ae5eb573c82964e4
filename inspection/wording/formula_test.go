package wording

import (
	"strings"
	"testing"

	"gongkai/inspection/rule/ruletest"
)

// Each formula has each of its inner characters left out, doubled and changed for the
// one behind it.
func TestFormulasWithASlipAreFound(t *testing.T) {
	c := New()
	tried, found := 0, 0
	for _, h := range c.near.halves {
		if !h.strict || !h.first {
			continue
		}
		p := c.near.phrases[h.phrase]
		for i := 1; i < len(p)-2; i++ {
			head, tail := string(p[:i]), string(p[i+1:])
			for _, wrong := range []string{head + tail, head + string(p[i]) + string(p[i]) + tail, head + string(p[i+1]) + string(p[i]) + string(p[i+2:])} {
				if wrong == string(p) || c.near.whole[wrong] {
					continue
				}
				tried++
				for _, f := range ruletest.Inspect(c, "会议指出，"+wrong+"，要认真学习。") {
					if strings.HasPrefix(f.Rule, "wording.") {
						found++
						break
					}
				}
			}
		}
	}
	t.Logf("%d of %d slips found", found, tried)
	if tried < 3000 || found*100 < tried*92 {
		t.Errorf("%d of %d slips in formulas were found, want 92 in a hundred of 3000", found, tried)
	}
}

func TestFormulasAsTheyAreAreRight(t *testing.T) {
	c := New()
	for _, p := range append(c.near.texts, "增强“四个意识”、坚定“四个自信”、做到“两个维护”", "学习近平原地区的历史", "党的二十届四中全会精神") {
		for _, f := range ruletest.Inspect(c, "会议指出，"+p+"，要认真学习。") {
			t.Errorf("%q: got %s %q", p, f.Rule, f.Text)
		}
	}
}
