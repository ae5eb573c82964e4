package zh

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// FoldRune gives the rune that search and segmentation take r for: full width
// becomes half width, capitals become small, the brackets people use around the
// year of a document number become one pair, and odd spaces become a space.
func FoldRune(r rune) rune {
	switch {
	case r < 0x80:
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	case 0x4E00 <= r && r <= 0x9FFF:
		return r
	case 0xFF01 <= r && r <= 0xFF5E: // full-width forms
		return FoldRune(r - 0xFEE0)
	}
	switch r {
	case '〔', '【', '﹝', '〖', '⟦':
		return '['
	case '〕', '】', '﹞', '〗', '⟧':
		return ']'
	case '\u3000', '\u00A0', '\u2002', '\u2003', '\u2009', '\u202F':
		return ' '
	case '“', '”', '„', '‟', '「', '」', '『', '』':
		return '"'
	case '‘', '’':
		return '\''
	case '—', '–', '―', '‐', '‑', '−':
		return '-'
	case '。':
		return '.'
	case '、':
		return ','
	}
	return unicode.ToLower(r)
}

// Invisible reports runes that carry no text: controls, zero-width marks, the
// byte-order mark and the replacement for bytes that are not UTF-8.
func Invisible(r rune) bool {
	switch {
	case r < 0x20:
		return r != '\t' && r != '\n' && r != '\r'
	case r < 0x7F:
		return false
	case r < 0xA0:
		return true
	case r == '\u00AD', r == '\uFEFF', r == '\uFFFD', r == '\uFFFE', r == '\uFFFF':
		return true
	case 0x200B <= r && r <= 0x200F, 0x202A <= r && r <= 0x202E, 0x2060 <= r && r <= 0x206F:
		return true
	case 0xFE00 <= r && r <= 0xFE0F, 0xE0000 <= r && r <= 0xE0FFF:
		return true
	}
	return false
}

// Fold gives s as search compares it: every rune folded, invisible runes left
// out, and white space kept only between two Latin words or numbers, where it
// means something; a line break inside a Chinese sentence means nothing.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	var last rune
	space := false
	for _, r := range s {
		if Invisible(r) {
			continue
		}
		r = FoldRune(r)
		if r == ' ' || r < 0x20 || unicode.IsSpace(r) {
			space = true
			continue
		}
		if space && kindOf(last) == Latin && kindOf(r) == Latin {
			b.WriteByte(' ')
		}
		space = false
		b.WriteRune(r)
		last = r
	}
	return b.String()
}

// AppendFold appends the folded runes of one token to dst. Unlike Fold it keeps
// nothing but the runes, so the result never holds a space for a token that
// holds none.
func AppendFold(dst []byte, token string) []byte {
	for _, r := range token {
		if !Invisible(r) {
			dst = utf8.AppendRune(dst, FoldRune(r))
		}
	}
	return dst
}

// Clean makes foreign text safe to store and to show: invalid bytes, NUL and
// other controls go, line breaks become \n. What people can see stays.
func Clean(s string) string {
	clean := true
	for _, r := range s {
		if Invisible(r) || r == '\r' {
			clean = false
			break
		}
	}
	if clean {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	var last rune
	for _, r := range s {
		switch {
		case r == '\r':
			b.WriteByte('\n')
		case r == '\n' && last == '\r', Invisible(r):
		default:
			b.WriteRune(r)
		}
		last = r
	}
	return b.String()
}
