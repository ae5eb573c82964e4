package org

import (
	"context"
	"errors"
	"fmt"

	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/ledger"
)

// Units is the holder of the tree.
type Units struct{ db *db.DB }

// New returns the units kept in d.
func New(d *db.DB) *Units { return &Units{db: d} }

// Tree reads all units.
func (us *Units) Tree(ctx context.Context) (t *Tree, err error) {
	err = us.db.Read(ctx, func(tx *db.Tx) error {
		t, err = Load(tx)
		return err
	})
	return t, err
}

// Add makes a new unit. It fails with Invalid when the unit is not well formed
// and with Conflict when its ID or domain is taken.
func (us *Units) Add(ctx context.Context, by ledger.Who, u Unit) error {
	return us.db.Write(ctx, func(tx *db.Tx) error { return AddIn(tx, by, u) })
}

// AddIn is Add as part of a larger act.
func AddIn(tx *db.Tx, by ledger.Who, u Unit) error {
	t, err := Load(tx)
	if err != nil {
		return err
	}
	if _, err := t.Get(u.ID); err == nil {
		return fault.Say(fault.Conflict, sayTaken, u.ID)
	}
	return put(tx, by, "org.add", t, u)
}

// Change replaces what is known of a unit. Its ID stays. It fails with NotFound
// for an unknown unit, Invalid when the tree would have a cycle.
func (us *Units) Change(ctx context.Context, by ledger.Who, u Unit) error {
	return us.db.Write(ctx, func(tx *db.Tx) error {
		t, err := Load(tx)
		if err != nil {
			return err
		}
		if _, err := t.Get(u.ID); err != nil {
			return err
		}
		return put(tx, by, "org.change", t, u)
	})
}

func put(tx *db.Tx, by ledger.Who, act string, t *Tree, u Unit) error {
	if err := u.Check(); err != nil {
		return err
	}
	if u.Parent != "" {
		if _, err := t.Get(u.Parent); errors.Is(err, fault.NotFound) {
			return fault.Problems(fault.Problem{Field: "parent", Say: fmt.Sprintf(sayNoParent, u.Parent)})
		}
		if t.Within(u.Parent, u.ID) {
			return fault.Problems(fault.Problem{Field: "parent", Say: sayCycle})
		}
	}
	if other, ok := t.ByDomain(u.Domain); ok && other.ID != u.ID {
		return fault.Problems(fault.Problem{Field: "domain", Say: fmt.Sprintf(sayDomainIn, u.Domain)})
	}
	if err := save(tx, u); err != nil {
		return err
	}
	t, err := Load(tx)
	if err != nil {
		return err
	}
	if err := rebuildClosure(tx, t); err != nil {
		return err
	}
	d, err := digest(tx, u.ID)
	if err != nil {
		return err
	}
	_, err = ledger.Append(tx, by, act, "unit/"+string(u.ID), d, map[string]any{"name": u.Name, "kind": u.Kind, "parent": u.Parent, "active": u.Active})
	return err
}
