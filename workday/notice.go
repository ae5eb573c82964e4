package workday

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"sync"
)

// Notice (放假通知) is what 国务院办公厅 ordered for the holidays of one year,
// with later changes worked in.
type Notice struct {
	Year    int      `json:"year"`
	Sources []Source `json:"sources"`
	Off     []Off    `json:"off"`
	Work    []Work   `json:"work"`
}

// Source is one document that a notice rests on.
type Source struct {
	Number string `json:"number"` // 发文字号
	Issued Date   `json:"issued"`
	Note   string `json:"note,omitzero"` // what a later document changed
}

// Off is a run of days off, both ends included.
type Off struct {
	Name   string `json:"name"`
	From   Date   `json:"from"`
	To     Date   `json:"to"`
	Source int    `json:"source,omitzero"` // which of the sources says so
}

// Work is a weekend day that is worked (调休上班).
type Work struct {
	Name   string `json:"name"`
	Date   Date   `json:"date"`
	Source int    `json:"source,omitzero"`
}

// ParseNotices reads notices as JSON in the form of notices.json and checks
// them. The failure names the year and what is wrong with it.
func ParseNotices(data []byte) ([]Notice, error) {
	var list []Notice
	if err := json.Unmarshal(data, &list); err != nil {
		return nil, fmt.Errorf("workday: notices: %w", err)
	}
	for _, n := range list {
		if err := n.Check(); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Check refuses a notice that contradicts itself: runs that end before they
// begin, overlap or lie outside the year and its fringe, worked days that are no
// weekend or are off, and days without a source.
func (n Notice) Check() error {
	bad := func(d Date, what string) error {
		return fmt.Errorf("workday: notice of %d: %s %s", n.Year, d, what)
	}
	first, last := New(n.Year-1, 12, 25), New(n.Year, 12, 31)
	inside := func(d Date) bool { return !d.Before(first) && !d.After(last) }
	if len(n.Sources) == 0 || n.Sources[0].Number == "" || first.IsZero() {
		return fmt.Errorf("workday: notice of %d: no source", n.Year)
	}
	off := map[Date]bool{}
	for _, o := range n.Off {
		switch {
		case o.From.IsZero() || o.To.Before(o.From) || !inside(o.From) || !inside(o.To):
			return bad(o.From, "does not begin a run of days off in this year")
		case o.Name == "" || o.Source < 0 || o.Source >= len(n.Sources):
			return bad(o.From, "has no name or no source")
		}
		for d := o.From; !d.After(o.To); d = d.AddDays(1) {
			if off[d] {
				return bad(d, "is off twice")
			}
			off[d] = true
		}
	}
	worked := map[Date]bool{}
	for _, w := range n.Work {
		switch {
		case !inside(w.Date) || !isWeekend(w.Date):
			return bad(w.Date, "is not a weekend day of this year")
		case off[w.Date] || worked[w.Date]:
			return bad(w.Date, "is worked twice, or both off and worked")
		case w.Name == "" || w.Source < 0 || w.Source >= len(n.Sources):
			return bad(w.Date, "has no name or no source")
		}
		worked[w.Date] = true
	}
	return nil
}

//go:embed notices.json
var embedded []byte

var builtIn = sync.OnceValue(func() []Notice {
	list, err := ParseNotices(embedded)
	if err != nil {
		panic(err)
	}
	return list
})

// Notices returns the notices that came with the program, oldest first. The
// caller may change what it gets.
func Notices() []Notice {
	return append([]Notice(nil), builtIn()...)
}
