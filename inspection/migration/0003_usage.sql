-- How the site itself writes, as usage.Counts writes it, in pieces. Derived: the next
-- night counts anew. usage of the standing is which counts these are, 0 while there
-- are none; counted is the digest of what was counted.
CREATE TABLE inspection_usage (
	part INTEGER PRIMARY KEY CHECK (part >= 0),
	body BLOB NOT NULL
) STRICT;

ALTER TABLE inspection_standing ADD COLUMN usage INTEGER NOT NULL DEFAULT 0;
ALTER TABLE inspection_standing ADD COLUMN counted TEXT NOT NULL DEFAULT '';

-- Rules that a unit's own record no longer lets speak as they are made, in this unit.
-- Derived from what the unit's findings were judged to be.
CREATE TABLE inspection_mute (
	unit TEXT NOT NULL REFERENCES org_unit (id),
	rule TEXT NOT NULL CHECK (rule <> ''),
	PRIMARY KEY (unit, rule)
) STRICT;

-- Records are counted by unit.
DROP INDEX inspection_finding_judged;
CREATE INDEX inspection_finding_judged ON inspection_finding (unit, rule, judged) WHERE judged <> '';
