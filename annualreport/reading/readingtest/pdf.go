package readingtest

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf16"
)

// A printer sets text and rules on the pages of a PDF.
type printer struct {
	pages []*strings.Builder
	y     float64 // where the next line goes, from the foot of the page
}

// The page, in points.
const (
	pageWidth, pageHeight = 595.0, 842.0
	margin                = 56.0
	textSize, cellSize    = 12.0, 9.0
)

func (p *printer) turn() {
	if len(p.pages) > 0 {
		n := len(p.pages)
		p.put(pageWidth/2-10, 30, 9, fmt.Sprintf("-%d-", n))
	}
	p.pages = append(p.pages, &strings.Builder{})
	p.y = pageHeight - margin
}

// put sets a text with its baseline beginning at a point.
func (p *printer) put(x, y, size float64, s string) {
	if s == "" {
		return
	}
	if r := []rune(s); len(r) == 1 && r[0] > 127 {
		s += " " // the font is not embedded: without one the box of a lone character is empty, and it is passed over
	}
	var hex strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&hex, "%04X", u)
	}
	fmt.Fprintf(p.pages[len(p.pages)-1], "BT /F1 %.1f Tf %.1f %.1f Td <%s> Tj ET\n", size, x, y, hex.String())
}

// box draws the rules around a cell.
func (p *printer) box(x, y, w, h float64) {
	fmt.Fprintf(p.pages[len(p.pages)-1], "%.1f %.1f %.1f %.1f re S\n", x, y, w, h)
}

// setWidth is the width of a text in points: letters and digits take half of what
// a character takes.
func setWidth(s string, size float64) float64 {
	var w float64
	for _, r := range s {
		if r < 128 {
			w += size / 2
		} else {
			w += size
		}
	}
	return w
}

// fold breaks a text into lines that fit a width.
func fold(s string, size, width float64) []string {
	var lines []string
	for _, part := range strings.Split(s, "\n") {
		line := ""
		for _, r := range part {
			if setWidth(line+string(r), size) > width && line != "" {
				lines = append(lines, line)
				line = ""
			}
			line += string(r)
		}
		lines = append(lines, line)
	}
	return lines
}

// pdf prints the paper on A4 with ruled tables and numbered pages.
func (b *build) pdf() []byte {
	p := &printer{}
	p.turn()
	for _, f := range b.flows() {
		if f.grid != nil {
			b.pdfTable(p, f.grid)
			p.y -= textSize
			continue
		}
		text := b.script(f.text)
		if !f.title {
			text = "　　" + text
		}
		for _, l := range fold(text, textSize, pageWidth-2*margin) {
			if p.y < margin+textSize {
				p.turn()
			}
			x := margin
			if f.title {
				x = max(margin, (pageWidth-setWidth(l, textSize))/2)
			}
			p.put(x, p.y-textSize, textSize, l)
			p.y -= textSize * 1.6
		}
	}
	p.turn() // numbers the last page
	return bound(p.pages[:len(p.pages)-1])
}

// pdfTable prints a table, breaking it between rows at the end of a page.
func (b *build) pdfTable(p *printer, g *grid) {
	left := make([]float64, g.width+1)
	left[0] = margin
	share := make([]float64, g.width)
	var whole float64
	for c := range share {
		share[c] = 1
		if c < g.labels {
			share[c] = []float64{0, 2.2, 0, 1.4}[g.labels]
			if g.labels == 3 && c == 2 {
				share[c] = 3.4
			}
		}
		whole += share[c]
	}
	for c := range share {
		left[c+1] = left[c] + share[c]*(pageWidth-2*margin)/whole
	}
	lines := func(s *slot) []string {
		return fold(b.script(s.text), cellSize, left[s.col+s.cols]-left[s.col]-4)
	}
	height := make([]float64, len(g.lines))
	for i := range g.lines {
		n := 1
		for k := range g.lines[i].slots {
			if s := &g.lines[i].slots[k]; s.rows == 1 {
				n = max(n, len(lines(s)))
			}
		}
		height[i] = float64(n)*cellSize*1.25 + 6
	}
	for i := 0; i < len(g.lines); {
		room, n := p.y-margin, 0
		for i+n < len(g.lines) && room >= height[i+n] {
			room -= height[i+n]
			n++
		}
		if n == 0 {
			p.turn()
			continue
		}
		b.pdfRows(p, g, i, i+n, left, height, lines)
		i += n
	}
}

// pdfRows prints the rows from one to another on the present page. A cell that
// began on the page before goes on as an empty one.
func (b *build) pdfRows(p *printer, g *grid, from, to int, left, height []float64, lines func(*slot) []string) {
	top := p.y
	for y := range g.lines[:to] {
		for k := range g.lines[y].slots {
			s := &g.lines[y].slots[k]
			if y+s.rows <= from {
				continue
			}
			var above, tall float64
			for r := from; r < min(y+s.rows, to); r++ {
				if r < y {
					above += height[r]
				} else {
					tall += height[r]
				}
			}
			x, w := left[s.col], left[s.col+s.cols]-left[s.col]
			p.box(x, top-above-tall, w, tall)
			if y < from {
				continue
			}
			text := lines(s)
			at := top - above - (tall-float64(len(text))*cellSize*1.25)/2
			for _, l := range text {
				at -= cellSize * 1.25
				shift := 2.0
				if s.kind != label {
					shift = max(1, (w-setWidth(l, cellSize))/2)
				}
				p.put(x+shift, at+2.5, cellSize, l)
			}
		}
	}
	for r := from; r < to; r++ {
		p.y -= height[r]
	}
}

// bound makes a PDF of pages. Its one font is named, not embedded; what its
// codes mean is told by a table, which is all that reading the text needs.
func bound(pages []*strings.Builder) []byte {
	var buf bytes.Buffer
	var at []int
	object := func(s string) {
		at = append(at, buf.Len())
		fmt.Fprintf(&buf, "%d 0 obj\n%s\nendobj\n", len(at), s)
	}
	stream := func(s string) { object(fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(s), s)) }
	buf.WriteString("%PDF-1.5\n")
	var kids strings.Builder
	for i := range pages {
		fmt.Fprintf(&kids, "%d 0 R ", 7+2*i)
	}
	object("<< /Type /Catalog /Pages 2 0 R >>")
	object(fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", kids.String(), len(pages)))
	object("<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 6 0 R >>")
	object("<< /Type /Font /Subtype /CIDFontType2 /BaseFont /SimSun /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor 5 0 R /DW 1000 /W [0 127 500] >>")
	object("<< /Type /FontDescriptor /FontName /SimSun /Flags 4 /FontBBox [0 -141 1000 859] /ItalicAngle 0 /Ascent 859 /Descent -141 /CapHeight 859 /StemV 80 >>")
	var names strings.Builder
	names.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Codes def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	for high := 0; high < 256; high += 64 {
		names.WriteString("64 beginbfrange\n")
		for h := high; h < high+64; h++ {
			fmt.Fprintf(&names, "<%02X00> <%02XFF> <%02X00>\n", h, h, h)
		}
		names.WriteString("endbfrange\n")
	}
	names.WriteString("endcmap\nend\nend\n")
	stream(names.String())
	for i, p := range pages {
		object(fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %.0f %.0f] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>", pageWidth, pageHeight, 8+2*i))
		stream(p.String())
	}
	start := buf.Len()
	fmt.Fprintf(&buf, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, a := range at {
		fmt.Fprintf(&buf, "%010d 00000 n \n", a)
	}
	fmt.Fprintf(&buf, "trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return buf.Bytes()
}
