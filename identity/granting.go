package identity

import (
	"context"
	"time"

	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/org"
)

// Grant gives a person a role in a unit and all units below it, from now on. It
// fails with NotFound, Invalid for the field "role", Conflict when the person
// holds it or has left, and Forbidden: without the right in that unit, for
// oneself, and for roles that exclude each other.
func (ps *People) Grant(ctx context.Context, by Actor, id ID, role Role, unit org.ID) error {
	return ps.db.Write(ctx, func(tx *db.Tx) error {
		if err := by.Check(PeopleGrant, unit); err != nil {
			return err
		}
		if by.Person == id {
			return fault.Say(fault.Forbidden, sayOwnGrant)
		}
		return ps.give(tx, by, id, role, unit)
	})
}

func (ps *People) give(tx *db.Tx, by Actor, id ID, role Role, unit org.ID) error {
	a, err := accountByID(tx, id)
	if err != nil {
		return err
	}
	if a.State == Left {
		return fault.Say(fault.Conflict, sayLeftGrant)
	}
	if err := unitExists(tx, unit); err != nil {
		return err
	}
	grants, err := grantsOf(tx, id)
	if err != nil {
		return err
	}
	if err := addable(grants, role, unit, tx.Now); err != nil {
		return err
	}
	g := Grant{Person: id, Role: role, Unit: unit, Since: tx.Now, Giver: by.LedgerWho()}
	if err := insertGrant(tx, g); err != nil {
		return err
	}
	return note(tx, by, "identity.grant", id, public{Unit: unit, Role: role})
}

// Revoke takes a role in a unit back. It fails with Forbidden without the right
// or for oneself, NotFound when the person does not hold it, and Conflict for
// the last active administrator of a kind.
func (ps *People) Revoke(ctx context.Context, by Actor, id ID, role Role, unit org.ID) error {
	return ps.db.Write(ctx, func(tx *db.Tx) error {
		if err := by.Check(PeopleGrant, unit); err != nil {
			return err
		}
		if by.Person == id {
			return fault.Say(fault.Forbidden, sayOwnGrant)
		}
		if _, err := accountByID(tx, id); err != nil {
			return err
		}
		grants, err := grantsOf(tx, id)
		if err != nil {
			return err
		}
		return keepAdmins(tx, tx.Now, func() error {
			for _, g := range grants {
				if g.Role == role && g.Unit == unit && g.ahead(tx.Now) {
					if err := endGrant(tx, g, tx.Now); err != nil {
						return err
					}
					return note(tx, by, "identity.revoke", id, public{Unit: unit, Role: role})
				}
			}
			return fault.Say(fault.NotFound, sayHoldsNot, role.Title())
		})
	})
}

// Succeed hands everything that one person holds to another at a moment (交接),
// the zero time meaning now. Until then the first holds it, from then on the
// second; neither of them may hand it over. It fails with NotFound, TooLate for
// a moment in the past, Forbidden as [People.Grant] does, and Conflict when there
// is nothing to hand over, when the second has left, or when it would leave the
// platform without an active administrator.
func (ps *People) Succeed(ctx context.Context, by Actor, from, to ID, at time.Time) error {
	return ps.db.Write(ctx, func(tx *db.Tx) error {
		when := at.UTC().Truncate(time.Millisecond)
		if at.IsZero() {
			when = tx.Now
		}
		giving, receiving, err := ps.handover(tx, by, from, to, when)
		if err != nil {
			return err
		}
		return keepAdmins(tx, when, func() error {
			for _, g := range giving {
				if err := endGrant(tx, g, when); err != nil {
					return err
				}
			}
			for _, g := range receiving {
				if err := insertGrant(tx, g); err != nil {
					return err
				}
			}
			open := public{From: from, To: to, At: when.Format(time.RFC3339)}
			if err := note(tx, by, "identity.succeed", from, open); err != nil {
				return err
			}
			return note(tx, by, "identity.succeed", to, open)
		})
	})
}

// handover decides what ends and what begins at a handover.
func (ps *People) handover(tx *db.Tx, by Actor, from, to ID, when time.Time) (giving, receiving []Grant, err error) {
	switch {
	case from == to:
		return nil, nil, fault.Say(fault.Invalid, saySamePerson)
	case by.Person != "" && (by.Person == from || by.Person == to):
		return nil, nil, fault.Say(fault.Forbidden, sayOwnGrant)
	case when.Before(tx.Now):
		return nil, nil, fault.Say(fault.TooLate, sayPastDay)
	}
	if _, err := accountByID(tx, from); err != nil {
		return nil, nil, err
	}
	successor, err := accountByID(tx, to)
	if err != nil {
		return nil, nil, err
	}
	if successor.State == Left {
		return nil, nil, fault.Say(fault.Conflict, sayLeftGrant)
	}
	old, err := grantsOf(tx, from)
	if err != nil {
		return nil, nil, err
	}
	own, err := grantsOf(tx, to)
	if err != nil {
		return nil, nil, err
	}
	for _, g := range old {
		if !g.ahead(tx.Now) {
			continue
		}
		if err := by.Check(PeopleGrant, g.Unit); err != nil {
			return nil, nil, err
		}
		if g.Since.After(when) {
			return nil, nil, fault.Say(fault.Conflict, sayWaitingHand)
		}
		next := Grant{Person: to, Role: g.Role, Unit: g.Unit, Since: when, Until: g.Until, Giver: by.LedgerWho()}
		giving = append(giving, g)
		if holds(own, g.Role, g.Unit, when) {
			continue
		}
		for _, o := range own {
			if o.ahead(tx.Now) && excludes(o.Role, g.Role) {
				return nil, nil, fault.Say(fault.Forbidden, sayApart, g.Role.Title(), o.Role.Title())
			}
		}
		receiving = append(receiving, next)
	}
	if len(giving) == 0 {
		return nil, nil, fault.Say(fault.Conflict, sayNothingHeld)
	}
	return giving, receiving, nil
}

func holds(grants []Grant, role Role, unit org.ID, at time.Time) bool {
	for _, g := range grants {
		if g.Role == role && g.Unit == unit && g.Holds(at) {
			return true
		}
	}
	return false
}

// keepAdmins runs change and refuses it when a kind of administrator that was
// there at a moment is there no longer: the platform could not be governed.
func keepAdmins(tx *db.Tx, at time.Time, change func() error) error {
	before, err := adminsAt(tx, at)
	if err != nil {
		return err
	}
	if err := change(); err != nil {
		return err
	}
	after, err := adminsAt(tx, at)
	if err != nil {
		return err
	}
	for _, r := range Roles() {
		if before[r] && !after[r] {
			return fault.Say(fault.Conflict, sayLastAdmin, r.Title(), r.Title())
		}
	}
	return nil
}
