package console

import (
	"net/http"
	"slices"

	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/org"
	"gongkai/review/coordination"
	"gongkai/workday"
)

// consultationState is where a consultation stands, in words.
func consultationState(c coordination.Consultation, today workday.Date) ui.State {
	s := ui.State{Kind: ui.Mute, Say: c.State.Name()}
	switch c.State {
	case coordination.Asked:
		s.Kind = ui.Note
		if c.Overdue(today) {
			s = ui.State{Kind: ui.Bad, Say: "逾期未答复"}
		}
	case coordination.Agreed, coordination.Settled:
		s.Kind = ui.Good
	case coordination.Amend, coordination.Escalated:
		s.Kind = ui.Warn
	case coordination.Refused, coordination.Held:
		s.Kind = ui.Bad
	}
	return s
}

// consults tells whether somebody has to do with consultations at all.
func consults(a identity.Actor) bool {
	return a.CanAny(identity.PublicationRead) || a.CanAny(identity.ReviewConsult) || a.CanAny(identity.ReviewCoordinate)
}

// consultations lists what waits for one's answer, what one's unit has asked,
// what is to be decided, and what was answered.
func (c *Console) consultations(w http.ResponseWriter, r *http.Request) error {
	by, tab := actorOf(r), r.URL.Query().Get("tab")
	tabs := []struct {
		code, name string
		ok         bool
	}{
		{"in", "请我单位答复", by.CanAny(identity.ReviewConsult)}, {"decide", "报请协调", by.CanAny(identity.ReviewCoordinate)},
		{"out", "我单位征求的", by.CanAny(identity.PublicationRead)}, {"done", "已答复的", by.CanAny(identity.ReviewConsult)},
	}
	var p listPage
	err := c.read(r, func(tx *db.Tx) error {
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		p = listPage{Console: c.frame(w, r, tree, "发布协调"), Lead: "公开涉及其他机关的信息，应当先与有关机关协商、确认，保证准确一致（条例第十一条）。"}
		p.Tabs.Label = "发布协调"
		for _, t := range tabs {
			if !t.ok {
				continue
			}
			if tab == "" {
				tab = t.code
			}
			p.Tabs.Links = append(p.Tabs.Links, ui.Link{Text: t.name, URL: Root + "/consultations?tab=" + t.code, Current: t.code == tab})
		}
		all, err := consultationsOf(tx, by, tab)
		if err != nil {
			return err
		}
		p.Table = consultationTable(tree, all, tab, workday.Today(tx.Now))
		return nil
	})
	if err != nil {
		return err
	}
	p.Empty = map[string]ui.Empty{
		"in":     {Title: "没有等待答复的征求意见", Say: "其他机关公开信息涉及您单位职责时，会在这里请您单位确认。"},
		"decide": {Title: "没有需要协调的事项", Say: "机关之间意见不一致、报请协调的，会出现在这里。"},
		"out":    {Title: "没有征求过其他机关的意见", Say: "起草信息时，可以在“发布协调”一栏征求有关机关的意见。"},
		"done":   {Title: "还没有答复过", Say: "您单位答复过的征求意见会出现在这里。"},
	}[tab]
	return c.show(w, r, "list", p)
}

func consultationsOf(tx *db.Tx, by identity.Actor, tab string) ([]coordination.Consultation, error) {
	switch tab {
	case "in":
		return coordination.Inbox(tx, by)
	case "decide":
		return coordination.ToDecide(tx, by)
	case "done":
		return coordination.Answered(tx, by.Scope(identity.ReviewConsult), 200)
	}
	return coordination.Sent(tx, by.Scope(identity.PublicationRead), 200)
}

func consultationTable(tree *org.Tree, all []coordination.Consultation, tab string, today workday.Date) ui.Table {
	t := ui.Table{Caption: "最近征求的在前", Walk: true, Columns: []ui.Column{{Text: "标题"}, {Text: "征求单位"}, {Text: "被征求机关"}, {Text: "答复期限"}, {Text: "情况"}}}
	if tab == "in" {
		t.Caption = "先到期的在前"
	}
	for _, c := range all {
		state := consultationState(c, today)
		t.Rows = append(t.Rows, ui.Row{Bad: c.Overdue(today), Cells: []ui.Cell{
			{Text: titleOf(c.Title), URL: consultationPath(c.ID)}, {Text: tree.Name(c.Unit)}, {Text: c.To(tree)}, {Text: c.Due.String()}, {State: &state},
		}})
	}
	return t
}

// consultingTodos are the numbers of consultations that wait for somebody.
func consultingTodos(tx *db.Tx, by identity.Actor) ([]ui.Todo, error) {
	today := workday.Today(tx.Now)
	var out []ui.Todo
	count := func(all []coordination.Consultation, err error, text, tab, note string) error {
		if err != nil || len(all) == 0 {
			return err
		}
		t := ui.Todo{Count: int64(len(all)), Text: text, URL: Root + "/consultations?tab=" + tab, Note: note}
		for _, c := range all {
			if c.Overdue(today) {
				t.Late++
			}
		}
		out = append(out, t)
		return nil
	}
	if by.CanAny(identity.ReviewConsult) {
		all, err := coordination.Inbox(tx, by)
		note := ""
		if len(all) > 0 {
			note = "最早的一件请在" + web.LongDate(all[0].Due) + "前答复"
		}
		if err := count(all, err, "件发布协调待答复", "in", note); err != nil {
			return nil, err
		}
	}
	if by.CanAny(identity.ReviewCoordinate) {
		all, err := coordination.ToDecide(tx, by)
		if err := count(all, err, "件发布协调待裁定", "decide", "机关之间意见不一致，等待协调结果"); err != nil {
			return nil, err
		}
	}
	if by.CanAny(identity.PublicationDraft) {
		all, err := coordination.Open(tx, by.Scope(identity.PublicationDraft))
		mine := slices.DeleteFunc(all, func(c coordination.Consultation) bool {
			return c.State == coordination.Escalated || c.State == coordination.Asked && c.Organ != "" && !c.Overdue(today)
		})
		if err := count(mine, err, "件发布协调需处理", "out", "对方不同意、有修改意见或者逾期未答复，或者等待登记来函"); err != nil {
			return nil, err
		}
	}
	return out, nil
}
