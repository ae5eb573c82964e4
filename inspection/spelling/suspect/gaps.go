package suspect

import (
	"strings"
	"unicode/utf8"

	"gongkai/inspection/spelling/sound"
)

// Beside characters typed for others there are characters left out and typed
// twice. They are the same kind of candidate, of another number of characters,
// and weighed by a forest of their own.

// The likenesses of such candidates, for the sign.
const (
	Missing sound.Likeness = sound.Look + 1 + iota // a character was left out
	Twice                                          // a character was typed twice
)

// fewWords is how many words are tried for one that lost all but one character.
const fewWords = 60

// gaps finds words that lost a character, and those that have one twice.
func (d *Detector) gaps(c *scan, from, to int) {
	l := &c.l
	n := len(l.run)
	for i := from; i < to; i++ {
		if i+1 < n && l.run[i] == l.run[i+1] {
			d.twice(c, i)
		}
		if l.run[i] == '的' {
			continue
		}
		for w := int(c.near[i]) + 1; w < longest && i+w <= n; w++ {
			if !c.sound(i, i+w) {
				continue
			}
			if w == 1 {
				most := c.left(i, i+1, lostLone)
				for k, all := 0, d.x.having.of(l.run[i]); k < len(all) && all[k].word.least < most; k++ {
					x := &all[k]
					c.propose(candidate{from: i, to: i + 1, word: x.word, e: x.e, kind: lostLone, like: Missing, off: lacks(x.e, l.run[i:i+1])}, true)
				}
				continue
			}
			if c.left(i, i+w, lostOne) <= 0 {
				continue
			}
			lost := d.lost(&c.memory, l.run[i:i+w])
			for k := range lost {
				d.offer(c, i, i+w, &lost[k], false)
			}
		}
	}
}

// lacks returns which character of e is missing in r, -1 if r is not e less one.
func lacks(e *entry, r []rune) int {
	if int(e.n) != len(r)+1 {
		return -1
	}
	k := 0
	for k < len(r) && e.runes[k] == r[k] {
		k++
	}
	for i := k; i < len(r); i++ {
		if e.runes[i+1] != r[i] {
			return -1
		}
	}
	return k
}

// twice proposes the words that the stretches around a doubled character are
// without the second one. A word that has it twice, 常常, is right.
func (d *Detector) twice(c *scan, at int) {
	l := &c.l
	for k, j := range c.path {
		a := &l.arcs[j]
		if a.from <= at && at+1 < a.to {
			return
		}
		if a.from == at && a.to == at+1 && k+1 < len(c.path) && l.arcs[c.path[k+1]].to == at+2 {
			return // the word itself stands twice: that is judged as a repetition
		}
	}
	for from := max(0, at-3); from <= at; from++ {
		for to := at + 2; to <= min(len(l.run), from+longest+1); to++ {
			e := &entry{n: uint8(to - from - 1)}
			if e.n < 2 {
				continue
			}
			copy(e.runes[:], l.run[from:at])
			copy(e.runes[at-from:], l.run[at+1:to])
			w, ok := l.m.find(e.runes[:e.n])
			if !ok || w.cost > rarest {
				continue
			}
			e.word = w
			c.propose(candidate{from: from, to: to, word: w, e: e, kind: twiceOne, like: Twice, off: at - from}, false)
		}
	}
}

// joints are characters that words end with and words begin with, and those that are
// doubled to say "every".
const joints = "以是在了会不的要可有就也这那能说过着等者及为于与和人一行得到来上下中大家地方民法权力员长局院党港" +
	"日天年月村户层事处时步代声个样条句项件次回"

// keyGap is the key of a word without one of its characters.
func keyGap(r []rune) uint32 {
	h := uint32(0x3C6EF372)
	for _, c := range r {
		h = mix(h, uint32(c))
	}
	return h
}

// Gap tells whether the suspicion is of a character left out or typed twice.
func (s *Suspicion) Gap() bool { return s.Like >= Missing }

// Lone tells whether the stretch is one character that was left of a word.
func (s *Suspicion) Lone() bool { return s.Like == Missing && utf8.RuneCountInString(s.Wrong) == 1 }

// slight tells of a gap that good texts have as they please: a 的, a number; of a word
// that goes on behind brackets, 渔（农）业; and of a character that often ends one word
// and begins the next, 可以以…的名义.
func slight(f *Suspicion, s string) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:f.Start])
	behind, _ := utf8.DecodeRuneInString(s[f.End:])
	if strings.ContainsRune("）)」』”…", before) || strings.ContainsRune("（(「『“…", behind) {
		return true
	}
	if f.Like == Twice {
		last := rune(0)
		for _, r := range f.Wrong {
			if r == last {
				return strings.ContainsRune(joints, r)
			}
			last = r
		}
		return false
	}
	for i := 0; i < len(f.Right); {
		r, n := utf8.DecodeRuneInString(f.Right[i:])
		if f.Right[:i]+f.Right[i+n:] == f.Wrong && strings.ContainsRune(optional, r) {
			return true
		}
		i += n
	}
	return false
}
