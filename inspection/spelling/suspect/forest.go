package suspect

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"math"
	"sync"
)

//go:embed data/forest.bin
var forestBlob []byte

//go:embed data/gaps.bin
var gapsBlob []byte

// A Forest turns signs into a probability: the sum of what many small trees of
// questions answer. gen -fit grows it.
type Forest struct {
	Trees [][]Node
}

// A Node asks whether a sign is at most Limit, and goes to Low or else to High,
// nodes of its tree. A node whose Low is 0 is a leaf and answers Limit.
type Node struct {
	Sign      uint8
	Limit     float32
	Low, High uint8
}

var (
	grown     = sync.OnceValue(func() *Forest { return mustForest(forestBlob) })
	grownGaps = sync.OnceValue(func() *Forest { return mustForest(gapsBlob) })
)

func mustForest(blob []byte) *Forest {
	f, err := readForest(blob)
	if err != nil {
		panic("suspect: " + err.Error())
	}
	return f
}

// Sum is what the trees answer together: the logarithm of the odds.
func (f *Forest) Sum(v *[Signs]float32) float32 {
	sum := float32(0)
	for _, t := range f.Trees {
		n := &t[0]
		for n.Low != 0 {
			if v[n.Sign] <= n.Limit {
				n = &t[n.Low]
			} else {
				n = &t[n.High]
			}
		}
		sum += n.Limit
	}
	return sum
}

func (f *Forest) probability(v *[Signs]float32) float64 {
	return 1 / (1 + math.Exp(-float64(f.Sum(v))))
}

// Bytes is the forest as it is embedded here.
func (f *Forest) Bytes() (out []byte) {
	out = binary.LittleEndian.AppendUint16(out, uint16(len(f.Trees)))
	for _, t := range f.Trees {
		out = append(out, byte(len(t)))
		for _, n := range t {
			out = append(out, n.Sign, n.Low, n.High)
			out = binary.LittleEndian.AppendUint32(out, math.Float32bits(n.Limit))
		}
	}
	return out
}

// readForest reads what Bytes wrote. No tree it accepts leads astray: questions lead
// onward, to nodes that exist, about signs that exist.
func readForest(b []byte) (*Forest, error) {
	damaged := errors.New("the forest is damaged")
	if len(b) < 2 {
		return nil, damaged
	}
	f := &Forest{Trees: make([][]Node, binary.LittleEndian.Uint16(b))}
	b = b[2:]
	for i := range f.Trees {
		if len(b) == 0 || b[0] == 0 || len(b) < 1+7*int(b[0]) {
			return nil, damaged
		}
		t := make([]Node, b[0])
		b = b[1:]
		for k := range t {
			t[k] = Node{Sign: b[0], Low: b[1], High: b[2], Limit: math.Float32frombits(binary.LittleEndian.Uint32(b[3:]))}
			if n := t[k]; n.Low != 0 && (int(n.Low) <= k || int(n.High) <= k || int(n.Low) >= len(t) || int(n.High) >= len(t) || int(n.Sign) >= Signs) {
				return nil, damaged
			}
			b = b[7:]
		}
		f.Trees[i] = t
	}
	if len(b) > 0 {
		return nil, damaged
	}
	return f, nil
}
