package identity

// Hashes is how many password hashes were derived so far.
func (ps *People) Hashes() int64 { return ps.hash.count.Load() }

// VisitQuery is the one read of [People.Resume].
const VisitQuery = visitQuery
