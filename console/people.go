package console

import (
	"net/http"
	"time"

	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/ledger"
	"gongkai/org"
)

// secretPage shows a one-time password, once.
type secretPage struct {
	ui.Console
	Say, Secret, Next string
}

func personPath(id identity.ID) string { return Root + "/people/" + string(id) }

func personState(p identity.Person, now time.Time) *ui.State {
	switch {
	case p.State == identity.Active && p.LockedUntil.After(now):
		return &ui.State{Kind: ui.Warn, Say: "连续输错，暂时锁定"}
	case p.State == identity.Active:
		return &ui.State{Kind: ui.Good, Say: p.State.Title()}
	case p.State == identity.Waiting:
		return &ui.State{Kind: ui.Note, Say: p.State.Title()}
	case p.State == identity.Locked:
		return &ui.State{Kind: ui.Bad, Say: p.State.Title()}
	}
	return &ui.State{Kind: ui.Mute, Say: p.State.Title()}
}

func (c *Console) people(w http.ResponseWriter, r *http.Request) error {
	by, q := actorOf(r), r.URL.Query()
	tree, err := c.tree(r)
	if err != nil {
		return err
	}
	const size = 100
	f := identity.Filter{Unit: org.ID(q.Get("unit")), State: identity.State(q.Get("state")), Role: identity.Role(q.Get("role")), Text: q.Get("text"), After: q.Get("after"), Limit: size}
	all, err := c.People.List(r.Context(), by, f)
	if err != nil {
		return err
	}
	p := listPage{Console: c.frame(w, r, tree, "人员"), FilterURL: Root + "/people"}
	p.Table = ui.Table{Caption: "人员", Walk: true, Columns: []ui.Column{{Text: "姓名"}, {Text: "用户名"}, {Text: "单位"}, {Text: "角色"}, {Text: "状态"}, {Text: "最近登录"}}}
	for _, one := range all {
		roles := ""
		for _, g := range one.Grants {
			if roles != "" {
				roles += "、"
			}
			roles += g.Role.Title()
		}
		if roles == "" {
			roles = "—"
		}
		last := web.Moment(one.LastLogin)
		if last == "" {
			last = "从未"
		}
		p.Table.Rows = append(p.Table.Rows, ui.Row{Cells: []ui.Cell{{Text: one.Name, URL: personPath(one.ID), Note: one.Post}, {Text: one.Login}, {Text: tree.Name(one.Unit)}, {Text: roles}, {State: personState(one, web.Now(r))}, {Text: last}}})
	}
	if len(all) == size {
		if p.More, err = web.Query(r.URL.RequestURI(), "after", all[size-1].Login); err != nil {
			return err
		}
	}
	a := asker{web.NewForm(q)}
	states, roles := []ui.Option{{Text: "全部状态"}}, []ui.Option{{Text: "全部角色"}}
	for _, s := range []identity.State{identity.Active, identity.Waiting, identity.Locked, identity.Left} {
		states = append(states, ui.Option{Value: string(s), Text: s.Title()})
	}
	for _, role := range identity.Roles() {
		roles = append(roles, ui.Option{Value: string(role), Text: role.Title()})
	}
	units := append([]ui.Option{{Text: "全部单位"}}, scopeUnits(tree, by.Scope(identity.PeopleRead))...)
	p.Filters = []question{a.ask("input", "text", "姓名或者用户名", typed("search")), a.ask("select", "unit", "单位", choose(units)), a.ask("select", "role", "角色", choose(roles)), a.ask("select", "state", "状态", choose(states))}
	p.Empty = ui.Empty{Title: "没有符合条件的人员", Say: "可以少选几个条件。", Links: []ui.Link{{Text: "清除筛选", URL: Root + "/people"}}}
	if by.CanAny(identity.PeopleEdit) {
		p.Links = []ui.Link{{Text: "增加人员", URL: Root + "/people/new"}}
	}
	return c.show(w, r, "list", p)
}

func (c *Console) person(w http.ResponseWriter, r *http.Request) error {
	by, now := actorOf(r), web.Now(r)
	one, err := c.People.Get(r.Context(), by, identity.ID(r.PathValue("person")))
	if err != nil {
		return err
	}
	var p detailPage
	err = c.read(r, func(tx *db.Tx) error {
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		p = detailPage{Console: c.frame(w, r, tree, one.Name, ui.Link{Text: "人员", URL: Root + "/people"}), State: personState(one, now)}
		factor := "未启用"
		if one.SecondFactor {
			factor = "已启用"
		}
		p.Facts = []ui.Fact{{Name: "用户名", Say: one.Login}, {Name: "单位", Say: tree.Name(one.Unit)}, {Name: "职务", Say: one.Post}, {Name: "办公电话", Say: one.Phone}, {Name: "动态口令", Say: factor}, {Name: "最近登录", Say: web.Moment(one.LastLogin)}, {Name: "建立时间", Say: web.Moment(one.Created)}}
		if one.Remark != "" {
			p.Facts = append(p.Facts, ui.Fact{Name: "停用原因", Say: one.Remark, Wide: true})
		}
		t := ui.Table{Caption: "角色", Columns: []ui.Column{{Text: "角色"}, {Text: "单位"}, {Text: "从"}, {Text: "到"}}}
		for _, g := range one.Grants {
			until := "现在"
			if !g.Until.IsZero() {
				until = web.Moment(g.Until)
			}
			t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: g.Role.Title()}, {Text: tree.Name(g.Unit)}, {Text: web.Moment(g.Since)}, {Text: until}}})
		}
		if len(t.Rows) > 0 {
			p.Tables = append(p.Tables, t)
		}
		p.personActs(by, one, tree, now)
		entries, err := ledger.BySubject(tx, "person/"+string(one.ID))
		if err != nil {
			return err
		}
		p.Past, err = events(tx, tree, entries)
		return err
	})
	if err != nil {
		return err
	}
	return c.show(w, r, "detail", p)
}

// events says entries of the ledger, the latest first.
func events(tx *db.Tx, tree *org.Tree, entries []ledger.Entry) ([]ui.Event, error) {
	var who []string
	for _, e := range entries {
		who = append(who, e.Who)
	}
	names, err := identity.Names(tx, who...)
	if err != nil {
		return nil, err
	}
	var out []ui.Event
	for i := len(entries) - 1; i >= 0; i-- {
		e := entries[i]
		say, kind := actWord(e.Act)
		out = append(out, ui.Event{Time: web.Moment(e.Time), Machine: web.Machine(e.Time), Title: say, Kind: kind, Who: personIn(names, e.Who, tree, e.Unit), Say: publicWords(e.Public)})
	}
	return out, nil
}

// personActs lists what this administrator may do with the account.
func (p *detailPage) personActs(by identity.Actor, one identity.Person, tree *org.Tree, now time.Time) {
	path, own := personPath(one.ID), by.Person == one.ID
	can := func(r identity.Right) bool { return by.Can(r, one.Unit) && !own && one.State != identity.Left }
	if can(identity.PeopleEdit) {
		p.Acts = append(p.Acts,
			ui.Act{Title: "修改资料", URL: path + "/edit"},
			ui.Act{Ask: &ui.Confirm{Open: "重置口令", Say: "系统生成一个一次性口令，由您告诉本人。账号需要安全管理员重新启用，本人第一次登录时必须更换口令。", URL: path + "/reset", Yes: "确认重置"}},
			ui.Act{Ask: &ui.Confirm{Open: "注销账号", Say: "账号不能再登录，角色全部收回，用户名不再启用。以前办理的记录保留。这一步不能恢复。", URL: path + "/leave", Yes: "确认注销", Danger: true}})
	}
	if can(identity.PeopleUnlock) {
		switch one.State {
		case identity.Waiting:
			p.Acts = append(p.Acts, ui.Act{Title: "启用账号", Say: "核实身份以后启用，本人可以登录。", URL: path + "/activate", Post: true})
		case identity.Locked:
			p.Acts = append(p.Acts, ui.Act{Title: "解锁账号", URL: path + "/unlock", Post: true})
		case identity.Active:
			if one.LockedUntil.After(now) {
				p.Acts = append(p.Acts, ui.Act{Title: "解除暂时锁定", URL: path + "/unlock", Post: true})
			}
			p.Acts = append(p.Acts, ui.Act{Ask: &ui.Confirm{Open: "停用账号", Say: "账号不能登录，正在使用的立即退出。以后可以解锁。", URL: path + "/lock", Yes: "确认停用", Reason: "停用的原因", Key: "lock", Danger: true}})
		}
		if one.SecondFactor {
			p.Acts = append(p.Acts, ui.Act{Ask: &ui.Confirm{Open: "停用动态口令", Say: "用于本人丢失手机和恢复码。核实身份以后再办理。", URL: path + "/code", Yes: "确认停用"}})
		}
	}
	if can(identity.PeopleGrant) {
		p.Acts = append(p.Acts, ui.Act{Title: "授予角色", URL: path + "/grant"})
		for _, g := range one.Grants {
			if g.Holds(now) {
				p.Acts = append(p.Acts, ui.Act{Ask: &ui.Confirm{Open: "收回“" + g.Role.Title() + "”（" + tree.Name(g.Unit) + "）", Say: "收回以后，本人不能再办理这个角色的工作。", URL: path + "/revoke", Yes: "确认收回",
					Hidden: []ui.Hidden{{Name: "role", Value: string(g.Role)}, {Name: "unit", Value: string(g.Unit)}}}})
			}
		}
		p.Acts = append(p.Acts, ui.Act{Title: "办理交接", Say: "把全部角色移交给接替的人。", URL: path + "/succeed"})
	}
}

func (c *Console) personForm(w http.ResponseWriter, r *http.Request, tree *org.Tree, f *web.Form, title, action, back string, fresh bool) formPage {
	by := actorOf(r)
	p := formPage{Console: c.frame(w, r, tree, title, ui.Link{Text: "人员", URL: Root + "/people"}), Form: f, Action: action, Button: "保存", Back: back}
	a := asker{f}
	var g group
	if fresh {
		p.Lead = "系统会生成一次性口令。账号由安全管理员启用并授予角色以后才能使用。"
		p.Button = "建立账号"
		g.Questions = append(g.Questions, a.ask("input", "login", "用户名", narrow(12), hint("小写字母开头，3至32位小写字母、数字、点、下划线或者短横线。")))
	}
	g.Questions = append(g.Questions, a.ask("input", "name", "姓名", narrow(12)), a.ask("select", "unit", "单位", choose(scopeUnits(tree, by.Scope(identity.PeopleEdit)))),
		a.ask("input", "post", "职务", narrow(12), optional), a.ask("input", "phone", "办公电话", narrow(12), optional, hint("只登记办公电话，不登记个人手机号。")))
	p.Groups = []group{g}
	return p
}

func detailsFrom(f *web.Form) identity.Details {
	return identity.Details{Name: f.Text("name"), Unit: org.ID(f.Text("unit")), Post: f.Text("post"), Phone: f.Text("phone")}
}

func (c *Console) newPerson(w http.ResponseWriter, r *http.Request) error {
	tree, err := c.tree(r)
	if err != nil {
		return err
	}
	f := web.NewForm(nil).Set("unit", string(actorOf(r).Unit))
	return c.show(w, r, "form", c.personForm(w, r, tree, f, "增加人员", Root+"/people/new", Root+"/people", true))
}

func (c *Console) createPerson(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	tree, err := c.tree(r)
	if err != nil {
		return err
	}
	id, secret, err := c.People.Create(r.Context(), actorOf(r), f.Text("login"), detailsFrom(f))
	if err != nil {
		return c.formAgain(w, r, f, err, func() (formPage, error) {
			return c.personForm(w, r, tree, f, "增加人员", Root+"/people/new", Root+"/people", true), nil
		})
	}
	return c.showSecret(w, r, tree, id, "账号已建立，一次性口令是：", secret)
}

func (c *Console) showSecret(w http.ResponseWriter, r *http.Request, tree *org.Tree, id identity.ID, say string, s identity.Secret) error {
	w.Header().Set("Cache-Control", "no-store")
	return c.show(w, r, "secret", secretPage{Console: c.frame(w, r, tree, "一次性口令", ui.Link{Text: "人员", URL: Root + "/people"}), Say: say, Secret: s.Reveal(), Next: personPath(id)})
}

func (c *Console) personPage(w http.ResponseWriter, r *http.Request) error {
	one, err := c.People.Get(r.Context(), actorOf(r), identity.ID(r.PathValue("person")))
	if err != nil {
		return err
	}
	tree, err := c.tree(r)
	if err != nil {
		return err
	}
	f := web.NewForm(nil).Set("name", one.Name).Set("unit", string(one.Unit)).Set("post", one.Post).Set("phone", one.Phone)
	return c.show(w, r, "form", c.personForm(w, r, tree, f, "修改资料："+one.Name, personPath(one.ID)+"/edit", personPath(one.ID), false))
}

func (c *Console) editPerson(w http.ResponseWriter, r *http.Request) error {
	id := identity.ID(r.PathValue("person"))
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	tree, err := c.tree(r)
	if err != nil {
		return err
	}
	if err := c.People.Edit(r.Context(), actorOf(r), id, detailsFrom(f)); err != nil {
		return c.formAgain(w, r, f, err, func() (formPage, error) {
			return c.personForm(w, r, tree, f, "修改资料", personPath(id)+"/edit", personPath(id), false), nil
		})
	}
	return c.said(w, r, personPath(id), sayPersonEdited)
}

func (c *Console) resetPerson(w http.ResponseWriter, r *http.Request) error {
	id := identity.ID(r.PathValue("person"))
	secret, err := c.People.Reset(r.Context(), actorOf(r), id)
	if err != nil {
		return err
	}
	tree, err := c.tree(r)
	if err != nil {
		return err
	}
	return c.showSecret(w, r, tree, id, "口令已重置，新的一次性口令是：", secret)
}

func (c *Console) leave(w http.ResponseWriter, r *http.Request) error {
	return c.onPerson(w, r, sayPersonGone, func(id identity.ID, _ *web.Form) error { return c.People.Leave(r.Context(), actorOf(r), id) })
}

func (c *Console) activate(w http.ResponseWriter, r *http.Request) error {
	return c.onPerson(w, r, sayActivated, func(id identity.ID, _ *web.Form) error { return c.People.Activate(r.Context(), actorOf(r), id) })
}

func (c *Console) lock(w http.ResponseWriter, r *http.Request) error {
	return c.onPerson(w, r, sayLockedPerson, func(id identity.ID, f *web.Form) error {
		return c.People.Lock(r.Context(), actorOf(r), id, f.Text("why"))
	})
}

func (c *Console) unlock(w http.ResponseWriter, r *http.Request) error {
	return c.onPerson(w, r, sayUnlocked, func(id identity.ID, _ *web.Form) error { return c.People.Unlock(r.Context(), actorOf(r), id) })
}

func (c *Console) clearCode(w http.ResponseWriter, r *http.Request) error {
	return c.onPerson(w, r, sayCodeCleared, func(id identity.ID, _ *web.Form) error { return c.People.ClearCode(r.Context(), actorOf(r), id) })
}

func (c *Console) revoke(w http.ResponseWriter, r *http.Request) error {
	return c.onPerson(w, r, sayRevoked, func(id identity.ID, f *web.Form) error {
		return c.People.Revoke(r.Context(), actorOf(r), id, identity.Role(f.Text("role")), org.ID(f.Text("unit")))
	})
}

// onPerson does one act on an account and returns to it.
func (c *Console) onPerson(w http.ResponseWriter, r *http.Request, say string, act func(identity.ID, *web.Form) error) error {
	id := identity.ID(r.PathValue("person"))
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	if err := act(id, f); err != nil {
		return err
	}
	return c.said(w, r, personPath(id), say)
}
