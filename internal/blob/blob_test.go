package blob_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"

	"gongkai/internal/blob"
	"gongkai/internal/fault"
)

// each runs f on both stores. spoil replaces the stored bytes of a content
// behind the store's back.
func each(t *testing.T, f func(t *testing.T, s blob.Store, spoil func(blob.Digest, []byte))) {
	t.Run("files", func(t *testing.T) {
		dir := t.TempDir()
		f(t, blob.Files(dir), func(d blob.Digest, data []byte) {
			path := filepath.Join(dir, string(d[:2]), string(d))
			if err := errors.Join(os.Remove(path), os.WriteFile(path, data, 0o600)); err != nil {
				t.Fatal(err)
			}
		})
	})
	t.Run("s3", func(t *testing.T) {
		backend := s3mem.New()
		if err := backend.CreateBucket("gongkai"); err != nil {
			t.Fatal(err)
		}
		server := httptest.NewServer(gofakes3.New(backend).Server())
		t.Cleanup(server.Close)
		s, err := blob.S3(t.Context(), blob.Bucket{
			URL: server.URL, Region: "us-east-1", Name: "gongkai", Prefix: "mj/", Key: "k", Secret: "s", Temp: t.TempDir(),
		})
		if err != nil {
			t.Fatal(err)
		}
		f(t, s, func(d blob.Digest, data []byte) {
			key := "mj/" + string(d[:2]) + "/" + string(d)
			_, err := backend.PutObject("gongkai", key, map[string]string{}, bytes.NewReader(data), int64(len(data)), nil)
			if err != nil {
				t.Fatal(err)
			}
		})
	})
}

func put(t *testing.T, s blob.Store, data []byte) blob.Digest {
	t.Helper()
	d, n, err := s.Put(t.Context(), bytes.NewReader(data))
	if err != nil || n != int64(len(data)) || d != blob.DigestOf(data) {
		t.Fatalf("Put(%d bytes) = %s, %d, %v, want %s", len(data), d, n, err, blob.DigestOf(data))
	}
	return d
}

func noise(n int) []byte {
	b := make([]byte, n)
	src := rand.NewChaCha8([32]byte{byte(n), byte(n >> 8), byte(n >> 16)})
	src.Read(b)
	return b
}

func TestWhatIsPutComesBack(t *testing.T) {
	each(t, func(t *testing.T, s blob.Store, _ func(blob.Digest, []byte)) {
		for _, size := range []int{0, 1, 4096, 100_000, 18 << 20} { // the last is beyond one part of S3
			data := noise(size)
			d := put(t, s, data)
			got, err := blob.Read(t.Context(), s, d, int64(size))
			if err != nil || !bytes.Equal(got, data) {
				t.Errorf("Read(%d bytes) = %d bytes, %v, want the same", size, len(got), err)
			}
			info, err := s.Stat(t.Context(), d)
			if err != nil || info.Size != int64(size) || info.Digest != d || info.Added.IsZero() {
				t.Errorf("Stat(%d bytes) = %+v, %v", size, info, err)
			}
		}
	})
}

func TestAReaderCanSeek(t *testing.T) {
	each(t, func(t *testing.T, s blob.Store, _ func(blob.Digest, []byte)) {
		data := noise(10_000)
		r, err := s.Open(t.Context(), put(t, s, data))
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		for _, from := range []int64{9_000, 0, 5_000} {
			if pos, err := r.Seek(from, io.SeekStart); pos != from || err != nil {
				t.Fatalf("Seek(%d) = %d, %v", from, pos, err)
			}
			got := make([]byte, 700)
			if _, err := io.ReadFull(r, got); err != nil || !bytes.Equal(got, data[from:from+700]) {
				t.Errorf("700 bytes from %d differ (%v)", from, err)
			}
		}
		if end, err := r.Seek(0, io.SeekEnd); end != 10_000 || err != nil {
			t.Errorf("Seek to the end = %d, %v, want 10000", end, err)
		}
		if _, err := r.Seek(0, io.SeekStart); err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, data) {
			t.Errorf("ReadAll after seeking = %d bytes, %v", len(got), err)
		}
	})
}

func TestWhatWasNeverPutIsNotFound(t *testing.T) {
	each(t, func(t *testing.T, s blob.Store, _ func(blob.Digest, []byte)) {
		put(t, s, []byte("something"))
		for _, d := range []blob.Digest{blob.DigestOf([]byte("else")), "", "ab", "../../etc/passwd", blob.Digest(strings.Repeat("A", 64))} {
			if _, err := s.Open(t.Context(), d); !errors.Is(err, fault.NotFound) {
				t.Errorf("Open(%q) = %v, want NotFound", d, err)
			}
			if _, err := s.Stat(t.Context(), d); !errors.Is(err, fault.NotFound) {
				t.Errorf("Stat(%q) = %v, want NotFound", d, err)
			}
			if err := s.Remove(t.Context(), d); err != nil {
				t.Errorf("Remove(%q) = %v, want nil", d, err)
			}
		}
	})
}

func TestDamageIsFoundAtTheEndOfReading(t *testing.T) {
	each(t, func(t *testing.T, s blob.Store, spoil func(blob.Digest, []byte)) {
		data := noise(50_000)
		d := put(t, s, data)
		if err := blob.Check(t.Context(), s, d); err != nil {
			t.Fatalf("Check before = %v", err)
		}
		flipped := slices.Clone(data)
		flipped[31_000] ^= 1
		for name, bad := range map[string][]byte{"one bit": flipped, "shorter": data[:49_999], "longer": append(slices.Clone(data), 0), "empty": nil} {
			spoil(d, bad)
			if err := blob.Check(t.Context(), s, d); !errors.Is(err, blob.ErrDamaged) {
				t.Errorf("Check of %s = %v, want ErrDamaged", name, err)
			}
		}
	})
}

func TestPuttingAgainMendsATruncatedContent(t *testing.T) {
	each(t, func(t *testing.T, s blob.Store, spoil func(blob.Digest, []byte)) {
		t.Helper()
		data := noise(5_000)
		d := put(t, s, data)
		spoil(d, data[:100])
		_, _, err := s.Put(t.Context(), bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		if err := blob.Check(t.Context(), s, d); err != nil {
			t.Errorf("Check after putting again = %v", err)
		}
	})
}

func TestAFailedPutLeavesNothing(t *testing.T) {
	each(t, func(t *testing.T, s blob.Store, _ func(blob.Digest, []byte)) {
		broken := errors.New("connection lost")
		r := io.MultiReader(bytes.NewReader(noise(100_000)), iotest.ErrReader(broken))
		if _, _, err := s.Put(t.Context(), r); !errors.Is(err, broken) {
			t.Errorf("Put of a broken upload = %v, want %v", err, broken)
		}
		if _, _, err := s.Put(t.Context(), blob.Limit(bytes.NewReader(noise(1001)), 1000)); !errors.Is(err, blob.ErrTooLarge) {
			t.Errorf("Put of too much = %v, want ErrTooLarge", err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, _, err := s.Put(ctx, bytes.NewReader(noise(10))); !errors.Is(err, context.Canceled) {
			t.Errorf("Put for a request that is gone = %v, want Canceled", err)
		}
		err := s.Each(t.Context(), func(i blob.Info) error { return fmt.Errorf("found %s", i.Digest) })
		if err != nil {
			t.Errorf("Each after failed puts: %v", err)
		}
	})
}

func TestEachNamesAllInOrder(t *testing.T) {
	each(t, func(t *testing.T, s blob.Store, _ func(blob.Digest, []byte)) {
		var want []blob.Digest
		for i := range 40 {
			want = append(want, put(t, s, noise(i+1)))
		}
		if err := s.Remove(t.Context(), want[7]); err != nil {
			t.Fatal(err)
		}
		want = slices.Delete(want, 7, 8)
		slices.Sort(want)
		var got []blob.Digest
		err := s.Each(t.Context(), func(i blob.Info) error {
			got = append(got, i.Digest)
			return nil
		})
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("Each = %v, %v, want %v", got, err, want)
		}
		stop := errors.New("enough")
		n := 0
		err = s.Each(t.Context(), func(blob.Info) error {
			n++
			return stop
		})
		if !errors.Is(err, stop) || n != 1 {
			t.Errorf("Each after the first failed = %v after %d, want %v after 1", err, n, stop)
		}
	})
}

func TestManyMayPutTheSameAtOnce(t *testing.T) {
	each(t, func(t *testing.T, s blob.Store, _ func(blob.Digest, []byte)) {
		data := noise(200_000)
		want := blob.DigestOf(data)
		var all sync.WaitGroup
		for range 16 {
			all.Go(func() {
				d, _, err := s.Put(t.Context(), bytes.NewReader(data))
				if d != want || err != nil {
					t.Errorf("Put = %s, %v, want %s", d, err, want)
				}
			})
		}
		all.Wait()
		if err := blob.Check(t.Context(), s, want); err != nil {
			t.Errorf("Check = %v", err)
		}
	})
}

func TestReadRefusesMoreThanItMay(t *testing.T) {
	each(t, func(t *testing.T, s blob.Store, _ func(blob.Digest, []byte)) {
		d := put(t, s, noise(100))
		if _, err := blob.Read(t.Context(), s, d, 99); !errors.Is(err, blob.ErrTooLarge) {
			t.Errorf("Read of 100 bytes with limit 99 = %v, want ErrTooLarge", err)
		}
	})
}

func TestLimitLetsExactlySoMuchPass(t *testing.T) {
	for _, wrap := range []func(io.Reader) io.Reader{func(r io.Reader) io.Reader { return r }, iotest.OneByteReader, iotest.DataErrReader} {
		got, err := io.ReadAll(blob.Limit(wrap(bytes.NewReader(noise(1000))), 1000))
		if err != nil || len(got) != 1000 {
			t.Errorf("Limit(1000 bytes, 1000) = %d bytes, %v, want all", len(got), err)
		}
		_, err = io.ReadAll(blob.Limit(wrap(bytes.NewReader(noise(1001))), 1000))
		if !errors.Is(err, blob.ErrTooLarge) {
			t.Errorf("Limit(1001 bytes, 1000) = %v, want ErrTooLarge", err)
		}
	}
}

func TestTidyRemovesOnlyOldHalfWrittenFiles(t *testing.T) {
	dir := t.TempDir()
	s := blob.Files(dir)
	d := put(t, s, []byte("kept"))
	for name, age := range map[string]time.Duration{"put-old": 48 * time.Hour, "put-new": 0} {
		path := filepath.Join(dir, "new", name)
		then := time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC).Add(-age)
		if err := errors.Join(os.WriteFile(path, nil, 0o600), os.Chtimes(path, then, then)); err != nil {
			t.Fatal(err)
		}
	}
	n, err := blob.Tidy(dir, time.Date(2026, 3, 1, 1, 0, 0, 0, time.UTC))
	if n != 1 || err != nil {
		t.Errorf("Tidy = %d, %v, want 1, nil", n, err)
	}
	if _, err := os.Stat(filepath.Join(dir, "new", "put-new")); err != nil {
		t.Errorf("the new file is gone: %v", err)
	}
	if err := blob.Check(t.Context(), s, d); err != nil {
		t.Errorf("Check of a finished file = %v", err)
	}
}

func TestFilesAreForTheOwnerOnly(t *testing.T) {
	dir := t.TempDir()
	d := put(t, blob.Files(dir), []byte("x"))
	fi, err := os.Stat(filepath.Join(dir, string(d[:2]), string(d)))
	if err != nil || fi.Mode().Perm() != 0o400 {
		t.Errorf("mode = %v, %v, want 0400", fi.Mode().Perm(), err)
	}
}

func TestS3IsRefusedWithoutABucketOrAddress(t *testing.T) {
	server := httptest.NewServer(gofakes3.New(s3mem.New()).Server())
	defer server.Close()
	for name, b := range map[string]blob.Bucket{
		"no bucket":   {URL: server.URL, Region: "us-east-1", Name: "gongkai", Key: "k", Secret: "s"},
		"no scheme":   {URL: "s3.example.cn", Name: "gongkai"},
		"with a path": {URL: server.URL + "/gongkai", Name: "gongkai"},
	} {
		if _, err := blob.S3(t.Context(), b); err == nil {
			t.Errorf("S3 with %s = nil, want an error", name)
		}
	}
}
