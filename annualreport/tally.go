package annualreport

import (
	"strings"

	"gongkai/internal/db"
	"gongkai/org"
	"gongkai/publication"
	"gongkai/register"
)

// Registers offers what the registers count.
type Registers struct{}

// Offers makes Registers a Tally.
func (Registers) Offers() []FactName {
	var all []FactName
	for _, f := range register.FactNames() {
		all = append(all, FactName(f.Name))
	}
	return all
}

// Counts makes Registers a Tally.
func (Registers) Counts(tx *db.Tx, scope org.Scope, year int) (map[org.ID]map[FactName]int64, error) {
	all, err := register.Counts(tx, scope, year)
	if err != nil {
		return nil, err
	}
	out := map[org.ID]map[FactName]int64{}
	for unit, facts := range all {
		out[unit] = map[FactName]int64{}
		for name, n := range facts {
			out[unit][FactName(name)] = n
		}
	}
	return out, nil
}

// Lines makes Registers a Tally.
func (Registers) Lines(tx *db.Tx, unit org.ID, year int, fact FactName, page int) ([]Line, int, error) {
	lines, total, err := register.Lines(tx, unit, year, string(fact), page)
	if err != nil {
		return nil, 0, err
	}
	out := make([]Line, len(lines))
	for i, l := range lines {
		out[i] = registerLine(l)
	}
	return out, total, nil
}

// registerLine is a register line for people: its number and what it is about,
// then what else stands in the list.
func registerLine(l register.Line) Line {
	out := Line{Kind: "register", ID: string(l.ID), On: l.Began, Unit: l.Unit, N: l.Counts}
	var notes []string
	for _, c := range register.ByID(l.Book).ColumnsFor(l.Total) {
		v := l.Say(c)
		switch {
		case v == "" || c.Hide:
		case out.Title == "" && (c.Kind == register.Text || c.Kind == register.Number):
			out.Title = v
		default:
			notes = append(notes, c.Label+"："+v)
		}
	}
	if out.Title == "" {
		out.Title = register.ByID(l.Book).Title
	}
	out.Note = strings.Join(notes, "；")
	return out
}

// Documents offers the documents that were published: which were issued, repealed
// and in force.
type Documents struct{}

// Offers makes Documents a Tally.
func (Documents) Offers() []FactName {
	var all []FactName
	for _, f := range publication.DocumentFacts() {
		all = append(all, FactName(f))
	}
	return all
}

// Counts makes Documents a Tally.
func (Documents) Counts(tx *db.Tx, scope org.Scope, year int) (map[org.ID]map[FactName]int64, error) {
	all, err := publication.DocumentCounts(tx, scope, year)
	if err != nil {
		return nil, err
	}
	out := map[org.ID]map[FactName]int64{}
	for unit, facts := range all {
		out[unit] = map[FactName]int64{}
		for name, n := range facts {
			out[unit][FactName(name)] = int64(n)
		}
	}
	return out, nil
}

// Lines makes Documents a Tally.
func (Documents) Lines(tx *db.Tx, unit org.ID, year int, fact FactName, page int) ([]Line, int, error) {
	rows, total, err := publication.DocumentsOf(tx, unit, year, publication.DocumentFact(fact), page, PageSize)
	if err != nil {
		return nil, 0, err
	}
	out := make([]Line, len(rows))
	for i, r := range rows {
		out[i] = Line{Kind: "item", ID: string(r.ID), Title: r.Title, Note: r.DocNo, On: r.Made, Unit: r.Unit, N: 1}
	}
	return out, total, nil
}
