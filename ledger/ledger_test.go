package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"gongkai/internal/db"
	"gongkai/internal/db/dbtest"
	"gongkai/internal/fault"
	"gongkai/ledger"
)

// clerk acts in the tests.
type clerk struct{ id, unit string }

func (c clerk) LedgerWho() string  { return c.id }
func (c clerk) LedgerUnit() string { return c.unit }

var li = clerk{"p-li", "mj-fgj"}

// act appends n acts on subjects item/0, item/1, … in a transaction each.
func act(t testing.TB, d *db.DB, n int) {
	t.Helper()
	for i := range n {
		if _, err := appendOne(d, fmt.Sprintf("item/%d", i)); err != nil {
			t.Fatal(err)
		}
	}
}

func appendOne(d *db.DB, subject string) (ledger.Seq, error) {
	var seq ledger.Seq
	err := d.Write(context.Background(), func(tx *db.Tx) (err error) {
		seq, err = ledger.Append(tx, li, "publication.publish", subject, ledger.DigestOf(subject), map[string]any{"title": "关于" + subject})
		return err
	})
	return seq, err
}

func TestTheFirstActHasPositionOne(t *testing.T) {
	dbtest.Each(t, ledger.Schema, func(t *testing.T, d *db.DB) {
		for want := ledger.Seq(1); want < 4; want++ {
			got, err := appendOne(d, "item/a")
			if err != nil || got != want {
				t.Fatalf("Append = %d, %v, want %d", got, err, want)
			}
		}
	})
}

func TestARefusedActLeavesNoEntry(t *testing.T) {
	dbtest.Each(t, ledger.Schema, func(t *testing.T, d *db.DB) {
		act(t, d, 2)
		refused := errors.New("refused")
		err := d.Write(t.Context(), func(tx *db.Tx) error {
			if _, err := ledger.Append(tx, li, "publication.publish", "item/x", ledger.DigestOf(1), nil); err != nil {
				return err
			}
			return refused
		})
		if !errors.Is(err, refused) {
			t.Fatalf("Write = %v, want %v", err, refused)
		}
		err = d.Read(t.Context(), func(tx *db.Tx) error {
			if _, err := ledger.Last(tx, "item/x"); !errors.Is(err, fault.NotFound) {
				t.Errorf("Last(item/x) = %v, want NotFound", err)
			}
			h, err := ledger.HeadOf(tx)
			if h.Size != 3 {
				t.Errorf("size = %d, want 3", h.Size)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
