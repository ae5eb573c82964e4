package identity

import (
	"context"
	"errors"
	"strings"

	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/org"
)

// Filter chooses people. Zero fields do not limit.
type Filter struct {
	Unit  org.ID // in this unit and below
	State State
	Role  Role   // holding it now
	Text  string // part of the name or login
	After string // login of the last person of the page before
	Limit int    // default 100
}

const peopleQuery = `SELECT` + accountColumns + `
	WHERE p.unit IN (SELECT unit FROM org_closure WHERE $1 LIKE '%|' || ancestor || '|%')
		AND ($2 = '' OR p.unit IN (SELECT unit FROM org_closure WHERE ancestor = $2))
		AND ($3 = '' OR p.state = $3)
		AND ($4 = '' OR EXISTS (SELECT 1 FROM identity_grant g WHERE g.person = p.id AND g.role = $4
			AND g.since <= $8 AND (g.until IS NULL OR g.until > $8)))
		AND ($5 = '' OR lower(p.name) LIKE $5 ESCAPE '!' OR p.login LIKE $5 ESCAPE '!')
		AND p.login > $6
	ORDER BY p.login
	LIMIT $7`

// List finds people of the units in which the actor may see them, by login,
// with the grants that count now. It fails with Forbidden.
func (ps *People) List(ctx context.Context, by Actor, f Filter) ([]Person, error) {
	if err := by.CheckAny(PeopleRead); err != nil {
		return nil, err
	}
	fill(&f.Limit, 100)
	text := ""
	if t := strings.ToLower(strings.TrimSpace(f.Text)); t != "" {
		text = "%" + strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(t) + "%"
	}
	var people []Person
	err := ps.db.Read(ctx, func(tx *db.Tx) error {
		accounts, err := db.All(tx, scanAccount, peopleQuery, by.Scope(PeopleRead).Key(), string(f.Unit), string(f.State),
			string(f.Role), text, f.After, f.Limit, db.Ms(tx.Now))
		if err != nil {
			return err
		}
		people = make([]Person, len(accounts))
		for i, a := range accounts {
			people[i] = a.Person
			grants, err := grantsOf(tx, a.ID)
			if err != nil {
				return err
			}
			for _, g := range grants {
				if g.Holds(tx.Now) {
					people[i].Grants = append(people[i].Grants, g)
				}
			}
		}
		return nil
	})
	return people, err
}

// Get reads a person with all grants, those that are over included. Everybody
// may read themselves. It fails with NotFound and Forbidden.
func (ps *People) Get(ctx context.Context, by Actor, id ID) (Person, error) {
	var p Person
	err := ps.db.Read(ctx, func(tx *db.Tx) error {
		a, err := accountByID(tx, id)
		if err != nil {
			return err
		}
		if by.Person != id || by.Person == "" {
			if err := by.Check(PeopleRead, a.Unit); err != nil {
				return err
			}
		}
		p = a.Person
		p.Grants, err = grantsOf(tx, id)
		return err
	})
	return p, err
}

// ByLogin finds a person for whoever stands at the machine. It fails with
// Forbidden for everybody but the program itself, and NotFound.
func (ps *People) ByLogin(ctx context.Context, by Actor, login string) (Person, error) {
	if !by.IsSystem() {
		return Person{}, fault.Say(fault.Forbidden, sayOnlySystem)
	}
	a, known, err := ps.lookUp(ctx, normalLogin(login))
	if err == nil && !known {
		err = fault.Say(fault.NotFound, sayNoPerson)
	}
	return a.Person, err
}

// Names says for people who stands behind names of the ledger: the person's
// name, or 系统 for the program. Unknown ones are left out. Names are for staff;
// the public never sees them.
func Names(tx *db.Tx, who ...string) (map[string]string, error) {
	names := map[string]string{}
	for _, w := range who {
		if _, ok := names[w]; ok {
			continue
		}
		if strings.HasPrefix(w, "system:") {
			names[w] = "系统"
			continue
		}
		name, err := db.Value[string](tx, `SELECT name FROM identity_person WHERE id = $1`, w)
		if errors.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		names[w] = name
	}
	return names, nil
}

const holdersQuery = `SELECT` + accountColumns + `
	WHERE p.state = 'active' AND EXISTS (
		SELECT 1 FROM identity_grant g JOIN org_closure c ON c.ancestor = g.unit
		WHERE g.person = p.id AND c.unit = $1 AND $2 LIKE '%|' || g.role || '|%'
			AND g.since <= $3 AND (g.until IS NULL OR g.until > $3))
	ORDER BY p.login`

// Holders lists the active people who have a right in a unit now, by login.
func Holders(tx *db.Tx, r Right, unit org.ID) ([]Person, error) {
	accounts, err := db.All(tx, scanAccount, holdersQuery, unit, list(RolesWith(r)), db.Ms(tx.Now))
	people := make([]Person, len(accounts))
	for i, a := range accounts {
		people[i] = a.Person
	}
	return people, err
}

// Holding is a grant with whose it is, for people.
type Holding struct {
	Grant
	Login, Name string
}

const holdingsQuery = `
	SELECT g.person, g.role, g.unit, g.since, coalesce(g.until, 0), g.giver, p.login, p.name
	FROM identity_grant g JOIN identity_person p ON p.id = g.person
	WHERE g.unit = $1 AND (g.until IS NULL OR g.until > g.since)
	ORDER BY g.role, g.since DESC, p.login`

// Holdings tells who holds and who held which role in the unit itself, the
// latest first: who was in charge when (政府信息公开条例 article 4). It fails with
// Forbidden.
func (ps *People) Holdings(ctx context.Context, by Actor, unit org.ID) (all []Holding, err error) {
	if err := by.Check(PeopleRead, unit); err != nil {
		return nil, err
	}
	err = ps.db.Read(ctx, func(tx *db.Tx) error {
		all, err = db.All(tx, func(r db.Row) (h Holding, err error) {
			var since, until int64
			err = r.Scan(&h.Person, &h.Role, &h.Unit, &since, &until, &h.Giver, &h.Login, &h.Name)
			h.Since, h.Until = db.Time(since), db.Time(until)
			return h, err
		}, holdingsQuery, unit)
		return err
	})
	return all, err
}
