package suspect

import (
	"cmp"
	"slices"

	"gongkai/inspection/spelling/sound"
)

// An index finds the words that a stretch of text may have been meant to be. A
// word stands in it once for every character that could be wrong in it, under the
// other characters and the sound of that one; and under the sound of all
// characters together.
type index struct {
	words  []entry
	filter filter   // the keys: most of those asked for are none
	holes  filter   // words of three characters and more without one of them, and its place
	starts []uint32 // by the leading bits of the key, into refs
	refs   []ref

	singles [][]cheap                // common characters by the fold of their sound
	looks   byChar                   // and those that look like a character and sound otherwise
	having  byChar                   // the commonest words of two characters by each of them
	slips   [][]sound.Syllable       // by character from firstHan: the sounds of what it may be typed for
	main    []sound.Syllable         // by character from firstHan: its commonest sound
	mains   *[1 << 16]sound.Syllable // by character: the fold of its commonest sound
}

type entry struct {
	runes [longest]rune
	n     uint8
	word  word
}

// A ref leads from a key to a word.
type ref struct {
	key  uint32
	word uint32 // its place in the list of words
}

// cheap is an entry in a list that is ordered by what its words cost at least: what
// comes behind a hopeless one is hopeless, too.
type cheap struct {
	word word
	main sound.Syllable // of a character
	e    *entry
}

// byChar are lists of such entries by character.
type byChar struct {
	starts [lastHan - firstHan + 2]uint32
	all    []cheap
}

func newByChar(lists map[rune][]cheap) (x byChar) {
	for i := range x.starts {
		x.starts[i] = uint32(len(x.all))
		x.all = append(x.all, lists[rune(firstHan+i)]...)
	}
	return x
}

func (x *byChar) of(r rune) []cheap { return x.all[x.starts[r-firstHan]:x.starts[r-firstHan+1]] }

const firstHan, lastHan = 0x4E00, 0x9FFF

const (
	longest    = 4
	dirBits    = 18
	filterBits = 23
	holeBits   = 22
	// A word dearer than this is nobody's intention.
	rarest = 15.5
	// And a single character dearer than this is seldom a word of its own.
	rareSingle = 10.5
	// Nor is a rarer word of two characters seen in one that is left of it.
	rareHaving = 12
)

// newIndex indexes the words of a model whose pairs may still be on their way; settle
// completes it.
func newIndex(m *Model) *index {
	x := &index{mains: sound.Table(), filter: newFilter(filterBits), holes: newFilter(holeBits)}
	folds := make([][]sound.Syllable, lastHan-firstHan+1) // asked for a million times
	refs := make([]ref, 0, 1<<20)
	x.words = make([]entry, 0, 1<<18)
	rest := make([]rune, longest)
	m.words.each(func(number int32, r []rune) {
		known := word{id: number, cost: m.costs[number].alone}
		if known.cost > rarest || len(r) > longest || len(r) == 1 && known.cost > rareSingle {
			return
		}
		e := entry{n: uint8(len(r)), word: known}
		copy(e.runes[:], r)
		at := uint32(len(x.words))
		x.words = append(x.words, e)
		if len(r) == 1 {
			return
		}
		for i, c := range r {
			fs := folds[c-firstHan]
			if fs == nil {
				fs = foldsOf(c)
				fs = fs[:min(len(fs), maxFolds)]
				folds[c-firstHan] = fs
			}
			for _, f := range fs {
				refs = append(refs, ref{keyAt(r, i, f), at})
			}
		}
		for i := range r {
			if len(r) > 2 {
				x.holes.put(keyAt(r, i, 0))
				refs = append(refs, ref{keyGap(append(append(rest[:0], r[:i]...), r[i+1:]...)), at})
			}
		}
		if len(r) > 2 || e.word.cost < 14 {
			refs = append(refs, ref{x.keyAll(r), at})
		}
	})
	x.words = slices.Clip(x.words)
	x.slips = make([][]sound.Syllable, lastHan-firstHan+1)
	for i := range x.slips {
		x.slips[i] = slipsOf(rune(firstHan + i))
	}
	// A counting sort by the leading bits.
	x.starts = make([]uint32, 1<<dirBits+1)
	for _, r := range refs {
		x.filter.put(r.key)
		x.starts[r.key>>(32-dirBits)+1]++
	}
	for i := range x.starts[1:] {
		x.starts[i+1] += x.starts[i]
	}
	next := make([]uint32, 1<<dirBits)
	copy(next, x.starts)
	x.refs = make([]ref, len(refs))
	for _, r := range refs {
		d := r.key >> (32 - dirBits)
		x.refs[next[d]] = r
		next[d]++
	}
	return x
}

// settle adds what only the pairs tell of the words.
func (x *index) settle(m *Model) *index {
	having, singles := map[rune][]cheap{}, map[sound.Syllable][]cheap{}
	for i := range x.words {
		e := &x.words[i]
		e.word.least = m.costs[e.word.id].least
		c := cheap{word: e.word, main: sound.Main(e.runes[0]), e: e}
		switch {
		case e.n == 1 && !particle(e.runes[0]):
			f := x.mains[e.runes[0]]
			singles[f] = append(singles[f], c)
		case e.n == 2 && e.word.cost < rareHaving:
			having[e.runes[0]] = append(having[e.runes[0]], c)
			having[e.runes[1]] = append(having[e.runes[1]], c)
		}
	}
	byLeast := func(a, b cheap) int { return cmp.Compare(a.word.least, b.word.least) }
	for r, all := range having {
		slices.SortStableFunc(all, func(a, b cheap) int { return cmp.Compare(a.word.cost, b.word.cost) })
		all = slices.Clone(all[:min(len(all), fewWords)])
		slices.SortStableFunc(all, byLeast)
		having[r] = all
	}
	x.having = newByChar(having)
	for f, all := range singles {
		slices.SortStableFunc(all, byLeast)
		for int(f) >= len(x.singles) {
			x.singles = append(x.singles, nil)
		}
		x.singles[f] = all
	}
	looks := map[rune][]cheap{}
	x.main = make([]sound.Syllable, lastHan-firstHan+1)
	for i := range x.main {
		r := rune(firstHan + i)
		x.main[i] = sound.Main(r)
		if f := int(x.mains[r]); f >= len(x.singles) {
			x.singles = append(x.singles, make([][]cheap, f+1-len(x.singles))...)
		}
		for _, o := range sound.Lookalikes(r) {
			if x.mains[o] == x.mains[r] {
				continue
			}
			for _, c := range singles[x.mains[o]] {
				if c.e.runes[0] == o {
					looks[r] = append(looks[r], c)
				}
			}
		}
	}
	x.looks = newByChar(looks)
	return x
}

// slipsOf returns the sounds of the characters that c may be typed for.
func slipsOf(c rune) (all []sound.Syllable) {
	add := func(f sound.Syllable) {
		if !slices.Contains(all, f) {
			all = append(all, f)
		}
	}
	if particle(c) {
		return nil
	}
	for i, s := range sound.Of(c) {
		if i < maxFolds {
			add(s.Fold())
		}
	}
	for _, o := range sound.Lookalikes(c) {
		add(sound.Main(o).Fold())
	}
	return all
}

// maxFolds is how many readings of a character count.
const maxFolds = 3

// foldsOf returns the sounds a character can be written for, its own first.
func foldsOf(c rune) []sound.Syllable {
	var all []sound.Syllable
	for _, s := range sound.Of(c) {
		f := s.Fold()
		seen := false
		for _, a := range all {
			seen = seen || a == f
		}
		if !seen {
			all = append(all, f)
		}
	}
	return all
}

func mix(h, v uint32) uint32 {
	h = (h ^ v) * 0x9E3779B1
	return h ^ h>>15
}

// keyAt is the key of the runes with the one at i known by its sound only.
func keyAt(r []rune, i int, f sound.Syllable) uint32 {
	h := mix(uint32(len(r)*8+i), uint32(f)<<8)
	for k, c := range r {
		if k != i {
			h = mix(h, uint32(c))
		}
	}
	return h
}

// keyAll is the key of runes known by their sounds only.
func (x *index) keyAll(r []rune) uint32 {
	h := uint32(0x51ED270B)
	for _, c := range r {
		h = mix(h, uint32(x.mains[c]))
	}
	return h
}

// each calls yield for the words under a key.
func (x *index) each(key uint32, yield func(at uint32, e *entry)) {
	if !x.filter.has(key) {
		return
	}
	d := key >> (32 - dirBits)
	for _, r := range x.refs[x.starts[d]:x.starts[d+1]] {
		if r.key == key {
			yield(r.word, &x.words[r.word])
		}
	}
}

// hopeless tells of a stretch of three or four characters that no word is near to: of
// those that are tried hardly one in ten is near to any.
func (x *index) hopeless(r []rune) bool {
	for i := range r {
		if x.holes.has(keyAt(r, i, 0)) {
			return false
		}
	}
	return !x.filter.has(x.keyAll(r))
}

// A filter knows which keys it was given, and takes some others for known.
type filter struct {
	bits  []uint64
	shift uint
}

func newFilter(bits int) filter { return filter{make([]uint64, 1<<bits/64), uint(32 - bits)} }

func (f *filter) put(key uint32) { f.bits[key>>f.shift/64] |= 1 << (key >> f.shift % 64) }

func (f *filter) has(key uint32) bool { return f.bits[key>>f.shift/64]>>(key>>f.shift%64)&1 != 0 }

func isHan(r rune) bool { return r >= firstHan && r <= lastHan }
