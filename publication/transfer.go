package publication

import (
	"context"
	"strings"
	"time"

	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/ledger"
	"gongkai/org"
)

// Transfer is a handing-over of public information to an archive, library or
// service hall (移送, article 25).
type Transfer struct {
	ID       string      `json:"id"`
	Unit     org.ID      `json:"unit"`
	Receiver string      `json:"receiver"`
	Way      string      `json:"way"` // 纸质, 电子, 纸质和电子
	Note     string      `json:"note"`
	Archive  bool        `json:"archive"` // the items are archived with it
	By       identity.ID `json:"by"`
	At       time.Time   `json:"at"`
	Items    []ItemID    `json:"items"`
}

// Ways of handing over.
var transferWays = []string{"电子", "纸质", "纸质和电子"}

// TransferWays lists the ways of handing over.
func TransferWays() []string { return transferWays }

// HandOver records that public items of a unit were handed over. With Archive
// they are archived: they stay readable and are marked so. It fails with
// Forbidden without identity.PublicationPublish, Invalid without receiver, way
// or items, Conflict for an item that is not public or of another unit.
func (is *Items) HandOver(ctx context.Context, by identity.Actor, t Transfer) (id string, err error) {
	err = is.db.Write(ctx, func(tx *db.Tx) error {
		if err := by.Check(identity.PublicationPublish, t.Unit); err != nil {
			return err
		}
		t.Receiver, t.Note = strings.TrimSpace(t.Receiver), strings.TrimSpace(t.Note)
		var ps []fault.Problem
		if t.Receiver == "" {
			ps = append(ps, fault.Problem{Field: "receiver", Say: sayNoReceiver})
		}
		if !contains(transferWays, t.Way) {
			ps = append(ps, fault.Problem{Field: "way", Say: sayMaterial})
		}
		if len(t.Items) == 0 {
			ps = append(ps, fault.Problem{Field: "items", Say: sayNothingMoved})
		}
		if err := fault.Problems(ps...); err != nil {
			return err
		}
		t.ID, t.By, t.At = tx.NewID(), author(by), tx.Now
		if _, err := tx.Exec(`INSERT INTO publication_transfer (id, unit, receiver, way, note, archive, person, at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, t.ID, t.Unit, t.Receiver, t.Way, t.Note, db.Bool(t.Archive), t.By, db.Ms(t.At)); err != nil {
			return err
		}
		for _, item := range t.Items {
			row, err := Get(tx, item)
			if err != nil {
				return err
			}
			if !row.Face.Seen() || row.Unit != t.Unit {
				return fault.Say(fault.Conflict, sayNothingMoved)
			}
			if _, err := tx.Exec(`INSERT INTO publication_transfer_item (transfer, item) VALUES ($1, $2) ON CONFLICT DO NOTHING`, t.ID, item); err != nil {
				return err
			}
			if t.Archive && row.Face == Public {
				row.Face, row.Touched = Archived, tx.Now
				if err := saveRow(tx, row); err != nil {
					return err
				}
				if err := is.enter(tx, by, "publication.archive", row, map[string]any{"receiver": t.Receiver}); err != nil {
					return err
				}
			}
		}
		d, err := transferDigest(tx, t.ID)
		if err != nil {
			return err
		}
		id = t.ID
		_, err = ledger.Append(tx, by, "publication.transfer", "transfer/"+t.ID, d,
			map[string]any{"receiver": t.Receiver, "way": t.Way, "items": len(t.Items)})
		return err
	})
	return id, err
}

func contains(all []string, s string) bool {
	for _, v := range all {
		if v == s {
			return true
		}
	}
	return false
}

const transferColumns = `id, unit, receiver, way, note, archive, person, at`

func scanTransfer(r db.Row) (t Transfer, err error) {
	var archive, at int64
	err = r.Scan(&t.ID, &t.Unit, &t.Receiver, &t.Way, &t.Note, &archive, &t.By, &at)
	t.Archive, t.At = archive == 1, db.Time(at)
	return t, err
}

const transfersIn = `SELECT ` + transferColumns + ` FROM publication_transfer WHERE ` + org.InScope + ` ORDER BY at DESC, id DESC LIMIT $2`

// Transfers lists the latest n handings-over in a scope, without their items.
func Transfers(tx *db.Tx, scope org.Scope, n int) ([]Transfer, error) {
	return db.All(tx, scanTransfer, transfersIn, scope.Key(), n)
}

// TransferOf returns one handing-over with its items. It fails with NotFound.
func TransferOf(tx *db.Tx, id string) (Transfer, error) {
	t, err := db.One(tx, scanTransfer, `SELECT `+transferColumns+` FROM publication_transfer WHERE id = $1`, id)
	if err != nil {
		return t, err
	}
	t.Items, err = db.All(tx, func(r db.Row) (i ItemID, err error) { return i, r.Scan(&i) },
		`SELECT item FROM publication_transfer_item WHERE transfer = $1 ORDER BY item`, id)
	return t, err
}

const notHandedOver = `
	SELECT ` + itemColumns + `
	FROM publication_item i
	WHERE unit = $1 AND face = 'public' AND published >= $2 AND published < $3
	  AND NOT EXISTS (SELECT 1 FROM publication_transfer_item t WHERE t.item = i.id)
	ORDER BY published, id`

// NotHandedOver lists what a unit made public between two instants and has not
// handed over to anybody yet.
func NotHandedOver(tx *db.Tx, unit org.ID, from, to time.Time) ([]Row, error) {
	return db.All(tx, scanRow, notHandedOver, unit, db.Ms(from), db.Ms(to))
}

func transferDigest(tx *db.Tx, id string) (ledger.Digest, error) {
	t, err := TransferOf(tx, id)
	if err != nil {
		return ledger.Digest{}, err
	}
	return ledger.DigestOf(t), nil
}

// TransferKeeper lets ledger.Verify compare the handings-over.
var TransferKeeper = ledger.Keeper{Prefix: "transfer", Each: func(tx *db.Tx, yield func(string, ledger.Digest) error) error {
	ids, err := db.All(tx, func(r db.Row) (id string, err error) { return id, r.Scan(&id) }, `SELECT id FROM publication_transfer ORDER BY id`)
	if err != nil {
		return err
	}
	for _, id := range ids {
		d, err := transferDigest(tx, id)
		if err != nil {
			return err
		}
		if err := yield("transfer/"+id, d); err != nil {
			return err
		}
	}
	return nil
}}
