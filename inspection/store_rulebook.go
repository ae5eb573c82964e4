package inspection

import (
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/org"
)

const switchesOf = `
	SELECT unit, rule, reason, until, person, at
	FROM inspection_switch
	WHERE $1 LIKE '%|' || unit || '|%'
	ORDER BY unit, rule`

func scanSwitch(r db.Row) (s Switch, err error) {
	var at int64
	err = r.Scan(&s.Unit, &s.Rule, &s.Reason, &s.Until, &s.By, &at)
	s.At = db.Time(at)
	return s, err
}

// switchesIn lists what is turned off in the units of a lineage, whatever its day.
func switchesIn(tx *db.Tx, line string) ([]Switch, error) {
	return db.All(tx, scanSwitch, switchesOf, line)
}

const putSwitch = `
	INSERT INTO inspection_switch (unit, rule, reason, until, person, at) VALUES ($1, $2, $3, $4, $5, $6)
	ON CONFLICT (unit, rule) DO UPDATE SET reason = excluded.reason, until = excluded.until, person = excluded.person, at = excluded.at`

func saveSwitch(tx *db.Tx, s Switch) error {
	_, err := tx.Exec(putSwitch, s.Unit, s.Rule, s.Reason, s.Until, s.By, db.Ms(s.At))
	return err
}

const dropSwitch = `DELETE FROM inspection_switch WHERE unit = $1 AND rule = $2`

// deleteSwitch tells whether there was one.
func deleteSwitch(tx *db.Tx, unit org.ID, code string) (bool, error) {
	n, err := tx.Exec(dropSwitch, unit, code)
	return n > 0, err
}

const allSwitches = `SELECT unit, rule, reason, until, person, at FROM inspection_switch ORDER BY unit, rule`

func everySwitch(tx *db.Tx, yield func(Switch) error) error {
	return db.Each(tx, func(r db.Row) error {
		s, err := scanSwitch(r)
		if err != nil {
			return err
		}
		return yield(s)
	}, allSwitches)
}

const wordsOf = `
	SELECT id, unit, kind, word, instead, rank, reason, person, at
	FROM inspection_word
	WHERE $1 LIKE '%|' || unit || '|%'
	ORDER BY unit, kind, rank, word`

func scanWord(r db.Row) (w Word, err error) {
	var at int64
	err = r.Scan(&w.ID, &w.Unit, &w.Kind, &w.Word, &w.Instead, &w.Rank, &w.Reason, &w.By, &at)
	w.At = db.Time(at)
	return w, err
}

// wordsIn lists the words of the units of a lineage.
func wordsIn(tx *db.Tx, line string) ([]Word, error) {
	return db.All(tx, scanWord, wordsOf, line)
}

const countWords = `SELECT count(*) FROM inspection_word WHERE unit = $1`

func wordCount(tx *db.Tx, unit org.ID) (int, error) { return db.Value[int](tx, countWords, unit) }

const putWord = `
	INSERT INTO inspection_word (id, unit, kind, word, instead, rank, reason, person, at)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
	ON CONFLICT (unit, kind, word) DO NOTHING`

// insertWord tells whether the word is new.
func insertWord(tx *db.Tx, w Word) (bool, error) {
	n, err := tx.Exec(putWord, w.ID, w.Unit, w.Kind, w.Word, w.Instead, w.Rank, w.Reason, w.By, db.Ms(w.At))
	return n > 0, err
}

const unitOfWord = `SELECT unit FROM inspection_word WHERE id = $1`

func wordUnit(tx *db.Tx, id WordID) (org.ID, error) {
	unit, err := db.Value[org.ID](tx, unitOfWord, id)
	if fault.KindOf(err) == fault.NotFound {
		return "", fault.Say(fault.NotFound, sayNoWord)
	}
	return unit, err
}

const dropWord = `DELETE FROM inspection_word WHERE id = $1`

// deleteWord tells whether there was one.
func deleteWord(tx *db.Tx, id WordID) (bool, error) {
	n, err := tx.Exec(dropWord, id)
	return n > 0, err
}

const allWords = `SELECT id, unit, kind, word, instead, rank, reason, person, at FROM inspection_word ORDER BY id`

func everyWord(tx *db.Tx, yield func(Word) error) error {
	return db.Each(tx, func(r db.Row) error {
		w, err := scanWord(r)
		if err != nil {
			return err
		}
		return yield(w)
	}, allWords)
}

// A muting is a rule that a unit's own record no longer lets speak as it is made.
type muting struct {
	unit org.ID
	rule string
}

const allMutings = `SELECT unit, rule FROM inspection_mute ORDER BY unit, rule`

// mutings lists them by unit and rule.
func mutings(tx *db.Tx) ([]muting, error) {
	return db.All(tx, func(r db.Row) (m muting, err error) { return m, r.Scan(&m.unit, &m.rule) }, allMutings)
}

const (
	dropMutings = `DELETE FROM inspection_mute`
	addMuting   = `INSERT INTO inspection_mute (unit, rule) VALUES ($1, $2)`
)

func saveMutings(tx *db.Tx, all []muting) error {
	if _, err := tx.Exec(dropMutings); err != nil {
		return err
	}
	for _, m := range all {
		if _, err := tx.Exec(addMuting, m.unit, m.rule); err != nil {
			return err
		}
	}
	return nil
}

const mutedOfUnit = `SELECT rule FROM inspection_mute WHERE unit = $1 ORDER BY rule`

// mutedIn are the rules that a unit's own record has muted there.
func mutedIn(tx *db.Tx, unit org.ID) ([]string, error) {
	return db.All(tx, func(r db.Row) (code string, err error) { return code, r.Scan(&code) }, mutedOfUnit, unit)
}
