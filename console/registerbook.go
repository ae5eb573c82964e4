package console

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/org"
	"gongkai/register"
)

// shows are the sides of a book.
var shows = []struct {
	code register.Show
	name string
	fits func(*register.Book) bool
}{
	{register.ShowValid, "全部", func(*register.Book) bool { return true }},
	{register.ShowOpen, "未办结", func(b *register.Book) bool { return b.Spans }},
	{register.ShowTotals, "汇总数", func(b *register.Book) bool { return b.Totals }},
	{register.ShowStruck, "已作废", func(*register.Book) bool { return true }},
}

// showName says a side of a book in its own words.
func showName(b *register.Book, code register.Show, name string) string {
	if code == register.ShowOpen && b.ID == "document" {
		return "现行有效"
	}
	return name
}

// registerBook lists the lines of a book, or those that one figure of the
// annual report counts (fact).
func (c *Console) registerBook(w http.ResponseWriter, r *http.Request) error {
	return c.showBook(w, r, http.StatusOK, r.URL.Query(), ui.Confirm{})
}

// showBook lists a book, with what was wrong with the reason of an act.
func (c *Console) showBook(w http.ResponseWriter, r *http.Request, status int, q url.Values, refused ui.Confirm) error {
	by := actorOf(r)
	page, _ := strconv.Atoi(q.Get("page"))
	page = max(page, 1)
	var p listPage
	err := c.read(r, func(tx *db.Tx) error {
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		b, err := bookOf(r, tree, q, identity.RegisterRead)
		if err != nil {
			return err
		}
		p = listPage{Console: c.frame(w, r, tree, fmt.Sprintf("%s（%d年）", b.Title, b.year), b.home()), FilterURL: Root + "/registers/" + string(b.ID), FilterDo: "查找"}
		p.Lead = b.unit.Name + "。" + b.Help
		p.Keep = b.hidden()
		if fact := q.Get("fact"); fact != "" {
			return p.fact(tx, r, b, fact, page)
		}
		if err := p.status(tx, by, b, refused); err != nil {
			return err
		}
		f := filterOf(b, q)
		f.Page = page
		rows, total, err := register.List(tx, f)
		if err != nil {
			return err
		}
		p.Table = lineTable(b, rows, nil)
		p.Pages = ui.NewPages(r.URL.RequestURI(), page, register.PageSize, int64(total), "条")
		return p.sides(b.path("")+"&q="+url.QueryEscape(f.Text)+"&show="+url.QueryEscape(string(f.Show)), by, b, f)
	})
	if err != nil {
		return err
	}
	return c.templates.Render(w, r, status, "list", p)
}

func filterOf(b book, q url.Values) register.Filter {
	return register.Filter{Unit: b.unit.ID, Book: b.ID, Year: b.year, Show: register.Show(q.Get("show")), Text: q.Get("q")}
}

// status says how far the book is and what may be done with it as a whole.
func (p *listPage) status(tx *db.Tx, by identity.Actor, b book, refused ui.Confirm) error {
	all, err := register.StatusOf(tx, b.unit.ID, b.year)
	if err != nil {
		return err
	}
	var s register.Status
	for _, one := range all {
		if one.Book == b.ID {
			s = one
		}
	}
	state := bookState(s)
	banner := ui.Banner{Kind: state.Kind, Title: state.Say, Say: fmt.Sprintf("%d年共登记%d条，计%s%s。", b.year, s.Lines, web.Count(s.Quantity), b.Book.Unit)}
	switch {
	case s.Closed():
		banner.Say += "封账以后不能增加、修改或者作废。"
	case s.State == register.Blank:
		banner.Say = b.Book.Begin
	case s.State == register.Declared:
		banner.Kind, banner.Say = ui.Note, fmt.Sprintf("已声明%d年%s，年报按零统计。发现有的直接登记，声明自动失效。", b.year, b.None)
	}
	if s.Why != "" && !s.Closed() {
		banner.Say += "曾封账后重新打开，理由：" + s.Why
	}
	p.Banner = &banner
	post := func(verb string) string { return Root + "/registers/" + string(b.ID) + "/" + verb }
	write, lock := by.Can(identity.RegisterWrite, b.unit.ID), by.Can(identity.RegisterLock, b.unit.ID)
	switch {
	case s.Closed() && (lock || write && !s.Locked()):
		p.Acts = append(p.Acts, ui.Act{Ask: &ui.Confirm{Open: "重新打开", Say: "重新打开以后可以更正，更正会留下记录。年报已经报出的，应当同时更正年报。", URL: post("reopen"), Yes: "确认打开", Hidden: b.hidden(), Reason: "理由", Hint: "如：漏登一件，经办科室书面说明", Wrong: refused.Wrong, Typed: refused.Typed}})
	case s.Closed():
	default:
		if write && s.State == register.Blank {
			p.Acts = append(p.Acts, ui.Act{Ask: noneOf(b)})
		}
		if write && s.State == register.Declared {
			p.Acts = append(p.Acts, ui.Act{Title: "取消“本年无”", Say: "取消以后，这本台账回到尚未登记。", URL: post("undeclare"), Post: true, Kind: "secondary", Hidden: b.hidden()})
		}
		if (write || lock) && s.State != register.Blank && b.year < tx.Now.In(beijing).Year() {
			p.Acts = append(p.Acts, ui.Act{Ask: &ui.Confirm{Open: "封账", Say: "封账以后不能增加、修改或者作废；确需更正的，写明理由重新打开。", URL: post("close"), Yes: "确认封账", Hidden: b.hidden()}})
		}
	}
	if write && !s.Closed() {
		p.Links = append(p.Links, waysOf(b)...)
	}
	return nil
}

// sides are the tabs, the search and the exports of a list.
func (p *listPage) sides(here string, by identity.Actor, b book, f register.Filter) error {
	p.Tabs.Label = "按情况查看"
	for _, s := range shows {
		if !s.fits(b.Book) {
			continue
		}
		u, err := web.Query(here, "show", string(s.code), "page", "")
		if err != nil {
			return err
		}
		p.Tabs.Links = append(p.Tabs.Links, ui.Link{Text: showName(b.Book, s.code, s.name), URL: u, Current: s.code == f.Show})
	}
	a := asker{web.NewForm(url.Values{"q": {f.Text}})}
	p.Keep = append(p.Keep, ui.Hidden{Name: "show", Value: string(f.Show)})
	p.Filters = []question{a.ask("input", "q", "编号、事项或者备注中的词", typed("search"), optional)}
	p.Empty = ui.Empty{Title: "还没有登记", Say: b.Book.Begin}
	if by.Can(identity.RegisterWrite, b.unit.ID) {
		p.Empty.Links = waysOf(b)
	}
	if f.Text != "" || f.Show != "" {
		p.Empty = ui.Empty{Title: "没有符合条件的", Say: "可以换一个词，或者看看其他情况。"}
		p.ClearURL = b.path("")
	}
	_, rest, _ := strings.Cut(here, "?")
	rest = "?" + rest
	p.Links = append(p.Links, ui.Link{Text: "导出 Excel", URL: Root + "/registers/" + string(b.ID) + "/lines.xlsx" + rest}, ui.Link{Text: "导出 CSV", URL: Root + "/registers/" + string(b.ID) + "/lines.csv" + rest})
	return nil
}

// fact shows the lines that a figure counts.
func (p *listPage) fact(tx *db.Tx, r *http.Request, b book, name string, page int) error {
	f, ok := register.FactByName(name)
	if !ok || f.Book != b.ID {
		return fault.Say(fault.NotFound, "没有这个统计项目")
	}
	all, err := register.Count(tx, b.unit.ID, b.year)
	if err != nil {
		return err
	}
	rows, total, err := register.Lines(tx, b.unit.ID, b.year, name, page)
	if err != nil {
		return err
	}
	say := "还不知道：这本台账没有登记，也没有声明本年无"
	if n, known := all[name]; known {
		say = factText(f, n)
	}
	p.Banner = &ui.Banner{Kind: ui.Note, Title: f.Title + "：" + say, Say: fmt.Sprintf("%s%d年。下面是这个数字统计的全部条目，合计等于这个数字。", b.unit.Name, b.year)}
	p.Lead = ""
	p.Table = lineTable(b, rows, &f)
	p.Pages = ui.NewPages(r.URL.RequestURI(), page, register.PageSize, int64(total), "条")
	p.Empty = ui.Empty{Title: "没有条目", Say: "这个数字没有统计到任何一条。"}
	p.Links = []ui.Link{{Text: "看整本台账", URL: b.path("")}}
	return nil
}

// factText writes a fact with its unit.
func factText(f register.Fact, n int64) string {
	if f.Money {
		return register.MoneyText(n) + "元"
	}
	return web.Count(n)
}

// lineTable lists lines of a book; single lines and totals share the columns
// that mean the same. Of a fact a last column says what each adds to it.
func lineTable(b book, rows []register.Line, f *register.Fact) ui.Table {
	t := ui.Table{Caption: fmt.Sprintf("%s的条目（%d年）", b.Title, b.year), Walk: true, Columns: []ui.Column{{Text: "条目"}}}
	columns := b.listColumns()
	for _, c := range columns {
		t.Columns = append(t.Columns, ui.Column{Text: c.Label, Number: c.Kind == register.Money || c.Kind == register.Pieces})
	}
	if f != nil {
		t.Columns = append(t.Columns, ui.Column{Text: "计入", Number: true})
	}
	for _, l := range rows {
		head := ui.Cell{Text: lineName(l), URL: linePath(l.ID)}
		if l.Total {
			head.Note = "汇总数，来源：" + l.Values["source"]
		}
		if l.State == register.Struck {
			head.State = &ui.State{Kind: ui.Bad, Say: "已作废"}
			head.Note = l.Why
		}
		row := ui.Row{Cells: []ui.Cell{head}}
		for _, c := range columns {
			row.Cells = append(row.Cells, lineCell(l, c))
		}
		if f != nil {
			row.Cells = append(row.Cells, ui.Cell{Text: factText(*f, l.Counts)})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// listColumns are the columns of a list: those of a single line but its number,
// and the quantity where there are totals.
func (b book) listColumns() []register.Column {
	var all []register.Column
	quantity := false
	for _, c := range b.ColumnsFor(false) {
		if c.Kind != register.Number && !c.Hide {
			all = append(all, c)
			quantity = quantity || c.Kind == register.Pieces
		}
	}
	if b.Totals && !quantity {
		for _, c := range b.ColumnsFor(true) {
			if c.Kind == register.Pieces {
				all = append(all, c)
			}
		}
	}
	return all
}

func lineCell(l register.Line, c register.Column) ui.Cell {
	switch {
	case c.Kind == register.Pieces:
		return ui.Cell{Text: web.Count(l.Quantity)}
	case l.Total:
		// What a total calls otherwise stands in the same place.
		for _, other := range register.ByID(l.Book).ColumnsFor(true) {
			if other.ID == c.ID || c.Place != "" && other.Place == c.Place {
				c = other
				break
			}
		}
	}
	s := l.Say(c)
	if s == "" && c.Kind == register.Choice && c.Optional {
		return ui.Cell{Text: "—"}
	}
	return ui.Cell{Text: s}
}

// lineName is what a line is called: its number, or its day.
func lineName(l register.Line) string {
	if !l.Total && l.No != "" {
		return l.No
	}
	b := register.ByID(l.Book)
	for _, c := range b.ColumnsFor(l.Total) {
		if c.Kind == register.Day || c.Kind == register.Period {
			return l.Say(c)
		}
	}
	return b.Title
}

func linePath(id register.LineID) string { return Root + "/lines/" + string(id) }

// exported are the lines of a list without pages.
func (c *Console) exported(r *http.Request) (b book, rows []register.Line, err error) {
	err = c.read(r, func(tx *db.Tx) error {
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		if b, err = bookOf(r, tree, r.URL.Query(), identity.RegisterRead); err != nil {
			return err
		}
		rows, _, err = register.List(tx, filterOf(b, r.URL.Query()))
		return err
	})
	return b, rows, err
}

const sheetType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

func (c *Console) linesXLSX(w http.ResponseWriter, r *http.Request) error {
	b, rows, err := c.exported(r)
	if err != nil {
		return err
	}
	data, err := register.Workbook(b.Book, rows)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Disposition", "attachment; filename*=UTF-8''"+percent(fmt.Sprintf("%s%s（%d年）.xlsx", b.unit.Short, b.Title, b.year)))
	return web.Write(w, r, http.StatusOK, sheetType, data)
}

func (c *Console) linesCSV(w http.ResponseWriter, r *http.Request) error {
	b, rows, err := c.exported(r)
	if err != nil {
		return err
	}
	head := []string{"条目", "类型"}
	columns := b.Columns
	for _, col := range columns {
		head = append(head, col.Label)
	}
	table := [][]string{append(head, "状态", "作废理由")}
	for _, l := range rows {
		kind, state := "单条", "有效"
		if l.Total {
			kind = "汇总数"
		}
		if l.State == register.Struck {
			state = "已作废"
		}
		row := []string{lineName(l), kind}
		for _, col := range columns {
			row = append(row, l.Say(col))
		}
		table = append(table, append(row, state, l.Why))
	}
	return sendCSV(w, r, fmt.Sprintf("%s%s（%d年）.csv", b.unit.Short, b.Title, b.year), table)
}

// templateXLSX hands out the sheet that a unit fills in.
func (c *Console) templateXLSX(w http.ResponseWriter, r *http.Request) error {
	b := register.ByID(register.BookID(r.PathValue("book")))
	if b == nil {
		return fault.Say(fault.NotFound, "没有这种台账")
	}
	data, err := register.Workbook(b, nil)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Disposition", "attachment; filename*=UTF-8''"+percent(b.Title+"导入模板.xlsx"))
	return web.Write(w, r, http.StatusOK, sheetType, data)
}
