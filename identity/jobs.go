package identity

import (
	"context"

	"gongkai/internal/jobs"
)

// SweepJob removes what is over, see [People.Sweep].
const SweepJob jobs.Kind = "identity.sweep"

// Work gives the queue what this pillar does by the clock: every night sessions
// and sign-ins that are over are removed.
func (ps *People) Work(q *jobs.Queue) {
	q.Handle(SweepJob, func(ctx context.Context, _ jobs.Job) error {
		_, _, err := ps.Sweep(ctx)
		return err
	})
	q.Every(SweepJob, "41 3 * * *")
}
