package suspect

import (
	"gongkai/inspection/spelling/sound"
)

// candidates finds the words that stretches over a weak place may be meant to be.
func (d *Detector) candidates(c *scan, from, to int) {
	l := &c.l
	n := len(l.run)
	for i := from; i < to; i++ {
		weak := int(c.near[i])
		if weak >= longest && !c.odd[i] {
			continue
		}
		for w := 1; w <= longest && i+w <= n; w++ {
			odd := w == 2 && c.odd[i] && w <= weak
			if w <= weak && !odd || !c.sound(i, i+w) {
				continue
			}
			if w == 1 {
				d.single(c, i)
				continue
			}
			if c.left(i, i+w, otherWord) <= 0 {
				continue
			}
			others := d.others(&c.memory, l.run[i:i+w])
			for k := range others {
				l.touch(i, others[k].word)
			}
			for k := range others {
				// A word that fits on one side may be another one: but then that one fits.
				d.offer(c, i, i+w, &others[k], odd)
			}
		}
	}
}

// offer proposes what a stretch may have been meant to be.
func (d *Detector) offer(c *scan, from, to int, p *proposal, known bool) {
	if p.word.least < c.left(from, to, p.kind) {
		c.propose(candidate{from: from, to: to, word: p.word, e: &d.x.words[p.entry], kind: p.kind, like: p.like, off: int(p.off), changed: int(p.changed)}, known)
	}
}

// sound tells whether the text's words keep the borders of a stretch: both, or one and
// a character that was left over. Words that were meant seldom begin and end within
// words that are there.
func (c *scan) sound(from, to int) bool {
	first, last := c.under[from] >= 0, c.over[to] >= 0
	return first && last || (first || last) && c.ones[to] > c.ones[from]
}

// single proposes characters for one that the text has as a word of its own.
func (d *Detector) single(c *scan, i int) {
	ch, most := c.l.run[i], c.left(i, i+1, otherSingle)
	if most <= 0 || particle(ch) {
		return
	}
	try := func(x *cheap, like sound.Likeness) {
		if x.word.least < most && x.e.runes[0] != ch {
			c.propose(candidate{from: i, to: i + 1, word: x.word, e: x.e, kind: otherSingle, like: like, off: 0, changed: 1}, true)
		}
	}
	own := d.x.main[ch-firstHan]
	for k, all := 0, d.x.singles[d.x.mains[ch]]; k < len(all) && all[k].word.least < most; k++ {
		c.l.touch(i, all[k].word)
	}
	for k, all := 0, d.x.singles[d.x.mains[ch]]; k < len(all) && all[k].word.least < most; k++ {
		if all[k].main == own {
			try(&all[k], sound.Same)
		} else {
			try(&all[k], sound.Near)
		}
	}
	for k, all := 0, d.x.looks.of(ch); k < len(all); k++ {
		try(&all[k], sound.Look)
	}
}

// known tells whether w was seen beside what the text has on either side of a
// stretch. Of the many words that one character may stand for, only such are tried.
func (c *scan) known(from, to int, w word) bool {
	l := &c.l
	prev, next := l.left, l.right
	if from > 0 {
		if c.over[from] < 0 {
			return true // no word of the text ends here
		}
		prev = l.arcs[c.over[from]].word
	}
	if to < len(l.run) {
		if c.under[to] < 0 {
			return true
		}
		next = l.arcs[c.under[to]].word
	}
	return l.seen(prev, w) || l.seen(w, next)
}

// A particle is exchanged for another by habit and by many writers on
// purpose; that is not ours to judge.
func particle(r rune) bool { return r == '的' || r == '地' || r == '得' }

// differs tells whether e is r with the character at k exchanged for one that is
// like it.
func differs(e *entry, r []rune, k int) (sound.Likeness, bool) {
	if int(e.n) != len(r) {
		return 0, false
	}
	for i, c := range r {
		if (c == e.runes[i]) == (i == k) {
			return 0, false
		}
	}
	if particle(e.runes[k]) {
		return 0, false
	}
	like := sound.Alike(r[k], e.runes[k])
	return like, like != sound.None
}

// soundsLike tells in how many characters e differs from r, which it sounds like,
// and how near the furthest of them is.
func soundsLike(e *entry, r []rune) (many int, like sound.Likeness) {
	if int(e.n) != len(r) {
		return 0, 0
	}
	like = sound.Same
	for i, c := range r {
		if c == e.runes[i] {
			continue
		}
		many++
		if a, b := sound.Main(c), sound.Main(e.runes[i]); a != b {
			if like = sound.Near; a.Fold() != b.Fold() {
				return 0, 0
			}
		}
	}
	if len(r) == 2 && like != sound.Same {
		return 0, 0 // too many words of two characters sound nearly alike
	}
	return many, like
}

// A kind is what is known of a candidate before it is weighed.
type kind uint8

const (
	otherSingle kind = iota // another character that is a word
	otherWord               // another word of the same sound
	nearWord                // of a sound mixed up with it
	lookWord                // with a character written alike
	lostLone                // a word of which one character is left
	lostOne                 // a word that lost a character
	twiceOne                // a word with a character twice
	kinds
)

// noise is a margin that says nothing.
const noise = 0.5

// Floor is the least probability from which suspicions are looked for: what is less
// probable may be passed over before it is weighed.
const Floor = 0.9

// By kind, the margins below which no candidate is a rival of another, and those below
// which hardly any is as probable as Floor: fewer than one in a thousand of those told.
var (
	audible = [kinds]float32{noise, noise, noise, noise, noise, noise, noise}
	worthy  = [kinds]float32{otherSingle: 2.2, otherWord: 4.5, nearWord: 6.8, lookWord: 5.4, lostLone: 3.4, lostOne: 2.1, twiceOne: 2.2}
)

// left is what a word from one place to another may cost at most, whatever stands
// beside it.
func (c *scan) left(from, to int, k kind) float32 {
	return c.cost - c.worth[k] - c.l.low[from] - c.l.high[to]
}

// propose keeps a candidate with which the run is cheap enough; if it must be known,
// only if the text has a word beside it that it was seen with.
func (c *scan) propose(x candidate, known bool) {
	if x.word.least >= c.left(x.from, x.to, x.kind) {
		return
	}
	for i := len(c.cand) - 1; i >= 0 && c.cand[i].from == x.from; i-- {
		if c.cand[i].e == x.e && c.cand[i].to == x.to && c.cand[i].like == x.like {
			return
		}
	}
	limit := c.cost - c.worth[x.kind]
	// The way on costs at least what it costs behind the word that fits it best.
	most := limit - c.l.high[x.to]
	in, before := c.l.into(x.word, x.from, most)
	if in >= most {
		return
	}
	on, behind := c.l.onward(x.word, x.to, limit-in)
	if on >= limit-in || known && !c.known(x.from, x.to, x.word) {
		return
	}
	x.margin, x.before, x.behind = c.cost-in-on, before, behind
	c.cand = append(c.cand, x)
}
