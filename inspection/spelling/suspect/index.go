package suspect

import (
	"cmp"
	"slices"
	"strings"

	"gongkai/inspection/spelling/sound"
)

// An index finds the words that a stretch of text may have been meant to be. A
// word stands in it once for every character that could be wrong in it, under the
// other characters and the sound of that one; and under the sound of all
// characters together.
type index struct {
	words  []entry
	filter []uint64 // a bit for every key: most keys that are asked for are none
	starts []uint32 // by the leading bits of the key, into refs
	refs   []ref

	singles map[sound.Syllable][]cheap // common characters by the fold of their sound
	having  map[rune][]cheap           // the commonest words of two characters by each of them
	slips   [][]sound.Syllable         // by character from firstHan: the sounds of what it may be typed for
	mains   *[1 << 16]sound.Syllable   // by character: the fold of its commonest sound
}

type entry struct {
	runes [longest]rune
	n     uint8
	word  word
}

// A ref leads from a key to a word. What the word costs at least stands beside its
// number, in eighths: most words are too dear, and need not be fetched to see it.
type ref struct {
	key  uint32
	word uint32 // its place in the list of words, above the cost in the last byte
}

const eighth = 1.0 / 8

// cheap is an entry in a list that is ordered by what its words cost at least: what
// comes behind a hopeless one is hopeless, too.
type cheap struct {
	least float32
	e     *entry
}

const firstHan, lastHan = 0x4E00, 0x9FFF

const (
	longest    = 4
	dirBits    = 18
	filterBits = 23
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
	x := &index{mains: sound.Table()}
	folds := make([][]sound.Syllable, lastHan-firstHan+1) // asked for a million times
	refs := make([]ref, 0, 1<<20)
	x.words = make([]entry, 0, 1<<18)
	spell := m.words.Spelling()
	var r []rune
	rest := make([]rune, longest)
	m.words.EachState(func(s, _ int32) bool {
		known := word{id: m.ids[s], cost: m.costs[m.ids[s]].alone}
		if known.cost > rarest {
			return true
		}
		r = spell(r[:0], s)
		if len(r) > longest || len(r) == 1 && known.cost > rareSingle {
			return true
		}
		e := entry{n: uint8(len(r)), word: known}
		for i, c := range r {
			if !isHan(c) {
				return true
			}
			e.runes[i] = c
		}
		at := uint32(len(x.words))
		x.words = append(x.words, e)
		if len(r) == 1 {
			return true
		}
		for i, c := range r {
			fs := folds[c-firstHan]
			if fs == nil {
				fs = foldsOf(c)
				fs = fs[:min(len(fs), maxFolds)]
				folds[c-firstHan] = fs
			}
			for _, f := range fs {
				refs = append(refs, ref{keyAt(r, i, f), at << 8})
			}
		}
		for i := range r {
			if len(r) > 2 {
				refs = append(refs, ref{keyGap(append(append(rest[:0], r[:i]...), r[i+1:]...)), at << 8})
			}
		}
		if len(r) > 2 || e.word.cost < 14 {
			refs = append(refs, ref{x.keyAll(r), at << 8})
		}
		return true
	})
	x.words = slices.Clip(x.words)
	x.slips = make([][]sound.Syllable, lastHan-firstHan+1)
	for i := range x.slips {
		x.slips[i] = slipsOf(rune(firstHan + i))
	}
	// A counting sort by the leading bits.
	x.starts = make([]uint32, 1<<dirBits+1)
	x.filter = make([]uint64, 1<<filterBits/64)
	for _, r := range refs {
		f := r.key >> (32 - filterBits)
		x.filter[f/64] |= 1 << (f % 64)
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
	x.having, x.singles = map[rune][]cheap{}, map[sound.Syllable][]cheap{}
	for i := range x.words {
		e := &x.words[i]
		e.word.least = m.costs[e.word.id].least
		c := cheap{e.word.least, e}
		switch {
		case e.n == 1:
			f := x.mains[e.runes[0]]
			x.singles[f] = append(x.singles[f], c)
		case e.n == 2 && e.word.cost < rareHaving:
			x.having[e.runes[0]] = append(x.having[e.runes[0]], c)
			x.having[e.runes[1]] = append(x.having[e.runes[1]], c)
		}
	}
	for i := range x.refs {
		r := &x.refs[i]
		r.word |= uint32(min(x.words[r.word>>8].word.least/eighth, 255))
	}
	byLeast := func(a, b cheap) int { return cmp.Compare(a.least, b.least) }
	for r, all := range x.having {
		slices.SortStableFunc(all, func(a, b cheap) int { return cmp.Compare(a.e.word.cost, b.e.word.cost) })
		all = slices.Clone(all[:min(len(all), fewWords)])
		slices.SortStableFunc(all, byLeast)
		x.having[r] = all
	}
	for _, all := range x.singles {
		slices.SortStableFunc(all, byLeast)
	}
	return x
}

// slipsOf returns the sounds of the characters that c may be typed for.
func slipsOf(c rune) (all []sound.Syllable) {
	add := func(f sound.Syllable) {
		if !slices.Contains(all, f) {
			all = append(all, f)
		}
	}
	if strings.ContainsRune(particles, c) {
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

// single returns the entry of a common character.
func (x *index) single(r rune) *entry {
	for _, c := range x.singles[x.mains[r]] {
		if c.e.runes[0] == r {
			return c.e
		}
	}
	return nil
}

// each calls yield for the words under a key that may cost less than most.
func (x *index) each(key uint32, most float32, yield func(*entry)) {
	if f := key >> (32 - filterBits); x.filter[f/64]>>(f%64)&1 == 0 {
		return
	}
	d := key >> (32 - dirBits)
	for _, r := range x.refs[x.starts[d]:x.starts[d+1]] {
		if r.key == key && float32(r.word&0xFF)*eighth < most {
			yield(&x.words[r.word>>8])
		}
	}
}

func isHan(r rune) bool { return r >= firstHan && r <= lastHan }
