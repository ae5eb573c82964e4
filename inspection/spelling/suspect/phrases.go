package suspect

import (
	_ "embed"
	"encoding/binary"
)

//go:embed data/phrases.bin
var phraseBlob []byte

// Phrases remembers which three words were seen one after another, in everyday text
// and in laws: pairs know nothing of what stands two words away. It is a filter: of
// those never seen it takes a few in a hundred for seen.
type Phrases struct{ bits []byte }

// phraseBits is the logarithm of the number of bits: one megabyte.
const phraseBits = 23

// NewPhrases returns an empty filter. It is for gen.
func NewPhrases() *Phrases { return &Phrases{make([]byte, 1<<phraseBits/8)} }

// Bytes is the filter as it is embedded here.
func (p *Phrases) Bytes() []byte { return p.bits }

// Add remembers three words of a model; what it does not know is passed over.
func (p *Phrases) Add(m *Model, a, b, c string) {
	var ids [3]int32
	for i, s := range [3]string{a, b, c} {
		w, ok := m.find([]rune(s))
		if !ok {
			return
		}
		ids[i] = w.id
	}
	p.places(ids[0], ids[1], ids[2], func(i uint32) bool {
		p.bits[i/8] |= 1 << (i % 8)
		return true
	})
}

// seen tells whether three words were seen one after another.
func (p *Phrases) seen(a, b, c int32) bool {
	if a < 0 || b < 0 || c < 0 {
		return false
	}
	seen := true
	p.places(a, b, c, func(i uint32) bool {
		seen = p.bits[i/8]>>(i%8)&1 != 0
		return seen
	})
	return seen
}

// places calls yield with the four bits of three words, until it answers false.
func (p *Phrases) places(a, b, c int32, yield func(i uint32) bool) {
	var key [12]byte
	binary.LittleEndian.PutUint32(key[:], uint32(a))
	binary.LittleEndian.PutUint32(key[4:], uint32(b))
	binary.LittleEndian.PutUint32(key[8:], uint32(c))
	h := uint64(0xcbf29ce484222325)
	for _, x := range key {
		h = (h ^ uint64(x)) * 0x100000001b3
	}
	h = (h ^ h>>29) * 0xBF58476D1CE4E5B9
	step := uint32(h>>32) | 1
	for i, at := 0, uint32(h); i < 4; i++ {
		if !yield(at >> (32 - phraseBits)) {
			return
		}
		at += step
	}
}

// count returns how many threes of neighbours among the words were seen.
func (p *Phrases) count(words []int32) (n float32) {
	for i := range len(words) - 2 {
		if p.seen(words[i], words[i+1], words[i+2]) {
			n++
		}
	}
	return n
}
