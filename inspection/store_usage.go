package inspection

import (
	"io"

	"gongkai/inspection/usage"
	"gongkai/internal/db"
)

// pieceSize is how many bytes of the counts stand in a row.
const pieceSize = 256 << 10

const (
	onePiece   = `SELECT body FROM inspection_usage WHERE part = $1`
	addPiece   = `INSERT INTO inspection_usage (part, body) VALUES ($1, $2)`
	dropPieces = `DELETE FROM inspection_usage`
	putCounted = `UPDATE inspection_standing SET usage = usage + 1, counted = $1 WHERE one = 1`
)

// readUsage reads the counts that are kept. It fails with usage.ErrDamaged, also when
// there are none.
func readUsage(tx *db.Tx) (*usage.Counts, error) {
	p := pieces{tx: tx}
	c, err := usage.Read(&p)
	if p.err != nil { // the database's, or the end of whoever asked: no damage
		return nil, p.err
	}
	return c, err
}

// saveUsage puts counts in the place of those before, with the digest of what was
// counted.
func saveUsage(tx *db.Tx, c *usage.Counts, counted string) error {
	if _, err := tx.Exec(dropPieces); err != nil {
		return err
	}
	p := pieces{tx: tx}
	if _, err := c.WriteTo(&p); err != nil {
		return err
	}
	if err := p.flush(); err != nil {
		return err
	}
	_, err := tx.Exec(putCounted, counted)
	return err
}

// pieces reads or writes the rows of the counts one after the other, so that never
// more than one is in memory.
type pieces struct {
	tx   *db.Tx
	next int
	held []byte
	err  error // of the database, while reading
}

func (p *pieces) Read(b []byte) (int, error) {
	if len(p.held) == 0 {
		rows, err := db.All(p.tx, func(r db.Row) (body []byte, err error) { return body, r.Scan(&body) }, onePiece, p.next)
		if err != nil {
			p.err = err
			return 0, err
		}
		if len(rows) == 0 {
			return 0, io.EOF
		}
		p.held = rows[0]
		p.next++
	}
	n := copy(b, p.held)
	p.held = p.held[n:]
	return n, nil
}

func (p *pieces) Write(b []byte) (int, error) {
	p.held = append(p.held, b...)
	if len(p.held) >= pieceSize {
		return len(b), p.flush()
	}
	return len(b), nil
}

func (p *pieces) flush() error {
	if len(p.held) == 0 {
		return nil
	}
	_, err := p.tx.Exec(addPiece, p.next, p.held)
	p.next++
	p.held = p.held[:0]
	return err
}

const doubtedSubjects = `
	SELECT DISTINCT subject
	FROM inspection_finding
	WHERE shown = 1 AND substr(rule, 1, length($1)) = $1 AND state IN ('confirmed', 'mended', 'excepted')
	ORDER BY subject`

// doubtful names the public texts in which people have said that a word is wrong, or
// let it stand as an exception.
func doubtful(tx *db.Tx) (map[string]bool, error) {
	all := map[string]bool{}
	return all, db.Each(tx, func(r db.Row) error {
		var subject string
		if err := r.Scan(&subject); err != nil {
			return err
		}
		all[subject] = true
		return nil
	}, doubtedSubjects, spellingFamily)
}

const wordsFoundWrong = `
	SELECT DISTINCT text, excerpt, excerpt_at
	FROM inspection_finding
	WHERE judged = 'right' AND substr(rule, 1, length($1)) = $1
	ORDER BY text, excerpt, excerpt_at`

// foundWrong lists what people have said is wrong, as it stood there.
func foundWrong(tx *db.Tx) ([]string, error) {
	var all []string
	err := db.Each(tx, func(r db.Row) error {
		var (
			text, excerpt string
			at            int
		)
		if err := r.Scan(&text, &excerpt, &at); err != nil {
			return err
		}
		all = append(all, wrongPhrases(text, []rune(excerpt), at)...)
		return nil
	}, wordsFoundWrong, spellingFamily)
	return all, err
}
