package inspection

import (
	"crypto/rand"
	"embed"
	"encoding/json"
	"errors"
	"fmt"

	"gongkai/document"
	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/jobs"
	"gongkai/ledger"
	"gongkai/org"
	"gongkai/workday"
)

//go:embed migration/*.sql
var migrations embed.FS

// Schema is the tables of this pillar.
var Schema = db.NewSchema("inspection", migrations, org.Schema, ledger.Schema, identity.Schema, document.Schema, jobs.Schema)

func jsonText(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // only plain structs and lists come here
	}
	return string(b)
}

// standing is what holds for all.
type standing struct {
	secret     []byte // sealed
	engine     string
	muted      []string
	generation int64
}

const theStanding = `SELECT secret, engine, muted, generation FROM inspection_standing WHERE one = 1`

// standingOf fails with NotFound before the first inspection.
func standingOf(tx *db.Tx) (s standing, err error) {
	return db.One(tx, func(r db.Row) (s standing, err error) {
		var muted string
		if err := r.Scan(&s.secret, &s.engine, &muted, &s.generation); err != nil {
			return s, err
		}
		return s, json.Unmarshal([]byte(muted), &s.muted)
	}, theStanding)
}

// begin makes the standing where there is none and notes the engine.
func begin(tx *db.Tx, seal Sealer, engine string) (standing, error) {
	s, err := standingOf(tx)
	if err == nil && s.engine == engine {
		return s, nil
	}
	if err == nil {
		s.engine = engine
		_, err = tx.Exec(`UPDATE inspection_standing SET engine = $1 WHERE one = 1`, engine)
		return s, err
	}
	if !errors.Is(err, fault.NotFound) {
		return s, err
	}
	secret := make([]byte, 32)
	rand.Read(secret)
	sealed, err := seal.Seal(secret)
	if err != nil {
		return s, err
	}
	s = standing{secret: sealed, engine: engine, muted: []string{}}
	_, err = tx.Exec(`INSERT INTO inspection_standing (one, secret, engine, muted, generation) VALUES (1, $1, $2, '[]', 0)`, sealed, engine)
	return s, err
}

// turn says that the rules of some unit are others now.
func turn(tx *db.Tx) error {
	_, err := tx.Exec(`UPDATE inspection_standing SET generation = generation + 1 WHERE one = 1`)
	return err
}

const putMuted = `UPDATE inspection_standing SET muted = $1, generation = generation + 1 WHERE one = 1`

const reportColumns = `subject, face, unit, title, address, digest, rules, unread, authors, at`

// kept is a report as its row has it.
type kept struct {
	Report
	face    face
	authors []identity.ID
}

func scanReport(r db.Row) (k kept, err error) {
	var (
		digest, unread, authors string
		at                      int64
	)
	if err := r.Scan(&k.Subject, &k.face, &k.Unit, &k.Title, &k.Address, &digest, &k.Rules, &unread, &authors, &at); err != nil {
		return k, err
	}
	k.At, k.Public = db.Time(at), k.face == public
	if k.Digest, err = ledger.ParseDigest(digest); err != nil {
		return k, fmt.Errorf("report on %s: %w", k.Subject, err)
	}
	return k, errors.Join(json.Unmarshal([]byte(unread), &k.Unread), json.Unmarshal([]byte(authors), &k.authors))
}

const reportsOn = `SELECT ` + reportColumns + ` FROM inspection_report WHERE subject = $1 ORDER BY face`

func reportsOf(tx *db.Tx, subject string) ([]kept, error) {
	return db.All(tx, scanReport, reportsOn, subject)
}

// reportsBetween are those of one source; the second is for its end. Subjects are
// only compared with others of the same source, so that it does not matter how a
// database sorts the sign between prefix and ID.
const (
	reportsBetween = `
		SELECT ` + reportColumns + `
		FROM inspection_report
		WHERE subject > $1 AND substr(subject, 1, length($2)) = $2 AND subject <= $3
		ORDER BY subject, face`
	reportsAfter = `
		SELECT ` + reportColumns + `
		FROM inspection_report
		WHERE subject > $1 AND substr(subject, 1, length($2)) = $2
		ORDER BY subject, face`
)

const putReport = `
	INSERT INTO inspection_report (` + reportColumns + `)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
	ON CONFLICT (subject, face) DO UPDATE SET unit = excluded.unit, title = excluded.title, address = excluded.address,
		digest = excluded.digest, rules = excluded.rules, unread = excluded.unread, authors = excluded.authors, at = excluded.at`

func saveReport(tx *db.Tx, k kept) error {
	_, err := tx.Exec(putReport, k.Subject, k.face, k.Unit, k.Title, k.Address, k.Digest.String(), k.Rules,
		jsonText(some(k.Unread)), jsonText(some(k.authors)), db.Ms(k.At))
	return err
}

// some keeps empty lists from becoming null.
func some[T any](all []T) []T {
	if all == nil {
		return []T{}
	}
	return all
}

const findingColumns = `id, subject, unit, title, address, rule, tier, severity, part, cell, page, begins, ends, text, excerpt, excerpt_at,
	suggest, message, source, confidence, count, mark, word, nth, draft, shown, state, judged, due, returns, exception, seen_first, seen_last, moved`

func scanFinding(r db.Row) (f Finding, err error) {
	var (
		suggest                                string
		sure, draft, shown, first, last, moved int64
	)
	err = r.Scan(&f.ID, &f.Subject, &f.Unit, &f.Title, &f.Address, &f.Rule, &f.Tier, &f.Severity, &f.Part, &f.Cell, &f.Page, &f.Start, &f.End,
		&f.Text, &f.Excerpt, &f.ExcerptAt, &suggest, &f.Message, &f.Source, &sure, &f.Count, &f.mark, &f.word, &f.nth, &draft, &shown,
		&f.State, &f.judged, &f.Due, &f.Returns, &f.Exception, &first, &last, &moved)
	if err != nil {
		return f, err
	}
	f.Confidence, f.Draft, f.Shown = float64(sure)/1000, draft == 1, shown == 1
	f.First, f.Last, f.Moved = db.Time(first), db.Time(last), db.Time(moved)
	return f, json.Unmarshal([]byte(suggest), &f.Suggest)
}

const putFinding = `
	INSERT INTO inspection_finding (` + findingColumns + `)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27,
		$28, $29, $30, $31, $32, $33, $34)
	ON CONFLICT (id) DO UPDATE SET unit = excluded.unit, title = excluded.title, address = excluded.address, tier = excluded.tier,
		severity = excluded.severity, part = excluded.part, cell = excluded.cell, page = excluded.page, begins = excluded.begins,
		ends = excluded.ends, text = excluded.text, excerpt = excluded.excerpt, excerpt_at = excluded.excerpt_at, suggest = excluded.suggest,
		message = excluded.message, source = excluded.source, confidence = excluded.confidence, count = excluded.count,
		draft = excluded.draft, shown = excluded.shown, state = excluded.state, judged = excluded.judged, due = excluded.due,
		returns = excluded.returns, exception = excluded.exception, seen_last = excluded.seen_last, moved = excluded.moved`

func saveFinding(tx *db.Tx, f Finding) error {
	_, err := tx.Exec(putFinding, f.ID, f.Subject, f.Unit, f.Title, f.Address, f.Rule, f.Tier, f.Severity, f.Part, f.Cell, f.Page, f.Start, f.End,
		f.Text, f.Excerpt, f.ExcerptAt, jsonText(some(f.Suggest)), f.Message, f.Source, int64(f.Confidence*1000+0.5), f.Count, f.mark, f.word, f.nth,
		db.Bool(f.Draft), db.Bool(f.Shown), f.State, f.judged, f.Due, f.Returns, f.Exception, db.Ms(f.First), db.Ms(f.Last), db.Ms(f.Moved))
	return err
}

const oneFinding = `SELECT ` + findingColumns + ` FROM inspection_finding WHERE id = $1`

// Get returns a finding. It fails with NotFound.
func Get(tx *db.Tx, id ID) (Finding, error) {
	f, err := db.One(tx, scanFinding, oneFinding, id)
	if fault.KindOf(err) == fault.NotFound {
		return f, fault.Say(fault.NotFound, sayNoFinding)
	}
	return f, err
}

const findingsOn = `SELECT ` + findingColumns + ` FROM inspection_finding WHERE subject = $1 ORDER BY part, begins, mark, nth`

func findingsOf(tx *db.Tx, subject string) ([]Finding, error) {
	return db.All(tx, scanFinding, findingsOn, subject)
}

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

// openExceptions are those that hold on a day for the units of a lineage ("|mj|mj-jyj|").
const openExceptions = `
	SELECT ` + exceptionColumns + `
	FROM inspection_exception
	WHERE $1 LIKE '%|' || unit || '|%' AND subject = '' AND ended = 0 AND until >= $2
	ORDER BY id`

const placeExceptions = `
	SELECT ` + exceptionColumns + `
	FROM inspection_exception
	WHERE subject = $1 AND ended = 0 AND until >= $2
	ORDER BY id`

const switchesIn = `
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

const wordsIn = `
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

// lineage is a unit and all above it as the parameter of these queries.
func lineage(tree *org.Tree, unit org.ID) string {
	s := "|"
	for unit != "" {
		s += string(unit) + "|"
		u, err := tree.Get(unit)
		if err != nil {
			break
		}
		unit = u.Parent
	}
	return s
}

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

const stepsOfFinding = `
	SELECT ` + stepColumns + `
	FROM inspection_step
	WHERE id IN (SELECT step FROM inspection_step_finding WHERE finding = $1)
	ORDER BY at, id`

const stepsOfSubject = `
	SELECT ` + stepColumns + `
	FROM inspection_step
	WHERE id IN (SELECT sf.step FROM inspection_finding f JOIN inspection_step_finding sf ON sf.finding = f.id WHERE f.subject = $1)
	ORDER BY at, id`

// today is the day of an act.
func today(tx *db.Tx) workday.Date { return workday.Today(tx.Now) }

const coveredBy = `
	SELECT ` + findingColumns + `
	FROM inspection_finding
	WHERE ` + org.InScope + ` AND rule = $2 AND ($3 = '' OR word = $3) AND state IN ('found', 'confirmed')
	ORDER BY id`

const exceptedBy = `
	SELECT ` + findingColumns + `
	FROM inspection_finding
	WHERE exception = $1 AND state = 'excepted'
	ORDER BY id`

// exceptionsOver are the exceptions that ended by their day and still let something
// stand.
const exceptionsOver = `
	SELECT ` + exceptionColumns + `
	FROM inspection_exception
	WHERE until < $1 AND id IN (SELECT exception FROM inspection_finding WHERE state = 'excepted')
	ORDER BY id`

const verdicts = `
	SELECT rule, judged, count(*)
	FROM inspection_finding
	WHERE judged <> ''
	GROUP BY rule, judged
	ORDER BY rule, judged`
