package content

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"strconv"
	"strings"
)

// A voice fills the blanks of sentences for one item: it knows who speaks and
// when, and does not name the same place twice in a row.
//
// Blanks: {a|b} one of several wordings; {#50-300} a whole number, {#50-300/10}
// a multiple of ten, {#1.2-2.8} with as many decimals as written; {¥1-9} with two
// decimals; {%60-90} a percentage; {y}, {y+1}, {y-1} years; {q} the quarter; {date}
// a day shortly before; {holiday} the next one; {issue} that of a weekly programme;
// {u} the unit; {road} {town} {village} … a name from the district.
type voice struct {
	*rand.Rand
	unit *Unit
	day  Day
	used map[string]bool
}

func randFor(seed uint64, key string) *rand.Rand {
	h := fnv.New64a()
	h.Write([]byte(key))
	return rand.New(rand.NewPCG(seed, h.Sum64()))
}

// say fills every blank of the sentence.
func (v *voice) say(s string) string {
	var b strings.Builder
	for {
		i := strings.IndexByte(s, '{')
		if i < 0 {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:i])
		depth, j := 0, i
		for ; j < len(s); j++ {
			if s[j] == '{' {
				depth++
			} else if s[j] == '}' {
				if depth--; depth == 0 {
					break
				}
			}
		}
		if j == len(s) {
			panic("content: unclosed blank in " + s)
		}
		b.WriteString(v.blank(s[i+1 : j]))
		s = s[j+1:]
	}
}

func (v *voice) blank(s string) string {
	if parts := split(s, '|'); len(parts) > 1 {
		return v.say(pick(v.Rand, parts))
	}
	switch {
	case strings.HasPrefix(s, "#"):
		return v.number(s[1:], -1)
	case strings.HasPrefix(s, "¥"):
		return v.number(strings.TrimPrefix(s, "¥"), 2)
	case strings.HasPrefix(s, "%"):
		if !strings.Contains(s, "-") {
			return s[1:] + "%"
		}
		return v.number(s[1:], 1) + "%"
	}
	switch s {
	case "y":
		return strconv.Itoa(v.day.Year())
	case "y+1":
		return strconv.Itoa(v.day.Year() + 1)
	case "y+2":
		return strconv.Itoa(v.day.Year() + 2)
	case "y-1":
		return strconv.Itoa(v.day.Year() - 1)
	case "date":
		return v.day.Add(-v.IntN(6)).Short()
	case "u":
		return v.unit.Short
	case "q":
		return numeral((v.day.Month() + 2) / 3)
	case "issue": // of a weekly programme
		return strconv.Itoa(1 + int(v.day.Time().Sub(Day("2023-03-01").Time()).Hours()/24/7))
	case "holiday":
		return holidayAfter(v.day)
	case "month":
		return strconv.Itoa(v.day.Month()) + "月"
	}
	if names := v.names(s); names != nil {
		return v.fresh(names)
	}
	return v.say(s) // a single wording in brackets, such as {24}小时
}

// holidayAfter names the holiday that a notice of the day would speak of, "" when
// none is near.
func holidayAfter(d Day) string {
	y := d.Year()
	switch d.Month() {
	case 12:
		return strconv.Itoa(y+1) + "年元旦"
	case 1, 2:
		return strconv.Itoa(y) + "年春节"
	case 3:
		return strconv.Itoa(y) + "年清明节"
	case 4:
		return strconv.Itoa(y) + "年劳动节"
	case 5:
		return strconv.Itoa(y) + "年端午节"
	case 9:
		return strconv.Itoa(y) + "年国庆节"
	}
	return ""
}

// names lists what may stand for a kind of place; a town speaks of its own.
func (v *voice) names(kind string) []string {
	t := townOf(v.unit)
	switch kind {
	case "town":
		if t != nil {
			return []string{t.name}
		}
		return townNames
	case "village":
		if t != nil {
			return t.villages
		}
		return allVillages
	case "community":
		if t != nil {
			return t.communities
		}
		return allCommunities
	case "road":
		return roads
	case "river":
		return rivers
	case "park":
		return parks
	case "school":
		return schools
	case "company":
		return companies
	case "surname":
		return surnames
	}
	return nil
}

// fresh picks a name not yet used by this item, as long as there is one.
func (v *voice) fresh(names []string) string {
	for range 8 {
		if n := pick(v.Rand, names); !v.used[n] {
			v.used[n] = true
			return n
		}
	}
	return pick(v.Rand, names)
}

// number reads "from-to/step"; decimals < 0 means as many as written.
func (v *voice) number(s string, decimals int) string {
	step := 1.0
	if at := strings.IndexByte(s, '/'); at >= 0 {
		step = atof(s[at+1:])
		s = s[:at]
	}
	lo, hi, ok := strings.Cut(s, "-")
	if !ok {
		return s
	}
	if decimals < 0 {
		decimals = 0
		for _, p := range []string{lo, hi} {
			if _, frac, dot := strings.Cut(p, "."); dot && len(frac) > decimals {
				decimals = len(frac)
			}
		}
	}
	a, b := atof(lo), atof(hi)
	if decimals == 0 {
		n := int(a/step) + v.IntN(int(b/step)-int(a/step)+1)
		return strconv.Itoa(n * int(step))
	}
	x := a + (b-a)*v.Float64()
	return strconv.FormatFloat(x, 'f', decimals, 64)
}

func atof(s string) float64 {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		panic(fmt.Sprintf("content: number %q: %v", s, err))
	}
	return f
}

// chance is true in p of 100 cases.
func (v *voice) chance(p int) bool { return v.IntN(100) < p }

// between returns a number in [lo, hi].
func (v *voice) between(lo, hi int) int { return lo + v.IntN(hi-lo+1) }

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

// some picks n different elements in their order.
func some[T any](r *rand.Rand, from []T, n int) []T {
	if n >= len(from) {
		return from
	}
	chosen := make(map[int]bool, n)
	for len(chosen) < n {
		chosen[r.IntN(len(from))] = true
	}
	out := make([]T, 0, n)
	for i, x := range from {
		if chosen[i] {
			out = append(out, x)
		}
	}
	return out
}

// split cuts at sep outside of braces.
func split(s string, sep byte) []string {
	var out []string
	depth, from := 0, 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '{':
			depth++
		case '}':
			depth--
		case sep:
			if depth == 0 {
				out = append(out, s[from:i])
				from = i + 1
			}
		}
	}
	return append(out, s[from:])
}

// numeral writes 1 to 99 in Chinese.
func numeral(n int) string {
	digits := []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	switch {
	case n < 10:
		return digits[n]
	case n < 20:
		return "十" + digits[n-10]
	default:
		return digits[n/10] + "十" + digits[n%10]
	}
}
