-- What a program shows to act for a person. Rows are never removed: they answer
-- which program could read what, and when.
CREATE TABLE identity_token (
	id      TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
	person  TEXT NOT NULL REFERENCES identity_person (id),
	token   BLOB NOT NULL UNIQUE, -- SHA-256
	title   TEXT NOT NULL CHECK (title <> ''), -- which program it is for
	rights  TEXT NOT NULL CHECK (rights <> ''), -- '|inspection.read|': never more than the person has
	giver   TEXT NOT NULL, -- as the ledger names it
	since   INTEGER NOT NULL,
	until   INTEGER NOT NULL,
	ended   INTEGER NOT NULL, -- when it was taken back, 0 while it was not
	seen    INTEGER NOT NULL, -- last use, to the hour, outside the record's digest
	CHECK (until > since)
) STRICT;

CREATE INDEX identity_token_person ON identity_token (person, since);
