package pdf

import (
	"fmt"
	"strings"
)

// A Page is one page being filled.
type Page struct {
	file       *File
	id         int // of its object
	wide, high float64
	content    strings.Builder
	owners     []*Elem // by number of marked content
}

// Page adds a page and returns it.
func (f *File) Page(wide, high float64) *Page {
	p := &Page{file: f, wide: wide, high: high}
	f.pages = append(f.pages, p)
	return p
}

// Pages is how many pages there are.
func (f *File) Pages() int { return len(f.pages) }

// Ink is how a text is set.
type Ink struct {
	Size    float64
	Bold    bool    // drawn with a stroke around the letters
	Spacing float64 // added after each character, in points
}

// Text writes one line; y is its baseline. Under an element it is read as part
// of it, under nil it is an artifact.
func (p *Page) Text(e *Elem, x, y float64, s string, ink Ink) {
	if s == "" {
		return
	}
	p.open(e)
	c := &p.content
	fmt.Fprintf(c, "BT/F0 %s Tf", num(ink.Size))
	if ink.Bold {
		fmt.Fprintf(c, " 2 Tr %s w", num(ink.Size/32))
	}
	if ink.Spacing != 0 {
		fmt.Fprintf(c, " %.3f Tc", ink.Spacing)
	}
	fmt.Fprintf(c, " %s %s Td ", num(x), num(p.high-y))
	var codes strings.Builder
	flush := func() {
		if codes.Len() > 0 {
			c.WriteString("<" + codes.String() + ">Tj ")
			codes.Reset()
		}
	}
	for _, r := range s {
		g, there := p.file.glyph(r)
		if !there { // what stands in is read as what it stands for
			flush()
			fmt.Fprintf(c, "/Span<</ActualText %s>>BDC <%04X>Tj EMC ", text(string(r)), g)
			continue
		}
		fmt.Fprintf(&codes, "%04X", g)
	}
	flush()
	if ink.Bold {
		c.WriteString("0 Tr ")
	}
	if ink.Spacing != 0 {
		c.WriteString("0 Tc ")
	}
	c.WriteString("ET\nEMC\n")
}

// open begins marked content.
func (p *Page) open(e *Elem) {
	if e == nil {
		p.content.WriteString("/Artifact BMC\n")
		return
	}
	n := len(p.owners)
	p.owners = append(p.owners, e)
	e.kids = append(e.kids, kid{page: p, mark: n})
	fmt.Fprintf(&p.content, "/%s<</MCID %d>>BDC\n", e.kind, n)
}

// Lines draws straight lines, each x1, y1, x2, y2, of one width.
func (p *Page) Lines(width float64, lines [][4]float64) {
	if len(lines) == 0 {
		return
	}
	fmt.Fprintf(&p.content, "/Artifact BMC\n%s w 2 J\n", num(width))
	for _, l := range lines {
		fmt.Fprintf(&p.content, "%s %s m %s %s l S\n", num(l[0]), num(p.high-l[1]), num(l[2]), num(p.high-l[3]))
	}
	p.content.WriteString("EMC\n")
}
