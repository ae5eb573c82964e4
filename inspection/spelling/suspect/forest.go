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
	most  []float32 // by tree: what it and those after it can answer together at most
}

// A Node asks whether a sign is at most Limit, and goes to Low or else to High,
// nodes of its tree. A node whose Low is 0 is a leaf and answers Limit.
type Node struct {
	Limit     float32
	Sign      uint8
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
	sum, _ := f.reaches(v, float32(math.Inf(-1)))
	return sum
}

// asked is after how many trees it is asked whether the rest can still matter.
const asked = 16

// late is what the trees after so many add at most in practice: they correct each
// other, so that their largest answers never come together. Of 24,000 candidates more
// probable than Floor none gained more than this less one.
func (f *Forest) late(after int) float32 {
	return min(6, 7.1-6.5*float32(after)/float32(len(f.Trees)), f.most[after])
}

// reaches is Sum, or less and false if Sum is less than that.
func (f *Forest) reaches(v *[Signs]float32, least float32) (sum float32, ok bool) {
	for i, t := range f.Trees {
		if i%asked == 0 && i > 0 && sum+f.late(i) < least {
			return sum, false
		}
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
	return sum, sum >= least
}

// probable returns the probability if it is at least least, and else less than that.
func (f *Forest) probable(v *[Signs]float32, least float64) float64 {
	odds := float32(math.Inf(-1))
	if least > 0 {
		odds = float32(math.Log(least / (1 - least)))
	}
	sum, ok := f.reaches(v, odds)
	if !ok {
		return 0
	}
	return 1 / (1 + math.Exp(-float64(sum)))
}

// bound fills in what the trees can answer at most.
func (f *Forest) bound() *Forest {
	f.most = make([]float32, len(f.Trees)+1)
	for i := len(f.Trees) - 1; i >= 0; i-- {
		best := float32(math.Inf(-1))
		for _, n := range f.Trees[i] {
			if n.Low == 0 {
				best = max(best, n.Limit)
			}
		}
		f.most[i] = f.most[i+1] + best
	}
	return f
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
	together := make([]Node, 0, len(b)/7) // one tree is asked after another
	for i := range f.Trees {
		if len(b) == 0 || b[0] == 0 || len(b) < 1+7*int(b[0]) {
			return nil, damaged
		}
		t := together[len(together) : len(together)+int(b[0])]
		together = together[:len(together)+len(t)]
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
	return f.bound(), nil
}
