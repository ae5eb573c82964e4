package console

import (
	"net/http"
	"net/url"

	"gongkai/identity"
	"gongkai/inspection"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/jobs"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/org"
)

// sitesPage is the websites that were looked at, and where one is named.
type sitesPage struct {
	ui.Console
	Lead  string
	Form  *web.Form
	Asked []question
	Walks ui.Table
	Empty ui.Empty
}

func (c *Console) sites(w http.ResponseWriter, r *http.Request) error {
	return c.showSites(w, r, web.NewForm(nil), http.StatusOK)
}

func (c *Console) showSites(w http.ResponseWriter, r *http.Request, form *web.Form, status int) error {
	by := actorOf(r)
	var p sitesPage
	err := c.read(r, func(tx *db.Tx) error {
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		p = sitesPage{Console: c.frame(w, r, tree, "网站检查", ui.Link{Text: "检查", URL: inspectionPath}), Form: form,
			Lead:  "从一个网址出发，像访问者一样走遍整个网站：打不开的链接、长期不更新和空白的栏目、很慢的网页，以及每个网页和附件里的文字。",
			Empty: ui.Empty{Title: "还没有检查过网站", Say: "填写网址以后，系统在后台慢慢地走，一个网站可能要几个小时。"}}
		all, err := inspection.Crawls(tx, by.Scope(identity.InspectionRead), 30)
		if err != nil {
			return err
		}
		p.Walks = ui.Table{Caption: "检查过的网站", Note: "最近的在前", Walk: true, Columns: []ui.Column{{Text: "网址"}, {Text: "单位"}, {Text: "情况"}, {Text: "提出"}, {Text: "完成"}, {Text: "检查结果"}}}
		for _, x := range all {
			state := jobState(x.State)
			if x.State == jobs.Failed {
				state.Say = "没有走完，请核对网址"
			}
			p.Walks.Rows = append(p.Walks.Rows, ui.Row{Bad: x.State == jobs.Failed, Cells: []ui.Cell{{Text: shorten(x.Address, 60)}, {Text: tree.Name(x.Unit)}, {State: state}, {Text: web.Moment(x.Added)}, {Text: web.Moment(x.Ended)},
				{Text: "查看", URL: inspectionPath + "/findings?" + url.Values{"tab": {"open"}, "from": {"site"}, "unit": {string(x.Unit)}}.Encode()}}})
		}
		if by.CanAny(identity.InspectionRules) {
			if form.Value("unit") == "" {
				form.Set("unit", string(by.Unit))
			}
			a := asker{form}
			p.Asked = []question{a.ask("input", "address", "网址", hint("如 https://www.example.gov.cn/。只检查这个网站自己的网页，遵守网站的 robots.txt。")), a.ask("select", "unit", "是哪个单位的网站", choose(scopeUnits(tree, by.Scope(identity.InspectionRules))))}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return c.templates.Render(w, r, status, "inspection-sites", p)
}

func (c *Console) crawlSite(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	if err := c.Inspections.CrawlSoon(r.Context(), actorOf(r), org.ID(f.Text("unit")), f.Text("address")); err != nil {
		if fault.KindOf(err) == fault.Invalid && inspectionRefused(f, err) {
			return c.showSites(w, r, f, web.StatusOf(err))
		}
		return err
	}
	return c.said(w, r, inspectionPath+"/sites", saySiteOrdered)
}
