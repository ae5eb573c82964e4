-- The tree of units. What is only shown and never searched by stands in detail.
CREATE TABLE org_unit (
	id TEXT PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 31),
	parent TEXT REFERENCES org_unit (id),
	kind TEXT NOT NULL CHECK (kind IN ('government', 'office', 'department', 'town', 'platform')),
	name TEXT NOT NULL CHECK (name <> ''),
	place INTEGER NOT NULL,
	active INTEGER NOT NULL CHECK (active IN (0, 1)),
	domain TEXT UNIQUE,
	detail TEXT NOT NULL
) STRICT;

-- Each unit with all its ancestors, itself, and '*', so that a scope of any
-- number of subtrees is one parameter.
CREATE TABLE org_closure (
	unit TEXT NOT NULL REFERENCES org_unit (id),
	ancestor TEXT NOT NULL,
	PRIMARY KEY (unit, ancestor)
) STRICT;
