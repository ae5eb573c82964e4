package readingtest

import (
	"fmt"
	"slices"
	"strings"

	"gongkai/annualreport/form"
)

// A Layout is the way a table became a file.
type Layout string

// The layouts. The comments say what real reports they are modelled on.
const (
	Cells         Layout = "one cell a line"           // saved from a web page; a county's office and a district, 2020
	Tabs          Layout = "rows of tabs"              // copied out of a word processor; a district, 2020
	Spaces        Layout = "rows of spaces"            // a PDF of a district, 2020
	Pipes         Layout = "rows of pipes"             // bureaus and townships, 2020 to 2024
	PipeCells     Layout = "a cell and a pipe a line"  // bureaus, 2019 to 2023
	Markdown      Layout = "Markdown tables"           // converted from the web
	MarkdownSplit Layout = "Markdown, split up"        // OCR turned into Markdown; a county, 2025
	HTML          Layout = "HTML"                      // a city, 2025
	HTMLWord      Layout = "HTML from Word or WPS"     // a city's office, 2019
	PDFRaw        Layout = "PDF text, raw order"       // a district, 2023
	PDFLayout     Layout = "PDF text, laid out"        // the same
	OCR           Layout = "OCR text"                  // a development zone, 2020
	MarkdownHTML  Layout = "Markdown with HTML tables" // what OCR programs make of scans
	OneLine       Layout = "everything on one line"    // a page stripped of its marks
	Mixed         Layout = "each table in another way"
	Docx          Layout = "docx"
	Xlsx          Layout = "xlsx"
	PDF           Layout = "pdf"
)

// Layouts returns all of them.
func Layouts() []Layout {
	return []Layout{Cells, Tabs, Spaces, Pipes, PipeCells, Markdown, MarkdownSplit, HTML, HTMLWord, PDFRaw, PDFLayout, OCR, MarkdownHTML, OneLine, Mixed, Docx, Xlsx, PDF}
}

// A Damage is one thing that went wrong with a report, or one oddity of it.
type Damage string

// The damages.
const (
	SplitHeads    Damage = "head words split by character"
	WrappedLabels Damage = "labels wrapped anywhere"
	SpacedLabels  Damage = "spaces inside labels"
	Ordinals      Damage = "ordinals written otherwise or lost"
	Reworded      Damage = "labels worded otherwise"
	OCRLabels     Damage = "labels damaged by OCR"
	LateLabels    Damage = "label after its numbers"
	LostGroups    Damage = "merged first columns lost"
	PageMarks     Damage = "page numbers and footers inside rows"
	RepeatedHeads Damage = "head repeated after a page break"
	TornColumns   Damage = "last columns and titles torn off table two"
	ShuffledHeads Damage = "head of table four flattened out of order"
	KeptBlanks    Damage = "blank cells, kept"
	DroppedBlanks Damage = "blank cells, dropped"
	JoinedRows    Damage = "several rows' numbers on one line"
	Notes         Damage = "notes inside number cells"
	WideDigits    Damage = "full-width digits"
	Thousands     Damage = "thousands separators"
	SplitNumbers  Damage = "spaces inside numbers"
	LetterDigits  Damage = "digits read as letters"
	SignWords     Damage = "changes in words"
	Decimals      Damage = "counts printed as decimals"
	Marked        Damage = "Markdown and formula marks around cells"
	Invisible     Damage = "no-break and zero-width characters"
	HalfWidth     Damage = "half-width punctuation"
	Traditional   Damage = "traditional script"
	Slashes       Damage = "cells with a stroke"
	Planted       Damage = "sums that do not add up"
	OtherVariant  Damage = "其他处理 as in the other form"
	WrongForm     Damage = "the form of other years"
	Displaced     Damage = "tables displaced to the end"
	LostTable     Damage = "a table left out"
	Truncated     Damage = "file cut off"
	LostChapters  Damage = "heads of chapters two to four lost"
	Twice         Damage = "the report printed twice"
	Remarks       Damage = "remarks with numbers beside the tables"
	PageFrame     Damage = "the web page around the report"
	GB18030       Damage = "GB18030"
	UTF16         Damage = "UTF-16"
)

// Damages returns all of them.
func Damages() []Damage {
	return []Damage{SplitHeads, WrappedLabels, SpacedLabels, Ordinals, Reworded, OCRLabels, LateLabels, LostGroups, PageMarks, RepeatedHeads, TornColumns, ShuffledHeads, KeptBlanks, DroppedBlanks,
		JoinedRows, Notes, WideDigits, Thousands, SplitNumbers, LetterDigits, SignWords, Decimals, Marked, Invisible, HalfWidth, Traditional, Slashes, Planted, OtherVariant, WrongForm, Displaced,
		LostTable, Truncated, LostChapters, Twice, Remarks, PageFrame, GB18030, UTF16}
}

// kinds of layout a damage can happen to.
var (
	plain   = []Layout{Cells, Tabs, Spaces, Pipes, PipeCells, Markdown, MarkdownSplit, PDFRaw, PDFLayout, OCR}
	gridded = []Layout{Cells, Tabs, Pipes, PipeCells, Markdown, MarkdownSplit, HTML, HTMLWord, OCR, Docx, Xlsx} // cells stay apart
	happens = map[Damage][]Layout{
		SplitHeads:    {Cells, Tabs, Pipes, PipeCells, Markdown, MarkdownHTML, HTML, HTMLWord, PDFRaw, OCR, OneLine, Mixed, Docx, Xlsx},
		LateLabels:    {Cells, Tabs, Spaces, PDFRaw},
		LostGroups:    {Cells, Tabs, Spaces, Pipes, PipeCells, Markdown, MarkdownHTML, PDFRaw, PDFLayout, OCR, OneLine},
		PageMarks:     {Cells, Tabs, Spaces, Pipes, PDFRaw, PDFLayout, OCR, OneLine},
		RepeatedHeads: {Cells, Tabs, Spaces, Pipes, Markdown, MarkdownHTML, HTML, HTMLWord, PDFLayout, OCR, OneLine, Docx, Xlsx},
		TornColumns:   {Spaces},
		ShuffledHeads: {Cells, Spaces, PDFRaw, OneLine},
		KeptBlanks:    {Cells, Tabs, Pipes, PipeCells, Markdown, MarkdownSplit, MarkdownHTML, HTML, HTMLWord, PDFLayout, OCR, Docx, Xlsx, PDF},
		DroppedBlanks: {Cells, Tabs, Spaces, Pipes, PipeCells, PDFRaw, OCR, OneLine},
		JoinedRows:    {Cells, Spaces},
		Marked:        {Markdown, MarkdownSplit, MarkdownHTML},
		Notes:         gridded,
		SplitNumbers:  gridded,
		LetterDigits:  {Cells, Tabs, Pipes, OCR, MarkdownSplit},
		Truncated:     {Cells, Tabs, Spaces, Pipes, PipeCells, Markdown, MarkdownHTML, HTML, HTMLWord, OCR, OneLine},
		Twice:         slices.Concat(plain, []Layout{MarkdownHTML, HTML, HTMLWord}),
		GB18030:       slices.Concat(plain, []Layout{HTML, HTMLWord}),
		UTF16:         plain,
	}
	// quarrels are damages that cannot both happen.
	quarrels = [][2]Damage{{KeptBlanks, DroppedBlanks}, {GB18030, UTF16}, {GB18030, Invisible}, {Displaced, Truncated}, {LostTable, Truncated}, {JoinedRows, LateLabels},
		{LateLabels, LostTable}, {TornColumns, Truncated}, {TornColumns, JoinedRows}, {Decimals, Thousands}, {Marked, SplitNumbers}, {Twice, Truncated}, {Twice, TornColumns}}
)

// Fits tells whether a damage can happen to files of a layout.
func Fits(l Layout, d Damage) bool {
	where, some := happens[d]
	return !some || slices.Contains(where, l)
}

// Agree tells whether damages can happen to one and the same file.
func Agree(all ...Damage) bool {
	for i, a := range all {
		for _, b := range all[:i] {
			if a == b || slices.Contains(quarrels, [2]Damage{a, b}) || slices.Contains(quarrels, [2]Damage{b, a}) {
				return false
			}
		}
	}
	return true
}

// A Spec names one generated report.
type Spec struct {
	Seed    uint64
	Form    *form.Form // nil: one of them
	Size    Size       // "": one of them
	Layout  Layout
	Damages []Damage
	Bare    bool // heads and tables only, no prose
}

// Has tells whether the spec asks for a damage.
func (s Spec) Has(d Damage) bool { return slices.Contains(s.Damages, d) }

// String names the spec in one line.
func (s Spec) String() string {
	var all []string
	for _, d := range s.Damages {
		all = append(all, string(d))
	}
	if len(all) == 0 {
		all = []string{"undamaged"}
	}
	return fmt.Sprintf("%s: %s (seed %d)", s.Layout, strings.Join(all, ", "), s.Seed)
}

// A Sample is a generated report: a file and what a perfect reader makes of it.
type Sample struct {
	Spec Spec
	Name string // the file's name, with the ending of its kind
	Data []byte
	Want *form.Report
	Open []bool // by cell of Want.Form: what was printed is destroyed, unknown is right as well
}

// Make renders the report a spec names. It panics if a damage does not fit the
// layout or two of them exclude each other.
func Make(s Spec) Sample {
	for _, d := range s.Damages {
		if !Fits(s.Layout, d) {
			panic(fmt.Sprintf("readingtest: %q does not happen to %q", d, s.Layout))
		}
	}
	if !Agree(s.Damages...) {
		panic(fmt.Sprintf("readingtest: %v exclude each other", s.Damages))
	}
	return makeFor(s, 0)
}

// makeFor is Make for a year, unless that is 0.
func makeFor(s Spec, year int) Sample {
	d := NewDice(s.Seed)
	b := &build{Spec: s, Dice: d, r: figuresFor(d, s)}
	if year != 0 {
		b.r.Year = year
	}
	b.open = make([]bool, len(b.r.Values))
	b.paper = newPaper(d, b.r, s.Bare)
	if s.Has(Remarks) {
		b.paper.remark(d.For(string(Remarks)))
	}
	if s.Has(PageFrame) {
		b.paper.frame(d.For(string(PageFrame)), b.r)
	}
	b.print()
	b.harm()
	b.openTables()
	out := Sample{Spec: s, Want: b.r, Open: b.open}
	out.Data, out.Name = b.render()
	out.Want.File = out.Name
	b.settle()
	return out
}

// figuresFor throws the figures a spec wants.
func figuresFor(d *Dice, s Spec) *form.Report {
	f := s.Form
	switch {
	case f != nil:
	case s.Has(SignWords): // the later form has no changes
		f = form.ByID("2019")
	default:
		f = form.ByID(Pick(d.For("form"), "2019", "2021", "2021"))
	}
	if s.Has(OtherVariant) {
		for _, v := range form.All() {
			if v.ID == f.ID && v.Variant != "" {
				f = v
				break
			}
		}
	}
	o := Options{Size: s.Size, Slashes: s.Has(Slashes), Planted: s.Has(Planted)}
	if s.Has(KeptBlanks) || s.Has(DroppedBlanks) {
		o.Blanks = Pick(d.For("habit"), ZerosBlank, ZerosBlank, SomeBlank, TotalsBlank)
	}
	r := Figures(d, f, o)
	if s.Has(WrongForm) {
		r.Year = map[string]int{"2019": 2021, "2021": 2020}[f.ID]
	}
	return r
}

// A build is a report on its way to a file.
type build struct {
	Spec
	*Dice // only its For is used
	r     *form.Report
	open  []bool
	paper *paper

	late     map[*line]bool // labels that come after their numbers
	joined   map[*line]int  // rows, from this one on, whose numbers run together
	marks    map[*line]mark
	stopped  bool // the file ends in the last grid that is left
	displace bool
}

// A mark is a foreign line inside a table.
type mark struct {
	text  []string
	after int // how many slots of the line come before it; all of them if larger
}

// grids are the tables that are left, in order.
func (b *build) grids() []*grid {
	var all []*grid
	for _, c := range b.paper.chapters {
		if c.grid != nil {
			all = append(all, c.grid)
		}
	}
	return all
}

// openLine says that what a line prints cannot be read with certainty.
func (b *build) openLine(l *line) {
	for _, s := range l.slots {
		if s.cell >= 0 {
			b.open[s.cell] = true
		}
	}
}

// openTables opens tables in which blanks leave no way to tell where one row's
// numbers end and the next one's begin.
func (b *build) openTables() {
	late := b.Layout == Cells && b.Has(LateLabels) && (b.Has(KeptBlanks) || b.Has(DroppedBlanks))
	if !late && !((b.Layout == PDFRaw || b.Layout == OneLine) && b.Has(DroppedBlanks)) {
		return
	}
	for _, g := range b.grids() {
		blank := false
		g.each(func(_ *line, s *slot) { blank = blank || s.cell >= 0 && s.text == "" })
		for i := range g.lines {
			if blank {
				b.openLine(&g.lines[i])
			}
		}
	}
}

// settle takes back what was not printed at all: such cells are unknown, and
// rows and tables without any are missing.
func (b *build) settle() {
	there := make([]bool, len(b.r.Values))
	for _, g := range b.grids() {
		g.each(func(_ *line, s *slot) {
			if s.cell >= 0 {
				there[s.cell] = true
			}
		})
	}
	for ti := range b.r.Form.Tables {
		t := &b.r.Form.Tables[ti]
		var gone []string
		all := true
		for bi := range t.Blocks {
			bl := &t.Blocks[bi]
			for ri, row := range bl.Rows {
				any := false
				for ci := range bl.Columns {
					if i := bl.At(ri, ci); there[i] {
						any = true
					} else {
						b.r.Values[i] = form.Value{}
					}
				}
				if !any {
					gone = append(gone, t.ID+"."+row.ID)
				}
				all = all && !any
			}
		}
		if all {
			gone = []string{t.ID}
		}
		b.r.Missing = append(b.r.Missing, gone...)
	}
}
