package document

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"gongkai/internal/blob"
)

// State tells whether a file could be read.
type State string

// The states of a File; the comment says who moves next.
const (
	Readable   State = "readable"   // nobody
	Unreadable State = "unreadable" // whoever uploaded it: a better file, or publish it as it is
	Pending    State = "pending"    // the queue reads it again
)

// A File is an upload: its bytes are in the blob store under Digest.
type File struct {
	Digest  blob.Digest
	Kind    Kind
	Size    int64
	Pages   int
	State   State
	Why     string // Chinese: why it is unreadable or pending
	Title   string
	Notes   []Note
	Created time.Time
}

// packed holds the text of a file as it lies in the database.
func packParts(parts []Part) ([]byte, error) {
	if len(parts) == 0 {
		return nil, nil
	}
	var buf bytes.Buffer
	z := gzip.NewWriter(&buf)
	if err := json.NewEncoder(z).Encode(parts); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}

// maxPacked bounds the text of one file when it is unpacked again.
const maxPacked = 1 << 30

func unpackParts(data []byte) (parts []Part, err error) {
	if len(data) == 0 {
		return nil, nil
	}
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("unpack the text of a file: %w", err)
	}
	if err := json.NewDecoder(io.LimitReader(z, maxPacked)).Decode(&parts); err != nil {
		return nil, fmt.Errorf("unpack the text of a file: %w", err)
	}
	return parts, z.Close()
}

// fileOf is what reading gave, as a record. Pictures and archives are complete
// without text.
func fileOf(digest blob.Digest, size int64, d Doc, err error) (File, bool) {
	f := File{Digest: digest, Kind: d.Kind, Size: size, Pages: d.Pages, State: Readable, Title: d.Title, Notes: d.Notes}
	if err == nil {
		return f, true
	}
	say := sentence(err)
	switch {
	case d.Kind.Image():
		f.Notes = append(f.Notes, Note{Kind: NoteNoText, Say: "图片中的文字不能检索，也不能被读屏软件读出。请为图片填写文字说明。", Count: 1})
		return f, true
	case say == "":
		f.State, f.Why = Pending, sayPending
		return f, false
	}
	f.State, f.Why = Unreadable, say
	return f, true
}
