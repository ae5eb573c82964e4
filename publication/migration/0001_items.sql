-- One piece of information. Its elements are copied here from the public
-- version (before that, from the working copy) to be listed and filtered by.
CREATE TABLE publication_item (
	id TEXT PRIMARY KEY,
	unit TEXT NOT NULL REFERENCES org_unit (id),
	index_no TEXT UNIQUE,
	kind TEXT NOT NULL,
	place TEXT NOT NULL,
	theme TEXT NOT NULL,
	title TEXT NOT NULL,
	doc_no TEXT NOT NULL,
	issuer TEXT NOT NULL,
	summary TEXT NOT NULL,
	made TEXT NOT NULL,
	attribute TEXT NOT NULL CHECK (attribute IN ('', 'open', 'on_request', 'closed')),
	work TEXT NOT NULL CHECK (work IN ('none', 'draft', 'review', 'cleared', 'scheduled')),
	face TEXT NOT NULL CHECK (face IN ('unseen', 'public', 'kept', 'withdrawn', 'archived', 'discarded')),
	effective TEXT NOT NULL,
	expires TEXT NOT NULL,
	repeal_on TEXT NOT NULL,
	amend_on TEXT NOT NULL,
	published INTEGER NOT NULL,
	changed INTEGER NOT NULL,
	touched INTEGER NOT NULL,
	publish_at INTEGER NOT NULL,
	version INTEGER NOT NULL CHECK (version >= 0),
	shown INTEGER NOT NULL CHECK (shown >= 0 AND shown <= version),
	why TEXT NOT NULL,
	gone_at INTEGER NOT NULL,
	creator TEXT NOT NULL,
	CHECK (face NOT IN ('public', 'archived') OR shown > 0),
	CHECK (face <> 'withdrawn' OR why <> '')
) STRICT;

CREATE INDEX publication_item_face ON publication_item (face, published, id);
CREATE INDEX publication_item_unit ON publication_item (unit, face, place, published, id);
CREATE INDEX publication_item_kind ON publication_item (kind, face, published, id);
CREATE INDEX publication_item_doc_no ON publication_item (doc_no) WHERE doc_no <> '';
CREATE INDEX publication_item_work ON publication_item (work, touched) WHERE work <> 'none';

-- What people are typing. Not in the ledger: it is nobody's act yet.
CREATE TABLE publication_copy (
	item TEXT PRIMARY KEY REFERENCES publication_item (id),
	rev INTEGER NOT NULL CHECK (rev > 0),
	title TEXT NOT NULL,
	content TEXT NOT NULL,
	authors TEXT NOT NULL,
	plan TEXT NOT NULL,
	person TEXT NOT NULL,
	at INTEGER NOT NULL
) STRICT;

-- Content that was kept. Rows are only ever added.
CREATE TABLE publication_version (
	item TEXT NOT NULL REFERENCES publication_item (id),
	n INTEGER NOT NULL CHECK (n > 0),
	content TEXT NOT NULL,
	digest TEXT NOT NULL CHECK (length(digest) = 64),
	person TEXT NOT NULL,
	at INTEGER NOT NULL,
	note TEXT NOT NULL,
	PRIMARY KEY (item, n)
) STRICT;

-- How far each series of 索引号 has counted.
CREATE TABLE publication_counter (
	prefix TEXT PRIMARY KEY,
	last INTEGER NOT NULL CHECK (last > 0)
) STRICT;

-- What items do to each other. origin tells whether the relation came with a
-- version of from_item or was entered by hand; a hand entry may rest on a
-- document that is not here, then from_item is NULL and basis names it.
CREATE TABLE publication_relation (
	id TEXT PRIMARY KEY,
	kind TEXT NOT NULL CHECK (kind IN ('repeals', 'replaces', 'amends', 'interprets')),
	from_item TEXT REFERENCES publication_item (id),
	to_item TEXT NOT NULL REFERENCES publication_item (id),
	since TEXT NOT NULL,
	basis TEXT NOT NULL,
	origin TEXT NOT NULL CHECK (origin IN ('content', 'hand')),
	at INTEGER NOT NULL
) STRICT;

CREATE INDEX publication_relation_to ON publication_relation (to_item);
CREATE INDEX publication_relation_from ON publication_relation (from_item);

-- The 文号 that public texts cite, to find what cites a document.
CREATE TABLE publication_citation (
	item TEXT NOT NULL REFERENCES publication_item (id),
	doc_no TEXT NOT NULL,
	PRIMARY KEY (item, doc_no)
) STRICT;

CREATE INDEX publication_citation_doc_no ON publication_citation (doc_no);

-- The files that public versions show, so that nothing else can be fetched.
CREATE TABLE publication_file (
	item TEXT NOT NULL REFERENCES publication_item (id),
	digest TEXT NOT NULL,
	name TEXT NOT NULL,
	PRIMARY KEY (item, digest, name)
) STRICT;

CREATE INDEX publication_file_digest ON publication_file (digest);

-- How often a page was read. A counter, not a record.
CREATE TABLE publication_view (
	item TEXT PRIMARY KEY REFERENCES publication_item (id),
	n INTEGER NOT NULL CHECK (n >= 0)
) STRICT;

-- What was handed over to archives, libraries and service halls (article 25).
CREATE TABLE publication_transfer (
	id TEXT PRIMARY KEY,
	unit TEXT NOT NULL REFERENCES org_unit (id),
	receiver TEXT NOT NULL CHECK (receiver <> ''),
	way TEXT NOT NULL,
	note TEXT NOT NULL,
	archive INTEGER NOT NULL CHECK (archive IN (0, 1)),
	person TEXT NOT NULL,
	at INTEGER NOT NULL
) STRICT;

CREATE TABLE publication_transfer_item (
	transfer TEXT NOT NULL REFERENCES publication_transfer (id),
	item TEXT NOT NULL REFERENCES publication_item (id),
	PRIMARY KEY (transfer, item)
) STRICT;

CREATE INDEX publication_transfer_item_item ON publication_transfer_item (item);

-- Up to which day the calendar has been followed (documents that began or
-- ceased to hold).
CREATE TABLE publication_lapse (
	until TEXT PRIMARY KEY,
	n INTEGER NOT NULL,
	at INTEGER NOT NULL
) STRICT;
