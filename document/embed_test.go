package document

import (
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"
)

// native makes the stream that the packager of old Office wraps around a file.
func native(label, content string) []byte {
	b := []byte{0, 0, 0, 0, 2, 0}
	b = append(b, label+"\x00C:\\x\\"+label+"\x00"...)
	b = append(b, 0, 0, 3, 0, 5, 0, 0, 0)
	b = append(b, "C:\\t\x00"...)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(content)))
	return append(b, content...)
}

func TestThePackagersFileIsTakenOut(t *testing.T) {
	data, name := oleNative(native("a.txt", "内容"), "oleObject1.bin")
	if string(data) != "内容" || name != "a.txt" {
		t.Errorf("got %q named %q, want 内容 named a.txt", data, name)
	}
	whole := native("a.txt", "内容")
	for i := range whole {
		if data, _ := oleNative(whole[:i], "x"); data != nil {
			t.Errorf("cut after %d bytes: got %q, want nothing", i, data)
		}
	}
}

func TestFilesInFilesAreReadToTheSecondLevel(t *testing.T) {
	nest := func(text string, inner []byte) []byte {
		return wordFile{body: para(text), more: map[string]string{"word/embeddings/inner.docx": string(inner)}}.bytes()
	}
	d := mustRead(t, "a.docx", nest("第一层", nest("第二层", nest("第三层", nest("第四层", wordFile{body: para("第五层")}.bytes())))))
	text := partText(t, d, PartEmbedded)
	for word, want := range map[string]bool{"第二层": true, "第三层": true, "第四层": false} {
		if strings.Contains(text, word) != want {
			t.Errorf("%s in the part of files inside: %v, want %v; part %q", word, !want, want, text)
		}
	}
	hasNote(t, d, NoteEmbedded, 1)
	p, _ := d.Part(PartEmbedded)
	if cell, _ := p.At(1); cell != "inner.docx" {
		t.Errorf("place = %q, want the name of the file", cell)
	}
}

func TestTheSummaryOfAnOldFileNamesItsMaker(t *testing.T) {
	units := utf16.Encode([]rune("王示例\x00"))
	set := binary.LittleEndian.AppendUint32(nil, 0)
	set = binary.LittleEndian.AppendUint32(set, 2) // properties
	for _, v := range []uint32{4, 24, 8, 24 + 8 + 8} {
		set = binary.LittleEndian.AppendUint32(set, v)
	}
	set = binary.LittleEndian.AppendUint32(set, 31)
	set = binary.LittleEndian.AppendUint32(set, uint32(len(units)))
	for _, u := range units {
		set = binary.LittleEndian.AppendUint16(set, u)
	}
	set = binary.LittleEndian.AppendUint32(set, 30)
	set = binary.LittleEndian.AppendUint32(set, 3)
	set = append(set, "li\x00"...)
	stream := make([]byte, 48)
	binary.LittleEndian.PutUint16(stream, 0xfffe)
	binary.LittleEndian.PutUint32(stream[44:], 48)
	stream = append(stream, set...)
	var d Doc
	d.addSummary(stream, summaryNames)
	if len(d.Meta) != 2 || d.Meta[0] != (Property{"creator", "王示例"}) || d.Meta[1] != (Property{"lastModifiedBy", "li"}) {
		t.Errorf("got %v, want the maker and who changed it last", d.Meta)
	}
	for i := range stream {
		new(Doc).addSummary(stream[:i], summaryNames)
	}
}
