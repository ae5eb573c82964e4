-- What holds for all: the sealed secret of the marks, the version of the engine
-- that last ran, which rules the governor has muted, and a number that goes up
-- whenever a unit's rules change.
CREATE TABLE inspection_standing (
	one INTEGER PRIMARY KEY CHECK (one = 1),
	secret BLOB NOT NULL,
	engine TEXT NOT NULL,
	muted TEXT NOT NULL,
	generation INTEGER NOT NULL
) STRICT;

-- Which content of a subject was inspected last, by which rules. Derived: it can
-- be made again at any time.
CREATE TABLE inspection_report (
	subject TEXT NOT NULL CHECK (subject <> ''),
	face TEXT NOT NULL CHECK (face IN ('draft', 'public')),
	unit TEXT NOT NULL REFERENCES org_unit (id),
	title TEXT NOT NULL,
	address TEXT NOT NULL,
	digest TEXT NOT NULL CHECK (length(digest) = 64),
	rules TEXT NOT NULL,
	unread TEXT NOT NULL,
	authors TEXT NOT NULL,
	at INTEGER NOT NULL,
	PRIMARY KEY (subject, face)
) STRICT;

-- What was found, with personal data masked. mark and word are keyed digests by
-- which the same thing is known again. What a machine saw is derived; what people
-- said about it stands in inspection_step.
CREATE TABLE inspection_finding (
	id TEXT PRIMARY KEY,
	subject TEXT NOT NULL,
	unit TEXT NOT NULL REFERENCES org_unit (id),
	title TEXT NOT NULL,
	address TEXT NOT NULL,
	rule TEXT NOT NULL CHECK (rule <> ''),
	tier TEXT NOT NULL CHECK (tier IN ('A', 'B', 'C')),
	severity TEXT NOT NULL CHECK (severity IN ('block', 'error', 'suspect', 'hint')),
	part TEXT NOT NULL,
	cell TEXT NOT NULL,
	page INTEGER NOT NULL,
	begins INTEGER NOT NULL,
	ends INTEGER NOT NULL,
	text TEXT NOT NULL,
	excerpt TEXT NOT NULL,
	excerpt_at INTEGER NOT NULL,
	suggest TEXT NOT NULL,
	message TEXT NOT NULL,
	source TEXT NOT NULL,
	confidence INTEGER NOT NULL,
	count INTEGER NOT NULL,
	mark TEXT NOT NULL CHECK (mark <> ''),
	word TEXT NOT NULL,
	nth INTEGER NOT NULL CHECK (nth > 0),
	draft INTEGER NOT NULL CHECK (draft IN (0, 1)),
	shown INTEGER NOT NULL CHECK (shown IN (0, 1)),
	state TEXT NOT NULL CHECK (state IN ('found', 'confirmed', 'mended', 'closed', 'dismissed', 'excepted', 'gone')),
	judged TEXT NOT NULL CHECK (judged IN ('', 'right', 'wrong')),
	due TEXT NOT NULL,
	returns INTEGER NOT NULL CHECK (returns >= 0),
	exception TEXT NOT NULL,
	seen_first INTEGER NOT NULL,
	seen_last INTEGER NOT NULL,
	moved INTEGER NOT NULL,
	UNIQUE (subject, mark, nth)
) STRICT;

CREATE INDEX inspection_finding_unit ON inspection_finding (unit, state, severity, seen_first, id);
CREATE INDEX inspection_finding_state ON inspection_finding (state, seen_first, id);
CREATE INDEX inspection_finding_rule ON inspection_finding (rule, state);
CREATE INDEX inspection_finding_judged ON inspection_finding (rule, judged) WHERE judged <> '';
CREATE INDEX inspection_finding_word ON inspection_finding (word, unit);

-- One act on one or many findings. Rows are only ever added.
CREATE TABLE inspection_step (
	id TEXT PRIMARY KEY,
	act TEXT NOT NULL CHECK (act IN ('confirm', 'dismiss', 'except', 'mend', 'vanish', 'close', 'back', 'again', 'lapse', 'reopen')),
	person TEXT NOT NULL,
	person_unit TEXT NOT NULL,
	due TEXT NOT NULL,
	note TEXT NOT NULL,
	file TEXT NOT NULL,
	exception TEXT NOT NULL,
	at INTEGER NOT NULL
) STRICT;

CREATE TABLE inspection_step_finding (
	step TEXT NOT NULL REFERENCES inspection_step (id),
	finding TEXT NOT NULL REFERENCES inspection_finding (id),
	subject TEXT NOT NULL,
	rule TEXT NOT NULL,
	was TEXT NOT NULL,
	now TEXT NOT NULL,
	PRIMARY KEY (step, finding)
) STRICT;

CREATE INDEX inspection_step_finding_finding ON inspection_step_finding (finding, step);

-- What somebody signed to let stand. subject is '' where it holds for the whole
-- unit and what lies below it; mark is '' where it holds for every finding of the
-- rule.
CREATE TABLE inspection_exception (
	id TEXT PRIMARY KEY,
	scope TEXT NOT NULL CHECK (scope IN ('place', 'text', 'rule')),
	unit TEXT NOT NULL REFERENCES org_unit (id),
	subject TEXT NOT NULL,
	rule TEXT NOT NULL,
	mark TEXT NOT NULL,
	text TEXT NOT NULL,
	reason TEXT NOT NULL CHECK (reason <> ''),
	basis TEXT NOT NULL,
	until TEXT NOT NULL CHECK (until <> ''),
	person TEXT NOT NULL,
	person_unit TEXT NOT NULL,
	at INTEGER NOT NULL,
	ended INTEGER NOT NULL,
	ended_by TEXT NOT NULL,
	ended_why TEXT NOT NULL,
	CHECK ((scope = 'place') = (subject <> '')),
	CHECK ((scope = 'rule') = (mark = ''))
) STRICT;

CREATE INDEX inspection_exception_unit ON inspection_exception (unit, until) WHERE ended = 0;
CREATE INDEX inspection_exception_subject ON inspection_exception (subject) WHERE subject <> '';

-- Rules or families that a unit has switched off for itself and those below it.
CREATE TABLE inspection_switch (
	unit TEXT NOT NULL REFERENCES org_unit (id),
	rule TEXT NOT NULL CHECK (rule <> ''),
	reason TEXT NOT NULL CHECK (reason <> ''),
	until TEXT NOT NULL,
	person TEXT NOT NULL,
	at INTEGER NOT NULL,
	PRIMARY KEY (unit, rule)
) STRICT;

-- A unit's own words: what is always wrong, what is never wrong, who its leaders
-- are beyond those on its page, what it calls itself.
CREATE TABLE inspection_word (
	id TEXT PRIMARY KEY,
	unit TEXT NOT NULL REFERENCES org_unit (id),
	kind TEXT NOT NULL CHECK (kind IN ('wrong', 'keep', 'leader', 'name')),
	word TEXT NOT NULL CHECK (word <> ''),
	instead TEXT NOT NULL,
	rank INTEGER NOT NULL,
	reason TEXT NOT NULL,
	person TEXT NOT NULL,
	at INTEGER NOT NULL,
	UNIQUE (unit, kind, word)
) STRICT;

-- One pass over everything published, and how far it has come.
CREATE TABLE inspection_sweep (
	id TEXT PRIMARY KEY,
	started INTEGER NOT NULL,
	ended INTEGER NOT NULL,
	engine TEXT NOT NULL,
	prefix TEXT NOT NULL,
	cursor TEXT NOT NULL,
	listed INTEGER NOT NULL,
	inspected INTEGER NOT NULL,
	found INTEGER NOT NULL,
	gone INTEGER NOT NULL,
	failed INTEGER NOT NULL,
	touched INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX inspection_sweep_one_open ON inspection_sweep (ended) WHERE ended = 0;
