package demo

import (
	"fmt"
	"sort"

	"gongkai/demo/content"
	"gongkai/internal/db"
	"gongkai/org"
	"gongkai/register"
)

// applicants and outcomes are the columns and rows of table three, in order.
var (
	applicants = optionsOf("application", "who")
	outcomes   = optionsOf("application", "result")
	remedies   = optionsOf("remedy", "sort")
	judgments  = optionsOf("remedy", "result")
)

func optionsOf(book register.BookID, column string) (ids []string) {
	for _, c := range register.ByID(book).Columns {
		if c.ID == column {
			for _, o := range c.Options {
				ids = append(ids, o.ID)
			}
		}
	}
	return ids
}

// The rows of content.Figures.Requests.
const (
	newRow     = 0
	outcomeRow = 2 // the first of the outcomes
	forwardRow = 24
)

// applications are received through the year and decided in it, but for those
// that the report carries forward; what came in last year is decided first.
func (k *clerk) applications(y int, f *content.Figures) {
	var fresh []*filed
	for c, who := range applicants {
		var ends []string
		for i, o := range outcomes {
			for range f.Requests[outcomeRow+i][c] {
				ends = append(ends, o)
			}
		}
		decide := func(a *filed, on content.Day) {
			if len(ends) > 0 && on < k.end {
				a.values["result"], a.values["decided"], a.ended = ends[0], string(on), on
				ends = ends[1:]
			}
		}
		var left []*filed
		for _, a := range k.waiting[c] {
			decide(a, day(y, 1, 5+k.roll(20)))
			if a.ended == "" {
				left = append(left, a)
			}
		}
		n, forward := f.Requests[newRow][c], f.Requests[forwardRow][c]
		for i := range n {
			a := &filed{book: "application", values: register.Values{"who": who}}
			if i < n-forward {
				a.began = k.within(y, 1, 10)
				decide(a, a.began.Add(12+k.roll(15)))
			} else {
				a.began = k.within(y, 12, 12)
			}
			if a.ended == "" {
				left = append(left, a)
			}
			a.values["received"] = string(a.began)
			fresh = append(fresh, a)
		}
		k.finish(k.waiting[c])
		k.waiting[c] = left
	}
	sort.SliceStable(fresh, func(i, j int) bool { return fresh[i].began < fresh[j].began })
	for i, a := range fresh {
		a.values["no"] = fmt.Sprintf("依申请%d-%03d", y, i+1)
		if at := k.quarterly(a.began); a.ended != "" && a.ended <= at {
			k.row(a.book, at, false, a.values)
		} else {
			k.file(a)
		}
	}
}

// within is a day of some months of a year, in the last year one before the end.
func (k *clerk) within(y, from, to int) content.Day {
	if y == k.end.Year() {
		from, to = min(from, 10), min(to, 10)
	}
	return day(y, from+k.roll(to-from+1), 2+k.roll(26))
}

// remedies are received and decided like applications.
func (k *clerk) remedies(y int, f *content.Figures) {
	no := 0
	for kind, sort := range remedies {
		var ends []string
		for i, o := range judgments {
			for range f.Remedies[kind][i] {
				ends = append(ends, o)
			}
		}
		open := f.Remedies[kind][3]
		var left []*filed
		for _, a := range k.pending[kind] {
			if on := k.within(y, 2, 8); len(ends) > 0 {
				a.values["result"], a.values["decided"], a.ended = ends[0], string(on), on
				ends = ends[1:]
			} else {
				left = append(left, a)
				open--
			}
		}
		k.finish(k.pending[kind])
		for i := range len(ends) + max(open, 0) {
			a := &filed{book: "remedy", values: register.Values{"sort": sort}}
			if i < len(ends) {
				a.began = k.within(y, 2, 8)
				a.ended = a.began.Add(40 + k.roll(20))
				a.values["result"], a.values["decided"] = ends[i], string(a.ended)
			} else {
				a.began = k.within(y, 11, 12)
				left = append(left, a)
			}
			no++
			a.values["received"], a.values["no"] = string(a.began), fmt.Sprintf("明政复〔%d〕%d号", y, 10+no)
			if kind > 0 {
				a.values["no"] = fmt.Sprintf("（%d）示9999行初%d号", y, 20+no)
			}
			k.file(a)
		}
		k.pending[kind] = left
	}
}

// file enters a line when it comes in and once more when it ends.
func (k *clerk) file(a *filed) {
	at := max(a.began.Add(2), k.start)
	whole := a.ended != "" && a.ended <= at
	values := register.Values{}
	for c, v := range a.values {
		if whole || c != "result" && c != "decided" {
			values[c] = v
		}
	}
	k.at(hour(at, 40+k.roll(300)), "register "+a.values["no"], func() (err error) {
		a.id, err = k.Registers.Add(k.ctx, k.who(k.unit.ID, "publisher"), register.Entry{Unit: org.ID(k.unit.ID), Book: a.book, Values: values})
		return err
	})
	a.entered = true
	if a.ended != "" && !whole {
		k.settled(a)
	}
}

// finish enters the outcome of lines that were in hand when the year began.
func (k *clerk) finish(all []*filed) {
	for _, a := range all {
		if a.entered && a.ended != "" {
			k.settled(a)
		}
	}
}

// settled enters how a line ended, the day after.
func (k *clerk) settled(a *filed) {
	values := register.Values{}
	for c, v := range a.values {
		values[c] = v
	}
	k.at(hour(max(a.ended.Add(1), k.start.Add(1)), 400+k.roll(60)), "decide "+a.values["no"], func() error {
		return k.Registers.Change(k.ctx, k.who(k.unit.ID, "publisher"), a.id, 1, values, "")
	})
}

// notices ask for a processing fee, and it is paid.
func (k *clerk) notices(y, n int) {
	for i := range n {
		d := k.within(y, 5, 9)
		k.row("processing_fee", k.quarterly(d.Add(20)), false, register.Values{"no": fmt.Sprintf("%s公开费〔%d〕%d号", k.code(), y, i+1), "day": string(d),
			"way": "按件", "notified": "300", "received": "300", "paid": string(d.Add(11))})
	}
}

func (k *clerk) status(y int) (all []register.Status, err error) {
	err = k.DB.Read(k.ctx, func(tx *db.Tx) error {
		all, err = register.StatusOf(tx, org.ID(k.unit.ID), y)
		return err
	})
	return all, err
}
