package wording

import (
	"strings"
)

// meetingWords begin the names of the party's congresses and plenary meetings.
var meetingWords = []string{"党的"}

// plenums are how many plenary meetings a central committee held, by its number; of
// the last one it is the day of each.
var plenums = map[int]int{11: 7, 12: 7, 13: 8, 14: 7, 15: 7, 16: 7, 17: 7, 18: 7, 19: 7}

// held are the last days of the meetings of the twentieth, from the first on.
var heldOn = []string{"2022-10-23", "2023-02-28", "2024-07-18", "2025-10-23"}

// latestCongress is the number of the last congress, and nextCongress the year of the
// one after it.
const (
	latestCongress = 20
	nextCongress   = "2027"
)

// mostPlenums is more than any committee held.
const mostPlenums = 9

// numerals are the numbers of meetings.
const numerals = "一二三四五六七八九十"

// meetingAt judges the name of a meeting behind 党的, which ends at byte e.
func (w *work) meetingAt(b, e int) {
	s := w.s.S
	i := e
	for i < len(s) && strings.ContainsRune(numerals, first(s[i:])) && i-e < 12 {
		i += len("十")
	}
	n := zhNumber(s[e:i])
	if n == 0 {
		return
	}
	rest := s[i:]
	say := func(end int, right string) {
		w.say(w.c.meeting, b, end, right, "应为“"+right+"”")
	}
	name := s[b:i]
	switch {
	case strings.HasPrefix(rest, "届大"):
		if !strings.HasPrefix(rest, "届大会") {
			say(i+len("届大"), name+"大")
		}
	case strings.HasPrefix(rest, "大"):
		p, end := plenum(rest[len("大"):])
		switch {
		case p > 0:
			say(i+len("大")+end, name+"届"+rest[len("大"):len("大")+end])
		case n > latestCongress && strings.HasPrefix(rest, "大精神") && w.today() != "" && w.today() < nextCongress:
			w.say(w.c.meeting, b, i+len("大"), "党的二十大", "此时尚未召开“"+name+"大”，请核对届次")
		}
	case strings.HasPrefix(rest, "届"):
		p, end := plenum(rest[len("届"):])
		to := i + len("届") + end
		switch last := plenums[n]; {
		case p == 0:
			w.meetingForm(b, i, say)
		case n > latestCongress && w.today() != "" && w.today() < nextCongress, p >= mostPlenums, last > 0 && p > last:
			w.say(w.c.meeting, b, to, name+"届……中全会", "没有“"+s[b+len("党的"):to]+"”，请核对届次")
		case n == latestCongress && p <= len(heldOn) && w.today() != "" && w.today() < heldOn[p-1] && strings.HasPrefix(s[to:], "精神"):
			w.say(w.c.meeting, b, to, name+"届……中全会", "“"+s[b+len("党的"):to]+"”"+chineseDay(heldOn[p-1])+"才闭幕，请核对届次")
		}
	case strings.HasPrefix(rest, "中全会"):
		// 党的十九五中全会: what is missing stands before the last numeral.
		if k := i - len("十"); k > e {
			say(i+len("中全会"), s[b:k]+"届"+s[k:i]+"中全会")
		}
	}
}

// meetingForm judges what follows 党的……届, which begins at the number's end i.
func (w *work) meetingForm(b, i int, say func(end int, right string)) {
	s := w.s.S
	rest := s[i+len("届"):]
	r := first(rest)
	if !strings.ContainsRune(numerals, r) {
		return
	}
	tail := rest[len("十"):]
	for _, wrong := range []string{"次全会", "次中全会", "中会", "中全国", "全中会", "中中全会", "届全会"} {
		if strings.HasPrefix(tail, wrong) {
			end := i + len("届") + len("十") + len(wrong)
			if wrong == "中全国" {
				end -= len("国")
			}
			say(end, s[b:i]+"届"+string(r)+"中全会")
			return
		}
	}
}

// plenum reads 三中全会 and returns its number and length, 0 if it is none.
func plenum(s string) (n, end int) {
	r := first(s)
	if !strings.ContainsRune(numerals, r) || !strings.HasPrefix(s[len("十"):], "中全会") {
		return 0, 0
	}
	return zhNumber(string(r)), len("十中全会")
}

// first is the first character of s, a blank if it has none.
func first(s string) rune {
	for _, r := range s {
		return r
	}
	return ' '
}

// zhNumber reads 二十一; it returns 0 for what is no number below a hundred.
func zhNumber(s string) int {
	n, digit := 0, 0
	for _, r := range s {
		d := strings.IndexRune(numerals, r)/len("十") + 1
		switch {
		case d < 10 && digit == 0:
			digit = d
		case d == 10 && n == 0:
			n, digit = max(digit, 1)*10, 0
		default:
			return 0
		}
	}
	return n + digit
}
