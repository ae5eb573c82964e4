package inspection

import (
	"encoding/json"

	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/org"
)

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

// Get returns a finding as it stands today. It fails with NotFound.
func Get(tx *db.Tx, id ID) (Finding, error) {
	f, err := db.One(tx, scanFinding, oneFinding, id)
	if fault.KindOf(err) == fault.NotFound {
		return f, fault.Say(fault.NotFound, sayNoFinding)
	}
	if err != nil {
		return f, err
	}
	one := []Finding{f}
	err = asOfToday(tx, one)
	return one[0], err
}

const findingsOn = `SELECT ` + findingColumns + ` FROM inspection_finding WHERE subject = $1 ORDER BY part, begins, mark, nth`

func findingsOf(tx *db.Tx, subject string) ([]Finding, error) {
	return db.All(tx, scanFinding, findingsOn, subject)
}

const coveredByException = `
	SELECT ` + findingColumns + `
	FROM inspection_finding
	WHERE ` + org.InScope + ` AND rule = $2 AND ($3 = '' OR word = $3) AND state IN ('found', 'confirmed')
	ORDER BY id`

// coveredBy are the findings that an exception for a unit covers as well; mark is ""
// where it covers the whole rule.
func coveredBy(tx *db.Tx, x Exception) ([]Finding, error) {
	return db.All(tx, scanFinding, coveredByException, org.Under(x.Unit).Key(), x.Rule, x.mark)
}

const exceptedByOne = `
	SELECT ` + findingColumns + `
	FROM inspection_finding
	WHERE exception = $1 AND state = 'excepted'
	ORDER BY id`

// exceptedBy are the findings that an exception lets stand.
func exceptedBy(tx *db.Tx, id ExceptionID) ([]Finding, error) {
	return db.All(tx, scanFinding, exceptedByOne, id)
}

const verdicts = `
	SELECT unit, rule, judged, count(*)
	FROM inspection_finding
	WHERE judged <> ''
	GROUP BY unit, rule, judged
	ORDER BY unit, rule, judged`

// records reads what people have said, by rule and by whose texts it was said of.
func records(tx *db.Tx) (map[string]map[org.ID]Record, error) {
	all := map[string]map[org.ID]Record{}
	return all, db.Each(tx, func(r db.Row) error {
		var (
			unit         org.ID
			code, judged string
			n            int
		)
		if err := r.Scan(&unit, &code, &judged, &n); err != nil {
			return err
		}
		if all[code] == nil {
			all[code] = map[org.ID]Record{}
		}
		rec := all[code][unit]
		if judged == "right" {
			rec.Confirmed = n
		} else {
			rec.Dismissed = n
		}
		all[code][unit] = rec
		return nil
	}, verdicts)
}
