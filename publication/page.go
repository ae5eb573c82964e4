package publication

import (
	"context"

	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/ledger"
	"gongkai/org"
)

// Page is all that the public page of an item shows.
type Page struct {
	Row
	Content Content
	Digest  ledger.Digest
	Links   []Link // relations in both directions, then citations in both
	Before  *Row   // the one published before it in the same column of the unit
	After   *Row
	Views   int
	Seq     ledger.Seq // of the entry that published this version
	Edits   []Edit
}

// Edit is one publication of a version, for the history of a page.
type Edit struct {
	Version int
	Entry   ledger.Entry
}

// PageOf returns what the public sees of an item. A withdrawn item has its
// tombstone only: the row with why and when, no content. It fails with NotFound
// for what was never public, without telling whether it exists.
func PageOf(tx *db.Tx, id ItemID) (p Page, err error) {
	row, err := Get(tx, id)
	if err != nil {
		return p, err
	}
	if !row.Face.Seen() && row.Face != Withdrawn {
		return p, fault.Say(fault.NotFound, sayNoItem)
	}
	p.Row = row
	if row.Face == Withdrawn {
		p.Summary = ""
		return p, nil
	}
	v, err := VersionOf(tx, id, row.Shown)
	if err != nil {
		return p, err
	}
	p.Content, p.Digest = v.Content, v.Digest
	p.Content.Original = nil
	if p.Links, err = linksOf(tx, row); err != nil {
		return p, err
	}
	if p.Before, err = neighbour(tx, row, before); err != nil {
		return p, err
	}
	if p.After, err = neighbour(tx, row, after); err != nil {
		return p, err
	}
	p.Views, err = db.Value[int](tx, `SELECT coalesce(max(n), 0) FROM publication_view WHERE item = $1`, id)
	return p, err
}

// RecordOf returns the exact bytes whose SHA-256 is the content digest in the
// ledger, for anybody to check. It holds the whole content of the public
// version. Of the upload it came from, if there was one, it holds the digest,
// the size and the kind, never the name it had.
func RecordOf(tx *db.Tx, id ItemID) ([]byte, error) {
	row, err := Get(tx, id)
	if err != nil {
		return nil, err
	}
	if !row.Face.Seen() {
		return nil, fault.Say(fault.NotFound, sayNotPublic)
	}
	v, err := VersionOf(tx, id, row.Shown)
	if err != nil {
		return nil, err
	}
	return []byte(jsonText(v.Content)), nil
}

const linkRows = `
	SELECT kind, coalesce(from_item, ''), to_item, since, basis
	FROM publication_relation
	WHERE to_item = $1 OR from_item = $1
	ORDER BY since, id`

const citedRows = `
	SELECT i.id
	FROM publication_citation c JOIN publication_item i ON i.doc_no = c.doc_no
	WHERE c.item = $1 AND i.face IN ('public', 'archived') AND i.id <> $1
	ORDER BY i.published DESC, i.id DESC`

const citingRows = `
	SELECT i.id
	FROM publication_citation c JOIN publication_item i ON i.id = c.item
	WHERE c.doc_no = $1 AND i.face IN ('public', 'archived') AND i.id <> $2
	ORDER BY i.published DESC, i.id DESC
	LIMIT 50`

func linksOf(tx *db.Tx, row Row) ([]Link, error) {
	type raw struct {
		kind     RelationKind
		from, to ItemID
		link     Link
	}
	raws, err := db.All(tx, func(r db.Row) (w raw, err error) {
		return w, r.Scan(&w.kind, &w.from, &w.to, &w.link.On, &w.link.Note)
	}, linkRows, row.ID)
	if err != nil {
		return nil, err
	}
	var links []Link
	seen := map[ItemID]bool{}
	add := func(l Link, id ItemID) error {
		if id != "" {
			other, err := Get(tx, id)
			if err != nil {
				return err
			}
			if !other.Face.Seen() && other.Face != Withdrawn {
				return nil
			}
			l.Other = other
			seen[id] = true
		}
		links = append(links, l)
		return nil
	}
	for _, w := range raws {
		w.link.Kind, w.link.Incoming = w.kind, w.to == row.ID
		other := w.to
		if w.link.Incoming {
			other = w.from
		}
		if err := add(w.link, other); err != nil {
			return nil, err
		}
	}
	ids := func(query string, args ...any) ([]ItemID, error) {
		return db.All(tx, func(r db.Row) (id ItemID, err error) { return id, r.Scan(&id) }, query, args...)
	}
	cited, err := ids(citedRows, row.ID)
	if err != nil {
		return nil, err
	}
	for _, id := range cited {
		if !seen[id] {
			if err := add(Link{}, id); err != nil {
				return nil, err
			}
		}
	}
	if row.DocNo == "" {
		return links, nil
	}
	citing, err := ids(citingRows, row.DocNo, row.ID)
	if err != nil {
		return nil, err
	}
	for _, id := range citing {
		if !seen[id] {
			if err := add(Link{Incoming: true}, id); err != nil {
				return nil, err
			}
		}
	}
	return links, nil
}

const before = `
	SELECT ` + itemColumns + `
	FROM publication_item
	WHERE unit = $1 AND place = $2 AND face IN ('public', 'archived') AND (published < $3 OR (published = $3 AND id < $4))
	ORDER BY published DESC, id DESC LIMIT 1`

const after = `
	SELECT ` + itemColumns + `
	FROM publication_item
	WHERE unit = $1 AND place = $2 AND face IN ('public', 'archived') AND (published > $3 OR (published = $3 AND id > $4))
	ORDER BY published, id LIMIT 1`

func neighbour(tx *db.Tx, row Row, query string) (*Row, error) {
	n, err := db.One(tx, scanRow, query, row.Unit, row.Column, db.Ms(row.Published), row.ID)
	if fault.KindOf(err) == fault.NotFound {
		return nil, nil
	}
	return &n, err
}

const publicFile = `SELECT name FROM publication_file WHERE digest = $1 ORDER BY name, item LIMIT 1`

// PublicFile tells whether a file is shown by something public, and its name.
// It fails with NotFound otherwise.
func PublicFile(tx *db.Tx, digest string) (name string, err error) {
	return db.Value[string](tx, publicFile, digest)
}

const fileItems = `
	SELECT DISTINCT v.item FROM publication_version v JOIN publication_item i ON i.id = v.item
	WHERE i.` + org.InScope + ` AND v.content LIKE $2 LIMIT 1`

// FileWithin tells whether a file belongs to some version or working copy of an
// item in a scope, for staff who open a file that is not public.
func FileWithin(tx *db.Tx, scope org.Scope, digest string) (bool, error) {
	like := "%" + digest + "%"
	for _, q := range []string{fileItems, `
		SELECT c.item FROM publication_copy c JOIN publication_item i ON i.id = c.item
		WHERE i.` + org.InScope + ` AND c.content LIKE $2 LIMIT 1`} {
		if _, err := db.Value[string](tx, q, scope.Key(), like); err == nil {
			return true, nil
		} else if fault.KindOf(err) != fault.NotFound {
			return false, err
		}
	}
	return false, nil
}

// Whoever asks for a page that is not there is not counted.
const addViews = `
	INSERT INTO publication_view (item, n)
	SELECT id, $2 FROM publication_item WHERE id = $1 AND face IN ('public', 'archived')
	ON CONFLICT (item) DO UPDATE SET n = publication_view.n + excluded.n`

// AddViews adds to the counters of pages. It is no act: what a crash loses here
// is lost.
func (is *Items) AddViews(ctx context.Context, views map[ItemID]int) error {
	return is.db.Touch(ctx, func(tx *db.Tx) error {
		for id, n := range views {
			if _, err := tx.Exec(addViews, id, n); err != nil {
				return err
			}
		}
		return nil
	})
}
