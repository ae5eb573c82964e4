package identity

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/ledger"
	"gongkai/org"
)

// Sealer encrypts the secrets of second factors for keeping. A *crypt.Ring is one.
// One that also has Stale(sealed []byte) bool has old secrets sealed anew with
// the present key at the next sign-in.
type Sealer interface {
	Seal(plain []byte) ([]byte, error)
	Open(sealed []byte) ([]byte, error)
}

// People is the holder of people, grants and sessions.
type People struct {
	db     *db.DB
	policy Policy
	seal   Sealer
	hash   *hasher
}

// New returns the people kept in d. It fails when the policy is weaker
// than the law's evaluators accept.
func New(d *db.DB, seal Sealer, p Policy) (*People, error) {
	p, err := p.Fill()
	if err != nil {
		return nil, err
	}
	return &People{db: d, policy: p, seal: seal, hash: newHasher(p.Argon, p.Hashing)}, nil
}

// Policy is the policy in force.
func (ps *People) Policy() Policy { return ps.policy }

// Create makes an account in state new with a one-time password. It can be used
// once a security administrator has activated it. It fails with Forbidden,
// Invalid for the fields "login", "name", "unit", "post", "phone", and Conflict
// when the login is taken.
func (ps *People) Create(ctx context.Context, by Actor, login string, d Details) (ID, Secret, error) {
	login, d = normalLogin(login), d.trimmed()
	if err := by.Check(PeopleEdit, d.Unit); err != nil {
		return "", "", err
	}
	problems := d.problems()
	if !loginForm.MatchString(login) {
		problems = append([]fault.Problem{{Field: "login", Say: sayLogin}}, problems...)
	}
	if err := fault.Problems(problems...); err != nil {
		return "", "", err
	}
	password, hash, err := ps.newOneTime(ctx)
	if err != nil {
		return "", "", err
	}
	var id ID
	err = ps.db.Write(ctx, func(tx *db.Tx) error {
		a := newAccount(tx, login, d, Waiting, hash)
		id = a.ID
		return ps.create(tx, by, a)
	})
	if err != nil {
		return "", "", err
	}
	return id, password, nil
}

func (ps *People) newOneTime(ctx context.Context) (Secret, string, error) {
	password := oneTime()
	hash, err := ps.hash.hash(ctx, password.Reveal())
	return password, hash, err
}

func newAccount(tx *db.Tx, login string, d Details, s State, hash string) account {
	return account{
		Person: Person{
			ID: ID(tx.NewID()), Login: login, Details: d, State: s,
			OneTime: true, PasswordAt: tx.Now, Created: tx.Now,
		},
		password: hash,
	}
}

func (ps *People) create(tx *db.Tx, by Actor, a account) error {
	if err := unitExists(tx, a.Unit); err != nil {
		return err
	}
	if _, err := accountByLogin(tx, a.Login); err == nil {
		return fault.Say(fault.Conflict, sayLoginTaken, a.Login)
	} else if !errors.Is(err, fault.NotFound) {
		return err
	}
	if err := insertAccount(tx, a); db.IsDuplicate(err) { // somebody else was first by a moment
		return fault.Say(fault.Conflict, sayLoginTaken, a.Login)
	} else if err != nil {
		return err
	}
	return note(tx, by, "identity.create", a.ID, public{Unit: a.Unit})
}

func unitExists(tx *db.Tx, id org.ID) error {
	units, err := org.Load(tx)
	if err != nil {
		return err
	}
	_, err = units.Get(id)
	return err
}

// Edit changes what is known of a person. Grants stay as they are. It fails
// with NotFound, Forbidden in the old or the new unit, Invalid.
func (ps *People) Edit(ctx context.Context, by Actor, id ID, d Details) error {
	d = d.trimmed()
	return ps.db.Write(ctx, func(tx *db.Tx) error {
		a, err := accountByID(tx, id)
		if err != nil {
			return err
		}
		for _, unit := range []org.ID{a.Unit, d.Unit} {
			if err := by.Check(PeopleEdit, unit); err != nil {
				return err
			}
		}
		if a.State == Left {
			return fault.Say(fault.Conflict, sayState, a.State.Title(), "修改资料")
		}
		if err := fault.Problems(d.problems()...); err != nil {
			return err
		}
		if err := unitExists(tx, d.Unit); err != nil {
			return err
		}
		a.Details = d
		if err := saveAccount(tx, a); err != nil {
			return err
		}
		return note(tx, by, "identity.edit", id, public{Unit: d.Unit})
	})
}

// Activate lets a new account sign in.
func (ps *People) Activate(ctx context.Context, by Actor, id ID) error {
	return ps.move(ctx, by, id, moveActivate, nil)
}

// Lock stops an account, with a reason, and ends its sessions. It fails with
// Conflict for the last active administrator of a kind.
func (ps *People) Lock(ctx context.Context, by Actor, id ID, why string) error {
	why = strings.TrimSpace(why)
	if why == "" || utf8.RuneCountInString(why) > 200 {
		return fault.Problems(fault.Problem{Field: "why", Say: sayWhy})
	}
	return ps.move(ctx, by, id, moveLock, func(_ *db.Tx, a *account) error {
		a.Remark = why
		return nil
	})
}

// Unlock lets a locked account sign in again, and ends a lockout after failures.
func (ps *People) Unlock(ctx context.Context, by Actor, id ID) error {
	return ps.move(ctx, by, id, moveUnlock, func(tx *db.Tx, a *account) error {
		a.Remark = ""
		return clearFailures(tx, id)
	})
}

// Leave ends an account for good, with its grants and sessions. It fails with
// Conflict for the last active administrator of a kind.
func (ps *People) Leave(ctx context.Context, by Actor, id ID) error {
	return ps.move(ctx, by, id, moveLeave, func(tx *db.Tx, a *account) error {
		a.totp = nil
		if err := dropRecovery(tx, id); err != nil {
			return err
		}
		grants, err := grantsOf(tx, id)
		if err != nil {
			return err
		}
		for _, g := range grants {
			if g.ahead(tx.Now) {
				if err := endGrant(tx, g, tx.Now); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// Reset gives an account a one-time password and sends it back to state new: a
// security administrator activates it again. The program itself, for whoever
// stands at the machine, leaves it active and unlocked.
func (ps *People) Reset(ctx context.Context, by Actor, id ID) (Secret, error) {
	password, hash, err := ps.newOneTime(ctx)
	if err != nil {
		return "", err
	}
	m := moveReset
	if by.IsSystem() {
		m.to = Active
	}
	err = ps.move(ctx, by, id, m, func(tx *db.Tx, a *account) error {
		if err := ps.remember(tx, *a); err != nil {
			return err
		}
		a.password, a.PasswordAt, a.OneTime, a.Remark = hash, tx.Now, true, ""
		return clearFailures(tx, id)
	})
	if err != nil {
		return "", err
	}
	return password, nil
}

// SetPassword gives an account a password of the caller's choice; only the
// program itself may, for whoever stands at the machine. With once the person
// must change it at the first sign-in. It fails with Forbidden, NotFound, Invalid.
func (ps *People) SetPassword(ctx context.Context, by Actor, id ID, password string, once bool) error {
	if !by.IsSystem() {
		return fault.Say(fault.Forbidden, sayOnlySystem)
	}
	hash, err := ps.hash.hash(ctx, password)
	if err != nil {
		return err
	}
	return ps.db.Write(ctx, func(tx *db.Tx) error {
		a, err := accountByID(tx, id)
		if err != nil {
			return err
		}
		if err := ps.policy.Weakness(a.Login, password); err != nil {
			return err
		}
		if a.State == Left {
			return fault.Say(fault.Conflict, sayState, a.State.Title(), moveReset.title)
		}
		if err := ps.remember(tx, a); err != nil {
			return err
		}
		a.password, a.PasswordAt, a.OneTime = hash, tx.Now, once
		if err := saveAccount(tx, a); err != nil {
			return err
		}
		if err := clearFailures(tx, id); err != nil {
			return err
		}
		if err := endSessions(tx, id); err != nil {
			return err
		}
		return note(tx, by, "identity.password", id, public{Unit: a.Unit})
	})
}

// move makes one move of the table, with what else belongs to it. Every move
// but activation ends the sessions of an account that does not stay active.
func (ps *People) move(ctx context.Context, by Actor, id ID, m move, also func(*db.Tx, *account) error) error {
	return ps.db.Write(ctx, func(tx *db.Tx) error {
		a, err := accountByID(tx, id)
		if err != nil {
			return err
		}
		if err := m.allowed(by, a.Person); err != nil {
			return err
		}
		return keepAdmins(tx, tx.Now, func() error {
			a.State = m.to
			if also != nil {
				if err := also(tx, &a); err != nil {
					return err
				}
			}
			if err := saveAccount(tx, a); err != nil {
				return err
			}
			if m.to != Active || m.act == moveReset.act {
				if err := endSessions(tx, id); err != nil {
					return err
				}
			}
			return note(tx, by, m.act, id, public{Unit: a.Unit})
		})
	})
}

// public is what everybody may read of an act on a person: ids and roles.
type public struct {
	Unit org.ID `json:"unit,omitempty"`
	Role Role   `json:"role,omitempty"`
	From ID     `json:"from,omitempty"`
	To   ID     `json:"to,omitempty"`
	At   string `json:"at,omitempty"`

	Token TokenID `json:"token,omitempty"`
}

// note records an act in the ledger, with the digest of the person's rows as
// they now are.
func note(tx *db.Tx, by ledger.Who, act string, id ID, open public) error {
	d, err := digest(tx, id)
	if err != nil {
		return err
	}
	if _, err := ledger.Append(tx, by, act, subject(id), d, open); err != nil {
		return fmt.Errorf("record %s: %w", act, err)
	}
	return nil
}
