package publication

import (
	"time"

	"gongkai/internal/db"
	"gongkai/org"
	"gongkai/workday"
)

// Facets count the items of a list by what they can be filtered by. Each is
// counted with all filters but its own, so that one sees what another choice
// would bring.
type Facets struct {
	Units      map[org.ID]int
	Themes     map[Theme]int
	Kinds      map[Kind]int
	Validities map[Validity]int
	Years      map[int]int
}

const counted = `
	SELECT unit, theme, kind, CASE
	       WHEN kind NOT IN ('policy', 'rule') THEN ''
	       WHEN repeal_on <> '' AND repeal_on <= $11 THEN 'repealed'
	       WHEN expires <> '' AND expires < $11 THEN 'expired'
	       WHEN effective > $11 THEN 'pending'
	       WHEN amend_on <> '' AND amend_on <= $11 THEN 'amended'
	       ELSE 'valid' END AS validity,
	       (published + 28800000) / 86400000 AS day, count(*)` + listed + `
	GROUP BY 1, 2, 3, 4, 5`

// FacetsOf counts what List would show of f without one of its filters each.
// The day is that of Beijing, eight hours before the database's.
func FacetsOf(tx *db.Tx, f Filter) (Facets, error) {
	all := Facets{map[org.ID]int{}, map[Theme]int{}, map[Kind]int{}, map[Validity]int{}, map[int]int{}}
	wide := f
	wide.Unit, wide.Theme, wide.Kind, wide.Validity, wide.Year = "", "", "", "", 0
	err := db.Each(tx, func(r db.Row) error {
		var unit org.ID
		var theme Theme
		var kind Kind
		var validity Validity
		var day int64
		var n int
		if err := r.Scan(&unit, &theme, &kind, &validity, &day, &n); err != nil {
			return err
		}
		year := workday.New(1970, time.January, 1).AddDays(int(day)).Year()
		u, t, k := f.Unit == "" || f.Unit == unit, f.Theme == "" || f.Theme == theme, f.Kind == "" || f.Kind == kind
		v, y := f.Validity == "" || f.Validity == validity, f.Year == 0 || f.Year == year
		if t && k && v && y {
			all.Units[unit] += n
		}
		if u && k && v && y {
			all.Themes[theme] += n
		}
		if u && t && v && y {
			all.Kinds[kind] += n
		}
		if u && t && k && y {
			all.Validities[validity] += n
		}
		if u && t && k && v {
			all.Years[year] += n
		}
		return nil
	}, counted, wide.args()...)
	return all, err
}
