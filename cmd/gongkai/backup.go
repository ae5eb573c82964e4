package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"gongkai/internal/blob"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/ledger"
)

// A backup is one tar.gz: manifest.json first, then keys/*, tables/*.jsonl in
// the order in which they can be loaded, and blobs/* . It is taken from one
// snapshot of the records while the platform runs; files are never changed, so
// copying them afterwards gives the same moment.

// notKept are tables that a backup leaves out: the index is built again from
// the records, sessions and leases belong to running processes, what walks over
// sites remember is asked for again, and how the site writes is counted again.
var notKept = []string{"search_", "identity_session", "inspection_walk_journal", "inspection_usage", "db_"}

// manifest says what a backup holds.
type manifest struct {
	Format  int               `json:"format"`
	Program string            `json:"program"`
	Taken   time.Time         `json:"taken"`
	Engine  db.Engine         `json:"engine"`
	Steps   map[string]int    `json:"steps"`   // newest migration of each pillar
	Tables  map[string]db.Sum `json:"tables"`  // what each table held
	Order   []string          `json:"order"`   // of the tables
	Entries int64             `json:"entries"` // in the ledger
	Root    string            `json:"root"`    // of the ledger, hex
	Blobs   int64             `json:"blobs"`
	Bytes   int64             `json:"bytes"` // of the blobs
}

const backupFormat = 1

// backup writes everything to w.
func (h *house) backup(ctx context.Context, w io.Writer, tell func(string, int64, int64)) (manifest, error) {
	z, _ := gzip.NewWriterLevel(w, gzip.BestSpeed)
	t := tar.NewWriter(z)
	var m manifest
	err := h.db.Read(ctx, func(tx *db.Tx) (err error) {
		if m, err = h.survey(tx, tell); err != nil {
			return err
		}
		m.Taken = h.now().UTC()
		text, err := json.MarshalIndent(m, "", "  ")
		if err != nil {
			return err
		}
		if err := addBytes(t, "manifest.json", text, m.Taken); err != nil {
			return err
		}
		for _, name := range keyFiles {
			b, err := os.ReadFile(filepath.Join(h.keys(), name))
			if errors.Is(err, os.ErrNotExist) {
				continue
			}
			if err != nil {
				return err
			}
			if err := addBytes(t, "keys/"+name, b, m.Taken); err != nil {
				return err
			}
		}
		for i, table := range m.Order {
			tell("记录", int64(i), int64(len(m.Order)))
			if err := addTable(tx, t, table, m.Taken); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return m, err
	}
	n := int64(0)
	if err := h.blobs.Each(ctx, func(i blob.Info) error {
		tell("文件", n, m.Blobs)
		n++
		r, err := h.blobs.Open(ctx, i.Digest)
		if err != nil {
			return err
		}
		defer r.Close()
		if err := t.WriteHeader(&tar.Header{Name: "blobs/" + string(i.Digest), Mode: 0o600, Size: i.Size, ModTime: m.Taken}); err != nil {
			return err
		}
		_, err = io.Copy(t, r)
		return err
	}); err != nil {
		return m, err
	}
	return m, errors.Join(t.Close(), z.Close())
}

// survey sums up every table and counts the files.
func (h *house) survey(tx *db.Tx, tell func(string, int64, int64)) (manifest, error) {
	m := manifest{Format: backupFormat, Program: version, Engine: h.db.Engine(), Tables: map[string]db.Sum{}, Steps: map[string]int{}}
	var err error
	if m.Order, err = db.Tables(notKept, schema); err != nil {
		return m, err
	}
	steps, err := db.Steps(schema)
	if err != nil {
		return m, err
	}
	for _, s := range steps {
		m.Steps[s.Pillar] = s.Number
	}
	for i, table := range m.Order {
		tell("核对", int64(i), int64(len(m.Order)))
		if m.Tables[table], err = db.Dump(tx, table, io.Discard); err != nil {
			return m, err
		}
	}
	head, err := ledger.HeadOf(tx)
	if err != nil {
		return m, err
	}
	m.Entries, m.Root = head.Size, hex.EncodeToString(head.Root[:])
	return m, h.blobs.Each(tx.Context(), func(i blob.Info) error {
		m.Blobs++
		m.Bytes += i.Size
		return nil
	})
}

func addBytes(t *tar.Writer, name string, b []byte, at time.Time) error {
	if err := t.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: int64(len(b)), ModTime: at}); err != nil {
		return err
	}
	_, err := t.Write(b)
	return err
}

// addTable writes a table by way of a temporary file, because tar wants to know
// the size beforehand.
func addTable(tx *db.Tx, t *tar.Writer, table string, at time.Time) error {
	f, err := os.CreateTemp("", "gongkai-dump-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	defer f.Close()
	if _, err := db.Dump(tx, table, f); err != nil {
		return err
	}
	size, err := f.Seek(0, io.SeekCurrent)
	if err != nil {
		return err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	if err := t.WriteHeader(&tar.Header{Name: "tables/" + table + ".jsonl", Mode: 0o600, Size: size, ModTime: at}); err != nil {
		return err
	}
	_, err = io.Copy(t, f)
	return err
}

// restore reads a backup into an empty house. It checks every table and file
// against the manifest and builds the index. When it fails the caller must not
// use the folder.
func (h *house) restore(ctx context.Context, r io.Reader, tell func(string, int64, int64)) (manifest, error) {
	var m manifest
	z, err := gzip.NewReader(r)
	if err != nil {
		return m, fault.Say(fault.Invalid, "这不是备份文件，或者文件已损坏")
	}
	t := tar.NewReader(z)
	head, err := t.Next()
	if err != nil || head.Name != "manifest.json" {
		return m, fault.Say(fault.Invalid, "这不是备份文件，或者文件已损坏")
	}
	if err := json.NewDecoder(io.LimitReader(t, 1<<20)).Decode(&m); err != nil || m.Format != backupFormat {
		return m, fault.Say(fault.Invalid, "不能识别这个备份的格式，请使用制作备份的版本或者更新的版本")
	}
	steps, err := db.Steps(schema)
	if err != nil {
		return m, err
	}
	have := map[string]int{}
	for _, s := range steps {
		have[s.Pillar] = s.Number
	}
	for pillar, n := range m.Steps {
		if n > have[pillar] {
			return m, fault.Say(fault.Conflict, "这个备份由更新的版本制作，请先升级程序再恢复")
		}
	}
	known, err := db.Tables(notKept, schema)
	if err != nil {
		return m, err
	}
	tables, blobs, size := 0, int64(0), int64(0)
	err = h.db.Write(ctx, func(tx *db.Tx) error {
		// What an empty installation begins with gives way to the backup's.
		for _, table := range slices.Backward(m.Order) {
			if !slices.Contains(known, table) {
				return fault.Say(fault.Invalid, "备份文件中有不应出现的内容")
			}
			if err := db.Clear(tx, table); err != nil {
				return err
			}
		}
		for {
			head, err := t.Next()
			if errors.Is(err, io.EOF) {
				return nil
			}
			if err != nil {
				return fault.Say(fault.Invalid, "备份文件不完整：读到一半中断")
			}
			dir, name, _ := strings.Cut(head.Name, "/")
			switch dir {
			case "keys":
				if filepath.Base(name) != name {
					return fault.Say(fault.Invalid, "备份文件中有不应出现的内容")
				}
				b, err := io.ReadAll(io.LimitReader(t, 1<<16))
				if err != nil {
					return err
				}
				if err := os.WriteFile(filepath.Join(h.keys(), name), b, 0o600); err != nil {
					return err
				}
			case "tables":
				table := strings.TrimSuffix(name, ".jsonl")
				want, ok := m.Tables[table]
				if !ok {
					return fault.Say(fault.Invalid, "备份文件中有不应出现的内容")
				}
				tell("记录", int64(tables), int64(len(m.Order)))
				got, err := db.Load(tx, table, t)
				if err != nil {
					return err
				}
				if got != want {
					return fault.Say(fault.Invalid, "备份中的表 %s 与清单不符，文件已损坏", table)
				}
				tables++
			case "blobs":
				tell("文件", blobs, m.Blobs)
				d, n, err := h.blobs.Put(ctx, t)
				if err != nil {
					return err
				}
				if string(d) != name {
					return fault.Say(fault.Invalid, "备份中的文件 %s 已损坏", name)
				}
				blobs, size = blobs+1, size+n
			default:
				return fault.Say(fault.Invalid, "备份文件中有不应出现的内容")
			}
		}
	})
	if err != nil {
		return m, err
	}
	if tables != len(m.Order) || blobs < m.Blobs {
		return m, fault.Say(fault.Invalid, "备份文件不完整：应有%d张表、%d个文件，实有%d张表、%d个文件", len(m.Order), m.Blobs, tables, blobs)
	}
	return m, nil
}

// compare says in what a house differs from what a backup held.
func compare(want, got manifest) []string {
	var diffs []string
	if want.Root != got.Root || want.Entries != got.Entries {
		diffs = append(diffs, fmt.Sprintf("存证：备份 %d 条（%.12s），现有 %d 条（%.12s）", want.Entries, want.Root, got.Entries, got.Root))
	}
	for _, table := range got.Order {
		if w, g := want.Tables[table], got.Tables[table]; w != g {
			diffs = append(diffs, fmt.Sprintf("表 %s：备份 %d 行，现有 %d 行，内容不同", table, w.Rows, g.Rows))
		}
	}
	if want.Blobs > got.Blobs {
		diffs = append(diffs, fmt.Sprintf("文件：备份 %d 个，现有 %d 个", want.Blobs, got.Blobs))
	}
	return diffs
}

// readManifest reads only the first part of a backup.
func readManifest(path string) (m manifest, err error) {
	f, err := os.Open(path)
	if err != nil {
		return m, fault.Say(fault.NotFound, "打不开备份文件 %s", path)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return m, fault.Say(fault.Invalid, "%s 不是备份文件", path)
	}
	t := tar.NewReader(z)
	if head, err := t.Next(); err != nil || head.Name != "manifest.json" {
		return m, fault.Say(fault.Invalid, "%s 不是备份文件", path)
	}
	b, err := io.ReadAll(io.LimitReader(t, 1<<20))
	if err != nil {
		return m, err
	}
	return m, json.NewDecoder(bytes.NewReader(b)).Decode(&m)
}
