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
	"gongkai/workday"
)

// line shows one line of a register with what was done to it.
func (c *Console) line(w http.ResponseWriter, r *http.Request) error {
	return c.showLine(w, r, http.StatusOK, ui.Confirm{})
}

// showLine shows a line, with what was wrong with the reason of an act.
func (c *Console) showLine(w http.ResponseWriter, r *http.Request, status int, refused ui.Confirm) error {
	by := actorOf(r)
	var p detailPage
	err := c.read(r, func(tx *db.Tx) error {
		l, tree, err := lineOf(tx, r, identity.RegisterRead)
		if err != nil {
			return err
		}
		b, err := bookOfLine(tree, l)
		if err != nil {
			return err
		}
		p = detailPage{Console: c.frame(w, r, tree, lineName(l), b.home(), ui.Link{Text: b.Title, URL: b.path("")})}
		p.Facts = []ui.Fact{{Name: "台账", Say: b.Title}, {Name: "单位", Say: b.unit.Name}}
		if l.Total {
			p.Facts = append(p.Facts, ui.Fact{Name: "类型", Say: "汇总数"})
		}
		for _, col := range b.ColumnsFor(l.Total) {
			if v := l.Say(col); v != "" {
				p.Facts = append(p.Facts, ui.Fact{Name: col.Label, Say: v, Wide: col.Kind == register.Long})
			}
		}
		if l.State == register.Struck {
			p.State = &ui.State{Kind: ui.Bad, Say: "已作废"}
			p.Facts = append(p.Facts, ui.Fact{Name: "作废理由", Say: l.Why, Wide: true})
		} else if by.Can(identity.RegisterWrite, l.Unit) {
			p.Acts = lineActs(l, refused)
		}
		p.Past, err = linePast(tx, l)
		return err
	})
	if err != nil {
		return err
	}
	return c.templates.Render(w, r, status, "detail", p)
}

func lineOf(tx *db.Tx, r *http.Request, right identity.Right) (register.Line, *org.Tree, error) {
	l, err := register.Get(tx, register.LineID(r.PathValue("id")))
	if err != nil {
		return l, nil, err
	}
	if err := actorOf(r).Check(right, l.Unit); err != nil {
		return l, nil, err
	}
	tree, err := org.Load(tx)
	return l, tree, err
}

func bookOfLine(tree *org.Tree, l register.Line) (book, error) {
	u, err := tree.Get(l.Unit)
	return book{register.ByID(l.Book), u, l.Year()}, err
}

func lineActs(l register.Line, refused ui.Confirm) []ui.Act {
	edit := ui.Act{Title: "修改", Say: "修改以后，原来的内容仍可查到。", URL: linePath(l.ID) + "/edit", Kind: "primary"}
	if b := register.ByID(l.Book); b.Spans && l.Open() && b.ID != "document" {
		edit.Title, edit.Say = "登记办理结果", "补上结果和日期，或者修改其他内容。"
	}
	return []ui.Act{edit, {Say: "作废的条目不再计入年报，但仍可查到。", Ask: &ui.Confirm{Open: "作废", Say: "作废以后不能恢复，登记有误的也可以直接修改。确实作废吗？", URL: linePath(l.ID) + "/strike", Yes: "确认作废",
		Hidden: []ui.Hidden{{Name: "n", Value: strconv.Itoa(l.N)}}, Reason: "作废理由", Hint: "如：重复登记、不是本单位作出的", Danger: true, Wrong: refused.Wrong, Typed: refused.Typed}}}
}

var versionWords = map[string]struct{ say, kind string }{
	"add": {"登记", ui.Good}, "import": {"导入", ui.Good}, "change": {"修改", ui.Note}, "strike": {"作废", ui.Bad},
}

// linePast is what was done to a line, the latest first.
func linePast(tx *db.Tx, l register.Line) ([]ui.Event, error) {
	all, err := register.History(tx, l)
	if err != nil {
		return nil, err
	}
	var who []string
	for _, v := range all {
		who = append(who, string(v.By))
	}
	names, err := identity.Names(tx, who...)
	if err != nil {
		return nil, err
	}
	var out []ui.Event
	for i := len(all) - 1; i >= 0; i-- {
		v := all[i]
		var say []string
		for _, ch := range v.Changes {
			say = append(say, fmt.Sprintf("%s：%s → %s", ch.Column, orEmpty(ch.From), orEmpty(ch.To)))
		}
		if v.Why != "" {
			say = append(say, "理由："+v.Why)
		}
		word := versionWords[v.Act]
		name := names[string(v.By)]
		if name == "" {
			name = "系统"
		}
		out = append(out, ui.Event{Time: web.Moment(v.At), Machine: web.Machine(v.At), Title: word.say, Kind: word.kind, Who: name, Say: strings.Join(say, "；")})
	}
	return out, nil
}

func orEmpty(s string) string {
	if s == "" {
		return "（空）"
	}
	return s
}

// lineQuestions asks for the columns of a line.
func lineQuestions(f *web.Form, b *register.Book, total bool) []question {
	a := asker{f}
	var all []question
	for _, c := range b.ColumnsFor(total) {
		var q question
		switch c.Kind {
		case register.Long:
			q = a.ask("textarea", c.ID, c.Label, lines(3))
		case register.Day:
			q = a.ask("date", c.ID, c.Label)
		case register.Choice:
			var options []ui.Option
			for _, o := range c.Options {
				options = append(options, ui.Option{Value: o.ID, Text: o.Say(), Group: o.Group})
			}
			as := "radios"
			if len(options) > 7 || c.Optional {
				as = "select"
				options = append([]ui.Option{{Value: "", Text: "请选择"}}, options...)
			}
			q = a.ask(as, c.ID, c.Label, choose(options))
		case register.Pieces, register.Period, register.Money:
			q = a.ask("input", c.ID, c.Label, narrow(12))
		case register.Number:
			q = a.ask("input", c.ID, c.Label, narrow(20))
		default:
			q = a.ask("input", c.ID, c.Label)
		}
		q.Hint, q.Optional = lineHint(c), c.Optional
		all = append(all, q)
	}
	return all
}

// lineHint is how to fill a column in, with an example where there is no choice.
func lineHint(c register.Column) string {
	h := c.Hint
	if c.Example != "" && c.Kind != register.Choice && c.Kind != register.Day && c.Kind != register.Period {
		h = strings.TrimPrefix(h+"。如："+c.Example, "。")
	}
	return h
}

func (c *Console) newLine(w http.ResponseWriter, r *http.Request) error {
	p, err := c.lineForm(w, r, web.NewForm(r.URL.Query()), r.URL.Query())
	if err != nil {
		return err
	}
	return c.show(w, r, "form", p)
}

// lineForm asks for a new line.
func (c *Console) lineForm(w http.ResponseWriter, r *http.Request, f *web.Form, v url.Values) (p formPage, err error) {
	tree, err := c.tree(r)
	if err != nil {
		return p, err
	}
	b, err := bookOf(r, tree, v, identity.RegisterWrite)
	if err != nil {
		return p, err
	}
	total := v.Get("total") == "1" && b.Totals
	title, other := "登记一条："+b.Title, "登记汇总数"
	if total {
		title, other = "登记汇总数："+b.Title, "逐条登记"
	}
	p = formPage{Console: c.frame(w, r, tree, title, b.home(), ui.Link{Text: b.Title, URL: b.path("")}), Form: f, Action: Root + "/registers/" + string(b.ID) + "/new",
		Button: "登记", Other: "登记并继续下一条", Back: b.path(""), Hidden: b.hidden()}
	p.Lead = b.unit.Name + "。" + b.Help
	p.Groups = []group{{Questions: lineQuestions(f, b.Book, total)}}
	link := b.path("/new")
	if total {
		p.Hidden = append(p.Hidden, ui.Hidden{Name: "total", Value: "1"})
	} else {
		link += "&total=1"
	}
	if b.Totals {
		p.After = []ui.Act{{Title: other, URL: link, Say: map[bool]string{false: "件数很多时，不必逐件登记，可以登记每月或者全年的总数，写明数据来源。", true: "件数不多时，逐件登记更便于核对。"}[total]}}
	}
	return p, nil
}

func (c *Console) addLine(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	v := url.Values{"unit": f.Values("unit"), "year": f.Values("year"), "total": f.Values("total")}
	again := func() (formPage, error) { return c.lineForm(w, r, f, v) }
	b := register.ByID(register.BookID(r.PathValue("book")))
	if b == nil {
		return fault.Say(fault.NotFound, "没有这种台账")
	}
	e := register.Entry{Unit: org.ID(f.Text("unit")), Book: b.ID, Total: f.Text("total") == "1", Values: valuesOf(f, b)}
	id, err := c.Registers.Add(r.Context(), actorOf(r), e)
	if err != nil {
		return c.formAgain(w, r, f, err, again)
	}
	if f.Text("act") == "other" {
		next := url.Values{"unit": f.Values("unit"), "year": f.Values("year")}
		if e.Total {
			next.Set("total", "1")
		}
		return c.said(w, r, Root+"/registers/"+string(b.ID)+"/new?"+next.Encode(), sayLineAdded)
	}
	return c.said(w, r, linePath(id), sayLineAdded)
}

func valuesOf(f *web.Form, b *register.Book) register.Values {
	v := register.Values{}
	for _, c := range b.Columns {
		if s := f.Text(c.ID); s != "" {
			v[c.ID] = s
		}
	}
	return v
}

func (c *Console) editLine(w http.ResponseWriter, r *http.Request) error {
	p, err := c.editForm(w, r, nil)
	if err != nil {
		return err
	}
	return c.show(w, r, "form", p)
}

// editForm shows a line to be changed; a form that was refused is shown as it was.
func (c *Console) editForm(w http.ResponseWriter, r *http.Request, f *web.Form) (p formPage, err error) {
	err = c.read(r, func(tx *db.Tx) error {
		l, tree, err := lineOf(tx, r, identity.RegisterWrite)
		if err != nil {
			return err
		}
		b, err := bookOfLine(tree, l)
		if err != nil {
			return err
		}
		if f == nil {
			f = web.NewForm(nil).Set("n", strconv.Itoa(l.N))
			for k, v := range l.Values {
				f.Set(k, v)
			}
		}
		p = formPage{Console: c.frame(w, r, tree, "修改："+lineName(l), b.home(), ui.Link{Text: b.Title, URL: b.path("")}), Form: f, Action: linePath(l.ID) + "/edit",
			Button: "保存修改", Back: linePath(l.ID), Hidden: []ui.Hidden{{Name: "n", Value: f.Value("n")}}}
		a := asker{f}
		p.Groups = []group{{Questions: lineQuestions(f, b.Book, l.Total)}}
		if l.Year() < workday.Today(tx.Now).Year() {
			p.Groups = append(p.Groups, group{Title: "为什么改", Say: "往年的数字可能已经报出，请写明改动的原因。", Questions: []question{a.ask("textarea", "why", "修改的原因", lines(2), optional)}})
		}
		return nil
	})
	return p, err
}

func (c *Console) changeLine(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	var l register.Line
	err = c.read(r, func(tx *db.Tx) (err error) {
		l, _, err = lineOf(tx, r, identity.RegisterWrite)
		return err
	})
	if err != nil {
		return err
	}
	n, _ := strconv.Atoi(f.Text("n"))
	err = c.Registers.Change(r.Context(), actorOf(r), l.ID, n, valuesOf(f, register.ByID(l.Book)), f.Text("why"))
	if err != nil {
		return c.formAgain(w, r, f, err, func() (formPage, error) { return c.editForm(w, r, f) })
	}
	return c.said(w, r, linePath(l.ID), sayLineChanged)
}

func (c *Console) strikeLine(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	id := register.LineID(r.PathValue("id"))
	n, _ := strconv.Atoi(f.Text("n"))
	err = c.Registers.Strike(r.Context(), actorOf(r), id, n, f.Text("why"))
	if fault.KindOf(err) == fault.Invalid {
		return c.showLine(w, r, web.StatusOf(err), ui.Confirm{Wrong: fault.Sentence(err), Typed: f.Value("why")})
	}
	if err != nil {
		return err
	}
	return c.said(w, r, linePath(id), sayLineStruck)
}
