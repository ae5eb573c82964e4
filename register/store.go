package register

import (
	"embed"
	"encoding/json"
	"fmt"
	"strings"

	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/ledger"
	"gongkai/org"
)

//go:embed migration/*.sql
var migrations embed.FS

// Schema is the tables of this pillar.
var Schema = db.NewSchema("register", migrations, org.Schema, ledger.Schema, identity.Schema)

const lineColumns = `id, unit, book, no, began, ended, sort, result, who, quantity, amount, other, total, text, state, why, n, person, at`

// scanLine reads the columns of a line, and what the query asks for after them.
func scanLine(r db.Row, more ...any) (l Line, err error) {
	var total, at int64
	var text string
	into := append([]any{&l.ID, &l.Unit, &l.Book, &l.No, &l.Began, &l.Ended, &l.sort, &l.result, &l.who, &l.Quantity, &l.Amount, &l.Other,
		&total, &text, &l.State, &l.Why, &l.N, &l.By, &at}, more...)
	if err := r.Scan(into...); err != nil {
		return l, err
	}
	l.Total, l.At = total == 1, db.Time(at)
	if err := json.Unmarshal([]byte(text), &l.Values); err != nil {
		return l, fmt.Errorf("register: line %s: %w", l.ID, err)
	}
	if ByID(l.Book) == nil {
		return l, fmt.Errorf("register: line %s is in the unknown book %s", l.ID, l.Book)
	}
	return l, nil
}

const oneLine = `SELECT ` + lineColumns + ` FROM register_line WHERE id = $1`

// Get returns a line, struck ones too. It fails with NotFound.
func Get(tx *db.Tx, id LineID) (Line, error) {
	l, err := db.One(tx, func(r db.Row) (Line, error) { return scanLine(r) }, oneLine, id)
	if fault.KindOf(err) == fault.NotFound {
		return l, fault.Say(fault.NotFound, sayNoLine)
	}
	return l, err
}

const putLine = `
	INSERT INTO register_line (id, unit, book, year, no, began, ended, sort, result, who, quantity, amount, other, total, text, words, state, why, n, person, at)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
	ON CONFLICT (id) DO UPDATE SET
		year = excluded.year, no = excluded.no, began = excluded.began, ended = excluded.ended, sort = excluded.sort,
		result = excluded.result, who = excluded.who, quantity = excluded.quantity, amount = excluded.amount, other = excluded.other,
		text = excluded.text, words = excluded.words, state = excluded.state, why = excluded.why, n = excluded.n,
		person = excluded.person, at = excluded.at`

const addVersion = `INSERT INTO register_version (line, n, act, text, why, person, at) VALUES ($1, $2, $3, $4, $5, $6, $7)`

// save writes a line and its version, and the act into the ledger.
func save(tx *db.Tx, by ledger.Who, act string, l Line, why string) error {
	text := valuesText(l.Values)
	_, err := tx.Exec(putLine, l.ID, l.Unit, l.Book, l.Year(), l.No, l.Began, l.Ended, l.sort, l.result, l.who, l.Quantity, l.Amount, l.Other,
		db.Bool(l.Total), text, l.words(), l.State, l.Why, l.N, l.By, db.Ms(l.At))
	if err != nil {
		return err
	}
	if _, err := tx.Exec(addVersion, l.ID, l.N, strings.TrimPrefix(act, "register."), text, why, l.By, db.Ms(l.At)); err != nil {
		return err
	}
	d, err := lineDigest(tx, l.ID)
	if err != nil {
		return err
	}
	_, err = ledger.Append(tx, by, act, l.ID.Subject(), d, map[string]any{"book": l.Book, "year": l.Year()})
	return err
}

func valuesText(v Values) string {
	b, err := ledger.Canonical(v)
	if err != nil {
		panic(err) // a map of strings
	}
	return string(b)
}

const sameNumber = `SELECT id FROM register_line WHERE unit = $1 AND book = $2 AND year = $3 AND no = $4 AND state = 'valid' AND id <> $5`

// known tells whether another line has the number of this one.
func known(tx *db.Tx, l Line) (bool, error) {
	if l.No == "" {
		return false, nil
	}
	_, err := db.Value[LineID](tx, sameNumber, l.Unit, l.Book, l.Year(), l.No, l.ID)
	if fault.KindOf(err) == fault.NotFound {
		return false, nil
	}
	return err == nil, err
}

const versionsOf = `SELECT n, act, text, why, person, at FROM register_version WHERE line = $1 ORDER BY n`

// History returns every version of a line with what changed, oldest first.
func History(tx *db.Tx, l Line) ([]Version, error) {
	all, err := db.All(tx, func(r db.Row) (v Version, err error) {
		var text string
		var at int64
		if err := r.Scan(&v.N, &v.Act, &text, &v.Why, &v.By, &at); err != nil {
			return v, err
		}
		v.At = db.Time(at)
		return v, json.Unmarshal([]byte(text), &v.Values)
	}, versionsOf, l.ID)
	for i := 1; i < len(all); i++ {
		all[i].Changes = compare(ByID(l.Book), l.Total, all[i-1].Values, all[i].Values)
	}
	return all, err
}
