-- What people have uploaded, by the SHA-256 of its bytes; the bytes lie in the
-- blob store. Text is what could be read of it, packed.
CREATE TABLE document_file (
	digest TEXT PRIMARY KEY CHECK (length(digest) = 64),
	kind TEXT NOT NULL,
	size INTEGER NOT NULL CHECK (size >= 0),
	pages INTEGER NOT NULL CHECK (pages >= 0),
	state TEXT NOT NULL CHECK (state IN ('readable', 'unreadable', 'pending')),
	why TEXT NOT NULL,
	title TEXT NOT NULL,
	note TEXT NOT NULL,
	body BLOB,
	created INTEGER NOT NULL,
	CHECK (state <> 'unreadable' OR why <> '')
) STRICT;
CREATE INDEX document_file_state ON document_file (state, digest);
