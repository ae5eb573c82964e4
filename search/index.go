package search

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/zh"
	"gongkai/org"
)

//go:embed migration
var migrations embed.FS

// Schema is the tables of the index.
var Schema = db.NewSchema("search", migrations, org.Schema)

// Doc is what one record offers to be found by. ID is the record's own, such as
// "item/…"; it must be unique over everything that is searched.
type Doc struct {
	ID       string `json:"id"`
	Unit     org.ID `json:"unit"`
	UnitName string `json:"unit_name"`
	Kind     string `json:"kind"`   // what it is: policy, interpretation, report …
	Column   string `json:"column"` // code of the column; "a/b" lies under "a"
	Theme    string `json:"theme"`
	Validity string `json:"validity"` // 有效性
	Year     int    `json:"year"`     // the year it is counted in; 0: that of Published
	// Published is the legal date 'YYYY-MM-DD' it is sorted by, "" if unknown.
	Published   string       `json:"published"`
	Title       string       `json:"title"`
	DocNo       string       `json:"doc_no"`   // 发文字号
	IndexNo     string       `json:"index_no"` // 索引号
	Body        string       `json:"body"`     // plain text
	Attachments []Attachment `json:"attachments"`
}

// Attachment is a file of a document: its name as shown and its plain text.
type Attachment struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// clean makes the document safe to store on both engines and fills in the year.
func (d Doc) clean() (Doc, error) {
	if d.ID == "" || d.Unit == "" {
		return d, fmt.Errorf("index document %q of unit %q: both are needed", d.ID, d.Unit)
	}
	if d.Published != "" {
		t, err := time.Parse(time.DateOnly, d.Published)
		if err != nil || t.Year() < 1900 {
			return d, fmt.Errorf("index document %s: %q is no date of publication", d.ID, d.Published)
		}
		if d.Year == 0 {
			d.Year = t.Year()
		}
	}
	for _, s := range []*string{&d.UnitName, &d.Kind, &d.Column, &d.Theme, &d.Validity, &d.Title, &d.DocNo, &d.IndexNo, &d.Body} {
		*s = zh.Clean(*s)
	}
	as := make([]Attachment, len(d.Attachments))
	for i, a := range d.Attachments {
		as[i] = Attachment{zh.Clean(a.Name), zh.Clean(a.Text)}
	}
	d.Attachments = as
	return d, nil
}

// Digest is the SHA-256, in hex, of all that a document is found and shown by.
// Two equal digests mean that indexing again would change nothing.
func (d Doc) Digest() (string, error) {
	d, err := d.clean()
	if err != nil {
		return "", err
	}
	return d.digest(), nil
}

func (d Doc) digest() string {
	b, err := json.Marshal(d)
	if err != nil {
		panic("search: a Doc of strings cannot be written as JSON: " + err.Error())
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// Version names how documents are cut into words and laid down.
const Version = "1+" + zh.Version

// Put makes a document findable as it is now, instead of what was indexed under
// its ID before. It joins the caller's act.
func Put(tx *db.Tx, d Doc) error {
	d, err := d.clean()
	if err != nil {
		return err
	}
	return put(tx, d)
}

func put(tx *db.Tx, d Doc) error {
	digest := d.digest()
	old, err := stored(tx, d.ID)
	switch {
	case errors.Is(err, fault.NotFound):
		if _, err := tx.Exec(`DELETE FROM search_removed WHERE id = $1`, d.ID); err != nil {
			return err
		}
	case err != nil:
		return err
	case old.digest == digest && old.version == Version:
		_, err := tx.Exec(`UPDATE search_doc SET changed = $1 WHERE seq = $2`, db.Ms(tx.Now), old.seq)
		return err
	default:
		if err := erase(tx, old.seq); err != nil {
			return err
		}
	}

	seq := old.seq
	if day := dayOf(d.Published); seq == 0 || seq>>dayShift != day {
		if seq, err = nextSeq(tx, day); err != nil {
			return err
		}
	}
	number := ""
	if n, ok := zh.ParseDocNo(d.DocNo); ok {
		number = n.Key()
	}
	files, err := json.Marshal(d.Attachments)
	if err != nil {
		return err
	}
	facet, err := facetOf(tx, d)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(`
		INSERT INTO search_doc (seq, id, facet, published, number_key, digest, version, changed)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		seq, d.ID, facet, d.Published, number, digest, Version, db.Ms(tx.Now)); err != nil {
		return err
	}
	if _, err := tx.Exec(`
		INSERT INTO search_text (seq, title, doc_no, index_no, unit_name, body, attachments, folded)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		seq, d.Title, d.DocNo, d.IndexNo, d.UnitName, d.Body, string(files), folded(d)); err != nil {
		return err
	}
	return engineOf(tx).put(tx, seq, analyse(d))
}

// facetOf is the number of the combination a document is counted under.
func facetOf(tx *db.Tx, d Doc) (int64, error) {
	get := func() (int64, error) {
		return db.Value[int64](tx, `
			SELECT id FROM search_facet
			WHERE unit = $1 AND kind = $2 AND column_code = $3 AND theme = $4 AND year = $5 AND validity = $6`,
			string(d.Unit), d.Kind, d.Column, d.Theme, d.Year, d.Validity)
	}
	id, err := get()
	if !errors.Is(err, fault.NotFound) {
		return id, err
	}
	if _, err := tx.Exec(`
		INSERT INTO search_facet (id, unit, kind, column_code, theme, year, validity)
		SELECT coalesce(max(id), 0) + 1, $1, $2, $3, $4, $5, $6 FROM search_facet`,
		string(d.Unit), d.Kind, d.Column, d.Theme, d.Year, d.Validity); err != nil {
		return 0, err
	}
	return get()
}

// Remove makes a document unfindable. It is no failure if it was.
func Remove(tx *db.Tx, id string) error {
	old, err := stored(tx, id)
	if errors.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := erase(tx, old.seq); err != nil {
		return err
	}
	_, err = tx.Exec(`
		INSERT INTO search_removed (id, at) VALUES ($1, $2)
		ON CONFLICT (id) DO UPDATE SET at = excluded.at`, id, db.Ms(tx.Now))
	return err
}

// erase takes a document out of all tables.
func erase(tx *db.Tx, seq int64) error {
	if err := engineOf(tx).remove(tx, seq); err != nil {
		return err
	}
	if _, err := tx.Exec(`DELETE FROM search_text WHERE seq = $1`, seq); err != nil {
		return err
	}
	_, err := tx.Exec(`DELETE FROM search_doc WHERE seq = $1`, seq)
	return err
}

type row struct {
	seq             int64
	digest, version string
	changed         int64
}

func stored(tx *db.Tx, id string) (row, error) {
	return db.One(tx, func(r db.Row) (x row, err error) {
		return x, r.Scan(&x.seq, &x.digest, &x.version, &x.changed)
	}, `SELECT seq, digest, version, changed FROM search_doc WHERE id = $1`, id)
}

// dayShift leaves 16 million places in each day.
const dayShift = 24

// dayOf counts days from 1900-01-01 as 1; 0 is a document without a date.
func dayOf(published string) int64 {
	t, err := time.Parse(time.DateOnly, published)
	if err != nil {
		return 0
	}
	return int64(t.Sub(time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)).Hours()/24) + 1
}

// nextSeq is the next free place in a day.
func nextSeq(tx *db.Tx, day int64) (int64, error) {
	last, err := db.Value[int64](tx, `SELECT coalesce(max(seq), 0) FROM search_doc WHERE seq >= $1 AND seq < $2`,
		day<<dayShift, (day+1)<<dayShift)
	return max(last, day<<dayShift) + 1, err
}

// folded is all text of a document as phrases are compared with it. Fold leaves
// no line break, so none can reach across from one part to the next.
func folded(d Doc) string {
	parts := []string{zh.Fold(d.Title), zh.Fold(d.DocNo), zh.Fold(d.IndexNo), zh.Fold(d.UnitName), zh.Fold(d.Body)}
	for _, a := range d.Attachments {
		parts = append(parts, zh.Fold(a.Name), zh.Fold(a.Text))
	}
	return strings.Join(parts, "\n")
}
