package inspection

import (
	"context"
	"time"

	"gongkai/identity"
	"gongkai/inspection/rule"
	"gongkai/internal/db"
	"gongkai/internal/jobs"
)

// SweepSoon queues a sweep for now, for whoever does not want to wait for the
// night. A sweep that runs already goes on; another follows it. It fails with
// Forbidden without identity.InspectionRules.
func (is *Inspections) SweepSoon(ctx context.Context, by identity.Actor) error {
	if err := by.CheckAny(identity.InspectionRules); err != nil {
		return err
	}
	return is.db.Write(ctx, func(tx *db.Tx) error {
		return jobs.Add(tx, SweepJob, "now", nil, time.Time{})
	})
}

// AllRules lists every rule of the engine, with the one behind the units' own
// words.
func (is *Inspections) AllRules() []rule.Rule { return is.engine().rules }
