package console

import (
	"net/http"
	"strconv"

	"gongkai/identity"
	"gongkai/inspection"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/org"
	"gongkai/workday"
)

// exceptions lists what was let stand, by when it ends.
func (c *Console) exceptions(w http.ResponseWriter, r *http.Request) error {
	by, tab := actorOf(r), r.URL.Query().Get("tab")
	page, _ := strconv.Atoi(r.URL.Query().Get("page"))
	page = max(page, 1)
	var p listPage
	err := c.read(r, func(tx *db.Tx) error {
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		today := todayOf(tx)
		p = listPage{Console: c.frame(w, r, tree, "例外", ui.Link{Text: "检查", URL: inspectionPath}),
			Lead: "经批准允许保留的内容。到期以后重新列为问题。批准例外在检查结果的页面办理。"}
		f := inspection.ExceptionFilter{Units: by.Scope(identity.InspectionRead), Open: tab != "all", Page: page, Size: findingsPerPage}
		if tab == "soon" {
			f.By = today.AddDays(30)
		}
		all, total, err := inspection.Exceptions(tx, f)
		if err != nil {
			return err
		}
		names := c.ruleNames()
		p.Table = ui.Table{Caption: "例外", Note: "先到期的在前", Walk: true, Tight: true, Columns: []ui.Column{{Text: "内容"}, {Text: "规则"}, {Text: "单位"}, {Text: "适用范围"}, {Text: "理由"}, {Text: "有效期至"}, {Text: "情况"}}}
		for _, x := range all {
			state := exceptionState(x, today)
			p.Table.Rows = append(p.Table.Rows, ui.Row{Cells: []ui.Cell{{Text: exceptionTitle(x), URL: inspectionPath + "/exceptions/" + string(x.ID)}, {Text: names[x.Rule]}, {Text: tree.Name(x.Unit)}, {Text: x.Scope.Name()}, {Text: shorten(x.Reason, 40)}, {Text: x.Until.String()}, {State: &state}}})
		}
		p.Pages = ui.NewPages(r.URL.RequestURI(), page, findingsPerPage, int64(total), "项")
		return nil
	})
	if err != nil {
		return err
	}
	p.Tabs.Label = "例外"
	for _, t := range []struct{ code, name string }{{"", "有效"}, {"soon", "三十天内到期"}, {"all", "全部"}} {
		u, err := web.Query(inspectionPath+"/exceptions", "tab", t.code)
		if err != nil {
			return err
		}
		p.Tabs.Links = append(p.Tabs.Links, ui.Link{Text: t.name, URL: u, Current: t.code == tab})
	}
	p.Empty = ui.Empty{Title: "没有例外", Say: "检查发现的内容确需公开的，可以在它的页面上批准例外，写明理由和有效期。", Links: []ui.Link{{Text: "检查结果", URL: inspectionPath + "/findings"}}}
	return c.show(w, r, "list", p)
}

func exceptionTitle(x inspection.Exception) string {
	if x.Text == "" {
		return "整条规则"
	}
	return shorten(x.Text, 30)
}

func exceptionState(x inspection.Exception, today workday.Date) ui.State {
	switch {
	case !x.Ended.IsZero():
		return ui.State{Kind: ui.Mute, Say: "已撤销"}
	case !x.Holds(today):
		return ui.State{Kind: ui.Mute, Say: "已到期"}
	case today.DaysUntil(x.Until) <= 30:
		return ui.State{Kind: ui.Warn, Say: dueWords(today.DaysUntil(x.Until))}
	}
	return ui.State{Kind: ui.Good, Say: "有效"}
}

func (c *Console) exception(w http.ResponseWriter, r *http.Request) error {
	return c.showException(w, r, "", http.StatusOK)
}

func (c *Console) showException(w http.ResponseWriter, r *http.Request, wrong string, status int) error {
	by := actorOf(r)
	var p detailPage
	err := c.read(r, func(tx *db.Tx) error {
		x, err := inspection.GetException(tx, inspection.ExceptionID(r.PathValue("id")))
		if err != nil {
			return err
		}
		if err := by.Check(identity.InspectionRead, x.Unit); err != nil {
			return err
		}
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		names, err := identity.Names(tx, string(x.By), string(x.EndedBy))
		if err != nil {
			return err
		}
		today := todayOf(tx)
		state := exceptionState(x, today)
		p = detailPage{Console: c.frame(w, r, tree, "例外："+exceptionTitle(x), ui.Link{Text: "检查", URL: inspectionPath}, ui.Link{Text: "例外", URL: inspectionPath + "/exceptions"}), State: &state}
		p.Facts = []ui.Fact{{Name: "内容", Say: x.Text, Wide: true}, {Name: "规则", Say: c.Inspections.RuleName(x.Rule), URL: inspectionPath + "/rules/" + x.Rule}, {Name: "单位", Say: tree.Name(x.Unit)},
			{Name: "适用范围", Say: x.Scope.Name()}, {Name: "理由", Say: x.Reason, Wide: true}, {Name: "有效期至", Say: x.Until.Chinese()}}
		if x.Basis != "" {
			p.Facts = append(p.Facts, ui.Fact{Name: "法律依据", Say: x.Basis, Wide: true})
		}
		if x.Subject != "" {
			p.Facts = append(p.Facts, ui.Fact{Name: "信息", Say: "打开", URL: subjectPath(inspection.Finding{Subject: x.Subject})})
		}
		p.Past = []ui.Event{{Time: web.Moment(x.At), Machine: web.Machine(x.At), Title: "批准例外", Say: x.Reason, Who: personIn(names, string(x.By), tree, string(x.ByUnit)), Kind: ui.Note}}
		if !x.Ended.IsZero() {
			p.Past = append(p.Past, ui.Event{Time: web.Moment(x.Ended), Machine: web.Machine(x.Ended), Title: "撤销例外", Say: x.EndedWhy, Who: names[string(x.EndedBy)], Kind: ui.Warn})
		}
		if x.Ended.IsZero() && (by.Can(identity.InspectionSettle, x.Unit) || by.Can(identity.ReviewSecret, x.Unit)) {
			p.Acts = []ui.Act{{Title: "撤销例外", Ask: &ui.Confirm{Open: "撤销例外", Say: "撤销以后，原来允许保留的内容重新列为问题。", URL: inspectionPath + "/exceptions/" + string(x.ID) + "/end", Yes: "撤销例外", Reason: "撤销的理由", Hint: "不少于4个字。", Wrong: wrong, Danger: true}}}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return c.templates.Render(w, r, status, "detail", p)
}

func (c *Console) endException(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	id := inspection.ExceptionID(r.PathValue("id"))
	if err := c.Inspections.EndException(r.Context(), actorOf(r), id, f.Text("why")); err != nil {
		if fault.KindOf(err) == fault.Invalid {
			return c.showException(w, r, fault.Sentence(err), http.StatusBadRequest)
		}
		return err
	}
	return c.said(w, r, inspectionPath+"/exceptions/"+string(id), sayEndedLet)
}
