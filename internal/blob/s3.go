package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// Bucket says where an object store is and how to enter it.
type Bucket struct {
	URL    string // "https://s3.example.cn", without bucket
	Region string // "" if the store has none
	Name   string // of the bucket, which must exist
	Prefix string // before every key, such as "gongkai/"; may be empty
	Key    string // access key
	Secret string
	Temp   string // folder for uploads until their digest is known; "" means the system's

	// Transport is for tests and proxies; nil means the usual one.
	Transport http.RoundTripper
}

// S3 keeps contents in a bucket under prefix/3a/3a7f…, the layout of [Files].
// It asks for the bucket once and fails if it cannot be reached.
func S3(ctx context.Context, b Bucket) (Store, error) {
	u, err := url.Parse(b.URL)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") || strings.Trim(u.Path, "/") != "" {
		return nil, errors.New("blob: the address of the object store must be like https://s3.example.cn")
	}
	c, err := minio.New(u.Host, &minio.Options{
		Creds:     credentials.NewStaticV4(b.Key, b.Secret, ""),
		Secure:    u.Scheme == "https",
		Region:    b.Region,
		Transport: b.Transport,
	})
	if err != nil {
		return nil, fmt.Errorf("blob: object store: %w", err)
	}
	ok, err := c.BucketExists(ctx, b.Name)
	if err != nil {
		return nil, fmt.Errorf("blob: object store: %w", err)
	}
	if !ok {
		return nil, fmt.Errorf("blob: object store has no bucket %q", b.Name)
	}
	return &s3{c: c, bucket: b.Name, prefix: b.Prefix, temp: b.Temp}, nil
}

type s3 struct {
	c      *minio.Client
	bucket string
	prefix string
	temp   string
}

func (s *s3) key(d Digest) string { return s.prefix + string(d[:2]) + "/" + string(d) }

// Put writes to a local file first, since the key is known only at the end.
func (s *s3) Put(ctx context.Context, r io.Reader) (Digest, int64, error) {
	f, err := os.CreateTemp(s.temp, "gongkai-put-*")
	if err != nil {
		return "", 0, fmt.Errorf("blob: %w", err)
	}
	defer os.Remove(f.Name())
	defer f.Close()
	sum := sha256.New()
	n, err := io.Copy(io.MultiWriter(f, sum), withContext(ctx, r))
	if err != nil {
		return "", 0, err
	}
	d := Digest(hex.EncodeToString(sum.Sum(nil)))
	info, err := s.Stat(ctx, d)
	if err == nil && info.Size == n {
		return d, n, nil
	}
	cut := err == nil // what is there has not its length: mend it
	err = s.upload(ctx, d, f, n, !cut)
	if code := minio.ToErrorResponse(err).Code; code == "NotImplemented" || code == "InvalidArgument" {
		err = s.upload(ctx, d, f, n, false) // a store that knows no conditions; same key, same bytes
	}
	if err != nil {
		return "", 0, fmt.Errorf("blob: upload: %w", err)
	}
	return d, n, nil
}

// upload sends the file in one request, so that it appears whole or not at all.
// With once the store refuses to replace what is there, which then has been
// placed by somebody else at the same moment.
func (s *s3) upload(ctx context.Context, d Digest, f *os.File, n int64, once bool) error {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	opts := minio.PutObjectOptions{
		ContentType: "application/octet-stream", DisableMultipart: true,
		// The MD5 lets the store notice damage on the way. A signature in chunks
		// would do so too, but stores trip over its form for empty contents.
		SendContentMd5: true, DisableContentSha256: true,
	}
	if once {
		opts.SetMatchETagExcept("*")
	}
	_, err := s.c.PutObject(ctx, s.bucket, s.key(d), f, n, opts)
	if once && minio.ToErrorResponse(err).StatusCode == http.StatusPreconditionFailed {
		return nil
	}
	return err
}

func (s *s3) Open(ctx context.Context, d Digest) (io.ReadSeekCloser, error) {
	if !d.Valid() {
		return nil, missing()
	}
	o, err := s.c.GetObject(ctx, s.bucket, s.key(d), minio.GetObjectOptions{})
	if err != nil {
		return nil, s.fault(err)
	}
	if _, err := o.Stat(); err != nil {
		return nil, errors.Join(s.fault(err), o.Close())
	}
	return newChecked(o, d), nil
}

func (s *s3) Stat(ctx context.Context, d Digest) (Info, error) {
	if !d.Valid() {
		return Info{}, missing()
	}
	o, err := s.c.StatObject(ctx, s.bucket, s.key(d), minio.StatObjectOptions{})
	if err != nil {
		return Info{}, s.fault(err)
	}
	return Info{d, o.Size, o.LastModified.UTC()}, nil
}

func (s *s3) fault(err error) error {
	switch minio.ToErrorResponse(err).Code {
	case "NoSuchKey", "NotFound":
		return missing()
	}
	return fmt.Errorf("blob: object store: %w", err)
}

func (s *s3) Each(ctx context.Context, f func(Info) error) error {
	ctx, stop := context.WithCancel(ctx) // ends the listing when f fails
	defer stop()
	for o := range s.c.ListObjects(ctx, s.bucket, minio.ListObjectsOptions{Prefix: s.prefix, Recursive: true}) {
		if o.Err != nil {
			return fmt.Errorf("blob: list: %w", o.Err)
		}
		folder, name, _ := strings.Cut(strings.TrimPrefix(o.Key, s.prefix), "/")
		d := Digest(name)
		if !d.Valid() || folder != string(d[:2]) {
			continue
		}
		if err := f(Info{d, o.Size, o.LastModified.UTC()}); err != nil {
			return err
		}
	}
	return ctx.Err()
}

func (s *s3) Remove(ctx context.Context, d Digest) error {
	if !d.Valid() {
		return nil
	}
	if err := s.c.RemoveObject(ctx, s.bucket, s.key(d), minio.RemoveObjectOptions{}); err != nil {
		return fmt.Errorf("blob: remove: %w", err)
	}
	return nil
}
