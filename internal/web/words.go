package web

import (
	"fmt"
	"html/template"
	"math"
	"net/url"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// beijing is the one time zone of the country; it has had no summer time since 1991.
var beijing = time.FixedZone("CST", 8*60*60)

// Funcs returns the functions every template may use. The asset function is
// bound to the face's static files; nil leaves it out.
//
//	date v          2026-01-05, for tables           (time.Time, "2026-01-05" or a date type)
//	longdate v      2026年1月5日, for prose
//	moment v        2026-01-05 14:30, Beijing time
//	longmoment v    2026年1月5日14时30分
//	machine v       2026-01-05T14:30:00+08:00, for <time datetime>
//	size n          356 KB, 1.2 MB
//	count n         2,143
//	percent a b     12.5% of a in b
//	clean s         HTML that document.Clean or Doc.HTML has made
//	asset name      address of a static file with its hash
//	query u k v…    address u with these query values changed ("" takes one out)
//	join list sep   one string
//	lines s         a text's paragraphs
//	or2 a b         b where a is empty
func Funcs(a *Assets) template.FuncMap {
	m := template.FuncMap{
		"date": Date, "longdate": LongDate, "moment": Moment, "longmoment": LongMoment, "machine": Machine,
		"size": size, "count": count, "percent": percent,
		"clean": func(s string) template.HTML { return template.HTML(s) },
		"query": Query, "join": func(list []string, sep string) string { return strings.Join(list, sep) },
		"lines": lines, "or2": func(a, b string) string {
			if a == "" {
				return b
			}
			return a
		},
	}
	if a != nil {
		m["asset"] = a.URL
	}
	return m
}

// instant reads the kinds of values that stand for a time or a legal date.
// A legal date has no zone, so it is read as that day in Beijing.
func instant(v any) (time.Time, bool) {
	switch x := v.(type) {
	case nil:
		return time.Time{}, false
	case time.Time:
		return x.In(beijing), !x.IsZero()
	case string:
		if t, err := time.ParseInLocation(time.DateOnly, x, beijing); err == nil {
			return t, true
		}
		t, err := time.Parse(time.RFC3339, x)
		return t.In(beijing), err == nil
	case fmt.Stringer:
		if rv := reflect.ValueOf(v); rv.Kind() == reflect.Pointer && rv.IsNil() {
			return time.Time{}, false
		}
		return instant(x.String())
	}
	if rv := reflect.ValueOf(v); rv.Kind() == reflect.String {
		return instant(rv.String())
	}
	return time.Time{}, false
}

func inWords(layout string) func(any) string {
	return func(v any) string {
		t, ok := instant(v)
		if !ok {
			return ""
		}
		return t.Format(layout)
	}
}

// Date writes a day as 2026-01-05; "" for none. It takes a time.Time, a string
// YYYY-MM-DD or RFC 3339, or a type whose String is one of these.
func Date(v any) string { return inWords("2006-01-02")(v) }

// LongDate writes a day as 2026年1月5日.
func LongDate(v any) string { return inWords("2006年1月2日")(v) }

// Moment writes an instant as 2026-01-05 14:30, Beijing time.
func Moment(v any) string { return inWords("2006-01-02 15:04")(v) }

// LongMoment writes an instant as 2026年1月5日14时30分.
func LongMoment(v any) string { return inWords("2006年1月2日15时04分")(v) }

// Machine writes an instant for a datetime attribute.
func Machine(v any) string { return inWords(time.RFC3339)(v) }

// Size writes a number of bytes as people in an office do: 356 KB, 1.2 MB.
func Size(n int64) string {
	switch {
	case n < 0:
		return ""
	case n < 1000:
		return strconv.FormatInt(n, 10) + " 字节"
	case n < 1000*1024:
		return strconv.FormatInt((n+1023)/1024, 10) + " KB"
	case n < 1000*1024*1024:
		return short(float64(n)/(1<<20)) + " MB"
	}
	return short(float64(n)/(1<<30)) + " GB"
}

func short(f float64) string {
	if f >= 100 {
		return strconv.FormatFloat(f, 'f', 0, 64)
	}
	return strings.TrimSuffix(strconv.FormatFloat(f, 'f', 1, 64), ".0")
}

func size(n any) (string, error) {
	i, err := whole(n)
	return Size(i), err
}

// Count writes a number with thousands separators: 2,143.
func Count(n int64) string {
	s := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, s = "−", s[1:]
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return sign + s
}

func count(n any) (string, error) {
	i, err := whole(n)
	return Count(i), err
}

// Percent writes a part of a whole as 12.5%; "—" of nothing.
func Percent(part, all float64) string {
	if all == 0 {
		return "—"
	}
	return strings.TrimSuffix(strconv.FormatFloat(math.Round(part/all*1000)/10, 'f', 1, 64), ".0") + "%"
}

func percent(a, b any) (string, error) {
	x, err := whole(a)
	if err != nil {
		return "", err
	}
	y, err := whole(b)
	return Percent(float64(x), float64(y)), err
}

func whole(n any) (int64, error) {
	v := reflect.ValueOf(n)
	switch {
	case !v.IsValid():
		return 0, nil
	case v.CanInt():
		return v.Int(), nil
	case v.CanUint():
		return int64(v.Uint()), nil
	case v.CanFloat():
		return int64(v.Float()), nil
	}
	return 0, fmt.Errorf("%T is not a number", n)
}

// Query returns the address u with query values changed: pairs of name and
// value, where an empty value takes the name out. The order of names is fixed,
// so equal addresses are equal strings.
func Query(u string, pairs ...any) (string, error) {
	if len(pairs)%2 != 0 {
		return "", fmt.Errorf("query: %d values are not pairs", len(pairs))
	}
	parsed, err := url.Parse(u)
	if err != nil {
		return "", fmt.Errorf("query: address cannot be read")
	}
	q := parsed.Query()
	for i := 0; i < len(pairs); i += 2 {
		name, value := fmt.Sprint(pairs[i]), fmt.Sprint(pairs[i+1])
		if value == "" {
			q.Del(name)
			continue
		}
		q.Set(name, value)
	}
	parsed.RawQuery = q.Encode()
	return parsed.String(), nil
}

func lines(s string) []string {
	var out []string
	for l := range strings.SplitSeq(strings.ReplaceAll(s, "\r\n", "\n"), "\n") {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}
