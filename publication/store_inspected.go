package publication

import (
	"strings"

	"gongkai/inspection"
	"gongkai/internal/db"
	"gongkai/ledger"
)

const publicAfter = `
	SELECT i.id, i.unit, v.digest, i.title
	FROM publication_item i JOIN publication_version v ON v.item = i.id AND v.n = i.shown
	WHERE i.face IN ('public', 'archived') AND i.id > $1
	ORDER BY i.id
	LIMIT $2`

// publicVersions lists what the public sees, from the one after an item on, at most n.
func publicVersions(tx *db.Tx, after string, n int) ([]inspection.Listed, error) {
	return db.All(tx, func(r db.Row) (l inspection.Listed, err error) {
		var (
			id     ItemID
			digest string
		)
		if err := r.Scan(&id, &l.Unit, &digest, &l.Title); err != nil {
			return l, err
		}
		l.Subject, l.Address = id.Subject(), address(id)
		l.Digest, err = ledger.ParseDigest(digest)
		return l, err
	}, publicAfter, after, n)
}

const contentsAfter = `
	SELECT i.id, v.content
	FROM publication_item i JOIN publication_version v ON v.item = i.id AND v.n = i.shown
	WHERE i.face IN ('public', 'archived') AND i.id > $1
	ORDER BY i.id
	LIMIT $2`

// publicContents gives the words of what the public sees, from the one after an item
// on, at most n.
func publicContents(tx *db.Tx, after string, n int) ([]inspection.Written, error) {
	return db.All(tx, func(r db.Row) (w inspection.Written, err error) {
		var (
			id      ItemID
			content string
		)
		err = r.Scan(&id, &content)
		w.Subject, w.Text = id.Subject(), written(content)
		return w, err
	}, contentsAfter, after, n)
}

const titlesInterpreting = `
	SELECT i.title
	FROM publication_relation r JOIN publication_item i ON i.id = r.from_item
	WHERE r.to_item = $1 AND r.kind = 'interprets' AND i.face IN ('public', 'archived')
	ORDER BY i.published, i.id`

// interpretationsOf are the titles of what the public can read that interprets an
// item.
func interpretationsOf(tx *db.Tx, id ItemID) ([]string, error) {
	return db.All(tx, func(r db.Row) (t string, err error) { return t, r.Scan(&t) }, titlesInterpreting, id)
}

const numberedLike = `
	SELECT count(*) FROM publication_item
	WHERE kind IN ('policy', 'rule') AND face IN ('public', 'archived') AND substr(doc_no, 1, length($1)) = $1`

// countNumbered is how many public documents have a number that begins so.
func countNumbered(tx *db.Tx, prefix string) (int, error) {
	return db.Value[int](tx, numberedLike, prefix)
}

const byNumber = `
	SELECT ` + itemColumns + ` FROM publication_item
	WHERE doc_no = $1 AND doc_no <> '' AND face IN ('public', 'archived')
	ORDER BY published DESC, id DESC
	LIMIT 1`

// numbered is the newest public document with this number. It fails with NotFound, as
// do those below.
func numbered(tx *db.Tx, no string) (Row, error) { return db.One(tx, scanRow, byNumber, no) }

const byTitle = `
	SELECT ` + itemColumns + ` FROM publication_item
	WHERE title = $1 AND kind IN ('policy', 'rule') AND face IN ('public', 'archived')
	ORDER BY published DESC, id DESC
	LIMIT 1`

// titled is the newest public document with exactly this title.
func titled(tx *db.Tx, title string) (Row, error) { return db.One(tx, scanRow, byTitle, title) }

const byTitleWithin = `
	SELECT ` + itemColumns + ` FROM publication_item
	WHERE kind IN ('policy', 'rule') AND face IN ('public', 'archived') AND title LIKE $1 ESCAPE '!'
	ORDER BY published DESC, id DESC
	LIMIT 1`

// issuing is the newest public document that issues the one of this title.
func issuing(tx *db.Tx, title string) (Row, error) {
	return db.One(tx, scanRow, byTitleWithin, "%印发《"+likely.Replace(title)+"》%")
}

// likely keeps the signs of LIKE in a title from meaning something.
var likely = strings.NewReplacer("!", "!!", "%", "!%", "_", "!_")

const successorOf = `
	SELECT i.title, i.doc_no
	FROM publication_relation r JOIN publication_item i ON i.id = r.from_item
	WHERE r.to_item = $1 AND r.kind = 'replaces' AND i.face IN ('public', 'archived')
	ORDER BY r.since DESC, r.id DESC
	LIMIT 1`

// successors says by title and number what replaces an item, the latest first, at most
// one.
func successors(tx *db.Tx, id ItemID) ([]string, error) {
	return db.All(tx, func(r db.Row) (s string, err error) {
		var title, no string
		if err := r.Scan(&title, &no); err != nil {
			return "", err
		}
		if s = "《" + title + "》"; no != "" {
			s += "（" + no + "）"
		}
		return s, nil
	}, successorOf, id)
}
