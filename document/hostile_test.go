package document

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"runtime/metrics"
	"strings"
	"testing"
	"time"

	"gongkai/internal/fault"
)

// hostileLimits are the default ones but for the time, so that a test that has to
// wait for it does not wait a minute.
func hostileLimits() Limits {
	return Limits{MaxTime: 20 * time.Second, CacheDir: filepath.Join(os.TempDir(), "gongkai-pdf-cache")}
}

// engineMost is the same for a PDF: the engine's stack may grow to 400 megabytes
// and is copied as it grows. The child process dies at three gigabytes.
const engineMost = 2000 << 20

// most is what reading a hostile file may hold at one time, in bytes: less than
// half of what the child process gets.
const most = 640 << 20

// held runs f and returns the most bytes of objects the heap held meanwhile.
func held(f func()) uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	before, peak := sample[0].Value.Uint64(), uint64(0)
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for {
			metrics.Read(sample)
			if v := sample[0].Value.Uint64(); v > before {
				peak = max(peak, v-before)
			}
			select {
			case <-stop:
				return
			case <-time.After(2 * time.Millisecond):
			}
		}
	}()
	f()
	close(stop)
	<-done
	return peak
}

const bookTypes = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`

// hostileBook makes a workbook of one sheet by hand.
func hostileBook(sheet string, more ...string) []byte {
	const space = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	const kind = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
	return zipped(append([]string{"[Content_Types].xml", bookTypes,
		"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="` + kind + `officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="s1" Type="` + kind + `worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="s2" Type="` + kind + `sharedStrings" Target="sharedStrings.xml"/><Relationship Id="s3" Type="` + kind + `styles" Target="styles.xml"/></Relationships>`,
		"xl/workbook.xml", `<workbook ` + space + ` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="甲" sheetId="1" r:id="s1"/></sheets></workbook>`,
		"xl/worksheets/sheet1.xml", `<worksheet ` + space + `>` + sheet + `</worksheet>`}, more...)...)
}

// hostilePDF makes a PDF of objects given; the first is the catalogue.
func hostilePDF(trailer string, objects ...string) []byte {
	var buf bytes.Buffer
	var at []int
	buf.WriteString("%PDF-1.7\n")
	for i, o := range objects {
		at = append(at, buf.Len())
		fmt.Fprintf(&buf, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := buf.Len()
	fmt.Fprintf(&buf, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, a := range at {
		fmt.Fprintf(&buf, "%010d 00000 n \n", a)
	}
	fmt.Fprintf(&buf, "trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, trailer, start)
	return buf.Bytes()
}

func packed(s string) string {
	var z bytes.Buffer
	w := zlib.NewWriter(&z)
	_, _ = w.Write([]byte(s))
	_ = w.Close()
	return z.String()
}

func pdfStream(dict, s string) string {
	return fmt.Sprintf("<< /Length %d %s >>\nstream\n%s\nendstream", len(s), dict, s)
}

const (
	pdfPages = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
	pdfOne   = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> /XObject << /X 6 0 R >> >> /Contents 4 0 R >>"
	pdfFont  = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
)

// Every hostile file ends in a sentence that says what is wrong, or is read as far
// as it is sound; neither takes more time or memory than the limits give.
func TestHostileFilesEndInASentence(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED in the short run: the slowest hostile files; the full run reads them")
	}
	const doc, end = `<w:document ` + wordSpaces + `><w:body>`, `</w:body></w:document>`
	text := show(72, 700, 0, "words")
	attributes := strings.Repeat(`a="" `, 8<<20)
	long := strings.Repeat("3", 40<<20)
	inner := zipped("word/document.xml", doc+para("甲")+end, "word/embeddings/a.docx", string(zipped("word/document.xml", doc+para("乙")+end, "word/embeddings/b.docx", string(zipped("word/document.xml", doc+para("丙")+end)))))
	var innerFiles []string
	for i := range 300 {
		innerFiles = append(innerFiles, fmt.Sprintf("word/embeddings/f%d.docx", i), string(zipped("word/document.xml", doc+strings.Repeat(para("甲乙丙丁"), 20_000)+end)))
	}
	locked := binary.LittleEndian.AppendUint32([]byte("PK\x03\x04\x14\x00\x01\x00\x08\x00"), 0)
	for _, tt := range []struct {
		name  string
		data  func() []byte
		words string // of the sentence; "" if it may also be read
	}{
		{"a Word file with eight million attributes on one element", func() []byte { return zipped("word/document.xml", `<w:document `+attributes+`><w:body>`+end) }, "请"},
		{"a Word file with one attribute of forty megabytes", func() []byte { return zipped("word/document.xml", `<w:document a="`+long+`"><w:body>`+end) }, "请"},
		{"a side entry with eight million attributes", func() []byte {
			return zipped("word/document.xml", doc+para("甲")+end, "word/comments2.xml", `<w:c `+attributes+`/>`)
		}, ""},
		{"a hundred thousand nested lists in one cell", func() []byte {
			return zipped("word/document.xml", doc+`<w:tbl><w:tr><w:tc>`+strings.Repeat(`<w:sdt><w:sdtContent>`, 100_000)+end)
		}, "嵌套"},
		{"relations that point to themselves", func() []byte {
			return wordFile{body: para("甲"), rels: `<Relationship Id="a" Type="KIND/header" Target="document.xml"/><Relationship Id="b" Type="KIND/comments" Target="_rels/document.xml.rels"/><Relationship Id="c" Type="KIND/footnotes" Target="../word/document.xml"/>`}.bytes()
		}, ""},
		{"files in files in files", func() []byte { return inner }, ""},
		{"three hundred files inside", func() []byte {
			return zipped(append([]string{"word/document.xml", doc + para("甲") + end}, innerFiles...)...)
		}, ""},
		{"a field begun a hundred thousand times", func() []byte {
			return zipped("word/document.xml", doc+"<w:p>"+strings.Repeat(`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>甲</w:t></w:r>`, 100_000)+"</w:p>"+end)
		}, ""},
		{"entities that multiply outside the text", func() []byte {
			return zipped("word/document.xml", doc+para("甲")+end, "word/settings.xml", `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><w:settings>&b;</w:settings>`)
		}, ""},
		{"a workbook that says it has all cells", func() []byte {
			return hostileBook(`<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>`)
		}, ""},
		{"a workbook whose one cell is the last", func() []byte {
			return hostileBook(`<dimension ref="A1:XFD1048576"/><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>`)
		}, "单元格"},
		{"a thousand merged ranges over everything", func() []byte {
			return hostileBook(`<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1000"><c r="ZZ1000"><v>1</v></c></row></sheetData><mergeCells>` + strings.Repeat(`<mergeCell ref="A1:XFD1048576"/>`, 1000) + `</mergeCells>`)
		}, ""},
		{"a cell of a hundred megabytes that hardly compresses", func() []byte {
			return bomb("xl/worksheets/sheet1.xml", `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>`, noise(1<<20), `</t></is></c></row></sheetData></worksheet>`, 100<<20)
		}, "请"},
		{"a shared string of forty megabytes", func() []byte {
			return hostileBook(`<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData>`, "xl/sharedStrings.xml", `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>`+noise(40<<20)+`</t></si></sst>`)
		}, "请"},
		{"five million empty shared strings", func() []byte {
			return hostileBook(`<sheetData><row r="1"><c r="A1" t="s"><v>4999999</v></c></row></sheetData>`, "xl/sharedStrings.xml", `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`+strings.Repeat("<si/>", 5_000_000)+`</sst>`)
		}, "请"},
		{"shared strings that are the sheet, which is the workbook", func() []byte {
			return bytes.ReplaceAll(hostileBook(`<sheetData/>`), []byte("x"), []byte("x"))
		}, "没有文字"},
		{"styles with eight million attributes", func() []byte {
			return hostileBook(`<sheetData><row r="1"><c r="A1" s="1"><v>1</v></c></row></sheetData>`, "xl/styles.xml", `<styleSheet `+attributes+`/>`)
		}, "请"},
		{"a formula that refers to itself", func() []byte {
			return hostileBook(`<sheetData><row r="1"><c r="A1"><f>A1&amp;A1</f></c><c r="B1"><f>B1</f><v>1</v></c></row></sheetData>`)
		}, ""},
		{"a pivot cache of two million values", func() []byte {
			return hostileBook(`<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>`, "xl/pivotCache/pivotCacheRecords1.xml", `<r>`+strings.Repeat(`<s v="330411"/>`, 2_000_000)+`</r>`)
		}, ""},
		{"a web page of a million open elements", func() []byte { return []byte("<!DOCTYPE html><body>" + strings.Repeat("<div>", 1_000_000) + "甲") }, "嵌套"},
		{"a web page of nested margins", func() []byte {
			return []byte("<!DOCTYPE html><body>" + strings.Repeat(`<div class="footer"><div class="content">甲乙`, 200) + strings.Repeat("正文", 2_000_000))
		}, ""},
		{"a web page of nested templates", func() []byte {
			return []byte("<!DOCTYPE html><body><p>甲" + strings.Repeat(`<template><noscript>1234567`, 200) + strings.Repeat("正文", 2_000_000))
		}, ""},
		{"a web page of formatting that never ends", func() []byte {
			return []byte("<!DOCTYPE html><body>" + strings.Repeat(`<b><i><a href="x"><p>甲`, 20_000))
		}, ""},
		{"a web page of misplaced tables", func() []byte {
			return []byte("<!DOCTYPE html><body>" + strings.Repeat("<table><tr>甲<td>", 300) + strings.Repeat("乙", 100_000))
		}, ""},
		{"a web page with a million attributes", func() []byte {
			var b strings.Builder
			b.WriteString("<!DOCTYPE html><body><p ")
			for i := range 1_000_000 {
				fmt.Fprintf(&b, "a%d=1 ", i)
			}
			return []byte(b.String() + ">甲")
		}, ""},
		{"a table that says it has a million columns", func() []byte {
			return []byte("<!DOCTYPE html><table>" + strings.Repeat(`<tr><td colspan=1000 rowspan=65534>甲`, 3000) + "</table>")
		}, ""},
		{"an old Word file whose streams run in a circle", func() []byte { return circled(t) }, "请"},
		{"a compound file of nothing", func() []byte { return append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), make([]byte, 1<<20)...) }, "请"},
		{"a file under a password", func() []byte { return append(locked, "word/document.xml"...) }, "请"},
		{"an OFD of pages that are not there", func() []byte {
			return zipped("OFD.xml", `<OFD><DocBody><DocRoot>D.xml</DocRoot></DocBody></OFD>`, "D.xml", `<Document><Pages>`+strings.Repeat(`<Page BaseLoc="p.xml"/>`, 100_000)+`</Pages></Document>`)
		}, "请"},
		{"an OFD whose document is its list", func() []byte {
			return zipped("OFD.xml", `<OFD><DocBody><DocRoot>OFD.xml</DocRoot></DocBody><Pages><Page BaseLoc="OFD.xml"/></Pages></OFD>`)
		}, "请"},
		{"pages that are their own parents", func() []byte {
			return hostilePDF("", "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>")
		}, "请"},
		{"a PDF of two thousand million pages", func() []byte {
			return hostilePDF("", "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 2000000000 >>", pdfOne, pdfStream("", text), pdfFont)
		}, ""},
		{"a table of places that leads to itself", func() []byte {
			b := hostilePDF("/Prev 9", "<< /Type /Catalog /Pages 2 0 R >>", pdfPages, pdfOne, pdfStream("", text), pdfFont)
			at := bytes.LastIndex(b, []byte("xref\n0"))
			return bytes.Replace(b, []byte("/Prev 9"), []byte(fmt.Sprintf("/Prev %d", at)), 1)
		}, ""},
		{"a drawing that draws itself", func() []byte {
			return hostilePDF("", "<< /Type /Catalog /Pages 2 0 R >>", pdfPages, pdfOne, pdfStream("", text+" /X Do"), pdfFont, pdfStream("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>", "/X Do /X Do"))
		}, ""},
		{"a length that is its own stream", func() []byte {
			return hostilePDF("", "<< /Type /Catalog /Pages 2 0 R >>", pdfPages, pdfOne, "<< /Length 4 0 R >>\nstream\n"+text+"\nendstream", pdfFont)
		}, ""},
		{"a stream of two hundred megabytes in little", func() []byte {
			return hostilePDF("", "<< /Type /Catalog /Pages 2 0 R >>", pdfPages, pdfOne, pdfStream("/Filter /FlateDecode", packed(text+strings.Repeat(" ", 200<<20))), pdfFont)
		}, ""},
		{"a page of half a million letters", func() []byte {
			return hostilePDF("", "<< /Type /Catalog /Pages 2 0 R >>", pdfPages, pdfOne, pdfStream("/Filter /FlateDecode", packed(strings.Repeat("BT /F1 12 Tf 72 700 Td (aaaaaaaaaaaaaaaaaaaaaaaaa) Tj ET\n", 20_000))), pdfFont)
		}, ""},
		{"filters upon filters", func() []byte {
			return hostilePDF("", "<< /Type /Catalog /Pages 2 0 R >>", pdfPages, pdfOne, pdfStream("/Filter ["+strings.Repeat("/FlateDecode ", 1000)+"]", packed(packed(packed(text)))), pdfFont)
		}, ""},
		{"brackets in brackets", func() []byte {
			return hostilePDF("", "<< /Type /Catalog /Pages 2 0 R >>", pdfPages, pdfOne, pdfStream("", text), strings.Repeat("[", 500_000))
		}, ""},
		{"strings that never end", func() []byte { return append(pdf(text), strings.Repeat("(((((<", 200_000)...) }, ""},
		{"a broken font", func() []byte {
			return hostilePDF("", "<< /Type /Catalog /Pages 2 0 R >>", pdfPages, pdfOne, pdfStream("", text), "<< /Type /Font /Subtype /TrueType /BaseFont /X /FirstChar 0 /LastChar 99999999 /Widths [1] /ToUnicode 6 0 R /FontDescriptor << /Type /FontDescriptor /FontName /X /FontFile2 7 0 R >> >>",
				pdfStream("", "1 begincodespacerange <00> <FFFFFFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0041> endbfrange"), pdfStream("", "\x00\x01\x00\x00\xff\xff"+noise(1<<16)))
		}, ""},
		{"a PDF under a password", func() []byte {
			return hostilePDF("/ID [(0123456789012345) (0123456789012345)] /Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O ("+strings.Repeat("o", 32)+") /U ("+strings.Repeat("u", 32)+") >>", "<< /Type /Catalog /Pages 2 0 R >>", pdfPages, pdfOne, pdfStream("", text), pdfFont)
		}, "密码"},
		{"a thousand earlier states", func() []byte { return append(pdf(text), strings.Repeat("%%EOF\n", 100_000)...) }, ""},
		{"a picture whose directories run in a circle", func() []byte {
			return []byte("\xff\xd8\xff\xe1\x00\x20Exif\x00\x00II*\x00\x08\x00\x00\x00\x02\x00\x25\x88\x04\x00\x01\x00\x00\x00\x08\x00\x00\x00")
		}, "图片"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			data := tt.data()
			var d Doc
			var err error
			peak := held(func() { d, err = Read(context.Background(), "a", data, hostileLimits()) })
			bound := uint64(most)
			if KindOf("a", data) == KindPDF {
				bound = engineMost
			}
			if peak > bound {
				t.Errorf("it held %d megabytes", peak>>20)
			}
			switch s := fault.Sentence(err); {
			case err == nil && tt.words == "":
				checkUTF8(t, d)
			case err == nil:
				t.Errorf("it was read: %d blocks, %d parts", len(d.Blocks), len(d.Parts))
			case strings.Contains(err.Error(), "panicked"):
				t.Errorf("the reader panicked: %v", err)
			case fault.KindOf(err) != fault.Invalid || !strings.Contains(s, "请") || !strings.Contains(s, tt.words):
				t.Errorf("error = %v (%q), want a sentence with %q that says what to do", err, s, tt.words)
			default:
				t.Logf("%s (%d MB)", s, peak>>20)
			}
		})
	}
}

// noise is text that does not compress well.
func noise(n int) string {
	b := make([]byte, n)
	x := uint32(2463534242)
	for i := range b {
		x ^= x << 13
		x ^= x >> 17
		x ^= x << 5
		b[i] = 'A' + byte(x%50)
	}
	return strings.NewReplacer("[", "a", "]", "b", "\\", "c", "<", "d", "&", "e").Replace(string(b))
}

// circled is an old Word file whose table of sectors leads in circles.
func circled(t *testing.T) []byte {
	data := append([]byte(nil), testdata(t, "notice.doc")...)
	first := int(binary.LittleEndian.Uint32(data[0x4c:]))
	for at := (first + 1) * 512; at < min(len(data), (first+2)*512)-4; at += 4 {
		if v := binary.LittleEndian.Uint32(data[at:]); v < 0xfffffff0 {
			binary.LittleEndian.PutUint32(data[at:], uint32(at/4%64))
		}
	}
	return data
}

// A file cut off anywhere, or with bytes changed, ends in a sentence too.
func TestDamagedFilesEndInASentence(t *testing.T) {
	for _, name := range []string{"notice.docx", "notice.pdf", "notice.doc", "sheet.xlsx", "tracked.doc", "list.xls"} {
		whole := testdata(t, name)
		for i := range 24 {
			data := append([]byte(nil), whole...)
			if i < 8 {
				data = data[:len(data)*(i+1)/9]
			} else {
				for k := range 40 {
					data[(i*7919+k*104729)%len(data)] ^= byte(1 + i + k)
				}
			}
			_, err := Read(context.Background(), name, data, hostileLimits())
			if err != nil && (fault.KindOf(err) != fault.Invalid || !strings.Contains(fault.Sentence(err), "请")) {
				t.Errorf("%s damaged in way %d: %v", name, i, err)
			}
		}
	}
}
