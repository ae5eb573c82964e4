package readingtest

import (
	"fmt"
	"slices"
	"strings"

	"gongkai/annualreport/form"
)

// A Reader is what is measured: a file's bytes to its report.
type Reader func(name string, data []byte) *form.Report

// A Fault is one cell read wrongly.
type Fault struct {
	Cell      string
	Want, Got form.Value
	Open      bool
}

// Marks are what one reading earned.
type Marks struct {
	Cells, Exact, Unknown, Wrong int // of the cells that can be read
	Open, OpenExact, OpenWrong   int // of those that were destroyed
	Form, Agency, Year           bool
	Faults                       []Fault // every wrong cell, then every unknown one
}

// Fully tells whether the reading is all that can be asked for.
func (m Marks) Fully() bool { return m.Exact == m.Cells && m.Wrong+m.OpenWrong == 0 && m.Form }

// Grade compares a reading with the truth, cell by cell. A reading in another
// form is compared by the names of the cells, so what both forms have counts. A
// figure where there is none at all is wrong. The agency's name may be in either
// script.
func Grade(s Sample, got *form.Report) Marks {
	m := Marks{Form: got.Form != nil && got.Form.ID == s.Want.Form.ID, Agency: simplified(got.Agency) == simplified(s.Want.Agency), Year: got.Year == s.Want.Year}
	var unknown []Fault
	for i, c := range s.Want.Form.Cells {
		want, have := s.Want.Values[i], got.Get(c.ID)
		same := want.State == have.State && (want.State != form.Number || want.N == have.N)
		f := Fault{c.ID, want, have, s.Open[i]}
		if s.Open[i] {
			m.Open++
			switch {
			case same:
				m.OpenExact++
			case have.State != form.Unknown:
				m.OpenWrong++
				m.Faults = append(m.Faults, f)
			}
			continue
		}
		m.Cells++
		switch {
		case same:
			m.Exact++
		case have.State == form.Unknown:
			m.Unknown++
			unknown = append(unknown, f)
		default:
			m.Wrong++
			m.Faults = append(m.Faults, f)
		}
	}
	if got.Form != nil && got.Form != s.Want.Form {
		for i, c := range got.Form.Cells {
			if _, ok := s.Want.Form.Index(c.ID); !ok && got.Values[i].State == form.Number {
				m.Wrong++
				m.Faults = append(m.Faults, Fault{Cell: c.ID, Got: got.Values[i]})
			}
		}
	}
	m.Faults = append(m.Faults, unknown...)
	return m
}

// A Score sums up the marks of the reports of one kind.
type Score struct {
	Kind                         string
	Reports, Fully, Clean        int // fully exact; without any wrong figure
	Cells, Exact, Unknown, Wrong int
	Open, OpenExact, OpenWrong   int
	Form, Agency, Year           int // right
}

func (s *Score) add(m Marks) {
	s.Reports++
	count := func(n *int, ok bool) {
		if ok {
			*n++
		}
	}
	count(&s.Fully, m.Fully())
	count(&s.Clean, m.Wrong+m.OpenWrong == 0)
	count(&s.Form, m.Form)
	count(&s.Agency, m.Agency)
	count(&s.Year, m.Year)
	s.Cells += m.Cells
	s.Exact += m.Exact
	s.Unknown += m.Unknown
	s.Wrong += m.Wrong
	s.Open += m.Open
	s.OpenExact += m.OpenExact
	s.OpenWrong += m.OpenWrong
}

// Plan draws up n reports to measure with: each layout undamaged, each damage
// alone, and two to six damages together. Word, Excel and PDF files are dear to
// make and to read, so they come once for every twenty others.
func Plan(seed uint64, n int) []Spec {
	d := NewDice(seed)
	layouts, damages := Layouts(), Damages()
	throw := func(fits ...Damage) (Layout, bool) {
		var l []Layout
		for _, one := range layouts {
			ok := !slices.Contains([]Layout{Docx, Xlsx, PDF}, one) || d.Chance(8)
			for _, x := range fits {
				ok = ok && Fits(one, x)
			}
			if ok {
				l = append(l, one)
			}
		}
		if len(l) == 0 {
			return "", false
		}
		return Pick(d, l...), true
	}
	var specs []Spec
	for i := 0; len(specs) < n; i++ {
		s := Spec{Seed: d.next()}
		many := Pick(d, 0, 1, 1, 2, 3, d.Between(4, 6))
		if many == 1 {
			s.Damages = []Damage{damages[i%len(damages)]}
		} else {
			for _, k := range d.Shuffled(len(damages))[:many] {
				s.Damages = append(s.Damages, damages[k])
			}
		}
		if !Agree(s.Damages...) {
			continue
		}
		l, ok := throw(s.Damages...)
		if !ok {
			continue
		}
		s.Layout = l
		specs = append(specs, s)
	}
	return specs
}

// A Board holds the scores of a measurement by kind.
type Board struct {
	order  []string
	scores map[string]*Score
}

// Measure reads the reports specs name and scores the reader by kind of layout
// and damage. Each is told, if not nil, of every sample and its marks.
func Measure(specs []Spec, read Reader, each func(Sample, Marks)) *Board {
	b := &Board{scores: map[string]*Score{}}
	for _, s := range specs {
		sample := Make(s)
		m := Grade(sample, read(sample.Name, sample.Data))
		for _, k := range kinds(s) {
			if b.scores[k] == nil {
				b.scores[k] = &Score{Kind: k}
				b.order = append(b.order, k)
			}
			b.scores[k].add(m)
		}
		if each != nil {
			each(sample, m)
		}
	}
	return b
}

// The kinds a report counts for.
const (
	allReports = "all"
	undamaged  = "undamaged: "
	alone      = "alone: "
	together   = "together with others: "
)

func kinds(s Spec) []string {
	k := []string{allReports}
	switch n := len(s.Damages); {
	case n == 0:
		k = append(k, "undamaged", undamaged+string(s.Layout))
	case n == 1:
		k = append(k, "one damage", alone+string(s.Damages[0]))
	case n == 2:
		k = append(k, "two damages")
	case n == 3:
		k = append(k, "three damages")
	default:
		k = append(k, "four to six damages")
	}
	if len(s.Damages) > 1 {
		for _, d := range s.Damages {
			k = append(k, together+string(d))
		}
	}
	if len(s.Damages) > 0 {
		k = append(k, "damaged: "+string(s.Layout))
	}
	return k
}

// Of returns the score of a kind; "all" is everything.
func (b *Board) Of(kind string) Score {
	if s := b.scores[kind]; s != nil {
		return *s
	}
	return Score{Kind: kind}
}

// Markdown prints the board as tables for the documentation.
func (b *Board) Markdown() string {
	var w strings.Builder
	table := func(title string, kinds ...string) {
		fmt.Fprintf(&w, "\n## %s\n\n| | reports | fully exact | without a wrong figure | cells exact | unknown | wrong, of 100,000 | destroyed cells | of them read | read wrongly |\n", title)
		w.WriteString("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n")
		for _, k := range kinds {
			s := b.scores[k]
			if s == nil {
				continue
			}
			_, name, ok := strings.Cut(k, ": ")
			if !ok {
				name = k
			}
			fmt.Fprintf(&w, "| %s | %d | %s | %s | %s | %s | %.1f | %d | %s | %s |\n", name, s.Reports, share(s.Fully, s.Reports), share(s.Clean, s.Reports),
				share(s.Exact, s.Cells), share(s.Unknown, s.Cells), 100_000*float64(s.Wrong)/float64(max(1, s.Cells)), s.Open, share(s.OpenExact, s.Open), share(s.OpenWrong, s.Open))
		}
	}
	table("In all", allReports, "undamaged", "one damage", "two damages", "three damages", "four to six damages")
	all := b.Of(allReports)
	fmt.Fprintf(&w, "\nForm right: %s. Agency right: %s. Year right: %s.\n", share(all.Form, all.Reports), share(all.Agency, all.Reports), share(all.Year, all.Reports))
	var plainly, harmed, single, mixed []string
	for _, l := range Layouts() {
		plainly = append(plainly, undamaged+string(l))
		harmed = append(harmed, "damaged: "+string(l))
	}
	for _, d := range Damages() {
		single = append(single, alone+string(d))
		mixed = append(mixed, together+string(d))
	}
	table("Layouts, undamaged", plainly...)
	table("One damage, any layout", single...)
	table("Damages together with one to five others", mixed...)
	table("Layouts, with any damages", harmed...)
	return w.String()
}

func share(n, of int) string {
	if of == 0 {
		return "–"
	}
	return fmt.Sprintf("%.2f %%", 100*float64(n)/float64(of))
}

// Smaller makes a failing spec as small as it can while fails holds: fewer
// damages, no prose, smaller figures.
func Smaller(s Spec, fails func(Spec) bool) Spec {
	for again := true; again; {
		again = false
		for i := range s.Damages {
			t := s
			t.Damages = slices.Concat(s.Damages[:i], s.Damages[i+1:])
			if fails(t) {
				s, again = t, true
				break
			}
		}
	}
	for _, size := range []Size{Quiet, Bureau, County} {
		t := s
		t.Size = size
		if fails(t) {
			s = t
			break
		}
	}
	if t := s; !t.Bare {
		t.Bare = true
		if fails(t) {
			s = t
		}
	}
	return s
}
