package publication

import (
	"crypto/sha256"
	"encoding/hex"

	"gongkai/internal/db"
	"gongkai/ledger"
)

// The record of an item, as the ledger binds it, is all its rows but the working
// copy and the counter of views: the item itself, every version by the digest of
// its text, what bears on it, which files it shows, which 文号 it cites.

const versionText = `SELECT n, content, digest, person, at, note FROM publication_version WHERE item = $1 ORDER BY n`

const versionDigests = `SELECT n, digest, digest, person, at, note FROM publication_version WHERE item = $1 ORDER BY n`

const relationText = `
	SELECT id, kind, coalesce(from_item, ''), since, basis, origin, at
	FROM publication_relation WHERE to_item = $1 ORDER BY id`

const fileText = `SELECT digest, name FROM publication_file WHERE item = $1 ORDER BY digest, name`

const citationText = `SELECT doc_no FROM publication_citation WHERE item = $1 ORDER BY doc_no`

// recordOf is the digest within an act: the texts of versions are taken by
// their stored digests, because an act never changes them.
func recordOf(tx *db.Tx, id ItemID) (ledger.Digest, error) { return digestRows(tx, id, versionDigests) }

// Keeper lets ledger.Verify compare items with the ledger. Here each version's
// text is hashed anew.
var Keeper = ledger.Keeper{Prefix: "item", Each: func(tx *db.Tx, yield func(string, ledger.Digest) error) error {
	ids, err := db.All(tx, func(r db.Row) (id ItemID, err error) { return id, r.Scan(&id) }, `SELECT id FROM publication_item ORDER BY id`)
	if err != nil {
		return err
	}
	for _, id := range ids {
		d, err := digestRows(tx, id, versionText)
		if err != nil {
			return err
		}
		if err := yield(id.Subject(), d); err != nil {
			return err
		}
	}
	return nil
}}

func digestRows(tx *db.Tx, id ItemID, versions string) (ledger.Digest, error) {
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
	if err := take(oneItem, 27); err != nil {
		return ledger.Digest{}, err
	}
	before := len(all)
	if err := take(versions, 6); err != nil {
		return ledger.Digest{}, err
	}
	if versions == versionText {
		for _, v := range all[before:] {
			sum := sha256.Sum256([]byte(v[1]))
			v[1] = hex.EncodeToString(sum[:])
		}
	}
	if err := take(relationText, 7); err != nil {
		return ledger.Digest{}, err
	}
	if err := take(fileText, 2); err != nil {
		return ledger.Digest{}, err
	}
	if err := take(citationText, 1); err != nil {
		return ledger.Digest{}, err
	}
	return ledger.DigestOf(all), nil
}
