package annualreport

import (
	"slices"

	"gongkai/internal/db"
	"gongkai/ledger"
	"gongkai/org"
)

// Columns that are cast keep their name on PostgreSQL and are sorted as text
// there unless the table is named; words are sorted by the program, because the
// engines have alphabets of their own.

// The record of a report, as the ledger binds it, is all its rows: the report,
// its corrections, prose, explanations, submissions and reminders. That of a
// round is its own row.

const (
	reportText = `
		SELECT id, office, CAST(year AS TEXT), unit, kind, state, due, excuse, CAST(rev AS TEXT), CAST(text AS TEXT), CAST(submission AS TEXT), item, paper, CAST(touched AS TEXT)
		FROM annualreport_report WHERE id = $1`
	fixText = `
		SELECT CAST(n AS TEXT), cell, value, computed, reason, person, CAST(at AS TEXT), CAST(ended AS TEXT), ended_by, ended_why
		FROM annualreport_fix f WHERE report = $1 ORDER BY f.n`
	textText        = `SELECT CAST(n AS TEXT), content, person, CAST(at AS TEXT), note FROM annualreport_text t WHERE report = $1 ORDER BY t.n`
	explanationText = `SELECT finding, rule, sentence, person, CAST(at AS TEXT) FROM annualreport_explanation WHERE report = $1 ORDER BY finding`
	submissionText  = `
		SELECT CAST(n AS TEXT), frozen, digest, person, CAST(at AS TEXT), outcome, opinion, decider, CAST(decided AS TEXT)
		FROM annualreport_submission s WHERE report = $1 ORDER BY s.n`
	roundText = `
		SELECT unit, CAST(year AS TEXT), form, variant, due_units, due_whole, note, person, CAST(at AS TEXT)
		FROM annualreport_round WHERE unit = $1 AND year = $2`
	roundReminders = `
		SELECT report, CAST(stage AS TEXT), day, due FROM annualreport_reminder m
		WHERE office = $1 AND year = $2 ORDER BY m.report, m.due, m.stage`
	pastText = `
		SELECT id, unit, CAST(year AS TEXT), kind, form, variant, agency, figures, file, name, reason, person, CAST(at AS TEXT)
		FROM annualreport_past WHERE id = $1`
)

// take adds the rows of a query of text columns.
func take(tx *db.Tx, all *[][]string, columns int, query string, args ...any) error {
	return db.Each(tx, func(r db.Row) error {
		row, into := make([]string, columns), make([]any, columns)
		for i := range row {
			into[i] = &row[i]
		}
		err := r.Scan(into...)
		*all = append(*all, row)
		return err
	}, query, args...)
}

func reportRecord(tx *db.Tx, id ID) (ledger.Digest, error) {
	var all [][]string
	for _, q := range []struct {
		query   string
		columns int
	}{{reportText, 14}, {fixText, 10}, {textText, 5}, {explanationText, 5}, {submissionText, 9}} {
		all = append(all, []string{})
		from := len(all)
		if err := take(tx, &all, q.columns, q.query, id); err != nil {
			return ledger.Digest{}, err
		}
		if q.query == explanationText {
			slices.SortFunc(all[from:], func(a, b []string) int { return slices.Compare(a, b) })
		}
	}
	return ledger.DigestOf(all), nil
}

func roundRecord(tx *db.Tx, o Round) (ledger.Digest, error) {
	var all [][]string
	if err := take(tx, &all, 9, roundText, o.Unit, o.Year); err != nil {
		return ledger.Digest{}, err
	}
	from := len(all)
	if err := take(tx, &all, 4, roundReminders, o.Unit, o.Year); err != nil {
		return ledger.Digest{}, err
	}
	slices.SortFunc(all[from:], func(a, b []string) int { return slices.Compare(a, b) })
	return ledger.DigestOf(all), nil
}

func pastRecord(tx *db.Tx, id string) (ledger.Digest, error) {
	var all [][]string
	err := take(tx, &all, 13, pastText, id)
	return ledger.DigestOf(all), err
}

// ReportKeeper lets ledger.Verify compare reports with the ledger.
var ReportKeeper = ledger.Keeper{Prefix: "report", Each: func(tx *db.Tx, yield func(string, ledger.Digest) error) error {
	ids, err := db.All(tx, func(r db.Row) (id ID, err error) { return id, r.Scan(&id) }, `SELECT id FROM annualreport_report ORDER BY id`)
	if err != nil {
		return err
	}
	for _, id := range ids {
		d, err := reportRecord(tx, id)
		if err != nil {
			return err
		}
		if err := yield(id.Subject(), d); err != nil {
			return err
		}
	}
	return nil
}}

// RoundKeeper lets ledger.Verify compare rounds with the ledger.
var RoundKeeper = ledger.Keeper{Prefix: "round", Each: func(tx *db.Tx, yield func(string, ledger.Digest) error) error {
	all, err := Rounds(tx, org.Everything())
	if err != nil {
		return err
	}
	for _, o := range all {
		d, err := roundRecord(tx, o)
		if err != nil {
			return err
		}
		if err := yield(o.Subject(), d); err != nil {
			return err
		}
	}
	return nil
}}

// PastKeeper lets ledger.Verify compare reports that were read in.
var PastKeeper = ledger.Keeper{Prefix: "past", Each: func(tx *db.Tx, yield func(string, ledger.Digest) error) error {
	ids, err := db.All(tx, func(r db.Row) (id string, err error) { return id, r.Scan(&id) }, `SELECT id FROM annualreport_past ORDER BY id`)
	if err != nil {
		return err
	}
	for _, id := range ids {
		d, err := pastRecord(tx, id)
		if err != nil {
			return err
		}
		if err := yield("past/"+id, d); err != nil {
			return err
		}
	}
	return nil
}}
