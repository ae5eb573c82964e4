package ledger

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"gongkai/internal/db"
	"gongkai/internal/fault"
)

// Log is the ledger with the key that speaks for it.
type Log struct {
	db  *db.DB
	key Key
}

// New joins the ledger in d with its key.
func New(d *db.DB, key Key) *Log { return &Log{d, key} }

// Key returns the key of the log.
func (l *Log) Key() Key { return l.key }

// Checkpoint returns the signed head of the log as it is now (签名树头), signing
// and remembering it when nobody has asked at this size before.
func (l *Log) Checkpoint(ctx context.Context) ([]byte, error) {
	var text string
	err := l.db.Read(ctx, func(tx *db.Tx) error {
		n, err := size(tx)
		if err != nil {
			return err
		}
		text, err = remembered(tx, n)
		return err
	})
	if errors.Is(err, fault.NotFound) {
		err = l.db.Write(ctx, func(tx *db.Tx) error {
			text, err = l.key.checkpoint(tx)
			return err
		})
	}
	if err != nil {
		return nil, fmt.Errorf("ledger: checkpoint: %w", err)
	}
	return []byte(text), nil
}

// checkpoint signs and remembers the head. The text may leave the house only
// once tx is committed.
func (k Key) checkpoint(tx *db.Tx) (string, error) {
	head, err := HeadOf(tx)
	if err != nil {
		return "", err
	}
	text, err := k.sign(head)
	if err != nil {
		return "", err
	}
	const remember = `
		INSERT INTO ledger_checkpoint (size, at, note) VALUES ($1, $2, $3)
		ON CONFLICT (size) DO NOTHING`
	if _, err := tx.Exec(remember, head.Size, db.Ms(tx.Now), text); err != nil {
		return "", err
	}
	return remembered(tx, head.Size)
}

func (k Key) sign(head Head) (string, error) {
	body := fmt.Sprintf("%s\n%d\n%s\n", k.Origin(), head.Size, head.Root)
	signed, err := note.Sign(&note.Note{Text: body}, k.signer)
	return string(signed), err
}

func remembered(tx *db.Tx, n int64) (string, error) {
	return db.Value[string](tx, `SELECT note FROM ledger_checkpoint WHERE size = $1`, n)
}

// OpenCheckpoint checks the signature on a checkpoint and returns its head. It
// fails with Invalid if the text is malformed or v did not sign it.
func OpenCheckpoint(text []byte, v Verifier) (Head, error) {
	n, err := note.Open(text, note.VerifierList(v.v))
	if err != nil {
		return Head{}, fault.Say(fault.Invalid, sayBadSignature)
	}
	origin, head, err := parseHead(n.Text)
	if err != nil || origin != v.v.Name() {
		return Head{}, fault.Say(fault.Invalid, sayBadNote)
	}
	return head, nil
}

// parseHead reads the signed part of a checkpoint.
func parseHead(text string) (origin string, h Head, err error) {
	lines := strings.Split(text, "\n")
	if len(lines) < 4 || lines[0] == "" || lines[len(lines)-1] != "" {
		return "", Head{}, fault.Say(fault.Invalid, sayBadNote)
	}
	h.Size, err = strconv.ParseInt(lines[1], 10, 64)
	if err != nil || h.Size < 0 || strconv.FormatInt(h.Size, 10) != lines[1] {
		return "", Head{}, fault.Say(fault.Invalid, sayBadNote)
	}
	if h.Root, err = tlog.ParseHash(lines[2]); err != nil || h.Root.String() != lines[2] {
		return "", Head{}, fault.Say(fault.Invalid, sayBadNote)
	}
	return lines[0], h, nil
}
