package wording

import (
	"slices"
	"strings"
	"unicode/utf8"

	"gongkai/inspection/spelling/sound"
	"gongkai/inspection/traditional"
)

// strictly marks a formula of political writing among the phrases: it has one form,
// and any other one is wrong, whether it sounds alike or not.
const strictly = "!"

// longFormula is from how many characters on a formula without some of them is no other
// words.
const longFormula = 9

// longestDrop is how many characters of a formula may be left out at once: 中国特色.
const longestDrop = 4

// strictAfter compares what should follow of a formula with what does, and returns
// how many bytes of it a slip takes, 0 if there is none: characters left out, one
// doubled, two that changed places, one exchanged for any other, and one word
// exchanged before a closing quotation mark.
func strictAfter(want, got string, long bool) int {
	g := ahead(got, 0, utf8.RuneCountInString(want)+2)
	return size(g[:slipOf([]rune(want), g, long)])
}

// strictBefore is strictAfter for what should stand before.
func strictBefore(want, got string, long bool) int {
	r := []rune(want)
	slices.Reverse(r)
	g := behind(got, len(got), len(r)+2)
	return size(g[:slipOf(r, g, long)])
}

func size(all []rune) (n int) {
	for _, r := range all {
		n += utf8.RuneLen(r)
	}
	return n
}

// slipOf returns how many characters of got are want with a slip; of a long formula
// more than one may be left out.
func slipOf(want, got []rune, long bool) int {
	i := 0
	for i < len(want) && i < len(got) && want[i] == got[i] {
		i++
	}
	if i == len(want) || i == len(got) {
		return 0
	}
	w, g := want[i:], got[i:]
	follows := func(want, got []rune) bool { return len(got) >= len(want) && slices.Equal(want, got[:len(want)]) }
	for n := 1; n <= longestDrop && n < len(w) && (n == 1 || long); n++ {
		if rest := w[n:]; follows(rest, g) && (n == 1 || len(rest) >= 2) {
			return i + len(rest)
		}
	}
	if i > 0 && g[0] == got[i-1] && follows(w, g[1:]) {
		return i + 1 + len(w)
	}
	if len(w) >= 2 && len(g) >= 2 && w[0] == g[1] && w[1] == g[0] && follows(w[2:], g[2:]) && han(g[0]) && han(g[1]) {
		return i + len(w)
	}
	if len(g) < len(w) || !han(g[0]) {
		return 0
	}
	if rest := w[1:]; follows(rest, g[1:]) && traditional.Simplified(g[0]) != w[0] {
		// At the end of a formula another character may make another word.
		if len(rest) > 0 || sound.Alike(w[0], g[0]) != sound.None {
			return i + len(w)
		}
	}
	if len(w) >= 3 && strings.ContainsRune("”“", w[2]) && follows(w[2:], g[2:]) && han(g[1]) {
		return i + len(w)
	}
	return 0
}

// slogans are those whose company makes sure what is meant by a form like theirs.
var slogans = []string{"“四个意识”", "“四个自信”", "“两个维护”", "“两个确立”"}

// certain tells whether a stretch like a formula is meant to be it: with a whole word
// exchanged, 做到“两个到位”, it may be another, unless it stands beside others of the
// family.
func certain(s string, b, e int, formula string) bool {
	got, want := []rune(s[b:e]), []rune(formula)
	if len(got) != len(want) {
		return true
	}
	off := 0
	for i := range got {
		if got[i] != want[i] {
			off++
		}
	}
	if off < 2 || slices.Equal(sorted(got), sorted(want)) {
		return true
	}
	lead, behind := s[max(0, b-200):b], s[e:min(len(s), e+200)]
	return strings.Contains(formula, "“四个") || slices.ContainsFunc(slogans, func(x string) bool { return strings.Contains(lead, x) || strings.Contains(behind, x) })
}

func sorted(r []rune) []rune {
	r = slices.Clone(r)
	slices.Sort(r)
	return r
}
