package inspection_test

import (
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"slices"
	"syscall"
	"testing"
	"time"

	"gongkai/identity"
	"gongkai/inspection"
	"gongkai/inspection/rule"
	"gongkai/internal/db"
	"gongkai/internal/db/dbtest"
	"gongkai/ledger"
	"gongkai/org"
	"gongkai/workday"
)

// oversight is the records of a large city: so many texts that were inspected, and
// findings of forty rules in the texts of sixty units, in every state.
func oversight(w *world, texts, found int) {
	w.Helper()
	const unitsBelow = 58
	units := org.New(w.db)
	ids := []org.ID{"mj-jyj", "mj-qs"}
	for i := range unitsBelow {
		id := org.ID(fmt.Sprintf("mj-%02d", i))
		w.must(units.Add(ctx, identity.System("test"), org.Unit{ID: id, Parent: "mj", Kind: org.Department, Name: fmt.Sprintf("明镜区第%d局", i), Short: fmt.Sprintf("第%d局", i), Order: 10 + i, Active: true}))
		ids = append(ids, id)
	}
	now := dbtest.Clock(w.db).Now()
	day := workday.Today(now)
	unitOf := func(i int) org.ID { return ids[(i*i+i/7)%len(ids)] }
	subject := func(i int) string { return fmt.Sprintf("item/%08d", i) }
	title := func(i int) string {
		return fmt.Sprintf("明镜区第%d局关于做好%d年度第%d号民生实事项目组织实施和资金监督管理工作的通知", i%58, 2020+i%7, i)
	}
	const batch = 5000
	for from := 0; from < texts; from += batch {
		var all []inspection.Report
		for i := from; i < min(from+batch, texts); i++ {
			all = append(all, inspection.Report{Subject: subject(i), Unit: unitOf(i), Title: title(i), Address: "/info/" + subject(i), Digest: ledger.DigestOf(i), Rules: "v1", At: now})
		}
		w.must(w.db.Write(ctx, func(tx *db.Tx) error { return inspection.Keep(tx, all, nil, nil) }))
	}
	families := []string{"typo.r%d", "punct.r%d", "element.r%d", "privacy.r%d", "cite.r%d"}
	severities := []rule.Severity{rule.Suspect, rule.Suspect, rule.Error, rule.Error, rule.Error, rule.Hint, rule.Suspect, rule.Error, rule.Suspect, rule.Block}
	states := slices.Concat(slices.Repeat([]inspection.State{inspection.Found}, 8), slices.Repeat([]inspection.State{inspection.Confirmed}, 2), slices.Repeat([]inspection.State{inspection.Closed}, 6),
		[]inspection.State{inspection.Mended, inspection.Dismissed, inspection.Dismissed, inspection.Gone})
	for from := 0; from < found; from += batch {
		var all []inspection.Finding
		var steps []inspection.Step
		for i := from; i < min(from+batch, found); i++ {
			at := i * texts / found // the text it stands in
			seen := now.Add(-time.Duration(i%200) * 24 * time.Hour)
			f := inspection.Finding{ID: inspection.ID(fmt.Sprintf("f%08d", i)), Subject: subject(at), Unit: unitOf(at), Title: title(at), Address: "/info/" + subject(at),
				Finding: rule.Finding{Rule: fmt.Sprintf(families[i%5], i%8), Tier: rule.B, Severity: severities[(i/3)%10], Start: 120, End: 122, Text: "任然", Suggest: []string{"仍然"}, Message: "“任然”应为“仍然”", Source: "《现代汉语词典》", Confidence: .9, Count: 1, Part: "document"},
				Excerpt: "各镇人民政府、街道办事处任然应当明确专人负责，于每季度首月十日前报送工作情况。", ExcerptAt: 12,
				Shown: true, State: states[(i/7)%len(states)], First: seen, Last: seen, Moved: seen}
			step := func(do inspection.Do, was, to inspection.State) {
				steps = append(steps, inspection.Step{ID: inspection.StepID(fmt.Sprintf("s%08d%s", i, do)), Do: do, By: w.office.Person, Unit: "mj", Due: f.Due, Note: "请按期改正并重新公开", At: seen.Add(time.Duration(len(steps)) * time.Second),
					Findings: []inspection.Moved{{Finding: f.ID, Subject: f.Subject, Rule: f.Rule, Was: was, Now: to}}})
			}
			switch f.State {
			case inspection.Confirmed, inspection.Mended, inspection.Closed:
				f.Due = day.AddDays(i%40 - 15)
				step(inspection.DoConfirm, inspection.Found, inspection.Confirmed)
				if f.State != inspection.Confirmed {
					step(inspection.DoMend, inspection.Confirmed, inspection.Mended)
				}
				if f.State == inspection.Closed {
					step(inspection.DoClose, inspection.Mended, inspection.Closed)
				}
			case inspection.Dismissed:
				step(inspection.DoDismiss, inspection.Found, inspection.Dismissed)
			}
			all = append(all, f)
		}
		w.must(w.db.Write(ctx, func(tx *db.Tx) error { return inspection.Keep(tx, nil, all, steps) }))
	}
}

// supervised are the looks of the supervisor's pages into the records of a large city.
func supervised(is *inspection.Inspections, today workday.Date) []struct {
	name string
	do   func(tx *db.Tx) error
} {
	everywhere := org.Everything()
	open := []inspection.State{inspection.Found, inspection.Confirmed, inspection.Mended}
	list := func(f inspection.Filter) func(tx *db.Tx) error {
		return func(tx *db.Tx) error {
			if _, err := inspection.Page(tx, f); err != nil {
				return err
			}
			f.States, f.Overdue, f.Rule, f.Severity = nil, false, "", ""
			_, err := inspection.CountAll(tx, f, inspection.ByState, inspection.ByRule, inspection.BySeverity)
			return err
		}
	}
	return []struct {
		name string
		do   func(tx *db.Tx) error
	}{
		{"overview", func(tx *db.Tx) error {
			if _, err := inspection.CountAll(tx, inspection.Filter{Units: everywhere}, inspection.ByState, inspection.ByUnit); err != nil {
				return err
			}
			_, err := inspection.CountAll(tx, inspection.Filter{Units: everywhere, States: open}, inspection.ByRule, inspection.ByAge)
			return err
		}},
		{"list", list(inspection.Filter{Units: everywhere, States: open})},
		{"list-last-page", list(inspection.Filter{Units: everywhere, States: open, Page: 400})},
		{"list-of-a-unit", list(inspection.Filter{Units: everywhere, Unit: "mj-qs", States: open})},
		{"list-of-a-rule", list(inspection.Filter{Units: everywhere, Rule: "typo", Severity: rule.Error, States: open})},
		{"list-late", list(inspection.Filter{Units: everywhere, States: open, Overdue: true, Order: inspection.DueNext})},
		{"list-with-words", list(inspection.Filter{Units: everywhere, Words: "第4321号", States: open})},
		{"list-everything", list(inspection.Filter{Units: everywhere, Where: inspection.Anywhere, Order: inspection.ByTitle})},
		{"units-due", func(tx *db.Tx) error {
			f := inspection.Filter{Units: org.Under("mj-qs"), States: []inspection.State{inspection.Confirmed}, Order: inspection.DueNext, Where: inspection.Anywhere}
			if _, _, err := inspection.List(tx, f); err != nil {
				return err
			}
			f.States = nil
			_, err := inspection.Counts(tx, f, inspection.ByState)
			return err
		}},
		{"export", func(tx *db.Tx) error {
			n := 0
			err := is.Export(tx, inspection.Filter{Units: everywhere}, func(inspection.Row) error { n++; return nil })
			if err == nil && n == 0 {
				return fmt.Errorf("nothing was exported")
			}
			return err
		}},
	}
}

// busySoFar is how long the processors have worked for this process, which says more
// than the clock on a machine that others use as well.
func busySoFar() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// vacuum does for a test's PostgreSQL what its autovacuum does for one that runs.
func vacuum(w *world) {
	w.Helper()
	server, err := url.Parse(os.Getenv("GONGKAI_TEST_POSTGRES"))
	w.must(err)
	if server.Host == "" {
		w.Log("not vacuumed: GONGKAI_TEST_POSTGRES does not name the server")
		return
	}
	w.read(func(tx *db.Tx) (err error) {
		server.Path, err = db.Value[string](tx, `SELECT '/' || current_database()`)
		return err
	})
	own, err := sql.Open("pgx", server.String())
	w.must(err)
	defer own.Close()
	_, err = own.Exec(`VACUUM ANALYZE`)
	w.must(err)
}

// BenchmarkSupervise is what each of the supervisor's pages asks of the records of
// 100,000 inspected texts with 50,000 findings, on both engines.
func BenchmarkSupervise(b *testing.B) {
	for _, engine := range []struct {
		name string
		open func(testing.TB, *db.Schema) *db.DB
	}{{"sqlite", dbtest.SQLite}, {"postgres", dbtest.Postgres}} {
		b.Run(engine.name, func(b *testing.B) {
			w := newWorld(b, engine.open(b, inspection.Schema))
			oversight(w, 100_000, 50_000)
			if engine.name == "postgres" {
				vacuum(w)
			}
			for _, look := range supervised(w.is, w.today()) {
				b.Run(look.name, func(b *testing.B) {
					busy := busySoFar()
					for b.Loop() {
						w.must(w.db.Read(ctx, look.do))
					}
					if engine.name == "sqlite" { // the work of PostgreSQL is done elsewhere
						b.ReportMetric(float64((busySoFar()-busy).Milliseconds())/float64(b.N), "busy-ms/op")
					}
				})
			}
		})
	}
}
