package ledger

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"gongkai/internal/db"
)

// Export writes a copy of the log to dir in the layout of C2SP tlog-tiles, with
// a checkpoint and the verifier of the key: a folder that any web server can
// serve and that tools of others can check. What lies there from an earlier
// export is kept, since full tiles never change; the checkpoint is replaced
// last, so the copy is complete for its checkpoint at every moment. It returns
// the head that was exported.
func (l *Log) Export(ctx context.Context, dir string, progress func(done, total int64)) (Head, error) {
	if progress == nil {
		progress = func(int64, int64) {}
	}
	text, err := l.Checkpoint(ctx)
	if err != nil {
		return Head{}, err
	}
	v, err := ParseVerifier(l.key.Verifier())
	if err != nil {
		return Head{}, err
	}
	head, err := OpenCheckpoint(text, v)
	if err != nil {
		return Head{}, err
	}
	err = l.db.Read(ctx, func(tx *db.Tx) error {
		var err error
		done := int64(0)
		TilesOf(head.Size, func(p TilePath) bool {
			err = exportTile(tx, dir, p)
			if p.Level == EntriesLevel {
				done += int64(p.Width)
				progress(done, head.Size)
			}
			return err == nil
		})
		return err
	})
	if err != nil {
		return Head{}, err
	}
	return head, errors.Join(
		place(filepath.Join(dir, VerifierFile), []byte(l.key.Verifier()+"\n")),
		place(filepath.Join(dir, "checkpoint"), text))
}

func exportTile(tx *db.Tx, dir string, p TilePath) error {
	path := filepath.Join(dir, filepath.FromSlash(p.String()))
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	data, err := p.Read(tx)
	if err != nil {
		return err
	}
	return place(path, data)
}

// place writes a file so that it is never seen in part.
func place(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("ledger: export: %w", err)
	}
	part := path + ".part"
	if err := os.WriteFile(part, data, 0o644); err != nil {
		return fmt.Errorf("ledger: export: %w", err)
	}
	if err := os.Rename(part, path); err != nil {
		return fmt.Errorf("ledger: export: %w", err)
	}
	return nil
}
