package main

import (
	"math"
	"slices"

	"gongkai/inspection/spelling/suspect"
)

// Trees are grown by gradient boosting with second derivatives (Friedman 2001; Chen
// and Guestrin 2016): every tree answers what the trees before it left over, its
// questions chosen among the borders of bins.
const (
	bins     = 64
	leaves   = 24
	shrinkL2 = 2.0 // how much a leaf needs to speak up
	fewest   = 8.0 // weight of the examples in a leaf, by their second derivatives: too few say nothing
)

// grow grows so many trees, each of which is believed so far.
func grow(all []example, trees int, rate float32) *suspect.Forest {
	g := grower{n: len(all), score: make([]float32, len(all)), grad: make([]float32, len(all)), hess: make([]float32, len(all))}
	g.bin(all)
	f := &suspect.Forest{}
	sum, weight := 0.0, 0.0
	for _, x := range all {
		if x.right {
			sum += float64(x.weight)
		}
		weight += float64(x.weight)
	}
	start := float32(math.Log(sum / (weight - sum)))
	f.Trees = append(f.Trees, []suspect.Node{{Limit: start}})
	for i := range g.score {
		g.score[i] = start
	}
	for range trees {
		for i, x := range all {
			p := float32(1 / (1 + math.Exp(-float64(g.score[i]))))
			y := float32(0)
			if x.right {
				y = 1
			}
			g.grad[i], g.hess[i] = x.weight*(p-y), max(1e-6, x.weight*p*(1-p))
		}
		f.Trees = append(f.Trees, g.tree(rate))
	}
	return f
}

// directions says of signs that speak for an error (1) or against one (-1), the more
// the larger they are: no question may say the contrary.
var directions = func() (d [suspect.Signs]float64) {
	for i, name := range suspect.SignNames {
		switch name {
		case "margin", "margin per character", "pair before", "pair behind", "gain before", "gain behind", "cost of the stretch as a word", "unknown character",
			"stands elsewhere as it should", "rival", "text's cost before", "text's cost behind", "cost of the typed character", "phrases":
			d[i] = 1
		case "listed", "text's pair before", "text's pair behind", "text's gain before", "text's gain behind", "surname", "place", "stands elsewhere as it is", "difference of words",
			"broken neighbourhood", "cost of the word", "text's phrases":
			d[i] = -1
		}
	}
	return d
}()

type grower struct {
	n          int
	limits     [suspect.Signs][]float32 // borders of the bins
	binned     [suspect.Signs][]uint8
	score      []float32
	grad, hess []float32
}

func (g *grower) bin(all []example) {
	for s := range g.limits {
		vs := make([]float32, 0, len(all))
		for _, x := range all {
			vs = append(vs, x.signs[s])
		}
		slices.Sort(vs)
		distinct := slices.Compact(slices.Clone(vs))
		var limits []float32
		if len(distinct) <= bins {
			for i := range distinct[:len(distinct)-1] {
				limits = append(limits, (distinct[i]+distinct[i+1])/2)
			}
		} else {
			for b := 1; b < bins; b++ {
				limits = append(limits, vs[len(vs)*b/bins])
			}
			limits = slices.Compact(limits)
		}
		g.limits[s] = limits
		g.binned[s] = make([]uint8, len(all))
		for i, x := range all {
			k, _ := slices.BinarySearch(limits, x.signs[s])
			g.binned[s][i] = uint8(k) // signs of bin k are at most limits[k]
		}
	}
}

// part is a set of examples that a leaf holds, and the best question to part it by.
type part struct {
	node    int
	members []int32
	sumG    float64
	sumH    float64
	gain    float64
	sign    int
	at      int
}

// tree grows one tree, the most promising leaf first.
func (g *grower) tree(rate float32) []suspect.Node {
	members := make([]int32, g.n)
	for i := range members {
		members[i] = int32(i)
	}
	nodes := []suspect.Node{{}}
	parts := []*part{g.open(0, members)}
	for len(parts) < leaves {
		var best *part
		for _, p := range parts {
			if p.gain > 1 && (best == nil || p.gain > best.gain) {
				best = p
			}
		}
		if best == nil {
			break
		}
		var low, high []int32
		for _, i := range best.members {
			if int(g.binned[best.sign][i]) <= best.at {
				low = append(low, i)
			} else {
				high = append(high, i)
			}
		}
		nodes[best.node] = suspect.Node{Sign: uint8(best.sign), Limit: g.limits[best.sign][best.at], Low: uint8(len(nodes)), High: uint8(len(nodes) + 1)}
		nodes = append(nodes, suspect.Node{}, suspect.Node{})
		at := len(nodes)
		*best = *g.open(at-2, low)
		parts = append(parts, g.open(at-1, high))
	}
	for _, p := range parts {
		v := -rate * float32(p.sumG/(p.sumH+shrinkL2))
		nodes[p.node] = suspect.Node{Limit: v}
		for _, i := range p.members {
			g.score[i] += v
		}
	}
	return nodes
}

// open looks for the best question to part a set of examples by.
func (g *grower) open(node int, members []int32) *part {
	p := &part{node: node, members: members}
	for _, i := range members {
		p.sumG += float64(g.grad[i])
		p.sumH += float64(g.hess[i])
	}
	whole := p.sumG * p.sumG / (p.sumH + shrinkL2)
	for s := range g.binned {
		var sumG, sumH [bins]float64
		for _, i := range members {
			b := g.binned[s][i]
			sumG[b] += float64(g.grad[i])
			sumH[b] += float64(g.hess[i])
		}
		lowG, lowH := 0.0, 0.0
		for b := range g.limits[s] {
			lowG += sumG[b]
			lowH += sumH[b]
			highG, highH := p.sumG-lowG, p.sumH-lowH
			if lowH < fewest || highH < fewest {
				continue
			}
			if d := directions[s]; d != 0 && d*(lowG/(lowH+shrinkL2)-highG/(highH+shrinkL2)) < 0 {
				continue
			}
			if gain := lowG*lowG/(lowH+shrinkL2) + highG*highG/(highH+shrinkL2) - whole; gain > p.gain {
				p.gain, p.sign, p.at = gain, s, b
			}
		}
	}
	return p
}
