package checking

import (
	"strings"
	"sync"

	"gongkai/annualreport/form"
)

// A plan is what the rules come to for one form, or for a form this year and one
// last year: every comparison spelled out cell by cell.
type plan struct {
	f, last *form.Form

	rules     []*declaration // by equation of f
	sums      []int          // equations whose left side is a single cell, a total
	totalOf   []int          // by cell: the equation whose total it is first, from 1; 0 for none
	relations []relation
	pairs     []relation // "both-or-none"
	variant   string     // how f departs from the form as prescribed
}

// A relation is a declared one for one line.
type relation struct {
	rule        *declaration
	line        string // the row or column
	place       string
	left, right []term
}

// A term is one cell of a relation.
type term struct {
	cell  int
	minus bool
	last  bool // of last year's report
	label string
}

// plans holds one plan for each pair of forms met. There are few forms, so it is
// never emptied.
var plans sync.Map

func planFor(f, last *form.Form) *plan {
	key := [2]*form.Form{f, last}
	if p, ok := plans.Load(key); ok {
		return p.(*plan)
	}
	p, _ := plans.LoadOrStore(key, makePlan(f, last))
	return p.(*plan)
}

func makePlan(f, last *form.Form) *plan {
	p := &plan{f: f, last: last, totalOf: make([]int, len(f.Cells)), variant: f.Variant}
	for i, e := range f.Equations {
		r := book.byCode[e.Rule]
		if r == nil || r.Check != "equation" {
			r = unlisted(e.Rule)
		}
		p.rules = append(p.rules, r)
		if len(e.Left) == 1 {
			p.sums = append(p.sums, i)
			if p.totalOf[e.Left[0]] == 0 {
				p.totalOf[e.Left[0]] = i + 1
			}
		}
	}
	for _, r := range append(relationRules[:len(relationRules):len(relationRules)], pairRules...) {
		if r.Alone && last != nil {
			continue
		}
		if r.Each == "" {
			p.relate(r, "", "", func(name string) string { return name })
			continue
		}
		t := f.Table(r.Table)
		if t == nil {
			continue
		}
		for bi := range t.Blocks {
			b := &t.Blocks[bi]
			if r.Each == "row" {
				for ri, row := range b.Rows {
					p.relate(r, row.ID, sayRow(t, b, ri), func(name string) string { return t.ID + "." + row.ID + "." + name })
				}
			} else {
				for _, c := range b.Columns {
					p.relate(r, c.ID, sayColumn(t, b, c.ID), func(name string) string { return t.ID + "." + name + "." + c.ID })
				}
			}
		}
	}
	return p
}

// relate adds a relation if the forms have all its cells.
func (p *plan) relate(r *declaration, line, place string, id func(name string) string) {
	rel := relation{rule: r, line: line, place: place}
	for side, names := range [][]string{r.Left, r.Right} {
		for _, name := range names {
			var t term
			f := p.f
			name, t.minus = strings.CutPrefix(name, "-")
			if name, t.last = strings.CutPrefix(name, "last."); t.last {
				f = p.last
			}
			if f == nil {
				return
			}
			cell, ok := f.Index(id(name))
			if !ok {
				return
			}
			t.cell, t.label = cell, label(f, cell, r.Each)
			if t.last {
				t.label = formatLast(t.label)
			}
			if side == 0 {
				rel.left = append(rel.left, t)
			} else {
				rel.right = append(rel.right, t)
			}
		}
	}
	if r.Each == "" {
		c := p.f.Cells[rel.left[0].cell]
		rel.place = sayWholeTable(&p.f.Tables[c.TableIndex])
	}
	if r.Check == "both-or-none" {
		p.pairs = append(p.pairs, rel)
		return
	}
	p.relations = append(p.relations, rel)
}
