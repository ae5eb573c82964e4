package identity

import (
	"errors"
	"time"
)

// Policy is how strict signing in is (口令与会话策略). A zero field takes the
// default, which is what evaluators of 等保 level 3 commonly expect.
type Policy struct {
	MinLength   int           // characters in a password; default 8, least 8
	MinKinds    int           // kinds out of capital, small, digit, other; default 3, least 3
	PasswordAge time.Duration // a password must be changed after this; default 90 days, most 90
	OneTimeAge  time.Duration // a one-time password is good for this long; default 7 days
	History     int           // the last so many passwords may not come back; default 5
	Failures    int           // failures in a row before the account is locked for a while; default 5
	Lockout     time.Duration // for how long; default 20 minutes, 10 to 30
	Idle        time.Duration // a session ends when unused for this long; default 30 minutes, most 30
	Absolute    time.Duration // and in any case after this; default 10 hours
	Half        time.Duration // time to enter the code after the password; default 5 minutes
	LoginsKept  time.Duration // how long the sign-in audit is kept; default 400 days, least 183
	CodeFor     []Role        // roles that must have a second factor; default none
	Issuer      string        // name of the platform in authenticator apps
	Argon       Argon         // cost of a password hash; old hashes follow at the next sign-in
	Hashing     int           // how many hashes are computed at once; default 2
}

const day = 24 * time.Hour

// Fill returns the policy with defaults in its empty fields. It fails when a
// field is weaker than the law's evaluators accept.
func (p Policy) Fill() (Policy, error) {
	fill(&p.MinLength, 8)
	fill(&p.MinKinds, 3)
	fill(&p.PasswordAge, 90*day)
	fill(&p.OneTimeAge, 7*day)
	fill(&p.History, 5)
	fill(&p.Failures, 5)
	fill(&p.Lockout, 20*time.Minute)
	fill(&p.Idle, 30*time.Minute)
	fill(&p.Absolute, 10*time.Hour)
	fill(&p.Half, 5*time.Minute)
	fill(&p.LoginsKept, 400*day)
	fill(&p.Issuer, "政府信息公开平台")
	fill(&p.Argon, Argon{MemoryKiB: 19 * 1024, Passes: 2, Lanes: 1})
	fill(&p.Hashing, 2)
	var problems []error
	must := func(ok bool, what string) {
		if !ok {
			problems = append(problems, errors.New("identity policy: "+what))
		}
	}
	must(p.MinLength >= 8 && p.MinLength <= maxPassword, "a password has at least 8 characters")
	must(p.MinKinds >= 3 && p.MinKinds <= 4, "a password has 3 or 4 kinds of characters")
	must(p.PasswordAge > 0 && p.PasswordAge <= 90*day, "a password is changed within 90 days")
	must(p.OneTimeAge > 0 && p.OneTimeAge <= 30*day, "a one-time password is good for 30 days at most")
	must(p.History >= 1 && p.History <= 24, "between 1 and 24 passwords are remembered")
	must(p.Failures >= 1 && p.Failures <= 5, "an account is locked after at most 5 failures")
	must(p.Lockout >= 10*time.Minute && p.Lockout <= 30*time.Minute, "a lockout takes 10 to 30 minutes")
	must(p.Idle >= time.Minute && p.Idle <= 30*time.Minute, "an idle session ends within 30 minutes")
	must(p.Absolute >= p.Idle && p.Absolute <= day, "a session ends within a day, and not before it can be idle")
	must(p.Half > 0 && p.Half <= p.Idle, "the code is asked for within the idle limit")
	must(p.LoginsKept >= 183*day, "sign-ins are kept for six months")
	must(p.Hashing >= 1, "at least one hash at a time")
	for _, r := range p.CodeFor {
		must(r.Known(), "there is no role "+string(r))
	}
	if err := p.Argon.check(); err != nil {
		problems = append(problems, err)
	}
	return p, errors.Join(problems...)
}

func fill[T comparable](field *T, standard T) {
	var zero T
	if *field == zero {
		*field = standard
	}
}
