package document

// settle finishes what every reader leaves open: the places of the blocks, the
// title, headings that are only visible by their numbers, and an outline
// without gaps.
func settle(b *budget, d *Doc) error {
	if d.Kind.inSheets() {
		return b.alive()
	}
	switch d.Kind {
	case KindDocx, KindODT, KindRTF:
		promote(d.Blocks, false)
	case KindDoc, KindOFD, KindHTML:
		promote(d.Blocks, !hasHeadings(d.Blocks))
	}
	if _, laid := d.Part(PartDocument); !laid {
		p := lay(d.Blocks)
		if err := b.addText(p.Text); err != nil {
			return err
		}
		d.Parts = append([]Part{p}, d.Parts...)
	}
	if len(d.Foot) > 0 {
		d.Parts = append(d.Parts, footPart(d.Foot))
	}
	if len(d.Meta) > 0 {
		d.addMeta()
	}
	if !hasText(d) {
		return empty(d.Kind)
	}
	settleTitle(d)
	outline(d.Blocks)
	return b.alive()
}

func hasText(d *Doc) bool { return len(d.Blocks) > 0 }

func footPart(notes []Footnote) Part {
	var l layout
	for i := range notes {
		if i > 0 {
			l.newline()
		}
		l.item(notes[i].Blocks, "", 0)
	}
	return Part{Name: PartFootnote, Text: l.s.String(), Spans: l.spans}
}

func (d *Doc) addMeta() {
	lines := make([]string, len(d.Meta))
	for i, m := range d.Meta {
		lines[i] = m.Name + ": " + m.Value
	}
	d.addPart(PartMetadata, lines)
}

func hasHeadings(bs []Block) bool {
	for _, b := range bs {
		if b.Kind == Heading && b.Level > 0 {
			return true
		}
	}
	return false
}

// promote makes headings of paragraphs that are numbered and set as headings
// are: "一、" or "（一）" at the front, in bold or a display face, or centred.
// With any the number is enough: the file says nothing about looks.
func promote(bs []Block, any bool) {
	for i := range bs {
		b := &bs[i]
		if b.Kind != Paragraph || !any && !b.Strong && b.Align != AlignCenter {
			continue
		}
		if level := numberedHeading(b.Label + runsText(b.Runs)); level > 0 {
			b.Kind, b.Level = Heading, level
		}
	}
}

// settleTitle marks the title. What the file's author marked wins; else the
// lines that read and look like one.
func settleTitle(d *Doc) {
	if i := loneHeading(d.Blocks); i >= 0 {
		d.Blocks[i].Level = 0
	}
	for i := range d.Blocks {
		if d.Blocks[i].Kind == Heading && d.Blocks[i].Level == 0 {
			d.Title = titleText(d.Blocks, i)
			break
		}
	}
	if d.Title != "" {
		demoteLater(d)
		return
	}
	t := findTitle(docLines(*d))
	if t.Sure < 0.7 {
		return
	}
	d.Title = t.Value
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if b.Start >= t.Line.Start && b.End <= t.Line.End && b.End > b.Start && (b.Kind == Heading || b.Kind == Paragraph) {
			b.Kind, b.Level = Heading, 0
		}
	}
}

// loneHeading finds a title marked as the one heading of the first level, at
// the very front; -1 if there is none.
func loneHeading(bs []Block) int {
	first, deeper := -1, false
	for i, b := range bs {
		switch {
		case b.Kind != Heading:
		case b.Level == 0 || b.Level == 1 && (first >= 0 || i > 4):
			return -1
		case b.Level == 1:
			first = i
		case first < 0:
			return -1
		default:
			deeper = true
		}
	}
	if !deeper || numberedHeading(runsText(bs[first].Runs)) > 0 || bs[first].Label != "" {
		return -1
	}
	return first
}

// titleText joins a title that runs over several paragraphs.
func titleText(bs []Block, i int) string {
	s := oneLine(runsText(bs[i].Runs))
	for i++; i < len(bs) && bs[i].Kind == Heading && bs[i].Level == 0; i++ {
		s += oneLine(runsText(bs[i].Runs))
	}
	return s
}

// demoteLater keeps the first title and makes later ones, such as those of
// annexes, headings of the first level.
func demoteLater(d *Doc) {
	seen, open := false, false
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if b.Kind != Heading || b.Level != 0 {
			open = false
			continue
		}
		if seen && !open {
			b.Level = 1
			continue
		}
		seen, open = true, true
	}
}

// outline closes gaps between heading levels, so that a page never jumps from
// the second to the fourth.
func outline(bs []Block) {
	var open []int // levels as found, for each level as kept
	for i := range bs {
		b := &bs[i]
		if b.Kind != Heading || b.Level == 0 {
			continue
		}
		found := b.Level
		for len(open) > 0 && open[len(open)-1] >= found {
			open = open[:len(open)-1]
		}
		open = append(open, found)
		b.Level = min(len(open), 5)
	}
}
