package spelling

import (
	"cmp"
	_ "embed"
	"slices"
	"strings"
)

//go:embed data/words.tsv
var wordData string

//go:embed data/forms.tsv
var formData string

//go:embed data/slips.tsv
var slipData string

//go:embed data/confused.tsv
var confusedData string

// Words returns the wrong words of the lists, for whoever compares how fast other
// programs look for them.
func Words() (all []string) {
	eachWord(func(wrong, _, _ string) { all = append(all, wrong) })
	return all
}

// HandWritten returns those of them that people wrote down.
func HandWritten() (all []string) {
	eachLine(wordData, func(wrong, _, _ string) { all = append(all, wrong) })
	return all
}

// MadeOfWords returns those of them that gen made of words laws use.
func MadeOfWords() (all []string) {
	eachLine(formData, func(wrong, _, _ string) { all = append(all, wrong) })
	return all
}

// eachWord calls yield for every wrong word, what is right and its class.
func eachWord(yield func(wrong, right, class string)) {
	known := map[string]bool{}
	eachLine(wordData, func(wrong, right, class string) {
		known[wrong] = true
		yield(wrong, right, class)
	})
	for _, data := range []string{formData, slipData, confusedData} {
		eachLine(data, func(wrong, right, class string) {
			if !known[wrong] {
				known[wrong] = true
				yield(wrong, right, class)
			}
		})
	}
}

func eachLine(data string, yield func(wrong, right, class string)) {
	for line := range strings.Lines(data) {
		f := append(strings.Split(strings.TrimSpace(line), "\t"), "", "")
		if !strings.HasPrefix(line, "#") && f[1] != "" {
			yield(f[0], f[1], f[2])
		}
	}
}

// A list finds wrong words in a text. Every word is known by its wrong character and
// the one before or behind it, which right texts seldom have side by side: a table of
// bits for pairs keeps nearly all text away from the list.
type list struct {
	words  []string
	filter []uint64
	byPair map[uint32][]listed
}

type listed struct {
	word int32
	from int32 // where in the word its pair begins, in bytes
}

// pairBits is the logarithm of the size of the table of bits: 128 KiB.
const pairBits = 20

func pairOf(a, b uint32) uint32 { return a<<16 | b }

func pairHash(k uint32) uint32 { return k * 0x9E3779B1 >> (32 - pairBits) }

// newList makes a list of words of Chinese characters and what is right for each.
func newList(words, right []string) *list {
	x := &list{words: words, filter: make([]uint64, 1<<pairBits/64), byPair: map[uint32][]listed{}}
	for i, w := range words {
		r, meant := []rune(w), []rune(right[i])
		at := 0
		for at < len(r)-1 && at < len(meant) && r[at] == meant[at] {
			at++
		}
		// In the middle of a word the pair before is taken: what is behind begins
		// other words.
		at = max(0, at-1)
		k := pairOf(uint32(r[at]), uint32(r[at+1]))
		x.byPair[k] = append(x.byPair[k], listed{int32(i), int32(len(string(r[:at])))})
		h := pairHash(k)
		x.filter[h/64] |= 1 << (h % 64)
	}
	return x
}

// A match is one place of a word of a list, in bytes.
type match struct{ word, start, end int }

// each calls yield for every place of every word, in the order in which they end; of
// those that end together the longest first.
func (x *list) each(s string, yield func(match)) {
	var found []match
	prev := uint32(0)
	filter := x.filter
	for i := 0; i < len(s); {
		b := s[i]
		if b&0xF0 != 0xE0 || i+2 >= len(s) {
			prev = 0
			i++
			continue
		}
		c := uint32(b&0xF)<<12 | uint32(s[i+1]&0x3F)<<6 | uint32(s[i+2]&0x3F)
		i += 3
		k := pairOf(prev, c)
		prev = c
		if h := pairHash(k); filter[h/64]>>(h%64)&1 == 0 {
			continue
		}
		for _, l := range x.byPair[k] {
			w := x.words[l.word]
			if from := i - 6 - int(l.from); from >= 0 && strings.HasPrefix(s[from:], w) {
				found = append(found, match{int(l.word), from, from + len(w)})
			}
		}
	}
	slices.SortFunc(found, func(a, b match) int { return cmp.Or(cmp.Compare(a.end, b.end), cmp.Compare(a.start, b.start)) })
	for _, m := range found {
		yield(m)
	}
}
