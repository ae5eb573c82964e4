package ledger_test

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"gongkai/internal/db"
	"gongkai/internal/db/dbtest"
	"gongkai/internal/fault"
	"gongkai/ledger"
)

// grow appends n acts in one transaction.
func grow(t testing.TB, d *db.DB, n int) {
	t.Helper()
	err := d.Write(t.Context(), func(tx *db.Tx) error {
		for i := range n {
			if _, err := ledger.Append(tx, li, "publication.edit", fmt.Sprintf("item/%d", i%7), ledger.DigestOf(i), i); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func newLog(t testing.TB, d *db.DB) (*ledger.Log, ledger.Verifier) {
	t.Helper()
	key, err := ledger.LoadOrCreateKey(t.TempDir(), "www.mingjing.example/ledger")
	if err != nil {
		t.Fatal(err)
	}
	v, err := ledger.ParseVerifier(key.Verifier())
	if err != nil {
		t.Fatal(err)
	}
	return ledger.New(d, key), v
}

func TestTilePathsAreThoseOfTheSpecification(t *testing.T) {
	for want, p := range map[string]ledger.TilePath{
		"tile/0/x001/x234/067":      {Level: 0, Index: 1234067, Width: 256},
		"tile/0/000.p/1":            {Level: 0, Index: 0, Width: 1},
		"tile/entries/x001/067":     {Level: ledger.EntriesLevel, Index: 1067, Width: 256},
		"tile/entries/273.p/112":    {Level: ledger.EntriesLevel, Index: 273, Width: 112},
		"tile/63/x999/x999/999":     {Level: 63, Index: 999_999_999, Width: 256},
		"tile/1/001.p/17":           {Level: 1, Index: 1, Width: 17},
		"tile/0/x001/x000/x000/000": {Level: 0, Index: 1_000_000_000, Width: 256},
	} {
		if got := p.String(); got != want {
			t.Errorf("%+v.String() = %s, want %s", p, got, want)
		}
		if got, err := ledger.ParseTilePath(want); got != p || err != nil {
			t.Errorf("ParseTilePath(%s) = %+v, %v, want %+v", want, got, err, p)
		}
	}
}

func TestATileHasNoSecondPath(t *testing.T) {
	for _, s := range []string{
		"", "tile", "tile/", "tile/0", "tile/0/", "tile/0/0", "tile/0/67", "tile/0/0067", "tile/00/067", "tile/64/067", "tile/-1/067",
		"tile/0/001/067", "tile/0/x000/067", "tile/0/x001", "tile/0/067.p/0", "tile/0/067.p/256", "tile/0/067.p/01", "tile/0/067.p/",
		"tile/0/067.p", "tile/data/067", "tile/8/0/067", "/tile/0/067", "tile/0/067/", "tile/0/+67", "tile/0/x001/../067", "tile/+0/067",
		"tile/0/x999/x999/x999/x999/x999/x999/999", "tile/0/06７", "tile/0/067.p/1.p/1", "Tile/0/067",
	} {
		if p, err := ledger.ParseTilePath(s); !errors.Is(err, fault.NotFound) {
			t.Errorf("ParseTilePath(%q) = %+v, %v, want NotFound", s, p, err)
		}
	}
}

func FuzzParseTilePath(f *testing.F) {
	for _, s := range []string{"tile/0/x001/x234/067", "tile/entries/273.p/112", "tile/63/000.p/255", "tile/0/", "tile/0/x/0"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := ledger.ParseTilePath(s)
		if err != nil {
			return
		}
		if p.String() != s || p.Width < 1 || p.Width > 256 || p.Index < 0 || p.Level < -1 || p.Level > 63 {
			t.Errorf("ParseTilePath(%q) = %+v, written %s", s, p, p)
		}
	})
}

func TestTilesOfNamesWhatTheSpecificationCounts(t *testing.T) {
	count := map[string]int{}
	ledger.TilesOf(70_000, func(p ledger.TilePath) bool {
		kind := fmt.Sprintf("%d full", p.Level)
		if p.Width < 256 {
			kind = fmt.Sprintf("%d partial %d", p.Level, p.Width)
		}
		count[kind]++
		return true
	})
	// "273 full level 0 tiles, one partial level 0 tile of width 112, one full level 1
	// tile, one partial level 1 tile of width 17, and one partial level 2 tile of width 1"
	want := map[string]int{"0 full": 273, "0 partial 112": 1, "1 full": 1, "1 partial 17": 1, "2 partial 1": 1, "-1 full": 273, "-1 partial 112": 1}
	if fmt.Sprint(count) != fmt.Sprint(want) {
		t.Errorf("TilesOf(70000) = %v, want %v", count, want)
	}
}

// folder reads tiles of an exported log for the Go checksum database's own
// reader, which knows nothing of this package.
type folder struct{ dir string }

func (f folder) Height() int                         { return 8 }
func (f folder) SaveTiles(_ []tlog.Tile, _ [][]byte) {}
func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1) // C2SP has no height in it
		data, err := os.ReadFile(filepath.Join(f.dir, path))
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

func TestAnIndependentReaderAgreesWithAnExport(t *testing.T) {
	dbtest.Each(t, ledger.Schema, func(t *testing.T, d *db.DB) {
		log, v := newLog(t, d)
		dir := t.TempDir()
		// Past the first full tile, and past the first hash of level 2 only in
		// the long run of TestATreeOfTwoLevelsOfFullTiles.
		for _, more := range []int{1, 253, 1, 1, 700} {
			grow(t, d, more)
			head, err := log.Export(t.Context(), dir, nil)
			if err != nil {
				t.Fatal(err)
			}
			checkExport(t, dir, v, head)
		}
	})
}

// checkExport verifies a folder with x/mod's note and tlog packages only.
func checkExport(t *testing.T, dir string, v ledger.Verifier, head ledger.Head) {
	t.Helper()
	signed, err := os.ReadFile(filepath.Join(dir, "checkpoint"))
	if err != nil {
		t.Fatal(err)
	}
	vkey, err := os.ReadFile(filepath.Join(dir, ledger.VerifierFile))
	if err != nil {
		t.Fatal(err)
	}
	verifier, err := note.NewVerifier(strings.TrimSpace(string(vkey)))
	if err != nil {
		t.Fatal(err)
	}
	n, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		t.Fatalf("the checkpoint is not signed by the exported key: %v", err)
	}
	lines := strings.Split(n.Text, "\n")
	root, err := tlog.ParseHash(lines[2])
	if lines[0] != verifier.Name() || lines[1] != fmt.Sprint(head.Size) || err != nil || root != head.Root {
		t.Fatalf("checkpoint = %q, want %s, %d, %s", n.Text, verifier.Name(), head.Size, head.Root)
	}
	tree := tlog.Tree{N: head.Size, Hash: root}
	reader := tlog.TileHashReader(tree, folder{dir})
	seq := int64(0)
	for i := int64(0); i*256 < head.Size; i++ {
		p := ledger.TilePath{Level: ledger.EntriesLevel, Index: i, Width: int(min(256, head.Size-i*256))}
		bundle, err := os.ReadFile(filepath.Join(dir, p.String()))
		if err != nil {
			t.Fatal(err)
		}
		indexes := make([]int64, p.Width)
		for j := range indexes {
			indexes[j] = tlog.StoredHashIndex(0, i*256+int64(j))
		}
		hashes, err := reader.ReadHashes(indexes)
		if err != nil {
			t.Fatalf("tile %s: %v", p, err)
		}
		for len(bundle) > 0 {
			length := int(binary.BigEndian.Uint16(bundle))
			leaf := bundle[2 : 2+length]
			bundle = bundle[2+length:]
			if hashes[seq%256] != tlog.RecordHash(leaf) {
				t.Fatalf("leaf %d is not the one of the tree", seq)
			}
			var entry struct{ Seq int64 }
			if err := json.Unmarshal(leaf, &entry); err != nil || entry.Seq != seq {
				t.Fatalf("leaf %d = %s, %v", seq, leaf, err)
			}
			seq++
		}
	}
	if seq != head.Size {
		t.Fatalf("the bundles hold %d entries, want %d", seq, head.Size)
	}
}

func TestATreeOfTwoLevelsOfFullTiles(t *testing.T) {
	if testing.Short() {
		t.Skip("needs 66,000 entries")
	}
	d := dbtest.SQLite(t, ledger.Schema)
	grow(t, d, 66_000)
	log, v := newLog(t, d)
	dir := t.TempDir()
	head, err := log.Export(t.Context(), dir, nil)
	if err != nil || head.Size != 66_001 {
		t.Fatalf("Export = %+v, %v", head, err)
	}
	checkExport(t, dir, v, head)
	err = d.Read(t.Context(), func(tx *db.Tx) error {
		r, err := ledger.Verify(tx)
		if !r.OK() {
			t.Errorf("Verify = %v", r.Findings)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestProofsHoldBetweenAnySizes(t *testing.T) {
	dbtest.Each(t, ledger.Schema, func(t *testing.T, d *db.DB) {
		const total = 600
		grow(t, d, total-1)
		err := d.Read(t.Context(), func(tx *db.Tx) error {
			rapid.Check(t, func(t *rapid.T) {
				n := rapid.Int64Range(1, total).Draw(t, "n")
				seq := rapid.Int64Range(0, n-1).Draw(t, "seq")
				old := rapid.Int64Range(1, n).Draw(t, "old")
				head, err := ledger.HeadAt(tx, n)
				if err != nil {
					t.Fatal(err)
				}
				e, err := ledger.Get(tx, ledger.Seq(seq))
				if err != nil {
					t.Fatal(err)
				}
				path, err := ledger.InclusionProof(tx, e.Seq, n)
				if err != nil {
					t.Fatal(err)
				}
				if err := tlog.CheckRecord(path, n, head.Root, seq, tlog.RecordHash(e.Leaf())); err != nil {
					t.Fatalf("InclusionProof(%d, %d): %v", seq, n, err)
				}
				if seq > 0 && tlog.CheckRecord(path, n, head.Root, seq-1, tlog.RecordHash(e.Leaf())) == nil {
					t.Fatalf("InclusionProof(%d, %d) proves another position", seq, n)
				}
				older, err := ledger.HeadAt(tx, old)
				if err != nil {
					t.Fatal(err)
				}
				proof, err := ledger.ConsistencyProof(tx, old, n)
				if err != nil {
					t.Fatal(err)
				}
				if err := tlog.CheckTree(proof, n, head.Root, old, older.Root); err != nil {
					t.Fatalf("ConsistencyProof(%d, %d): %v", old, n, err)
				}
			})
			for _, bad := range []func() error{
				func() error { _, err := ledger.InclusionProof(tx, total, total); return err },
				func() error { _, err := ledger.InclusionProof(tx, -1, total); return err },
				func() error { _, err := ledger.InclusionProof(tx, 0, total+1); return err },
				func() error { _, err := ledger.ConsistencyProof(tx, 1, total+1); return err },
				func() error { _, err := ledger.HeadAt(tx, total+1); return err },
				func() error { _, err := ledger.Tile(tx, 0, 2, 89); return err },
				func() error { _, err := ledger.Tile(tx, 1, 0, 3); return err },
				func() error { _, err := ledger.Tile(tx, 63, 0, 1); return err },
				func() error { _, err := ledger.Tile(tx, 0, 1<<62, 256); return err },
				func() error { _, err := ledger.Entries(tx, 3, 1); return err },
				func() error { _, err := ledger.Get(tx, total); return err },
			} {
				if err := bad(); !errors.Is(err, fault.NotFound) || fault.Sentence(err) == "" {
					t.Errorf("asking beyond the end = %v, want NotFound with a sentence", err)
				}
			}
			if _, err := ledger.ConsistencyProof(tx, 0, 5); !errors.Is(err, fault.Invalid) {
				t.Errorf("ConsistencyProof(0, 5) = %v, want Invalid", err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

// The test vectors that RFC 6962 implementations share: leaves and roots of the
// Certificate Transparency reference tree.
func TestTheTreeIsThatOfRFC6962(t *testing.T) {
	leaves := []string{"", "\x00", "\x10", "\x20\x21", "\x30\x31", "\x40\x41\x42\x43", "\x50\x51\x52\x53\x54\x55\x56\x57",
		"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f"}
	roots := []string{
		"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
		"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
		"aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
		"d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
		"4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
		"76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
		"ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
		"5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
	}
	for n, got := range ledger.RootsOf(leaves) {
		if fmt.Sprintf("%x", got[:]) != roots[n] {
			t.Errorf("root of %d leaves = %x, want %s", n+1, got[:], roots[n])
		}
	}
}

func TestAPartialTileIsTheBeginningOfTheFullOne(t *testing.T) {
	dbtest.Each(t, ledger.Schema, func(t *testing.T, d *db.DB) {
		grow(t, d, 300)
		err := d.Read(t.Context(), func(tx *db.Tx) error {
			for _, level := range []int{0, ledger.EntriesLevel} {
				full, err := ledger.TilePath{Level: level, Index: 0, Width: 256}.Read(tx)
				if err != nil {
					return err
				}
				part, err := ledger.TilePath{Level: level, Index: 0, Width: 99}.Read(tx)
				if err != nil {
					return err
				}
				if !bytes.HasPrefix(full, part) || level == 0 && len(part) != 99*32 {
					t.Errorf("level %d: 99 of 256 are not their beginning (%d bytes)", level, len(part))
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
