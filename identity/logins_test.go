package identity_test

import (
	"strings"
	"testing"

	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/fault"
)

func TestSignInsAreAudited(t *testing.T) {
	each(t, func(w *world) {
		v := w.person("liqing", "李青", school)
		id := v.Actor.Person
		w.ps.SignIn(w.ctx, "liqing", "wrong", pc)
		for range 2 {
			w.ps.SignIn(w.ctx, "Tangshan-7711", "", pc) // a password typed in the wrong field
		}
		w.must("SignOut", w.ps.SignOut(w.ctx, v.Actor, v.ID))
		for range 5 {
			w.ps.SignIn(w.ctx, "liqing", "wrong", pc)
		}
		w.ps.SignIn(w.ctx, "liqing", goodPassword, pc)

		for _, r := range identity.LoginResults() {
			if r.Title() == "" {
				t.Errorf("%s has no title", r)
			}
		}
		all, err := w.ps.Logins(w.ctx, w.audit, identity.LoginFilter{Person: id})
		w.must("Logins", err)
		got := ""
		for _, l := range all {
			got += string(l.Result) + " "
		}
		if want := "locked locked lockout wrong wrong wrong out wrong opened "; got != want {
			t.Errorf("Logins of the person, latest first = %q, want %q", got, want)
		}
		unknown, err := w.ps.Logins(w.ctx, w.audit, identity.LoginFilter{Result: "wrong", Limit: 100})
		w.must("Logins", err)
		digests := map[string]int{}
		for _, l := range unknown {
			if l.Person == "" {
				digests[l.Unknown]++
			}
		}
		if len(digests) != 1 {
			t.Errorf("one unknown login tried twice has %d digests, want 1: %v", len(digests), digests)
		}
		w.must("Read", w.db.Read(w.ctx, func(tx *db.Tx) error {
			return db.Each(tx, func(r db.Row) error {
				var s string
				if err := r.Scan(&s); err != nil {
					return err
				}
				if strings.Contains(strings.ToLower(s), "tangshan") {
					t.Errorf("the audit keeps what was typed as a login: %s", s)
				}
				return nil
			}, `SELECT id || unknown || network || device FROM identity_login ORDER BY id`)
		}))

		first, err := w.ps.Logins(w.ctx, w.audit, identity.LoginFilter{Person: id, Limit: 3})
		w.must("Logins", err)
		second, err := w.ps.Logins(w.ctx, w.audit, identity.LoginFilter{Person: id, Limit: 3, Before: first[2].ID})
		w.must("Logins", err)
		if len(first) != 3 || len(second) != 3 || second[0].ID != all[3].ID {
			t.Errorf("two pages of three begin with %v and %v", first, second)
		}
	})
}

func TestTheAuditStaysWithinItsUnits(t *testing.T) {
	each(t, func(w *world) {
		audit := w.person("schoolaudit", "郑审计", school, identity.AuditAdmin).Actor
		inside := w.person("liqing", "李青", primary).Actor
		outside := w.person("zhaoyu", "赵宇", finance).Actor
		all, err := w.ps.Logins(w.ctx, audit, identity.LoginFilter{})
		w.must("Logins", err)
		found := map[identity.ID]bool{}
		for _, l := range all {
			found[l.Person] = true
		}
		if !found[inside.Person] || found[outside.Person] || found[w.sys.Person] {
			t.Errorf("Logins of the school's auditor: inside %v, outside %v, district %v", found[inside.Person], found[outside.Person], found[w.sys.Person])
		}
		own, err := w.ps.OwnLogins(w.ctx, outside, 10)
		w.must("OwnLogins", err)
		for _, l := range own {
			if l.Person != outside.Person {
				t.Errorf("OwnLogins shows a sign-in of %s", l.Person)
			}
		}
		if len(own) == 0 || own[0].Client != pc {
			t.Errorf("OwnLogins = %+v, want the sign-in on %v", own, pc)
		}
		_, err = w.ps.OwnLogins(w.ctx, identity.Actor{}, 10)
		w.refused("OwnLogins of nobody", err, fault.Forbidden, "本人")
	})
}

func TestAClientIsCoarse(t *testing.T) {
	for _, c := range []struct {
		name, remote, agent string
		want                identity.Client
	}{
		{"IPv4 with port", "192.0.2.77:50123", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
			identity.Client{Network: "192.0.2.0/24", Device: "Edge · Windows"}},
		{"IPv4 in IPv6", "::ffff:192.0.2.77", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
			identity.Client{Network: "192.0.2.0/24", Device: "Firefox · Linux"}},
		{"IPv6", "[2001:db8:1:2:3::4]:443", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1",
			identity.Client{Network: "2001:db8:1::/48", Device: "Safari · iOS"}},
		{"a socket", "@", "curl/8.0", identity.Client{Device: "其他设备"}},
	} {
		if got := identity.ClientOf(c.remote, c.agent); got != c.want {
			t.Errorf("%s: ClientOf = %+v, want %+v", c.name, got, c.want)
		}
	}
}
