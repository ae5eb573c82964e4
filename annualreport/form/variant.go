package form

import (
	"fmt"
	"slices"
	"strings"
)

// A variant declares a form as another one with rows dropped and added: what a
// province adds to the table, or what agencies make of two formats. It keeps the
// id of the notice it belongs to.
type variant struct {
	ID      string   `json:"id"`
	Variant string   `json:"variant"` // what is different, in a few words
	Of      string   `json:"of"`      // the form it starts from
	Drop    []string `json:"drop"`    // rows, "table3.other1"
	Add     []added  `json:"add"`     // in order; a row may stand after one added before
}

type added struct {
	Table     string `json:"table"`
	After     string `json:"after"` // the row it stands below
	Row       Row    `json:"row"`
	Equations []struct {
		Rule string `json:"rule"`
		Side string `json:"side"` // "left" or "right"
	} `json:"equations"` // the sums over rows it takes part in
}

// apply builds the form a variant declares.
func (v variant) apply(base Form) (*Form, error) {
	f := Form{ID: v.ID, Variant: v.Variant, Name: base.Name, Source: base.Source, From: base.From, To: base.To}
	for _, t := range base.Tables {
		t.Blocks = slices.Clone(t.Blocks)
		for i := range t.Blocks {
			t.Blocks[i].Rows = slices.Clone(t.Blocks[i].Rows)
		}
		f.Tables = append(f.Tables, t)
	}
	for _, r := range base.Rules {
		r.Left, r.Right = slices.Clone(r.Left), slices.Clone(r.Right)
		f.Rules = append(f.Rules, r)
	}
	for _, id := range v.Drop {
		table, row, _ := strings.Cut(id, ".")
		b, i := f.row(table, row)
		if b == nil {
			return nil, fmt.Errorf("要去掉的行 %s 不在 %s 年表样中", id, v.Of)
		}
		b.Rows = slices.Delete(b.Rows, i, i+1)
		for k := range f.Rules {
			if r := &f.Rules[k]; r.Table == table && r.Each == "column" {
				gone := func(name string) bool { return name == row }
				r.Left, r.Right = slices.DeleteFunc(r.Left, gone), slices.DeleteFunc(r.Right, gone)
			}
		}
	}
	for _, a := range v.Add {
		b, i := f.row(a.Table, a.After)
		if b == nil {
			return nil, fmt.Errorf("要增加的行 %s 应当排在 %s 之后，表样中没有这一行", a.Row.ID, a.After)
		}
		b.Rows = slices.Insert(b.Rows, i+1, a.Row)
		for _, e := range a.Equations {
			k := slices.IndexFunc(f.Rules, func(r Rule) bool { return r.Rule == e.Rule && r.Table == a.Table && r.Each == "column" })
			switch {
			case k < 0:
				return nil, fmt.Errorf("要增加的行 %s 参加的勾稽关系 %s 不存在", a.Row.ID, e.Rule)
			case e.Side == "left":
				f.Rules[k].Left = append(f.Rules[k].Left, a.Row.ID)
			default:
				f.Rules[k].Right = append(f.Rules[k].Right, a.Row.ID)
			}
		}
	}
	return f.index()
}

// row finds a row by its name.
func (f *Form) row(table, id string) (*Block, int) {
	t := f.Table(table)
	if t == nil {
		return nil, 0
	}
	for bi := range t.Blocks {
		for i, r := range t.Blocks[bi].Rows {
			if r.ID == id {
				return &t.Blocks[bi], i
			}
		}
	}
	return nil, 0
}
