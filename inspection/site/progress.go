package site

import "time"

// tellProgress says how far the walk is after one more address.
func (c *crawl) tellProgress(n int32, ours bool) {
	c.mu.Lock()
	found := c.found
	c.mu.Unlock()
	if ours {
		c.visits++
	}
	c.telling.Lock()
	defer c.telling.Unlock()
	c.progress = Progress{Visited: c.visits, Known: len(c.queue), URL: c.nodes[n].url, Round: c.round.N, Pages: c.report.Pages, Files: c.report.Files,
		Unchanged: c.report.Unchanged, Disallowed: c.report.Disallowed, Found: found, Pause: c.net.host(c.at(n)).pause()}
	c.o.Progress(c.progress)
}

// rest says that nothing is asked for a while.
func (c *crawl) rest(pause time.Duration, why Rest, until time.Time) {
	c.telling.Lock()
	defer c.telling.Unlock()
	if pause > 0 {
		c.progress.Pause = pause
	}
	c.progress.Rest, c.progress.Until = why, until
	c.o.Progress(c.progress)
}
