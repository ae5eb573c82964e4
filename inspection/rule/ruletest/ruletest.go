package ruletest

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"gongkai/inspection/rule"
)

// Examples runs every example of every rule: the ones that must be found, and the
// ones that must not. A place between 【 and 】 must be touched by the finding.
func Examples(t *testing.T, c rule.Checker) { ExamplesIn(t, c, rule.File{Name: "a.txt"}) }

// ExamplesIn is Examples with something known about the file.
func ExamplesIn(t *testing.T, c rule.Checker, file rule.File) {
	for i := range c.Pack().Rules {
		r := &c.Pack().Rules[i]
		for _, s := range r.Find {
			text, from, to := unmark(s)
			if !hits(c, file, r.Code, text, from, to) {
				t.Errorf("%s does not find %q; found %v", r.Code, s, codes(c, file, text))
			}
		}
		for _, s := range r.Pass {
			if hits(c, file, r.Code, s, 0, len(s)) {
				t.Errorf("%s finds something in %q", r.Code, s)
			}
		}
		for _, s := range slices.Concat(r.Find, r.Pass) {
			cutAnywhere(t, c, file, s)
		}
	}
}

// cutAnywhere inspects the beginnings and ends of an example, as texts are while they
// are written: whatever is found, its place has to be in the text.
func cutAnywhere(t *testing.T, c rule.Checker, file rule.File, s string) {
	t.Helper()
	s, _, _ = unmark(s)
	for i := range s {
		for _, part := range []string{s[:i], s[i:], s[:i] + "\n" + s[i:]} {
			n := utf8.RuneCountInString(part)
			for _, f := range InspectIn(c, file, part) {
				if f.Start < 0 || f.Start > f.End || f.End > n {
					t.Errorf("%s in %q: from %d to %d of %d", f.Rule, part, f.Start, f.End, n)
				}
			}
		}
	}
}

// Inspect returns what a family finds in a text.
func Inspect(c rule.Checker, s string) []rule.Finding {
	return InspectIn(c, rule.File{Name: "a.txt"}, s)
}

// InspectIn is Inspect with something known about the file.
func InspectIn(c rule.Checker, file rule.File, s string) (all []rule.Finding) {
	text := rule.NewText("document", s)
	file.Texts = []*rule.Text{text}
	c.Check(&file, text, func(f rule.Finding) { all = append(all, f) })
	return all
}

func codes(c rule.Checker, file rule.File, s string) (all []string) {
	for _, f := range InspectIn(c, file, s) {
		all = append(all, f.Rule)
	}
	return all
}

func hits(c rule.Checker, file rule.File, code, s string, from, to int) bool {
	for _, f := range InspectIn(c, file, s) {
		if r := []rune(s); f.Rule == code && len(string(r[:f.Start])) <= to && len(string(r[:f.End])) >= from {
			return true
		}
	}
	return false
}

func unmark(s string) (text string, from, to int) {
	b, e := strings.Index(s, "【"), strings.Index(s, "】")
	if b < 0 || e < b {
		return s, 0, len(s)
	}
	return s[:b] + s[b+len("【"):e] + s[e+len("】"):], b, e - len("【")
}
