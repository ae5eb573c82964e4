package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// Files keeps contents below dir, in folders named for the first two digits of
// the digest, so that none grows too large: dir/3a/3a7f…. Files that are still
// being written lie in dir/new.
func Files(dir string) Store { return &files{dir: dir} }

type files struct {
	dir    string
	synced sync.Map // folders whose own name this process made durable
}

func (s *files) path(d Digest) string {
	return filepath.Join(s.dir, string(d[:2]), string(d))
}

func (s *files) Put(ctx context.Context, r io.Reader) (Digest, int64, error) {
	fresh := filepath.Join(s.dir, "new")
	if err := os.MkdirAll(fresh, 0o700); err != nil {
		return "", 0, fmt.Errorf("blob: %w", err)
	}
	f, err := os.CreateTemp(fresh, "put-*")
	if err != nil {
		return "", 0, fmt.Errorf("blob: %w", err)
	}
	defer os.Remove(f.Name()) // gone already once it has been renamed
	sum := sha256.New()
	n, err := io.Copy(io.MultiWriter(f, sum), withContext(ctx, r))
	if err != nil {
		return "", 0, errors.Join(err, f.Close())
	}
	d := Digest(hex.EncodeToString(sum.Sum(nil)))
	// Also a content that is there already is placed anew: the file there may
	// be damaged, or another Put may not have made its name durable yet.
	if err := errors.Join(f.Chmod(0o400), f.Sync(), f.Close()); err != nil {
		return "", 0, fmt.Errorf("blob: keep: %w", err)
	}
	if err := s.place(f.Name(), d); err != nil {
		return "", 0, fmt.Errorf("blob: keep: %w", err)
	}
	return d, n, nil
}

// place moves a finished file to its name and makes the move durable. Two that
// place the same content at once put the same bytes there.
func (s *files) place(from string, d Digest) error {
	folder := filepath.Join(s.dir, string(d[:2]))
	if _, done := s.synced.Load(folder); !done {
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return err
		}
		if err := syncFolder(s.dir); err != nil {
			return err
		}
		s.synced.Store(folder, true)
	}
	if err := os.Rename(from, s.path(d)); err != nil {
		return err
	}
	return syncFolder(folder)
}

func syncFolder(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

func (s *files) Open(_ context.Context, d Digest) (io.ReadSeekCloser, error) {
	if !d.Valid() {
		return nil, missing()
	}
	f, err := os.Open(s.path(d))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, missing()
	}
	if err != nil {
		return nil, fmt.Errorf("blob: %w", err)
	}
	return newChecked(f, d), nil
}

func (s *files) Stat(_ context.Context, d Digest) (Info, error) {
	if !d.Valid() {
		return Info{}, missing()
	}
	fi, err := os.Stat(s.path(d))
	if errors.Is(err, fs.ErrNotExist) {
		return Info{}, missing()
	}
	if err != nil {
		return Info{}, fmt.Errorf("blob: %w", err)
	}
	return Info{d, fi.Size(), fi.ModTime().UTC()}, nil
}

func (s *files) Each(ctx context.Context, f func(Info) error) error {
	folders, err := os.ReadDir(s.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("blob: %w", err)
	}
	for _, folder := range folders {
		if !folder.IsDir() || len(folder.Name()) != 2 {
			continue
		}
		entries, err := os.ReadDir(filepath.Join(s.dir, folder.Name()))
		if err != nil {
			return fmt.Errorf("blob: %w", err)
		}
		for _, e := range entries {
			d := Digest(e.Name())
			if !d.Valid() || string(d[:2]) != folder.Name() {
				continue
			}
			if err := ctx.Err(); err != nil {
				return err
			}
			fi, err := e.Info()
			if errors.Is(err, fs.ErrNotExist) {
				continue // removed meanwhile
			}
			if err != nil {
				return fmt.Errorf("blob: %w", err)
			}
			if err := f(Info{d, fi.Size(), fi.ModTime().UTC()}); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *files) Remove(_ context.Context, d Digest) error {
	if !d.Valid() {
		return nil
	}
	err := os.Remove(s.path(d))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("blob: remove: %w", err)
	}
	return syncFolder(filepath.Dir(s.path(d)))
}

// Tidy removes what a crash left half written in the folder of a [Files] store,
// as far as it was begun before the given time. It returns how many files.
func Tidy(dir string, before time.Time) (int, error) {
	left, err := filepath.Glob(filepath.Join(dir, "new", "put-*"))
	if err != nil {
		return 0, fmt.Errorf("blob: tidy: %w", err)
	}
	n := 0
	for _, path := range left {
		fi, err := os.Stat(path)
		if err != nil || !fi.ModTime().Before(before) {
			continue
		}
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return n, fmt.Errorf("blob: tidy: %w", err)
		}
		n++
	}
	return n, nil
}

// withContext stops a long upload when its request is gone.
func withContext(ctx context.Context, r io.Reader) io.Reader {
	return readerFunc(func(p []byte) (int, error) {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		return r.Read(p)
	})
}

type readerFunc func(p []byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }
