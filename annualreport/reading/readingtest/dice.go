package readingtest

import "hash/fnv"

// Dice are the source of chance. The same seed throws the same on every
// machine and with every version of Go.
type Dice struct{ seed, state uint64 }

// NewDice returns dice that throw what the seed says.
func NewDice(seed uint64) *Dice { return &Dice{seed: seed, state: seed} }

// For returns other dice that depend on the seed and the name alone, not on
// what was thrown before.
func (d *Dice) For(name string) *Dice {
	h := fnv.New64a()
	h.Write([]byte(name))
	n := NewDice(d.seed ^ h.Sum64())
	n.next()
	n.seed = n.state
	return n
}

// next is splitmix64.
func (d *Dice) next() uint64 {
	d.state += 0x9e3779b97f4a7c15
	z := d.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// N throws a number from 0 to n-1; 0 if n is not positive.
func (d *Dice) N(n int) int {
	if n <= 0 {
		return 0
	}
	return int(d.next() % uint64(n))
}

// Between throws a number from low to high, both included.
func (d *Dice) Between(low, high int) int { return low + d.N(high-low+1) }

// Chance is true in so many of a hundred throws.
func (d *Dice) Chance(percent int) bool { return d.N(100) < percent }

// Pick throws one of several.
func Pick[T any](d *Dice, of ...T) T { return of[d.N(len(of))] }

// Shuffled returns the numbers from 0 to n-1 in an order thrown.
func (d *Dice) Shuffled(n int) []int {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	for i := n - 1; i > 0; i-- {
		j := d.N(i + 1)
		order[i], order[j] = order[j], order[i]
	}
	return order
}
