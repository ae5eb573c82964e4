package portal

import (
	"encoding/xml"
	"fmt"
	"net/http"
	"strings"

	"gongkai/internal/fault"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/org"
	"gongkai/publication"
)

// aboutPage says whose site this is, how to reach them and what they promise.
type aboutPage struct {
	ui.Portal
	Host      org.Unit
	Undertake org.Unit
	Contact   []ui.Fact
	Phone     string
	Email     string
}

func (p *Portal) about(w http.ResponseWriter, r *http.Request) error {
	return p.show(w, r, "about", func(v *view) (any, error) {
		page := aboutPage{Portal: v.frame("关于本站", v.root, ui.Link{Text: "关于本站"}), Host: v.root, Undertake: v.root}
		for _, u := range v.tree.Children(v.root.ID) {
			if u.Kind == org.Office {
				page.Undertake = u
				break
			}
		}
		page.Description = "本站的主办单位、联系方式、无障碍说明和纠错方式。"
		page.Contact = contactFacts(page.Undertake)
		page.Phone, page.Email = page.Undertake.Contact.Phone, page.Undertake.Contact.Email
		return page, nil
	})
}

// mapPage lists every page that leads to others.
type mapPage struct {
	ui.Portal
	Main    []ui.Link
	Columns []ui.Link
	Groups  []mapGroup
}

type mapGroup struct {
	Title string
	Units []mapUnit
}

// mapUnit is a unit with the parts of its column.
type mapUnit struct {
	Name, URL string
	Parts     []ui.Link
}

func (p *Portal) siteMap(w http.ResponseWriter, r *http.Request) error {
	return p.show(w, r, "map", func(v *view) (any, error) {
		page := mapPage{Portal: v.frame("网站地图", v.root, ui.Link{Text: "网站地图"})}
		page.Main = []ui.Link{{Text: "首页", URL: "/"}, {Text: "政策文件库", URL: "/policies"}, {Text: "信息检索", URL: "/search"}, {Text: "机构名录", URL: "/units"},
			{Text: "依申请公开", URL: "/apply"}, {Text: "政府信息公开年报", URL: "/reports"}, {Text: "存证", URL: "/ledger"}, {Text: "关于本站", URL: "/about"}, {Text: "界面规范", URL: "/style-guide"}}
		for _, k := range publication.Kinds() {
			page.Columns = append(page.Columns, ui.Link{Text: k.Name, URL: "/search?kind=" + string(k.Code) + "&sort=newest"})
		}
		for _, root := range v.tree.Roots() {
			for _, kind := range unitKinds {
				g := mapGroup{Title: kind.title}
				if len(v.tree.Roots()) > 1 {
					g.Title = root.Name + "：" + g.Title
				}
				for _, u := range v.tree.All() {
					if !u.Active || u.Kind != kind.kind || !v.tree.Within(u.ID, root.ID) {
						continue
					}
					g.Units = append(g.Units, mapUnit{Name: u.Name, URL: unitURL(u.ID), Parts: []ui.Link{
						{Text: "指南", URL: columnURL(u.ID, publication.GuideColumn)}, {Text: "制度", URL: columnURL(u.ID, publication.RulesColumn)},
						{Text: "年报", URL: columnURL(u.ID, publication.ReportColumn)}, {Text: "依申请公开", URL: unitURL(u.ID) + "/apply"},
					}})
				}
				if len(g.Units) > 0 {
					page.Groups = append(page.Groups, g)
				}
			}
		}
		return page, nil
	})
}

// mostURLs is how many addresses one sitemap file may hold by the protocol.
const mostURLs = 50_000

type sitemapURL struct {
	Loc     string `xml:"loc"`
	Lastmod string `xml:"lastmod,omitempty"`
}

type urlSet struct {
	XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	URLs    []sitemapURL `xml:"url"`
}

type sitemapIndex struct {
	XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
	Maps    []sitemapURL `xml:"sitemap"`
}

// sitemapXML lists every public item for search engines; above 50,000 it is an
// index of files with that many.
func (p *Portal) sitemapXML(w http.ResponseWriter, r *http.Request) error {
	var out any
	if err := p.look(r, func(v *view) error {
		site := p.site(r)
		part := atoi(r.URL.Query().Get("part"))
		rows, total, err := publication.List(v.tx, publication.Filter{Units: org.Everything(), Order: publication.Oldest, Page: max(part, 1), Size: p.perSitemap})
		if err != nil {
			return err
		}
		parts := max(1, (total+p.perSitemap-1)/p.perSitemap)
		if part < 0 || part > parts || r.URL.Query().Has("part") && part == 0 {
			return fault.Say(fault.NotFound, sayNoSitemap)
		}
		if parts > 1 && part == 0 {
			var index sitemapIndex
			for n := 1; n <= parts; n++ {
				index.Maps = append(index.Maps, sitemapURL{Loc: fmt.Sprintf("%s/sitemap.xml?part=%d", site, n)})
			}
			out = index
			return nil
		}
		var set urlSet
		if part <= 1 && len(rows) <= mostURLs-len(v.tree.All())-4 {
			for _, path := range []string{"/", "/policies", "/units", "/reports"} {
				set.URLs = append(set.URLs, sitemapURL{Loc: site + path})
			}
			for _, u := range v.tree.All() {
				if u.Active {
					set.URLs = append(set.URLs, sitemapURL{Loc: site + unitURL(u.ID)})
				}
			}
		}
		for _, row := range rows {
			set.URLs = append(set.URLs, sitemapURL{site + itemURL(row.ID), web.Date(row.Changed)})
		}
		out = set
		return nil
	}); err != nil {
		return err
	}
	b, err := xml.Marshal(out)
	if err != nil {
		return fmt.Errorf("write sitemap: %w", err)
	}
	return web.Write(w, r, http.StatusOK, "application/xml; charset=utf-8", append([]byte(xml.Header), b...))
}

// site is the public address: as configured, otherwise as the reader called us.
func (p *Portal) site(r *http.Request) string {
	if p.Site != "" {
		return p.Site
	}
	scheme := "http"
	if p.Secure {
		scheme = "https"
	}
	return scheme + "://" + r.Host
}

func (p *Portal) robots(w http.ResponseWriter, r *http.Request) error {
	// Lists are read page by page; every combination of their filters is not, or a
	// crawler reads the same items thousands of times.
	lines := []string{"User-agent: *", "Disallow: /console", "Disallow: /search", "Disallow: /look",
		"Disallow: /policies?", "Allow: /policies?page=", "Disallow: /units/*?", "Allow: /units/*?page=", "Sitemap: " + p.site(r) + "/sitemap.xml"}
	return web.Write(w, r, http.StatusOK, "text/plain; charset=utf-8", []byte(strings.Join(lines, "\n")+"\n"))
}

func (p *Portal) styleGuide(w http.ResponseWriter, r *http.Request) error {
	return p.show(w, r, "styleguide", func(v *view) (any, error) {
		frame := v.frame("界面规范", v.root, ui.Link{Text: "界面规范"})
		frame.NoIndex = true
		return ui.NewStyleGuide(frame), nil
	})
}
