package document

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"gongkai/internal/fault"
)

// overlapped is an archive whose directory names one entry n times under different
// names: all unpack from the same bytes.
func overlapped(n int, first, last, name string, content string, others ...string) []byte {
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for i := 0; i+1 < len(others); i += 2 {
		w, _ := z.Create(others[i])
		_, _ = w.Write([]byte(others[i+1]))
	}
	w, _ := z.Create(fmt.Sprintf(name, 0))
	_, _ = w.Write([]byte(content))
	_ = z.Close()
	b := buf.Bytes()
	end := bytes.LastIndex(b, []byte("PK\x05\x06"))
	start := int(binary.LittleEndian.Uint32(b[end+16:]))
	directory := bytes.Clone(b[start:end])
	at := bytes.LastIndex(directory, []byte("PK\x01\x02"))
	one := directory[at:]
	for i := 1; i < n; i++ {
		copied := bytes.Clone(one)
		label := fmt.Sprintf(name, i)
		binary.LittleEndian.PutUint16(copied[28:], uint16(len(label)))
		directory = append(directory, append(append(copied[:46:46], label...), copied[46+len(fmt.Sprintf(name, 0)):]...)...)
	}
	tail := bytes.Clone(b[end:])
	count := uint16(n + len(others)/2)
	binary.LittleEndian.PutUint16(tail[8:], count)
	binary.LittleEndian.PutUint16(tail[10:], count)
	binary.LittleEndian.PutUint32(tail[12:], uint32(len(directory)))
	return append(append(append([]byte(first), b[:start]...), append(directory, tail...)...), last...)
}

// unpacked is the same archive with nothing packed, so that its reader gets to see
// what is in it before it looks suspicious.
func unpacked(data []byte) []byte {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		panic(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			panic(err)
		}
		to, _ := w.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Store})
		if _, err := io.Copy(to, r); err != nil {
			panic(err)
		}
	}
	_ = w.Close()
	return out.Bytes()
}

// trueType makes a font of two glyphs, the second made of itself.
func trueType() string {
	u16 := func(v ...int) string {
		var b []byte
		for _, x := range v {
			b = binary.BigEndian.AppendUint16(b, uint16(x))
		}
		return string(b)
	}
	glyph := u16(0xffff, 0, 0, 100, 100, 0x0023, 1, 0, 0, 0x0003, 1, 0) // components: itself, and itself again
	tables := []struct{ tag, data string }{
		{"cmap", u16(0, 1, 3, 1, 0, 12, 4, 32, 0, 4, 4, 1, 0, 65, 0xffff, 0, 65, 0xffff, 0xffc0, 1, 0, 0)},
		{"glyf", glyph},
		{"head", u16(1, 0, 1, 0, 0, 0, 0x5f0f, 0x3cf5, 0, 1000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 100, 100, 0, 8, 2, 0, 0)},
		{"hhea", u16(1, 0, 800, 0xff38, 0, 500, 0, 0, 500, 1, 0, 0, 0, 0, 0, 0, 0, 2)},
		{"hmtx", u16(500, 0, 500, 0)},
		{"loca", u16(0, 0, len(glyph)/2)},
		{"maxp", u16(1, 0, 2, 100, 10, 0xffff, 0xffff, 2, 0, 0, 0, 0, 0, 0, 0xffff, 0xffff)},
	}
	out := "\x00\x01\x00\x00" + u16(len(tables), 64, 2, 48)
	at, body := 12+16*len(tables), ""
	for _, x := range tables {
		out += x.tag + u16(0, 0, (at+len(body))>>16, (at+len(body))&0xffff, 0, len(x.data))
		body += x.data + strings.Repeat("\x00", (4-len(x.data)%4)%4)
	}
	return out + body
}

// chunks is a PNG of many packed texts, each of which unpacks to sixty kilobytes.
func chunks(n int) []byte {
	b := []byte("\x89PNG\r\n\x1a\n")
	body := "zTXtComment\x00\x00" + packed(strings.Repeat("甲", 20_000))
	for range n {
		b = binary.BigEndian.AppendUint32(b, uint32(len(body)-4))
		b = binary.BigEndian.AppendUint32(append(b, body...), crc32.ChecksumIEEE([]byte(body)))
	}
	return b
}

// More files made to hurt, by other means than those in hostile_test.go.
func TestStrangeFilesEndInASentence(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED in the short run: large hostile files; the full run reads them")
	}
	const doc, end = `<w:document ` + wordSpaces + `><w:body>`, `</w:body></w:document>`
	catalogue := "<< /Type /Catalog /Pages 2 0 R >>"
	words := show(72, 700, 0, "words")
	cell := func(s string) string { return `<sheetData><row r="1">` + s + `</row></sheetData>` }
	utf16Text := func(s string, order binary.ByteOrder) []byte {
		var b bytes.Buffer
		for _, r := range s {
			_ = binary.Write(&b, order, uint16(r))
		}
		return b.Bytes()
	}
	var svgz bytes.Buffer
	g := gzip.NewWriter(&svgz)
	_, _ = g.Write(bytes.Repeat([]byte("<svg>"), 20<<20))
	_ = g.Close()
	for _, tt := range []struct {
		name  string
		data  func() []byte
		words string // of the sentence; "" if it may also be read
	}{
		{"a shared formula in each of sixteen thousand columns", func() []byte {
			var b strings.Builder
			for r := 1; r <= 10; r++ {
				fmt.Fprintf(&b, `<row r="%d">`, r)
				for c := range 16_384 {
					fmt.Fprintf(&b, `<c r="%s"><f t="shared" ref="A1:XFD1048576" si="0">"甲"&amp;A1</f><v>1</v></c>`, cellName(c, r-1))
				}
				b.WriteString(`</row>`)
			}
			return hostileBook(`<sheetData>` + b.String() + `</sheetData>`)
		}, ""},
		{"all columns hidden a hundred thousand times over a million empty rows", func() []byte {
			return hostileBook(`<cols>` + strings.Repeat(`<col min="1" max="16384" width="0" hidden="1"/>`, 100_000) + `</cols><sheetData><row r="1"><c r="XFD1"><v>1</v></c></row>` + strings.Repeat(`<row/>`, 1_000_000) + `</sheetData>`)
		}, ""},
		{"two thousand sheets that are one sheet with one list of comments", func() []byte {
			var sheets, rels strings.Builder
			for i := range 2000 {
				fmt.Fprintf(&sheets, `<sheet name="甲%d" sheetId="%d" r:id="s%d"/>`, i, i+1, i)
				fmt.Fprintf(&rels, `<Relationship Id="s%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>`, i)
			}
			const space = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
			book := hostileBook(cell(`<c r="A1"><v>1</v></c>`), "xl/worksheets/_rels/sheet1.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="c" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments" Target="../comments1.xml"/></Relationships>`,
				"xl/comments1.xml", `<comments `+space+`><authors><author>甲</author></authors><commentList>`+strings.Repeat(`<comment ref="A1" authorId="0"><text><t>请核对这一格的数字</t></text></comment>`, 20_000)+`</commentList></comments>`)
			return rewritten(book, map[string]string{"xl/workbook.xml": `<workbook ` + space + ` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>` + sheets.String() + `</sheets></workbook>`,
				"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + rels.String() + `</Relationships>`})
		}, ""},
		{"a hundred thousand tables side by side, each said to be wide", func() []byte {
			return zipped("word/document.xml", doc+strings.Repeat(`<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2147483647"/><w:vMerge w:val="restart"/></w:tcPr>`+para("甲")+`</w:tc></w:tr></w:tbl>`, 100_000)+end)
		}, ""},
		{"a hundred thousand tables in tables", func() []byte {
			return zipped("word/document.xml", doc+strings.Repeat(`<w:tbl><w:tr><w:tc>`, 100_000)+strings.Repeat(`</w:tc></w:tr></w:tbl>`, 100_000)+end)
		}, "嵌套"},
		{"content controls bound to each other", func() []byte {
			return zipped("word/document.xml", doc+strings.Repeat(`<w:sdt><w:sdtPr><w:id w:val="1"/><w:dataBinding w:xpath="/a/b" w:storeItemID="{1}"/></w:sdtPr><w:sdtContent>`+para("甲")+`</w:sdtContent></w:sdt>`, 50_000)+end, "customXml/item1.xml", `<a>`+strings.Repeat(`<b>/a/b</b>`, 100_000)+`</a>`)
		}, ""},
		{"an alternative text of twenty megabytes", func() []byte {
			return zipped("word/document.xml", doc+`<w:p><w:r><w:drawing><wp:docPr descr="`+noise(20<<20)+`"/></w:drawing></w:r></w:p>`+para("甲")+end)
		}, "请"},
		{"a style that is its own parent, numbered a million deep", func() []byte {
			return wordFile{body: strings.Repeat(styled("a", "甲"), 20_000), styles: `<w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="b"/></w:style><w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style>`,
				number: `<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="2147483647"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="` + strings.Repeat("%1", 5000) + `"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>`}.bytes()
		}, ""},
		{"a footnote that cites itself", func() []byte {
			return wordFile{body: `<w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p>` + para("甲"), rels: `<Relationship Id="f" Type="KIND/footnotes" Target="footnotes.xml"/>`,
				more: map[string]string{"word/footnotes.xml": `<w:footnotes SPACES><w:footnote w:id="2">` + strings.Repeat(`<w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p>`, 20_000) + `</w:footnote></w:footnotes>`}}.bytes()
		}, ""},
		{"packed pictures in forms nobody unpacks", func() []byte {
			return zipped("word/document.xml", doc+para("甲")+end, "word/media/image1.svgz", svgz.String(), "word/media/image2.emz", svgz.String(), "word/embeddings/a.gz", svgz.String())
		}, ""},
		{"nine thousand entries that are one", func() []byte {
			return overlapped(9000, "", "", "word/media/i%d.png", string(chunks(2000)), "word/document.xml", doc+para("甲")+end)
		}, "压缩比异常"},
		{"three hundred pictures of packed texts", func() []byte {
			pairs := []string{"word/document.xml", doc + para("甲") + end}
			for i := range 300 {
				pairs = append(pairs, fmt.Sprintf("word/media/i%d.png", i), string(chunks(100)))
			}
			return zipped(pairs...)
		}, ""},
		{"sixty-five thousand entries", func() []byte {
			return overlapped(65_500, "", "", "word/media/i%d.png", "x", "word/document.xml", doc+para("甲")+end)
		}, "条目"},
		{"an archive within the remark of another", func() []byte {
			b := zipped("word/document.xml", doc+para("甲")+end)
			return append(bytes.Clone(b), zipped("xl/workbook.xml", "<a/>", "b.zip", string(b))...)
		}, ""},
		{"a picture of ten thousand packed texts", func() []byte { return chunks(10_000) }, "图片"},
		{"a photograph of sixty megabytes of remarks", func() []byte {
			part := append([]byte("\xff\xfe\xff\xff"), bytes.Repeat([]byte("\xb0\xa1\xc4\xe3 "), 65_533/5+1)[:65_533]...)
			news := append([]byte("\xff\xed\xff\xff"), bytes.Repeat([]byte("\x1c\x02\x05\x00\x01a"), 65_533/6+1)[:65_533]...)
			return append([]byte("\xff\xd8"), bytes.Repeat(append(part, news...), 450)...)
		}, "图片"},
		{"a picture of five million empty texts", func() []byte {
			return append([]byte("\x89PNG\r\n\x1a\n"), bytes.Repeat([]byte("\x00\x00\x00\x02tEXta\x00\x00\x00\x00\x00"), 4_500_000)...)
		}, "图片"},
		{"a directory of a photograph with sixty-five thousand entries over the same bytes", func() []byte {
			b := append([]byte("\xff\xd8\xff\xe1\xff\xf0Exif\x00\x00II*\x00\x08\x00\x00\x00\xff\xff"), bytes.Repeat([]byte("\x0e\x01\x02\x00\xff\xff\x00\x00\x00\x00\x00\x00"), 5400)...)
			return append(b, make([]byte, 0x10000)...)
		}, "图片"},
		{"a web page of a million entities", func() []byte {
			return []byte("<!DOCTYPE html><body><p>" + strings.Repeat("&#x5b57;&amp;&CounterClockwiseContourIntegral;&#0;&#xd800;&#x110000;", 200_000))
		}, ""},
		{"a web page of twenty million paragraphs", func() []byte { return []byte("<!DOCTYPE html>" + strings.Repeat("<p>", 20_000_000)) }, "请"},
		{"a web page of letters left bold in five hundred ways", func() []byte {
			var b strings.Builder
			for i := range 400 {
				fmt.Fprintf(&b, `<b a%d="1">`, i)
			}
			return []byte("<!DOCTYPE html><body>" + b.String() + strings.Repeat("<p>甲", 100_000))
		}, "请"},
		{"a web page of one link with a hundred thousand attributes, left open", func() []byte {
			var b strings.Builder
			for i := range 100_000 {
				fmt.Fprintf(&b, "a%d ", i)
			}
			return []byte("<!DOCTYPE html><body><a " + b.String() + ">" + strings.Repeat("<p>甲", 20_000))
		}, "请"},
		{"a web page of a table of eighty thousand rows", func() []byte {
			return []byte("<!DOCTYPE html><body><table>" + strings.Repeat(`<tr><td class="a">1<td><font color=red>王示例</font><td>甲</tr>`, 80_000) + "</table>")
		}, ""},
		{"an archive of a million entries of nothing", func() []byte {
			one := append([]byte("PK\x01\x02"), make([]byte, 42)...)
			b := append([]byte("PK\x03\x04"), bytes.Repeat(one, 1_000_000)...)
			end := append([]byte("PK\x05\x06"), make([]byte, 18)...)
			binary.LittleEndian.PutUint16(end[8:], 1_000_000&0xffff)
			binary.LittleEndian.PutUint16(end[10:], 1_000_000&0xffff)
			binary.LittleEndian.PutUint32(end[12:], 46_000_000)
			binary.LittleEndian.PutUint32(end[16:], 4)
			return append(b, end...)
		}, "请"},
		{"a web page in an encoding that hides its tags", func() []byte {
			return []byte(`<!DOCTYPE html><meta charset="utf-7"><body>+ADw-script+AD4-alert(1)+ADw-/script+AD4-` + strings.Repeat("+ADw-p+AD4-", 100_000))
		}, ""},
		{"a web page that says it is in an encoding of escapes", func() []byte {
			return []byte(`<!DOCTYPE html><meta charset="iso-2022-jp"><body>` + strings.Repeat("\x1b$B0l\x1b(B<p>", 200_000))
		}, ""},
		{"a text of sixteen bits without a mark, with halves of pairs", func() []byte {
			return utf16Text("a\r\n身份证"+strings.Repeat("\ue000甲 a\r\n", 500_000), binary.LittleEndian)
		}, ""},
		{"a text of sixty million marks of comments", func() []byte { return bytes.Repeat([]byte("%"), 60<<20) }, ""},
		{"a text of one line of tabs", func() []byte { return bytes.Repeat([]byte("甲\t"), 2_000_000) }, ""},
		{"a list of a million bars", func() []byte { return bytes.Repeat([]byte("|-"), 3_000_000) }, ""},
		{"a text of a million levels", func() []byte { return bytes.Repeat([]byte("- > # "), 1_000_000) }, ""},
		{"eight million line ends", func() []byte { return append(bytes.Repeat([]byte("\n"), 7_900_000), "甲"...) }, ""},
		{"four million lines", func() []byte { return bytes.Repeat([]byte("甲\n"), 3_900_000) }, "请"},
		{"a million lines", func() []byte { return bytes.Repeat([]byte("甲乙丙丁\n\n"), 400_000) }, ""},
		{"combining marks without end", func() []byte { return []byte("甲" + strings.Repeat("\u0301\u200b\u202e", 2_500_000)) }, ""},
		{"storages in storages, twenty thousand deep", func() []byte { return nested(20_000) }, "请"},
		{"storages in storages, nine thousand deep", func() []byte { return nested(9_000) }, "请"},
		{"a compound file whose directory is its table", func() []byte {
			b := compound("WordDocument", "x")
			for i := range 128 {
				binary.LittleEndian.PutUint32(b[sector+4*i:], uint32(i%3))
			}
			return b
		}, "请"},
		{"a workbook of records of nothing", func() []byte {
			return compound("Workbook", xlsRecord(xlsBOF, 0x600, 5, 0, 0)+strings.Repeat(xlsRecord(0x1234), 500_000))
		}, "请"},
		{"an old workbook merged everywhere, its cells in the last column", func() []byte {
			b := xlsRecord(xlsBOF, 0x600, 5, 0, 0, int32(0), int32(0)) + xlsRecord(xlsBoundSheet, int32(43), "\x00\x00\x01\x01\x32\x75") + xlsRecord(xlsEOF) + xlsRecord(xlsBOF, 0x600, 16, 0, 0, int32(0), int32(0))
			b += strings.Repeat(xlsRecord(xlsColInfo, 0, 65535, 0, 0, 1, 0), 100_000)
			for i := range 300 {
				b += xlsRecord(xlsRK, i*200, 65535, 0, int32(6))
			}
			return compound("Workbook", b+strings.Repeat(xlsRecord(xlsMerged, 1, 0, 65535, 0, 65535), 1000)+xlsRecord(xlsEOF))
		}, ""},
		{"remarks of a PDF that never end", func() []byte { return append(pdf(words), strings.Repeat("%", 8<<20)+"stream"...) }, ""},
		{"a font whose letters are made of themselves", func() []byte {
			return hostilePDF("", catalogue, pdfPages, pdfOne, pdfStream("", words), "<< /Type /Font /Subtype /TrueType /BaseFont /X /FirstChar 65 /LastChar 65 /Widths [500] /FontDescriptor << /Type /FontDescriptor /FontName /X /Flags 32 /FontFile2 7 0 R >> >>", pdfStream("", "x"), pdfStream("", trueType()))
		}, ""},
		{"bookmarks that follow themselves", func() []byte {
			return hostilePDF("", "<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R >>", pdfPages, pdfOne, pdfStream("", words), pdfFont, "<< /First 7 0 R /Last 7 0 R >>", "<< /Title (330411) /Parent 7 0 R /Next 7 0 R /First 7 0 R /Prev 7 0 R >>")
		}, ""},
		{"a tree of attachments that is its own branch", func() []byte {
			return hostilePDF("", "<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles 6 0 R >> >>", pdfPages, pdfOne, pdfStream("", words), pdfFont, "<< /Kids [6 0 R 6 0 R] /Limits [(a) (z)] >>")
		}, ""},
		{"fields that are their own children", func() []byte {
			return hostilePDF("", "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [6 0 R] >> >>", pdfPages, strings.Replace(pdfOne, "/Contents", "/Annots [6 0 R 6 0 R] /Contents", 1), pdfStream("", words), pdfFont, "<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V 6 0 R /Kids [6 0 R] /Parent 6 0 R /Popup 6 0 R /Rect [0 0 9 9] >>")
		}, ""},
		{"a stream of objects that holds itself", func() []byte {
			return hostilePDF("", catalogue, pdfPages, pdfOne, pdfStream("", words), pdfFont, pdfStream("/Type /ObjStm /N 2 /First 10 /Extends 6 0 R", "6 0 5 10  << /A 6 0 R >> << /Type /Font >>"))
		}, ""},
		{"a PDF under a lock nobody knows", func() []byte {
			return hostilePDF("/ID [(a) (b)] /Encrypt << /Filter /Standard /V 99 /R 99 /Length 4294967295 /CF << /StdCF << /CFM /AESV9 >> >> /O () /U () /P 0 >>", catalogue, pdfPages, pdfOne, pdfStream("", words), pdfFont)
		}, "请"},
		{"a page that is as large as a country", func() []byte {
			return hostilePDF("", catalogue, pdfPages, strings.Replace(pdfOne, "[0 0 595 842]", "[-1e38 -1e38 1e38 1e38] /UserUnit 1e30 /Rotate 2147483647", 1), pdfStream("", words), pdfFont)
		}, ""},
		{"an OFD of blocks in blocks and layers without end", func() []byte {
			return zipped("OFD.xml", `<OFD><DocBody><DocRoot>D.xml</DocRoot></DocBody></OFD>`, "D.xml", `<Document><CommonData><TemplatePage ID="1" BaseLoc="P.xml"/></CommonData><Pages><Page BaseLoc="P.xml"/></Pages></Document>`,
				"P.xml", `<Page><Template TemplateID="1"/><Content>`+strings.Repeat(`<Layer><PageBlock>`, 50_000)+`</Content></Page>`)
		}, "请"},
		{"an OFD of letters with a place each", func() []byte {
			return zipped("OFD.xml", `<OFD><DocBody><DocRoot>D.xml</DocRoot></DocBody></OFD>`, "D.xml", `<Document><Pages><Page BaseLoc="P.xml"/></Pages></Document>`,
				"P.xml", `<Page><Content><Layer><TextObject Boundary="1e308 1e308 1e308 1e308" CTM="NaN 0 0 Inf 0 0" Size="1e308"><TextCode X="0" Y="0" DeltaX="g 100000000 1">`+strings.Repeat("甲", 1000)+`</TextCode></TextObject>`+strings.Repeat(`<TextObject Boundary="1 1 1 1" Size="4"><TextCode X="0" Y="0" DeltaX="g 9999999 1">甲</TextCode></TextObject>`, 50_000)+`</Layer></Content></Page>`)
		}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			data := tt.data()
			if KindOf("a", data).Office() && bytes.HasPrefix(data, []byte("PK")) && !strings.Contains(tt.name, "entries") {
				data = unpacked(data)
			}
			var d Doc
			var err error
			begun := time.Now()
			peak := held(func() { d, err = Read(context.Background(), "a", data, hostileLimits()) })
			took := time.Since(begun)
			bound := uint64(most)
			if KindOf("a", data) == KindPDF {
				bound = engineMost
			}
			if peak > bound || took > hostileLimits().MaxTime+5*time.Second {
				t.Errorf("it held %d megabytes and took %v", peak>>20, took)
			}
			switch s := fault.Sentence(err); {
			case err == nil && tt.words == "":
				checkUTF8(t, d)
				t.Logf("read in %v (%d MB)", took.Round(time.Millisecond), peak>>20)
			case err == nil:
				t.Errorf("it was read: %d blocks, %d parts", len(d.Blocks), len(d.Parts))
			case strings.Contains(err.Error(), "panicked"):
				t.Errorf("the reader panicked: %v", err)
			case fault.KindOf(err) != fault.Invalid || !strings.Contains(s, "请") || !strings.Contains(s, tt.words):
				t.Errorf("error = %v (%q), want a sentence with %q that says what to do", err, s, tt.words)
			default:
				t.Logf("%s %v (%d MB)", s, took.Round(time.Millisecond), peak>>20)
			}
		})
	}
}

// rewritten is an archive with some entries of another content.
func rewritten(data []byte, with map[string]string) []byte {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		panic(err)
	}
	var pairs []string
	for _, f := range z.File {
		content, ok := with[f.Name]
		if !ok {
			r, err := f.Open()
			if err != nil {
				panic(err)
			}
			var b bytes.Buffer
			_, _ = b.ReadFrom(r)
			content = b.String()
		}
		pairs = append(pairs, f.Name, content)
	}
	return zipped(pairs...)
}

// Whatever a file points to outside itself stays unasked for.
func TestNothingOutsideAFileIsFetched(t *testing.T) {
	var asked atomic.Int32
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	defer s.Close()
	at := s.URL + "/a"
	outside := func(kind string) string {
		return `<Relationship Id="` + kind + `" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/` + kind + `" Target="` + at + `" TargetMode="External"/>`
	}
	rels := ""
	for _, kind := range []string{"image", "hyperlink", "attachedTemplate", "aFChunk", "header", "footnotes", "comments", "styles", "numbering", "oleObject", "officeDocument"} {
		rels += outside(kind)
	}
	const picture = `<w:p><w:r><w:t>甲</w:t><w:drawing><a:blip r:link="image" r:embed="image"/></w:drawing></w:r><w:altChunk r:id="aFChunk"/></w:p>`
	for name, data := range map[string][]byte{
		"a.docx": wordFile{body: picture, rels: rels, more: map[string]string{"word/settings.xml": `<!DOCTYPE a SYSTEM "` + at + `"><w:settings SPACES><w:attachedTemplate r:id="attachedTemplate"/></w:settings>`}}.bytes(),
		"b.docx": zipped("word/document.xml", `<!DOCTYPE a [<!ENTITY x SYSTEM "`+at+`">]><w:document `+wordSpaces+`><w:body>`+para("甲&x;")+`</w:body></w:document>`),
		"a.xlsx": hostileBook(`<sheetData><row r="1"><c r="A1"><f>WEBSERVICE("`+at+`")</f><v>1</v></c></row></sheetData>`, "xl/externalLinks/externalLink1.xml", `<externalLink/>`, "xl/externalLinks/_rels/externalLink1.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`+outside("externalLinkPath")+`</Relationships>`),
		"a.html": []byte(`<!DOCTYPE html><base href="` + at + `"><link rel=stylesheet href="` + at + `"><body><p>甲<img src="` + at + `" srcset="` + at + `"><iframe src="` + at + `"></iframe><script src="` + at + `"></script><object data="` + at + `"></object><video src="` + at + `"></video>`),
		"a.pdf": hostilePDF("", "<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /URI /URI ("+at+") >> /AA << /O << /S /JavaScript /JS (app.launchURL\\('"+at+"'\\)) >> >> >>", pdfPages, pdfOne, pdfStream("", show(72, 700, 0, "words")), pdfFont,
			"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /F << /FS /URL /F ("+at+") >> >>"),
		"a.ofd": zipped("OFD.xml", `<OFD><DocBody><DocRoot>`+at+`</DocRoot></DocBody></OFD>`),
		"a.md":  []byte("# 题\n\n![图](" + at + ")\n\n[链接](" + at + ")\n"),
	} {
		_, err := Read(context.Background(), name, data, hostileLimits())
		if err != nil && fault.Sentence(err) == "" {
			t.Errorf("%s: %v, want a sentence or none", name, err)
		}
	}
	if n := asked.Load(); n > 0 {
		t.Errorf("reading asked another machine %d times", n)
	}
}
