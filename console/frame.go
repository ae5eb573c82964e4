package console

import (
	"net/http"
	"slices"
	"strings"

	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/org"
	"gongkai/review"
)

// head is what every page says about itself.
func (c *Console) head(r *http.Request, title string) ui.Head {
	return ui.Head{
		Title: title, Site: c.System, NoIndex: true, CSS: c.css, JS: c.js, Styles: []string{c.assets.MustURL("console.css")},
		Look: ui.LookOf(r), LookURL: Root + "/look", Here: r.URL.RequestURI(),
	}
}

// frame is the frame of a page for whoever has signed in. Crumbs lead from the
// home page to the page itself, which is added.
func (c *Console) frame(w http.ResponseWriter, r *http.Request, tree *org.Tree, title string, crumbs ...ui.Link) ui.Console {
	v := visitOf(r)
	f := ui.Console{
		Head: c.head(r, title), System: c.System, HomeURL: Root, Nav: nav(r, v.Actor), Flash: c.flashes.Take(w, r), PortalURL: c.Public,
		Who: ui.Who{Name: v.Name, Role: roleWords(v.Actor), AccountURL: Root + "/account", SignOutURL: Root + "/signout"},
	}
	if tree != nil {
		f.Who.Unit = tree.Name(v.Actor.Unit)
	}
	if v.Actor.CanAny(identity.PublicationRead) {
		f.SearchURL = Root + "/items"
		f.Searched = r.URL.Query().Get("q")
	}
	if r.URL.Path != Root {
		f.Crumbs = append([]ui.Link{{Text: "工作台", URL: Root}}, crumbs...)
		f.Crumbs = append(f.Crumbs, ui.Link{Text: title, Current: true})
	}
	return f
}

// plain is the frame of a page before signing in.
func (c *Console) plain(w http.ResponseWriter, r *http.Request, title string) ui.Plain {
	return ui.Plain{Head: c.head(r, title), System: c.System, HomeURL: Root, Flash: c.flashes.Take(w, r)}
}

func roleWords(a identity.Actor) string {
	var words []string
	for _, role := range a.Roles() {
		words = append(words, role.Title())
	}
	return strings.Join(words, "、")
}

// canReview tells whether somebody holds the right of some level.
func canReview(a identity.Actor) bool {
	for _, right := range review.LevelRights() {
		if a.CanAny(right) {
			return true
		}
	}
	return false
}

// nav lists the pages a person may open.
func nav(r *http.Request, a identity.Actor) []ui.NavGroup {
	var groups []ui.NavGroup
	group := func(title string, links ...ui.Link) {
		var seen []ui.Link
		for _, l := range links {
			if l.URL != "" {
				l.Current = r.URL.Path == l.URL || (l.URL != Root && strings.HasPrefix(r.URL.Path, l.URL+"/"))
				seen = append(seen, l)
			}
		}
		for i := range seen { // of two that lead here only the nearer one is where one is
			seen[i].Current = seen[i].Current && !slices.ContainsFunc(seen, func(l ui.Link) bool { return l.Current && strings.HasPrefix(l.URL, seen[i].URL+"/") })
		}
		if len(seen) > 0 {
			groups = append(groups, ui.NavGroup{Title: title, Links: seen})
		}
	}
	when := func(ok bool, text, path string) ui.Link {
		if !ok {
			return ui.Link{}
		}
		return ui.Link{Text: text, URL: Root + path}
	}
	group("", ui.Link{Text: "工作台", URL: Root},
		when(canReview(a), "待我审查", "/reviews"),
		when(consults(a), "发布协调", "/consultations"),
		when(a.CanAny(identity.PublicationDraft), "新建信息", "/new"),
		when(a.CanAny(identity.PublicationRead), "信息列表", "/items"),
		when(a.CanAny(identity.PublicationRead), "信息移送", "/transfers"),
		when(a.CanAny(identity.RegisterRead), "台账", "/registers"),
		when(a.CanAny(identity.ReportRead), "年度报告", "/reports"))
	group("监督",
		when(a.CanAny(identity.InspectionRead), "检查", "/inspection"),
		when(a.CanAny(identity.InspectionSettle), "待整改问题", "/inspection/due"),
		when(a.CanAny(identity.SuperviseRead), "监督概览", "/overview"))
	group("管理",
		when(a.CanAny(identity.OrgRead), "机构", "/units"),
		when(a.CanAny(identity.PeopleRead), "人员", "/people"),
		when(a.CanAny(identity.ReviewChain), "审查流程", "/chains"),
		when(a.CanAny(identity.JobsRead), "后台任务", "/jobs"),
		when(a.CanAny(identity.LedgerRead), "存证记录", "/ledger"),
		when(a.CanAny(identity.LoginsRead), "登录审计", "/logins"),
		when(a.CanAny(identity.ConfigRead), "系统配置", "/settings"))
	return groups
}

// failurePage is the page of a failure for whoever has signed in.
type failurePage struct {
	ui.Plain
	Failure web.ErrorPage
	SignIn  *doorPage
}

// errorPage renders failures. Of a session that was over it renders the sign-in
// form with what was typed.
func (c *Console) errorPage(r *http.Request, p web.ErrorPage) ([]byte, error) {
	plain := ui.Plain{Head: c.head(r, p.Title), System: c.System, HomeURL: Root}
	if p.Status == http.StatusUnauthorized {
		d := doorPage{Plain: plain, Door: "signin", Lead: p.Say, Form: web.NewForm(nil)}
		d.Title = "登录"
		d.carry(r)
		return c.templates.Bytes("door", d)
	}
	return c.templates.Bytes("failure", failurePage{Plain: plain, Failure: p})
}

// show renders a page.
func (c *Console) show(w http.ResponseWriter, r *http.Request, name string, page any) error {
	return c.templates.Show(w, r, name, page)
}

// said leaves a message and goes on to a page.
func (c *Console) said(w http.ResponseWriter, r *http.Request, path, say string) error {
	c.flashes.Say(w, r, "done", say)
	return web.SeeOther(w, r, path)
}

// tree reads all units.
func (c *Console) tree(r *http.Request) (t *org.Tree, err error) {
	err = c.read(r, func(tx *db.Tx) error {
		t, err = org.Load(tx)
		return err
	})
	return t, err
}

// scopeUnits lists the units of a scope as options, indented by their depth.
func scopeUnits(t *org.Tree, s org.Scope) []ui.Option {
	var out []ui.Option
	for _, l := range inTree(t, s) {
		if l.unit.Active {
			out = append(out, ui.Option{Value: string(l.unit.ID), Text: strings.Repeat("　", l.depth) + l.unit.Name})
		}
	}
	return out
}
