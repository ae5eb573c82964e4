package identity

import (
	"crypto/sha256"
	"encoding/hex"

	"gongkai/internal/db"
	"gongkai/ledger"
)

func subject(id ID) string { return "person/" + string(id) }

// record is all rows of a person as the ledger's digest covers them. Secrets go
// in as digests of what is stored; the salt inside the password hash keeps
// anybody from guessing names against the public digest.
type record struct {
	Person   [13]string  `json:"person"`
	Formers  []string    `json:"formers"`
	Recovery [][2]any    `json:"recovery"`
	Grants   [][6]string `json:"grants"`
	Tokens   [][8]string `json:"tokens,omitempty"` // absent before there were any, so old digests hold
}

const personRow = `
	SELECT id, login, name, unit, post, phone, state, remark, password, CAST(password_at AS TEXT),
		CAST(password_once AS TEXT), totp, CAST(created AS TEXT)
	FROM identity_person WHERE id = $1`

const tokenRow = `
	SELECT id, token, title, rights, giver, CAST(since AS TEXT), CAST(until AS TEXT), CAST(ended AS TEXT)
	FROM identity_token WHERE person = $1
	ORDER BY since, id`

const grantRow = `
	SELECT person, role, unit, CAST(since AS TEXT), coalesce(CAST(until AS TEXT), ''), giver
	FROM identity_grant WHERE person = $1
	ORDER BY role, unit, since`

// digest is over the rows as they are now, read again so that a change by hand
// is seen.
func digest(tx *db.Tx, id ID) (ledger.Digest, error) {
	rec := record{}
	person, err := db.One(tx, func(r db.Row) (v [13]string, err error) {
		var totp []byte
		err = r.Scan(&v[0], &v[1], &v[2], &v[3], &v[4], &v[5], &v[6], &v[7], &v[8], &v[9], &v[10], &totp, &v[12])
		v[8] = sumOf([]byte(v[8]))
		if totp != nil {
			v[11] = sumOf(totp)
		}
		return v, err
	}, personRow, id)
	if err != nil {
		return ledger.Digest{}, err
	}
	rec.Person = person
	old, err := formers(tx, id)
	if err != nil {
		return ledger.Digest{}, err
	}
	for _, f := range old {
		rec.Formers = append(rec.Formers, sumOf([]byte(f)))
	}
	codes, err := recoveryOf(tx, id)
	if err != nil {
		return ledger.Digest{}, err
	}
	for _, c := range codes {
		rec.Recovery = append(rec.Recovery, [2]any{sumOf(c.Code), c.Used})
	}
	rec.Grants, err = db.All(tx, func(r db.Row) (v [6]string, err error) {
		return v, r.Scan(&v[0], &v[1], &v[2], &v[3], &v[4], &v[5])
	}, grantRow, id)
	if err != nil {
		return ledger.Digest{}, err
	}
	rec.Tokens, err = db.All(tx, func(r db.Row) (v [8]string, err error) {
		var token []byte
		err = r.Scan(&v[0], &token, &v[2], &v[3], &v[4], &v[5], &v[6], &v[7])
		v[1] = sumOf(token)
		return v, err
	}, tokenRow, id)
	if err != nil {
		return ledger.Digest{}, err
	}
	return ledger.DigestOf(rec), nil
}

func sumOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// Keeper lets ledger.Verify compare people and grants with the ledger.
var Keeper = ledger.Keeper{Prefix: "person", Each: func(tx *db.Tx, yield func(string, ledger.Digest) error) error {
	ids, err := db.All(tx, func(r db.Row) (id ID, err error) { return id, r.Scan(&id) },
		`SELECT id FROM identity_person ORDER BY id`)
	if err != nil {
		return err
	}
	for _, id := range ids {
		d, err := digest(tx, id)
		if err != nil {
			return err
		}
		if err := yield(subject(id), d); err != nil {
			return err
		}
	}
	return nil
}}
