package wording

import (
	"unicode/utf8"

	"gongkai/internal/zh"
)

// nearMisses finds phrases with one character dropped, doubled or exchanged. A
// phrase with one slip still has one of its halves whole, so the halves are looked
// for and the other side is compared.
type nearMisses struct {
	phrases []([]rune)
	whole   map[string]bool
	halves  []half
	matcher *zh.Matcher
}

type half struct {
	phrase int
	first  bool // the half that begins the phrase
	runes  int
}

// shortest is the length of phrases that may be compared; in shorter ones one slip
// makes another word.
const shortest = 5

func newNearMisses(phrases []string) *nearMisses {
	n := &nearMisses{whole: map[string]bool{}}
	var words []string
	for _, p := range phrases {
		n.whole[p] = true
		r := []rune(p)
		if len(r) < shortest {
			continue
		}
		i := len(n.phrases)
		n.phrases = append(n.phrases, r)
		m := len(r) / 2
		words = append(words, string(r[:m]), string(r[m:]))
		n.halves = append(n.halves, half{i, true, m}, half{i, false, len(r) - m})
	}
	n.matcher = zh.NewMatcher(words, nil)
	return n
}

// each calls yield with every near miss and what it should be. Where two phrases
// explain a place, the longer one does.
func (n *nearMisses) each(s string, yield func(b, e int, phrase string)) {
	type miss struct {
		b, e   int
		phrase []rune
	}
	var found []miss
	right := map[[2]int]bool{} // places where a phrase stands as it should
	n.matcher.Each(s, func(m zh.Match) bool {
		h := n.halves[m.Pattern]
		p := n.phrases[h.phrase]
		if h.first {
			rest := p[h.runes:]
			k, exact := slip(rest, ahead(s, m.End, len(rest)+1), true)
			switch {
			case exact:
				right[[2]int{m.Start, m.End + len(string(rest))}] = true
			case k > 0:
				found = append(found, miss{m.Start, m.End + bytesOf(s, m.End, k), p})
			}
			return true
		}
		rest := p[:len(p)-h.runes]
		if k, exact := slip(reversed(rest), behind(s, m.Start, len(rest)+1), false); !exact && k > 0 {
			found = append(found, miss{m.Start - bytesBefore(s, m.Start, k), m.End, p})
		}
		return true
	})
	for i, x := range found {
		worse := false
		for at := range right {
			worse = worse || at[0] < x.e && at[1] > x.b // part of it is another phrase, right as it is
		}
		for j, y := range found {
			if j != i && y.b < x.e && y.e > x.b && (len(y.phrase) > len(x.phrase) || len(y.phrase) == len(x.phrase) && j < i) {
				worse = true
			}
		}
		if !worse && !n.whole[s[x.b:x.e]] {
			yield(x.b, x.e, string(x.phrase))
		}
	}
}

// slip compares what should stand with what does. It returns how many characters
// of the text the near miss takes, 0 if it is none, and whether it stands as it
// should. Only Han characters are exchanged.
func slip(want, got []rune, forward bool) (int, bool) {
	n := len(want)
	if len(got) >= n && equal(want, got[:n]) {
		return 0, true
	}
	i := 0
	for i < n && i < len(got) && want[i] == got[i] {
		i++
	}
	if i == n {
		return 0, false
	}
	// One dropped: the rest of what is wanted follows at once.
	if rest := want[i+1:]; len(rest) > 0 && len(got) >= i+len(rest) && equal(rest, got[i:i+len(rest)]) {
		return i + len(rest), false
	}
	// One doubled.
	if rest := want[i:]; i > 0 && len(got) >= i+1+len(rest) && got[i] == got[i-1] && equal(rest, got[i+1:i+1+len(rest)]) {
		return i + 1 + len(rest), false
	}
	// One exchanged, not at the far end: there it is another word.
	if rest := want[i+1:]; len(got) > i && han(got[i]) && len(got) >= i+1+len(rest) && equal(rest, got[i+1:i+1+len(rest)]) && (len(rest) > 0 || soundsLike(want[i], got[i])) {
		return i + 1 + len(rest), false
	}
	return 0, false
}

func equal(a, b []rune) bool { return string(a) == string(b) }

func han(r rune) bool { return r >= 0x4E00 && r <= 0x9FFF }

// ahead and behind return the characters beside a place, nearest first.
func ahead(s string, i, n int) (all []rune) {
	for _, r := range s[i:min(len(s), i+4*n)] {
		if len(all) == n || r == '\n' || r == utf8.RuneError {
			break
		}
		all = append(all, r)
	}
	return all
}

func behind(s string, i, n int) (all []rune) {
	for len(all) < n && i > 0 {
		r, k := utf8.DecodeLastRuneInString(s[:i])
		if r == '\n' {
			break
		}
		all = append(all, r)
		i -= k
	}
	return all
}

func reversed(r []rune) []rune {
	all := make([]rune, 0, len(r))
	for i := len(r) - 1; i >= 0; i-- {
		all = append(all, r[i])
	}
	return all
}

func bytesOf(s string, i, runes int) int {
	n := 0
	for range runes {
		_, k := utf8.DecodeRuneInString(s[i+n:])
		n += k
	}
	return n
}

func bytesBefore(s string, i, runes int) int {
	n := 0
	for range runes {
		_, k := utf8.DecodeLastRuneInString(s[:i-n])
		n += k
	}
	return n
}

// soundsLike tells whether two characters can be read alike.
func soundsLike(a, b rune) bool {
	for _, x := range readings(a) {
		for _, y := range readings(b) {
			if x == y {
				return true
			}
		}
	}
	return false
}

// oneOff tells whether b is a with exactly one character exchanged for one that
// sounds or is written alike.
func oneOff(a, b []rune) bool {
	if len(a) != len(b) {
		return false
	}
	off := -1
	for i := range a {
		if a[i] != b[i] {
			if off >= 0 {
				return false
			}
			off = i
		}
	}
	return off >= 0 && soundsLike(a[off], b[off])
}
