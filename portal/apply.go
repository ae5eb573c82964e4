package portal

import (
	"net/http"
	"strings"

	"gongkai/internal/fault"
	"gongkai/internal/web/ui"
	"gongkai/org"
	"gongkai/publication"
	"gongkai/workday"
)

// applyWherePage lets a citizen find the organ to apply to.
type applyWherePage struct {
	ui.Portal
	Groups []unitGroup
}

// applyPage tells how to apply to one unit (articles 27 to 45).
type applyPage struct {
	ui.Portal
	Unit    org.Unit
	Contact []ui.Fact
	Missing bool // the unit has not said how to reach it
	FormURL string
	Ways    []way
	Clock   clock
	Guide   ui.Link
	Higher  string // where to apply for reconsideration
}

// way is one way to hand in an application, and from when its period runs.
type way struct{ Title, Say, From string }

// clock is the legal periods with the dates they would give today.
type clock struct {
	Today, Reply, Longer, Correct string
	Certain                       bool
	Counted                       []string
}

// applyFormPage is the form for paper.
type applyFormPage struct {
	ui.Portal
	Unit org.Unit // zero: to be written in by hand
}

const (
	replyDays   = 20 // article 33
	longerDays  = 20 // article 33: at most as many again
	correctDays = 7  // article 30
)

// periods counts the legal periods of an application received today.
func periods(today workday.Date) clock {
	cal := workday.National()
	reply := cal.Explain(today, replyDays)
	longer, sure := cal.After(today, replyDays+longerDays)
	correct, _ := cal.After(today, correctDays)
	c := clock{Today: dayInWords(today), Reply: dayInWords(reply.To), Longer: dayInWords(longer), Correct: dayInWords(correct), Certain: reply.Certain && sure}
	for _, s := range reply.Steps {
		c.Counted = append(c.Counted, s.String())
	}
	return c
}

func dayInWords(d workday.Date) string { return d.Chinese() + "（" + d.ChineseWeekday() + "）" }

func (p *Portal) applyWhere(w http.ResponseWriter, r *http.Request) error {
	return p.show(w, r, "apply-where", func(v *view) (any, error) {
		page := applyWherePage{Portal: v.frame("依申请公开", v.root, ui.Link{Text: "依申请公开"})}
		page.Description = "没有主动公开的政府信息，公民、法人和其他组织可以向机关申请获取。"
		page.Meta = append(page.Meta, columnMeta("依申请公开", "申请获取政府信息的方式、期限和救济", "依申请公开")...)
		for _, root := range v.tree.Roots() {
			for _, g := range v.groups(root.ID) {
				if len(v.tree.Roots()) > 1 {
					g.Title = root.Name + "：" + g.Title
				}
				for i := range g.Units {
					g.Units[i].URL += "/apply"
				}
				page.Groups = append(page.Groups, g)
			}
		}
		return page, nil
	})
}

func (p *Portal) apply(w http.ResponseWriter, r *http.Request) error {
	return p.show(w, r, "apply", func(v *view) (any, error) {
		u, err := v.unitOf()
		if err != nil {
			return nil, err
		}
		page := applyPage{
			Portal: v.frame("向"+u.Name+"申请公开", u, ui.Link{Text: u.Name, URL: unitURL(u.ID)}, ui.Link{Text: "依申请公开"}),
			Unit:   u, Contact: contactFacts(u), FormURL: "/apply/form?unit=" + string(u.ID), Clock: periods(v.today),
			Guide: ui.Link{Text: "政府信息公开指南", URL: columnURL(u.ID, publication.GuideColumn)}, Higher: v.higher(u),
		}
		page.Description = "向" + u.Name + "申请获取政府信息：可以申请什么、怎样申请、多久答复、怎样收费、不服怎么办。"
		page.Meta = append(page.Meta, columnMeta("依申请公开", "申请获取政府信息的方式、期限和救济", "依申请公开")...)
		page.Missing = u.Contact.Address == "" && u.Contact.Phone == ""
		page.Ways = ways(u)
		return page, nil
	})
}

// ways are the ways that a unit has an address for, with the day from which the
// period runs (article 31).
func ways(u org.Unit) []way {
	office := or(u.Contact.Office, u.Name+"政府信息公开工作机构")
	var all []way
	if u.Contact.Address != "" {
		hours := ""
		if u.Contact.Hours != "" {
			hours = "，办公时间 " + u.Contact.Hours
		}
		all = append(all, way{"当面提交", "把申请表和身份证明交到" + u.Contact.Address + "，" + office + hours + "。书写有困难的，可以当场口述，由工作人员代为填写。", "提交当天起算"})
		post := u.Contact.Address
		if u.Contact.Postcode != "" {
			post += "，邮政编码 " + u.Contact.Postcode
		}
		all = append(all, way{"邮寄", "寄到" + post + "，" + office + "收，信封上写明“政府信息公开申请”。寄挂号信或者邮政快递，可以查到签收的日期。", "机关签收当天起算；寄平信的，从机关与您确认的当天起算"})
	}
	if u.Contact.Fax != "" {
		all = append(all, way{"传真", "传真到 " + u.Contact.Fax + "，写明“政府信息公开申请”，随后打电话确认对方已经收到。", "双方确认的当天起算"})
	}
	if u.Contact.Email != "" {
		all = append(all, way{"电子邮件", "发到 " + u.Contact.Email + "，主题写“政府信息公开申请”，随后打电话确认对方已经收到。", "双方确认的当天起算"})
	}
	return all
}

// higher names the organ of reconsideration: for a department its government,
// for a government the one above (行政复议法 articles 24 and following).
func (v *view) higher(u org.Unit) string {
	if u.Kind == org.Government || u.Parent == "" {
		return "上一级人民政府"
	}
	return v.tree.Root(u.ID).Name
}

func (p *Portal) applyForm(w http.ResponseWriter, r *http.Request) error {
	return p.show(w, r, "apply-form", func(v *view) (any, error) {
		page := applyFormPage{Portal: v.frame("政府信息公开申请表", v.root, ui.Link{Text: "依申请公开", URL: "/apply"}, ui.Link{Text: "申请表"})}
		id := strings.TrimSpace(r.URL.Query().Get("unit"))
		if id == "" {
			return page, nil
		}
		u, err := v.tree.Get(org.ID(id))
		if err != nil || !u.Active {
			return nil, fault.Say(fault.NotFound, sayNoUnit)
		}
		page.Portal = v.frame("政府信息公开申请表", u, ui.Link{Text: u.Name, URL: unitURL(u.ID)}, ui.Link{Text: "依申请公开", URL: unitURL(u.ID) + "/apply"}, ui.Link{Text: "申请表"})
		page.Unit = u
		return page, nil
	})
}
