package writing

import (
	"testing"
	"unicode/utf8"

	"gongkai/inspection/rule/ruletest"
)

// A template is tried at every one of its words, and a text that is being written may
// begin and end with any of them.
func TestAWordOfATemplateMayBeginAndEndAText(t *testing.T) {
	c := New()
	for _, x := range templates {
		for _, word := range x.words {
			for _, lead := range []string{"", "2025年，各单位以信息公开", "为了做好工作，围绕以", "加强对企业", "。", "\n"} {
				for _, tail := range []string{"", "。", "，确保", "的", "\n", word, "进行3件"} {
					s := lead + word + tail
					n := utf8.RuneCountInString(s)
					for _, f := range ruletest.Inspect(c, s) {
						if f.Start < 0 || f.Start > f.End || f.End > n {
							t.Errorf("%s in %q: from %d to %d of %d", f.Rule, s, f.Start, f.End, n)
						}
					}
				}
			}
		}
	}
}
