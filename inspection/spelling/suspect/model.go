package suspect

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"sync"

	"gongkai/internal/zh"
)

//go:embed data/bigrams.gz
var blob []byte

// The words that stand for what is no word.
const (
	Edge   = "\x01" // the beginning or end of a clause
	Number = "\x02" // digits or letters
)

// Counts are what gen counts in a body of text.
type Counts struct {
	Words []string // the commonest first; Edge and Number among them
	Count []int
	Pairs [][]Pair // by first word
}

// A Pair says how often a word followed.
type Pair struct{ Next, Count int }

// Pack writes counts as the model that is embedded here. It is for gen/.
func Pack(w io.Writer, c *Counts) error {
	z, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return err
	}
	var words, pairs []byte
	words = binary.AppendUvarint(words, uint64(len(c.Words)))
	for i, s := range c.Words {
		words = binary.AppendUvarint(append(append(words, byte(len(s))), s...), uint64(c.Count[i]))
	}
	for _, next := range c.Pairs {
		pairs = binary.AppendUvarint(pairs, uint64(len(next)))
		last := 0
		for _, p := range next {
			pairs = binary.AppendUvarint(pairs, uint64(p.Next-last))
			last = p.Next
		}
		for _, p := range next {
			pairs = binary.AppendUvarint(pairs, uint64(p.Count))
		}
	}
	if _, err := z.Write(append(words, pairs...)); err != nil {
		return err
	}
	return z.Close()
}

// A model answers what a word costs after another, in natural logarithms.
type model struct {
	words   *zh.Trie
	unknown float32 // cost of a character that is no word
	ids     []int32 // by state of the trie: the word of the counts, or -1
	alone   []float32
	after   []float32 // what it costs a counted word to be followed by a pair never seen
	pairs   table
	edge    int32
	number  int32
	forget  uint64 // of 16 pairs, how many are taken for never seen
}

// table holds the costs of the pairs that were seen, open addressing. A slot is the
// key, plus one, above the cost in costBits, so that one access answers both.
type table struct {
	slots []uint64
	mask  uint64
}

const (
	costBits = 22
	costStep = 1 << 16 // parts of a natural logarithm; a cost is below 64 of them
	mostIDs  = 1 << 20 // two numbers of words and a cost fit one slot
)

func (t *table) first(key uint64) uint64 { return (key * 0x9E3779B97F4A7C15) >> 30 & t.mask }

func (t *table) put(key uint64, c float32) {
	i := t.first(key)
	for t.slots[i] != 0 {
		i = (i + 1) & t.mask
	}
	t.slots[i] = (key+1)<<costBits | uint64(c*costStep)
}

func (t *table) get(key uint64) (float32, bool) {
	for i := t.first(key); t.slots[i] != 0; i = (i + 1) & t.mask {
		if s := t.slots[i]; s>>costBits == key+1 {
			return float32(s&(1<<costBits-1)) / costStep, true
		}
	}
	return 0, false
}

func keyOf(a, b int32) uint64 { return uint64(a)<<20 | uint64(b) }

// discount is taken from every pair's count and given to those never seen.
const discount = 0.75

var shared = sync.OnceValue(func() *model {
	m, err := load(blob)
	if err != nil {
		panic("suspect: the embedded model is damaged: " + err.Error())
	}
	return m
})

type reader struct {
	b   []byte
	bad bool
}

func (r *reader) next() int {
	v, n := binary.Uvarint(r.b)
	if n <= 0 || v > 1<<40 {
		r.bad, r.b = true, nil
		return 0
	}
	r.b = r.b[n:]
	return int(v)
}

func (r *reader) text() string {
	if len(r.b) == 0 || len(r.b) <= int(r.b[0]) {
		r.bad, r.b = true, nil
		return ""
	}
	n := int(r.b[0])
	s := string(r.b[1 : 1+n])
	r.b = r.b[1+n:]
	return s
}

func load(blob []byte) (*model, error) {
	z, err := gzip.NewReader(bytes.NewReader(blob))
	if err != nil {
		return nil, err
	}
	raw, err := io.ReadAll(z)
	if err != nil {
		return nil, err
	}
	r := &reader{b: raw}
	n := r.next()
	if n > len(raw) || n >= mostIDs {
		return nil, errors.New("more words than bytes")
	}
	words, count := make([]string, n), make([]int, n)
	total := 0
	for i := range words {
		words[i], count[i] = r.text(), r.next()
		total += count[i]
	}
	trie, unknown := zh.Dictionary()
	m := &model{words: trie, alone: make([]float32, n), after: make([]float32, n), edge: -1, number: -1}
	all := math.Exp(float64(unknown) / zh.CostUnit)
	m.unknown = float32(-math.Log(0.1 / all))
	state := make([]int32, n)
	most := int32(0)
	trie.Each(func(_ string, s, _ int32) bool { most = max(most, s); return true })
	m.ids = make([]int32, most+1)
	for i := range m.ids {
		m.ids[i] = -1
	}
	for i, w := range words {
		state[i] = -1
		p := 0.5 * float64(count[i]) / float64(total)
		switch w {
		case Edge:
			m.edge = int32(i)
		case Number:
			m.number = int32(i)
		default:
			if s, v, ok := walk(trie, w); ok {
				state[i], m.ids[s] = s, int32(i)
				p += 0.5 * math.Exp(float64(v)/zh.CostUnit) / all
			}
		}
		m.alone[i] = float32(-math.Log(p))
	}
	if r.bad || m.edge < 0 || m.number < 0 {
		return nil, errors.New("words missing")
	}
	m.readPairs(r, count)
	if r.bad {
		return nil, errors.New("cut short")
	}
	return m, nil
}

func (m *model) readPairs(r *reader, count []int) {
	type seen struct {
		key  uint64
		a, b int32
		n    int
	}
	var all []seen
	for a := range count {
		n, at := r.next(), 0
		if n > len(r.b) {
			r.bad = true
			return
		}
		first, sum := len(all), 0
		for range n {
			at += r.next()
			if at >= len(count) {
				r.bad = true
				return
			}
			all = append(all, seen{keyOf(int32(a), int32(at)), int32(a), int32(at), 0})
		}
		for i := first; i < len(all); i++ {
			all[i].n = r.next()
			sum += all[i].n
		}
		// Pairs seen once are not in the file, but their weight is known.
		free := float64(count[a]-sum) + discount*float64(n)
		m.after[a] = float32(-math.Log(min(1, max(free, 0.5)/float64(max(count[a], 1)))))
	}
	size := 1
	for size < len(all)*3/2+16 {
		size *= 2
	}
	m.pairs = table{slots: make([]uint64, size), mask: uint64(size - 1)}
	for _, x := range all {
		p := (float64(x.n)-discount)/float64(max(count[x.a], 1)) + math.Exp(-float64(m.after[x.a]+m.alone[x.b]))
		m.pairs.put(x.key, float32(-math.Log(min(1, p))))
	}
}

// walk finds a word in the dictionary.
func walk(t *zh.Trie, w string) (state, value int32, ok bool) {
	s := t.Root()
	for _, r := range w {
		if s, ok = t.Step(s, r); !ok {
			return 0, 0, false
		}
	}
	v, ok := t.Value(s)
	return s, v, ok
}

// A word as the model takes it: its number among the counted ones, -1 if it is
// none of them, and what it costs alone.
type word struct {
	id   int32
	cost float32
}

func (m *model) word(state, value, unknown int32) word {
	if id := m.ids[state]; id >= 0 {
		return word{id, m.alone[id]}
	}
	return word{-1, float32(unknown-value)/zh.CostUnit + ln2}
}

const ln2 = 0.6931472

// follow is what b costs after a, and whether the pair was seen.
func (m *model) follow(a, b word) (float32, bool) {
	if a.id < 0 {
		return b.cost, false
	}
	if b.id >= 0 {
		key := keyOf(a.id, b.id)
		if c, ok := m.pairs.get(key); ok && (m.forget == 0 || (key*0xD6E8FEB86659FD93)>>60 >= m.forget) {
			return c, true
		}
	}
	return m.after[a.id] + b.cost, false
}
