package inspection

import "gongkai/internal/db"

const sweepColumns = `id, started, ended, engine, prefix, cursor, listed, inspected, found, gone, failed, touched`

func scanSweep(r db.Row) (s Sweep, err error) {
	var started, ended, touched int64
	err = r.Scan(&s.ID, &started, &ended, &s.engine, &s.Prefix, &s.Cursor, &s.Listed, &s.Inspected, &s.Found, &s.Gone, &s.Failed, &touched)
	s.Started, s.Ended, s.Touched, s.saved = db.Time(started), db.Time(ended), db.Time(touched), place{s.Prefix, s.Cursor}
	return s, err
}

const sweepThatRuns = `SELECT ` + sweepColumns + ` FROM inspection_sweep WHERE ended = 0`

const sweepByID = `SELECT ` + sweepColumns + ` FROM inspection_sweep WHERE id = $1`

// openSweep is the sweep that runs. It fails with NotFound.
func openSweep(tx *db.Tx) (Sweep, error) { return db.One(tx, scanSweep, sweepThatRuns) }

// sweepOf fails with NotFound.
func sweepOf(tx *db.Tx, id SweepID) (Sweep, error) { return db.One(tx, scanSweep, sweepByID, id) }

const latestSweeps = `SELECT ` + sweepColumns + ` FROM inspection_sweep ORDER BY started DESC, id DESC LIMIT $1`

// Sweeps lists the latest sweeps, newest first, at most n.
func Sweeps(tx *db.Tx, n int) ([]Sweep, error) { return db.All(tx, scanSweep, latestSweeps, n) }

const putSweep = `
	INSERT INTO inspection_sweep (` + sweepColumns + `)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
	ON CONFLICT (id) DO UPDATE SET ended = excluded.ended, engine = excluded.engine, prefix = excluded.prefix, cursor = excluded.cursor,
		listed = excluded.listed, inspected = excluded.inspected, found = excluded.found, gone = excluded.gone, failed = excluded.failed,
		touched = excluded.touched`

func saveSweep(tx *db.Tx, s Sweep) error {
	_, err := tx.Exec(putSweep, s.ID, db.Ms(s.Started), db.Ms(s.Ended), s.engine, s.Prefix, s.Cursor, s.Listed, s.Inspected, s.Found, s.Gone,
		s.Failed, db.Ms(s.Touched))
	return err
}
