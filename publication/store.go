package publication

import (
	"database/sql"
	"embed"
	"encoding/json"
	"fmt"

	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/jobs"
	"gongkai/ledger"
	"gongkai/org"
	"gongkai/review"
	"gongkai/search"
)

//go:embed migration/*.sql
var migrations embed.FS

// Schema is the tables of this pillar.
var Schema = db.NewSchema("publication", migrations, org.Schema, ledger.Schema, identity.Schema, review.Schema, search.Schema, jobs.Schema)

const itemColumns = `id, unit, coalesce(index_no, ''), kind, place, theme, title, doc_no, issuer, summary, made, attribute, work, face,
	effective, expires, repeal_on, amend_on, published, changed, touched, publish_at, version, shown, why, gone_at, creator`

func scanRow(r db.Row) (i Row, err error) {
	var published, changed, touched, publishAt, goneAt int64
	err = r.Scan(&i.ID, &i.Unit, &i.IndexNo, &i.Kind, &i.Column, &i.Theme, &i.Title, &i.DocNo, &i.Issuer, &i.Summary, &i.Made, &i.Attribute,
		&i.Work, &i.Face, &i.Effective, &i.Expires, &i.RepealOn, &i.AmendOn, &published, &changed, &touched, &publishAt,
		&i.Version, &i.Shown, &i.Why, &goneAt, &i.Creator)
	i.Published, i.Changed, i.Touched = db.Time(published), db.Time(changed), db.Time(touched)
	i.PublishAt, i.GoneAt = db.Time(publishAt), db.Time(goneAt)
	return i, err
}

const oneItem = `SELECT ` + itemColumns + ` FROM publication_item WHERE id = $1`

// Get returns an item as lists show it. It fails with NotFound.
func Get(tx *db.Tx, id ItemID) (Row, error) {
	i, err := db.One(tx, scanRow, oneItem, id)
	if fault.KindOf(err) == fault.NotFound {
		return i, fault.Say(fault.NotFound, sayNoItem)
	}
	return i, err
}

const putItem = `
	INSERT INTO publication_item (id, unit, index_no, kind, place, theme, title, doc_no, issuer, summary, made, attribute, work, face,
		effective, expires, repeal_on, amend_on, published, changed, touched, publish_at, version, shown, why, gone_at, creator)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27)
	ON CONFLICT (id) DO UPDATE SET
		index_no = excluded.index_no, kind = excluded.kind, place = excluded.place, theme = excluded.theme,
		title = excluded.title, doc_no = excluded.doc_no, issuer = excluded.issuer, summary = excluded.summary, made = excluded.made,
		attribute = excluded.attribute, work = excluded.work, face = excluded.face, effective = excluded.effective,
		expires = excluded.expires, repeal_on = excluded.repeal_on, amend_on = excluded.amend_on, published = excluded.published,
		changed = excluded.changed, touched = excluded.touched, publish_at = excluded.publish_at, version = excluded.version,
		shown = excluded.shown, why = excluded.why, gone_at = excluded.gone_at`

func saveRow(tx *db.Tx, i Row) error {
	_, err := tx.Exec(putItem, i.ID, i.Unit, sql.NullString{String: string(i.IndexNo), Valid: i.IndexNo != ""}, i.Kind, i.Column, i.Theme,
		i.Title, i.DocNo, i.Issuer, i.Summary, i.Made, i.Attribute, i.Work, i.Face, i.Effective, i.Expires, i.RepealOn, i.AmendOn,
		db.Ms(i.Published), db.Ms(i.Changed), db.Ms(i.Touched), db.Ms(i.PublishAt), i.Version, i.Shown, i.Why, db.Ms(i.GoneAt), i.Creator)
	if db.IsDuplicate(err) {
		return fault.Say(fault.Conflict, sayHasNumber, i.IndexNo)
	}
	return err
}

// show copies the elements that lists show out of a content.
func (i *Row) show(c Content) {
	i.Kind, i.Column, i.Theme, i.Title, i.DocNo = c.Kind, c.Column, c.Theme, c.Title, c.DocNo
	i.Issuer, i.Summary, i.Made, i.Attribute = c.Issuer, c.Summary, c.Made, c.Openness.Attribute
	i.Effective, i.Expires = c.Effective, c.Expires
}

const oneCopy = `SELECT rev, content, authors, plan, person, at FROM publication_copy WHERE item = $1`

// CopyOf returns the working copy. It fails with NotFound when nothing is being
// edited.
func CopyOf(tx *db.Tx, id ItemID) (Copy, error) {
	c, err := db.One(tx, func(r db.Row) (c Copy, err error) {
		var (
			content, authors, plan string
			at                     int64
		)
		if err := r.Scan(&c.Rev, &content, &authors, &plan, &c.By, &at); err != nil {
			return c, err
		}
		c.At = db.Time(at)
		for text, into := range map[string]any{content: &c.Content, authors: &c.Authors, plan: &c.Plan} {
			if err := json.Unmarshal([]byte(text), into); err != nil {
				return c, fmt.Errorf("working copy of %s: %w", id, err)
			}
		}
		return c, nil
	}, oneCopy, id)
	if fault.KindOf(err) == fault.NotFound {
		return c, fault.Say(fault.NotFound, sayNoWork)
	}
	return c, err
}

const addCopy = `
	INSERT INTO publication_copy (item, rev, title, content, authors, plan, person, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`

func insertCopy(tx *db.Tx, id ItemID, c Copy) error {
	_, err := tx.Exec(addCopy, id, c.Rev, c.Content.Title, jsonText(c.Content), jsonText(c.Authors), jsonText(c.Plan), c.By, db.Ms(c.At))
	return err
}

// changeCopy replaces the working copy only if it is still the one that rev
// names, in one statement, so that two savers cannot both win.
const changeCopy = `
	UPDATE publication_copy SET rev = rev + 1, title = $3, content = $4, authors = $5, plan = $6, person = $7, at = $8
	WHERE item = $1 AND rev = $2`

func updateCopy(tx *db.Tx, id ItemID, c Copy) (bool, error) {
	n, err := tx.Exec(changeCopy, id, c.Rev, c.Content.Title, jsonText(c.Content), jsonText(c.Authors), jsonText(c.Plan), c.By, db.Ms(c.At))
	return n == 1, err
}

func jsonText(v any) string {
	b, err := ledger.Canonical(v)
	if err != nil {
		panic(err) // only plain structs come here
	}
	return string(b)
}

const versionColumns = `item, n, content, digest, person, at, note`

func scanVersion(r db.Row) (v Version, err error) {
	var (
		content, digest string
		at              int64
	)
	if err := r.Scan(&v.Item, &v.N, &content, &digest, &v.By, &at, &v.Note); err != nil {
		return v, err
	}
	v.At = db.Time(at)
	if v.Digest, err = ledger.ParseDigest(digest); err != nil {
		return v, fmt.Errorf("version %d of %s: %w", v.N, v.Item, err)
	}
	return v, json.Unmarshal([]byte(content), &v.Content)
}

const oneVersion = `SELECT ` + versionColumns + ` FROM publication_version WHERE item = $1 AND n = $2`

// VersionOf returns one kept version. It fails with NotFound.
func VersionOf(tx *db.Tx, id ItemID, n int) (Version, error) {
	v, err := db.One(tx, scanVersion, oneVersion, id, n)
	if fault.KindOf(err) == fault.NotFound {
		return v, fault.Say(fault.NotFound, sayNoVersion, n)
	}
	return v, err
}

const oneDigest = `SELECT digest FROM publication_version WHERE item = $1 AND n = $2`

// VersionDigest is the digest of one kept version. It fails with NotFound.
func VersionDigest(tx *db.Tx, id ItemID, n int) (ledger.Digest, error) {
	s, err := db.Value[string](tx, oneDigest, id, n)
	if fault.KindOf(err) == fault.NotFound {
		return ledger.Digest{}, fault.Say(fault.NotFound, sayNoVersion, n)
	}
	if err != nil {
		return ledger.Digest{}, err
	}
	return ledger.ParseDigest(s)
}

const allVersions = `SELECT ` + versionColumns + ` FROM publication_version WHERE item = $1 ORDER BY n`

// Versions returns every kept version, oldest first.
func Versions(tx *db.Tx, id ItemID) ([]Version, error) {
	return db.All(tx, scanVersion, allVersions, id)
}

const addVersion = `INSERT INTO publication_version (` + versionColumns + `) VALUES ($1, $2, $3, $4, $5, $6, $7)`

func insertVersion(tx *db.Tx, v Version) error {
	_, err := tx.Exec(addVersion, v.Item, v.N, jsonText(v.Content), v.Digest.String(), v.By, db.Ms(v.At), v.Note)
	return err
}
