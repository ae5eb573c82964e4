package spelling

import (
	"sync"
	"unicode/utf8"

	"gongkai/inspection/spelling/sound"
	"gongkai/internal/zh"
)

// fixed finds words of four characters, most of them idioms, with one character
// exchanged for one of the same sound or look. No variant is listed: the words
// stand under the sound of their characters, as each slip would make it sound, and
// a filter of bits keeps nearly all text away from the list.
type fixed struct {
	filter []uint64
	words  map[uint64][]string
	sounds *[1 << 16]sound.Syllable
	trie   *zh.Trie
	total  int32
}

const (
	fixedRunes = 4
	fixedBits  = 21
	// A word counted less often in general text is no idiom people know.
	fixedLeast = zh.CostUnit * 69 / 30 // the logarithm of 10
	// How much likelier than what stands there the word must be.
	fixedMargin = zh.CostUnit * 10
	// And how much where the half that is right is a common word of its own, so that
	// the other may be a new one: 餐品质量.
	halfMargin = zh.CostUnit * 16
	halfCommon = zh.CostUnit * 7
)

var fixedWords = sync.OnceValue(newFixed)

func newFixed() *fixed {
	x := &fixed{filter: make([]uint64, 1<<fixedBits/64), words: map[uint64][]string{}, sounds: sound.Table()}
	x.trie, x.total = zh.Dictionary()
	x.trie.Each(func(w string, _, v int32) bool {
		if len(w) == 3*fixedRunes && v >= fixedLeast && utf8.RuneCountInString(w) == fixedRunes {
			x.add(w)
		}
		return true
	})
	return x
}

func (x *fixed) add(w string) {
	r := []rune(w)
	var own [fixedRunes]uint64
	for i, c := range r {
		if own[i] = uint64(sound.Main(c).Fold()); own[i] == 0 {
			return
		}
	}
	seen := map[uint64]bool{}
	for i, c := range r {
		slip := func(s sound.Syllable) {
			as := own
			as[i] = uint64(s.Fold())
			k := as[0]<<48 | as[1]<<32 | as[2]<<16 | as[3]
			if !seen[k] {
				seen[k] = true
				x.words[k] = append(x.words[k], w)
				h := hashOf(k)
				x.filter[h/64] |= 1 << (h % 64)
			}
		}
		for _, s := range sound.Of(c) {
			slip(s)
		}
		for _, o := range sound.Lookalikes(c) {
			slip(sound.Main(o))
		}
	}
}

func hashOf(k uint64) uint64 { return k * 0x9E3779B97F4A7C15 >> (64 - fixedBits) }

// each calls yield for every stretch of four characters that sounds like a fixed
// word, differs from it in one character and is much less likely.
func (x *fixed) each(s string, yield func(b, e int, right string)) {
	var k uint64 // the sounds of the last four characters
	have := 0
	for i := 0; i < len(s); {
		b := s[i]
		if b&0xF0 != 0xE0 || i+2 >= len(s) {
			have = 0
			i++
			continue
		}
		f := x.sounds[uint16(b)<<12|uint16(s[i+1]&0x3F)<<6|uint16(s[i+2]&0x3F)]
		i += 3
		if f == 0 {
			have = 0
			continue
		}
		k = k<<16 | uint64(f)
		if have++; have < fixedRunes {
			continue
		}
		if h := hashOf(k); x.filter[h/64]>>(h%64)&1 != 0 {
			if right, ok := x.meant(k, s[i-3*fixedRunes:i]); ok {
				yield(i-3*fixedRunes, i, right)
			}
		}
	}
}

// meant returns the one word that got is meant to be.
func (x *fixed) meant(k uint64, got string) (right string, ok bool) {
	for _, w := range x.words[k] {
		if w == got {
			return "", false
		}
		off := -1
		for i := 0; i < len(w); i += 3 {
			if w[i:i+3] != got[i:i+3] {
				if off >= 0 {
					off = -2
					break
				}
				off = i
			}
		}
		if off < 0 {
			continue
		}
		a, _ := utf8.DecodeRuneInString(w[off:])
		b, _ := utf8.DecodeRuneInString(got[off:])
		if sound.Alike(a, b) == sound.None || !x.likelier(w, got, off) {
			continue
		}
		if right != "" {
			return "", false // two words explain it
		}
		right = w
	}
	return right, right != ""
}

// likelier tells whether w is much likelier than got, in which the character at
// off must stand for itself.
func (x *fixed) likelier(w, got string, off int) bool {
	if _, is := x.trie.Lookup(got); is {
		return false
	}
	v, _ := x.trie.Lookup(w)
	margin := int32(fixedMargin)
	whole := got[:6]
	if off < 6 {
		whole = got[6:]
	}
	if c, is := x.trie.Lookup(whole); is && c > halfCommon {
		margin = halfMargin
	}
	as := int32(0)
	for _, t := range zh.Default().Cut(nil, got) {
		if t.Start <= off && off < t.End && t.End-t.Start > 3 {
			return false
		}
		if c, is := x.trie.Lookup(got[t.Start:t.End]); is {
			as += x.total - c
		} else {
			as += x.total
		}
	}
	return as-(x.total-v) >= margin
}
