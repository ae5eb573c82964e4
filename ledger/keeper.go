package ledger

import "gongkai/internal/db"

// Keeper (记录方) is a pillar that can compute the digest of each of its records
// from the rows of today, so that [Verify] can compare it with the entry of the
// last act on that record.
type Keeper struct {
	// Prefix is the kind of record: "item" keeps the subjects "item/…".
	Prefix string
	// Each calls yield once for every record that exists, in any order, with
	// the digest that the pillar would hand to [Append] today. It stops at the
	// first error of yield and returns it. yield does not use tx, so Each may
	// call it while it reads rows.
	Each func(tx *db.Tx, yield func(subject string, d Digest) error) error
}
