package portal

import (
	"html/template"
	"net/http"
	"net/url"
	"strings"

	"gongkai/internal/db"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/org"
	"gongkai/publication"
	"gongkai/workday"
)

// view is one request on its way to a page: the snapshot it reads, the units,
// the day.
type view struct {
	p     *Portal
	r     *http.Request
	tx    *db.Tx
	tree  *org.Tree
	root  org.Unit // the government whose site this is
	today workday.Date
}

// show runs f on one snapshot and renders the page it answers with.
func (p *Portal) show(w http.ResponseWriter, r *http.Request, name string, f func(v *view) (any, error)) error {
	var page any
	if err := p.look(r, func(v *view) (err error) {
		page, err = f(v)
		return err
	}); err != nil {
		return err
	}
	return p.templates.Show(w, r, name, page)
}

func (p *Portal) look(r *http.Request, f func(v *view) error) error {
	return p.DB.Read(r.Context(), func(tx *db.Tx) error {
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		v := &view{p: p, r: r, tx: tx, tree: tree, today: workday.Today(web.Now(r))}
		if roots := tree.Roots(); len(roots) > 0 {
			v.root = roots[0]
		}
		return f(v)
	})
}

// frame is what stands around a page of a unit; the root's for the region.
func (v *view) frame(title string, u org.Unit, crumbs ...ui.Link) ui.Portal {
	site := v.tree.Root(u.ID)
	if site.ID == "" {
		site = v.root
	}
	f := ui.Portal{
		Head: ui.Head{
			Title: title, Site: site.Name, CSS: v.p.assets.MustURL("ui.css"), JS: v.p.assets.MustURL("ui.js"),
			Styles: []string{v.p.assets.MustURL("portal.css")}, Look: ui.LookOf(v.r), LookURL: "/look", Here: v.r.URL.RequestURI(),
		},
		Region: site.Name, RegionURL: "/", SearchURL: "/search",
		Nav: v.nav(), Footer: v.footer(site),
	}
	if v.p.Site != "" {
		f.Canonical = v.p.Site + v.r.URL.Path
	}
	if u.ID != "" && u.ID != site.ID {
		f.Unit, f.UnitURL = u.Name, unitURL(u.ID)
		f.SearchHidden = []ui.Hidden{{Name: "unit", Value: string(u.ID)}}
	}
	f.Meta = []ui.Meta{{Name: "SiteName", Content: site.Name}}
	if host := v.host(); host != "" {
		f.Meta = append(f.Meta, ui.Meta{Name: "SiteDomain", Content: host})
	}
	if code := v.siteCode(u.ID); code != "" {
		f.Meta = append(f.Meta, ui.Meta{Name: "SiteIDCode", Content: code})
	}
	if len(crumbs) > 0 {
		f.Crumbs = append([]ui.Link{{Text: "首页", URL: "/"}}, crumbs...)
		f.Crumbs[len(f.Crumbs)-1].Current = true
	}
	return f
}

func (v *view) host() string {
	if u, err := url.Parse(v.p.Site); err == nil && u.Host != "" {
		return u.Host
	}
	return ""
}

func (v *view) siteCode(id org.ID) string {
	return v.tree.Inherited(id, func(u org.Unit) string { return u.SiteCode })
}

func (v *view) nav() []ui.Link {
	links := []ui.Link{
		{Text: "首页", URL: "/"}, {Text: "政策文件", URL: "/policies"}, {Text: "机构", URL: "/units"},
		{Text: "依申请公开", URL: "/apply"}, {Text: "年报", URL: "/reports"}, {Text: "存证", URL: "/ledger"},
	}
	for i := range links {
		links[i].Current = v.r.URL.Path == links[i].URL
	}
	return links
}

// footer names what the norms ask for (国办发〔2017〕47号): the host, the unit in
// charge, how to reach it, the codes.
func (v *view) footer(site org.Unit) ui.Footer {
	f := ui.Footer{
		Host: site.Name, SiteCode: v.siteCode(site.ID), ICP: site.Footer.ICP, Police: site.Footer.Police,
		ReportURL: "/about#report", Links: []ui.Link{{Text: "网站地图", URL: "/map"}, {Text: "关于本站", URL: "/about"}},
	}
	contact := site.Contact
	for _, u := range v.tree.Children(site.ID) {
		if u.Kind == org.Office {
			f.Undertake, contact = u.Name, u.Contact
			break
		}
	}
	f.Address = contact.Address
	if contact.Phone != "" {
		f.Contact = "电话 " + contact.Phone
		if contact.Email != "" {
			f.Contact += "，电子邮箱 " + contact.Email
		}
	}
	return f
}

// unfolded tells whether filters stand open beside the list. In elder mode there
// is nothing beside it, so they wait folded above.
func (v *view) unfolded() bool { return ui.LookOf(v.r) != ui.Elder }

func unitURL(id org.ID) string { return "/units/" + string(id) }

func columnURL(id org.ID, c publication.Column) string { return unitURL(id) + "/" + string(c) }

func itemURL(id publication.ItemID) string { return "/info/" + string(id) }

func fileURL(f publication.File) string { return "/files/" + f.Digest + "/" + url.PathEscape(f.Name) }

// errorPage shows what went wrong in the portal's frame.
func (p *Portal) errorPage(r *http.Request, e web.ErrorPage) (b []byte, err error) {
	err = p.look(r, func(v *view) error {
		page := errorPage{Portal: v.frame(e.Title, org.Unit{}), Failure: e}
		page.NoIndex = true
		b, err = p.templates.Bytes("error", page)
		return err
	})
	return b, err
}

type errorPage struct {
	ui.Portal
	Failure web.ErrorPage
}

// pageTypes names the struct each page shows.
var pageTypes = map[string]any{
	"error": errorPage{}, "home": homePage{}, "units": unitsPage{}, "unit": unitPage{}, "column": columnPage{}, "apply": applyPage{},
	"apply-where": applyWherePage{}, "apply-form": applyFormPage{}, "policies": policiesPage{}, "reports": reportsPage{}, "search": searchPage{},
	"info": infoPage{}, "gone": gonePage{}, "proof": proofPage{}, "about": aboutPage{}, "map": mapPage{}, "ledger": ledgerPage{},
	"styleguide": ui.StyleGuide{},
}

// escape makes a text HTML for the components whose titles may carry marks.
func escape(s string) template.HTML { return template.HTML(template.HTMLEscapeString(s)) }

// cut shortens a text for a description.
func cut(s string, n int) string {
	r := []rune(strings.Join(strings.Fields(s), " "))
	if len(r) <= n {
		return string(r)
	}
	return string(r[:n]) + "…"
}
