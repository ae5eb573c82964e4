package console

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/org"
	"gongkai/register"
	"gongkai/workday"
)

// What the pages of the registers say to people.
const (
	sayLineAdded     = "已登记"
	sayLineChanged   = "已保存修改，修改前的内容仍可查到"
	sayLineStruck    = "已作废，不再计入年报"
	sayNoneDeclared  = "已声明本年无，年报按零统计"
	sayNoneTakenBack = "已取消声明"
	sayBookClosed    = "已封账"
	sayBookReopened  = "已重新打开，可以更正"
	sayAllClosed     = "已登记的台账全部封账"
	sayStillBlank    = "已登记的台账已经封账，还有%d本没有登记"
	sayImported      = "已导入%d条"
	sayNoUnitForBook = "您没有可以登记台账的单位"
	sayChooseSheet   = "请选择要导入的文件"
	sayBadRows       = "没有收到要导入的内容，请重新上传文件"
)

const firstRegisterYear = 2019 // of the first form of the annual report

// book is which unit's book of which year a page is about.
type book struct {
	*register.Book
	unit org.Unit
	year int
}

// query is the part of an address that names unit and year.
func (b book) query() string {
	return "unit=" + url.QueryEscape(string(b.unit.ID)) + "&year=" + strconv.Itoa(b.year)
}

func (b book) path(below string) string {
	p := Root + "/registers"
	if b.Book != nil {
		p += "/" + string(b.ID)
	}
	return p + below + "?" + b.query()
}

func (b book) hidden() []ui.Hidden {
	return []ui.Hidden{{Name: "unit", Value: string(b.unit.ID)}, {Name: "year", Value: strconv.Itoa(b.year)}}
}

func (b book) home() ui.Link {
	return ui.Link{Text: "台账", URL: Root + "/registers?" + b.query()}
}

// bookOf finds out which unit and year are asked for, by default the person's
// own unit and the year they are at work on: until March that is the last one.
// It fails with NotFound for a book that does not exist and Forbidden for a unit
// out of reach.
func bookOf(r *http.Request, tree *org.Tree, v url.Values, right identity.Right) (b book, err error) {
	by := actorOf(r)
	if id := r.PathValue("book"); id != "" {
		if b.Book = register.ByID(register.BookID(id)); b.Book == nil {
			return b, fault.Say(fault.NotFound, "没有这种台账")
		}
	}
	today := workday.Today(web.Now(r))
	if b.year, err = strconv.Atoi(v.Get("year")); err != nil || b.year < firstRegisterYear || b.year > today.Year() {
		b.year = today.Year()
		if today.Month() <= time.March {
			b.year--
		}
	}
	id := org.ID(v.Get("unit"))
	if id == "" {
		id = by.Unit
		if !by.Can(right, id) {
			for _, l := range inTree(tree, by.Scope(right)) {
				id = l.unit.ID
				break
			}
		}
	}
	if err := by.Check(right, id); err != nil {
		return b, err
	}
	b.unit, err = tree.Get(id)
	return b, err
}

// registerPage is the books of a unit and year.
type registerPage struct {
	ui.Console
	Lead    string
	Form    *web.Form
	Units   *question
	Years   question
	Banner  *ui.Banner
	Missing []missingBook
	Kept    ui.Table
	Others  []ui.Link
	Acts    []ui.Act
	All     ui.Table // of the units below, for the office
}

// missingBook is a book that the report needs and of which nothing is known.
type missingBook struct {
	ID, Title, Place, Help, Begin string
	Ways                          []ui.Link   // of beginning
	None                          *ui.Confirm // declares that there was nothing; nil for readers
}

func (c *Console) registers(w http.ResponseWriter, r *http.Request) error {
	by, q := actorOf(r), r.URL.Query()
	var p registerPage
	err := c.read(r, func(tx *db.Tx) error {
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		b, err := bookOf(r, tree, q, identity.RegisterRead)
		if err != nil {
			return err
		}
		p = registerPage{Console: c.frame(w, r, tree, "台账"), Form: web.NewForm(q)}
		p.Lead = fmt.Sprintf("%s，%d年。年度报告里的数字从这里来：每个数字都能打开，看到它统计的每一条。", b.unit.Name, b.year)
		// The office looks at everybody first: it keeps no books of its own.
		office := by.CanAny(identity.RegisterLock)
		overview := office && q.Get("unit") == "" && !by.CanAny(identity.RegisterWrite)
		p.choices(tree, by, b, workday.Today(tx.Now).Year(), overview)
		if office {
			if err := p.units(tx, tree, by.Scope(identity.RegisterLock), b.year); err != nil {
				return err
			}
		}
		if overview {
			p.Lead = fmt.Sprintf("%d年各单位台账登记到哪一步、还缺什么。年度报告里的数字从台账来。", b.year)
			return nil
		}
		all, err := register.StatusOf(tx, b.unit.ID, b.year)
		if err != nil {
			return err
		}
		p.books(by, b, all)
		if b.year < workday.Today(tx.Now).Year() {
			p.closing(by, b, all)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return c.show(w, r, "register", p)
}

// choices are unit and year.
func (p *registerPage) choices(tree *org.Tree, by identity.Actor, b book, last int, all bool) {
	p.Form.Set("unit", string(b.unit.ID)).Set("year", strconv.Itoa(b.year))
	a := asker{p.Form}
	var years []ui.Option
	for y := last; y >= firstRegisterYear; y-- {
		years = append(years, ui.Option{Value: strconv.Itoa(y), Text: fmt.Sprintf("%d年", y)})
	}
	p.Years = a.ask("select", "year", "年份", choose(years), narrow(8))
	if units := scopeUnits(tree, by.Scope(identity.RegisterRead)); len(units) > 1 {
		if by.CanAny(identity.RegisterLock) && !by.CanAny(identity.RegisterWrite) {
			units = append([]ui.Option{{Text: "全部单位"}}, units...)
		}
		if all {
			p.Form.Set("unit", "")
		}
		q := a.ask("select", "unit", "单位", choose(units))
		p.Units = &q
	}
}

// books sorts a unit's books into what is missing, what is kept and what the
// report does not ask for.
func (p *registerPage) books(by identity.Actor, b book, all []register.Status) {
	write := by.Can(identity.RegisterWrite, b.unit.ID)
	p.Kept = ui.Table{Caption: fmt.Sprintf("已经登记的台账（%d年）", b.year), Walk: true,
		Columns: []ui.Column{{Text: "台账"}, {Text: "状态"}, {Text: "条数", Number: true}, {Text: "数量", Number: true}, {Text: "未办结或者现行有效", Number: true}, {Text: "最近登记"}}}
	asked := 0
	for _, s := range all {
		one := book{register.ByID(s.Book), b.unit, b.year}
		if one.Asked(b.year) {
			asked++
		}
		switch {
		case s.State != register.Blank:
			p.Kept.Rows = append(p.Kept.Rows, keptRow(one, s))
		case one.Asked(b.year):
			m := missingBook{ID: string(one.ID), Title: one.Title, Place: one.Place, Help: one.Help, Begin: one.Book.Begin}
			if s.Carried > 0 {
				m.Begin = fmt.Sprintf("往年登记的有%d条延续到今年，会自动结转。今年有新的就登记，没有就选“本年无”。", s.Carried)
			}
			if write {
				m.Ways, m.None = waysOf(one), noneOf(one)
			}
			p.Missing = append(p.Missing, m)
		default:
			p.Others = append(p.Others, ui.Link{Text: one.Title, URL: one.path(""), Note: one.Place})
		}
	}
	switch {
	case len(p.Missing) == 0:
		p.Banner = &ui.Banner{Kind: ui.Good, Title: "台账齐了", Say: fmt.Sprintf("%d年年度报告需要的%d本台账都已经登记或者声明本年无。", b.year, asked)}
	case b.year == workdayYear(p.Years):
		p.Banner = &ui.Banner{Kind: ui.Note, Title: fmt.Sprintf("今年还有%d本台账没有登记", len(p.Missing)), Say: fmt.Sprintf("年度报告共需要%d本。平时随时登记，年底就不用再补。", asked)}
	default:
		p.Banner = &ui.Banner{Kind: ui.Warn, Title: fmt.Sprintf("还缺%d本台账", len(p.Missing)), Say: fmt.Sprintf("%d年年度报告共需要%d本。没有登记的，年报里对应的数字是空白，不会当作零。", b.year, asked)}
	}
}

// workdayYear is the present year, which stands first among the choices.
func workdayYear(years question) int {
	y, _ := strconv.Atoi(years.Options[0].Value)
	return y
}

// waysOf are the ways to write into a book.
func waysOf(b book) []ui.Link {
	ways := []ui.Link{{Text: "登记一条", URL: b.path("/new")}}
	if b.Totals {
		ways = append(ways, ui.Link{Text: "登记汇总数", URL: b.path("/new") + "&total=1"})
	}
	return append(ways, ui.Link{Text: "导入表格", URL: b.path("/import")})
}

func noneOf(b book) *ui.Confirm {
	return &ui.Confirm{Open: "本年无", Say: fmt.Sprintf("声明%s%d年%s。年报对应的数字按零统计；以后发现有的，直接登记就行，声明自动失效。", b.unit.Name, b.year, b.None),
		URL: Root + "/registers/" + string(b.ID) + "/declare", Yes: "确认本年无", Hidden: b.hidden(), Key: "-" + string(b.ID)}
}

func keptRow(b book, s register.Status) ui.Row {
	state := bookState(s)
	hand := ui.Cell{Text: "—"}
	if b.Spans {
		hand.Text = web.Count(int64(s.InHand))
	}
	last := "—"
	if at := s.At; !at.IsZero() || !s.Last.IsZero() {
		if s.Last.After(at) {
			at = s.Last
		}
		last = web.Moment(at)
	}
	quantity := web.Count(s.Quantity)
	if s.Quantity == 0 && s.State == register.Declared {
		quantity = "0"
	}
	return ui.Row{Cells: []ui.Cell{{Text: b.Title, URL: b.path(""), Note: b.Place}, {State: &state}, {Text: web.Count(int64(s.Lines))}, {Text: quantity, Note: b.Book.Unit}, hand, {Text: last}}}
}

// bookState says how far a book's year is.
func bookState(s register.Status) ui.State {
	switch {
	case s.Locked():
		return ui.State{Kind: ui.Good, Say: "主管部门已锁定"}
	case s.Closed():
		return ui.State{Kind: ui.Good, Say: "已封账"}
	case s.State == register.Declared:
		return ui.State{Kind: ui.Mute, Say: "本年无"}
	case s.State == register.Open:
		return ui.State{Kind: ui.Note, Say: "登记中"}
	}
	return ui.State{Kind: ui.Warn, Say: "尚未登记"}
}

// closing offers to close what is known of a year that is over.
func (p *registerPage) closing(by identity.Actor, b book, all []register.Status) {
	lock := by.Can(identity.RegisterLock, b.unit.ID)
	if !lock && !by.Can(identity.RegisterWrite, b.unit.ID) {
		return
	}
	for _, s := range all {
		if s.State != register.Blank && !s.Locked() && (lock || !s.Closed()) {
			say := "年报报出以前，核对无误后封账。封账以后不能再改；确需更正的，可以写明理由重新打开。"
			if lock {
				say = "锁定以后单位不能自行修改，需要更正时由政务公开主管部门打开。"
			}
			p.Acts = []ui.Act{{Say: say, Ask: &ui.Confirm{Open: fmt.Sprintf("%d年全部封账", b.year), Say: fmt.Sprintf("把%s%d年已经登记的台账全部封账？", b.unit.Name, b.year),
				URL: Root + "/registers/close", Yes: "确认封账", Hidden: b.hidden()}}}
			return
		}
	}
}

// units shows the office how far everybody below is.
func (p *registerPage) units(tx *db.Tx, tree *org.Tree, scope org.Scope, year int) error {
	all, err := register.Statuses(tx, scope, year)
	if err != nil {
		return err
	}
	p.All = ui.Table{Caption: fmt.Sprintf("各单位登记情况（%d年）", year), Note: "只统计这一年年度报告需要的台账", Walk: true,
		Columns: []ui.Column{{Text: "单位"}, {Text: "已登记", Number: true}, {Text: "其中本年无", Number: true}, {Text: "封账", Number: true}, {Text: "还缺"}}}
	for _, l := range inTree(tree, scope) {
		if !l.unit.Active || l.unit.Kind == org.Government {
			continue
		}
		var known, none, closed int
		var lacking []string
		for _, b := range register.Books() {
			if !b.Asked(year) {
				continue
			}
			s, ok := all[l.unit.ID][b.ID]
			if !ok || s.State == register.Blank {
				lacking = append(lacking, b.Title)
				continue
			}
			known++
			if s.State == register.Declared {
				none++
			}
			if s.Closed() {
				closed++
			}
		}
		lack := ui.Cell{Text: "—"}
		if len(lacking) > 0 {
			lack = ui.Cell{State: &ui.State{Kind: ui.Warn, Say: fmt.Sprintf("%d本", len(lacking))}, Note: strings.Join(lacking, "、")}
		}
		p.All.Rows = append(p.All.Rows, ui.Row{Cells: []ui.Cell{{Text: l.unit.Name, URL: Root + "/registers?" + book{unit: l.unit, year: year}.query()},
			{Text: strconv.Itoa(known)}, {Text: strconv.Itoa(none)}, {Text: strconv.Itoa(closed)}, lack}})
	}
	return nil
}

// registerTodos reminds, while reports are written, of the books of the last
// year that are still blank.
func registerTodos(tx *db.Tx, by identity.Actor) ([]ui.Todo, error) {
	today := workday.Today(tx.Now)
	if today.Month() > time.March || !by.Can(identity.RegisterWrite, by.Unit) {
		return nil, nil
	}
	year := today.Year() - 1
	all, err := register.StatusOf(tx, by.Unit, year)
	if err != nil {
		return nil, err
	}
	blank := int64(0)
	for _, s := range all {
		if s.State == register.Blank && register.ByID(s.Book).Asked(year) {
			blank++
		}
	}
	if blank == 0 {
		return nil, nil
	}
	return []ui.Todo{{Count: blank, Text: "本台账没有登记", URL: fmt.Sprintf("%s/registers?year=%d", Root, year), Note: fmt.Sprintf("编制%d年年度报告需要；没有发生的选“本年无”", year)}}, nil
}
