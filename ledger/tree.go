package ledger

import (
	"fmt"
	"slices"

	"golang.org/x/mod/sumdb/tlog"

	"gongkai/internal/db"
	"gongkai/internal/fault"
)

const (
	tileHeight = 8
	tileWidth  = 1 << tileHeight
)

// Head (树根) is the size of the log and the root of its tree.
type Head struct {
	Size int64
	Root tlog.Hash
}

// HeadOf returns the head of the log as it is now.
func HeadOf(tx *db.Tx) (Head, error) {
	n, err := size(tx)
	if err != nil {
		return Head{}, err
	}
	return HeadAt(tx, n)
}

// HeadAt returns the head that the log had with n entries. It fails with
// NotFound if the log is not that long yet.
func HeadAt(tx *db.Tx, n int64) (Head, error) {
	if err := within(tx, n); err != nil {
		return Head{}, err
	}
	root, err := tlog.TreeHash(n, hashReader(tx))
	if err != nil {
		return Head{}, err
	}
	return Head{n, root}, nil
}

// InclusionProof returns the RFC 6962 audit path of entry seq in the tree of
// the first n entries. It fails with NotFound if there is no such entry or the
// log is not that long.
func InclusionProof(tx *db.Tx, seq Seq, n int64) (tlog.RecordProof, error) {
	if err := within(tx, n); err != nil {
		return nil, err
	}
	if seq < 0 || int64(seq) >= n {
		return nil, fault.Say(fault.NotFound, sayNoEntry, seq)
	}
	return tlog.ProveRecord(n, int64(seq), hashReader(tx))
}

// ConsistencyProof returns the RFC 6962 proof that the tree of the first older
// entries is the beginning of the tree of the first newer ones (1 ≤ older ≤
// newer). It fails with NotFound if the log is not that long.
func ConsistencyProof(tx *db.Tx, older, newer int64) (tlog.TreeProof, error) {
	if err := within(tx, newer); err != nil {
		return nil, err
	}
	if older < 1 || older > newer {
		return nil, fault.Say(fault.Invalid, sayBadSizes)
	}
	return tlog.ProveTree(newer, older, hashReader(tx))
}

// within refuses sizes that the log has not reached.
func within(tx *db.Tx, n int64) error {
	have, err := size(tx)
	if err != nil {
		return err
	}
	if n < 0 || n > have {
		return fault.Say(fault.NotFound, sayNotThatLong, n)
	}
	return nil
}

// hashReader gives tlog the inner hashes it asks for, each computed from the
// stored row of its tile. Tiles that were read are kept for the next question.
func hashReader(tx *db.Tx) tlog.HashReader {
	type span struct {
		level  int
		tile   int64
		lo, hi int64 // stored hashes wanted, in positions of the level
	}
	return tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		spans := map[[2]int64]*span{}
		where := func(index int64) (s *span, lo, hi int64) {
			deep, n := tlog.SplitStoredHashIndex(index)
			level, inside := deep/tileHeight, deep%tileHeight
			lo, hi = n<<inside, (n+1)<<inside
			key := [2]int64{int64(level), lo / tileWidth}
			if s = spans[key]; s == nil {
				s = &span{level: level, tile: lo / tileWidth, lo: lo, hi: hi}
				spans[key] = s
			}
			return s, lo, hi
		}
		for _, x := range indexes {
			s, lo, hi := where(x)
			s.lo, s.hi = min(s.lo, lo), max(s.hi, hi)
		}
		rows := map[*span][]tlog.Hash{}
		for _, s := range spans {
			row, err := rowHashes(tx, s.level, s.lo, s.hi-s.lo)
			if err != nil {
				return nil, err
			}
			rows[s] = row
		}
		hashes := make([]tlog.Hash, len(indexes))
		for i, x := range indexes {
			s, lo, hi := where(x)
			hashes[i] = rootOfPowerOfTwo(rows[s][lo-s.lo : hi-s.lo])
		}
		return hashes, nil
	})
}

// rootOfPowerOfTwo hashes a full subtree of 1, 2, 4, 8 … hashes to its root.
func rootOfPowerOfTwo(hashes []tlog.Hash) tlog.Hash {
	if len(hashes) == 0 || len(hashes)&(len(hashes)-1) != 0 {
		panic(fmt.Sprintf("ledger: %d hashes are not a full subtree", len(hashes)))
	}
	row := slices.Clone(hashes)
	for len(row) > 1 {
		for i := range len(row) / 2 {
			row[i] = tlog.NodeHash(row[2*i], row[2*i+1])
		}
		row = row[:len(row)/2]
	}
	return row[0]
}

// rootOf hashes any number of leaf hashes to the root of their tree.
func rootOf(roots []subtree) tlog.Hash {
	if len(roots) == 0 {
		root, _ := tlog.TreeHash(0, nil)
		return root
	}
	h := roots[len(roots)-1].hash
	for i := len(roots) - 2; i >= 0; i-- {
		h = tlog.NodeHash(roots[i].hash, h)
	}
	return h
}

// subtree is a full subtree of 2^level leaves on the left edge of what is still
// to come.
type subtree struct {
	level int
	hash  tlog.Hash
}

// grow adds a leaf to the full subtrees of a tree that is built from left to
// right and calls full for each that the leaf completes, the leaf included.
func grow(roots []subtree, leaf tlog.Hash, full func(level int, h tlog.Hash)) []subtree {
	s := subtree{0, leaf}
	full(0, leaf)
	for len(roots) > 0 && roots[len(roots)-1].level == s.level {
		s = subtree{s.level + 1, tlog.NodeHash(roots[len(roots)-1].hash, s.hash)}
		roots = roots[:len(roots)-1]
		full(s.level, s.hash)
	}
	return append(roots, s)
}
