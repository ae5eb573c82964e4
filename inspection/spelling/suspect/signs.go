package suspect

import (
	"strings"

	"gongkai/inspection/spelling/sound"
	"gongkai/internal/zh"
)

// Signs is how many things are weighed.
const Signs = 30

// SignNames says what the signs are, in their order.
var SignNames = [Signs]string{"always", "margin", "margin per character", "near sound", "lookalike", "both characters", "stands as a word", "borders kept",
	"cost of the word", "two characters", "three characters", "four characters", "single characters", "pair before", "pair behind", "text's pair before", "text's pair behind",
	"rare character", "surname before", "place or name behind", "cost of the text", "single beside", "unknown character", "one clause",
	"margin of a word", "margin of two characters", "pairs on both sides", "stands elsewhere as it should", "stands elsewhere as it is", "long text"}

// surnames are the commonest ones that are no common words at the same time.
const surnames = "王李张刘陈杨赵黄周吴徐孙胡朱林郭罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范廖贾韦付邱邹熊孟秦阎薛侯雷龙段郝孔邵毛龚"

// placeEnds end names.
const placeEnds = "省市县区镇乡村街路桥江河湖山岛港湾州洲庄屯寨堡沟族寺庙社"

// signs weighs a candidate.
func signs(l *lattice, path []int32, x candidate) (v [Signs]float32) {
	bit := func(i int, is bool) {
		if is {
			v[i] = 1
		}
	}
	w := x.to - x.from
	v[0] = 1
	v[1] = min(x.margin, 25) / 5
	v[2] = min(x.margin/float32(w), 8) / 3
	bit(3, x.like == sound.Near)
	bit(4, x.like == sound.Look)
	bit(5, x.off < 0)
	v[8] = (x.e.word.cost - 10) / 4
	bit(9, w == 2)
	bit(10, w == 3)
	bit(11, w == 4)
	for _, k := range l.heads[x.from] {
		bit(6, l.arcs[k].to == x.to && l.arcs[k].known || v[6] == 1)
	}
	// The text's own best way through the stretch.
	prev, next := l.left, l.right
	textPrev, textNext := l.left, l.right
	first, last := -1, -1
	begins, ends := false, false
	for i, k := range path {
		a := &l.arcs[k]
		if a.to <= x.from {
			prev, textPrev = a.word, a.word
			continue
		}
		if a.from >= x.to {
			if last >= 0 && i == last+1 {
				next, textNext = a.word, a.word
			}
			break
		}
		if first < 0 {
			first = i
		}
		last = i
		begins, ends = begins || a.from == x.from, ends || a.to == x.to
		if a.to-a.from == 1 {
			v[12]++
		}
		if !a.known {
			v[22] = 1
		}
		v[20] += a.word.cost
	}
	v[20] /= float32(w) * 8
	bit(7, begins && ends)
	_, seen := l.m.follow(prev, x.e.word)
	bit(13, seen)
	_, seen = l.m.follow(x.e.word, next)
	bit(14, seen)
	if first >= 0 {
		_, seen = l.m.follow(textPrev, l.arcs[path[first]].word)
		bit(15, seen)
		_, seen = l.m.follow(l.arcs[path[last]].word, textNext)
		bit(16, seen)
		for _, i := range []int{first - 1, last + 1} {
			if i >= 0 && i < len(path) {
				if a := &l.arcs[path[i]]; a.to-a.from == 1 && a.word.cost > 8 {
					v[21]++
				}
			}
		}
	}
	if x.off >= 0 {
		v[17] = (costOf(l, l.run[x.from+x.off]) - 9) / 4
	}
	in := func(i int, set string) bool {
		if i < 0 || i >= len(l.run) {
			return false
		}
		for _, r := range set {
			if r == l.run[i] {
				return true
			}
		}
		return false
	}
	bit(18, in(x.from-1, surnames) || in(x.from, surnames))
	bit(19, in(x.to, placeEnds) || in(x.to-1, placeEnds))
	bit(23, x.from == 0 && x.to == len(l.run))
	v[24], v[25], v[26] = v[1]*v[6], v[1]*v[9], v[13]*v[14]
	return v
}

// elsewhere adds what the rest of the text says to the signs of a suspicion. Of a
// very long text only the neighbourhood is asked, so that the work stays in
// proportion.
func elsewhere(v *[Signs]float32, s string, b, e int, right string) {
	wrong := s[b:e]
	s = s[max(0, b-neighbourhood):min(len(s), e+neighbourhood)]
	v[27] = float32(min(strings.Count(s, right), 3))
	v[28] = float32(min(strings.Count(s, wrong)-1, 3))
	if len(s) > longText {
		v[29] = 1
	}
}

// neighbourhood is how many bytes to each side count as the rest of the text.
const neighbourhood = 100_000

// longText is from how many bytes a text can be expected to repeat its words.
const longText = 3000

// costOf is what a single character costs alone.
func costOf(l *lattice, r rune) float32 {
	s, ok := l.m.words.Step(l.m.words.Root(), r)
	if !ok {
		return l.m.unknown
	}
	v, ok := l.m.words.Value(s)
	if !ok {
		return l.m.unknown
	}
	_, unknown := zh.Dictionary()
	return l.m.word(s, v, unknown).cost
}
