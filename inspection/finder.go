package inspection

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"gongkai/inspection/rule"
)

// A finder finds the words a unit keeps itself: all in one pass over a text, as far as
// they are long enough for it, the others one by one.
type finder struct {
	words []Word
	long  *rule.Words
	which []int // of words, by the number of a long one
	short []int // of words
}

// leastLong is how many bytes a word has that is found together with others, two
// Chinese characters.
const leastLong = 6

func newFinder(words []Word) finder {
	f := finder{words: words}
	var long []string
	for i, w := range words {
		// Of a blank, or what is no character, the one pass takes no notice.
		if r, _ := utf8.DecodeRuneInString(w.Word); len(w.Word) >= leastLong && r > ' ' && r != utf8.RuneError && len(long) < mostNames {
			long = append(long, w.Word)
			f.which = append(f.which, i)
		} else if w.Word != "" {
			f.short = append(f.short, i)
		}
	}
	if len(long) > 0 {
		f.long = rule.NewWords(long)
	}
	return f
}

// stood is where a word stands.
type stood struct{ word, b int }

// places are the bytes at which words stand, word by word in the order they are kept
// and each in the order of the text. A word does not stand within itself.
func (f *finder) places(s string) []stood {
	var all []stood
	if f.long != nil {
		f.long.Each(s, func(n, b int) { all = append(all, stood{f.which[n], b}) })
	}
	for _, n := range f.short {
		for b, w := 0, f.words[n].Word; ; {
			i := strings.Index(s[b:], w)
			if i < 0 {
				break
			}
			all = append(all, stood{n, b + i})
			b += i + len(w)
		}
	}
	slices.SortFunc(all, func(a, b stood) int { return cmp.Or(a.word-b.word, a.b-b.b) })
	left := all[:0]
	for _, x := range all {
		if n := len(left); n > 0 && left[n-1].word == x.word && x.b < left[n-1].b+len(f.words[x.word].Word) {
			continue
		}
		left = append(left, x)
	}
	return left
}
