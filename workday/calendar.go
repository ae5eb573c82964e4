package workday

import (
	"fmt"
	"sync"
	"time"
)

// Kind says why a day is worked or not.
type Kind string

// The kinds of day.
const (
	Ordinary Kind = "ordinary" // Monday to Friday, worked
	Weekend  Kind = "weekend"  // Saturday or Sunday, not worked
	Holiday  Kind = "holiday"  // off by a notice
	MakeUp   Kind = "make-up"  // a weekend day worked by a notice (调休上班)
	LocalOff Kind = "local-off"
	LocalOn  Kind = "local-on" // off or worked by a change of the place
)

// Day is what a calendar knows of a date.
type Day struct {
	Date    Date
	Work    bool
	Kind    Kind
	Name    string // of the holiday or of the change
	Source  string // 发文字号 of the document that says so
	Certain bool   // false where the notice that could change the day is missing
}

// Overlay is a layer of changes that administrators of a place put over the
// notices: holidays of a minority region, days off in an emergency. The last
// overlay counts.
type Overlay struct {
	Changes []Change `json:"changes"`
}

// Change makes one date worked or off.
type Change struct {
	Date   Date   `json:"date"`
	Work   bool   `json:"work"`
	Name   string `json:"name"`   // why, in words for people
	Source string `json:"source"` // the document that orders it
}

// Calendar (工作日历) tells working days. It never changes; make a new one when a
// notice or overlay comes. All methods may be called at once.
type Calendar struct {
	years map[int]bool
	days  map[Date]Day // where it differs from the week
}

var national = sync.OnceValue(func() *Calendar {
	c, err := Make(builtIn())
	if err != nil {
		panic(err)
	}
	return c
})

// National returns the calendar of the notices that came with the program.
func National() *Calendar { return national() }

// Make builds a calendar. Of two notices of one year the later in the list
// counts, so those of administrators are given after [Notices]. It fails if a
// notice contradicts itself or a change lacks its date or reason.
func Make(notices []Notice, overlays ...Overlay) (*Calendar, error) {
	c := &Calendar{years: map[int]bool{}, days: map[Date]Day{}}
	last := map[int]int{}
	for i, n := range notices {
		if err := n.Check(); err != nil {
			return nil, err
		}
		last[n.Year] = i
	}
	for i, n := range notices {
		if last[n.Year] != i {
			continue
		}
		c.years[n.Year] = true
		for _, o := range n.Off {
			for d := o.From; !d.After(o.To); d = d.AddDays(1) {
				c.days[d] = Day{Date: d, Kind: Holiday, Name: o.Name, Source: n.Sources[o.Source].Number}
			}
		}
		for _, w := range n.Work {
			c.days[w.Date] = Day{Date: w.Date, Work: true, Kind: MakeUp, Name: w.Name, Source: n.Sources[w.Source].Number}
		}
	}
	for _, o := range overlays {
		for _, ch := range o.Changes {
			if ch.Date.IsZero() || ch.Name == "" || ch.Source == "" {
				return nil, fmt.Errorf("workday: the change of %s lacks its date, reason or source", ch.Date)
			}
			d := Day{Date: ch.Date, Work: ch.Work, Kind: LocalOff, Name: ch.Name, Source: ch.Source}
			if ch.Work {
				d.Kind = LocalOn
			}
			c.days[ch.Date] = d
		}
	}
	return c, nil
}

// fringe is the first day of December on which the notice of the next year may
// speak: New Year has begun as early as 29 December (2018).
const fringe = 28

// Covers reports whether the calendar has the notice that rules a date, and for
// the last days of December also the one of the next year.
func (c *Calendar) Covers(d Date) bool {
	y, m, day := d.time().Date()
	if !c.years[y] {
		return false
	}
	return m != time.December || day < fringe || c.years[y+1]
}

// Years returns the first and last year of the unbroken run of notices up to
// the newest; zeros if there is none.
func (c *Calendar) Years() (first, last int) {
	for y := range c.years {
		last = max(last, y)
	}
	if last == 0 {
		return 0, 0
	}
	for first = last; c.years[first-1]; first-- {
	}
	return first, last
}

// Day tells what kind of day a date is.
func (c *Calendar) Day(d Date) Day {
	day, named := c.days[d]
	if !named {
		day = Day{Date: d, Work: true, Kind: Ordinary}
		if isWeekend(d) {
			day.Work, day.Kind = false, Weekend
		}
	}
	day.Certain = named || c.Covers(d)
	return day
}

// IsWorkday reports whether a date is a working day, and whether that is
// certain: workday(d) = worked by notice, else not off by notice and Monday to
// Friday.
func (c *Calendar) IsWorkday(d Date) (work, certain bool) {
	day := c.Day(d)
	return day.Work, day.Certain
}

// farthest is how many calendar days a count may reach: a thousand years of
// counting is a mistake of the caller, not a period.
const farthest = 366 * 100

// After returns the n-th working day after d, d itself being day 0, and whether
// all days that were looked at are certain. A negative n counts backwards; with
// n = 0 the answer is d. It returns no date if that is more than 100 years away.
func (c *Calendar) After(d Date, n int) (due Date, certain bool) {
	certain = true
	due = c.walk(d, n, func(day Day) { certain = certain && day.Certain })
	return due, certain && !due.IsZero()
}

// Before returns the n-th working day before d: After(d, -n).
func (c *Calendar) Before(d Date, n int) (due Date, certain bool) { return c.After(d, -n) }

// Between returns how many working days there are after from up to and
// including to, and whether that is certain. It is negative if to comes first.
func (c *Calendar) Between(from, to Date) (n int, certain bool) {
	sign := 1
	if to.Before(from) {
		from, to, sign = to, from, -1
	}
	certain = true
	for d := from.AddDays(1); !d.After(to) && !d.IsZero(); d = d.AddDays(1) {
		day := c.Day(d)
		if sign < 0 { // counting back, from is the day that counts and to is day 0
			day = c.Day(d.AddDays(-1))
		}
		if day.Work {
			n += sign
		}
		certain = certain && day.Certain
	}
	return n, certain
}

// walk goes from d to the n-th working day and shows each day on the way.
func (c *Calendar) walk(d Date, n int, show func(Day)) Date {
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	for range farthest {
		if n == 0 || d.IsZero() {
			return d
		}
		d = d.AddDays(step)
		day := c.Day(d)
		show(day)
		if day.Work {
			n--
		}
	}
	return Date{}
}

func isWeekend(d Date) bool {
	w := d.Weekday()
	return w == time.Saturday || w == time.Sunday
}
