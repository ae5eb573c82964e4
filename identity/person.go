package identity

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"gongkai/internal/fault"
	"gongkai/org"
)

// State is where an account stands. The comment says who moves next.
type State string

// The states.
const (
	Waiting State = "new"    // a security administrator activates it
	Active  State = "active" // the person signs in
	Locked  State = "locked" // a security administrator unlocks it
	Left    State = "left"   // nobody: the account is over, its login stays taken
)

// Title is the state's name for people.
func (s State) Title() string {
	switch s {
	case Waiting:
		return "待启用"
	case Active:
		return "在用"
	case Locked:
		return "已停用"
	case Left:
		return "已注销"
	}
	return string(s)
}

// Person is an account and whose it is (人员). It never carries the password or
// the second factor.
type Person struct {
	ID    ID
	Login string
	Details
	State        State
	Remark       string    // why it is locked
	OneTime      bool      // the password must be changed at the next sign-in
	PasswordAt   time.Time // when the password was set
	SecondFactor bool
	Created      time.Time
	LockedUntil  time.Time // end of the lockout after failures, zero without one
	LastLogin    time.Time
	Grants       []Grant // as far as the query says
}

// Details is what is known of a person. It is no more than the work needs: the
// telephone is the office's.
type Details struct {
	Name  string
	Unit  org.ID
	Post  string // 职务
	Phone string // 办公电话
}

var (
	loginForm  = regexp.MustCompile(`^[a-z][a-z0-9._-]{2,31}$`)
	phoneForm  = regexp.MustCompile(`^[0-9+(（][0-9()（）转+ -]{4,24}$`)
	mobileForm = regexp.MustCompile(`^(\+?86)?1[3-9][0-9]{9}$`)
)

func (d Details) trimmed() Details {
	d.Name, d.Post, d.Phone = strings.TrimSpace(d.Name), strings.TrimSpace(d.Post), strings.TrimSpace(d.Phone)
	return d
}

// problems says what is wrong with the details in themselves.
func (d Details) problems() []fault.Problem {
	var ps []fault.Problem
	if n := utf8.RuneCountInString(d.Name); n < 2 || n > 30 {
		ps = append(ps, fault.Problem{Field: "name", Say: sayName})
	}
	if d.Unit == "" {
		ps = append(ps, fault.Problem{Field: "unit", Say: sayNoUnit})
	}
	if utf8.RuneCountInString(d.Post) > 40 {
		ps = append(ps, fault.Problem{Field: "post", Say: sayPost})
	}
	bare := strings.NewReplacer(" ", "", "-", "").Replace(d.Phone)
	switch {
	case d.Phone == "":
	case mobileForm.MatchString(bare):
		ps = append(ps, fault.Problem{Field: "phone", Say: sayMobile})
	case !phoneForm.MatchString(d.Phone):
		ps = append(ps, fault.Problem{Field: "phone", Say: sayPhone})
	}
	return ps
}

// normalLogin is a login as it is kept: people type capitals and spaces.
func normalLogin(login string) string { return strings.ToLower(strings.TrimSpace(login)) }

// move is one way of an account from state to state.
type move struct {
	act   string // as in the ledger
	title string // for people
	right Right
	from  []State
	to    State
}

// The moves. A password reset leads back to new, so that nobody alone, neither
// system nor security administrator, can take over somebody's account.
var (
	moveActivate = move{"identity.activate", "启用", PeopleUnlock, []State{Waiting}, Active}
	moveLock     = move{"identity.lock", "停用", PeopleUnlock, []State{Active}, Locked}
	moveUnlock   = move{"identity.unlock", "解锁", PeopleUnlock, []State{Locked, Active}, Active}
	moveReset    = move{"identity.reset", "重置口令", PeopleEdit, []State{Waiting, Active, Locked}, Waiting}
	moveLeave    = move{"identity.leave", "注销", PeopleEdit, []State{Waiting, Active, Locked}, Left}

	moves = []move{moveActivate, moveLock, moveUnlock, moveReset, moveLeave}
)

// allowed answers nil when the account may make the move.
func (m move) allowed(by Actor, p Person) error {
	if err := by.Check(m.right, p.Unit); err != nil {
		return err
	}
	if by.Person == p.ID {
		return fault.Say(fault.Forbidden, sayOwnAccount, m.title)
	}
	if !slices.Contains(m.from, p.State) {
		return fault.Say(fault.Conflict, sayState, p.State.Title(), m.title)
	}
	return nil
}
