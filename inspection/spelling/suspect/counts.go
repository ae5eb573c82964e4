package suspect

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"slices"

	"gongkai/internal/zh"
)

// The words that stand for what is no word.
const (
	Edge   = "\x01" // the beginning or end of a clause
	Number = "\x02" // digits or letters
)

// A Language is what gen learns about a language: words, what each costs, and what
// it costs a word to follow another. Costs are negative natural logarithms of
// probabilities.
type Language struct {
	Words []string // Edge and Number are not among them
	Alone []float32
	After []float32 // by word, then Edge, then Number: what is added where a pair was never seen
	Pairs [][]Pair  // by first word, then after Edge, then after Number
}

// A Pair is a word that was seen behind another, and what it costs there. Next
// counts as the lists of Language do: Edge and Number come behind the words.
type Pair struct {
	Next int
	Cost float32
}

// dearest is the cost that a word counted with frequency one would have.
const dearest = 25

// quantum is how exactly costs of pairs are kept: a byte holds them.
const quantum = 1.0 / 16

// Pack writes a language as the two files that are embedded here: its words with
// their costs, and its pairs. It is for gen.
func Pack(words, pairs io.Writer, l *Language) error {
	freq := make([]int, len(l.Words))
	for i, c := range l.Alone[:len(l.Words)] {
		freq[i] = max(1, int(math.Exp(float64(dearest-c))))
	}
	var b bytes.Buffer
	if err := zh.PackDictionary(&b, l.Words, freq); err != nil {
		return err
	}
	if _, err := words.Write(b.Bytes()); err != nil {
		return err
	}
	// Whoever reads the first file will number the words from the commonest, which
	// keeps the differences below small.
	trie, err := zh.ReadDictionary(b.Bytes())
	if err != nil {
		return err
	}
	m := &Model{}
	if m.words, err = newStates(trie, m.rank(trie)); err != nil {
		return err
	}
	n := len(l.Words)
	rank, order := make([]int, n+2), make([]int, n+2)
	for i, w := range l.Words {
		known, ok := m.find([]rune(w))
		if !ok {
			return errors.New("no word: " + w)
		}
		rank[i] = int(known.id)
	}
	rank[n], rank[n+1] = n, n+1
	for i, r := range rank {
		order[r] = i
	}
	z, err := gzip.NewWriterLevel(pairs, gzip.BestCompression)
	if err != nil {
		return err
	}
	head := binary.AppendUvarint(nil, uint64(n))
	var after, counts, nexts, costs []byte
	for _, o := range order {
		after = append(after, inByte(l.After[o]))
		all := slices.Clone(l.Pairs[o])
		for i := range all {
			all[i].Next = rank[all[i].Next]
		}
		slices.SortFunc(all, func(a, b Pair) int { return cmp.Compare(a.Next, b.Next) })
		counts = binary.AppendUvarint(counts, uint64(len(all)))
		last := 0
		for _, p := range all {
			nexts = binary.AppendUvarint(nexts, uint64(p.Next-last))
			last = p.Next
			costs = append(costs, inByte(p.Cost))
		}
	}
	for _, part := range [][]byte{head, after, counts, nexts, costs} {
		if _, err := z.Write(append(binary.AppendUvarint(nil, uint64(len(part))), part...)); err != nil {
			return err
		}
	}
	return z.Close()
}

// inByte is a cost as a byte: 0 is left for "none".
func inByte(c float32) byte { return byte(1 + min(254, max(0, math.Round(float64(c)/quantum)))) }

func ofByte(b byte) float32 { return float32(b-1) * quantum }
