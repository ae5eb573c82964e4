package identity_test

import (
	"strings"
	"testing"
	"time"

	"gongkai/identity"
	"gongkai/identity/identitytest"
	"gongkai/internal/fault"
)

func TestFiveFailuresLockForTwentyMinutes(t *testing.T) {
	each(t, func(w *world) {
		w.person("liqing", "李青", school, identity.Publisher)
		for range 4 {
			_, err := w.ps.SignIn(w.ctx, "liqing", "wrong", pc)
			w.refused("SignIn", err, fault.Forbidden, "用户名或口令不正确")
		}
		w.signIn("liqing", goodPassword) // a success begins the count again
		for range 4 {
			w.ps.SignIn(w.ctx, "liqing", "wrong", pc)
		}
		v := w.signIn("liqing", goodPassword)
		if p, err := w.ps.Get(w.ctx, v.Actor, v.Actor.Person); err != nil || !p.LastLogin.Equal(v.Opened) {
			t.Errorf("LastLogin = %v, %v, want %v", p.LastLogin, err, v.Opened)
		}
		for range 5 {
			_, err := w.ps.SignIn(w.ctx, "liqing", "wrong", pc)
			w.refused("SignIn", err, fault.Forbidden, "用户名或口令不正确")
		}
		_, err := w.ps.SignIn(w.ctx, "liqing", goodPassword, pc)
		w.refused("SignIn with the right password while locked", err, fault.Forbidden, "用户名或口令不正确")
		w.at(19 * time.Minute)
		_, err = w.ps.SignIn(w.ctx, "liqing", goodPassword, pc)
		w.refused("SignIn after 19 minutes", err, fault.Forbidden, "用户名或口令不正确")
		w.at(time.Minute)
		_, err = w.ps.SignIn(w.ctx, "liqing", "wrong", pc) // the count begins again after a lockout
		w.refused("SignIn after 20 minutes with a wrong one", err, fault.Forbidden, "用户名或口令不正确")
		w.signIn("liqing", goodPassword)
	})
}

func TestASecurityAdministratorEndsALockout(t *testing.T) {
	each(t, func(w *world) {
		v := w.person("liqing", "李青", school, identity.Publisher)
		for range 5 {
			w.ps.SignIn(w.ctx, "liqing", "wrong", pc)
		}
		p, err := w.ps.Get(w.ctx, w.sec, v.Actor.Person)
		w.must("Get", err)
		if p.LockedUntil.IsZero() {
			t.Error("the lockout is not shown")
		}
		w.must("Unlock", w.ps.Unlock(w.ctx, w.sec, v.Actor.Person))
		w.signIn("liqing", goodPassword)
	})
}

// TestRefusalsTellNothing: every failure before the password is known to be
// right has the same sentence and the same number of hashes.
func TestRefusalsTellNothing(t *testing.T) {
	each(t, func(w *world) {
		w.person("liqing", "李青", school)
		w.person("wanglan", "王兰", school)
		w.create("zhaoyu", "赵宇", school)
		for range 5 {
			w.ps.SignIn(w.ctx, "wanglan", "wrong", pc)
		}
		sentences := map[string]bool{}
		for _, c := range []struct{ name, login, password string }{
			{"a wrong password", "liqing", "wrong"},
			{"no such login", "nobody", "wrong"},
			{"no login at all", "", ""},
			{"a very long password", "nobody", strings.Repeat("x", 5000)},
			{"a locked account", "wanglan", "wrong"},
			{"a locked account with the right password", "wanglan", goodPassword},
			{"an account not yet active", "zhaoyu", "wrong"},
		} {
			before := w.ps.Hashes()
			_, err := w.ps.SignIn(w.ctx, c.login, c.password, pc)
			if got := w.ps.Hashes() - before; got != 1 {
				t.Errorf("%s: %d hashes, want 1", c.name, got)
			}
			if fault.KindOf(err) != fault.Forbidden {
				t.Errorf("%s: SignIn = %v, want forbidden", c.name, err)
			}
			sentences[fault.Sentence(err)] = true
		}
		if len(sentences) != 1 {
			t.Errorf("refusals have %d different sentences, want 1: %v", len(sentences), sentences)
		}
	})
}

func TestALockedAccountIsToldOnlyWithTheRightPassword(t *testing.T) {
	each(t, func(w *world) {
		v := w.person("liqing", "李青", school)
		w.must("Lock", w.ps.Lock(w.ctx, w.sec, v.Actor.Person, "借调"))
		_, err := w.ps.Resume(w.ctx, v.Token.Reveal())
		w.refused("Resume of a locked account", err, fault.Forbidden, "重新登录")
		_, err = w.ps.SignIn(w.ctx, "liqing", goodPassword, pc)
		w.refused("SignIn of a locked account", err, fault.Forbidden, "已被停用")
		w.must("Unlock", w.ps.Unlock(w.ctx, w.sec, v.Actor.Person))
		w.signIn("liqing", goodPassword)
	})
}

func TestAPasswordIsChangedWithin90Days(t *testing.T) {
	each(t, func(w *world) {
		w.person("liqing", "李青", school, identity.Publisher)
		w.at(90*24*time.Hour - time.Minute)
		if v := w.signIn("liqing", goodPassword); v.Step != identity.StepNone {
			t.Errorf("a minute before 90 days: step %q, want none", v.Step)
		}
		w.at(time.Minute)
		v := w.signIn("liqing", goodPassword)
		if v.Step != identity.StepPassword || v.Actor.CanAny(identity.PublicationDraft) {
			t.Errorf("after 90 days: step %q, may draft %v; want password and no right", v.Step, v.Actor.CanAny(identity.PublicationDraft))
		}
		v, err := w.ps.ChangePassword(w.ctx, v.Actor, goodPassword, otherPassword)
		w.must("ChangePassword", err)
		if v.Step != identity.StepNone || !v.Actor.Can(identity.PublicationDraft, school) {
			t.Errorf("after the change: step %q, want none", v.Step)
		}
	})
}

func TestAOneTimePasswordRunsOut(t *testing.T) {
	each(t, func(w *world) {
		id, once := w.create("liqing", "李青", school)
		w.must("Activate", w.ps.Activate(w.ctx, w.sec, id))
		w.at(7 * 24 * time.Hour)
		_, err := w.ps.SignIn(w.ctx, "liqing", once.Reveal(), pc)
		w.refused("SignIn after a week", err, fault.TooLate, "一次性口令已过期")
	})
}

func TestAOneTimePasswordGivesNoRights(t *testing.T) {
	each(t, func(w *world) {
		id, once := w.create("liqing", "李青", school)
		w.must("Grant", w.ps.Grant(w.ctx, w.sec, id, identity.Publisher, school))
		w.must("Activate", w.ps.Activate(w.ctx, w.sec, id))
		v := w.signIn("liqing", once.Reveal())
		if v.Step != identity.StepPassword || v.Actor.CanAny(identity.PublicationDraft) || v.Actor.Person != id {
			t.Errorf("SignIn with a one-time password = step %q, may draft %v", v.Step, v.Actor.CanAny(identity.PublicationDraft))
		}
	})
}

func TestOldPasswordsDoNotComeBack(t *testing.T) {
	each(t, func(w *world) {
		v := w.person("liqing", "李青", school)
		all := []string{goodPassword, "Yangguang-1A", "Yangguang-2B", "Yangguang-3C", "Yangguang-4D", "Yangguang-5E"}
		change := func(old, password string) (err error) {
			next, err := w.ps.ChangePassword(w.ctx, v.Actor, old, password)
			if err == nil {
				v = next
			}
			return err
		}
		for i := 1; i < 5; i++ {
			w.must("ChangePassword", change(all[i-1], all[i]))
			w.refused("back to the first", change(all[i], all[0]), fault.Invalid, "最近5次")
			w.refused("to the same", change(all[i], all[i]), fault.Invalid, "最近5次")
		}
		w.must("ChangePassword", change(all[4], all[5]))
		w.must("the first, after five others", change(all[5], all[0]))
	})
}

func TestWrongOldPasswordsCountAsFailures(t *testing.T) {
	each(t, func(w *world) {
		v := w.person("liqing", "李青", school)
		for range 5 {
			_, err := w.ps.ChangePassword(w.ctx, v.Actor, "wrong", otherPassword)
			w.refused("ChangePassword", err, fault.Invalid, "原口令不正确")
		}
		_, err := w.ps.ChangePassword(w.ctx, v.Actor, goodPassword, otherPassword)
		w.refused("ChangePassword while locked", err, fault.Forbidden, "暂时锁定")
		_, err = w.ps.SignIn(w.ctx, "liqing", goodPassword, pc)
		w.refused("SignIn while locked", err, fault.Forbidden, "暂时锁定")
		_, err = w.ps.ChangePassword(w.ctx, identity.System("test"), goodPassword, otherPassword)
		w.refused("ChangePassword by the program", err, fault.Forbidden, "本人")
		_, err = w.ps.ChangePassword(w.ctx, w.actorOf(v.Actor.Person), goodPassword, otherPassword)
		w.refused("ChangePassword outside a session", err, fault.Forbidden, "本人")
	})
}

func TestWeakPasswordsAreRefused(t *testing.T) {
	p, err := identity.Policy{}.Fill()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, password, words string
	}{
		{"seven characters", "Ab1-xyz", "至少8个字符"},
		{"two kinds", "qingshan4827", "至少3类"},
		{"the login in it", "Liqing-4827", "不能包含用户名"},
		{"one that everybody tries", "P@ssw0rd", "过于常见"},
		{"one that everybody tries, in capitals", "ADMIN@123456", "过于常见"},
		{"four different characters", "Aa1-Aa1-Aa1-", "过于常见"},
		{"a line break", "Qingshan-4827\n", "控制字符"},
		{"129 characters", "Aa1-" + strings.Repeat("bcdfg", 25), "最多128个字符"},
	} {
		err := p.Weakness("liqing", c.password)
		if fault.KindOf(err) != fault.Invalid || !strings.Contains(fault.Sentence(err), c.words) {
			t.Errorf("Weakness of %s = %v, want Invalid with %q", c.name, err, c.words)
		}
	}
	for _, good := range []string{goodPassword, otherPassword, "青山绿水Ab12", "correct horse 7 Battery"} {
		if err := p.Weakness("liqing", good); err != nil {
			t.Errorf("Weakness(%q) = %v, want none", good, err)
		}
	}
}

func TestAWeakPolicyIsRefused(t *testing.T) {
	for name, p := range map[string]identity.Policy{
		"short passwords":     {MinLength: 6},
		"two kinds":           {MinKinds: 2},
		"a year":              {PasswordAge: 365 * 24 * time.Hour},
		"ten failures":        {Failures: 10},
		"a minute of lockout": {Lockout: time.Minute},
		"an idle hour":        {Idle: time.Hour},
		"an endless session":  {Absolute: 48 * time.Hour},
		"a month of sign-ins": {LoginsKept: 30 * 24 * time.Hour},
		"a long one-time":     {OneTimeAge: 90 * 24 * time.Hour},
		"a long half session": {Half: time.Hour},
		"no memory":           {History: -1},
		"an unknown role":     {CodeFor: []identity.Role{"king"}},
		"no hashing":          {Hashing: -1},
		"no argon memory":     {Argon: identity.Argon{MemoryKiB: 1, Passes: 1, Lanes: 1}},
	} {
		if _, err := p.Fill(); err == nil {
			t.Errorf("Fill of a policy with %s = nil, want an error", name)
		}
	}
	p, err := identity.Policy{}.Fill()
	if err != nil || p.MinLength != 8 || p.Idle != 30*time.Minute || p.Argon.MemoryKiB != 19456 {
		t.Errorf("Fill of the empty policy = %+v, %v", p, err)
	}
}

func TestAHashFollowsThePolicyAtTheNextSignIn(t *testing.T) {
	each(t, func(w *world) {
		v := w.person("liqing", "李青", school)
		dearer := identitytest.Cheap
		dearer.Argon.Passes = 2
		ps, err := identity.New(w.db, identitytest.Plain{}, dearer)
		w.must("New", err)
		count := func() int64 {
			before := ps.Hashes()
			if _, err := ps.SignIn(w.ctx, "liqing", goodPassword, pc); err != nil {
				t.Fatalf("SignIn: %v", err)
			}
			return ps.Hashes() - before
		}
		if got := count(); got != 2 {
			t.Errorf("the first SignIn under a dearer policy makes %d hashes, want 2", got)
		}
		if got := count(); got != 1 {
			t.Errorf("the second makes %d hashes, want 1", got)
		}
		if acts := w.acts(v.Actor.Person); acts[len(acts)-1] != "identity.rehash" {
			t.Errorf("acts = %v, want identity.rehash at the end", acts)
		}
		before := ps.Hashes()
		_, err = ps.SignIn(w.ctx, "secadmin", "wrong", pc)
		w.refused("a wrong password", err, fault.Forbidden, "不正确")
		if got := ps.Hashes() - before; got != 1 {
			t.Errorf("a wrong password makes %d hashes under a dearer policy, want 1", got)
		}
	})
}
