package gate

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gongkai/internal/db"
	"gongkai/internal/db/dbtest"
	"gongkai/ledger"
)

type writer struct{}

func (writer) LedgerWho() string  { return "p-1" }
func (writer) LedgerUnit() string { return "mj-fgj" }

// TestAStrangerCanCheckTheLedger runs docs/verify.py, which shares no line with
// the program, over a proof and over a whole log, and breaks both.
func TestAStrangerCanCheckTheLedger(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	d := dbtest.SQLite(t, ledger.Schema)
	dir := t.TempDir()
	key, err := ledger.LoadOrCreateKey(dir, "www.mingjing.example/ledger")
	if err != nil {
		t.Fatal(err)
	}
	log := ledger.New(d, key)
	grow := func(n int) {
		t.Helper()
		if err := d.Write(ctx, func(tx *db.Tx) error {
			for i := range n {
				if _, err := ledger.Append(tx, writer{}, "publication.publish", fmt.Sprintf("item/%d", i), ledger.DigestOf(i), map[string]any{"title": "关于公开的通知"}); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	write := func(name string, b []byte) string {
		t.Helper()
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, b, 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	// publish lays the log out as files, as the portal serves it.
	publish := func() {
		t.Helper()
		checkpoint, err := log.Checkpoint(ctx)
		if err != nil {
			t.Fatal(err)
		}
		write("checkpoint", checkpoint)
		if err := d.Read(ctx, func(tx *db.Tx) error {
			head, err := ledger.HeadOf(tx)
			if err != nil {
				return err
			}
			for p := range func(yield func(ledger.TilePath) bool) { ledger.TilesOf(head.Size, yield) } {
				b, err := p.Read(tx)
				if err != nil {
					return err
				}
				write(p.String(), b)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	verify := func(ok bool, want string, args ...string) {
		t.Helper()
		cmd := exec.Command(python, append([]string{filepath.Join(root(), "docs", "verify.py")}, args...)...)
		out, err := cmd.CombinedOutput()
		if (err == nil) != ok || !strings.Contains(string(out), want) {
			t.Errorf("verify.py %s: %v, want success %v and %q in:\n%s", args[0], err, ok, want, out)
		}
	}
	pub := filepath.Join(dir, ledger.VerifierFile)

	grow(300)
	publish()
	old, err := os.ReadFile(filepath.Join(dir, "checkpoint"))
	if err != nil {
		t.Fatal(err)
	}
	before := write("before", old)
	grow(400)
	publish()
	verify(true, "701 entries lead to the signed root", "log", dir, "--key", pub)
	verify(true, "begins with the 301", "grown", dir, before, "--key", pub)

	for _, seq := range []ledger.Seq{0, 256, 700} {
		p, err := log.Prove(ctx, seq)
		if err != nil {
			t.Fatal(err)
		}
		text := p.Marshal()
		verify(true, fmt.Sprintf("number %d of 701", seq), "proof", write("proof", text), "--key", key.Verifier())
		apart := p
		apart.Leaf = nil
		entry := write("entry", p.Leaf)
		verify(true, fmt.Sprintf("number %d of 701", seq), "proof", write("proof", apart.Marshal()), "--entry", entry, "--key", pub)
		verify(false, "--entry", "proof", write("proof", apart.Marshal()), "--key", pub)
		if seq == 0 {
			continue
		}
		p.Leaf = []byte(strings.Replace(string(p.Leaf), "关于", "并非", 1))
		verify(false, "not in the log", "proof", write("proof", p.Marshal()), "--key", pub)
		signed := strings.Replace(string(text), "\n701\n", "\n702\n", 1)
		verify(false, "signature", "proof", write("proof", []byte(signed)), "--key", pub)
	}

	bundle := filepath.Join(dir, "tile", "entries", "001")
	b, err := os.ReadFile(bundle)
	if err != nil {
		t.Fatal(err)
	}
	write("tile/entries/001", []byte(strings.Replace(string(b), `"item/`, `"item_`, 1)))
	verify(false, "do not lead to the signed root", "log", dir, "--key", pub)

	other, err := ledger.LoadOrCreateKey(t.TempDir(), "www.mingjing.example/ledger")
	if err != nil {
		t.Fatal(err)
	}
	verify(false, "not signed by", "log", dir, "--key", other.Verifier())
}
