-- One year's reporting in one government.
CREATE TABLE annualreport_round (
	unit TEXT NOT NULL REFERENCES org_unit (id),
	year INTEGER NOT NULL CHECK (year BETWEEN 2008 AND 2200),
	form TEXT NOT NULL,
	variant TEXT NOT NULL,
	due_units TEXT NOT NULL CHECK (due_units <> ''),
	due_whole TEXT NOT NULL CHECK (due_whole <> ''),
	note TEXT NOT NULL,
	person TEXT NOT NULL,
	at INTEGER NOT NULL,
	PRIMARY KEY (unit, year)
) STRICT;

-- One unit's year. The stages after acceptance follow from the item.
CREATE TABLE annualreport_report (
	id TEXT PRIMARY KEY,
	office TEXT NOT NULL REFERENCES org_unit (id),
	year INTEGER NOT NULL,
	unit TEXT NOT NULL REFERENCES org_unit (id),
	kind TEXT NOT NULL CHECK (kind IN ('own', 'consolidated')),
	state TEXT NOT NULL CHECK (state IN ('open', 'filling', 'submitted', 'returned', 'accepted', 'excused')),
	due TEXT NOT NULL,
	excuse TEXT NOT NULL,
	rev INTEGER NOT NULL CHECK (rev > 0),
	text INTEGER NOT NULL CHECK (text >= 0),
	submission INTEGER NOT NULL CHECK (submission >= 0),
	item TEXT NOT NULL,
	paper TEXT NOT NULL,
	touched INTEGER NOT NULL,
	FOREIGN KEY (office, year) REFERENCES annualreport_round (unit, year),
	UNIQUE (unit, year, kind),
	CHECK (state <> 'excused' OR excuse <> ''),
	CHECK (state NOT IN ('submitted', 'accepted', 'returned') OR submission > 0)
) STRICT;

CREATE INDEX annualreport_report_office ON annualreport_report (office, year);
CREATE INDEX annualreport_report_item ON annualreport_report (item) WHERE item <> '';

-- Values that people put in place of computed ones. Rows are only ever ended.
CREATE TABLE annualreport_fix (
	report TEXT NOT NULL REFERENCES annualreport_report (id),
	n INTEGER NOT NULL CHECK (n > 0),
	cell TEXT NOT NULL,
	value TEXT NOT NULL,
	computed TEXT NOT NULL,
	reason TEXT NOT NULL CHECK (reason <> ''),
	person TEXT NOT NULL,
	at INTEGER NOT NULL,
	ended INTEGER NOT NULL,
	ended_by TEXT NOT NULL,
	ended_why TEXT NOT NULL,
	PRIMARY KEY (report, n)
) STRICT;

-- The prose. Rows are only ever added.
CREATE TABLE annualreport_text (
	report TEXT NOT NULL REFERENCES annualreport_report (id),
	n INTEGER NOT NULL CHECK (n > 0),
	content TEXT NOT NULL,
	person TEXT NOT NULL,
	at INTEGER NOT NULL,
	note TEXT NOT NULL,
	PRIMARY KEY (report, n)
) STRICT;

-- Why a unit lets a finding stand.
CREATE TABLE annualreport_explanation (
	report TEXT NOT NULL REFERENCES annualreport_report (id),
	finding TEXT NOT NULL,
	rule TEXT NOT NULL,
	sentence TEXT NOT NULL CHECK (sentence <> ''),
	person TEXT NOT NULL,
	at INTEGER NOT NULL,
	PRIMARY KEY (report, finding)
) STRICT;

-- What was handed in, frozen, and what the office said.
CREATE TABLE annualreport_submission (
	report TEXT NOT NULL REFERENCES annualreport_report (id),
	n INTEGER NOT NULL CHECK (n > 0),
	frozen TEXT NOT NULL,
	digest TEXT NOT NULL CHECK (length(digest) = 64),
	person TEXT NOT NULL,
	at INTEGER NOT NULL,
	outcome TEXT NOT NULL CHECK (outcome IN ('', 'accepted', 'returned', 'recalled')),
	opinion TEXT NOT NULL,
	decider TEXT NOT NULL,
	decided INTEGER NOT NULL,
	PRIMARY KEY (report, n)
) STRICT;

-- Reminders of due dates, one for each stage of each date. Rows are only ever added.
CREATE TABLE annualreport_reminder (
	report TEXT NOT NULL REFERENCES annualreport_report (id),
	stage INTEGER NOT NULL,
	office TEXT NOT NULL,
	year INTEGER NOT NULL,
	day TEXT NOT NULL,
	due TEXT NOT NULL,
	PRIMARY KEY (report, due, stage)
) STRICT;

CREATE INDEX annualreport_reminder_office ON annualreport_reminder (office, year);

-- Published reports of earlier years, read in from files. Of those of one unit,
-- year and kind the newest counts.
CREATE TABLE annualreport_past (
	id TEXT PRIMARY KEY,
	unit TEXT NOT NULL REFERENCES org_unit (id),
	year INTEGER NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('own', 'consolidated')),
	form TEXT NOT NULL,
	variant TEXT NOT NULL,
	agency TEXT NOT NULL,
	figures TEXT NOT NULL,
	file TEXT NOT NULL CHECK (length(file) = 64),
	name TEXT NOT NULL,
	reason TEXT NOT NULL,
	person TEXT NOT NULL,
	at INTEGER NOT NULL
) STRICT;

CREATE INDEX annualreport_past_unit ON annualreport_past (unit, year, kind);
