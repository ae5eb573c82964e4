package identity_test

import (
	"bytes"
	"image/png"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"gongkai/identity"
	"gongkai/identity/identitytest"
	"gongkai/internal/crypt"
	"gongkai/internal/db"
	"gongkai/internal/fault"
)

// enrol sets up a second factor and returns its secret and recovery codes.
func (w *world) enrol(by identity.Actor) (secret string, codes []identity.Secret) {
	w.t.Helper()
	e, err := w.ps.BeginCode(w.ctx, by)
	w.must("BeginCode", err)
	secret = e.Secret.Reveal()
	codes, err = w.ps.ConfirmCode(w.ctx, by, w.code(secret, 0))
	w.must("ConfirmCode", err)
	w.at(30 * time.Second)
	return secret, codes
}

// code is what the app shows, some steps from now.
func (w *world) code(secret string, steps int) string {
	w.t.Helper()
	c, err := totp.GenerateCode(secret, w.clock.Now().Add(time.Duration(steps)*30*time.Second))
	w.must("GenerateCode", err)
	return c
}

func TestASecondFactorIsAskedFor(t *testing.T) {
	each(t, func(w *world) {
		v := w.person("liqing", "李青", school, identity.Publisher)
		secret, _ := w.enrol(v.Actor)
		half := w.signIn("liqing", goodPassword)
		if half.Step != identity.StepCode || half.Actor.Person != "" {
			t.Fatalf("SignIn = step %q as %q, want code as nobody", half.Step, half.Actor.Person)
		}
		if half = w.resume(half.Token); half.Step != identity.StepCode || half.Actor.CanAny(identity.PublicationDraft) {
			t.Errorf("Resume of a half session = step %q with rights", half.Step)
		}
		_, err := w.ps.ChangePassword(w.ctx, half.Actor, goodPassword, otherPassword)
		w.refused("ChangePassword in a half session", err, fault.Forbidden, "本人")

		half = w.signIn("liqing", goodPassword)
		full, err := w.ps.EnterCode(w.ctx, half.Token.Reveal(), w.code(secret, 0), pc)
		w.must("EnterCode", err)
		if full.Step != identity.StepNone || !full.Actor.Can(identity.PublicationDraft, school) || full.Token == half.Token || full.ID != half.ID {
			t.Errorf("EnterCode = step %q, same session %v, same token %v", full.Step, full.ID == half.ID, full.Token == half.Token)
		}
		_, err = w.ps.Resume(w.ctx, half.Token.Reveal())
		w.refused("Resume with the half token", err, fault.Forbidden, "重新登录")
		_, err = w.ps.EnterCode(w.ctx, full.Token.Reveal(), w.code(secret, 0), pc)
		w.refused("EnterCode twice", err, fault.Conflict, "不需要动态口令")
	})
}

func TestACodeCountsOnce(t *testing.T) {
	each(t, func(w *world) {
		v := w.person("liqing", "李青", school)
		secret, _ := w.enrol(v.Actor)
		enter := func(code string) error {
			half := w.signIn("liqing", goodPassword)
			_, err := w.ps.EnterCode(w.ctx, half.Token.Reveal(), code, pc)
			return err
		}
		now := w.code(secret, 0)
		w.must("a code", enter(now[:3]+" "+now[3:]))
		w.refused("the same code", enter(now), fault.Forbidden, "已被使用")
		w.refused("the code before it", enter(w.code(secret, -1)), fault.Forbidden, "不正确")
		w.must("the next code, a little early", enter(w.code(secret, 1)))
		w.refused("a code of a minute ahead", enter(w.code(secret, 2)), fault.Forbidden, "不正确")
		w.at(10 * time.Minute)
		w.refused("an old code", enter(w.code(secret, -2)), fault.Forbidden, "不正确")
		w.must("the code before the present one, for a slow hand", enter(w.code(secret, -1)))
	})
}

func TestTheCodeThatConfirmedDoesNotSignIn(t *testing.T) {
	each(t, func(w *world) {
		v := w.person("liqing", "李青", school)
		e, err := w.ps.BeginCode(w.ctx, v.Actor)
		w.must("BeginCode", err)
		code := w.code(e.Secret.Reveal(), 0)
		_, err = w.ps.ConfirmCode(w.ctx, v.Actor, code)
		w.must("ConfirmCode", err)
		half := w.signIn("liqing", goodPassword)
		_, err = w.ps.EnterCode(w.ctx, half.Token.Reveal(), code, pc)
		w.refused("EnterCode", err, fault.Forbidden, "已被使用")
	})
}

func TestWrongCodesLockTheAccount(t *testing.T) {
	each(t, func(w *world) {
		v := w.person("liqing", "李青", school)
		secret, _ := w.enrol(v.Actor)
		half := w.signIn("liqing", goodPassword)
		for _, code := range []string{"", "12345", "abcdef", "1234567", "no-such-code"} {
			_, err := w.ps.EnterCode(w.ctx, half.Token.Reveal(), code, pc)
			w.refused("EnterCode("+code+")", err, fault.Forbidden, "不正确")
		}
		_, err := w.ps.EnterCode(w.ctx, half.Token.Reveal(), w.code(secret, 0), pc)
		w.refused("EnterCode while locked", err, fault.Forbidden, "暂时锁定")
		_, err = w.ps.SignIn(w.ctx, "liqing", goodPassword, pc)
		w.refused("SignIn while locked", err, fault.Forbidden, "暂时锁定")
	})
}

func TestTheCodeIsAwaitedForFiveMinutes(t *testing.T) {
	each(t, func(w *world) {
		v := w.person("liqing", "李青", school)
		secret, _ := w.enrol(v.Actor)
		half := w.signIn("liqing", goodPassword)
		w.at(5 * time.Minute)
		_, err := w.ps.EnterCode(w.ctx, half.Token.Reveal(), w.code(secret, 0), pc)
		w.refused("EnterCode after five minutes", err, fault.TooLate, "等待动态口令超时")
		_, err = w.ps.EnterCode(w.ctx, "no token", w.code(secret, 0), pc)
		w.refused("EnterCode without session", err, fault.Forbidden, "重新登录")
	})
}

func TestARecoveryCodeStandsInOnce(t *testing.T) {
	each(t, func(w *world) {
		v := w.person("liqing", "李青", school)
		_, codes := w.enrol(v.Actor)
		if len(codes) != 10 {
			t.Fatalf("ConfirmCode gave %d recovery codes, want 10", len(codes))
		}
		enter := func(code string) (identity.Visit, error) {
			half := w.signIn("liqing", goodPassword)
			return w.ps.EnterCode(w.ctx, half.Token.Reveal(), code, pc)
		}
		full, err := enter(" " + strings.ToUpper(codes[3].Reveal()))
		w.must("EnterCode with a recovery code", err)
		_, err = enter(codes[3].Reveal())
		w.refused("the same recovery code", err, fault.Forbidden, "已被使用")
		left, err := w.ps.RecoveryLeft(w.ctx, full.Actor)
		if err != nil || left != 9 {
			t.Errorf("RecoveryLeft = %d, %v, want 9", left, err)
		}
		_, err = w.ps.RenewRecovery(w.ctx, full.Actor, "wrong")
		w.refused("RenewRecovery with a wrong password", err, fault.Invalid, "原口令不正确")
		fresh, err := w.ps.RenewRecovery(w.ctx, full.Actor, goodPassword)
		w.must("RenewRecovery", err)
		_, err = enter(codes[4].Reveal())
		w.refused("a code of the old sheet", err, fault.Forbidden, "不正确")
		_, err = enter(fresh[0].Reveal())
		w.must("a code of the new sheet", err)
	})
}

func TestASecondFactorIsTurnedOff(t *testing.T) {
	each(t, func(w *world) {
		v := w.person("liqing", "李青", school)
		w.refused("DropCode without one", w.ps.DropCode(w.ctx, v.Actor, goodPassword), fault.Conflict, "尚未启用")
		_, err := w.ps.RenewRecovery(w.ctx, v.Actor, goodPassword)
		w.refused("RenewRecovery without one", err, fault.Conflict, "尚未启用")
		_, err = w.ps.ConfirmCode(w.ctx, v.Actor, "123456")
		w.refused("ConfirmCode without BeginCode", err, fault.Conflict, "请先生成")
		_, err = w.ps.BeginCode(w.ctx, v.Actor)
		w.must("BeginCode", err)
		_, err = w.ps.ConfirmCode(w.ctx, v.Actor, "12345x")
		w.refused("ConfirmCode with a wrong code", err, fault.Invalid, "验证码不正确")
		w.enrol(v.Actor)
		_, err = w.ps.BeginCode(w.ctx, v.Actor)
		w.refused("BeginCode twice", err, fault.Conflict, "已启用")
		_, err = w.ps.ConfirmCode(w.ctx, v.Actor, "123456")
		w.refused("ConfirmCode twice", err, fault.Conflict, "已启用")
		w.refused("DropCode with a wrong password", w.ps.DropCode(w.ctx, v.Actor, "wrong"), fault.Invalid, "原口令不正确")
		w.must("DropCode", w.ps.DropCode(w.ctx, v.Actor, goodPassword))
		if v := w.signIn("liqing", goodPassword); v.Step != identity.StepNone {
			t.Errorf("SignIn without second factor: step %q, want none", v.Step)
		}
		w.enrol(v.Actor)
		w.refused("ClearCode by the system administrator", w.ps.ClearCode(w.ctx, w.sys, v.Actor.Person), fault.Forbidden, "权限")
		w.must("ClearCode", w.ps.ClearCode(w.ctx, w.sec, v.Actor.Person))
		_, err = w.ps.Resume(w.ctx, v.Token.Reveal())
		w.refused("Resume after ClearCode", err, fault.Forbidden, "重新登录")
		w.refused("ClearCode of nobody", w.ps.ClearCode(w.ctx, w.sec, "nobody"), fault.NotFound, "没有这个人员")
	})
}

func TestARoleMayRequireASecondFactor(t *testing.T) {
	policy := identitytest.Cheap
	policy.CodeFor = []identity.Role{identity.Publisher}
	eachWith(t, policy, func(w *world) {
		v := w.person("liqing", "李青", school, identity.Publisher)
		if v.Step != identity.StepEnrol || v.Actor.CanAny(identity.PublicationDraft) {
			t.Fatalf("a publisher without second factor: step %q, may draft %v", v.Step, v.Actor.CanAny(identity.PublicationDraft))
		}
		w.enrol(v.Actor)
		v = w.resume(v.Token)
		if v.Step != identity.StepNone || !v.Actor.CanAny(identity.PublicationDraft) {
			t.Errorf("after enrolling: step %q", v.Step)
		}
		w.refused("DropCode", w.ps.DropCode(w.ctx, v.Actor, goodPassword), fault.Forbidden, "必须使用动态口令")
		if v := w.person("wanglan", "王兰", school, identity.First); v.Step != identity.StepNone {
			t.Errorf("a reviewer: step %q, want none", v.Step)
		}
	})
}

func TestAnEnrolmentIsDrawn(t *testing.T) {
	each(t, func(w *world) {
		e, err := w.ps.BeginCode(w.ctx, w.person("liqing", "李青", school).Actor)
		w.must("BeginCode", err)
		if u := e.URL.Reveal(); !strings.HasPrefix(u, "otpauth://totp/") || !strings.Contains(u, e.Secret.Reveal()) {
			t.Errorf("URL = %q", u)
		}
		drawn, err := e.QR(240)
		w.must("QR", err)
		img, err := png.Decode(bytes.NewReader(drawn))
		if err != nil || img.Bounds().Dx() != 240 {
			t.Errorf("QR(240) = %v, %v", img, err)
		}
	})
}

func TestASecretIsSealedAnewAfterTheKeyChanged(t *testing.T) {
	each(t, func(w *world) {
		folder := t.TempDir()
		ring, err := crypt.LoadOrCreate(folder, crypt.SM4)
		w.must("LoadOrCreate", err)
		if w.ps, err = identity.New(w.db, ring, identitytest.Cheap); err != nil {
			t.Fatal(err)
		}
		v := w.person("liqing", "李青", school)
		secret, _ := w.enrol(v.Actor)
		if ring, err = crypt.Rotate(folder, crypt.SM4); err != nil {
			t.Fatal(err)
		}
		if w.ps, err = identity.New(w.db, ring, identitytest.Cheap); err != nil {
			t.Fatal(err)
		}
		stale := func() bool {
			t.Helper()
			var sealed []byte
			w.must("Read", w.db.Read(w.ctx, func(tx *db.Tx) (err error) {
				sealed, err = db.Value[[]byte](tx, `SELECT totp FROM identity_person WHERE login = 'liqing'`)
				return err
			}))
			if bytes.Contains(sealed, []byte(secret)) {
				t.Error("the secret is kept as it is")
			}
			return ring.Stale(sealed)
		}
		if !stale() {
			t.Error("a new key changed nothing about the sealed secret")
		}
		for range 2 {
			half := w.signIn("liqing", goodPassword)
			_, err = w.ps.EnterCode(w.ctx, half.Token.Reveal(), w.code(secret, 0), pc)
			w.must("EnterCode", err)
			w.at(30 * time.Second)
			if stale() {
				t.Error("the secret is still sealed with the old key")
			}
		}
		if acts := w.acts(v.Actor.Person); acts[len(acts)-1] != "identity.reseal" || acts[len(acts)-2] == "identity.reseal" {
			t.Errorf("acts = %v, want identity.reseal once, at the end", acts)
		}
	})
}

func TestASealedSecretOpensForItsOwnerOnly(t *testing.T) {
	each(t, func(w *world) {
		a := w.person("liqing", "李青", school)
		b := w.person("wanglan", "王兰", school)
		secret, _ := w.enrol(a.Actor)
		w.enrol(b.Actor)
		w.tamper(`UPDATE identity_person SET totp = (SELECT totp FROM identity_person WHERE login = 'liqing') WHERE login = 'wanglan'`)
		half := w.signIn("wanglan", goodPassword)
		_, err := w.ps.EnterCode(w.ctx, half.Token.Reveal(), w.code(secret, 0), pc)
		if err == nil || fault.KindOf(err) != "" {
			t.Errorf("EnterCode with a secret copied from another row = %v, want our own failure", err)
		}
		w.tampered("wanglan")
	})
}
