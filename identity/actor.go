package identity

import (
	"slices"
	"strings"

	"gongkai/internal/fault"
	"gongkai/org"
)

// ID names a person: opaque, so that it can stand in the public ledger.
type ID string

// Actor is who acts: a person in a session, or the program itself. The zero
// value is nobody and may do nothing.
//
// An Actor is a snapshot: it holds what the person might do when it was made,
// at the start of a request or job. Make a new one for the next.
type Actor struct {
	Person  ID        // "" for the program
	Unit    org.ID    // home unit; "" for the program
	Session SessionID // "" outside a session
	system  string
	held    []held
	only    []Right // nil: all; what the token of a program is for, see [Token]
}

// held is a role that counts now, with every unit it reaches.
type held struct {
	role  Role
	unit  org.ID
	reach string // "|mj-fgj|mj-fgj-jgs|": the unit and all below it
}

// has reports whether a role that is held gives the right to this actor.
func (a Actor) has(h held, r Right) bool {
	return h.role.Has(r) && (a.only == nil || slices.Contains(a.only, r))
}

// System is the program itself, acting for a job, an import or the person at
// the command line of the machine. It may do everything its caller asks, and
// stands in the ledger as "system:NAME".
func System(name string) Actor { return Actor{system: name} }

// IsSystem reports whether the program itself acts.
func (a Actor) IsSystem() bool { return a.system != "" }

// LedgerWho names the actor in the ledger without naming a person.
func (a Actor) LedgerWho() string {
	if a.IsSystem() {
		return "system:" + a.system
	}
	return string(a.Person)
}

// LedgerUnit is the actor's home unit, "" for the program.
func (a Actor) LedgerUnit() string { return string(a.Unit) }

// Check answers nil when the actor has the right in the unit, and otherwise
// Forbidden with a sentence that says which right is missing.
func (a Actor) Check(r Right, unit org.ID) error {
	if a.IsSystem() {
		return nil
	}
	if a.Person == "" {
		return fault.Say(fault.Forbidden, sayNobody)
	}
	for _, h := range a.held {
		if a.has(h, r) && strings.Contains(h.reach, "|"+string(unit)+"|") {
			return nil
		}
	}
	return fault.Say(fault.Forbidden, sayNoRight, r.Title())
}

// Can reports whether Check would answer nil, for a page that shows or hides a
// button.
func (a Actor) Can(r Right, unit org.ID) bool { return a.Check(r, unit) == nil }

// CheckAny answers nil when the actor has the right in some unit: the gate of
// a route whose act then checks the unit.
func (a Actor) CheckAny(r Right) error {
	if a.IsSystem() {
		return nil
	}
	if a.Person == "" {
		return fault.Say(fault.Forbidden, sayNobody)
	}
	for _, h := range a.held {
		if a.has(h, r) {
			return nil
		}
	}
	return fault.Say(fault.Forbidden, sayNoRight, r.Title())
}

// CanAny reports whether CheckAny would answer nil.
func (a Actor) CanAny(r Right) bool { return a.CheckAny(r) == nil }

// Scope is every unit in which the actor has the right, for queries. It is
// empty, and finds nothing, when there is none.
func (a Actor) Scope(r Right) org.Scope {
	if a.IsSystem() {
		return org.Everything()
	}
	var units []org.ID
	for _, h := range a.held {
		if a.has(h, r) && !slices.Contains(units, h.unit) {
			units = append(units, h.unit)
		}
	}
	return org.Under(units...)
}

// Roles lists the roles the actor holds now, each once, in the order of [Roles].
func (a Actor) Roles() []Role {
	var roles []Role
	for _, r := range Roles() {
		if slices.ContainsFunc(a.held, func(h held) bool { return h.role == r }) {
			roles = append(roles, r)
		}
	}
	return roles
}

// Units lists the units in which the actor holds the role itself, not those
// below them.
func (a Actor) Units(r Role) []org.ID {
	var units []org.ID
	for _, h := range a.held {
		if h.role == r {
			units = append(units, h.unit)
		}
	}
	return units
}
