package jobs

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"gongkai/internal/db"
	"gongkai/internal/fault"
)

// inKinds writes the list of kinds as parameters from $first on.
func inKinds(kinds []Kind, first int, args []any) (string, []any) {
	marks := make([]string, len(kinds))
	for i, k := range kinds {
		marks[i] = "$" + strconv.Itoa(first+i)
		args = append(args, string(k))
	}
	return strings.Join(marks, ", "), args
}

// Of the waiting jobs those that are due are few, however many wait; the planners
// cannot know and may choose to sort all jobs of the kinds. anyKind hides the
// kind from its index, dueFirst names the index to SQLite.
const anyKind = `w.kind || ''`

func dueFirst(tx *db.Tx) string {
	if tx.Engine() == db.SQLite {
		return `jobs_job AS w INDEXED BY jobs_job_due`
	}
	return `jobs_job AS w`
}

const notBlocked = `
	NOT EXISTS (SELECT 1 FROM jobs_job r WHERE r.kind = w.kind AND r.key = w.key AND r.state = 'running')`

// claim takes the job that is due the longest, or fails with NotFound. On
// PostgreSQL the inner query skips rows that another process is taking.
func claim(tx *db.Tx, kinds []Kind, lease time.Duration) (Job, error) {
	args := []any{tx.NewID(), db.Ms(tx.Now.Add(lease)), db.Ms(tx.Now)}
	list, args := inKinds(kinds, 4, args)
	lock := ""
	if tx.Engine() == db.Postgres {
		lock = "FOR UPDATE OF w SKIP LOCKED"
	}
	return db.One(tx, scan, `
		UPDATE jobs_job SET state = 'running', worker = $1, lease = $2, tries = tries + 1
		WHERE state = 'waiting' AND id = (
			SELECT w.id FROM `+dueFirst(tx)+`
			WHERE w.state = 'waiting' AND w.due <= $3 AND `+anyKind+` IN (`+list+`) AND`+notBlocked+`
			ORDER BY w.due, w.id LIMIT 1 `+lock+`)
		RETURNING `+columns, args...)
}

// claimThis takes the waiting job of a kind and key, due or not; failing that
// the last failed one. It fails with NotFound if there is neither and with
// Conflict while one runs.
func claimThis(tx *db.Tx, k Kind, key string, lease time.Duration) (Job, error) {
	const running = `
		SELECT count(*) FROM jobs_job WHERE kind = $1 AND key = $2 AND state = 'running'`
	n, err := db.Value[int64](tx, running, string(k), key)
	if err != nil {
		return Job{}, err
	}
	if n > 0 {
		return Job{}, fault.Say(fault.Conflict, sayRunning)
	}
	const take = `
		UPDATE jobs_job SET state = 'running', worker = $1, lease = $2, tries = tries + 1, ended = 0
		WHERE id = (
			SELECT id FROM jobs_job WHERE kind = $3 AND key = $4 AND state IN ('waiting', 'failed')
			ORDER BY CASE state WHEN 'waiting' THEN 0 ELSE 1 END, id DESC LIMIT 1)
		RETURNING ` + columns
	j, err := db.One(tx, scan, take, tx.NewID(), db.Ms(tx.Now.Add(lease)), string(k), key)
	if errors.Is(err, fault.NotFound) {
		return Job{}, fault.Say(fault.NotFound, sayNoJob)
	}
	return j, err
}

// nextTimes returns when the next waiting job is due and when the next lease
// runs out; the zero time if there is none.
func nextTimes(tx *db.Tx, kinds []Kind) (due, lease time.Time, err error) {
	list, args := inKinds(kinds, 1, nil)
	earliest := func(query string) (time.Time, error) {
		ms, err := db.Value[int64](tx, query, args...)
		if errors.Is(err, fault.NotFound) {
			return time.Time{}, nil
		}
		return db.Time(ms), err
	}
	// The first of an order, not min(): PostgreSQL reads min() of a query with
	// NOT EXISTS from all rows.
	due, err = earliest(`
		SELECT w.due FROM ` + dueFirst(tx) + ` WHERE w.state = 'waiting' AND ` + anyKind + ` IN (` + list + `) AND` + notBlocked + `
		ORDER BY w.due, w.id LIMIT 1`)
	if err != nil {
		return
	}
	lease, err = earliest(`
		SELECT lease FROM jobs_job WHERE state = 'running' AND kind IN (` + list + `)
		ORDER BY lease, id LIMIT 1`)
	return
}

// extend prolongs the lease of a job that still runs. It fails with [ErrLost].
func extend(tx *db.Tx, j Job, lease time.Duration) error {
	n, err := tx.Exec(`UPDATE jobs_job SET lease = $3 WHERE id = $1 AND worker = $2 AND state = 'running'`,
		j.ID, j.worker, db.Ms(tx.Now.Add(lease)))
	if err != nil {
		return fmt.Errorf("jobs: extend %s %s: %w", j.Kind, j.ID, err)
	}
	if n == 0 {
		return ErrLost
	}
	return nil
}

// putBack makes a running job wait again, or drops it if a newer one of its kind
// and key waits already. A job that is no longer this worker's is left alone.
func putBack(tx *db.Tx, j Job, due time.Time, tries int, last string) error {
	const wait = `
		UPDATE jobs_job SET state = 'waiting', due = $3, tries = $4, error = $5, worker = '', lease = 0
		WHERE id = $1 AND worker = $2 AND state = 'running' AND NOT EXISTS (
			SELECT 1 FROM jobs_job w WHERE w.kind = jobs_job.kind AND w.key = jobs_job.key AND w.state = 'waiting')`
	n, err := tx.Exec(wait, j.ID, j.worker, db.Ms(due), tries, last)
	if err == nil && n == 0 {
		_, err = tx.Exec(`DELETE FROM jobs_job WHERE id = $1 AND worker = $2 AND state = 'running'`, j.ID, j.worker)
	}
	if err != nil {
		return fmt.Errorf("jobs: put back %s %s: %w", j.Kind, j.ID, err)
	}
	return nil
}

// giveUp keeps a job as failed, for a person to look at.
func giveUp(tx *db.Tx, j Job, last string) error {
	_, err := tx.Exec(`
		UPDATE jobs_job SET state = 'failed', ended = $3, error = $4, worker = '', lease = 0
		WHERE id = $1 AND worker = $2 AND state = 'running'`, j.ID, j.worker, db.Ms(tx.Now), last)
	if err != nil {
		return fmt.Errorf("jobs: give up %s %s: %w", j.Kind, j.ID, err)
	}
	return nil
}

// expired returns the running jobs whose worker has given no sign of life.
func expired(tx *db.Tx, kinds []Kind) ([]Job, error) {
	list, args := inKinds(kinds, 2, []any{db.Ms(tx.Now)})
	return db.All(tx, scan, `
		SELECT `+columns+` FROM jobs_job WHERE state = 'running' AND lease < $1 AND kind IN (`+list+`)
		ORDER BY lease, id`, args...)
}
