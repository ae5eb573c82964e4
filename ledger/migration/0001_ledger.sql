-- One row that counts the entries. Whoever appends updates it first and so holds
-- its lock until the commit: the order of entries is the order of commits.
CREATE TABLE ledger_head (
	one  INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
	size INTEGER NOT NULL CHECK (size >= 0)
) STRICT;

INSERT INTO ledger_head (one, size) VALUES (1, 0);

-- The entries, with the leaf hash of each: level 0 of the tree.
CREATE TABLE ledger_entry (
	seq     INTEGER NOT NULL PRIMARY KEY CHECK (seq >= 0),
	at      INTEGER NOT NULL,
	act     TEXT    NOT NULL,
	subject TEXT    NOT NULL,
	who     TEXT    NOT NULL,
	unit    TEXT    NOT NULL,
	record  BLOB    NOT NULL CHECK (length(record) = 32),
	public  TEXT    NOT NULL,
	hash    BLOB    NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE INDEX ledger_entry_subject ON ledger_entry (subject, seq);

-- The roots of full tiles: row (level, n) covers the 256^level entries from
-- n * 256^level on. Everything between is computed when it is asked for, so an
-- act writes one entry and, every 256th time, one hash.
CREATE TABLE ledger_hash (
	level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 7),
	n     INTEGER NOT NULL CHECK (n >= 0),
	hash  BLOB    NOT NULL CHECK (length(hash) = 32),
	PRIMARY KEY (level, n)
) STRICT;

-- Every signed tree head that left the house: one for a size.
CREATE TABLE ledger_checkpoint (
	size INTEGER NOT NULL PRIMARY KEY CHECK (size >= 0),
	at   INTEGER NOT NULL,
	note TEXT    NOT NULL
) STRICT;
