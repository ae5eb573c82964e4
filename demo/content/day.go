package content

import (
	"fmt"
	"math/rand/v2"
	"time"
)

// A Day is a calendar day, "2006-01-02"; days compare as strings do. The empty
// Day means none.
type Day string

const dayLayout = "2006-01-02"

// Time is the first moment of the day in China.
func (d Day) Time() time.Time {
	t, err := time.ParseInLocation(dayLayout, string(d), China)
	if err != nil {
		panic(fmt.Sprintf("content: day %q: %v", d, err))
	}
	return t
}

// China is the one time zone of the district.
var China = time.FixedZone("CST", 8*60*60)

// Add returns the day n days later.
func (d Day) Add(n int) Day { return Day(d.Time().AddDate(0, 0, n).Format(dayLayout)) }

// Year is the calendar year.
func (d Day) Year() int { return d.Time().Year() }

// Month is the month, 1 to 12.
func (d Day) Month() int { return int(d.Time().Month()) }

// Long writes the day as documents do: 2024年3月8日.
func (d Day) Long() string {
	t := d.Time()
	return fmt.Sprintf("%d年%d月%d日", t.Year(), int(t.Month()), t.Day())
}

// Short writes the day without its year: 3月8日.
func (d Day) Short() string {
	t := d.Time()
	return fmt.Sprintf("%d月%d日", int(t.Month()), t.Day())
}

func date(y, m, d int) Day {
	return Day(time.Date(y, time.Month(m), d, 0, 0, 0, 0, China).Format(dayLayout))
}

// dayBetween picks a working day in [from, to]; when there is none it returns
// the first working day after from.
func dayBetween(r *rand.Rand, from, to Day) Day {
	span := int(to.Time().Sub(from.Time()).Hours()/24) + 1
	if span < 1 {
		span = 1
	}
	for range 20 {
		if d := from.Add(r.IntN(span)); Working(d) {
			return d
		}
	}
	return nextWorking(from)
}

// nextWorking is the day itself or the first working day after it.
func nextWorking(d Day) Day {
	for !Working(d) {
		d = d.Add(1)
	}
	return d
}

// after is the n-th working day after d.
func after(d Day, n int) Day {
	for ; n > 0; n-- {
		d = nextWorking(d.Add(1))
	}
	return d
}
