package identity_test

import (
	"fmt"
	"sync"
	"testing"

	"gongkai/identity"
	"gongkai/internal/fault"
)

// atOnce runs n acts at the same time and returns how they ended.
func atOnce(n int, do func(i int) error) []error {
	errs := make([]error, n)
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() { errs[i] = do(i) })
	}
	wg.Wait()
	return errs
}

// wins counts the acts that were done, and asserts that the others were refused
// in this way.
func wins(t *testing.T, errs []error, refused fault.Kind) (n int) {
	t.Helper()
	for i, err := range errs {
		switch {
		case err == nil:
			n++
		case fault.KindOf(err) != refused:
			t.Errorf("act %d of several at once = %v, want done or %s", i, err, refused)
		}
	}
	return n
}

func TestTwoAdministratorsCannotLockEachOther(t *testing.T) {
	each(t, func(w *world) {
		second := w.person("secondsec", "孙安全", district, identity.SecAdmin).Actor
		pair := []identity.Actor{w.sec, second}
		errs := atOnce(2, func(i int) error { return w.ps.Lock(w.ctx, pair[i], pair[1-i].Person, "互相停用") })
		if got := wins(t, errs, fault.Conflict); got != 1 {
			t.Errorf("%d of two locks were done, want 1", got)
		}
	})
}

func TestALoginIsTakenOnce(t *testing.T) {
	each(t, func(w *world) {
		errs := atOnce(6, func(i int) error {
			_, _, err := w.ps.Create(w.ctx, w.sys, "liqing", identity.Details{Name: fmt.Sprintf("李青%d", i), Unit: school})
			return err
		})
		if got := wins(t, errs, fault.Conflict); got != 1 {
			t.Errorf("%d of six were made with one login, want 1", got)
		}
	})
}

func TestRolesThatExcludeEachOtherAreNotGivenAtOnce(t *testing.T) {
	each(t, func(w *world) {
		id, _ := w.create("liqing", "李青", school)
		roles := []identity.Role{identity.SysAdmin, identity.SecAdmin, identity.AuditAdmin, identity.Publisher}
		errs := atOnce(len(roles), func(i int) error { return w.ps.Grant(w.ctx, w.sec, id, roles[i], school) })
		if got := wins(t, errs, fault.Forbidden); got != 1 {
			t.Errorf("%d of four roles that exclude each other were given, want 1", got)
		}
	})
}

func TestACodeCountsOnceAmongManyAtOnce(t *testing.T) {
	each(t, func(w *world) {
		v := w.person("liqing", "李青", school)
		secret, codes := w.enrol(v.Actor)
		for name, code := range map[string]string{"a code of the app": w.code(secret, 0), "a recovery code": codes[0].Reveal()} {
			var halves []identity.Secret
			for range 3 {
				halves = append(halves, w.signIn("liqing", goodPassword).Token)
			}
			errs := atOnce(3, func(i int) error {
				_, err := w.ps.EnterCode(w.ctx, halves[i].Reveal(), code, pc)
				return err
			})
			if got := wins(t, errs, fault.Forbidden); got != 1 {
				t.Errorf("%s opened %d of three sessions, want 1", name, got)
			}
		}
	})
}

// TestGuessingAtOnceGainsNothing: the lockout holds however many try at once.
func TestGuessingAtOnceGainsNothing(t *testing.T) {
	each(t, func(w *world) {
		v := w.person("liqing", "李青", school)
		atOnce(20, func(int) error {
			_, err := w.ps.SignIn(w.ctx, "liqing", "wrong", pc)
			return err
		})
		_, err := w.ps.SignIn(w.ctx, "liqing", goodPassword, pc)
		w.refused("SignIn after twenty guesses at once", err, fault.Forbidden, "暂时锁定")
		counted, err := w.ps.Logins(w.ctx, w.audit, identity.LoginFilter{Person: v.Actor.Person})
		w.must("Logins", err)
		results := map[identity.LoginResult]int{}
		for _, l := range counted {
			results[l.Result]++
		}
		if results["wrong"] != 4 || results["lockout"] != 1 || results["locked"] != 16 {
			t.Errorf("the audit has %v, want 4 wrong, 1 lockout, 16 while locked", results)
		}
	})
}
