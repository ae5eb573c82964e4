package console

import (
	"net/http"
	"time"

	"gongkai/identity"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/org"
)

func (c *Console) grantForm(w http.ResponseWriter, r *http.Request, f *web.Form) (formPage, error) {
	by := actorOf(r)
	one, err := c.People.Get(r.Context(), by, identity.ID(r.PathValue("person")))
	if err != nil {
		return formPage{}, err
	}
	tree, err := c.tree(r)
	if err != nil {
		return formPage{}, err
	}
	if f.Value("unit") == "" {
		f.Set("unit", string(one.Unit))
	}
	p := formPage{Console: c.frame(w, r, tree, "授予角色", ui.Link{Text: "人员", URL: Root + "/people"}, ui.Link{Text: one.Name, URL: personPath(one.ID)}), Form: f,
		Lead: one.Name + "将在所选单位及其下属单位承担这个角色。系统管理员、安全管理员、审计管理员须各自独立，不得兼任业务角色。", Action: personPath(one.ID) + "/grant", Button: "授予角色", Back: personPath(one.ID)}
	a := asker{f}
	var roles []ui.Option
	for _, role := range identity.Roles() {
		what := ""
		for i, right := range role.Rights() {
			if right.Reads() {
				continue
			}
			if what != "" && i > 0 {
				what += "、"
			}
			what += right.Title()
		}
		if what == "" {
			what = "只能查看"
		}
		roles = append(roles, ui.Option{Value: string(role), Text: role.Title(), Hint: what})
	}
	p.Groups = []group{{Questions: []question{a.ask("radios", "role", "角色", choose(roles)), a.ask("select", "unit", "在哪个单位", choose(scopeUnits(tree, by.Scope(identity.PeopleGrant))))}}}
	return p, nil
}

func (c *Console) grantPage(w http.ResponseWriter, r *http.Request) error {
	p, err := c.grantForm(w, r, web.NewForm(nil))
	if err != nil {
		return err
	}
	return c.show(w, r, "form", p)
}

func (c *Console) grant(w http.ResponseWriter, r *http.Request) error {
	id := identity.ID(r.PathValue("person"))
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	if err := c.People.Grant(r.Context(), actorOf(r), id, identity.Role(f.Text("role")), org.ID(f.Text("unit"))); err != nil {
		return c.formAgain(w, r, f, err, func() (formPage, error) { return c.grantForm(w, r, f) })
	}
	return c.said(w, r, personPath(id), sayGranted)
}

func (c *Console) succeedForm(w http.ResponseWriter, r *http.Request, f *web.Form) (formPage, error) {
	by := actorOf(r)
	one, err := c.People.Get(r.Context(), by, identity.ID(r.PathValue("person")))
	if err != nil {
		return formPage{}, err
	}
	others, err := c.People.List(r.Context(), by, identity.Filter{State: identity.Active, Limit: 1000})
	if err != nil {
		return formPage{}, err
	}
	tree, err := c.tree(r)
	if err != nil {
		return formPage{}, err
	}
	p := formPage{Console: c.frame(w, r, tree, "办理交接", ui.Link{Text: "人员", URL: Root + "/people"}, ui.Link{Text: one.Name, URL: personPath(one.ID)}), Form: f,
		Lead: one.Name + "的全部角色移交给接替的人。到交接时间为止仍由" + one.Name + "办理。", Action: personPath(one.ID) + "/succeed", Button: "登记交接", Back: personPath(one.ID)}
	a := asker{f}
	var options []ui.Option
	for _, o := range others {
		if o.ID != one.ID {
			options = append(options, ui.Option{Value: string(o.ID), Text: o.Name + "（" + tree.Name(o.Unit) + "）"})
		}
	}
	p.Groups = []group{{Questions: []question{a.ask("select", "to", "接替的人", choose(options)), a.ask("date", "date", "交接日期", optional, hint("不填为立即交接。")), a.ask("input", "time", "时间", typed("time"), narrow(8), optional)}}}
	return p, nil
}

func (c *Console) succeedPage(w http.ResponseWriter, r *http.Request) error {
	p, err := c.succeedForm(w, r, web.NewForm(nil))
	if err != nil {
		return err
	}
	return c.show(w, r, "form", p)
}

func (c *Console) succeed(w http.ResponseWriter, r *http.Request) error {
	id := identity.ID(r.PathValue("person"))
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	again := func() (formPage, error) { return c.succeedForm(w, r, f) }
	var at time.Time
	if day := f.Date("date"); day != "" {
		clock := f.Text("time")
		if clock == "" {
			clock = "00:00"
		}
		var ok bool
		if at, ok = momentOf(day, clock); !ok {
			f.Problem("date", sayBadTime)
		}
	}
	if err := f.Err(); err != nil {
		return c.formAgain(w, r, f, err, again)
	}
	if err := c.People.Succeed(r.Context(), actorOf(r), id, identity.ID(f.Text("to")), at); err != nil {
		return c.formAgain(w, r, f, err, again)
	}
	return c.said(w, r, personPath(id), saySucceeded)
}
