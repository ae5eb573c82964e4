package publication

import (
	"time"

	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/org"
)

// CreateIn is [Items.Create] as part of a larger act.
func (is *Items) CreateIn(tx *db.Tx, by identity.Actor, unit org.ID, c Content) (ItemID, error) {
	return is.create(tx, by, unit, c)
}

// ReplaceIn makes a content the working copy of an item as part of a larger act,
// beginning to edit it if nobody does. What was typed before is kept as a version.
// It fails like [Items.Save], and with Conflict while the item is in review.
func (is *Items) ReplaceIn(tx *db.Tx, by identity.Actor, id ItemID, c Content) error {
	row, err := Get(tx, id)
	if err != nil {
		return err
	}
	if err := by.Check(identity.PublicationDraft, row.Unit); err != nil {
		return err
	}
	if row.Face == Discarded {
		return fault.Say(fault.Conflict, sayDiscarded)
	}
	if row.Work == NoWork {
		if err := insertCopy(tx, id, Copy{Content: c.Tidy(), Rev: 1, By: author(by), At: tx.Now, Authors: []identity.ID{author(by)}}); err != nil {
			return err
		}
		row.Work, row.Touched, row.PublishAt = Draft, tx.Now, time.Time{}
		if err := saveRow(tx, row); err != nil {
			return err
		}
		return is.enter(tx, by, "publication.revise", row, map[string]any{"from": row.Shown})
	}
	row, old, err := is.editable(tx, by, id)
	if err != nil {
		return err
	}
	if err := is.keep(tx, by, &row, old, "生成新稿之前"); err != nil {
		return err
	}
	if _, err := is.saveCopy(tx, by, id, old, c, old.Plan); err != nil {
		return err
	}
	if row.Shown == 0 {
		row.show(c.Tidy())
	}
	row.Touched = tx.Now
	if err := saveRow(tx, row); err != nil {
		return err
	}
	return is.enter(tx, by, "publication.keep", row, map[string]any{"version": row.Version})
}
