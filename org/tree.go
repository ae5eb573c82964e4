package org

import (
	"slices"
	"strings"

	"gongkai/internal/fault"
)

// Tree is all units at one moment, for looking up names and relations.
type Tree struct {
	units map[ID]Unit
	order []ID // depth first, siblings by Order and then ID
	kids  map[ID][]ID
}

// NewTree makes a tree of units, in whatever order they come.
func NewTree(units []Unit) *Tree {
	t := &Tree{units: map[ID]Unit{}, kids: map[ID][]ID{}}
	slices.SortFunc(units, func(a, b Unit) int {
		if a.Order != b.Order {
			return a.Order - b.Order
		}
		return strings.Compare(string(a.ID), string(b.ID))
	})
	for _, u := range units {
		t.units[u.ID] = u
	}
	var roots []ID
	for _, u := range units {
		if _, ok := t.units[u.Parent]; ok {
			t.kids[u.Parent] = append(t.kids[u.Parent], u.ID)
		} else {
			roots = append(roots, u.ID)
		}
	}
	var walk func(ID)
	walk = func(id ID) {
		t.order = append(t.order, id)
		for _, k := range t.kids[id] {
			walk(k)
		}
	}
	for _, r := range roots {
		walk(r)
	}
	return t
}

// Get returns a unit. It fails with fault.NotFound.
func (t *Tree) Get(id ID) (Unit, error) {
	u, ok := t.units[id]
	if !ok {
		return u, fault.Say(fault.NotFound, sayNoUnit, id)
	}
	return u, nil
}

// Name is the full name of a unit, or its ID when the unit is not known.
func (t *Tree) Name(id ID) string {
	if u, ok := t.units[id]; ok {
		return u.Name
	}
	return string(id)
}

// All returns the units, parents before children.
func (t *Tree) All() []Unit {
	all := make([]Unit, len(t.order))
	for i, id := range t.order {
		all[i] = t.units[id]
	}
	return all
}

// Children returns the active units directly below id, in order.
func (t *Tree) Children(id ID) []Unit {
	var kids []Unit
	for _, k := range t.kids[id] {
		if u := t.units[k]; u.Active {
			kids = append(kids, u)
		}
	}
	return kids
}

// Roots returns the units without a parent, in order.
func (t *Tree) Roots() []Unit {
	var roots []Unit
	for _, id := range t.order {
		if _, ok := t.units[t.units[id].Parent]; !ok {
			roots = append(roots, t.units[id])
		}
	}
	return roots
}

// Root is the topmost ancestor of a unit: its government.
func (t *Tree) Root(id ID) Unit {
	u := t.units[id]
	for {
		p, ok := t.units[u.Parent]
		if !ok {
			return u
		}
		u = p
	}
}

// ByName finds the unit with a full or short name, and false when there is none
// or more than one.
func (t *Tree) ByName(name string) (Unit, bool) {
	var found []Unit
	for _, id := range t.order {
		if u := t.units[id]; u.Name == name {
			return u, true
		} else if u.Short == name {
			found = append(found, u)
		}
	}
	if len(found) == 1 {
		return found[0], true
	}
	return Unit{}, false
}

// ByDomain finds the unit whose pages are at a host name.
func (t *Tree) ByDomain(host string) (Unit, bool) {
	if host == "" {
		return Unit{}, false
	}
	for _, u := range t.units {
		if u.Domain == host && u.Active {
			return u, true
		}
	}
	return Unit{}, false
}

// Inherited walks from a unit to its root and returns the first value of get
// that is not "".
func (t *Tree) Inherited(id ID, get func(Unit) string) string {
	for {
		u, ok := t.units[id]
		if !ok {
			return ""
		}
		if v := get(u); v != "" {
			return v
		}
		id = u.Parent
	}
}

// Within tells whether unit is ancestor or stands below it.
func (t *Tree) Within(unit, ancestor ID) bool {
	for {
		if unit == ancestor {
			return true
		}
		u, ok := t.units[unit]
		if !ok || u.Parent == "" {
			return false
		}
		unit = u.Parent
	}
}

// Covers tells whether a unit lies in a scope.
func (t *Tree) Covers(s Scope, unit ID) bool {
	if s.all {
		return true
	}
	return slices.ContainsFunc(s.roots, func(r ID) bool { return t.Within(unit, r) })
}
