package console

import (
	"net/url"
	"time"

	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/org"
	"gongkai/publication"
	"gongkai/workday"
)

// titleOf is a title for a list, also of a draft that has none yet.
func titleOf(s string) string {
	if s == "" {
		return "（还没有标题）"
	}
	return s
}

func itemPath(id publication.ItemID) string { return Root + "/items/" + string(id) }

// workPath is where one goes on with an item.
func workPath(row publication.Row) string {
	if row.Work == publication.Draft {
		return itemPath(row.ID) + "/edit"
	}
	return itemPath(row.ID)
}

// workState is the stage of editing as a tag, nil when nothing is being edited.
func workState(w publication.Work) *ui.State {
	kind := ui.Mute
	switch w {
	case publication.NoWork, "":
		return nil
	case publication.InReview:
		kind = ui.Note
	case publication.Ready:
		kind = ui.Warn
	case publication.Scheduled:
		kind = ui.Note
	}
	return &ui.State{Kind: kind, Say: w.Name()}
}

// faceState is what the public sees as a tag.
func faceState(f publication.Face) *ui.State {
	kind := ui.Mute
	switch f {
	case publication.Public, publication.Archived:
		kind = ui.Good
	case publication.Withdrawn:
		kind = ui.Bad
	case publication.Kept:
		kind = ui.Note
	}
	return &ui.State{Kind: kind, Say: f.Name()}
}

// validityState is the validity of a document as a tag, nil for other items.
func validityState(v publication.Validity) *ui.State {
	kind := ui.Good
	switch v {
	case "":
		return nil
	case publication.Pending, publication.Amended:
		kind = ui.Note
	case publication.Expired, publication.Repealed:
		kind = ui.Bad
	}
	return &ui.State{Kind: kind, Say: v.Name()}
}

func itemTable(t tab, rows []publication.Row, tree *org.Tree, here *url.URL, f publication.Filter, now time.Time) ui.Table {
	sorted := func(text string, order publication.Order) ui.Column {
		value := string(order)
		if order == publication.Newest {
			value = "newest"
		}
		u, err := web.Query(here.RequestURI(), "order", value, "page", "")
		if err != nil {
			u = here.RequestURI()
		}
		col := ui.Column{Text: text, SortURL: u}
		if f.Order == order {
			col.Sorted = "descending"
			if order == publication.ByTitle {
				col.Sorted = "ascending"
			}
		}
		return col
	}
	table := ui.Table{Caption: "信息列表：" + t.name, Walk: true, Columns: []ui.Column{
		sorted("标题", publication.ByTitle), {Text: "状态"}, {Text: "单位"}, {Text: "类别"}, sorted("成文", publication.MadeLast), sorted("发布", publication.Newest), sorted("最近办理", publication.Touched),
	}}
	today := workday.Today(now)
	for _, row := range rows {
		state := workState(row.Work)
		if state == nil {
			state = faceState(row.Face)
			if v := validityState(row.ValidityOn(today)); v != nil && row.Face.Seen() && v.Kind != ui.Good {
				state = v
			}
		}
		note := row.DocNo
		if row.Work != publication.NoWork && row.Face.Seen() {
			note = joinNote(note, "公开的版本保持不变")
		}
		published := web.Date(row.Published)
		if row.Work == publication.Scheduled {
			published = web.Moment(row.PublishAt)
		}
		unit, err := tree.Get(row.Unit)
		name := unit.Short
		if err != nil || name == "" {
			name = tree.Name(row.Unit)
		}
		table.Rows = append(table.Rows, ui.Row{Cells: []ui.Cell{
			{Text: titleOf(row.Title), URL: workPath(row), Note: note}, {State: state}, {Text: name}, {Text: row.Kind.Name()},
			{Text: row.Made.String()}, {Text: published}, {Text: web.Date(row.Touched)},
		}})
	}
	return table
}

func joinNote(a, b string) string {
	if a == "" {
		return b
	}
	return a + "；" + b
}
