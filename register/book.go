package register

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

//go:embed data/books.json
var bookData []byte

// BookID names a book: "permit".
type BookID string

// A Book is a kind of register.
type Book struct {
	ID    BookID `json:"id"`
	Title string `json:"title"` // 行政许可决定
	Unit  string `json:"unit"`  // what its lines are counted in: 件
	Place string `json:"place"` // where its figures stand in the annual report
	Help  string `json:"help"`  // what belongs into it
	Begin string `json:"begin"` // how to begin
	None  string `json:"none"`  // what a declaration of nothing says: 没有作出行政许可决定
	// From and To are the first and last year whose report asks for it; 0 is open.
	From int `json:"from"`
	To   int `json:"to"`
	// Spans tells that a line has a day it begins and one it ends. The lines of
	// other books lie on one day.
	Spans bool `json:"spans"`
	// Stays tells that lines go on counting in all later years, as items that
	// were put on a list do.
	Stays bool `json:"stays"`
	// Totals tells that a total over a month or year may stand for single lines.
	Totals bool `json:"totals"`
	// Together names columns that are filled in together or not at all: the
	// outcome and its day.
	Together []string `json:"together"`
	// AtMost names two columns of money of which the first is not above the second.
	AtMost  []string `json:"at_most"`
	Columns []Column `json:"columns"`
	Rules   []rule   `json:"facts"`

	facts []Fact
}

// A Column is one thing that is written down of a line.
type Column struct {
	ID       string     `json:"id"`
	Label    string     `json:"label"`
	Kind     ColumnKind `json:"kind"`
	Place    place      `json:"place"`
	In       string     `json:"in"` // "single", "total": only for lines of that kind; "" for both
	Optional bool       `json:"optional"`
	Hint     string     `json:"hint"`
	Example  string     `json:"example"` // as it stands in the sheet that is handed out
	Options  []Option   `json:"options"`
	Hide     bool       `json:"hide"` // not in lists, only on the line's own page
}

// An Option is one of the values of a column of kind [Choice].
type Option struct {
	ID    string `json:"id"`    // as it is kept and as facts are named
	Label string `json:"label"` // as people read it; "" means the ID
	Group string `json:"group"`
}

// Say is the option for people.
func (o Option) Say() string {
	if o.Label == "" {
		return o.ID
	}
	return o.Label
}

// ColumnKind says what stands in a column.
type ColumnKind string

// The kinds of column.
const (
	Text   ColumnKind = "text"
	Long   ColumnKind = "long"   // several lines of text
	Number ColumnKind = "no"     // the unit's own number, by which a line is known again
	Day    ColumnKind = "date"   // YYYY-MM-DD
	Period ColumnKind = "period" // YYYY-MM or YYYY
	Choice ColumnKind = "choice"
	Pieces ColumnKind = "count" // a whole number above zero
	Money  ColumnKind = "money" // yuan with up to four decimals
)

// place is what a column means for the figures.
type place string

const (
	nowhere  place = ""
	atNo     place = "no"
	atBegin  place = "began"
	atEnd    place = "ended"
	atSort   place = "sort"
	atResult place = "result"
	atWho    place = "who"
	atCount  place = "quantity"
	atAmount place = "amount"
	atOther  place = "other"
)

// For tells whether the column is asked for a single line, or for a total.
func (c Column) For(total bool) bool {
	return c.In == "" || (c.In == "total") == total
}

// Say gives a value of the column as people read it.
func (c Column) Say(value string) string {
	if c.Kind == Choice {
		if i := slices.IndexFunc(c.Options, func(o Option) bool { return o.ID == value }); i >= 0 {
			return c.Options[i].Say()
		}
	}
	return value
}

// ColumnsFor returns the columns of a single line, or of a total.
func (b *Book) ColumnsFor(total bool) []Column {
	var all []Column
	for _, c := range b.Columns {
		if c.For(total) {
			all = append(all, c)
		}
	}
	return all
}

// column finds the column of a line that has a meaning, nil if there is none.
func (b *Book) column(p place, total bool) *Column {
	for i, c := range b.Columns {
		if c.Place == p && c.For(total) {
			return &b.Columns[i]
		}
	}
	return nil
}

// Asked tells whether the report on a year asks for figures of the book.
func (b *Book) Asked(year int) bool {
	return (b.From == 0 || year >= b.From) && (b.To == 0 || year <= b.To)
}

// Facts returns the facts that lines of the book are counted in.
func (b *Book) Facts() []Fact { return b.facts }

var books = mustParse(bookData)

func mustParse(b []byte) []*Book {
	all, err := parse(b)
	if err != nil {
		panic(err)
	}
	return all
}

// parse reads declarations of books and spells their facts out.
func parse(data []byte) ([]*Book, error) {
	var all []*Book
	d := json.NewDecoder(strings.NewReader(string(data)))
	d.DisallowUnknownFields()
	if err := d.Decode(&all); err != nil {
		return nil, fmt.Errorf("register: books.json: %w", err)
	}
	seen := map[string]bool{}
	once := func(what string) error {
		if seen[what] {
			return fmt.Errorf("register: books.json: %s stands twice", what)
		}
		seen[what] = true
		return nil
	}
	for _, b := range all {
		if err := once("book " + string(b.ID)); err != nil {
			return nil, err
		}
		for _, c := range b.Columns {
			if err := once(string(b.ID) + " column " + c.ID); err != nil {
				return nil, err
			}
			if (c.Kind == Choice) != (len(c.Options) > 0) {
				return nil, fmt.Errorf("register: books.json: column %s of %s is a choice of nothing", c.ID, b.ID)
			}
		}
		for _, name := range slices.Concat(b.Together, b.AtMost) {
			if !seen[string(b.ID)+" column "+name] {
				return nil, fmt.Errorf("register: books.json: %s has no column %s", b.ID, name)
			}
		}
		if b.None == "" {
			return nil, fmt.Errorf("register: books.json: %s does not say what nothing means", b.ID)
		}
		if b.column(atBegin, false) == nil || (b.column(atEnd, false) != nil) != b.Spans {
			return nil, fmt.Errorf("register: books.json: lines of %s lack a day", b.ID)
		}
		for _, r := range b.Rules {
			for _, f := range r.spell(b) {
				if err := once("fact " + f.Name); err != nil {
					return nil, err
				}
				b.facts = append(b.facts, f)
			}
		}
		if len(b.facts) == 0 {
			return nil, fmt.Errorf("register: books.json: nothing counts %s", b.ID)
		}
	}
	return all, nil
}

// Books returns all books in the order of the report. Callers share them and
// must not change them.
func Books() []*Book { return books }

// ByID returns a book, nil if there is none.
func ByID(id BookID) *Book {
	for _, b := range books {
		if b.ID == id {
			return b
		}
	}
	return nil
}
