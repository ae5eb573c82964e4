package ledger

import (
	"bytes"
	"context"
	"encoding/base64"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"gongkai/internal/db"
	"gongkai/internal/fault"
)

// Proof (存证证明) shows offline that an entry is in the log: the audit path from
// its leaf to the root of a signed checkpoint. Its text is C2SP tlog-proof; our
// files carry the leaf itself as extra data, so that one download is enough.
type Proof struct {
	Leaf       []byte // extra data: the canonical JSON of the entry; may be empty
	Seq        Seq
	Path       tlog.RecordProof
	Checkpoint []byte // signed note
}

// Prove returns the proof of an entry against a checkpoint of the log as it is
// now. It fails with NotFound if there is no such entry.
func (l *Log) Prove(ctx context.Context, seq Seq) (Proof, error) {
	checkpoint, err := l.Checkpoint(ctx)
	if err != nil {
		return Proof{}, err
	}
	text, _, _ := strings.Cut(string(checkpoint), "\n\n")
	_, head, err := parseHead(text + "\n")
	if err != nil {
		return Proof{}, err
	}
	p := Proof{Seq: seq, Checkpoint: checkpoint}
	err = l.db.Read(ctx, func(tx *db.Tx) error {
		e, err := Get(tx, seq)
		if err != nil {
			return err
		}
		p.Leaf = e.Leaf()
		p.Path, err = InclusionProof(tx, seq, head.Size)
		return err
	})
	return p, err
}

const proofForm = "c2sp.org/tlog-proof@v1"

// Marshal writes the proof as text.
func (p Proof) Marshal() []byte {
	var b bytes.Buffer
	b.WriteString(proofForm + "\n")
	if len(p.Leaf) > 0 {
		b.WriteString("extra " + base64.StdEncoding.EncodeToString(p.Leaf) + "\n")
	}
	b.WriteString("index " + strconv.FormatInt(int64(p.Seq), 10) + "\n")
	for _, h := range p.Path {
		b.WriteString(h.String() + "\n")
	}
	b.WriteString("\n")
	b.Write(p.Checkpoint)
	return b.Bytes()
}

// ParseProof reads the text of a proof. It fails with Invalid and says which
// line is wrong. What it returns is not checked yet: see [VerifyProof].
func ParseProof(text []byte) (Proof, error) {
	var p Proof
	rest := string(text)
	number := 0
	next := func() (string, bool) {
		line, after, ok := strings.Cut(rest, "\n")
		rest = after
		number++
		return line, ok
	}
	bad := func() (Proof, error) { return Proof{}, fault.Say(fault.Invalid, sayBadProof, number) }
	if line, ok := next(); !ok || line != proofForm {
		return bad()
	}
	line, ok := next()
	if extra, found := strings.CutPrefix(line, "extra "); found && ok {
		leaf, err := base64.StdEncoding.DecodeString(extra)
		if err != nil || len(leaf) == 0 || len(leaf) > maxLeaf || base64.StdEncoding.EncodeToString(leaf) != extra {
			return bad()
		}
		p.Leaf = leaf
		line, ok = next()
	}
	index, found := strings.CutPrefix(line, "index ")
	seq, err := strconv.ParseInt(index, 10, 64)
	if !ok || !found || err != nil || seq < 0 || strconv.FormatInt(seq, 10) != index {
		return bad()
	}
	p.Seq = Seq(seq)
	for {
		line, ok := next()
		if !ok || len(p.Path) > 63 {
			return bad()
		}
		if line == "" {
			break
		}
		h, err := tlog.ParseHash(line)
		if err != nil || h.String() != line {
			return bad()
		}
		p.Path = append(p.Path, h)
	}
	number++
	if rest == "" || len(rest) > 64<<10 {
		return bad()
	}
	p.Checkpoint = []byte(rest)
	return p, nil
}

// VerifyProof checks that the log whose public key is v holds leaf, by the text
// of a proof alone, and returns the head it was checked against. An empty leaf
// means the one in the proof. It fails with Invalid and says what is wrong.
func VerifyProof(proof, leaf []byte, v Verifier) (Head, error) {
	p, err := ParseProof(proof)
	if err != nil {
		return Head{}, err
	}
	if len(leaf) == 0 {
		leaf = p.Leaf
	}
	head, err := OpenCheckpoint(p.Checkpoint, v)
	if err != nil {
		return Head{}, err
	}
	if int64(p.Seq) >= head.Size {
		return Head{}, fault.Say(fault.Invalid, sayNotIncluded)
	}
	if tlog.CheckRecord(p.Path, head.Size, head.Root, int64(p.Seq), tlog.RecordHash(leaf)) != nil {
		return Head{}, fault.Say(fault.Invalid, sayNotIncluded)
	}
	return head, nil
}
