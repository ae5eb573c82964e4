package review

import (
	"embed"
	"encoding/json"
	"fmt"

	"gongkai/identity"
	"gongkai/inspection"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/ledger"
	"gongkai/org"
	"gongkai/review/coordination"
)

//go:embed migration/*.sql
var migrations embed.FS

// Schema is the tables of this pillar.
var Schema = db.NewSchema("review", migrations, org.Schema, ledger.Schema, identity.Schema, inspection.Schema, coordination.Schema)

const columns = `id, subject, unit, kind, title, digest, openness, authors, proposer, levels, level, state, submitted, closed, source`

func scan(r db.Row) (s Submission, err error) {
	var (
		digest, openness, authors, levels string
		submitted, closed                 int64
	)
	if err := r.Scan(&s.ID, &s.Subject, &s.Unit, &s.Kind, &s.Title, &digest, &openness, &authors, &s.Proposer,
		&levels, &s.Level, &s.State, &submitted, &closed, &s.Source); err != nil {
		return s, err
	}
	s.Submitted, s.Closed = db.Time(submitted), db.Time(closed)
	if s.Digest, err = ledger.ParseDigest(digest); err != nil {
		return s, err
	}
	for text, into := range map[string]any{openness: &s.Openness, authors: &s.Authors, levels: &s.Levels} {
		if err := json.Unmarshal([]byte(text), into); err != nil {
			return s, fmt.Errorf("submission %s: %w", s.ID, err)
		}
	}
	return s, nil
}

const oneSubmission = `SELECT ` + columns + ` FROM review_submission WHERE id = $1`

func load(tx *db.Tx, id SubmissionID) (Submission, error) {
	s, err := db.One(tx, scan, oneSubmission, id)
	if fault.KindOf(err) == fault.NotFound {
		return s, fault.Say(fault.NotFound, sayNoSubmission)
	}
	if err != nil {
		return s, err
	}
	s.Signatures, err = signatures(tx, s.ID)
	return s, err
}

const latestSubmission = `SELECT ` + columns + ` FROM review_submission WHERE subject = $1 ORDER BY submitted DESC, id DESC LIMIT 1`

// latest is the newest submission of a subject, NotFound when there is none.
func latest(tx *db.Tx, subject string) (Submission, error) {
	s, err := db.One(tx, scan, latestSubmission, subject)
	if err != nil {
		return s, err
	}
	s.Signatures, err = signatures(tx, s.ID)
	return s, err
}

const bySubject = `SELECT ` + columns + ` FROM review_submission WHERE subject = $1 ORDER BY submitted, id`

const waitingIn = `
	SELECT ` + columns + `
	FROM review_submission
	WHERE ` + org.InScope + ` AND state = 'waiting'
	ORDER BY submitted, id`

const signedBy = `
	SELECT ` + columns + `
	FROM review_submission
	WHERE id IN (SELECT submission FROM review_signature WHERE person = $1)
	ORDER BY submitted DESC, id DESC
	LIMIT $2`

const signaturesOf = `SELECT level, name, person, unit, sign, opinion, digest, at FROM review_signature WHERE submission = $1 ORDER BY level`

func signatures(tx *db.Tx, id SubmissionID) ([]Signature, error) {
	return db.All(tx, func(r db.Row) (g Signature, err error) {
		var (
			sign, at int64
			digest   string
		)
		if err := r.Scan(&g.Level, &g.Name, &g.By, &g.Unit, &sign, &g.Opinion, &digest, &at); err != nil {
			return g, err
		}
		g.Sign, g.At = sign == 1, db.Time(at)
		g.Digest, err = ledger.ParseDigest(digest)
		return g, err
	}, signaturesOf, id)
}

const putSubmission = `
	INSERT INTO review_submission (` + columns + `)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
	ON CONFLICT (id) DO UPDATE SET level = excluded.level, state = excluded.state, closed = excluded.closed`

const putSignature = `
	INSERT INTO review_signature (submission, level, name, person, unit, sign, opinion, digest, at)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
	ON CONFLICT (submission, level) DO NOTHING`

func save(tx *db.Tx, s Submission) error {
	if _, err := tx.Exec(putSubmission, s.ID, s.Subject, s.Unit, s.Kind, s.Title, s.Digest.String(), jsonText(s.Openness), jsonText(s.Authors),
		s.Proposer, jsonText(s.Levels), s.Level, s.State, db.Ms(s.Submitted), db.Ms(s.Closed), s.Source); err != nil {
		return err
	}
	for _, g := range s.Signatures {
		if _, err := tx.Exec(putSignature, s.ID, g.Level, g.Name, g.By, g.Unit, db.Bool(g.Sign), g.Opinion, g.Digest.String(), db.Ms(g.At)); err != nil {
			return err
		}
	}
	return nil
}

const allChains = `SELECT unit, kind, levels FROM review_chain ORDER BY unit, kind`

// Chains returns every chain that somebody has set.
func Chains(tx *db.Tx) ([]Chain, error) {
	return db.All(tx, func(r db.Row) (c Chain, err error) {
		var levels string
		if err := r.Scan(&c.Unit, &c.Kind, &levels); err != nil {
			return c, err
		}
		return c, json.Unmarshal([]byte(levels), &c.Levels)
	}, allChains)
}

const putChain = `
	INSERT INTO review_chain (unit, kind, levels) VALUES ($1, $2, $3)
	ON CONFLICT (unit, kind) DO UPDATE SET levels = excluded.levels`
