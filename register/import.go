package register

import (
	"context"
	"maps"
	"slices"
	"strconv"

	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/org"
	"gongkai/workday"
)

// Checked is a row of a sheet after it was looked at.
type Checked struct {
	Row
	Line  Line     // what it would become
	Wrong []string // what must be mended, each naming its cell
	Known bool     // it is in the book already, or an earlier row says the same; it is not imported
	Note  string   // why it is left out
}

// Preview is what an import would do.
type Preview struct {
	Rows              []Checked
	New, Known, Wrong int
}

// Check looks at the rows of a sheet as [Registers.Import] will, and changes
// nothing. It fails with Forbidden, and with NotFound for an unknown unit or book.
func Check(tx *db.Tx, by identity.Actor, unit org.ID, book BookID, rows []Row) (Preview, error) {
	var p Preview
	if err := mayWrite(tx, by, unit); err != nil {
		return p, err
	}
	if ByID(book) == nil {
		return p, fault.Say(fault.NotFound, sayNoBook)
	}
	years, err := closedOf(tx, unit, book)
	if err != nil {
		return p, err
	}
	today := workday.Today(tx.Now)
	seen := map[string]int{}
	for _, r := range rows {
		c := Checked{Row: r}
		c.Line, err = Entry{Unit: unit, Book: book, Total: r.Total, Values: r.Cells}.line(today)
		for _, problem := range fault.Fields(err) {
			c.Wrong = append(c.Wrong, r.Place(problem.Field)+"："+problem.Say)
		}
		if err == nil {
			err = c.compare(tx, seen, years)
		}
		if err != nil && len(c.Wrong) == 0 {
			if fault.KindOf(err) == "" {
				return p, err
			}
			c.Wrong = append(c.Wrong, r.Place("")+"："+fault.Sentence(err))
		}
		switch {
		case len(c.Wrong) > 0:
			p.Wrong++
		case c.Known:
			p.Known++
		default:
			p.New++
		}
		p.Rows = append(p.Rows, c)
	}
	return p, nil
}

// compare asks whether a sound row is there already, in the file or the book.
func (c *Checked) compare(tx *db.Tx, seen map[string]int, years []closed) error {
	key := strconv.FormatBool(c.Line.Total) + "|" + strconv.Itoa(c.Line.Year()) + "|" + c.Line.No
	if c.Line.No == "" {
		key = valuesText(c.Line.Values)
	}
	if n, twice := seen[key]; twice {
		c.Known, c.Note = true, say(sayTwiceInFile, n)
		return nil
	}
	seen[key] = c.N
	there, err := known(tx, c.Line)
	if err == nil && c.Line.No == "" {
		there, err = sameLine(tx, c.Line)
	}
	if err != nil || there {
		c.Known, c.Note = there, sayThere
		return err
	}
	return spares(years, Line{State: Struck, Unit: c.Line.Unit, Book: c.Line.Book}, c.Line)
}

const sameDay = `SELECT text FROM register_line WHERE unit = $1 AND book = $2 AND began = $3 AND state = 'valid' ORDER BY id`

// sameLine tells whether a line without a number is there with the same values.
func sameLine(tx *db.Tx, l Line) (bool, error) {
	texts, err := db.All(tx, func(r db.Row) (s string, err error) { return s, r.Scan(&s) }, sameDay, l.Unit, l.Book, l.Began)
	return slices.Contains(texts, valuesText(l.Values)), err
}

// Import writes the rows of a sheet into a unit's book, all or nothing, and
// returns how many. Rows that are there already are left out. It fails like
// [Check], with Invalid when a row is wrong and with Conflict when all are there.
func (rs *Registers) Import(ctx context.Context, by identity.Actor, unit org.ID, book BookID, rows []Row) (n int, err error) {
	err = rs.db.Write(ctx, func(tx *db.Tx) error {
		n = 0
		if len(rows) > MaxRows {
			return fault.Say(fault.Invalid, sayTooManyRows, MaxRows)
		}
		p, err := Check(tx, by, unit, book, rows)
		if err != nil {
			return err
		}
		if p.Wrong > 0 {
			return fault.Say(fault.Invalid, sayRowsWrong, p.Wrong)
		}
		if p.New == 0 {
			return fault.Say(fault.Conflict, sayAllThere)
		}
		years := map[int]bool{}
		for _, c := range p.Rows {
			if c.Known {
				continue
			}
			if err := enter(tx, by, "register.import", &c.Line); err != nil {
				return err
			}
			for _, y := range c.Line.years() {
				years[y] = true
			}
			n++
		}
		return settle(tx, by, unit, book, slices.Sorted(maps.Keys(years)))
	})
	return n, err
}
