-- Which levels a unit's content of a kind passes. '*' stands for every kind.
CREATE TABLE review_chain (
	unit TEXT NOT NULL REFERENCES org_unit (id),
	kind TEXT NOT NULL CHECK (kind <> ''),
	levels TEXT NOT NULL,
	PRIMARY KEY (unit, kind)
) STRICT;

-- One piece of content on its way through its levels. The levels are copied
-- in, so that a later change of the chain does not move what is on its way.
CREATE TABLE review_submission (
	id TEXT PRIMARY KEY,
	subject TEXT NOT NULL,
	unit TEXT NOT NULL REFERENCES org_unit (id),
	kind TEXT NOT NULL,
	title TEXT NOT NULL,
	digest TEXT NOT NULL CHECK (length(digest) = 64),
	openness TEXT NOT NULL,
	authors TEXT NOT NULL,
	proposer TEXT NOT NULL,
	levels TEXT NOT NULL,
	level INTEGER NOT NULL CHECK (level >= 0),
	state TEXT NOT NULL CHECK (state IN ('waiting', 'cleared', 'returned', 'recalled', 'spent')),
	submitted INTEGER NOT NULL,
	closed INTEGER NOT NULL,
	source TEXT NOT NULL
) STRICT;

CREATE INDEX review_submission_subject ON review_submission (subject, id);
CREATE UNIQUE INDEX review_submission_one_open ON review_submission (subject) WHERE state IN ('waiting', 'cleared');
CREATE INDEX review_submission_waiting ON review_submission (unit, submitted) WHERE state = 'waiting';

CREATE TABLE review_signature (
	submission TEXT NOT NULL REFERENCES review_submission (id),
	level INTEGER NOT NULL,
	name TEXT NOT NULL,
	person TEXT NOT NULL,
	unit TEXT NOT NULL,
	sign INTEGER NOT NULL CHECK (sign IN (0, 1)),
	opinion TEXT NOT NULL,
	digest TEXT NOT NULL,
	at INTEGER NOT NULL,
	PRIMARY KEY (submission, level)
) STRICT;

CREATE INDEX review_signature_person ON review_signature (person, at);
