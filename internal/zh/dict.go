package zh

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"sync"
)

// Version names the cutting: the dictionary and the rules together. An index
// made under another version has to be made again.
const Version = "zh1-jieba0.42.1"

//go:embed dict.gz
var dictBlob []byte

// A dictionary answers, for each word, what it costs to use it: the less
// probable, the dearer. All costs are whole 64ths of a natural logarithm.
type dictionary struct {
	trie    *Trie
	unknown int32 // the cost of a rune or run that is no word
}

const costUnit = 64

// jieba is loaded at the first need and then shared.
var jieba = sync.OnceValue(func() *dictionary {
	d, err := readDictionary(dictBlob)
	if err != nil {
		panic("zh: the embedded dictionary is damaged: " + err.Error())
	}
	return d
})

// Dictionary gives the words behind every cutting: the value of a word is the
// logarithm of how often it was counted, and unknown that of all words together,
// both in CostUnit to one. So unknown less value is what a word costs.
func Dictionary() (words *Trie, unknown int32) { return jieba().trie, jieba().unknown }

// CostUnit is how many parts costs divide the natural logarithm into.
const CostUnit = costUnit

// PackDictionary writes words with their frequencies as the blob that is
// embedded here. It is for gen/: the places of the double array are found once,
// there, and only filled in when a program starts.
func PackDictionary(w io.Writer, words []string, freq []int) error {
	total := 0
	for _, f := range freq {
		total += f
	}
	p := layOut(words, FoldRune, func(i int) int32 {
		return int32(math.Round(costUnit * math.Log(float64(max(1, freq[i])))))
	})
	p.place()

	var head, counts, values, places, codes []byte
	head = binary.AppendUvarint(head, uint64(p.size))
	head = binary.AppendUvarint(head, uint64(len(p.nodes)))
	head = binary.AppendUvarint(head, uint64(math.Round(costUnit*math.Log(float64(total)))))
	head = binary.AppendUvarint(head, uint64(len(p.order)))
	for _, r := range p.order {
		head = binary.AppendUvarint(head, uint64(r))
	}
	last := map[int32]int32{}
	for _, nd := range p.nodes {
		n := nd.hi - nd.lo
		counts = binary.AppendUvarint(counts, uint64(n))
		values = binary.AppendUvarint(values, uint64(nd.value+1))
		if n == 0 {
			continue
		}
		at := nd.base + int32(p.codes[nd.lo])
		places = binary.AppendVarint(places, int64(at-last[n]))
		last[n] = at
		prev := uint16(0)
		for _, c := range p.codes[nd.lo:nd.hi] {
			codes = binary.AppendUvarint(codes, uint64(c-prev))
			prev = c
		}
	}
	z, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return err
	}
	for _, part := range [][]byte{head, counts, values, places, codes} {
		if _, err := z.Write(append(binary.LittleEndian.AppendUint32(nil, uint32(len(part))), part...)); err != nil {
			return err
		}
	}
	return z.Close()
}

// ReadDictionary reads what PackDictionary wrote. The value of a word is the
// logarithm of its frequency in CostUnit to one.
func ReadDictionary(blob []byte) (*Trie, error) {
	d, err := readDictionary(blob)
	if err != nil {
		return nil, err
	}
	return d.trie, nil
}

// readDictionary fills the double array from a blob. No search is done, so it
// takes little more than the unpacking.
func readDictionary(blob []byte) (*dictionary, error) {
	z, err := gzip.NewReader(bytes.NewReader(blob))
	if err != nil {
		return nil, err
	}
	raw, err := io.ReadAll(z)
	if err != nil {
		return nil, err
	}
	var parts [5]numbers
	for i := range parts {
		if len(raw) < 4 || uint64(len(raw)-4) < uint64(binary.LittleEndian.Uint32(raw)) {
			return nil, errors.New("cut short")
		}
		n := binary.LittleEndian.Uint32(raw)
		parts[i] = numbers{rest: raw[4 : 4+n]}
		raw = raw[4+n:]
	}
	head, counts, values, places, codes := &parts[0], &parts[1], &parts[2], &parts[3], &parts[4]

	p := &plan{size: int32(head.next())}
	nodes := int(head.next())
	d := &dictionary{unknown: int32(head.next())}
	runes := int(head.next())
	if nodes > len(counts.rest) || runes > len(head.rest) || int(p.size) > 8*nodes+1<<17 {
		return nil, errors.New("counts do not fit")
	}
	p.order = make([]rune, runes)
	for i := range p.order {
		p.order[i] = rune(head.next())
	}
	p.nodes = make([]node, nodes)
	p.codes = make([]uint16, 0, nodes)
	last := make([]int32, 1<<16)
	first := int32(1)
	for i := range p.nodes {
		nd := &p.nodes[i]
		n := int32(counts.next())
		nd.value = int32(values.next()) - 1
		nd.first, nd.lo = first, int32(len(p.codes))
		nd.base = leaf
		if n > 0 {
			last[uint16(n)] += int32(places.signed())
			at := last[uint16(n)]
			c := uint16(0)
			for range n {
				c += uint16(codes.next())
				p.codes = append(p.codes, c)
			}
			nd.base = at - int32(p.codes[nd.lo])
			if top := nd.base + int32(c); at < 1 || top >= p.size {
				return nil, fmt.Errorf("node %d lies outside", i)
			}
		}
		nd.hi = int32(len(p.codes))
		first += n
	}
	if int(first) != nodes {
		return nil, fmt.Errorf("%d nodes, %d announced", first, nodes)
	}
	d.trie = p.trie()
	d.trie.runes.set(p.order, FoldRune)
	return d, nil
}

// numbers reads varints from a part of the blob; past the end it reads zeros.
type numbers struct{ rest []byte }

func (n *numbers) next() uint64 {
	if len(n.rest) > 0 && n.rest[0] < 0x80 {
		v := n.rest[0]
		n.rest = n.rest[1:]
		return uint64(v)
	}
	v, k := binary.Uvarint(n.rest)
	n.rest = n.rest[max(k, 0):]
	return v
}

func (n *numbers) signed() int64 {
	v := n.next()
	return int64(v>>1) ^ -int64(v&1)
}
