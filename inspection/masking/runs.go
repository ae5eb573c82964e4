package masking

import "unicode"

// A run is a piece of a paragraph as the file keeps it: Word cuts a number into as
// many as it likes.
type run struct {
	text    []rune
	changed bool
}

// mask writes the plan into one paragraph and tells whether anything changed. A
// value that is spread over runs gets its mask in the first of them.
func (p *plan) mask(runs []*run) bool {
	var flat []rune // without white space
	var gap []bool  // there was white space before
	var from [][2]int
	space := false
	for i, r := range runs {
		for j, c := range r.text {
			if unicode.IsSpace(c) || c == '\u200b' || c == '\ufeff' {
				space = true
				continue
			}
			flat, gap, space = append(flat, c), append(gap, space), false
			from = append(from, [2]int{i, j})
		}
	}
	if len(flat) == 0 {
		return false
	}
	line := p.lines[string(flat)]
	if len(p.lengths) == 0 && line == nil {
		return false
	}
	type hit struct {
		a, b int
		now  string
	}
	var hits []hit
	for i := 0; i < len(flat); i++ {
		if now, n := p.at(flat, gap, i, line); n > 0 {
			hits = append(hits, hit{i, i + n, now})
			i += n - 1
		}
	}
	// From the end, so that the places before stay where they are.
	for k := len(hits) - 1; k >= 0; k-- {
		h := hits[k]
		a, b := from[h.a], from[h.b-1]
		for i := b[0]; i >= a[0]; i-- {
			r := runs[i]
			lo, hi := 0, len(r.text)
			if i == a[0] {
				lo = a[1]
			}
			if i == b[0] {
				hi = b[1] + 1
			}
			rest := append([]rune(nil), r.text[hi:]...)
			r.text = r.text[:lo:lo]
			if i == a[0] {
				r.text = append(r.text, []rune(h.now)...)
			}
			r.text = append(r.text, rest...)
			r.changed = true
		}
	}
	return len(hits) > 0
}

// at returns what replaces the value that begins at i, and how long it is; 0 if
// none does. A number inside a longer number is another number.
func (p *plan) at(flat []rune, gap []bool, i int, line map[string]string) (string, int) {
	for was, now := range line {
		if w := []rune(was); len(flat)-i >= len(w) && string(flat[i:i+len(w)]) == was {
			return now, len(w)
		}
	}
	joined := func(i int) bool { return i > 0 && i < len(flat) && !gap[i] && digit(flat[i-1]) && digit(flat[i]) }
	for _, n := range p.lengths[flat[i]] {
		if i+n > len(flat) || joined(i) || joined(i+n) {
			continue
		}
		if now, ok := p.every[string(flat[i:i+n])]; ok {
			return now, n
		}
	}
	return "", 0
}

// maskString masks a text that stands alone, such as an attribute.
func (p *plan) maskString(s string) (string, bool) {
	if len(s) < 5 && len(p.lines) == 0 {
		return s, false
	}
	r := &run{text: []rune(s)}
	if !p.mask([]*run{r}) {
		return s, false
	}
	return string(r.text), true
}

func digit(r rune) bool { return r >= '0' && r <= '9' }
