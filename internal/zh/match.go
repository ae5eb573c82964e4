package zh

import "unicode/utf8"

// A Match is one place where a pattern occurs. Start and End are offsets in
// bytes, RuneStart and RuneEnd in runes (an invalid byte counts as one).
type Match struct {
	Pattern            int // its index in the list the Matcher was made of
	Start, End         int
	RuneStart, RuneEnd int
}

// A Matcher finds every occurrence of many patterns in one pass over a text,
// however many patterns there are. Occurrences may overlap. It may be shared.
type Matcher struct {
	runes classes
	hot   []state
	found []found
	same  []int32 // for pattern i, the next pattern with the same runes, or none
	size  []int32 // of pattern i, in runes
}

// state is what every rune of the text touches: 16 bytes.
type state struct {
	base, check int32
	fail        int32 // the longest proper suffix that also begins a pattern
	report      int32 // the nearest state on the way of fails, itself first, where patterns end; 0 none
}

type found struct {
	pattern int32 // the first pattern that ends here
	next    int32 // the next state on the way of fails where patterns end; 0 none
}

// NewMatcher builds a matcher of the patterns. Text and patterns are compared as
// fold leaves their runes (FoldRune, or nil: as they are). An empty pattern, or
// one that is not UTF-8, is found nowhere.
func NewMatcher(patterns []string, fold func(rune) rune) *Matcher {
	m := &Matcher{same: make([]int32, len(patterns)), size: make([]int32, len(patterns))}
	usable := make([]string, len(patterns))
	for i, p := range patterns {
		if utf8.ValidString(p) {
			usable[i] = p
			m.size[i] = int32(utf8.RuneCountInString(p))
		}
		m.same[i] = none
	}
	p := layOut(usable, fold, func(i int) int32 { return int32(i) })
	p.place()
	t := p.trie()
	t.runes.set(p.order, fold)
	m.runes = t.runes
	m.chainEqual(t, usable)
	m.link(p, t)
	return m
}

// chainEqual makes each end of a pattern lead to all patterns with those runes,
// the first in the list first.
func (m *Matcher) chainEqual(t *Trie, patterns []string) {
	head := map[int32]int32{}
	for i := len(patterns) - 1; i >= 0; i-- {
		last, ok := t.Lookup(patterns[i])
		if !ok {
			continue
		}
		if h, seen := head[last]; seen {
			m.same[i] = h
		}
		head[last] = int32(i)
	}
	for s, v := range t.value {
		if v != none {
			t.value[s] = head[v]
		}
	}
}

// link finds for every state, breadth first, where to go on when no child fits.
func (m *Matcher) link(p *plan, t *Trie) {
	m.hot = make([]state, len(t.cells))
	m.found = make([]found, len(t.cells))
	for s, c := range t.cells {
		m.hot[s] = state{base: c.base, check: c.check}
		m.found[s] = found{pattern: t.value[s]}
	}
	at := make([]int32, len(p.nodes))
	for n := range p.nodes {
		nd := &p.nodes[n]
		for i, c := range p.codes[nd.lo:nd.hi] {
			child := nd.base + int32(c)
			at[nd.first+int32(i)] = child
			fail := root
			if n > 0 {
				fail = m.next(m.hot[at[n]].fail, c)
			}
			m.hot[child].fail = fail
			m.found[child].next = m.hot[fail].report
			m.hot[child].report = m.hot[fail].report
			if t.value[child] != none {
				m.hot[child].report = child
			}
		}
	}
}

// next goes from state s by class c, falling back as far as needed.
func (m *Matcher) next(s int32, c uint16) int32 {
	for {
		h := &m.hot[s]
		t := h.base + int32(c)
		if uint32(t) < uint32(len(m.hot)) && m.hot[t].check == s {
			return t
		}
		if s == root {
			return root
		}
		s = h.fail
	}
}

// Each calls yield for every occurrence, in the order in which they end; of
// those that end together the longest first. It stops when yield answers false.
// It allocates nothing.
func (m *Matcher) Each(text string, yield func(Match) bool) {
	low, hot := m.runes.low, m.hot
	s := root
	runes := 0
	for i := 0; i < len(text); {
		var class uint16
		b := text[i]
		switch {
		case b < 0x80:
			class = low[b]
			i++
		case b&0xF0 == 0xE0 && i+2 < len(text) && b != 0xE0 && b != 0xED && b != 0xEF &&
			text[i+1]&0xC0 == 0x80 && text[i+2]&0xC0 == 0x80:
			class = low[uint16(b)<<12|uint16(text[i+1]&0x3F)<<6|uint16(text[i+2]&0x3F)]
			i += 3
		default:
			r, n := utf8.DecodeRuneInString(text[i:])
			if r != utf8.RuneError || n > 1 {
				class = m.runes.of(r)
			}
			i += n
		}
		runes++
		if class == 0 {
			s = root
			continue
		}
		for {
			t := hot[s].base + int32(class)
			if uint32(t) < uint32(len(hot)) && hot[t].check == s {
				s = t
				break
			}
			if s == root {
				break
			}
			s = hot[s].fail
		}
		for r := hot[s].report; r != 0; r = m.found[r].next {
			if !m.yieldAt(text, i, runes, m.found[r].pattern, yield) {
				return
			}
		}
	}
}

func (m *Matcher) yieldAt(text string, end, runeEnd int, pattern int32, yield func(Match) bool) bool {
	start := end
	for range m.size[pattern] {
		_, n := utf8.DecodeLastRuneInString(text[:start])
		start -= n
	}
	for p := pattern; p != none; p = m.same[p] {
		if !yield(Match{int(p), start, end, runeEnd - int(m.size[p]), runeEnd}) {
			return false
		}
	}
	return true
}

// Any reports whether any pattern occurs.
func (m *Matcher) Any(text string) bool {
	any := false
	m.Each(text, func(Match) bool { any = true; return false })
	return any
}
