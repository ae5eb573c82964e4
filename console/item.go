package console

import (
	"fmt"
	"net/http"
	"strings"

	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/publication"
	"gongkai/review"
	"gongkai/workday"
)

// itemPage is an item that is not being written: in review, cleared, public,
// withdrawn.
type itemPage struct {
	ui.Console
	States   []ui.State
	Banner   *ui.Banner
	Steps    *ui.Steps
	Public   publicText
	Links    []ui.Fact
	Facts    []ui.Fact // views, times, the address of the public page
	Acts     []ui.Act
	Schedule *schedule
	Past     []ui.Event
	// Consulting is what is agreed with other organs.
	Consulting *consulting
	review     string // the page of the submission under way
}

// schedule asks when a cleared item is to be published.
type schedule struct {
	ID, Date, Time string
	Form           *web.Form
}

func (c *Console) item(w http.ResponseWriter, r *http.Request) error {
	return c.showItem(w, r, nil, http.StatusOK, nil)
}

// showItem shows an item. f and err are what somebody typed and what was wrong
// with it.
func (c *Console) showItem(w http.ResponseWriter, r *http.Request, f *web.Form, status int, wrong error) error {
	by, id := actorOf(r), publication.ItemID(r.PathValue("id"))
	var p itemPage
	err := c.read(r, func(tx *db.Tx) error {
		row, tree, err := readable(tx, by, id)
		if err != nil {
			return err
		}
		p = itemPage{Console: c.frame(w, r, tree, titleNow(tx, row), ui.Link{Text: "信息列表", URL: Root + "/items"})}
		today := workday.Today(tx.Now)
		states := []*ui.State{workState(row.Work), faceState(row.Face)}
		if row.Face.Seen() {
			states = append(states, validityState(row.ValidityOn(today)))
		}
		for _, s := range states {
			if s != nil {
				p.States = append(p.States, *s)
			}
		}
		content, err := newest(tx, row)
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return err
		}
		p.Public = c.publicOf(content, tree, row)
		p.banner(row)
		if err := p.facts(tx, row, c.Public); err != nil {
			return err
		}
		p.Facts = append(p.Facts, opennessFacts(content.Openness)...)
		compiled, err := reportFacts(tx, by, row)
		if err != nil {
			return err
		}
		p.Facts = append(p.Facts, compiled...)
		if err := p.inReview(tx, row); err != nil {
			return err
		}
		if p.Consulting, err = consultingOf(tx, tree, by, row, content); err != nil {
			return err
		}
		p.acts(by, row, f, c.Public)
		p.Past, err = history(tx, tree, row)
		return err
	})
	if err != nil {
		return err
	}
	if wrong != nil {
		p.Banner = &ui.Banner{Kind: ui.Bad, Title: "没有办成", Say: fault.Sentence(wrong)}
	}
	return c.templates.Render(w, r, status, "item", p)
}

func (p *itemPage) banner(row publication.Row) {
	switch {
	case row.Face == publication.Withdrawn:
		p.Banner = &ui.Banner{Kind: ui.Bad, Title: "已于" + web.LongDate(row.GoneAt) + "撤回", Say: "理由：" + row.Why + "。公众在原地址看到这个理由。"}
	case row.Work == publication.Scheduled:
		p.Banner = &ui.Banner{Kind: ui.Note, Title: "将在" + web.LongMoment(row.PublishAt) + "自动公开"}
	case row.Work != publication.NoWork && row.Face.Seen():
		p.Banner = &ui.Banner{Kind: ui.Note, Title: "正在办理修改后的版本", Say: "下面是修改后的内容。公众现在看到的仍是原来的版本。"}
	case row.Face == publication.Discarded:
		p.Banner = &ui.Banner{Kind: ui.Mute, Title: "草稿已删除", Say: "这里只保留记录。"}
	}
}

func (p *itemPage) facts(tx *db.Tx, row publication.Row, public string) error {
	add := func(name, say, url string) {
		if say != "" {
			p.Facts = append(p.Facts, ui.Fact{Name: name, Say: say, URL: url})
		}
	}
	add("首次公开", web.Moment(row.Published), "")
	if !row.Changed.Equal(row.Published) {
		add("最近更新", web.Moment(row.Changed), "")
	}
	if row.Version > 0 {
		add("版本", fmt.Sprintf("共%d版", row.Version), itemPath(row.ID)+"/versions")
	}
	if row.Shown == 0 {
		return nil
	}
	page, err := publication.PageOf(tx, row.ID)
	if err != nil {
		return err
	}
	add("浏览", web.Count(int64(page.Views))+"次", "")
	add("公开页面", "打开", publicPath(public, row.ID))
	today := workday.Today(tx.Now)
	for _, l := range page.Links {
		say := "引用"
		switch {
		case l.Kind != "" && l.Incoming:
			say = l.Kind.Passive()
		case l.Kind != "":
			say = l.Kind.Name()
		case l.Incoming:
			say = "被引用"
		}
		words := joinSay(l.Other.Title, l.Other.DocNo)
		url := itemPath(l.Other.ID)
		if l.Other.ID == "" {
			words, url = l.Note, ""
		} else if v := l.Other.ValidityOn(today); v != "" && !v.Holds() {
			words += "，" + v.Name()
		}
		p.Links = append(p.Links, ui.Fact{Name: say, Say: words, URL: url, Wide: true})
	}
	return nil
}

// publicPath is the address of an item's public page.
func publicPath(public string, id publication.ItemID) string {
	return strings.TrimSuffix(public, "/") + "/info/" + string(id)
}

// inReview shows how far the review has come.
func (p *itemPage) inReview(tx *db.Tx, row publication.Row) error {
	if row.Work != publication.InReview && row.Work != publication.Ready && row.Work != publication.Scheduled {
		return nil
	}
	all, err := review.Of(tx, row.ID.Subject())
	if err != nil || len(all) == 0 {
		return err
	}
	s := all[len(all)-1]
	steps := ui.Steps{Label: "审查环节"}
	for i, l := range s.Levels {
		step := ui.Step{Text: l.Name, State: "todo"}
		if i < s.Level || s.State == review.Cleared {
			step.State = "done"
		} else if i == s.Level && s.State == review.Waiting {
			step.State = "now"
			people, err := identity.Holders(tx, l.Right, row.Unit)
			if err != nil {
				return err
			}
			step.Note = fmt.Sprintf("%d人可以审查", len(people))
		}
		steps.Steps = append(steps.Steps, step)
	}
	p.Steps = &steps
	p.review = reviewPath(s.ID)
	return nil
}

// acts lists what may be done now, each with its consequence.
func (p *itemPage) acts(by identity.Actor, row publication.Row, f *web.Form, public string) {
	path := itemPath(row.ID)
	can := func(r identity.Right) bool { return by.Can(r, row.Unit) }
	form := f
	if form == nil {
		form = web.NewForm(nil)
	}
	switch row.Work {
	case publication.Ready:
		if can(identity.PublicationPublish) {
			p.Acts = append(p.Acts, ui.Act{Title: "现在发布", Say: "公众立即可以看到。", URL: path + "/publish", Post: true})
			p.Schedule = &schedule{ID: string(row.ID), Form: form}
		}
	case publication.Scheduled:
		if can(identity.PublicationPublish) {
			p.Acts = append(p.Acts, ui.Act{Title: "取消定时", Say: "审定结果仍然有效，可以改为现在发布或者另定时间。", URL: path + "/unschedule", Post: true, Kind: "secondary"})
		}
	case publication.NoWork:
		if can(identity.PublicationDraft) && row.Face != publication.Discarded {
			say := "在新版本审定发布之前，公开的内容不变。"
			if !row.Face.Seen() {
				say = "从最近的一版开始修改，审定以后发布。"
			}
			p.Acts = append(p.Acts, ui.Act{Title: "修改", Say: say, URL: path + "/revise", Post: true, Kind: "secondary"})
		}
	}
	if (row.Work == publication.InReview || row.Work == publication.Ready || row.Work == publication.Scheduled) && can(identity.PublicationDraft) {
		p.Acts = append(p.Acts, ui.Act{Ask: &ui.Confirm{Open: "收回修改", Say: "收回以后可以继续修改，已经签署的意见作废，改好后重新送审。", URL: path + "/recall", Yes: "确认收回"}})
	}
	if row.Work == publication.Draft && can(identity.PublicationDraft) {
		p.Acts = append(p.Acts, ui.Act{Title: "继续起草", URL: path + "/edit", Kind: "primary"})
	}
	if row.Face.Seen() && row.Document() && can(identity.PublicationValidity) {
		p.Acts = append(p.Acts, ui.Act{Title: "变更有效性", Say: "登记废止、代替或者修改，例如清理结果。", URL: path + "/ruling"})
	}
	if p.review != "" {
		p.Acts = append(p.Acts, ui.Act{Title: "查看审查过程", URL: p.review})
	}
	if row.Version > 0 {
		p.Acts = append(p.Acts, ui.Act{Title: "查看全部版本", URL: path + "/versions"})
	}
	if row.Work == publication.NoWork && row.Face.Seen() {
		p.Acts = append(p.Acts, ui.Act{Title: "打开公开页面", URL: publicPath(public, row.ID)})
	} else {
		p.Acts = append(p.Acts, ui.Act{Title: "预览公开页面", URL: path + "/preview"})
	}
	if row.Face.Seen() && can(identity.PublicationWithdraw) {
		p.Acts = append(p.Acts, ui.Act{Ask: &ui.Confirm{Open: "撤回", Say: "公众不能再看到内容。原地址保留，显示撤回的时间和您写的理由。以后可以修改后重新送审发布。", URL: path + "/withdraw", Yes: "确认撤回",
			Reason: "撤回的理由", Hint: "理由会公开显示，不少于6个字，不要写个人信息。", Key: "why", Wrong: form.Wrong("why"), Typed: form.Value("why"), Danger: true}})
	}
}

func (c *Console) publish(w http.ResponseWriter, r *http.Request) error {
	id := publication.ItemID(r.PathValue("id"))
	var clearance review.Clearance
	if err := c.read(r, func(tx *db.Tx) (err error) {
		if _, err = publication.Get(tx, id); err != nil {
			return err
		}
		clearance, err = review.ClearanceOf(tx, id.Subject())
		if fault.KindOf(err) == fault.Forbidden {
			return fault.Say(fault.Conflict, "%s", fault.Sentence(err))
		}
		return err
	}); err != nil {
		return c.itemRefused(w, r, nil, err)
	}
	if err := c.Items.Publish(r.Context(), actorOf(r), id, clearance); err != nil {
		return c.itemRefused(w, r, nil, err)
	}
	return c.said(w, r, itemPath(id), sayPublished)
}

// itemRefused shows the item with what stood in the way.
func (c *Console) itemRefused(w http.ResponseWriter, r *http.Request, f *web.Form, err error) error {
	switch fault.KindOf(err) {
	case fault.Conflict, fault.TooLate, fault.Invalid:
		if f == nil {
			f = web.NewForm(nil)
		}
		if f.Take(err) {
			return c.showItem(w, r, f, web.StatusOf(err), nil)
		}
		return c.showItem(w, r, f, web.StatusOf(err), err)
	}
	return err
}

func (c *Console) schedule(w http.ResponseWriter, r *http.Request) error {
	id := publication.ItemID(r.PathValue("id"))
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	at, ok := momentOf(f.Text("plan-date"), f.Text("plan-time"))
	if !ok {
		f.Problem("plan-date", sayBadTime)
		return c.itemRefused(w, r, f, fault.Problems(fault.Problem{Field: "plan-date", Say: sayBadTime}))
	}
	if err := c.Items.Schedule(r.Context(), actorOf(r), id, at); err != nil {
		return c.itemRefused(w, r, f, err)
	}
	return c.said(w, r, itemPath(id), fmt.Sprintf(sayScheduled, web.LongMoment(at)))
}

func (c *Console) unschedule(w http.ResponseWriter, r *http.Request) error {
	id := publication.ItemID(r.PathValue("id"))
	if err := c.Items.Unschedule(r.Context(), actorOf(r), id); err != nil {
		return c.itemRefused(w, r, nil, err)
	}
	return c.said(w, r, itemPath(id), sayUnschedule)
}

func (c *Console) withdraw(w http.ResponseWriter, r *http.Request) error {
	id := publication.ItemID(r.PathValue("id"))
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	if err := c.Items.Withdraw(r.Context(), actorOf(r), id, f.Text("why")); err != nil {
		return c.itemRefused(w, r, f, err)
	}
	return c.said(w, r, itemPath(id), sayWithdrawn)
}
