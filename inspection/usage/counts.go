package usage

import (
	"math/bits"
	"unicode/utf8"
)

// Shortest is how many characters a phrase has at least; it is what is counted of
// longer ones.
const Shortest = 3

// Most is the largest number of texts that is told apart: beyond it is "many".
const Most = 15

// Counts are in how many texts each phrase stands. Add is for one goroutine; Texts
// and Of for many, when nothing is added any more.
type Counts struct {
	cells []uint64 // sixteen counters of four bits each
	shift uint     // of a hash, to the number of its counter
	texts int

	seen []uint64 // the phrases of the text being added: an open table
	turn uint64   // which text it is, beside each phrase
}

// Sizes of the sketch, as logarithms of its number of counters: half a byte each.
const (
	leastBits = 16
	mostBits  = 25
)

// phrasesOfText is how many counters there are for a text: more than it has phrases
// that no other has.
const phrasesOfText = 1500

// New returns counts that are made for about so many texts. More may be added; the
// numbers then grow less sure. They take 32 KiB to 16 MiB.
func New(texts int) *Counts {
	n := min(max(bits.Len(uint(max(texts, 1)*phrasesOfText)), leastBits), mostBits)
	return &Counts{cells: make([]uint64, 1<<n/16), shift: uint(64 - n)}
}

// Of returns how many texts were added.
func (c *Counts) Of() int { return c.texts }

// Add counts every phrase of a text once.
func (c *Counts) Add(text string) {
	c.begin(len(text))
	each(text, func(h uint64) bool {
		if c.first(h) {
			c.count(h)
		}
		return true
	})
	c.texts++
}

// Texts returns in about how many texts a phrase stands, Most if in more; never too
// few. Of a phrase longer than Shortest it tells the least of its parts. What is no
// phrase stands in none.
func (c *Counts) Texts(phrase string) int {
	least, parts := uint64(Most), 0
	each(phrase, func(h uint64) bool {
		a, b := c.places(h)
		least = min(least, c.at(a), c.at(b))
		parts++
		return least > 0
	})
	if parts == 0 || least > 0 && parts+Shortest-1 != utf8.RuneCountInString(phrase) {
		return 0 // something else stands between the characters
	}
	return int(least)
}

// each calls yield with the hash of every three Chinese characters that stand side by
// side in s, until it answers false.
func each(s string, yield func(h uint64) bool) {
	var one, two rune // the characters before
	length := 0
	for _, r := range s {
		if !han(r) {
			length = 0
			continue
		}
		if length++; length >= Shortest && !yield(join(join(join(0, one), two), r)) {
			return
		}
		one, two = two, r
	}
}

// han tells of the characters whose phrases are counted.
func han(r rune) bool { return r >= 0x4E00 && r <= 0x9FFF }

// join is the hash of a phrase with one character more.
func join(h uint64, r rune) uint64 {
	h = (h ^ uint64(r)) * 0x9E3779B97F4A7C15
	return h ^ h>>29
}

// places are the two counters of a phrase.
func (c *Counts) places(h uint64) (a, b uint64) {
	return h * 0xD6E8FEB86659FD93 >> c.shift, h * 0xC2B2AE3D27D4EB4F >> c.shift
}

func (c *Counts) at(i uint64) uint64 { return c.cells[i/16] >> (i % 16 * 4) & Most }

// count raises the lower of the two counters, both if they are level: a counter is
// never above what its phrases need.
func (c *Counts) count(h uint64) {
	a, b := c.places(h)
	x, y := c.at(a), c.at(b)
	if x <= y && x < Most {
		c.cells[a/16] += 1 << (a % 16 * 4)
	}
	if y <= x && y < Most && a != b {
		c.cells[b/16] += 1 << (b % 16 * 4)
	}
}

// begin makes room to remember the phrases of a text of so many bytes.
func (c *Counts) begin(size int) {
	slots := 1 << bits.Len(uint(max(size, 1<<10)))
	if len(c.seen) < 2*slots {
		c.seen, c.turn = make([]uint64, 2*slots), 0
	}
	c.turn++
}

// first tells whether a phrase comes the first time in the text being added.
func (c *Counts) first(h uint64) bool {
	mask := uint64(len(c.seen)/2 - 1)
	for i := h >> 20 & mask; ; i = (i + 1) & mask {
		slot := c.seen[2*i : 2*i+2 : 2*i+2]
		if slot[1] != c.turn {
			slot[0], slot[1] = h, c.turn
			return true
		}
		if slot[0] == h {
			return false
		}
	}
}
