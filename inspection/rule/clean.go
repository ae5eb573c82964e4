package rule

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Clean is a text as a reader takes it: without the spaces, line breaks and
// marks that printing, scanning or Markdown put inside sentences.
type Clean struct {
	S  string
	at []int32 // by byte of S: the byte of the original it came from
}

// Origin turns a stretch of the clean text into the stretch of the original.
func (c *Clean) Origin(b, e int) (int, int) {
	from := int(c.at[b])
	last := int(c.at[e-1])
	_, n := utf8.DecodeRuneInString(c.S[lastRune(c.S, e):])
	to := last + 1
	if n > 1 {
		to = int(c.at[lastRune(c.S, e)]) + n
	}
	return from, to
}

func lastRune(s string, e int) int {
	for e--; e > 0 && !utf8.RuneStart(s[e]); e-- {
	}
	return e
}

// Clean returns the clean text. It is made once.
func (t *Text) Clean() *Clean {
	t.clean.once.Do(func() { t.clean.c = cleanOf(t.S) })
	return &t.clean.c
}

// longLine is from how many characters on a line without an end mark goes on in
// the next one; shorter ones are headings and cells.
const longLine = 18

func cleanOf(s string) Clean {
	c := Clean{at: make([]int32, 0, len(s)+1)}
	var b strings.Builder
	b.Grow(len(s))
	put := func(i, n int) {
		b.WriteString(s[i : i+n])
		for k := range n {
			c.at = append(c.at, int32(i+k))
		}
	}
	line := 0 // characters in the line so far
	var last rune
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '*' && (strings.HasPrefix(s[i:], "**") || i > 0 && s[i-1] == '*'):
		case r == '\u200b' || r == '\ufeff' || r == '\u00ad':
		case r == ' ' || r == '\u00a0' || r == '\u3000':
			next, _ := nextRune(s, i)
			if !(wordy(last) && wordy(next)) || !unicode.Is(unicode.Han, last) && !unicode.Is(unicode.Han, next) {
				put(i, n)
				last = r
			}
		case r == '\n':
			if next, blank := nextRune(s, i); line >= longLine && !blank && unicode.Is(unicode.Han, last) && unicode.Is(unicode.Han, next) {
				// A line cut by the page goes on.
			} else {
				put(i, n)
				last = r
			}
			line = 0
		default:
			put(i, n)
			last = r
			line++
		}
		i += n
	}
	c.S = b.String()
	return c
}

// wordy tells runes between which a space is none of the writer's.
func wordy(r rune) bool {
	return unicode.Is(unicode.Han, r) || r >= '0' && r <= '9'
}

// nextRune returns the next rune that is no space, and whether a blank line or a
// tab comes first.
func nextRune(s string, i int) (rune, bool) {
	breaks := 0
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch r {
		case '\n':
			breaks++
		case ' ', '\u00a0', '\u3000', '\r', '*':
		case '\t':
			return r, true
		default:
			return r, breaks > 2
		}
		i += n
	}
	return 0, true
}
