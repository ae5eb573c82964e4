package readingtest_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"gongkai/annualreport/form"
	"gongkai/annualreport/reading"
	. "gongkai/annualreport/reading/readingtest"
	"gongkai/document"
	"gongkai/internal/fault"
)

// hold reads a file and holds what is true of every reading: a refusal has a
// sentence; a report has a value for every cell; places lie in the text and the
// figures stand there; the JSON comes back.
func hold(t *testing.T, name string, data []byte) {
	if len(data) > 1<<18 {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	kept := document.Limits{CacheDir: filepath.Join(os.TempDir(), "gongkai-pdf-cache")}
	var d document.Doc
	var r *form.Report
	var err error
	if strings.HasSuffix(name, ".pdf") { // as the program does, which keeps the engine
		if d, err = document.Read(ctx, name, data, kept); err == nil {
			r = reading.Doc(name, d)
		}
	} else {
		r, err = reading.File(ctx, name, data)
	}
	if err != nil {
		if fault.Sentence(err) == "" {
			t.Fatalf("reading.File(%s) = %v, which tells a person nothing", name, err)
		}
		return
	}
	if r == nil {
		t.Fatalf("reading.File(%s) = nil, nil", name)
	}
	wellFormed(t, r)
	if r.Form == nil || r.Origins == nil {
		return
	}
	switch {
	case d.Parts != nil:
	case strings.HasSuffix(name, ".txt") || strings.HasSuffix(name, ".md"):
		if !utf8.Valid(data) {
			return // the place is in the decoded text, which only the reader has
		}
		d.Parts = []document.Part{{Name: document.PartDocument, Text: string(data)}}
	default:
		if d, err = document.Read(ctx, name, data, kept); err != nil {
			t.Fatalf("document.Read(%s) = %v, but it was read", name, err)
		}
	}
	stands(t, r, d)
}

func wellFormed(t *testing.T, r *form.Report) {
	if r.Form == nil {
		if r.Values != nil || r.Origins != nil {
			t.Fatalf("no form, but %d values and %d origins", len(r.Values), len(r.Origins))
		}
	} else if len(r.Values) != len(r.Form.Cells) || r.Origins != nil && len(r.Origins) != len(r.Form.Cells) {
		t.Fatalf("form %s has %d cells, got %d values and %d origins", r.Form.ID, len(r.Form.Cells), len(r.Values), len(r.Origins))
	}
	for i, v := range r.Values {
		if v.State != form.Number && v.N != 0 {
			t.Fatalf("%s = %+v: a figure that is none", r.Form.Cells[i].ID, v)
		}
		if v.Known() && r.Lacks(r.Form.Cells[i].Table+"."+r.Form.Cells[i].Row) {
			t.Fatalf("%s = %+v, but the row is missing", r.Form.Cells[i].ID, v)
		}
	}
	sent := r.AppendJSON(nil)
	back, err := form.ParseReport(sent)
	if err != nil {
		t.Fatalf("ParseReport(%s) = %v", sent, err)
	}
	bare := *r
	bare.Origins = nil // the way back leaves out what else a cell might say
	if got, want := string(back.AppendJSON(nil)), string(bare.AppendJSON(nil)); got != want {
		t.Fatalf("the JSON changed on the way\nsent %s\nback %s", want, got)
	}
}

// stands checks that each figure stands where the report says it was read.
func stands(t *testing.T, r *form.Report, d document.Doc) {
	parts := map[string][]rune{}
	for _, p := range d.Parts {
		if _, twice := parts[p.Name]; !twice {
			parts[p.Name] = []rune(p.Text)
		}
	}
	for i, o := range r.Origins {
		v, id := r.Values[i], r.Form.Cells[i].ID
		if o.Sure < 0 || o.Sure > 1 {
			t.Fatalf("%s: sure %v", id, o.Sure)
		}
		for _, other := range o.Others {
			if other.State == v.State && other.N == v.N {
				t.Fatalf("%s = %+v has itself as an alternative", id, v)
			}
		}
		text, ok := parts[o.Part]
		if !ok && (v.Known() || o.End > 0) {
			t.Fatalf("%s was read in part %q, which the file does not have", id, o.Part)
		}
		if o.Start < 0 || o.End < o.Start || o.End > len(text) {
			t.Fatalf("%s was read at %d to %d of %d", id, o.Start, o.End, len(text))
		}
		if !v.Known() {
			continue
		}
		printed := digits(marks.ReplaceAllString(string(text[o.Start:o.End]), ""))
		want := digits(v.Raw)
		if want == "" {
			want = digits(fmt.Sprint(v.N))
		}
		if !strings.Contains(printed, want) {
			t.Fatalf("%s = %+v, but %q stands at %d to %d", id, v, string(text[o.Start:o.End]), o.Start, o.End)
		}
	}
}

// marks are the tags inside a number that was typed in two goes.
var marks = regexp.MustCompile(`<[^>]*>`)

// digits are the digits of a text, whatever their width, without what stands
// between them.
func digits(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		case unicode.IsDigit(r):
			return r
		}
		return -1
	}, s)
}

// seeds gives the fuzzer small reports of the layouts, damaged and not.
func seeds(layouts ...Layout) []Sample {
	var all []Sample
	for i, l := range layouts {
		all = append(all, Make(Spec{Seed: uint64(i), Layout: l, Size: Bureau, Bare: true}))
		for k, d := range Damages() {
			if Fits(l, d) && (i+k)%3 == 0 {
				all = append(all, Make(Spec{Seed: uint64(k), Layout: l, Damages: []Damage{d}, Bare: true}))
			}
		}
	}
	return all
}

func FuzzText(f *testing.F) {
	for _, s := range seeds(Cells, Tabs, Spaces, Pipes, PipeCells, Markdown, MarkdownSplit, PDFRaw, PDFLayout, OCR) {
		f.Add(s.Data, strings.HasSuffix(s.Name, ".md"))
	}
	f.Fuzz(func(t *testing.T, data []byte, markdown bool) {
		if markdown {
			hold(t, "report.md", data)
		} else {
			hold(t, "report.txt", data)
		}
	})
}

// FuzzEdits takes lines of generated reports away, doubles and moves them and
// puts others in: what a fuzzer of bytes seldom finds the way to.
func FuzzEdits(f *testing.F) {
	for i := range uint64(24) {
		f.Add(i, byte(i), []byte{0, byte(10 * i), 1, byte(7 * i), 2, byte(30 + i), 3, byte(90 + i)})
	}
	texts := []Layout{Cells, Tabs, Spaces, Pipes, PipeCells, Markdown, MarkdownSplit, HTML, HTMLWord, PDFRaw, PDFLayout, OCR}
	words := []string{"0", "1 2 3", "", "7.属于行政执法案卷", "总计", "(一)予以公开", "-3-", "12345678901234567890", "\t\t\t", "| | |", "/", "第二十条第（八）项", "3987.75 万", "—"}
	f.Fuzz(func(t *testing.T, seed uint64, kind byte, edits []byte) {
		s := Spec{Seed: seed % (1 << 20), Layout: texts[int(kind)%len(texts)], Bare: true}
		if d := Damages()[int(seed>>20)%len(Damages())]; Fits(s.Layout, d) {
			s.Damages = []Damage{d}
		}
		sample := Make(s)
		if s.Has(UTF16) {
			return
		}
		lines := strings.Split(string(sample.Data), "\n")
		for len(edits) >= 2 && len(lines) > 2 && len(lines) < 2000 {
			at := int(edits[1]) * len(lines) / 256
			switch edits[0] % 6 {
			case 0:
				lines = append(lines[:at:at], lines[at+1:]...)
			case 1:
				lines = append(lines[:at+1:at+1], lines[at:]...)
			case 2:
				lines[at], lines[(at*7+3)%len(lines)] = lines[(at*7+3)%len(lines)], lines[at]
			case 3:
				lines = append(lines[:at:at], append([]string{words[int(edits[0]/6)%len(words)]}, lines[at:]...)...)
			case 4:
				r := []rune(lines[at])
				lines[at] = string(r[len(r)/2:])
			default:
				lines[at] += words[int(edits[0]/6)%len(words)]
			}
			edits = edits[2:]
		}
		hold(t, sample.Name, []byte(strings.Join(lines, "\n")))
	})
}

func FuzzHTML(f *testing.F) {
	for _, s := range seeds(HTML, HTMLWord) {
		f.Add(s.Data)
	}
	f.Fuzz(func(t *testing.T, data []byte) { hold(t, "report.html", append([]byte("<html>"), data...)) })
}

// FuzzDocx fuzzes the text of a Word file: a fuzzer does not get through zip.
func FuzzDocx(f *testing.F) {
	for seed := range uint64(6) {
		s := Make(Spec{Seed: seed, Layout: Docx, Size: Bureau, Bare: true})
		z, err := zip.NewReader(bytes.NewReader(s.Data), int64(len(s.Data)))
		if err != nil {
			f.Fatal(err)
		}
		body, err := z.Open("word/document.xml")
		if err != nil {
			f.Fatal(err)
		}
		var b bytes.Buffer
		if _, err := b.ReadFrom(body); err != nil {
			f.Fatal(err)
		}
		_, text, _ := strings.Cut(b.String(), "<w:body>")
		text, _, _ = strings.Cut(text, "</w:body>")
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, body string) {
		hold(t, "report.docx", packed(t, map[string]string{
			"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
			"_rels/.rels":         `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
			"word/document.xml":   `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + body + `</w:body></w:document>`,
		}))
	})
}

// FuzzXlsx fuzzes the cells of a sheet, a line a row with tabs between the
// cells, and which cells are merged.
func FuzzXlsx(f *testing.F) {
	for _, s := range seeds(Tabs) {
		f.Add(string(s.Data), "A1:C1")
	}
	f.Fuzz(func(t *testing.T, cells, merged string) {
		var rows strings.Builder
		for y, l := range strings.Split(cells, "\n") {
			if y > 400 {
				break
			}
			fmt.Fprintf(&rows, `<row r="%d">`, y+1)
			for x, c := range strings.Split(l, "\t") {
				if x > 25 {
					break
				}
				fmt.Fprintf(&rows, `<c r="%c%d" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, 'A'+x, y+1, html.EscapeString(strings.ToValidUTF8(c, "")))
			}
			rows.WriteString("</row>")
		}
		hold(t, "report.xlsx", packed(t, map[string]string{
			"[Content_Types].xml":        `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
			"_rels/.rels":                `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
			"xl/workbook.xml":            `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>`,
			"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
			"xl/worksheets/sheet1.xml": `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + rows.String() + `</sheetData><mergeCells count="1"><mergeCell ref="` +
				html.EscapeString(strings.ToValidUTF8(merged, "")) + `"/></mergeCells></worksheet>`,
		}))
	})
}

// FuzzPDF fuzzes what is printed on two pages.
func FuzzPDF(f *testing.F) {
	for _, s := range seeds(PDFLayout)[:4] {
		text := []rune(string(s.Data))
		f.Add(string(text[:len(text)/2]), string(text[len(text)/2:]))
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		if len(a)+len(b) > 1<<15 {
			return
		}
		hold(t, "report.pdf", PDFOf(a, b))
	})
}

func packed(t *testing.T, parts map[string]string) []byte {
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for _, name := range []string{"[Content_Types].xml", "_rels/.rels", "word/document.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"} {
		text, ok := parts[name]
		if !ok {
			continue
		}
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}
