package register

import (
	"strconv"
	"strings"
	"time"

	"gongkai/identity"
	"gongkai/internal/fault"
	"gongkai/internal/zh"
	"gongkai/org"
	"gongkai/workday"
)

// LineID names a line.
type LineID string

// Subject is how the ledger names the line.
func (id LineID) Subject() string { return "line/" + string(id) }

// State tells whether a line counts.
type State string

// The states of a line.
const (
	Valid  State = "valid"
	Struck State = "struck" // void, with a reason; nobody moves it again
)

// Values are what is written down of a line, by column. They are kept in one
// spelling: days as YYYY-MM-DD, choices by the ID of the option, money without
// separators.
type Values map[string]string

// Entry is a line to be added.
type Entry struct {
	Unit   org.ID
	Book   BookID
	Total  bool // a total over a period instead of a single line
	Values Values
}

// Line is one line of a register (条目).
type Line struct {
	ID   LineID
	Unit org.ID
	Book BookID
	// Total marks a total over a month or year; its days are the last of the period.
	Total  bool
	Values Values

	No       string       // the unit's own number; of a total, what it is the total of
	Began    workday.Date // received, decided, made
	Ended    workday.Date // decided, repealed; [Open] tells whether there is one
	Quantity int64
	Amount   int64 // ten-thousandths of a yuan
	Other    int64 // the second amount, where a book has two

	State State
	Why   string // why it was struck
	N     int    // its version, counted from 1
	By    identity.ID
	At    time.Time

	// Counts is what the line adds to the fact that was asked for, see [Lines].
	Counts int64

	sort, result, who string
}

// never is the end of what has not ended, so that one range finds it.
var never = workday.New(9999, 12, 31)

// Open tells whether the line has not ended: an application still in hand, a
// document in force.
func (l Line) Open() bool { return l.Ended.Equal(never) }

// Year is the year the line begins in: the book it stands in.
func (l Line) Year() int { return l.Began.Year() }

// Say is a value of the line for people.
func (l Line) Say(c Column) string { return c.Say(l.Values[c.ID]) }

// line makes a line of an entry. It fails with Invalid with a problem for each
// column that is missing or wrong.
func (e Entry) line(today workday.Date) (Line, error) {
	b := ByID(e.Book)
	if b == nil {
		return Line{}, fault.Say(fault.NotFound, sayNoBook)
	}
	if e.Total && !b.Totals {
		return Line{}, fault.Say(fault.Invalid, sayNoTotals, b.Title)
	}
	l := Line{Unit: e.Unit, Book: e.Book, Total: e.Total, Values: Values{}, Quantity: 1, State: Valid, N: 1}
	var ps []fault.Problem
	for _, c := range b.ColumnsFor(e.Total) {
		v, say := c.read(e.Values[c.ID], today)
		if say != "" {
			ps = append(ps, fault.Problem{Field: c.ID, Say: say})
			continue
		}
		if v != "" {
			l.Values[c.ID] = v
		}
		l.put(c, v)
	}
	if l.Ended.IsZero() {
		l.Ended = l.Began
		if b.Spans || b.Stays {
			l.Ended = never
		}
	}
	if e.Total {
		l.No = l.totalOf(b)
	}
	if len(ps) == 0 {
		ps = l.agree(b)
	}
	return l, fault.Problems(ps...)
}

// totalOf says what a total is of, all but its numbers: the same total is not
// entered twice.
func (l Line) totalOf(b *Book) string {
	var s []string
	for _, c := range b.ColumnsFor(true) {
		if c.Kind != Pieces && c.Kind != Money && c.Kind != Long {
			s = append(s, l.Values[c.ID])
		}
	}
	return strings.Join(s, "|")
}

// put takes a value that was read to where it counts.
func (l *Line) put(c Column, v string) {
	switch c.Place {
	case atNo:
		l.No = v
	case atBegin:
		l.Began = lastDay(v)
	case atEnd:
		l.Ended = lastDay(v)
	case atSort:
		l.sort = v
	case atResult:
		l.result = v
	case atWho:
		l.who = v
	case atCount:
		l.Quantity, _ = strconv.ParseInt(v, 10, 64)
	case atAmount:
		l.Amount, _ = parseMoney(v)
	case atOther:
		l.Other, _ = parseMoney(v)
	}
}

// agree checks what columns say of each other.
func (l Line) agree(b *Book) []fault.Problem {
	var ps []fault.Problem
	if together := b.togetherFor(l.Total); len(together) == 2 {
		one, two := together[0], together[1]
		switch {
		case l.Values[one.ID] != "" && l.Values[two.ID] == "":
			ps = append(ps, fault.Problem{Field: two.ID, Say: say(sayTogether, one.Label, two.Label)})
		case l.Values[one.ID] == "" && l.Values[two.ID] != "":
			ps = append(ps, fault.Problem{Field: one.ID, Say: say(sayTogether, two.Label, one.Label)})
		}
	}
	if b.Spans && l.Ended.Before(l.Began) {
		first, last := b.column(atBegin, l.Total), b.column(atEnd, l.Total)
		ps = append(ps, fault.Problem{Field: last.ID, Say: say(sayEndsFirst, last.Label, first.Label)})
	}
	if len(b.AtMost) == 2 && l.Other > l.Amount {
		ps = append(ps, fault.Problem{Field: b.AtMost[0], Say: sayMoreThanAsked})
	}
	return ps
}

// togetherFor are the columns that go together, in a line of the kind: the end
// of a total is its own column.
func (b *Book) togetherFor(total bool) []Column {
	var all []Column
	for _, id := range b.Together {
		for _, c := range b.Columns {
			if c.ID != id {
				continue
			}
			if !c.For(total) {
				c = *b.column(c.Place, total)
			}
			all = append(all, c)
		}
	}
	return all
}

// words is what a search in a book looks at.
func (l Line) words() string {
	var s []string
	for _, c := range ByID(l.Book).ColumnsFor(l.Total) {
		if v := l.Say(c); v != "" {
			s = append(s, zh.Fold(v))
		}
	}
	return strings.Join(s, "\n")
}

// Change is what one version of a line says other than the one before.
type Change struct {
	Column   string // its label
	From, To string // as people read them; "" for nothing
}

// Version is one version of a line, for its history.
type Version struct {
	N       int
	Act     string // add, import, change, strike
	Why     string
	By      identity.ID
	At      time.Time
	Values  Values
	Changes []Change
}

// compare says what changed from one version to the next.
func compare(b *Book, total bool, from, to Values) []Change {
	var all []Change
	for _, c := range b.ColumnsFor(total) {
		if from[c.ID] != to[c.ID] {
			all = append(all, Change{c.Label, c.Say(from[c.ID]), c.Say(to[c.ID])})
		}
	}
	return all
}
