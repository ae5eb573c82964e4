package publication

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"gongkai/document"
	"gongkai/identity"
	"gongkai/inspection"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/ledger"
	"gongkai/org"
	"gongkai/review"
	"gongkai/workday"
)

// Texts gives the plain text of a kept file, "" when it has none. document.Files
// satisfies it.
type Texts interface {
	TextOf(tx *db.Tx, digest string) (string, error)
}

// Inspector inspects what a subject holds now and keeps the report, which review
// asks for. inspection.Inspections satisfies it.
type Inspector interface {
	Check(ctx context.Context, by identity.Actor, subject string) (inspection.Report, error)
}

// Items is the holder of all information.
type Items struct {
	db        *db.DB
	texts     Texts
	inspector Inspector
}

// New returns the items kept in d. texts gives the text of attachments for the
// index.
func New(d *db.DB, texts Texts) *Items { return &Items{db: d, texts: texts} }

// InspectWith has items inspected when they are handed in. It is called while the
// program is put together. Without it nothing can be handed in that review wants
// inspected.
func (is *Items) InspectWith(i Inspector) { is.inspector = i }

// inspect has an item inspected before an act that needs the report. A refusal is
// left to the act, which says it better or refuses for want of the report.
func (is *Items) inspect(ctx context.Context, by identity.Actor, id ItemID) error {
	if is.inspector == nil {
		return nil
	}
	if _, err := is.inspector.Check(ctx, by, id.Subject()); err != nil && fault.KindOf(err) == "" {
		return err
	}
	return nil
}

// Create begins a new item with a first working copy. It fails with Forbidden
// without identity.PublicationDraft in the unit and NotFound for an unknown one.
func (is *Items) Create(ctx context.Context, by identity.Actor, unit org.ID, c Content) (id ItemID, err error) {
	err = is.db.Write(ctx, func(tx *db.Tx) error {
		id, err = is.create(tx, by, unit, c)
		return err
	})
	return id, err
}

func (is *Items) create(tx *db.Tx, by identity.Actor, unit org.ID, c Content) (ItemID, error) {
	if err := by.Check(identity.PublicationDraft, unit); err != nil {
		return "", err
	}
	tree, err := org.Load(tx)
	if err != nil {
		return "", err
	}
	if _, err := tree.Get(unit); err != nil {
		return "", err
	}
	if c.Openness.Clause == review.Secret {
		return "", c.Openness.Check()
	}
	c = c.Tidy()
	id := ItemID(tx.NewID())
	row := Row{ID: id, Unit: unit, Work: Draft, Face: Unseen, Touched: tx.Now, Creator: author(by)}
	row.show(c)
	if err := saveRow(tx, row); err != nil {
		return "", err
	}
	if err := insertCopy(tx, id, Copy{Content: c, Rev: 1, By: author(by), At: tx.Now, Authors: []identity.ID{author(by)}}); err != nil {
		return "", err
	}
	return id, is.enter(tx, by, "publication.draft", row, nil)
}

// author is the actor as one who writes: the program itself, when it imports,
// is named as in the ledger.
func author(by identity.Actor) identity.ID { return identity.ID(by.LedgerWho()) }

// enter adds an act on an item to the ledger, with the digest of all its rows.
func (is *Items) enter(tx *db.Tx, by ledger.Who, act string, row Row, public map[string]any) error {
	d, err := recordOf(tx, row.ID)
	if err != nil {
		return err
	}
	if public == nil {
		public = map[string]any{}
	}
	if row.IndexNo != "" {
		public["index"] = row.IndexNo
	}
	_, err = ledger.Append(tx, by, act, row.ID.Subject(), d, public)
	return err
}

// Save keeps what somebody typed as the new working copy and returns its number.
// rev is the number it builds on. It fails with Conflict when somebody saved in
// between or the item is in review; then nothing is overwritten.
func (is *Items) Save(ctx context.Context, by identity.Actor, id ItemID, rev int, c Content, p Plan) (next int, err error) {
	err = is.db.Touch(ctx, func(tx *db.Tx) error {
		_, copy, err := is.editable(tx, by, id)
		if err != nil {
			return err
		}
		if c.Openness.Clause == review.Secret {
			return c.Openness.Check()
		}
		if copy.Rev != rev {
			return moved(copy)
		}
		next, err = is.saveCopy(tx, by, id, copy, c, p)
		return err
	})
	return next, err
}

func (is *Items) saveCopy(tx *db.Tx, by identity.Actor, id ItemID, old Copy, c Content, p Plan) (int, error) {
	p.By, p.Unit = author(by), by.Unit
	authors := old.Authors
	if !slices.Contains(authors, author(by)) {
		authors = append(slices.Clone(authors), author(by))
	}
	ok, err := updateCopy(tx, id, Copy{Content: c.Tidy(), Rev: old.Rev, By: author(by), At: tx.Now, Authors: authors, Plan: p})
	if err != nil {
		return 0, err
	}
	if !ok {
		return 0, moved(old)
	}
	return old.Rev + 1, nil
}

func moved(c Copy) error {
	return fault.Say(fault.Conflict, sayDraftMoved, c.At.In(workday.Beijing).Format("15:04:05"), c.Rev)
}

// editable loads an item and its working copy for somebody who may write in it.
func (is *Items) editable(tx *db.Tx, by identity.Actor, id ItemID) (Row, Copy, error) {
	row, err := Get(tx, id)
	if err != nil {
		return row, Copy{}, err
	}
	if err := by.Check(identity.PublicationDraft, row.Unit); err != nil {
		return row, Copy{}, err
	}
	if row.Face == Discarded {
		return row, Copy{}, fault.Say(fault.Conflict, sayDiscarded)
	}
	switch row.Work {
	case InReview, Ready, Scheduled:
		return row, Copy{}, fault.Say(fault.Conflict, sayDraftInReview)
	case NoWork:
		return row, Copy{}, fault.Say(fault.Conflict, sayNoWork)
	}
	c, err := CopyOf(tx, id)
	return row, c, err
}

// Keep keeps the working copy as a version that can be compared later. Nothing
// happens when it equals the newest one. It fails like [Items.Save].
func (is *Items) Keep(ctx context.Context, by identity.Actor, id ItemID, rev int, note string) (n int, err error) {
	err = is.db.Write(ctx, func(tx *db.Tx) error {
		row, copy, err := is.editable(tx, by, id)
		if err != nil {
			return err
		}
		if copy.Rev != rev {
			return moved(copy)
		}
		before := row.Version
		if err := is.keep(tx, by, &row, copy, note); err != nil {
			return err
		}
		n = row.Version
		if n == before {
			return nil
		}
		return is.enter(tx, by, "publication.keep", row, map[string]any{"version": n})
	})
	return n, err
}

// keep adds the working copy as a version if it differs from the newest one.
func (is *Items) keep(tx *db.Tx, by identity.Actor, row *Row, c Copy, note string) error {
	d := c.Content.Digest()
	if row.Version > 0 {
		last, err := VersionOf(tx, row.ID, row.Version)
		if err != nil {
			return err
		}
		if last.Digest == d {
			return nil
		}
	}
	row.Version++
	row.Touched = tx.Now
	if row.Shown == 0 {
		row.show(c.Content)
	}
	if err := insertVersion(tx, Version{Item: row.ID, N: row.Version, Content: c.Content, Digest: d, By: author(by), At: tx.Now, Note: note}); err != nil {
		return err
	}
	return saveRow(tx, *row)
}

// Submit hands the working copy in for review, as a new version with its
// 索引号, after it has been inspected. It fails with Invalid while something it
// needs is missing, and with Conflict when somebody saved in between or something in
// it must not be published.
func (is *Items) Submit(ctx context.Context, by identity.Actor, id ItemID, rev int) (s review.Submission, err error) {
	if err := is.inspect(ctx, by, id); err != nil {
		return s, err
	}
	err = is.db.Write(ctx, func(tx *db.Tx) error {
		row, copy, err := is.editable(tx, by, id)
		if err != nil {
			return err
		}
		if copy.Rev != rev {
			return moved(copy)
		}
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		unit, err := tree.Get(row.Unit)
		if err != nil {
			return err
		}
		if err := complete(copy.Content, unit); err != nil {
			return err
		}
		if p := copy.Plan; p.When == AtTime {
			if err := checkTime(p.At, tx.Now); err != nil {
				return err
			}
		}
		if err := checkRelations(tx, id, copy.Content.Relations); err != nil {
			return err
		}
		// The row of the copy is taken first, so that a save at this instant
		// waits and then finds that it is too late.
		if _, err := is.saveCopy(tx, by, id, copy, copy.Content, copy.Plan); err != nil {
			return err
		}
		if row.IndexNo == "" {
			if row.IndexNo, err = nextIndexNo(tx, tree, unit, copy.Content.Column, workday.Today(tx.Now)); err != nil {
				return err
			}
		}
		if err := is.keep(tx, by, &row, copy, "送审"); err != nil {
			return err
		}
		row.Work, row.Touched = InReview, tx.Now
		if err := saveRow(tx, row); err != nil {
			return err
		}
		s, err = review.Submit(tx, by, review.Request{
			Subject: id.Subject(), Unit: row.Unit, Kind: string(copy.Content.Kind), Title: copy.Content.Title,
			Digest: copy.Content.Digest(), Openness: copy.Content.Openness, Authors: people(copy.Authors),
		})
		if err != nil {
			return err
		}
		return is.enter(tx, by, "publication.submit", row, map[string]any{"version": row.Version, "content": s.Digest.String()})
	})
	return s, err
}

// people leaves the program itself out of a list of authors.
func people(ids []identity.ID) []identity.ID {
	return slices.DeleteFunc(slices.Clone(ids), func(id identity.ID) bool { return strings.HasPrefix(string(id), "system:") })
}

// complete refuses content that lacks something it cannot go without.
func complete(c Content, u org.Unit) error {
	var ps []fault.Problem
	for _, m := range c.Lacks(u, document.Text(c.Body)) {
		if m.Hard {
			ps = append(ps, fault.Problem{Field: m.Field, Say: m.Say})
		}
	}
	if err := c.Openness.Check(); err != nil && c.Openness.Attribute != "" {
		ps = append(ps, fault.Fields(err)...)
	}
	return fault.Problems(ps...)
}

func nextIndexNo(tx *db.Tx, tree *org.Tree, u org.Unit, c Column, day workday.Date) (IndexNo, error) {
	t := IndexTemplate(tree.Inherited(u.ID, func(u org.Unit) string { return u.IndexTemplate }))
	if t == "" {
		t = DefaultIndexTemplate
	}
	if err := t.Check(); err != nil {
		return "", err
	}
	prefix, err := t.prefix(u, c, day)
	if err != nil {
		return "", err
	}
	n, err := db.Value[int](tx, nextSerial, prefix)
	if err != nil {
		return "", err
	}
	return IndexNo(prefix + zeros(n, t.width())), nil
}

// Recall takes a submission or a clearance back, so that the text can be
// changed. It fails with Conflict when there is nothing to take back.
func (is *Items) Recall(ctx context.Context, by identity.Actor, id ItemID) error {
	return is.db.Write(ctx, func(tx *db.Tx) error {
		row, err := Get(tx, id)
		if err != nil {
			return err
		}
		if err := by.Check(identity.PublicationDraft, row.Unit); err != nil {
			return err
		}
		if err := review.Recall(tx, by, id.Subject()); err != nil {
			return err
		}
		if err := is.backToDraft(tx, &row); err != nil {
			return err
		}
		return is.enter(tx, by, "publication.recall", row, nil)
	})
}

func (is *Items) backToDraft(tx *db.Tx, row *Row) error {
	if row.Work == Scheduled {
		if err := unschedule(tx, row.ID); err != nil {
			return err
		}
	}
	row.Work, row.PublishAt, row.Touched = Draft, time.Time{}, tx.Now
	return saveRow(tx, *row)
}

// Revise begins to edit an item that is public, kept or withdrawn, from the
// newest version. It fails with Conflict when somebody is at it already.
func (is *Items) Revise(ctx context.Context, by identity.Actor, id ItemID) error {
	return is.db.Write(ctx, func(tx *db.Tx) error {
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
		if row.Work != NoWork {
			return fault.Say(fault.Conflict, sayWorkOpen)
		}
		v, err := VersionOf(tx, id, max(row.Shown, 1))
		if err != nil {
			return err
		}
		if err := insertCopy(tx, id, Copy{Content: v.Content, Rev: 1, By: author(by), At: tx.Now, Authors: []identity.ID{author(by)}}); err != nil {
			return err
		}
		row.Work, row.Touched = Draft, tx.Now
		if err := saveRow(tx, row); err != nil {
			return err
		}
		return is.enter(tx, by, "publication.revise", row, map[string]any{"from": v.N})
	})
}

// Discard throws the working copy away. An item that was never public goes with
// it, leaving its versions and its number behind. It fails with Conflict while
// the item is in review.
func (is *Items) Discard(ctx context.Context, by identity.Actor, id ItemID) error {
	return is.db.Write(ctx, func(tx *db.Tx) error {
		row, _, err := is.editable(tx, by, id)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(`DELETE FROM publication_copy WHERE item = $1`, id); err != nil {
			return err
		}
		row.Work, row.Touched = NoWork, tx.Now
		if row.Face == Unseen {
			row.Face = Discarded
		}
		if err := saveRow(tx, row); err != nil {
			return err
		}
		return is.enter(tx, by, "publication.discard", row, nil)
	})
}

// Restore takes an older version as the new working copy. It fails like
// [Items.Save].
func (is *Items) Restore(ctx context.Context, by identity.Actor, id ItemID, rev, n int) (next int, err error) {
	err = is.db.Write(ctx, func(tx *db.Tx) error {
		_, copy, err := is.editable(tx, by, id)
		if err != nil {
			return err
		}
		if copy.Rev != rev {
			return moved(copy)
		}
		v, err := VersionOf(tx, id, n)
		if err != nil {
			return err
		}
		next, err = is.saveCopy(tx, by, id, copy, v.Content, copy.Plan)
		return err
	})
	return next, err
}

var errNotCleared = errors.New("the newest version is not the cleared one")
