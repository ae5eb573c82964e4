package suspect

import (
	"math"
	"strings"
)

// Signs is how many things are weighed.
const Signs = 46

// The signs of a candidate, in their order.
const (
	sMargin       = iota
	sMarginEach   // margin per character
	sLike         // same, near, lookalike
	sChanged      // how many characters differ
	sLength       // of the stretch
	sOff          // which character differs
	sRightCost    // of the word meant, alone
	sWrongCost    // of the stretch as a word
	sListed       // how often the dictionary has the stretch
	sBorders      // which borders of the stretch the text's own words keep
	sSingles      // words of one character inside
	sPairBefore   // the word meant was seen behind what stands before
	sPairBehind   // and before what stands behind
	sGainBefore   // how much those pairs help
	sGainBehind   //
	sTextBefore   // the same for what stands there
	sTextBehind   //
	sTextGainB    //
	sTextGainE    //
	sTypedCost    // the character that differs
	sMeantCost    // and what it is meant to be
	sKeptCost     // the commonest character that stays
	sPrevLength   // of the word before; 0 at an edge, -1 a number
	sNextLength   //
	sPrevCost     //
	sNextCost     //
	sSurname      // a surname before or at the beginning
	sPlace        // the stretch ends, or is followed, like names of places
	sTextCost     // of the text's words per character
	sRunCost      // of the whole run per character
	sRunLength    //
	sRightElse    // the text has the word meant elsewhere
	sWrongElse    // and the stretch
	sTextLength   // logarithm of the text's bytes
	sRival        // how much better than the next proposal for the place
	sRivals       // how many there are
	sUnknown      // a character that is no word
	sBroken       // words of one character around
	sPrevEdge     // the stretch begins a clause
	sNextEdge     // or ends it
	sTypedAsWord  // the text has the character that differs as a word of its own
	sWordBefore   // cost of the stretch's own first word behind its neighbour
	sWordBehind   //
	sRightDiffers // cost of the word meant less that of the stretch as a word
	sRightPhrases // threes of words around the word meant that were seen
	sTextPhrases  // and around the stretch as it stands
)

// SignNames says what the signs are, in their order.
var SignNames = [Signs]string{"margin", "margin per character", "likeness", "characters changed", "length", "place of the change", "cost of the word", "cost of the stretch as a word",
	"listed", "borders kept", "single characters", "pair before", "pair behind", "gain before", "gain behind", "text's pair before", "text's pair behind", "text's gain before", "text's gain behind",
	"cost of the typed character", "cost of the meant character", "cost of the kept character", "length before", "length behind", "cost before", "cost behind", "surname", "place", "cost of the text",
	"cost of the run", "length of the run", "stands elsewhere as it should", "stands elsewhere as it is", "length of the text", "rival", "rivals", "unknown character", "broken neighbourhood",
	"begins a clause", "ends a clause", "typed character alone", "text's cost before", "text's cost behind", "difference of words",
	"phrases", "text's phrases"}

// surnames are the commonest ones that are no common words at the same time.
const surnames = "王李张刘陈杨赵黄周吴徐孙胡朱林郭罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范廖贾韦付邱邹熊孟秦阎薛侯雷龙段郝孔邵毛龚"

// placeEnds end names.
const placeEnds = "省市县区镇乡村街路桥江河湖山岛港湾州洲庄屯寨堡沟族寺庙社"

// never is the cost of what is no word.
const never = 25

// signs weighs a candidate. before and behind are the arcs beside it on its best
// way, -1 at the ends of the run; total is what the run costs as it stands.
func (d *Detector) signs(l *lattice, path []int32, x *candidate, total float32) (v [Signs]float32) {
	w := x.to - x.from
	n := len(l.run)
	v[sMargin], v[sMarginEach] = x.margin, x.margin/float32(w)
	v[sLike], v[sChanged], v[sLength], v[sOff] = float32(x.like), float32(x.changed), float32(w), float32(x.off)
	v[sRightCost], v[sWrongCost] = x.e.word.cost, never
	for _, a := range l.heads(x.from) {
		if a.to == x.to && a.known {
			v[sWrongCost] = a.word.cost
		}
	}
	v[sRightDiffers] = v[sRightCost] - v[sWrongCost]
	v[sListed] = -1
	if c, ok := d.listed.find(l.run[x.from:x.to]); ok {
		v[sListed] = c
	}
	// What stands beside the word meant.
	prev, next := l.left, l.right
	if x.before >= 0 {
		a := &l.arcs[x.before]
		prev, v[sPrevLength], v[sPrevCost] = a.word, float32(a.to-a.from), a.word.cost
	} else {
		v[sPrevLength], v[sPrevEdge] = besideRun(l.m, l.left)
	}
	if x.behind >= 0 {
		a := &l.arcs[x.behind]
		next, v[sNextLength], v[sNextCost] = a.word, float32(a.to-a.from), a.word.cost
	} else {
		v[sNextLength], v[sNextEdge] = besideRun(l.m, l.right)
	}
	v[sGainBefore], v[sPairBefore] = l.gain(prev, x.e.word)
	v[sGainBehind], v[sPairBehind] = l.gain(x.e.word, next)
	l.asItStands(&v, path, x)
	d.phrases(&v, l, path, x)
	v[sKeptCost] = never
	switch {
	case x.like < Missing:
		if x.off >= 0 {
			v[sTypedCost], v[sMeantCost] = costOf(l, l.run[x.from+x.off]), costOf(l, x.e.runes[x.off])
		}
		for i, r := range l.run[x.from:x.to] {
			if x.e.runes[i] == r {
				v[sKeptCost] = min(v[sKeptCost], costOf(l, r))
			}
		}
	default:
		v[sMeantCost] = costOf(l, x.e.runes[min(x.off, int(x.e.n)-1)])
		if w == 1 || x.like == Twice {
			v[sTypedCost] = costOf(l, l.run[x.from+min(x.off, w-1)])
		}
		for _, r := range l.run[x.from:x.to] {
			v[sKeptCost] = min(v[sKeptCost], costOf(l, r))
		}
	}
	in := func(i int, set string) bool { return i >= 0 && i < n && strings.ContainsRune(set, l.run[i]) }
	if in(x.from-1, surnames) || in(x.from, surnames) {
		v[sSurname] = 1
	}
	if in(x.to, placeEnds) || in(x.to-1, placeEnds) {
		v[sPlace] = 1
	}

	v[sRival], v[sRivals] = x.rival, x.rivals
	return v
}

func besideRun(m *Model, w word) (length, edge float32) {
	if w == m.number {
		return -1, 0
	}
	return 0, 1
}

// gain is how much cheaper b is behind a than alone, and whether they were seen.
func (l *lattice) gain(a, b word) (gain, seen float32) {
	c, ok := l.m.follow(a, b)
	if ok {
		seen = 1
	}
	return b.cost - c, seen
}

// phrases fills in what is known of the words around a candidate by threes.
func (d *Detector) phrases(v *[Signs]float32, l *lattice, path []int32, x *candidate) {
	var ids [16]int32
	words := ids[:0]
	arc := func(k int32) { words = append(words, l.arcs[k].word.id) }
	if x.before >= 0 {
		if p := l.arcs[x.before].back; p >= 0 {
			arc(p)
		}
		arc(x.before)
	}
	words = append(words, x.e.word.id)
	if x.behind >= 0 {
		arc(x.behind)
		a := &l.arcs[x.behind]
		if _, next := l.onward(a.word, a.to, 1e9); next >= 0 {
			arc(next)
		}
	}
	v[sRightPhrases] = d.p.count(words)
	words = ids[:0]
	first, last := spanOf(l, path, x)
	for _, k := range path[max(0, first-2):min(len(path), last+3)] {
		arc(k)
	}
	v[sTextPhrases] = d.p.count(words)
}

// spanOf returns the first and the last word of the text's own way that a candidate
// takes part of.
func spanOf(l *lattice, path []int32, x *candidate) (first, last int) {
	last = len(path) - 1
	for first < last && l.arcs[path[first]].to <= x.from {
		first++
	}
	for last > first && l.arcs[path[last]].from >= x.to {
		last--
	}
	return first, last
}

// asItStands fills in the signs of the text's own best way through the stretch.
func (l *lattice) asItStands(v *[Signs]float32, path []int32, x *candidate) {
	first, last := spanOf(l, path, x)
	prev, next := l.left, l.right
	if first > 0 {
		prev = l.arcs[path[first-1]].word
	}
	if last+1 < len(path) {
		next = l.arcs[path[last+1]].word
	}
	a, z := &l.arcs[path[first]], &l.arcs[path[last]]
	if a.from == x.from {
		v[sBorders]++
	}
	if z.to == x.to {
		v[sBorders] += 2
	}
	chars := 0
	for _, k := range path[first : last+1] {
		b := &l.arcs[k]
		chars += b.to - b.from
		v[sTextCost] += b.word.cost
		if b.to-b.from == 1 {
			v[sSingles]++
			if b.from == x.from+x.off {
				v[sTypedAsWord] = 1
			}
		}
		if !b.known {
			v[sUnknown] = 1
		}
	}
	v[sTextCost] /= float32(chars)
	v[sTextGainB], v[sTextBefore] = l.gain(prev, a.word)
	v[sTextGainE], v[sTextBehind] = l.gain(z.word, next)
	v[sWordBefore], v[sWordBehind] = a.word.cost-v[sTextGainB], next.cost-v[sTextGainE]
	for _, i := range []int{first - 2, first - 1, last + 1, last + 2} {
		if i >= 0 && i < len(path) {
			if b := &l.arcs[path[i]]; b.to-b.from == 1 && b.word.cost > 7.5 {
				v[sBroken]++
			}
		}
	}
}

// elsewhere adds what the rest of the text says to the signs of a suspicion. Of a
// very long text only the neighbourhood is asked, so that the work stays in
// proportion.
func elsewhere(v *[Signs]float32, s string, b, e int, right string) {
	wrong := s[b:e]
	s = s[max(0, b-neighbourhood):min(len(s), e+neighbourhood)]
	v[sRightElse] = float32(count(s, right, 3))
	v[sWrongElse] = float32(count(s, wrong, 4) - 1)
	v[sTextLength] = lengthOf(s)
}

// count is how often a word stands in s, most if more often.
func count(s, word string, most int) (n int) {
	for n < most {
		i := strings.Index(s, word)
		if i < 0 {
			break
		}
		n++
		s = s[i+len(word):]
	}
	return n
}

func lengthOf(s string) float32 { return float32(math.Log(float64(min(len(s), neighbourhood)))) }

// hopeful sets those signs as they would speak best for the suspicion.
func hopeful(v *[Signs]float32, s string) { v[sRightElse], v[sTextLength] = 3, lengthOf(s) }

// neighbourhood is how many bytes to each side count as the rest of the text.
const neighbourhood = 100_000

// costOf is what a single character costs alone.
func costOf(l *lattice, r rune) float32 {
	if w, ok := l.m.find([]rune{r}); ok {
		return w.cost
	}
	return l.m.unknown
}
