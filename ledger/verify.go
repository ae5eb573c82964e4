package ledger

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"gongkai/internal/db"
)

// Flaw (问题) says what kind of thing is not as the ledger has it.
type Flaw string

// The kinds of flaw. Each comment says what must have happened.
const (
	RowChanged      Flaw = "row-changed"      // a record was altered without an act
	RowVanished     Flaw = "row-vanished"     // a record was deleted without an act
	RowUnknown      Flaw = "row-unknown"      // a record appeared without an act
	EntryEdited     Flaw = "entry-edited"     // an entry no longer has its leaf hash
	EntryMissing    Flaw = "entry-missing"    // an entry was taken out
	EntryExtra      Flaw = "entry-extra"      // there are entries the log never counted
	HashEdited      Flaw = "hash-edited"      // a stored inner hash is not that of the entries
	CheckpointWrong Flaw = "checkpoint-wrong" // a signed head is not that of the entries: history was rewritten
	LogTruncated    Flaw = "log-truncated"    // a head was signed for more entries than there are
)

// Finding is one thing that verification found.
type Finding struct {
	Flaw    Flaw   `json:"flaw"`
	Subject string `json:"subject,omitzero"` // of the record, for flaws of rows
	Seq     Seq    `json:"seq,omitzero"`     // the entry it shows at, if there is one
	Say     string `json:"say"`              // for people
}

// Report is the result of a verification.
type Report struct {
	Size        int64          `json:"size"`
	Root        string         `json:"root"` // base64; empty if an entry is missing
	Entries     int64          `json:"entries"`
	Checkpoints int            `json:"checkpoints"`
	Records     map[string]int `json:"records"`          // compared, by kind
	Unkept      map[string]int `json:"unkept,omitempty"` // subjects that no keeper answers for, by kind
	Findings    []Finding      `json:"findings"`         // at most MaxFindings
	More        int            `json:"more,omitzero"`    // further findings that were only counted
}

// MaxFindings bounds the findings that a report spells out.
const MaxFindings = 1000

// OK reports whether nothing was found.
func (r Report) OK() bool { return len(r.Findings) == 0 }

func (r *Report) find(f Flaw, subject string, seq Seq, format string, args ...any) {
	if len(r.Findings) >= MaxFindings {
		r.More++
		return
	}
	r.Findings = append(r.Findings, Finding{f, subject, seq, fmt.Sprintf(format, args...)})
}

// Audit is a verification with all it may know from outside.
type Audit struct {
	Keepers []Keeper
	// Verifier checks the signatures of remembered checkpoints. The zero value
	// skips that.
	Verifier Verifier
	// Known are checkpoints that were kept outside of the database: they show a
	// history that was rewritten as a whole.
	Known [][]byte
	// Progress, if set, is called now and then with what is being read and how
	// much of it was done; total is 0 while it is not known.
	Progress func(what string, done, total int64)
}

// Verify re-checks the whole log and compares the digest of every record that
// the keepers know with its last entry. It fails only if it cannot read.
func Verify(tx *db.Tx, keepers ...Keeper) (Report, error) {
	return Audit{Keepers: keepers}.Run(tx)
}

// Run verifies. It needs about 130 bytes of memory for each record, and none for
// the entries.
func (a Audit) Run(tx *db.Tx) (Report, error) {
	r := Report{Records: map[string]int{}, Unkept: map[string]int{}, Findings: []Finding{}}
	if a.Progress == nil {
		a.Progress = func(string, int64, int64) {}
	}
	n, err := size(tx)
	if err != nil {
		return r, err
	}
	last, err := a.tree(tx, n, &r)
	if err != nil {
		return r, err
	}
	for _, k := range a.Keepers {
		if err := a.records(tx, k, last[k.Prefix], &r); err != nil {
			return r, err
		}
		delete(last, k.Prefix)
	}
	delete(last, selfPrefix)
	for prefix, subjects := range last {
		r.Unkept[prefix] = len(subjects)
	}
	return r, nil
}

// latest is the newest entry of a subject.
type latest struct {
	seq    Seq
	record Digest
	seen   bool
}

// lasts are the newest entries of all subjects of each kind. Subjects are kept
// as the beginning of their hash; a name is read again when it is needed.
type lasts map[string]map[[16]byte]*latest

func short(subject string) [16]byte {
	sum := sha256.Sum256([]byte(subject))
	return [16]byte(sum[:16])
}

const batch = 2048

// batchFrom returns the next entries from a position on that are there.
func batchFrom(tx *db.Tx, from, n int64) ([]Entry, error) {
	return db.All(tx, scanEntry, entriesFrom+` LIMIT $3`, from, n, batch)
}

// tree reads all entries in order, computes each leaf and the whole tree from
// them and compares what is stored with it. Where an entry is missing the tree
// ends; the entries after it are checked one by one.
func (a Audit) tree(tx *db.Tx, n int64, r *Report) (lasts, error) {
	signed, err := a.checkpoints(tx, n, r)
	if err != nil {
		return nil, err
	}
	last := lasts{}
	var roots []subtree
	tiles := map[int][]tlog.Hash{} // roots of full tiles, by level from 1
	whole := true
	gap := func(from, to int64) {
		if from < to {
			r.find(EntryMissing, "", Seq(from), sayEntryMissing, from, to-from)
			whole = false
		}
	}
	signed.passed(0, roots)
	next := int64(0)
	for next < n {
		entries, err := batchFrom(tx, next, n)
		if err != nil {
			return nil, err
		}
		if len(entries) == 0 {
			break
		}
		for _, e := range entries {
			gap(next, int64(e.Seq))
			next = int64(e.Seq) + 1
			r.Entries++
			last.note(e)
			if tlog.RecordHash(e.Leaf()) != e.Hash {
				r.find(EntryEdited, e.Subject, e.Seq, sayEntryEdited, e.Seq, e.Subject)
			}
			if whole {
				// The tree grows from the stored hash, so that one edited entry is
				// one finding; if the hash was edited with it, the tree will tell.
				roots = grow(roots, e.Hash, collect(tiles))
				signed.passed(next, roots)
			}
		}
		a.Progress("entries", next, n)
	}
	gap(next, n)
	r.Size, r.Checkpoints = n, signed.count
	if whole {
		r.Root = rootOf(roots).String()
	}
	if signed.wrong > 0 {
		r.find(CheckpointWrong, "", 0, sayCheckpointWrong, signed.first, signed.wrong-1)
	}
	if err := extraEntries(tx, n, r); err != nil {
		return nil, err
	}
	return last, compareHashes(tx, tiles, whole, r)
}

// collect keeps the roots of full tiles.
func collect(tiles map[int][]tlog.Hash) func(level int, h tlog.Hash) {
	return func(level int, h tlog.Hash) {
		if level > 0 && level%tileHeight == 0 {
			tiles[level/tileHeight] = append(tiles[level/tileHeight], h)
		}
	}
}

func (l lasts) note(e Entry) {
	prefix := Prefix(e.Subject)
	of := l[prefix]
	if of == nil {
		of = map[[16]byte]*latest{}
		l[prefix] = of
	}
	key := short(e.Subject)
	if of[key] == nil {
		of[key] = &latest{}
	}
	of[key].seq, of[key].record = e.Seq, e.Record
}

// extraEntries finds rows beyond the counted end or before the beginning.
func extraEntries(tx *db.Tx, n int64, r *Report) error {
	return db.Each(tx, func(row db.Row) error {
		var seq int64
		if err := row.Scan(&seq); err != nil {
			return err
		}
		r.find(EntryExtra, "", Seq(seq), sayEntryExtra, seq, n)
		return nil
	}, `SELECT seq FROM ledger_entry WHERE seq >= $1 OR seq < 0 ORDER BY seq`, n)
}

// compareHashes compares the stored roots of tiles with the computed ones, all
// or, when the tree is not whole, as many as were computed.
func compareHashes(tx *db.Tx, tiles map[int][]tlog.Hash, whole bool, r *Report) error {
	next := map[int]int64{}
	wrong := func(level int, n int64) { r.find(HashEdited, "", 0, sayHashEdited, level, n) }
	err := db.Each(tx, func(row db.Row) error {
		var level int
		var n int64
		var raw []byte
		if err := row.Scan(&level, &n, &raw); err != nil {
			return err
		}
		for ; next[level] < n && next[level] < int64(len(tiles[level])); next[level]++ {
			wrong(level, next[level])
		}
		switch known := n >= 0 && n < int64(len(tiles[level])); {
		case known && !bytes.Equal(raw, tiles[level][n][:]), !known && whole:
			wrong(level, n)
		}
		next[level] = n + 1
		return nil
	}, `SELECT level, n, hash FROM ledger_hash ORDER BY level, n`)
	if err != nil {
		return err
	}
	for level := 1; level < tileHeight; level++ {
		for ; next[level] < int64(len(tiles[level])); next[level]++ {
			wrong(level, next[level])
		}
	}
	return nil
}

// records compares the records of one keeper with their last entries.
func (a Audit) records(tx *db.Tx, k Keeper, last map[[16]byte]*latest, r *Report) error {
	done := int64(0)
	err := k.Each(tx, func(subject string, d Digest) error {
		if !strings.HasPrefix(subject, k.Prefix+"/") {
			return fmt.Errorf("ledger: the keeper of %s names %q", k.Prefix, subject)
		}
		if done++; done%batch == 0 {
			a.Progress(k.Prefix, done, int64(len(last)))
		}
		r.Records[k.Prefix]++
		switch l := last[short(subject)]; {
		case l == nil:
			r.find(RowUnknown, subject, 0, sayRowUnknown, subject)
		case l.record == Gone:
			l.seen = true
			r.find(RowUnknown, subject, l.seq, sayRowBack, subject, l.seq)
		default:
			l.seen = true
			if l.record != d {
				r.find(RowChanged, subject, l.seq, sayRowChanged, subject, l.seq)
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("ledger: records of %s: %w", k.Prefix, err)
	}
	var gone []Seq
	for _, l := range last {
		if !l.seen && l.record != Gone {
			gone = append(gone, l.seq)
		}
	}
	return vanished(tx, gone, r)
}

// vanished names the subjects of entries whose rows are not there.
func vanished(tx *db.Tx, seqs []Seq, r *Report) error {
	slices.Sort(seqs)
	for _, seq := range seqs {
		e, err := Get(tx, seq)
		if err != nil {
			return err
		}
		r.find(RowVanished, e.Subject, seq, sayRowVanished, e.Subject, seq)
	}
	return nil
}

// heads are signed heads in order of size, to be compared with the tree as it
// grows.
type heads struct {
	list  []Head
	count int
	wrong int   // how many do not fit the entries
	first int64 // size of the first of them
}

// checkpoints reads the remembered heads and those known from outside, and
// reports the ones that are beyond the end or not properly signed.
func (a Audit) checkpoints(tx *db.Tx, n int64, r *Report) (*heads, error) {
	h := &heads{}
	add := func(size int64, text string) {
		h.count++
		head, err := a.open(text)
		switch {
		case err != nil || size >= 0 && head.Size != size:
			r.find(CheckpointWrong, "", 0, sayCheckpointBad, max(size, 0))
		case head.Size > n:
			r.find(LogTruncated, "", Seq(n), sayTruncated, head.Size, n)
		default:
			h.list = append(h.list, head)
		}
	}
	err := db.Each(tx, func(row db.Row) error {
		var size int64
		var text string
		if err := row.Scan(&size, &text); err != nil {
			return err
		}
		add(size, text)
		return nil
	}, `SELECT size, note FROM ledger_checkpoint ORDER BY size`)
	for _, text := range a.Known {
		add(-1, string(text))
	}
	slices.SortStableFunc(h.list, func(a, b Head) int { return cmp.Compare(a.Size, b.Size) })
	return h, err
}

// open reads a checkpoint, and checks its signature if a verifier is known.
func (a Audit) open(text string) (Head, error) {
	if a.Verifier.v != nil {
		return OpenCheckpoint([]byte(text), a.Verifier)
	}
	body, _, ok := strings.Cut(text, "\n\n")
	if !ok {
		return Head{}, errors.New("no signature")
	}
	_, head, err := parseHead(body + "\n")
	return head, err
}

// passed compares the heads signed for n entries with the tree of n entries.
func (h *heads) passed(n int64, roots []subtree) {
	for len(h.list) > 0 && h.list[0].Size == n {
		if h.list[0].Root != rootOf(roots) {
			if h.wrong++; h.wrong == 1 {
				h.first = n
			}
		}
		h.list = h.list[1:]
	}
}
