CREATE TABLE jobs_job (
	id      TEXT    NOT NULL PRIMARY KEY,
	kind    TEXT    NOT NULL,
	key     TEXT    NOT NULL,
	payload TEXT    NOT NULL,
	state   TEXT    NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed')),
	added   INTEGER NOT NULL,
	due     INTEGER NOT NULL,
	tries   INTEGER NOT NULL,
	worker  TEXT    NOT NULL,
	lease   INTEGER NOT NULL,
	ended   INTEGER NOT NULL,
	error   TEXT    NOT NULL
) STRICT;

-- One job of a kind and key waits, and one runs.
CREATE UNIQUE INDEX jobs_job_waiting ON jobs_job (kind, key) WHERE state = 'waiting';
CREATE UNIQUE INDEX jobs_job_running ON jobs_job (kind, key) WHERE state = 'running';

-- What the queue asks for all the time: what is due, whose lease ran out.
CREATE INDEX jobs_job_due ON jobs_job (due, id) WHERE state = 'waiting';
CREATE INDEX jobs_job_lease ON jobs_job (lease) WHERE state = 'running';
CREATE INDEX jobs_job_ended ON jobs_job (ended) WHERE state = 'done';

-- One row for each period of the timetable that some process has queued.
CREATE TABLE jobs_period (
	kind TEXT    NOT NULL,
	at   INTEGER NOT NULL,
	PRIMARY KEY (kind, at)
) STRICT;
