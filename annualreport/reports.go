package annualreport

import (
	"context"
	"io"
	"strings"
	"unicode/utf8"

	"gongkai/document"
	"gongkai/identity"
	"gongkai/internal/blob"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/ledger"
	"gongkai/publication"
)

// Files keeps uploads and what the paper is published as. document.Files
// satisfies it.
type Files interface {
	Add(ctx context.Context, by ledger.Who, name string, r io.Reader) (document.File, error)
	Open(ctx context.Context, digest blob.Digest) (document.File, io.ReadSeekCloser, error)
}

// Reports is the holder of all rounds and reports.
type Reports struct {
	db        *db.DB
	items     *publication.Items
	files     Files
	tallies   []Tally
	inspector publication.Inspector
}

// New returns the reports kept in d, published through items and files, counted
// by the tallies.
func New(d *db.DB, items *publication.Items, files Files, tallies ...Tally) *Reports {
	return &Reports{db: d, items: items, files: files, tallies: tallies}
}

// enter adds an act on a report to the ledger, with the digest of all its rows.
func enter(tx *db.Tx, by ledger.Who, act string, r Report, public map[string]any) error {
	d, err := reportRecord(tx, r.ID)
	if err != nil {
		return err
	}
	if public == nil {
		public = map[string]any{}
	}
	public["unit"], public["year"], public["kind"] = r.Unit, r.Year, r.Kind
	_, err = ledger.Append(tx, by, "annualreport."+act, r.ID.Subject(), d, public)
	return err
}

// enterRound does the same for a round.
func enterRound(tx *db.Tx, by ledger.Who, act string, o Round, public map[string]any) error {
	d, err := roundRecord(tx, o)
	if err != nil {
		return err
	}
	_, err = ledger.Append(tx, by, "annualreport."+act, o.Subject(), d, public)
	return err
}

// author names who writes: the program itself as the ledger does.
func author(by identity.Actor) identity.ID { return identity.ID(by.LedgerWho()) }

// change saves a report after an act on it.
func change(tx *db.Tx, r *Report) error {
	r.Rev++
	r.Touched = tx.Now
	return saveReport(tx, *r)
}

// mine loads a report for somebody who fills it, in a state that lets them.
func mine(tx *db.Tx, by identity.Actor, id ID, do step) (Report, error) {
	return forWhom(tx, by, id, identity.ReportFill, do)
}

// forWhom loads a report for a step by somebody who needs a right in its unit.
func forWhom(tx *db.Tx, by identity.Actor, id ID, right identity.Right, do step) (Report, error) {
	r, err := Get(tx, id)
	if err != nil {
		return r, err
	}
	unit := r.Unit
	if right == identity.ReportAccept {
		unit = r.Office
	}
	if err := by.Check(right, unit); err != nil {
		return r, err
	}
	return r, r.State.may(do)
}

// reason refuses a reason that says nothing.
func reason(field, s string) (string, error) {
	s = strings.TrimSpace(s)
	switch n := utf8.RuneCountInString(s); {
	case n < 6:
		return s, fault.Problems(fault.Problem{Field: field, Say: sayNoReason})
	case n > 500:
		return s, fault.Problems(fault.Problem{Field: field, Say: sayLongReason})
	}
	return s, nil
}
