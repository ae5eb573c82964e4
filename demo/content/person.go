package content

import "math/rand/v2"

// A Person works in a unit. The roles are those of the platform.
type Person struct {
	Login string // "jyj.publisher"
	Name  string
	Title string
	Unit  string // id of the unit
	Roles []string
	Over  string // the unit whose subtree the roles cover
}

// names hands out invented personal names, none twice.
type names struct {
	r    *rand.Rand
	used map[string]bool
}

func newNames(seed uint64) *names {
	return &names{r: randFor(seed, "names"), used: map[string]bool{}}
}

func (n *names) next() string {
	for {
		s := pick(n.r, surnames) + pick(n.r, givenFirst)
		if n.r.IntN(3) > 0 {
			s += pick(n.r, givenSecond)
		}
		if !n.used[s] {
			n.used[s] = true
			return s
		}
	}
}

// peopleOf fills every role of every unit. The government itself has no staff
// of its own: people of its office work for it.
func peopleOf(units []Unit, seed uint64) []Person {
	names := newNames(seed + 1)
	var out []Person
	for _, u := range units {
		home := u.ID
		if u.Kind == Government {
			home = "mj-zfb"
		}
		clerk, head := "科员", "办公室主任"
		deputy := u.Leaders[min(1, len(u.Leaders)-1)]
		add := func(role, title, name string) {
			out = append(out, Person{Login: u.Slug + "." + role, Name: name, Title: title, Unit: home, Roles: []string{role}, Over: u.ID})
		}
		add("publisher", clerk+"（信息员）", names.next())
		add("first", head, names.next())
		add("secrecy", "保密审查员", names.next())
		add("second", "法规审核员", names.next())
		add("final", deputy.Title+"（分管负责人）", deputy.Name)
		if u.Kind != Platform {
			add("officer", "依申请公开经办人", names.next())
		}
	}
	for _, p := range []struct{ role, title, over string }{
		{"supervisor", "政务公开科科长", "mj"},
		{"auditor", "督查科工作人员", "mj"},
		{"sysadmin", "系统管理员", "mj"},
		{"secadmin", "安全管理员", "mj"},
		{"auditadmin", "审计管理员", "mj"},
	} {
		out = append(out, Person{Login: p.role, Name: names.next(), Title: p.title, Unit: "mj-zfb", Roles: []string{p.role}, Over: p.over})
	}
	return out
}
