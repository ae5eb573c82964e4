package jobs

import (
	"errors"
	"fmt"
	"time"

	"gongkai/internal/db"
	"gongkai/internal/fault"
)

const columns = `id, kind, key, payload, state, added, due, tries, worker, ended, error`

func scan(r db.Row) (Job, error) {
	var j Job
	var kind, payload, state string
	var added, due, ended int64
	err := r.Scan(&j.ID, &kind, &j.Key, &payload, &state, &added, &due, &j.Tries, &j.worker, &ended, &j.Error)
	j.Kind, j.Payload, j.State = Kind(kind), []byte(payload), State(state)
	j.Added, j.Due, j.Ended = db.Time(added), db.Time(due), db.Time(ended)
	return j, err
}

// Get returns a job. It fails with NotFound.
func Get(tx *db.Tx, id string) (Job, error) {
	j, err := db.One(tx, scan, `SELECT `+columns+` FROM jobs_job WHERE id = $1`, id)
	if errors.Is(err, fault.NotFound) {
		return Job{}, fault.Say(fault.NotFound, sayNoJob)
	}
	return j, err
}

// Filter chooses jobs for [List]. Empty fields choose all.
type Filter struct {
	Kind  Kind
	State State
	After string // id of the last job of the page before
	Limit int    // 0 means 50
}

const listed = `
	SELECT ` + columns + ` FROM jobs_job
	WHERE ($1 = '' OR kind = $1) AND ($2 = '' OR state = $2) AND ($3 = '' OR id < $3)
	ORDER BY id DESC LIMIT $4`

// List returns jobs, the last added first.
func List(tx *db.Tx, f Filter) ([]Job, error) {
	if f.Limit <= 0 {
		f.Limit = 50
	}
	jobs, err := db.All(tx, scan, listed, string(f.Kind), string(f.State), f.After, f.Limit)
	if err != nil {
		return nil, fmt.Errorf("jobs: list: %w", err)
	}
	return jobs, nil
}

// Tally is how many jobs of a kind are in a state.
type Tally struct {
	Kind  Kind
	State State
	Count int
	Next  time.Time // the earliest due time among them
}

const tallied = `
	SELECT kind, state, count(*), min(due) FROM jobs_job GROUP BY kind, state ORDER BY kind, state`

// Count returns how many jobs there are of each kind and state.
func Count(tx *db.Tx) ([]Tally, error) {
	return db.All(tx, func(r db.Row) (Tally, error) {
		var kind, state string
		var t Tally
		var next int64
		err := r.Scan(&kind, &state, &t.Count, &next)
		t.Kind, t.State, t.Next = Kind(kind), State(state), db.Time(next)
		return t, err
	}, tallied)
}

// Clean removes jobs that were done before the given time, and the marks of
// periods that are long past. Failed jobs stay until a person decides. It
// returns how many jobs were removed.
func Clean(tx *db.Tx, before time.Time) (int64, error) {
	n, err := tx.Exec(`DELETE FROM jobs_job WHERE state = 'done' AND ended < $1`, db.Ms(before))
	if err != nil {
		return 0, fmt.Errorf("jobs: clean: %w", err)
	}
	// The newest mark of a kind stays: it tells what was missed.
	const oldMarks = `
		DELETE FROM jobs_period WHERE at < $1 AND at < (
			SELECT max(p.at) FROM jobs_period p WHERE p.kind = jobs_period.kind)`
	if _, err := tx.Exec(oldMarks, db.Ms(before)); err != nil {
		return 0, fmt.Errorf("jobs: clean: %w", err)
	}
	return n, nil
}
