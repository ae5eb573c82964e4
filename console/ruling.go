package console

import (
	"net/http"

	"gongkai/internal/db"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/org"
	"gongkai/publication"
	"gongkai/workday"
)

func (c *Console) rulingPage(w http.ResponseWriter, r *http.Request) error {
	p, err := c.rulingForm(w, r, web.NewForm(r.URL.Query()))
	if err != nil {
		return err
	}
	return c.show(w, r, "form", p)
}

func (c *Console) rulingForm(w http.ResponseWriter, r *http.Request, f *web.Form) (formPage, error) {
	by, id := actorOf(r), publication.ItemID(r.PathValue("id"))
	var p formPage
	err := c.read(r, func(tx *db.Tx) error {
		row, tree, err := readable(tx, by, id)
		if err != nil {
			return err
		}
		p = formPage{Console: c.frame(w, r, tree, "变更有效性", ui.Link{Text: "信息列表", URL: Root + "/items"}, ui.Link{Text: row.Title, URL: itemPath(id)}), Form: f}
		p.Lead = "用于登记清理结果，或者由不在本平台的文件作出的废止和修改。由本平台上的新文件废止的，请在新文件的草稿里选择关系，发布时自动标注。"
		p.Facts = []ui.Fact{{Name: "文件", Say: row.Title, Wide: true}, {Name: "文号", Say: row.DocNo}, {Name: "现在", Say: row.ValidityOn(workday.Today(tx.Now)).Name()}}
		a := asker{f}
		if f.Value("on") == "" {
			f.Set("on", workday.Today(tx.Now).String())
		}
		questions := []question{
			a.ask("radios", "kind", "变更为", choose([]ui.Option{
				{Value: string(publication.Repeals), Text: "废止", Hint: "从生效日期起不再有效。"},
				{Value: string(publication.Replaces), Text: "被新文件代替", Hint: "从生效日期起不再有效，页面注明由哪份文件代替。"},
				{Value: string(publication.Amends), Text: "已修改", Hint: "仍然有效，页面注明已被修改。"}})),
			a.ask("date", "on", "生效日期"),
			a.ask("textarea", "basis", "依据", lines(2), hint("作出决定的文件名称和文号，会公开显示。"), why("公众要能查到为什么失效（国办发〔2017〕47号、国办公开办函〔2019〕61号）。")),
		}
		words := f.Value("words")
		questions = append(questions, a.ask("input", "words", "作出决定的文件在本平台上吗", typed("search"), optional, hint("在的话，输入标题中的词，按“查找文件”。")))
		if words != "" {
			rows, _, err := publication.List(tx, publication.Filter{Units: org.Everything(), Words: words, Size: 10})
			if err != nil {
				return err
			}
			options := []ui.Option{{Value: "none", Text: "都不是"}}
			for _, other := range rows {
				if other.ID != id {
					options = append(options, ui.Option{Value: string(other.ID), Text: other.Title, Hint: other.DocNo})
				}
			}
			questions = append(questions, a.ask("radios", "from", "选择文件", choose(options)))
		}
		p.Groups, p.Action, p.Button, p.Other, p.Back, p.Danger = []group{{Questions: questions}}, itemPath(id)+"/ruling", "登记变更", "查找文件", itemPath(id), true
		p.After = []ui.Act{{Ask: &ui.Confirm{Open: "撤销以前手工登记的变更", Say: "登记错了的可以撤销，恢复原来的有效性。撤销也会记入存证。", URL: itemPath(id) + "/reinstate", Yes: "确认撤销", Reason: "撤销的理由", Key: "undo", Wrong: f.Wrong("why"), Typed: f.Value("why")}}}
		return nil
	})
	return p, err
}

func (c *Console) rule(w http.ResponseWriter, r *http.Request) error {
	id := publication.ItemID(r.PathValue("id"))
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	again := func() (formPage, error) { return c.rulingForm(w, r, f) }
	if f.Text("act") == "other" {
		p, err := again()
		if err != nil {
			return err
		}
		return c.show(w, r, "form", p)
	}
	on, _ := workday.ParseDate(f.Date("on"))
	if err := f.Err(); err != nil {
		return c.formAgain(w, r, f, err, again)
	}
	ruling := publication.Ruling{Kind: publication.RelationKind(f.Text("kind")), Basis: f.Text("basis"), On: on}
	if from := f.Text("from"); from != "none" {
		ruling.From = publication.ItemID(from)
	}
	if err := c.Items.Rule(r.Context(), actorOf(r), id, ruling); err != nil {
		return c.formAgain(w, r, f, err, again)
	}
	return c.said(w, r, itemPath(id), sayRuled)
}

func (c *Console) reinstate(w http.ResponseWriter, r *http.Request) error {
	id := publication.ItemID(r.PathValue("id"))
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	if err := c.Items.Reinstate(r.Context(), actorOf(r), id, f.Text("why")); err != nil {
		return c.formAgain(w, r, f, err, func() (formPage, error) { return c.rulingForm(w, r, f) })
	}
	return c.said(w, r, itemPath(id), sayReinstated)
}
