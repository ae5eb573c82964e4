package publication

import (
	"context"
	"fmt"
	"regexp"

	"gongkai/document"
	"gongkai/internal/db"
	"gongkai/org"
	"gongkai/search"
	"gongkai/workday"
)

// searchDoc is what a public item offers to be found by. Its ID is the item's.
func (is *Items) searchDoc(tx *db.Tx, tree *org.Tree, row Row, c Content, plain string) (search.Doc, error) {
	d := search.Doc{
		ID: string(row.ID), Unit: row.Unit, UnitName: tree.Name(row.Unit), Kind: string(row.Kind), Column: string(row.Column),
		Theme: string(row.Theme), Validity: string(row.ValidityOn(workday.Today(tx.Now))), Published: workday.Today(row.Published).String(),
		Title: row.Title, DocNo: row.DocNo, IndexNo: string(row.IndexNo), Body: plain,
	}
	if c.Summary != "" {
		d.Body = c.Summary + "\n" + plain
	}
	for _, f := range c.Files {
		text, err := is.texts.TextOf(tx, f.Digest)
		if err != nil {
			return d, fmt.Errorf("text of attachment: %w", err)
		}
		d.Attachments = append(d.Attachments, search.Attachment{Name: f.Name, Text: text})
	}
	return d, nil
}

// indexAgain puts a public item into the index after its elements changed.
func (is *Items) indexAgain(tx *db.Tx, row Row) error {
	v, err := VersionOf(tx, row.ID, row.Shown)
	if err != nil {
		return err
	}
	return is.index(tx, row, v.Content, document.Text(v.Content.Body))
}

const showing = `
	SELECT DISTINCT f.item
	FROM publication_file f JOIN publication_item i ON i.id = f.item
	WHERE f.digest = $1 AND i.face IN ('public', 'archived')
	ORDER BY f.item`

// FileRead puts the public items that show a file into the index anew, after
// its text became known.
func (is *Items) FileRead(ctx context.Context, digest string) error {
	return is.db.Write(ctx, func(tx *db.Tx) error {
		ids, err := db.All(tx, func(r db.Row) (id ItemID, err error) { return id, r.Scan(&id) }, showing, digest)
		if err != nil {
			return err
		}
		for _, id := range ids {
			row, err := Get(tx, id)
			if err != nil {
				return err
			}
			if err := is.indexAgain(tx, row); err != nil {
				return err
			}
		}
		return nil
	})
}

const seenIDs = `SELECT id FROM publication_item WHERE face IN ('public', 'archived') ORDER BY id`

// Indexed is what the index should hold, read on tx: every public item as its
// records say, for search.Check.
func (is *Items) Indexed(tx *db.Tx) search.Source {
	return func(yield func(search.Doc) error) error { return is.eachDoc(tx, yield) }
}

// Source is [Items.Indexed] on a snapshot of its own, for search.Rebuild.
func (is *Items) Source(ctx context.Context) search.Source {
	return func(yield func(search.Doc) error) error {
		return is.db.Read(ctx, func(tx *db.Tx) error { return is.eachDoc(tx, yield) })
	}
}

func (is *Items) eachDoc(tx *db.Tx, yield func(search.Doc) error) error {
	tree, err := org.Load(tx)
	if err != nil {
		return err
	}
	ids, err := db.All(tx, func(r db.Row) (id ItemID, err error) { return id, r.Scan(&id) }, seenIDs)
	if err != nil {
		return err
	}
	for _, id := range ids {
		row, err := Get(tx, id)
		if err != nil {
			return err
		}
		v, err := VersionOf(tx, id, row.Shown)
		if err != nil {
			return err
		}
		d, err := is.searchDoc(tx, tree, row, v.Content, document.Text(v.Content.Body))
		if err != nil {
			return err
		}
		if err := yield(d); err != nil {
			return err
		}
	}
	return nil
}

// filePath is how a body refers to a kept file, such as a picture.
var filePath = regexp.MustCompile(`/files/([0-9a-f]{64})/([^"'\s<>]*)`)

// shownFiles is every file a content shows, by digest: its attachments and the
// pictures in its body.
func shownFiles(c Content) map[string]string {
	files := map[string]string{}
	for _, m := range filePath.FindAllStringSubmatch(c.Body, -1) {
		files[m[1]] = m[2]
	}
	for _, f := range c.Files {
		files[f.Digest] = f.Name
	}
	return files
}
