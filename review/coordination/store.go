package coordination

import (
	"database/sql"
	"embed"

	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/ledger"
	"gongkai/org"
)

//go:embed migration/*.sql
var migrations embed.FS

// Schema is the tables of consultations.
var Schema = db.NewSchema("coordination", migrations, org.Schema, ledger.Schema, identity.Schema)

const columns = `id, subject, unit, coalesce(organ, ''), outside, title, digest, question, asker, demanded, sent, due, state`

func scan(r db.Row) (c Consultation, err error) {
	var (
		digest         string
		demanded, sent int64
	)
	if err := r.Scan(&c.ID, &c.Subject, &c.Unit, &c.Organ, &c.Outside, &c.Title, &digest, &c.Question, &c.Asker,
		&demanded, &sent, &c.Due, &c.State); err != nil {
		return c, err
	}
	c.Demanded, c.Sent = demanded == 1, db.Time(sent)
	c.Digest, err = ledger.ParseDigest(digest)
	return c, err
}

const oneConsultation = `SELECT ` + columns + ` FROM review_consultation WHERE id = $1`

// Get returns one consultation with its words. It fails with NotFound.
func Get(tx *db.Tx, id ID) (Consultation, error) {
	c, err := db.One(tx, scan, oneConsultation, id)
	if fault.KindOf(err) == fault.NotFound {
		return c, fault.Say(fault.NotFound, sayNone)
	}
	if err != nil {
		return c, err
	}
	c.Words, err = words(tx, id)
	return c, err
}

const bySubject = `SELECT ` + columns + ` FROM review_consultation WHERE subject = $1 ORDER BY sent, id`

// Of returns all consultations about a subject with their words, oldest first,
// those that no longer count included.
func Of(tx *db.Tx, subject string) ([]Consultation, error) { return list(tx, bySubject, subject) }

const askedIn = `
	SELECT ` + columns + `
	FROM review_consultation
	WHERE organ IN (SELECT unit FROM org_closure WHERE $1 LIKE '%|' || ancestor || '|%') AND state = 'asked'
	ORDER BY due, sent, id`

// Inbox returns what by may answer now for an organ of theirs, the first due
// first.
func Inbox(tx *db.Tx, by identity.Actor) ([]Consultation, error) {
	return those(tx, askedIn, by.Scope(identity.ReviewConsult), func(tree *org.Tree, c Consultation) bool { return c.MayAnswer(tree, by) == nil })
}

const answeredIn = `
	SELECT ` + columns + `
	FROM review_consultation
	WHERE organ IN (SELECT unit FROM org_closure WHERE $1 LIKE '%|' || ancestor || '|%') AND state <> 'asked'
	ORDER BY sent DESC, id DESC
	LIMIT $2`

// Answered returns what organs within a scope were asked and is no longer
// waiting for them, newest first, at most n.
func Answered(tx *db.Tx, scope org.Scope, n int) ([]Consultation, error) {
	return list(tx, answeredIn, scope.Key(), n)
}

const sentBy = `
	SELECT ` + columns + `
	FROM review_consultation
	WHERE ` + org.InScope + ` AND state NOT IN ('withdrawn', 'renewed')
	ORDER BY sent DESC, id DESC
	LIMIT $2`

// Sent returns what units within a scope have asked and still counts, newest
// first, at most n.
func Sent(tx *db.Tx, scope org.Scope, n int) ([]Consultation, error) {
	return list(tx, sentBy, scope.Key(), n)
}

const openBy = `
	SELECT ` + columns + `
	FROM review_consultation
	WHERE ` + org.InScope + ` AND state IN ('asked', 'amend', 'refused', 'escalated', 'held')
	ORDER BY due, sent, id`

// Open returns what units within a scope have asked and is not agreed, the first
// due first. What is late among it, [Consultation.Overdue] says.
func Open(tx *db.Tx, scope org.Scope) ([]Consultation, error) {
	return list(tx, openBy, scope.Key())
}

const escalatedIn = `
	SELECT ` + columns + `
	FROM review_consultation
	WHERE ` + org.InScope + ` AND state = 'escalated'
	ORDER BY sent, id`

// ToDecide returns what by is asked to decide, oldest first.
func ToDecide(tx *db.Tx, by identity.Actor) ([]Consultation, error) {
	return those(tx, escalatedIn, by.Scope(identity.ReviewCoordinate), func(tree *org.Tree, c Consultation) bool { return c.MayDecide(tree, by) == nil })
}

// those lists the consultations of a query on a scope that somebody may act on.
func those(tx *db.Tx, query string, in org.Scope, may func(*org.Tree, Consultation) bool) ([]Consultation, error) {
	all, err := list(tx, query, in.Key())
	if err != nil || len(all) == 0 {
		return nil, err
	}
	tree, err := org.Load(tx)
	if err != nil {
		return nil, err
	}
	var mine []Consultation
	for _, c := range all {
		if may(tree, c) {
			mine = append(mine, c)
		}
	}
	return mine, nil
}

func list(tx *db.Tx, query string, args ...any) ([]Consultation, error) {
	all, err := db.All(tx, scan, query, args...)
	if err != nil {
		return nil, err
	}
	for i := range all {
		if all[i].Words, err = words(tx, all[i].ID); err != nil {
			return nil, err
		}
	}
	return all, nil
}

const wordsOf = `SELECT act, opinion, evidence, person, unit, at FROM review_consultation_word WHERE consultation = $1 ORDER BY n`

func words(tx *db.Tx, id ID) ([]Word, error) {
	return db.All(tx, func(r db.Row) (w Word, err error) {
		var at int64
		err = r.Scan(&w.Act, &w.Opinion, &w.Evidence, &w.By, &w.Unit, &at)
		w.At = db.Time(at)
		return w, err
	}, wordsOf, id)
}

const putConsultation = `
	INSERT INTO review_consultation (id, subject, unit, organ, outside, title, digest, question, asker, demanded, sent, due, state)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
	ON CONFLICT (id) DO UPDATE SET state = excluded.state`

const putWord = `
	INSERT INTO review_consultation_word (consultation, n, act, opinion, evidence, person, unit, at)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
	ON CONFLICT (consultation, n) DO NOTHING`

func save(tx *db.Tx, c Consultation) error {
	organ := sql.NullString{String: string(c.Organ), Valid: c.Organ != ""}
	if _, err := tx.Exec(putConsultation, c.ID, c.Subject, c.Unit, organ, c.Outside, c.Title, c.Digest.String(), c.Question,
		c.Asker, db.Bool(c.Demanded), db.Ms(c.Sent), c.Due, c.State); err != nil {
		return err
	}
	for i, w := range c.Words {
		if _, err := tx.Exec(putWord, c.ID, i+1, w.Act, w.Opinion, w.Evidence, w.By, w.Unit, db.Ms(w.At)); err != nil {
			return err
		}
	}
	return nil
}
