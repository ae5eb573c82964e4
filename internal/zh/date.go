package zh

import (
	"strings"
	"unicode/utf8"
)

// A DateAt is a date found in a text, offsets in bytes.
type DateAt struct {
	Year, Month, Day int
	Start, End       int
}

// Key is the date as one word, the same for every way of writing it.
func (d DateAt) Key() string {
	return "日期" + digits(d.Year, 4) + digits(d.Month, 2) + digits(d.Day, 2)
}

func digits(n, width int) string {
	var b [4]byte
	for i := width - 1; i >= 0; i-- {
		b[i] = byte('0' + n%10)
		n /= 10
	}
	return string(b[:width])
}

// FindDates appends the full dates in text to dst: 2026年1月5日, 2026-01-05,
// 2026.1.5, 2026/1/5 in either width, and 二〇二六年一月五日. Impossible dates
// (2026年2月30日) are not dates. Years from 1900 to 2199.
func FindDates(dst []DateAt, text string) []DateAt {
	inNumber := false
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if !digitRune(r) {
			inNumber = false
			i += n
			continue
		}
		if !inNumber {
			if d, ok := dateAt(text, i); ok {
				dst = append(dst, d)
				i = d.End
				inNumber = false
				continue
			}
		}
		inNumber = true
		i += n
	}
	return dst
}

// ParseDate reads s as one date and nothing else but spaces.
func ParseDate(s string) (DateAt, bool) {
	s = strings.TrimSpace(s)
	if found := FindDates(nil, s); len(found) == 1 && found[0].Start == 0 && found[0].End == len(s) {
		return found[0], true
	}
	return DateAt{}, false
}

func dateAt(text string, start int) (DateAt, bool) {
	d := DateAt{Start: start}
	i := 0
	if d.Year, i = year(text, start); i < 0 {
		return d, false
	}
	i = skipSpaces(text, i)
	sep, n := utf8.DecodeRuneInString(text[i:])
	i = skipSpaces(text, i+n)
	switch sep {
	case '年':
		if d.Month, i = small(text, i); i < 0 {
			return d, false
		}
		if i = skipSpaces(text, i); !strings.HasPrefix(text[i:], "月") {
			return d, false
		}
		if d.Day, i = small(text, skipSpaces(text, i+len("月"))); i < 0 {
			return d, false
		}
		i = skipSpaces(text, i)
		switch {
		case strings.HasPrefix(text[i:], "日"), strings.HasPrefix(text[i:], "号"):
			i += len("日")
		default:
			return d, false
		}
	case '-', '.', '/', '－', '．', '／', '–', '—':
		if d.Month, i = number(text, i, 2); i < 0 {
			return d, false
		}
		sep2, n := utf8.DecodeRuneInString(text[i:])
		if sep2 != sep {
			return d, false
		}
		if d.Day, i = number(text, i+n, 2); i < 0 {
			return d, false
		}
		if next, _ := utf8.DecodeRuneInString(text[i:]); next == sep && len(text) > i+n && '0' <= text[i+n] && text[i+n] <= '9' {
			return d, false // 2026.1.5.3 is a version or an address
		}
	default:
		return d, false
	}
	d.End = i
	return d, d.Year >= 1900 && d.Year < 2200 && d.Month >= 1 && d.Month <= 12 && d.Day >= 1 && d.Day <= daysIn(d.Year, d.Month)
}

func daysIn(year, month int) int {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// hanDigits are the numerals of dates written out, by value.
const hanDigits = "〇一二三四五六七八九"

func hanDigit(r rune) int {
	switch r {
	case '○', '零', 'Ｏ', '０':
		return 0
	}
	if i := strings.IndexRune(hanDigits, r); i >= 0 {
		return i / len("〇")
	}
	return -1
}

func digitRune(r rune) bool {
	f := FoldRune(r)
	return '0' <= f && f <= '9' || r != utf8.RuneError && hanDigit(r) >= 0
}

// year reads four numerals of one script.
func year(text string, i int) (value, end int) {
	if v, end := number(text, i, 4); end > 0 && v >= 1000 {
		return v, end
	}
	for range 4 {
		r, n := utf8.DecodeRuneInString(text[i:])
		d := hanDigit(r)
		if n == 0 || d < 0 {
			return 0, -1
		}
		value = value*10 + d
		i += n
	}
	return value, i
}

// small reads a month or a day: 5, 05, 五, 十, 十五, 二十, 二十五.
func small(text string, i int) (value, end int) {
	if v, end := number(text, i, 2); end > 0 {
		return v, end
	}
	tens, seen := 0, false
	for i < len(text) {
		r, n := utf8.DecodeRuneInString(text[i:])
		if r == '十' {
			if tens != 0 {
				return 0, -1
			}
			tens, value, seen = max(value, 1), 0, true
			i += n
			continue
		}
		d := hanDigit(r)
		if d < 1 || value > 0 {
			break
		}
		value, seen = d, true
		i += n
	}
	if !seen {
		return 0, -1
	}
	return tens*10 + value, i
}
