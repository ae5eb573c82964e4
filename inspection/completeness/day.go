package completeness

import "time"

// graceDays are the calendar days after which three working days have passed for
// sure, the longest holidays included.
const graceDays = 12

// longPast tells whether so many days lie between two days ("2026-01-05") that the
// term for an interpretation has run out.
func longPast(day, today string) bool {
	from, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return false
	}
	to, err := time.Parse(time.DateOnly, today)
	return err == nil && to.After(from.AddDate(0, 0, graceDays))
}
