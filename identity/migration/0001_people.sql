-- Who works here. Nothing below the login is shown outside the console; the
-- ledger knows only the id.
CREATE TABLE identity_person (
	id            TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
	login         TEXT NOT NULL UNIQUE CHECK (login <> ''), -- for good, also after leaving: no login is used by two people
	name          TEXT NOT NULL CHECK (name <> ''),
	unit          TEXT NOT NULL REFERENCES org_unit (id),
	post          TEXT NOT NULL,
	phone         TEXT NOT NULL,
	state         TEXT NOT NULL CHECK (state IN ('new', 'active', 'locked', 'left')),
	remark        TEXT NOT NULL, -- why locked
	password      TEXT NOT NULL CHECK (password <> ''), -- argon2id with its parameters and salt
	password_at   INTEGER NOT NULL,
	password_once INTEGER NOT NULL CHECK (password_once IN (0, 1)),
	totp          BLOB, -- the sealed secret, NULL when there is no second factor
	created       INTEGER NOT NULL
) STRICT;

CREATE INDEX identity_person_unit ON identity_person (unit);

-- Passwords that may not come back.
CREATE TABLE identity_former (
	person TEXT NOT NULL REFERENCES identity_person (id),
	until  INTEGER NOT NULL,
	password TEXT NOT NULL,
	PRIMARY KEY (person, password)
) STRICT;

-- Single-use codes for who lost the phone: SHA-256 of 80 random bits.
CREATE TABLE identity_recovery (
	person TEXT NOT NULL REFERENCES identity_person (id),
	code   BLOB NOT NULL,
	used   INTEGER NOT NULL, -- when, 0 while it is good
	PRIMARY KEY (person, code)
) STRICT;

-- Who is what where, from when until when. Rows are never removed: they answer
-- who was in charge when.
CREATE TABLE identity_grant (
	person TEXT NOT NULL REFERENCES identity_person (id),
	role   TEXT NOT NULL CHECK (role <> ''),
	unit   TEXT NOT NULL REFERENCES org_unit (id),
	since  INTEGER NOT NULL,
	until  INTEGER, -- NULL: open
	giver  TEXT NOT NULL, -- as the ledger names it
	PRIMARY KEY (person, role, unit, since),
	CHECK (until IS NULL OR until >= since)
) STRICT;

CREATE INDEX identity_grant_role ON identity_grant (role, unit);

-- What changes at each sign-in and is no act: outside the record's digest.
CREATE TABLE identity_standing (
	person       TEXT NOT NULL PRIMARY KEY REFERENCES identity_person (id),
	failures     INTEGER NOT NULL,
	locked_until INTEGER NOT NULL,
	last_login   INTEGER NOT NULL,
	last_code    INTEGER NOT NULL, -- the latest TOTP step that was used: no code counts twice
	pending      BLOB -- a sealed secret that is not confirmed yet
) STRICT;

CREATE TABLE identity_session (
	id           TEXT NOT NULL PRIMARY KEY,
	token        BLOB NOT NULL UNIQUE, -- SHA-256
	former       BLOB UNIQUE, -- the token before it, good for some seconds more
	former_until INTEGER NOT NULL,
	person       TEXT NOT NULL REFERENCES identity_person (id),
	step         TEXT NOT NULL CHECK (step IN ('code', 'open')),
	device       TEXT NOT NULL,
	opened       INTEGER NOT NULL,
	seen         INTEGER NOT NULL,
	renewed      INTEGER NOT NULL
) STRICT;

CREATE INDEX identity_session_person ON identity_session (person);

-- The audit of sign-ins. Kept for at least six months, then removed.
CREATE TABLE identity_login (
	id      TEXT NOT NULL PRIMARY KEY,
	at      INTEGER NOT NULL,
	person  TEXT REFERENCES identity_person (id), -- NULL: nobody has that login
	unknown TEXT NOT NULL, -- keyed digest of a login that nobody has: people type passwords there
	result  TEXT NOT NULL CHECK (result IN ('opened', 'half', 'wrong', 'wrong-code', 'lockout', 'locked', 'closed', 'out')),
	network TEXT NOT NULL,
	device  TEXT NOT NULL,
	CHECK (person IS NULL OR unknown = '')
) STRICT;

CREATE INDEX identity_login_at ON identity_login (at, id);
CREATE INDEX identity_login_person ON identity_login (person, at);

-- The key of that digest, made at the first need.
CREATE TABLE identity_key (
	one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
	key BLOB NOT NULL
) STRICT;
