package ledger

import "golang.org/x/mod/sumdb/tlog"

// RootsOf builds a tree as Verify does and returns its root after each leaf.
func RootsOf(leaves []string) []tlog.Hash {
	var roots []subtree
	var all []tlog.Hash
	for _, l := range leaves {
		roots = grow(roots, tlog.RecordHash([]byte(l)), func(int, tlog.Hash) {})
		all = append(all, rootOf(roots))
	}
	return all
}
