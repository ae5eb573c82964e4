package annualreport

import (
	"context"
	"io"
	"slices"
	"time"

	"gongkai/annualreport/checking"
	"gongkai/annualreport/form"
	"gongkai/document"
	"gongkai/identity"
	"gongkai/internal/blob"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/ledger"
	"gongkai/org"
	"gongkai/workday"
)

// A Past is a published report of an earlier year read in from a file.
type Past struct {
	ID     string
	Unit   org.ID
	Year   int
	Kind   Kind
	Agency string // as the file says
	Report *form.Report
	File   blob.Digest
	Name   string // of the file
	Reason string // why it stands in place of another
	By     identity.ID
	At     time.Time
}

// An Earlier is the report on an earlier year that counts.
type Earlier struct {
	Report *form.Report
	Past   *Past // where it was read in, nil for one compiled here
	ID     ID    // the one compiled here, "" for one read in
}

// EarlierOf returns a unit's report on a year for comparison: one that was read
// in to replace others, else the one accepted here, else one read in. nil means
// that there is none.
func EarlierOf(tx *db.Tx, unit org.ID, k Kind, year int) (*Earlier, error) {
	return earlierOf(tx, nil, unit, k, year)
}

// earlierOf is EarlierOf with the units at hand, nil to load them if they are
// needed.
func earlierOf(tx *db.Tx, tree *org.Tree, unit org.ID, k Kind, year int) (*Earlier, error) {
	past, err := newestPast(tx, unit, k, year)
	if err != nil {
		return nil, err
	}
	r, err := ReportOf(tx, unit, year, k)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return nil, err
	}
	if err == nil && r.State.Counted() {
		h, err := submission(tx, r.ID, r.Submission)
		if err != nil {
			return nil, err
		}
		if past == nil || past.At.Before(h.Decided) {
			if tree == nil {
				if tree, err = org.Load(tx); err != nil {
					return nil, err
				}
			}
			return &Earlier{Report: h.Frozen.Report(tree.Name(unit), year), ID: r.ID}, nil
		}
	}
	if past == nil {
		return nil, nil
	}
	return &Earlier{Report: past.Report, Past: past}, nil
}

// Years returns a unit's reports on the years before one, the oldest first, for
// trends, at most n of them.
func Years(tx *db.Tx, unit org.ID, k Kind, before, n int) ([]*form.Report, error) {
	var all []*form.Report
	for y := before - n; y < before; y++ {
		e, err := EarlierOf(tx, unit, k, y)
		if err != nil {
			return nil, err
		}
		if e != nil && e.Report != nil {
			all = append(all, e.Report)
		}
	}
	return all, nil
}

// A Preview is what was read in a file, before anybody has adopted it.
type Preview struct {
	Unit     org.ID
	File     document.File
	Name     string
	Report   *form.Report // what the file says; Year is 0 if it does not
	Findings []form.Finding
	Unknown  []string // cells that could not be read
	Compiled bool     // the year was compiled here, so that adopting needs a reason
	Replaces *Past    // the one read in before, nil if there is none
}

// ReadIn keeps a file and reads a published report in it, without adopting
// anything. It fails with Forbidden without identity.ReportFill in the unit and
// Invalid for a file in which no table was found.
func (rs *Reports) ReadIn(ctx context.Context, by identity.Actor, unit org.ID, k Kind, name string, r io.Reader) (*Preview, error) {
	if err := by.Check(identity.ReportFill, unit); err != nil {
		return nil, err
	}
	f, err := rs.files.Add(ctx, by, name, r)
	if err != nil {
		return nil, err
	}
	return rs.Preview(ctx, by, unit, k, f.Digest, name)
}

// Preview reads a kept file again. It fails like [Reports.ReadIn], with NotFound
// for no such file.
func (rs *Reports) Preview(ctx context.Context, by identity.Actor, unit org.ID, k Kind, file blob.Digest, name string) (*Preview, error) {
	if err := by.Check(identity.ReportFill, unit); err != nil {
		return nil, err
	}
	f, r, err := rs.files.Open(ctx, file)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	p := &Preview{Unit: unit, File: f, Name: name}
	if p.Report, err = readFile(ctx, name, b); err != nil {
		return nil, err
	}
	if p.Report == nil || p.Report.Form == nil {
		return nil, fault.Problems(fault.Problem{Field: "file", Say: sayNotReadable})
	}
	p.Findings = append(slices.Clone(p.Report.Findings), checking.Check(p.Report, nil)...)
	for i, v := range p.Report.Values {
		if v.State == form.Unknown {
			p.Unknown = append(p.Unknown, p.Report.Form.Cells[i].ID)
		}
	}
	err = rs.db.Read(ctx, func(tx *db.Tx) error {
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		u, err := tree.Get(unit)
		if err != nil {
			return err
		}
		if a := p.Report.Agency; a != "" && a != u.Name && a != u.Short {
			p.Findings = append(p.Findings, form.Finding{Rule: "past.agency", Severity: form.Warning, Cells: []string{},
				Message: sayf(sayPastAgency, a, u.Name), Basis: basisPast})
		}
		if p.Report.Year == 0 {
			return nil
		}
		if p.Compiled, err = compiled(tx, unit, k, p.Report.Year); err != nil {
			return err
		}
		p.Replaces, err = newestPast(tx, unit, k, p.Report.Year)
		return err
	})
	return p, err
}

// compiled tells whether a unit's report on a year was accepted here.
func compiled(tx *db.Tx, unit org.ID, k Kind, year int) (bool, error) {
	r, err := ReportOf(tx, unit, year, k)
	if fault.KindOf(err) == fault.NotFound {
		return false, nil
	}
	return err == nil && r.Submission > 0, err
}

// Adopt takes what a kept file says as a unit's report on a year. year is only
// needed when the file does not say it. It fails with Forbidden without
// identity.ReportFill, Invalid for a year that is not over or another one than the
// file says, and without a reason when the year was compiled here or read in
// before.
func (rs *Reports) Adopt(ctx context.Context, by identity.Actor, unit org.ID, k Kind, file blob.Digest, name string, year int, why string) (id string, err error) {
	v, err := rs.Preview(ctx, by, unit, k, file, name)
	if err != nil {
		return "", err
	}
	err = rs.db.Write(ctx, func(tx *db.Tx) error {
		r := v.Report
		switch today := workday.Today(tx.Now).Year(); {
		case r.Year == 0 && year == 0:
			return fault.Problems(fault.Problem{Field: "year", Say: sayPastNoYear})
		case r.Year != 0 && year != 0 && r.Year != year, max(r.Year, year) >= today:
			return fault.Problems(fault.Problem{Field: "year", Say: sayf(sayPastYear, today, max(r.Year, year))})
		}
		p := Past{ID: tx.NewID(), Unit: unit, Year: max(r.Year, year), Kind: k, Agency: r.Agency, Report: r, File: file, Name: name, By: author(by), At: tx.Now}
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		u, err := tree.Get(unit)
		if err != nil {
			return err
		}
		here, err := compiled(tx, unit, k, p.Year)
		if err != nil {
			return err
		}
		before, err := newestPast(tx, unit, k, p.Year)
		if err != nil {
			return err
		}
		if here || before != nil {
			say := sayPastAgain
			if here {
				say = sayPastCompiled
			}
			if p.Reason, err = reason("reason", why); err != nil {
				return fault.Problems(fault.Problem{Field: "reason", Say: sayf(say, u.Name, p.Year)})
			}
		}
		if err := insertPast(tx, p); err != nil {
			return err
		}
		id = p.ID
		d, err := pastRecord(tx, id)
		if err != nil {
			return err
		}
		_, err = ledger.Append(tx, by, "annualreport.adopt", "past/"+id, d, map[string]any{
			"unit": unit, "year": p.Year, "kind": k, "file": string(file)})
		return err
	})
	return id, err
}

const pastColumns = `id, unit, year, kind, form, variant, agency, figures, file, name, reason, person, at`

func scanPast(r db.Row) (p Past, err error) {
	var formID, variant, figures string
	var at int64
	if err := r.Scan(&p.ID, &p.Unit, &p.Year, &p.Kind, &formID, &variant, &p.Agency, &figures, &p.File, &p.Name, &p.Reason, &p.By, &at); err != nil {
		return p, err
	}
	p.At = db.Time(at)
	p.Report, err = readFigures(formID, variant, figures)
	if err == nil && p.Report != nil {
		p.Report.Agency, p.Report.Year, p.Report.File = p.Agency, p.Year, p.Name
	}
	return p, err
}

const pastOf = `
	SELECT ` + pastColumns + ` FROM annualreport_past
	WHERE ` + org.InScope + ` AND ($2 = '' OR unit = $2) AND ($3 = 0 OR year = $3) AND ($4 = '' OR kind = $4)
	ORDER BY year DESC, at DESC, id DESC`

// Pasts lists the reports that were read in, the newest year and reading first.
// "" and 0 do not filter.
func Pasts(tx *db.Tx, scope org.Scope, unit org.ID, year int, k Kind) ([]Past, error) {
	return db.All(tx, scanPast, pastOf, scope.Key(), unit, year, k)
}

const pastNewest = `
	SELECT ` + pastColumns + ` FROM annualreport_past
	WHERE unit = $1 AND year = $2 AND kind = $3
	ORDER BY at DESC, id DESC LIMIT 1`

// newestPast is the report read in that counts for a unit's year, nil if there is
// none. A round asks for it once for each unit.
func newestPast(tx *db.Tx, unit org.ID, k Kind, year int) (*Past, error) {
	p, err := db.One(tx, scanPast, pastNewest, unit, year, k)
	if fault.KindOf(err) == fault.NotFound {
		return nil, nil
	}
	return &p, err
}

const addPast = `INSERT INTO annualreport_past (` + pastColumns + `) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`

func insertPast(tx *db.Tx, p Past) error {
	_, err := tx.Exec(addPast, p.ID, p.Unit, p.Year, p.Kind, p.Report.Form.ID, p.Report.Form.Variant, p.Agency, jsonText(writeValues(p.Report)),
		p.File, p.Name, p.Reason, p.By, db.Ms(p.At))
	return err
}
