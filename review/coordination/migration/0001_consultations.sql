-- One question of a unit to another organ before something is published. The
-- organ is a unit of the platform or the name of one that is not on it.
CREATE TABLE review_consultation (
	id TEXT PRIMARY KEY,
	subject TEXT NOT NULL,
	unit TEXT NOT NULL REFERENCES org_unit (id),
	organ TEXT REFERENCES org_unit (id),
	outside TEXT NOT NULL,
	title TEXT NOT NULL,
	digest TEXT NOT NULL CHECK (length(digest) = 64),
	question TEXT NOT NULL,
	asker TEXT NOT NULL,
	demanded INTEGER NOT NULL CHECK (demanded IN (0, 1)),
	sent INTEGER NOT NULL,
	due TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('asked', 'agreed', 'amend', 'refused', 'escalated', 'settled', 'held', 'withdrawn', 'renewed')),
	CHECK ((organ IS NULL) <> (outside = ''))
) STRICT;

-- An organ has one live question about a subject; a later one renews it.
CREATE UNIQUE INDEX review_consultation_organ ON review_consultation (subject, organ)
	WHERE organ IS NOT NULL AND state NOT IN ('withdrawn', 'renewed');
CREATE UNIQUE INDEX review_consultation_outside ON review_consultation (subject, outside)
	WHERE organ IS NULL AND state NOT IN ('withdrawn', 'renewed');
CREATE INDEX review_consultation_subject ON review_consultation (subject, sent);
CREATE INDEX review_consultation_asked ON review_consultation (organ, due) WHERE state = 'asked';
CREATE INDEX review_consultation_unit ON review_consultation (unit, sent);

-- What was said to it, in order: answers, the request for a decision, the
-- decision, the withdrawal.
CREATE TABLE review_consultation_word (
	consultation TEXT NOT NULL REFERENCES review_consultation (id),
	n INTEGER NOT NULL CHECK (n > 0),
	act TEXT NOT NULL CHECK (act IN ('agree', 'amend', 'refuse', 'escalate', 'publish', 'change', 'withhold', 'withdraw')),
	opinion TEXT NOT NULL,
	evidence TEXT NOT NULL,
	person TEXT NOT NULL,
	unit TEXT NOT NULL,
	at INTEGER NOT NULL,
	PRIMARY KEY (consultation, n)
) STRICT;
