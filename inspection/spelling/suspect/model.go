package suspect

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/binary"
	"errors"
	"slices"
	"sync"

	"gongkai/internal/zh"
)

//go:embed data/words.gz
var wordBlob []byte

//go:embed data/pairs.gz
var pairBlob []byte

// A Model answers what a word costs after another, in natural logarithms. It may
// be shared.
type Model struct {
	words   states
	unknown float32 // cost of a character that is no word
	costs   []costs // by number; the edge and numbers come last
	pairs   table
	edge    word
	number  word
}

// costs are what is known of a word by itself, and where to find what may follow it.
type costs struct {
	alone float32
	least float32 // what it costs behind the word that it follows best
	next  region
}

// unknownCost is what a character costs that is no word at all.
const unknownCost = 20

// shared is the embedded model and its index. Pairs are unpacked while the words are
// read, and set out while the words are indexed.
var shared = sync.OnceValues(func() (*Model, *index) {
	var raw []byte
	var damaged error
	step := make(chan bool)
	go func() {
		raw, damaged = unpack(pairBlob)
		step <- true
	}()
	m, err := loadWords(wordBlob)
	if err != nil {
		panic("suspect: the embedded words are damaged: " + err.Error())
	}
	<-step
	go func() {
		if damaged == nil {
			damaged = m.setOut(raw)
		}
		step <- true
	}()
	x := newIndex(m)
	if <-step; damaged != nil {
		panic("suspect: the embedded pairs are damaged: " + damaged.Error())
	}
	return m, x.settle(m)
})

// Embedded returns the model that is embedded here.
func Embedded() *Model {
	m, _ := shared()
	return m
}

var errShort = errors.New("cut short")

// Load reads what Pack wrote.
func Load(words, pairs []byte) (*Model, error) {
	m, err := loadWords(words)
	if err != nil {
		return nil, err
	}
	raw, err := unpack(pairs)
	if err != nil {
		return nil, err
	}
	return m, m.setOut(raw)
}

func loadWords(blob []byte) (*Model, error) {
	words, err := zh.ReadDictionary(blob)
	if err != nil {
		return nil, err
	}
	m := &Model{unknown: unknownCost}
	m.words, err = newStates(words, m.rank(words))
	return m, err
}

func unpack(blob []byte) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(blob))
	if err != nil {
		return nil, err
	}
	var whole bytes.Buffer
	whole.Grow(3 * len(blob))
	_, err = whole.ReadFrom(z)
	return whole.Bytes(), err
}

// setOut fills the table of pairs from what was packed.
func (m *Model) setOut(raw []byte) error {
	var parts [5][]byte
	for i := range parts {
		n, k := binary.Uvarint(raw)
		if k <= 0 || n > uint64(len(raw)-k) {
			return errShort
		}
		parts[i], raw = raw[k:k+int(n)], raw[k+int(n):]
	}
	head, after, counts, nexts, costs := parts[0], parts[1], parts[2], parts[3], parts[4]
	n, _ := binary.Uvarint(head)
	if n >= mostWords-2 || int(n)+2 != len(m.costs) || len(after) != len(m.costs) {
		return errors.New("words and pairs are not of one model")
	}
	m.pairs = table{slots: make([]uint32, 1, 2*len(costs)+2*len(after))} // the first is the table of who has none
	var behind []uint32
	for a := range m.costs {
		many, k := binary.Uvarint(counts)
		if k <= 0 || many > uint64(len(costs)) {
			return errShort
		}
		counts = counts[k:]
		behind = behind[:0]
		at := 0
		for _, c := range costs[:many] {
			step, k := binary.Uvarint(nexts)
			if at += int(step); k <= 0 || c == 0 || step > n+1 || at > int(n)+1 {
				return errShort
			}
			nexts = nexts[k:]
			behind = append(behind, mark(int32(at))<<8|uint32(c))
			m.costs[at].least = min(m.costs[at].least, ofByte(c))
		}
		m.costs[a].next = m.pairs.fill(behind, after[a])
		costs = costs[many:]
	}
	m.pairs.slots = slices.Clip(m.pairs.slots)
	return nil
}

// rank numbers the words from the commonest, and returns the numbers by the states of
// the trie.
func (m *Model) rank(words *zh.Trie) (ids []int32) {
	type known struct{ state, value int32 }
	var all []known
	most, dear := int32(0), int32(0)
	words.EachState(func(s, v int32) bool {
		all = append(all, known{s, v})
		most, dear = max(most, s), max(dear, v)
		return true
	})
	next := make([]int32, dear+2) // by dear less the value: the next number
	for _, k := range all {
		next[dear-k.value+1]++
	}
	for i := range next[1:] {
		next[i+1] += next[i]
	}
	ids = make([]int32, most+1)
	for i := range ids {
		ids[i] = -1
	}
	m.costs = make([]costs, len(all)+2)
	for _, k := range all {
		i := next[dear-k.value]
		next[dear-k.value]++
		ids[k.state] = i
		c := dearest - float32(k.value)/zh.CostUnit
		m.costs[i] = costs{alone: c, least: c}
	}
	for i := range 2 {
		m.costs[len(all)+i] = costs{alone: edgeCost, least: edgeCost}
	}
	m.edge, m.number = word{id: int32(len(all)), cost: edgeCost}, word{id: int32(len(all) + 1), cost: edgeCost}
	return ids
}

// edgeCost is what the edge of a clause or a number costs behind a word never seen
// there: nothing is odd about either.
const edgeCost = 3

// A word as the model takes it: its number, -1 if it is no word, and what it costs
// alone.
type word struct {
	id    int32
	cost  float32
	least float32 // no word before it makes it cheaper than that
}

// find returns a word by its characters.
func (m *Model) find(w []rune) (word, bool) {
	id := m.words.find(w)
	if id < 0 {
		return word{}, false
	}
	c := &m.costs[id]
	return word{id, c.alone, c.least}, true
}

// follow is what b costs after a, and whether the pair was seen.
func (m *Model) follow(a, b word) (float32, bool) {
	if a.id < 0 {
		return b.cost, false
	}
	r := m.costs[a.id].next
	if c := m.pairs.get(r, mark(b.id)); c != 0 {
		return ofByte(c), true
	}
	return r.after() + b.cost, false
}

// Cut calls yield for the words of the cheapest way through every run of Chinese
// characters in s, and for what stands between: Edge and Number.
func (m *Model) Cut(s string, yield func(word string)) {
	l := lattice{m: m}
	var path []int32
	last := -1
	runs(m, &l, s, func() {
		if l.left == m.number {
			yield(Number)
		} else if last != l.at(0) {
			yield(Edge)
		}
		l.fill()
		path, _ = l.best(path[:0])
		for _, k := range path {
			a := &l.arcs[k]
			yield(string(l.run[a.from:a.to]))
		}
		last = l.at(len(l.run))
		if l.right == m.number {
			yield(Number)
		} else {
			yield(Edge)
		}
	})
}
