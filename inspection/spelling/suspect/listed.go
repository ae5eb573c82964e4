package suspect

import "gongkai/internal/zh"

// listing is the dictionary that people made, beside the words that were merely
// counted in texts: a form in it is a word, if a rare one.
type listing struct{ words *zh.Trie }

// find returns the logarithm of how often the dictionary counted a word.
func (x listing) find(w []rune) (float32, bool) {
	s, ok := x.words.Root(), true
	for _, r := range w {
		if s, ok = x.words.Step(s, r); !ok {
			return 0, false
		}
	}
	v, ok := x.words.Value(s)
	return float32(v) / zh.CostUnit, ok
}
