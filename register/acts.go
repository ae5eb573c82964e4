package register

import (
	"context"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/org"
	"gongkai/workday"
)

// Registers is the holder of all registers.
type Registers struct{ db *db.DB }

// New returns the registers kept in d.
func New(d *db.DB) *Registers { return &Registers{db: d} }

// Add writes a line into a unit's book. The first one opens the book for its
// year and replaces a declaration that there was nothing. It fails with Forbidden
// without identity.RegisterWrite in the unit, NotFound for an unknown unit or
// book, Invalid with a problem for each wrong column, Conflict when the unit's
// number is already there, TooLate when a closed year would change.
func (rs *Registers) Add(ctx context.Context, by identity.Actor, e Entry) (id LineID, err error) {
	err = rs.db.Write(ctx, func(tx *db.Tx) error {
		if err := mayWrite(tx, by, e.Unit); err != nil {
			return err
		}
		l, err := e.line(workday.Today(tx.Now))
		if err != nil {
			return err
		}
		if err := insert(tx, by, "register.add", &l); err != nil {
			return err
		}
		id = l.ID
		return settle(tx, by, l.Unit, l.Book, l.years())
	})
	return id, err
}

func mayWrite(tx *db.Tx, by identity.Actor, unit org.ID) error {
	if err := by.Check(identity.RegisterWrite, unit); err != nil {
		return err
	}
	tree, err := org.Load(tx)
	if err != nil {
		return err
	}
	_, err = tree.Get(unit)
	return err
}

// insert writes a new line that was read.
func insert(tx *db.Tx, by identity.Actor, act string, l *Line) error {
	if err := unclosed(tx, Line{State: Struck, Unit: l.Unit, Book: l.Book}, *l); err != nil {
		return err
	}
	if err := unique(tx, *l); err != nil {
		return err
	}
	return enter(tx, by, act, l)
}

// enter writes a new line of which nothing more is to be asked.
func enter(tx *db.Tx, by identity.Actor, act string, l *Line) error {
	l.ID, l.By, l.At = LineID(tx.NewID()), identity.ID(by.LedgerWho()), tx.Now
	return save(tx, by, act, *l, "")
}

func unique(tx *db.Tx, l Line) error {
	twice, err := known(tx, l)
	if err != nil || !twice {
		return err
	}
	if l.Total {
		return fault.Say(fault.Conflict, sayTotalTwice)
	}
	return fault.Say(fault.Conflict, sayTwice, l.No)
}

// Change replaces the values of a line; n is the version they build on. Its
// earlier version stays. It fails like [Registers.Add], with NotFound for a line
// that does not exist, and with Conflict when somebody changed it in between, it
// is struck or nothing is changed. Why may be empty.
func (rs *Registers) Change(ctx context.Context, by identity.Actor, id LineID, n int, values Values, why string) error {
	return rs.db.Write(ctx, func(tx *db.Tx) error {
		old, err := editable(tx, by, id, n)
		if err != nil {
			return err
		}
		l, err := Entry{Unit: old.Unit, Book: old.Book, Total: old.Total, Values: values}.line(workday.Today(tx.Now))
		if err != nil {
			return err
		}
		if maps.Equal(old.Values, l.Values) {
			return fault.Say(fault.Conflict, saySame)
		}
		if err := unclosed(tx, old, l); err != nil {
			return err
		}
		l.ID, l.N, l.By, l.At = id, old.N+1, identity.ID(by.LedgerWho()), tx.Now
		if err := unique(tx, l); err != nil {
			return err
		}
		if what := personal(why); what != "" {
			return fault.Problems(fault.Problem{Field: "why", Say: say(sayPersonal, "修改的原因", what)})
		}
		if err := save(tx, by, "register.change", l, cut(why)); err != nil {
			return err
		}
		return settle(tx, by, l.Unit, l.Book, append(old.years(), l.years()...))
	})
}

// Strike makes a line void (作废). It stays to be read with the reason. It fails
// with Forbidden, NotFound, Invalid without a reason, Conflict when the line was
// changed in between or is struck already, TooLate when a closed year would change.
func (rs *Registers) Strike(ctx context.Context, by identity.Actor, id LineID, n int, why string) error {
	return rs.db.Write(ctx, func(tx *db.Tx) error {
		old, err := editable(tx, by, id, n)
		if err != nil {
			return err
		}
		if why, err = reason(why, sayWhyStrike); err != nil {
			return err
		}
		l := old
		l.State, l.Why, l.N, l.By, l.At = Struck, why, old.N+1, identity.ID(by.LedgerWho()), tx.Now
		if err := unclosed(tx, old, l); err != nil {
			return err
		}
		if err := save(tx, by, "register.strike", l, why); err != nil {
			return err
		}
		return settle(tx, by, l.Unit, l.Book, old.years())
	})
}

// editable loads a line that may be changed by somebody who saw version n.
func editable(tx *db.Tx, by identity.Actor, id LineID, n int) (Line, error) {
	l, err := Get(tx, id)
	if err != nil {
		return l, err
	}
	if err := by.Check(identity.RegisterWrite, l.Unit); err != nil {
		return l, err
	}
	if l.State == Struck {
		return l, fault.Say(fault.Conflict, sayIsStruck)
	}
	if l.N != n {
		return l, fault.Say(fault.Conflict, sayMoved)
	}
	return l, nil
}

// reason is why something is done, which must be said in four characters at
// least and must not name a person's number.
func reason(why, lacking string) (string, error) {
	why = strings.TrimSpace(why)
	if utf8.RuneCountInString(why) < 4 {
		return "", fault.Problems(fault.Problem{Field: "why", Say: lacking})
	}
	if what := personal(why); what != "" {
		return "", fault.Problems(fault.Problem{Field: "why", Say: say(sayPersonal, "理由", what)})
	}
	return cut(why), nil
}

// cut bounds a reason.
func cut(why string) string {
	r := []rune(strings.TrimSpace(why))
	return string(r[:min(len(r), maxLong)])
}

// years are the years in which a line begins and ends: those whose book it opens.
func (l Line) years() []int {
	years := []int{l.Year()}
	if !l.Open() && l.Ended.Year() != l.Year() {
		years = append(years, l.Ended.Year())
	}
	return years
}

const closedYears = `SELECT year, lock FROM register_book WHERE unit = $1 AND book = $2 AND lock <> '' ORDER BY year`

// closed is a closed year of a book, and by whom.
type closed struct {
	year int
	lock string
}

func closedOf(tx *db.Tx, unit org.ID, book BookID) ([]closed, error) {
	return db.All(tx, func(r db.Row) (c closed, err error) { return c, r.Scan(&c.year, &c.lock) }, closedYears, unit, book)
}

// unclosed refuses what would change a closed year.
func unclosed(tx *db.Tx, old, l Line) error {
	all, err := closedOf(tx, l.Unit, l.Book)
	if err != nil {
		return err
	}
	return spares(all, old, l)
}

// spares refuses what would change one of some closed years: its figures, or
// what a line of it says but for how it ended later.
func spares(years []closed, old, l Line) error {
	b := ByID(l.Book)
	for _, c := range years {
		if !maps.Equal(old.countsIn(c.year), l.countsIn(c.year)) || l.stands(c.year, old) && b.rewrites(old, l) {
			if c.lock == lockOffice {
				return fault.Say(fault.TooLate, sayClosedBy, c.year, b.Title)
			}
			return fault.Say(fault.TooLate, sayClosed, c.year, b.Title)
		}
	}
	return nil
}

// stands tells whether the line stands in the book of a year, before or after.
func (l Line) stands(year int, old Line) bool {
	return l.Year() == year || old.State == Valid && old.Year() == year
}

// rewrites tells whether a change touches more than how a line ended.
func (b *Book) rewrites(old, l Line) bool {
	if !b.Spans || old.State != l.State {
		return true
	}
	for _, c := range b.ColumnsFor(l.Total) {
		later := c.Place == atEnd || c.Place == atResult || c.Place == atOther || slices.Contains(b.Together, c.ID) || c.Kind == Long
		if !later && old.Values[c.ID] != l.Values[c.ID] {
			return true
		}
	}
	return false
}
