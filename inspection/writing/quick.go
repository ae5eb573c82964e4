package writing

import (
	"unicode"
	"unicode/utf8"
)

// A set is characters of the basic plane. Asking it takes one load, where looking
// through a string takes as long as it is.
type set [1 << 10]uint64

// setOf are the characters of words.
func setOf(words ...string) *set {
	s := new(set)
	for _, w := range words {
		for _, r := range w {
			s[r>>6] |= 1 << (r & 63)
		}
	}
	return s
}

// begins are the characters words begin with, ends those they end in.
func begins(words []string) *set {
	s := new(set)
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		s[r>>6] |= 1 << (r & 63)
	}
	return s
}

func ends(words []string) *set {
	s := new(set)
	for _, w := range words {
		r, _ := utf8.DecodeLastRuneInString(w)
		s[r>>6] |= 1 << (r & 63)
	}
	return s
}

func (s *set) has(r rune) bool { return uint32(r) < 1<<16 && s[r>>6]&(1<<(r&63)) != 0 }

// han tells Han characters. Nearly all stand in one block, and nearly all others that
// are asked about are marks.
func han(r rune) bool {
	switch {
	case r >= 0x4E00 && r <= 0x9FFF:
		return true
	case r < 0x2E80, r >= 0xFF00 && r <= 0xFFFF:
		return false
	}
	return unicode.Is(unicode.Han, r)
}

// hanByte tells the bytes with which nearly all Han characters begin, and nothing else
// but some of other scripts. It is asked before a character is read: what is always
// the same, the processor foresees.
func hanByte(b byte) bool { return b >= 0xE4 && b <= 0xE9 }

// blanksOf are how many bytes of blanks and of marks that Markdown puts before
// headings a line begins with.
func blanksOf(line string) int {
	i := 0
	for i < len(line) {
		switch b := line[i]; {
		case b == ' ' || b == '\t' || b == '#' || b == '*':
			i++
		case b == 0xE3 && i+3 <= len(line) && line[i:i+3] == "\u3000":
			i += 3
		case b == 0xC2 && i+2 <= len(line) && line[i:i+2] == "\u00a0":
			i += 2
		default:
			return i
		}
	}
	return i
}

// quiet are the bytes of one character that no rule on marks asks about, and those
// with which Han characters begin: none does about these either.
var quiet = func() (q [256]uint8) {
	for b := byte('0'); b <= '9'; b++ {
		q[b] = 1
	}
	for b := byte('A'); b <= 'Z'; b++ {
		q[b], q[b|32] = 1, 1
	}
	q['a'] = 0            // and
	q['X'], q['x'] = 0, 0 // XX年
	for b := range q {
		if hanByte(byte(b)) {
			q[b] = 3
		}
	}
	return q
}()

// stop tells marks that end a sentence or a part of one.
func stop(r rune) bool {
	switch r {
	case '，', '。', '、', '；', '：', '！', '？':
		return true
	}
	return false
}
