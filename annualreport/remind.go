package annualreport

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/jobs"
	"gongkai/org"
	"gongkai/workday"
)

// RemindJob reminds units of due dates, see [Reports.Remind].
const RemindJob jobs.Kind = "annualreport.remind"

// Work gives the queue what this pillar does by the clock: every morning units
// are reminded of reports that are due.
func (rs *Reports) Work(q *jobs.Queue) {
	q.Handle(RemindJob, func(ctx context.Context, _ jobs.Job) error {
		_, err := rs.Remind(ctx)
		return err
	})
	q.Every(RemindJob, "30 7 * * *")
}

// stage is how urgent a report is a number of days before its due day: 0 when
// nobody need be reminded yet, then one more for each reminder.
func stage(days int) int {
	n := 0
	for _, before := range calendar.Reminders.Before {
		if days <= before {
			n++
		}
	}
	if days < 0 {
		n += -days / calendar.Reminders.Overdue
	}
	return n
}

// A Reminder tells a unit that a report is due.
type Reminder struct {
	Report Report
	Day    workday.Date // when it was last reminded
	Days   int          // until it is due now; negative when it is late
}

// Say is the reminder as a sentence.
func (r Reminder) Say() string {
	what := fmt.Sprintf("%d年度政府信息公开工作年度报告（%s）", r.Report.Year, r.Report.Kind.Name())
	switch {
	case r.Days > 0:
		return fmt.Sprintf("%s应当于%s前报送，还有%d天。", what, r.Report.Due.Chinese(), r.Days)
	case r.Days == 0:
		return fmt.Sprintf("%s应当于今天报送。", what)
	}
	return fmt.Sprintf("%s应当于%s前报送，已经逾期%d天。", what, r.Report.Due.Chinese(), -r.Days)
}

// Remind writes a reminder for every report that has come to its next stage and
// returns how many. Calling it again on the same day does nothing.
func (rs *Reports) Remind(ctx context.Context) (n int, err error) {
	err = rs.db.Write(ctx, func(tx *db.Tx) error {
		n = 0
		today := workday.Today(tx.Now)
		rounds, err := Rounds(tx, org.Everything())
		if err != nil {
			return err
		}
		for _, o := range rounds {
			k, err := remindRound(tx, o, today)
			if err != nil {
				return err
			}
			if n += k; k == 0 {
				continue
			}
			if err := enterRound(tx, identity.System("calendar"), "remind", o, map[string]any{"reports": k, "on": today.String()}); err != nil {
				return err
			}
		}
		return nil
	})
	return n, err
}

// epoch is the day from which reminders by hand are counted.
var epoch = workday.New(2000, 1, 1)

// RemindNow reminds units by hand, each at most once a day, and returns how many
// were. It does not touch when the calendar reminds them. It fails with
// Forbidden without identity.ReportAccept in the government.
func (rs *Reports) RemindNow(ctx context.Context, by identity.Actor, ids ...ID) (n int, err error) {
	err = rs.db.Write(ctx, func(tx *db.Tx) error {
		n = 0
		today := workday.Today(tx.Now)
		count := map[string]int{}
		rounds, lasts := map[string]Round{}, map[string]map[asked]mark{}
		for _, id := range ids {
			r, err := Get(tx, id)
			if err != nil {
				return err
			}
			if err := by.Check(identity.ReportAccept, r.Office); err != nil {
				return err
			}
			key := roundSubject(r.Office, r.Year)
			if _, known := rounds[key]; !known {
				if rounds[key], err = RoundOf(tx, r.Office, r.Year); err != nil {
					return err
				}
				if lasts[key], err = reminded(tx, rounds[key]); err != nil {
					return err
				}
			}
			now := asked{r.ID, r.Due}
			if !r.State.Editable() || lasts[key][now].day == today {
				continue
			}
			lasts[key][now] = mark{day: today}
			// A reminder by hand stands below zero, so that the stages go on as before.
			if err := addReminder(tx, r, -epoch.DaysUntil(today), today); err != nil {
				return err
			}
			count[key]++
			n++
		}
		for _, key := range slices.Sorted(maps.Keys(count)) {
			if err := enterRound(tx, by, "remind", rounds[key], map[string]any{"reports": count[key], "on": today.String()}); err != nil {
				return err
			}
		}
		return nil
	})
	return n, err
}

func remindRound(tx *db.Tx, o Round, today workday.Date) (n int, err error) {
	all, err := List(tx, Filter{Units: org.Everything(), Office: o.Unit, Year: o.Year})
	if err != nil {
		return 0, err
	}
	last, err := reminded(tx, o)
	if err != nil {
		return 0, err
	}
	for _, r := range all {
		k := stage(today.DaysUntil(r.Due))
		if !r.State.Editable() || k <= last[asked{r.ID, r.Due}].stage {
			continue
		}
		if err := addReminder(tx, r, k, today); err != nil {
			return 0, err
		}
		n++
	}
	return n, nil
}

// Reminders lists what the actor's units have been reminded of and not handed in.
func Reminders(tx *db.Tx, by identity.Actor) ([]Reminder, error) {
	all, err := List(tx, Filter{Units: by.Scope(identity.ReportFill)})
	if err != nil {
		return nil, err
	}
	var out []Reminder
	last := map[string]map[asked]mark{}
	for _, r := range all {
		if !r.State.Editable() {
			continue
		}
		key := roundSubject(r.Office, r.Year)
		if last[key] == nil {
			if last[key], err = reminded(tx, Round{Unit: r.Office, Year: r.Year}); err != nil {
				return nil, err
			}
		}
		if m, ok := last[key][asked{r.ID, r.Due}]; ok {
			out = append(out, Reminder{Report: r, Day: m.day, Days: workday.Today(tx.Now).DaysUntil(r.Due)})
		}
	}
	return out, nil
}

// asked is a report with the day it was asked for by: a new day starts anew.
type asked struct {
	id  ID
	due workday.Date
}

// mark is the last reminder of it.
type mark struct {
	stage int
	day   workday.Date
}

const remindersOf = `SELECT report, due, stage, day FROM annualreport_reminder WHERE office = $1 AND year = $2 ORDER BY report, stage`

func reminded(tx *db.Tx, o Round) (map[asked]mark, error) {
	last := map[asked]mark{}
	return last, db.Each(tx, func(r db.Row) error {
		var a asked
		var m mark
		err := r.Scan(&a.id, &a.due, &m.stage, &m.day)
		old := last[a]
		old.stage = max(old.stage, m.stage)
		if m.day.After(old.day) {
			old.day = m.day
		}
		last[a] = old
		return err
	}, remindersOf, o.Unit, o.Year)
}

const putReminder = `INSERT INTO annualreport_reminder (report, stage, office, year, day, due) VALUES ($1, $2, $3, $4, $5, $6)`

func addReminder(tx *db.Tx, r Report, stage int, today workday.Date) error {
	_, err := tx.Exec(putReminder, r.ID, stage, r.Office, r.Year, today, r.Due)
	return err
}
