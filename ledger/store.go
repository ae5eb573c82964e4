package ledger

import (
	"errors"
	"fmt"
	"math"

	"golang.org/x/mod/sumdb/tlog"

	"gongkai/internal/db"
	"gongkai/internal/fault"
)

const takeSeq = `
	UPDATE ledger_head SET size = size + 1 WHERE one = 1 RETURNING size - 1`

// nextSeq takes the next position and locks the head until the commit.
func nextSeq(tx *db.Tx) (Seq, error) {
	seq, err := db.Value[int64](tx, takeSeq)
	if err != nil {
		return 0, fmt.Errorf("ledger: take next position: %w", err)
	}
	return Seq(seq), nil
}

// size returns the number of entries.
func size(tx *db.Tx) (int64, error) {
	n, err := db.Value[int64](tx, `SELECT size FROM ledger_head WHERE one = 1`)
	if err != nil {
		return 0, fmt.Errorf("ledger: read head: %w", err)
	}
	return n, nil
}

const addEntry = `
	INSERT INTO ledger_entry (seq, at, act, subject, who, unit, record, public, hash)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`

func insertEntry(tx *db.Tx, e Entry) error {
	_, err := tx.Exec(addEntry, int64(e.Seq), db.Ms(e.Time), e.Act, e.Subject, e.Who, e.Unit,
		e.Record[:], e.Public, e.Hash[:])
	if err != nil {
		return fmt.Errorf("ledger: add entry %d: %w", e.Seq, err)
	}
	return nil
}

func insertHash(tx *db.Tx, level int, n int64, h tlog.Hash) error {
	_, err := tx.Exec(`INSERT INTO ledger_hash (level, n, hash) VALUES ($1, $2, $3)`, level, n, h[:])
	if err != nil {
		return fmt.Errorf("ledger: add hash %d/%d: %w", level, n, err)
	}
	return nil
}

const leafHashes = `
	SELECT hash FROM ledger_entry WHERE seq >= $1 AND seq < $2 ORDER BY seq`

const tileHashes = `
	SELECT hash FROM ledger_hash WHERE level = $1 AND n >= $2 AND n < $3 ORDER BY n`

// rowHashes returns the stored hashes [from, from+count) of a tile level. It
// fails if one of them is not there.
func rowHashes(tx *db.Tx, level int, from, count int64) ([]tlog.Hash, error) {
	var hashes []tlog.Hash
	var err error
	if level == 0 {
		hashes, err = db.All(tx, scanHash, leafHashes, from, from+count)
	} else {
		hashes, err = db.All(tx, scanHash, tileHashes, level, from, from+count)
	}
	if err != nil {
		return nil, fmt.Errorf("ledger: read hashes %d/%d+%d: %w", level, from, count, err)
	}
	if int64(len(hashes)) != count {
		return nil, fmt.Errorf("ledger: read hashes %d/%d+%d: only %d are stored", level, from, count, len(hashes))
	}
	return hashes, nil
}

func scanHash(r db.Row) (tlog.Hash, error) {
	var raw []byte
	var h tlog.Hash
	if err := r.Scan(&raw); err != nil {
		return h, err
	}
	copy(h[:], raw)
	return h, nil
}

const entryColumns = `seq, at, act, subject, who, unit, record, public, hash`

func scanEntry(r db.Row) (Entry, error) {
	var e Entry
	var seq, at int64
	var record, hash []byte
	err := r.Scan(&seq, &at, &e.Act, &e.Subject, &e.Who, &e.Unit, &record, &e.Public, &hash)
	if err != nil {
		return Entry{}, err
	}
	e.Seq, e.Time = Seq(seq), db.Time(at)
	copy(e.Record[:], record)
	copy(e.Hash[:], hash)
	return e, nil
}

const entryAt = `
	SELECT ` + entryColumns + ` FROM ledger_entry WHERE seq = $1`

// Get returns an entry. It fails with NotFound.
func Get(tx *db.Tx, seq Seq) (Entry, error) {
	e, err := db.One(tx, scanEntry, entryAt, int64(seq))
	if errors.Is(err, fault.NotFound) {
		return Entry{}, fault.Say(fault.NotFound, sayNoEntry, seq)
	}
	return e, err
}

const entriesFrom = `
	SELECT ` + entryColumns + ` FROM ledger_entry WHERE seq >= $1 AND seq < $2 ORDER BY seq`

// page returns the entries [from, from+count) that are there.
func page(tx *db.Tx, from Seq, count int) ([]Entry, error) {
	return db.All(tx, scanEntry, entriesFrom, int64(from), int64(from)+int64(count))
}

const entriesBefore = `
	SELECT ` + entryColumns + ` FROM ledger_entry WHERE seq < $1 ORDER BY seq DESC LIMIT $2`

// Recent returns at most count entries before the position before, the newest
// first. A before of 0 means the end of the log.
func Recent(tx *db.Tx, before Seq, count int) ([]Entry, error) {
	if before <= 0 {
		before = math.MaxInt64
	}
	return db.All(tx, scanEntry, entriesBefore, int64(before), count)
}

const entriesOf = `
	SELECT ` + entryColumns + ` FROM ledger_entry WHERE subject = $1 ORDER BY seq`

// BySubject returns all entries of a subject, the oldest first: the history of
// a record. There may be none.
func BySubject(tx *db.Tx, subject string) ([]Entry, error) {
	return db.All(tx, scanEntry, entriesOf, subject)
}

const lastOf = `
	SELECT ` + entryColumns + ` FROM ledger_entry WHERE subject = $1 ORDER BY seq DESC LIMIT 1`

// Last returns the newest entry of a subject. It fails with NotFound if nothing
// was ever done to it.
func Last(tx *db.Tx, subject string) (Entry, error) {
	return db.One(tx, scanEntry, lastOf, subject)
}
