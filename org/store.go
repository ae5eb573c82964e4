package org

import (
	"database/sql"
	"embed"
	"encoding/json"
	"fmt"
	"slices"
	"sync/atomic"

	"gongkai/internal/db"
	"gongkai/ledger"
)

//go:embed migration/*.sql
var migrations embed.FS

// Schema is the tables of this pillar.
var Schema = db.NewSchema("org", migrations, ledger.Schema)

const allUnits = `SELECT detail FROM org_unit ORDER BY place, id`

func scanUnit(r db.Row) (u Unit, err error) {
	var detail string
	if err := r.Scan(&detail); err != nil {
		return u, err
	}
	return u, json.Unmarshal([]byte(detail), &u)
}

// Load reads all units. Nearly every act and page asks for them and they hardly
// ever change, so a tree is made anew only when the rows are others than last
// time. The tree and what it hands out must not be written to.
func Load(tx *db.Tx) (*Tree, error) {
	details, err := db.All(tx, func(r db.Row) (s string, err error) { return s, r.Scan(&s) }, allUnits)
	if err != nil {
		return nil, fmt.Errorf("load units: %w", err)
	}
	if t := lastTree.Load(); t != nil && slices.Equal(t.of, details) {
		return t.Tree, nil
	}
	units := make([]Unit, len(details))
	for i, d := range details {
		if err := json.Unmarshal([]byte(d), &units[i]); err != nil {
			return nil, fmt.Errorf("load units: %w", err)
		}
	}
	t := NewTree(units)
	lastTree.Store(&madeTree{t, details})
	return t, nil
}

// madeTree is a tree with the rows it was made of.
type madeTree struct {
	*Tree
	of []string
}

var lastTree atomic.Pointer[madeTree]

const putUnit = `
	INSERT INTO org_unit (id, parent, kind, name, place, active, domain, detail)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
	ON CONFLICT (id) DO UPDATE SET
		parent = excluded.parent, kind = excluded.kind, name = excluded.name, place = excluded.place,
		active = excluded.active, domain = excluded.domain, detail = excluded.detail`

func save(tx *db.Tx, u Unit) error {
	detail, err := json.Marshal(u)
	if err != nil {
		return err
	}
	null := func(s string) sql.NullString { return sql.NullString{String: s, Valid: s != ""} }
	_, err = tx.Exec(putUnit, u.ID, null(string(u.Parent)), u.Kind, u.Name, u.Order, db.Bool(u.Active), null(u.Domain), string(detail))
	return err
}

// rebuildClosure writes org_closure anew from the tree. Units are few.
func rebuildClosure(tx *db.Tx, t *Tree) error {
	if _, err := tx.Exec(`DELETE FROM org_closure`); err != nil {
		return err
	}
	for _, u := range t.All() {
		for _, a := range append(t.lineage(u.ID), "*") {
			if _, err := tx.Exec(`INSERT INTO org_closure (unit, ancestor) VALUES ($1, $2)`, u.ID, a); err != nil {
				return err
			}
		}
	}
	return nil
}

// lineage is the unit and its ancestors, nearest first.
func (t *Tree) lineage(id ID) []ID {
	var ids []ID
	for {
		u, ok := t.units[id]
		if !ok {
			return ids
		}
		ids = append(ids, id)
		id = u.Parent
	}
}

// Keeper lets ledger.Verify compare the units with the ledger.
var Keeper = ledger.Keeper{Prefix: "unit", Each: func(tx *db.Tx, yield func(string, ledger.Digest) error) error {
	units, err := db.All(tx, scanUnit, allUnits)
	if err != nil {
		return err
	}
	for _, u := range units {
		d, err := digest(tx, u.ID)
		if err != nil {
			return err
		}
		if err := yield("unit/"+string(u.ID), d); err != nil {
			return err
		}
	}
	return nil
}}

const unitRow = `SELECT id, coalesce(parent, ''), kind, name, place, active, coalesce(domain, ''), detail FROM org_unit WHERE id = $1`

// digest is over the row itself, columns and detail, so that a change of either
// by hand is seen.
func digest(tx *db.Tx, id ID) (ledger.Digest, error) {
	row, err := db.One(tx, func(r db.Row) (v [8]string, err error) {
		return v, r.Scan(&v[0], &v[1], &v[2], &v[3], &v[4], &v[5], &v[6], &v[7])
	}, unitRow, id)
	if err != nil {
		return ledger.Digest{}, err
	}
	return ledger.DigestOf(row), nil
}
