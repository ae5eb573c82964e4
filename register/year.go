package register

import (
	"context"
	"slices"
	"strconv"
	"time"

	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/ledger"
	"gongkai/org"
	"gongkai/workday"
)

// BookState tells what a unit has said of a book's year.
type BookState string

// The states of a book's year. From blank the unit moves next.
const (
	Blank    BookState = "blank" // nothing is known
	Open     BookState = "open"  // lines begin or end in it
	Declared BookState = "none"  // declared: nothing began or ended in it (本年无)
)

const (
	lockUnit   = "unit"
	lockOffice = "office"
)

// Year is one book of a unit in one year (一本台账).
type Year struct {
	Unit  org.ID      `json:"unit"`
	Book  BookID      `json:"book"`
	Year  int         `json:"year"`
	State BookState   `json:"state"`
	Lock  string      `json:"lock"` // "", "unit" or "office": closed by whom
	Why   string      `json:"why"`  // why it was opened again, at last
	By    identity.ID `json:"by"`
	At    time.Time   `json:"at"`
}

// Closed tells whether the year was closed (封账).
func (y Year) Closed() bool { return y.Lock != "" }

// Locked tells whether only the office in charge can open it again.
func (y Year) Locked() bool { return y.Lock == lockOffice }

// Subject is how the ledger names the book's year.
func (y Year) Subject() string {
	return "book/" + string(y.Unit) + "/" + string(y.Book) + "/" + strconv.Itoa(y.Year)
}

const yearColumns = `unit, book, year, state, lock, why, person, at`

func scanYear(r db.Row) (y Year, err error) {
	var at int64
	err = r.Scan(&y.Unit, &y.Book, &y.Year, &y.State, &y.Lock, &y.Why, &y.By, &at)
	y.At = db.Time(at)
	return y, err
}

const oneYear = `SELECT ` + yearColumns + ` FROM register_book WHERE unit = $1 AND book = $2 AND year = $3`

// YearOf returns a unit's book of a year, blank when nobody has touched it.
func YearOf(tx *db.Tx, unit org.ID, book BookID, year int) (Year, error) {
	y, err := db.One(tx, scanYear, oneYear, unit, book, year)
	if fault.KindOf(err) == fault.NotFound {
		return Year{Unit: unit, Book: book, Year: year, State: Blank}, nil
	}
	return y, err
}

const putYear = `
	INSERT INTO register_book (unit, book, year, state, lock, why, person, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
	ON CONFLICT (unit, book, year) DO UPDATE SET
		state = excluded.state, lock = excluded.lock, why = excluded.why, person = excluded.person, at = excluded.at`

// enter writes a book's year and the act into the ledger.
func (y Year) enter(tx *db.Tx, by ledger.Who, act string) error {
	y.By, y.At = identity.ID(by.LedgerWho()), tx.Now
	if _, err := tx.Exec(putYear, y.Unit, y.Book, y.Year, y.State, y.Lock, y.Why, y.By, db.Ms(y.At)); err != nil {
		return err
	}
	public := map[string]any{"book": y.Book, "year": y.Year}
	if act == "register.reopen" {
		public["why"] = y.Why
	}
	_, err := ledger.Append(tx, by, act, y.Subject(), ledger.DigestOf(y), public)
	return err
}

const happened = `
	SELECT count(*) FROM register_line
	WHERE unit = $1 AND book = $2 AND state = 'valid' AND ended >= $3 AND began <= $4 AND (began >= $3 OR ended <= $4)`

// linesIn counts the lines that begin or end in a year.
func linesIn(tx *db.Tx, unit org.ID, book BookID, year int) (int, error) {
	from, to := yearSpan(year)
	return db.Value[int](tx, happened, unit, book, from, to)
}

// settle brings the state of some years of a book in line with their lines.
func settle(tx *db.Tx, by ledger.Who, unit org.ID, book BookID, years []int) error {
	slices.Sort(years)
	for _, year := range slices.Compact(years) {
		y, err := YearOf(tx, unit, book, year)
		if err != nil {
			return err
		}
		n, err := linesIn(tx, unit, book, year)
		if err != nil {
			return err
		}
		switch {
		case n > 0 && y.State != Open:
			y.State = Open
			err = y.enter(tx, by, "register.open")
		case n == 0 && y.State == Open:
			y.State = Blank
			err = y.enter(tx, by, "register.empty")
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Declare says that nothing began or ended in a year of a book (本年无), so that
// its figures are zero instead of unknown. It fails with Forbidden without
// identity.RegisterWrite, NotFound for an unknown unit or book, Invalid for a
// year to come, Conflict when there are lines, TooLate when the year is closed.
func (rs *Registers) Declare(ctx context.Context, by identity.Actor, unit org.ID, book BookID, year int) error {
	return rs.db.Write(ctx, func(tx *db.Tx) error {
		y, b, err := writable(tx, by, unit, book, year)
		if err != nil {
			return err
		}
		n, err := linesIn(tx, unit, book, year)
		if err != nil {
			return err
		}
		if n > 0 {
			return fault.Say(fault.Conflict, sayHasLines, year, b.Title, n)
		}
		if y.State == Declared {
			return nil
		}
		y.State = Declared
		return y.enter(tx, by, "register.declare")
	})
}

// Undeclare takes such a declaration back: the year is unknown again. It fails
// like [Registers.Declare], and with Conflict when there is none.
func (rs *Registers) Undeclare(ctx context.Context, by identity.Actor, unit org.ID, book BookID, year int) error {
	return rs.db.Write(ctx, func(tx *db.Tx) error {
		y, b, err := writable(tx, by, unit, book, year)
		if err != nil {
			return err
		}
		if y.State != Declared {
			return fault.Say(fault.Conflict, sayNotNone, year, b.Title)
		}
		y.State = Blank
		return y.enter(tx, by, "register.undeclare")
	})
}

// writable loads a book's year that the actor may write in.
func writable(tx *db.Tx, by identity.Actor, unit org.ID, book BookID, year int) (Year, *Book, error) {
	b := ByID(book)
	if b == nil {
		return Year{}, nil, fault.Say(fault.NotFound, sayNoBook)
	}
	if err := mayWrite(tx, by, unit); err != nil {
		return Year{}, nil, err
	}
	if year < firstYear || year > workday.Today(tx.Now).Year() {
		return Year{}, nil, fault.Say(fault.Invalid, sayNotYet, year)
	}
	y, err := YearOf(tx, unit, book, year)
	if err == nil && y.Closed() {
		err = fault.Say(fault.TooLate, sayClosed, year, b.Title)
	}
	return y, b, err
}

// Close closes a book's year (封账): its figures stand. Whoever has
// identity.RegisterLock locks it, so that the unit cannot open it by itself. It
// fails with Forbidden, NotFound, Conflict when nothing is known of the year, it
// is not over yet, or it is closed already.
func (rs *Registers) Close(ctx context.Context, by identity.Actor, unit org.ID, book BookID, year int) error {
	return rs.db.Write(ctx, func(tx *db.Tx) error { return closeBook(tx, by, unit, book, year) })
}

func closeBook(tx *db.Tx, by identity.Actor, unit org.ID, book BookID, year int) error {
	b := ByID(book)
	if b == nil {
		return fault.Say(fault.NotFound, sayNoBook)
	}
	lock, err := mayClose(tx, by, unit)
	if err != nil {
		return err
	}
	y, err := YearOf(tx, unit, book, year)
	if err != nil {
		return err
	}
	switch {
	case year >= workday.Today(tx.Now).Year():
		return fault.Say(fault.Conflict, sayCloseEarly, year)
	case y.State == Blank:
		return fault.Say(fault.Conflict, sayUnknown, year, b.Title)
	case y.Lock == lock || y.Lock == lockOffice:
		return fault.Say(fault.Conflict, sayIsClosed, year, b.Title)
	}
	y.Lock = lock
	return y.enter(tx, by, "register.close")
}

// mayClose tells as whom the actor closes, and opens again.
func mayClose(tx *db.Tx, by identity.Actor, unit org.ID) (lock string, err error) {
	if !by.Can(identity.RegisterLock, unit) {
		return lockUnit, mayWrite(tx, by, unit)
	}
	tree, err := org.Load(tx)
	if err != nil {
		return "", err
	}
	_, err = tree.Get(unit)
	return lockOffice, err
}

// CloseAll closes every book of a unit's year of which something is known, and
// returns those that the report asks for and that are still blank. It fails as
// [Registers.Close] does, but not for what is closed already.
func (rs *Registers) CloseAll(ctx context.Context, by identity.Actor, unit org.ID, year int) (blank []BookID, err error) {
	err = rs.db.Write(ctx, func(tx *db.Tx) error {
		blank = nil
		if _, err := mayClose(tx, by, unit); err != nil {
			return err
		}
		if year < firstYear || year >= workday.Today(tx.Now).Year() {
			return fault.Say(fault.Conflict, sayCloseEarly, year)
		}
		for _, b := range books {
			y, err := YearOf(tx, unit, b.ID, year)
			if err != nil {
				return err
			}
			if y.State == Blank {
				if b.Asked(year) {
					blank = append(blank, b.ID)
				}
				continue
			}
			if y.Locked() || y.Closed() && !by.Can(identity.RegisterLock, unit) {
				continue
			}
			if err := closeBook(tx, by, unit, b.ID, year); err != nil {
				return err
			}
		}
		return nil
	})
	return blank, err
}

// Reopen opens a closed year again, with a reason that is kept. It fails with
// Forbidden when the office locked it and the actor lacks identity.RegisterLock,
// NotFound, Invalid without a reason, Conflict when it is not closed.
func (rs *Registers) Reopen(ctx context.Context, by identity.Actor, unit org.ID, book BookID, year int, why string) error {
	return rs.db.Write(ctx, func(tx *db.Tx) error {
		b := ByID(book)
		if b == nil {
			return fault.Say(fault.NotFound, sayNoBook)
		}
		lock, err := mayClose(tx, by, unit)
		if err != nil {
			return err
		}
		y, err := YearOf(tx, unit, book, year)
		if err != nil {
			return err
		}
		if !y.Closed() {
			return fault.Say(fault.Conflict, sayNotClosed, year, b.Title)
		}
		if y.Locked() && lock != lockOffice {
			return fault.Say(fault.Forbidden, sayClosedBy, year, b.Title)
		}
		if y.Why, err = reason(why, sayWhyReopen); err != nil {
			return err
		}
		y.Lock = ""
		return y.enter(tx, by, "register.reopen")
	})
}
