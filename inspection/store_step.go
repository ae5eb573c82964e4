package inspection

import "gongkai/internal/db"

const addStep = `
	INSERT INTO inspection_step (id, act, person, person_unit, due, note, file, exception, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`

const addMoved = `INSERT INTO inspection_step_finding (step, finding, subject, rule, was, now) VALUES ($1, $2, $3, $4, $5, $6)`

func insertStep(tx *db.Tx, s Step) error {
	if _, err := tx.Exec(addStep, s.ID, s.Do, s.By, s.Unit, s.Due, s.Note, s.File, s.Exception, db.Ms(s.At)); err != nil {
		return err
	}
	for _, m := range s.Findings {
		if _, err := tx.Exec(addMoved, s.ID, m.Finding, m.Subject, m.Rule, m.Was, m.Now); err != nil {
			return err
		}
	}
	return nil
}

const stepColumns = `id, act, person, person_unit, due, note, file, exception, at`

func scanStep(r db.Row) (s Step, err error) {
	var at int64
	err = r.Scan(&s.ID, &s.Do, &s.By, &s.Unit, &s.Due, &s.Note, &s.File, &s.Exception, &at)
	s.At = db.Time(at)
	return s, err
}

const movedBy = `SELECT finding, subject, rule, was, now FROM inspection_step_finding WHERE step = $1 ORDER BY finding`

func scanMoved(r db.Row) (m Moved, err error) {
	return m, r.Scan(&m.Finding, &m.Subject, &m.Rule, &m.Was, &m.Now)
}

func withFindings(tx *db.Tx, steps []Step) (_ []Step, err error) {
	for i := range steps {
		if steps[i].Findings, err = db.All(tx, scanMoved, movedBy, steps[i].ID); err != nil {
			return nil, err
		}
	}
	return steps, nil
}

// inOrder is how they happened: the end of an exception is put down within the act
// that comes upon it, and before it.
const inOrder = `at, CASE act WHEN 'lapse' THEN 0 ELSE 1 END, id`

const stepsWithFinding = `
	SELECT ` + stepColumns + `
	FROM inspection_step
	WHERE id IN (SELECT step FROM inspection_step_finding WHERE finding = $1)
	ORDER BY ` + inOrder

// stepsOfFinding lists the steps of a finding, oldest first, without their findings.
func stepsOfFinding(tx *db.Tx, id ID) ([]Step, error) {
	return db.All(tx, scanStep, stepsWithFinding, id)
}

// StepsOf is the history of one finding, oldest first.
func StepsOf(tx *db.Tx, id ID) ([]Step, error) {
	steps, err := stepsOfFinding(tx, id)
	if err != nil {
		return nil, err
	}
	return withFindings(tx, steps)
}

const stepsWithSubject = `
	SELECT ` + stepColumns + `
	FROM inspection_step
	WHERE id IN (SELECT sf.step FROM inspection_finding f JOIN inspection_step_finding sf ON sf.finding = f.id WHERE f.subject = $1)
	ORDER BY ` + inOrder

// stepsOfSubject is the history of all findings of a subject, oldest first.
func stepsOfSubject(tx *db.Tx, subject string) ([]Step, error) {
	steps, err := db.All(tx, scanStep, stepsWithSubject, subject)
	if err != nil {
		return nil, err
	}
	return withFindings(tx, steps)
}

const allSteps = `SELECT ` + stepColumns + ` FROM inspection_step ORDER BY id`

// everyStep lists all steps without their findings.
func everyStep(tx *db.Tx) ([]Step, error) { return db.All(tx, scanStep, allSteps) }
