package demo

import (
	"gongkai/demo/content"
	"gongkai/identity"
	"gongkai/org"
)

// Root is the government of the fictional district: who has it has a
// demonstration.
const Root org.ID = "mj"

// Password is everybody's in the demonstration. It satisfies the rules and says
// what it is.
const Password = "Mingjing-2026"

// Login is one account to try.
type Login struct {
	Login, Password string
	What            string // for people: role, unit and name
}

// Logins are one account for each role, in the order of the work and as far as
// possible of one department, so that one item can be taken all the way.
func Logins() []Login {
	names := map[string]string{}
	for _, u := range content.Units() {
		names[u.ID] = u.Name
	}
	byLogin := map[string]content.Person{}
	for _, p := range content.People() {
		byLogin[p.Login] = p
	}
	var out []Login
	for _, login := range []string{"jyj.publisher", "jyj.first", "jyj.secrecy", "jyj.second", "jyj.final", "jyj.officer",
		"mj.publisher", "supervisor", "auditor", "sysadmin", "secadmin", "auditadmin"} {
		p := byLogin[login]
		out = append(out, Login{login, Password, identity.Role(p.Roles[0]).Title() + "　" + names[p.Unit] + "　" + p.Name})
	}
	return out
}
