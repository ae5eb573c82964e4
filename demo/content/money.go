package content

import (
	"fmt"
	"math/rand/v2"
	"strconv"
)

// wan is an amount of money in hundredths of 万元, so that sums are exact.
type wan int64

// String writes 万元 with two decimals.
func (w wan) String() string {
	sign := ""
	if w < 0 {
		sign, w = "-", -w
	}
	return fmt.Sprintf("%s%d.%02d", sign, w/100, w%100)
}

func randomWan(r *rand.Rand, lo, hi int) wan { return wan(lo*100 + r.IntN((hi-lo)*100+1)) }

// divide splits an amount into parts of about the given weights; they sum to it.
func divide(r *rand.Rand, total wan, weights []int) []wan {
	sum := 0
	jitter := make([]int, len(weights))
	for i, w := range weights {
		jitter[i] = w*8 + r.IntN(w*5+1)
		sum += jitter[i]
	}
	out := make([]wan, len(weights))
	left := total
	for i := range weights[:len(weights)-1] {
		out[i] = total * wan(jitter[i]) / wan(sum)
		left -= out[i]
	}
	out[len(out)-1] = left
	return out
}

// split a whole number into parts that sum to it.
func parts(r *rand.Rand, total, n int) []int {
	weights := make([]int, n)
	for i := range weights {
		weights[i] = 2 + r.IntN(9)
	}
	out := make([]int, n)
	for i, w := range divide(r, wan(total), weights) {
		out[i] = int(w)
	}
	return out
}

func sumWan(ws []wan) (t wan) {
	for _, w := range ws {
		t += w
	}
	return t
}

func sumInt(ns []int) (t int) {
	for _, n := range ns {
		t += n
	}
	return t
}

// percent is a/b in percent with one decimal.
func percent[T ~int | ~int64](a, b T) string {
	if b == 0 {
		return "0.0"
	}
	return strconv.FormatFloat(float64(a)*100/float64(b), 'f', 1, 64)
}
