package inspection

import (
	"time"

	"gongkai/internal/db"
	"gongkai/org"
)

const walkColumns = `id, unit, address, person, state, worker, stop, round, asked, started, ended, touched, seen, visited, known, pages, files,
	unchanged, shut, found, whole, pause, rest, rest_until, note`

func scanWalk(r db.Row) (w Walk, err error) {
	var asked, started, ended, touched, seen, pause, until int64
	var whole int
	err = r.Scan(&w.ID, &w.Unit, &w.Address, &w.By, &w.State, &w.worker, &w.Stop, &w.Round, &asked, &started, &ended, &touched, &seen, &w.Visited,
		&w.Known, &w.Pages, &w.Files, &w.Unchanged, &w.Shut, &w.Found, &whole, &pause, &w.Rest, &until, &w.Note)
	w.Asked, w.Started, w.Ended, w.Touched, w.Seen = db.Time(asked), db.Time(started), db.Time(ended), db.Time(touched), db.Time(seen)
	w.Whole, w.Pause, w.Until = whole == 1, time.Duration(pause)*time.Millisecond, db.Time(until)
	return w, err
}

const walkByID = `SELECT ` + walkColumns + ` FROM inspection_walk WHERE id = $1`

// walkOf fails with NotFound.
func walkOf(tx *db.Tx, id WalkID) (Walk, error) { return db.One(tx, scanWalk, walkByID, id) }

const walkUnderWay = `
	SELECT ` + walkColumns + ` FROM inspection_walk
	WHERE unit = $1 AND address = $2 AND state IN ('waiting', 'running')`

// openWalk is the walk over a site that waits or runs. It fails with NotFound.
func openWalk(tx *db.Tx, unit org.ID, address string) (Walk, error) {
	return db.One(tx, scanWalk, walkUnderWay, unit, address)
}

const otherWalks = `
	SELECT count(*) FROM inspection_walk
	WHERE id <> $1 AND (state = 'running' AND touched > $2 OR state = 'waiting' AND touched > $3)`

// walksBeside counts the other walks with a sign of life since a time; with waiting
// those that are only queued, too.
func walksBeside(tx *db.Tx, id WalkID, since time.Time, waiting bool) (int64, error) {
	queued := db.Ms(tx.Now) + 1 // nothing was touched after now
	if waiting {
		queued = db.Ms(since)
	}
	return db.Value[int64](tx, otherWalks, id, db.Ms(since), queued)
}

const latestWalks = `SELECT ` + walkColumns + ` FROM inspection_walk ORDER BY asked DESC, id DESC LIMIT $1`

const putWalk = `
	INSERT INTO inspection_walk (` + walkColumns + `)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)
	ON CONFLICT (id) DO UPDATE SET state = excluded.state, worker = excluded.worker, stop = excluded.stop, round = excluded.round,
		started = excluded.started, ended = excluded.ended, touched = excluded.touched, seen = excluded.seen, visited = excluded.visited,
		known = excluded.known, pages = excluded.pages, files = excluded.files, unchanged = excluded.unchanged, shut = excluded.shut,
		found = excluded.found, whole = excluded.whole, pause = excluded.pause, rest = excluded.rest, rest_until = excluded.rest_until,
		note = excluded.note`

func saveWalk(tx *db.Tx, w Walk) error {
	whole := 0
	if w.Whole {
		whole = 1
	}
	_, err := tx.Exec(putWalk, w.ID, w.Unit, w.Address, w.By, w.State, w.worker, w.Stop, w.Round, db.Ms(w.Asked), db.Ms(w.Started), db.Ms(w.Ended),
		db.Ms(w.Touched), db.Ms(w.Seen), w.Visited, w.Known, w.Pages, w.Files, w.Unchanged, w.Shut, w.Found, whole, w.Pause.Milliseconds(),
		w.Rest, db.Ms(w.Until), w.Note)
	return err
}

// walkPart is one piece of a journal, sealed.
type walkPart struct {
	n    int64
	body []byte
}

const partsAfter = `
	SELECT part, body FROM inspection_walk_journal
	WHERE unit = $1 AND address = $2 AND part > $3
	ORDER BY part
	LIMIT $4`

func walkParts(tx *db.Tx, unit org.ID, address string, after int64, n int) ([]walkPart, error) {
	return db.All(tx, func(r db.Row) (p walkPart, err error) { return p, r.Scan(&p.n, &p.body) }, partsAfter, unit, address, after, n)
}

const putPart = `
	INSERT INTO inspection_walk_journal (unit, address, part, body)
	VALUES ($1, $2, $3, $4)
	ON CONFLICT (unit, address, part) DO UPDATE SET body = excluded.body`

func savePart(tx *db.Tx, unit org.ID, address string, p walkPart) error {
	_, err := tx.Exec(putPart, unit, address, p.n, p.body)
	return err
}

// dropJournal forgets the journal of a site.
func dropJournal(tx *db.Tx, unit org.ID, address string) error {
	_, err := tx.Exec(`DELETE FROM inspection_walk_journal WHERE unit = $1 AND address = $2`, unit, address)
	return err
}

const dropOldJournals = `
	DELETE FROM inspection_walk_journal WHERE NOT EXISTS (
		SELECT 1 FROM inspection_walk w
		WHERE w.unit = inspection_walk_journal.unit AND w.address = inspection_walk_journal.address AND w.touched >= $1)`

const dropOldWalks = `
	DELETE FROM inspection_walk WHERE state IN ('done', 'stopped', 'failed') AND asked < $1`

// dropOld forgets journals of sites nobody has walked over since, and walks asked
// for before.
func dropOld(tx *db.Tx, journals, walks time.Time) error {
	if _, err := tx.Exec(dropOldJournals, db.Ms(journals)); err != nil {
		return err
	}
	_, err := tx.Exec(dropOldWalks, db.Ms(walks))
	return err
}
