package content

import "gongkai/workday"

// Working reports whether offices are open, after the State Council's notices.
func Working(d Day) bool {
	work, _ := workday.National().IsWorkday(workday.Today(d.Time()))
	return work
}
