package identity

import (
	"context"
	"errors"
	"time"
	"unicode/utf8"

	"gongkai/internal/db"
	"gongkai/internal/fault"
)

// SignIn opens a session for a login and password. The Visit says what comes
// next and carries the token.
//
// Every refusal before the password is known to be right is the same Forbidden
// sentence after the same work, so that nobody learns which logins exist. After
// that it fails with Forbidden when the account is new, locked or over, and
// TooLate for a one-time password that has run out. Both are noted in the audit
// of sign-ins.
func (ps *People) SignIn(ctx context.Context, login, password string, from Client) (Visit, error) {
	login = normalLogin(login)
	seen, known, err := ps.lookUp(ctx, login)
	if err != nil {
		return Visit{}, err
	}
	stored := ps.hash.decoy
	if known {
		stored = seen.password
	}
	if utf8.RuneCountInString(password) > maxPassword {
		password = "" // no password is that long; hash something all the same
	}
	right, err := ps.hash.fits(ctx, password, stored)
	if err != nil {
		return Visit{}, err
	}
	fresh := ""
	if known && right && ps.hash.stale(stored) {
		if fresh, err = ps.hash.hash(ctx, password); err != nil {
			return Visit{}, err
		}
	}
	if !known {
		if err := ps.db.Write(ctx, func(tx *db.Tx) error { return noteUnknownLogin(tx, login, from) }); err != nil {
			return Visit{}, err
		}
		return Visit{}, refuseSignIn(ps.policy)
	}
	token, sum := newToken()
	var refusal error
	err = ps.db.Write(ctx, func(tx *db.Tx) error {
		a, err := accountByID(tx, seen.ID)
		if err != nil {
			return err
		}
		refusal, err = ps.enter(tx, a, attempt{right: right, stored: stored, fresh: fresh, token: sum, from: from})
		return err
	})
	if err := errors.Join(err, refusal); err != nil {
		return Visit{}, err
	}
	v, err := ps.Resume(ctx, token.Reveal())
	v.Token = token
	return v, err
}

func (ps *People) lookUp(ctx context.Context, login string) (a account, known bool, err error) {
	err = ps.db.Read(ctx, func(tx *db.Tx) error {
		a, err = accountByLogin(tx, login)
		return err
	})
	if errors.Is(err, fault.NotFound) {
		return a, false, nil
	}
	return a, err == nil, err
}

// attempt is a sign-in whose password has been hashed.
type attempt struct {
	right  bool
	stored string // the hash it was compared with
	fresh  string // the same password at today's cost, "" when that is the cost it has
	token  []byte
	from   Client
}

// enter decides on an attempt and records it. A refusal is not an error of the
// transaction: it has to be written down.
func (ps *People) enter(tx *db.Tx, a account, t attempt) (refusal, err error) {
	switch {
	case a.password != t.stored:
		return fault.Say(fault.Conflict, sayTryAgain), nil
	case a.LockedUntil.After(tx.Now):
		return refuseSignIn(ps.policy), noteLogin(tx, a.ID, LoginLocked, t.from)
	case !t.right:
		return refuseSignIn(ps.policy), ps.failed(tx, a, LoginWrong, t.from)
	case a.State != Active:
		return a.notActive(), noteLogin(tx, a.ID, LoginClosed, t.from)
	case a.OneTime && tx.Now.Sub(a.PasswordAt) >= ps.policy.OneTimeAge:
		return fault.Say(fault.TooLate, sayOneTimeOver), noteLogin(tx, a.ID, LoginClosed, t.from)
	}
	if t.fresh != "" {
		a.password = t.fresh
		if err := saveAccount(tx, a); err != nil {
			return nil, err
		}
		if err := note(tx, Actor{Person: a.ID, Unit: a.Unit}, "identity.rehash", a.ID, public{}); err != nil {
			return nil, err
		}
	}
	if a.SecondFactor {
		if err := openSession(tx, a.ID, t.token, awaiting, t.from.Device); err != nil {
			return nil, err
		}
		return nil, noteLogin(tx, a.ID, LoginHalf, t.from)
	}
	if err := openSession(tx, a.ID, t.token, underWay, t.from.Device); err != nil {
		return nil, err
	}
	return nil, ps.entered(tx, a, t.from)
}

func (p Person) notActive() error {
	switch p.State {
	case Locked:
		return fault.Say(fault.Forbidden, sayLocked)
	case Left:
		return fault.Say(fault.Forbidden, sayLeft)
	}
	return fault.Say(fault.Forbidden, sayNotActive)
}

// entered notes a sign-in that is complete.
func (ps *People) entered(tx *db.Tx, a account, from Client) error {
	a.failures, a.LockedUntil, a.LastLogin = 0, time.Time{}, tx.Now
	if err := saveStanding(tx, a); err != nil {
		return err
	}
	return noteLogin(tx, a.ID, LoginOpened, from)
}

// failed counts a failure and begins a lockout when it is one too many.
func (ps *People) failed(tx *db.Tx, a account, r LoginResult, from Client) error {
	if !a.LockedUntil.IsZero() && !a.LockedUntil.After(tx.Now) {
		a.failures = 0 // an earlier lockout is over: the count begins again
	}
	a.failures++
	a.LockedUntil = time.Time{}
	if a.failures >= ps.policy.Failures {
		a.LockedUntil = tx.Now.Add(ps.policy.Lockout)
		r = LoginLockout
	}
	if err := saveStanding(tx, a); err != nil {
		return err
	}
	return noteLogin(tx, a.ID, r, from)
}

// EnterCode completes a session that awaits the code of the second factor, with
// a code of the app or a recovery code. A code counts once. The session goes on
// under a new token. It fails with Forbidden for a wrong code, which counts as a
// failure, and as [People.Resume] does.
func (ps *People) EnterCode(ctx context.Context, token, code string, from Client) (Visit, error) {
	next, sum := newToken()
	var refusal error
	err := ps.db.Write(ctx, func(tx *db.Tx) error {
		refusal = nil
		s, err := sight(tx, token)
		if err != nil {
			return err
		}
		if err := s.over(ps.policy, tx.Now); err != nil {
			return err
		}
		if s.step != awaiting {
			return fault.Say(fault.Conflict, sayCodeNotDue)
		}
		a, err := accountByID(tx, s.person.ID)
		if err != nil {
			return err
		}
		if a.LockedUntil.After(tx.Now) {
			refusal = refuseSignIn(ps.policy)
			return noteLogin(tx, a.ID, LoginLocked, from)
		}
		good, err := ps.codeFits(tx, &a, code)
		if err != nil {
			return err
		}
		if !good {
			refusal = fault.Say(fault.Forbidden, sayCodeWrong)
			return ps.failed(tx, a, LoginWrongCode, from)
		}
		const opened = `UPDATE identity_session SET token = $2, step = 'open', seen = $3, renewed = $3 WHERE id = $1`
		if _, err := tx.Exec(opened, s.ID, sum, db.Ms(tx.Now)); err != nil {
			return err
		}
		return ps.entered(tx, a, from)
	})
	if err := errors.Join(err, refusal); err != nil {
		return Visit{}, err
	}
	v, err := ps.Resume(ctx, next.Reveal())
	v.Token = next
	return v, err
}

// codeFits checks a code of the app or a recovery code and spends it.
func (ps *People) codeFits(tx *db.Tx, a *account, code string) (bool, error) {
	secret, err := ps.unseal(a.ID, a.totp)
	if err != nil {
		return false, err
	}
	if step, ok := codeStep(secret, code, tx.Now, a.lastCode); ok {
		a.lastCode = step
		return true, ps.reseal(tx, a, secret)
	}
	good, err := useRecovery(tx, a.ID, code)
	if err != nil || !good {
		return false, err
	}
	return true, note(tx, Actor{Person: a.ID, Unit: a.Unit}, "identity.recovery-used", a.ID, public{})
}

// ChangePassword gives the actor a new password and ends all their sessions;
// the Visit is a new one for this browser. It fails with Invalid on the field
// "old" when the present password is wrong, which counts as a failure, and on
// "password" when the new one is too weak or was used lately.
func (ps *People) ChangePassword(ctx context.Context, by Actor, old, password string) (Visit, error) {
	seen, err := ps.confirm(ctx, by, "old", old)
	if err != nil {
		return Visit{}, err
	}
	if err := ps.policy.Weakness(seen.Login, password); err != nil {
		return Visit{}, err
	}
	if err := ps.notUsedLately(ctx, seen, password); err != nil {
		return Visit{}, err
	}
	hash, err := ps.hash.hash(ctx, password)
	if err != nil {
		return Visit{}, err
	}
	token, sum := newToken()
	err = ps.db.Write(ctx, func(tx *db.Tx) error {
		a, err := accountByID(tx, by.Person)
		if err != nil {
			return err
		}
		if a.State != Active || a.password != seen.password {
			return fault.Say(fault.Conflict, sayTryAgain)
		}
		if err := ps.remember(tx, a); err != nil {
			return err
		}
		a.password, a.PasswordAt, a.OneTime = hash, tx.Now, false
		if err := saveAccount(tx, a); err != nil {
			return err
		}
		device, err := db.Value[string](tx, `SELECT device FROM identity_session WHERE id = $1 AND person = $2`, by.Session, by.Person)
		if errors.Is(err, fault.NotFound) {
			return fault.Say(fault.Forbidden, sayNoSession)
		}
		if err != nil {
			return err
		}
		if err := endSessions(tx, a.ID); err != nil {
			return err
		}
		if err := openSession(tx, a.ID, sum, underWay, device); err != nil {
			return err
		}
		return note(tx, by, "identity.password", a.ID, public{Unit: a.Unit})
	})
	if err != nil {
		return Visit{}, err
	}
	v, err := ps.Resume(ctx, token.Reveal())
	v.Token = token
	return v, err
}

// notUsedLately refuses the present password and those before it.
func (ps *People) notUsedLately(ctx context.Context, a account, password string) error {
	var old []string
	err := ps.db.Read(ctx, func(tx *db.Tx) (err error) {
		old, err = formers(tx, a.ID)
		return err
	})
	if err != nil {
		return err
	}
	old = append([]string{a.password}, old...)
	for _, hash := range old[:min(len(old), ps.policy.History)] {
		same, err := ps.hash.fits(ctx, password, hash)
		if err != nil {
			return err
		}
		if same {
			return fault.Problems(fault.Problem{Field: "password", Say: sayPasswordOld(ps.policy.History)})
		}
	}
	return nil
}

// confirm makes the actor show their password again before something grave. A
// wrong one is Invalid on the field and counts as a failure to sign in.
func (ps *People) confirm(ctx context.Context, by Actor, field, password string) (account, error) {
	if by.Person == "" || by.Session == "" {
		return account{}, fault.Say(fault.Forbidden, sayNotInPerson)
	}
	var seen account
	err := ps.db.Read(ctx, func(tx *db.Tx) (err error) {
		if seen, err = accountByID(tx, by.Person); err == nil && seen.LockedUntil.After(tx.Now) {
			err = refuseSignIn(ps.policy)
		}
		return err
	})
	if err != nil {
		return account{}, err
	}
	if utf8.RuneCountInString(password) > maxPassword {
		password = ""
	}
	right, err := ps.hash.fits(ctx, password, seen.password)
	if err != nil || right {
		return seen, err
	}
	err = ps.db.Write(ctx, func(tx *db.Tx) error {
		a, err := accountByID(tx, by.Person)
		if err != nil {
			return err
		}
		return ps.failed(tx, a, LoginWrong, Client{})
	})
	if err != nil {
		return account{}, err
	}
	return account{}, fault.Problems(fault.Problem{Field: field, Say: sayOldPassword})
}
