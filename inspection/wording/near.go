package wording

import (
	"slices"
	"strings"
	"unicode/utf8"

	"gongkai/inspection/spelling/sound"
	"gongkai/inspection/traditional"
)

// nearMisses finds phrases with one character dropped, doubled or exchanged. A
// phrase with one slip still has one of its halves whole, so the halves are looked
// for and the other side is compared.
type nearMisses struct {
	phrases []([]rune)
	texts   []string
	whole   map[string]bool
	halves  []half
}

type half struct {
	phrase int
	drops  bool // only a character left out is looked for
	strict bool // a formula: any slip at all is looked for
	first  bool // the half that begins the phrase
	word   string
	other  string // the other half
	plain  bool   // the other half has two characters or more, all of three bytes
}

// shortest is the length of phrases that may be compared; in shorter ones one slip
// makes another word.
const shortest = 5

func newNearMisses(phrases []string) *nearMisses {
	n := &nearMisses{whole: map[string]bool{}}
	for _, p := range phrases {
		p, drops := strings.CutPrefix(p, "~")
		p, strict := strings.CutPrefix(p, strictly)
		if right, ok := strings.CutPrefix(p, "="); ok {
			n.whole[right] = true
			continue
		}
		n.whole[p] = true
		r := []rune(p)
		if len(r) < shortest && !drops {
			continue
		}
		i := len(n.phrases)
		n.phrases, n.texts = append(n.phrases, r), append(n.texts, p)
		m := len(r) / 2
		a, b := string(r[:m]), string(r[m:])
		n.halves = append(n.halves, half{i, drops, strict, true, a, b, plain(b)}, half{i, drops, strict, false, b, a, plain(a)})
		// What is left out of a long formula may reach over its middle.
		if strict && len(r) >= longFormula {
			third := len(r) / 3
			a, b := string(r[:third]), string(r[third:])
			n.halves = append(n.halves, half{i, false, true, true, a, b, true})
			a, b = string(r[:len(r)-third]), string(r[len(r)-third:])
			n.halves = append(n.halves, half{i, false, true, false, b, a, true})
		}
	}
	return n
}

func plain(s string) bool {
	n := 0
	for _, r := range s {
		if n++; utf8.RuneLen(r) != 3 {
			return false
		}
	}
	return n > 1
}

// may tells whether a half at byte i can be of its phrase or nearly so: of the two
// characters beside it one has to be where the phrase has it, or one place off. Most
// halves are words of their own, and are left here.
func (n *nearMisses) may(half int, s string, i int) bool {
	h := &n.halves[half]
	if !h.plain || h.strict {
		return true
	}
	if h.first {
		got := s[i+len(h.word):]
		return len(got) >= 6 && (got[:3] == h.other[:3] || got[:3] == h.other[3:6] || got[3:6] == h.other[3:6])
	}
	k := len(h.other)
	return i >= 6 && (s[i-3:i] == h.other[k-3:] || s[i-3:i] == h.other[k-6:k-3] || s[i-6:i-3] == h.other[k-6:k-3]) || i >= 3 && s[i-3:i] == h.other[k-3:]
}

// miss is a stretch that is nearly a phrase.
type miss struct {
	b, e int
	*half
}

// nears are the near misses of a text in the making.
type nears struct {
	*nearMisses
	s     string
	found []miss
	right []place // where a phrase stands as it should, in the order of the text
}

// half looks at the place at where a half stands. They are given in the order of the
// text.
func (n *nears) half(half, at int) {
	if n.may(half, n.s, at) {
		n.compare(half, at)
	}
}

// compare compares the other side of a half with what stands there.
func (n *nears) compare(half, at int) {
	h, s := &n.halves[half], n.s
	text, end := n.texts[h.phrase], at+len(h.word)
	if h.first {
		if strings.HasPrefix(s[end:], h.other) {
			n.right = append(n.right, place{int32(at), int32(at + len(text))})
		} else if h.strict {
			if k := strictAfter(h.other, s[end:], len(n.phrases[h.phrase]) >= longFormula); k > 0 {
				n.found = append(n.found, miss{at, end + k, h})
			}
		} else if k := h.after(h.other, s[end:]); k > 0 {
			n.found = append(n.found, miss{at, end + k, h})
		}
		return
	}
	if strings.HasSuffix(s[:at], h.other) {
		return
	}
	if h.strict {
		if k := strictBefore(h.other, s[:at], len(n.phrases[h.phrase]) >= longFormula); k > 0 {
			n.found = append(n.found, miss{at - k, end, h})
		}
		return
	}
	if k := slipBefore(h.other, s[:at]); k > 0 && (!h.drops || k < len(h.other)) {
		n.found = append(n.found, miss{at - k, end, h})
	}
}

// each calls yield with every near miss and what it should be. Where two phrases
// explain a place, the longer one does; a stretch of which part is another phrase,
// right as it is, is none.
func (n *nears) each(stopped func() bool, yield func(b, e int, x *half)) {
	slices.SortStableFunc(n.found, func(a, b miss) int { return a.b - b.b })
	n.found = slices.DeleteFunc(n.found, func(x miss) bool { return n.whole[n.s[x.b:x.e]] || overlaps(n.right, x) })
	for i, x := range n.found {
		if i%seldom == 0 && stopped() {
			return
		}
		if n.beaten(n.found, i) {
			continue
		}
		yield(x.b, x.e, x.half)
	}
}

// place is a stretch of a text.
type place struct{ b, e int32 }

// seldom is after how many places it is asked whether anybody still waits.
const seldom = 512

// longestPhrase bounds, in bytes, how far before a place a phrase may begin that
// reaches into it.
const longestPhrase = 120

// overlaps tells whether a phrase that stands as it should shares characters with x. A
// formula is looked for around phrases it consists of: there it has to hold all of x.
func overlaps(right []place, x miss) bool {
	i, _ := slices.BinarySearchFunc(right, x.b-longestPhrase, func(r place, b int) int { return int(r.b) - b })
	for ; i < len(right) && int(right[i].b) < x.e; i++ {
		if int(right[i].e) > x.b && (!x.strict || int(right[i].b) <= x.b && int(right[i].e) >= x.e) {
			return true
		}
	}
	return false
}

// beaten tells whether another near miss explains the place better.
func (n *nearMisses) beaten(found []miss, i int) bool {
	x := found[i]
	longer := func(j int) bool {
		y := found[j]
		if y.b >= x.e || y.e <= x.b {
			return false
		}
		a, b := len(n.phrases[y.phrase]), len(n.phrases[x.phrase])
		return a > b || a == b && j < i
	}
	for j := i - 1; j >= 0 && found[j].b > x.b-longestPhrase; j-- {
		if longer(j) {
			return true
		}
	}
	for j := i + 1; j < len(found) && found[j].b < x.e; j++ {
		if longer(j) {
			return true
		}
	}
	return false
}

// after is slipAfter, and what a phrase takes whose last character was left out before
// a mark: 贯彻执。
func (h half) after(want, got string) int {
	if k := slipAfter(want, got); k > 0 {
		if h.drops && k >= len(want) {
			return 0
		}
		return k
	}
	_, last := utf8.DecodeLastRuneInString(want)
	head := want[:len(want)-last]
	if next, _ := utf8.DecodeRuneInString(got[min(len(got), len(head)):]); strings.HasPrefix(got, head) && strings.ContainsRune("，。；、！？：）", next) {
		return len(head)
	}
	return 0
}

// slipAfter compares what should follow with what does, and returns how many bytes
// of it a near miss takes: with one character dropped, doubled or exchanged for
// one it is mistaken for. It returns 0 if it is none.
func slipAfter(want, got string) int {
	i := 0
	for i < len(want) && i < len(got) && want[i] == got[i] {
		i++
	}
	for i < len(want) && i > 0 && !utf8.RuneStart(want[i]) {
		i--
	}
	if i == len(want) {
		return 0
	}
	r, k := utf8.DecodeRuneInString(want[i:])
	rest := want[i+k:]
	if rest != "" && strings.HasPrefix(got[i:], rest) {
		return i + len(rest)
	}
	next, n := utf8.DecodeRuneInString(got[i:])
	if last, _ := utf8.DecodeLastRuneInString(got[:i]); i > 0 && next == last && strings.HasPrefix(got[i+n:], want[i:]) {
		return i + n + len(want[i:])
	}
	// Only one that is mistaken for it: any other makes another word, 重大意义 beside
	// 重要意义. What is only written in the other script is right as it is.
	if strings.HasPrefix(got[i+n:], rest) && han(next) && traditional.Simplified(next) != r && mistaken(r, next, rest) {
		return i + n + len(rest)
	}
	return 0
}

// slipBefore is slipAfter for what should stand before, read from its end.
func slipBefore(want, got string) int {
	i := 0 // bytes that agree, from the end
	for i < len(want) && i < len(got) {
		_, k := utf8.DecodeLastRuneInString(want[:len(want)-i])
		if !strings.HasSuffix(got[:len(got)-i], want[len(want)-i-k:len(want)-i]) {
			break
		}
		i += k
	}
	if i == len(want) {
		return 0
	}
	left := got[:len(got)-i]
	r, k := utf8.DecodeLastRuneInString(want[:len(want)-i])
	rest := want[:len(want)-i-k]
	if rest != "" && strings.HasSuffix(left, rest) {
		return i + len(rest)
	}
	next, n := utf8.DecodeLastRuneInString(left)
	if first, _ := utf8.DecodeRuneInString(got[len(got)-i:]); i > 0 && next == first && strings.HasSuffix(left[:len(left)-n], want[:len(want)-i]) {
		return i + n + len(want) - i
	}
	if strings.HasSuffix(left[:len(left)-n], rest) && han(next) && traditional.Simplified(next) != r && mistaken(r, next, rest) {
		return i + n + len(rest)
	}
	return 0
}

// mistaken tells whether one character is typed for another: it sounds the same or,
// where more of the phrase lies beyond, nearly so, or looks like it.
func mistaken(want, got rune, rest string) bool {
	like := sound.Alike(want, got)
	return like == sound.Same || rest != "" && like != sound.None
}

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
