package suspect

import (
	"hash/maphash"
	"slices"
	"sync"

	"gongkai/inspection/spelling/sound"
	"gongkai/internal/zh"
)

// A Suspicion is a stretch of text that was probably meant to be a word.
type Suspicion struct {
	Start, End  int // bytes
	Wrong       string
	Right       string
	Probability float64
	Evidence    [Signs]float32 // not of an echo
	Like        sound.Likeness
	Echo        bool // the same text writes the same phrase so elsewhere
}

// A Detector finds suspicions. It may be shared.
type Detector struct {
	m      *Model
	x      *index
	p      *Phrases
	f      *Forest // for characters exchanged
	g      *Forest // for characters left out and typed twice
	listed listing
	least  float64
	pool   sync.Pool
}

// New returns a detector that reports what is at least so probable.
func New(least float64) *Detector {
	m, x := shared()
	return newDetector(m, x, &Phrases{phraseBlob}, least)
}

// NewWith returns a detector that knows another model and its phrases. It is for gen.
func NewWith(m *Model, p *Phrases, least float64) *Detector {
	return newDetector(m, newIndex(m).settle(m), p, least)
}

func newDetector(m *Model, x *index, p *Phrases, least float64) *Detector {
	dict, _ := zh.Dictionary()
	d := &Detector{m: m, x: x, p: p, f: grown(), g: grownGaps(), listed: listing{dict}, least: least}
	d.pool.New = func() any { return &scan{l: lattice{m: d.m}} }
	return d
}

// scan is what one text needs; it is used again.
type scan struct {
	l    lattice
	path []int32
	cand []candidate

	// By place of the run:
	weak  [maxRun]bool
	odd   [maxRun]bool      // a word of two characters begins that was not seen beside one neighbour
	near  [maxRun]uint8     // how far it is on to the next weak place
	over  [maxRun + 1]int32 // the arc of the best way that ends there, -1 if none does
	under [maxRun + 1]int32 // and the one that begins there
	ones  [maxRun + 1]int32 // how many words of one character the best way has before there

	cost    float32         // of the run as it stands
	worth   *[kinds]float32 // by kind: how much cheaper it must come with a candidate
	hopeful int             // candidates that came to be weighed
	quiet   [quietRuns]uint64
	memory  memory

	one, two []rune // to compare two candidates

	places places
}

// quietRuns is how many runs are remembered in which there was nothing to suspect,
// whatever the rest of their text says. Official texts repeat themselves.
const quietRuns = 1 << 14

var seed = maphash.MakeSeed()

// key is a run with what stands beside it.
func (c *scan) key(s string) uint64 {
	l := &c.l
	h := maphash.String(seed, s[l.at(0):l.at(len(l.run))])
	h ^= uint64(l.left.id)*0x9E3779B97F4A7C15 ^ uint64(l.right.id)*0xC2B2AE3D27D4EB4F
	return h | 1 // 0 is no run
}

type candidate struct {
	from, to int
	word     word // that is meant
	e        *entry
	kind     kind
	like     sound.Likeness
	off      int // which character is exchanged, -1 if several are
	changed  int
	margin   float32
	rival    float32 // how much better than the next proposal for the place
	rivals   float32
	before   int32 // the arcs beside it on its best way
	behind   int32
}

// Find calls yield for every suspicion in s, in order.
func (d *Detector) Find(s string, yield func(Suspicion)) {
	d.FindFrom(s, d.least, func() bool { return false }, yield)
}

// FindFrom is Find for what is at least so probable, whatever the detector was made
// for; nothing less probable than Floor is found. Texts may be so long that somebody
// does not wait for the end: once stopped says so, the rest of s is not looked at.
func (d *Detector) FindFrom(s string, least float64, stopped func() bool, yield func(Suspicion)) {
	c := d.pool.Get().(*scan)
	c.places.made = false
	runs(d.m, &c.l, s, func() {
		if !stopped() {
			d.look(c, s, max(least, Floor), yield)
		}
	})
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

// weigh returns what is at least so probable in the run.
func (d *Detector) weigh(c *scan, s string, least float64) (found []Suspicion) {
	l := &c.l
	l.fill()
	var cost float32
	c.path, cost = l.best(c.path[:0])
	first := c.mark(l)
	weak := first < len(l.run)
	c.cand, c.hopeful = c.cand[:0], 0
	if first = min(first, c.doubled()); first == len(l.run) {
		return nil
	}
	// No stretch begins further before what is odd.
	l.turn(max(0, first-longest))
	from, to := 0, len(l.run)
	if least > 0 {
		if d.propose(c, cost, &worthy, weak, from, to); len(c.cand) == 0 {
			return nil
		}
		from, to = c.spanned()
	}
	d.propose(c, cost, &audible, weak, from, to) // with all rivals of what is worth weighing
	c.compare()
	for i := range c.cand {
		x := &c.cand[i]
		if least > 0 && x.margin <= worthy[x.kind] {
			continue
		}
		c.hopeful++
		v := d.signs(l, c.path, x, cost)
		hopeful(&v, s)
		forest := d.f
		if x.like >= Missing {
			forest = d.g
		}
		if least > 0 && forest.probable(&v, least) < least {
			continue
		}
		f := Suspicion{Start: l.at(x.from), End: l.at(x.to), Like: x.like}
		f.Wrong, f.Right = s[f.Start:f.End], string(x.e.runes[:x.e.n])
		elsewhere(&v, s, f.Start, f.End, f.Right)
		f.Evidence, f.Probability = v, forest.probable(&v, least)
		if f.Probability >= least && !Protected(s, f.Start, f.End) && !(f.Gap() && slight(&f, s)) {
			found = append(found, f)
		}
	}
	return found
}

// doubled returns the first place where a character stands twice, the end of the run if
// none does.
func (c *scan) doubled() int {
	last := rune(0)
	for i, r := range c.l.run {
		if r == last {
			return i - 1
		}
		last = r
	}
	return len(c.l.run)
}

// propose finds the candidates in a part of the run with which it gets cheaper by more
// than worth. Some that lie beside the part may be among them.
func (d *Detector) propose(c *scan, cost float32, worth *[kinds]float32, weak bool, from, to int) {
	c.cand, c.cost, c.worth = c.cand[:0], cost, worth
	from = max(0, from-longest)
	if weak {
		d.candidates(c, from, to)
	}
	d.gaps(c, from, to)
}

// spanned is the part of the run in which there are candidates.
func (c *scan) spanned() (from, to int) {
	from = len(c.l.run)
	for i := range c.cand {
		from, to = min(from, c.cand[i].from), max(to, c.cand[i].to)
	}
	return from, to
}

// compare tells every candidate of its rivals: other proposals of its kind for its
// place. One that makes the same of the place is none.
func (c *scan) compare() {
	for i := range c.cand {
		x := &c.cand[i]
		best := float32(0)
		for j := range c.cand {
			y := &c.cand[j]
			if y.from >= x.to || x.from >= y.to || i == j || (x.like >= Missing) != (y.like >= Missing) || c.agree(x, y) {
				continue
			}
			x.rivals++
			best = max(best, y.margin)
		}
		x.rival = x.margin - best
	}
}

// agree tells whether two candidates make the same of the run.
func (c *scan) agree(x, y *candidate) bool {
	from, to := min(x.from, y.from), max(x.to, y.to)
	spell := func(dst []rune, z *candidate) []rune {
		dst = append(dst[:0], c.l.run[from:z.from]...)
		dst = append(dst, z.e.runes[:z.e.n]...)
		return append(dst, c.l.run[z.to:to]...)
	}
	c.one, c.two = spell(c.one, x), spell(c.two, y)
	return slices.Equal(c.one, c.two)
}

func (d *Detector) look(c *scan, s string, least float64, yield func(Suspicion)) {
	key := c.key(s)
	slot := &c.quiet[key>>1%quietRuns]
	if *slot == key {
		return
	}
	found := d.weigh(c, s, least)
	echoing := c.echoes(s, func(f Suspicion) { found = append(found, f) })
	if c.hopeful == 0 && !echoing {
		*slot = key
		return
	}
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

// strained tells whether two words of one character stand side by side though they
// seldom do: less often than by chance.
func strained(l *lattice, first, second int32) bool {
	a, b := &l.arcs[first], &l.arcs[second]
	return b.before-a.before >= b.word.cost-3
}

// mark finds the weak places of the best way: characters in words that are rare,
// or that were never seen beside either neighbour; edges and numbers are neighbours of
// anything. It returns the first of them, the end of the run if there are none.
func (c *scan) mark(l *lattice) (first int) {
	n := len(l.run)
	clear(c.weak[:n])
	clear(c.odd[:n])
	first = n
	ones, aside := int32(0), true
	c.over[0] = -1
	for i, k := range c.path {
		a := &l.arcs[k]
		size := a.to - a.from
		c.under[a.from], c.ones[a.from] = k, ones
		for j := a.from + 1; j < a.to; j++ {
			c.over[j], c.under[j], c.ones[j] = -1, -1, ones
		}
		c.over[a.to] = k
		seenBefore, seenBehind, ahead := a.fits, l.closes, true
		if i+1 < len(c.path) {
			seenBehind, ahead = l.arcs[c.path[i+1]].fits, false
		}
		weak := !a.known
		switch size {
		case 1:
			ones++
			if i > 0 && a.from-l.arcs[c.path[i-1]].from == 1 && !c.weak[a.from-1] && strained(l, c.path[i-1], k) {
				c.odd[a.from-1], first = true, min(first, a.from-1)
			}
			weak = weak || !seenBefore && !seenBehind || (!seenBefore || !seenBehind) && a.word.cost > 5
		case 2:
			weak = weak || !seenBefore && !seenBehind
			c.odd[a.from] = !weak && (!seenBefore && !aside || !seenBehind && !ahead)
			if c.odd[a.from] {
				first = min(first, a.from)
			}
		case 3:
			weak = weak || a.word.cost > 17
		}
		if weak {
			first = min(first, a.from)
			for j := a.from; j < a.to; j++ {
				c.weak[j] = true
			}
		}
		aside = false
	}
	c.under[n], c.ones[n] = -1, ones
	far := uint8(longest)
	for i := n - 1; i >= 0; i-- {
		if far = min(far+1, longest); c.weak[i] {
			far = 0
		}
		c.near[i] = far
	}
	return first
}
