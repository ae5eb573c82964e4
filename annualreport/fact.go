package annualreport

import (
	"embed"
	"encoding/json"
	"fmt"
	"strings"
	"sync"

	"gongkai/annualreport/form"
	"gongkai/internal/db"
	"gongkai/org"
	"gongkai/workday"
)

//go:embed data/*.json
var data embed.FS

// A FactName names something that records can be counted for, such as
// "permit.decisions" or "application.new.自然人".
type FactName string

// A Line is one record behind a figure: a register line, a document, a case. It
// never names an applicant.
type Line struct {
	Kind  string       // what it is a line of: "item", or the register's own word
	ID    string       // names it among its kind
	Title string       // for people
	Note  string       // one more fact about it
	On    workday.Date // when it happened
	Unit  org.ID       // whose record it is
	N     int64        // what it adds to the fact, as in form.Value.N
}

// PageSize is how many lines a [Tally] gives at once.
const PageSize = 50

// A Tally is what a pillar offers to count. Several may offer the same fact, each
// with a part of the records; it is known when all of them know theirs.
type Tally interface {
	// Offers lists the facts it can count.
	Offers() []FactName
	// Counts returns the facts of every unit in a scope for a calendar year, as
	// form.Value.N counts: pieces, or ten-thousandths of a yuan. A fact of which a
	// unit keeps no records is not in its map, which is something else than a 0.
	Counts(tx *db.Tx, scope org.Scope, year int) (map[org.ID]map[FactName]int64, error)
	// Lines returns a page (from 1) of the lines of one unit behind one of its
	// facts and how many there are in all. The N of all of them add up to the fact.
	Lines(tx *db.Tx, unit org.ID, year int, fact FactName, page int) ([]Line, int, error)
}

// facts is data/facts.json: the base of facts under all forms.
type facts struct {
	// Cells maps a cell to the facts whose counts add up to it. A "*" stands for
	// each column that is not a sum.
	Cells map[string][]FactName `json:"cells"`
	// Last maps a cell to cells of last year's report, for where no fact is recorded.
	Last map[string][]string `json:"last"`
	// Extra are figures outside the tables, for chapter six.
	Extra []ExtraFact `json:"extra"`
	// Names says a fact in Chinese; a name ending in "." stands for all below it.
	Names map[string]string `json:"names"`
}

// An ExtraFact is a figure that no table has.
type ExtraFact struct {
	Fact  FactName `json:"fact"`
	Title string   `json:"title"`
	Money bool     `json:"money"`
	From  int      `json:"from"` // first year reported on
	Must  bool     `json:"-"`    // chapter six must report it; else the prose may
}

// Kind is how the figure is printed: pieces, or money in yuan.
func (x ExtraFact) Kind() form.Kind {
	if x.Money {
		return form.Yuan
	}
	return form.Count
}

var base = func() facts {
	b, err := data.ReadFile("data/facts.json")
	if err != nil {
		panic(err)
	}
	var f facts
	if err := json.Unmarshal(b, &f); err != nil {
		panic(fmt.Sprintf("data/facts.json: %v", err))
	}
	return f
}()

// Name says a fact in Chinese.
func (n FactName) Name() string {
	if s, ok := base.Names[string(n)]; ok {
		return s
	}
	for i := len(n); i > 0; {
		i = strings.LastIndexByte(string(n[:i]), '.')
		if i < 0 {
			break
		}
		if s, ok := base.Names[string(n[:i+1])]; ok {
			return s + "（" + string(n[i+1:]) + "）"
		}
	}
	return string(n)
}

// pattern looks a cell up in a map of the data file: by its name, and by its
// name with a star for the column.
func pattern[T ~string](m map[string][]T, c form.Cell) []T {
	if all, ok := m[c.ID]; ok {
		return all
	}
	stars := m[c.Table+"."+c.Row+".*"]
	all := make([]T, len(stars))
	for i, s := range stars {
		all[i] = T(strings.ReplaceAll(string(s), "*", c.Column))
	}
	return all
}

// A plan says where each cell of a form comes from.
type plan struct {
	form  *form.Form
	cells []origin
	order []int // the cells that are added up, parts before sums
}

// origin is where one cell comes from: from facts, from last year's report, or
// from other cells by an equation.
type origin struct {
	facts []FactName
	last  []string
	parts []int // the cells it is the sum of
}

// planOf lays a form over the base of facts. A cell that an equation of the form
// gives as the sum of others is added up and never counted.
func planOf(f *form.Form) *plan {
	p := &plan{form: f, cells: make([]origin, len(f.Cells))}
	sums := map[int][]int{}
	for _, e := range f.Equations {
		if _, twice := sums[first(e.Left)]; len(e.Left) == 1 && !twice {
			sums[e.Left[0]] = e.Right
		}
	}
	var settle func(i int)
	done := make([]bool, len(f.Cells))
	settle = func(i int) {
		if done[i] {
			return
		}
		done[i] = true
		parts, sum := sums[i]
		if !sum {
			p.cells[i].facts = pattern(base.Cells, f.Cells[i])
			p.cells[i].last = pattern(base.Last, f.Cells[i])
			return
		}
		for _, k := range parts {
			settle(k)
		}
		p.cells[i].parts = parts
		p.order = append(p.order, i)
	}
	for i := range f.Cells {
		settle(i)
	}
	return p
}

func first(cells []int) int {
	if len(cells) == 0 {
		return -1
	}
	return cells[0]
}

var plans sync.Map // *form.Form → *plan

// planFor is the plan of one of the forms the program comes with.
func planFor(f *form.Form) *plan {
	if p, ok := plans.Load(f); ok {
		return p.(*plan)
	}
	p := planOf(f)
	plans.Store(f, p)
	return p
}
