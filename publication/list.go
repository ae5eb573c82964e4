package publication

import (
	"strings"
	"time"

	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/org"
	"gongkai/review"
	"gongkai/workday"
)

// Order is how a list is sorted. Every order ends in the ID, so that pages
// never overlap.
type Order string

// The orders.
const (
	Newest   Order = ""        // by first publication, newest first
	Oldest   Order = "oldest"  // by first publication, oldest first
	MadeLast Order = "made"    // by 成文日期, newest first
	ByTitle  Order = "title"   // by title
	ByDocNo  Order = "doc_no"  // by 文号
	Touched  Order = "touched" // by the last act, newest first
)

var orders = map[Order]string{
	Newest:   "published DESC, id DESC",
	Oldest:   "published, id",
	MadeLast: "made DESC, id DESC",
	ByTitle:  "title, id",
	ByDocNo:  "doc_no DESC, id",
	Touched:  "touched DESC, id DESC",
}

// Filter says which items a list shows. Zero fields do not filter.
type Filter struct {
	Units     org.Scope
	Unit      org.ID // exactly this unit, not those below it
	Column    Column
	Part      string // the columns of a part of the frame: content, guide …
	Kind      Kind
	Theme     Theme
	Year      int // of first publication, in China
	DocNo     string
	Words     string // occur in the title, 文号 or 索引号, for drafts also in the title as it is typed now
	Validity  Validity
	On        workday.Date // the day Validity is asked for
	Faces     []Face       // none: what the public sees
	Works     []Work
	Attribute review.Attribute
	From, To  workday.Date // of first publication, inclusive
	Order     Order
	Page      int // from 1
	Size      int // 0 means 20
}

// the conditions of List stand in one text; an empty parameter switches its
// condition off.
const listed = `
	FROM publication_item
	WHERE ` + org.InScope + `
	  AND ($2 = '' OR unit = $2)
	  AND ($3 = '' OR $3 LIKE '%|' || place || '|%')
	  AND ($4 = '' OR kind = $4)
	  AND ($5 = '' OR theme = $5)
	  AND (published >= $6 OR $6 = 0) AND (published < $7 OR $7 = 0)
	  AND ($8 = '' OR doc_no = $8)
	  AND ($9 = '' OR title LIKE $9 ESCAPE '!' OR doc_no LIKE $9 ESCAPE '!' OR index_no LIKE $9 ESCAPE '!'
	       OR (face = 'unseen' AND EXISTS (
	           SELECT 1 FROM publication_copy c WHERE c.item = publication_item.id AND c.title LIKE $9 ESCAPE '!')))
	  AND ($10 = '' OR (kind IN ('policy', 'rule') AND $10 = CASE
	       WHEN repeal_on <> '' AND repeal_on <= $11 THEN 'repealed'
	       WHEN expires <> '' AND expires < $11 THEN 'expired'
	       WHEN effective > $11 THEN 'pending'
	       WHEN amend_on <> '' AND amend_on <= $11 THEN 'amended'
	       ELSE 'valid' END))
	  AND $12 LIKE '%|' || face || '|%'
	  AND ($13 = '' OR $13 LIKE '%|' || work || '|%')
	  AND ($14 = '' OR attribute = $14)`

func (f Filter) args() []any {
	from, to := int64(0), int64(0)
	if f.Year > 0 {
		from = db.Ms(workday.New(f.Year, 1, 1).Start())
		to = db.Ms(workday.New(f.Year+1, 1, 1).Start())
	}
	if !f.From.IsZero() {
		from = max(from, db.Ms(f.From.Start()))
	}
	if !f.To.IsZero() {
		if end := db.Ms(f.To.AddDays(1).Start()); to == 0 || end < to {
			to = end
		}
	}
	places := ""
	if f.Column != "" {
		places = "|" + string(f.Column) + "|"
	} else if f.Part != "" {
		for _, c := range columns {
			if c.Part == f.Part {
				places += "|" + string(c.Code)
			}
		}
		places += "|"
	}
	faces := f.Faces
	if len(faces) == 0 {
		faces = []Face{Public, Archived}
	}
	words := ""
	if w := strings.TrimSpace(f.Words); w != "" {
		words = "%" + strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(w) + "%"
	}
	return []any{f.Units.Key(), f.Unit, places, f.Kind, f.Theme, from, to, f.DocNo, words, f.Validity, f.On, bars(faces), bars(f.Works), f.Attribute}
}

func bars[T ~string](all []T) string {
	if len(all) == 0 {
		return ""
	}
	var b strings.Builder
	for _, v := range all {
		b.WriteString("|" + string(v))
	}
	return b.String() + "|"
}

// List returns a page of items and how many there are on all pages.
func List(tx *db.Tx, f Filter) ([]Row, int, error) {
	args := f.args()
	total, err := db.Value[int](tx, `SELECT count(*)`+listed, args...)
	if err != nil || total == 0 {
		return nil, 0, err
	}
	if f.Size <= 0 {
		f.Size = 20
	}
	order, ok := orders[f.Order]
	if !ok {
		order = orders[Newest]
	}
	rows, err := db.All(tx, scanRow, `SELECT `+itemColumns+listed+` ORDER BY `+order+` LIMIT $15 OFFSET $16`,
		append(args, f.Size, (max(f.Page, 1)-1)*f.Size)...)
	return rows, total, err
}

// Tally is how many public items stand in a column of a unit and when the last
// one came.
type Tally struct {
	Unit   org.ID
	Column Column
	N      int
	Last   time.Time
}

const tallied = `
	SELECT unit, place, count(*), max(published)
	FROM publication_item
	WHERE ` + org.InScope + ` AND face IN ('public', 'archived')
	GROUP BY unit, place
	ORDER BY unit, place`

// Tallies counts public items by unit and column.
func Tallies(tx *db.Tx, scope org.Scope) ([]Tally, error) {
	return db.All(tx, func(r db.Row) (t Tally, err error) {
		var last int64
		err = r.Scan(&t.Unit, &t.Column, &t.N, &last)
		t.Last = db.Time(last)
		return t, err
	}, tallied, scope.Key())
}

const firstAndLast = `
	SELECT coalesce(min(published), 0), coalesce(max(published), 0)
	FROM publication_item
	WHERE ` + org.InScope + ` AND face IN ('public', 'archived') AND ($2 = '' OR kind = $2)`

// Years lists the years in which something of a kind was published, newest
// first, from the first to the last without gaps. "" means any kind.
func Years(tx *db.Tx, scope org.Scope, k Kind) ([]int, error) {
	span, err := db.One(tx, func(r db.Row) (s [2]int64, err error) { return s, r.Scan(&s[0], &s[1]) }, firstAndLast, scope.Key(), k)
	if err != nil || span[0] == 0 {
		return nil, err
	}
	var ys []int
	for y := workday.Today(db.Time(span[1])).Year(); y >= workday.Today(db.Time(span[0])).Year(); y-- {
		ys = append(ys, y)
	}
	return ys, nil
}

// WorkRow is an item that somebody works on, with what the working copy is
// called now.
type WorkRow struct {
	Row
	Working string // the title in the working copy
	SavedBy identity.ID
	SavedAt time.Time
}

const working = `
	SELECT i.id, c.title, c.person, c.at
	FROM publication_item i JOIN publication_copy c ON c.item = i.id
	WHERE i.` + org.InScope + ` AND ($2 = '' OR $2 LIKE '%|' || i.work || '|%') AND ($3 = '' OR c.authors LIKE $3)
	ORDER BY c.at DESC, i.id DESC
	LIMIT $4`

// Working lists what is being worked on in a scope, the last saved first, at
// most n. author limits it to what a person has written on, "" does not.
func Working(tx *db.Tx, scope org.Scope, works []Work, author identity.ID, n int) ([]WorkRow, error) {
	like := ""
	if author != "" {
		like = `%"` + string(author) + `"%`
	}
	rows, err := db.All(tx, func(r db.Row) (w WorkRow, err error) {
		var at int64
		err = r.Scan(&w.ID, &w.Working, &w.SavedBy, &at)
		w.SavedAt = db.Time(at)
		return w, err
	}, working, scope.Key(), bars(works), like, n)
	if err != nil {
		return nil, err
	}
	for i := range rows {
		if rows[i].Row, err = Get(tx, rows[i].ID); err != nil {
			return nil, err
		}
	}
	return rows, nil
}
