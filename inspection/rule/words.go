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
	bits  [1 << 13]byte   // by hash: whether any word begins so
	heads [1 << 16]uint16 // by hash: which of same, from 1
	same  [][]int32       // words of one hash, the longest first
	words []string
}

// shortestWord is two Han characters.
const shortestWord = 6

// NewWords prepares words of at least six bytes each, two Han characters; it panics
// at a shorter one, because the lists are the program's own. There may be 60,000.
func NewWords(words []string) *Words {
	w := &Words{words: words}
	for i, s := range words {
		if len(s) < shortestWord {
			panic("word too short: " + s)
		}
		h := mix(sixBytes(s))
		w.bits[h>>3] |= 1 << (h & 7)
		if w.heads[h] == 0 {
			w.same = append(w.same, nil)
			w.heads[h] = uint16(len(w.same))
		}
		w.same[w.heads[h]-1] = append(w.same[w.heads[h]-1], int32(i))
	}
	for _, all := range w.same {
		slices.SortStableFunc(all, func(a, b int32) int { return len(words[b]) - len(words[a]) })
	}
	return w
}

// sixBytes are the first six bytes of s, which must have them.
func sixBytes(s string) uint64 {
	_ = s[5]
	return uint64(uint32(s[0])|uint32(s[1])<<8|uint32(s[2])<<16|uint32(s[3])<<24) | uint64(uint16(s[4])|uint16(s[5])<<8)<<32
}

// mix spreads six bytes over sixteen bits.
func mix(k uint64) uint16 { return uint16(k * 0x9E3779B97F4A7C15 >> 48) }

// Each calls yield with the number of every word that stands in the text and the
// byte where it begins: in the order of the text, at one place the longest first.
func (w *Words) Each(s string, yield func(word, at int)) {
	for i := 0; i+shortestWord <= len(s); {
		b := s[i]
		if b <= ' ' {
			i++ // no word begins with a blank
			continue
		}
		h := mix(sixBytes(s[i:]))
		if w.bits[h>>3]&(1<<(h&7)) != 0 {
			for _, n := range w.same[w.heads[h]-1] {
				if strings.HasPrefix(s[i:], w.words[n]) {
					yield(int(n), i)
				}
			}
		}
		i += int(widths[b])
	}
}
