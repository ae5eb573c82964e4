package crypt_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"gongkai/internal/crypt"
)

func ring(t testing.TB, dir string, alg crypt.Algorithm) *crypt.Ring {
	t.Helper()
	r, err := crypt.LoadOrCreate(dir, alg)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestWhatIsSealedOpensInItsPlaceOnly(t *testing.T) {
	for _, alg := range []crypt.Algorithm{crypt.AES256, crypt.SM4} {
		t.Run(alg.String(), func(t *testing.T) {
			r, other := ring(t, t.TempDir(), alg), ring(t, t.TempDir(), alg)
			rapid.Check(t, func(t *rapid.T) {
				plain := rapid.SliceOf(rapid.Byte()).Draw(t, "plain")
				place := rapid.String().Draw(t, "place")
				sealed := r.SealFor(place, plain)
				got, err := r.OpenFor(place, sealed)
				if err != nil || !bytes.Equal(got, plain) {
					t.Fatalf("OpenFor(SealFor(%x)) = %x, %v", plain, got, err)
				}
				if len(plain) > 4 && bytes.Contains(sealed, plain) {
					t.Fatalf("the envelope %x shows the field %x", sealed, plain)
				}
				if bytes.Equal(sealed, r.SealFor(place, plain)) {
					t.Fatal("two seals of one field are the same")
				}
				if _, err := r.OpenFor(place+"x", sealed); !errors.Is(err, crypt.ErrSealed) {
					t.Fatalf("OpenFor another place = %v, want ErrSealed", err)
				}
				if _, err := other.OpenFor(place, sealed); !errors.Is(err, crypt.ErrSealed) {
					t.Fatalf("OpenFor with another ring = %v, want ErrSealed", err)
				}
				i := rapid.IntRange(0, len(sealed)-1).Draw(t, "i")
				sealed[i] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
				if _, err := r.OpenFor(place, sealed); !errors.Is(err, crypt.ErrSealed) {
					t.Fatalf("OpenFor with byte %d changed = %v, want ErrSealed", i, err)
				}
			})
		})
	}
}

func TestAPartOfAnEnvelopeIsRefused(t *testing.T) {
	r := ring(t, t.TempDir(), crypt.AES256)
	sealed, err := r.Seal([]byte("JBSWY3DP"))
	if err != nil {
		t.Fatal(err)
	}
	for n := range sealed {
		if _, err := r.Open(sealed[:n]); !errors.Is(err, crypt.ErrSealed) {
			t.Errorf("Open of %d bytes = %v, want ErrSealed", n, err)
		}
	}
	if !r.Stale(nil) || !r.Stale([]byte("plain text from an older program")) {
		t.Error("what is no envelope is not stale")
	}
}

func TestOldFieldsStayReadableWhenTheKeyChanges(t *testing.T) {
	dir := t.TempDir()
	sealed := map[string][]byte{"first": ring(t, dir, crypt.AES256).SealFor("p", []byte("first"))}
	if _, err := crypt.Rotate(dir, crypt.SM4); err != nil {
		t.Fatal(err)
	}
	sealed["second"] = ring(t, dir, crypt.AES256).SealFor("p", []byte("second"))
	if sealed["second"][1] != byte(crypt.SM4) {
		t.Errorf("the envelope names algorithm %d, want %d", sealed["second"][1], crypt.SM4)
	}
	r, err := crypt.Rotate(dir, crypt.AES256)
	if err != nil {
		t.Fatal(err)
	}
	sealed["third"] = r.SealFor("p", []byte("third"))
	for want, s := range sealed {
		got, err := ring(t, dir, crypt.AES256).OpenFor("p", s)
		if string(got) != want || err != nil {
			t.Errorf("OpenFor = %q, %v, want %q", got, err, want)
		}
		if r.Stale(s) != (want != "third") {
			t.Errorf("Stale(%s) = %v", want, r.Stale(s))
		}
	}
	if _, err := crypt.Rotate(t.TempDir(), crypt.SM4); err == nil {
		t.Error("Rotate without a key file = nil, want an error")
	}
}

func TestTheKeyFileIsForTheOwnerAndMadeOnce(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	var all sync.WaitGroup
	sealed := make([][]byte, 8)
	for i := range sealed {
		all.Go(func() {
			r, err := crypt.LoadOrCreate(dir, crypt.AES256)
			if err != nil {
				t.Error(err)
				return
			}
			sealed[i] = r.SealFor("p", []byte("x"))
		})
	}
	all.Wait()
	for i, s := range sealed {
		if _, err := ring(t, dir, crypt.AES256).OpenFor("p", s); err != nil {
			t.Errorf("what process %d sealed does not open: %v", i, err)
		}
	}
	fi, err := os.Stat(filepath.Join(dir, crypt.File))
	if err != nil || fi.Mode().Perm() != 0o600 {
		t.Errorf("mode = %v, %v, want 0600", fi.Mode(), err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) != 1 {
		t.Errorf("files = %v, want one", left)
	}
}

func TestADamagedKeyFileIsNeverReplacedOrTold(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, crypt.File)
	ring(t, dir, crypt.AES256)
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	secret := strings.Fields(string(good))[2]
	for name, text := range map[string]string{
		"empty":                  "",
		"a word missing":         "1 aes-256-gcm\n",
		"an unknown algorithm":   "1 rot13 " + secret + "\n",
		"a short secret":         "1 aes-256-gcm " + secret[:40] + "\n",
		"a secret of another":    "1 sm4-gcm " + secret + "\n",
		"no number":              "x aes-256-gcm " + secret + "\n",
		"number 0":               "0 aes-256-gcm " + secret + "\n",
		"one number twice":       string(good) + string(good),
		"a secret not in base64": "1 aes-256-gcm !" + secret[1:] + "\n",
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := crypt.LoadOrCreate(dir, crypt.AES256)
		if err == nil || strings.Contains(err.Error(), secret[:8]) {
			t.Errorf("LoadOrCreate with %s = %v, want an error without the secret", name, err)
		}
		if now, _ := os.ReadFile(path); string(now) != text {
			t.Errorf("the key file with %s was replaced", name)
		}
	}
	if _, err := crypt.LoadOrCreate(t.TempDir(), 9); err == nil {
		t.Error("LoadOrCreate with algorithm 9 = nil, want an error")
	}
}
