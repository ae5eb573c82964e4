-- What a unit has said of one book and year. Without a row, or blank, nothing is
-- known of it; none: declared that nothing began or ended in the year. lock says
-- who closed it.
CREATE TABLE register_book (
	unit TEXT NOT NULL REFERENCES org_unit (id),
	book TEXT NOT NULL,
	year INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 2999),
	state TEXT NOT NULL CHECK (state IN ('blank', 'open', 'none')),
	lock TEXT NOT NULL CHECK (lock IN ('', 'unit', 'office')),
	why TEXT NOT NULL,
	person TEXT NOT NULL,
	at INTEGER NOT NULL,
	PRIMARY KEY (unit, book, year),
	CHECK (lock = '' OR state <> 'blank')
) STRICT;

CREATE INDEX register_book_year ON register_book (year, unit);

-- One fact, or a total over a period. ended is the last of all days while the
-- line has not ended; lines of books without an end have both days the same.
-- year is that of began. amount and other are ten-thousandths of a yuan. text
-- is all values as JSON, words what a search looks at.
CREATE TABLE register_line (
	id TEXT PRIMARY KEY,
	unit TEXT NOT NULL REFERENCES org_unit (id),
	book TEXT NOT NULL,
	year INTEGER NOT NULL,
	no TEXT NOT NULL,
	began TEXT NOT NULL CHECK (length(began) = 10),
	ended TEXT NOT NULL CHECK (length(ended) = 10),
	sort TEXT NOT NULL,
	result TEXT NOT NULL,
	who TEXT NOT NULL,
	quantity INTEGER NOT NULL CHECK (quantity > 0),
	amount INTEGER NOT NULL CHECK (amount >= 0),
	other INTEGER NOT NULL CHECK (other >= 0),
	total INTEGER NOT NULL CHECK (total IN (0, 1)),
	text TEXT NOT NULL,
	words TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('valid', 'struck')),
	why TEXT NOT NULL,
	n INTEGER NOT NULL CHECK (n > 0),
	person TEXT NOT NULL,
	at INTEGER NOT NULL,
	CHECK (began <= ended),
	CHECK (state = 'valid' OR why <> '')
) STRICT;

CREATE INDEX register_line_span ON register_line (unit, book, ended, began);
CREATE UNIQUE INDEX register_line_no ON register_line (unit, book, year, no) WHERE no <> '' AND state = 'valid';

-- Every version of a line. Rows are only ever added.
CREATE TABLE register_version (
	line TEXT NOT NULL REFERENCES register_line (id),
	n INTEGER NOT NULL CHECK (n > 0),
	act TEXT NOT NULL CHECK (act IN ('add', 'import', 'change', 'strike')),
	text TEXT NOT NULL,
	why TEXT NOT NULL,
	person TEXT NOT NULL,
	at INTEGER NOT NULL,
	PRIMARY KEY (line, n)
) STRICT;
