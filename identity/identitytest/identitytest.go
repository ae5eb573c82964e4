package identitytest

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"

	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/org"
)

// Cheap is a policy whose password hashes take no time.
var Cheap = identity.Policy{Argon: identity.Argon{MemoryKiB: 8, Passes: 1, Lanes: 1}}

// Plain seals nothing.
type Plain struct{}

// Seal returns the bytes behind a mark, so that sealed and plain differ.
func (Plain) Seal(b []byte) ([]byte, error) { return append([]byte("sealed:"), b...), nil }

// Open takes the mark off.
func (Plain) Open(b []byte) ([]byte, error) {
	const mark = "sealed:"
	if len(b) < len(mark) || string(b[:len(mark)]) != mark {
		return nil, fmt.Errorf("open: not sealed")
	}
	return b[len(mark):], nil
}

// People returns the people of a database under the cheap policy.
func People(t testing.TB, d *db.DB) *identity.People {
	t.Helper()
	ps, err := identity.New(d, Plain{}, Cheap)
	if err != nil {
		t.Fatalf("identity.New: %v", err)
	}
	return ps
}

var serial atomic.Int64

// Person makes an active person at home in unit who holds the roles there, and
// returns their id.
func Person(t testing.TB, d *db.DB, unit org.ID, roles ...identity.Role) identity.ID {
	t.Helper()
	ps, ctx, by := People(t, d), context.Background(), identity.System("test")
	n := serial.Add(1)
	id, _, err := ps.Create(ctx, by, fmt.Sprintf("test%d", n), identity.Details{Name: fmt.Sprintf("测试%d", n), Unit: unit})
	if err != nil {
		t.Fatalf("Create: %v", err)
	}
	for _, r := range roles {
		if err := ps.Grant(ctx, by, id, r, unit); err != nil {
			t.Fatalf("Grant %s in %s: %v", r, unit, err)
		}
	}
	if err := ps.Activate(ctx, by, id); err != nil {
		t.Fatalf("Activate: %v", err)
	}
	return id
}

// Actor makes such a person and returns them as an actor.
func Actor(t testing.TB, d *db.DB, unit org.ID, roles ...identity.Role) identity.Actor {
	t.Helper()
	return As(t, d, Person(t, d, unit, roles...))
}

// As is a person as an actor, with what they hold now.
func As(t testing.TB, d *db.DB, id identity.ID) (a identity.Actor) {
	t.Helper()
	err := d.Read(context.Background(), func(tx *db.Tx) (err error) {
		a, err = identity.ActorOf(tx, id)
		return err
	})
	if err != nil {
		t.Fatalf("ActorOf: %v", err)
	}
	return a
}
