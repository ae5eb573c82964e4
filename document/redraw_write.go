package document

import (
	"bytes"
	"compress/zlib"
	"encoding/hex"
	"fmt"
	"math"
	"slices"
	"strconv"
	"unicode/utf16"

	"github.com/klippa-app/go-pdfium/enums"
)

func itoa(n int) string { return strconv.Itoa(n) }

// A pdfWriter writes a PDF of pictures with text behind them. Objects 1 to 8 are
// the catalog, the list of pages and the face of the text; each page is three.
type pdfWriter struct {
	buf   bytes.Buffer
	at    []int // where the objects stand; 0 for those to come
	pages []int
	wide  map[uint16]int // widths of the letters, in thousandths of their height
}

const (
	objCatalog = 1 + iota
	objPages
	objFont
	objDescendant
	objDescriptor
	objFaceFile
	objFaceMap
	objToText
	objFirstPage
)

// blankFont is the name of the face; the copies are known by it.
const blankFont = "/GongkaiBehindPicture"

func (w *pdfWriter) size() int { return w.buf.Len() }

func (w *pdfWriter) start() {
	if w.at == nil {
		w.at = make([]int, objFirstPage)
		w.wide = map[uint16]int{}
		w.buf.WriteString("%PDF-1.7\n%\xe5\x85\xac\xe5\xbc\x80\n")
	}
}

func (w *pdfWriter) object(n int, body string) {
	for len(w.at) <= n {
		w.at = append(w.at, 0)
	}
	w.at[n] = w.buf.Len()
	fmt.Fprintf(&w.buf, "%d 0 obj\n%s\nendobj\n", n, body)
}

func (w *pdfWriter) stream(n int, dict string, data []byte) {
	for len(w.at) <= n {
		w.at = append(w.at, 0)
	}
	w.at[n] = w.buf.Len()
	fmt.Fprintf(&w.buf, "%d 0 obj\n<< %s /Length %d >>\nstream\n", n, dict, len(data))
	w.buf.Write(data)
	w.buf.WriteString("\nendstream\nendobj\n")
}

func (w *pdfWriter) packed(n int, dict string, data []byte) error {
	var out bytes.Buffer
	z := zlib.NewWriter(&out)
	if _, err := z.Write(data); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	w.stream(n, dict+" /Filter /FlateDecode", out.Bytes())
	return nil
}

// num writes a length as short as it may be.
func num(v float64) string { return strconv.FormatFloat(math.Round(v*100)/100, 'f', -1, 64) }

// page adds a page of the size and the turn of the old one.
func (w *pdfWriter) page(p *redrawnPage, pic pdfPicture, text []glyph) error {
	w.start()
	n := len(w.at)
	w.pages = append(w.pages, n)
	turn := ""
	if p.turn != enums.FPDF_PAGE_ROTATION_NONE {
		turn = " /Rotate " + itoa(90*int(p.turn))
	}
	b := p.box
	w.object(n, fmt.Sprintf("<< /Type /Page /Parent %d 0 R /MediaBox [%s %s %s %s]%s /Contents %d 0 R /Resources << /XObject << /P %d 0 R >> /Font << /T %d 0 R >> >> >>",
		objPages, num(b.x0), num(b.y0), num(b.x1), num(b.y1), turn, n+1, n+2, objFont))
	var c bytes.Buffer
	fmt.Fprintf(&c, "q %s 0 0 %s %s %s cm /P Do Q\n", num(b.x1-b.x0), num(b.y1-b.y0), num(b.x0), num(b.y0))
	w.glyphs(&c, text)
	if err := w.packed(n+1, "", c.Bytes()); err != nil {
		return err
	}
	w.stream(n+2, fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace %s /BitsPerComponent %d /Filter /%s", pic.w, pic.h, pic.space, pic.bits, pic.filter), pic.data)
	return nil
}

// glyphs writes text without ink: each piece at its place, each letter as wide as
// it was.
func (w *pdfWriter) glyphs(c *bytes.Buffer, text []glyph) {
	if len(text) == 0 {
		return
	}
	c.WriteString("BT 3 Tr\n")
	for i := 0; i < len(text); {
		j := i + 1
		for j < len(text) && !text[j].first {
			j++
		}
		run := text[i:j]
		size, low := run[0].y1-run[0].y0, run[0].y0
		fmt.Fprintf(c, "/T %s Tf 1 0 0 1 %s %s Tm [", num(size), num(run[0].x0), num(low+faceBelow*size/1000))
		for k, g := range run {
			c.WriteByte('<')
			wide := w.letters(c, g, size)
			c.WriteByte('>')
			if k+1 < len(run) {
				// What the letters are too wide by.
				if d := float64(wide) - 1000*(run[k+1].x0-g.x0)/size; math.Abs(d) >= 1 {
					c.WriteString(strconv.Itoa(int(math.Round(d))))
				}
			}
		}
		c.WriteString("] TJ\n")
		i = j
	}
	c.WriteString("ET\n")
}

// letters writes the codes of a glyph and returns how wide they are. A letter is as
// wide everywhere as where it came first; where it is not, the next one is moved.
func (w *pdfWriter) letters(c *bytes.Buffer, g glyph, size float64) (wide int) {
	units := utf16.Encode([]rune(g.text))
	for _, u := range units {
		c.WriteString(hex.EncodeToString([]byte{byte(u >> 8), byte(u)}))
		if _, known := w.wide[u]; !known {
			w.wide[u] = int(min(max(math.Round(1000*(g.x1-g.x0)/size/float64(len(units))), 1), 4000))
		}
		wide += w.wide[u]
	}
	return wide
}

// widths lists the widths of all letters.
func (w *pdfWriter) widths() string {
	codes := make([]int, 0, len(w.wide))
	for u := range w.wide {
		codes = append(codes, int(u))
	}
	slices.Sort(codes)
	var b bytes.Buffer
	for _, u := range codes {
		fmt.Fprintf(&b, "%d [%d] ", u, w.wide[uint16(u)])
	}
	return b.String()
}

// finish writes what all pages share and returns the file.
func (w *pdfWriter) finish() ([]byte, error) {
	w.start()
	kids := ""
	for _, n := range w.pages {
		kids += itoa(n) + " 0 R "
	}
	w.object(objCatalog, fmt.Sprintf("<< /Type /Catalog /Pages %d 0 R /Lang (zh-CN) >>", objPages))
	w.object(objPages, fmt.Sprintf("<< /Type /Pages /Kids [ %s] /Count %d >>", kids, len(w.pages)))
	w.object(objFont, fmt.Sprintf("<< /Type /Font /Subtype /Type0 /BaseFont %s /Encoding /Identity-H /DescendantFonts [%d 0 R] /ToUnicode %d 0 R >>", blankFont, objDescendant, objToText))
	w.object(objDescendant, fmt.Sprintf("<< /Type /Font /Subtype /CIDFontType2 /BaseFont %s /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor %d 0 R /DW %d /W [ %s] /CIDToGIDMap %d 0 R >>", blankFont, objDescriptor, faceWide, w.widths(), objFaceMap))
	w.object(objDescriptor, fmt.Sprintf("<< /Type /FontDescriptor /FontName %s /Flags 5 /FontBBox [0 %d %d %d] /ItalicAngle 0 /Ascent %d /Descent %d /CapHeight %d /StemV 80 /FontFile2 %d 0 R >>",
		blankFont, -faceBelow, faceWide, faceAbove, faceAbove, -faceBelow, faceAbove, objFaceFile))
	face := blankFace()
	if err := w.packed(objFaceFile, "/Length1 "+itoa(len(face)), face); err != nil {
		return nil, err
	}
	glyphs := make([]byte, 2<<16)
	for i := 1; i < len(glyphs); i += 2 {
		glyphs[i] = 1
	}
	if err := w.packed(objFaceMap, "", glyphs); err != nil {
		return nil, err
	}
	if err := w.packed(objToText, "", []byte(codesAreText)); err != nil {
		return nil, err
	}
	start := w.buf.Len()
	fmt.Fprintf(&w.buf, "xref\n0 %d\n0000000000 65535 f \n", len(w.at))
	for _, at := range w.at[1:] {
		fmt.Fprintf(&w.buf, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&w.buf, "trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(w.at), objCatalog, start)
	return w.buf.Bytes(), nil
}

// codesAreText says that the codes of the text are its letters in UTF-16.
const codesAreText = `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
1 beginbfrange
<0000> <ffff> <0000>
endbfrange
endcmap
CMapName currentdict /CMap defineresource pop
end
end
`
