package paper

import (
	"strings"
	"unicode"
)

// The rules of Chinese setting (GB/T 15834): some marks may not begin a line,
// some may not end one, dashes and dots stay with what they follow.
const (
	neverFirst = "。，、；：？！）》」』】〕〉〗｝］”’…—·％‰℃～,.;:?!)]}%*"
	neverLast  = "（《「『【〔〈〖｛［“‘([{￥＄№"

	keptWithNumber = "年月日"
)

// units cuts a text into pieces that stay on one line: a character or a word or
// number, with the marks that belong to it. Spaces are pieces of their own.
func units(s string) []string {
	var out []string
	rs := []rune(s)
	for i := 0; i < len(rs); {
		start := i
		if rs[i] == ' ' {
			out = append(out, " ")
			i++
			continue
		}
		for i < len(rs) && (strings.ContainsRune(neverLast, rs[i]) || i > start && rs[i] == ' ') {
			i++
		}
		switch {
		case i < len(rs) && wordy(rs[i]):
			for i < len(rs) && (wordy(rs[i]) || strings.ContainsRune(".,:/-@_", rs[i]) && i+1 < len(rs) && wordy(rs[i+1])) {
				i++
			}
			if i < len(rs) && unicode.IsDigit(rs[i-1]) && strings.ContainsRune(keptWithNumber, rs[i]) {
				i++
			}
		case i < len(rs) && rs[i] != ' ':
			i++
		}
		for i < len(rs) && (strings.ContainsRune(neverFirst, rs[i]) || rs[i] == ' ' && i+1 < len(rs) && strings.ContainsRune(neverFirst, rs[i+1])) {
			i++
		}
		out = append(out, string(rs[start:i]))
	}
	return out
}

// wordy tells whether a character is part of a word or number that is not broken.
func wordy(r rune) bool {
	return r < 0x250 && (unicode.IsLetter(r) || unicode.IsDigit(r)) || r == '+'
}

// breakLines breaks a text into lines; the first has less room by indent. wide tells
// how wide a text is.
func breakLines(s string, room, indent float64, wide func(string) float64) []string {
	var out []string
	var line strings.Builder
	left := room - indent
	feed := func() {
		out = append(out, strings.TrimRight(line.String(), " "))
		line.Reset()
		left = room
	}
	for _, u := range units(s) {
		w := wide(u)
		if w > left && line.Len() > 0 {
			feed()
			if u == " " {
				continue
			}
		}
		if w > left { // longer than a line: it must be broken somewhere
			for _, r := range u {
				if w := wide(string(r)); w > left && line.Len() > 0 {
					feed()
				}
				line.WriteRune(r)
				left -= wide(string(r))
			}
			continue
		}
		line.WriteString(u)
		left -= w
	}
	if line.Len() > 0 {
		feed()
	}
	return out
}

// evenly breaks a title into lines of about the same length, as few as possible.
//
// The name of the agency and what begins with the year stand on lines of their
// own where that takes no more of them.
func evenly(s string, room float64, wide func(string) float64) []string {
	best := breakLines(s, room, 0, wide)
	if at := yearAt(s); at > 0 && len(best) == 2 && wide(s[:at]) <= room && wide(s[at:]) <= room {
		return []string{s[:at], s[at:]}
	}
	for low, high := wide(s)/float64(len(best)), room; high-low > 1; {
		mid := (low + high) / 2
		if try := breakLines(s, mid, 0, wide); len(try) == len(best) {
			best, high = try, mid
		} else {
			low = mid
		}
	}
	return best
}

// yearAt is where the year begins in a title, -1 if it has none.
func yearAt(s string) int {
	end := strings.Index(s, "年")
	if end < 4 || strings.Trim(s[end-4:end], "0123456789") != "" {
		return -1
	}
	return end - 4
}
