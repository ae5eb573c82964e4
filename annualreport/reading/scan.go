package reading

import (
	"strings"
	"unicode/utf8"
)

// A kind says what a token is.
type kind uint8

const (
	words   kind = iota // words, with the labels they may be
	number              // a number
	empty               // a cell that is seen to be empty
	stroke              // a sign for "does not apply"
	turn                // the page turns, or a page number
	running             // running text; ends a table
)

// A token is one thing a table is made of.
type token struct {
	kind   kind
	order  uint8 // words: the number printed before them
	nguess uint8
	soft   bool // empty: only white space that might mean nothing
	guess  [3]guess

	line  int32 // of the source
	cell  int32 // counted over the source; 0 in lines without cells
	x     int32 // where it begins and ends in its line, in code points
	xe    int32
	start int32 // in the text of the part, in code points
	end   int32
	gap   int32 // empty lines before its line, if it is the first of it
	b, be int32 // in source.text, bytes
	fig   figure
	page  int32
	place int32 // index into source.places plus one
	span  int32 // the columns of the file's own table that its cell covers
	col   int32 // which cell of its line it stands in, from 0
	twin  int32 // number: the token of the same figure printed twice in a cell, plus one
	bad   bool  // number: several numbers that cannot be one
}

// A guess is a label that words may be, and how like it they are from 0 to 100.
type guess struct {
	entry uint8
	score uint8
}

// maxTokens bounds the work on one file.
const maxTokens = 60_000

// A scanner turns lines into tokens.
type scanner struct {
	tokens []token
	text   string // the text the byte offsets count in
	line   int32
	cells  int32
	gap    int32
	page   int32
	place  int32
	col    int32
	span   int32
	border bool // lines of cells begin with a stroke
	full   bool // there were more tokens than we read
	buf    []uint8
	at     []int32
	byteAt []int32
	tab    int // lines that are one cell after one tab
	cols   int // lines of several cells
}

func (s *scanner) push(t token) {
	if len(s.tokens) >= maxTokens {
		s.full = true
		return
	}
	t.page, t.place, t.col, t.span = s.page, s.place, s.col, s.span
	s.tokens = append(s.tokens, t)
}

// scanCell scans text[i:j], one cell or a line without cells, and returns how
// many tokens it gave.
func (s *scanner) scanCell(i, j int, at, cell, x int32) int {
	n := len(s.tokens)
	start := i
	back := int32(0) // code points between start and i
	blank := false
	for i < j && !s.full {
		r, w := utf8.DecodeRuneInString(s.text[i:j])
		if r == '<' || r == '&' || r == '\\' {
			if k := mark(s.text[i:j]); k > 0 {
				back += int32(utf8.RuneCountInString(s.text[i : i+k]))
				i += k
				continue
			}
		}
		if space(r) || r == '*' || r == '#' || r == '>' && i == start || r == '`' || r == '\t' || r == '$' || r == '~' {
			blank = blank || r != ' ' && r != '\r' && !hidden(r)
			i += w
			back++
			continue
		}
		if r == '_' || r == '…' {
			i += w
			back++
			continue
		}
		rest := s.text[i:j]
		t := token{line: s.line, cell: cell, x: x + back, start: at + back, b: int32(i)}
		size := 0
		if size = readStroke(rest); size > 0 {
			t.kind = stroke
		} else if f, k := readFigure(rest); k > 0 {
			t.kind, t.fig, size = number, f, k
		} else {
			t.kind = words
			size = s.wordsEnd(rest, cell > 0)
			if figureLike(rest[:size]) {
				t.kind, t.bad = number, true
			}
		}
		if size == 0 {
			size = w
		}
		c := int32(utf8.RuneCountInString(s.text[i : i+size]))
		t.xe, t.end, t.be = t.x+c, t.start+c, int32(i+size)
		if t.kind == words {
			s.pushWords(t, s.text[i:i+size])
		} else {
			s.push(t)
		}
		i += size
		back += c
	}
	if blank && len(s.tokens) == n && cell == 0 {
		s.push(token{kind: empty, soft: true, line: s.line, x: x, xe: x, start: at, end: at, b: int32(start), be: int32(start)})
	}
	return len(s.tokens) - n
}

// mark returns the size of a mark of HTML or of a formula that prints nothing.
func mark(s string) int {
	switch s[0] {
	case '<':
		if k := strings.IndexByte(s, '>'); k > 0 && k < 200 && (s[1] >= 'a' && s[1] <= 'z' || s[1] >= 'A' && s[1] <= 'Z' || s[1] == '/') {
			return k + 1
		}
	case '&':
		for _, e := range []string{"&nbsp;", "&#160;", "&ensp;", "&emsp;", "&thinsp;"} {
			if strings.HasPrefix(s, e) {
				return len(e)
			}
		}
	case '\\':
		if len(s) > 1 && strings.IndexByte("()[],;! ", s[1]) >= 0 {
			return 2
		}
	}
	return 0
}

// figureLike reports words that must have been a number: digits, or letters
// taken for them, among points and units, and no word of any language.
func figureLike(s string) bool {
	digits, likes, others := 0, 0, 0
	for _, r := range s {
		if _, ok := digit(r); ok {
			digits++
		} else if _, ok := like(r); ok {
			likes++
		} else {
			switch {
			case hidden(r), minus(r):
			case r == '.' || r == '．' || r == ',' || r == '，' || r == '元' || r == '万' || r == '亿' || r == '增' || r == '减' || r == '加' || r == '少' || r == '件' || r == ' ':
				others++
			case r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '|' || r == '!':
				likes += 2
			default:
				return false
			}
		}
	}
	n := digits + likes
	if n == 0 || n > 16 || strings.HasSuffix(s, ".") && others == 1 && likes == 0 {
		return false
	}
	return digits > 0 && n <= 2*digits+1 || likes <= 3 && digits+others > 0
}

// wordsEnd returns where the words at the start of s end: at wide space, or
// where a number or a stroke begins that stands alone.
func (s *scanner) wordsEnd(t string, inCell bool) int {
	i, spaces, from := 0, 0, 0
	for i < len(t) {
		r, w := utf8.DecodeRuneInString(t[i:])
		if hidden(r) {
			i += w
			continue
		}
		if space(r) {
			if spaces == 0 {
				from = i
			}
			if spaces++; spaces >= 2 && !inCell {
				return from
			}
			i += w
			continue
		}
		if spaces > 0 {
			if _, isDigit := digit(r); isDigit || minus(r) || r == '增' || r == '减' || r == '$' || r == '+' {
				if _, k := readFigure(t[i:]); k > 0 {
					return from
				}
			}
			if k := readStroke(t[i:]); k > 0 {
				return from
			}
		}
		spaces = 0
		i += w
	}
	return i
}
