package identity_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"gongkai/identity"
	"gongkai/identity/identitytest"
	"gongkai/internal/db"
	"gongkai/internal/db/dbtest"
	"gongkai/internal/fault"
	"gongkai/ledger"
)

// breakLedger makes every entry on people fail, as a full disk would.
func (w *world) breakLedger() (mend func()) {
	w.t.Helper()
	do := func(queries ...string) {
		w.t.Helper()
		w.must("trigger", w.db.Write(w.ctx, func(tx *db.Tx) error {
			for _, q := range queries {
				if _, err := tx.Exec(q); err != nil {
					return err
				}
			}
			return nil
		}))
	}
	if w.db.Engine() == db.SQLite {
		do(`CREATE TRIGGER broken BEFORE INSERT ON ledger_entry BEGIN SELECT RAISE(ABORT, 'broken'); END`)
		return func() { do(`DROP TRIGGER broken`) }
	}
	do(`CREATE FUNCTION broken() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'broken'; END $$ LANGUAGE plpgsql`,
		`CREATE TRIGGER broken BEFORE INSERT ON ledger_entry FOR EACH ROW EXECUTE FUNCTION broken()`)
	return func() { do(`DROP TRIGGER broken ON ledger_entry`, `DROP FUNCTION broken()`) }
}

// rows are the digests of all people, the number of their sessions and of what
// waits to be confirmed.
func (w *world) rows() map[string]string {
	w.t.Helper()
	all := map[string]string{}
	w.must("rows", w.db.Read(w.ctx, func(tx *db.Tx) error {
		err := identity.Keeper.Each(tx, func(subject string, d ledger.Digest) error {
			all[subject] = d.String()
			return nil
		})
		if err != nil {
			return err
		}
		for _, table := range []string{"identity_session", "identity_standing", "identity_login"} {
			n, err := db.Value[int](tx, `SELECT count(*) FROM `+table)
			if err != nil {
				return err
			}
			all[table] = fmt.Sprint(n)
		}
		pending, err := db.Value[int](tx, `SELECT count(*) FROM identity_standing WHERE pending IS NOT NULL OR failures > 0`)
		all["pending or failed"] = fmt.Sprint(pending)
		return err
	}))
	return all
}

// TestAnActThatCannotBeRecordedLeavesNothing fails the ledger under every act.
func TestAnActThatCannotBeRecordedLeavesNothing(t *testing.T) {
	each(t, func(w *world) {
		li := w.person("liqing", "李青", school, identity.Publisher)
		wang := w.person("wanglan", "王兰", school, identity.Officer)
		waiting, _ := w.create("zhaoyu", "赵宇", school)
		w.must("Lock", w.ps.Lock(w.ctx, w.sec, w.person("chenlin", "陈林", school).Actor.Person, "借调"))
		locked, err := w.ps.ByLogin(w.ctx, identity.System("test"), "chenlin")
		w.must("ByLogin", err)
		_, codes := w.enrol(wang.Actor)
		half := w.signIn("wanglan", goodPassword)
		e, err := w.ps.BeginCode(w.ctx, li.Actor)
		w.must("BeginCode", err)
		dearer := identitytest.Cheap
		dearer.Argon.Passes = 2
		dear, err := identity.New(w.db, identitytest.Plain{}, dearer)
		w.must("New", err)

		id, other := li.Actor.Person, wang.Actor.Person
		system := identity.System("test")
		before := w.rows()
		mend := w.breakLedger()
		for name, act := range map[string]func() error{
			"Create": func() error {
				_, _, err := w.ps.Create(w.ctx, w.sys, "newone", identity.Details{Name: "新人", Unit: school})
				return err
			},
			"Edit":           func() error { return w.ps.Edit(w.ctx, w.sys, id, identity.Details{Name: "李清", Unit: primary}) },
			"Activate":       func() error { return w.ps.Activate(w.ctx, w.sec, waiting) },
			"Lock":           func() error { return w.ps.Lock(w.ctx, w.sec, id, "借调") },
			"Unlock":         func() error { return w.ps.Unlock(w.ctx, w.sec, locked.ID) },
			"Leave":          func() error { return w.ps.Leave(w.ctx, w.sys, id) },
			"Reset":          func() error { _, err := w.ps.Reset(w.ctx, w.sys, id); return err },
			"SetPassword":    func() error { return w.ps.SetPassword(w.ctx, system, id, otherPassword, true) },
			"Grant":          func() error { return w.ps.Grant(w.ctx, w.sec, id, identity.First, school) },
			"Revoke":         func() error { return w.ps.Revoke(w.ctx, w.sec, id, identity.Publisher, school) },
			"Succeed":        func() error { return w.ps.Succeed(w.ctx, w.sec, id, other, time.Time{}) },
			"ChangePassword": func() error { _, err := w.ps.ChangePassword(w.ctx, li.Actor, goodPassword, otherPassword); return err },
			"ConfirmCode":    func() error { _, err := w.ps.ConfirmCode(w.ctx, li.Actor, w.code(e.Secret.Reveal(), 0)); return err },
			"RenewRecovery":  func() error { _, err := w.ps.RenewRecovery(w.ctx, wang.Actor, goodPassword); return err },
			"DropCode":       func() error { return w.ps.DropCode(w.ctx, wang.Actor, goodPassword) },
			"ClearCode":      func() error { return w.ps.ClearCode(w.ctx, w.sec, other) },
			"EnterCode":      func() error { _, err := w.ps.EnterCode(w.ctx, half.Token.Reveal(), codes[0].Reveal(), pc); return err },
			"SignIn, dearer": func() error { _, err := dear.SignIn(w.ctx, "liqing", goodPassword, pc); return err },
		} {
			if err := act(); err == nil || fault.KindOf(err) != "" {
				t.Errorf("%s without ledger = %v, want our own failure", name, err)
			}
			if after := w.rows(); !maps.Equal(before, after) {
				t.Errorf("%s without ledger left something behind:\n%v\n%v", name, before, after)
				before = after
			}
		}
		mend()
		w.must("Grant with the ledger mended", w.ps.Grant(w.ctx, w.sec, id, identity.First, school))
	})
}

// TestAVisitIsReadByIndexes: no table of people is walked through to serve a
// request.
func TestAVisitIsReadByIndexes(t *testing.T) {
	d := dbtest.SQLite(t, identity.Schema)
	err := d.Read(t.Context(), func(tx *db.Tx) error {
		return db.Each(tx, func(r db.Row) error {
			var id, parent, unused int
			var detail string
			if err := r.Scan(&id, &parent, &unused, &detail); err != nil {
				return err
			}
			if strings.HasPrefix(detail, "SCAN") {
				t.Errorf("reading a visit: %s", detail)
			}
			return nil
		}, `EXPLAIN QUERY PLAN `+identity.VisitQuery, []byte("x"), 1)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func BenchmarkResume(b *testing.B) {
	for name, open := range map[string]func(testing.TB, *db.Schema) *db.DB{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		b.Run(name, func(b *testing.B) {
			d := open(b, identity.Schema)
			addUnits(b, d)
			ps := identitytest.People(b, d)
			ctx, system := b.Context(), identity.System("bench")
			var token string
			for i := range 200 {
				login := fmt.Sprintf("person%d", i)
				id, _, err := ps.Create(ctx, system, login, identity.Details{Name: "测试人员", Unit: school})
				if err == nil {
					err = ps.Grant(ctx, system, id, identity.Publisher, school)
				}
				if err == nil {
					err = ps.SetPassword(ctx, system, id, goodPassword, false)
				}
				if err == nil {
					err = ps.Activate(ctx, system, id)
				}
				var v identity.Visit
				if err == nil {
					v, err = ps.SignIn(ctx, login, goodPassword, pc)
				}
				if err != nil {
					b.Fatal(err)
				}
				token = v.Token.Reveal()
			}
			for b.Loop() {
				if _, err := ps.Resume(ctx, token); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkSignIn(b *testing.B) {
	d := dbtest.SQLite(b, identity.Schema)
	addUnits(b, d)
	ps, err := identity.New(d, identitytest.Plain{}, identity.Policy{})
	if err != nil {
		b.Fatal(err)
	}
	ctx, system := b.Context(), identity.System("bench")
	id, _, err := ps.Create(ctx, system, "liqing", identity.Details{Name: "李青", Unit: school})
	if err == nil {
		err = ps.SetPassword(ctx, system, id, goodPassword, false)
	}
	if err == nil {
		err = ps.Activate(ctx, system, id)
	}
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := ps.SignIn(ctx, "liqing", goodPassword, pc); err != nil {
			b.Fatal(err)
		}
	}
}
