package console

import (
	"fmt"
	"html/template"
	"net/http"
	"strconv"

	"gongkai/document"
	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/org"
	"gongkai/publication"
)

// readable reads an item for somebody who may see it before it is public.
func readable(tx *db.Tx, by identity.Actor, id publication.ItemID) (publication.Row, *org.Tree, error) {
	row, err := publication.Get(tx, id)
	if err != nil {
		return row, nil, err
	}
	if err := by.Check(identity.PublicationRead, row.Unit); err != nil {
		return row, nil, err
	}
	tree, err := org.Load(tx)
	return row, tree, err
}

// titleNow is what an item is called where it is worked on.
func titleNow(tx *db.Tx, row publication.Row) string {
	if row.Work != publication.NoWork {
		if cp, err := publication.CopyOf(tx, row.ID); err == nil {
			return titleOf(cp.Content.Title)
		}
	}
	return titleOf(row.Title)
}

// versions lists every version that was kept.
func (c *Console) versions(w http.ResponseWriter, r *http.Request) error {
	by, id := actorOf(r), publication.ItemID(r.PathValue("id"))
	var p listPage
	err := c.read(r, func(tx *db.Tx) error {
		row, tree, err := readable(tx, by, id)
		if err != nil {
			return err
		}
		p = listPage{Console: c.frame(w, r, tree, "版本", ui.Link{Text: "信息列表", URL: Root + "/items"}, ui.Link{Text: titleNow(tx, row), URL: workPath(row)})}
		p.Lead = "每次送审和手工保存都会留下一版，永远不会改变。选两版比较，或者打开一版，把它取回草稿。"
		all, err := publication.Versions(tx, id)
		if err != nil {
			return err
		}
		var who []string
		for _, v := range all {
			who = append(who, string(v.By))
		}
		names, err := identity.Names(tx, who...)
		if err != nil {
			return err
		}
		p.Table = ui.Table{Caption: "全部版本", Walk: true, Columns: []ui.Column{{Text: "版本"}, {Text: "标题"}, {Text: "保存"}, {Text: "原因"}, {Text: "比较"}}}
		options := []ui.Option{}
		for i := len(all) - 1; i >= 0; i-- {
			v := all[i]
			first := ui.Cell{Text: fmt.Sprintf("第%d版", v.N), URL: fmt.Sprintf("%s/compare?a=%d&b=%d", itemPath(id), max(v.N-1, 1), v.N)}
			if v.N == row.Shown {
				first.State = &ui.State{Kind: ui.Good, Say: "公开中"}
			}
			cmp := ui.Cell{Text: "—"}
			if v.N > 1 {
				cmp = ui.Cell{Text: "与上一版比较", URL: fmt.Sprintf("%s/compare?a=%d&b=%d", itemPath(id), v.N-1, v.N)}
			}
			p.Table.Rows = append(p.Table.Rows, ui.Row{Cells: []ui.Cell{first, {Text: titleOf(v.Content.Title)}, {Text: web.Moment(v.At), Note: names[string(v.By)]}, {Text: v.Note}, cmp}})
			options = append(options, ui.Option{Value: strconv.Itoa(v.N), Text: fmt.Sprintf("第%d版（%s）", v.N, web.Moment(v.At))})
		}
		p.Empty = ui.Empty{Title: "还没有保存过版本", Say: "送审时会自动保存一版；在起草页面按“保存版本”，可以随时留下现在的样子。", Links: []ui.Link{{Text: "回到起草页面", URL: workPath(row)}}}
		if row.Work == publication.Draft {
			options = append([]ui.Option{{Value: "0", Text: "现在的草稿"}}, options...)
		}
		if len(options) > 1 {
			a := asker{web.NewForm(nil).Set("a", options[1].Value).Set("b", options[0].Value)}
			p.FilterURL, p.FilterDo = itemPath(id)+"/compare", "比较"
			p.Filters = []question{a.ask("select", "a", "旧的一版", choose(options)), a.ask("select", "b", "新的一版", choose(options))}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return c.show(w, r, "list", p)
}

// comparePage shows what changed between two versions.
type comparePage struct {
	ui.Console
	Lead     string
	Changes  []change
	Same     bool
	Diff     template.HTML
	Restore  *ui.Confirm
	Versions string
}

func (c *Console) compare(w http.ResponseWriter, r *http.Request) error {
	by, id := actorOf(r), publication.ItemID(r.PathValue("id"))
	a, aerr := strconv.Atoi(r.URL.Query().Get("a"))
	b, berr := strconv.Atoi(r.URL.Query().Get("b"))
	if aerr != nil || berr != nil {
		return fault.Say(fault.NotFound, sayNoVersion)
	}
	var p comparePage
	err := c.read(r, func(tx *db.Tx) error {
		row, tree, err := readable(tx, by, id)
		if err != nil {
			return err
		}
		content := func(n int) (publication.Content, string, error) {
			if n == 0 {
				cp, err := publication.CopyOf(tx, id)
				return cp.Content, "现在的草稿", err
			}
			v, err := publication.VersionOf(tx, id, n)
			return v.Content, fmt.Sprintf("第%d版", n), err
		}
		old, oldName, err := content(a)
		if err != nil {
			return err
		}
		now, newName, err := content(b)
		if err != nil {
			return err
		}
		p = comparePage{Console: c.frame(w, r, tree, "比较版本", ui.Link{Text: "信息列表", URL: Root + "/items"}, ui.Link{Text: titleNow(tx, row), URL: workPath(row)},
			ui.Link{Text: "版本", URL: itemPath(id) + "/versions"}), Versions: itemPath(id) + "/versions"}
		p.Lead = fmt.Sprintf("从%s到%s", oldName, newName)
		if a == b {
			p.Lead = newName
		}
		p.Changes, p.Same = changes(old, now), old.Body == now.Body
		p.Diff = template.HTML(bodyHere(document.Compare(old.Body, now.Body)))
		if row.Work == publication.Draft && b > 0 && by.Can(identity.PublicationDraft, row.Unit) {
			cp, err := publication.CopyOf(tx, id)
			if err != nil {
				return err
			}
			p.Restore = &ui.Confirm{Open: "把" + newName + "取回草稿", Say: "草稿现在的内容会换成" + newName + "的内容。不放心的，可以先保存一版。", URL: itemPath(id) + "/restore", Yes: "确认取回",
				Hidden: []ui.Hidden{{Name: "version", Value: strconv.Itoa(cp.Rev)}, {Name: "n", Value: strconv.Itoa(b)}}}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return c.show(w, r, "compare", p)
}

// previewPage shows content as the public will see it.
type previewPage struct {
	ui.Portal
	Note   ui.Banner
	Public publicText
}

// publicText is a content as the public page shows it.
type publicText struct {
	DocNo, Title, Body string
	Facts              []ui.Fact
	Files              []ui.Attachment
}

func (c *Console) publicOf(content publication.Content, tree *org.Tree, row publication.Row) publicText {
	return publicText{DocNo: content.DocNo, Title: titleOf(content.Title), Body: bodyHere(content.Body),
		Facts: contentFacts(content, tree, row.Unit, row.IndexNo), Files: attachments(content.Files)}
}

func (c *Console) preview(w http.ResponseWriter, r *http.Request) error {
	by, id := actorOf(r), publication.ItemID(r.PathValue("id"))
	var p previewPage
	var content publication.Content
	var row publication.Row
	var unit org.Unit
	err := c.read(r, func(tx *db.Tx) (err error) {
		var tree *org.Tree
		if row, tree, err = readable(tx, by, id); err != nil {
			return err
		}
		if content, err = newest(tx, row); err != nil {
			return err
		}
		if unit, err = tree.Get(row.Unit); err != nil {
			return err
		}
		p.Portal = ui.Portal{Head: c.head(r, "预览："+titleOf(content.Title)), Region: tree.Root(row.Unit).Name, RegionURL: c.Public, Unit: unit.Name, UnitURL: c.Public}
		p.Note = ui.Banner{Kind: ui.Note, Title: "这是预览，公众看不到这一页", Links: []ui.Link{{Text: "回到这条信息", URL: workPath(row)}}}
		p.Public = c.publicOf(content, tree, row)
		return nil
	})
	if err != nil {
		return err
	}
	if c.Preview != nil {
		content.Body = bodyHere(content.Body)
		return c.Preview(w, r, unit, row, content)
	}
	return c.show(w, r, "preview", p)
}

// newest is the content that is being worked on, or else the public one, or
// else the latest that was kept.
func newest(tx *db.Tx, row publication.Row) (publication.Content, error) {
	if row.Work != publication.NoWork {
		cp, err := publication.CopyOf(tx, row.ID)
		return cp.Content, err
	}
	n := row.Shown
	if n == 0 {
		n = row.Version
	}
	v, err := publication.VersionOf(tx, row.ID, n)
	return v.Content, err
}
