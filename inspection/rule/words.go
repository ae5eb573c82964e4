package rule

import (
	"slices"
	"strings"
)

// Words finds the places of many words in one pass over a text. It looks at the
// first six bytes of every character's place through a table of bits that fits the
// processor's first cache, and compares only what passes; so most of a text costs
// one load a character, however many words there are. It may be shared.
type Words struct {
	bits  [1 << 13]byte // 2^16 bits
	first map[uint64][]int32
	words []string
}

// shortestWord is two Han characters.
const shortestWord = 6

// NewWords prepares words of at least six bytes each, two Han characters; it panics
// at a shorter one, because the lists are the program's own.
func NewWords(words []string) *Words {
	w := &Words{first: map[uint64][]int32{}, words: words}
	for i, s := range words {
		if len(s) < shortestWord {
			panic("word too short: " + s)
		}
		k := sixBytes(s)
		h := mix(k)
		w.bits[h>>3] |= 1 << (h & 7)
		w.first[k] = append(w.first[k], int32(i))
	}
	for _, all := range w.first {
		slices.SortStableFunc(all, func(a, b int32) int { return len(words[b]) - len(words[a]) })
	}
	return w
}

// sixBytes are the first six bytes of s, which must have them.
func sixBytes(s string) uint64 {
	_ = s[5]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 | uint64(s[4])<<32 | uint64(s[5])<<40
}

// mix spreads six bytes over sixteen bits.
func mix(k uint64) uint16 { return uint16(k * 0x9E3779B97F4A7C15 >> 48) }

// Each calls yield with the number of every word that stands in the text and the
// byte where it begins: in the order of the text, at one place the longest first.
func (w *Words) Each(s string, yield func(word, at int)) {
	for i := 0; i+shortestWord <= len(s); {
		b := s[i]
		if b >= 0x80 || w.ascii(b) {
			k := sixBytes(s[i:])
			if h := mix(k); w.bits[h>>3]&(1<<(h&7)) != 0 {
				for _, n := range w.first[k] {
					if strings.HasPrefix(s[i:], w.words[n]) {
						yield(int(n), i)
					}
				}
			}
		}
		switch {
		case b < 0xC0:
			i++
		case b < 0xE0:
			i += 2
		case b < 0xF0:
			i += 3
		default:
			i += 4
		}
	}
}

// ascii tells bytes of ASCII with which a word may begin; words of the lists begin
// with Han characters, marks or letters, hardly with blanks and digits.
func (w *Words) ascii(b byte) bool { return b > ' ' }
