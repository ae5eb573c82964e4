package reading

import (
	"strings"
	"sync"

	"gongkai/annualreport/form"
)

// A place is where in a document's own tables a cell stands.
type place struct {
	part, ref string
}

// A reader reads one file.
type reader struct {
	scanner
	toks   []token
	places []place
	part   string
	name   string
	title  string
	layout *layout
	rep    *form.Report
	seen   []bool // by cell: the file has something to say of it
	units  [2]unit
	base   int32
	per    int32
	inside bool // empty cells are seen between figures somewhere
	sheets [3]sheet
	tables [3][]int32
	stray  []int32
	strays []stray
}

// A stray is a run the rows had no use for.
type stray struct {
	ti  int
	run *run
}

var readers = sync.Pool{New: func() any { return new(reader) }}

// MaxText is the size in bytes beyond which a text is not read.
const MaxText = 8 << 20

// Text reads an annual report that is a plain text or Markdown. It never fails:
// what is no report has no form, and all tables missing.
func Text(name, text string) *form.Report {
	r := readers.Get().(*reader)
	defer r.free()
	r.part, r.name = "document", name
	if len(text) > MaxText {
		rep := &form.Report{File: name, Missing: []string{"table2", "table3", "table4"}}
		rep.Findings = append(rep.Findings, tooLarge())
		return rep
	}
	if strings.Contains(text, "<td") || strings.Contains(text, "<TD") {
		r.scanMarked(text)
	} else {
		r.scanText(text)
	}
	return r.report()
}

func (r *reader) free() {
	*r = reader{scanner: scanner{tokens: r.tokens[:0], buf: r.buf, at: r.at, byteAt: r.byteAt}, places: r.places[:0], stray: r.stray[:0],
		tables: [3][]int32{r.tables[0][:0], r.tables[1][:0], r.tables[2][:0]}}
	if cap(r.tokens) < 1<<16 {
		readers.Put(r)
	}
}

// report decodes the tokens.
func (r *reader) report() *form.Report {
	r.toks = r.tokens
	r.rep = &form.Report{File: r.name}
	fromName := r.heading()
	divide(r.toks, &r.tables, &r.stray)
	r.layout = r.whichForm()
	if r.layout == nil {
		r.rep.Missing = []string{"table2", "table3", "table4"}
		if fromName {
			r.rep.Findings = append(r.rep.Findings, yearFromName(r.rep.Year))
		}
		return r.rep
	}
	f := r.layout.form
	r.rep.Form = f
	r.rep.Values = make([]form.Value, len(f.Cells))
	r.rep.Origins = make([]form.Origin, len(f.Cells))
	r.seen = make([]bool, len(f.Cells))
	r.readTables()
	r.stragglers()
	r.missing()
	r.formOfYear(fromName)
	if r.full {
		r.rep.Findings = append(r.rep.Findings, tooMuch())
	}
	return r.rep
}

// head returns the unit of money that the head of a cell's column gives.
func (r *reader) head(cell int) unit {
	switch r.layout.form.Cells[cell].Kind {
	case form.Yuan:
		return r.units[0]
	case form.Wan:
		return r.units[1]
	}
	return noUnit
}

// readTables aligns and settles the tables.
func (r *reader) readTables() {
	loose := looseRuns(r.toks, r.stray)
	f := r.layout.form
	for ti := range 3 {
		s := &r.sheets[ti]
		s.ti = ti
		s.rows = append([]rowPlace(nil), r.layout.rows[ti]...)
		s.gather(r.toks, r.tables[ti])
		s.shut = r.shut(ti)
		if ti == 0 {
			for bi := range f.Tables[0].Blocks {
				for ci := range f.Tables[0].Blocks[bi].Columns {
					c := &f.Tables[0].Blocks[bi].Columns[ci]
					switch c.Kind {
					case form.Yuan:
						r.units[0] = moneyUnit(r.text, r.toks, s.all, c)
					case form.Wan:
						r.units[1] = moneyUnit(r.text, r.toks, s.all, c)
					}
				}
			}
		}
	}
	r.adopt(loose)
	r.inside = r.emptyInside()
	for _, ti := range [...]int{1, 0, 2} { // the long table tells how empty cells look
		s := &r.sheets[ti]
		if len(s.runs) == 0 {
			continue
		}
		if len(s.runs) > 300 {
			s.runs = s.runs[:300]
		}
		a := &aligner{s: s, toks: r.toks, l: r.layout}
		a.run()
		r.settleTable(s, a, r.layout, ti)
		for j := range s.runs {
			if a.noise[j] && s.runs[j].figures > 0 {
				r.strays = append(r.strays, stray{ti, &s.runs[j]})
			}
		}
	}
}

// emptyInside reports whether the file shows empty cells between figures, so
// that cells are where they seem to be.
func (r *reader) emptyInside() bool {
	for ti := range r.sheets {
		for i := range r.sheets[ti].runs {
			k := &r.sheets[ti].runs[i]
			if !k.cells {
				continue
			}
			figure, gap := false, false
			for _, ix := range k.toks {
				switch {
				case r.toks[ix].kind != empty:
					if gap {
						return true
					}
					figure = true
				case figure && !r.toks[ix].soft:
					gap = true
				}
			}
		}
	}
	return false
}

// shut reports whether the file goes on after a table.
func (r *reader) shut(ti int) bool {
	seq := r.tables[ti]
	if len(seq) == 0 {
		return false
	}
	for i := int(seq[len(seq)-1]) + 1; i < len(r.toks); i++ {
		if k := r.toks[i].kind; k == running || k == number || k == words {
			return true
		}
	}
	return false
}

// adopt gives runs outside all tables to the tables that lack figures.
func (r *reader) adopt(loose []run) {
	if len(loose) == 0 {
		return
	}
	for ti := range 3 {
		s := &r.sheets[ti]
		figures, need := 0, 0
		for i := range s.runs {
			figures += s.runs[i].figures
		}
		for i := range s.rows {
			need += s.rows[i].n
		}
		if figures*4 > need || len(s.all) == 0 {
			continue
		}
		have := 0
		for i := range loose {
			have += loose[i].figures
		}
		if have == need {
			s.runs = append(s.runs, loose...)
			return
		}
		for i := range loose {
			if loose[i].figures == need {
				s.runs = append(s.runs, loose[i])
				loose = append(loose[:i:i], loose[i+1:]...)
				break
			}
		}
	}
}
