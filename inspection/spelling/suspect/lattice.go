package suspect

import (
	"math/bits"
	"unicode/utf8"

	"gongkai/internal/zh"
)

// A lattice is every way to cut one run of characters into words. Its arcs lie in the
// order of the places where they begin.
type lattice struct {
	m      *Model
	run    []rune
	start  int // where the run begins in the text
	arcs   []arc
	first  [maxRun + 2]int32 // by place: the first of the arcs that begin there
	ends   [maxRun + 1]ends
	low    [maxRun + 1]float32 // by place: what the cheapest way there costs
	high   [maxRun + 1]float32 // and what the cheapest way on from there costs at least
	left   word                // what stands before the run and behind it
	right  word
	closes bool // the last word of the best way was seen before what stands behind the run

	// What each arc costs after each that ends where it begins, arc by arc; and before
	// that is asked, where it is looked for and what stands there.
	pairs []pair
	words spelt

	touched uint32 // the sum of what touch read, which nobody needs
}

// ends are the arcs that end in a place, no two of one length.
type ends struct {
	n    int32
	arcs [mostDepth]int32
}

func (e *ends) list() []int32 { return e.arcs[:e.n] }

type arc struct {
	from, to int
	word     word
	next     region  // what may follow the word
	pairs    int32   // where its costs begin in the list of the lattice
	back     int32   // the arc before it on the best way, -1 at the beginning
	before   float32 // cost of the best way from the beginning to the end of this arc
	behind   float32 // and from its end to the end of the run
	known    bool    // a word of the dictionary
	fits     bool    // it was seen behind the arc before it on the best way
}

// A pair is one arc behind another.
type pair struct {
	slot uint32 // where the first look goes
	read uint32 // and what it finds
	cost float32
}

// maxRun bounds what is looked at together; only text without marks is longer.
const maxRun = 256

// at is the byte of the text where a character of the run begins, or the run ends.
func (l *lattice) at(place int) int { return l.start + place*hanBytes }

// hanBytes is how many bytes a character of a run takes.
const hanBytes = 3

// heads are the arcs that begin in a place.
func (l *lattice) heads(place int) []arc { return l.arcs[l.first[place]:l.first[place+1]] }

// fill builds the lattice of l.run: what it costs to come to each place.
func (l *lattice) fill() {
	l.m.words.spell(l.run, &l.words)
	l.lay()
	l.read()
	l.reach()
}

// lay makes the arcs. A character that is no word is taken for one.
func (l *lattice) lay() {
	n := len(l.run)
	for i := range l.ends[:n+1] {
		l.ends[i].n = 0
	}
	if most := n * mostDepth; cap(l.arcs) < most {
		l.arcs = make([]arc, most+maxRun)
	}
	arcs, costs, k := l.arcs[:cap(l.arcs)], l.m.costs, 0
	for i := range n {
		l.first[i] = int32(k)
		lengths := l.words.lengths[i]
		for left := lengths; left != 0; left &= left - 1 {
			depth := bits.TrailingZeros8(left)
			id := l.words.numbers[i][depth&(mostDepth-1)]
			a, c := &arcs[k], &costs[id]
			a.word.id, a.word.cost, a.word.least = id, c.alone, c.least
			a.next, a.known = c.next, true
			l.join(a, k, i, i+1+depth)
			k++
		}
		if lengths&1 == 0 {
			a := &arcs[k]
			a.word = word{-1, l.m.unknown, l.m.unknown}
			a.next, a.known = region{size: 1}, false
			l.join(a, k, i, i+1)
			k++
		}
	}
	l.first[n], l.first[n+1] = int32(k), int32(k)
	l.arcs = arcs[:k]
}

// join sets an arc between two places.
func (l *lattice) join(a *arc, k, from, to int) {
	a.from, a.to = from, to
	e := &l.ends[to]
	e.arcs[e.n&(mostDepth-1)] = int32(k)
	e.n++
}

// read looks for all pairs of arcs at once: no look waits for what another one finds.
func (l *lattice) read() {
	slots, n := l.m.pairs.slots, 0
	pairs := l.pairs[:cap(l.pairs)]
	for k := range l.arcs {
		a := &l.arcs[k]
		a.pairs = int32(n)
		if n+mostDepth > len(pairs) {
			pairs = append(pairs, make([]pair, len(pairs)+maxRun)...)
		}
		mark := mark(a.word.id)
		for _, p := range l.ends[a.from].list() {
			i := l.arcs[p].next.at(mark)
			pairs[n].slot, pairs[n].read = i, slots[i]
			n++
		}
	}
	l.pairs = pairs[:n]
}

// reach finds the best way to the end of every arc.
func (l *lattice) reach() {
	arcs := l.arcs
	for k := range arcs {
		a := &arcs[k]
		if a.from == 0 {
			a.before, a.fits = l.m.follow(l.left, a.word)
			a.back = -1
			continue
		}
		before, back, fits := float32(1e9), int32(-1), false
		mark, least := mark(a.word.id), a.word.least
		from := l.ends[a.from].list()
		pairs := l.pairs[a.pairs:][:len(from)]
		for i, p := range from {
			b, pair := &arcs[p], &pairs[i]
			if b.before+least >= before {
				pair.cost = notAsked
				continue
			}
			c, seen := l.m.cost(b.next, a.word.cost, mark, pair)
			if c += b.before; c < before {
				before, back, fits = c, p, seen
			}
		}
		a.before, a.back, a.fits = before, back, fits
	}
}

// cost is follow, for a word that costs so much alone, where the first look was done
// already; it notes the cost.
func (m *Model) cost(r region, alone float32, mark uint32, p *pair) (float32, bool) {
	c := byte(p.read)
	if p.read>>8 != mark {
		if p.read == 0 || p.read>>8 > mark {
			c = 0
		} else {
			c = m.pairs.resume(p.slot, p.read, mark)
		}
	}
	if c != 0 {
		p.cost = ofByte(c)
		return p.cost, true
	}
	p.cost = r.after() + alone
	return p.cost, false
}

// turn adds what it costs to go on from each place that is not before from. Only a run
// in which something is odd needs it.
func (l *lattice) turn(from int) {
	n := len(l.run)
	// Back from the end: an arc comes in the list before all that follow it.
	for k := range l.arcs {
		l.arcs[k].behind = 1e9
	}
	for _, k := range l.ends[n].list() {
		l.arcs[k].behind, _ = l.m.follow(l.arcs[k].word, l.right)
	}
	for k := len(l.arcs) - 1; k >= int(l.first[from]); k-- {
		a := &l.arcs[k]
		mark := mark(a.word.id)
		for i, p := range l.ends[a.from].list() {
			b := &l.arcs[p]
			if a.behind+a.word.least >= b.behind {
				continue // another way on is cheaper whatever this pair costs
			}
			pair := &l.pairs[int(a.pairs)+i]
			if pair.cost == notAsked {
				l.m.cost(b.next, a.word.cost, mark, pair)
			}
			b.behind = min(b.behind, pair.cost+a.behind)
		}
	}
	for i := from; i <= n; i++ {
		low, high := float32(1e9), float32(1e9)
		for _, k := range l.ends[i].list() {
			low = min(low, l.arcs[k].before)
		}
		heads := l.heads(i)
		for k := range heads {
			high = min(high, heads[k].behind+heads[k].word.least)
		}
		l.low[i], l.high[i] = low, high
	}
	if l.high[n] = 0; from == 0 {
		l.low[0] = 0
	}
}

// notAsked stands for the cost of a pair that could not be on the best way.
const notAsked = -1

// into is the cost of the best way to the end of w when it begins at from, and the
// arc before it; limit if there is none below that.
func (l *lattice) into(w word, from int, limit float32) (float32, int32) {
	if from == 0 {
		c, _ := l.m.follow(l.left, w)
		return min(c, limit), -1
	}
	best, back := limit, int32(-1)
	for _, k := range l.ends[from].list() {
		if l.arcs[k].before+w.least >= best {
			continue
		}
		c, _ := l.m.follow(l.arcs[k].word, w)
		if c += l.arcs[k].before; c < best {
			best, back = c, k
		}
	}
	return best, back
}

// touch reads where a word will be looked for behind what ends at a place: when many
// words are tried, no look then waits for the one before it.
func (l *lattice) touch(place int, w word) {
	mark := mark(w.id)
	for _, k := range l.ends[place].list() {
		l.touched += l.m.pairs.slots[l.arcs[k].next.at(mark)]
	}
}

// onward is the cost of the best way from the end of w, which is at to, to the
// end of the run, and its first arc; limit if there is none below that.
func (l *lattice) onward(w word, to int, limit float32) (float32, int32) {
	if to == len(l.run) {
		c, _ := l.m.follow(w, l.right)
		return min(c, limit), -1
	}
	best, next := limit, int32(-1)
	for i, heads := 0, l.heads(to); i < len(heads); i++ {
		a := &heads[i]
		if a.behind+a.word.least >= best {
			continue
		}
		c, _ := l.m.follow(w, a.word)
		if c += a.behind; c < best {
			best, next = c, l.first[to]+int32(i)
		}
	}
	return best, next
}

// best returns the arcs of the cheapest way, in order, and its cost.
func (l *lattice) best(dst []int32) ([]int32, float32) {
	n := len(l.run)
	cost, last := float32(1e9), int32(-1)
	for _, k := range l.ends[n].list() {
		c, seen := l.m.follow(l.arcs[k].word, l.right)
		if c += l.arcs[k].before; c < cost {
			cost, last, l.closes = c, k, seen
		}
	}
	from := len(dst)
	for k := last; k >= 0; k = l.arcs[k].back {
		dst = append(dst, k)
	}
	for i, j := from, len(dst)-1; i < j; i, j = i+1, j-1 {
		dst[i], dst[j] = dst[j], dst[i]
	}
	return dst, cost
}

// runs calls f for each run of Han characters in s, with what stands around it.
func runs(m *Model, l *lattice, s string, f func()) {
	if cap(l.run) < maxRun {
		l.run = make([]rune, maxRun)
	}
	l.left = m.edge
	for i := 0; i < len(s); {
		n := gather(s[i:], l.run[:maxRun])
		l.run, l.start, l.right = l.run[:n], i, m.edge
		i += n * hanBytes
		beside, size := m.edge, 0
		if n < maxRun && i < len(s) {
			r := rune(s[i])
			if size = 1; r >= utf8.RuneSelf {
				r, size = utf8.DecodeRuneInString(s[i:])
			}
			if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= utf8.RuneSelf && zh.KindOf(r) == zh.Latin {
				beside = m.number
			}
		}
		l.right = beside
		if n > 1 {
			f()
		}
		l.left = beside
		i += size
	}
}

// gather reads the Han characters that s begins with into run, as many as it holds, and
// returns how many there are.
func gather(s string, run []rune) (n int) {
	for len(s) >= hanBytes && n < len(run) {
		a, b, c := rune(s[0]), rune(s[1]), rune(s[2])
		r := a&0xF<<12 | b&0x3F<<6 | c&0x3F
		if a&0xF0 != 0xE0 || b&0xC0 != 0x80 || c&0xC0 != 0x80 || !isHan(r) {
			break
		}
		run[n] = r
		n++
		s = s[hanBytes:]
	}
	return n
}
