package privacy

import (
	"strings"

	"gongkai/inspection/rule"
)

// broken finds identity and card numbers that a line end cuts in two, as narrow
// cells and narrow pages do. Both pieces stand alone on their side, and together
// they have the length and the check digit of a number.
func (c *Checker) broken(f *rule.File, t *rule.Text, report func(rule.Finding)) {
	s := t.S
	for at := 0; ; {
		i := strings.IndexByte(s[at:], '\n')
		if i < 0 || f.Stopped() {
			return
		}
		end := at + i
		at = end + 1
		from := end
		if from > 0 && s[from-1] == '\r' {
			from--
		}
		from = trimSpaces(s, from)
		first := from
		for first > 0 && from-first < 19 && class[s[first-1]] == number {
			first--
		}
		if from-first < 3 || from-first > 17 {
			continue
		}
		next := at
		for next < len(s) && (s[next] == ' ' || s[next] == '\r') {
			next++
		}
		last := next
		for last < len(s) && last-next < 19 && (class[s[last]] == number || s[last] == 'X' || s[last] == 'x') {
			last++
		}
		n := from - first + last - next
		if last-next < 2 || n != 18 && n != 19 || first > 0 && class[s[first-1]] == letter || last < len(s) && class[s[last]] != other && class[s[last]] != lead {
			continue
		}
		body := []byte(strings.ToUpper(s[first:from] + s[next:last]))
		switch {
		case n == 18 && identity(body) == idValid:
			f := t.Find(c.id, first, last)
			f.Suggest = []string{maskID(body)}
			report(f)
		case n == 19 && allDigits(body) && luhn(body) && c.card(newContext(t, first, last), body):
			f := t.Find(c.bank, first, last)
			f.Suggest = []string{maskCard(body)}
			report(f)
		}
	}
}

func trimSpaces(s string, i int) int {
	for i > 0 && s[i-1] == ' ' {
		i--
	}
	return i
}
