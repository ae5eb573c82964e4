package document

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"gongkai/internal/blob"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/jobs"
	"gongkai/ledger"
)

// Files keeps uploads: the bytes in the blob store, what is known of them in
// the database. The same bytes are one file, however often they come.
type Files struct {
	db     *db.DB
	bytes  blob.Store
	reader *Reader
}

// NewFiles returns the files kept in d and store, read by r.
func NewFiles(d *db.DB, store blob.Store, r *Reader) *Files { return &Files{d, store, r} }

// MaxUpload is the size beyond which a file is not even kept.
const MaxUpload = 1 << 30

// KindRead is the job that reads a file again which could not be read for a
// reason of our own.
const KindRead jobs.Kind = "document.read"

// Add keeps a file and reads it. A file that cannot be read is kept as well: its
// State and Why say so, and the error is nil. Add fails with Invalid if the
// file has no name, no bytes, or more than MaxUpload.
func (fs *Files) Add(ctx context.Context, by ledger.Who, name string, r io.Reader) (File, error) {
	f, _, err := fs.Import(ctx, by, name, r)
	return f, err
}

// Import is Add for a file whose text is wanted at once. The Doc is empty if the
// file is not readable.
func (fs *Files) Import(ctx context.Context, by ledger.Who, name string, r io.Reader) (File, Doc, error) {
	if name == "" {
		return File{}, Doc{}, noName()
	}
	var head bytes.Buffer
	limit := fs.reader.Limits().MaxBytes
	digest, size, err := fs.bytes.Put(ctx, io.TeeReader(blob.Limit(r, MaxUpload), &capped{&head, limit + 1}))
	if errors.Is(err, blob.ErrTooLarge) {
		return File{}, Doc{}, tooBig(MaxUpload)
	}
	if err != nil {
		return File{}, Doc{}, err
	}
	if size == 0 {
		return File{}, Doc{}, noBytes()
	}
	doc, readErr := fs.reader.Read(ctx, name, head.Bytes())
	if ctx.Err() != nil {
		return File{}, Doc{}, ctx.Err()
	}
	if readErr != nil && doc.Kind == KindUnknown && size > limit {
		doc.Kind = KindOf(name, head.Bytes())
	}
	f, err := fs.record(ctx, by, name, digest, size, doc, readErr)
	if err != nil || f.State != Readable {
		return f, Doc{Kind: doc.Kind}, err
	}
	return f, doc, nil
}

// record stores what reading gave, once for each digest, together with the
// pictures of the document, which are files of their own.
func (fs *Files) record(ctx context.Context, by ledger.Who, name string, digest blob.Digest, size int64, doc Doc, readErr error) (File, error) {
	f, sure := fileOf(digest, size, doc, readErr)
	parts, err := packParts(doc.Parts)
	if err != nil {
		return File{}, err
	}
	for _, im := range doc.Images {
		if _, _, err := fs.bytes.Put(ctx, bytes.NewReader(im.Bytes)); err != nil {
			return File{}, err
		}
	}
	err = fs.db.Write(ctx, func(tx *db.Tx) error {
		known, err := Get(tx, digest)
		if err == nil && (known.State != Pending || !sure) {
			f = known
			return nil
		}
		if err != nil && !errors.Is(err, fault.NotFound) {
			return err
		}
		f.Created = tx.Now
		act := "document.add"
		if err == nil {
			f.Created, act = known.Created, "document.read"
		}
		if err := keep(tx, by, act, f, parts); err != nil {
			return err
		}
		for _, im := range doc.Images {
			if err := keepPicture(tx, by, im); err != nil {
				return err
			}
		}
		if f.State == Pending {
			return jobs.Add(tx, KindRead, string(digest), pendingFile{Digest: digest, Name: name}, tx.Now.Add(time.Minute))
		}
		return nil
	})
	return f, err
}

func keepPicture(tx *db.Tx, by ledger.Who, im Image) error {
	_, err := Get(tx, blob.Digest(im.Digest))
	if !errors.Is(err, fault.NotFound) {
		return err
	}
	f, _ := fileOf(blob.Digest(im.Digest), int64(len(im.Bytes)), Doc{Kind: im.Kind}, notText(im.Kind))
	f.Created = tx.Now
	return keep(tx, by, "document.add", f, nil)
}

// pendingFile is the payload of KindRead.
type pendingFile struct {
	Digest blob.Digest `json:"digest"`
	Name   string      `json:"name"`
}

// ReadAgain does a KindRead job.
func (fs *Files) ReadAgain(by ledger.Who) jobs.Handler {
	return func(ctx context.Context, j jobs.Job) error {
		var p pendingFile
		if err := j.Decode(&p); err != nil {
			return err
		}
		doc, size, readErr, err := fs.load(ctx, p.Digest, p.Name)
		if err != nil {
			return err
		}
		if readErr != nil && sentence(readErr) == "" {
			return readErr
		}
		_, err = fs.record(ctx, by, p.Name, p.Digest, size, doc, readErr)
		return err
	}
}

// load reads the bytes of a kept file anew.
func (fs *Files) load(ctx context.Context, digest blob.Digest, name string) (doc Doc, size int64, readErr, err error) {
	r, err := fs.bytes.Open(ctx, digest)
	if err != nil {
		return Doc{}, 0, nil, err
	}
	defer r.Close()
	limit := fs.reader.Limits().MaxBytes
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return Doc{}, 0, nil, fmt.Errorf("read file %s: %w", digest, err)
	}
	info, err := fs.bytes.Stat(ctx, digest)
	if err != nil {
		return Doc{}, 0, nil, err
	}
	doc, readErr = fs.reader.Read(ctx, name, data)
	return doc, info.Size, readErr, nil
}

// Read reads bytes that are not kept, within the bounds of the house. It fails as
// [Reader.Read] does.
func (fs *Files) Read(ctx context.Context, name string, data []byte) (Doc, error) {
	return fs.reader.Read(ctx, name, data)
}

// Doc reads a kept file as a document again. It fails with NotFound, or with
// Invalid if the file is not readable.
func (fs *Files) Doc(ctx context.Context, digest blob.Digest) (Doc, error) {
	var f File
	err := fs.db.Read(ctx, func(tx *db.Tx) (err error) {
		f, err = Get(tx, digest)
		return err
	})
	if err != nil {
		return Doc{}, err
	}
	name := ""
	if f.Kind == KindMarkdown {
		name = "a.md"
	}
	doc, _, readErr, err := fs.load(ctx, digest, name)
	return doc, errors.Join(readErr, err)
}

// Open returns the bytes of a kept file. It fails with NotFound.
func (fs *Files) Open(ctx context.Context, digest blob.Digest) (File, io.ReadSeekCloser, error) {
	if !digest.Valid() {
		return File{}, nil, noSuchFile()
	}
	var f File
	err := fs.db.Read(ctx, func(tx *db.Tx) (err error) {
		f, err = Get(tx, digest)
		return err
	})
	if err != nil {
		return File{}, nil, err
	}
	r, err := fs.bytes.Open(ctx, digest)
	return f, r, err
}

// Check reads the bytes of every kept file and calls f for each that is missing
// or is not what its digest says, until f fails.
func (fs *Files) Check(ctx context.Context, f func(blob.Digest, error) error) error {
	var all []blob.Digest
	err := fs.db.Read(ctx, func(tx *db.Tx) (err error) {
		all, err = db.All(tx, func(r db.Row) (d blob.Digest, err error) { return d, r.Scan(&d) }, allDigests)
		return err
	})
	if err != nil {
		return err
	}
	for _, d := range all {
		if bad := blob.Check(ctx, fs.bytes, d); bad != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if err := f(d, bad); err != nil {
				return err
			}
		}
	}
	return nil
}

// capped keeps the first bytes of what is written to it.
type capped struct {
	to   *bytes.Buffer
	left int64
}

func (c *capped) Write(p []byte) (int, error) {
	n := min(int64(len(p)), c.left)
	c.to.Write(p[:n])
	c.left -= n
	return len(p), nil
}
