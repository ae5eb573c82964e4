package publication

import (
	"context"
	"strings"
	"unicode/utf8"

	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/jobs"
	"gongkai/ledger"
	"gongkai/workday"
)

// LapseJob notes once a day which documents began or ceased to hold, so that
// the index and the lists follow the calendar.
const LapseJob jobs.Kind = "publication.lapse"

// checkRelations refuses relations with what is not public, is no document, or
// is the item itself.
func checkRelations(tx *db.Tx, id ItemID, rs []Relation) error {
	for _, r := range rs {
		if r.To == id {
			return fault.Problems(fault.Problem{Field: "relations", Say: saySelf})
		}
		other, err := Get(tx, r.To)
		if fault.KindOf(err) == fault.NotFound || (err == nil && other.Shown == 0) {
			return fault.Problems(fault.Problem{Field: "relations", Say: sayNoTarget})
		}
		if err != nil {
			return err
		}
		if r.Kind != Interprets && !other.Document() {
			return fault.Problems(fault.Problem{Field: "relations", Say: sayNoPolicy})
		}
	}
	return nil
}

// relate writes the relations of a content that becomes public, in place of
// those of the version before it, and enters the change in the record of each
// item it bears on.
func (is *Items) relate(tx *db.Tx, by ledger.Who, row Row, rs []Relation) error {
	touched, act := map[ItemID]bool{}, map[ItemID]string{}
	old, err := db.All(tx, func(r db.Row) (id ItemID, err error) { return id, r.Scan(&id) },
		`SELECT to_item FROM publication_relation WHERE from_item = $1 AND origin = 'content' ORDER BY to_item, id`, row.ID)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(`DELETE FROM publication_relation WHERE from_item = $1 AND origin = 'content'`, row.ID); err != nil {
		return err
	}
	for _, id := range old {
		touched[id], act[id] = true, "publication.related"
	}
	for _, r := range rs {
		since := r.On
		if since.IsZero() {
			since = workday.Today(row.Published)
			if row.Effective.After(since) {
				since = row.Effective
			}
		}
		if err := addRelation(tx, r.Kind, row.ID, r.To, since, r.Note, "content"); err != nil {
			return err
		}
		if !touched[r.To] {
			touched[r.To], act[r.To] = true, "publication.interpreted"
			old = append(old, r.To)
		}
		if r.Kind != Interprets {
			act[r.To] = "publication.related"
		}
	}
	for i, id := range old {
		if i > 0 && old[i-1] == id {
			continue
		}
		if err := is.bear(tx, by, act[id], id, map[string]any{"by": row.ID.Subject()}); err != nil {
			return err
		}
	}
	return nil
}

const putRelation = `
	INSERT INTO publication_relation (id, kind, from_item, to_item, since, basis, origin, at)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`

func addRelation(tx *db.Tx, kind RelationKind, from, to ItemID, since workday.Date, basis, origin string) error {
	var f any
	if from != "" {
		f = string(from)
	}
	_, err := tx.Exec(putRelation, tx.NewID(), kind, f, to, since, basis, origin, db.Ms(tx.Now))
	return err
}

const lifeOf = `
	SELECT coalesce(min(CASE WHEN kind IN ('repeals', 'replaces') THEN since END), ''),
	       coalesce(min(CASE WHEN kind = 'amends' THEN since END), '')
	FROM publication_relation WHERE to_item = $1`

// bear computes anew what relations do to an item, and enters it.
func (is *Items) bear(tx *db.Tx, by ledger.Who, act string, id ItemID, public map[string]any) error {
	row, err := Get(tx, id)
	if err != nil {
		return err
	}
	life, err := db.One(tx, func(r db.Row) (l Life, err error) { return l, r.Scan(&l.RepealOn, &l.AmendOn) }, lifeOf, id)
	if err != nil {
		return err
	}
	row.RepealOn, row.AmendOn, row.Touched = life.RepealOn, life.AmendOn, tx.Now
	if err := saveRow(tx, row); err != nil {
		return err
	}
	if row.Face.Seen() {
		if err := is.indexAgain(tx, row); err != nil {
			return err
		}
	}
	if v := row.ValidityOn(workday.Today(tx.Now)); v != "" {
		public["validity"] = v
	}
	return is.enter(tx, by, act, row, public)
}

// Ruling is a repeal or amendment entered by hand, such as the result of a
// clean-up (清理) or a document that is not on this platform.
type Ruling struct {
	Kind  RelationKind // Repeals, Replaces or Amends
	From  ItemID       // the document that does it, "" when it is not here
	Basis string       // what it rests on, for everybody to read
	On    workday.Date // from when
}

// Rule enters a repeal or amendment of a public document. It fails with
// Forbidden without identity.PublicationValidity, Conflict for what is no public
// document, Invalid without basis or date.
func (is *Items) Rule(ctx context.Context, by identity.Actor, id ItemID, r Ruling) error {
	return is.db.Write(ctx, func(tx *db.Tx) error {
		row, err := is.document(tx, by, id)
		if err != nil {
			return err
		}
		r.Basis = strings.TrimSpace(r.Basis)
		var ps []fault.Problem
		if r.Kind != Repeals && r.Kind != Replaces && r.Kind != Amends {
			ps = append(ps, fault.Problem{Field: "kind", Say: sayNoPolicy})
		}
		if r.On.IsZero() {
			ps = append(ps, fault.Problem{Field: "on", Say: sayNoDate})
		}
		if utf8.RuneCountInString(r.Basis) < 4 && r.From == "" {
			ps = append(ps, fault.Problem{Field: "basis", Say: sayNoBasis})
		}
		if err := fault.Problems(ps...); err != nil {
			return err
		}
		if r.From != "" {
			if err := checkRelations(tx, id, []Relation{{Kind: r.Kind, To: r.From}}); err != nil {
				return err
			}
		}
		if err := addRelation(tx, r.Kind, r.From, row.ID, r.On, r.Basis, "hand"); err != nil {
			return err
		}
		return is.bear(tx, by, "publication."+verbOf(r.Kind), id, map[string]any{"on": r.On.String(), "basis": r.Basis})
	})
}

func verbOf(k RelationKind) string {
	if k == Amends {
		return "amend"
	}
	return "repeal"
}

// document loads a public document for somebody who may change its validity.
func (is *Items) document(tx *db.Tx, by identity.Actor, id ItemID) (Row, error) {
	row, err := Get(tx, id)
	if err != nil {
		return row, err
	}
	if err := by.Check(identity.PublicationValidity, row.Unit); err != nil {
		return row, err
	}
	if !row.Face.Seen() {
		return row, fault.Say(fault.Conflict, sayNotPublic)
	}
	if !row.Document() {
		return row, fault.Say(fault.Conflict, sayNoPolicy)
	}
	return row, nil
}

// Reinstate takes back what was entered by hand about a document, because it
// was a mistake. The ledger keeps both. It fails like [Items.Rule], and with
// Conflict when nothing was entered by hand.
func (is *Items) Reinstate(ctx context.Context, by identity.Actor, id ItemID, why string) error {
	return is.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := is.document(tx, by, id); err != nil {
			return err
		}
		if utf8.RuneCountInString(strings.TrimSpace(why)) < 4 {
			return fault.Problems(fault.Problem{Field: "why", Say: sayNoBasis})
		}
		n, err := tx.Exec(`DELETE FROM publication_relation WHERE to_item = $1 AND origin = 'hand'`, id)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.Say(fault.Conflict, sayNothingByHand)
		}
		return is.bear(tx, by, "publication.reinstate", id, map[string]any{"why": strings.TrimSpace(why)})
	})
}

const calendarTurns = `
	SELECT ` + itemColumns + `
	FROM publication_item
	WHERE face IN ('public', 'archived') AND kind IN ('policy', 'rule')
	  AND ((effective > $1 AND effective <= $2) OR (expires >= $1 AND expires < $2 AND expires <> '')
	    OR (repeal_on > $1 AND repeal_on <= $2) OR (amend_on > $1 AND amend_on <= $2))
	ORDER BY id`

const lastLapse = `SELECT coalesce(max(until), '') FROM publication_lapse`

// Lapse notes the documents whose validity the calendar has turned since it was
// last called: their index entries follow, and the change is entered. It is the
// handler of [LapseJob]; calling it again on the same day does nothing.
func (is *Items) Lapse(ctx context.Context) (n int, err error) {
	err = is.db.Write(ctx, func(tx *db.Tx) error {
		n = 0
		today := workday.Today(tx.Now)
		since, err := db.Value[workday.Date](tx, lastLapse)
		if err != nil {
			return err
		}
		if since == today {
			return nil
		}
		rows, err := db.All(tx, scanRow, calendarTurns, since, today)
		if err != nil {
			return err
		}
		for _, row := range rows {
			if row.ValidityOn(since) == row.ValidityOn(today) && !since.IsZero() {
				continue
			}
			if err := is.indexAgain(tx, row); err != nil {
				return err
			}
			if err := is.enter(tx, identity.System("calendar"), "publication.lapse", row, map[string]any{
				"validity": row.ValidityOn(today), "on": today.String()}); err != nil {
				return err
			}
			n++
		}
		_, err = tx.Exec(`INSERT INTO publication_lapse (until, n, at) VALUES ($1, $2, $3)`, today, n, db.Ms(tx.Now))
		return err
	})
	return n, err
}
