package workday

import (
	"database/sql/driver"
	"fmt"
	"strconv"
	"time"
)

// China is the one time zone of legal dates: UTC+8 all year.
var China = time.FixedZone("CST", 8*60*60)

// Date is a legal date: a day in China. The zero Date is no date at all; it
// prints as "" and is kept as an empty text.
type Date struct{ n int32 } // days since 31 December 1969, so that no date is 0

// On makes a Date. Days and months that run over are carried, as time.Date does.
func On(year int, month time.Month, day int) Date {
	return Date{int32(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix()/86400) + 1}
}

// DateOf is the day in China at an instant.
func DateOf(t time.Time) Date {
	if t.IsZero() {
		return Date{}
	}
	y, m, d := t.In(China).Date()
	return On(y, m, d)
}

// ParseDate reads 'YYYY-MM-DD', and "" as no date. A day that does not exist
// is an error.
func ParseDate(s string) (Date, error) {
	if s == "" {
		return Date{}, nil
	}
	t, err := time.Parse("2006-01-02", s)
	if err != nil {
		return Date{}, fmt.Errorf("date %q is not a day written YYYY-MM-DD", s)
	}
	return On(t.Year(), t.Month(), t.Day()), nil
}

// IsZero tells whether there is no date.
func (d Date) IsZero() bool { return d.n == 0 }

// utc is midnight of the day in UTC, for calculation only.
func (d Date) utc() time.Time { return time.Unix(int64(d.n-1)*86400, 0).UTC() }

// Start is the instant at which the day begins in China.
func (d Date) Start() time.Time {
	y, m, day := d.utc().Date()
	return time.Date(y, m, day, 0, 0, 0, 0, China)
}

// Year is the year of the date, 0 for no date.
func (d Date) Year() int {
	if d.IsZero() {
		return 0
	}
	return d.utc().Year()
}

// Month is the month of the date.
func (d Date) Month() time.Month { return d.utc().Month() }

// Day is the day of the month.
func (d Date) Day() int { return d.utc().Day() }

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday { return d.utc().Weekday() }

// AddDays is n calendar days later, or earlier for a negative n.
func (d Date) AddDays(n int) Date { return Date{d.n + int32(n)} }

// Sub is the number of calendar days from o to d.
func (d Date) Sub(o Date) int { return int(d.n - o.n) }

// Before tells whether d is earlier than o. No date is before every date.
func (d Date) Before(o Date) bool { return d.n < o.n }

// After tells whether d is later than o.
func (d Date) After(o Date) bool { return d.n > o.n }

// Compare orders dates as cmp.Compare does.
func (d Date) Compare(o Date) int { return int(d.n) - int(o.n) }

// String writes 'YYYY-MM-DD', and "" for no date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.utc().Format("2006-01-02")
}

// Chinese writes the date as prose does: 2026年1月5日.
func (d Date) Chinese() string {
	if d.IsZero() {
		return ""
	}
	y, m, day := d.utc().Date()
	return strconv.Itoa(y) + "年" + strconv.Itoa(int(m)) + "月" + strconv.Itoa(day) + "日"
}

// MarshalText writes the date as [Date.String] does.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what [ParseDate] reads.
func (d *Date) UnmarshalText(b []byte) (err error) {
	*d, err = ParseDate(string(b))
	return err
}

// Value keeps the date in a row as text.
func (d Date) Value() (driver.Value, error) { return d.String(), nil }

// Scan reads the date from a row.
func (d *Date) Scan(v any) (err error) {
	switch v := v.(type) {
	case nil:
		*d = Date{}
		return nil
	case string:
		*d, err = ParseDate(v)
		return err
	case []byte:
		*d, err = ParseDate(string(v))
		return err
	}
	return fmt.Errorf("a date cannot be read from a %T", v)
}
