package publication

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"gongkai/document"
	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/jobs"
	"gongkai/ledger"
	"gongkai/org"
	"gongkai/review"
	"gongkai/search"
	"gongkai/workday"
)

// PublishJob publishes a cleared item at its time. Its key is the item.
const PublishJob jobs.Kind = "publication.publish"

func zeros(n, width int) string {
	s := strconv.Itoa(n)
	if len(s) < width {
		s = strings.Repeat("0", width-len(s)) + s
	}
	return s
}

// Publish makes exactly the content that clearance was given for public, now.
// It fails with Forbidden without identity.PublicationPublish or without a
// clearance of this item, with Conflict when the newest version is another one.
func (is *Items) Publish(ctx context.Context, by identity.Actor, id ItemID, c review.Clearance) error {
	return is.db.Write(ctx, func(tx *db.Tx) error {
		row, err := Get(tx, id)
		if err != nil {
			return err
		}
		if err := by.Check(identity.PublicationPublish, row.Unit); err != nil {
			return err
		}
		return is.publish(tx, by, row, c, tx.Now)
	})
}

// publish is the one way in which anything becomes public. at is when it did:
// tx.Now, but for what is moved in from elsewhere.
func (is *Items) publish(tx *db.Tx, by ledger.Who, row Row, c review.Clearance, at time.Time) error {
	if row.Work != Ready && row.Work != Scheduled {
		return fault.Say(fault.Conflict, sayNotCleared)
	}
	v, err := VersionOf(tx, row.ID, row.Version)
	if err != nil {
		return err
	}
	if err := review.Spend(tx, by, c, row.ID.Subject(), v.Digest); err != nil {
		return err
	}
	if v.Content.Digest() != v.Digest { // the row was changed by hand since it was signed
		return fmt.Errorf("publish %s: %w", row.ID, errNotCleared)
	}
	if v.Content.Openness.Attribute != review.Open {
		return fault.Say(fault.Forbidden, sayNotOpen)
	}
	if row.Work == Scheduled {
		if err := unschedule(tx, row.ID); err != nil {
			return err
		}
	}
	first := row.Published.IsZero()
	if first {
		row.Published = at
	}
	row.Changed, row.Touched = at, tx.Now
	row.Work, row.Face, row.Shown, row.PublishAt = NoWork, Public, row.Version, time.Time{}
	row.Why, row.GoneAt = "", time.Time{}
	row.show(v.Content)
	if err := saveRow(tx, row); err != nil {
		return err
	}
	if _, err := tx.Exec(`DELETE FROM publication_copy WHERE item = $1`, row.ID); err != nil {
		return err
	}
	plain := document.Text(v.Content.Body)
	if err := is.showFiles(tx, row.ID, v.Content, plain); err != nil {
		return err
	}
	if err := is.relate(tx, by, row, v.Content.Relations); err != nil {
		return err
	}
	if row, err = Get(tx, row.ID); err != nil {
		return err
	}
	if err := is.index(tx, row, v.Content, plain); err != nil {
		return err
	}
	act := "publication.publish"
	if !first {
		act = "publication.change"
	}
	return is.enter(tx, by, act, row, map[string]any{
		"title": row.Title, "version": row.Shown, "content": v.Digest.String(), "since": workday.Today(row.Published).String(),
	})
}

// showFiles writes down which files and which 文号 the public version shows.
func (is *Items) showFiles(tx *db.Tx, id ItemID, c Content, plain string) error {
	if _, err := tx.Exec(`DELETE FROM publication_file WHERE item = $1`, id); err != nil {
		return err
	}
	for digest, name := range shownFiles(c) {
		if _, err := tx.Exec(`INSERT INTO publication_file (item, digest, name) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, id, digest, name); err != nil {
			return err
		}
	}
	if _, err := tx.Exec(`DELETE FROM publication_citation WHERE item = $1`, id); err != nil {
		return err
	}
	for _, no := range c.Cites(plain) {
		if _, err := tx.Exec(`INSERT INTO publication_citation (item, doc_no) VALUES ($1, $2)`, id, no); err != nil {
			return err
		}
	}
	return nil
}

// index puts a public item into the search index.
func (is *Items) index(tx *db.Tx, row Row, c Content, plain string) error {
	tree, err := org.Load(tx)
	if err != nil {
		return err
	}
	doc, err := is.searchDoc(tx, tree, row, c, plain)
	if err != nil {
		return err
	}
	return search.Put(tx, doc)
}

// Schedule has a cleared item published at a time. It fails like Publish, and
// with Invalid for a time that has passed or is more than a year away.
func (is *Items) Schedule(ctx context.Context, by identity.Actor, id ItemID, at time.Time) error {
	return is.db.Write(ctx, func(tx *db.Tx) error {
		row, err := Get(tx, id)
		if err != nil {
			return err
		}
		if err := by.Check(identity.PublicationPublish, row.Unit); err != nil {
			return err
		}
		return is.schedule(tx, by, row, at)
	})
}

func checkTime(at, now time.Time) error {
	if !at.After(now) {
		return fault.Problems(fault.Problem{Field: "at", Say: sayPast})
	}
	if at.After(now.AddDate(1, 0, 0)) {
		return fault.Problems(fault.Problem{Field: "at", Say: sayFar})
	}
	return nil
}

func (is *Items) schedule(tx *db.Tx, by ledger.Who, row Row, at time.Time) error {
	if row.Work != Ready && row.Work != Scheduled {
		return fault.Say(fault.Conflict, sayNotCleared)
	}
	if row.Attribute != review.Open && row.Shown == 0 {
		return fault.Say(fault.Forbidden, sayNotOpen)
	}
	if err := checkTime(at, tx.Now); err != nil {
		return err
	}
	if _, err := review.ClearanceOf(tx, row.ID.Subject()); err != nil {
		return err
	}
	row.Work, row.PublishAt, row.Touched = Scheduled, at.UTC().Truncate(time.Millisecond), tx.Now
	if err := saveRow(tx, row); err != nil {
		return err
	}
	if err := jobs.Add(tx, PublishJob, string(row.ID), nil, at); err != nil {
		return err
	}
	return is.enter(tx, by, "publication.schedule", row, map[string]any{"at": row.PublishAt})
}

func unschedule(tx *db.Tx, id ItemID) error { return jobs.Cancel(tx, PublishJob, string(id)) }

// Unschedule takes a scheduled publication back; the clearance stays. It fails
// with Conflict when none is scheduled.
func (is *Items) Unschedule(ctx context.Context, by identity.Actor, id ItemID) error {
	return is.db.Write(ctx, func(tx *db.Tx) error {
		row, err := Get(tx, id)
		if err != nil {
			return err
		}
		if err := by.Check(identity.PublicationPublish, row.Unit); err != nil {
			return err
		}
		if row.Work != Scheduled {
			return fault.Say(fault.Conflict, sayNotScheduled)
		}
		if err := unschedule(tx, id); err != nil {
			return err
		}
		row.Work, row.PublishAt, row.Touched = Ready, time.Time{}, tx.Now
		if err := saveRow(tx, row); err != nil {
			return err
		}
		return is.enter(tx, by, "publication.unschedule", row, nil)
	})
}

// RunPublish is the handler of PublishJob: it publishes one scheduled item. An
// item that is no longer scheduled, or whose time has been moved, is left alone,
// so that running the job twice does no harm. The effect and the end of the job
// are one fact.
func (is *Items) RunPublish(ctx context.Context, j jobs.Job) error {
	return is.db.Write(ctx, func(tx *db.Tx) error {
		row, err := Get(tx, ItemID(j.Key))
		if err != nil {
			return err
		}
		if row.Work == Scheduled && !row.PublishAt.After(tx.Now) {
			c, err := review.ClearanceOf(tx, row.ID.Subject())
			if err != nil {
				return err
			}
			if err := is.publish(tx, identity.System("schedule"), row, c, tx.Now); err != nil {
				return err
			}
		}
		return j.Done(tx)
	})
}

// Cleared follows the last signature: the item is published at once or at its
// time if that was planned, kept if it is not to be open, and otherwise waits
// for whoever publishes. The clearing is entered under the last signer's name,
// what was planned under the planner's. It makes Items a review.Follower.
func (is *Items) Cleared(tx *db.Tx, by identity.Actor, c review.Clearance) error {
	row, err := Get(tx, ItemID(strings.TrimPrefix(c.Subject(), "item/")))
	if err != nil {
		return err
	}
	copy, err := CopyOf(tx, row.ID)
	if err != nil {
		return err
	}
	row.Work, row.Touched = Ready, tx.Now
	if err := saveRow(tx, row); err != nil {
		return err
	}
	if err := is.enter(tx, by, "publication.clear", row, map[string]any{"content": c.Digest().String()}); err != nil {
		return err
	}
	switch {
	case copy.Content.Openness.Attribute != review.Open:
		return is.keepClosed(tx, by, row, copy.Content, c)
	case copy.Plan.When == AtOnce, copy.Plan.When == AtTime && !copy.Plan.At.After(tx.Now):
		return is.publish(tx, planner{copy.Plan}, row, c, tx.Now)
	case copy.Plan.When == AtTime:
		return is.schedule(tx, planner{copy.Plan}, row, copy.Plan.At)
	}
	return nil
}

// Returned follows a return: the item is the writer's again.
func (is *Items) Returned(tx *db.Tx, by identity.Actor, subject string) error {
	row, err := Get(tx, ItemID(strings.TrimPrefix(subject, "item/")))
	if err != nil {
		return err
	}
	if err := is.backToDraft(tx, &row); err != nil {
		return err
	}
	return is.enter(tx, by, "publication.returned", row, nil)
}

// keepClosed ends the work on an item that is not published on one's own
// accord. If it was public, it is taken down with the attribute as the reason.
func (is *Items) keepClosed(tx *db.Tx, by ledger.Who, row Row, content Content, c review.Clearance) error {
	if err := review.Spend(tx, by, c, row.ID.Subject(), content.Digest()); err != nil {
		return err
	}
	if _, err := tx.Exec(`DELETE FROM publication_copy WHERE item = $1`, row.ID); err != nil {
		return err
	}
	row.Work, row.Touched = NoWork, tx.Now
	if row.Shown > 0 {
		clause, _ := review.ClauseOf(content.Openness.Clause)
		return is.takeDown(tx, by, row, "经审查，公开属性变更为"+content.Openness.Attribute.Name()+"（"+clause.Article+"）")
	}
	row.Face = Kept
	row.show(content)
	if err := saveRow(tx, row); err != nil {
		return err
	}
	return is.enter(tx, by, "publication.kept", row, map[string]any{"attribute": row.Attribute})
}

// Withdraw takes a public item down and leaves a tombstone with the reason,
// which everybody can read. It fails with Forbidden without
// identity.PublicationWithdraw, Invalid without a reason, Conflict when the item
// is not public.
func (is *Items) Withdraw(ctx context.Context, by identity.Actor, id ItemID, why string) error {
	return is.db.Write(ctx, func(tx *db.Tx) error {
		row, err := Get(tx, id)
		if err != nil {
			return err
		}
		if err := by.Check(identity.PublicationWithdraw, row.Unit); err != nil {
			return err
		}
		if !row.Face.Seen() {
			return fault.Say(fault.Conflict, sayNotPublic)
		}
		why = strings.TrimSpace(why)
		if utf8.RuneCountInString(why) < 6 {
			return fault.Problems(fault.Problem{Field: "why", Say: sayNoReasonTake})
		}
		return is.takeDown(tx, by, row, why)
	})
}

func (is *Items) takeDown(tx *db.Tx, by ledger.Who, row Row, why string) error {
	row.Face, row.Why, row.GoneAt, row.Touched = Withdrawn, why, tx.Now, tx.Now
	if err := saveRow(tx, row); err != nil {
		return err
	}
	for _, q := range []string{`DELETE FROM publication_file WHERE item = $1`, `DELETE FROM publication_citation WHERE item = $1`} {
		if _, err := tx.Exec(q, row.ID); err != nil {
			return err
		}
	}
	if err := search.Remove(tx, string(row.ID)); err != nil {
		return err
	}
	return is.enter(tx, by, "publication.withdraw", row, map[string]any{"why": why})
}
