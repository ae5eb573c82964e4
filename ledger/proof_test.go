package ledger_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"gongkai/internal/db"
	"gongkai/internal/db/dbtest"
	"gongkai/internal/fault"
	"gongkai/ledger"
)

func TestAProofIsCheckedOffline(t *testing.T) {
	dbtest.Each(t, ledger.Schema, func(t *testing.T, d *db.DB) {
		log, v := newLog(t, d)
		act(t, d, 7)
		p, err := log.Prove(t.Context(), 5)
		if err != nil {
			t.Fatal(err)
		}
		text := p.Marshal()
		head, err := ledger.VerifyProof(text, nil, v)
		if err != nil || head.Size != 8 {
			t.Fatalf("VerifyProof = %+v, %v, want a tree of 8", head, err)
		}
		if !strings.Contains(string(p.Leaf), `"subject":"item/4"`) || !strings.Contains(string(p.Leaf), `"title":"关于item/4"`) {
			t.Errorf("leaf = %s", p.Leaf)
		}
		if _, err := ledger.VerifyProof(text, p.Leaf, v); err != nil {
			t.Errorf("VerifyProof with the leaf given = %v", err)
		}
		_, other := newLog(t, d)
		for name, c := range map[string]struct {
			text, leaf []byte
			v          ledger.Verifier
		}{
			"another leaf":     {text, bytes.Replace(p.Leaf, []byte("item/4"), []byte("item/5"), 1), v},
			"another key":      {text, nil, other},
			"another position": {bytes.Replace(text, []byte("index 5\n"), []byte("index 4\n"), 1), nil, v},
			"beyond the end":   {bytes.Replace(text, []byte("index 5\n"), []byte("index 8\n"), 1), nil, v},
			"another size":     {bytes.Replace(text, []byte("\n8\n"), []byte("\n9\n"), 1), nil, v},
			"a path too short": {ledger.Proof{Leaf: p.Leaf, Seq: p.Seq, Path: p.Path[1:], Checkpoint: p.Checkpoint}.Marshal(), nil, v},
			"a path too long":  {ledger.Proof{Leaf: p.Leaf, Seq: p.Seq, Path: append(p.Path[:len(p.Path):len(p.Path)], p.Path[0]), Checkpoint: p.Checkpoint}.Marshal(), nil, v},
			"no leaf":          {ledger.Proof{Seq: p.Seq, Path: p.Path, Checkpoint: p.Checkpoint}.Marshal(), nil, v},
			"no signature":     {text[:bytes.LastIndex(text, []byte("\n\n"))+2], nil, v},
			"nothing":          {nil, nil, v},
		} {
			if _, err := ledger.VerifyProof(c.text, c.leaf, c.v); !errors.Is(err, fault.Invalid) || fault.Sentence(err) == "" {
				t.Errorf("VerifyProof with %s = %v, want Invalid with a sentence", name, err)
			}
		}
		if _, err := log.Prove(t.Context(), 8); !errors.Is(err, fault.NotFound) {
			t.Errorf("Prove(8) of 8 = %v, want NotFound", err)
		}
	})
}

func TestAProofHasTheFormOfTheSpecification(t *testing.T) {
	var p ledger.Proof
	p.Seq, p.Path, p.Checkpoint = 73894, append(p.Path, [32]byte{1}, [32]byte{2}), []byte("example.com/log\n109482\nx\n\n— example.com/log y\n")
	want := "c2sp.org/tlog-proof@v1\nindex 73894\n" +
		"AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\nAgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n" +
		"example.com/log\n109482\nx\n\n— example.com/log y\n"
	if got := string(p.Marshal()); got != want {
		t.Errorf("Marshal = %q, want %q", got, want)
	}
	p.Leaf = []byte("leaf")
	if got := string(p.Marshal()); !strings.HasPrefix(got, "c2sp.org/tlog-proof@v1\nextra bGVhZg==\nindex 73894\n") {
		t.Errorf("Marshal with extra data = %q", got)
	}
	for name, s := range map[string]string{
		"no form":               "index 0\n\nx\n",
		"another form":          "c2sp.org/tlog-proof@v2\nindex 0\n\nx\n",
		"no index":              "c2sp.org/tlog-proof@v1\n\nx\n",
		"a leading zero":        "c2sp.org/tlog-proof@v1\nindex 01\n\nx\n",
		"a negative index":      "c2sp.org/tlog-proof@v1\nindex -1\n\nx\n",
		"a hash that is short":  "c2sp.org/tlog-proof@v1\nindex 0\nAQ==\n\nx\n",
		"extra data not base64": "c2sp.org/tlog-proof@v1\nextra !\nindex 0\n\nx\n",
		"empty extra data":      "c2sp.org/tlog-proof@v1\nextra \nindex 0\n\nx\n",
		"extra data last":       "c2sp.org/tlog-proof@v1\nindex 0\nextra bGVhZg==\n\nx\n",
		"no checkpoint":         "c2sp.org/tlog-proof@v1\nindex 0\n\n",
		"an open end":           "c2sp.org/tlog-proof@v1\nindex 0",
		"returns":               "c2sp.org/tlog-proof@v1\r\nindex 0\r\n\r\nx\r\n",
		"too many hashes":       "c2sp.org/tlog-proof@v1\nindex 0\n" + strings.Repeat("AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n", 65) + "\nx\n",
	} {
		if _, err := ledger.ParseProof([]byte(s)); !errors.Is(err, fault.Invalid) {
			t.Errorf("ParseProof with %s = %v, want Invalid", name, err)
		}
	}
}

func FuzzParseProof(f *testing.F) {
	f.Add([]byte("c2sp.org/tlog-proof@v1\nindex 73894\nAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\nexample.com/log\n109482\nx\n\n— example.com/log y\n"))
	f.Add([]byte("c2sp.org/tlog-proof@v1\nextra bGVhZg==\nindex 0\n\nx\n"))
	f.Add([]byte("c2sp.org/tlog-proof@v1\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		p, err := ledger.ParseProof(text)
		if err == nil && !bytes.Equal(p.Marshal(), text) {
			t.Errorf("ParseProof(%q) is written as %q", text, p.Marshal())
		}
	})
}

func TestACheckpointOnceGivenOutStays(t *testing.T) {
	dbtest.Each(t, ledger.Schema, func(t *testing.T, d *db.DB) {
		log, v := newLog(t, d)
		act(t, d, 2)
		first, err := log.Checkpoint(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		otherKey, _ := newLog(t, d)
		for range 3 {
			for _, l := range []*ledger.Log{log, otherKey} {
				again, err := l.Checkpoint(t.Context())
				if err != nil || !bytes.Equal(again, first) {
					t.Fatalf("Checkpoint = %q, %v, want the one given out first %q", again, err, first)
				}
			}
		}
		act(t, d, 1)
		second, err := log.Checkpoint(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		a, err := ledger.OpenCheckpoint(first, v)
		if err != nil {
			t.Fatal(err)
		}
		b, err := ledger.OpenCheckpoint(second, v)
		if err != nil || a.Size != 3 || b.Size != 4 || a.Root == b.Root {
			t.Errorf("checkpoints = %+v, %+v, %v", a, b, err)
		}
	})
}

func TestACheckpointIsReadOnlyAsItIsSigned(t *testing.T) {
	d := dbtest.SQLite(t, ledger.Schema)
	log, v := newLog(t, d)
	text, err := log.Checkpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for name, bad := range map[string][]byte{
		"nothing":      nil,
		"another size": bytes.Replace(text, []byte("\n0\n"), []byte("\n1\n"), 1),
		"no signature": text[:bytes.Index(text, []byte("\n\n"))+2],
		"a line more":  bytes.Replace(text, []byte("\n\n"), []byte("\nx\n\n"), 1),
	} {
		if h, err := ledger.OpenCheckpoint(bad, v); !errors.Is(err, fault.Invalid) {
			t.Errorf("OpenCheckpoint with %s = %+v, %v, want Invalid", name, h, err)
		}
	}
	secret, public, err := note.GenerateKey(nil, "mj.example/log")
	if err != nil {
		t.Fatal(err)
	}
	signer, err := note.NewSigner(secret)
	if err != nil {
		t.Fatal(err)
	}
	mine, err := ledger.ParseVerifier(public)
	if err != nil {
		t.Fatal(err)
	}
	root := base64.StdEncoding.EncodeToString(make([]byte, 32))
	for body, good := range map[string]bool{
		"mj.example/log\n7\n" + root + "\n":             true,
		"mj.example/log\n7\n" + root + "\nextension\n":  true,
		"other.example/log\n7\n" + root + "\n":          false,
		"mj.example/log\n07\n" + root + "\n":            false,
		"mj.example/log\n-7\n" + root + "\n":            false,
		"mj.example/log\n7\n" + root[:40] + "\n":        false,
		"mj.example/log\n7\n":                           false,
		"\n7\n" + root + "\n":                           false,
		"mj.example/log\n99999999999999999999\n" + root: false,
	} {
		signed, err := note.Sign(&note.Note{Text: strings.TrimSuffix(body, "\n") + "\n"}, signer)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ledger.OpenCheckpoint(signed, mine); (err == nil) != good {
			t.Errorf("OpenCheckpoint(%q) = %v, want good %v", body, err, good)
		}
	}
}

func TestTheKeyStaysAndIsForTheOwnerOnly(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	var all sync.WaitGroup
	keys := make([]string, 8)
	for i := range keys {
		all.Go(func() {
			k, err := ledger.LoadOrCreateKey(dir, "www.mingjing.example/ledger")
			if err != nil {
				t.Error(err)
				return
			}
			keys[i] = k.Verifier()
		})
	}
	all.Wait()
	for _, k := range keys {
		if k != keys[0] || !strings.HasPrefix(k, "www.mingjing.example/ledger+") {
			t.Errorf("verifier = %s, want %s for all", k, keys[0])
		}
	}
	fi, err := os.Stat(filepath.Join(dir, ledger.KeyFile))
	if err != nil || fi.Mode().Perm() != 0o600 {
		t.Errorf("mode of the key = %v, %v, want 0600", fi.Mode(), err)
	}
	if k, err := ledger.LoadOrCreateKey(dir, "other.example"); err != nil || k.Origin() != "www.mingjing.example/ledger" {
		t.Errorf("the name of the log has changed: %v, %v", k, err)
	}
	public, err := os.ReadFile(filepath.Join(dir, ledger.VerifierFile))
	if err != nil || strings.TrimSpace(string(public)) != keys[0] {
		t.Errorf("%s = %q, %v, want %s", ledger.VerifierFile, public, err, keys[0])
	}
	left, _ := filepath.Glob(filepath.Join(dir, "*"))
	if len(left) != 2 {
		t.Errorf("files = %v, want the key and its verifier", left)
	}
	for _, spoilt := range []string{"", "x\n", "x\ny\n"} {
		if err := os.WriteFile(filepath.Join(dir, ledger.KeyFile), []byte(spoilt), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := ledger.LoadOrCreateKey(dir, "www.mingjing.example/ledger"); err == nil || strings.Contains(err.Error(), "PRIVATE") {
			t.Errorf("LoadOrCreateKey of %q = %v, want an error without the key", spoilt, err)
		}
	}
	for _, origin := range []string{"", "a b", "a+b", "a\nb"} {
		if _, err := ledger.LoadOrCreateKey(t.TempDir(), origin); err == nil {
			t.Errorf("LoadOrCreateKey with origin %q = nil, want an error", origin)
		}
	}
	if _, err := ledger.ParseVerifier("x+y+z"); !errors.Is(err, fault.Invalid) {
		t.Errorf("ParseVerifier(x+y+z) = %v, want Invalid", err)
	}
}
