package zh

import (
	"strings"
	"unicode/utf8"
)

// Numeral reads a number below ten thousand in Chinese numerals, or one of at most five
// digits, at the beginning of s: 九十, 一百零三, 1260. It returns how many bytes that took,
// 0 if s begins with no number.
func Numeral(s string) (n, used int) {
	for used < len(s) && used < 5 && s[used] >= '0' && s[used] <= '9' {
		n = n*10 + int(s[used]-'0')
		used++
	}
	if used > 0 {
		return n, used
	}
	digit, section := 0, 0
	for used < len(s) {
		r, k := utf8.DecodeRuneInString(s[used:])
		switch i := strings.IndexRune("零一二三四五六七八九", r); {
		case i >= 0:
			digit = i / len("一")
		case r == '十':
			section, digit = section+max(digit, 1)*10, 0
		case r == '百':
			section, digit = section+max(digit, 1)*100, 0
		case r == '千':
			section, digit = section+max(digit, 1)*1000, 0
		default:
			return section + digit, used
		}
		used += k
	}
	return section + digit, used
}
