package reading

import (
	"gongkai/annualreport/form"
)

// stragglers puts figures back that stand under the head of a column by
// themselves, if exactly one place of the form lacks them.
func (r *reader) stragglers() {
	f := r.layout.form
	for _, st := range r.strays {
		if st.ti != 0 || len(st.run.heads) == 0 {
			continue
		}
		b := &f.Tables[st.ti]
		var cells []int
		places := 0
		for bi := range b.Blocks {
			bl := &b.Blocks[bi]
			for ci := range bl.Columns {
				ok := false
				for _, ix := range st.run.heads {
					t := &r.toks[ix]
					ok = ok || t.nguess > 0 && t.guess[0].score >= 90 && sameLabel(&lex.entries[t.guess[0].entry], &bl.Columns[ci])
				}
				if !ok {
					continue
				}
				var lack []int
				for ri := range bl.Rows {
					cell := bl.At(ri, ci)
					if r.rep.Values[cell].State == form.Unknown && r.rowRead(bl, ri) {
						lack = append(lack, cell)
					}
				}
				if len(lack) == st.run.figures {
					places++
					cells = lack
				}
			}
		}
		if places != 1 {
			continue
		}
		i := 0
		for _, ix := range st.run.toks {
			if r.toks[ix].kind == empty {
				continue
			}
			pt := part{first: cells[i], n: 1, sure: 0.9}
			ft := fit{n: 1, weak: true}
			ft.at[0] = ix
			r.write(&pt, &ft)
			i++
		}
	}
}

// rowRead reports whether anything of a row was read.
func (r *reader) rowRead(b *form.Block, row int) bool {
	for ci := range b.Columns {
		if r.rep.Values[b.At(row, ci)].State != form.Unknown {
			return true
		}
	}
	return false
}

// missing names the tables and rows the file lacks.
func (r *reader) missing() {
	f := r.layout.form
	for ti := range f.Tables {
		t := &f.Tables[ti]
		var rows []string
		known := false
		for bi := range t.Blocks {
			b := &t.Blocks[bi]
			for ri := range b.Rows {
				seen := false
				for ci := range b.Columns {
					c := b.At(ri, ci)
					seen = seen || r.seen[c]
					known = known || r.rep.Values[c].State == form.Number || r.rep.Values[c].State == form.NotApplicable
				}
				if !seen {
					rows = append(rows, t.ID+"."+b.Rows[ri].ID)
				}
			}
		}
		if !known && !r.allBlank(ti) {
			rows = []string{t.ID}
			for bi := range t.Blocks {
				b := &t.Blocks[bi]
				for c := b.First; c < b.First+len(b.Rows)*len(b.Columns); c++ {
					r.rep.Values[c], r.rep.Origins[c] = form.Value{}, form.Origin{}
				}
			}
		}
		r.rep.Missing = append(r.rep.Missing, rows...)
	}
}

// allBlank reports a table whose cells were all seen to be empty.
func (r *reader) allBlank(ti int) bool {
	for i, c := range r.layout.form.Cells {
		if c.TableIndex == ti && (r.rep.Values[i].State != form.Blank || r.rep.Origins[i].Sure < 1) {
			return false
		}
	}
	return true
}

// whichForm decides the form by the rows and columns that are there; without
// any, by the year; nil if the file is no report.
func (r *reader) whichForm() *layout {
	var votes [3]int
	three, one := 0, 0
	chapters, labels := 0, 0
	for i := range r.toks {
		t := &r.toks[i]
		if t.kind != words || t.nguess == 0 || t.guess[0].score < 60 {
			continue
		}
		e := &lex.entries[t.guess[0].entry]
		for _, n := range e.rows {
			if s := lex.rowNames[n]; s == "table3.other1" || s == "table3.other2" {
				three++
			}
		}
		if t.guess[0].score < 80 {
			continue
		}
		if e.role == roleChapter {
			chapters++
			continue
		}
		if len(e.text) >= 4 {
			labels++
		}
		if e.table == 0 && e.forms < 3 && (e.role == roleRow || e.role == roleColumn) {
			votes[e.forms]++
			if len(e.text) >= 6 {
				votes[e.forms]++
			}
		}
		for _, n := range e.rows {
			if lex.rowNames[n] == "table3.other" {
				one++
			}
		}
	}
	year := r.rep.Year
	if labels < 3 && (chapters == 0 || year == 0) {
		return nil
	}
	f := form.ForYear(year)
	if year == 0 {
		f = form.ByID("2021")
	}
	switch {
	case votes[1] > votes[2]:
		f = form.ByID("2019")
	case votes[2] > votes[1]:
		f = form.ByID("2021")
	}
	for _, l := range layouts() {
		if l.form.ID != f.ID {
			continue
		}
		has := false
		for _, row := range l.rows[1] {
			has = has || lex.rowNames[row.name] == "table3.other1"
		}
		switch {
		case three > 0 && has, three == 0 && one > 0 && !has, three == 0 && one == 0 && l.form == f:
			return l
		}
	}
	for _, l := range layouts() {
		if l.form == f {
			return l
		}
	}
	return nil
}
