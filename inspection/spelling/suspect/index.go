package suspect

import (
	"sync"

	"gongkai/inspection/spelling/sound"
	"gongkai/internal/zh"
)

// An index finds the words that a stretch of text may have been meant to be. A
// word stands in it once for every character that could be wrong in it, under the
// other characters and the sound of that one; and words of two characters under
// the sound of both.
type index struct {
	words  []entry
	filter []uint64 // a bit for every key: most keys that are asked for are none
	starts []uint32 // by the leading bits of the key, into refs
	refs   []ref
}

type entry struct {
	runes [longest]rune
	n     uint8
	word  word
}

type ref struct{ key, entry uint32 }

const (
	longest    = 4
	dirBits    = 18
	filterBits = 22
	// A word counted less often than five times in general text is nobody's
	// intention, unless laws use it.
)

var words = sync.OnceValue(func() *index { return newIndex(shared()) })

func newIndex(m *model) *index {
	x := &index{}
	_, unknown := zh.Dictionary()
	const floor = zh.CostUnit * 16 / 10 // the logarithm of 5
	var refs []ref
	m.words.Each(func(w string, s, v int32) bool {
		r := []rune(w)
		if len(r) < 2 || len(r) > longest || v < floor && m.ids[s] < 0 {
			return true
		}
		e := entry{n: uint8(len(r)), word: m.word(s, v, unknown)}
		for i, c := range r {
			if !isHan(c) {
				return true
			}
			e.runes[i] = c
		}
		at := uint32(len(x.words))
		x.words = append(x.words, e)
		for i, c := range r {
			for k, f := range foldsOf(c) {
				if k < maxFolds {
					refs = append(refs, ref{keyAt(r, i, f), at})
				}
			}
		}
		if len(r) == 2 && e.word.cost < 14 {
			refs = append(refs, ref{keyBoth(r), at})
		}
		return true
	})
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

// keyBoth is the key of two runes known by their sounds.
func keyBoth(r []rune) uint32 {
	return mix(mix(0x51ED270B, uint32(sound.Main(r[0]))), uint32(sound.Main(r[1])))
}

// each calls yield for the words under a key.
func (x *index) each(key uint32, yield func(*entry)) {
	if f := key >> (32 - filterBits); x.filter[f/64]>>(f%64)&1 == 0 {
		return
	}
	d := key >> (32 - dirBits)
	for _, r := range x.refs[x.starts[d]:x.starts[d+1]] {
		if r.key == key {
			yield(&x.words[r.entry])
		}
	}
}

func isHan(r rune) bool { return r >= 0x4E00 && r <= 0x9FFF }
