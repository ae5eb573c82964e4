package inspection

import (
	"context"
	"fmt"

	"gongkai/internal/db"
)

// Count is what a night does first, for benchmarks.
func (is *Inspections) Count(ctx context.Context) error {
	if err := is.begin(ctx); err != nil {
		return err
	}
	return is.count(ctx)
}

// Keep writes reports and findings into the records as they are, for tests of what
// grows with them.
func Keep(tx *db.Tx, reports []Report, findings []Finding, steps []Step) error {
	for _, r := range reports {
		if err := saveReport(tx, kept{Report: r, face: public}); err != nil {
			return err
		}
	}
	for i, f := range findings {
		f.mark, f.word, f.nth = fmt.Sprint("m", f.ID), fmt.Sprint("w", i), 1
		if err := saveFinding(tx, f); err != nil {
			return err
		}
	}
	for _, s := range steps {
		if err := insertStep(tx, s); err != nil {
			return err
		}
	}
	return nil
}
