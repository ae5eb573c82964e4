package rule

import "strings"

// Day returns the day the file speaks from: its own date, the day its record says
// it was made, or the end of the latest year that its text t names; "" if it names
// none. What held on that day was right to write.
func (f *File) Day(t *Text) string {
	if f.Date != "" {
		return f.Date
	}
	if f.Record != nil && f.Record.Elements[Made] != "" {
		return f.Record.Elements[Made]
	}
	return latestYear(t.S)
}

// latestYear returns the end of the latest year a text speaks of, "" if of none.
func latestYear(s string) string {
	for _, century := range []string{"20", "19"} {
		best := ""
		for i := 0; ; i++ {
			k := strings.Index(s[i:], century)
			if k < 0 {
				break
			}
			i += k
			if year := s[i:min(len(s), i+4)]; len(year) == 4 && year > best && strings.HasPrefix(s[i+4:], "年") && strings.Trim(year, "0123456789") == "" {
				best = year
			}
		}
		if best != "" {
			return best + "-12-31"
		}
	}
	return ""
}

// Past tells whether the sentence around the bytes b to e of s speaks of a day
// before since ("2019-03-31"): the year named last before the place is earlier, or
// the first behind it where none is named before.
func Past(s string, b, e int, since string) bool {
	from := max(0, b-120)
	if k := strings.LastIndexAny(s[from:b], "。\n；"); k >= 0 {
		from += k
	}
	for i := b - 4; i >= from; i-- {
		if year := yearAt(s, i); year != "" {
			return year < since[:4]
		}
	}
	for i := b; i < min(len(s), e+60); i++ {
		if year := yearAt(s, i); year != "" {
			return year < since[:4]
		}
	}
	return false
}

// yearAt returns the year written at byte i of s: 2019年, 〔2019〕.
func yearAt(s string, i int) string {
	if i+5 > len(s) || s[i] != '2' && s[i] != '1' || s[i:i+2] != "20" && s[i:i+2] != "19" || strings.Trim(s[i:i+4], "0123456789") != "" {
		return ""
	}
	if rest := s[i+4:]; strings.HasPrefix(rest, "年") || strings.HasPrefix(rest, "〕") || strings.HasPrefix(rest, "]") {
		return s[i : i+4]
	}
	return ""
}
