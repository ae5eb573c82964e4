package inspection

import (
	"gongkai/identity"
	"gongkai/inspection/rule"
	"gongkai/internal/db"
	"gongkai/ledger"
	"gongkai/org"
)

// A Piece is one subject's content as it is inspected.
type Piece struct {
	Subject string        // as in the ledger: "item/ID"
	Unit    org.ID        // whose it is and who must mend it
	Title   string        // for lists
	Address string        // where people read it, "/item/…"; "" while nobody can
	Digest  ledger.Digest // of exactly this content
	Public  bool          // it is what the public sees, no draft
	Authors []identity.ID // who wrote on it; none of them signs an exception for it
	File    *rule.File    // its parts; each has a name of its own
	Unread  []string      // Chinese: what of it could not be read
}

// Listed is one line of what a source has published.
type Listed struct {
	Subject string
	Unit    org.ID
	Digest  ledger.Digest
}

// A Source has texts to inspect. The pillars that publish something offer one;
// inspection knows none of them.
type Source interface {
	// Prefix is what the subjects begin with: "item" for "item/ID".
	Prefix() string
	// Published lists what the public sees, by subject, from the one after the given
	// subject on, at most n. It is cheap: texts are not read.
	Published(tx *db.Tx, after string, n int) ([]Listed, error)
	// Shown is the content the public sees. It fails with NotFound when there is none.
	Shown(tx *db.Tx, subject string) (Piece, error)
	// Current is the content that is being worked on, or else the one the public sees.
	// It fails with NotFound when there is neither.
	Current(tx *db.Tx, subject string) (Piece, error)
}
