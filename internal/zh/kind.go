package zh

import (
	"sync"
	"unicode"
)

// Kind says what a token is made of.
type Kind uint8

const (
	// Space is white space and invisible runes.
	Space Kind = iota
	// Mark is punctuation and symbols, one rune a token.
	Mark
	// Word is a word of ideographs (possibly with letters in it, as 卡拉OK), or
	// a single one that is in no word.
	Word
	// Latin is a run of letters and digits of alphabets that write words apart.
	Latin
)

// kinds answers the kind of each rune of the basic plane.
var kinds = sync.OnceValue(func() *[1 << 16]Kind {
	var t [1 << 16]Kind
	for r := range t {
		t[r] = slowKind(rune(r))
	}
	return &t
})

func kindOf(r rune) Kind {
	if r < 0x80 {
		return slowKind(r)
	}
	if r < 1<<16 {
		return kinds()[r]
	}
	return slowKind(r)
}

func slowKind(r rune) Kind {
	switch {
	case r < 0x80:
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9':
			return Latin
		case r <= ' ', r == 0x7F:
			return Space
		}
		return Mark
	case 0x3400 <= r && r <= 0x4DBF, 0x4E00 <= r && r <= 0x9FFF, r == '〇':
		return Word
	case 0xAC00 <= r && r <= 0xD7A3:
		return Word
	case 0xD800 <= r && r <= 0xF8FF:
		return Mark // surrogates and private use
	case Invisible(r), unicode.IsSpace(r):
		return Space
	case unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic), 0xFF10 <= r && r <= 0xFF19:
		return Latin
	case unicode.IsLetter(r):
		return Word
	case unicode.Is(unicode.Nd, r):
		return Latin
	}
	return Mark
}

// WordRunes reports whether all runes of w can stand in one word.
func WordRunes(w string) bool {
	for _, r := range w {
		if kindOf(r) < Word {
			return false
		}
	}
	return w != ""
}

// KindOf is the kind of token a rune stands in.
func KindOf(r rune) Kind { return kindOf(r) }
