package identity_test

import (
	"context"
	"testing"

	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/org"
)

func TestThreeAdministratorsBegin(t *testing.T) {
	each(t, func(w *world) {
		for _, c := range []struct {
			actor identity.Actor
			role  identity.Role
		}{{w.sys, identity.SysAdmin}, {w.sec, identity.SecAdmin}, {w.audit, identity.AuditAdmin}} {
			if got := c.actor.Roles(); len(got) != 1 || got[0] != c.role {
				t.Errorf("Roles() = %v, want %s alone", got, c.role)
			}
		}
		_, err := w.ps.Bootstrap(w.ctx, identity.System("test"), district)
		w.refused("second Bootstrap", err, fault.Conflict, "已有人员")
		_, err = w.ps.Bootstrap(w.ctx, w.sys, district)
		w.refused("Bootstrap by a person", err, fault.Forbidden, "命令行")
	})
}

func TestANewPersonNeedsTwoAdministrators(t *testing.T) {
	each(t, func(w *world) {
		id, once := w.create("liqing", "李青", school)
		_, err := w.ps.SignIn(w.ctx, "liqing", once.Reveal(), pc)
		w.refused("SignIn before activation", err, fault.Forbidden, "尚未启用")
		w.refused("Activate by the system administrator", w.ps.Activate(w.ctx, w.sys, id), fault.Forbidden, "启用、锁定和解锁")
		w.refused("Grant by the system administrator", w.ps.Grant(w.ctx, w.sys, id, identity.Publisher, school), fault.Forbidden, "授予和收回角色")
		w.must("Grant", w.ps.Grant(w.ctx, w.sec, id, identity.Publisher, school))
		w.must("Activate", w.ps.Activate(w.ctx, w.sec, id))
		v := w.firstSignIn(" LiQing ", once, goodPassword)
		if v.Step != identity.StepNone || !v.Actor.Can(identity.PublicationDraft, school) {
			t.Errorf("after the first password: step %q, may draft: %v", v.Step, v.Actor.Can(identity.PublicationDraft, school))
		}
	})
}

// act is something that a person may try on another.
type act struct {
	name string
	do   func(w *world, by identity.Actor, id identity.ID) error
}

var acts = []act{
	{"create", func(w *world, by identity.Actor, _ identity.ID) error {
		_, _, err := w.ps.Create(w.ctx, by, "wanglan", identity.Details{Name: "王兰", Unit: school})
		return err
	}},
	{"edit", func(w *world, by identity.Actor, id identity.ID) error {
		return w.ps.Edit(w.ctx, by, id, identity.Details{Name: "李青", Unit: school, Post: "科长"})
	}},
	{"reset", func(w *world, by identity.Actor, id identity.ID) error {
		_, err := w.ps.Reset(w.ctx, by, id)
		return err
	}},
	{"activate", func(w *world, by identity.Actor, id identity.ID) error { return w.ps.Activate(w.ctx, by, id) }},
	{"lock", func(w *world, by identity.Actor, id identity.ID) error { return w.ps.Lock(w.ctx, by, id, "借调") }},
	{"unlock", func(w *world, by identity.Actor, id identity.ID) error { return w.ps.Unlock(w.ctx, by, id) }},
	{"grant", func(w *world, by identity.Actor, id identity.ID) error {
		return w.ps.Grant(w.ctx, by, id, identity.First, school)
	}},
	{"revoke", func(w *world, by identity.Actor, id identity.ID) error {
		return w.ps.Revoke(w.ctx, by, id, identity.First, school)
	}},
	{"clear code", func(w *world, by identity.Actor, id identity.ID) error { return w.ps.ClearCode(w.ctx, by, id) }},
	{"leave", func(w *world, by identity.Actor, id identity.ID) error { return w.ps.Leave(w.ctx, by, id) }},
	{"list", func(w *world, by identity.Actor, _ identity.ID) error {
		_, err := w.ps.List(w.ctx, by, identity.Filter{})
		return err
	}},
	{"get", func(w *world, by identity.Actor, id identity.ID) error {
		_, err := w.ps.Get(w.ctx, by, id)
		return err
	}},
	{"logins", func(w *world, by identity.Actor, _ identity.ID) error {
		_, err := w.ps.Logins(w.ctx, by, identity.LoginFilter{})
		return err
	}},
	{"set password", func(w *world, by identity.Actor, id identity.ID) error {
		return w.ps.SetPassword(w.ctx, by, id, otherPassword, true)
	}},
	{"find by login", func(w *world, by identity.Actor, _ identity.ID) error {
		_, err := w.ps.ByLogin(w.ctx, by, "liqing")
		return err
	}},
}

// TestWhoMayDoWhatToPeople tries every act in every role. "ok" means it is not
// forbidden; the state of the account may still refuse it.
func TestWhoMayDoWhatToPeople(t *testing.T) {
	allowed := map[identity.Role][]string{
		identity.SysAdmin:   {"create", "edit", "reset", "leave", "list", "get"},
		identity.SecAdmin:   {"activate", "lock", "unlock", "grant", "revoke", "clear code", "list", "get"},
		identity.AuditAdmin: {"list", "get", "logins"},
		identity.Supervisor: {"list", "get"},
		identity.Auditor:    {"list", "get"},
	}
	each(t, func(w *world) {
		id, _ := w.create("liqing", "李青", school)
		try := func(who string, by identity.Actor, may func(string) bool) {
			for _, a := range acts {
				err := a.do(w, by, id)
				if got := fault.KindOf(err) != fault.Forbidden; got != may(a.name) {
					t.Errorf("%s %s = %v, want allowed %v", who, a.name, err, may(a.name))
				}
			}
		}
		try("nobody", identity.Actor{}, func(string) bool { return false })
		for i, r := range identity.Roles() {
			other, _ := w.create("p"+string(rune('a'+i))+"role", "某"+string(r), district)
			w.must("Grant", w.ps.Grant(w.ctx, w.sec, other, r, district))
			w.must("Activate", w.ps.Activate(w.ctx, w.sec, other))
			try(string(r), w.actorOf(other), func(act string) bool {
				for _, a := range allowed[r] {
					if a == act {
						return true
					}
				}
				return false
			})
			// The next role meets a person in a useful state again.
			if p, _ := w.ps.Get(w.ctx, w.sys, id); p.State == identity.Left {
				id, _ = w.create("liqing"+string(rune('a'+i)), "李青", school)
			}
		}
	})
}

func (w *world) actorOf(id identity.ID) (a identity.Actor) {
	w.t.Helper()
	w.must("ActorOf", w.db.Read(context.Background(), func(tx *db.Tx) (err error) {
		a, err = identity.ActorOf(tx, id)
		return err
	}))
	return a
}

func TestAdministratorsOfOneUnitStayInIt(t *testing.T) {
	each(t, func(w *world) {
		sys := w.person("schoolsys", "赵系统", school, identity.SysAdmin).Actor
		sec := w.person("schoolsec", "钱安全", school, identity.SecAdmin).Actor
		inside, _ := w.create("liqing", "李青", primary)
		outside, _ := w.create("wanglan", "王兰", finance)
		for _, a := range acts {
			by := sys
			switch a.name {
			case "activate", "lock", "unlock", "clear code":
				by = sec
			case "edit", "reset", "leave", "get":
			default:
				continue
			}
			if err := a.do(w, by, outside); fault.KindOf(err) != fault.Forbidden {
				t.Errorf("%s of somebody outside = %v, want forbidden", a.name, err)
			}
			if err := a.do(w, by, inside); fault.KindOf(err) == fault.Forbidden {
				t.Errorf("%s of somebody inside = %v, want not forbidden", a.name, err)
			}
		}
		w.refused("Grant outside", w.ps.Grant(w.ctx, sec, outside, identity.Publisher, finance), fault.Forbidden, "授予和收回角色")
		people, err := w.ps.List(w.ctx, sys, identity.Filter{})
		w.must("List", err)
		for _, p := range people {
			if p.Unit == finance || p.Unit == district {
				t.Errorf("List by the school's administrator shows somebody of %s", p.Unit)
			}
		}
	})
}

func TestNobodyActsOnTheirOwnAccount(t *testing.T) {
	each(t, func(w *world) {
		w.refused("Lock oneself", w.ps.Lock(w.ctx, w.sec, w.sec.Person, "试"), fault.Forbidden, "自己的账号")
		w.refused("Unlock oneself", w.ps.Unlock(w.ctx, w.sec, w.sec.Person), fault.Forbidden, "自己的账号")
		w.refused("Activate oneself", w.ps.Activate(w.ctx, w.sec, w.sec.Person), fault.Forbidden, "自己的账号")
		w.refused("ClearCode of oneself", w.ps.ClearCode(w.ctx, w.sec, w.sec.Person), fault.Forbidden, "自己的账号")
		w.refused("Leave oneself", w.ps.Leave(w.ctx, w.sys, w.sys.Person), fault.Forbidden, "自己的账号")
		_, err := w.ps.Reset(w.ctx, w.sys, w.sys.Person)
		w.refused("Reset oneself", err, fault.Forbidden, "自己的账号")
	})
}

func TestTheLastAdministratorStays(t *testing.T) {
	each(t, func(w *world) {
		second := w.person("secondsec", "孙安全", district, identity.SecAdmin).Actor
		_ = w.person("schoolsys", "赵系统", school, identity.SysAdmin) // of one unit only: does not count
		w.refused("Lock the last system administrator", w.ps.Lock(w.ctx, w.sec, w.sys.Person, "调查"), fault.Conflict, "最后一名在用的系统管理员")
		w.refused("Revoke the last system administrator", w.ps.Revoke(w.ctx, w.sec, w.sys.Person, identity.SysAdmin, district), fault.Conflict, "最后一名")
		w.refused("Leave of the last audit administrator", w.ps.Leave(w.ctx, w.sys, w.audit.Person), fault.Conflict, "审计管理员")
		_, err := w.ps.Reset(w.ctx, w.sys, w.audit.Person)
		w.refused("Reset of the last audit administrator", err, fault.Conflict, "审计管理员")
		newcomer, _ := w.create("newcomer", "周新", district)
		w.refused("Succeed to somebody not active", w.ps.Succeed(w.ctx, w.sec, w.audit.Person, newcomer, w.audit0()), fault.Conflict, "最后一名")
		w.must("Lock one of two", w.ps.Lock(w.ctx, second, w.sec.Person, "轮岗"))
		third := w.person2(second, "thirdsys", "吴系统", district, identity.SysAdmin)
		w.must("Revoke one of two", w.ps.Revoke(w.ctx, second, w.sys.Person, identity.SysAdmin, district))
		w.refused("Lock the one that is left", w.ps.Lock(w.ctx, second, third, "调查"), fault.Conflict, "最后一名")
	})
}

func TestALeaverIsGoneForGood(t *testing.T) {
	each(t, func(w *world) {
		v := w.person("liqing", "李青", school, identity.Publisher)
		w.enrol(v.Actor)
		w.must("Leave", w.ps.Leave(w.ctx, w.sys, v.Actor.Person))
		_, err := w.ps.Resume(w.ctx, v.Token.Reveal())
		w.refused("Resume after leaving", err, fault.Forbidden, "重新登录")
		_, err = w.ps.SignIn(w.ctx, "liqing", goodPassword, pc)
		w.refused("SignIn after leaving", err, fault.Forbidden, "已注销")
		w.refused("Activate a leaver", w.ps.Activate(w.ctx, w.sec, v.Actor.Person), fault.Conflict, "已注销")
		w.refused("Grant to a leaver", w.ps.Grant(w.ctx, w.sec, v.Actor.Person, identity.First, school), fault.Conflict, "已注销")
		w.refused("Edit a leaver", w.ps.Edit(w.ctx, w.sys, v.Actor.Person, identity.Details{Name: "李青", Unit: school}), fault.Conflict, "已注销")
		_, _, err = w.ps.Create(w.ctx, w.sys, "liqing", identity.Details{Name: "李晴", Unit: school})
		w.refused("Create with the login of a leaver", err, fault.Conflict, "已被使用")
		p, err := w.ps.Get(w.ctx, w.sys, v.Actor.Person)
		w.must("Get", err)
		if p.SecondFactor {
			t.Error("the second factor of a leaver is kept")
		}
		if p.State != identity.Left || len(p.Grants) != 1 || p.Grants[0].Until.IsZero() {
			t.Errorf("Get = state %s, grants %+v, want left with one grant that is over", p.State, p.Grants)
		}
	})
}

func TestAResetNeedsTheSecurityAdministratorAgain(t *testing.T) {
	each(t, func(w *world) {
		v := w.person("liqing", "李青", school, identity.Publisher)
		once, err := w.ps.Reset(w.ctx, w.sys, v.Actor.Person)
		w.must("Reset", err)
		_, err = w.ps.Resume(w.ctx, v.Token.Reveal())
		w.refused("Resume after a reset", err, fault.Forbidden, "重新登录")
		_, err = w.ps.SignIn(w.ctx, "liqing", goodPassword, pc)
		w.refused("SignIn with the password before", err, fault.Forbidden, "用户名或口令不正确")
		_, err = w.ps.SignIn(w.ctx, "liqing", once.Reveal(), pc)
		w.refused("SignIn before activation", err, fault.Forbidden, "尚未启用")
		w.must("Activate", w.ps.Activate(w.ctx, w.sec, v.Actor.Person))
		w.firstSignIn("liqing", once, otherPassword)
	})
}

func TestTheMachineRescuesTheLastAdministrator(t *testing.T) {
	each(t, func(w *world) {
		open := w.signIn("secadmin", goodPassword)
		once, err := w.ps.Reset(w.ctx, identity.System("cli"), w.sec.Person)
		w.must("Reset by the program", err)
		_, err = w.ps.Resume(w.ctx, open.Token.Reveal())
		w.refused("Resume after a reset by the program", err, fault.Forbidden, "重新登录")
		w.firstSignIn("secadmin", once, otherPassword)
		w.must("SetPassword", w.ps.SetPassword(w.ctx, identity.System("cli"), w.sec.Person, "Baiyun.5530kk", false))
		if v := w.signIn("secadmin", "Baiyun.5530kk"); v.Step != identity.StepNone {
			t.Errorf("SignIn after SetPassword: step %q, want none", v.Step)
		}
		w.refused("SetPassword weak", w.ps.SetPassword(w.ctx, identity.System("cli"), w.sec.Person, "short", false), fault.Invalid, "至少8个字符")
	})
}

func TestDetailsAreChecked(t *testing.T) {
	each(t, func(w *world) {
		good := identity.Details{Name: "李青", Unit: school}
		with := func(change func(*identity.Details)) identity.Details {
			d := good
			change(&d)
			return d
		}
		for _, c := range []struct {
			name, login string
			details     identity.Details
			field       string
		}{
			{"a login of one letter", "l", good, "login"},
			{"a login in Chinese", "李青", good, "login"},
			{"a login that begins with a digit", "1abc", good, "login"},
			{"no name", "liqing", with(func(d *identity.Details) { d.Name = " " }), "name"},
			{"a name that is too long", "liqing", with(func(d *identity.Details) { d.Name = string(make([]rune, 31)) }), "name"},
			{"a mobile number", "liqing", with(func(d *identity.Details) { d.Phone = "139 0000 0000" }), "phone"},
			{"words for a number", "liqing", with(func(d *identity.Details) { d.Phone = "办公室" }), "phone"},
			{"a long post", "liqing", with(func(d *identity.Details) { d.Post = string(make([]rune, 41)) }), "post"},
		} {
			_, _, err := w.ps.Create(w.ctx, w.sys, c.login, c.details)
			if fields := fault.Fields(err); len(fields) != 1 || fields[0].Field != c.field {
				t.Errorf("Create with %s = %v, want Invalid on %s", c.name, err, c.field)
			}
		}
		_, _, err := w.ps.Create(w.ctx, w.sys, "liqing", with(func(d *identity.Details) { d.Unit = "" }))
		w.refused("Create without unit", err, fault.Forbidden, "权限")
		_, _, err = w.ps.Create(w.ctx, identity.System("test"), "liqing", with(func(d *identity.Details) { d.Unit = "mj-no" }))
		w.refused("Create in no unit", err, fault.NotFound, "没有这个机构")
		w.create("liqing", "李青", school)
		_, _, err = w.ps.Create(w.ctx, w.sys, "LIQING", good)
		w.refused("Create twice", err, fault.Conflict, "已被使用")
		w.refused("Edit nobody", w.ps.Edit(w.ctx, w.sys, "nobody", good), fault.NotFound, "没有这个人员")
		w.refused("Lock without a reason", w.ps.Lock(w.ctx, w.sec, w.audit.Person, " "), fault.Invalid, "请填写原因")
	})
}

func TestPeopleAreFound(t *testing.T) {
	each(t, func(w *world) {
		li := w.person("liqing", "李青", school, identity.Publisher).Actor.Person
		w.person("wanglan", "王兰", primary, identity.First)
		w.create("zhaoyu", "赵宇", finance)
		away := w.person("chenlin", "陈林", office, identity.Publisher).Actor.Person
		w.must("Lock", w.ps.Lock(w.ctx, w.sec, away, "借调"))
		for _, c := range []struct {
			name   string
			filter identity.Filter
			want   string
		}{
			{"by unit and below", identity.Filter{Unit: school}, "liqing wanglan"},
			{"by state", identity.Filter{State: identity.Waiting}, "zhaoyu"},
			{"by role", identity.Filter{Role: identity.First}, "wanglan"},
			{"by name", identity.Filter{Text: "青"}, "liqing"},
			{"by login", identity.Filter{Text: "ZHAO"}, "zhaoyu"},
			{"a percent sign is a letter", identity.Filter{Text: "%"}, ""},
			{"a page", identity.Filter{After: "liqing", Limit: 2}, "secadmin sysadmin"},
		} {
			people, err := w.ps.List(w.ctx, w.audit, c.filter)
			w.must("List", err)
			got := ""
			for _, p := range people {
				if got != "" {
					got += " "
				}
				got += p.Login
			}
			if got != c.want {
				t.Errorf("List %s = %q, want %q", c.name, got, c.want)
			}
		}
		p, err := w.ps.Get(w.ctx, w.actorOf(li), li)
		w.must("Get oneself", err)
		if len(p.Grants) != 1 || p.Grants[0].Giver != string(w.sec.Person) {
			t.Errorf("Get oneself: grants %+v, want one by the security administrator", p.Grants)
		}
		w.must("Read", w.db.Read(w.ctx, func(tx *db.Tx) error {
			names, err := identity.Names(tx, string(li), "system:import", "nobody", string(li))
			if err != nil {
				return err
			}
			if len(names) != 2 || names[string(li)] != "李青" || names["system:import"] != "系统" {
				t.Errorf("Names = %v", names)
			}
			for unit, want := range map[org.ID]int{school: 1, primary: 1, finance: 0, office: 0, district: 0} {
				holders, err := identity.Holders(tx, identity.PublicationDraft, unit)
				if err != nil || len(holders) != want {
					t.Errorf("Holders(publication.draft, %s) = %d people, %v, want %d", unit, len(holders), err, want)
				}
			}
			return nil
		}))
	})
}
