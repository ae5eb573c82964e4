package rule

import (
	"cmp"
	"math/bits"
	"slices"
)

// Words finds the places of many words in one pass over a text. It looks at the
// first six bytes of every character's place through a table of bits that fits the
// processor's first cache, and compares only what passes; so most of a text costs
// one load a character, however many words there are. It may be shared.
type Words struct {
	bits  [1 << lineBits]uint64 // a bit for each word, by hash
	heads []uint16              // by hash: the first of entries, from 1; a power of two of them
	shift uint8                 // of a hash, to a place among heads
	// entries are the words, those of one hash one after the other, the longest first.
	entries []entry
}

// entry is a word: as many of its first eight bytes as it has, and what comes behind
// them.
type entry struct {
	first, mask uint64
	rest        string
	n, size     int32
	last        bool // of its hash
}

const (
	lineBits = 11
	headBits = 16 // at most
)

// shortestWord is two Han characters.
const shortestWord = 6

// NewWords prepares words of at least six bytes each, two Han characters; it panics
// at a shorter one, because the lists are the program's own. There may be 60,000.
func NewWords(words []string) *Words {
	places := min(bits.Len(uint(len(words)))+4, headBits)
	w := &Words{entries: make([]entry, len(words)), heads: make([]uint16, 1<<places), shift: uint8(64 - places)}
	order := make([]int32, len(words))
	for i, s := range words {
		if len(s) < shortestWord {
			panic("word too short: " + s)
		}
		order[i] = int32(i)
		h := mix(sixBytes(s))
		w.bits[line(h)] |= 1 << bit(h)
	}
	headOf := func(n int32) uint64 { return w.head(mix(sixBytes(words[n]))) }
	slices.SortStableFunc(order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(headOf(a), headOf(b)), len(words[b])-len(words[a]))
	})
	for i, n := range order {
		h := headOf(n)
		if w.heads[h] == 0 {
			w.heads[h] = uint16(i + 1)
		}
		w.entries[i] = newEntry(words[n], n, i+1 == len(order) || headOf(order[i+1]) != h)
	}
	return w
}

func newEntry(word string, n int32, last bool) entry {
	e := entry{n: n, size: int32(len(word)), last: last}
	for i := range min(len(word), 8) {
		e.first |= uint64(word[i]) << (8 * i)
		e.mask |= 0xFF << (8 * i)
	}
	if len(word) > 8 {
		e.rest = word[8:]
	}
	return e
}

// sixBytes are the first six bytes of s, which must have them.
func sixBytes(s string) uint64 {
	_ = s[5]
	return uint64(uint32(s[0])|uint32(s[1])<<8|uint32(s[2])<<16|uint32(s[3])<<24) | uint64(uint16(s[4])|uint16(s[5])<<8)<<32
}

// eightBytes are the first eight bytes of s, which must have them, in one load.
func eightBytes(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 | uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// mix spreads six bytes over the upper bits.
func mix(k uint64) uint64 { return k * 0x9E3779B97F4A7C15 }

// head, line and bit are what is taken of a hash: its place among the heads, its line
// of bits, and its bit there.
func (w *Words) head(h uint64) uint64 { return h >> w.shift }
func line(h uint64) uint64            { return h >> (64 - lineBits) }
func bit(h uint64) uint64             { return h >> (58 - lineBits) & 63 }

// Each calls yield with the number of every word that stands in the text and the
// byte where it begins: in the order of the text, at one place the longest first. No
// word begins with a blank.
func (w *Words) Each(s string, yield func(word, at int)) {
	rest := s
	for len(rest) >= 8 {
		k := eightBytes(rest)
		if h := mix(k << 16 >> 16); w.bits[line(h)]&(1<<bit(h)) != 0 {
			w.at(s, len(s)-len(rest), k, yield)
		}
		// A step the processor can foresee costs nothing; one it has to look up makes
		// every character wait for the one before.
		if b := byte(k); b >= 0xE0 && b < 0xF0 {
			rest = rest[3:]
		} else {
			rest = rest[widths[b]&7:]
		}
	}
	i := len(s) - len(rest)
	for ; i+shortestWord <= len(s); i += int(widths[s[i]]) {
		var k uint64
		for n := range min(len(s)-i, 8) {
			k |= uint64(s[i+n]) << (8 * n)
		}
		w.at(s, i, k, yield)
	}
}

// at calls yield for the words at byte i of s, which begins with the bytes k there; a
// text that ends before them has zeros.
func (w *Words) at(s string, i int, k uint64, yield func(word, at int)) {
	n := int(w.heads[w.head(mix(k<<16>>16))])
	if n == 0 || byte(k) <= ' ' {
		return
	}
	for ; ; n++ {
		e := &w.entries[n-1]
		if k&e.mask == e.first && i+int(e.size) <= len(s) && (e.rest == "" || s[i+8:i+int(e.size)] == e.rest) {
			yield(int(e.n), i)
		}
		if e.last {
			return
		}
	}
}
