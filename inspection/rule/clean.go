package rule

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Clean is a text as a reader takes it: without the spaces, line breaks and
// marks that printing, scanning or Markdown put inside sentences.
type Clean struct {
	S      string
	pieces []piece // where stretches of S came from, in order; none if S is the original
}

// A piece is a stretch of clean text that stands unbroken in the original.
type piece struct{ at, from int32 }

// origin is the byte of the original from which byte b of the clean text came.
func (c *Clean) origin(b int) int {
	i := sort.Search(len(c.pieces), func(i int) bool { return int(c.pieces[i].at) > b }) - 1
	if i < 0 {
		return b
	}
	return int(c.pieces[i].from) + b - int(c.pieces[i].at)
}

// Origin turns a stretch of the clean text into the stretch of the original.
func (c *Clean) Origin(b, e int) (int, int) {
	from := c.origin(b)
	last := lastRune(c.S, e)
	_, n := utf8.DecodeRuneInString(c.S[last:])
	return from, c.origin(last) + max(n, 1)
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

// widths are how many bytes a character has by its first byte; a byte that begins
// none counts for itself.
var widths = func() (w [256]uint8) {
	for b := range w {
		switch {
		case b < 0xC0:
			w[b] = 1
		case b < 0xE0:
			w[b] = 2
		case b < 0xF0:
			w[b] = 3
		default:
			w[b] = 4
		}
	}
	return w
}()

// plain is widths, and 0 for bytes with which a character may begin that is left out.
var plain = func() (w [256]uint8) {
	w = widths
	for _, b := range []byte{' ', '\n', '*', 0xC2, 0xE2, 0xE3, 0xEF} {
		w[b] = 0
	}
	return w
}()

// The characters of three bytes that may be left out, the first byte lowest.
const (
	wideBlank = 0x8080E3 // U+3000
	noBreak   = 0xBFBBEF // U+FEFF
	noWidth   = 0x8B80E2 // U+200B
)

func cleanOf(s string) Clean {
	c := cleaning{s: s}
	for i := 0; i < len(s); {
		// Most of a text are characters of three bytes that stay. The processor foresees
		// that; a step looked up by the byte would make each wait for the one before.
		for i+4 <= len(s) {
			k := uint32(s[i]) | uint32(s[i+1])<<8 | uint32(s[i+2])<<16 | uint32(s[i+3])<<24
			if b := byte(k); b < 0xE0 || b >= 0xF0 {
				break
			}
			if k &= 0xFFFFFF; k == wideBlank || k == noBreak || k == noWidth {
				break
			}
			i += 3
		}
		if i >= len(s) {
			break
		}
		b := s[i]
		if n := plain[b]; n != 0 {
			i += int(n)
			continue
		}
		n := min(int(widths[b]), len(s)-i)
		if c.drops(i, n) {
			c.drop(i, n)
		}
		if b == '\n' {
			c.line = i + 1
		}
		i += n
	}
	return c.done()
}

// cleaning is a clean text in the making.
type cleaning struct {
	s      string
	out    strings.Builder
	pieces []piece
	from   int  // the piece that is kept begins here
	last   rune // before from, the last character kept
	line   int  // the line begins here

	next  rune // the next character that is no blank, for places before ahead
	ahead int
}

// following is the next character behind byte i that is no blank. A run of blanks is
// looked along once.
func (c *cleaning) following(i int) rune {
	if i >= c.ahead {
		rest := strings.TrimLeft(c.s[i:], blanks)
		c.ahead = len(c.s) - len(rest)
		c.next, _ = utf8.DecodeRuneInString(rest)
		if rest == "" {
			c.next = 0
		}
	}
	return c.next
}

// blanks are what nextRune steps over.
const blanks = " \u00a0\u3000\r\n*"

// drops tells whether the character at byte i, n bytes long, is left out.
func (c *cleaning) drops(i, n int) bool {
	s := c.s
	switch {
	case s[i] == '*':
		return strings.HasPrefix(s[i:], "**") || i > 0 && s[i-1] == '*'
	case s[i] == '\n':
		if last := c.before(i); !han(last) {
			return false
		}
		next, blank := nextRune(s, i)
		return !blank && han(next) && c.long(i) // a line cut by the page goes on
	}
	switch s[i : i+n] {
	case "\u200b", "\ufeff", "\u00ad":
		return true
	case " ", "\u00a0", "\u3000":
		last := c.before(i)
		if !wordy(last) {
			return false
		}
		next := c.following(i)
		return wordy(next) && (han(last) || han(next))
	}
	return false
}

// before is the last character kept before byte i.
func (c *cleaning) before(i int) rune {
	if i == c.from {
		return c.last
	}
	r, _ := utf8.DecodeLastRuneInString(c.s[c.from:i])
	return r
}

// long tells whether the line that ends at byte i goes on in the next one.
func (c *cleaning) long(i int) bool {
	n := 0
	line := c.s[c.line:i]
	for at, r := range line {
		switch {
		case r == ' ', r == '\u00a0', r == '\u3000', r == '\u200b', r == '\ufeff', r == '\u00ad',
			r == '*' && (strings.HasPrefix(line[at:], "**") || at > 0 && line[at-1] == '*'):
		default:
			if n++; n >= longLine {
				return true
			}
		}
	}
	return false
}

func (c *cleaning) drop(i, n int) {
	if c.pieces == nil {
		c.out.Grow(len(c.s))
	}
	if i > c.from {
		c.last = c.before(i)
		c.keep(i)
	}
	c.from = i + n
}

// keep writes what stands between from and byte i.
func (c *cleaning) keep(i int) {
	c.pieces = append(c.pieces, piece{int32(c.out.Len()), int32(c.from)})
	c.out.WriteString(c.s[c.from:i])
}

func (c *cleaning) done() Clean {
	if c.from == 0 && c.pieces == nil {
		return Clean{S: c.s}
	}
	if c.from < len(c.s) {
		c.keep(len(c.s))
	}
	return Clean{S: c.out.String(), pieces: c.pieces}
}

// han tells Han characters, nearly all of which stand in one block.
func han(r rune) bool { return r >= 0x4E00 && r <= 0x9FFF || r >= 0x2E80 && unicode.Is(unicode.Han, r) }

// wordy tells runes between which a space is none of the writer's.
func wordy(r rune) bool {
	return han(r) || r >= '0' && r <= '9'
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
