package ui

// FormTable is a table as an official form prints it: boxes that span rows and
// columns, each figure a link to what it counts, with marks on those that need
// attention. It scrolls inside its own region and says so.
type FormTable struct {
	ID      string // of the region, for links to it
	Caption string
	Note    string // under the caption: unit of numbers
	Head    int    // lines that head the columns
	Lines   []FormLine
}

// FormLine is one line of a form's table. A box that reaches down from above
// does not appear in it again.
type FormLine struct {
	Boxes []FormBox
	Opens bool // begins a block of its own
}

// FormBox is one box, a label or a figure.
type FormBox struct {
	Text       string
	Scope      string // of a label: col, colgroup, row or rowgroup; "" for a figure
	Corner     bool   // an unnamed corner: neither label nor figure
	Cols, Rows int    // spanned
	URL        string // of a figure: what it counts
	ID         string // for links to it
	Kind       string // Bad: breaks a rule; Warn: to look at; Note: corrected; "" for none
	Near       bool   // takes part in a broken rule
	Unknown    bool   // nobody recorded it
	Marks      []Link // signs that lead to explanations
	Notes      []string
	Input      *Field // the figure is asked for
}

// Header tells whether the box is a label.
func (b FormBox) Header() bool { return b.Scope != "" }

// Class is the look of a figure's box.
func (b FormBox) Class() string {
	s := "fig"
	if b.Kind != "" {
		s += " is-" + b.Kind
	}
	if b.Near {
		s += " is-near"
	}
	if b.Unknown {
		s += " is-unknown"
	}
	return s
}

// Wide tells whether the table has more columns than a phone can show.
func (t FormTable) Wide() bool {
	n := 0
	if len(t.Lines) > 0 {
		for _, b := range t.Lines[0].Boxes {
			n += max(b.Cols, 1)
		}
	}
	return n > 5
}

// HeadLines are the lines that head the columns.
func (t FormTable) HeadLines() []FormLine { return t.Lines[:min(t.Head, len(t.Lines))] }

// Bodies are the lines below, a list for each block.
func (t FormTable) Bodies() [][]FormLine {
	var out [][]FormLine
	for _, l := range t.Lines[min(t.Head, len(t.Lines)):] {
		if len(out) == 0 || l.Opens {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], l)
	}
	return out
}
