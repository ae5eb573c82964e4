package ui

import "gongkai/internal/web"

// Head is what every page says about itself.
type Head struct {
	Title       string // the page's own title
	Site        string // the name behind it: 示例市明镜区人民政府
	Description string
	Meta        []Meta // government meta tags and others
	Canonical   string // absolute address, if the page has several
	NoIndex     bool   // search engines should leave the page out
	CSS, JS     string // addresses of ui.css and ui.js (web.Assets.MustURL)
	Styles      []string
	Scripts     []string // further ES modules
	Look        Look
	LookURL     string // where SetLook is mounted; empty hides the buttons
	Here        string // path and query of this page, to come back to
}

// Meta is one <meta name content>.
type Meta struct{ Name, Content string }

// HTMLClass is the class on <html> that carries the reader's look.
func (h Head) HTMLClass() string {
	if h.Look == Usual {
		return "look"
	}
	return "look look-" + string(h.Look)
}

// Is says whether the reader has chosen this look.
func (h Head) Is(look string) bool { return string(h.Look) == look }

// FullTitle is what stands in the browser's tab.
func (h Head) FullTitle() string {
	if h.Title == "" {
		return h.Site
	}
	if h.Site == "" || h.Title == h.Site {
		return h.Title
	}
	return h.Title + "－" + h.Site
}

// Link is a text with an address. Current marks where the reader is; Count is
// shown behind the text when not empty.
type Link struct {
	Text, URL string
	Current   bool
	Count     string
	Note      string // a few words under the text, where the component has room
}

// Hidden is a form value that travels unseen.
type Hidden struct{ Name, Value string }

// Portal is the frame of a page for the public. A page's struct embeds it.
type Portal struct {
	Head
	Region, RegionURL string // 示例市明镜区人民政府
	Unit, UnitURL     string // the unit whose column this is; empty on region pages
	SearchURL         string // where the search form goes; empty hides it
	Searched          string // what was searched
	SearchHidden      []Hidden
	BigSearch         bool // the page shows the search itself, large: {{template "search-hero" .Portal}}
	Nav               []Link
	Crumbs            []Link // from the home page down; the last one is this page
	Flash             *web.Flash
	Footer            Footer
}

// Footer is what the norms for government websites ask for at the foot.
type Footer struct {
	Host      string // 主办单位
	Undertake string // 承办单位
	SiteCode  string // 网站标识码, ten digits
	ICP       string // ICP备案号
	Police    string // 公安备案号
	PoliceURL string
	Address   string
	Contact   string // 联系方式
	ReportURL string // 我为政府网站找错
	Links     []Link // 网站地图, 隐私, 无障碍声明 …
}

// Console is the frame of a page for staff.
type Console struct {
	Head
	System, HomeURL string // name of the system, address of its first page
	Nav             []NavGroup
	Crumbs          []Link
	Flash           *web.Flash
	Who             Who
	SearchURL       string
	Searched        string
	PortalURL       string // 查看公开网站
}

// NavGroup is a part of the console's navigation.
type NavGroup struct {
	Title string
	Links []Link
}

// Who tells the officer as whom they act.
type Who struct {
	Name, Role, Unit string
	Units            []Link // the units they can switch to; empty hides the switch
	AccountURL       string
	SignOutURL       string // posted to
}

// Plain is the frame of a page outside both: sign-in, setting a password.
type Plain struct {
	Head
	System, HomeURL string
	Flash           *web.Flash
}
