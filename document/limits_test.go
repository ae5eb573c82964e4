package document

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"strings"
	"testing"
	"time"

	"gongkai/internal/fault"
)

// bomb makes an archive one entry of which unpacks to size bytes of filler
// between head and foot.
func bomb(entry, head, filler, foot string, size int, others ...string) []byte {
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for i := 0; i+1 < len(others); i += 2 {
		w, _ := z.Create(others[i])
		_, _ = io.WriteString(w, others[i+1])
	}
	w, _ := z.Create(entry)
	_, _ = io.WriteString(w, head)
	block := strings.Repeat(filler, 1<<20/len(filler))
	for n := 0; n < size; n += len(block) {
		_, _ = io.WriteString(w, block)
	}
	_, _ = io.WriteString(w, foot)
	_ = z.Close()
	return buf.Bytes()
}

func TestBombsAreRefusedSoonAndSayWhatToDo(t *testing.T) {
	const doc = `<w:document ` + wordSpaces + `><w:body>`
	const end = `</w:body></w:document>`
	const sheet = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`
	book := []string{
		"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
		"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="s1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/workbook.xml", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="甲" sheetId="1" r:id="s1"/></sheets></workbook>`,
	}
	var entries []string
	for i := range 12_000 {
		entries = append(entries, fmt.Sprintf("word/x%d", i), "")
	}
	laughs := `<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>`
	for _, tt := range []struct {
		name  string
		data  func() []byte
		words string
	}{
		{"a Word file that unpacks to 270 megabytes of spaces", func() []byte { return bomb("word/document.xml", doc, " ", end, 270<<20) }, "恶意构造"},
		{"one paragraph of a hundred megabytes", func() []byte {
			return bomb("word/document.xml", doc+`<w:p><w:r><w:t>`, "字甲乙丙丁", `</w:t></w:r></w:p>`+end, 100<<20)
		}, "超过 800 万字"},
		{"a hundred thousand nested elements", func() []byte {
			return zipped("word/document.xml", doc+strings.Repeat("<w:sdt>", 100_000))
		}, "嵌套"},
		{"nested tables", func() []byte {
			return zipped("word/document.xml", doc+strings.Repeat("<w:tbl><w:tr><w:tc>", 5000))
		}, "嵌套"},
		{"entities that multiply", func() []byte {
			return zipped("word/document.xml", laughs+doc+`<w:p><w:r><w:t>&c;</w:t></w:r></w:p>`+end)
		}, "已损坏"},
		{"very many entries", func() []byte { return zipped(append([]string{"word/document.xml", doc + end}, entries...)...) }, "条目"},
		{"a sheet of a hundred megabytes in one cell", func() []byte {
			return bomb("xl/worksheets/sheet1.xml", sheet+`<row r="1"><c r="A1" t="inlineStr"><is><t>`, "x", `</t></is></c></row></sheetData></worksheet>`, 100<<20, book...)
		}, "恶意构造"},
		{"a sheet whose only cells stand in the last column", func() []byte {
			var rows strings.Builder
			for i := range 30_000 {
				fmt.Fprintf(&rows, `<row r="%d"><c r="XFD%d"><v>1</v></c></row>`, i+1, i+1)
			}
			return zipped(append(book, "xl/worksheets/sheet1.xml", sheet+rows.String()+"</sheetData></worksheet>")...)
		}, "单元格"},
		{"an entry that is larger than its directory says", func() []byte { return liar("word/document.xml", doc+strings.Repeat(para("字"), 200_000)+end) }, ""},
		{"an archive that holds itself is only named", func() []byte { return zipped("r/r.zip", "PK\x03\x04 again") }, "压缩包"},
		{"a web page nested a million deep", func() []byte { return []byte("<html>" + strings.Repeat("<b><i><p>", 300_000)) }, ""},
		{"a file over the limit", func() []byte { return make([]byte, DefaultLimits.MaxBytes+1) }, "超过 64 兆"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			data := tt.data()
			start := time.Now()
			d, err := Read(context.Background(), "a", data, Limits{})
			if took := time.Since(start); took > 15*time.Second {
				t.Errorf("took %v", took)
			}
			if err == nil {
				t.Fatalf("it was read: %d blocks", len(d.Blocks))
			}
			refused(t, err, tt.words)
			if s := fault.Sentence(err); !strings.Contains(s, "请") {
				t.Errorf("the sentence %q does not say what to do", s)
			}
		})
	}
}

// liar makes an archive whose directory understates the size of its entry.
func liar(name, content string) []byte {
	var packed bytes.Buffer
	w, _ := flate.NewWriter(&packed, flate.BestCompression)
	_, _ = io.WriteString(w, content)
	_ = w.Close()
	header := &zip.FileHeader{Name: name, Method: zip.Deflate, CRC32: crc32.ChecksumIEEE([]byte(content)),
		CompressedSize64: uint64(packed.Len()), UncompressedSize64: 10}
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	raw, _ := z.CreateRaw(header)
	_, _ = raw.Write(packed.Bytes())
	_ = z.Close()
	return buf.Bytes()
}

func TestTooManyPicturesDoNotRefuseTheText(t *testing.T) {
	rels, body := "", ""
	more := map[string]string{}
	for i := range 12 {
		rels += fmt.Sprintf(`<Relationship Id="p%d" Type="KIND/image" Target="media/i%d.png"/>`, i, i)
		body += fmt.Sprintf(`<w:p><w:r><w:drawing><a:blip r:embed="p%d"/></w:drawing></w:r></w:p>`, i)
		more[fmt.Sprintf("word/media/i%d.png", i)] = string(dot(uint8(i)))
	}
	d, err := Read(context.Background(), "a.docx", wordFile{body: para("正文") + body, rels: rels, more: more}.bytes(), Limits{MaxImages: 5})
	if err != nil || len(d.Images) != 5 {
		t.Errorf("images = %d, %v, want 5 and the text", len(d.Images), err)
	}
	hasNote(t, d, NotePicture, 7)
}

func TestTheZeroLimitsAreTheDefaults(t *testing.T) {
	if got := (Limits{}).or(); got != DefaultLimits {
		t.Errorf("or() = %+v", got)
	}
	if got := (Limits{MaxPages: 3}).or(); got.MaxPages != 3 || got.MaxTime != DefaultLimits.MaxTime {
		t.Errorf("or() = %+v", got)
	}
}

func TestReadingEndsWithTheTime(t *testing.T) {
	data := wordFile{body: strings.Repeat(para("字"), 100_000)}.bytes()
	_, err := Read(context.Background(), "a.docx", data, Limits{MaxTime: time.Millisecond, MaxRatio: 1 << 40})
	refused(t, err, "用时过长")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err = Read(ctx, "a.docx", data, Limits{MaxRatio: 1 << 40}); err != context.Canceled {
		t.Errorf("cancelled Read = %v, want context.Canceled", err)
	}
}

func TestTheKindIsJudgedByContent(t *testing.T) {
	u32 := binary.LittleEndian.AppendUint32(nil, 20)
	for _, tt := range []struct {
		name string
		data []byte
		want Kind
	}{
		{"a.txt", wordFile{}.bytes(), KindDocx},
		{"a.docx", testdata(t, "sheet.xlsx"), KindXlsx},
		{"a.jpg", testdata(t, "notice.pdf"), KindPDF},
		{"a.txt", testdata(t, "notice.doc"), KindDoc},
		{"a", ofd(), KindOFD},
		{"a.pdf", dot(1), KindPNG},
		{"a", append(append([]byte("RIFF"), u32...), "WEBPVP8 "...), KindWebP},
		{"a", []byte("GIF89a..."), KindGIF},
		{"a", []byte("\xff\xd8\xff\xe0 JFIF"), KindJPEG},
		{"a.docx", zipped("a/b.txt", "x"), KindZip},
		{"a.txt", []byte("<!-- 注 --><!DOCTYPE HTML><title>x"), KindHTML},
		{"a.html", []byte("普通文字，没有标签"), KindText},
		{"a.MD", []byte("# 标题"), KindMarkdown},
		{"a.txt", []byte("\x00\x01\x02\x03binary\x00"), KindUnknown},
		{"a.doc", []byte(`{\rtf1\ansi text}`), KindRTF},
		{"a.doc", []byte(`<?xml version="1.0"?><w:wordDocument/>`), KindUnknown},
		{"a.doc", []byte("MIME-Version: 1.0\r\nContent-Type: multipart/related"), KindUnknown},
		{"a.xhtml", []byte(`<?xml version="1.0"?><!DOCTYPE html><html/>`), KindHTML},
		{"a", nil, KindText},
	} {
		if got := KindOf(tt.name, tt.data); got != tt.want {
			t.Errorf("KindOf(%s, %.12q) = %s, want %s", tt.name, tt.data, got, tt.want)
		}
	}
}
