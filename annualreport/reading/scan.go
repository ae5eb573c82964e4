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

// scanText scans a text line by line.
func (s *scanner) scanText(text string) {
	s.text = text
	s.border = bordered(text)
	at := int32(0) // code points before the line
	for i := 0; i <= len(text) && !s.full; {
		j := i
		if k := strings.IndexByte(text[i:], '\n'); k >= 0 {
			j = i + k
		} else {
			j = len(text)
		}
		n := int32(utf8.RuneCountInString(text[i:j]))
		s.textLine(i, j, at)
		at += n + 1
		i = j + 1
	}
}

// bordered reports whether most lines with upright strokes begin with one: then
// it is no cell's end.
func bordered(text string) bool {
	with, begin := 0, 0
	for i := 0; ; {
		k := strings.IndexByte(text[i:], '|')
		if k < 0 {
			return begin*2 > with
		}
		with++
		j := i + k
		for j > 0 && (text[j-1] == ' ' || text[j-1] == '\t') {
			j--
		}
		e := strings.IndexByte(text[i+k:], '\n')
		line := text[i+k:]
		if e >= 0 {
			line = line[:e]
		}
		if strings.Trim(line, "| \r") == "" && (j == 0 || text[j-1] == '\n') {
			with-- // nothing but strokes
		} else if j == 0 || text[j-1] == '\n' {
			begin++
		}
		if e < 0 {
			return begin*2 > with
		}
		i += k + e + 1
	}
}

// textLine scans the line text[i:j].
func (s *scanner) textLine(i, j int, at int32) {
	s.line++
	if k := strings.IndexByte(s.text[i:j], '\f'); k >= 0 {
		s.tokens = append(s.tokens, token{kind: turn, line: s.line, start: at, end: at})
		n := utf8.RuneCountInString(s.text[i : i+k])
		s.textLine(i, i+k, at)
		i, at = i+k+1, at+int32(n)+1
	}
	line := s.text[i:j]
	bare := strings.TrimLeft(line, " \r")
	if bare == "" {
		s.gap++
		return
	}
	if strings.IndexByte(line, '\t') < 0 && strings.IndexByte(line, '|') < 0 && !strings.ContainsAny(line[:min(len(line), 3)], "｜│") {
		if long(line) {
			s.push(token{kind: running, line: s.line, start: at, end: at + int32(len(line)/3), b: int32(i), be: int32(j)})
			s.gap = 0
			return
		}
		if len(line) > 600 {
			s.sentences(i, j, at)
			return
		}
		first := len(s.tokens)
		s.scanCell(i, j, at, 0, 0)
		s.judge(first, line)
		return
	}
	s.cellLine(i, j, at)
}

// sentences scans a line that holds a whole table, and running text perhaps,
// sentence by sentence.
func (s *scanner) sentences(i, j int, at int32) {
	for i < j && !s.full {
		e := j
		if k := strings.Index(s.text[i:j], "。"); k >= 0 {
			e = i + k + len("。")
		}
		first := len(s.tokens)
		s.scanCell(i, e, at, 0, 0)
		s.judge(first, s.text[i:e])
		at += int32(utf8.RuneCountInString(s.text[i:e]))
		i = e
		s.line++
	}
}

// long reports lines so long, and with so few numbers standing alone, that
// they can only be running text.
func long(line string) bool {
	if len(line) < 200 {
		return false
	}
	alone, run, bound := 0, 0, true
	for i := 0; i < len(line); i++ {
		c := line[i]
		switch {
		case c >= '0' && c <= '9', (c == '.' || c == ',') && run > 0:
			run++
		case c == ' ':
			if run > 0 && bound {
				alone++
			}
			run, bound = 0, true
		case c == 0xEF && i+2 < len(line) && line[i+1] == 0xBC && line[i+2] >= 0x90 && line[i+2] <= 0x99:
			run++
			i += 2
		case c >= 0x80:
			if run > 0 && bound {
				alone++
			}
			run, bound = 0, false
			if c == 0xC2 {
				bound = true
			}
		default:
			run, bound = 0, false
		}
	}
	return alone < 12 && alone*60 < len(line)
}

// cellLine scans a line of cells parted by tabs or strokes.
func (s *scanner) cellLine(i, j int, at int32) {
	line := s.text[i:j]
	sep := byte('\t')
	if strings.IndexByte(line, '|') >= 0 {
		sep = '|'
		t := strings.TrimRight(line, " \r\t")
		k := 0
		for k < len(t) && (t[k] == ' ' || t[k] == '\t') {
			k++
		}
		if ruler(t[k:]) {
			return
		}
		if s.border && k < len(t) && t[k] == '|' && t != "|" {
			k++
		}
		if e := len(t) - 1; e > k && t[e] == '|' {
			t = t[:e]
		}
		at += int32(utf8.RuneCountInString(t[:k]))
		i, line = i+k, t[k:]
		if line == "|" {
			line = ""
		}
	} else {
		line = strings.TrimRight(line, " \r")
		tabs := strings.Count(line, "\t")
		if tabs == 1 && line[0] == '\t' && len(line) > 1 {
			i, at, line = i+1, at+1, line[1:]
			s.tab++
		} else if tabs == 1 && line == "\t" {
			i, at, line = i+1, at+1, ""
			s.tab++
		} else {
			s.cols++
		}
	}
	first := len(s.tokens)
	x := int32(0)
	s.col, s.span = 0, 1
	for {
		k := strings.IndexByte(line, sep)
		cell := line
		if k >= 0 {
			cell = line[:k]
		}
		s.cells++
		n := int32(utf8.RuneCountInString(cell))
		if s.scanCell(i, i+len(cell), at, s.cells, x) == 0 {
			s.push(token{kind: empty, line: s.line, cell: s.cells, start: at, end: at, x: x, xe: x, b: int32(i), be: int32(i)})
		}
		if k < 0 {
			break
		}
		i, at, x = i+k+1, at+n+1, x+n+1
		s.col++
		line = line[k+1:]
	}
	s.judgeCells(first)
}

// ruler reports the line under the heading of a Markdown table.
func ruler(t string) bool {
	dashes := 0
	for i := 0; i < len(t); i++ {
		switch t[i] {
		case '-':
			dashes++
		case '|', ':', ' ', '+', '=':
		default:
			return false
		}
	}
	return dashes >= 3 && (strings.Contains(t, "---") || strings.Contains(t, ":-"))
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
		if space(r) && !hidden(r) {
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
