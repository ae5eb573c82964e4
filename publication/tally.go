package publication

import (
	"regexp"
	"strings"

	"gongkai/internal/db"
	"gongkai/org"
	"gongkai/workday"
)

// DocumentFact names what the documents of a unit's year are counted for, such
// as "normative.issued". Before the dot stands the class of the document:
// regulation (规章) or normative (行政规范性文件).
type DocumentFact string

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
	return all
}

// DocumentCounts counts the regulations and normative documents of every unit in
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
	return all, nil
}

// DocumentsOf returns a page (from 1) of the documents behind a fact of one
// unit's year, the oldest first, and how many there are in all.
func DocumentsOf(tx *db.Tx, unit org.ID, year int, fact DocumentFact, page, size int) ([]Row, int, error) {
	class, what, _ := strings.Cut(string(fact), ".")
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
