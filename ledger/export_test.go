package ledger

import (
	"golang.org/x/mod/sumdb/tlog"

	"gongkai/internal/db"
)

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

// RebuildHashes stores all inner hashes anew, as somebody would who rewrites
// the log.
func RebuildHashes(tx *db.Tx) error {
	if _, err := tx.Exec(`DELETE FROM ledger_hash`); err != nil {
		return err
	}
	n, err := size(tx)
	if err != nil {
		return err
	}
	leaves, err := rowHashes(tx, 0, 0, n)
	if err != nil {
		return err
	}
	tiles := map[int][]tlog.Hash{}
	var roots []subtree
	for _, h := range leaves {
		roots = grow(roots, h, collect(tiles))
	}
	for level, hashes := range tiles {
		for i, h := range hashes {
			if err := insertHash(tx, level, int64(i), h); err != nil {
				return err
			}
		}
	}
	return nil
}
