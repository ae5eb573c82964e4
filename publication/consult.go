package publication

import (
	"context"

	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/review/coordination"
)

// Consult asks an organ whose matters the text touches about exactly this text
// (article 11). A draft is kept as a version first, so that both look at the
// same; of what is in review it is the version under review. rev is the number
// of the working copy. It fails like [Items.Keep] and [coordination.Ask], and
// with Conflict when nothing is on its way to publication.
func (is *Items) Consult(ctx context.Context, by identity.Actor, id ItemID, rev int, q coordination.Request) (c coordination.Consultation, err error) {
	err = is.db.Write(ctx, func(tx *db.Tx) error {
		row, err := Get(tx, id)
		if err != nil {
			return err
		}
		if err := by.Check(identity.PublicationDraft, row.Unit); err != nil {
			return err
		}
		title := row.Title
		switch row.Work {
		case Draft:
			_, copy, err := is.editable(tx, by, id)
			if err != nil {
				return err
			}
			if copy.Rev != rev {
				return moved(copy)
			}
			before := row.Version
			if err := is.keep(tx, by, &row, copy, "征求意见"); err != nil {
				return err
			}
			if row.Version > before {
				if err := is.enter(tx, by, "publication.keep", row, map[string]any{"version": row.Version}); err != nil {
					return err
				}
			}
			title = copy.Content.Title
		case InReview:
		default:
			return fault.Say(fault.Conflict, sayNothingToAsk)
		}
		d, err := VersionDigest(tx, id, row.Version)
		if err != nil {
			return err
		}
		q.Subject, q.Unit, q.Title, q.Digest, q.Demanded = id.Subject(), row.Unit, title, d, false
		c, err = coordination.Ask(tx, by, q)
		return err
	})
	return c, err
}
