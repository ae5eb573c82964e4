package identity

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"gongkai/internal/db"
	"gongkai/internal/fault"
)

// The sealed secret carries whose it is, so that a sealed secret copied to
// another row by hand opens nothing.
func sealedFor(id ID) string { return "totp\x00" + string(id) + "\x00" }

func (ps *People) unseal(id ID, sealed []byte) (string, error) {
	plain, err := ps.seal.Open(sealed)
	if err != nil {
		return "", fmt.Errorf("open second factor of %s: %w", id, err)
	}
	secret, ok := strings.CutPrefix(string(plain), sealedFor(id))
	if !ok {
		return "", fmt.Errorf("open second factor of %s: it belongs to somebody else", id)
	}
	return secret, nil
}

// sealSecret seals a secret for its owner.
func (ps *People) sealSecret(id ID, secret string) ([]byte, error) {
	sealed, err := ps.seal.Seal([]byte(sealedFor(id) + secret))
	if err != nil {
		return nil, fmt.Errorf("seal second factor of %s: %w", id, err)
	}
	return sealed, nil
}

// reseal seals a secret anew when the key has changed since.
func (ps *People) reseal(tx *db.Tx, a *account, secret string) error {
	keys, ok := ps.seal.(interface{ Stale([]byte) bool })
	if !ok || !keys.Stale(a.totp) {
		return nil
	}
	var err error
	if a.totp, err = ps.sealSecret(a.ID, secret); err != nil {
		return err
	}
	if err := saveAccount(tx, *a); err != nil {
		return err
	}
	return note(tx, Actor{Person: a.ID, Unit: a.Unit}, "identity.reseal", a.ID, public{})
}

// BeginCode makes a new secret for the actor's second factor. It counts once
// [People.ConfirmCode] has seen a code of it. It fails with Conflict when there
// is a second factor already.
func (ps *People) BeginCode(ctx context.Context, by Actor) (Enrolment, error) {
	var e Enrolment
	err := ps.inPerson(ctx, by, func(tx *db.Tx, a account) (err error) {
		if a.SecondFactor {
			return fault.Say(fault.Conflict, sayCodeIsOn)
		}
		if e, err = newEnrolment(ps.policy.Issuer, a.Login); err != nil {
			return fmt.Errorf("make a second factor: %w", err)
		}
		if a.pending, err = ps.sealSecret(a.ID, e.Secret.Reveal()); err != nil {
			return err
		}
		return saveStanding(tx, a)
	})
	return e, err
}

// ConfirmCode turns the second factor on and answers the recovery codes, which
// nobody can read again. It fails with Conflict without [People.BeginCode] and
// with Invalid on the field "code" for a wrong code.
func (ps *People) ConfirmCode(ctx context.Context, by Actor, code string) ([]Secret, error) {
	codes := newRecovery()
	err := ps.inPerson(ctx, by, func(tx *db.Tx, a account) error {
		if a.SecondFactor {
			return fault.Say(fault.Conflict, sayCodeIsOn)
		}
		if a.pending == nil {
			return fault.Say(fault.Conflict, sayNoEnrolment)
		}
		secret, err := ps.unseal(a.ID, a.pending)
		if err != nil {
			return err
		}
		step, ok := codeStep(secret, code, tx.Now, 0)
		if !ok {
			return fault.Problems(fault.Problem{Field: "code", Say: sayConfirmCode})
		}
		a.totp, a.pending, a.lastCode = a.pending, nil, step
		if err := saveStanding(tx, a); err != nil {
			return err
		}
		if err := saveAccount(tx, a); err != nil {
			return err
		}
		if err := ps.replaceRecovery(tx, a.ID, codes); err != nil {
			return err
		}
		return note(tx, by, "identity.code-on", a.ID, public{Unit: a.Unit})
	})
	if err != nil {
		return nil, err
	}
	return codes, nil
}

func (ps *People) replaceRecovery(tx *db.Tx, id ID, codes []Secret) error {
	if err := dropRecovery(tx, id); err != nil {
		return err
	}
	return insertRecovery(tx, id, codes)
}

// RenewRecovery replaces the actor's recovery codes. It fails with Invalid on
// the field "password", and Conflict without a second factor.
func (ps *People) RenewRecovery(ctx context.Context, by Actor, password string) ([]Secret, error) {
	if _, err := ps.confirm(ctx, by, "password", password); err != nil {
		return nil, err
	}
	codes := newRecovery()
	err := ps.inPerson(ctx, by, func(tx *db.Tx, a account) error {
		if !a.SecondFactor {
			return fault.Say(fault.Conflict, sayCodeIsOff)
		}
		if err := ps.replaceRecovery(tx, a.ID, codes); err != nil {
			return err
		}
		return note(tx, by, "identity.recovery-new", a.ID, public{Unit: a.Unit})
	})
	if err != nil {
		return nil, err
	}
	return codes, nil
}

// RecoveryLeft counts the actor's recovery codes that are still good.
func (ps *People) RecoveryLeft(ctx context.Context, by Actor) (n int, err error) {
	err = ps.db.Read(ctx, func(tx *db.Tx) error {
		n, err = db.Value[int](tx, `SELECT count(*) FROM identity_recovery WHERE person = $1 AND used = 0`, by.Person)
		return err
	})
	return n, err
}

// DropCode turns the actor's second factor off. It fails with Invalid on the
// field "password", Conflict when it is off, and Forbidden when a role of the
// actor requires it.
func (ps *People) DropCode(ctx context.Context, by Actor, password string) error {
	if slices.ContainsFunc(by.Roles(), func(r Role) bool { return slices.Contains(ps.policy.CodeFor, r) }) {
		return fault.Say(fault.Forbidden, sayCodeNeeded)
	}
	if _, err := ps.confirm(ctx, by, "password", password); err != nil {
		return err
	}
	return ps.inPerson(ctx, by, func(tx *db.Tx, a account) error { return ps.codeOff(tx, by, a) })
}

// ClearCode turns off the second factor of somebody who has lost phone and
// recovery codes, and ends their sessions. It needs the right to unlock; nobody
// does it for themselves. It fails with NotFound, Forbidden, Conflict.
func (ps *People) ClearCode(ctx context.Context, by Actor, id ID) error {
	return ps.db.Write(ctx, func(tx *db.Tx) error {
		a, err := accountByID(tx, id)
		if err != nil {
			return err
		}
		if err := by.Check(PeopleUnlock, a.Unit); err != nil {
			return err
		}
		if by.Person == id {
			return fault.Say(fault.Forbidden, sayOwnAccount, "清除动态口令")
		}
		if err := endSessions(tx, id); err != nil {
			return err
		}
		return ps.codeOff(tx, by, a)
	})
}

func (ps *People) codeOff(tx *db.Tx, by Actor, a account) error {
	if !a.SecondFactor {
		return fault.Say(fault.Conflict, sayCodeIsOff)
	}
	a.totp, a.pending = nil, nil
	if err := saveStanding(tx, a); err != nil {
		return err
	}
	if err := saveAccount(tx, a); err != nil {
		return err
	}
	if err := dropRecovery(tx, a.ID); err != nil {
		return err
	}
	return note(tx, by, "identity.code-off", a.ID, public{Unit: a.Unit})
}

// inPerson runs an act of a person on their own account.
func (ps *People) inPerson(ctx context.Context, by Actor, act func(*db.Tx, account) error) error {
	if by.Person == "" || by.Session == "" {
		return fault.Say(fault.Forbidden, sayNotInPerson)
	}
	return ps.db.Write(ctx, func(tx *db.Tx) error {
		a, err := accountByID(tx, by.Person)
		if err != nil {
			return err
		}
		if a.State != Active {
			return a.notActive()
		}
		return act(tx, a)
	})
}
