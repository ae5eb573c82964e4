package annualreport_test

import (
	"strings"
	"testing"

	"gongkai/annualreport"
	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/jobs"
	"gongkai/ledger"
	"log/slog"
)

func (v *district) reminders(by identity.Actor) (all []annualreport.Reminder) {
	v.Helper()
	v.read(func(tx *db.Tx) (err error) { all, err = annualreport.Reminders(tx, by); return err })
	return all
}

func (v *district) remind(want int) {
	v.Helper()
	n, err := v.reports.Remind(ctx)
	v.must(err)
	if n != want {
		v.Errorf("reminders = %d, want %d", n, want)
	}
}

func TestUnitsAreRemindedUntilTheyHandIn(t *testing.T) {
	each(t, func(v *district) {
		v.tally.keep(school, nil)
		v.on(day("2026-01-05"))
		_, err := v.reports.OpenRound(ctx, v.boss, annualreport.Plan{Unit: government, Year: 2025, Units: day("2026-01-25")})
		v.must(err)
		v.remind(0)
		v.on(day("2026-01-11"))
		v.remind(4)
		v.remind(0)
		all := v.reminders(v.writer)
		if len(all) != 1 || all[0].Report.Unit != school || all[0].Days != 14 || !strings.Contains(all[0].Say(), "还有14天") {
			v.Errorf("the school's reminders = %+v", all)
		}
		if all := v.reminders(v.first); len(all) != 0 {
			v.Errorf("who fills no report is reminded of %d", len(all))
		}
		v.send(v.writer, v.own(school))
		if all := v.reminders(v.writer); len(all) != 0 {
			v.Errorf("who has handed in is reminded of %d", len(all))
		}
		v.on(day("2026-01-22")) // the machine stood still; one reminder makes up for those missed
		v.remind(3)
		v.on(day("2026-01-25"))
		v.remind(3)
		v.on(day("2026-01-31"))
		v.remind(0)
		v.on(day("2026-02-01"))
		v.remind(3)
		if all := v.reminders(v.other); len(all) != 1 || !strings.Contains(all[0].Say(), "逾期7天") {
			v.Errorf("the town's reminders = %+v", all)
		}
		v.must(v.reports.SetDue(ctx, v.boss, government, 2025, day("2026-01-31"), day("2026-03-31")))
		if all := v.reminders(v.other); len(all) != 0 {
			v.Errorf("a moved date still reminds of the old one: %+v", all)
		}
		v.remind(3)
		v.on(day("2026-03-31"))
		v.remind(4) // the whole is due today
		v.read(func(tx *db.Tx) error {
			entries, err := ledger.BySubject(tx, "round/mj.2025")
			n := 0
			for _, e := range entries {
				if e.Act == "annualreport.remind" {
					n++
				}
			}
			if n != 6 {
				v.Errorf("%d entries of reminders, want one for each of 6 days", n)
			}
			return err
		})
		v.verify()
	})
}

func TestTheQueueRemindsEveryMorning(t *testing.T) {
	each(t, func(v *district) {
		v.open()
		q := jobs.New(v.db, slog.New(slog.DiscardHandler))
		v.reports.Work(q)
		if next := q.Timetable(v.clock().Now()); next[annualreport.RemindJob].IsZero() {
			v.Errorf("timetable = %v", next)
		}
		v.must(q.RunNow(ctx, annualreport.RemindJob))
		if all := v.reminders(v.writer); len(all) != 1 {
			v.Errorf("after the job %d reminders", len(all))
		}
	})
}
