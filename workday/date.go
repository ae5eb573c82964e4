package workday

import (
	"cmp"
	"database/sql/driver"
	"errors"
	"fmt"
	"time"
)

// Beijing is the zone of all legal dates. China has had no summer time since
// 1991, so a fixed zone is right and needs no zone files.
var Beijing = time.FixedZone("UTC+8", 8*60*60)

// Date (日期) is a day of the Gregorian calendar in Beijing time. The zero value
// is no date. Dates can be compared with == and be keys of maps.
type Date struct {
	day int32 // days since 0000-12-31; 0 is no date
}

// ErrDate is the failure of parsing what is not a date.
var ErrDate = errors.New("workday: not a date of the form 2026-01-05")

var epoch = time.Date(0, 12, 31, 0, 0, 0, 0, time.UTC)

const lastYear = 9999

// New returns the date of a year, month and day. It returns no date if there is
// no such day, such as 30 February, or the year is not 1 to 9999.
func New(year int, month time.Month, day int) Date {
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	if y, m, d := t.Date(); y != year || m != month || d != day || y < 1 || y > lastYear {
		return Date{}
	}
	return Date{int32((t.Unix() - epoch.Unix()) / (24 * 60 * 60))} // a Duration holds only 292 years
}

// Today returns the date that is on the calendars of Beijing at an instant.
func Today(now time.Time) Date {
	y, m, d := now.In(Beijing).Date()
	return New(y, m, d)
}

// ParseDate reads "2026-01-05". It fails with [ErrDate].
func ParseDate(s string) (Date, error) {
	if len(s) != len("2006-01-02") {
		return Date{}, ErrDate
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, ErrDate
	}
	d := New(t.Date())
	if d.IsZero() {
		return Date{}, ErrDate
	}
	return d, nil
}

// MustParse is ParseDate for dates written in the program. It panics.
func MustParse(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(fmt.Sprintf("workday: %q is not a date", s))
	}
	return d
}

// time returns midnight UTC of the date. It is for reckoning only.
func (d Date) time() time.Time { return epoch.AddDate(0, 0, int(d.day)) }

// IsZero reports whether d is no date.
func (d Date) IsZero() bool { return d.day == 0 }

// Equal reports whether two dates are the same; it is == for comparing libraries.
func (d Date) Equal(o Date) bool { return d == o }

// Before reports whether d comes before o.
func (d Date) Before(o Date) bool { return d.day < o.day }

// After reports whether d comes after o.
func (d Date) After(o Date) bool { return d.day > o.day }

// Compare orders dates; no date comes first.
func (d Date) Compare(o Date) int { return cmp.Compare(d.day, o.day) }

// Year returns the year of the date.
func (d Date) Year() int { return d.time().Year() }

// Month returns the month of the date.
func (d Date) Month() time.Month { return d.time().Month() }

// Day returns the day of the month.
func (d Date) Day() int { return d.time().Day() }

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return d.time().Weekday() }

// AddDays returns the date n calendar days later, or earlier for a negative n.
func (d Date) AddDays(n int) Date {
	if d.IsZero() {
		return d
	}
	return New(d.time().AddDate(0, 0, n).Date())
}

// AddMonths returns the same day n months later; where that month is too short,
// its last day, as 民法典 article 202 has periods of months end.
func (d Date) AddMonths(n int) Date {
	if d.IsZero() {
		return d
	}
	y, m, day := d.time().Date()
	first := time.Date(y, m+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return New(first.Year(), first.Month(), min(day, last))
}

// DaysUntil returns how many calendar days o is after d.
func (d Date) DaysUntil(o Date) int { return int(o.day) - int(d.day) }

// Start returns the instant at which the date begins in Beijing.
func (d Date) Start() time.Time {
	y, m, day := d.time().Date()
	return time.Date(y, m, day, 0, 0, 0, 0, Beijing)
}

// End returns the instant at which the date is over in Beijing: a period that
// ends on d has passed from then on.
func (d Date) End() time.Time { return d.Start().AddDate(0, 0, 1) }

// String returns "2026-01-05", or "" for no date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.time().Format(time.DateOnly)
}

// Chinese returns "2026年1月5日", or "" for no date.
func (d Date) Chinese() string {
	if d.IsZero() {
		return ""
	}
	return d.time().Format("2006年1月2日")
}

var weekdays = [...]string{"日", "一", "二", "三", "四", "五", "六"}

// ChineseWeekday returns "星期一".
func (d Date) ChineseWeekday() string { return "星期" + weekdays[d.Weekday()] }

// MarshalText writes the date as String does.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote; nothing is no date.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	p, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	*d = p
	return nil
}

// Value keeps the date in a database as 'YYYY-MM-DD', no date as ”.
func (d Date) Value() (driver.Value, error) { return d.String(), nil }

// Scan reads what Value wrote. NULL is no date too.
func (d *Date) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*d = Date{}
		return nil
	case string:
		return d.UnmarshalText([]byte(v))
	case []byte:
		return d.UnmarshalText(v)
	case time.Time:
		*d = New(v.Date())
		return nil
	}
	return fmt.Errorf("workday: cannot read a date from %T", v)
}
