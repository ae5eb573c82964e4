package review

import (
	"encoding/json"

	"gongkai/internal/db"
	"gongkai/ledger"
)

// record is the digest over all rows of a submission.
func (s Submission) record() ledger.Digest {
	type sig struct {
		Level                           int
		Name, By, Unit, Opinion, Digest string
		Sign                            bool
		At                              int64
	}
	sigs := make([]sig, len(s.Signatures))
	for i, g := range s.Signatures {
		sigs[i] = sig{g.Level, g.Name, string(g.By), string(g.Unit), g.Opinion, g.Digest.String(), g.Sign, db.Ms(g.At)}
	}
	return ledger.DigestOf(map[string]any{
		"id": s.ID, "subject": s.Subject, "unit": s.Unit, "kind": s.Kind, "title": s.Title, "digest": s.Digest.String(),
		"openness": s.Openness, "authors": s.Authors, "proposer": s.Proposer, "levels": s.Levels, "level": s.Level,
		"state": s.State, "submitted": db.Ms(s.Submitted), "closed": db.Ms(s.Closed), "source": s.Source, "signatures": sigs,
	})
}

const everySubmission = `SELECT id FROM review_submission ORDER BY id`

// SubmissionKeeper lets ledger.Verify compare submissions and signatures.
var SubmissionKeeper = ledger.Keeper{Prefix: "submission", Each: func(tx *db.Tx, yield func(string, ledger.Digest) error) error {
	ids, err := db.All(tx, func(r db.Row) (id SubmissionID, err error) { return id, r.Scan(&id) }, everySubmission)
	if err != nil {
		return err
	}
	for _, id := range ids {
		s, err := load(tx, id)
		if err != nil {
			return err
		}
		if err := yield("submission/"+string(id), s.record()); err != nil {
			return err
		}
	}
	return nil
}}

// ChainKeeper lets ledger.Verify compare the chains.
var ChainKeeper = ledger.Keeper{Prefix: "chain", Each: func(tx *db.Tx, yield func(string, ledger.Digest) error) error {
	chains, err := Chains(tx)
	if err != nil {
		return err
	}
	for _, c := range chains {
		if err := yield(chainSubject(c), ledger.DigestOf(c)); err != nil {
			return err
		}
	}
	return nil
}}

func jsonText(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // only plain structs come here
	}
	return string(b)
}
