package suspect

import (
	"unicode/utf8"

	"gongkai/internal/zh"
)

// A lattice is every way to cut one run of characters into words.
type lattice struct {
	m     *Model
	run   []rune
	at    []int // byte offsets of the runes in the text, one more at the end
	arcs  []arc
	ends  [][]int32 // by position: the arcs that end there
	heads [][]int32 // and those that begin there
	pairs []float32 // what each arc costs after each that ends where it begins, arc by arc
	low   []float32 // by place: what the cheapest way there costs
	high  []float32 // and what the cheapest way on from there costs at least
	left  word      // what stands before the run and behind it
	right word
}

type arc struct {
	from, to int
	word     word
	known    bool    // a word of the dictionary
	fits     bool    // it was seen behind the arc before it on the best way
	before   float32 // cost of the best way from the beginning to the end of this arc
	behind   float32 // and from its end to the end of the run
	back     int32   // the arc before it on the best way, -1 at the beginning
	pairs    int32   // where its costs begin in the list of the lattice
}

// maxRun bounds what is looked at together; only text without marks is longer.
const maxRun = 256

// fill builds the lattice of l.run: what it costs to come to each place.
func (l *lattice) fill() {
	n := len(l.run)
	l.arcs, l.pairs = l.arcs[:0], l.pairs[:0]
	for len(l.ends) <= n {
		l.ends, l.heads = append(l.ends, nil), append(l.heads, nil)
	}
	for i := 0; i <= n; i++ {
		l.ends[i], l.heads[i] = l.ends[i][:0], l.heads[i][:0]
	}
	for i := range n {
		if i > 0 && len(l.ends[i]) == 0 {
			continue
		}
		s, ok := l.m.words.Root(), true
		for j := i; j < n; j++ {
			if s, ok = l.m.words.Step(s, l.run[j]); !ok {
				break
			}
			if w, is := l.m.at(s); is {
				l.add(i, j+1, w, true)
			}
		}
		if k := len(l.heads[i]); k == 0 || l.arcs[l.heads[i][0]].to != i+1 {
			l.add(i, i+1, word{-1, l.m.unknown, l.m.unknown}, false)
		}
	}
}

// turn adds what it costs to go on from each place. Only a run in which something is
// odd needs it.
func (l *lattice) turn() {
	n := len(l.run)
	// Back from the end: an arc comes in the list before all that follow it.
	for k := range l.arcs {
		l.arcs[k].behind = 1e9
	}
	for _, k := range l.ends[n] {
		l.arcs[k].behind, _ = l.m.follow(l.arcs[k].word, l.right)
	}
	for k := len(l.arcs) - 1; k >= 0; k-- {
		a := &l.arcs[k]
		for i, p := range l.ends[a.from] {
			b := &l.arcs[p]
			if a.behind+a.word.least >= b.behind {
				continue // another way on is cheaper whatever this pair costs
			}
			c := l.pairs[int(a.pairs)+i]
			if c == notAsked {
				c, _ = l.m.follow(b.word, a.word)
			}
			b.behind = min(b.behind, c+a.behind)
		}
	}
	l.low, l.high = l.low[:0], l.high[:0]
	for i := 0; i <= n; i++ {
		low, high := float32(1e9), float32(1e9)
		for _, k := range l.ends[i] {
			low = min(low, l.arcs[k].before)
		}
		for _, k := range l.heads[i] {
			high = min(high, l.arcs[k].behind+l.arcs[k].word.least)
		}
		l.low, l.high = append(l.low, low), append(l.high, high)
	}
	l.low[0], l.high[n] = 0, 0
}

// notAsked stands for the cost of a pair that could not be on the best way.
const notAsked = -1

func (l *lattice) add(from, to int, w word, known bool) {
	a := arc{from: from, to: to, word: w, known: known, back: -1, before: 1e9, pairs: int32(len(l.pairs))}
	if from == 0 {
		a.before, a.fits = l.m.follow(l.left, w)
	}
	for _, k := range l.ends[from] {
		if l.arcs[k].before+w.least >= a.before {
			l.pairs = append(l.pairs, notAsked)
			continue
		}
		c, fits := l.m.follow(l.arcs[k].word, w)
		l.pairs = append(l.pairs, c)
		if c += l.arcs[k].before; c < a.before {
			a.before, a.back, a.fits = c, k, fits
		}
	}
	l.ends[to] = append(l.ends[to], int32(len(l.arcs)))
	l.heads[from] = append(l.heads[from], int32(len(l.arcs)))
	l.arcs = append(l.arcs, a)
}

// into is the cost of the best way to the end of w when it begins at from, and the
// arc before it; limit if there is none below that.
func (l *lattice) into(w word, from int, limit float32) (float32, int32) {
	if from == 0 {
		c, _ := l.m.follow(l.left, w)
		return min(c, limit), -1
	}
	best, back := limit, int32(-1)
	for _, k := range l.ends[from] {
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

// onward is the cost of the best way from the end of w, which is at to, to the
// end of the run, and its first arc; limit if there is none below that.
func (l *lattice) onward(w word, to int, limit float32) (float32, int32) {
	if to == len(l.run) {
		c, _ := l.m.follow(w, l.right)
		return min(c, limit), -1
	}
	best, next := limit, int32(-1)
	for _, k := range l.heads[to] {
		if l.arcs[k].behind+l.arcs[k].word.least >= best {
			continue
		}
		c, _ := l.m.follow(w, l.arcs[k].word)
		if c += l.arcs[k].behind; c < best {
			best, next = c, k
		}
	}
	return best, next
}

// best returns the arcs of the cheapest way, in order, and its cost.
func (l *lattice) best(dst []int32) ([]int32, float32) {
	n := len(l.run)
	cost, last := float32(1e9), int32(-1)
	for _, k := range l.ends[n] {
		c, _ := l.m.follow(l.arcs[k].word, l.right)
		if c += l.arcs[k].before; c < cost {
			cost, last = c, k
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
	edge, number := m.edge, m.number
	l.run, l.at, l.left = l.run[:0], l.at[:0], edge
	flush := func(end int, right word) {
		if len(l.run) > 1 {
			l.at, l.right = append(l.at, end), right
			f()
		}
		l.run, l.at = l.run[:0], l.at[:0]
	}
	for i := 0; i < len(s); {
		r, n := rune(s[i]), 1
		if r >= 0x80 {
			r, n = utf8.DecodeRuneInString(s[i:])
		}
		if isHan(r) {
			l.run, l.at = append(l.run, r), append(l.at, i)
			if i += n; len(l.run) == maxRun {
				flush(i, edge)
				l.left = edge
			}
			continue
		}
		beside := edge
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || zh.KindOf(r) == zh.Latin {
			beside = number
		}
		flush(i, beside)
		l.left = beside
		i += n
	}
	flush(len(s), edge)
}
