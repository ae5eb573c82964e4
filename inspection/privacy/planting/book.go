package planting

import (
	"archive/zip"
	"bytes"
	"io"

	"github.com/xuri/excelize/v2"
)

// A Book is a workbook being written.
type Book struct {
	*excelize.File
	more []string // further entries, name and content
}

// NewBook begins a workbook with one sheet.
func NewBook(sheet string) *Book {
	f := excelize.NewFile()
	b := &Book{File: f}
	b.must(f.SetSheetName("Sheet1", sheet))
	return b
}

// must ends a test whose own files cannot be made.
func (b *Book) must(err error) {
	if err != nil {
		panic(err)
	}
}

// Text puts a text into a cell.
func (b *Book) Text(sheet, cell, s string) { b.must(b.SetCellStr(sheet, cell, s)) }

// Entry adds an entry to the archive, in place of one of that name.
func (b *Book) Entry(name, content string) { b.more = append(b.more, name, content) }

// Bytes writes the workbook.
func (b *Book) Bytes() []byte {
	buf, err := b.WriteToBuffer()
	b.must(err)
	b.must(b.Close())
	if b.more == nil {
		return buf.Bytes()
	}
	return Repack(buf.Bytes(), b.more...)
}

// Repack copies an archive with entries added or replaced.
func Repack(data []byte, pairs ...string) []byte {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		panic(err)
	}
	put := map[string]bool{}
	for i := 0; i < len(pairs); i += 2 {
		put[pairs[i]] = true
	}
	var all []string
	for _, f := range z.File {
		if put[f.Name] {
			continue
		}
		all = append(all, f.Name, Entry(data, f.Name))
	}
	return Zip(append(all, pairs...)...)
}

// Entry returns one entry of an archive.
func Entry(data []byte, name string) string {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		panic(err)
	}
	r, err := z.Open(name)
	if err != nil {
		panic(err)
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	if err != nil {
		panic(err)
	}
	return string(b)
}
