package document

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"gongkai/internal/blob"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/jobs"
	"gongkai/ledger"
)

//go:embed migration/*.sql
var migrations embed.FS

// Schema is the table of this pillar.
var Schema = db.NewSchema("document", migrations, ledger.Schema, jobs.Schema)

const fileByDigest = `
	SELECT digest, kind, size, pages, state, why, title, note, created
	FROM document_file WHERE digest = $1`

const allDigests = `SELECT digest FROM document_file ORDER BY digest`

func scanFile(r db.Row) (f File, err error) {
	var notes string
	var created int64
	if err := r.Scan(&f.Digest, &f.Kind, &f.Size, &f.Pages, &f.State, &f.Why, &f.Title, &notes, &created); err != nil {
		return f, err
	}
	f.Created = db.Time(created)
	return f, json.Unmarshal([]byte(notes), &f.Notes)
}

// Get returns what is known of a file. It fails with NotFound.
func Get(tx *db.Tx, digest blob.Digest) (File, error) {
	f, err := db.One(tx, scanFile, fileByDigest, string(digest))
	if errors.Is(err, fault.NotFound) {
		return File{}, noSuchFile()
	}
	return f, err
}

// Parts returns all text of a file with its positions; none if the file is not
// readable. It fails with NotFound.
func Parts(tx *db.Tx, digest blob.Digest) ([]Part, error) {
	body, err := db.One(tx, func(r db.Row) (b []byte, err error) { return b, r.Scan(&b) },
		`SELECT body FROM document_file WHERE digest = $1`, string(digest))
	if errors.Is(err, fault.NotFound) {
		return nil, noSuchFile()
	}
	if err != nil {
		return nil, err
	}
	return unpackParts(body)
}

// TextOf returns the visible text of a file, for the search; "" if the file is
// not readable. It fails with NotFound.
func TextOf(tx *db.Tx, digest blob.Digest) (string, error) {
	parts, err := Parts(tx, digest)
	return Doc{Parts: parts}.Text(), err
}

const putFile = `
	INSERT INTO document_file (digest, kind, size, pages, state, why, title, note, body, created)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
	ON CONFLICT (digest) DO UPDATE SET
		kind = excluded.kind, pages = excluded.pages, state = excluded.state, why = excluded.why,
		title = excluded.title, note = excluded.note, body = excluded.body`

// keep writes the record of a file and its entry in the ledger.
func keep(tx *db.Tx, by ledger.Who, act string, f File, parts []byte) error {
	if f.Notes == nil {
		f.Notes = []Note{}
	}
	notes, err := json.Marshal(f.Notes)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(putFile, string(f.Digest), string(f.Kind), f.Size, f.Pages, string(f.State), f.Why, f.Title, string(notes), parts, db.Ms(f.Created)); err != nil {
		return fmt.Errorf("keep file %s: %w", f.Digest, err)
	}
	d, err := db.One(tx, scanDigest, fileRow+` WHERE digest = $1`, string(f.Digest))
	if err != nil {
		return err
	}
	public := map[string]any{"kind": string(f.Kind), "size": f.Size, "state": string(f.State)}
	_, err = ledger.Append(tx, by, act, d.subject, d.digest, public)
	return err
}

const fileRow = `
	SELECT digest, kind, size, pages, state, why, title, note, body, created
	FROM document_file`

type fileDigest struct {
	subject string
	digest  ledger.Digest
}

// scanDigest makes the digest over the whole row, so that a change by hand of
// any of it is seen.
func scanDigest(r db.Row) (fileDigest, error) {
	var digest, kind, state, why, title, note string
	var size, pages, created int64
	var body []byte
	if err := r.Scan(&digest, &kind, &size, &pages, &state, &why, &title, &note, &body, &created); err != nil {
		return fileDigest{}, err
	}
	sum := sha256.Sum256(body)
	return fileDigest{"file/" + digest, ledger.DigestOf([]any{digest, kind, size, pages, state, why, title, note, hex.EncodeToString(sum[:]), created})}, nil
}

// Keeper lets ledger.Verify compare the files with the ledger.
var Keeper = ledger.Keeper{Prefix: "file", Each: func(tx *db.Tx, yield func(string, ledger.Digest) error) error {
	return db.Each(tx, func(r db.Row) error {
		d, err := scanDigest(r)
		if err != nil {
			return err
		}
		return yield(d.subject, d.digest)
	}, fileRow+` ORDER BY digest`)
}}
