package identity

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"net"
	"net/netip"
	"strings"
	"time"

	"gongkai/internal/db"
	"gongkai/internal/fault"
)

// Client is where a sign-in came from, coarse on purpose: enough for an audit
// to see something strange, too little to follow somebody.
type Client struct {
	Network string // "10.20.30.0/24"
	Device  string // "Edge · Windows"
}

// ClientOf makes a Client of a remote address, with or without port, and the
// browser's user agent.
func ClientOf(remote, userAgent string) Client {
	return Client{Network: network(remote), Device: device(userAgent)}
}

func network(remote string) string {
	if host, _, err := net.SplitHostPort(remote); err == nil {
		remote = host
	}
	addr, err := netip.ParseAddr(remote)
	if err != nil {
		return ""
	}
	addr = addr.Unmap()
	bits := 48
	if addr.Is4() {
		bits = 24
	}
	prefix, err := addr.WithZone("").Prefix(bits)
	if err != nil {
		return ""
	}
	return prefix.String()
}

// browsers and systems in the order in which they must be looked for: most
// browsers also claim to be the ones further down.
var (
	browsers = [][2]string{{"MicroMessenger", "微信"}, {"QQBrowser", "QQ浏览器"}, {"360", "360浏览器"}, {"Edg", "Edge"}, {"Firefox", "Firefox"},
		{"Chrome", "Chrome"}, {"Safari", "Safari"}, {"Trident", "IE"}}
	systems = [][2]string{{"HarmonyOS", "鸿蒙"}, {"Android", "Android"}, {"iPhone", "iOS"}, {"iPad", "iPadOS"}, {"Windows", "Windows"}, {"Mac OS", "macOS"},
		{"Kylin", "麒麟"}, {"UOS", "统信"}, {"Linux", "Linux"}}
)

func device(userAgent string) string {
	find := func(names [][2]string) string {
		for _, n := range names {
			if strings.Contains(userAgent, n[0]) {
				return n[1]
			}
		}
		return ""
	}
	browser, system := find(browsers), find(systems)
	switch {
	case browser == "" && system == "":
		return "其他设备"
	case browser == "" || system == "":
		return browser + system
	}
	return browser + " · " + system
}

// Login is one line of the audit of sign-ins.
type Login struct {
	ID      string
	At      time.Time
	Person  ID     // "" when nobody has that login
	Unknown string // then a keyed digest of it, to see that it is tried again
	Result  LoginResult
	Client
}

// LoginResult is how a sign-in went.
type LoginResult string

// The results.
const (
	LoginOpened    LoginResult = "opened"
	LoginHalf      LoginResult = "half"       // the password was right, the code is awaited
	LoginWrong     LoginResult = "wrong"      // no such login, or not its password
	LoginWrongCode LoginResult = "wrong-code" // the second factor
	LoginLockout   LoginResult = "lockout"    // one failure too many: the account is locked for a while
	LoginLocked    LoginResult = "locked"     // tried while locked, whatever the password
	LoginClosed    LoginResult = "closed"     // the right password of an account that is not in use
	LoginOut       LoginResult = "out"        // signed out
)

var loginTitles = map[LoginResult]string{
	LoginOpened: "登录成功", LoginHalf: "口令正确，等待动态口令", LoginWrong: "用户名或口令错误", LoginWrongCode: "动态口令错误",
	LoginLockout: "连续失败，暂时锁定", LoginLocked: "锁定期内尝试", LoginClosed: "口令正确，但账号不可用", LoginOut: "退出",
}

// LoginResults lists the results, for a filter.
func LoginResults() []LoginResult {
	return []LoginResult{LoginOpened, LoginHalf, LoginWrong, LoginWrongCode, LoginLockout, LoginLocked, LoginClosed, LoginOut}
}

// Title is the result for people.
func (r LoginResult) Title() string { return loginTitles[r] }

// Refused reports whether somebody was turned away: what an auditor looks at.
func (r LoginResult) Refused() bool {
	return r != LoginOpened && r != LoginHalf && r != LoginOut
}

const addLogin = `
	INSERT INTO identity_login (id, at, person, unknown, result, network, device)
	VALUES ($1, $2, $3, $4, $5, $6, $7)`

func noteLogin(tx *db.Tx, id ID, r LoginResult, from Client) error {
	_, err := tx.Exec(addLogin, tx.NewID(), db.Ms(tx.Now), id, "", r, short(from.Network), short(from.Device))
	return err
}

func noteUnknownLogin(tx *db.Tx, login string, from Client) error {
	key, err := loginKey(tx)
	if err != nil {
		return err
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(login))
	_, err = tx.Exec(addLogin, tx.NewID(), db.Ms(tx.Now), nil, hex.EncodeToString(mac.Sum(nil)[:8]), LoginWrong,
		short(from.Network), short(from.Device))
	return err
}

// short keeps what a client says about itself from filling the table.
func short(s string) string {
	r := []rune(strings.ToValidUTF8(s, ""))
	return strings.ReplaceAll(string(r[:min(len(r), 60)]), "\x00", "")
}

// loginKey is the key of digests of unknown logins, made at the first need.
func loginKey(tx *db.Tx) ([]byte, error) {
	key, err := db.Value[[]byte](tx, `SELECT key FROM identity_key WHERE one = 1`)
	if !errors.Is(err, fault.NotFound) {
		return key, err
	}
	key = make([]byte, 32)
	rand.Read(key)
	_, err = tx.Exec(`INSERT INTO identity_key (one, key) VALUES (1, $1)`, key)
	return key, err
}

// LoginFilter chooses lines of the audit. Zero fields do not limit.
type LoginFilter struct {
	From, To time.Time
	Person   ID
	Result   LoginResult
	Before   string // ID of the last line of the page before
	Limit    int    // default 100
}

const loginsQuery = `
	SELECT l.id, l.at, l.person, l.unknown, l.result, l.network, l.device
	FROM identity_login l
	WHERE (l.person IS NULL OR l.person IN (
			SELECT id FROM identity_person
			WHERE unit IN (SELECT unit FROM org_closure WHERE $1 LIKE '%|' || ancestor || '|%')))
		AND l.at >= $2 AND l.at < $3
		AND ($4 = '' OR l.person = $4)
		AND ($5 = '' OR l.result = $5)
		AND ($6 = '' OR l.id < $6)
	ORDER BY l.id DESC
	LIMIT $7`

// Logins reads the audit of sign-ins, the latest first: people of the units in
// which the actor may, and logins that nobody has. It fails with Forbidden.
func (ps *People) Logins(ctx context.Context, by Actor, f LoginFilter) ([]Login, error) {
	if err := by.CheckAny(LoginsRead); err != nil {
		return nil, err
	}
	return ps.logins(ctx, by.Scope(LoginsRead).Key(), f)
}

// OwnLogins reads the actor's own latest sign-ins, for them to see that it was
// them.
func (ps *People) OwnLogins(ctx context.Context, by Actor, limit int) ([]Login, error) {
	if by.Person == "" {
		return nil, fault.Say(fault.Forbidden, sayNotInPerson)
	}
	return ps.logins(ctx, "|*|", LoginFilter{Person: by.Person, Limit: limit})
}

func (ps *People) logins(ctx context.Context, scope string, f LoginFilter) (all []Login, err error) {
	fill(&f.Limit, 100)
	if f.To.IsZero() {
		f.To = time.UnixMilli(1<<62 - 1)
	}
	err = ps.db.Read(ctx, func(tx *db.Tx) error {
		all, err = db.All(tx, scanLogin, loginsQuery, scope, db.Ms(f.From), f.To.UnixMilli(), string(f.Person), string(f.Result), f.Before, f.Limit)
		return err
	})
	return all, err
}

func scanLogin(r db.Row) (l Login, err error) {
	var at int64
	var person sql.NullString
	err = r.Scan(&l.ID, &at, &person, &l.Unknown, &l.Result, &l.Network, &l.Device)
	l.At, l.Person = db.Time(at), ID(person.String)
	return l, err
}

// Sweep removes sessions that have ended by themselves and sign-ins older than
// the policy keeps. It is a job, and may run as often as one likes.
func (ps *People) Sweep(ctx context.Context) (sessions, logins int64, err error) {
	err = ps.db.Write(ctx, func(tx *db.Tx) error {
		ago := func(d time.Duration) int64 { return db.Ms(tx.Now.Add(-d)) }
		sessions, err = tx.Exec(`DELETE FROM identity_session WHERE seen <= $1 OR opened <= $2`, ago(ps.policy.Idle), ago(ps.policy.Absolute))
		if err != nil {
			return err
		}
		logins, err = tx.Exec(`DELETE FROM identity_login WHERE at < $1`, ago(ps.policy.LoginsKept))
		return err
	})
	return sessions, logins, err
}
