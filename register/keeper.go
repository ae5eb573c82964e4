package register

import (
	"gongkai/internal/db"
	"gongkai/ledger"
)

const lineText = `
	SELECT id, unit, book, year, no, began, ended, sort, result, who, quantity, amount, other, total, text, words, state, why, n, person, at
	FROM register_line WHERE id = $1`

const versionText = `SELECT n, act, text, why, person, at FROM register_version WHERE line = $1 ORDER BY n`

// lineDigest binds a line with all its versions.
func lineDigest(tx *db.Tx, id LineID) (ledger.Digest, error) {
	var all [][]string
	take := func(query string, columns int) error {
		return db.Each(tx, func(r db.Row) error {
			row, into := make([]string, columns), make([]any, columns)
			for i := range row {
				into[i] = &row[i]
			}
			err := r.Scan(into...)
			all = append(all, row)
			return err
		}, query, id)
	}
	if err := take(lineText, 21); err != nil {
		return ledger.Digest{}, err
	}
	if err := take(versionText, 6); err != nil {
		return ledger.Digest{}, err
	}
	return ledger.DigestOf(all), nil
}

const allLines = `SELECT id FROM register_line ORDER BY id`

// LineKeeper lets ledger.Verify compare the lines.
var LineKeeper = ledger.Keeper{Prefix: "line", Each: func(tx *db.Tx, yield func(string, ledger.Digest) error) error {
	ids, err := db.All(tx, func(r db.Row) (id LineID, err error) { return id, r.Scan(&id) }, allLines)
	if err != nil {
		return err
	}
	for _, id := range ids {
		d, err := lineDigest(tx, id)
		if err != nil {
			return err
		}
		if err := yield(id.Subject(), d); err != nil {
			return err
		}
	}
	return nil
}}

const allYears = `SELECT ` + yearColumns + ` FROM register_book ORDER BY unit, book, year`

// BookKeeper lets ledger.Verify compare what units said of their books' years.
var BookKeeper = ledger.Keeper{Prefix: "book", Each: func(tx *db.Tx, yield func(string, ledger.Digest) error) error {
	all, err := db.All(tx, scanYear, allYears)
	if err != nil {
		return err
	}
	for _, y := range all {
		if err := yield(y.Subject(), ledger.DigestOf(y)); err != nil {
			return err
		}
	}
	return nil
}}
