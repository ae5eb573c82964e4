//go:build race

package zh

// Under the race detector sync.Pool forgets at random, so allocations cannot be
// counted.
func init() { racing = true }
