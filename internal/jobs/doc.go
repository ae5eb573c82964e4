// Package jobs is a durable queue and timetable in the same database as the
// records: what an act makes necessary later is queued in the transaction of
// the act, and either both are facts or neither.
//
// Its words:
//
//   - A [Job] is waiting, running, done or failed. The state says who moves
//     next: the queue, its worker, nobody, a person.
//   - A key names what the job is about. While a job of a kind and key waits,
//     adding it again replaces it.
//   - A lease is how long a worker may keep a job without a sign of life.
//
// What always holds:
//
//   - A job that was added in a committed transaction is run at least once,
//     through crashes and restarts, until it is done, failed or cancelled.
//   - Two jobs of one kind and key never run at once, in any process.
//   - A handler that calls [Job.Done] in its own transaction has its effect
//     exactly once: a worker that lost its lease cannot commit.
//   - A job that failed for good is kept, with its last error, for a person to
//     look at and run again. Errors are kept without long numbers and addresses,
//     which could be those of a person.
package jobs
