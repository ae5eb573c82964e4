package planting

import (
	"fmt"
	"html"
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// An Open is an OpenDocument file made by hand.
type Open struct {
	Kind   string // text, spreadsheet or presentation
	Styles string // automatic styles
	Body   string
	More   map[string]string // further entries; SPACES stands for the namespaces
}

// openSpaces declare the namespaces that OpenDocument files use.
const openSpaces = `xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" ` +
	`xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"`

// Bytes writes the file.
func (o Open) Bytes() []byte {
	kind := `application/vnd.oasis.opendocument.` + o.Kind
	all := []string{"mimetype", kind, "META-INF/manifest.xml", head + `<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="` + kind + `"/></manifest:manifest>`,
		"content.xml", head + `<office:document-content ` + openSpaces + `><office:automatic-styles>` + o.Styles + `</office:automatic-styles><office:body><office:` + o.Kind + `>` + o.Body + `</office:` + o.Kind + `></office:body></office:document-content>`}
	for _, name := range sorted(o.More) {
		all = append(all, name, strings.ReplaceAll(o.More[name], "SPACES", openSpaces))
	}
	return Zip(all...)
}

func sorted(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }

// openPara is a paragraph in pieces of seven characters, each in a style of its own.
func openPara(s string) string {
	var b strings.Builder
	b.WriteString("<text:p>")
	for r := []rune(s); len(r) > 0; {
		n := min(len(r), 7)
		b.WriteString(`<text:span text:style-name="T1">` + html.EscapeString(string(r[:n])) + `</text:span>`)
		r = r[n:]
	}
	b.WriteString("</text:p>")
	return b.String()
}

func openRow(cells ...string) string {
	var b strings.Builder
	b.WriteString("<table:table-row>")
	for _, c := range cells {
		b.WriteString(`<table:table-cell office:value-type="string">` + openPara(c) + `</table:table-cell>`)
	}
	b.WriteString("</table:table-row>")
	return b.String()
}

// OpenText writes the paper as an OpenDocument text.
func (p Paper) OpenText() []byte {
	var b strings.Builder
	b.WriteString(`<text:h text:outline-level="1">` + html.EscapeString(p.Title) + `</text:h>`)
	for _, s := range p.Before {
		b.WriteString(openPara(s))
	}
	if p.Head != nil {
		b.WriteString(`<table:table table:name="名单">` + openRow(p.Head...))
		for _, r := range p.Rows {
			b.WriteString(openRow(r...))
		}
		b.WriteString("</table:table>")
	}
	for _, s := range p.After {
		b.WriteString(openPara(s))
	}
	return Open{Kind: "text", Body: b.String()}.Bytes()
}

// OpenSheet writes the paper as an OpenDocument workbook.
func (p Paper) OpenSheet() []byte {
	var b strings.Builder
	b.WriteString(`<table:table table:name="名单">` + openRow(p.Title))
	for _, s := range p.Before {
		b.WriteString(openRow(s))
	}
	if p.Head != nil {
		for _, r := range append([][]string{p.Head}, p.Rows...) {
			b.WriteString(openRow(r...))
		}
	}
	for _, s := range p.After {
		b.WriteString(openRow(s))
	}
	return Open{Kind: "spreadsheet", Body: b.String() + "</table:table>"}.Bytes()
}

// RichHead begins a file of rich text as Word and WPS write it in Chinese.
const RichHead = `{\rtf1\ansi\ansicpg936\uc2\deff0{\fonttbl{\f0\fnil\fcharset134 \'cb\'ce\'cc\'e5;}{\f1\froman\fcharset0 Times New Roman;}}{\colortbl;\red0\green0\blue0;}` + "\r\n"

// Rich writes a text for a file of rich text: Chinese by its bytes in code page 936,
// digits in a western font, in groups of seven.
func Rich(s string) string {
	var b strings.Builder
	for r := []rune(s); len(r) > 0; {
		n := min(len(r), 7)
		b.WriteString(`{\loch\f1\hich\f1\dbch\f0 `)
		for _, c := range r[:n] {
			switch {
			case c == '\\' || c == '{' || c == '}':
				b.WriteString(`\` + string(c))
			case c < 0x80:
				b.WriteRune(c)
			default:
				b.WriteString(richBytes(c))
			}
		}
		b.WriteString("}")
		r = r[n:]
	}
	return b.String()
}

// richBytes writes a character by its bytes, or by its number where it has none there.
func richBytes(c rune) string {
	raw, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(string(c)))
	if err != nil || len(raw) != 2 {
		return fmt.Sprintf(`\u%d??`, int16(uint16(c)))
	}
	return fmt.Sprintf(`\'%02x\'%02x`, raw[0], raw[1])
}

// RichText writes the paper as rich text.
func (p Paper) RichText() []byte {
	var b strings.Builder
	b.WriteString(RichHead + `{\info{\title ` + Rich(p.Title) + `}}\pard\plain\qc{\b ` + Rich(p.Title) + `}\par` + "\r\n")
	for _, s := range p.Before {
		b.WriteString(`\pard\plain\fi480 ` + Rich(s) + `\par` + "\r\n")
	}
	if p.Head != nil {
		for _, r := range append([][]string{p.Head}, p.Rows...) {
			b.WriteString(`\trowd\trgaph108`)
			for i := range r {
				fmt.Fprintf(&b, `\clvertalc\cellx%d`, 1500*(i+1))
			}
			for _, c := range r {
				b.WriteString("\r\n" + `\pard\plain\intbl ` + Rich(c) + `\cell`)
			}
			b.WriteString(`\row` + "\r\n")
		}
	}
	for _, s := range p.After {
		b.WriteString(`\pard\plain\fi480 ` + Rich(s) + `\par` + "\r\n")
	}
	return []byte(b.String() + "}")
}
