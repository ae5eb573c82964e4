package identity

import (
	"context"

	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/org"
)

// FirstAdmin is one of the three administrators of an empty platform.
type FirstAdmin struct {
	ID       ID
	Role     Role
	Login    string
	Password Secret // good once
}

// firstAdmins are their logins. The names are those of the offices: whoever
// takes one over enters their own.
var firstAdmins = []struct {
	role  Role
	login string
}{{SysAdmin, "sysadmin"}, {SecAdmin, "secadmin"}, {AuditAdmin, "auditadmin"}}

// Bootstrap makes the three administrators of the root unit in a database
// without people, each with a one-time password. Only the program itself may. It
// fails with Forbidden, Conflict when there are people, NotFound for the unit.
func (ps *People) Bootstrap(ctx context.Context, by Actor, root org.ID) ([]FirstAdmin, error) {
	if !by.IsSystem() {
		return nil, fault.Say(fault.Forbidden, sayOnlySystem)
	}
	firsts := make([]FirstAdmin, len(firstAdmins))
	hashes := make([]string, len(firstAdmins))
	for i, f := range firstAdmins {
		password, hash, err := ps.newOneTime(ctx)
		if err != nil {
			return nil, err
		}
		firsts[i], hashes[i] = FirstAdmin{Role: f.role, Login: f.login, Password: password}, hash
	}
	err := ps.db.Write(ctx, func(tx *db.Tx) error {
		n, err := db.Value[int](tx, `SELECT count(*) FROM identity_person`)
		if err != nil {
			return err
		}
		if n > 0 {
			return fault.Say(fault.Conflict, sayAlreadyBegun)
		}
		for i, f := range firsts {
			a := newAccount(tx, f.Login, Details{Name: f.Role.Title(), Unit: root}, Active, hashes[i])
			if err := ps.create(tx, by, a); err != nil {
				return err
			}
			if err := ps.give(tx, by, a.ID, f.Role, root); err != nil {
				return err
			}
			firsts[i].ID = a.ID
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return firsts, nil
}

// Empty reports whether there are no people yet.
func (ps *People) Empty(ctx context.Context) (empty bool, err error) {
	err = ps.db.Read(ctx, func(tx *db.Tx) error {
		n, err := db.Value[int](tx, `SELECT count(*) FROM identity_person`)
		empty = n == 0
		return err
	})
	return empty, err
}
