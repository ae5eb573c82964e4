package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"gongkai/internal/db"
	"gongkai/internal/db/dbtest"
	"gongkai/ledger"
)

// paper is the record of a small pillar that keeps titles.
type paper struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

var papers = ledger.Keeper{Prefix: "paper", Each: func(tx *db.Tx, yield func(string, ledger.Digest) error) error {
	return db.Each(tx, func(r db.Row) error {
		var p paper
		if err := r.Scan(&p.ID, &p.Title); err != nil {
			return err
		}
		return yield("paper/"+p.ID, ledger.DigestOf(p))
	}, `SELECT id, title FROM paper ORDER BY id`)
}}

func (p paper) save(tx *db.Tx) error {
	const save = `
		INSERT INTO paper (id, title) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET title = excluded.title`
	if _, err := tx.Exec(save, p.ID, p.Title); err != nil {
		return err
	}
	_, err := ledger.Append(tx, li, "paper.save", "paper/"+p.ID, ledger.DigestOf(p), map[string]string{"title": p.Title})
	return err
}

func (p paper) burn(tx *db.Tx) error {
	if _, err := tx.Exec(`DELETE FROM paper WHERE id = $1`, p.ID); err != nil {
		return err
	}
	_, err := ledger.Append(tx, li, "paper.burn", "paper/"+p.ID, ledger.Gone, nil)
	return err
}

func write(t testing.TB, d *db.DB, f func(tx *db.Tx) error) {
	t.Helper()
	if err := d.Write(context.Background(), f); err != nil {
		t.Fatal(err)
	}
}

func exec(t testing.TB, d *db.DB, statements ...string) {
	t.Helper()
	write(t, d, func(tx *db.Tx) error {
		for _, s := range statements {
			if _, err := tx.Exec(s); err != nil {
				return err
			}
		}
		return nil
	})
}

// archive makes 600 entries: papers 0 to 299 written, 0 to 297 written again,
// and paper 299 burnt. Checkpoints are given out at 100, 301 and at the end.
func archive(t testing.TB, d *db.DB) (*ledger.Log, ledger.Verifier) {
	t.Helper()
	exec(t, d, `CREATE TABLE paper (id TEXT NOT NULL PRIMARY KEY, title TEXT NOT NULL)`)
	log, v := newLog(t, d)
	checkpoint := func() {
		if _, err := log.Checkpoint(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	save := func(from, to int, title string) {
		write(t, d, func(tx *db.Tx) error {
			for i := from; i < to; i++ {
				if err := (paper{fmt.Sprint(i), title}).save(tx); err != nil {
					return err
				}
			}
			return nil
		})
	}
	save(0, 99, "初稿")
	checkpoint()
	save(99, 300, "初稿")
	checkpoint()
	save(0, 298, "定稿")
	write(t, d, paper{ID: "299"}.burn)
	checkpoint()
	return log, v
}

func verify(t testing.TB, d *db.DB, a ledger.Audit) ledger.Report {
	t.Helper()
	var r ledger.Report
	err := d.Read(context.Background(), func(tx *db.Tx) (err error) {
		r, err = a.Run(tx)
		return err
	})
	if err != nil {
		t.Fatalf("Audit.Run = %v", err)
	}
	return r
}

func TestAnUntouchedLogVerifies(t *testing.T) {
	dbtest.Each(t, ledger.Schema, func(t *testing.T, d *db.DB) {
		_, v := archive(t, d)
		var seen []string
		r := verify(t, d, ledger.Audit{Keepers: []ledger.Keeper{papers}, Verifier: v, Progress: func(what string, done, total int64) {
			seen = append(seen, fmt.Sprint(what, " ", done, "/", total))
		}})
		if !r.OK() || r.Size != 600 || r.Root == "" || r.Entries != 600 || r.Checkpoints != 3 || r.Records["paper"] != 299 || len(r.Unkept) != 0 {
			t.Errorf("Verify = %+v", r)
		}
		if !slices.Contains(seen, "entries 600/600") {
			t.Errorf("progress = %v", seen)
		}
		r = verify(t, d, ledger.Audit{})
		if !r.OK() || r.Unkept["paper"] != 300 {
			t.Errorf("Verify without keepers = %+v, want 300 papers nobody answers for", r)
		}
	})
}

func TestAnEmptyLogVerifies(t *testing.T) {
	dbtest.Each(t, ledger.Schema, func(t *testing.T, d *db.DB) {
		log, v := newLog(t, d)
		text, err := log.Checkpoint(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		head, err := ledger.OpenCheckpoint(text, v)
		if err != nil || head.Size != 0 || head.Root.String() != "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" {
			t.Errorf("checkpoint of nothing = %+v, %v", head, err)
		}
		if r := verify(t, d, ledger.Audit{Verifier: v}); !r.OK() || r.Size != 0 {
			t.Errorf("Verify = %+v", r)
		}
	})
}

// Whatever is done to the tables by hand, verification names it.
func TestEveryKindOfTamperingIsNamed(t *testing.T) {
	type finding struct {
		flaw    ledger.Flaw
		subject string
		seq     ledger.Seq
	}
	type tampering struct {
		name string
		sql  []string
		want []finding
	}
	cases := []tampering{
		{"a row is changed", []string{`UPDATE paper SET title = '改稿' WHERE id = '5'`},
			[]finding{{ledger.RowChanged, "paper/5", 306}}},
		{"a row is deleted", []string{`DELETE FROM paper WHERE id = '298'`},
			[]finding{{ledger.RowVanished, "paper/298", 299}}},
		{"a row is inserted", []string{`INSERT INTO paper (id, title) VALUES ('x', '伪造')`},
			[]finding{{ledger.RowUnknown, "paper/x", 0}}},
		{"a burnt row is brought back", []string{`INSERT INTO paper (id, title) VALUES ('299', '初稿')`},
			[]finding{{ledger.RowUnknown, "paper/299", 599}}},
		{"two rows change places", []string{`UPDATE paper SET id = 'y' WHERE id = '297'`, `UPDATE paper SET id = '297' WHERE id = '298'`, `UPDATE paper SET id = '298' WHERE id = 'y'`},
			[]finding{{ledger.RowChanged, "paper/297", 598}, {ledger.RowChanged, "paper/298", 299}}},
		{"the public part of an entry is edited", []string{`UPDATE ledger_entry SET public = '{"title":"改稿"}' WHERE seq = 301`},
			[]finding{{ledger.EntryEdited, "paper/0", 301}}},
		{"the time of an entry is edited", []string{`UPDATE ledger_entry SET at = at - 1000 WHERE seq = 301`},
			[]finding{{ledger.EntryEdited, "paper/0", 301}}},
		{"who acted is edited", []string{`UPDATE ledger_entry SET who = 'p-wang' WHERE seq = 301`},
			[]finding{{ledger.EntryEdited, "paper/0", 301}}},
		{"an old entry is given the digest of a changed row", []string{`UPDATE ledger_entry SET record = (SELECT record FROM ledger_entry WHERE seq = 2) WHERE seq = 1`},
			[]finding{{ledger.EntryEdited, "paper/0", 1}}},
		{"the leaf hash of an entry is edited", []string{`UPDATE ledger_entry SET hash = record WHERE seq = 301`},
			[]finding{{ledger.EntryEdited, "paper/0", 301}, {ledger.HashEdited, "", 0}, {ledger.CheckpointWrong, "", 0}}},
		{"two entries change places", []string{`UPDATE ledger_entry SET seq = 9999 WHERE seq = 301`, `UPDATE ledger_entry SET seq = 301 WHERE seq = 302`, `UPDATE ledger_entry SET seq = 302 WHERE seq = 9999`},
			[]finding{{ledger.EntryEdited, "paper/1", 301}, {ledger.EntryEdited, "paper/0", 302}, {ledger.HashEdited, "", 0}, {ledger.CheckpointWrong, "", 0}}},
		{"an entry is taken out", []string{`DELETE FROM ledger_entry WHERE seq = 200`},
			[]finding{{ledger.EntryMissing, "", 200}}},
		{"the last entry is taken out", []string{`DELETE FROM ledger_entry WHERE seq = 599`},
			[]finding{{ledger.EntryMissing, "", 599}, {ledger.RowVanished, "paper/299", 300}}},
		{"entries are taken out and a hash below them edited", []string{`DELETE FROM ledger_entry WHERE seq = 300`, `UPDATE ledger_hash SET hash = (SELECT hash FROM ledger_entry WHERE seq = 0) WHERE n = 0`},
			[]finding{{ledger.EntryMissing, "", 300}, {ledger.HashEdited, "", 0}}},
		{"all entries are taken out", []string{`DELETE FROM ledger_entry`, `DELETE FROM paper`},
			[]finding{{ledger.EntryMissing, "", 0}}},
		{"the log is cut at the end", []string{`DELETE FROM ledger_entry WHERE seq >= 598`, `UPDATE ledger_head SET size = 598`},
			[]finding{{ledger.LogTruncated, "", 598}, {ledger.RowVanished, "paper/299", 300}, {ledger.RowChanged, "paper/297", 298}}},
		{"the log is cut and its checkpoints too", []string{`DELETE FROM ledger_entry WHERE seq >= 598`, `UPDATE ledger_head SET size = 598`, `DELETE FROM ledger_checkpoint WHERE size > 598`},
			[]finding{{ledger.RowVanished, "paper/299", 300}, {ledger.RowChanged, "paper/297", 298}}},
		{"the count is turned back", []string{`UPDATE ledger_head SET size = 599`},
			[]finding{{ledger.LogTruncated, "", 599}, {ledger.EntryExtra, "", 599}, {ledger.RowVanished, "paper/299", 300}}},
		{"the count is turned far on", []string{`UPDATE ledger_head SET size = 1000000000000`},
			[]finding{{ledger.EntryMissing, "", 600}}},
		{"an entry is put far behind the end", []string{`UPDATE ledger_entry SET seq = 999999999999 WHERE seq = 599`, `UPDATE ledger_head SET size = 1000000000000`},
			[]finding{{ledger.EntryMissing, "", 599}, {ledger.EntryEdited, "paper/299", 999999999999}}},
		{"an entry is added behind the end", []string{`INSERT INTO ledger_entry SELECT 600, at, act, subject, who, unit, record, public, hash FROM ledger_entry WHERE seq = 599`},
			[]finding{{ledger.EntryExtra, "", 600}}},
		{"an inner hash is edited", []string{`UPDATE ledger_hash SET hash = (SELECT hash FROM ledger_entry WHERE seq = 0) WHERE n = 1`},
			[]finding{{ledger.HashEdited, "", 0}}},
		{"an inner hash is deleted", []string{`DELETE FROM ledger_hash WHERE n = 1`},
			[]finding{{ledger.HashEdited, "", 0}}},
		{"the first inner hash is deleted", []string{`DELETE FROM ledger_hash WHERE n = 0`},
			[]finding{{ledger.HashEdited, "", 0}}},
		{"an inner hash is added", []string{`INSERT INTO ledger_hash (level, n, hash) SELECT 2, 0, hash FROM ledger_hash WHERE n = 1`},
			[]finding{{ledger.HashEdited, "", 0}}},
		{"a checkpoint is edited", []string{`UPDATE ledger_checkpoint SET note = replace(note, 'a', 'b') WHERE size = 301`},
			[]finding{{ledger.CheckpointWrong, "", 0}}},
		{"a checkpoint is moved to another size", []string{`UPDATE ledger_checkpoint SET size = 302 WHERE size = 301`},
			[]finding{{ledger.CheckpointWrong, "", 0}}},
	}
	dbtest.Each(t, ledger.Schema, func(t *testing.T, d *db.DB) {
		_, v := archive(t, d)
		for _, c := range cases {
			// Tampered with and verified in one transaction that is given up, so
			// that each case begins with the same archive.
			undo := errors.New("undo")
			var r ledger.Report
			err := d.Write(t.Context(), func(tx *db.Tx) error {
				for _, s := range c.sql {
					if _, err := tx.Exec(s); err != nil {
						return err
					}
				}
				var err error
				r, err = ledger.Audit{Keepers: []ledger.Keeper{papers}, Verifier: v}.Run(tx)
				return errors.Join(err, undo)
			})
			if err.Error() != "undo" {
				t.Errorf("%s: %v", c.name, err)
				continue
			}
			var got []finding
			for _, f := range r.Findings {
				got = append(got, finding{f.Flaw, f.Subject, f.Seq})
				if f.Say == "" || strings.Contains(f.Say, "%!") {
					t.Errorf("%s: the finding %s says %q", c.name, f.Flaw, f.Say)
				}
			}
			for _, f := range append(slices.Clone(got), c.want...) {
				if n, want := times(got, f), times(c.want, f); n != want {
					t.Errorf("%s: found %v %d times, want %d; all: %v", c.name, f, n, want, got)
					break
				}
			}
		}
	})
}

func times[T comparable](list []T, v T) (n int) {
	for _, x := range list {
		if x == v {
			n++
		}
	}
	return n
}

// Somebody with the database but without the key rewrites an entry and all
// hashes above it. Only the signed heads can tell.
func TestARewrittenHistoryIsToldByTheSignedHeads(t *testing.T) {
	dbtest.Each(t, ledger.Schema, func(t *testing.T, d *db.DB) {
		log, v := archive(t, d)
		kept, err := log.Checkpoint(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		write(t, d, func(tx *db.Tx) error {
			e, err := ledger.Get(tx, 150)
			if err != nil {
				return err
			}
			e.Public = `{"title":"改稿"}`
			h := tlog.RecordHash(e.Leaf())
			if _, err := tx.Exec(`UPDATE ledger_entry SET public = $1, hash = $2 WHERE seq = 150`, e.Public, h[:]); err != nil {
				return err
			}
			return ledger.RebuildHashes(tx)
		})
		r := verify(t, d, ledger.Audit{Keepers: []ledger.Keeper{papers}, Verifier: v})
		if len(r.Findings) != 1 || r.Findings[0].Flaw != ledger.CheckpointWrong || !strings.Contains(r.Findings[0].Say, "301") {
			t.Errorf("Verify = %+v, want the checkpoint of 301 to be wrong", r.Findings)
		}
		exec(t, d, `DELETE FROM ledger_checkpoint WHERE size > 150`)
		if r = verify(t, d, ledger.Audit{Keepers: []ledger.Keeper{papers}, Verifier: v}); !r.OK() {
			t.Errorf("Verify = %+v, want nothing: no trace is left inside", r.Findings)
		}
		r = verify(t, d, ledger.Audit{Verifier: v, Known: [][]byte{kept}})
		if len(r.Findings) != 1 || r.Findings[0].Flaw != ledger.CheckpointWrong {
			t.Errorf("Verify with a kept checkpoint = %+v, want it to be wrong", r.Findings)
		}
	})
}

func TestAKeeperMayNotNameRecordsOfOthers(t *testing.T) {
	d := dbtest.SQLite(t, ledger.Schema)
	stray := ledger.Keeper{Prefix: "paper", Each: func(_ *db.Tx, yield func(string, ledger.Digest) error) error {
		return yield("case/1", ledger.DigestOf(1))
	}}
	err := d.Read(t.Context(), func(tx *db.Tx) error {
		_, err := ledger.Verify(tx, stray)
		return err
	})
	if err == nil {
		t.Error("Verify with a keeper that names another's record = nil, want an error")
	}
}

func TestAReportStaysReadable(t *testing.T) {
	d := dbtest.SQLite(t, ledger.Schema)
	flood := ledger.Keeper{Prefix: "paper", Each: func(_ *db.Tx, yield func(string, ledger.Digest) error) error {
		for i := range ledger.MaxFindings + 7 {
			if err := yield(fmt.Sprintf("paper/%d", i), ledger.DigestOf(i)); err != nil {
				return err
			}
		}
		return nil
	}}
	r := verify(t, d, ledger.Audit{Keepers: []ledger.Keeper{flood}})
	if len(r.Findings) != ledger.MaxFindings || r.More != 7 {
		t.Errorf("Verify spells out %d and counts %d more, want %d and 7", len(r.Findings), r.More, ledger.MaxFindings)
	}
}
