package gate

import (
	"go/ast"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// TestNothingIsLeftForLater: a task has a number, or it is done.
func TestNothingIsLeftForLater(t *testing.T) {
	later := regexp.MustCompile(`\b(` + "TO" + `DO|FIX` + `ME|X` + `XX)\b(\(#\d+\):)?`)
	for _, p := range tracked(t) {
		if path.Ext(p) == ".json" || strings.Contains(p, "testdata/") || strings.HasPrefix(p, "docs/") {
			continue
		}
		for i, line := range strings.Split(text(t, p), "\n") {
			if strings.HasSuffix(p, "_test.go") { // a test may look for the words
				_, line, _ = strings.Cut(line, "//")
			}
			for _, m := range later.FindAllStringSubmatch(line, -1) {
				if m[2] == "" && !strings.HasPrefix(p, "internal/gate/") && p != "CONTRIBUTING.md" {
					t.Errorf("%s:%d: %s without the number of its task", p, i+1, m[1])
				}
			}
		}
	}
}

// TestNoPathOfAMachine: the project is built anywhere and knows no registry but
// by the configuration of the tools.
func TestNoPathOfAMachine(t *testing.T) {
	foreign := []*regexp.Regexp{
		regexp.MustCompile(`(^|[\s"'=(` + "`" + `:])/(work|root|home/[a-z]+|Users)/`),
		regexp.MustCompile(`\.libr` + `ary/|bash_` + `jobs`),
		regexp.MustCompile(`registry\.[a-z]*npm|npm` + `mirror|proxy\.gol` + `ang|go` + `proxy\.(cn|io)|pypi\.(org|python)|files\.pythonhosted|crates\.io|deb\.debian|mirrors?\.(aliyun|tuna|ustc|163)`),
	}
	for _, p := range tracked(t) {
		if strings.HasPrefix(p, "internal/gate/") || path.Ext(p) == ".sum" {
			continue
		}
		for i, line := range strings.Split(text(t, p), "\n") {
			for _, re := range foreign {
				if m := re.FindString(line); m != "" {
					t.Errorf("%s:%d: %q belongs to a machine or a registry, not to the project", p, i+1, m)
				}
			}
		}
	}
}

func TestTheNodeLockNamesNoRegistry(t *testing.T) {
	for _, p := range tracked(t) {
		if path.Base(p) == "package-lock.json" && strings.Contains(text(t, p), `"resolved"`) {
			t.Errorf("%s holds addresses of a registry: install with omit-lockfile-registry-resolved", p)
		}
	}
}

// TestCommentsAreEnglish: a Chinese term stands in brackets where the Go name is
// defined; the sentence around it is English.
func TestCommentsAreEnglish(t *testing.T) {
	for _, s := range sources(t) {
		if s.gen {
			continue
		}
		for _, group := range s.file.Comments {
			han, latin := 0, 0
			for _, r := range group.Text() {
				switch {
				case unicode.Is(unicode.Han, r):
					han++
				case unicode.Is(unicode.Latin, r):
					latin++
				}
			}
			if han > 24 && han > latin {
				t.Errorf("%s: a comment in Chinese: comments are English, terms in brackets", s.at(group))
			}
		}
	}
}

var (
	hanHalf    = regexp.MustCompile(`\p{Han}[,;:?()]\p{Han}|\p{Han}[,;?]$`)
	exclaimed  = regexp.MustCompile(`[\p{Han}，。：]\s*[!！]|！`)
	templating = regexp.MustCompile(`(?s)\{\{.*?\}\}|<!--.*?-->|<style.*?</style>|<script.*?</script>`)
	tagging    = regexp.MustCompile(`(?s)<[^>]*>`)
)

// badChinese returns what is wrong with a text for people, "" if nothing is.
func badChinese(v string) string {
	if m := hanHalf.FindString(v); m != "" {
		return "half-width punctuation in Chinese: " + m
	}
	if m := exclaimed.FindString(v); m != "" {
		return "an exclamation mark: " + m
	}
	return ""
}

// TestChineseForPeopleIsWellSet reads every template and every page of messages.
func TestChineseForPeopleIsWellSet(t *testing.T) {
	for _, p := range tracked(t) {
		if !slices.Contains([]string{".html", ".tmpl", ".gohtml"}, path.Ext(p)) || strings.Contains(p, "testdata/") || strings.HasPrefix(p, "docs/") {
			continue
		}
		v := templating.ReplaceAllString(text(t, p), " ")
		v = tagging.ReplaceAllString(v, "\n")
		for _, line := range strings.Split(v, "\n") {
			if bad := badChinese(strings.TrimSpace(line)); bad != "" {
				t.Errorf("%s: %s: %s", p, bad, head(strings.TrimSpace(line)))
			}
		}
	}
	for _, s := range sources(t) {
		r, _ := room(s.pkg)
		if s.test || path.Base(s.path) != "messages.go" && !slices.Contains([]string{"portal", "console"}, r) {
			continue
		}
		s.literals(func(n ast.Node, v string) {
			if bad := badChinese(v); bad != "" {
				t.Errorf("%s: %s", s.at(n), bad)
			}
		})
	}
}

func TestTheChineseRuleRefuses(t *testing.T) {
	for v, bad := range map[string]bool{
		"请填写标题,再提交":        true,
		"第一(二)项":           true,
		"提交成功！":            true,
		"请填写标题，再提交。":       false,
		"页码 1, 2, 3":       false,
		"发文字号：明政发〔2026〕5号": false,
	} {
		if got := badChinese(v); (got != "") != bad {
			t.Errorf("badChinese(%q) = %q, want refused %v", v, got, bad)
		}
	}
}
