package planting

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf16"
)

// A PDF is written page by page, in a Chinese face that is not embedded.
type PDF struct {
	pages   []string // content streams
	annots  []string // of each page
	Info    string   // entries of the information dictionary
	Catalog string   // further entries of the catalogue
	Objects []string // further objects; the first is FirstObject
}

// FirstObject is the number of the first of Objects.
const FirstObject = 10

// Page begins a page.
func (f *PDF) Page() { f.pages, f.annots = append(f.pages, ""), append(f.annots, "") }

// Draw adds operators to the page.
func (f *PDF) Draw(s string) { f.pages[len(f.pages)-1] += s + "\n" }

// Annotate adds an annotation to the page.
func (f *PDF) Annotate(s string) { f.annots[len(f.annots)-1] += s + " " }

// Text shows a text; mode 3 leaves no ink.
func (f *PDF) Text(x, y, size float64, mode int, s string) {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", u)
	}
	f.Draw(fmt.Sprintf("BT /F1 %g Tf %d Tr 1 0 0 1 %g %g Tm <%s> Tj ET", size, mode, x, y, b.String()))
}

// Width is the width of a text in letters of its size.
func Width(s string) float64 {
	w := 0.0
	for _, r := range s {
		if r < 0x80 {
			w += 0.5
		} else {
			w++
		}
	}
	return w
}

// Hex writes a string as the values of dictionaries have it, in UTF-16.
func Hex(s string) string {
	var b strings.Builder
	b.WriteString("<FEFF")
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", u)
	}
	return b.String() + ">"
}

// Stream writes an object that is a stream.
func Stream(dict, content string) string {
	return fmt.Sprintf("<< /Length %d %s >>\nstream\n%s\nendstream", len(content), dict, content)
}

// Bytes writes the file.
func (f *PDF) Bytes() []byte {
	var buf bytes.Buffer
	at := map[int]int{}
	object := func(n int, s string) {
		at[n] = buf.Len()
		fmt.Fprintf(&buf, "%d 0 obj\n%s\nendobj\n", n, s)
	}
	buf.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	first := FirstObject + len(f.Objects)
	var kids strings.Builder
	for i := range f.pages {
		fmt.Fprintf(&kids, "%d 0 R ", first+2*i)
	}
	object(1, "<< /Type /Catalog /Pages 2 0 R "+f.Catalog+" >>")
	object(2, fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", kids.String(), len(f.pages)))
	object(3, "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>")
	object(4, "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> "+
		"/DW 1000 /W [814 [500 500 500 500 500 500 500 500 500 500] 1 95 500 814 908 500] /FontDescriptor 5 0 R >>")
	object(5, "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>")
	object(6, "<< "+f.Info+" >>")
	for i, o := range f.Objects {
		object(FirstObject+i, o)
	}
	for i, p := range f.pages {
		object(first+2*i, fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> /XObject << %s >> >> /Contents %d 0 R /Annots [%s] >>",
			f.xobjects(), first+2*i+1, f.annots[i]))
		object(first+2*i+1, Stream("", p))
	}
	size := first + 2*len(f.pages)
	start := buf.Len()
	fmt.Fprintf(&buf, "xref\n0 %d\n0000000000 65535 f \n", size)
	for n := 1; n < size; n++ {
		if a, ok := at[n]; ok {
			fmt.Fprintf(&buf, "%010d 00000 n \n", a)
		} else {
			buf.WriteString("0000000000 00001 f \n")
		}
	}
	fmt.Fprintf(&buf, "trailer << /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n", size, start)
	return buf.Bytes()
}

// xobjects names every further object that can be painted.
func (f *PDF) xobjects() string {
	var b strings.Builder
	for i, o := range f.Objects {
		if strings.Contains(o, "/XObject") {
			fmt.Fprintf(&b, "/X%d %d 0 R ", FirstObject+i, FirstObject+i)
		}
	}
	return b.String()
}
