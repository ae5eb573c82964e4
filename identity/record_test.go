package identity_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/ledger"
)

// TestTheLedgerHoldsNothingPersonal does everything that can be done to a person
// and then looks for names, logins, posts and numbers in all that is public.
func TestTheLedgerHoldsNothingPersonal(t *testing.T) {
	each(t, func(w *world) {
		v := w.person("liqing", "李青", school, identity.Publisher)
		id := v.Actor.Person
		next := w.person("wanglan", "王兰", school)
		w.must("Edit", w.ps.Edit(w.ctx, w.sys, id, identity.Details{Name: "李青青", Unit: school, Post: "主任科员", Phone: "0577-00000034"}))
		_, codes := w.enrol(v.Actor)
		half := w.signIn("liqing", goodPassword)
		_, err := w.ps.EnterCode(w.ctx, half.Token.Reveal(), codes[0].Reveal(), pc)
		w.must("EnterCode", err)
		_, err = w.ps.RenewRecovery(w.ctx, v.Actor, goodPassword)
		w.must("RenewRecovery", err)
		w.must("DropCode", w.ps.DropCode(w.ctx, v.Actor, goodPassword))
		w.must("Lock", w.ps.Lock(w.ctx, w.sec, id, "李青借调至市局"))
		w.must("Unlock", w.ps.Unlock(w.ctx, w.sec, id))
		_, err = w.ps.Reset(w.ctx, w.sys, id)
		w.must("Reset", err)
		w.must("Succeed", w.ps.Succeed(w.ctx, w.sec, id, next.Actor.Person, time.Time{}))
		w.must("Grant", w.ps.Grant(w.ctx, w.sec, id, identity.First, school))
		w.must("Revoke", w.ps.Revoke(w.ctx, w.sec, id, identity.First, school))
		w.must("Leave", w.ps.Leave(w.ctx, w.sys, id))

		want := "create grant activate password edit code-on recovery-used recovery-new code-off lock unlock reset succeed grant revoke leave"
		got := strings.ReplaceAll(strings.Join(w.acts(id), " "), "identity.", "")
		if got != want {
			t.Errorf("acts on the person = %s\nwant %s", got, want)
		}
		n := 0
		w.must("Read", w.db.Read(w.ctx, func(tx *db.Tx) error {
			return db.Each(tx, func(r db.Row) error {
				var line string
				if err := r.Scan(&line); err != nil {
					return err
				}
				n++
				for _, personal := range []string{"李青", "王兰", "liqing", "wanglan", "科员", "00000012", "00000034", "借调", "argon2"} {
					if strings.Contains(line, personal) {
						t.Errorf("the ledger says %q: %s", personal, line)
					}
				}
				return nil
			}, `SELECT act || ' ' || subject || ' ' || who || ' ' || unit || ' ' || public FROM ledger_entry WHERE act LIKE 'identity.%' ORDER BY seq`)
		}))
		if n < 20 {
			t.Errorf("only %d entries were looked at", n)
		}
	})
}

func (w *world) tamper(query string, args ...any) {
	w.t.Helper()
	w.must("tamper", w.db.Write(w.ctx, func(tx *db.Tx) error {
		n, err := tx.Exec(query, args...)
		if err == nil && n == 0 {
			err = fmt.Errorf("%s changed nothing", query)
		}
		return err
	}))
}

// tampered asserts that the keeper no longer agrees with the ledger on exactly
// these logins, and puts the world right by an honest act on each.
func (w *world) tampered(logins ...string) {
	w.t.Helper()
	for _, login := range logins {
		p, err := w.ps.ByLogin(w.ctx, identity.System("test"), login)
		w.must("ByLogin", err)
		if w.agrees(p.ID) {
			w.t.Errorf("a change by hand of %s is not seen", login)
		}
		w.must("Edit", w.ps.Edit(w.ctx, w.sys, p.ID, p.Details))
	}
}

// agrees reports whether a person's rows are as the ledger last saw them.
func (w *world) agrees(id identity.ID) (same bool) {
	w.t.Helper()
	subject := "person/" + string(id)
	w.must("agrees", w.db.Read(context.Background(), func(tx *db.Tx) error {
		var now ledger.Digest
		err := identity.Keeper.Each(tx, func(s string, d ledger.Digest) error {
			if s == subject {
				now = d
			}
			return nil
		})
		if err != nil {
			return err
		}
		then, err := db.Value[[]byte](tx, `SELECT record FROM ledger_entry WHERE subject = $1 ORDER BY seq DESC LIMIT 1`, subject)
		same = string(now[:]) == string(then)
		return err
	}))
	return same
}

func TestAChangeByHandIsSeen(t *testing.T) {
	each(t, func(w *world) {
		v := w.person("liqing", "李青", school, identity.Publisher)
		w.enrol(v.Actor)
		for _, query := range []string{
			`UPDATE identity_person SET password = (SELECT password FROM identity_person WHERE login = 'secadmin') WHERE login = 'liqing'`,
			`UPDATE identity_person SET totp = NULL WHERE login = 'liqing'`,
			`UPDATE identity_person SET name = '李清' WHERE login = 'liqing'`,
			`UPDATE identity_person SET unit = 'mj' WHERE login = 'liqing'`,
			`UPDATE identity_person SET password_at = password_at + 1 WHERE login = 'liqing'`,
			`UPDATE identity_grant SET role = 'secadmin' WHERE role = 'publisher'`,
			`UPDATE identity_grant SET until = since WHERE role = 'secadmin' AND unit = 'mj-jyj'`,
			`INSERT INTO identity_grant (person, role, unit, since, giver) SELECT id, 'final', 'mj', 0, '' FROM identity_person WHERE login = 'liqing'`,
			`DELETE FROM identity_grant WHERE role = 'final'`,
			`UPDATE identity_recovery SET used = 1`,
			`DELETE FROM identity_recovery`,
			`DELETE FROM identity_former WHERE person = (SELECT id FROM identity_person WHERE login = 'liqing')`,
		} {
			w.tamper(query)
			w.tampered("liqing")
		}
	})
}

// TestSigningInIsNoActOnTheRecord: what changes at every sign-in is outside the
// digest, so that the ledger need not grow with it.
func TestSigningInIsNoActOnTheRecord(t *testing.T) {
	each(t, func(w *world) {
		v := w.person("liqing", "李青", school, identity.Publisher)
		before := len(w.acts(v.Actor.Person))
		w.ps.SignIn(w.ctx, "liqing", "wrong", pc)
		next := w.signIn("liqing", goodPassword)
		w.must("SignOut", w.ps.SignOut(w.ctx, next.Actor, next.ID))
		if got := len(w.acts(v.Actor.Person)); got != before || !w.agrees(v.Actor.Person) {
			t.Errorf("signing in made %d entries in the ledger", got-before)
		}
	})
}
