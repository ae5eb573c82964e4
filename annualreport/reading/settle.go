package reading

import (
	"slices"

	"gongkai/annualreport/form"
)

// A part is a stretch of cells that is read together: a row, or the three rows
// of table four that are printed in one line.
type part struct {
	row, rows int // rows of the sheet
	first, n  int // cells of the form
	fits      []fit
	absent    bool // the file may not have the row at all
	sure      float32
}

// maxJoint bounds how many combinations of readings are weighed against the
// sums of a table.
const maxJoint = 3000

// settleTable turns the aligner's choice into values.
func (r *reader) settleTable(s *sheet, a *aligner, l *layout, ti int) {
	p := &placer{reader: r, s: s, inside: r.inside}
	p.learn(a.chosen)
	parts := r.parts(s, a, p)
	if len(parts) == 0 {
		return
	}
	var open []int
	joint := 1
	for i := range parts {
		pt := &parts[i]
		if len(pt.fits) == 1 {
			r.write(pt, &pt.fits[0])
			continue
		}
		if len(pt.fits) == 0 {
			r.doubt(pt)
			continue
		}
		r.prune(pt, l, ti)
		if len(pt.fits) == 1 {
			r.write(pt, &pt.fits[0])
			continue
		}
		open = append(open, i)
		if joint <= maxJoint {
			joint *= len(pt.fits)
		}
	}
	switch {
	case len(open) == 0:
	case joint <= maxJoint:
		r.weigh(parts, open, l, ti)
	default:
		for _, i := range open {
			pt := &parts[i]
			r.agree(pt, pt.fits)
		}
	}
}

// parts lists the ways to read each row that the aligner left.
func (r *reader) parts(s *sheet, a *aligner, p *placer) []part {
	var parts []part
	doubtful, messy := a.doubt()
	withFigures, labelled := 0, 0
	for w := range s.rows {
		if a.any[w] >= 50 {
			labelled++
		}
		if len(a.chosen[w]) > 0 {
			withFigures++
		}
	}
	lastFilled := -1
	for w := range s.rows {
		if len(a.chosen[w]) > 0 {
			lastFilled = w
		}
	}
	for w := 0; w < len(s.rows); w++ {
		row := &s.rows[w]
		list := a.chosen[w]
		if doubtful[w] {
			if a.any[w] >= 50 || len(list) > 0 {
				parts = append(parts, part{row: w, rows: 1, first: row.first, n: row.n})
			}
			continue
		}
		if len(list) == 0 {
			seen := a.any[w] >= 80 && p.blankBelow(row)
			blank := seen || !messy && a.any[w] >= 60 && 2*withFigures > labelled && (w < lastFilled || s.shut)
			if blank {
				pt := part{row: w, rows: 1, first: row.first, n: row.n, sure: 0.9}
				f := fit{n: row.n}
				for c := range row.n {
					f.at[c] = guessedBlank
					if seen {
						f.at[c], pt.sure = seenBlank, 1
					}
				}
				pt.fits = []fit{f}
				parts = append(parts, pt)
			} else if a.any[w] >= 60 && w < lastFilled {
				parts = append(parts, part{row: w, rows: 1, first: row.first, n: row.n})
			}
			continue
		}
		best := list[0]
		if s.ti == 2 && best.m == 3 && best.row == int16(w) && s.runs[best.run].figures != 15 {
			pt := part{row: w, rows: 3, first: row.first, n: 15, sure: 0.9}
			k := &s.runs[best.run]
			pt.fits = p.place(k, k.toks, 15, false)
			if len(k.toks) == 15 {
				pt.sure = 1
			}
			parts = append(parts, pt)
			w += 2
			continue
		}
		pt := part{row: w, rows: 1, first: row.first, n: row.n, absent: a.skipped[w] <= margin, sure: 1}
		if a.any[w] < 80 {
			pt.sure = 0.9
		}
		if a.skipped[w] <= best.cost && a.any[w] < 50 {
			continue
		}
		if a.skipped[w] <= best.cost || a.blankInDoubt(&best) {
			parts = append(parts, part{row: w, rows: 1, first: row.first, n: row.n})
			continue
		}
		if k := &s.runs[best.run]; messy && !k.cells && !a.exact(&best) {
			parts = append(parts, part{row: w, rows: 1, first: row.first, n: row.n})
			continue
		}
		for _, e := range list {
			for _, f := range r.rowFits(s, a, p, e, w) {
				f.cost += e.cost
				if !slices.ContainsFunc(pt.fits, func(o fit) bool { return o.at == f.at }) {
					pt.fits = append(pt.fits, f)
				}
			}
		}
		slices.SortStableFunc(pt.fits, func(a, b fit) int { return int(a.cost - b.cost) })
		parts = append(parts, pt)
	}
	return parts
}

// rowFits places the figures a step gives to row w.
func (r *reader) rowFits(s *sheet, a *aligner, p *placer, e step, w int) []fit {
	n := s.rows[w].n
	k := &s.runs[e.run]
	if e.runs > 1 {
		var toks []int32
		cells := 0
		for i := range int(e.runs) {
			cells += len(s.runs[int(e.run)+i].toks)
		}
		for i := range int(e.runs) {
			for _, ix := range s.runs[int(e.run)+i].toks {
				if r.toks[ix].kind != empty || cells == n {
					toks = append(toks, ix)
				}
			}
		}
		return p.place(k, toks, n, false)
	}
	if e.m == 1 {
		atEnd := !s.shut && int(e.run) == len(s.runs)-1 && k.figures < n && r.ends(k.toks[len(k.toks)-1])
		if s.ti == 0 && k.figures < n {
			if f, ok := r.byHeads(s, k, w); ok {
				return []fit{f}
			}
		}
		toks := k.toks
		if k.figures == n+1 && a.ownNumber(k, w) {
			for i, ix := range toks {
				if r.toks[ix].kind != empty {
					toks = toks[i+1:]
					break
				}
			}
		}
		return p.place(k, toks, n, atEnd)
	}
	before, sum := 0, 0
	for i := int(e.row); i < int(e.row+e.m); i++ {
		if i < w {
			before += s.rows[i].n
		}
		sum += s.rows[i].n
	}
	toks := k.toks
	if k.figures == sum && len(toks) != sum {
		toks = nil
		for _, ix := range k.toks {
			if r.toks[ix].kind != empty {
				toks = append(toks, ix)
			}
		}
	}
	if len(toks) != sum {
		return nil
	}
	f := fit{n: n, weak: true}
	for c := range n {
		i := before + c
		if e.cross {
			i = c*int(e.m) + w - int(e.row)
		}
		f.at[c] = p.cell(toks[i])
	}
	return []fit{f}
}

// ends reports whether nothing but white space follows a token in the file.
func (r *reader) ends(ix int32) bool {
	for i := int(ix) + 1; i < len(r.toks); i++ {
		if k := r.toks[i].kind; k == number || k == stroke || k == words || k == running {
			return false
		}
	}
	return true
}

// byHeads places the figures of a row in the columns whose heads are printed
// above it, where others of the block's heads are not.
func (r *reader) byHeads(s *sheet, k *run, w int) (fit, bool) {
	row := &s.rows[w]
	b := &r.layout.form.Tables[s.ti].Blocks[row.block]
	var cols []int
	for _, ix := range k.heads {
		t := &r.toks[ix]
		if t.nguess == 0 || t.guess[0].score < 70 {
			continue
		}
		e := &lex.entries[t.guess[0].entry]
		for c := range b.Columns {
			if sameLabel(e, &b.Columns[c]) && !slices.Contains(cols, c) {
				cols = append(cols, c)
			}
		}
	}
	if len(cols) != k.figures || len(cols) == 0 || !slices.IsSorted(cols) {
		return fit{}, false
	}
	f := fit{n: row.n, weak: true}
	for c := range f.n {
		f.at[c] = cutOff
	}
	i := 0
	for _, ix := range k.toks {
		if r.toks[ix].kind != empty {
			f.at[cols[i]] = ix
			i++
		}
	}
	return f, true
}

// write puts a fit's values and their origins into the report.
func (r *reader) write(pt *part, f *fit) {
	for c := range pt.n {
		ix := pt.first + c
		v := r.value(f.at[c], r.layout.form.Cells[ix].Kind, r.head(ix))
		if v.noUnit {
			r.findUnit(ix, v)
		}
		sure := min(v.sure, pt.sure)
		if f.weak && f.extra {
			sure = min(sure, 0.8)
		}
		others := v.others
		if pt.absent && pt.sure < 1 {
			sure = min(sure, 0.6)
		}
		r.rep.Values[ix] = v.Value
		o := form.Origin{Part: r.part, Sure: sure, Others: others}
		if f.at[c] >= 0 {
			t := &r.toks[f.at[c]]
			o.Start, o.End, o.Page = int(t.start), int(t.end), int(t.page)
			if t.place > 0 {
				pl := &r.places[t.place-1]
				o.Part, o.Place = pl.part, pl.ref
			}
		}
		r.rep.Origins[ix] = o
		r.seen[ix] = f.at[c] != cutOff
	}
}

// doubt marks a row whose figures cannot be put into its cells.
func (r *reader) doubt(pt *part) {
	for c := range pt.n {
		r.rep.Origins[pt.first+c].Part = r.part
		r.seen[pt.first+c] = true
	}
}
