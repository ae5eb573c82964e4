-- The combinations of all that documents are filtered and counted by. There are
-- few of them, so a document names its own by one number, and counting what was
-- found never touches text.
CREATE TABLE search_facet (
	id INTEGER PRIMARY KEY,
	unit TEXT NOT NULL,
	kind TEXT NOT NULL,
	column_code TEXT NOT NULL,
	theme TEXT NOT NULL,
	year INTEGER NOT NULL,
	validity TEXT NOT NULL,
	UNIQUE (unit, kind, column_code, theme, year, validity)
) STRICT;

-- The documents. seq grows with the date of publication (days since 1900 times
-- 2^24, and a place within the day), so that the newest matches of a word are
-- simply its last ones.
CREATE TABLE search_doc (
	seq INTEGER PRIMARY KEY,
	id TEXT NOT NULL UNIQUE CHECK (id <> ''),
	facet INTEGER NOT NULL REFERENCES search_facet (id),
	published TEXT NOT NULL,
	number_key TEXT NOT NULL, -- the document number as one word, '' if none
	digest TEXT NOT NULL,     -- of the whole document
	version TEXT NOT NULL,    -- of the cutting it was indexed with
	changed INTEGER NOT NULL
) STRICT;

CREATE INDEX search_doc_facet ON search_doc (facet);
CREATE INDEX search_doc_version ON search_doc (version);

-- The text as it was written, for marks and snippets, and folded, for phrases.
CREATE TABLE search_text (
	seq INTEGER PRIMARY KEY REFERENCES search_doc (seq) ON DELETE CASCADE,
	title TEXT NOT NULL,
	doc_no TEXT NOT NULL,
	index_no TEXT NOT NULL,
	unit_name TEXT NOT NULL,
	body TEXT NOT NULL,
	attachments TEXT NOT NULL,
	folded TEXT NOT NULL
) STRICT;

-- What was removed since the last rebuild began, so that a rebuild that read a
-- record before its removal does not bring it back.
CREATE TABLE search_removed (
	id TEXT PRIMARY KEY,
	at INTEGER NOT NULL
) STRICT;

-- +sqlite
CREATE VIRTUAL TABLE search_fts USING fts5 (
	title, number, body, attachments,
	content = '', contentless_delete = 1, tokenize = 'ascii'
);

-- Every word with the documents and places it stands in, to check the index by.
CREATE VIRTUAL TABLE search_place USING fts5vocab (search_fts, instance);
-- +end
-- +postgres
ALTER TABLE search_doc ADD COLUMN vec TSVECTOR;
ALTER TABLE search_doc ALTER COLUMN vec SET STORAGE EXTERNAL;
ALTER TABLE search_doc SET (toast_tuple_target = 128);
CREATE INDEX search_doc_vec ON search_doc USING GIN (vec);
-- +end
