package reading

import (
	"strings"
	"unicode/utf8"
)

// pushWords recognises the labels in a stretch of words and appends them.
func (s *scanner) pushWords(t token, text string) {
	torn := false // the label begins with the point behind its number
	if r, w := utf8.DecodeRuneInString(text); r == '.' || r == '．' || r == '、' {
		torn = true
		if k := len(s.tokens) - 1; k >= 0 && r != '、' {
			p := &s.tokens[k]
			alone := k == 0 || s.tokens[k-1].line != p.line || s.tokens[k-1].kind == words
			if p.kind == number && p.fig.size == 1 && p.fig.n > 0 && p.fig.unit == noUnit && !p.fig.note && alone {
				t.order = orderDigit | uint8(p.fig.n)
				s.tokens = s.tokens[:k]
			}
		}
		text = text[w:]
	}
	if o, rest := orderAt(text); o != 0 {
		t.order, text = o, rest
	}
	off := t.be - int32(len(text)) // where text begins
	buf, at, byteAt := s.buf[:0], s.at[:0], s.byteAt[:0]
	n := int32(0)
	for i, r := range text {
		if r < 0x10000 {
			if c := lex.class[r]; c != 0 {
				buf, at, byteAt = append(buf, c), append(at, n), append(byteAt, off+int32(i))
			}
		}
		if n++; len(buf) >= 400 {
			break
		}
	}
	s.buf, s.at, s.byteAt = buf, at, byteAt
	if len(buf) == 0 {
		if t.order != 0 {
			s.push(t)
		}
		return
	}
	if e, ok := lex.exact[string(buf)]; ok {
		t.guess[0], t.nguess = guess{e, 100}, 1
		if torn && t.order == 0 {
			t.guess[0].score = 90
		}
		s.ownOrder(&t)
		s.push(t)
		return
	}
	if e, ok := lex.begins[string(buf)]; ok {
		t.fuzzy(buf)
		t.put(guess{e, 90})
		s.push(t)
		return
	}
	if s.severalLabels(t, buf) {
		return
	}
	t.fuzzy(buf)
	s.ownOrder(&t)
	if t.nguess == 0 && t.cell > 0 && t.order == 0 {
		if r, _ := utf8.DecodeRuneInString(s.text[t.b:t.be]); startsNumber(r) {
			t.kind, t.bad = number, true // a figure with something we cannot read
		}
	}
	s.push(t)
}

func startsNumber(r rune) bool {
	_, ok := digit(r)
	return ok
}

// ownOrder takes the number of a row that stands before its label with nothing
// but a space between: 1 属于国家秘密.
func (s *scanner) ownOrder(t *token) {
	k := len(s.tokens) - 1
	if k < 0 || t.nguess == 0 || t.order != 0 {
		return
	}
	p := &s.tokens[k]
	if p.kind != number || p.line != t.line || p.cell != t.cell || p.fig.size != 1 || p.bad || t.x-p.xe > 2 || k > 0 && s.tokens[k-1].line == p.line && s.tokens[k-1].cell == p.cell {
		return
	}
	if o := lex.entries[t.guess[0].entry].order; o == orderDigit|uint8(p.fig.n) {
		t.order, t.b, t.start, t.x = o, p.b, p.start, p.x
		s.tokens = s.tokens[:k]
	}
}

// severalLabels cuts words that are mostly labels one after the other. What
// stands between two of them may be a damaged one.
func (s *scanner) severalLabels(t token, buf []uint8) bool {
	if len(buf) < 6 {
		return false
	}
	covered, n := 0, 0
	var found [40]struct {
		at, size int
		entry    uint8
	}
	for i := 0; i < len(buf); {
		best := 0
		if lex.starts[buf[i]] {
			for k := min(lex.longest, len(buf)-i); k >= 2; k-- {
				if e, ok := lex.exact[string(buf[i:i+k])]; ok {
					if n == len(found) {
						return false
					}
					found[n].at, found[n].size, found[n].entry = i, k, e
					n++
					best = k
					break
				}
			}
		}
		if best == 0 {
			i++
			continue
		}
		covered += best
		i += best
	}
	if n == 0 || n < 2 && len(buf) < 12 || covered*10 < len(buf)*6 && (n < 4 || covered*10 < len(buf)*3) {
		return false
	}
	piece := func(from, to int, e int) {
		u := t
		if from > 0 {
			u.b = s.byteAt[from]
			u.x, u.start = t.x+s.at[from], t.start+s.at[from]
			prev := s.byteAt[from-1]
			u.order = orderBefore(s.text[prev+int32(letterSize(s.text[prev:])) : u.b])
		}
		if to < len(buf) {
			u.be = s.byteAt[to]
		}
		u.end = t.start + s.at[to-1] + 1
		u.xe = t.x + s.at[to-1] + 1
		if e >= 0 {
			u.guess[0], u.nguess = guess{uint8(e), 100}, 1
		} else {
			u.fuzzy(buf[from:to])
		}
		s.push(u)
	}
	at := 0
	for _, f := range found[:n] {
		if f.at-at >= 2 {
			piece(at, f.at, -1)
		}
		piece(f.at, f.at+f.size, int(f.entry))
		at = f.at + f.size
	}
	if len(buf)-at >= 2 {
		piece(at, len(buf), -1)
	}
	return true
}

func letterSize(s string) int {
	_, w := utf8.DecodeRuneInString(s)
	return w
}

// orderBefore reads the number of a row at the end of the words before it.
func orderBefore(s string) uint8 {
	o, _ := orderAt(strings.TrimSpace(s) + "中")
	return o
}

// orderAt reads the number printed before a label: 一、 （一） 1. and takes it off.
func orderAt(s string) (uint8, string) {
	i, paren := 0, false
	var n, kind uint8
	for steps := 0; i < len(s) && steps < 10; steps++ {
		r, w := utf8.DecodeRuneInString(s[i:])
		switch {
		case space(r):
		case (r == '（' || r == '(' || r == '〔' || r == '[') && !paren && n == 0:
			paren = true
		case n == 0:
			if k := strings.IndexRune("一二三四五六七八九", r); k >= 0 {
				n, kind = uint8(k/3+1), orderHan
			} else if d, ok := digit(r); ok && d > 0 {
				n, kind = uint8(d), orderDigit
			} else if r >= '①' && r <= '⑨' {
				return orderDigit | uint8(r-'①'+1), s[i+w:]
			} else {
				return 0, s
			}
		case paren && (r == '）' || r == ')' || r == '〕' || r == ']'):
			if kind == orderDigit {
				return kind | n, s[i+w:]
			}
			return orderParen | n, s[i+w:]
		case !paren && (r == '、' || r == '.' || r == '．' || r == ',' || r == '，' || r == ')' || r == '）' || r == '﹒' || r == '·'):
			return kind | n, s[i+w:]
		default:
			return 0, s
		}
		i += w
	}
	return 0, s
}
