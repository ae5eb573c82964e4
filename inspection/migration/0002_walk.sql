-- A walk over a website that somebody asked for: who, where it stands, what it has
-- seen. worker is the claim of the program that is at it, stop the person who wants
-- it to end; rest is what it waits for, note what a person should know about it.
CREATE TABLE inspection_walk (
	id TEXT PRIMARY KEY,
	unit TEXT NOT NULL REFERENCES org_unit (id),
	address TEXT NOT NULL CHECK (address <> ''),
	person TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'stopped', 'failed')),
	worker TEXT NOT NULL,
	stop TEXT NOT NULL,
	round INTEGER NOT NULL CHECK (round >= 0),
	asked INTEGER NOT NULL,
	started INTEGER NOT NULL,
	ended INTEGER NOT NULL,
	touched INTEGER NOT NULL,
	seen INTEGER NOT NULL,
	visited INTEGER NOT NULL CHECK (visited >= 0),
	known INTEGER NOT NULL CHECK (known >= 0),
	pages INTEGER NOT NULL CHECK (pages >= 0),
	files INTEGER NOT NULL CHECK (files >= 0),
	unchanged INTEGER NOT NULL CHECK (unchanged >= 0),
	shut INTEGER NOT NULL CHECK (shut >= 0),
	found INTEGER NOT NULL CHECK (found >= 0),
	whole INTEGER NOT NULL CHECK (whole IN (0, 1)),
	pause INTEGER NOT NULL CHECK (pause >= 0),
	rest TEXT NOT NULL CHECK (rest IN ('', 'pause', 'retry', 'telling')),
	rest_until INTEGER NOT NULL,
	note TEXT NOT NULL
) STRICT;

-- Of one site one walk is under way.
CREATE UNIQUE INDEX inspection_walk_open ON inspection_walk (unit, address) WHERE state IN ('waiting', 'running');
CREATE INDEX inspection_walk_asked ON inspection_walk (asked, id);

-- What walks over a site remember of its pages, in pieces, sealed: it quotes what
-- was found there. Derived: without it the next walk asks for everything again.
CREATE TABLE inspection_walk_journal (
	unit TEXT NOT NULL REFERENCES org_unit (id),
	address TEXT NOT NULL,
	part INTEGER NOT NULL CHECK (part >= 0),
	body BLOB NOT NULL,
	PRIMARY KEY (unit, address, part)
) STRICT;
