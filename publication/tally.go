package publication

import (
	"regexp"
	"strings"

	"gongkai/internal/db"
	"gongkai/org"
	"gongkai/workday"
)

// DocumentFact names what is counted in a unit's year. "normative.issued" is
// about documents: before the dot stands their class, regulation (规章) or
// normative (行政规范性文件). The others are about items of all kinds.
type DocumentFact string

// What items of all kinds are counted for.
const (
	PublishedItems  DocumentFact = "published"       // first made public in the year
	Interpretations DocumentFact = "interpretations" // of them, those that interpret policy
	WithdrawnItems  DocumentFact = "withdrawn"       // taken back in the year
)

// What documents are counted for, after the class.
const (
	Issued     = ".issued"    // made in the year
	RepealedIn = ".repealed"  // repealed or replaced in the year
	InForce    = ".in_force"  // holding at the end of the year
	PublicIn   = ".published" // made public in the year
	PublicBy   = ".total"     // public by the end of the year
)

var documentFacts = []string{Issued, RepealedIn, InForce, PublicIn, PublicBy}

// The classes of documents that the annual report counts.
const (
	regulation = "regulation" // 规章
	normative  = "normative"  // 行政规范性文件
)

var (
	decree        = regexp.MustCompile(`令.{0,12}第?\d+号?$`)
	normativeName = regexp.MustCompile(`(办法|规定|细则|规则|规范|标准|意见|决定|通告)(（[^）]{2,8}）)?》?(部分条款)?(的通知|的决定)?$`)
)

// class tells what a document counts as: a decree is a regulation; a normative
// document is one numbered as such (规) or whose title says that it lays down
// rules (国办发〔2018〕37号). Plans, key points and notices of meetings are neither.
func (r Row) class() string {
	no, _, _ := strings.Cut(r.DocNo, "〔")
	switch {
	case r.Kind != Policy || r.DocNo == "":
		return ""
	case decree.MatchString(r.DocNo):
		return regulation
	case strings.Contains(no, "规"), normativeName.MatchString(r.Title):
		return normative
	}
	return ""
}

// counted tells whether a document counts for one fact of a year.
func (r Row) counted(fact string, year int) bool {
	end := workday.New(year, 12, 31)
	public := workday.Today(r.Published).Year()
	switch fact {
	case Issued:
		return r.Made.Year() == year
	case RepealedIn:
		return !r.RepealOn.IsZero() && r.RepealOn.Year() == year
	case InForce:
		return !r.Made.After(end) && r.Life.On(end).Holds()
	case PublicIn:
		return public == year
	case PublicBy:
		return public <= year
	}
	return false
}

const publicDocuments = `
	SELECT ` + itemColumns + `
	FROM publication_item
	WHERE ` + org.InScope + ` AND ($2 = '' OR unit = $2) AND face IN ('public', 'archived') AND kind = 'policy' AND made < $3
	ORDER BY made, id`

const unitsInScope = `
	SELECT unit FROM org_closure WHERE $1 LIKE '%|' || ancestor || '|%'
	GROUP BY unit ORDER BY unit`

// DocumentFacts lists everything documents are counted for.
func DocumentFacts() []DocumentFact {
	var all []DocumentFact
	for _, class := range []string{regulation, normative} {
		for _, f := range documentFacts {
			all = append(all, DocumentFact(class+f))
		}
	}
	return append(all, PublishedItems, Interpretations, WithdrawnItems)
}

// itemsIn are the items of a scope, or of one unit in it, that a fact about items
// of all kinds counts; $5 is the fact.
const itemsIn = `
	FROM publication_item
	WHERE ` + org.InScope + ` AND ($2 = '' OR unit = $2)
	  AND (($5 = 'published' AND published >= $3 AND published < $4)
	    OR ($5 = 'interpretations' AND published >= $3 AND published < $4 AND kind = 'interpretation')
	    OR ($5 = 'withdrawn' AND gone_at >= $3 AND gone_at < $4 AND face = 'withdrawn'))`

func itemArgs(scope org.Scope, unit org.ID, year int, f DocumentFact) []any {
	return []any{scope.Key(), unit, db.Ms(workday.New(year, 1, 1).Start()), db.Ms(workday.New(year+1, 1, 1).Start()), f}
}

func countItems(tx *db.Tx, scope org.Scope, year int, all map[org.ID]map[DocumentFact]int) error {
	for _, f := range []DocumentFact{PublishedItems, Interpretations, WithdrawnItems} {
		err := db.Each(tx, func(r db.Row) error {
			var u org.ID
			var n int
			err := r.Scan(&u, &n)
			all[u][f] = n
			return err
		}, `SELECT unit, count(*)`+itemsIn+` GROUP BY unit ORDER BY unit`, itemArgs(scope, "", year, f)...)
		if err != nil {
			return err
		}
	}
	return nil
}

// DocumentCounts counts documents and items of every unit in
// a scope for a calendar year, as far as they were published here.
func DocumentCounts(tx *db.Tx, scope org.Scope, year int) (map[org.ID]map[DocumentFact]int, error) {
	all := map[org.ID]map[DocumentFact]int{}
	err := db.Each(tx, func(r db.Row) error {
		var u org.ID
		if err := r.Scan(&u); err != nil {
			return err
		}
		all[u] = map[DocumentFact]int{}
		for _, f := range DocumentFacts() {
			all[u][f] = 0
		}
		return nil
	}, unitsInScope, scope.Key())
	if err != nil {
		return nil, err
	}
	rows, err := db.All(tx, scanRow, publicDocuments, scope.Key(), "", workday.New(year+1, 1, 1))
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		class := r.class()
		if class == "" {
			continue
		}
		for _, f := range documentFacts {
			if r.counted(f, year) {
				all[r.Unit][DocumentFact(class+f)]++
			}
		}
	}
	return all, countItems(tx, scope, year, all)
}

// DocumentsOf returns a page (from 1) of the documents or items behind a fact of one
// unit's year, the oldest first, and how many there are in all.
func DocumentsOf(tx *db.Tx, unit org.ID, year int, fact DocumentFact, page, size int) ([]Row, int, error) {
	class, what, dotted := strings.Cut(string(fact), ".")
	if !dotted {
		args := itemArgs(org.Under(unit), unit, year, fact)
		total, err := db.Value[int](tx, `SELECT count(*)`+itemsIn, args...)
		if err != nil || total == 0 {
			return nil, 0, err
		}
		rows, err := db.All(tx, scanRow, `SELECT `+itemColumns+itemsIn+` ORDER BY published, id LIMIT $6 OFFSET $7`,
			append(args, size, (max(page, 1)-1)*size)...)
		return rows, total, err
	}
	rows, err := db.All(tx, scanRow, publicDocuments, org.Under(unit).Key(), unit, workday.New(year+1, 1, 1))
	if err != nil {
		return nil, 0, err
	}
	var hits []Row
	for _, r := range rows {
		if r.class() == class && r.counted("."+what, year) {
			hits = append(hits, r)
		}
	}
	from := min((max(page, 1)-1)*size, len(hits))
	return hits[from:min(from+size, len(hits))], len(hits), nil
}
