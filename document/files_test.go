package document

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"strings"
	"testing"

	"gongkai/internal/blob"
	"gongkai/internal/db"
	"gongkai/internal/db/dbtest"
	"gongkai/internal/fault"
	"gongkai/internal/jobs"
	"gongkai/ledger"
)

type clerk struct{}

func (clerk) LedgerWho() string  { return "p1" }
func (clerk) LedgerUnit() string { return "mj" }

// eachEngine runs f on fresh files in both databases, and afterwards checks the
// ledger against the records.
func eachEngine(t *testing.T, f func(t *testing.T, d *db.DB, fs *Files)) {
	dbtest.Each(t, Schema, func(t *testing.T, d *db.DB) {
		f(t, d, NewFiles(d, blob.Files(t.TempDir()), NewPlainReader(pdfLimits())))
		verify(t, d)
	})
}

func verify(t *testing.T, d *db.DB) {
	t.Helper()
	err := d.Read(context.Background(), func(tx *db.Tx) error {
		r, err := ledger.Verify(tx, Keeper)
		if err == nil && !r.OK() {
			t.Errorf("ledger.Verify = %+v, want no findings", r.Findings)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAFileIsKeptAndItsTextFound(t *testing.T) {
	eachEngine(t, func(t *testing.T, d *db.DB, fs *Files) {
		ctx := context.Background()
		data := testdata(t, "notice.docx")
		f, doc, err := fs.Import(ctx, clerk{}, "通知.docx", bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		if f.State != Readable || f.Kind != KindDocx || f.Size != int64(len(data)) || f.Digest != blob.DigestOf(data) || f.Title != doc.Title || doc.Title == "" {
			t.Errorf("Import = %+v", f)
		}
		err = d.Read(ctx, func(tx *db.Tx) error {
			text, err := TextOf(tx, f.Digest)
			if !strings.Contains(text, "明政办发〔2026〕3号") {
				t.Errorf("TextOf = %q", text)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		same, r, err := fs.Open(ctx, f.Digest)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(r)
		r.Close()
		if err != nil || !bytes.Equal(got, data) || same.Digest != f.Digest {
			t.Errorf("Open gave %d bytes, %v, want the file", len(got), err)
		}
		again, err := fs.Doc(ctx, f.Digest)
		if err != nil || again.HTML() != doc.HTML() {
			t.Errorf("Doc = %v, differs from the import", err)
		}
	})
}

func TestTheSameBytesAreOneFile(t *testing.T) {
	eachEngine(t, func(t *testing.T, d *db.DB, fs *Files) {
		ctx := context.Background()
		a, err := fs.Add(ctx, clerk{}, "a.txt", strings.NewReader("正文一段"))
		if err != nil {
			t.Fatal(err)
		}
		b, err := fs.Add(ctx, clerk{}, "b.txt", strings.NewReader("正文一段"))
		if err != nil || a.Digest != b.Digest || !a.Created.Equal(b.Created) {
			t.Errorf("second Add = %+v, %v, want %+v", b, err, a)
		}
		entries := 0
		if err := d.Read(ctx, func(tx *db.Tx) error {
			all, err := ledger.BySubject(tx, "file/"+string(a.Digest))
			entries = len(all)
			return err
		}); err != nil || entries != 1 {
			t.Errorf("entries of the ledger = %d, %v, want 1", entries, err)
		}
	})
}

func TestAFileThatCannotBeReadIsKeptAndSaysSo(t *testing.T) {
	eachEngine(t, func(t *testing.T, d *db.DB, fs *Files) {
		for _, tt := range []struct {
			name, data string
			kind       Kind
			why        string
		}{
			{"坏.docx", "PK\x03\x04word/ broken", KindDocx, "已损坏"},
			{"包.zip", string(zipped("a.txt", "x")), KindZip, "压缩包"},
			{"程序.docx", "\x7fELF\x00\x00\x00", KindUnknown, "无法识别"},
		} {
			f, doc, err := fs.Import(context.Background(), clerk{}, tt.name, strings.NewReader(tt.data))
			if err != nil || f.State != Unreadable || f.Kind != tt.kind || !strings.Contains(f.Why, tt.why) || len(doc.Blocks) > 0 {
				t.Errorf("Import(%s) = %+v, %v, want it kept as unreadable %s: …%s…", tt.name, f, err, tt.kind, tt.why)
			}
			_, r, err := fs.Open(context.Background(), f.Digest)
			if err != nil {
				t.Fatalf("Open(%s) = %v", tt.name, err)
			}
			r.Close()
		}
	})
}

func TestPicturesOfADocumentAreFilesToo(t *testing.T) {
	eachEngine(t, func(t *testing.T, d *db.DB, fs *Files) {
		data := `<p>图</p><img alt="点" src="data:image/png;base64,` + base64Of(dot(9)) + `">`
		_, doc, err := fs.Import(context.Background(), clerk{}, "a.html", strings.NewReader(data))
		if err != nil || len(doc.Images) != 1 {
			t.Fatalf("Import = %d images, %v", len(doc.Images), err)
		}
		f, r, err := fs.Open(context.Background(), blob.Digest(doc.Images[0].Digest))
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		got, _ := io.ReadAll(r)
		if f.Kind != KindPNG || f.State != Readable || !bytes.Equal(got, dot(9)) {
			t.Errorf("picture = %+v with %d bytes", f, len(got))
		}
	})
}

func TestRefusedUploadsLeaveNothingBehind(t *testing.T) {
	eachEngine(t, func(t *testing.T, d *db.DB, fs *Files) {
		_, err := fs.Add(context.Background(), clerk{}, "", strings.NewReader("x"))
		refused(t, err, "没有名称")
		_, err = fs.Add(context.Background(), clerk{}, "a.txt", strings.NewReader(""))
		refused(t, err, "空的")
		broken := errors.New("connection lost")
		if _, err = fs.Add(context.Background(), clerk{}, "a.txt", io.MultiReader(strings.NewReader("半"), failing{broken})); !errors.Is(err, broken) {
			t.Errorf("Add of a broken upload = %v, want the reader's error", err)
		}
		_, _, err = fs.Open(context.Background(), blob.DigestOf([]byte("半")))
		if !errors.Is(err, fault.NotFound) {
			t.Errorf("Open = %v, want NotFound", err)
		}
		if _, _, err = fs.Open(context.Background(), "../../etc/passwd"); !errors.Is(err, fault.NotFound) {
			t.Errorf("Open of a path = %v, want NotFound", err)
		}
	})
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func TestAFileIsReadAgainAfterAFailureOfOurs(t *testing.T) {
	eachEngine(t, func(t *testing.T, d *db.DB, fs *Files) {
		ctx := context.Background()
		good := fs.reader
		fs.reader = &Reader{program: "/nonexistent/gongkai", lim: DefaultLimits, slots: make(chan struct{}, 1)}
		f, err := fs.Add(ctx, clerk{}, "通知.docx", bytes.NewReader(testdata(t, "notice.docx")))
		if err != nil || f.State != Pending || f.Why == "" {
			t.Fatalf("Add = %+v, %v, want it pending", f, err)
		}
		verify(t, d)
		fs.reader = good
		q := jobs.New(d, slog.New(slog.DiscardHandler))
		q.Handle(KindRead, fs.ReadAgain(clerk{}))
		if err := q.RunOne(ctx, KindRead, string(f.Digest)); err != nil {
			t.Fatal(err)
		}
		err = d.Read(ctx, func(tx *db.Tx) error {
			f, err = Get(tx, f.Digest)
			return err
		})
		if err != nil || f.State != Readable || f.Why != "" || f.Title == "" {
			t.Errorf("after the job the file is %+v, %v, want it readable", f, err)
		}
	})
}

func TestAChangeByHandIsFound(t *testing.T) {
	dbtest.Each(t, Schema, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		fs := NewFiles(d, blob.Files(t.TempDir()), NewPlainReader(Limits{}))
		f, err := fs.Add(ctx, clerk{}, "a.txt", strings.NewReader("正文"))
		if err != nil {
			t.Fatal(err)
		}
		err = d.Write(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(`UPDATE document_file SET title = 'x' WHERE digest = $1`, string(f.Digest))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		err = d.Read(ctx, func(tx *db.Tx) error {
			r, err := ledger.Verify(tx, Keeper)
			if err == nil && r.OK() {
				t.Error("ledger.Verify found nothing")
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestLostBytesAreFound(t *testing.T) {
	dbtest.Each(t, Schema, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		store := blob.Files(t.TempDir())
		fs := NewFiles(d, store, NewPlainReader(Limits{}))
		var lost File
		for _, s := range []string{"甲文", "乙文", "丙文"} {
			f, err := fs.Add(ctx, clerk{}, "a.txt", strings.NewReader(s))
			if err != nil {
				t.Fatal(err)
			}
			if s == "乙文" {
				lost = f
			}
		}
		if err := store.Remove(ctx, lost.Digest); err != nil {
			t.Fatal(err)
		}
		var found []blob.Digest
		err := fs.Check(ctx, func(d blob.Digest, err error) error {
			if !errors.Is(err, fault.NotFound) {
				t.Errorf("Check says %v, want NotFound", err)
			}
			found = append(found, d)
			return nil
		})
		if err != nil || len(found) != 1 || found[0] != lost.Digest {
			t.Errorf("Check = %v, %v, want %s", found, err, lost.Digest)
		}
	})
}
