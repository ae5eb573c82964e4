package identity_test

import (
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/fault"
)

func TestASessionEndsWhenIdle(t *testing.T) {
	each(t, func(w *world) {
		v := w.person("liqing", "李青", school, identity.Publisher)
		for range 3 { // used now and then, it goes on
			w.at(29 * time.Minute)
			w.resume(v.Token)
		}
		w.at(30 * time.Minute)
		_, err := w.ps.Resume(w.ctx, v.Token.Reveal())
		w.refused("Resume after half an hour", err, fault.TooLate, "超过30分钟未操作")
	})
}

func TestASessionEndsAfterTenHoursInAnyCase(t *testing.T) {
	each(t, func(w *world) {
		v := w.person("liqing", "李青", school, identity.Publisher)
		for range 23 { // 9 h 35 min
			w.at(25 * time.Minute)
			w.resume(v.Token)
		}
		w.at(25 * time.Minute)
		_, err := w.ps.Resume(w.ctx, v.Token.Reveal())
		w.refused("Resume after ten hours", err, fault.TooLate, "已满10小时")
	})
}

func TestLastUseIsWrittenOnceAMinute(t *testing.T) {
	each(t, func(w *world) {
		v := w.person("liqing", "李青", school, identity.Publisher)
		writes := 0
		w.db.AfterWrite(func() { writes++ })
		for range 50 {
			w.resume(v.Token)
		}
		if writes != 0 {
			t.Errorf("50 requests within a minute wrote %d times, want 0", writes)
		}
		w.at(time.Minute)
		for range 50 {
			w.resume(v.Token)
		}
		if writes != 1 {
			t.Errorf("50 requests in the next minute wrote %d times, want 1", writes)
		}
	})
}

func TestATokenIsExchangedWhenRightsChange(t *testing.T) {
	each(t, func(w *world) {
		old := w.person("liqing", "李青", school, identity.Publisher)
		if v := w.resume(old.Token); v.Token != "" {
			t.Error("a token is exchanged without reason")
		}
		w.must("Grant", w.ps.Grant(w.ctx, w.sec, old.Actor.Person, identity.Officer, school))
		next := w.resume(old.Token)
		if next.Token == "" || !next.Actor.Can(identity.RequestHandle, school) {
			t.Fatalf("after a grant: new token %v, new right %v", next.Token != "", next.Actor.Can(identity.RequestHandle, school))
		}
		if v := w.resume(next.Token); v.Token != "" {
			t.Error("the new token is exchanged again")
		}
		if v := w.resume(old.Token); v.Token != "" || v.ID != next.ID {
			t.Error("a request under way with the old token is not served, or gets a token of its own")
		}
		w.at(20 * time.Second)
		_, err := w.ps.Resume(w.ctx, old.Token.Reveal())
		w.refused("Resume with the old token", err, fault.Forbidden, "重新登录")
		w.must("Revoke", w.ps.Revoke(w.ctx, w.sec, old.Actor.Person, identity.Officer, school))
		if v := w.resume(next.Token); v.Token == "" || v.Actor.Can(identity.RequestHandle, school) {
			t.Error("after a revocation the token stays or the right does")
		}
	})
}

func TestATokenIsExchangedOnceAmongManyRequests(t *testing.T) {
	each(t, func(w *world) {
		v := w.person("liqing", "李青", school, identity.Publisher)
		w.must("Grant", w.ps.Grant(w.ctx, w.sec, v.Actor.Person, identity.Officer, school))
		var mu sync.Mutex
		var wg sync.WaitGroup
		given := 0
		for range 8 {
			wg.Go(func() {
				next, err := w.ps.Resume(w.ctx, v.Token.Reveal())
				mu.Lock()
				defer mu.Unlock()
				if err != nil {
					t.Errorf("Resume: %v", err)
				}
				if next.Token != "" {
					given++
				}
			})
		}
		wg.Wait()
		if given != 1 {
			t.Errorf("8 requests at once were given %d new tokens, want 1", given)
		}
	})
}

func TestAPasswordChangeEndsEverySession(t *testing.T) {
	each(t, func(w *world) {
		first := w.person("liqing", "李青", school, identity.Publisher)
		second := w.signIn("liqing", goodPassword)
		v, err := w.ps.ChangePassword(w.ctx, second.Actor, goodPassword, otherPassword)
		w.must("ChangePassword", err)
		for name, token := range map[string]identity.Secret{"the other": first.Token, "this one": second.Token} {
			_, err := w.ps.Resume(w.ctx, token.Reveal())
			w.refused("Resume of "+name, err, fault.Forbidden, "重新登录")
		}
		if got := w.resume(v.Token); got.Device != pc.Device {
			t.Errorf("the new session is on %q, want %q", got.Device, pc.Device)
		}
	})
}

func TestPeopleSeeAndEndTheirOwnSessions(t *testing.T) {
	each(t, func(w *world) {
		first := w.person("liqing", "李青", school)
		second := w.signIn("liqing", goodPassword)
		other := w.person("wanglan", "王兰", school)
		list := func() (ids []identity.SessionID) {
			all, err := w.ps.Sessions(w.ctx, second.Actor)
			w.must("Sessions", err)
			for _, s := range all {
				ids = append(ids, s.ID)
			}
			return ids
		}
		if got := list(); len(got) != 2 || got[0] != second.ID || got[1] != first.ID {
			t.Errorf("Sessions = %v, want %s and %s", got, second.ID, first.ID)
		}
		w.refused("SignOut somebody else", w.ps.SignOut(w.ctx, second.Actor, other.ID), fault.NotFound, "没有这个登录会话")
		w.must("SignOut", w.ps.SignOut(w.ctx, second.Actor, first.ID))
		if got := list(); len(got) != 1 {
			t.Errorf("Sessions after SignOut = %v, want one", got)
		}
		w.resume(other.Token)
		w.must("SignOutEverywhere", w.ps.SignOutEverywhere(w.ctx, second.Actor))
		_, err := w.ps.Resume(w.ctx, second.Token.Reveal())
		w.refused("Resume", err, fault.Forbidden, "重新登录")
		w.refused("SignOutEverywhere of the program", w.ps.SignOutEverywhere(w.ctx, identity.System("x")), fault.Forbidden, "本人")
		_, err = w.ps.Sessions(w.ctx, identity.Actor{})
		w.refused("Sessions of nobody", err, fault.Forbidden, "本人")
	})
}

func TestATokenIsNowhereInTheDatabase(t *testing.T) {
	each(t, func(w *world) {
		v := w.person("liqing", "李青", school)
		token := v.Token.Reveal()
		if len(token) != 43 {
			t.Errorf("a token has %d characters, want 43 for 256 bits", len(token))
		}
		for _, bad := range []string{"", token[:42], strings.ToUpper(token), token + "x"} {
			_, err := w.ps.Resume(w.ctx, bad)
			w.refused(fmt.Sprintf("Resume(%d characters)", len(bad)), err, fault.Forbidden, "重新登录")
		}
		w.must("Read", w.db.Read(w.ctx, func(tx *db.Tx) error {
			return db.Each(tx, func(r db.Row) error {
				var kept []byte
				if err := r.Scan(&kept); err != nil {
					return err
				}
				if strings.Contains(string(kept), token) || len(kept) != 32 {
					t.Errorf("the database keeps %d bytes for a token, want a digest of 32", len(kept))
				}
				return nil
			}, `SELECT token FROM identity_session ORDER BY id`)
		}))
	})
}

func TestSecretsDoNotShow(t *testing.T) {
	s := identity.Secret("Qingshan-4827")
	text, err := s.MarshalText()
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("made", "password", s)
	for _, shown := range []string{fmt.Sprint(s), fmt.Sprintf("%v %+v %#v %s %q", s, s, s, s, s), string(text), log.String()} {
		if err != nil || strings.Contains(shown, "4827") {
			t.Errorf("a secret shows itself: %s", shown)
		}
	}
	if s.Reveal() != "Qingshan-4827" {
		t.Errorf("Reveal = %q", s.Reveal())
	}
}

func TestSweepingRemovesWhatIsOver(t *testing.T) {
	each(t, func(w *world) {
		v := w.person("liqing", "李青", school)
		w.at(29 * time.Minute)
		w.resume(v.Token)
		w.at(5 * time.Minute) // the administrators have been idle for longer
		sessions, logins, err := w.ps.Sweep(w.ctx)
		w.must("Sweep", err)
		if sessions != 3 || logins != 0 {
			t.Errorf("Sweep = %d sessions, %d sign-ins, want 3, 0", sessions, logins)
		}
		w.resume(v.Token)
		w.at(183 * 24 * time.Hour)
		if _, logins, err = w.ps.Sweep(w.ctx); err != nil || logins != 0 {
			t.Errorf("Sweep after six months removes %d sign-ins, %v, want none", logins, err)
		}
		w.at(218 * 24 * time.Hour)
		if _, logins, err = w.ps.Sweep(w.ctx); err != nil || logins == 0 {
			t.Errorf("Sweep after 401 days removes %d sign-ins, %v, want some", logins, err)
		}
	})
}
