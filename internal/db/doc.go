// Package db opens the records: SQLite in the data folder, or PostgreSQL, from
// one SQL text.
//
// A verb of a pillar calls [DB.Write] and does all its work on the [Tx] it is
// handed; lower floors join that Tx. What was written is one fact or none, and
// Tx.Now is the one time of the act. [DB.Read] gives one consistent snapshot.
//
// The SQL text is what both engines understand: $1 placeholders, ids made by
// the program, times as integer milliseconds, legal dates as 'YYYY-MM-DD' text,
// booleans as 0 and 1. Migrations are written in SQLite's words; the runner
// translates the few that PostgreSQL spells otherwise (see migrate.go).
//
// What always holds: a function given to Write may run more than once, because
// it is tried again after a busy or serialization failure; nothing of a failed
// try remains. A commit that was acknowledged survives a crash, on SQLite by
// WAL with synchronous=FULL, on PostgreSQL by its own defaults.
package db
