package suspect

import "hash/fnv"

// A Share is what a law is used for.
type Share int

// The shares of the laws.
const (
	Train Share = iota // counted
	Fit                // the weights are fitted on it
	Test               // only measured
)

// Part says what a law is used for, by its title: all versions of a law go
// together.
func Part(title string) Share {
	h := fnv.New32a()
	h.Write([]byte(title))
	switch h.Sum32() % 10 {
	case 0:
		return Test
	case 1:
		return Fit
	}
	return Train
}
