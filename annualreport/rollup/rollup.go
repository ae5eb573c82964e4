package rollup

import (
	"cmp"
	"encoding/binary"
	"hash/maphash"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"gongkai/annualreport/form"
)

// Listed is how many lacks, conflicts and repeats of a group are kept by name;
// beyond that they are only counted.
const Listed = 10_000

// A Sum adds reports up. The zero value is not usable; see New.
type Sum struct {
	groups map[key]*Group
	seen   map[[2]uint64]struct{} // agencies' years with these very figures
	named  map[[2]uint64]struct{} // agencies' years
	seeds  [2]maphash.Seed
}

type key struct {
	year int
	form *form.Form
}

// A Group is the sum of all reports on one year in one form.
type Group struct {
	Year int // 0: the reports do not say
	Form *form.Form

	Reports int     // how many were added
	Values  []Value // by cell

	Lacks     []Lack // reports that could not take part fully, the first Listed of them
	Conflicts []Conflict
	Repeats   []Repeat

	// All of them, also those not listed.
	LackCount, ConflictCount, RepeatCount int
}

// A Value is the sum of one cell with what stands behind it, in reports.
type Value struct {
	N        int64 // as form.Value.N
	Numbers  int   // added
	Blanks   int   // blank or "/": add nothing
	Unknown  int   // missing or not readable: the sum lacks them
	Overflow bool  // the sum is larger than a program can hold; N is meaningless
}

// A Lack names what a report does not say.
type Lack struct {
	File    string   `json:"file"`
	Agency  string   `json:"agency"`
	Missing []string `json:"missing"` // tables and rows
	Unknown []string `json:"unknown"` // cells
}

// A Conflict names the hard rules a report breaks.
type Conflict struct {
	File   string   `json:"file"`
	Agency string   `json:"agency"`
	Rules  []string `json:"rules"`
	Cells  []string `json:"cells"`
}

// A Repeat names a report of an agency and year that were there already. One that
// is surely the same is left out; any other is added, and somebody must look.
type Repeat struct {
	File   string `json:"file"`
	Agency string `json:"agency"`
	Same   bool   `json:"same"` // it is the same report, so it was left out
}

// New returns an empty sum.
func New() *Sum {
	return &Sum{groups: map[key]*Group{}, seen: map[[2]uint64]struct{}{}, named: map[[2]uint64]struct{}{},
		seeds: [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}}
}

// Add adds one report, which must have a form. Its findings of severity error
// name it as a conflict; it is added all the same, as printed.
func (s *Sum) Add(r *form.Report) {
	g := s.groups[key{r.Year, r.Form}]
	if g == nil {
		g = &Group{Year: r.Year, Form: r.Form, Values: make([]Value, len(r.Form.Cells))}
		s.groups[key{r.Year, r.Form}] = g
	}
	if s.repeated(g, r) {
		return
	}
	g.Reports++
	whole := true
	for i, v := range r.Values {
		t := &g.Values[i]
		switch v.State {
		case form.Number:
			t.Numbers++
			if t.N > 0 && v.N > math.MaxInt64-t.N || t.N < 0 && v.N < math.MinInt64-t.N {
				t.Overflow = true
			}
			t.N += v.N
		case form.Unknown:
			t.Unknown++
			whole = false
		default:
			t.Blanks++
		}
	}
	if !whole {
		g.LackCount++
		if len(g.Lacks) < Listed {
			g.Lacks = append(g.Lacks, lackOf(r))
		}
	}
	if c, broken := conflictOf(r); broken {
		g.ConflictCount++
		if len(g.Conflicts) < Listed {
			g.Conflicts = append(g.Conflicts, c)
		}
	}
}

// telling is from how many figures other than zero on two reports of one agency
// with the same figures are the same report. Quiet offices of one name can print
// the same few by chance; then only the name of the file tells.
const telling = 20

// repeated notes a report of an agency and year that was there already and
// tells whether it is the same one. Agencies that are not named cannot repeat.
func (s *Sum) repeated(g *Group, r *form.Report) bool {
	if r.Agency == "" || r.Year == 0 {
		return false
	}
	b := append([]byte(r.Agency), 0)
	b = binary.LittleEndian.AppendUint64(b, uint64(r.Year))
	name := s.hash(b)
	nonzero := 0
	for _, v := range r.Values {
		b = binary.LittleEndian.AppendUint64(append(b, byte(v.State)), uint64(v.N))
		if v.N != 0 {
			nonzero++
		}
	}
	if nonzero < telling {
		stem := filepath.Base(r.File)
		b = append(b, strings.TrimSuffix(stem, filepath.Ext(stem))...)
	}
	figures := s.hash(b)
	_, same := s.seen[figures]
	_, known := s.named[name]
	s.seen[figures], s.named[name] = struct{}{}, struct{}{}
	if !known {
		return false
	}
	g.RepeatCount++
	if len(g.Repeats) < Listed {
		g.Repeats = append(g.Repeats, Repeat{File: r.File, Agency: r.Agency, Same: same})
	}
	return same
}

func (s *Sum) hash(b []byte) [2]uint64 {
	return [2]uint64{maphash.Bytes(s.seeds[0], b), maphash.Bytes(s.seeds[1], b)}
}

func lackOf(r *form.Report) Lack {
	l := Lack{File: r.File, Agency: r.Agency, Missing: slices.Clone(r.Missing), Unknown: []string{}}
	for i, v := range r.Values {
		if c := r.Form.Cells[i]; v.State == form.Unknown && !r.Lacks(c.Table+"."+c.Row) {
			l.Unknown = append(l.Unknown, c.ID)
		}
	}
	if l.Missing == nil {
		l.Missing = []string{}
	}
	return l
}

func conflictOf(r *form.Report) (Conflict, bool) {
	c := Conflict{File: r.File, Agency: r.Agency}
	for _, f := range r.Findings {
		if f.Severity != form.Error {
			continue
		}
		if !slices.Contains(c.Rules, f.Rule) {
			c.Rules = append(c.Rules, f.Rule)
		}
		for _, id := range f.Cells {
			if !slices.Contains(c.Cells, id) {
				c.Cells = append(c.Cells, id)
			}
		}
	}
	return c, len(c.Rules) > 0
}

// Groups returns the groups, the largest first; of equals the latest year.
func (s *Sum) Groups() []*Group {
	var all []*Group
	for _, g := range s.groups {
		all = append(all, g)
	}
	slices.SortFunc(all, func(a, b *Group) int {
		return cmp.Or(cmp.Compare(b.Reports, a.Reports), cmp.Compare(b.Year, a.Year),
			cmp.Compare(a.Form.ID, b.Form.ID), cmp.Compare(a.Form.Variant, b.Form.Variant))
	})
	return all
}

// Report returns the sums as a report: a number where at least one report
// printed one, a blank where all left it blank, unknown elsewhere. Rows and tables
// nobody has are missing.
func (g *Group) Report() *form.Report {
	r := form.New(g.Form)
	r.Year = g.Year
	for i, v := range g.Values {
		switch {
		case v.Overflow:
		case v.Numbers > 0:
			r.Values[i] = form.Of(v.N)
		case v.Blanks > 0:
			r.Values[i] = form.Value{State: form.Blank}
		}
	}
	for ti := range g.Form.Tables {
		t := &g.Form.Tables[ti]
		var none []string
		rows := 0
		for bi := range t.Blocks {
			b := &t.Blocks[bi]
			rows += len(b.Rows)
			for ri, row := range b.Rows {
				if !slices.ContainsFunc(r.Values[b.At(ri, 0):b.At(ri, 0)+len(b.Columns)], func(v form.Value) bool { return v.State != form.Unknown }) {
					none = append(none, t.ID+"."+row.ID)
				}
			}
		}
		if len(none) == rows {
			none = []string{t.ID}
		}
		r.Missing = append(r.Missing, none...)
	}
	return r
}
