package coordination

import (
	"gongkai/internal/db"
	"gongkai/ledger"
)

// record is the digest over all rows of a consultation.
func (c Consultation) record() ledger.Digest {
	type word struct {
		Act, Opinion, Evidence, By, Unit string
		At                               int64
	}
	said := make([]word, len(c.Words))
	for i, w := range c.Words {
		said[i] = word{string(w.Act), w.Opinion, w.Evidence, string(w.By), string(w.Unit), db.Ms(w.At)}
	}
	return ledger.DigestOf(map[string]any{
		"id": c.ID, "subject": c.Subject, "unit": c.Unit, "organ": c.Organ, "outside": c.Outside, "title": c.Title,
		"digest": c.Digest.String(), "question": c.Question, "asker": c.Asker, "demanded": c.Demanded,
		"sent": db.Ms(c.Sent), "due": c.Due.String(), "state": c.State, "words": said,
	})
}

const everyConsultation = `SELECT id FROM review_consultation ORDER BY id`

// Keeper lets ledger.Verify compare consultations with the ledger.
var Keeper = ledger.Keeper{Prefix: "consultation", Each: func(tx *db.Tx, yield func(string, ledger.Digest) error) error {
	ids, err := db.All(tx, func(r db.Row) (id ID, err error) { return id, r.Scan(&id) }, everyConsultation)
	if err != nil {
		return err
	}
	for _, id := range ids {
		c, err := Get(tx, id)
		if err != nil {
			return err
		}
		if err := yield(id.Subject(), c.record()); err != nil {
			return err
		}
	}
	return nil
}}
