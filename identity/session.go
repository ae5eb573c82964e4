package identity

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"errors"
	"slices"
	"time"

	"gongkai/internal/db"
	"gongkai/internal/fault"
)

// SessionID names a session of a person in lists; it is not the token and
// opens nothing.
type SessionID string

// Step is what a person must do before anything else is allowed.
type Step string

// The steps, in the order in which they come.
const (
	StepNone     Step = ""         // nothing: the visit is open
	StepCode     Step = "code"     // enter the code of the second factor, see [People.EnterCode]
	StepPassword Step = "password" // change the password, see [People.ChangePassword]
	StepEnrol    Step = "enrol"    // set up a second factor, see [People.BeginCode]
)

// Session is one sign-in of a person on one device.
type Session struct {
	ID     SessionID
	Device string    // "Edge · Windows", nothing that names the machine
	Opened time.Time // when the password was entered
	Seen   time.Time // last use, to the minute
}

// Visit is what the bearer of a session token may do right now.
type Visit struct {
	// Actor is nobody while the code is awaited, and the person without any
	// right while the password or the second factor is to be set.
	Actor Actor
	Step  Step
	Session
	Login, Name string
	// PasswordEnds is when the password must be changed, for a reminder.
	PasswordEnds time.Time
	// Token is the new token to hand to the browser, "" when it keeps its own.
	Token Secret
}

const (
	seenEvery  = time.Minute      // a session's last use is written this often
	formerGood = 20 * time.Second // an exchanged token stays good for requests under way
)

func newToken() (Secret, []byte) {
	var b [32]byte
	rand.Read(b[:])
	token := base64.RawURLEncoding.EncodeToString(b[:])
	return Secret(token), tokenDigest(token)
}

func tokenDigest(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

const visitQuery = `
	SELECT s.id, s.step, s.device, s.opened, s.seen, s.renewed, s.former_until,
		CASE WHEN s.token = $1 THEN 0 ELSE 1 END,
		p.id, p.login, p.name, p.unit, p.state, p.password_at, p.password_once,
		CASE WHEN p.totp IS NULL THEN 0 ELSE 1 END,` + heldColumns + `
	FROM identity_session s
	JOIN identity_person p ON p.id = s.person
	LEFT JOIN identity_grant g ON g.person = p.id
	WHERE s.token = $1 OR s.former = $1
	ORDER BY g.role, g.unit, g.since`

// What the column step of a session says.
const (
	awaiting = "code" // the code of the second factor is awaited
	underWay = "open"
)

// sighting is one reading of a session with all that decides about it.
type sighting struct {
	Session
	step        string
	renewed     time.Time
	former      bool // shown with the token before the present one
	formerUntil time.Time
	person      Person
	actor       Actor
	changed     time.Time // when the person's rights last changed
}

func sight(tx *db.Tx, token string) (sighting, error) {
	var s sighting
	found := false
	err := db.Each(tx, func(r db.Row) error {
		var opened, seen, renewed, formerUntil, former, passwordAt, once, totp int64
		var h heldRow
		err := r.Scan(append([]any{&s.ID, &s.step, &s.Device, &opened, &seen, &renewed, &formerUntil, &former,
			&s.person.ID, &s.person.Login, &s.person.Name, &s.person.Unit, &s.person.State, &passwordAt, &once, &totp},
			h.dest()...)...)
		if err != nil {
			return err
		}
		found = true
		s.Opened, s.Seen, s.renewed, s.formerUntil = db.Time(opened), db.Time(seen), db.Time(renewed), db.Time(formerUntil)
		s.former = former == 1
		s.person.PasswordAt, s.person.OneTime, s.person.SecondFactor = db.Time(passwordAt), once == 1, totp == 1
		s.actor.Person, s.actor.Unit, s.actor.Session = s.person.ID, s.person.Unit, s.ID
		s.actor.hold(h)
		for _, ms := range []int64{h.since, h.until} {
			if at := db.Time(ms); !at.After(tx.Now) && at.After(s.changed) {
				s.changed = at
			}
		}
		return nil
	}, visitQuery, tokenDigest(token), db.Ms(tx.Now))
	if err != nil {
		return s, err
	}
	if !found {
		return s, fault.Say(fault.Forbidden, sayNoSession)
	}
	return s, nil
}

// over answers why a session has ended by itself, or nil.
func (s sighting) over(p Policy, now time.Time) error {
	switch {
	case s.person.State != Active, s.former && !now.Before(s.formerUntil):
		return fault.Say(fault.Forbidden, sayNoSession)
	case s.step == awaiting && now.Sub(s.Opened) >= p.Half:
		return fault.Say(fault.TooLate, sayHalfOver)
	case now.Sub(s.Opened) >= p.Absolute:
		return fault.Say(fault.TooLate, sayAbsolute, int(p.Absolute/time.Hour))
	case now.Sub(s.Seen) >= p.Idle:
		return fault.Say(fault.TooLate, sayIdle, int(p.Idle/time.Minute))
	}
	return nil
}

// visit is what the session allows.
func (s sighting) visit(p Policy, now time.Time) Visit {
	v := Visit{
		Session: s.Session, Login: s.person.Login, Name: s.person.Name, PasswordEnds: s.person.PasswordAt.Add(p.PasswordAge),
	}
	bare := Actor{Person: s.person.ID, Unit: s.person.Unit, Session: s.ID}
	switch {
	case s.step == awaiting:
		v.Step = StepCode
	case s.person.OneTime, !now.Before(v.PasswordEnds):
		v.Step, v.Actor = StepPassword, bare
	case !s.person.SecondFactor && slices.ContainsFunc(s.actor.Roles(), func(r Role) bool { return slices.Contains(p.CodeFor, r) }):
		v.Step, v.Actor = StepEnrol, bare
	default:
		v.Actor = s.actor
	}
	return v
}

// Resume answers what the bearer of a token may do. It reads once by an index,
// and writes only to note the use at most once a minute, or to exchange the token
// after the person's rights have changed: then Visit.Token is the new one.
// It fails with Forbidden for a token that is not good and with TooLate for a
// session that ended by itself; both mean to sign in again.
func (ps *People) Resume(ctx context.Context, token string) (Visit, error) {
	var s sighting
	var now time.Time
	err := ps.db.Read(ctx, func(tx *db.Tx) (err error) {
		s, err = sight(tx, token)
		now = tx.Now
		return err
	})
	if err != nil {
		return Visit{}, err
	}
	if err := s.over(ps.policy, now); err != nil {
		return Visit{}, err
	}
	v := s.visit(ps.policy, now)
	if s.step == awaiting {
		return v, nil
	}
	switch {
	case !s.former && s.changed.After(s.renewed):
		v.Token, err = ps.exchange(ctx, s.ID, token)
	case now.Sub(s.Seen) >= seenEvery:
		err = ps.db.Write(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(`UPDATE identity_session SET seen = $2 WHERE id = $1 AND seen < $2`, s.ID, db.Ms(now))
			return err
		})
	}
	return v, err
}

const exchangeToken = `
	UPDATE identity_session
	SET former = token, former_until = $4, token = $3, renewed = $5, seen = $5
	WHERE id = $1 AND token = $2`

// exchange gives a session a new token. The old one stays good for a moment, for
// the requests that are under way with it. When another request was first the
// browser has the new token from there, and the answer is "".
func (ps *People) exchange(ctx context.Context, id SessionID, old string) (Secret, error) {
	token, sum := newToken()
	err := ps.db.Write(ctx, func(tx *db.Tx) error {
		n, err := tx.Exec(exchangeToken, id, tokenDigest(old), sum, db.Ms(tx.Now.Add(formerGood)), db.Ms(tx.Now))
		if err == nil && n == 0 {
			return fault.Conflict
		}
		return err
	})
	if errors.Is(err, fault.Conflict) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return token, nil
}

const addSession = `
	INSERT INTO identity_session (id, token, former, former_until, person, step, device, opened, seen, renewed)
	VALUES ($1, $2, NULL, 0, $3, $4, $5, $6, $6, $6)`

func openSession(tx *db.Tx, id ID, token []byte, step, device string) error {
	_, err := tx.Exec(addSession, tx.NewID(), token, id, step, short(device), db.Ms(tx.Now))
	return err
}

func endSessions(tx *db.Tx, id ID) error {
	_, err := tx.Exec(`DELETE FROM identity_session WHERE person = $1`, id)
	return err
}

// Sessions lists the actor's own open sessions, the latest used first.
func (ps *People) Sessions(ctx context.Context, by Actor) (all []Session, err error) {
	if by.Person == "" {
		return nil, fault.Say(fault.Forbidden, sayNotInPerson)
	}
	err = ps.db.Read(ctx, func(tx *db.Tx) error {
		all, err = db.All(tx, scanSession, sessionsOf, by.Person,
			db.Ms(tx.Now.Add(-ps.policy.Idle)), db.Ms(tx.Now.Add(-ps.policy.Absolute)))
		return err
	})
	return all, err
}

const sessionsOf = `
	SELECT id, device, opened, seen
	FROM identity_session
	WHERE person = $1 AND step = 'open' AND seen > $2 AND opened > $3
	ORDER BY seen DESC, id`

func scanSession(r db.Row) (s Session, err error) {
	var opened, seen int64
	err = r.Scan(&s.ID, &s.Device, &opened, &seen)
	s.Opened, s.Seen = db.Time(opened), db.Time(seen)
	return s, err
}

// SignOut ends one of the actor's own sessions; the present one is
// by.Session. It fails with NotFound when there is no such session.
func (ps *People) SignOut(ctx context.Context, by Actor, id SessionID) error {
	return ps.db.Write(ctx, func(tx *db.Tx) error {
		device, err := db.Value[sql.NullString](tx, `SELECT device FROM identity_session WHERE id = $1 AND person = $2`, id, by.Person)
		if errors.Is(err, fault.NotFound) {
			return fault.Say(fault.NotFound, sayNoOwn)
		}
		if err != nil {
			return err
		}
		if _, err := tx.Exec(`DELETE FROM identity_session WHERE id = $1 AND person = $2`, id, by.Person); err != nil {
			return err
		}
		return noteLogin(tx, by.Person, LoginOut, Client{Device: device.String})
	})
}

// SignOutEverywhere ends all of the actor's own sessions.
func (ps *People) SignOutEverywhere(ctx context.Context, by Actor) error {
	if by.Person == "" {
		return fault.Say(fault.Forbidden, sayNotInPerson)
	}
	return ps.db.Write(ctx, func(tx *db.Tx) error {
		if err := endSessions(tx, by.Person); err != nil {
			return err
		}
		return noteLogin(tx, by.Person, LoginOut, Client{})
	})
}
