package jobs

import (
	"bytes"
	"fmt"
	"sync"
	"time"

	"github.com/robfig/cron/v3"

	"gongkai/internal/db"
)

// china is where the timetable's hours are told.
var china = time.FixedZone("UTC+8", 8*60*60)

// timetable queues a kind at the times of a cron spec. A row for each period
// makes one process of many do it.
type timetable struct {
	kind Kind
	spec cron.Schedule

	mu   sync.Mutex
	next time.Time // when the next period begins, as far as this process knows
}

// Every has a job of kind queued at the times of a cron spec of five fields in
// Beijing time: "30 2 * * *". Of periods that passed while nothing ran, the last
// one is made up for. A period is queued by one process only; while its job has
// not run, the next period takes its place. It panics if the spec is wrong.
func (q *Queue) Every(k Kind, spec string) {
	s, err := cron.ParseStandard(spec)
	if err != nil {
		panic(fmt.Sprintf("jobs: times of %s: %v", k, err))
	}
	if s.Next(time.Date(2026, 1, 1, 0, 0, 0, 0, china)).IsZero() {
		panic(fmt.Sprintf("jobs: times of %s: %q never comes", k, spec))
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	q.times = append(q.times, &timetable{kind: k, spec: s})
}

// Timetable returns when each kind of the timetable is queued next after now.
func (q *Queue) Timetable(now time.Time) map[Kind]time.Time {
	q.mu.Lock()
	defer q.mu.Unlock()
	times := map[Kind]time.Time{}
	for _, t := range q.times {
		times[t.kind] = t.spec.Next(now.In(china)).UTC()
	}
	return times
}

// periodKey is the key of jobs from the timetable: one of a kind at a time.
const periodKey = "timetable"

// period is the payload of jobs from the timetable.
type period struct {
	Period time.Time `json:"period"`
}

// due returns when the next period begins, the zero time if that was never
// settled in this database.
func (t *timetable) due(tx *db.Tx) (time.Time, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.next.IsZero() {
		mark, err := t.mark(tx)
		if err != nil || mark.IsZero() {
			return time.Time{}, err
		}
		t.next = t.spec.Next(mark.In(china)).UTC()
	}
	return t.next, nil
}

func (t *timetable) mark(tx *db.Tx) (time.Time, error) {
	ms, err := db.Value[*int64](tx, `SELECT max(at) FROM jobs_period WHERE kind = $1`, string(t.kind))
	if err != nil || ms == nil {
		return time.Time{}, err
	}
	return db.Time(*ms), nil
}

// queue marks the last period that has begun and adds its job, unless another
// process has done so. The first time ever it only marks where to count from.
func (t *timetable) queue(tx *db.Tx) error {
	mark, err := t.mark(tx)
	if err != nil {
		return err
	}
	first := mark.IsZero()
	at := tx.Now
	if !first {
		at = mark
		for next := t.spec.Next(at.In(china)); !next.IsZero() && !next.After(tx.Now); next = t.spec.Next(next) {
			at = next.UTC()
		}
	}
	tx.OnCommit(func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.next = t.spec.Next(at.In(china)).UTC()
	})
	if !first && at.Equal(mark) {
		return nil
	}
	n, err := tx.Exec(`INSERT INTO jobs_period (kind, at) VALUES ($1, $2) ON CONFLICT (kind, at) DO NOTHING`,
		string(t.kind), db.Ms(at))
	if err != nil {
		return fmt.Errorf("jobs: period of %s: %w", t.kind, err)
	}
	if first || n == 0 {
		return nil
	}
	return Add(tx, t.kind, periodKey, period{at}, at)
}

// firstFrame finds where in our code a panic happened: the first file of the
// stack below the runtime's own.
func firstFrame(stack []byte) string {
	_, rest, ok := bytes.Cut(stack, []byte("panic("))
	if !ok {
		return "unknown place"
	}
	lines := bytes.Split(rest, []byte("\n"))
	for _, l := range lines[2:] {
		if bytes.HasPrefix(l, []byte("\t")) && !bytes.Contains(l, []byte("/runtime/")) {
			place, _, _ := bytes.Cut(bytes.TrimSpace(l), []byte(" "))
			return string(place[bytes.LastIndexByte(place, '/')+1:])
		}
	}
	return "unknown place"
}
