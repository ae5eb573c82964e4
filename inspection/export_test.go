package inspection

import "context"

// Count is what a night does first, for benchmarks.
func (is *Inspections) Count(ctx context.Context) error {
	if err := is.begin(ctx); err != nil {
		return err
	}
	return is.count(ctx)
}
