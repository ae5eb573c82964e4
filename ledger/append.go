package ledger

import (
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"gongkai/internal/db"
)

// Append adds the entry of an act to the log, within the transaction of the act,
// and returns its position.
//
// act is "pillar.verb"; subject is "prefix/id"; record is the digest over all
// rows of that record as they are after the act ([Gone] if none are left);
// public is written as canonical JSON for everybody to read and must hold no
// personal data. An entry may have 65,535 bytes as JSON.
//
// Entries wait for each other from here to the commit, so append late in the
// act. It fails only for reasons of our own: a malformed act or subject, public
// data that is too long or cannot be JSON, or the database.
func Append(tx *db.Tx, by Who, act, subject string, record Digest, public any) (Seq, error) {
	text, err := Canonical(public)
	if err != nil {
		return 0, fmt.Errorf("ledger: public part of %s: %w", act, err)
	}
	e := Entry{
		Time: tx.Now.UTC().Truncate(time.Millisecond), Act: act, Subject: subject,
		Who: by.LedgerWho(), Unit: by.LedgerUnit(), Record: record, Public: string(text),
	}
	if err := e.check(); err != nil {
		return 0, err
	}
	// Refused before the head is locked: the caller may carry on without it.
	if len(e.Leaf())+len("9223372036854775807") > maxLeaf {
		return 0, fmt.Errorf("ledger: entry of %s has %d bytes, more than %d", act, len(e.Leaf()), maxLeaf)
	}
	seq, err := nextSeq(tx)
	if err != nil {
		return 0, err
	}
	if seq == 0 {
		if err := begin(tx); err != nil {
			return 0, err
		}
		if seq, err = nextSeq(tx); err != nil {
			return 0, err
		}
	}
	e.Seq = seq
	if err := add(tx, e); err != nil {
		return 0, err
	}
	return seq, nil
}

// Subjects of the log itself. They have no keeper.
const selfPrefix = "ledger"

// begin writes entry 0.
func begin(tx *db.Tx) error {
	e := Entry{
		Time: tx.Now.UTC().Truncate(time.Millisecond), Act: "ledger.begin", Subject: selfPrefix + "/begin",
		Who: "system:ledger", Public: `{"form":"gongkai/ledger/1"}`,
	}
	return add(tx, e)
}

// add stores the entry and the roots of the tiles that it completes.
func add(tx *db.Tx, e Entry) error {
	e.Hash = tlog.RecordHash(e.Leaf())
	if err := insertEntry(tx, e); err != nil {
		return err
	}
	n := int64(e.Seq)
	for level := 1; n%tileWidth == tileWidth-1; level++ {
		n /= tileWidth
		hashes, err := rowHashes(tx, level-1, n*tileWidth, tileWidth)
		if err != nil {
			return err
		}
		if err := insertHash(tx, level, n, rootOfPowerOfTwo(hashes)); err != nil {
			return err
		}
	}
	return nil
}
