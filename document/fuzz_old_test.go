package document

import (
	"bytes"
	"context"
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"

	"gongkai/internal/fault"
)

// A sector of a compound file, and of the small streams within it.
const sector, smallSector = 512, 64

// compound makes a compound file of name, content, name, content …: short
// streams, which lie together in one.
func compound(pairs ...string) []byte {
	const free, end, table = 0xffffffff, 0xfffffffe, 0xfffffffd
	u32 := binary.LittleEndian.AppendUint32
	var small, next []byte // the small streams, and how their sectors follow each other
	entry := func(name string, kind byte, left, right, child uint32, first uint32, size int) []byte {
		e := make([]byte, 128)
		units := utf16.Encode([]rune(name))
		for i, u := range units {
			binary.LittleEndian.PutUint16(e[2*i:], u)
		}
		binary.LittleEndian.PutUint16(e[64:], uint16(2*len(units)+2))
		e[66], e[67] = kind, 1
		for i, v := range []uint32{left, right, child} {
			binary.LittleEndian.PutUint32(e[68+4*i:], v)
		}
		binary.LittleEndian.PutUint32(e[116:], first)
		binary.LittleEndian.PutUint32(e[120:], uint32(size))
		return e
	}
	var streams []byte
	for i := 0; i+1 < len(pairs); i += 2 {
		first, n := len(small)/smallSector, (len(pairs[i+1])+smallSector-1)/smallSector
		small = append(small, pairs[i+1]...)
		small = append(small, make([]byte, (first+n)*smallSector-len(small))...)
		for k := range n {
			v := uint32(first + k + 1)
			if k == n-1 {
				v = end
			}
			next = u32(next, v)
		}
		right := uint32(i/2 + 2)
		if i+3 >= len(pairs) {
			right = free
		}
		streams = append(streams, entry(pairs[i], 2, free, right, free, uint32(first), len(pairs[i+1]))...)
	}
	full := func(b []byte, fill byte) []byte {
		return append(b, bytes.Repeat([]byte{fill}, (sector-len(b)%sector)%sector)...)
	}
	size := len(small)
	small, next = full(small, 0), full(next, 0xff)
	directories := (128 + len(streams) + sector - 1) / sector
	tables := 1 // of which sector follows which
	for tables*sector/4 < tables+directories+(len(next)+len(small))/sector {
		tables++
	}
	at := tables + directories + len(next)/sector // first sector of the small streams
	directory := full(append(entry("Root Entry", 5, free, free, 1, uint32(at), size), streams...), 0)
	var fat []byte
	chain := func(from, n int) {
		for i := range n {
			v := uint32(from + i + 1)
			if i == n-1 {
				v = end
			}
			fat = u32(fat, v)
		}
	}
	for range tables {
		fat = u32(fat, table)
	}
	chain(tables, directories)
	chain(tables+directories, len(next)/sector)
	chain(at, len(small)/sector)
	head := append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), make([]byte, 16)...)
	head = append(head, 0x3e, 0, 3, 0, 0xfe, 0xff, 9, 0, 6, 0, 0, 0, 0, 0, 0, 0)
	for _, v := range []uint32{0, uint32(tables), uint32(tables), 0, 1 << 30, uint32(tables + directories), uint32(len(next) / sector), end, 0} {
		head = u32(head, v)
	}
	for i := range min(tables, 109) {
		head = u32(head, uint32(i))
	}
	head = full(head, 0xff)
	return append(append(append(append(head, full(fat, 0xff)...), directory...), next...), small...)
}

// xlsRecord is one record of a workbook; numbers are of two bytes, int32 of four.
func xlsRecord(id uint16, parts ...any) string {
	var b []byte
	for _, p := range parts {
		switch p := p.(type) {
		case int:
			b = binary.LittleEndian.AppendUint16(b, uint16(p))
		case int32:
			b = binary.LittleEndian.AppendUint32(b, uint32(p))
		case string:
			b = append(b, p...)
		}
	}
	return string(binary.LittleEndian.AppendUint16(binary.LittleEndian.AppendUint16(nil, id), uint16(len(b)))) + string(b)
}

// wide is a text of two bytes a letter with its length before it.
func wide(s string) string {
	units := utf16.Encode([]rune(s))
	b := []byte{byte(len(units)), byte(len(units) >> 8), 1}
	for _, u := range units {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return string(b)
}

// smallBook is a workbook of one sheet that has something of everything.
func smallBook() string {
	begin := func(kind int) string { return xlsRecord(xlsBOF, 0x600, kind, 0, 0, int32(0), int32(0)) }
	end := xlsRecord(xlsEOF)
	sheet := func(at int32) string { return xlsRecord(xlsBoundSheet, at, "\x00\x00\x01\x01\x32\x75") }
	globals := func(at int32) string {
		return begin(5) + xlsRecord(xlsFormat, 164, wide("yyyy年m月d日")) + xlsRecord(xlsXF, 0, 164) + sheet(at) +
			xlsRecord(xlsSST, int32(2), int32(2), wide("王示例"), "\x04\x00\x00") + xlsRecord(xlsContinue, "\x01\x31\x75\x32\x75\x33\x75\x34\x75") + end
	}
	return globals(int32(len(globals(0)))) + begin(16) + xlsRecord(xlsRow, 1, 0, 3, 0, 0, 0, int32(0x20)) + xlsRecord(xlsColInfo, 1, 1, 0, 0, 1, 0) +
		xlsRecord(xlsLabelSST, 0, 0, 0, int32(0)) + xlsRecord(xlsLabelSST, 0, 1, 0, int32(1)) + xlsRecord(xlsNumber, 1, 0, 0, "\x00\x00\x00\x00\x80\xe4\xe5\x40") +
		xlsRecord(xlsRK, 2, 0, 9, int32(123<<2|2)) + xlsRecord(xlsMulRK, 3, 0, 9, int32(6), 9, int32(7), 1) + xlsRecord(xlsFormula, 4, 0, 0, "\x00\x00\x00\x00\x00\x00\xff\xff", int32(0), int32(0), 0) + xlsRecord(xlsString, wide("合计")) +
		xlsRecord(xlsMerged, 1, 0, 1, 0, 1) + xlsRecord(xlsHeader, wide("&C内部123456")) + xlsRecord(xlsObj, int32(0x120015), 0x19, 1) + xlsRecord(xlsText, 0, 0, 0, 0, 0, 3, int32(0), int32(0)) +
		xlsRecord(xlsContinue, "\x00abc") + xlsRecord(xlsNote, 0, 1, 0, 1) + end
}

func TestAFileMadeOfStreamsIsReadLikeOneOfExcel(t *testing.T) {
	d := mustRead(t, "a.xls", compound("Workbook", smallBook()))
	same(t, "text", partText(t, d, "甲"), "王示例\n123\n1\n合计")
	same(t, "hidden", partText(t, d, PartHidden), "由甲申甴\n2022-10-2\n0.01")
}

// fuzzed are a Doc and a budget for what lies below the file.
func fuzzed(kind Kind) (*budget, *Doc) {
	return newBudget(context.Background(), smallLimits.or()), &Doc{Kind: kind}
}

// said fails unless an error is a refusal with a sentence.
func said(t *testing.T, err error) {
	if err != nil && fault.Sentence(failure(KindXls, err)) == "" {
		t.Fatalf("error = %v, want a sentence", err)
	}
}

// The records alone, without the file around them.
func FuzzOldBook(f *testing.F) {
	book := smallBook()
	f.Add([]byte(book), []byte{})
	for i := range 8 {
		f.Add([]byte(book[:len(book)*(i+1)/9]), []byte{0xff, 0xff})
	}
	f.Fuzz(func(t *testing.T, stream, summary []byte) {
		b, d := fuzzed(KindXls)
		err := readXlsStreams(b, d, map[string][]byte{"Workbook": stream, summaryStream: summary}, []string{"Workbook", "MBD1"})
		said(t, err)
		if err == nil {
			sound(t, *d)
		}
	})
}

// The file around them: sectors, directories, small streams.
func FuzzCompound(f *testing.F) {
	f.Add(compound("Workbook", smallBook(), summaryStream, "\xfe\xff"))
	f.Add(compound("WordDocument", "x", "Package", "PK", "Ole10Native", strings.Repeat("a\x00", 40)))
	f.Add(compound("EncryptedPackage", strings.Repeat("x", 5000)))
	f.Fuzz(func(t *testing.T, data []byte) {
		data = append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), data[min(8, len(data)):]...)
		try(t, "a.xls", data)
		if s, name := packaged(data, "a.bin"); len(s) > len(data) || s != nil && name == "" {
			t.Fatalf("packaged = %d bytes named %q of %d", len(s), name, len(data))
		}
	})
}

// An old Word file below the file around it: its streams, patched.
func FuzzOldWord(f *testing.F) {
	var files []map[string][]byte
	for i, name := range []string{"notice.doc", "footnote.doc", "tracked.doc"} {
		streams, _, err := oleStreams(testdata(f, name), 1<<20, "WordDocument", "0Table", "1Table", summaryStream)
		if err != nil {
			f.Fatal(err)
		}
		files = append(files, streams)
		f.Add(i, 0, []byte{}, 0, []byte{})
		f.Add(i, fibText, []byte{0xff, 0xff, 0, 0}, 0x10, []byte{0xff, 0xff, 0xff, 0x7f})
		f.Add(i, fibPieces, []byte{1, 0, 0, 0, 0xff}, 0, []byte{2, 0, 0, 0, 0})
	}
	patched := func(b []byte, at int, patch []byte) []byte {
		b = bytes.Clone(b)
		if at >= 0 && at < len(b) {
			copy(b[at:], patch)
		}
		return b
	}
	f.Fuzz(func(t *testing.T, file, at int, patch []byte, tableAt int, tablePatch []byte) {
		of := files[uint(file)%uint(len(files))]
		b, d := fuzzed(KindDoc)
		err := readDocStreams(b, d, map[string][]byte{"WordDocument": patched(of["WordDocument"], at, patch), "0Table": patched(of["0Table"], tableAt, tablePatch),
			"1Table": patched(of["1Table"], tableAt, tablePatch), summaryStream: of[summaryStream]}, nil)
		if err == nil {
			err = settle(b, d)
		}
		said(t, err)
		if err == nil {
			sound(t, *d)
		}
	})
}
