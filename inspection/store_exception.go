package inspection

import (
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/org"
	"gongkai/workday"
)

const exceptionColumns = `id, scope, unit, subject, rule, mark, text, reason, basis, until, person, person_unit, at, ended, ended_by, ended_why`

func scanException(r db.Row) (x Exception, err error) {
	var at, ended int64
	err = r.Scan(&x.ID, &x.Scope, &x.Unit, &x.Subject, &x.Rule, &x.mark, &x.Text, &x.Reason, &x.Basis, &x.Until, &x.By, &x.ByUnit, &at,
		&ended, &x.EndedBy, &x.EndedWhy)
	x.At, x.Ended = db.Time(at), db.Time(ended)
	return x, err
}

const putException = `
	INSERT INTO inspection_exception (` + exceptionColumns + `)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
	ON CONFLICT (id) DO UPDATE SET ended = excluded.ended, ended_by = excluded.ended_by, ended_why = excluded.ended_why`

func saveException(tx *db.Tx, x Exception) error {
	_, err := tx.Exec(putException, x.ID, x.Scope, x.Unit, x.Subject, x.Rule, x.mark, x.Text, x.Reason, x.Basis, x.Until, x.By, x.ByUnit,
		db.Ms(x.At), db.Ms(x.Ended), x.EndedBy, x.EndedWhy)
	return err
}

const oneException = `SELECT ` + exceptionColumns + ` FROM inspection_exception WHERE id = $1`

// GetException returns an exception. It fails with NotFound.
func GetException(tx *db.Tx, id ExceptionID) (Exception, error) {
	x, err := db.One(tx, scanException, oneException, id)
	if fault.KindOf(err) == fault.NotFound {
		return x, fault.Say(fault.NotFound, sayNoException)
	}
	return x, err
}

const exceptionsOfUnits = `
	SELECT ` + exceptionColumns + `
	FROM inspection_exception
	WHERE $1 LIKE '%|' || unit || '|%' AND subject = '' AND ended = 0 AND until >= $2
	ORDER BY id`

// openExceptions are those that hold on a day for the units of a lineage
// ("|mj|mj-jyj|") as a whole.
func openExceptions(tx *db.Tx, line string, day workday.Date) ([]Exception, error) {
	return db.All(tx, scanException, exceptionsOfUnits, line, day)
}

const exceptionsOfSubject = `
	SELECT ` + exceptionColumns + `
	FROM inspection_exception
	WHERE subject = $1 AND ended = 0 AND until >= $2
	ORDER BY id`

// placeExceptions are those that hold on a day for one subject alone.
func placeExceptions(tx *db.Tx, subject string, day workday.Date) ([]Exception, error) {
	return db.All(tx, scanException, exceptionsOfSubject, subject, day)
}

const exceptionsEnded = `
	SELECT ` + exceptionColumns + `
	FROM inspection_exception
	WHERE until < $1 AND id IN (SELECT exception FROM inspection_finding WHERE state = 'excepted')
	ORDER BY id`

// exceptionsOver are those that ended by their day and still let something stand.
func exceptionsOver(tx *db.Tx, day workday.Date) ([]Exception, error) {
	return db.All(tx, scanException, exceptionsEnded, day)
}

const allExceptions = `SELECT ` + exceptionColumns + ` FROM inspection_exception ORDER BY id`

func everyException(tx *db.Tx, yield func(Exception) error) error {
	return db.Each(tx, func(r db.Row) error {
		x, err := scanException(r)
		if err != nil {
			return err
		}
		return yield(x)
	}, allExceptions)
}

const exceptionsListed = `
	FROM inspection_exception
	WHERE ` + org.InScope + `
	  AND ($2 = '' OR (ended = 0 AND until >= $2))
	  AND ($3 = '' OR until <= $3)`

// Exceptions returns a page of exceptions, those that end next first, and how many
// there are in all.
func Exceptions(tx *db.Tx, f ExceptionFilter) (page []Exception, total int, err error) {
	holds := ""
	if f.Open {
		holds = today(tx).String()
	}
	args := []any{f.Units.Key(), holds, f.By.String()}
	if total, err = db.Value[int](tx, `SELECT count(*)`+exceptionsListed, args...); err != nil || total == 0 {
		return nil, total, err
	}
	size := f.Size
	if size <= 0 {
		size = 50
	}
	page, err = db.All(tx, scanException, `SELECT `+exceptionColumns+exceptionsListed+` ORDER BY until, id LIMIT $4 OFFSET $5`,
		append(args, size, (max(f.Page, 1)-1)*size)...)
	return page, total, err
}

const exceptionsHolding = `SELECT id FROM inspection_exception WHERE ended = 0 AND until >= $1 ORDER BY id`

// holdingOn are the exceptions that hold on a day.
func holdingOn(tx *db.Tx, day workday.Date) (map[ExceptionID]bool, error) {
	all := map[ExceptionID]bool{}
	return all, db.Each(tx, func(r db.Row) error {
		var id ExceptionID
		if err := r.Scan(&id); err != nil {
			return err
		}
		all[id] = true
		return nil
	}, exceptionsHolding, day)
}
