package identity

import (
	"database/sql"
	"errors"
	"strings"
	"time"

	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/org"
)

// account is a person with what never leaves this package.
type account struct {
	Person
	password string
	totp     []byte // sealed, nil without a second factor
	standing
}

// standing is what changes at sign-ins. It is no part of the record's digest.
type standing struct {
	failures int
	lastCode int64
	pending  []byte // sealed secret that is not confirmed yet
}

const accountColumns = `
	p.id, p.login, p.name, p.unit, p.post, p.phone, p.state, p.remark, p.password, p.password_at, p.password_once,
	p.totp, p.created, coalesce(s.failures, 0), coalesce(s.locked_until, 0), coalesce(s.last_login, 0),
	coalesce(s.last_code, 0), s.pending
	FROM identity_person p LEFT JOIN identity_standing s ON s.person = p.id`

func scanAccount(r db.Row) (a account, err error) {
	var passwordAt, once, created, lockedUntil, lastLogin int64
	err = r.Scan(&a.ID, &a.Login, &a.Name, &a.Unit, &a.Post, &a.Phone, &a.State, &a.Remark, &a.password, &passwordAt, &once,
		&a.totp, &created, &a.failures, &lockedUntil, &lastLogin, &a.lastCode, &a.pending)
	a.PasswordAt, a.OneTime, a.Created = db.Time(passwordAt), once == 1, db.Time(created)
	a.LockedUntil, a.LastLogin = db.Time(lockedUntil), db.Time(lastLogin)
	a.SecondFactor = len(a.totp) > 0
	return a, err
}

func accountByID(tx *db.Tx, id ID) (account, error) {
	a, err := db.One(tx, scanAccount, `SELECT`+accountColumns+` WHERE p.id = $1`, id)
	if errors.Is(err, fault.NotFound) {
		return a, fault.Say(fault.NotFound, sayNoPerson)
	}
	return a, err
}

func accountByLogin(tx *db.Tx, login string) (account, error) {
	return db.One(tx, scanAccount, `SELECT`+accountColumns+` WHERE p.login = $1`, login)
}

const addPerson = `
	INSERT INTO identity_person
		(id, login, name, unit, post, phone, state, remark, password, password_at, password_once, totp, created)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`

func insertAccount(tx *db.Tx, a account) error {
	_, err := tx.Exec(addPerson, a.ID, a.Login, a.Name, a.Unit, a.Post, a.Phone, a.State, a.Remark, a.password,
		db.Ms(a.PasswordAt), db.Bool(a.OneTime), blob(a.totp), db.Ms(a.Created))
	return err
}

const setPerson = `
	UPDATE identity_person
	SET name = $2, unit = $3, post = $4, phone = $5, state = $6, remark = $7, password = $8, password_at = $9,
		password_once = $10, totp = $11
	WHERE id = $1`

func saveAccount(tx *db.Tx, a account) error {
	_, err := tx.Exec(setPerson, a.ID, a.Name, a.Unit, a.Post, a.Phone, a.State, a.Remark, a.password,
		db.Ms(a.PasswordAt), db.Bool(a.OneTime), blob(a.totp))
	return err
}

const setStanding = `
	INSERT INTO identity_standing (person, failures, locked_until, last_login, last_code, pending)
	VALUES ($1, $2, $3, $4, $5, $6)
	ON CONFLICT (person) DO UPDATE SET failures = excluded.failures, locked_until = excluded.locked_until,
		last_login = excluded.last_login, last_code = excluded.last_code, pending = excluded.pending`

func saveStanding(tx *db.Tx, a account) error {
	_, err := tx.Exec(setStanding, a.ID, a.failures, db.Ms(a.LockedUntil), db.Ms(a.LastLogin), a.lastCode, blob(a.pending))
	return err
}

func clearFailures(tx *db.Tx, id ID) error {
	_, err := tx.Exec(`UPDATE identity_standing SET failures = 0, locked_until = 0 WHERE person = $1`, id)
	return err
}

const grantColumns = `
	SELECT person, role, unit, since, coalesce(until, 0), giver
	FROM identity_grant`

func scanGrant(r db.Row) (g Grant, err error) {
	var since, until int64
	err = r.Scan(&g.Person, &g.Role, &g.Unit, &since, &until, &g.Giver)
	g.Since, g.Until = db.Time(since), db.Time(until)
	return g, err
}

// grantsOf lists all grants of a person, those that are over included.
func grantsOf(tx *db.Tx, id ID) ([]Grant, error) {
	return db.All(tx, scanGrant, grantColumns+` WHERE person = $1 ORDER BY role, unit, since`, id)
}

func insertGrant(tx *db.Tx, g Grant) error {
	until := sql.NullInt64{Int64: db.Ms(g.Until), Valid: !g.Until.IsZero()}
	_, err := tx.Exec(`INSERT INTO identity_grant (person, role, unit, since, until, giver) VALUES ($1, $2, $3, $4, $5, $6)`,
		g.Person, g.Role, g.Unit, db.Ms(g.Since), until, g.Giver)
	return err
}

// endGrant ends a grant at a moment. One that has not begun by then never does.
func endGrant(tx *db.Tx, g Grant, at time.Time) error {
	if at.Before(g.Since) {
		at = g.Since
	}
	_, err := tx.Exec(`UPDATE identity_grant SET until = $5 WHERE person = $1 AND role = $2 AND unit = $3 AND since = $4`,
		g.Person, g.Role, g.Unit, db.Ms(g.Since), db.Ms(at))
	return err
}

// adminsHeld lists the roles that active people hold at a root of the tree.
const adminsHeld = `
	SELECT DISTINCT g.role
	FROM identity_grant g JOIN identity_person p ON p.id = g.person
	WHERE p.state = 'active' AND g.since <= $1 AND (g.until IS NULL OR g.until > $1)
		AND NOT EXISTS (SELECT 1 FROM org_closure c WHERE c.unit = g.unit AND c.ancestor NOT IN (g.unit, '*'))
	ORDER BY g.role`

// adminsAt tells which kinds of administrators there are at a moment who can
// act for a whole government.
func adminsAt(tx *db.Tx, at time.Time) (map[Role]bool, error) {
	roles, err := db.All(tx, func(r db.Row) (role Role, err error) { return role, r.Scan(&role) }, adminsHeld, db.Ms(at))
	there := map[Role]bool{}
	for _, r := range roles {
		there[r] = r.Admin()
	}
	return there, err
}

func insertFormer(tx *db.Tx, id ID, hash string) error {
	_, err := tx.Exec(`INSERT INTO identity_former (person, until, password) VALUES ($1, $2, $3)`, id, db.Ms(tx.Now), hash)
	return err
}

const pruneFormer = `
	DELETE FROM identity_former
	WHERE person = $1 AND password NOT IN (
		SELECT password FROM identity_former WHERE person = $1 ORDER BY until DESC, password LIMIT $2)`

// remember keeps the password that is about to be replaced, and no more of them
// than the policy asks.
func (ps *People) remember(tx *db.Tx, a account) error {
	if err := insertFormer(tx, a.ID, a.password); err != nil {
		return err
	}
	_, err := tx.Exec(pruneFormer, a.ID, ps.policy.History-1)
	return err
}

func formers(tx *db.Tx, id ID) ([]string, error) {
	return db.All(tx, func(r db.Row) (s string, err error) { return s, r.Scan(&s) },
		`SELECT password FROM identity_former WHERE person = $1 ORDER BY until DESC, password`, id)
}

type recovery struct {
	Code []byte
	Used int64
}

func recoveryOf(tx *db.Tx, id ID) ([]recovery, error) {
	return db.All(tx, func(r db.Row) (c recovery, err error) { return c, r.Scan(&c.Code, &c.Used) },
		`SELECT code, used FROM identity_recovery WHERE person = $1 ORDER BY code`, id)
}

func dropRecovery(tx *db.Tx, id ID) error {
	_, err := tx.Exec(`DELETE FROM identity_recovery WHERE person = $1`, id)
	return err
}

func insertRecovery(tx *db.Tx, id ID, codes []Secret) error {
	for _, c := range codes {
		_, err := tx.Exec(`INSERT INTO identity_recovery (person, code, used) VALUES ($1, $2, 0)`, id, recoveryDigest(c.Reveal()))
		if err != nil {
			return err
		}
	}
	return nil
}

// useRecovery spends a code and reports whether it was good.
func useRecovery(tx *db.Tx, id ID, code string) (bool, error) {
	n, err := tx.Exec(`UPDATE identity_recovery SET used = $3 WHERE person = $1 AND code = $2 AND used = 0`,
		id, recoveryDigest(code), db.Ms(tx.Now))
	return n == 1, err
}

// blob is bytes as a parameter; none are NULL.
func blob(b []byte) any {
	if len(b) == 0 {
		return nil
	}
	return b
}

// list is several short words as one parameter, for "$1 LIKE '%|' || x || '|%'".
func list[T ~string](words []T) string {
	var b strings.Builder
	b.WriteByte('|')
	for _, w := range words {
		b.WriteString(string(w))
		b.WriteByte('|')
	}
	return b.String()
}

// reachOf reads the units a grant reaches, as Actor keeps them.
func reachOf(units sql.NullString) string {
	if !units.Valid {
		return ""
	}
	return "|" + units.String + "|"
}

// heldColumns are a grant and, while it counts at $2, every unit it reaches.
const heldColumns = `
	coalesce(g.role, ''), coalesce(g.unit, ''), coalesce(g.since, 0), coalesce(g.until, 0),
	CASE WHEN g.since <= $2 AND (g.until IS NULL OR g.until > $2)
		THEN (SELECT string_agg(c.unit, '|') FROM org_closure c WHERE c.ancestor = g.unit) END`

// heldRow is one row of those columns.
type heldRow struct {
	role         Role
	unit         org.ID
	since, until int64
	units        sql.NullString
}

func (h *heldRow) dest() []any { return []any{&h.role, &h.unit, &h.since, &h.until, &h.units} }

const actorQuery = `
	SELECT p.unit, p.state,` + heldColumns + `
	FROM identity_person p LEFT JOIN identity_grant g ON g.person = p.id
	WHERE p.id = $1
	ORDER BY g.role, g.unit, g.since`

// ActorOf is a person as an actor outside a session: for work that a job does
// in their name, with what they may do now. It fails with NotFound, and with
// Forbidden when the account is not active.
func ActorOf(tx *db.Tx, id ID) (Actor, error) {
	a := Actor{Person: id}
	var state State
	err := db.Each(tx, func(r db.Row) error {
		var h heldRow
		if err := r.Scan(append([]any{&a.Unit, &state}, h.dest()...)...); err != nil {
			return err
		}
		a.hold(h)
		return nil
	}, actorQuery, id, db.Ms(tx.Now))
	if err != nil {
		return Actor{}, err
	}
	switch state {
	case "":
		return Actor{}, fault.Say(fault.NotFound, sayNoPerson)
	case Active:
		return a, nil
	}
	return Actor{}, fault.Say(fault.Forbidden, sayNotActive)
}

func (a *Actor) hold(h heldRow) {
	if h.units.Valid {
		a.held = append(a.held, held{role: h.role, unit: h.unit, reach: reachOf(h.units)})
	}
}
