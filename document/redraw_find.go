package document

import (
	"math"
	"slices"
	"sort"
	"strings"
	"unicode"
)

// letter tells whether a character counts when texts are compared: files break
// what belongs together with blanks and marks nobody sees.
func letter(r rune) bool {
	return !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r) && cleanText(string(r)) != "" && r != 0
}

// bareText is a text of letters only.
func bareText(s string) string {
	return strings.Map(func(r rune) rune {
		if letter(r) {
			return r
		}
		return -1
	}, s)
}

// order lists the letters of a page in the orders they may be read in: that of
// the file, cell by cell, what stands outside tables, and by their places.
func (p *redrawnPage) order(rules []pdfRule) {
	index := map[int]int{}
	var all []int
	for i, c := range p.chars {
		if !c.made && letter(c.r) {
			index[c.at] = i
			all = append(all, i)
		}
	}
	p.orders = [][]int{all}
	lines := flow(p.chars, rules, p.number)
	inside := map[int]bool{}
	for _, l := range lines {
		if l.grid == nil {
			continue
		}
		for _, cell := range l.grid.chars {
			var in []int
			for _, c := range cell {
				if i, ok := index[c.at]; ok {
					in, inside[i] = append(in, i), true
				}
			}
			p.orders = append(p.orders, in)
		}
	}
	if len(inside) > 0 {
		var loose []int
		for _, i := range all {
			if !inside[i] {
				loose = append(loose, i)
			}
		}
		p.orders = append(p.orders, loose)
	}
	p.tail = p.running(lines, inside)
	p.orders = append(p.orders, p.rows(all))
}

// rows are letters line by line as they stand on the page.
func (p *redrawnPage) rows(all []int) []int {
	out := slices.Clone(all)
	mid := func(i int) float64 { return (p.chars[i].y0 + p.chars[i].y1) / 2 }
	sort.SliceStable(out, func(a, b int) bool { return mid(out[a]) > mid(out[b]) })
	for i := 0; i < len(out); {
		j, size := i+1, p.chars[out[i]].y1-p.chars[out[i]].y0
		for j < len(out) && mid(out[i])-mid(out[j]) < 0.5*size {
			j++
		}
		row := out[i:j]
		sort.SliceStable(row, func(a, b int) bool { return p.chars[row[a]].x0 < p.chars[row[b]].x0 })
		i = j
	}
	return out
}

// running are the letters outside tables without the lines at the edges of the
// page that look like page numbers: what goes on on the next page.
func (p *redrawnPage) running(lines []pdfLine, inside map[int]bool) (out []int) {
	var edges []pdfBox
	for k, l := range lines {
		if l.grid == nil && (k < 2 || k >= len(lines)-2) && pageNumber.MatchString(l.text) {
			edges = append(edges, pdfBox{l.x0, l.y0, l.x1, l.y1})
		}
	}
	for _, i := range p.orders[0] {
		c := p.chars[i]
		x, y := (c.x0+c.x1)/2, (c.y0+c.y1)/2
		if !inside[i] && !slices.ContainsFunc(edges, func(b pdfBox) bool { return x >= b.x0 && x <= b.x1 && y >= b.y0 && y <= b.y1 }) {
			out = append(out, i)
		}
	}
	return out
}

// A wanted is a Cover as it is looked for.
type wanted struct {
	Cover
	was   []rune
	found bool
}

// find marks the letters that have to be covered. It refuses the file if one that
// people see is not found again.
func (r *redrawing) find(covers []Cover) error {
	everywhere := map[string]*wanted{}
	lengths := map[rune][]int{}
	var placed []*wanted
	for _, c := range covers {
		w := &wanted{Cover: c, was: []rune(bareText(c.Was))}
		if len(w.was) == 0 {
			continue
		}
		if c.Page > 0 {
			placed = append(placed, w)
			continue
		}
		if same := everywhere[string(w.was)]; same != nil {
			same.Shown = same.Shown || c.Shown
			continue
		}
		everywhere[string(w.was)] = w
		if n := len(w.was); !slices.Contains(lengths[w.was[0]], n) {
			lengths[w.was[0]] = append(lengths[w.was[0]], n)
		}
	}
	for _, all := range lengths {
		sort.Sort(sort.Reverse(sort.IntSlice(all)))
	}
	for k, p := range r.sheet {
		if err := r.b.alive(); err != nil {
			return err
		}
		for _, order := range p.orders {
			p.seek(order, everywhere, lengths)
		}
		if k > 0 {
			seam(r.sheet[k-1], p, everywhere, lengths)
		}
	}
	for _, w := range placed {
		r.place(w)
	}
	for _, w := range placed {
		if !w.found && w.Shown {
			return notFoundAgain(w.Page)
		}
	}
	for _, w := range everywhere {
		if !w.found && w.Shown {
			return notFoundAgain(0)
		}
	}
	return nil
}

// seek covers every value wherever it stands in one order of letters.
func (p *redrawnPage) seek(order []int, all map[string]*wanted, lengths map[rune][]int) {
	runes := p.runes(order)
	for i := range runes {
		for _, n := range lengths[runes[i]] {
			if i+n > len(runes) {
				continue
			}
			if w := all[string(runes[i:i+n])]; w != nil {
				w.found = true
				p.cover(order[i:i+n], w)
			}
		}
	}
}

func (p *redrawnPage) runes(order []int) []rune {
	out := make([]rune, len(order))
	for k, i := range order {
		out[k] = p.chars[i].r
	}
	return out
}

// seamLetters is how much of the end of a page and of the beginning of the next is
// read as one.
const seamLetters = 80

// seam covers values that begin on one page and end on the next.
func seam(before, after *redrawnPage, all map[string]*wanted, lengths map[rune][]int) {
	end := before.tail[max(0, len(before.tail)-seamLetters):]
	begin := after.tail[:min(len(after.tail), seamLetters)]
	runes := append(before.runes(end), after.runes(begin)...)
	for i := range end {
		for _, n := range lengths[runes[i]] {
			if i+n > len(runes) || i+n <= len(end) {
				continue
			}
			if w := all[string(runes[i:i+n])]; w != nil {
				w.found = true
				says := speak(w)
				cut := len(end) - i
				before.coverAs(end[i:], says[:cut])
				after.coverAs(begin[:n-cut], says[cut:])
			}
		}
	}
}

// place covers a value where it was found: where most of what stood beside it
// stands beside it again. With nothing beside it that fits, all its places on the
// page are covered.
func (r *redrawing) place(w *wanted) {
	before, after := []rune(bareText(w.Before)), []rune(bareText(w.After))
	for _, number := range []int{w.Page, w.Page + 1, w.Page - 1} {
		if number < 1 || number > len(r.sheet) {
			continue
		}
		p := r.sheet[number-1]
		best := -1
		var at [][]int
		for _, order := range p.orders {
			runes := p.runes(order)
			for i := 0; i+len(w.was) <= len(runes); i++ {
				if runes[i] != w.was[0] || !slices.Equal(runes[i:i+len(w.was)], w.was) {
					continue
				}
				fits := shared(before, runes[:i], -1) + shared(after, runes[i+len(w.was):], 1)
				if fits > best {
					best, at = fits, nil
				}
				if fits == best {
					at = append(at, order[i:i+len(w.was)])
				}
			}
		}
		for _, letters := range at {
			w.found = true
			p.cover(letters, w)
		}
		if w.found {
			return
		}
	}
}

// shared counts how many letters agree, from the end backwards or from the beginning.
func shared(a, b []rune, step int) (n int) {
	for n < len(a) && n < len(b) {
		x, y := a[n], b[n]
		if step < 0 {
			x, y = a[len(a)-1-n], b[len(b)-1-n]
		}
		if x != y {
			break
		}
		n++
	}
	return n
}

// cover covers the letters of a value.
func (p *redrawnPage) cover(letters []int, w *wanted) { p.coverAs(letters, speak(w)) }

func (p *redrawnPage) coverAs(letters []int, says []spoken) {
	p.values = append(p.values, letters)
	for k, i := range letters {
		// What one value hides another does not show.
		if !says[k].covered || p.says[i].covered {
			continue
		}
		p.says[i] = says[k]
		p.covers[i] = true
	}
}

// speak works out letter by letter what the copy shows and says: letters the mask
// keeps stay.
func speak(w *wanted) []spoken {
	out := make([]spoken, len(w.was))
	now := []rune(bareText(w.Now))
	if len(now) == len(w.was) {
		for i, c := range now {
			if c != w.was[i] {
				out[i] = spoken{true, string(c)}
			}
		}
		return out
	}
	head := shared(w.was, now, 1)
	tail := min(shared(w.was, now, -1), min(len(now), len(w.was))-head)
	middle := now[head : len(now)-tail]
	n := len(w.was) - tail - head
	for k := range n {
		from, to := k*len(middle)/n, (k+1)*len(middle)/n
		out[head+k] = spoken{true, string(middle[from:to])}
	}
	if n == 0 { // the mask adds something: it hides nothing, so all of it goes
		for k := range out {
			out[k] = spoken{true, ""}
		}
		out[0].now = w.Now
	}
	return out
}

// gapBefore tells whether a new piece of text begins with b after a.
func gapBefore(a, b pdfChar) bool {
	size := max(a.y1-a.y0, b.y1-b.y0, 1)
	return math.Abs((a.y0+a.y1)/2-(b.y0+b.y1)/2) > 0.3*size || b.x0 < a.x0-0.2*size || b.x0-a.x1 > 0.4*size
}
