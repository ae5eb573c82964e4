package identity_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"gongkai/identity"
	"gongkai/identity/identitytest"
	"gongkai/internal/db"
	"gongkai/internal/db/dbtest"
	"gongkai/internal/fault"
	"gongkai/ledger"
	"gongkai/org"
)

// world is a district with its three first administrators, each signed in.
type world struct {
	t     *testing.T
	db    *db.DB
	clock *dbtest.FakeClock
	ps    *identity.People
	ctx   context.Context

	sys, sec, audit identity.Actor
}

const (
	district = org.ID("mj")
	office   = org.ID("mj-bgs")
	school   = org.ID("mj-jyj") // the education bureau
	primary  = org.ID("mj-jyj-xx")
	finance  = org.ID("mj-czj")
)

var pc = identity.Client{Network: "192.0.2.0/24", Device: "Edge · Windows"}

func each(t *testing.T, f func(w *world)) {
	t.Helper()
	eachWith(t, identitytest.Cheap, f)
}

func eachWith(t *testing.T, p identity.Policy, f func(w *world)) {
	t.Helper()
	dbtest.Each(t, identity.Schema, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		addUnits(t, d)
		ps, err := identity.New(d, identitytest.Plain{}, p)
		if err != nil {
			t.Fatal(err)
		}
		w := &world{t: t, db: d, clock: dbtest.Clock(d), ps: ps, ctx: ctx}
		firsts, err := ps.Bootstrap(ctx, identity.System("test"), district)
		if err != nil {
			t.Fatalf("Bootstrap: %v", err)
		}
		for i, a := range []*identity.Actor{&w.sys, &w.sec, &w.audit} {
			*a = w.firstSignIn(firsts[i].Login, firsts[i].Password, goodPassword).Actor
		}
		f(w)
		w.verify()
	})
}

func addUnits(t testing.TB, d *db.DB) {
	t.Helper()
	us := org.New(d)
	for _, u := range []org.Unit{
		{ID: district, Kind: org.Government, Name: "示例市明镜区人民政府", Short: "区政府"},
		{ID: office, Parent: district, Kind: org.Office, Name: "示例市明镜区人民政府办公室", Short: "区府办"},
		{ID: school, Parent: district, Kind: org.Department, Name: "示例市明镜区教育局", Short: "区教育局"},
		{ID: primary, Parent: school, Kind: org.Department, Name: "示例市明镜区实验小学", Short: "实验小学"},
		{ID: finance, Parent: district, Kind: org.Department, Name: "示例市明镜区财政局", Short: "区财政局"},
	} {
		u.Active = true
		if err := us.Add(t.Context(), identity.System("test"), u); err != nil {
			t.Fatalf("Add(%s): %v", u.ID, err)
		}
	}
}

const (
	goodPassword  = "Qingshan-4827"
	otherPassword = "Lvshui_9135xy"
)

// firstSignIn signs in with a one-time password and changes it.
func (w *world) firstSignIn(login string, once identity.Secret, password string) identity.Visit {
	w.t.Helper()
	v := w.signIn(login, once.Reveal())
	if v.Step != identity.StepPassword {
		w.t.Fatalf("first SignIn(%s).Step = %q, want %q", login, v.Step, identity.StepPassword)
	}
	v, err := w.ps.ChangePassword(w.ctx, v.Actor, once.Reveal(), password)
	if err != nil {
		w.t.Fatalf("ChangePassword(%s): %v", login, err)
	}
	return v
}

func (w *world) signIn(login, password string) identity.Visit {
	w.t.Helper()
	v, err := w.ps.SignIn(w.ctx, login, password, pc)
	if err != nil {
		w.t.Fatalf("SignIn(%s): %v", login, err)
	}
	if v.Token == "" {
		w.t.Fatalf("SignIn(%s) gave no token", login)
	}
	return v
}

func (w *world) resume(token identity.Secret) identity.Visit {
	w.t.Helper()
	v, err := w.ps.Resume(w.ctx, token.Reveal())
	if err != nil {
		w.t.Fatalf("Resume: %v", err)
	}
	return v
}

// create makes a new person as the system administrator does.
func (w *world) create(login, name string, unit org.ID) (identity.ID, identity.Secret) {
	w.t.Helper()
	id, once, err := w.ps.Create(w.ctx, w.sys, login, identity.Details{Name: name, Unit: unit, Post: "科员", Phone: "0577-00000012"})
	if err != nil {
		w.t.Fatalf("Create(%s): %v", login, err)
	}
	return id, once
}

// person makes an active person who holds the roles at home, with goodPassword,
// signed in.
func (w *world) person(login, name string, unit org.ID, roles ...identity.Role) identity.Visit {
	w.t.Helper()
	id, once := w.create(login, name, unit)
	for _, r := range roles {
		w.must("Grant", w.ps.Grant(w.ctx, w.sec, id, r, unit))
	}
	w.must("Activate", w.ps.Activate(w.ctx, w.sec, id))
	return w.firstSignIn(login, once, goodPassword)
}

func (w *world) must(call string, err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatalf("%s: %v", call, err)
	}
}

// refused asserts that an act failed in this way, with a sentence that has the
// words in it.
func (w *world) refused(call string, err error, kind fault.Kind, words string) {
	w.t.Helper()
	if !errors.Is(err, kind) || !strings.Contains(fault.Sentence(err), words) {
		w.t.Errorf("%s = %v, want %s with %q", call, err, kind, words)
	}
}

// verify checks the whole ledger against the rows.
func (w *world) verify() {
	w.t.Helper()
	w.must("ledger.Verify", w.db.Read(context.Background(), func(tx *db.Tx) error {
		report, err := ledger.Verify(tx, org.Keeper, identity.Keeper)
		for _, f := range report.Findings {
			w.t.Errorf("ledger.Verify: %s", f.Say)
		}
		return err
	}))
}

func (w *world) at(d time.Duration) { w.clock.Add(d) }

// audit0 is the zero time: a handover now.
func (w *world) audit0() time.Time { return time.Time{} }

// person2 makes an active person with another security administrator.
func (w *world) person2(sec identity.Actor, login, name string, unit org.ID, roles ...identity.Role) identity.ID {
	w.t.Helper()
	id, _ := w.create(login, name, unit)
	for _, r := range roles {
		w.must("Grant", w.ps.Grant(w.ctx, sec, id, r, unit))
	}
	w.must("Activate", w.ps.Activate(w.ctx, sec, id))
	return id
}

// acts lists what the ledger says was done to a person.
func (w *world) acts(id identity.ID) (all []string) {
	w.t.Helper()
	w.must("acts", w.db.Read(context.Background(), func(tx *db.Tx) (err error) {
		all, err = db.All(tx, func(r db.Row) (s string, err error) { return s, r.Scan(&s) },
			`SELECT act FROM ledger_entry WHERE subject = $1 ORDER BY seq`, "person/"+string(id))
		return err
	}))
	return all
}
