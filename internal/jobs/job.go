package jobs

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"gongkai/internal/db"
	"gongkai/internal/fault"
)

//go:embed migration/*.sql
var migrations embed.FS

// Schema holds the tables of the queue.
var Schema = db.NewSchema("jobs", migrations)

// Kind says what is to be done and so which handler does it: "search.index".
type Kind string

// State is where a job stands; its comment says who moves next.
type State string

// The states of a job.
const (
	Waiting State = "waiting" // the queue, when it is due
	Running State = "running" // its worker
	Done    State = "done"    // nobody
	Failed  State = "failed"  // a person: run it again or leave it
)

// Job is one piece of work.
type Job struct {
	ID      string
	Kind    Kind
	Key     string          // what it is about, "" if the kind says it all
	Payload json.RawMessage // what Add was given, as JSON
	State   State
	Added   time.Time
	Due     time.Time // not run before; of a failed try, when the next one comes
	Tries   int       // how often it was begun
	Ended   time.Time // when it was done or failed for good
	Error   string    // of the last try, without personal data

	worker string // the claim that this value runs under
}

// Decode reads the payload into v.
func (j Job) Decode(v any) error {
	if err := json.Unmarshal(j.Payload, v); err != nil {
		return fmt.Errorf("job %s %s: payload: %w", j.Kind, j.ID, err)
	}
	return nil
}

// ErrLost is returned by [Job.Done] when another worker may have the job by now.
// The transaction must be given up.
var ErrLost = errors.New("jobs: the lease of this job was lost")

// Done marks the job done within the transaction of its effect, so that the two
// are one fact. It fails with [ErrLost] if the job was taken away.
func (j Job) Done(tx *db.Tx) error {
	const finish = `
		UPDATE jobs_job SET state = 'done', ended = $3, error = '', worker = ''
		WHERE id = $1 AND state = 'running' AND worker = $2`
	n, err := tx.Exec(finish, j.ID, j.worker, db.Ms(tx.Now))
	if err != nil {
		return fmt.Errorf("jobs: finish %s %s: %w", j.Kind, j.ID, err)
	}
	if n == 0 {
		return ErrLost
	}
	return nil
}

// Add queues a job within the transaction that makes it necessary. payload is
// kept as JSON. The job is not run before due; the zero time means at once. A
// waiting job of the same kind and key is replaced and its tries forgotten;
// a running one is not disturbed, the new job runs after it.
func Add(tx *db.Tx, k Kind, key string, payload any, due time.Time) error {
	text, err := json.Marshal(payload)
	if err != nil {
		return fmt.Errorf("jobs: payload of %s: %w", k, err)
	}
	if due.Before(tx.Now) {
		due = tx.Now
	}
	const add = `
		INSERT INTO jobs_job (id, kind, key, payload, state, added, due, tries, worker, lease, ended, error)
		VALUES ($1, $2, $3, $4, 'waiting', $5, $6, 0, '', 0, 0, '')
		ON CONFLICT (kind, key) WHERE state = 'waiting'
		DO UPDATE SET payload = excluded.payload, added = excluded.added, due = excluded.due, tries = 0, error = ''`
	if _, err := tx.Exec(add, tx.NewID(), string(k), key, string(text), db.Ms(tx.Now), db.Ms(due)); err != nil {
		return fmt.Errorf("jobs: add %s: %w", k, err)
	}
	tx.OnCommit(ring)
	return nil
}

// Cancel takes a waiting job out of the queue. There may be none. A running job
// runs on.
func Cancel(tx *db.Tx, k Kind, key string) error {
	_, err := tx.Exec(`DELETE FROM jobs_job WHERE kind = $1 AND key = $2 AND state = 'waiting'`, string(k), key)
	if err != nil {
		return fmt.Errorf("jobs: cancel %s: %w", k, err)
	}
	return nil
}

// Again puts a failed job back into the queue, due now. It fails with NotFound
// if there is no such failed job, with Conflict if a newer one of its kind and
// key waits already.
func Again(tx *db.Tx, id string) error {
	const again = `
		UPDATE jobs_job SET state = 'waiting', due = $2, tries = 0, ended = 0
		WHERE id = $1 AND state = 'failed' AND NOT EXISTS (
			SELECT 1 FROM jobs_job w WHERE w.kind = jobs_job.kind AND w.key = jobs_job.key AND w.state = 'waiting')`
	n, err := tx.Exec(again, id, db.Ms(tx.Now))
	if err != nil {
		return fmt.Errorf("jobs: again %s: %w", id, err)
	}
	if n == 1 {
		tx.OnCommit(ring)
		return nil
	}
	j, err := Get(tx, id)
	if err != nil {
		return err
	}
	if j.State != Failed {
		return fault.Say(fault.NotFound, sayNotFailed)
	}
	return fault.Say(fault.Conflict, sayNewerWaits)
}

// Hopeless marks an error that trying again cannot mend: the job fails at once.
func Hopeless(err error) error { return &hopeless{err} }

type hopeless struct{ err error }

func (h *hopeless) Error() string { return h.err.Error() }
func (h *hopeless) Unwrap() error { return h.err }

const maxError = 400

var (
	longNumber = regexp.MustCompile(`[0-9０-９][0-9０-９ \-]{5,}[0-9０-９xXＸ]`)
	address    = regexp.MustCompile(`[^\s@<>"']+@[^\s@<>"']+`)
)

// plainError is the text of an error as it may be kept: what could be the number
// or address of a person is masked, and it is cut to a readable length.
func plainError(err error) string {
	s := address.ReplaceAllString(strings.ToValidUTF8(err.Error(), "?"), "***")
	s = longNumber.ReplaceAllString(s, "***")
	s = strings.Map(func(r rune) rune {
		if r < 0x20 {
			return ' '
		}
		return r
	}, s)
	if utf8.RuneCountInString(s) > maxError {
		s = string([]rune(s)[:maxError]) + "…"
	}
	return s
}
