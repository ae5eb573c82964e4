package identity

import (
	"time"

	"gongkai/internal/fault"
	"gongkai/org"
)

// Grant is a role held by a person in a unit (授权), and so in all units below.
type Grant struct {
	Person ID
	Role   Role
	Unit   org.ID
	Since  time.Time
	Until  time.Time // zero while it is open
	Giver  string    // who gave it, as the ledger names them
}

// Holds reports whether the grant counts at a moment.
func (g Grant) Holds(at time.Time) bool {
	return !g.Since.After(at) && (g.Until.IsZero() || g.Until.After(at))
}

// ahead reports whether the grant counts at a moment or will.
func (g Grant) ahead(at time.Time) bool {
	return (g.Until.IsZero() || g.Until.After(at)) && (g.Until.IsZero() || g.Until.After(g.Since))
}

// addable answers nil when a person with these grants may be given the role in
// the unit: not twice, and no administrator's role next to another one.
func addable(grants []Grant, role Role, unit org.ID, now time.Time) error {
	if !role.Known() {
		return fault.Problems(fault.Problem{Field: "role", Say: sayNoRole})
	}
	for _, g := range grants {
		if !g.ahead(now) {
			continue
		}
		if g.Role == role && g.Unit == unit {
			return fault.Say(fault.Conflict, sayHolds, role.Title())
		}
		if excludes(g.Role, role) {
			return fault.Say(fault.Forbidden, sayApart, role.Title(), g.Role.Title())
		}
	}
	return nil
}
