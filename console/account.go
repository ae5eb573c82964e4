package console

import (
	"net/http"
	"time"

	"gongkai/identity"
	"gongkai/internal/fault"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
)

// accountPage is a person's own account.
type accountPage struct {
	ui.Console
	Facts        []ui.Fact
	Form         *web.Form
	SecondFactor bool
	Recovery     int
	Sessions     []ownSession
	Logins       ui.Table
}

type ownSession struct {
	ID, Device, Opened, Seen string
	Current                  bool
}

func (c *Console) account(w http.ResponseWriter, r *http.Request) error {
	p, err := c.accountOf(w, r, web.NewForm(nil))
	if err != nil {
		return err
	}
	return c.show(w, r, "account", p)
}

func (c *Console) accountAgain(w http.ResponseWriter, r *http.Request, f *web.Form, err error) error {
	if fault.KindOf(err) == "" {
		return err
	}
	if !f.Take(err) {
		f.Problem("", fault.Sentence(err))
	}
	p, perr := c.accountOf(w, r, f)
	if perr != nil {
		return perr
	}
	return c.templates.Render(w, r, web.StatusOf(err), "account", p)
}

func (c *Console) accountOf(w http.ResponseWriter, r *http.Request, f *web.Form) (accountPage, error) {
	by, ctx := actorOf(r), r.Context()
	tree, err := c.tree(r)
	if err != nil {
		return accountPage{}, err
	}
	me, err := c.People.Get(ctx, by, by.Person)
	if err != nil {
		return accountPage{}, err
	}
	p := accountPage{Console: c.frame(w, r, tree, "账号与密码"), Form: f, SecondFactor: me.SecondFactor}
	p.Facts = []ui.Fact{
		{Name: "姓名", Say: me.Name}, {Name: "用户名", Say: me.Login}, {Name: "单位", Say: tree.Name(me.Unit)}, {Name: "职务", Say: me.Post},
		{Name: "办公电话", Say: me.Phone}, {Name: "口令设置", Say: web.Date(me.PasswordAt)},
	}
	for _, g := range me.Grants {
		if g.Holds(web.Now(r)) {
			p.Facts = append(p.Facts, ui.Fact{Name: "角色", Say: g.Role.Title() + "（" + tree.Name(g.Unit) + "）"})
		}
	}
	if me.SecondFactor {
		if p.Recovery, err = c.People.RecoveryLeft(ctx, by); err != nil {
			return p, err
		}
	}
	sessions, err := c.People.Sessions(ctx, by)
	if err != nil {
		return p, err
	}
	for _, s := range sessions {
		p.Sessions = append(p.Sessions, ownSession{string(s.ID), s.Device, web.Moment(s.Opened), web.Moment(s.Seen), s.ID == by.Session})
	}
	logins, err := c.People.OwnLogins(ctx, by, 10)
	if err != nil {
		return p, err
	}
	p.Logins = loginTable("我最近的登录", logins, nil)
	return p, nil
}

func loginTable(caption string, logins []identity.Login, names map[identity.ID]string) ui.Table {
	t := ui.Table{Caption: caption, Columns: []ui.Column{{Text: "时间"}, {Text: "结果"}, {Text: "网段"}, {Text: "浏览器"}}}
	if names != nil {
		t.Columns = append(t.Columns[:1:1], append([]ui.Column{{Text: "人员"}}, t.Columns[1:]...)...)
	}
	for _, l := range logins {
		kind := ui.Warn
		if l.Result == identity.LoginOpened || l.Result == identity.LoginHalf || l.Result == identity.LoginOut {
			kind = ui.Good
		}
		row := ui.Row{Cells: []ui.Cell{{Text: l.At.In(beijing).Format(time.DateTime)}, {State: &ui.State{Kind: kind, Say: l.Result.Title()}}, {Text: l.Network}, {Text: l.Device}}}
		if names != nil {
			who := ui.Cell{Text: names[l.Person], URL: Root + "/people/" + string(l.Person)}
			if l.Person == "" {
				who = ui.Cell{Text: "没有这个用户名", Note: l.Unknown}
			}
			row.Cells = append(row.Cells[:1:1], append([]ui.Cell{who}, row.Cells[1:]...)...)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (c *Console) endSessions(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	by := actorOf(r)
	if f.Text("session") == "" {
		if err := c.People.SignOutEverywhere(r.Context(), by); err != nil {
			return err
		}
		web.DropCookie(w, r, sessionCookie, Root)
		c.flashes.Say(w, r, "done", saySignedOut)
		return web.SeeOther(w, r, Root+"/signin")
	}
	if err := c.People.SignOut(r.Context(), by, identity.SessionID(f.Text("session"))); err != nil {
		return err
	}
	return c.said(w, r, Root+"/account", saySessionEnded)
}
