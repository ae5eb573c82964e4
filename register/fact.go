package register

import (
	"fmt"
	"strings"

	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/org"
	"gongkai/workday"
)

// A Fact is one number of a unit's year, by its stable name.
type Fact struct {
	Name  string // "permit.decisions", "application.deny5.自然人"
	Title string // the same for people
	Book  BookID
	Money bool // in ten-thousandths of a yuan; otherwise pieces

	when              when
	sum               place
	sort, result, who string // "" for any
	minus             string // the result that counts below zero
}

// Facts are the numbers of one unit's year by name. A name that is missing is
// unknown: nobody has written in its book or declared that there was nothing.
type Facts map[string]int64

// when says which lines of a year a fact counts.
type when string

const (
	begun   when = "begun"   // begun in the year
	carried when = "carried" // begun before and not ended by then
	ended   when = "ended"   // ended in the year
	forward when = "forward" // not ended by the end of the year
)

// rule declares facts: one for each combination of the options that its name
// holds in braces.
type rule struct {
	Name  string `json:"name"`
	Title string `json:"title"`
	When  when   `json:"when"`
	Sum   place  `json:"sum"`
	Minus string `json:"minus"`
}

// spell writes a rule out.
func (r rule) spell(b *Book) []Fact {
	all := []Fact{{Name: r.Name, Title: r.Title, Book: b.ID, Money: r.Sum == atAmount || r.Sum == atOther, when: r.When, sum: r.Sum, minus: r.Minus}}
	for _, p := range []place{atSort, atResult, atWho} {
		brace := "{" + string(p) + "}"
		if !strings.Contains(r.Name, brace) {
			continue
		}
		var next []Fact
		for _, f := range all {
			for _, o := range b.column(p, false).Options {
				g := f
				g.Name = strings.ReplaceAll(g.Name, brace, o.ID)
				g.Title = strings.ReplaceAll(g.Title, brace, o.Say())
				switch p {
				case atSort:
					g.sort = o.ID
				case atResult:
					g.result = o.ID
				case atWho:
					g.who = o.ID
				}
				next = append(next, g)
			}
		}
		all = next
	}
	return all
}

// FactNames returns every fact there is, in the order of the books.
func FactNames() []Fact {
	var all []Fact
	for _, b := range books {
		all = append(all, b.facts...)
	}
	return all
}

// FactByName finds a fact.
func FactByName(name string) (Fact, bool) {
	for _, b := range books {
		for _, f := range b.facts {
			if f.Name == name {
				return f, true
			}
		}
	}
	return Fact{}, false
}

// A share is what lines of one kind put into the figures of a year: one line's,
// or the sum of many that are alike.
type share struct {
	unit                    org.ID
	book                    BookID
	sort, result, who       string
	before, open            bool // begun before the year; not ended by its end
	quantity, amount, other int64
}

// of is what a share adds to a fact of its book.
func (f Fact) of(s share) int64 {
	if f.sort != "" && f.sort != s.sort || f.result != "" && f.result != s.result || f.who != "" && f.who != s.who {
		return 0
	}
	switch f.when {
	case begun:
		if s.before {
			return 0
		}
	case carried:
		if !s.before {
			return 0
		}
	case ended:
		if s.open {
			return 0
		}
	case forward:
		if !s.open {
			return 0
		}
	}
	n := s.quantity
	switch f.sum {
	case atAmount:
		n = s.amount
	case atOther:
		n = s.other
	}
	if f.minus != "" && f.minus == s.result {
		n = -n
	}
	return n
}

// shareIn is what a line puts into the figures of a year, false if nothing.
func (l Line) shareIn(year int) (share, bool) {
	from, to := yearSpan(year)
	if l.State == Struck || l.Began.After(to) || !l.Open() && l.Ended.Before(from) {
		return share{}, false
	}
	return share{l.Unit, l.Book, l.sort, l.result, l.who, l.Began.Before(from), l.Open() || l.Ended.After(to), l.Quantity, l.Amount, l.Other}, true
}

// countsIn is what a line adds to each fact of a year, without those it leaves
// alone.
func (l Line) countsIn(year int) Facts {
	s, ok := l.shareIn(year)
	if !ok {
		return nil
	}
	all := Facts{}
	for _, f := range ByID(l.Book).facts {
		if n := f.of(s); n != 0 {
			all[f.Name] = n
		}
	}
	return all
}

func yearSpan(year int) (from, to workday.Date) {
	return workday.New(year, 1, 1), workday.New(year, 12, 31)
}

const sharesOf = `
	SELECT unit, book, sort, result, who, CASE WHEN began < $2 THEN 1 ELSE 0 END AS earlier, CASE WHEN ended > $3 THEN 1 ELSE 0 END AS still,
	       CAST(sum(quantity) AS BIGINT), CAST(sum(amount) AS BIGINT), CAST(sum(other) AS BIGINT)
	FROM register_line
	WHERE unit IN (SELECT unit FROM org_closure WHERE $1 LIKE '%|' || ancestor || '|%')
	  AND state = 'valid' AND began <= $3 AND ended >= $2
	GROUP BY 1, 2, 3, 4, 5, 6, 7
	ORDER BY 1, 2, 3, 4, 5, 6, 7`

const knownIn = `
	SELECT unit, book FROM register_book
	WHERE unit IN (SELECT unit FROM org_closure WHERE $1 LIKE '%|' || ancestor || '|%') AND year = $2 AND state <> 'blank'
	ORDER BY unit, book`

// Counts returns the facts of every unit in a scope for a year, in two queries
// however many units there are. A unit that has written nothing is left out.
func Counts(tx *db.Tx, scope org.Scope, year int) (map[org.ID]Facts, error) {
	all := map[org.ID]Facts{}
	type page struct {
		unit org.ID
		book BookID
	}
	known := map[page]bool{}
	err := db.Each(tx, func(r db.Row) error {
		var p page
		if err := r.Scan(&p.unit, &p.book); err != nil {
			return err
		}
		b := ByID(p.book)
		if b == nil {
			return fmt.Errorf("register: there is no book %s", p.book)
		}
		known[p] = true
		if all[p.unit] == nil {
			all[p.unit] = Facts{}
		}
		for _, f := range b.facts {
			all[p.unit][f.Name] = 0
		}
		return nil
	}, knownIn, scope.Key(), year)
	if err != nil {
		return nil, err
	}
	from, to := yearSpan(year)
	err = db.Each(tx, func(r db.Row) error {
		var s share
		var before, open int64
		if err := r.Scan(&s.unit, &s.book, &s.sort, &s.result, &s.who, &before, &open, &s.quantity, &s.amount, &s.other); err != nil {
			return err
		}
		s.before, s.open = before == 1, open == 1
		if !known[page{s.unit, s.book}] {
			return nil
		}
		for _, f := range ByID(s.book).facts {
			all[s.unit][f.Name] += f.of(s)
		}
		return nil
	}, sharesOf, scope.Key(), from, to)
	return all, err
}

// Count returns the facts of one unit's own year, without the units below it.
func Count(tx *db.Tx, unit org.ID, year int) (Facts, error) {
	all, err := Counts(tx, org.Under(unit), year)
	if err != nil || all[unit] == nil {
		return Facts{}, err
	}
	return all[unit], nil
}

// PageSize is how many lines are on a page of a list.
const PageSize = 50

const linesOf = `
	SELECT ` + lineColumns + `, count(*) OVER ()
	FROM register_line
	WHERE unit = $1 AND book = $2 AND state = 'valid' AND began <= $4 AND ended >= $3
	  AND ($5 = '' OR sort = $5) AND ($6 = '' OR result = $6) AND ($7 = '' OR who = $7)
	  AND ($8 <> 'begun' OR began >= $3) AND ($8 <> 'carried' OR began < $3)
	  AND ($8 <> 'ended' OR ended <= $4) AND ($8 <> 'forward' OR ended > $4)
	ORDER BY began, id
	LIMIT $9 OFFSET $10`

// Lines returns a page of the lines that a fact of a unit's year counts, oldest
// first, and how many there are in all. Line.Counts is what each adds to the
// fact; over all pages they sum up to it. Pages are numbered from 1. It fails
// with NotFound for a fact that does not exist.
func Lines(tx *db.Tx, unit org.ID, year int, fact string, page int) (lines []Line, total int, err error) {
	f, ok := FactByName(fact)
	if !ok {
		return nil, 0, fault.Say(fault.NotFound, sayNoFact)
	}
	from, to := yearSpan(year)
	err = db.Each(tx, func(r db.Row) error {
		l, err := scanLine(r, &total)
		if err != nil {
			return err
		}
		s, _ := l.shareIn(year)
		l.Counts = f.of(s)
		lines = append(lines, l)
		return nil
	}, linesOf, unit, f.Book, from, to, f.sort, f.result, f.who, f.when, PageSize, (max(page, 1)-1)*PageSize)
	return lines, total, err
}
