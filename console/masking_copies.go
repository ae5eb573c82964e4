package console

import (
	"slices"
	"sync"

	"gongkai/inspection/masking"
)

// copies keeps the masked copies somebody looks at until they are put in the place
// of their files: drawing a long list takes minutes, and what is put there is just
// what was shown.
type copies struct {
	mu   sync.Mutex
	kept []shownCopy // the latest last
}

// A shownCopy is one copy, and of what it was made.
type shownCopy struct {
	of   string
	made masking.Made
}

// Bounds of what is kept, all copies together.
const (
	maxCopies    = 4
	maxCopyBytes = 64 << 20
)

// keep remembers a copy, and forgets the oldest where it is too much.
func (c *copies) keep(of string, m masking.Made) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.kept = slices.DeleteFunc(c.kept, func(k shownCopy) bool { return k.of == of })
	c.kept = append(c.kept, shownCopy{of, m})
	size := 0
	for i := len(c.kept) - 1; i >= 0; i-- {
		if size += len(c.kept[i].made.Data); len(c.kept)-i > maxCopies || size > maxCopyBytes {
			c.kept = slices.Delete(c.kept, 0, i+1)
			return
		}
	}
}

// take returns a copy that was kept and forgets it.
func (c *copies) take(of string) (m masking.Made, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	i := slices.IndexFunc(c.kept, func(k shownCopy) bool { return k.of == of })
	if i < 0 {
		return m, false
	}
	m = c.kept[i].made
	c.kept = slices.Delete(c.kept, i, i+1)
	return m, true
}
