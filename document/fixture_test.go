package document

import (
	"archive/zip"
	"bytes"
	"context"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongkai/internal/fault"
)

// mustRead reads a file that has to be readable.
func mustRead(t *testing.T, name string, data []byte) Doc {
	t.Helper()
	d, err := Read(context.Background(), name, data, Limits{})
	if err != nil {
		t.Fatalf("Read(%s) = %v, want no error", name, err)
	}
	checkDoc(t, d)
	return d
}

func testdata(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// corpus returns real material, or skips loudly where there is none.
func corpus(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "shared", "corpus", name))
	if err != nil {
		t.Skipf("REAL MATERIAL ABSENT: ../shared/corpus/%s is not there; this test says nothing", name)
	}
	return data
}

// checkDoc holds what is true of every Doc: places lie in their parts and hold
// the words of their block, spans are in order, HTML passes the sanitiser.
func checkDoc(t testing.TB, d Doc) {
	t.Helper()
	for _, p := range d.Parts {
		n := runeLen(p.Text)
		last := 0
		for _, s := range p.Spans {
			if s.Start < last || s.End < s.Start || s.End > n {
				t.Fatalf("part %s of %d code points: span %+v after %d", p.Name, n, s, last)
			}
			last = s.End
		}
	}
	if p, ok := d.Part(PartDocument); ok {
		text := []rune(p.Text)
		for _, b := range d.Blocks {
			if b.Start < 0 || b.End < b.Start || b.End > len(text) {
				t.Fatalf("block %+v outside of a text of %d", b, len(text))
			}
			if d.Kind != KindText && d.Kind != KindMarkdown && (b.Kind == Paragraph || b.Kind == Heading) {
				if got, want := string(text[b.Start:b.End]), b.Label+runsText(b.Runs); got != want {
					t.Fatalf("text at the place of a block = %q, want %q", got, want)
				}
			}
		}
	}
	out := d.HTML()
	if again := Clean(out); normalHTML(again) != normalHTML(out) {
		t.Fatalf("Clean(d.HTML()) changes it\n got %s\nwant %s", again, out)
	}
}

// normalHTML takes away what two writers may write differently.
func normalHTML(s string) string {
	s = strings.ReplaceAll(s, "\n", "")
	s = strings.ReplaceAll(s, "<br/>", "<br>")
	s = strings.ReplaceAll(s, "<hr/>", "<hr>")
	s = strings.ReplaceAll(s, "/>", ">")
	s = strings.ReplaceAll(s, "&#34;", `"`)
	s = strings.ReplaceAll(s, "&#39;", `'`)
	return s
}

// refused checks that a file is refused as Invalid with a sentence that holds
// the words.
func refused(t *testing.T, err error, words string) {
	t.Helper()
	if fault.KindOf(err) != fault.Invalid || !strings.Contains(fault.Sentence(err), words) {
		t.Errorf("error = %v (%q), want Invalid with %q", err, fault.Sentence(err), words)
	}
}

// hasNote checks that the file is reported as such.
func hasNote(t *testing.T, d Doc, kind NoteKind, count int) {
	t.Helper()
	for _, n := range d.Notes {
		if n.Kind == kind && (count == 0 || n.Count == count) && n.Say != "" {
			return
		}
	}
	t.Errorf("notes = %+v, want one of kind %s with count %d", d.Notes, kind, count)
}

func partText(t *testing.T, d Doc, name string) string {
	t.Helper()
	p, ok := d.Part(name)
	if !ok {
		t.Fatalf("no part %q; parts: %v", name, partNames(d))
	}
	return p.Text
}

func partNames(d Doc) []string {
	var out []string
	for _, p := range d.Parts {
		out = append(out, p.Name)
	}
	return out
}

// zipped makes an archive of name, content, name, content … What is short is
// stored as it is: setting up the packer takes longer than all the rest.
func zipped(pairs ...string) []byte {
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for i := 0; i+1 < len(pairs); i += 2 {
		header := &zip.FileHeader{Name: pairs[i], Method: zip.Deflate}
		if len(pairs[i+1]) < 8<<10 {
			header.Method = zip.Store
		}
		w, err := z.CreateHeader(header)
		if err != nil {
			panic(err)
		}
		if _, err := w.Write([]byte(pairs[i+1])); err != nil {
			panic(err)
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return buf.Bytes()
}

const wordSpaces = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ` +
	`xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" ` +
	`xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" ` +
	`xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"`

// A wordFile is a hand-made Word file: its body and what else it needs.
type wordFile struct {
	body   string
	styles string            // children of w:styles
	number string            // children of w:numbering
	rels   string            // children of Relationships of the document
	more   map[string]string // further entries
}

func (w wordFile) bytes() []byte {
	head := `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`
	const kind = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
	const space = ` xmlns="http://schemas.openxmlformats.org/package/2006/relationships"`
	entries := []string{
		"[Content_Types].xml", head + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"_rels/.rels", head + `<Relationships` + space + `><Relationship Id="rId1" Type="` + kind + `officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/_rels/document.xml.rels", head + `<Relationships` + space + `><Relationship Id="st" Type="` + kind + `styles" Target="styles.xml"/>` +
			`<Relationship Id="nu" Type="` + kind + `numbering" Target="numbering.xml"/>` + strings.ReplaceAll(w.rels, "KIND/", kind) + `</Relationships>`,
		"word/styles.xml", head + `<w:styles ` + wordSpaces + `>` + w.styles + `</w:styles>`,
		"word/numbering.xml", head + `<w:numbering ` + wordSpaces + `>` + w.number + `</w:numbering>`,
		"word/document.xml", head + `<w:document ` + wordSpaces + `><w:body>` + w.body + `</w:body></w:document>`,
	}
	for _, name := range sortedKeys(w.more) {
		entries = append(entries, name, strings.ReplaceAll(strings.ReplaceAll(w.more[name], "SPACES", wordSpaces), "KIND/", kind))
	}
	return zipped(entries...)
}

func para(text string) string { return `<w:p><w:r><w:t>` + text + `</w:t></w:r></w:p>` }

func styled(style, text string) string {
	return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
}

// dot is a small picture, different for each shade.
func dot(shade uint8) []byte {
	im := image.NewGray(image.Rect(0, 0, 4, 4))
	im.SetGray(1, 1, color.Gray{shade})
	var buf bytes.Buffer
	if err := png.Encode(&buf, im); err != nil {
		panic(err)
	}
	return buf.Bytes()
}
