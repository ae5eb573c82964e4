package annualreport

import (
	"fmt"

	"gongkai/annualreport/form"
	"gongkai/annualreport/prose"
	"gongkai/annualreport/rollup"
	"gongkai/org"
)

// A Figure is what stands in a cell with where it comes from.
type Figure struct {
	Cell     int
	Value    form.Value // what the report says
	Computed form.Value // what the records say now; of a sum, what its parts add up to
	Fix      *Fix       // in force
	Stale    bool       // the computed value has changed since it was corrected

	Handed  bool       // the report was handed in
	Before  form.Value // what it said when it was last handed in
	Changed bool       // it would say something else now (与提交时不同)

	// Sources are where Computed comes from; their values add up to it.
	Sources []Source

	// Missing is what an unknown figure waits for.
	Missing []Missing
}

// Missing is a fact that nobody keeps records of, and the unit that should.
type Missing struct {
	Unit org.ID
	Fact FactName
}

// SourceKind says what a Source is.
type SourceKind string

// The kinds of source.
const (
	FromLines SourceKind = "lines" // records of one unit behind one fact
	FromCell  SourceKind = "cell"  // another cell of the same report
	FromLast  SourceKind = "last"  // a cell of last year's report
	FromUnit  SourceKind = "unit"  // the same cell of a unit's report
)

// A Source is one thing a figure is made of.
type Source struct {
	Kind   SourceKind
	Value  form.Value
	Say    string
	Unit   org.ID   // FromLines, FromUnit: whose
	Fact   FactName // FromLines
	Cell   int      // FromCell; FromLast: of last year's form
	Report ID       // FromUnit

	tally int // FromLines: who offers the lines
}

// An Extra is a figure outside the tables: the processing fees of chapter six,
// and what else the prose may speak of. It is corrected, or given, by the name of
// its fact.
type Extra struct {
	ExtraFact
	Value    form.Value
	Computed form.Value
	Fix      *Fix // in force
	Sources  []Source
}

// records is what each tally counted for a year.
type records []counted

// counted is what one tally offers and what it counted, by unit and fact.
type counted struct {
	offers map[FactName]bool
	n      map[org.ID]map[FactName]int64
}

// collect finds what was recorded of a fact by some units: known only if every
// tally that offers it has records of one of them.
func (r records) collect(fact FactName, units []org.ID) (sources []Source, n int64, known bool) {
	asked, answered := 0, 0
	for t, c := range r {
		if !c.offers[fact] {
			continue
		}
		asked++
		has := false
		for _, u := range units {
			v, ok := c.n[u][fact]
			if !ok {
				continue
			}
			has = true
			n += v
			if v != 0 {
				sources = append(sources, Source{Kind: FromLines, Value: form.Of(v), Say: fact.Name(), Unit: u, Fact: fact, tally: t})
			}
		}
		if has {
			answered++
		}
	}
	return sources, n, asked > 0 && asked == answered
}

// known is every fact that some units know.
func (r records) known(units []org.ID) map[string]int64 {
	all := map[string]int64{}
	for _, c := range r {
		for fact := range c.offers {
			if _, n, known := r.collect(fact, units); known {
				all[string(fact)] = n
			}
		}
	}
	return all
}

// any tells whether some units recorded anything that counts.
func (r records) any(units []org.ID) bool {
	for _, c := range r {
		for _, u := range units {
			for _, n := range c.n[u] {
				if n != 0 {
					return true
				}
			}
		}
	}
	return false
}

// own computes a unit's own report: facts of its units first, last year's report
// where none is recorded, corrections over them, sums last.
func (p *plan) own(r records, units []org.ID, last *form.Report, fixes map[string]Fix) []Figure {
	figs := make([]Figure, len(p.cells))
	for i, o := range p.cells {
		f := &figs[i]
		f.Cell = i
		if o.parts != nil {
			continue
		}
		whole := len(o.facts) > 0
		var n int64
		for _, fact := range o.facts {
			sources, k, known := r.collect(fact, units)
			whole = whole && known
			n += k
			f.Sources = append(f.Sources, sources...)
			if !known && len(units) > 0 {
				f.Missing = append(f.Missing, Missing{units[0], fact})
			}
		}
		if whole {
			f.Computed = form.Of(n)
		} else if f.Sources = nil; len(o.last) > 0 && last != nil {
			f.Computed, f.Sources = fromLast(last, o.last)
		}
		if f.Computed.State != form.Unknown {
			f.Missing = nil
		}
	}
	p.finish(figs, fixes)
	return figs
}

func fromLast(last *form.Report, cells []string) (form.Value, []Source) {
	var sources []Source
	var n int64
	for _, id := range cells {
		v := last.Get(id)
		if !v.Known() {
			return form.Value{}, nil
		}
		i, _ := last.Form.Index(id)
		n += v.N
		sources = append(sources, Source{Kind: FromLast, Value: v, Say: fmt.Sprintf("%d年度报告%s", last.Year, last.Form.Say(i)), Cell: i})
	}
	return form.Of(n), sources
}

// A part is a unit's report as a consolidated one counts it.
type part struct {
	id     ID
	unit   org.ID
	name   string
	values *form.Report
}

// sum computes a consolidated report from the reports that are counted.
func (p *plan) sum(parts []part, fixes map[string]Fix) []Figure {
	figs := make([]Figure, len(p.cells))
	s := rollup.New()
	for _, u := range parts {
		r := *u.values
		r.Agency, r.Form = string(u.unit), p.form
		s.Add(&r)
	}
	groups := s.Groups()
	for i, o := range p.cells {
		f := &figs[i]
		f.Cell = i
		if o.parts != nil || len(groups) != 1 {
			continue
		}
		v := groups[0].Values[i]
		switch {
		case v.Unknown > 0 || v.Overflow:
			continue
		case v.Numbers == 0:
			f.Computed = form.Value{State: form.NotApplicable}
			continue
		}
		f.Computed = form.Of(v.N)
		for _, u := range parts {
			if n := u.values.Values[i]; n.Known() && n.N != 0 {
				f.Sources = append(f.Sources, Source{Kind: FromUnit, Value: n, Say: u.name, Unit: u.unit, Report: u.id})
			}
		}
	}
	p.finish(figs, fixes)
	return figs
}

// finish puts the corrections over the computed values and then adds the sums up.
func (p *plan) finish(figs []Figure, fixes map[string]Fix) {
	for i := range figs {
		f := &figs[i]
		if p.cells[i].parts != nil {
			continue
		}
		f.Value = f.Computed
		if fix, ok := fixes[p.form.Cells[i].ID]; ok {
			f.Fix, f.Value = &fix, fix.Value
			f.Stale = fix.Computed != f.Computed
		}
	}
	for _, i := range p.order {
		f := &figs[i]
		f.Computed, f.Sources = added(p.form, figs, p.cells[i].parts)
		f.Value = f.Computed
	}
}

// added is the sum of other figures: unknown if one of them is, not applicable
// if none of them applies.
func added(fm *form.Form, figs []Figure, parts []int) (form.Value, []Source) {
	var n int64
	var sources []Source
	state := form.NotApplicable
	for _, k := range parts {
		v := figs[k].Value
		switch v.State {
		case form.Unknown:
			return form.Value{}, nil
		case form.Number:
			state = form.Number
			n += v.N
			if v.N != 0 {
				sources = append(sources, Source{Kind: FromCell, Value: v, Say: fm.Say(k), Cell: k})
			}
		}
	}
	return form.Value{State: state, N: n}, sources
}

// extraFacts are the figures outside the tables that a year's report has: those
// it must report first, then those its prose may speak of.
func extraFacts(year int) []Extra {
	var all []Extra
	seen := map[FactName]bool{}
	for _, x := range base.Extra {
		seen[x.Fact] = true
		if year >= x.From {
			x.Must = true
			all = append(all, Extra{ExtraFact: x})
		}
	}
	for _, f := range prose.KnownFacts() {
		if name := FactName(f.Name); !seen[name] {
			all = append(all, Extra{ExtraFact: ExtraFact{Fact: name, Title: f.Title, Money: f.Money}})
		}
	}
	return all
}

// extras computes the figures outside the tables.
func (r records) extras(year int, units []org.ID) []Extra {
	all := extraFacts(year)
	for i := range all {
		sources, n, known := r.collect(all[i].Fact, units)
		if known {
			all[i].Computed, all[i].Sources = form.Of(n), sources
		}
	}
	return all
}

// sumExtras adds up what the units handed in. What one of them does not know,
// nobody knows of the whole.
func sumExtras(year int, parts []part, extra []map[string]string) []Extra {
	all := extraFacts(year)
	for i := range all {
		x := &all[i]
		if x.Fact == "units" {
			x.Computed = form.Of(int64(len(parts)))
			continue
		}
		var n int64
		known := len(parts) > 0
		for k, p := range parts {
			v := parseValue(extra[k][string(x.Fact)])
			if known = known && v.Known(); !known {
				break
			}
			if n += v.N; v.N != 0 {
				x.Sources = append(x.Sources, Source{Kind: FromUnit, Value: v, Say: p.name, Unit: p.unit, Report: p.id})
			}
		}
		if known {
			x.Computed = form.Of(n)
		} else {
			x.Sources = nil
		}
	}
	return all
}

// fixExtras puts what people gave over what was computed.
func fixExtras(all []Extra, fixes map[string]Fix) {
	for i := range all {
		x := &all[i]
		x.Value = x.Computed
		if f, ok := fixes[string(x.Fact)]; ok {
			x.Fix, x.Value = &f, f.Value
		}
	}
}

// printed is the report the figures make.
func printed(f *form.Form, agency string, year int, figs []Figure) *form.Report {
	r := form.New(f)
	r.Agency, r.Year = agency, year
	for i := range figs {
		r.Values[i] = figs[i].Value
	}
	return r
}
