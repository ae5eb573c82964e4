package reading

import (
	"math/bits"
)

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
