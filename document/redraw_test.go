package document

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/hex"
	"fmt"
	"image"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/klippa-app/go-pdfium/requests"
)

// A number of nobody, and what a copy says of it.
const (
	someNumber = "339999197001010129"
	someMask   = "33*************129"
)

func everywhere(values ...string) (all []Cover) {
	for _, v := range values {
		all = append(all, Cover{Was: v, Now: v[:2] + strings.Repeat("*", len(v)-5) + v[len(v)-3:], Shown: true})
	}
	return all
}

func redraw(t *testing.T, data []byte, covers ...Cover) Redrawn {
	t.Helper()
	made, err := Redraw(context.Background(), data, covers, pdfLimits())
	if err != nil {
		t.Fatalf("Redraw = %v", err)
	}
	return made
}

// tellsNothing fails if any way of writing text in a PDF gives a value: as it is,
// in UTF-16, in hex, and so in every stream unpacked; or if reading the copy does.
func tellsNothing(t *testing.T, data []byte, values ...string) {
	t.Helper()
	all := [][]byte{data}
	for rest := data; ; {
		i := bytes.Index(rest, []byte("stream\n"))
		if i < 0 {
			break
		}
		rest = rest[i+7:]
		if z, err := zlib.NewReader(bytes.NewReader(rest)); err == nil {
			if plain, err := io.ReadAll(z); err == nil {
				all = append(all, plain)
			}
		}
	}
	if len(all) < 3 {
		t.Errorf("only %d streams were looked into", len(all)-1)
	}
	// Letters with nothing between them but what moves them.
	for _, b := range all[1:] {
		if bytes.Contains(b, []byte(" Tm [")) {
			var text []byte
			for _, piece := range strings.FieldsFunc(string(b), func(r rune) bool { return r == '<' || r == '>' }) {
				if one, err := hex.DecodeString(piece); err == nil {
					text = append(text, one...)
				}
			}
			all = append(all, text)
		}
	}
	for _, v := range values {
		var wide []byte
		for _, u := range utf16.Encode([]rune(v)) {
			wide = append(wide, byte(u>>8), byte(u))
		}
		for _, form := range [][]byte{[]byte(v), wide, []byte(hex.EncodeToString([]byte(v))), []byte(hex.EncodeToString(wide))} {
			for i, b := range all {
				if bytes.Contains(b, form) || bytes.Contains(bytes.ToLower(b), form) {
					t.Errorf("stream %d of the copy still tells a value as %.8q…", i, form)
				}
			}
		}
	}
	d, err := Read(context.Background(), "copy.pdf", data, pdfLimits())
	if err != nil {
		t.Fatalf("Read(copy) = %v", err)
	}
	for _, p := range d.Parts {
		for _, v := range values {
			if strings.Contains(bareText(p.Text), bareText(v)) {
				t.Errorf("part %s of the copy still tells a value", p.Name)
			}
		}
	}
}

// picture draws a page of a PDF as people see it, at 72 dots to the inch.
func pictureOf(t *testing.T, data []byte, page int) *image.RGBA {
	t.Helper()
	engine, err := pdfEngine(pdfLimits().CacheDir)
	if err != nil {
		t.Fatal(err)
	}
	api, err := engine.GetInstance(0)
	if err != nil {
		t.Fatal(err)
	}
	defer api.Close()
	opened, err := api.OpenDocument(&requests.OpenDocument{File: &data})
	if err != nil {
		t.Fatal(err)
	}
	drawn, err := api.RenderPageInDPI(&requests.RenderPageInDPI{DPI: 72, Page: requests.Page{ByIndex: &requests.PageByIndex{Document: opened.Document, Index: page}}})
	if err != nil {
		t.Fatal(err)
	}
	defer drawn.Cleanup()
	out := image.NewRGBA(drawn.Result.Image.Bounds())
	copy(out.Pix, drawn.Result.Image.Pix)
	return out
}

// inkAt counts dark dots of a picture.
func inkAt(m *image.RGBA, x0, y0, x1, y1 int) (n int) {
	for y := y0; y < y1; y++ {
		for x := x0; x < x1; x++ {
			if c := m.RGBAAt(x, y); int(c.R)+int(c.G)+int(c.B) < 500 {
				n++
			}
		}
	}
	return n
}

func TestACopyOfAPDFShowsTheMaskInItsPlace(t *testing.T) {
	was := pdf(show(72, 700, 0, "Number: "+someNumber+" end.")+show(400, 600, 0, "x"), show(72, 700, 0, "Nothing here"))
	made := redraw(t, was, everywhere(someNumber)...)
	tellsNothing(t, made.Data, someNumber, someNumber[2:15])
	d := readPDFFile(t, "a.pdf", made.Data)
	same(t, "text", partText(t, d, PartDocument), "Number: "+someMask+" end.\nx\nNothing here")
	same(t, "pages", d.Pages, 2)
	if len(d.Notes) != 0 || len(d.Parts) != 1 {
		t.Errorf("the copy has notes %v and %d parts, want the text alone", d.Notes, len(d.Parts))
	}
	a, b := pictureOf(t, was, 0), pictureOf(t, made.Data, 0)
	if a.Rect != b.Rect {
		t.Errorf("the page is %v, was %v", b.Rect, a.Rect)
	}
	// "Number: " and the letters kept are the same ink; those between are stars.
	if x, y := inkAt(a, 60, 125, 118, 150), inkAt(b, 60, 125, 118, 150); y < x*2/3 || y > x*3/2 {
		t.Errorf("what was kept has %d dark dots, had %d", y, x)
	}
	if x, y := inkAt(a, 135, 125, 215, 150), inkAt(b, 135, 125, 215, 150); y > x*2/3 {
		t.Errorf("what was covered has %d dark dots, had %d", y, x)
	}
}

func TestANumberInPiecesIsCovered(t *testing.T) {
	for _, tt := range []struct {
		name  string
		pages []string
	}{
		{"in several texts", []string{show(72, 700, 0, someNumber[:7]) + show(122, 700, 0, someNumber[7:])}},
		{"letter by letter, backwards", []string{func() (s string) {
			for i := len(someNumber) - 1; i >= 0; i-- {
				s += show(72+8*i, 700, 0, someNumber[i:i+1])
			}
			return s
		}()}},
		{"over two lines", []string{show(300, 700, 0, "It is "+someNumber[:9]) + show(72, 680, 0, someNumber[9:]+" thus")}},
		{"with blanks", []string{show(72, 700, 0, someNumber[:6]+" "+someNumber[6:14]+"  "+someNumber[14:])}},
		{"over two pages", []string{show(72, 60, 0, "It is "+someNumber[:9]) + show(290, 30, 0, "- 1 -"), show(72, 780, 0, someNumber[9:]+" thus") + show(290, 30, 0, "- 2 -")}},
		{"in a form of the page", []string{show(72, 720, 0, "x") + "q 1 0 0 1 0 0 cm " + show(72, 700, 0, someNumber) + "Q"}},
		{"turned upright", []string{show(72, 720, 0, "x") + "BT /F1 12 Tf 0 1 -1 0 200 300 Tm (" + someNumber + ") Tj ET\n"}},
		{"white, and beside the page", []string{show(72, 720, 0, "x "+someNumber) + "1 1 1 rg " + show(72, 600, 0, someNumber) + show(72, -300, 0, someNumber)}},
		{"in a cell, over two lines", []string{"60 600 m 360 600 l S 60 680 m 360 680 l S 60 600 m 60 680 l S 160 600 m 160 680 l S 360 600 m 360 680 l S " +
			show(70, 660, 0, someNumber[:10]) + show(170, 660, 0, "other") + show(70, 640, 0, someNumber[10:])}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			made := redraw(t, pdf(tt.pages...), everywhere(someNumber)...)
			tellsNothing(t, made.Data, someNumber, someNumber[2:15], someNumber[2:9], someNumber[9:15])
		})
	}
}

func TestANameIsCoveredOnlyWhereItWasFound(t *testing.T) {
	page := show(72, 700, 0, "Mayor Smith opens the list") + show(72, 600, 0, "1 Smith 500") + show(72, 580, 0, "2 Jones 600")
	made := redraw(t, pdf(page, page), Cover{Was: "Smith", Now: "S****", Page: 1, Before: "list\n1 ", After: " 500\n2 J", Shown: true})
	d := readPDFFile(t, "a.pdf", made.Data)
	same(t, "text", partText(t, d, PartDocument), "Mayor Smith opens the list\n1 S**** 500\n2 Jones 600\nMayor Smith opens the list\n1 Smith 500\n2 Jones 600")
}

func TestNothingNobodySeesGetsIntoACopy(t *testing.T) {
	secret := "hidden-" + someNumber
	data := pdf(show(72, 700, 0, "public "+someNumber)+show(72, 600, 3, secret)+"1 1 1 rg "+show(72, 500, 0, secret)+"0 g "+show(72, 400, 0, secret)+"1 g 60 390 300 30 re f\n0 g "+show(400, 300, 0, "x"), "%note\n"+show(72, 700, 0, "more"))
	data = bytes.Replace(data, []byte("/Contents (please check)"), []byte("/Contents ("+secret+")"), 1)
	data = bytes.Replace(data, []byte("<< /Type /Catalog"), []byte("<< /Secret ("+secret+") /Outlines << /First << /Title ("+secret+") >> >> /Type /Catalog"), 1)
	// An earlier state of the file.
	was := bytes.LastIndex(data, []byte("startxref"))
	former := append(bytes.Clone(data[:was]), data[was:]...)
	former = append(former, []byte("9 0 obj\n<< /Length 0 >>\nstream\n\nendstream\nendobj\n%%EOF\n")...)
	made := redraw(t, former, everywhere(someNumber)...)
	tellsNothing(t, made.Data, someNumber, secret, "hidden")
	d := readPDFFile(t, "a.pdf", made.Data)
	same(t, "text", partText(t, d, PartDocument), "public "+someMask+"\nx\nmore")
	same(t, "comments that stayed behind", made.Notes, 1)
}

func TestWhatAFormShowsIsCoveredToo(t *testing.T) {
	look := "BT /F1 12 Tf 2 5 Td (" + someNumber + ") Tj ET"
	data := pdf(show(72, 700, 0, "Number:"))
	data = bytes.Replace(data, []byte("/Contents 5 0 R"), []byte(fmt.Sprintf("/Annots [ << /Type /Annot /Subtype /Widget /FT /Tx /F 4 /T (no) /V (%s) /Rect [150 695 300 715] /AP << /N 6 0 R >> >> ] /Contents 5 0 R", someNumber)), 1)
	xref := bytes.LastIndex(data, []byte("xref\n0"))
	body := fmt.Sprintf("6 0 obj\n<< /Type /XObject /Subtype /Form /BBox [0 0 150 20] /Resources << /Font << /F1 3 0 R >> >> /Length %d >>\nstream\n%s\nendstream\nendobj\n", len(look), look)
	data = append(append(bytes.Clone(data[:xref]), body...), []byte("trailer << /Size 7 /Root 1 0 R >>\n")...)
	made := redraw(t, data, everywhere(someNumber)...)
	tellsNothing(t, made.Data, someNumber)
	d := readPDFFile(t, "a.pdf", made.Data)
	same(t, "text", strings.ReplaceAll(partText(t, d, PartDocument), "\t", " "), "Number: "+someMask)
	if !made.Fields {
		t.Error("nothing is said of the form")
	}
}

func TestTheTextOfARecogniserIsCoveredInThePicture(t *testing.T) {
	// What stands for a scan: strokes all over the lines, and invisible text on them.
	scan := ""
	for x := 60; x < 460; x += 4 {
		scan += fmt.Sprintf("0 g %d 600 1 20 re f %d 560 1 20 re f\n", x, x)
	}
	data := pdf("q 500 0 0 100 50 540 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xff EI Q\n" + scan + show(72, 604, 3, "No. "+someNumber) + show(72, 564, 3, "words that stay"))
	made := redraw(t, data, everywhere(someNumber)...)
	tellsNothing(t, made.Data, someNumber)
	a, b := pictureOf(t, data, 0), pictureOf(t, made.Data, 0)
	// Of the value nothing stays in the picture, not even the figures the mask keeps:
	// above the stars there is nothing at all. Beside it all stays.
	if x, y := inkAt(a, 94, 224, 214, 229), inkAt(b, 94, 224, 214, 229); x < 100 || y > 0 {
		t.Errorf("the covered place has %d dark dots, had %d", y, x)
	}
	if x, y := inkAt(a, 60, 262, 300, 282), inkAt(b, 60, 262, 300, 282); y < x*3/4 {
		t.Errorf("the other line has %d dark dots, had %d", y, x)
	}
	d := readPDFFile(t, "a.pdf", made.Data)
	same(t, "text", partText(t, d, PartDocument), "No. "+someMask+" words that stay")
}

func TestACopyHasTheSizesAndTurnsOfItsPages(t *testing.T) {
	for _, turn := range []int{0, 90, 180, 270} {
		data := pdf(show(172, 700, 0, "No. "+someNumber))
		data = bytes.Replace(data, []byte("/MediaBox [0 0 595 842]"), []byte(fmt.Sprintf("/Rotate %d /MediaBox [-20 0 700 842] /CropBox [100 500 500 750]", turn)), 1)
		made := redraw(t, data, everywhere(someNumber)...)
		tellsNothing(t, made.Data, someNumber)
		a, b := pictureOf(t, data, 0), pictureOf(t, made.Data, 0)
		if a.Rect != b.Rect {
			t.Errorf("turned by %d: the page is %v, was %v", turn, b.Rect, a.Rect)
		}
		// The ink of what is kept lies in the same place: compare the two halves.
		w, h := a.Rect.Dx(), a.Rect.Dy()
		for k, half := range [][4]int{{0, 0, w / 2, h}, {w / 2, 0, w, h}, {0, 0, w, h / 2}, {0, h / 2, w, h}} {
			x, y := inkAt(a, half[0], half[1], half[2], half[3]), inkAt(b, half[0], half[1], half[2], half[3])
			if (x > 40) != (y > 15) {
				t.Errorf("turned by %d: half %d has %d dark dots, had %d", turn, k, y, x)
			}
		}
	}
}

func TestACopyIsRefusedWhereItCouldTell(t *testing.T) {
	good := pdf(show(72, 700, 0, "words "+someNumber))
	chinese := bytes.Replace(pdf("BT /F1 12 Tf 72 700 Td <4f604f60> Tj ET"), []byte("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"),
		[]byte("<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [ << /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >> >> ] >>"), 1)
	for _, tt := range []struct {
		name  string
		data  []byte
		want  []Cover
		lim   Limits
		words string
	}{
		{"a value that is on no page", good, everywhere("440102198001011234"), pdfLimits(), "找不到它在页面上的位置"},
		{"a name that is not where it was", good, []Cover{{Was: "Smith", Now: "S*", Page: 1, Shown: true}}, pdfLimits(), "第1页有需要隐去的内容"},
		{"under a password", locked(good), nil, pdfLimits(), "打开密码"},
		{"cut", good[:60], nil, pdfLimits(), "已损坏"},
		{"letters that are not in the file", chinese, nil, pdfLimits(), "没有嵌入第1页所用的中文字体"},
		{"too large", good, nil, Limits{MaxBytes: 10, CacheDir: pdfLimits().CacheDir}, "超过"},
		{"a copy that is too large", good, nil, Limits{MaxBytes: int64(len(good)), CacheDir: pdfLimits().CacheDir}, "副本超过"},
		{"too many pages", pdf("", "", ""), nil, Limits{MaxPages: 2, CacheDir: pdfLimits().CacheDir}, "有 3 页"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			made, err := Redraw(context.Background(), tt.data, tt.want, tt.lim)
			refused(t, err, tt.words)
			if made.Data != nil {
				t.Error("there is a copy all the same")
			}
		})
	}
}

// Whoever edits a PDF puts a white box over a name and writes another one on it.
func TestWhatWasWrittenOverStaysBehind(t *testing.T) {
	data := pdf(show(72, 700, 0, "Number "+someNumber) + show(72, 600, 0, "Former Name") + "1 g 60 592 300 24 re f 0 g\n" + show(72, 600, 0, "Other Person") +
		show(72, 560, 0, "Visible line") + show(72, 560, 3, "Unseen words"))
	made := redraw(t, data, everywhere(someNumber)...)
	d := readPDFFile(t, "a.pdf", made.Data)
	text := partText(t, d, PartDocument)
	for _, want := range []string{"Other Person", "Visible line", someMask} {
		if !strings.Contains(text, want) {
			t.Errorf("the copy does not say %q: %s", want, text)
		}
	}
	for _, w := range []string{"Former", "Unseen", "Fm"} {
		if strings.Contains(text, w) {
			t.Errorf("the copy says %q, which nobody saw: %s", w, text)
		}
	}
}

func TestPagesNobodyCouldLookAtAreNamed(t *testing.T) {
	made := redraw(t, pdf(show(72, 700, 0, "words"), "0.5 g 60 600 400 20 re f\n", ""))
	if !slices.Equal(made.Blind, []int{2}) {
		t.Errorf("Blind = %v, want the second page", made.Blind)
	}
}

func TestAChineseNoticeStaysReadable(t *testing.T) {
	was := testdata(t, "notice.pdf")
	made := redraw(t, was, Cover{Was: "明政办发〔2026〕3号", Now: "明政办发〔****〕*号", Shown: true})
	d, before := readPDFFile(t, "a.pdf", made.Data), readPDFFile(t, "a.pdf", was)
	want := strings.ReplaceAll(partText(t, before, PartDocument), "明政办发〔2026〕3号", "明政办发〔****〕*号")
	same(t, "text", bareText(partText(t, d, PartDocument)), bareText(want))
	same(t, "title", d.Title, before.Title)
}
