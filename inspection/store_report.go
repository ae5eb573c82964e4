package inspection

import (
	"encoding/json"
	"errors"
	"fmt"

	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/ledger"
)

const reportColumns = `subject, face, unit, title, address, digest, rules, unread, authors, at, usage`

// kept is a report as its row has it.
type kept struct {
	Report
	face    face
	authors []identity.ID
	usage   int64 // the counts that what was found leans on, 0 for none
}

func scanReport(r db.Row) (k kept, err error) {
	var (
		digest, unread, authors string
		at                      int64
	)
	if err := r.Scan(&k.Subject, &k.face, &k.Unit, &k.Title, &k.Address, &digest, &k.Rules, &unread, &authors, &at, &k.usage); err != nil {
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

// Subjects are only compared with others of the same source, so that it does not
// matter how a database sorts the sign between prefix and ID.
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

// reportsOfSource are those on the subjects of one source after a subject, up to
// another and with it; "" is its end.
func reportsOfSource(tx *db.Tx, prefix, after, last string) ([]kept, error) {
	if last == "" {
		return db.All(tx, scanReport, reportsAfter, after, prefix+"/")
	}
	return db.All(tx, scanReport, reportsBetween, after, prefix+"/", last)
}

const putReport = `
	INSERT INTO inspection_report (` + reportColumns + `)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
	ON CONFLICT (subject, face) DO UPDATE SET unit = excluded.unit, title = excluded.title, address = excluded.address,
		digest = excluded.digest, rules = excluded.rules, unread = excluded.unread, authors = excluded.authors, at = excluded.at, usage = excluded.usage`

func saveReport(tx *db.Tx, k kept) error {
	_, err := tx.Exec(putReport, k.Subject, k.face, k.Unit, k.Title, k.Address, k.Digest.String(), k.Rules,
		jsonText(some(k.Unread)), jsonText(some(k.authors)), db.Ms(k.At), k.usage)
	return err
}

const (
	dropReport  = `DELETE FROM inspection_report WHERE subject = $1 AND face = $2`
	dropReports = `DELETE FROM inspection_report WHERE subject = $1`
)

func deleteReport(tx *db.Tx, subject string, of face) error {
	_, err := tx.Exec(dropReport, subject, of)
	return err
}

func deleteReports(tx *db.Tx, subject string) error {
	_, err := tx.Exec(dropReports, subject)
	return err
}

const draftsAfter = `
	SELECT subject FROM inspection_report
	WHERE face = 'draft' AND subject > $1
	ORDER BY subject
	LIMIT $2`

// draftsFrom names subjects with a report on a draft, from the one after the given
// subject on.
func draftsFrom(tx *db.Tx, after string, n int) ([]string, error) {
	return db.All(tx, func(r db.Row) (subject string, err error) { return subject, r.Scan(&subject) }, draftsAfter, after, n)
}
