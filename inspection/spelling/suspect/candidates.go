package suspect

import (
	"strings"

	"gongkai/inspection/spelling/sound"
)

// candidates finds the words that stretches over a weak place may be meant to be.
func (d *Detector) candidates(c *scan, cost float32) {
	l := &c.l
	n := len(l.run)
	propose := func(x candidate) { c.propose(x, cost) }
	for i := range n {
		weak := false
		for w := 1; w <= longest && i+w <= n; w++ {
			weak = weak || c.weak[i+w-1]
			odd := w == 2 && c.odd[i] && !weak
			if !weak && !odd {
				continue
			}
			propose := propose
			if odd {
				// The word may be another one: but then that one fits.
				propose = func(x candidate) {
					if !l.hopeless(x.e.word, i, i+2, cost-noise) && c.known(l, i, i+2, x.e) {
						c.propose(x, cost)
					}
				}
			}
			r := l.run[i : i+w]
			if w == 1 {
				d.single(c, i, cost-noise, propose)
				continue
			}
			for k, ch := range r {
				for _, f := range d.x.slips[ch-firstHan] {
					d.x.each(keyAt(r, k, f), func(e *entry) {
						if like, ok := differs(e, r, k); ok {
							propose(candidate{from: i, to: i + w, e: e, like: like, off: k, changed: 1})
						}
					})
				}
			}
			d.x.each(d.x.keyAll(r), func(e *entry) {
				if many, like := soundsLike(e, r); many > 1 {
					propose(candidate{from: i, to: i + w, e: e, like: like, off: -1, changed: many})
				}
			})
		}
	}
}

// single proposes characters for one that the text has as a word of its own.
func (d *Detector) single(c *scan, i int, limit float32, propose func(candidate)) {
	l := &c.l
	ch := l.run[i]
	if strings.ContainsRune(particles, ch) {
		return
	}
	try := func(e *entry, like sound.Likeness) {
		r := e.runes[0]
		if r == ch || strings.ContainsRune(particles, r) || l.hopeless(e.word, i, i+1, limit) || !c.known(l, i, i+1, e) {
			return
		}
		propose(candidate{from: i, to: i + 1, e: e, like: like, off: 0, changed: 1})
	}
	own := sound.Main(ch)
	for _, x := range d.x.singles[d.x.mains[ch]] {
		if l.low[i]+x.least+l.high[i+1] >= limit {
			break
		}
		if sound.Main(x.e.runes[0]) == own {
			try(x.e, sound.Same)
		} else {
			try(x.e, sound.Near)
		}
	}
	for _, o := range sound.Lookalikes(ch) {
		if e := d.x.single(o); e != nil && sound.Main(o).Fold() != own.Fold() {
			try(e, sound.Look)
		}
	}
}

// known tells whether e was seen beside what the text has on either side of a
// stretch. Of the many words that one character may stand for, only such are tried.
func (c *scan) known(l *lattice, from, to int, e *entry) bool {
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
	return l.seen(prev, e.word) || l.seen(e.word, next)
}

// particles are exchanged for one another by habit and by many writers on
// purpose; they are not ours to judge.
const particles = "的地得"

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
	if strings.ContainsRune(particles, e.runes[k]) {
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

// A margin up to noise says nothing; one below hopeless is never enough.
const (
	noise    = 0.5
	hopeless = 2
)

// propose keeps a candidate with which the run is cheaper.
func (c *scan) propose(x candidate, cost float32) {
	if c.l.hopeless(x.e.word, x.from, x.to, cost-noise) {
		return
	}
	for i := len(c.cand) - 1; i >= 0 && c.cand[i].from == x.from; i-- {
		if c.cand[i].e == x.e && c.cand[i].to == x.to && c.cand[i].like == x.like {
			return
		}
	}
	limit := cost - noise
	in, before := c.l.into(x.e.word, x.from, limit)
	if in >= limit {
		return
	}
	on, behind := c.l.onward(x.e.word, x.to, limit-in)
	if on >= limit-in {
		return
	}
	x.margin, x.before, x.behind = cost-in-on, before, behind
	c.cand = append(c.cand, x)
}
