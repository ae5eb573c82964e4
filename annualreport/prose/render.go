package prose

import (
	"fmt"
	"slices"
	"strings"

	"gongkai/annualreport/form"
)

// A figure stands in a source between these two: ⟦table3.new.总计⟧. Behind a bar
// it may say the unit money is printed in, ⟦fact.processing_fee.amount_received|元⟧,
// behind an equals sign what a person wrote in its place, ⟦table3.new.总计=18⟧.
const (
	openFigure  = "⟦"
	closeFigure = "⟧"
)

// SayUnknown is printed where a figure has no value yet.
const SayUnknown = "〔待补〕"

// A Binding is a figure in a rendered text.
type Binding struct {
	Start, End int    // its place in the text, code points
	Figure     string // what it is, "table3.new.总计"
	Unit       string // 元, 万元, or ""
	Hand       string // what a person wrote in its place; "" if it follows the tables
	Known      bool   // there is a value
	Cells      []int  // the cells of the report whose sum it is; nil if it is something else
}

// Render puts the figures into a source. Text between marks that is no figure
// stays as it is.
func Render(source string, v Values) (text string, bindings []Binding) {
	var b strings.Builder
	at := 0
	for {
		lit, inner, rest, ok := cut(source)
		b.WriteString(lit)
		at += runeLen(lit)
		if !ok {
			return b.String(), bindings
		}
		source = rest
		bind := parseFigure(inner)
		q, err := v.eval(bind.Figure)
		printed := SayUnknown
		switch {
		case err != nil:
			printed = openFigure + inner + closeFigure
		case bind.Hand != "":
			printed = bind.Hand
		case q.known:
			printed = q.print(bind.Unit)
		}
		b.WriteString(printed)
		if err == nil {
			bind.Known = q.known
			if q.pure {
				bind.Cells = q.cells
			}
			bind.Start, bind.End = at, at+runeLen(printed)
			bindings = append(bindings, bind)
		}
		at += runeLen(printed)
	}
}

// cut splits a source at its first figure.
func cut(source string) (lit, inner, rest string, ok bool) {
	i := strings.Index(source, openFigure)
	if i < 0 {
		return source, "", "", false
	}
	j := strings.Index(source[i:], closeFigure)
	if j < 0 {
		return source, "", "", false
	}
	return source[:i], source[i+len(openFigure) : i+j], source[i+j+len(closeFigure):], true
}

func parseFigure(inner string) Binding {
	var b Binding
	inner, b.Hand, _ = strings.Cut(inner, "=")
	inner, b.Unit, _ = strings.Cut(inner, "|")
	b.Figure = strings.TrimSpace(inner)
	return b
}

// figure writes a binding as it stands in a source.
func (b Binding) figure() string {
	s := openFigure + b.Figure
	if b.Unit != "" {
		s += "|" + b.Unit
	}
	if b.Hand != "" {
		s += "=" + b.Hand
	}
	return s + closeFigure
}

// Valid tells whether all figures of a source can be evaluated: the cells and
// facts they name exist and the arithmetic is complete. The error is a Chinese
// sentence for the person who wrote it.
func Valid(source string, v Values) error {
	for {
		_, inner, rest, ok := cut(source)
		if !ok {
			if strings.Contains(source, openFigure) {
				return fmt.Errorf(sayOpen, openFigure, closeFigure)
			}
			return nil
		}
		if _, err := v.eval(parseFigure(inner).Figure); err != nil {
			return fmt.Errorf("%s%s%s：%w", openFigure, inner, closeFigure, err)
		}
		source = rest
	}
}

// Compare says where a rendered text, as it is now, and the values part ways:
// figures that a person wrote over, figures whose tables have changed since, and
// figures nobody knows. It is about the bindings; Check is about all numbers.
func Compare(text string, bindings []Binding, v Values) []form.Finding {
	var out []form.Finding
	runes := []rune(text)
	for _, b := range bindings {
		q, err := v.eval(b.Figure)
		if err != nil || b.Start < 0 || b.End > len(runes) || b.Start > b.End {
			continue
		}
		said := string(runes[b.Start:b.End])
		around := excerpt(runes, b.Start, b.End)
		f := form.Finding{Rule: "prose.mismatch", Severity: form.Error, Cells: []string{}, Basis: basisBound}
		if q.pure {
			f.Cells = ids(v.Report.Form, q.cells)
		}
		switch {
		case !q.known && b.Hand == "":
			f.Rule, f.Severity = "prose.unknown", form.Warning
			f.Message = fmt.Sprintf(sayNoSource, around)
			f.Basis = basisNoSource
		case !q.known || said == q.print(b.Unit):
			continue
		case q.pure:
			f.Message = fmt.Sprintf(sayTypedOver, around, said, sayCells(v.Report.Form, q.cells), q.print(b.Unit))
		default:
			f.Message = fmt.Sprintf(sayRecorded, around, said, q.print(b.Unit))
		}
		out = append(out, f)
	}
	return out
}

// excerpt is the clause around a figure.
func excerpt(r []rune, from, to int) string {
	a, z := from, to
	for a > 0 && from-a < 24 && !clauseMark(r[a-1]) {
		a--
	}
	for z < len(r) && z-to < 12 && !clauseMark(r[z]) {
		z++
	}
	return string(r[a:z])
}

// Bind carries the figures of a source over to its text as a person has edited
// it. Figures the person left alone stay figures; a number written in the place
// of one is kept as the person's and still knows its figure, so that Compare
// finds it; figures the person took out are gone.
func Bind(source, edited string, v Values) string {
	text, bindings := Render(source, v)
	old, now := units(text), units(edited)
	to := match(old, now)
	var b strings.Builder
	i := 0 // in now
	for k := range bindings {
		bind := &bindings[k]
		lo, hi := span(old, bind.Start, bind.End)
		if lo == hi {
			continue
		}
		from, through := to[lo], to[hi-1]
		kept := from >= 0
		for u := lo; u < hi; u++ {
			kept = kept && to[u] == from+u-lo
		}
		if !kept {
			from, through = between(to, lo, hi, len(now))
			j := slices.IndexFunc(now[from:through], func(u unit) bool { return u.number })
			only := 0
			for _, u := range now[from:through] {
				if u.number {
					only++
				}
			}
			if only != 1 {
				continue // taken out, or more than one number in its place
			}
			from += j
			through = from
			bind.Hand = now[from].text
			if strings.HasSuffix(text[:byteOf(text, bind.End)], "%") && through+1 < len(now) && now[through+1].text == "%" {
				through++
				bind.Hand += "%"
			}
		}
		if q, err := v.eval(bind.Figure); err == nil && q.known && q.print(bind.Unit) == bind.Hand {
			bind.Hand = "" // it follows the tables again
		}
		if from < i {
			continue
		}
		for ; i < from; i++ {
			b.WriteString(now[i].text)
		}
		b.WriteString(bind.figure())
		i = through + 1
	}
	for ; i < len(now); i++ {
		b.WriteString(now[i].text)
	}
	return b.String()
}

// unit is what an edited text is compared by: a number, or one character.
type unit struct {
	text   string
	number bool
	at     int // code point
}

func units(text string) []unit {
	var all []unit
	r := []rune(text)
	for i := 0; i < len(r); {
		j := i + 1
		num := digit(r[i])
		for num && j < len(r) && (digit(r[j]) || r[j] == '.' && j+1 < len(r) && digit(r[j+1])) {
			j++
		}
		all = append(all, unit{string(r[i:j]), num, i})
		i = j
	}
	return all
}

// span finds the units of a stretch of code points.
func span(all []unit, start, end int) (lo, hi int) {
	lo, _ = slices.BinarySearchFunc(all, start, func(u unit, at int) int { return u.at - at })
	hi, _ = slices.BinarySearchFunc(all, end, func(u unit, at int) int { return u.at - at })
	return lo, hi
}

// between is the gap of the new text that lies where units lo to hi of the old
// one were: behind the last unit before that was kept, up to the next one.
func between(to []int, lo, hi, n int) (from, through int) {
	through = n
	for u := lo - 1; u >= 0; u-- {
		if to[u] >= 0 {
			from = to[u] + 1
			break
		}
	}
	for u := hi; u < len(to); u++ {
		if to[u] >= 0 {
			through = to[u]
			break
		}
	}
	return from, max(from, through)
}

// byteOf is the byte offset of a code point.
func byteOf(s string, point int) int {
	for i := range s {
		if point == 0 {
			return i
		}
		point--
	}
	return len(s)
}

// match finds for each unit of the old text where it is in the new one, -1 for
// those that are gone: the longest common subsequence, after what is common at
// both ends. A paragraph larger than the table allows is matched by its ends only.
func match(old, now []unit) []int {
	const most = 1 << 24
	to := make([]int, len(old))
	for i := range to {
		to[i] = -1
	}
	a, b := 0, 0
	for a < len(old) && a < len(now) && old[a].text == now[a].text {
		to[a] = a
		a++
	}
	for b < len(old)-a && b < len(now)-a && old[len(old)-1-b].text == now[len(now)-1-b].text {
		to[len(old)-1-b] = len(now) - 1 - b
		b++
	}
	x, y := old[a:len(old)-b], now[a:len(now)-b]
	if len(x) == 0 || len(y) == 0 || len(x)*len(y) > most {
		return to
	}
	w := len(y) + 1
	best := make([]uint16, (len(x)+1)*w)
	for i := len(x) - 1; i >= 0; i-- {
		for j := len(y) - 1; j >= 0; j-- {
			if x[i].text == y[j].text {
				best[i*w+j] = best[(i+1)*w+j+1] + 1
			} else {
				best[i*w+j] = max(best[(i+1)*w+j], best[i*w+j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(x) && j < len(y); {
		switch {
		case x[i].text == y[j].text:
			to[a+i] = a + j
			i++
			j++
		case best[(i+1)*w+j] >= best[i*w+j+1]:
			i++
		default:
			j++
		}
	}
	return to
}
