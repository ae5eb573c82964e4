package planting

import (
	"math/rand/v2"
	"strings"
	"unicode/utf8"

	"gongkai/internal/zh"
)

// Slip returns s with about one slip in so many characters: a character of a word
// dropped, or typed twice. Its errors are places in the text it returns, and say
// what was meant there.
func Slip(s string, rng *rand.Rand, every int) (string, []Error) {
	var b strings.Builder
	var errors []Error
	done := 0
	for _, k := range zh.Default().Cut(nil, s) {
		w := s[k.Start:k.End]
		n := utf8.RuneCountInString(w)
		if k.Kind != zh.Word || n < 2 || n > 4 || k.Start < done || rng.IntN(every) >= n*2 {
			continue
		}
		r := []rune(w)
		i := rng.IntN(n)
		wrong, kind := string(r[:i])+string(r[i+1:]), Dropped
		if rng.IntN(3) == 0 {
			wrong, kind = string(r[:i+1])+string(r[i:]), Doubled
		}
		b.WriteString(s[min(done, k.Start):k.Start])
		errors = append(errors, Error{b.Len(), b.Len() + len(wrong), kind, w})
		b.WriteString(wrong)
		next := k.End
		for range 4 { // errors stand apart
			_, size := utf8.DecodeRuneInString(s[next:])
			next += size
		}
		b.WriteString(s[k.End:next])
		done = next
	}
	b.WriteString(s[done:])
	return b.String(), errors
}

// Mends tells whether right, put for text[start:end], does what the error needs and
// nothing else.
func (e Error) Mends(text string, start, end int, right string) bool {
	from, to := min(e.Start, start), max(e.End, end)
	return text[from:e.Start]+e.Meant+text[e.End:to] == text[from:start]+right+text[end:to]
}
