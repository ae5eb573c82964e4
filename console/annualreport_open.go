package console

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"gongkai/annualreport"
	"gongkai/annualreport/form"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/org"
	"gongkai/workday"
)

func (c *Console) newRound(w http.ResponseWriter, r *http.Request) error {
	p, err := c.roundForm(w, r, web.NewForm(r.URL.Query()))
	if err != nil {
		return err
	}
	return c.show(w, r, "form", p)
}

// reportedYear is the year that is usually reported on: until summer the last
// one, then the present one.
func reportedYear(today workday.Date) int {
	if today.Month() < time.July {
		return today.Year() - 1
	}
	return today.Year()
}

// roundForm asks for all that a round needs, with what is usual filled in.
func (c *Console) roundForm(w http.ResponseWriter, r *http.Request, f *web.Form) (p formPage, err error) {
	tree, err := c.tree(r)
	if err != nil {
		return p, err
	}
	p = formPage{Console: c.frame(w, r, tree, "开始一个年度的编报", ui.Link{Text: "年度报告", URL: Root + "/reports"}), Form: f, Action: Root + "/reports/new",
		Lead: "开始以后，每个报送单位和政府汇总各有一份年报，期限和剩余天数显示在各单位的工作台。台账里的数自动汇入表格。", Button: "开始编报", Back: Root + "/reports"}
	own := governments(tree, actorOf(r))
	if len(own) == 0 {
		return p, fault.Say(fault.Forbidden, "年报编报由政务公开主管部门在本级政府范围内组织，您没有这一级的权限")
	}
	if f.Value("unit") == "" {
		f.Set("unit", string(own[0].ID))
	}
	year, err := strconv.Atoi(f.Text("year"))
	if err != nil {
		year = reportedYear(workday.Today(web.Now(r)))
		if f.Text("year") == "" {
			f.Set("year", strconv.Itoa(year))
		}
	}
	units, whole, basis := annualreport.Ceilings(min(max(year, 2008), 2199))
	if len(f.Values("units")) == 0 {
		f.Set("units", units.String())
	}
	if len(f.Values("whole")) == 0 {
		f.Set("whole", whole.String())
	}
	if len(f.Values("form")) == 0 {
		f.Set("form", form.ForYear(year).ID+"/")
	}
	government := org.ID(f.Value("unit"))
	if len(f.Values("report")) == 0 {
		var usual []string
		for _, id := range annualreport.Usual(tree, government) {
			if u, err := tree.Get(id); err == nil && u.Active {
				usual = append(usual, string(id))
			}
		}
		f.Set("report", usual...)
	}
	a := asker{f}
	var whose []ui.Option
	for _, u := range own {
		whose = append(whose, ui.Option{Value: string(u.ID), Text: u.Name})
	}
	first := group{Questions: []question{a.ask("select", "unit", "哪一级政府", choose(whose), narrow(20)), a.ask("input", "year", "报告年度", hint("统计期限为当年1月1日至12月31日。"), narrow(4))}}
	var forms []ui.Option
	for _, l := range form.All() {
		text := l.Name
		if l.Variant != "" {
			text += "（" + l.Variant + "）"
		}
		span := fmt.Sprintf("%d年度起使用", l.From)
		if l.To > 0 {
			span = fmt.Sprintf("%d年度至%d年度使用", l.From, l.To)
		}
		forms = append(forms, ui.Option{Value: l.ID + "/" + l.Variant, Text: text, Hint: joinNote(l.Source, span)})
	}
	dates := group{Title: "期限", Say: fmt.Sprintf("法律规定的最后期限：各单位%s，县级以上人民政府%s（%s）。可以提前，不能推后。", units.Chinese(), whole.Chinese(), basis),
		Questions: []question{a.ask("date", "units", "各单位最晚在哪天报送"), a.ask("date", "whole", "政府汇总年报最晚在哪天完成")}}
	var who []ui.Option
	for _, l := range inTree(tree, org.Under(government)) {
		if l.unit.Active {
			who = append(who, ui.Option{Value: string(l.unit.ID), Text: strings.Repeat("　", l.depth) + l.unit.Name})
		}
	}
	p.Groups = []group{first, {Title: "表样", Questions: []question{a.ask("radios", "form", "使用哪一种表样", choose(forms))}}, dates,
		{Title: "报送单位", Say: "没有选中的机构，它的台账计入上一级单位的年报。", Questions: []question{a.ask("checks", "report", "哪些单位单独报送", choose(who))}},
		{Title: "通知", Questions: []question{a.ask("textarea", "note", "告诉各单位的话", optional, lines(3), hint("如：先核对台账，再起草正文。显示在各单位的年报上。"))}}}
	return p, nil
}

func (c *Console) openRound(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	plan := annualreport.Plan{Unit: org.ID(f.Text("unit")), Note: f.Text("note"), Report: []org.ID{}}
	plan.Year = int(f.Int("year"))
	plan.Units, plan.Whole = formDate(f, "units"), formDate(f, "whole")
	plan.Form, plan.Variant, _ = strings.Cut(f.Text("form"), "/")
	for _, id := range f.Values("report") {
		plan.Report = append(plan.Report, org.ID(id))
	}
	again := func() (formPage, error) { return c.roundForm(w, r, f) }
	if err := f.Err(); err != nil {
		p, perr := again()
		if perr != nil {
			return perr
		}
		return c.templates.Render(w, r, http.StatusUnprocessableEntity, "form", p)
	}
	if tree, err := c.tree(r); err != nil {
		return err
	} else if !slices.ContainsFunc(governments(tree, actorOf(r)), func(u org.Unit) bool { return u.ID == plan.Unit }) {
		f.Problem("unit", "请选择您负责的人民政府")
		p, perr := again()
		if perr != nil {
			return perr
		}
		return c.templates.Render(w, r, http.StatusUnprocessableEntity, "form", p)
	}
	o, err := c.Reports.OpenRound(r.Context(), actorOf(r), plan)
	if err != nil {
		return c.formAgain(w, r, f, err, again)
	}
	return c.said(w, r, yearPath(o.Unit, o.Year), fmt.Sprintf(sayRoundBegun, o.Year))
}

// formDate reads a legal date of a form, zero where there is none.
func formDate(f *web.Form, name string) workday.Date {
	s := f.Date(name)
	if s == "" {
		return workday.Date{}
	}
	d, err := workday.ParseDate(s)
	if err != nil {
		return workday.Date{}
	}
	return d
}

func (c *Console) roundDates(w http.ResponseWriter, r *http.Request) error {
	p, err := c.datesForm(w, r, web.NewForm(nil))
	if err != nil {
		return err
	}
	return c.show(w, r, "form", p)
}

func (c *Console) datesForm(w http.ResponseWriter, r *http.Request, f *web.Form) (p formPage, err error) {
	government, year, err := governmentAndYear(r)
	if err != nil {
		return p, err
	}
	err = c.read(r, func(tx *db.Tx) error {
		o, err := annualreport.RoundOf(tx, government, year)
		if err != nil {
			return err
		}
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		if len(f.Values("units")) == 0 {
			f.Set("units", o.Units.String()).Set("whole", o.Whole.String())
		}
		units, whole, basis := annualreport.Ceilings(year)
		a := asker{f}
		p = formPage{Console: c.frame(w, r, tree, "修改期限", ui.Link{Text: "年度报告", URL: Root + "/reports"}, ui.Link{Text: fmt.Sprintf("%d年度", year), URL: yearPath(government, year)}),
			Lead: "还没有报送的单位按新的期限提醒，已经报送的不受影响。", Form: f, Action: yearPath(government, year) + "/dates", Button: "保存期限", Back: yearPath(government, year),
			Groups: []group{{Questions: []question{
				a.ask("date", "units", "各单位最晚在哪天报送", hint("法律规定不晚于"+units.Chinese()+"（"+basis+"）。")),
				a.ask("date", "whole", "政府汇总年报最晚在哪天完成", hint("法律规定不晚于"+whole.Chinese()+"。"))}}}}
		return nil
	})
	return p, err
}

func (c *Console) setRoundDates(w http.ResponseWriter, r *http.Request) error {
	government, year, err := governmentAndYear(r)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	units, whole := formDate(f, "units"), formDate(f, "whole")
	if err = f.Err(); err == nil {
		err = c.Reports.SetDue(r.Context(), actorOf(r), government, year, units, whole)
	} else {
		p, perr := c.datesForm(w, r, f)
		if perr != nil {
			return perr
		}
		return c.templates.Render(w, r, http.StatusUnprocessableEntity, "form", p)
	}
	if err != nil {
		return c.formAgain(w, r, f, err, func() (formPage, error) { return c.datesForm(w, r, f) })
	}
	return c.said(w, r, yearPath(government, year), sayDatesSet)
}
