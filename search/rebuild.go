package search

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"gongkai/internal/db"
	"gongkai/internal/fault"
)

// Source reads all records that are to be found and yields one Doc for each. It
// stops with the first error yield answers.
type Source func(yield func(Doc) error) error

// Stale tells that a document was indexed by another version of the cutting, so
// that questions may miss it until the index is rebuilt.
func Stale(tx *db.Tx) (bool, error) {
	n, err := db.Value[int](tx, `SELECT count(*) FROM (SELECT 1 FROM search_doc WHERE version < $1 OR version > $1 LIMIT 1) other`, Version)
	return n > 0, err
}

// Progress is how far a rebuild is.
type Progress struct {
	Seen    int // records read
	Indexed int // of these, laid down anew because they were missing or had changed
	Removed int // taken out because no record stands behind them
}

// batch is how many documents are written in one transaction: enough to be
// quick, few enough that an act does not wait long.
const batch = 100

// Rebuild makes the index agree with the records: it indexes what is missing,
// has changed or was cut by another version, and removes what has no record.
// People may search and act meanwhile. What acts put or remove after it began is
// newer than what the source read before, and is left alone. It can be stopped
// at any time and run again. The progress is told after each batch, if wanted.
func Rebuild(ctx context.Context, d *db.DB, source Source, tell func(Progress)) (Progress, error) {
	var p Progress
	var began int64
	err := d.Write(ctx, func(tx *db.Tx) error {
		began = db.Ms(tx.Now)
		_, err := tx.Exec(`DELETE FROM search_removed WHERE at < $1`, began)
		return err
	})
	if err != nil {
		return p, err
	}
	before, err := docsBefore(ctx, d, began)
	if err != nil {
		return p, err
	}

	var docs []Doc
	flush := func() error {
		if len(docs) == 0 {
			return nil
		}
		indexed := 0
		err := d.Write(ctx, func(tx *db.Tx) error {
			indexed = 0
			for _, doc := range docs {
				did, err := renew(tx, doc, began)
				if err != nil {
					return err
				}
				if did {
					indexed++
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		p.Seen += len(docs)
		p.Indexed += indexed
		docs = docs[:0]
		if tell != nil {
			tell(p)
		}
		return nil
	}
	err = source(func(doc Doc) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		doc, err := doc.clean()
		if err != nil {
			return err
		}
		delete(before, doc.ID)
		if docs = append(docs, doc); len(docs) == batch {
			return flush()
		}
		return nil
	})
	if err == nil {
		err = flush()
	}
	if err != nil {
		return p, fmt.Errorf("rebuild the index: %w", err)
	}
	p.Removed, err = removeStrays(ctx, d, before, began)
	if tell != nil && err == nil {
		tell(p)
	}
	return p, err
}

// renew indexes one document unless it is right already or an act was faster.
func renew(tx *db.Tx, doc Doc, began int64) (bool, error) {
	old, err := stored(tx, doc.ID)
	switch {
	case err == nil:
		if old.changed >= began || old.digest == doc.digest() && old.version == Version {
			return false, nil
		}
	case errors.Is(err, fault.NotFound):
		gone, err := db.Value[int](tx, `SELECT count(*) FROM search_removed WHERE id = $1 AND at >= $2`, doc.ID, began)
		if err != nil || gone > 0 {
			return false, err
		}
	default:
		return false, err
	}
	return true, put(tx, doc)
}

// docsBefore is all that was indexed before the rebuild began.
func docsBefore(ctx context.Context, d *db.DB, began int64) (map[string]bool, error) {
	ids := map[string]bool{}
	err := d.Read(ctx, func(tx *db.Tx) error {
		clear(ids)
		return db.Each(tx, func(r db.Row) error {
			var id string
			err := r.Scan(&id)
			ids[id] = true
			return err
		}, `SELECT id FROM search_doc WHERE changed < $1`, began)
	})
	return ids, err
}

// removeStrays takes out documents that the source did not yield, unless an act
// put them anew meanwhile.
func removeStrays(ctx context.Context, d *db.DB, strays map[string]bool, began int64) (int, error) {
	ids := make([]string, 0, len(strays))
	for id := range strays {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	removed := 0
	for some := range slices.Chunk(ids, batch) {
		n := 0
		err := d.Write(ctx, func(tx *db.Tx) error {
			n = 0
			for _, id := range some {
				old, err := stored(tx, id)
				if errors.Is(err, fault.NotFound) || err == nil && old.changed >= began {
					continue
				}
				if err != nil {
					return err
				}
				if err := erase(tx, old.seq); err != nil {
					return err
				}
				n++
			}
			return nil
		})
		if err != nil {
			return removed, err
		}
		removed += n
	}
	return removed, nil
}

// Difference is how the index and the records differ.
type Difference struct {
	Docs    int      // records read
	Missing []string // records that cannot be found
	Extra   []string // documents without a record
	Changed []string // documents indexed from something other than the record
	Broken  []string // documents whose words in the engine are not those of their text
	Stale   bool     // some are cut by another version
}

// Equal tells that index and records agree.
func (d Difference) Equal() bool {
	return len(d.Missing)+len(d.Extra)+len(d.Changed)+len(d.Broken) == 0 && !d.Stale
}

// Check compares the index with the records, document by document, and the words
// the engine holds with the text they were cut from. It changes nothing.
func Check(tx *db.Tx, source Source) (Difference, error) {
	var diff Difference
	type known struct {
		seq    int64
		digest string
	}
	indexed := map[string]known{}
	err := db.Each(tx, func(r db.Row) error {
		var id string
		var k known
		err := r.Scan(&id, &k.seq, &k.digest)
		indexed[id] = k
		return err
	}, `SELECT id, seq, digest FROM search_doc`)
	if err != nil {
		return diff, err
	}
	words, err := engineOf(tx).sums(tx)
	if err != nil {
		return diff, err
	}
	total := len(indexed)
	err = source(func(doc Doc) error {
		diff.Docs++
		doc, err := doc.clean()
		if err != nil {
			return err
		}
		k, ok := indexed[doc.ID]
		delete(indexed, doc.ID)
		switch {
		case !ok:
			diff.Missing = append(diff.Missing, doc.ID)
		case k.digest != doc.digest():
			diff.Changed = append(diff.Changed, doc.ID)
		case words[k.seq] != engineOf(tx).sum(analyse(doc)):
			diff.Broken = append(diff.Broken, doc.ID)
		}
		return nil
	})
	if err != nil {
		return diff, err
	}
	for id := range indexed {
		diff.Extra = append(diff.Extra, id)
	}
	if n := len(words) - total; n > 0 {
		diff.Extra = append(diff.Extra, fmt.Sprintf("(%d without a document)", n))
	}
	slices.Sort(diff.Missing)
	slices.Sort(diff.Extra)
	slices.Sort(diff.Changed)
	slices.Sort(diff.Broken)
	diff.Stale, err = Stale(tx)
	return diff, err
}
