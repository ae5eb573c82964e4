package register

import (
	"strings"
	"time"

	"gongkai/internal/db"
	"gongkai/internal/zh"
	"gongkai/org"
)

// Show narrows a list of lines.
type Show string

// What a list shows.
const (
	ShowValid  Show = ""
	ShowOpen   Show = "open"   // not ended: applications in hand, documents in force
	ShowTotals Show = "total"  // totals only
	ShowStruck Show = "struck" // void lines only
)

// Filter says which lines of a unit's book a list shows.
type Filter struct {
	Unit org.ID
	Book BookID
	Year int // lines that matter in it: begun by its end and not ended before
	Show Show
	Text string // words that must all occur
	Page int    // from 1; 0 means all, for an export
}

const listed = `
	SELECT ` + lineColumns + `, count(*) OVER ()
	FROM register_line
	WHERE unit = $1 AND book = $2 AND ended >= $3 AND began <= $4 AND state = $5
	  AND ($6 <> 'open' OR ended = '9999-12-31') AND ($6 <> 'total' OR total = 1)
	  AND words LIKE $7 ESCAPE '\' AND words LIKE $8 ESCAPE '\' AND words LIKE $9 ESCAPE '\'
	ORDER BY began DESC, id DESC
	LIMIT $10 OFFSET $11`

// MaxExport is how many lines an export holds at most.
const MaxExport = 50_000

// List returns the lines of a filter, the latest first, and how many there are.
// Of the text the first three words are looked for.
func List(tx *db.Tx, f Filter) (lines []Line, total int, err error) {
	from, to := yearSpan(f.Year)
	state := Valid
	if f.Show == ShowStruck {
		state = Struck
	}
	words := []string{"%", "%", "%"}
	for i, w := range strings.Fields(f.Text) {
		if i < len(words) {
			words[i] = "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(zh.Fold(w)) + "%"
		}
	}
	size, skip := PageSize, (max(f.Page, 1)-1)*PageSize
	if f.Page == 0 {
		size, skip = MaxExport, 0
	}
	err = db.Each(tx, func(r db.Row) error {
		l, err := scanLine(r, &total)
		lines = append(lines, l)
		return err
	}, listed, f.Unit, f.Book, from, to, state, f.Show, words[0], words[1], words[2], size, skip)
	return lines, total, err
}

// Status is how far a unit's book of a year is.
type Status struct {
	Year
	Lines    int       // that begin or end in the year
	Quantity int64     // what those that begin in it count
	Carried  int       // lines from before that had not ended when it began
	InHand   int       // lines that have not ended
	Last     time.Time // when a line was last written
}

const yearsIn = `
	SELECT ` + yearColumns + ` FROM register_book
	WHERE unit IN (SELECT unit FROM org_closure WHERE $1 LIKE '%|' || ancestor || '|%') AND year = $2
	ORDER BY unit, book`

const tallied = `
	SELECT unit, book, sum(CASE WHEN began >= $2 OR ended <= $3 THEN 1 ELSE 0 END),
	       CAST(sum(CASE WHEN began >= $2 THEN quantity ELSE 0 END) AS BIGINT),
	       sum(CASE WHEN began < $2 THEN 1 ELSE 0 END), sum(CASE WHEN ended > $3 THEN 1 ELSE 0 END), max(at)
	FROM register_line
	WHERE unit IN (SELECT unit FROM org_closure WHERE $1 LIKE '%|' || ancestor || '|%')
	  AND state = 'valid' AND ended >= $2 AND began <= $3
	GROUP BY unit, book
	ORDER BY unit, book`

// Statuses tells how far the books of a year are, for every unit in a scope. A
// book that nobody has touched is missing.
func Statuses(tx *db.Tx, scope org.Scope, year int) (map[org.ID]map[BookID]Status, error) {
	all := map[org.ID]map[BookID]Status{}
	put := func(s Status) {
		if all[s.Unit] == nil {
			all[s.Unit] = map[BookID]Status{}
		}
		all[s.Unit][s.Book] = s
	}
	err := db.Each(tx, func(r db.Row) error {
		y, err := scanYear(r)
		put(Status{Year: y})
		return err
	}, yearsIn, scope.Key(), year)
	if err != nil {
		return nil, err
	}
	from, to := yearSpan(year)
	err = db.Each(tx, func(r db.Row) error {
		var s Status
		var last int64
		if err := r.Scan(&s.Unit, &s.Book, &s.Lines, &s.Quantity, &s.Carried, &s.InHand, &last); err != nil {
			return err
		}
		s.Last = db.Time(last)
		if old, ok := all[s.Unit][s.Book]; ok {
			s.Year = old.Year
		} else {
			s.Year.Year, s.State = year, Blank
		}
		put(s)
		return nil
	}, tallied, scope.Key(), from, to)
	return all, err
}

// StatusOf tells how far one unit's books of a year are, one status for each
// book in the order of [Books].
func StatusOf(tx *db.Tx, unit org.ID, year int) ([]Status, error) {
	all, err := Statuses(tx, org.Under(unit), year)
	if err != nil {
		return nil, err
	}
	var out []Status
	for _, b := range books {
		s, ok := all[unit][b.ID]
		if !ok {
			s = Status{Year: Year{Unit: unit, Book: b.ID, Year: year, State: Blank}}
		}
		out = append(out, s)
	}
	return out, nil
}
