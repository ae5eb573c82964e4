package demo

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"gongkai/annualreport"
	"gongkai/annualreport/form"
	"gongkai/annualreport/prose"
	"gongkai/demo/content"
	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/org"
	"gongkai/publication"
	"gongkai/review"
	"gongkai/workday"
)

// pilots are the units that compiled last year's report on the platform, to try
// it; the others wrote theirs by hand.
var pilots = []string{"mj-zfb", "mj-jyj", "mj-yxz"}

// stage is how far a unit has come with this year's report. Units that are not
// named have not begun.
var reportStages = map[string]annualreport.State{
	"mj-gaj": annualreport.Filling, "mj-rsj": annualreport.Filling, "mj-wjj": annualreport.Filling, "mj-spj": annualreport.Filling,
	"mj-fgj": annualreport.Submitted, "mj-czj": annualreport.Submitted, "mj-qlz": annualreport.Submitted,
	"mj-kjj": annualreport.Returned, "mj-wcj": annualreport.Returned,
	"mj-mzj": annualreport.Accepted, "mj-sjj": annualreport.Accepted, "mj-zlj": annualreport.Accepted,
	"mj-tyj": annualreport.Made, "mj-xfj": annualreport.InReview,
}

// roundYear is the year reported on at the end of the demonstration: until the
// due dates have passed the last one, then the one that is running.
func (b *builder) roundYear() int {
	if until := b.content.Until; until.Month() > 3 {
		return until.Year()
	}
	return b.content.Until.Year() - 1
}

// compiled tells whether a report of the content is one that its unit compiled
// on the platform instead.
func (b *builder) compiled(it *content.Item) bool {
	return it.Kind == content.Report && slices.Contains(pilots, it.Unit) && strings.Contains(it.Title, fmt.Sprintf("%d年", b.roundYear()-1))
}

// yearlyReports holds two rounds: last year's with the pilots, whose reports are
// public by now, and this year's, open for all, with units in every state.
func (b *builder) yearlyReports() {
	boss := b.actors["supervisor"]
	last := b.roundYear() - 1
	if begin := day(last+1, 1, 5); begin > b.content.From {
		b.at(hour(begin, 30), "open the trial round", func() error {
			units := make([]org.ID, len(pilots))
			for i, u := range pilots {
				units[i] = org.ID(u)
			}
			_, err := b.Reports.OpenRound(b.ctx, boss, annualreport.Plan{Unit: "mj", Year: last, Report: units,
				Units: workday.New(last+1, 1, 29), Note: "本年度由三个单位试行在平台上编报，其他单位仍按原办法编制。"})
			if err != nil {
				return err
			}
			r, err := b.report("mj", last, annualreport.Consolidated)
			if err != nil {
				return err
			}
			return b.Reports.Excuse(b.ctx, boss, r.ID, "试行年度，全区汇总年报按原办法编制")
		})
		for i, unit := range pilots {
			y := &yearly{builder: b, unit: unit, year: last, at: hour(day(last+1, 1, 22), 20*i)}
			y.step(0, y.readLast)
			y.step(1, y.fill)
			y.step(2, y.submit)
			if unit == "mj-yxz" {
				y.step(3, y.returned)
				y.step(4, y.submit)
			}
			y.step(24, y.accept)
			y.step(25, y.make)
			y.step(26, y.review)
			y.step(29, y.publish)
		}
	}
	open := b.content.Until.Add(-13)
	b.at(hour(open, 0), "open the round", func() error {
		var units []org.ID
		for _, u := range b.content.Units[1:] {
			units = append(units, org.ID(u.ID))
		}
		_, err := b.Reports.OpenRound(b.ctx, boss, annualreport.Plan{Unit: "mj", Year: b.roundYear(), Report: units,
			Units: workday.New(b.roundYear()+1, 1, 26), Whole: workday.New(b.roundYear()+1, 3, 20),
			Note: "请各单位先行预报，年终数据变化的，撤回后重新报送。"})
		return err
	})
	b.at(hour(open, 60), "excuse a unit", b.excuse)
	i := 0
	for _, u := range b.content.Units {
		state, ok := reportStages[u.ID]
		if !ok {
			continue
		}
		y := &yearly{builder: b, unit: u.ID, year: b.roundYear(), at: hour(open.Add(2+i%4), 11*i)}
		i++
		y.step(0, y.fill)
		if state == annualreport.Filling {
			continue
		}
		y.step(2, y.submit)
		switch state {
		case annualreport.Returned:
			y.step(5, y.returned)
		case annualreport.Accepted, annualreport.Made, annualreport.InReview:
			y.step(24, y.accept)
		}
		if state == annualreport.Made || state == annualreport.InReview {
			y.step(48, y.make)
		}
		if state == annualreport.InReview {
			y.step(49, y.review)
		}
	}
	b.at(hour(b.content.Until, -60), "remind of due reports", func() error {
		_, err := b.Reports.Remind(b.ctx)
		return err
	})
}

// excuse lets a unit that has no records of its own off.
func (b *builder) excuse() error {
	for _, u := range b.content.Units {
		if u.Kind != content.Platform {
			continue
		}
		r, err := b.report(u.ID, b.roundYear(), annualreport.Own)
		if err != nil {
			return err
		}
		err = b.Reports.Excuse(b.ctx, b.actors["supervisor"], r.ID, "该中心不承担对外管理职能，有关数据由主管部门统计")
		if err == nil || !errors.Is(err, fault.Conflict) {
			return err
		}
	}
	return nil
}

func (b *builder) report(unit string, year int, k annualreport.Kind) (r annualreport.Report, err error) {
	err = b.DB.Read(b.ctx, func(tx *db.Tx) error {
		r, err = annualreport.ReportOf(tx, org.ID(unit), year, k)
		return err
	})
	return r, err
}

// yearly is one unit's report on its way.
type yearly struct {
	*builder
	unit string
	year int
	at   time.Time
	item publication.ItemID
	sent review.Submission
}

// step does something so many hours after the beginning, on a day of work.
func (y *yearly) step(hours int, act func() error) {
	at := y.at.Add(time.Duration(hours) * time.Hour)
	for at.Weekday() == time.Saturday || at.Weekday() == time.Sunday {
		at = at.AddDate(0, 0, 1)
	}
	y.builder.at(at, fmt.Sprintf("report of %s on %d", y.unit, y.year), act)
}

func (y *yearly) writer() identity.Actor { return y.who(y.unit, "publisher") }

func (y *yearly) sheet() (s *annualreport.Sheet, err error) {
	r, err := y.report(y.unit, y.year, annualreport.Own)
	if err != nil {
		return nil, err
	}
	err = y.DB.Read(y.ctx, func(tx *db.Tx) error {
		s, err = y.Reports.Sheet(tx, y.writer(), r.ID)
		return err
	})
	return s, err
}

// readLast reads the report on the year before in from its public page, if it is
// on the platform.
func (y *yearly) readLast() error {
	for _, it := range y.content.Items {
		if it.Kind != content.Report || it.Unit != y.unit || !strings.Contains(it.Title, fmt.Sprintf("%d年", y.year-1)) || y.ids[it.Key] == "" {
			continue
		}
		var page publication.Page
		err := y.DB.Read(y.ctx, func(tx *db.Tx) (err error) {
			page, err = publication.PageOf(tx, y.ids[it.Key])
			return err
		})
		if fault.KindOf(err) == fault.NotFound {
			return nil
		}
		if err != nil {
			return err
		}
		html := "<!DOCTYPE html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>" + page.Title + "</title></head><body><h1>" + page.Title + "</h1>" + page.Content.Body + "</body></html>"
		name := page.Title + ".html"
		p, err := y.Reports.ReadIn(y.ctx, y.writer(), org.ID(y.unit), annualreport.Own, name, bytes.NewReader([]byte(html)))
		if err != nil {
			return err
		}
		_, err = y.Reports.Adopt(y.ctx, y.writer(), org.ID(y.unit), annualreport.Own, p.File.Digest, name, y.year-1, "")
		return err
	}
	return nil
}

// fill gives what no register counts and writes the prose.
func (y *yearly) fill() error {
	s, err := y.sheet()
	if err != nil {
		return err
	}
	id, by := s.Report.ID, y.writer()
	var zero []annualreport.Correction
	for _, i := range s.Unknown() {
		zero = append(zero, annualreport.Correction{Cell: s.Form.Cells[i].ID, Value: form.Of(0)})
	}
	if len(zero) > 0 {
		if err := y.Reports.Correct(y.ctx, by, id, zero, "截至目前没有发生此类事项，台账尚未登记"); err != nil {
			return err
		}
	}
	r := roll("report/" + y.unit)
	given := []annualreport.Correction{{Cell: "training.sessions", Value: form.Of(int64(1 + r(4)))}, {Cell: "training.people", Value: form.Of(int64(20 + r(140)))}}
	if err := y.Reports.Correct(y.ctx, by, id, given, "据培训通知和签到记录填写"); err != nil {
		return err
	}
	n, err := y.Reports.Draft(y.ctx, by, id, 0)
	if err != nil {
		return err
	}
	if s, err = y.sheet(); err != nil {
		return err
	}
	text := s.Text.Text
	for i, c := range text.Chapters {
		for k, p := range c.Paras {
			if strings.Contains(p, prose.Suggestion) {
				c.Paras[k] = instead(p, r)
			}
		}
		text.Chapters[i].Paras = slices.DeleteFunc(c.Paras, func(p string) bool { return p == "" })
	}
	text.Chapters[4].Paras = []string{
		"（一）存在的主要问题。" + shortcomings[r(len(shortcomings))],
		"（二）改进情况。" + improvements[r(len(improvements))],
	}
	_, err = y.Reports.Write(y.ctx, by, id, n, text, "据实修改")
	return err
}

// instead is what the unit writes in place of a suggestion.
func instead(suggested string, r func(int) int) string {
	switch {
	case strings.Contains(suggested, "（三）"):
		return "（三）政府信息管理情况。" + managed[r(len(managed))]
	case strings.Contains(suggested, "（四）"):
		return "（四）政府信息公开平台建设情况。" + kept[r(len(kept))]
	case strings.Contains(suggested, "其他需要报告"):
		return "无其他需要报告的事项。"
	}
	return ""
}

var managed = []string{
	"公文制作时同步认定公开属性，公开前经初审、保密审查、复审和终审，对不予公开的信息定期重新评估。",
	"落实公文公开属性源头认定和先审后发要求，按季度核对公开目录，及时更新失效文件的标注。",
}

var kept = []string{
	"在政府信息公开统一平台维护本单位专栏，按月检查栏目更新和链接，保持指南、目录与机构职能一致。",
	"依托区政府门户网站公开信息，优化栏目设置，在办事窗口设置查阅点并提供帮助。",
}

var shortcomings = []string{
	"政策解读形式还不够丰富，部分解读材料以文字为主；个别栏目更新不够及时。",
	"依申请公开答复的说理性有待增强；信息公开工作人员变动较频繁，业务衔接不够顺畅。",
	"公开内容与群众期待还有差距，部分信息检索不够便捷。",
}

var improvements = []string{
	"增加图解和问答式解读，建立栏目定期巡查制度，发现问题限期整改。",
	"开展答复文书互评，编印业务手册，对新任人员进行岗前培训。",
	"围绕办事高频事项梳理公开清单，调整栏目设置，完善站内检索。",
}

// submit explains what stands and hands the report in.
func (y *yearly) submit() error {
	s, err := y.sheet()
	if err != nil {
		return err
	}
	for _, f := range s.Unexplained() {
		why := "经核对，数据与台账和原始记录一致，情况属实"
		if f.Rule == "year.open" {
			why = "按照区政府办公室通知先行预报，年终数据有变化的重新报送"
		}
		if err := y.Reports.Explain(y.ctx, y.writer(), s.Report.ID, f.Key, why); err != nil {
			return err
		}
	}
	if s, err = y.sheet(); err != nil {
		return err
	}
	return y.Reports.Submit(y.ctx, y.writer(), s.Report.ID, s.Digest)
}

func (y *yearly) returned() error {
	s, err := y.sheet()
	if err != nil {
		return err
	}
	return y.Reports.Return(y.ctx, y.actors["supervisor"], s.Report.ID, "第五部分请补充上年问题的整改结果，并核对申请结转数。")
}

func (y *yearly) accept() error {
	s, err := y.sheet()
	if err != nil {
		return err
	}
	return y.Reports.Accept(y.ctx, y.actors["supervisor"], s.Report.ID, s.Digest, "数据与台账一致，同意。")
}

func (y *yearly) make() error {
	s, err := y.sheet()
	if err != nil {
		return err
	}
	y.item, err = y.Reports.MakePaper(y.ctx, y.writer(), s.Report.ID)
	return err
}

// review hands the paper in for review like anything else.
func (y *yearly) review() error {
	var c publication.Copy
	err := y.DB.Read(y.ctx, func(tx *db.Tx) (err error) {
		c, err = publication.CopyOf(tx, y.item)
		return err
	})
	if err == nil {
		y.sent, err = y.Items.Submit(y.ctx, y.writer(), y.item, c.Rev)
	}
	return err
}

// publish lets every level sign and the publisher publish.
func (y *yearly) publish() error {
	for y.sent.State == review.Waiting {
		by := y.who(y.unit, roleOf[y.sent.Next().Right])
		var err error
		if y.sent, err = y.Reviews.Sign(y.ctx, by, y.sent.ID, review.View{Level: y.sent.Level, Digest: y.sent.Digest}, ""); err != nil {
			return err
		}
	}
	var c review.Clearance
	err := y.DB.Read(y.ctx, func(tx *db.Tx) (err error) {
		c, err = review.ClearanceOf(tx, y.item.Subject())
		return err
	})
	if err != nil {
		return err
	}
	return y.Items.Publish(y.ctx, y.writer(), y.item, c)
}
