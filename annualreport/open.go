package annualreport

import (
	"gongkai/annualreport/form"
	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/fault"
)

// An Opened is a figure opened down to what stands behind it.
type Opened struct {
	Sheet  *Sheet // its figures only: nothing is checked
	Figure Figure // of an extra, its value and sources
	Say    string // the cell for people
	Kind   form.Kind

	// Lines are a page of the lines behind one source, Total how many there are
	// on all its pages. The N of all of them add up to the value of the source.
	Source int
	Lines  []Line
	Total  int
	Page   int

	// Past are earlier corrections of the cell, the oldest first.
	Past []Fix
}

// Open shows what stands behind a cell: its sources, and a page of the lines of
// one of them. cell is the name of a cell or of a fact outside the tables;
// source counts from 0 and page from 1. It fails with Forbidden without
// identity.ReportRead in the unit, NotFound for no such cell, source or page.
func (rs *Reports) Open(tx *db.Tx, by identity.Actor, id ID, cell string, source, page int) (*Opened, error) {
	r, err := Get(tx, id)
	if err != nil {
		return nil, err
	}
	if err := by.Check(identity.ReportRead, r.Unit); err != nil {
		return nil, err
	}
	d, err := rs.deskFor(tx, r)
	if err != nil {
		return nil, err
	}
	s, err := figuresOf(tx, d, r)
	if err != nil {
		return nil, err
	}
	s.compare()
	o := &Opened{Sheet: s, Source: source, Page: max(page, 1)}
	if i, ok := s.Form.Index(cell); ok {
		o.Figure, o.Say, o.Kind = s.Figures[i], s.Form.Say(i), s.Form.Cells[i].Kind
	} else {
		found := false
		for _, x := range s.Extras {
			if string(x.Fact) == cell {
				o.Figure, o.Say, found = Figure{Cell: -1, Value: x.Value, Computed: x.Computed, Fix: x.Fix, Sources: x.Sources}, x.Title, true
				o.Kind = x.Kind()
			}
		}
		if !found {
			return nil, fault.Say(fault.NotFound, sayNoCell, cell)
		}
	}
	all, err := Fixes(tx, id)
	if err != nil {
		return nil, err
	}
	for _, f := range all {
		if f.Cell == cell && !f.Ended.IsZero() {
			o.Past = append(o.Past, f)
		}
	}
	if source < 0 || source >= len(o.Figure.Sources) {
		if source != 0 {
			return nil, fault.Say(fault.NotFound, sayNoSource)
		}
		return o, nil
	}
	if src := o.Figure.Sources[source]; src.Kind == FromLines {
		o.Lines, o.Total, err = rs.tallies[src.tally].Lines(tx, src.Unit, s.Report.Year, src.Fact, o.Page)
		if err == nil && o.Page > 1 && len(o.Lines) == 0 {
			err = fault.Say(fault.NotFound, sayOpenPage)
		}
	} else if o.Page > 1 {
		err = fault.Say(fault.NotFound, sayOpenPage)
	}
	return o, err
}
