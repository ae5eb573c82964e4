package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"time"

	"gongkai/internal/fault"
)

// Digest is the SHA-256 of the content as 64 lower-case hexadecimal digits.
type Digest string

// DigestOf returns the digest of data.
func DigestOf(data []byte) Digest {
	sum := sha256.Sum256(data)
	return Digest(hex.EncodeToString(sum[:]))
}

// Valid reports whether d can be a digest at all. What comes from outside must
// be asked before it becomes part of a path.
func (d Digest) Valid() bool {
	if len(d) != 2*sha256.Size {
		return false
	}
	for i := range len(d) {
		if c := d[i]; (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// Info is what is known of a stored content without reading it.
type Info struct {
	Digest Digest
	Size   int64
	Added  time.Time // when it was stored last
}

// Store keeps contents by their digest. All methods may be called at once.
type Store interface {
	// Put stores what r has and returns its digest and size in bytes. Storing
	// the same content again is not an error. If r or the store fails, nothing
	// is stored; an error of r comes back as it is.
	Put(ctx context.Context, r io.Reader) (Digest, int64, error)
	// Open returns the content. Reading it from the start to the end returns
	// [ErrDamaged] instead of io.EOF if the bytes are not what the digest says.
	// It fails with fault.NotFound.
	Open(ctx context.Context, d Digest) (io.ReadSeekCloser, error)
	// Stat fails with fault.NotFound if there is no such content.
	Stat(ctx context.Context, d Digest) (Info, error)
	// Each calls f for every content, in order of digests, until f fails.
	Each(ctx context.Context, f func(Info) error) error
	// Remove forgets a content. It is not an error if there is none.
	Remove(ctx context.Context, d Digest) error
}

// ErrDamaged means that the bytes of a content are not what its digest says.
var ErrDamaged = errors.New("blob: the stored bytes do not have their digest")

// ErrTooLarge is returned by a reader from [Limit] that has more than it may.
var ErrTooLarge = errors.New("blob: more bytes than allowed")

// Check reads a content to the end. It fails with [ErrDamaged] or
// fault.NotFound.
func Check(ctx context.Context, s Store, d Digest) error {
	r, err := s.Open(ctx, d)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, r)
	return errors.Join(err, r.Close())
}

// Read returns a content whole. It fails with [ErrDamaged], fault.NotFound, or
// [ErrTooLarge] if there are more than limit bytes.
func Read(ctx context.Context, s Store, d Digest, limit int64) ([]byte, error) {
	info, err := s.Stat(ctx, d)
	if err != nil {
		return nil, err
	}
	if info.Size > limit {
		return nil, ErrTooLarge
	}
	r, err := s.Open(ctx, d)
	if err != nil {
		return nil, err
	}
	data := make([]byte, 0, info.Size+1)
	data, err = readAll(r, data)
	return data, errors.Join(err, r.Close())
}

func readAll(r io.Reader, b []byte) ([]byte, error) {
	for {
		n, err := r.Read(b[len(b):cap(b)])
		b = b[:len(b)+n]
		if err == io.EOF {
			return b, nil
		}
		if err != nil {
			return nil, err
		}
		if len(b) == cap(b) {
			b = append(b, 0)[:len(b)]
		}
	}
}

// Limit returns a reader of r that fails with [ErrTooLarge] once more than n
// bytes came. Unlike io.LimitReader it does not pass off a part for the whole.
func Limit(r io.Reader, n int64) io.Reader { return &limited{r, n} }

type limited struct {
	r    io.Reader
	left int64
}

func (l *limited) Read(p []byte) (int, error) {
	if int64(len(p)) > l.left+1 {
		p = p[:l.left+1]
	}
	n, err := l.r.Read(p)
	if int64(n) > l.left {
		n = int(l.left)
		l.left = 0
		return n, ErrTooLarge
	}
	l.left -= int64(n)
	return n, err
}

func missing() error { return fault.Say(fault.NotFound, sayNotFound) }

// checked hashes what is read from the start on and complains at the end. After
// a Seek elsewhere it can only pass bytes on.
type checked struct {
	io.ReadSeekCloser
	want  Digest
	sum   hash.Hash
	at    int64 // how far the hash has come
	pos   int64 // where the next read begins
	blind bool  // a part was skipped
}

func newChecked(r io.ReadSeekCloser, want Digest) *checked {
	return &checked{ReadSeekCloser: r, want: want, sum: sha256.New()}
}

func (c *checked) Read(p []byte) (int, error) {
	n, err := c.ReadSeekCloser.Read(p)
	if c.pos > c.at {
		c.blind = true
	}
	if end := c.pos + int64(n); !c.blind && end > c.at {
		c.sum.Write(p[c.at-c.pos : n])
		c.at = end
	}
	c.pos += int64(n)
	if err == io.EOF && !c.blind && c.pos == c.at && hex.EncodeToString(c.sum.Sum(nil)) != string(c.want) {
		return n, fmt.Errorf("%w: %s", ErrDamaged, c.want)
	}
	return n, err
}

func (c *checked) Seek(offset int64, whence int) (int64, error) {
	pos, err := c.ReadSeekCloser.Seek(offset, whence)
	if err != nil {
		return pos, err
	}
	c.pos = pos
	return pos, nil
}
