package spelling

import (
	"slices"
	"strings"
	"testing"

	"gongkai/internal/zh"
)

// slow finds what a list must find, with the matcher of package zh.
func slow(words []string, s string) (all []match) {
	zh.NewMatcher(words, nil).Each(s, func(m zh.Match) bool {
		all = append(all, match{m.Pattern, m.Start, m.End})
		return true
	})
	return all
}

func fast(words, right []string, s string) (all []match) {
	newList(words, right).each(s, func(m match) { all = append(all, m) })
	return all
}

func TestTheListFindsEveryWord(t *testing.T) {
	words, right := []string{"任然", "批露", "一如继往", "继往", "工作做", "作做"}, []string{"仍然", "披露", "一如既往", "既往", "工作", "做作"}
	for _, s := range []string{"机制任然如此，一如继往地批露", "", "任", "A任然9批露", "任\xe4然任然", "工作做作做", "\xff\xfe任然", "任然任然"} {
		if got, want := fast(words, right, s), slow(words, s); !slices.Equal(got, want) {
			t.Errorf("each(%q) finds %v, want %v", s, got, want)
		}
	}
	c := New()
	for i, w := range c.wrong {
		found := false
		c.list.each("，"+w+"。", func(m match) { found = found || m.word == i && m.start == 3 && m.end == 3+len(w) })
		if !found {
			t.Errorf("the list does not find its own %s", w)
		}
	}
}

func TestNoWordOfTheListsIsRight(t *testing.T) {
	seen := map[string]bool{}
	words, _ := zh.Dictionary()
	for _, data := range []string{wordData, formData, slipData} {
		for line := range strings.Lines(data) {
			if strings.HasPrefix(line, "#") {
				continue
			}
			f := strings.Split(strings.TrimSpace(line), "\t")
			if len(f) < 2 || f[0] == f[1] || seen[f[0]+"\t"+f[1]] {
				t.Errorf("%q is no pair, or stands twice", line)
				continue
			}
			seen[f[0]+"\t"+f[1]] = true
		}
	}
	for _, data := range []string{formData, slipData} {
		eachLine(data, func(wrong, right, _ string) {
			if v, is := words.Lookup(wrong); is && v > 0 {
				t.Errorf("%s, said to be a wrong %s, is a word", wrong, right)
			}
		})
	}
}

func FuzzList(f *testing.F) {
	f.Add("机制任然如此", "任然", "批露")
	f.Add("\xe4\xbb\xbb", "继往", "一如继往")
	f.Fuzz(func(t *testing.T, s, a, b string) {
		for _, w := range []string{a, b} {
			if len(w) < 6 || strings.ContainsFunc(w, func(r rune) bool { return r < 0x4E00 || r > 0x9FFF }) || a == b {
				return
			}
		}
		words := []string{a, b}
		if got, want := fast(words, []string{"甲乙", "丙丁"}, s), slow(words, s); !slices.Equal(got, want) {
			t.Errorf("each(%q) of %q finds %v, want %v", s, words, got, want)
		}
	})
}
