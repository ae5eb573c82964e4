package publication

import (
	"context"
	"strings"
	"time"

	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/org"
	"gongkai/review"
	"gongkai/workday"
)

// Moved is content moved in from where it was lawfully public before.
type Moved struct {
	Unit    org.ID
	Content Content
	Since   time.Time // when it became public there
	From    string    // where: an address, a gazette, a file
}

// Adopt publishes content that was public elsewhere, under the date it had
// there. Its clearance comes from review.Adopt: whoever moves it in answers for
// it, and the ledger says so. It fails with Forbidden without
// identity.PublicationImport, Invalid for incomplete content or a date ahead.
func (is *Items) Adopt(ctx context.Context, by identity.Actor, m Moved) (id ItemID, err error) {
	err = is.db.Write(ctx, func(tx *db.Tx) error {
		id, err = is.adopt(tx, by, m)
		return err
	})
	return id, err
}

func (is *Items) adopt(tx *db.Tx, by identity.Actor, m Moved) (ItemID, error) {
	if err := by.Check(identity.PublicationImport, m.Unit); err != nil {
		return "", err
	}
	if m.Since.IsZero() {
		return "", fault.Problems(fault.Problem{Field: "since", Say: saySourceNeeded})
	}
	if m.Since.After(tx.Now) {
		return "", fault.Problems(fault.Problem{Field: "since", Say: sayPublishedNow})
	}
	tree, err := org.Load(tx)
	if err != nil {
		return "", err
	}
	unit, err := tree.Get(m.Unit)
	if err != nil {
		return "", err
	}
	c := m.Content.Tidy()
	if err := complete(c, unit); err != nil {
		return "", err
	}
	id := ItemID(tx.NewID())
	if err := checkRelations(tx, id, c.Relations); err != nil {
		return "", err
	}
	row := Row{ID: id, Unit: m.Unit, Work: Ready, Face: Unseen, Touched: tx.Now, Version: 1, Creator: author(by)}
	row.show(c)
	if row.IndexNo, err = nextIndexNo(tx, tree, unit, c.Column, workday.Today(m.Since)); err != nil {
		return "", err
	}
	if err := saveRow(tx, row); err != nil {
		return "", err
	}
	d := c.Digest()
	if err := insertVersion(tx, Version{Item: id, N: 1, Content: c, Digest: d, By: author(by), At: tx.Now, Note: "导入：" + strings.TrimSpace(m.From)}); err != nil {
		return "", err
	}
	clearance, err := review.Adopt(tx, by, review.Request{
		Subject: id.Subject(), Unit: m.Unit, Kind: string(c.Kind), Title: c.Title, Digest: d, Openness: c.Openness,
	}, m.From)
	if err != nil {
		return "", err
	}
	return id, is.publish(tx, by, row, clearance, m.Since.UTC().Truncate(time.Millisecond))
}
