package zh

import (
	"cmp"
	"reflect"
	"slices"
	"sync"
)

// A Trie holds words and finds the ones that begin at a place in a text, one
// array access a rune. It is a double array: the child of state s by a rune of
// class c is cell base(s)+c, if that cell's check says s.
//
// It does not change after it is built and may be shared.
type Trie struct {
	runes classes
	cells []cell
	value []int32 // of the word that ends here, or none
}

type cell struct {
	base  int32 // where the children lie, less their class; leaf if it has none
	check int32 // the parent, free if the cell is empty
}

const (
	root int32 = 0
	free int32 = -1
	leaf int32 = -1 << 30 // a base no class can lift above zero
	none int32 = -1
)

// classes numbers the runes that occur in any word, the commonest first, so
// that the classes of most children are small and lie close together.
type classes struct {
	low  []uint16 // for the basic plane
	high map[rune]uint16
}

func (c *classes) of(r rune) uint16 {
	if uint32(r) < uint32(len(c.low)) {
		return c.low[r]
	}
	return c.high[r]
}

// set gives every rune that folds to a rune of order its class: order[0] has
// class 1. Class 0 is "in no word".
func (c *classes) set(order []rune, fold func(rune) rune) {
	c.low = make([]uint16, 1<<16)
	c.high = map[rune]uint16{}
	for i, r := range order {
		if r < 1<<16 {
			c.low[r] = uint16(i + 1)
		} else {
			c.high[r] = uint16(i + 1)
		}
	}
	if fold == nil {
		return
	}
	for _, p := range foldings(fold) {
		if p.from < 1<<16 {
			c.low[p.from] = c.of(p.to)
		} else {
			c.high[p.from] = c.of(p.to)
		}
	}
}

// folding is a rune that folds to another one.
type folding struct{ from, to rune }

// usualFoldings are those of FoldRune, which nearly all tries are made with.
var usualFoldings = sync.OnceValue(func() []folding { return findFoldings(FoldRune) })

func foldings(fold func(rune) rune) []folding {
	if reflect.ValueOf(fold).Pointer() == reflect.ValueOf(FoldRune).Pointer() {
		return usualFoldings()
	}
	return findFoldings(fold)
}

// findFoldings asks for all runes but ideographs, kana and Hangul, which never
// fold.
func findFoldings(fold func(rune) rune) []folding {
	var out []folding
	ask := func(from, last rune) {
		for r := from; r <= last; r++ {
			if to := fold(r); to != r {
				out = append(out, folding{r, to})
			}
		}
	}
	ask(0, 0x33FF)
	ask(0xA640, 0xABFF)
	ask(0xFB00, 0xFFFF)
	ask(0x10400, 0x1044F) // Deseret; the other capitals beyond the basic plane
	ask(0x104B0, 0x104FB)
	ask(0x1E900, 0x1E943)
	return out
}

// node is a state before it has a place: its children are nodes first to
// first+len(codes), in breadth-first order.
type node struct {
	first int32
	value int32
	lo    int32 // its codes in plan.codes
	hi    int32
	base  int32
}

// plan is a trie laid out breadth first, and the places found for its nodes.
type plan struct {
	order []rune
	nodes []node
	codes []uint16
	size  int32 // cells needed
}

// NewTrie builds a trie of the words; word i answers value(i), which must not
// be negative. Words are compared as fold leaves them (nil: as they are). Of
// equal words the last counts. The empty word is left out.
func NewTrie(words []string, fold func(rune) rune, value func(i int) int32) *Trie {
	p := layOut(words, fold, value)
	p.place()
	t := p.trie()
	t.runes.set(p.order, fold)
	return t
}

// Root is where every walk begins.
func (t *Trie) Root() int32 { return root }

// Step goes from state s by rune r. It answers false where no word goes on.
func (t *Trie) Step(s int32, r rune) (int32, bool) { return t.step(s, t.runes.of(r)) }

func (t *Trie) step(s int32, class uint16) (int32, bool) {
	if class == 0 {
		return root, false
	}
	next := t.cells[s].base + int32(class)
	if uint32(next) >= uint32(len(t.cells)) || t.cells[next].check != s {
		return root, false
	}
	return next, true
}

// Value answers the value of the word that ends in state s.
func (t *Trie) Value(s int32) (int32, bool) { v := t.value[s]; return v, v != none }

// Lookup answers the value of a whole word.
func (t *Trie) Lookup(word string) (int32, bool) {
	s, ok := root, true
	for _, r := range word {
		if s, ok = t.Step(s, r); !ok {
			return none, false
		}
	}
	return t.Value(s)
}

// layOut sorts the words by class and lists the nodes breadth first.
func layOut(words []string, fold func(rune) rune, value func(i int) int32) *plan {
	count := map[rune]int{}
	total := 0
	for _, w := range words {
		for _, r := range w {
			if fold != nil {
				r = fold(r)
			}
			count[r]++
			total++
		}
	}
	p := &plan{}
	for r := range count {
		p.order = append(p.order, r)
	}
	slices.SortFunc(p.order, func(a, b rune) int {
		return cmp.Or(count[b]-count[a], int(a-b))
	})
	class := make(map[rune]uint16, len(p.order))
	for i, r := range p.order {
		class[r] = uint16(i + 1)
	}

	type key struct {
		codes []uint16
		value int32
	}
	keys := make([]key, 0, len(words))
	all := make([]uint16, 0, total)
	for i, w := range words {
		from := len(all)
		for _, r := range w {
			if fold != nil {
				r = fold(r)
			}
			all = append(all, class[r])
		}
		if len(all) > from {
			keys = append(keys, key{all[from:len(all):len(all)], value(i)})
		}
	}
	slices.SortStableFunc(keys, func(a, b key) int { return slices.Compare(a.codes, b.codes) })

	type span struct{ lo, hi, depth int32 }
	spans := []span{{0, int32(len(keys)), 0}}
	p.nodes = append(p.nodes, node{value: none})
	for n := 0; n < len(p.nodes); n++ {
		s := spans[n]
		for s.lo < s.hi && int(s.depth) == len(keys[s.lo].codes) {
			p.nodes[n].value = keys[s.lo].value
			s.lo++
		}
		p.nodes[n].first = int32(len(p.nodes))
		p.nodes[n].lo = int32(len(p.codes))
		for i := s.lo; i < s.hi; {
			c := keys[i].codes[s.depth]
			j := i + 1
			for j < s.hi && keys[j].codes[s.depth] == c {
				j++
			}
			p.codes = append(p.codes, c)
			p.nodes = append(p.nodes, node{value: none})
			spans = append(spans, span{i, j, s.depth + 1})
			i = j
		}
		p.nodes[n].hi = int32(len(p.codes))
	}
	return p
}

// tries is how many places may fail before the next node of the same size begins
// its search where this one found room. What is left free before it is filled
// by the smaller nodes that follow.
const tries = 96

// place finds a base for every node. Where children can lie does not depend on
// where their parent lies, so the nodes with most children go first, while
// there is room, and the two thirds of all nodes that have one child fill every
// hole at no cost. (In the order of the trie this takes minutes.)
func (p *plan) place() {
	byCount := make([]int32, 0, len(p.nodes))
	for i := range p.nodes {
		if p.nodes[i].hi > p.nodes[i].lo {
			byCount = append(byCount, int32(i))
		} else {
			p.nodes[i].base = leaf
		}
	}
	slices.SortStableFunc(byCount, func(a, b int32) int {
		return int((p.nodes[b].hi - p.nodes[b].lo) - (p.nodes[a].hi - p.nodes[a].lo))
	})

	var f freeList
	f.grow(int32(len(p.nodes)) + int32(len(p.order)) + 64)
	f.take(root)
	cursor, cursorOf := int32(0), 0
	for _, n := range byCount {
		nd := &p.nodes[n]
		codes := p.codes[nd.lo:nd.hi]
		first := int32(codes[0])
		if len(codes) != cursorOf {
			cursorOf, cursor = len(codes), f.next[0]
		}
		if !f.free(cursor) {
			cursor = f.after(cursor)
		}
		at, tried := cursor, 0
		for !f.fits(at-first, codes) {
			at = f.after(at)
			tried++
		}
		if tried > tries {
			cursor = at // the cells before are too crowded for this many children
		}
		nd.base = at - first
		for _, c := range codes {
			f.take(nd.base + int32(c))
		}
		p.size = max(p.size, nd.base+int32(codes[len(codes)-1])+1)
	}
	p.size = max(p.size, 1)
}

// trie fills the cells: from here on no search is needed, so this is also how a
// stored plan is loaded.
func (p *plan) trie() *Trie {
	t := &Trie{cells: make([]cell, p.size), value: make([]int32, p.size)}
	for i := range t.cells {
		t.cells[i] = cell{leaf, free}
		t.value[i] = none
	}
	at := make([]int32, len(p.nodes))
	t.cells[root].check = free
	for n := range p.nodes {
		nd := &p.nodes[n]
		s := at[n]
		t.cells[s].base = nd.base
		t.value[s] = nd.value
		for i, c := range p.codes[nd.lo:nd.hi] {
			child := nd.base + int32(c)
			t.cells[child].check = s
			at[nd.first+int32(i)] = child
		}
	}
	return t
}

// freeList threads the empty cells on a ring through cell 0, which is always
// taken (it is the root).
type freeList struct {
	next, prev []int32 // prev is -1 in a taken cell
}

func (f *freeList) grow(to int32) {
	from := int32(len(f.next))
	if from == 0 {
		f.next, f.prev = append(f.next, 0), append(f.prev, 0)
		from = 1
	}
	for i := from; i < to; i++ {
		last := f.prev[0]
		f.next, f.prev = append(f.next, 0), append(f.prev, last)
		f.next[last], f.prev[0] = i, i
	}
}

func (f *freeList) free(i int32) bool { return i > 0 && int(i) < len(f.prev) && f.prev[i] >= 0 }

// after answers the first free cell behind i, making room when there is none.
func (f *freeList) after(i int32) int32 {
	if i == root || f.free(i) {
		if n := f.next[i]; n != 0 {
			return n
		}
	} else {
		for i++; int(i) < len(f.prev); i++ {
			if f.prev[i] >= 0 {
				return i
			}
		}
	}
	n := int32(len(f.next))
	f.grow(n + n/4 + 64)
	return n
}

func (f *freeList) fits(base int32, codes []uint16) bool {
	for _, c := range codes {
		i := base + int32(c)
		if i <= 0 || int(i) < len(f.prev) && f.prev[i] < 0 {
			return false
		}
	}
	return true
}

func (f *freeList) take(i int32) {
	if i == root {
		return
	}
	if int(i) >= len(f.next) {
		f.grow(i + i/4 + 64)
	}
	f.next[f.prev[i]], f.prev[f.next[i]] = f.next[i], f.prev[i]
	f.prev[i] = -1
}

// Each calls yield for every word of the trie with its state and value, in no
// particular order, until it answers false. Runes come as they were folded.
func (t *Trie) Each(yield func(word string, state, value int32) bool) {
	spell := t.Spelling()
	var runes []rune
	t.EachState(func(s, v int32) bool {
		runes = spell(runes[:0], s)
		return yield(string(runes), s, v)
	})
}

// EachState is Each for whoever needs the characters of few of the words.
func (t *Trie) EachState(yield func(state, value int32) bool) {
	for s, v := range t.value {
		if v >= 0 && t.cells[s].check >= 0 && !yield(int32(s), v) {
			return
		}
	}
}

// Spelling returns a function that appends to dst the runes, as they were folded, that
// lead to a state of the trie.
func (t *Trie) Spelling() func(dst []rune, state int32) []rune {
	of := make([]rune, 1<<16) // by class
	for r := len(t.runes.low) - 1; r >= 0; r-- {
		c := t.runes.low[r]
		if of[c] == 0 || FoldRune(rune(r)) == rune(r) {
			of[c] = rune(r)
		}
	}
	for r, c := range t.runes.high {
		of[c] = r
	}
	return func(dst []rune, state int32) []rune {
		from := len(dst)
		for at := state; at != root; at = t.cells[at].check {
			dst = append(dst, of[at-t.cells[t.cells[at].check].base])
		}
		slices.Reverse(dst[from:])
		return dst
	}
}
