package suspect

import (
	"strings"
	"unicode/utf8"
)

// tail is how many characters after a gap must be repeated word for word for two
// places to be the same phrase.
const tail = 6

// echoes finds what the same text writes differently elsewhere. It reports whether
// there was any place to ask about.
func (c *scan) echoes(s string, yield func(Suspicion)) (any bool) {
	l := &c.l
	for i := range c.path {
		a := &l.arcs[c.path[i]]
		if a.to-a.from != 1 {
			continue
		}
		if i+1 < len(c.path) && a.to+tail <= len(l.run) {
			if b := &l.arcs[c.path[i+1]]; !b.fits {
				any = true
				if len(s) <= longestText {
					c.dropped(s, a, b, yield)
				}
			}
		}
		if i > 0 && a.to == len(l.run) && l.right == l.m.number {
			if p := &l.arcs[c.path[i-1]]; p.to-p.from > 1 && !a.fits && !strings.ContainsRune(beforeNumbers, l.run[a.from]) {
				any = true
				if len(s) <= longestText {
					l.exchanged(s, p, a, yield)
				}
			}
		}
	}
	return any
}

func (l *lattice) seen(a, b word) bool {
	_, seen := l.m.follow(a, b)
	return seen
}

// around returns the text around a place and where it begins.
func around(s string, at int) (string, int) {
	low := max(0, at-neighbourhood)
	return s[low:min(len(s), at+neighbourhood)], low
}

// dropped finds a place where a character is missing that stands in the same phrase
// elsewhere in the text: 抓管好政务新媒体, where 抓实管好政务新媒体 is written above. Only
// a single character that nobody puts beside the next word can be such a place.
func (c *scan) dropped(s string, a, b *arc, yield func(Suspicion)) {
	l := &c.l
	if !c.places.made {
		c.places.make(s)
	}
	from, gap := l.at(a.from), l.at(a.to)
	before, missing, clash := s[from:gap], "", false
	few := c.places.each(s, gap, func(at int) bool {
		if at == gap {
			return true
		}
		r, size := utf8.DecodeLastRuneInString(s[:at])
		if string(r) == before || missing != "" && missing != string(r) {
			clash = true // the text writes it so, or in several ways
			return false
		}
		if isHan(r) && strings.HasSuffix(s[:at-size], before) {
			missing = string(r)
		}
		return true
	})
	if few && !clash && missing != "" && !strings.Contains(optional, missing) {
		to := l.at(b.to)
		yield(Suspicion{Start: from, End: to, Wrong: s[from:to], Right: before + missing + s[gap:to], Probability: sureEcho, Echo: true})
	}
}

// exchanged finds a character before a number that stands behind the same word in
// no other place, where the text has another one: 培训化2次 beside 培训会3次.
func (l *lattice) exchanged(s string, p, a *arc, yield func(Suspicion)) {
	from, at, to := l.at(p.from), l.at(a.from), l.at(a.to)
	word, near := s[from:at], ""
	if near, _ = around(s, at); strings.Count(near, s[from:to]) > 1 {
		return
	}
	other := ""
	for k := 0; ; {
		n := strings.Index(near[k:], word)
		if n < 0 {
			break
		}
		k += n + len(word)
		r, size := utf8.DecodeRuneInString(near[k:])
		if next := near[min(len(near), k+size):]; !isHan(r) || string(r) == s[at:to] || next == "" || next[0] < '0' || next[0] > '9' {
			continue
		}
		if other != "" && other != string(r) {
			return
		}
		other = string(r)
	}
	if other != "" && strings.Count(near, word+other) > 1 {
		yield(Suspicion{Start: from, End: to, Wrong: s[from:to], Right: word + other, Probability: sureEcho, Echo: true})
	}
}

// optional are characters that good texts leave out or put in as they please, and
// those that make another thing of the phrase.
const optional = "的地得之其者了有等各省市县区乡镇州旗村级度年月日期十百千万两一二三四五六七八九不未无非经由按在与和及或对本该原新总副正部照上下内外前后中"

// beforeNumbers stand before any number.
const beforeNumbers = "第自于至约近超共达在从到为有计即和与或及等按以满逾过足仅余"

// sureEcho is how sure an echo is: the other place may be another phrase.
const sureEcho = 0.8
