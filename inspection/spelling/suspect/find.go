package suspect

import (
	"math"
	"slices"
	"strings"
	"sync"

	"gongkai/inspection/spelling/sound"
)

// A Suspicion is a stretch of text that was probably meant to be a word.
type Suspicion struct {
	Start, End  int // bytes
	Wrong       string
	Right       string
	Probability float64
	Evidence    [Signs]float32 // not of an echo
	Echo        bool           // the same text writes the same phrase so elsewhere
}

// A Detector finds suspicions. It may be shared.
type Detector struct {
	m     *model
	x     *index
	least float64
	pool  sync.Pool
}

// New returns a detector that reports what is at least so probable.
func New(least float64) *Detector {
	d := &Detector{m: shared(), x: words(), least: least}
	d.pool.New = func() any { return &scan{l: lattice{m: d.m}} }
	return d
}

// Forgetful returns a detector to which, of 16 pairs of words, so many are new. It
// is for fitting: other texts than laws hold more pairs that laws do not.
func Forgetful(least float64, of16 int) *Detector {
	d := New(least)
	m := *d.m
	m.forget = uint64(of16)
	d.m = &m
	d.pool.New = func() any { return &scan{l: lattice{m: d.m}} }
	return d
}

// scan is what one text needs; it is used again.
type scan struct {
	l    lattice
	path []int32
	weak []bool
	cand []candidate

	places places
}

type candidate struct {
	from, to int
	e        *entry
	like     sound.Likeness
	off      int // where the exchanged character is, -1 if both are
	margin   float32
}

// Find calls yield for every suspicion in s, in order.
func (d *Detector) Find(s string, yield func(Suspicion)) {
	c := d.pool.Get().(*scan)
	c.places.made = false
	runs(d.m, &c.l, s, func() { d.look(c, s, yield) })
	d.pool.Put(c)
}

// Weigh calls yield for everything that is considered at all, likely or not. It
// is for fitting the weights.
func (d *Detector) Weigh(s string, yield func(Suspicion)) {
	c := d.pool.Get().(*scan)
	runs(d.m, &c.l, s, func() {
		for _, f := range d.weigh(c, s, 0) {
			yield(f)
		}
	})
	d.pool.Put(c)
}

// hope is the part of the probability a candidate must have before the rest of the
// text is asked.
const hope = 0.3

// weigh returns what is at least so probable in the run.
func (d *Detector) weigh(c *scan, s string, least float64) (found []Suspicion) {
	l := &c.l
	l.fill()
	var cost float32
	c.path, cost = l.best(c.path[:0])
	if !c.mark(l) {
		return nil
	}
	c.cand = c.cand[:0]
	d.candidates(c)
	for _, x := range c.cand {
		in, _ := l.into(x.e.word, x.from)
		if x.margin = cost - in - l.onward(x.e.word, x.to); x.margin <= 0 {
			continue
		}
		v := signs(l, c.path, x)
		if probable(&v) < least*hope {
			continue
		}
		f := Suspicion{Start: l.at[x.from], End: l.at[x.to]}
		f.Wrong, f.Right = s[f.Start:f.End], string(x.e.runes[:x.e.n])
		elsewhere(&v, s, f.Start, f.End, f.Right)
		f.Evidence, f.Probability = v, probable(&v)
		if f.Probability >= least && !Protected(s, f.Start, f.End) {
			found = append(found, f)
		}
	}
	return found
}

func (d *Detector) look(c *scan, s string, yield func(Suspicion)) {
	found := d.weigh(c, s, d.least)
	c.echoes(s, func(f Suspicion) { found = append(found, f) })
	slices.SortStableFunc(found, func(a, b Suspicion) int {
		if a.Probability != b.Probability {
			if a.Probability > b.Probability {
				return -1
			}
			return 1
		}
		return a.Start - b.Start
	})
	var kept []Suspicion
	for _, f := range found {
		if !slices.ContainsFunc(kept, func(k Suspicion) bool { return k.Start < f.End && f.Start < k.End }) {
			kept = append(kept, f)
		}
	}
	slices.SortFunc(kept, func(a, b Suspicion) int { return a.Start - b.Start })
	for _, k := range kept {
		yield(k)
	}
}

// mark finds the weak places of the best way: characters in words that are rare,
// or that were never seen beside either neighbour. It reports whether there are any.
func (c *scan) mark(l *lattice) bool {
	c.weak = append(c.weak[:0], make([]bool, len(l.run))...)
	any := false
	prev := l.left
	seenBefore := true
	for i, k := range c.path {
		a := &l.arcs[k]
		next := l.right
		if i+1 < len(c.path) {
			next = l.arcs[c.path[i+1]].word
		}
		_, seenBefore = l.m.follow(prev, a.word)
		_, seenBehind := l.m.follow(a.word, next)
		n := a.to - a.from
		weak := !a.known || a.word.id < 0 && (n < 3 || a.word.cost > 17)
		switch {
		case n == 1:
			weak = weak || !seenBefore || !seenBehind
		case n == 2:
			weak = weak || !seenBefore && !seenBehind
		}
		if weak {
			any = true
			for j := a.from; j < a.to; j++ {
				c.weak[j] = true
			}
		}
		prev = a.word
	}
	return any
}

// candidates finds the words that stretches over a weak place may be meant to be.
func (d *Detector) candidates(c *scan) {
	l := &c.l
	n := len(l.run)
	for i := range n {
		weak := false
		for w := 1; w <= longest && i+w <= n; w++ {
			weak = weak || c.weak[i+w-1]
			if w < 2 || !weak {
				continue
			}
			r := l.run[i : i+w]
			for k, ch := range r {
				if strings.ContainsRune(particles, ch) {
					continue
				}
				try := func(f sound.Syllable, like sound.Likeness) {
					d.x.each(keyAt(r, k, f), func(e *entry) {
						if x, ok := differs(e, r, k); ok {
							c.propose(candidate{from: i, to: i + w, e: e, like: x, off: k})
						}
					})
				}
				for j, s := range sound.Of(ch) {
					if j < maxFolds {
						try(s.Fold(), sound.Same)
					}
				}
				for _, o := range sound.Lookalikes(ch) {
					try(sound.Main(o).Fold(), sound.Look)
				}
			}
			if w == 2 {
				d.x.each(keyBoth(r), func(e *entry) {
					if e.n == 2 && e.runes[0] != r[0] && e.runes[1] != r[1] && sound.Main(e.runes[0]) == sound.Main(r[0]) && sound.Main(e.runes[1]) == sound.Main(r[1]) {
						c.propose(candidate{from: i, to: i + 2, e: e, like: sound.Same, off: -1})
					}
				})
			}
		}
	}
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

func (c *scan) propose(x candidate) {
	for i := len(c.cand) - 1; i >= 0 && c.cand[i].from == x.from; i-- {
		if c.cand[i].e == x.e && c.cand[i].to == x.to {
			return
		}
	}
	c.cand = append(c.cand, x)
}

func probable(e *[Signs]float32) float64 {
	z := 0.0
	for i, v := range e {
		z += float64(v) * weights[i]
	}
	return 1 / (1 + math.Exp(-z))
}
