package document

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"path"
	"strings"

	"gongkai/internal/fault"
)

// An archive is a zip read under the limits. Entries are found by name without
// regard to case, as Office does; of two entries with one name the first counts.
type archive struct {
	b     *budget
	kind  Kind
	files map[string]*zip.File
	names []string
}

func openArchive(b *budget, kind Kind, data []byte) (*archive, error) {
	if crowded(data) {
		return nil, tooManyEntries(b.lim.MaxEntries)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, damaged(kind)
	}
	if len(z.File) > b.lim.MaxEntries {
		return nil, tooManyEntries(b.lim.MaxEntries)
	}
	a := &archive{b: b, kind: kind, files: make(map[string]*zip.File, len(z.File))}
	room := uint64(len(data))
	for _, f := range z.File {
		// Entries that together are more than the file lie on top of each other.
		if f.CompressedSize64 > room {
			return nil, tooDense()
		}
		room -= f.CompressedSize64
		if f.Flags&1 != 0 {
			return nil, encrypted(kind)
		}
		name := entryName(f.Name)
		if _, twice := a.files[name]; twice {
			continue
		}
		a.files[name] = f
		a.names = append(a.names, name)
	}
	return a, nil
}

// crowded tells whether a directory has so many entries that reading it alone takes
// hundreds of megabytes. It counts their marks, which stand nowhere else by chance.
func crowded(data []byte) bool { return bytes.Count(data, []byte("PK\x01\x02")) > 50_000 }

func entryName(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/"))
}

func (a *archive) has(name string) bool {
	_, ok := a.files[entryName(name)]
	return ok
}

// size is what the directory says an entry unpacks to; it may lie.
func (a *archive) size(name string) int64 {
	if f, ok := a.files[entryName(name)]; ok {
		return int64(min(f.UncompressedSize64, 1<<62))
	}
	return 0
}

// open returns a metered reader of one entry, or nil if there is none.
func (a *archive) open(name string) (io.ReadCloser, error) {
	f, ok := a.files[entryName(name)]
	if !ok {
		return nil, nil
	}
	r, err := f.Open()
	if err != nil {
		return nil, damaged(a.kind)
	}
	return struct {
		io.Reader
		io.Closer
	}{&metered{r: r, b: a.b, packed: int64(f.CompressedSize64)}, r}, nil
}

// bytes reads a whole entry of at most limit bytes; nil if there is none.
func (a *archive) bytes(name string, limit int64) ([]byte, error) {
	r, err := a.open(name)
	if r == nil || err != nil {
		return nil, err
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, a.failure(err)
	}
	if int64(len(data)) > limit {
		return nil, tooBig(limit)
	}
	return data, nil
}

// failure keeps a refusal of ours and a cancellation, and calls everything else
// damage to the file.
func (a *archive) failure(err error) error { return failure(a.kind, err) }

func failure(k Kind, err error) error {
	if err == nil || fault.KindOf(err) != "" || isCancelled(err) {
		return err
	}
	return damaged(k)
}

// refusal tells a limit from damage: damage to a side part of a file is noted,
// a limit ends the reading.
func refusal(k Kind, err error) bool {
	return err != nil && !errors.Is(err, errDamaged) && fault.Sentence(failure(k, err)) != fault.Sentence(damaged(k))
}
