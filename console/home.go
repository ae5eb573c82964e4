package console

import (
	"fmt"
	"net/http"
	"time"

	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/org"
	"gongkai/publication"
	"gongkai/review"
)

// homePage is what somebody must do now, their drafts, and their unit.
type homePage struct {
	ui.Console
	Hello    string
	Reminder *ui.Banner
	Todos    []ui.Todo
	Nothing  *ui.Empty
	Drafts   ui.Table
	NoDrafts *ui.Empty
	Unit     []ui.Todo
	UnitName string
	Desks    []ui.Link // for administrators: where their work is
}

func (c *Console) home(w http.ResponseWriter, r *http.Request) error {
	by, now := actorOf(r), web.Now(r)
	var p homePage
	err := c.read(r, func(tx *db.Tx) error {
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		p = homePage{Console: c.frame(w, r, tree, "工作台")}
		if p.Todos, err = todos(tx, by, now); err != nil {
			return err
		}
		asked, err := consultingTodos(tx, by)
		if err != nil {
			return err
		}
		p.Todos = append(p.Todos, asked...)
		blank, err := registerTodos(tx, by)
		if err != nil {
			return err
		}
		p.Todos = append(p.Todos, blank...)
		due, err := reportTodos(tx, by)
		if err != nil {
			return err
		}
		p.Todos = append(p.Todos, due...)
		found, err := inspectionTodos(tx, by)
		if err != nil {
			return err
		}
		p.Todos = append(p.Todos, found...)
		if by.CanAny(identity.PublicationDraft) {
			if err := p.drafts(tx, by); err != nil {
				return err
			}
		}
		if by.CanAny(identity.PublicationRead) {
			return p.unit(tx, tree, by)
		}
		return nil
	})
	if err != nil {
		return err
	}
	v := visitOf(r)
	p.Hello = fmt.Sprintf("%s，%s", v.Name, web.LongDate(now.In(beijing)))
	if days := int(v.PasswordEnds.Sub(now) / (24 * time.Hour)); !v.PasswordEnds.IsZero() && days < 10 {
		p.Reminder = &ui.Banner{Kind: ui.Warn, Title: fmt.Sprintf("口令还有 %d 天到期", max(days, 0)), Say: "到期以后，登录时必须先更换口令。", Links: []ui.Link{{Text: "现在更换", URL: Root + "/password"}}}
	}
	if len(p.Todos) == 0 {
		p.Desks = desks(p.Nav)
	}
	return c.show(w, r, "home", p)
}

// todos lists what waits for this person, in the order of law: what others wait
// for first, then what the public waits for, then what is one's own.
func todos(tx *db.Tx, by identity.Actor, now time.Time) ([]ui.Todo, error) {
	var out []ui.Todo
	if canReview(by) {
		queue, err := review.Queue(tx, by)
		if err != nil {
			return nil, err
		}
		t := ui.Todo{Count: int64(len(queue)), Text: "件待我审查", URL: Root + "/reviews"}
		if len(queue) > 0 {
			t.Note = "最早的一件已等待" + waited(now.Sub(queue[0].Submitted))
		}
		out = append(out, t)
	}
	if !by.CanAny(identity.PublicationDraft) {
		return out, nil
	}
	mine, err := publication.Working(tx, by.Scope(identity.PublicationDraft), []publication.Work{publication.Draft}, by.Person, 500)
	if err != nil {
		return nil, err
	}
	returned, drafts := int64(0), int64(0)
	for _, row := range mine {
		back, err := wasReturned(tx, row.ID)
		if err != nil {
			return nil, err
		}
		if back {
			returned++
		} else {
			drafts++
		}
	}
	ready, err := publication.Working(tx, by.Scope(identity.PublicationPublish), []publication.Work{publication.Ready}, "", 500)
	if err != nil {
		return nil, err
	}
	t := ui.Todo{Count: int64(len(ready)), Text: "件已审定，待发布", URL: Root + "/items?tab=cleared"}
	if len(ready) > 0 {
		t.Note = "审定后应当及时公开；信息形成之日起20个工作日是最后期限（条例第二十六条）"
	}
	return append(out,
		ui.Todo{Count: returned, Text: "件被退回，待修改", URL: Root + "/items?tab=draft&mine=returned"},
		t,
		ui.Todo{Count: drafts, Text: "件我的草稿", URL: Root + "/items?tab=draft&mine=fresh"}), nil
}

// waitLong is when a submission has waited so long that the list says so.
const waitLong = 3 * 24 * time.Hour

// waited says a duration for people.
func waited(d time.Duration) string {
	switch {
	case d < time.Hour:
		return fmt.Sprintf("%d分钟", max(int(d/time.Minute), 1))
	case d < 24*time.Hour:
		return fmt.Sprintf("%d小时", int(d/time.Hour))
	}
	return fmt.Sprintf("%d天", int(d/(24*time.Hour)))
}

// wasReturned tells whether the last submission of an item was sent back.
func wasReturned(tx *db.Tx, id publication.ItemID) (bool, error) {
	all, err := review.Of(tx, id.Subject())
	if err != nil || len(all) == 0 {
		return false, err
	}
	return all[len(all)-1].State == review.Returned, nil
}

func (p *homePage) drafts(tx *db.Tx, by identity.Actor) error {
	rows, err := publication.Working(tx, by.Scope(identity.PublicationDraft), nil, by.Person, 10)
	if err != nil {
		return err
	}
	p.Drafts = ui.Table{Caption: "我正在办的", Walk: true, Columns: []ui.Column{{Text: "标题"}, {Text: "状态"}, {Text: "最近保存"}}}
	for _, row := range rows {
		state := workState(row.Work)
		if row.Work == publication.Draft {
			back, err := wasReturned(tx, row.ID)
			if err != nil {
				return err
			}
			if back {
				state = &ui.State{Kind: ui.Warn, Say: "被退回"}
			}
		}
		p.Drafts.Rows = append(p.Drafts.Rows, ui.Row{Cells: []ui.Cell{
			{Text: titleOf(row.Working), URL: workPath(row.Row)}, {State: state}, {Text: web.Moment(row.SavedAt)},
		}})
	}
	if len(rows) == 0 {
		p.NoDrafts = &ui.Empty{Title: "没有正在办的信息", Say: "上传一份已有的文件，系统会读出标题、文号和日期；也可以直接撰写。",
			Links: []ui.Link{{Text: "新建信息", URL: Root + "/new"}}}
	}
	return nil
}

func (p *homePage) unit(tx *db.Tx, tree *org.Tree, by identity.Actor) error {
	scope := by.Scope(identity.PublicationRead)
	p.UnitName = tree.Name(by.Unit)
	for _, t := range tabs {
		if t.code == "all" || t.code == "kept" || t.code == "archived" {
			continue
		}
		f := publication.Filter{Units: scope, Size: 1}
		t.narrow(&f)
		_, n, err := publication.List(tx, f)
		if err != nil {
			return err
		}
		p.Unit = append(p.Unit, ui.Todo{Count: int64(n), Text: "件" + t.name, URL: Root + "/items?tab=" + t.code})
	}
	return nil
}

// desks are the links of an administrator's home, from the navigation.
func desks(groups []ui.NavGroup) []ui.Link {
	var out []ui.Link
	for _, g := range groups {
		for _, l := range g.Links {
			if l.URL != Root {
				out = append(out, ui.Link{Text: l.Text, URL: l.URL, Note: deskNotes[l.URL]})
			}
		}
	}
	return out
}

var deskNotes = map[string]string{
	Root + "/units":         "单位的名称、隶属、联系方式、职能、领导和索引号规则",
	Root + "/people":        "谁在哪个单位、承担什么角色、账号是否启用",
	Root + "/chains":        "各单位、各类信息经过哪些审查环节",
	Root + "/jobs":          "定时发布、索引更新等后台任务是否按时完成",
	Root + "/ledger":        "每一次操作的存证，可以随时核验有没有被改动",
	Root + "/logins":        "登录成功和失败的记录",
	Root + "/settings":      "本系统正在使用的配置",
	Root + "/items":         "本单位和下属单位的全部信息",
	Root + "/overview":      "各单位在办和公开的情况",
	Root + "/reports":       "各单位政府信息公开工作年度报告的填报、审核和发布",
	Root + "/inspection":    "检查已经公开的信息发现了什么，由谁处理、何时改正",
	Root + "/consultations": "涉及其他机关的信息，公开前与有关机关协商确认",
	Root + "/transfers":     "向档案馆、图书馆等移送的信息",
}
