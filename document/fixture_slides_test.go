package document

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode/utf16"
)

// gunzipped is a file of testdata kept packed.
func gunzipped(t testing.TB, name string) []byte {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(testdata(t, name)))
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

const (
	slideSpaces = `xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"`
	slideKind   = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
)

// A slideFile is one slide made by hand: what stands in its tree of shapes, its
// attributes, and its relations.
type slideFile struct{ shapes, attrs, rels string }

// slides makes a presentation; more are further entries.
func slides(all []slideFile, more ...string) []byte {
	const space = ` xmlns="http://schemas.openxmlformats.org/package/2006/relationships"`
	var list, rels strings.Builder
	pairs := []string{"[Content_Types].xml", `<Types/>`}
	for i, s := range all {
		// The list runs against the names, so that its order is seen to count.
		n := len(all) - i
		fmt.Fprintf(&list, `<p:sldId id="%d" r:id="s%d"/>`, 256+i, n)
		fmt.Fprintf(&rels, `<Relationship Id="s%d" Type="%sslide" Target="slides/slide%d.xml"/>`, n, slideKind, n)
		pairs = append(pairs, fmt.Sprintf("ppt/slides/slide%d.xml", n), `<p:sld `+slideSpaces+` `+s.attrs+`><p:cSld><p:spTree>`+s.shapes+`</p:spTree></p:cSld></p:sld>`,
			fmt.Sprintf("ppt/slides/_rels/slide%d.xml.rels", n), `<Relationships`+space+`>`+strings.ReplaceAll(s.rels, "KIND/", slideKind)+`</Relationships>`)
	}
	pairs = append(pairs, "_rels/.rels", `<Relationships`+space+`><Relationship Id="r" Type="`+slideKind+`officeDocument" Target="ppt/presentation.xml"/></Relationships>`,
		"ppt/_rels/presentation.xml.rels", `<Relationships`+space+`>`+rels.String()+`</Relationships>`,
		"ppt/presentation.xml", `<p:presentation `+slideSpaces+`><p:sldIdLst>`+list.String()+`</p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/></p:presentation>`)
	for i, x := range more {
		if i%2 == 1 {
			x = strings.ReplaceAll(x, "SPACES", slideSpaces)
		}
		pairs = append(pairs, x)
	}
	return zipped(pairs...)
}

// box is a shape with words; role is that of a placeholder, about and place what is
// said of it.
func box(role, about, place string, paras ...string) string {
	ph := ""
	if role != "" {
		ph = `<p:ph type="` + role + `"/>`
	}
	return `<p:sp><p:nvSpPr><p:cNvPr id="1" name="n" ` + about + `/><p:cNvSpPr/><p:nvPr>` + ph + `</p:nvPr></p:nvSpPr><p:spPr>` + place + `</p:spPr><p:txBody>` + drawnParas(paras...) + `</p:txBody></p:sp>`
}

func drawnParas(paras ...string) string {
	var s strings.Builder
	for _, p := range paras {
		s.WriteString(`<a:p><a:r><a:t>` + p + `</a:t></a:r></a:p>`)
	}
	return s.String()
}

// odf makes an OpenDocument file; kind is text, spreadsheet or presentation, body what
// stands in it.
func odf(kind, styles, body string, more ...string) []byte {
	const spaces = `xmlns:office="o" xmlns:text="t" xmlns:table="tb" xmlns:draw="d" xmlns:style="s" xmlns:presentation="p" xmlns:dc="dc" xmlns:meta="m" xmlns:xlink="x" xmlns:svg="v" xmlns:fo="f"`
	pairs := []string{"mimetype", openDocument + kind, "META-INF/manifest.xml", `<manifest/>`,
		"content.xml", `<office:document-content ` + spaces + `><office:automatic-styles>` + styles + `</office:automatic-styles><office:body><office:` + kind + `>` + body + `</office:` + kind + `></office:body></office:document-content>`}
	for i, x := range more {
		if i%2 == 1 {
			x = strings.ReplaceAll(x, "SPACES", spaces)
		}
		pairs = append(pairs, x)
	}
	return zipped(pairs...)
}

// rec is a record of an old presentation: what it holds, and whether that is records.
func rec(kind uint16, instance int, inside bool, parts ...any) string {
	var b []byte
	for _, p := range parts {
		switch p := p.(type) {
		case int:
			b = binary.LittleEndian.AppendUint32(b, uint32(p))
		case string:
			b = append(b, p...)
		}
	}
	head := uint16(instance) << 4
	if inside {
		head |= 0xf
	}
	h := binary.LittleEndian.AppendUint16(binary.LittleEndian.AppendUint16(nil, head), kind)
	return string(binary.LittleEndian.AppendUint32(h, uint32(len(b)))) + string(b)
}

// units is a text in two bytes a letter.
func units(s string) string {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return string(b)
}

// pptShapeOf is a shape with a text of a role; props go before it.
func pptShapeOf(role int, text string, props ...string) string {
	return rec(artShape, 0, true, strings.Join(props, "")+rec(artTextbox, 0, true, rec(pptTextHead, 0, false, role), rec(pptTextChars, 0, false, units(text))))
}

// pptSlideOf is a slide of shapes; flags of 4 hide it.
func pptSlideOf(flags int, shapes string, more ...string) string {
	return rec(pptSlide, 0, true, rec(pptSlideInfo, 0, false, 0, 0, flags<<16, 0), rec(pptDrawing, 0, true, rec(0xf002, 0, true, rec(artGroup, 0, true, shapes))), strings.Join(more, ""))
}

// oldSlides is a presentation whose last edit counts only the records given as live;
// the former ones lie before them.
func oldSlides(former []string, outline string, live ...string) []byte {
	stream := strings.Join(former, "")
	places := []int{len(stream)}
	list := ""
	for i, s := range live {
		if binary.LittleEndian.Uint16([]byte(s[2:])) != pptSlide {
			continue
		}
		list += rec(pptPersistAtom, 0, false, i+2, 0, 0, 256+i, 0)
		if i == 0 {
			list += outline
		}
	}
	stream += rec(pptDocument, 0, true, rec(pptDocumentAtom, 0, false, 5760, 4320, 0, 0, 0), rec(pptSlideList, 0, true, list))
	for _, s := range live {
		places = append(places, len(stream))
		stream += s
	}
	directory := len(stream)
	entries := []any{1 | len(places)<<20}
	for _, p := range places {
		entries = append(entries, p)
	}
	stream += rec(pptPersist, 0, false, entries...)
	edit := len(stream)
	stream += rec(pptUserRef, 0, false, 256, 0, 0, directory, 1, 0, 0)
	return compound(pptStream, stream, pptCurrent, rec(0x0ff6, 0, false, 20, 0xe391c05f-1<<32, edit, 0, 0, 0))
}
