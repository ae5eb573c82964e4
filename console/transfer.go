package console

import (
	"fmt"
	"net/http"
	"strconv"

	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/org"
	"gongkai/publication"
	"gongkai/workday"
)

// transfers lists what was handed over (移送, article 25).
func (c *Console) transfers(w http.ResponseWriter, r *http.Request) error {
	by := actorOf(r)
	var p listPage
	err := c.read(r, func(tx *db.Tx) error {
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		p = listPage{Console: c.frame(w, r, tree, "信息移送"), Lead: "各级政府应当在国家档案馆、公共图书馆、政务服务场所设置公开查阅场所，行政机关应当及时向其提供主动公开的信息（条例第二十五条）。"}
		all, err := publication.Transfers(tx, by.Scope(identity.PublicationRead), 200)
		if err != nil {
			return err
		}
		p.Table = ui.Table{Caption: "移送记录", Walk: true, Columns: []ui.Column{{Text: "接收单位"}, {Text: "移送单位"}, {Text: "方式"}, {Text: "时间"}, {Text: "归档"}}}
		for _, t := range all {
			archived := "否"
			if t.Archive {
				archived = "是"
			}
			p.Table.Rows = append(p.Table.Rows, ui.Row{Cells: []ui.Cell{{Text: t.Receiver, URL: Root + "/transfers/" + t.ID, Note: t.Note}, {Text: tree.Name(t.Unit)}, {Text: t.Way}, {Text: web.Moment(t.At)}, {Text: archived}}})
		}
		return nil
	})
	if err != nil {
		return err
	}
	p.Empty = ui.Empty{Title: "还没有移送过信息", Say: "选择一段时间内公开的信息，登记移送给档案馆、图书馆或者政务服务场所，并打印移送清单。"}
	if by.CanAny(identity.PublicationPublish) {
		p.Links = []ui.Link{{Text: "登记移送", URL: Root + "/transfers/new"}}
		p.Empty.Links = p.Links
	}
	return c.show(w, r, "list", p)
}

func (c *Console) transferPage(w http.ResponseWriter, r *http.Request) error {
	p, err := c.transferForm(w, r, web.NewForm(r.URL.Query()))
	if err != nil {
		return err
	}
	return c.show(w, r, "form", p)
}

// transferForm asks which items go where. Until a period is chosen it shows the
// items of the last quarter.
func (c *Console) transferForm(w http.ResponseWriter, r *http.Request, f *web.Form) (formPage, error) {
	by := actorOf(r)
	var p formPage
	err := c.read(r, func(tx *db.Tx) error {
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		p = formPage{Console: c.frame(w, r, tree, "登记移送", ui.Link{Text: "信息移送", URL: Root + "/transfers"}), Form: f, Action: Root + "/transfers/new",
			Button: "登记移送", Other: "列出这段时间的信息", Back: Root + "/transfers"}
		today := workday.Today(tx.Now)
		set := func(name, value string) {
			if f.Value(name) == "" {
				f.Set(name, value)
			}
		}
		set("unit", string(by.Unit))
		set("from", today.AddMonths(-3).String())
		set("to", today.String())
		set("way", publication.TransferWays()[0])
		from, ferr := workday.ParseDate(f.Value("from"))
		to, terr := workday.ParseDate(f.Value("to"))
		unit := org.ID(f.Value("unit"))
		var options []ui.Option
		if ferr == nil && terr == nil && by.Can(identity.PublicationPublish, unit) {
			rows, err := publication.NotHandedOver(tx, unit, from.Start(), to.AddDays(1).Start())
			if err != nil {
				return err
			}
			chosen := len(f.Values("items")) > 0 || f.Value("receiver") != ""
			var all []string
			for _, row := range rows {
				options = append(options, ui.Option{Value: string(row.ID), Text: row.Title, Hint: joinNote(row.DocNo, web.Date(row.Published)+"公开，索引号"+string(row.IndexNo))})
				all = append(all, string(row.ID))
			}
			if !chosen {
				f.Set("items", all...)
			}
		}
		a := asker{f}
		var ways []ui.Option
		for _, way := range publication.TransferWays() {
			ways = append(ways, ui.Option{Value: way, Text: way})
		}
		items := a.ask("checks", "items", fmt.Sprintf("移送的信息（这段时间公开、还没有移送过的共%d条）", len(options)), choose(options))
		if len(options) == 0 {
			items.Hint = "这段时间没有还未移送的公开信息。可以换一个单位或者时间，再按“列出这段时间的信息”。"
		}
		p.Groups = []group{
			{Title: "哪些信息", Questions: []question{
				a.ask("select", "unit", "单位", choose(scopeUnits(tree, by.Scope(identity.PublicationPublish)))),
				a.ask("date", "from", "公开时间从"), a.ask("date", "to", "到"), items}},
			{Title: "移送给谁", Questions: []question{
				a.ask("input", "receiver", "接收单位", hint("如：示例市明镜区档案馆")), a.ask("radios", "way", "方式", choose(ways)),
				a.ask("checks", "archive", "归档", choose([]ui.Option{{Value: "1", Text: "同时标记为已归档", Hint: "公众仍然可以阅读，页面注明已归档。"}}), optional),
				a.ask("textarea", "note", "备注", lines(2), optional)}},
		}
		return nil
	})
	return p, err
}

func (c *Console) handOver(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	again := func() (formPage, error) { return c.transferForm(w, r, f) }
	if f.Text("act") == "other" {
		f.Set("items")
		p, err := again()
		if err != nil {
			return err
		}
		return c.show(w, r, "form", p)
	}
	t := publication.Transfer{Unit: org.ID(f.Text("unit")), Receiver: f.Text("receiver"), Way: f.Text("way"), Note: f.Text("note"), Archive: f.Ticked("archive", "1")}
	for _, id := range f.Values("items") {
		t.Items = append(t.Items, publication.ItemID(id))
	}
	id, err := c.Items.HandOver(r.Context(), actorOf(r), t)
	if err != nil {
		return c.formAgain(w, r, f, err, again)
	}
	return c.said(w, r, Root+"/transfers/"+id, sayHandedOver)
}

// sheetPage is a list to be printed and signed (移送清单).
type sheetPage struct {
	ui.Console
	Facts []ui.Fact
	Table ui.Table
	CSV   string
}

func (c *Console) transferOf(tx *db.Tx, r *http.Request) (publication.Transfer, []publication.Row, *org.Tree, error) {
	t, err := publication.TransferOf(tx, r.PathValue("id"))
	if err != nil {
		return t, nil, nil, err
	}
	if err := actorOf(r).Check(identity.PublicationRead, t.Unit); err != nil {
		return t, nil, nil, err
	}
	tree, err := org.Load(tx)
	if err != nil {
		return t, nil, nil, err
	}
	var rows []publication.Row
	for _, id := range t.Items {
		row, err := publication.Get(tx, id)
		if err != nil {
			return t, nil, nil, err
		}
		rows = append(rows, row)
	}
	return t, rows, tree, nil
}

func (c *Console) transfer(w http.ResponseWriter, r *http.Request) error {
	var p sheetPage
	err := c.read(r, func(tx *db.Tx) error {
		t, rows, tree, err := c.transferOf(tx, r)
		if err != nil {
			return err
		}
		names, err := identity.Names(tx, string(t.By))
		if err != nil {
			return err
		}
		p = sheetPage{Console: c.frame(w, r, tree, "移送清单", ui.Link{Text: "信息移送", URL: Root + "/transfers"}), CSV: Root + "/transfers/" + t.ID + "/list.csv"}
		p.Facts = []ui.Fact{{Name: "移送单位", Say: tree.Name(t.Unit)}, {Name: "接收单位", Say: t.Receiver}, {Name: "方式", Say: t.Way}, {Name: "时间", Say: web.Moment(t.At)}, {Name: "经办人", Say: names[string(t.By)]}, {Name: "数量", Say: fmt.Sprintf("%d条", len(rows))}}
		if t.Note != "" {
			p.Facts = append(p.Facts, ui.Fact{Name: "备注", Say: t.Note, Wide: true})
		}
		p.Table = ui.Table{Caption: "移送的政府信息", Columns: []ui.Column{{Text: "序号", Number: true}, {Text: "索引号"}, {Text: "标题"}, {Text: "发文字号"}, {Text: "成文日期"}, {Text: "公开日期"}}}
		for i, row := range rows {
			p.Table.Rows = append(p.Table.Rows, ui.Row{Cells: []ui.Cell{{Text: strconv.Itoa(i + 1)}, {Text: string(row.IndexNo)}, {Text: row.Title, URL: itemPath(row.ID)}, {Text: row.DocNo}, {Text: row.Made.String()}, {Text: web.Date(row.Published)}}})
		}
		return nil
	})
	if err != nil {
		return err
	}
	return c.show(w, r, "sheet", p)
}

func (c *Console) transferCSV(w http.ResponseWriter, r *http.Request) error {
	lines := [][]string{{"序号", "索引号", "标题", "发文字号", "发文机关", "成文日期", "公开日期"}}
	err := c.read(r, func(tx *db.Tx) error {
		_, rows, _, err := c.transferOf(tx, r)
		for i, row := range rows {
			lines = append(lines, []string{strconv.Itoa(i + 1), string(row.IndexNo), row.Title, row.DocNo, row.Issuer, row.Made.String(), web.Date(row.Published)})
		}
		return err
	})
	if err != nil {
		return err
	}
	return sendCSV(w, r, "移送清单.csv", lines)
}
