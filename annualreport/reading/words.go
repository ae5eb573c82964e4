package reading

import (
	"math/bits"
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

// fuzzy guesses which labels the classes may be: damaged, cut, or part of one.
func (t *token) fuzzy(buf []uint8) {
	n := len(buf)
	if n > 90 {
		return
	}
	var votes [128]uint8
	var touched [128]uint8
	nt := 0
	vote := func(e uint8, w uint8) {
		if votes[e] == 0 {
			touched[nt] = e
			nt++
		}
		votes[e] += w
	}
	for i := 1; i < n; i++ {
		a, b := buf[i-1], buf[i]
		if a == 255 || b == 255 {
			continue
		}
		if p := lex.bigrams[int(a)*lex.n+int(b)]; p != 0 {
			for _, e := range lex.postings[p>>8 : p>>8+p&0xff] {
				vote(e, 2)
			}
		}
	}
	if nt == 0 && n <= 6 { // short words: single letters
		for _, c := range buf {
			for _, e := range lex.unigrams[c] {
				if len(lex.entries[e].text) <= 8 {
					vote(e, 1)
				}
			}
		}
	}
	if nt == 0 {
		return
	}
	var masks [256]uint64
	if n <= 64 {
		for i, c := range buf {
			masks[c] |= 1 << i
		}
	}
	for _, e := range touched[:nt] {
		label := lex.entries[e].text
		if int(votes[e])+1 < min(n, len(label))/2 {
			continue
		}
		l := common(&masks, buf, label)
		score := likeness(l, n, len(label))
		if t.order != 0 && t.order == lex.entries[e].order {
			score += 12
		} else if t.order != 0 && lex.entries[e].order != 0 {
			score -= 8
		}
		if score >= 50 {
			t.put(guess{e, uint8(min(score, 99))})
		}
	}
}

// likeness rates l letters in common between n letters seen and a label of m.
func likeness(l, n, m int) int {
	if l < 2 && (m > 2 || n > 3) || l == 0 {
		return 0
	}
	whole := 200 * l / (n + m) // the share of both that agrees
	if n >= 3 && l*10 >= n*8 { // a piece of the label
		part := 52 + 40*l/m - 30*(n-l)/n
		if n <= 3 && l*10 < m*4 {
			part -= 6
		}
		whole = max(whole, part)
	}
	if l*10 >= m*8 && m >= 4 { // the label and more
		whole = max(whole, 78-20*(m-l)/m-30*max(0, n-2*m)/n)
	}
	return whole
}

// common is the length of the longest common subsequence of buf (as masks) and label.
func common(masks *[256]uint64, buf, label []uint8) int {
	if len(buf) > 64 {
		return 0
	}
	v := ^uint64(0)
	for _, c := range label {
		m := masks[c]
		u := v & m
		v = (v + u) | (v - u)
	}
	return bits.OnesCount64(^v & (1<<len(buf) - 1))
}

// put keeps the best guesses, best first.
func (t *token) put(g guess) {
	i := int(t.nguess)
	for i > 0 && t.guess[i-1].score < g.score {
		i--
	}
	if i >= len(t.guess) {
		return
	}
	copy(t.guess[i+1:], t.guess[i:])
	t.guess[i] = g
	t.nguess = min(t.nguess+1, uint8(len(t.guess)))
}

// judge drops a line without cells if it is running text with numbers in it.
func (s *scanner) judge(first int, line string) {
	toks := s.tokens[first:]
	if len(toks) == 0 {
		s.gap++
		return
	}
	strange, known, figures, strokes := 0, 0, 0, 0
	for i := range toks {
		t := &toks[i]
		switch t.kind {
		case words:
			if t.nguess > 0 && t.guess[0].score >= 60 {
				known += int(t.end - t.start)
			} else {
				strange += int(t.end - t.start)
			}
		case number:
			figures++
		case stroke:
			strokes++
		}
	}
	if k := pageMark(toks, line); k {
		s.tokens = append(s.tokens[:first], token{kind: turn, line: s.line, start: toks[0].start, end: toks[len(toks)-1].end, page: s.page})
		s.gap = 0
		return
	}
	if strange > 8+4*max(0, figures-2) || strange >= 4 && figures < 12 && strings.Contains(line, "。") {
		t := token{kind: running, line: s.line, start: toks[0].start, end: toks[len(toks)-1].end, b: toks[0].b, be: toks[len(toks)-1].be, page: s.page}
		if known > strange && figures == 0 { // a label among strange words is still a label
			s.tokens[first].gap = s.gap
			s.gap = 0
			return
		}
		s.tokens = append(s.tokens[:first], t)
		s.gap = 0
		return
	}
	s.tokens[first].gap = s.gap
	s.gap = 0
}

// judgeCells drops the running text among the cells of a line.
func (s *scanner) judgeCells(first int) {
	if first < len(s.tokens) {
		s.tokens[first].gap = s.gap
	}
	s.gap = 0
	// Words where a figure should be: something stands in the cell.
	label, cell, values := false, int32(0), false
	for i := first; i < len(s.tokens); i++ {
		t := &s.tokens[i]
		switch {
		case t.kind == words && t.nguess > 0 && lex.entries[t.guess[0].entry].role == roleRow && t.guess[0].score >= 60:
			label, cell, values = true, t.cell, false
		case t.kind == words && label && values && t.cell != cell && t.cell != s.tokens[i-1].cell && (t.nguess == 0 || lex.entries[t.guess[0].entry].role == roleChapter):
			if s.text[t.b:t.be] == "无" {
				t.kind = stroke
			} else {
				t.kind, t.bad = number, true
			}
		case (t.kind == number || t.kind == stroke) && label && t.cell != cell:
			values = true
		}
	}
	// Digits before a label, with the numbers of its row behind it, are what is
	// left of the label.
	last, after := -1, 0
	for i := len(s.tokens) - 1; i >= first; i-- {
		switch t := &s.tokens[i]; t.kind {
		case number, stroke:
			after++
		case words:
			if t.nguess > 0 && t.guess[0].score >= 50 && after >= 3 {
				last = i
			}
		}
		if last >= 0 {
			break
		}
	}
	if last >= 0 {
		n, strayed := 0, false
		for i := first; i < last; i++ {
			if t := &s.tokens[i]; t.kind == number || t.kind == stroke {
				n++
				strayed = true
			}
		}
		if strayed && n == 1 {
			for i := first; i < last; i++ {
				if t := &s.tokens[i]; t.kind == number || t.kind == stroke {
					t.kind, t.nguess = words, 0
				}
			}
		}
	}
}

// pageMark recognises page numbers by their dress: - 3 -, — 3 —, 第 3 页, 3 / 8.
func pageMark(toks []token, line string) bool {
	s := strings.TrimSpace(line)
	if len(s) > 40 || len(s) < 3 {
		return false
	}
	digits, dashes, others, pages := 0, 0, 0, false
	first, last := rune(0), rune(0)
	for _, r := range s {
		if space(r) {
			continue
		}
		if first == 0 {
			first = r
		}
		last = r
		if _, ok := digit(r); ok {
			digits++
			continue
		}
		switch r {
		case '-', '—', '－', '–', '―', '─', '一', '·', '~', '～', '.':
			dashes++
		case '第', '共', '页', '頁', '/', 'P', 'p', 'a', 'g', 'e', 'o', 'f', '，', ',':
			others++
			pages = pages || r == '页' || r == '頁'
		default:
			return false
		}
	}
	if digits == 0 || digits > 8 {
		return false
	}
	if pages {
		return true
	}
	return others == 0 && dashes >= 2 && digits <= 4 && dashKind(first) && dashKind(last)
}

func dashKind(r rune) bool {
	_, ok := digit(r)
	return !ok
}
