package pdf

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"

	"gongkai/annualreport/paper/face"
)

// A File is a PDF being made.
type File struct {
	Title, Author string

	face    *face.Face
	pages   []*Page
	root    *Elem
	marks   []bookmark
	number  map[rune]uint16 // character to glyph of the file
	glyphs  []uint16        // glyph of the file to glyph of the face
	says    []rune          // what a glyph of the file stands for
	missing []rune
}

// A bookmark leads to a heading.
type bookmark struct {
	title string
	page  int
	y     float64
}

// replacement is drawn for a character without a glyph (getahuji, the printer's
// sign for missing type).
const replacement = '〓'

// New begins a file set in a face.
func New(f *face.Face) *File {
	file := &File{face: f, number: map[rune]uint16{}, glyphs: []uint16{0}, says: []rune{0}}
	file.root = &Elem{file: file, kind: "Document"}
	return file
}

// Root is the element all others belong to.
func (f *File) Root() *Elem { return f.root }

// Missing are the characters the face has no glyph for, in order of appearance.
func (f *File) Missing() []rune { return f.missing }

// Width is how wide a text is at a size, in points.
func (f *File) Width(s string, size float64) float64 {
	n := 0
	for _, r := range s {
		n += f.advance(r)
	}
	return float64(n) * size / 1000
}

func (f *File) advance(r rune) int {
	g, ok := f.face.Glyph(r)
	if !ok {
		g, _ = f.face.Glyph(replacement)
	}
	return f.face.Width(g)
}

// glyph is the file's number for a character's glyph. Characters that share a
// glyph get numbers of their own, so that each is copied out as itself.
func (f *File) glyph(r rune) (n uint16, there bool) {
	g, there := f.face.Glyph(r)
	if !there {
		if !slices.Contains(f.missing, r) {
			f.missing = append(f.missing, r)
		}
		r = replacement
		g, _ = f.face.Glyph(r)
	}
	n, have := f.number[r]
	if !have {
		n = uint16(len(f.glyphs))
		f.number[r] = n
		f.glyphs = append(f.glyphs, g)
		f.says = append(f.says, r)
	}
	return n, there
}

// Bookmark names the present place of the last page in the file's outline.
func (f *File) Bookmark(title string, y float64) {
	f.marks = append(f.marks, bookmark{title, len(f.pages) - 1, y})
}

// Bytes ends the file.
func (f *File) Bytes() ([]byte, error) {
	w := &objects{}
	catalog, pages, font := w.reserve(), w.reserve(), w.reserve()
	if err := f.writeFont(w, font); err != nil {
		return nil, err
	}
	var kids []string
	for _, p := range f.pages {
		p.id = w.reserve()
		kids = append(kids, ref(p.id))
	}
	structure, parents := f.writeStructure(w)
	for i, p := range f.pages {
		content := w.stream("", []byte(p.content.String()))
		w.put(p.id, fmt.Sprintf("<</Type/Page/Parent %s/MediaBox[0 0 %s %s]/Resources<</Font<</F0 %s>>/ProcSet[/PDF/Text]>>/Contents %s/StructParents %d/Tabs/S>>",
			ref(pages), num(p.wide), num(p.high), ref(font), ref(content), i))
	}
	w.put(pages, fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", len(kids), strings.Join(kids, " ")))
	w.put(parents, f.parentTree())
	more := ""
	if len(f.marks) > 0 {
		more = "/Outlines " + ref(f.writeOutline(w)) + "/PageMode/UseOutlines"
	}
	meta := w.object(rawStream("/Type/Metadata/Subtype/XML", []byte(f.metadata())))
	w.put(catalog, fmt.Sprintf("<</Type/Catalog/Pages %s/StructTreeRoot %s/MarkInfo<</Marked true>>/Lang(zh-CN)/ViewerPreferences<</DisplayDocTitle true>>/Metadata %s%s>>",
		ref(pages), ref(structure), ref(meta), more))
	info := w.object(fmt.Sprintf("<</Title %s/Author %s/Producer %s>>", text(f.Title), text(f.Author), text("gongkai")))
	return w.finish(catalog, info), nil
}

// writeFont embeds the glyphs that were used, with the way back to characters.
func (f *File) writeFont(w *objects, id int) error {
	cut, err := f.face.Cut(f.glyphs, nil)
	if err != nil {
		return fmt.Errorf("cut the face: %w", err)
	}
	file := w.stream(fmt.Sprintf("/Length1 %d", len(cut)), cut)
	ascent, descent, box := f.face.Metrics()
	name := "/GKAAAA+NotoSerifSC-Regular"
	descriptor := w.object(fmt.Sprintf("<</Type/FontDescriptor/FontName%s/Flags 4/FontBBox[%d %d %d %d]/ItalicAngle 0/Ascent %d/Descent %d/CapHeight 730/StemV 80/FontFile2 %s>>",
		name, box[0], box[1], box[2], box[3], ascent, descent, ref(file)))
	var widths strings.Builder
	for n, g := range f.glyphs {
		if wide := f.face.Width(g); wide != 1000 {
			fmt.Fprintf(&widths, "%d[%d]", n, wide)
		}
	}
	cid := w.object(fmt.Sprintf("<</Type/Font/Subtype/CIDFontType2/BaseFont%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor %s/DW 1000/W[%s]/CIDToGIDMap/Identity>>",
		name, ref(descriptor), widths.String()))
	unicode := w.stream("", []byte(f.toUnicode()))
	w.put(id, fmt.Sprintf("<</Type/Font/Subtype/Type0/BaseFont%s/Encoding/Identity-H/DescendantFonts[%s]/ToUnicode %s>>", name, ref(cid), ref(unicode)))
	return nil
}

func (f *File) toUnicode() string {
	var b strings.Builder
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n" +
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	for first := 1; first < len(f.glyphs); first += 100 {
		last := min(first+100, len(f.glyphs))
		fmt.Fprintf(&b, "%d beginbfchar\n", last-first)
		for n := first; n < last; n++ {
			fmt.Fprintf(&b, "<%04X> <%s>\n", n, utf16Hex(string(f.says[n])))
		}
		b.WriteString("endbfchar\n")
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
	return b.String()
}

func (f *File) metadata() string {
	esc := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace
	return `<?xpacket begin="` + "\ufeff" + `" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` +
		`<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:format>application/pdf</dc:format><dc:title><rdf:Alt><rdf:li xml:lang="x-default">` + esc(f.Title) +
		`</rdf:li></rdf:Alt></dc:title><dc:creator><rdf:Seq><rdf:li>` + esc(f.Author) + `</rdf:li></rdf:Seq></dc:creator><dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>`
}

func (f *File) writeOutline(w *objects) int {
	root := w.reserve()
	ids := make([]int, len(f.marks))
	for i := range ids {
		ids[i] = w.reserve()
	}
	for i, m := range f.marks {
		p := f.pages[m.page]
		s := fmt.Sprintf("<</Title %s/Parent %s/Dest[%s/XYZ 0 %s null]", text(m.title), ref(root), ref(p.id), num(p.high-m.y))
		if i > 0 {
			s += "/Prev " + ref(ids[i-1])
		}
		if i < len(ids)-1 {
			s += "/Next " + ref(ids[i+1])
		}
		w.put(ids[i], s+">>")
	}
	w.put(root, fmt.Sprintf("<</Type/Outlines/First %s/Last %s/Count %d>>", ref(ids[0]), ref(ids[len(ids)-1]), len(ids)))
	return root
}

// objects are the numbered objects of a file, from 1.
type objects struct{ all [][]byte }

func (w *objects) reserve() int {
	w.all = append(w.all, nil)
	return len(w.all)
}

func (w *objects) put(id int, s string) { w.all[id-1] = []byte(s) }

func (w *objects) object(s string) int {
	id := w.reserve()
	w.put(id, s)
	return id
}

func (w *objects) stream(dict string, b []byte) int {
	var z bytes.Buffer
	zw := zlib.NewWriter(&z)
	zw.Write(b) // a buffer does not fail
	zw.Close()
	return w.object(rawStream("/Filter/FlateDecode"+dict, z.Bytes()))
}

func rawStream(dict string, b []byte) string {
	return fmt.Sprintf("<<%s/Length %d>>stream\n%s\nendstream", dict, len(b), b)
}

// finish writes the objects, where they are, and an identifier made from them.
func (w *objects) finish(catalog, info int) []byte {
	b := []byte("%PDF-1.7\n%\xe5\x85\xac\xe5\xbc\x80\n")
	at := make([]int, len(w.all))
	for i, o := range w.all {
		at[i] = len(b)
		b = fmt.Appendf(b, "%d 0 obj\n", i+1)
		b = append(append(b, o...), "\nendobj\n"...)
	}
	id := sha256.Sum256(b)
	start := len(b)
	b = fmt.Appendf(b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, n := range at {
		b = fmt.Appendf(b, "%010d 00000 n \n", n)
	}
	return fmt.Appendf(b, "trailer\n<</Size %d/Root %s/Info %s/ID[<%X><%X>]>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, ref(catalog), ref(info), id[:16], id[:16], start)
}

func ref(id int) string { return fmt.Sprintf("%d 0 R", id) }

// num writes a coordinate with as few digits as it needs.
func num(v float64) string {
	s := fmt.Sprintf("%.2f", v)
	s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	if s == "-0" {
		return "0"
	}
	return s
}

// text writes a text string, UTF-16 with its mark.
func text(s string) string { return "<FEFF" + utf16Hex(s) + ">" }

func utf16Hex(s string) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", u)
	}
	return b.String()
}
