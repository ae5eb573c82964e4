package demo

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gongkai/annualreport"
	"gongkai/demo/content"
	"gongkai/document"
	"gongkai/identity"
	"gongkai/inspection"
	"gongkai/inspection/inspectiontest"
	"gongkai/inspection/rule"
	"gongkai/internal/blob"
	"gongkai/internal/db"
	"gongkai/internal/db/dbtest"
	"gongkai/internal/fault"
	"gongkai/internal/jobs"
	"gongkai/ledger"
	"gongkai/org"
	"gongkai/publication"
	"gongkai/register"
	"gongkai/review"
	"gongkai/review/coordination"
	"gongkai/search"
	"gongkai/workday"
)

var machine = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// texts gives the text of attachments to the index.
type texts struct{}

func (texts) TextOf(tx *db.Tx, digest string) (string, error) {
	return document.TextOf(tx, blob.Digest(digest))
}

// platform is an empty platform.
func platform(t testing.TB, dsn string) Deps {
	t.Helper()
	ctx := context.Background()
	clock := NewClock(machine)
	d, err := db.Open(ctx, dsn, db.Options{Clock: clock.Now, Bulk: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	if err := d.Migrate(ctx, publication.Schema, document.Schema, jobs.Schema, annualreport.Schema); err != nil {
		t.Fatal(err)
	}
	people, err := identity.New(d, noSeal{}, identity.Policy{})
	if err != nil {
		t.Fatal(err)
	}
	files := document.NewFiles(d, blob.Files(t.TempDir()), document.NewPlainReader(document.DefaultLimits))
	p := Deps{DB: d, Units: org.New(d), People: people, Reviews: review.New(d), Items: publication.New(d, texts{}), Files: files, Registers: register.New(d),
		Queue: jobs.New(d, slog.New(slog.DiscardHandler)), Clock: clock}
	p.Reviews.Follow("item", p.Items)
	inspections := inspectiontest.Inspections(d, p.Items.Inspected(publication.Documents{}))
	p.Items.InspectWith(inspections)
	p.Reviews.InspectWith(inspections)
	p.Inspections = inspections
	p.Reports = annualreport.New(d, p.Items, files, annualreport.Registers{}, annualreport.Documents{})
	p.Queue.Handle(publication.LapseJob, func(ctx context.Context, _ jobs.Job) error {
		_, err := p.Items.Lapse(ctx)
		return err
	})
	return p
}

func small(t *testing.T, f func(t *testing.T, d Deps)) {
	t.Helper()
	run := func(t *testing.T, dsn string) {
		d := platform(t, dsn)
		done := 0
		err := Build(context.Background(), d, Options{Items: 60, Progress: func(n, total int) { done = n * 100 / total }})
		if err != nil {
			t.Fatalf("Build: %v (%v)", err, fault.Fields(err))
		}
		if done != 100 {
			t.Errorf("progress ended at %d %%", done)
		}
		f(t, d)
	}
	t.Run("sqlite", func(t *testing.T) { run(t, "sqlite:"+filepath.Join(t.TempDir(), "demo.db")) })
	t.Run("postgres", func(t *testing.T) { run(t, dbtest.PostgresURL(t, nil)) })
}

func TestASmallDistrictIsBuiltThroughTheActsAndHoldsTogether(t *testing.T) {
	small(t, func(t *testing.T, d Deps) {
		ctx := context.Background()
		err := d.DB.Read(ctx, func(tx *db.Tx) error {
			rep, err := ledger.Verify(tx, org.Keeper, review.SubmissionKeeper, review.ChainKeeper, publication.Keeper, publication.TransferKeeper, identity.Keeper, document.Keeper, register.LineKeeper, register.BookKeeper,
				annualreport.ReportKeeper, annualreport.RoundKeeper, annualreport.PastKeeper,
				coordination.Keeper, inspection.StepKeeper, inspection.ExceptionKeeper, inspection.SwitchKeeper, inspection.WordKeeper)
			if err != nil {
				return err
			}
			if !rep.OK() {
				t.Errorf("the ledger does not agree with the records: %+v", rep)
			}
			diff, err := search.Check(tx, d.Items.Indexed(tx))
			if err != nil {
				return err
			}
			if !diff.Equal() {
				t.Errorf("the index does not agree with the records: %+v", diff)
			}
			checkStates(t, tx)
			checkReports(t, tx, 2026)
			checkInspection(t, tx)
			checkColumns(t, tx)
			checkConsultations(t, tx)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		checkLogins(t, d)
		if err := Build(ctx, d, Options{Items: 60}); !errors.Is(err, ErrNotEmpty) {
			t.Errorf("Build in a platform that is in use: %v, want %v", err, ErrNotEmpty)
		}
	})
}

// checkStates compares what the platform holds with what was meant to happen.
func checkStates(t *testing.T, tx *db.Tx) {
	t.Helper()
	rows, n, err := publication.List(tx, publication.Filter{Units: org.Everything(), Size: 1000})
	if err != nil {
		t.Fatal(err)
	}
	titles := map[string]publication.Row{}
	for _, r := range rows {
		titles[r.Title] = r
	}
	public := 0
	validity := map[publication.Validity]int{}
	b := &builder{content: content.New(content.Options{Items: 60})}
	public += len(pilots) // whose reports were compiled here
	for _, p := range oldPages() {
		if !p.gone {
			public++
		}
	}
	for _, a := range agreedTexts {
		if a.out {
			public++
		}
	}
	for _, it := range b.content.Items {
		if b.compiled(it) {
			continue
		}
		if it.State != content.Published {
			if r, ok := titles[it.Title]; ok {
				t.Errorf("%s (%s) is listed as %s", it.Title, it.State, r.Face)
			}
			continue
		}
		public++
		r, ok := titles[it.Title]
		if !ok {
			t.Errorf("%s is not public", it.Title)
			continue
		}
		if day := r.Published.In(content.China).Format(time.DateOnly); day != string(it.Published) {
			t.Errorf("%s published on %s, want %s", it.Title, day, it.Published)
		}
		if r.IndexNo == "" {
			t.Errorf("%s has no index number", it.Title)
		}
		if it.Revision != nil && r.Shown != 2 {
			t.Errorf("%s shows version %d, want the corrected one", it.Title, r.Shown)
		}
		if v := r.ValidityOn(dateOf(content.End)); v != "" {
			validity[v]++
		}
	}
	if n != public {
		t.Errorf("%d items are public, want %d", n, public)
	}
	for _, v := range []publication.Validity{publication.Valid, publication.Amended, publication.Expired, publication.Repealed} {
		if validity[v] == 0 {
			t.Errorf("no document is %s: %v", v, validity)
		}
	}
	working, err := publication.Working(tx, org.Everything(), []publication.Work{publication.Draft, publication.InReview, publication.Ready, publication.Scheduled}, "", 1000)
	if err != nil {
		t.Fatal(err)
	}
	works := map[publication.Work]bool{}
	for _, w := range working {
		works[w.Work] = true
	}
	if len(works) != 4 {
		t.Errorf("work in hand: %v, want drafts, reviews, ready and scheduled items", works)
	}
	waiting, err := review.WaitingIn(tx, org.Everything())
	if err != nil {
		t.Fatal(err)
	}
	levels := map[identity.Right]bool{}
	for _, s := range waiting {
		levels[s.Next().Right] = true
	}
	if len(levels) != 4 {
		t.Errorf("submissions wait at %v, want at every level", levels)
	}
}

// checkInspection looks whether findings are in the states that the story leads to;
// the rules in this test are those on personal data and secrets.
func checkInspection(t *testing.T, tx *db.Tx) {
	t.Helper()
	for state, want := range map[inspection.State]int{inspection.Closed: 9, inspection.Excepted: 2} {
		_, n, err := inspection.List(tx, inspection.Filter{Units: org.Everything(), States: []inspection.State{state}})
		if err != nil {
			t.Fatal(err)
		}
		if n < want {
			t.Errorf("%d findings are %s, want at least %d", n, state, want)
		}
	}
	sweeps, err := inspection.Sweeps(tx, 10)
	if err != nil {
		t.Fatal(err)
	}
	if len(sweeps) != 3 || sweeps[0].Ended.IsZero() || sweeps[0].Failed > 0 {
		t.Errorf("sweeps: %+v, want three that ended", sweeps)
	}
	rows, _, err := inspection.List(tx, inspection.Filter{Units: org.Everything(), Severity: rule.Block, States: []inspection.State{inspection.Found, inspection.Confirmed}})
	if err != nil || len(rows) > 0 {
		t.Errorf("what must not stand still stands: %+v, %v", rows, err)
	}
}

// checkColumns looks for columns of units that are empty although the unit has them:
// in a small district the guides and rules of some, and documents.
func checkColumns(t *testing.T, tx *db.Tx) {
	t.Helper()
	tree, err := org.Load(tx)
	if err != nil {
		t.Fatal(err)
	}
	tallies, err := publication.Tallies(tx, org.Everything())
	if err != nil {
		t.Fatal(err)
	}
	count := map[org.ID]map[publication.Column]int{}
	for _, x := range tallies {
		if count[x.Unit] == nil {
			count[x.Unit] = map[publication.Column]int{}
		}
		count[x.Unit][x.Column] = x.N
	}
	for _, u := range tree.All() {
		shown := map[publication.Column]bool{}
		for _, c := range publication.ColumnsOf(u) {
			shown[c.Code] = true
			if c.Code.MayLack() && count[u.ID][c.Code] == 0 {
				t.Errorf("%s has an empty column %s, want none for what is not its duty", u.Name, c.Name)
			}
		}
		for c, n := range count[u.ID] {
			if n > 0 && !shown[c] {
				t.Errorf("%s has %d items in %s, and no such column", u.Name, n, c)
			}
		}
	}
}

// checkConsultations looks whether every way a question to another organ can go is
// there.
func checkConsultations(t *testing.T, tx *db.Tx) {
	t.Helper()
	got, today := map[coordination.State]int{}, workday.Today(machine)
	late := 0
	all, err := coordination.Sent(tx, org.Everything(), 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range all {
		got[c.State]++
		if c.Overdue(today) {
			late++
		}
	}
	want := map[coordination.State]int{coordination.Asked: 2, coordination.Agreed: 1, coordination.Settled: 1, coordination.Escalated: 1}
	if d := cmp.Diff(want, got); d != "" || late != 1 {
		t.Errorf("%d late; questions to other organs (-want +got):\n%s", late, d)
	}
}

// checkLogins compares what is printed with what is there.
func checkLogins(t *testing.T, d Deps) {
	t.Helper()
	roles := map[identity.Role]bool{}
	for _, l := range Logins() {
		p, err := d.People.ByLogin(context.Background(), identity.System("test"), l.Login)
		if err != nil {
			t.Errorf("ByLogin(%s): %v", l.Login, err)
			continue
		}
		if p.OneTime || !p.PasswordAt.Equal(machine) {
			t.Errorf("%s: one-time %v, password of %v, want one of today", l.Login, p.OneTime, p.PasswordAt)
		}
		if err := d.People.Policy().Weakness(l.Login, l.Password); err != nil {
			t.Errorf("the password of %s is refused: %v", l.Login, err)
		}
		err = d.DB.Read(context.Background(), func(tx *db.Tx) error {
			a, err := identity.ActorOf(tx, p.ID)
			for _, r := range identity.Roles() {
				roles[r] = roles[r] || slices.Contains(a.Roles(), r)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
	for _, r := range identity.Roles() {
		if !roles[r] {
			t.Errorf("no login for the role %s", r)
		}
	}
}

func TestTheClockOnlyMovesForwardUntilItIsLetGo(t *testing.T) {
	c := NewClock(machine)
	if got := c.Now(); !got.Equal(machine) {
		t.Errorf("Now() = %v, want the machine's %v", got, machine)
	}
	early := machine.AddDate(-3, 0, 0)
	c.to(early)
	c.to(early.Add(-time.Hour))
	if got := c.Now(); !got.Equal(early) {
		t.Errorf("Now() = %v, want %v", got, early)
	}
	c.letGo()
	if got := c.Now(); !got.Equal(machine) {
		t.Errorf("Now() = %v after letting go, want %v", got, machine)
	}
}
