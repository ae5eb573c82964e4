package annualreport

import (
	"embed"
	"encoding/json"
	"fmt"

	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/jobs"
	"gongkai/ledger"
	"gongkai/org"
	"gongkai/publication"
	"gongkai/register"
)

//go:embed migration/*.sql
var migrations embed.FS

// Schema is the tables of this pillar.
var Schema = db.NewSchema("annualreport", migrations, org.Schema, ledger.Schema, identity.Schema, jobs.Schema, publication.Schema, register.Schema)

const roundColumns = `unit, year, form, variant, due_units, due_whole, note, person, at`

func scanRound(r db.Row) (o Round, err error) {
	var at int64
	err = r.Scan(&o.Unit, &o.Year, &o.Form, &o.Variant, &o.Units, &o.Whole, &o.Note, &o.By, &at)
	o.At = db.Time(at)
	return o, err
}

const oneRound = `SELECT ` + roundColumns + ` FROM annualreport_round WHERE unit = $1 AND year = $2`

// RoundOf returns a government's round of a year. It fails with NotFound.
func RoundOf(tx *db.Tx, government org.ID, year int) (Round, error) {
	o, err := db.One(tx, scanRound, oneRound, government, year)
	if fault.KindOf(err) == fault.NotFound {
		return o, fault.Say(fault.NotFound, sayNoRound, year)
	}
	return o, err
}

const allRounds = `SELECT ` + roundColumns + ` FROM annualreport_round WHERE ` + org.InScope + ` ORDER BY year DESC, unit`

// Rounds lists the rounds of governments in a scope, newest first.
func Rounds(tx *db.Tx, scope org.Scope) ([]Round, error) {
	return db.All(tx, scanRound, allRounds, scope.Key())
}

const putRound = `
	INSERT INTO annualreport_round (` + roundColumns + `) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
	ON CONFLICT (unit, year) DO UPDATE SET due_units = excluded.due_units, due_whole = excluded.due_whole, note = excluded.note`

func saveRound(tx *db.Tx, o Round) error {
	_, err := tx.Exec(putRound, o.Unit, o.Year, o.Form, o.Variant, o.Units, o.Whole, o.Note, o.By, db.Ms(o.At))
	return err
}

// reportColumns are the columns of a report and of its newest submission.
const reportColumns = `r.id, r.office, r.year, r.unit, r.kind, r.state, r.due, r.excuse, r.rev, r.text, r.submission, r.item, r.paper, r.touched,
	coalesce(s.person, ''), coalesce(s.at, 0), coalesce(s.decider, ''), coalesce(s.decided, 0), coalesce(s.opinion, '')
	FROM annualreport_report r LEFT JOIN annualreport_submission s ON s.report = r.id AND s.n = r.submission`

func scanReport(r db.Row) (o Report, err error) {
	var paper string
	var touched, sent, decided int64
	if err := r.Scan(&o.ID, &o.Office, &o.Year, &o.Unit, &o.Kind, &o.State, &o.Due, &o.Excuse, &o.Rev, &o.Text, &o.Submission, &o.Item, &paper,
		&touched, &o.SentBy, &sent, &o.DecidedBy, &decided, &o.Opinion); err != nil {
		return o, err
	}
	o.Touched, o.Sent, o.Decided = db.Time(touched), db.Time(sent), db.Time(decided)
	if paper != "" {
		o.Paper, err = ledger.ParseDigest(paper)
	}
	return o, err
}

const oneReport = `SELECT ` + reportColumns + ` WHERE r.id = $1`

// Get returns a report with the state its item gives it. It fails with NotFound.
func Get(tx *db.Tx, id ID) (Report, error) {
	return withItem(tx)(db.One(tx, scanReport, oneReport, id))
}

const reportOf = `SELECT ` + reportColumns + ` WHERE r.unit = $1 AND r.year = $2 AND r.kind = $3`

// ReportOf returns a unit's report on a year. It fails with NotFound.
func ReportOf(tx *db.Tx, unit org.ID, year int, k Kind) (Report, error) {
	return withItem(tx)(db.One(tx, scanReport, reportOf, unit, year, k))
}

func withItem(tx *db.Tx) func(Report, error) (Report, error) {
	return func(r Report, err error) (Report, error) {
		if fault.KindOf(err) == fault.NotFound {
			return r, fault.Say(fault.NotFound, sayNoReport)
		}
		if err != nil {
			return r, err
		}
		return r, followItem(tx, &r)
	}
}

// followItem lets an accepted report take the state its item gives it.
func followItem(tx *db.Tx, r *Report) error {
	if r.State != Accepted || r.Item == "" || r.Paper.IsZero() {
		return nil
	}
	row, err := publication.Get(tx, r.Item)
	if err != nil {
		return err
	}
	follow(r, row)
	switch {
	case row.Work == publication.Draft:
		c, err := publication.CopyOf(tx, r.Item)
		r.Altered = err == nil && c.Content.Digest() != r.Paper
		return err
	case r.State == InReview || r.State == Published:
		d, err := publication.VersionDigest(tx, r.Item, row.Version)
		r.Altered = err == nil && d != r.Paper
		return err
	}
	return nil
}

const reportsOf = `SELECT ` + reportColumns + `
	WHERE r.unit IN (SELECT unit FROM org_closure WHERE $1 LIKE '%|' || ancestor || '|%')
	  AND ($2 = '' OR r.office = $2) AND ($3 = 0 OR r.year = $3) AND ($4 = '' OR r.unit = $4)
	ORDER BY r.year DESC, r.kind, r.unit`

// Filter says which reports a list shows. Zero fields do not filter.
type Filter struct {
	Units  org.Scope
	Office org.ID // of this government's rounds
	Year   int
	Unit   org.ID // exactly this unit's
}

// List returns reports, the newest year first, consolidated ones before own.
func List(tx *db.Tx, f Filter) ([]Report, error) {
	all, err := db.All(tx, scanReport, reportsOf, f.Units.Key(), f.Office, f.Year, f.Unit)
	if err != nil {
		return nil, err
	}
	for i := range all {
		if err := followItem(tx, &all[i]); err != nil {
			return nil, err
		}
	}
	return all, nil
}

const putReport = `
	INSERT INTO annualreport_report (id, office, year, unit, kind, state, due, excuse, rev, text, submission, item, paper, touched)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
	ON CONFLICT (id) DO UPDATE SET state = excluded.state, due = excluded.due, excuse = excluded.excuse, rev = excluded.rev, text = excluded.text,
		submission = excluded.submission, item = excluded.item, paper = excluded.paper, touched = excluded.touched`

// saveReport writes a report as the acts left it; what its item says is not kept.
func saveReport(tx *db.Tx, r Report) error {
	state := r.State
	switch state {
	case Made, InReview, Published:
		state = Accepted
	}
	paper := ""
	if !r.Paper.IsZero() {
		paper = r.Paper.String()
	}
	_, err := tx.Exec(putReport, r.ID, r.Office, r.Year, r.Unit, r.Kind, state, r.Due, r.Excuse, r.Rev, r.Text, r.Submission, r.Item, paper, db.Ms(r.Touched))
	return err
}

const fixColumns = `report, n, cell, value, computed, reason, person, at, ended, ended_by, ended_why`

func scanFix(r db.Row) (f Fix, err error) {
	var value, computed string
	var at, ended int64
	err = r.Scan(&f.Report, &f.N, &f.Cell, &value, &computed, &f.Reason, &f.By, &at, &ended, &f.EndedBy, &f.EndedWhy)
	f.Value, f.Computed, f.At, f.Ended = parseValue(value), parseValue(computed), db.Time(at), db.Time(ended)
	return f, err
}

const fixesOf = `SELECT ` + fixColumns + ` FROM annualreport_fix WHERE report = $1 ORDER BY n`

// Fixes returns all corrections of a report, those withdrawn too, oldest first.
func Fixes(tx *db.Tx, id ID) ([]Fix, error) { return db.All(tx, scanFix, fixesOf, id) }

const putFix = `
	INSERT INTO annualreport_fix (` + fixColumns + `) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
	ON CONFLICT (report, n) DO UPDATE SET ended = excluded.ended, ended_by = excluded.ended_by, ended_why = excluded.ended_why`

func saveFix(tx *db.Tx, f Fix) error {
	_, err := tx.Exec(putFix, f.Report, f.N, f.Cell, writeValue(f.Value), writeValue(f.Computed), f.Reason, f.By, db.Ms(f.At),
		db.Ms(f.Ended), f.EndedBy, f.EndedWhy)
	return err
}

const textColumns = `report, n, content, person, at, note`

func scanText(r db.Row) (t TextVersion, err error) {
	var content string
	var at int64
	if err := r.Scan(&t.Report, &t.N, &content, &t.By, &at, &t.Note); err != nil {
		return t, err
	}
	t.At = db.Time(at)
	return t, json.Unmarshal([]byte(content), &t.Text)
}

const oneText = `SELECT ` + textColumns + ` FROM annualreport_text WHERE report = $1 AND n = $2`

// TextOf returns a version of the prose of a report. It fails with NotFound.
func TextOf(tx *db.Tx, id ID, n int) (TextVersion, error) {
	t, err := db.One(tx, scanText, oneText, id, n)
	if fault.KindOf(err) == fault.NotFound {
		return t, fault.Say(fault.NotFound, sayNoText, n)
	}
	return t, err
}

const textsOf = `SELECT ` + textColumns + ` FROM annualreport_text WHERE report = $1 ORDER BY n`

// Texts returns all versions of the prose of a report, oldest first.
func Texts(tx *db.Tx, id ID) ([]TextVersion, error) { return db.All(tx, scanText, textsOf, id) }

const addText = `INSERT INTO annualreport_text (` + textColumns + `) VALUES ($1, $2, $3, $4, $5, $6)`

func insertText(tx *db.Tx, t TextVersion) error {
	_, err := tx.Exec(addText, t.Report, t.N, jsonText(t.Text), t.By, db.Ms(t.At), t.Note)
	return err
}

const explanationsOf = `SELECT finding, rule, sentence, person, at FROM annualreport_explanation WHERE report = $1 ORDER BY finding`

func explanations(tx *db.Tx, id ID) (map[string]Explanation, error) {
	all := map[string]Explanation{}
	err := db.Each(tx, func(r db.Row) error {
		var e Explanation
		var at int64
		if err := r.Scan(&e.Key, &e.Rule, &e.Text, &e.By, &at); err != nil {
			return err
		}
		e.At = db.Time(at)
		all[e.Key] = e
		return nil
	}, explanationsOf, id)
	return all, err
}

const putExplanation = `
	INSERT INTO annualreport_explanation (report, finding, rule, sentence, person, at) VALUES ($1, $2, $3, $4, $5, $6)
	ON CONFLICT (report, finding) DO UPDATE SET sentence = excluded.sentence, person = excluded.person, at = excluded.at`

func saveExplanation(tx *db.Tx, id ID, e Explanation) error {
	if e.Text == "" {
		_, err := tx.Exec(`DELETE FROM annualreport_explanation WHERE report = $1 AND finding = $2`, id, e.Key)
		return err
	}
	_, err := tx.Exec(putExplanation, id, e.Key, e.Rule, e.Text, e.By, db.Ms(e.At))
	return err
}

const submissionColumns = `report, n, frozen, digest, person, at, outcome, opinion, decider, decided`

func scanSubmission(r db.Row) (s Submission, err error) {
	var frozen, digest string
	var at, decided int64
	if err := r.Scan(&s.Report, &s.N, &frozen, &digest, &s.By, &at, &s.Outcome, &s.Opinion, &s.Decider, &decided); err != nil {
		return s, err
	}
	s.At, s.Decided = db.Time(at), db.Time(decided)
	if s.Digest, err = ledger.ParseDigest(digest); err != nil {
		return s, err
	}
	if err := json.Unmarshal([]byte(frozen), &s.Frozen); err != nil {
		return s, fmt.Errorf("submission %d of report %s: %w", s.N, s.Report, err)
	}
	return s, nil
}

const oneSubmission = `SELECT ` + submissionColumns + ` FROM annualreport_submission WHERE report = $1 AND n = $2`

func submission(tx *db.Tx, id ID, n int) (Submission, error) {
	return db.One(tx, scanSubmission, oneSubmission, id, n)
}

const submissionsOf = `SELECT ` + submissionColumns + ` FROM annualreport_submission WHERE report = $1 ORDER BY n`

// Submissions returns everything a unit handed in for a report, oldest first.
func Submissions(tx *db.Tx, id ID) ([]Submission, error) {
	return db.All(tx, scanSubmission, submissionsOf, id)
}

const putSubmission = `
	INSERT INTO annualreport_submission (` + submissionColumns + `) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
	ON CONFLICT (report, n) DO UPDATE SET outcome = excluded.outcome, opinion = excluded.opinion, decider = excluded.decider, decided = excluded.decided`

func saveSubmission(tx *db.Tx, s Submission) error {
	_, err := tx.Exec(putSubmission, s.Report, s.N, jsonText(s.Frozen), s.Digest.String(), s.By, db.Ms(s.At), s.Outcome, s.Opinion, s.Decider, db.Ms(s.Decided))
	return err
}

func jsonText(v any) string {
	b, err := ledger.Canonical(v)
	if err != nil {
		panic(err) // only plain structs come here
	}
	return string(b)
}
