package annualreport_test

import (
	"bytes"
	"strings"
	"testing"

	"gongkai/annualreport"
	"gongkai/annualreport/form"
	"gongkai/internal/db"
	"gongkai/internal/fault"
)

func TestAPaperThatIsGoneCanBeMadeAgain(t *testing.T) {
	each(t, func(v *district) {
		v.tally.keep(school, map[string]int64{"permit.decisions": 120})
		v.open()
		id := v.own(school)
		v.read(func(tx *db.Tx) error {
			_, err := v.reports.PaperOf(tx, v.writer, id)
			v.refused("the paper of a report nobody has accepted", err, fault.Conflict)
			_, err = v.reports.Look(tx, v.outsider, id)
			v.refused("a look by somebody without the right", err, fault.Forbidden)
			p, err := v.reports.Look(tx, v.writer, id)
			if err == nil && (p.Title != "明镜区教育局2025年政府信息公开工作年度报告" || p.Contact.Phone != "0999-5550101" || p.Report.Get(permits) != form.Of(120)) {
				v.Errorf("a look at the paper = %q, contact %+v", p.Title, p.Contact)
			}
			return err
		})
		v.send(v.writer, id)
		v.accept(id)
		item, err := v.reports.MakePaper(ctx, v.writer, id)
		v.must(err)
		v.must(v.items.Discard(ctx, v.writer, item))
		v.state(id, annualreport.Accepted)
		again, err := v.reports.MakePaper(ctx, v.writer, id)
		v.must(err)
		if again == item {
			v.Errorf("a discarded item was taken again")
		}
		v.publish(v.writer, again)
		v.state(id, annualreport.Published)
		v.must(v.items.Withdraw(ctx, v.writer, again, "表三数据有误，更正后重新公开"))
		v.state(id, annualreport.Accepted)
		back, err := v.reports.MakePaper(ctx, v.writer, id)
		v.must(err)
		if back != again {
			v.Errorf("the correction of a withdrawn report became another item")
		}
		v.state(id, annualreport.Made)
		v.publish(v.writer, back)
		v.state(id, annualreport.Published)
		v.verify()
	})
}

func TestWhatWasPublishedCanBeReadInElsewhere(t *testing.T) {
	each(t, func(v *district) {
		v.tally.keep(school, map[string]int64{"permit.decisions": 120, "fee.amount": 20_200_0000, "application.new.自然人": 4, "application.granted.自然人": 3, "application.forward.自然人": 1})
		v.open()
		id := v.own(school)
		v.send(v.writer, id)
		v.accept(id)
		item, err := v.reports.MakePaper(ctx, v.writer, id)
		v.must(err)
		want := v.sheet(id).Printed
		for _, f := range v.content(item).Files {
			if f.Kind == "pdf" {
				continue // the round trip of each format is tested with the paper; this is the way in
			}
			p, err := v.reports.Preview(ctx, v.other, town, annualreport.Own, fileDigest(f.Digest), f.Name)
			v.must(err)
			if p.Report.Year != 2025 || len(p.Unknown) != 0 {
				v.Errorf("%s: year %d, unknown %v", f.Name, p.Report.Year, p.Unknown)
			}
			for i, w := range want.Values {
				if got := p.Report.Values[i]; got.State != w.State || got.N != w.N {
					v.Errorf("%s: %s = %v, want %v", f.Name, want.Form.Cells[i].ID, got, w)
				}
			}
		}
	})
}

func TestAFileThatDoesNotSayItsYearNeedsOne(t *testing.T) {
	each(t, func(v *district) {
		r := form.New(form.ByID("2021"))
		for i := range r.Values {
			r.Values[i] = form.Of(0)
		}
		p, err := v.reports.ReadIn(ctx, v.writer, school, annualreport.Own, "表.json", bytes.NewReader(r.AppendJSON(nil)))
		v.must(err)
		adopt := func(year int) error {
			_, err := v.reports.Adopt(ctx, v.writer, school, annualreport.Own, p.File.Digest, p.Name, year, "")
			return err
		}
		v.refused("no year at all", adopt(0), fault.Invalid)
		v.must(adopt(2023))
		v.read(func(tx *db.Tx) error {
			e, err := annualreport.EarlierOf(tx, school, annualreport.Own, 2023)
			if err == nil && (e == nil || e.Report.Year != 2023) {
				v.Errorf("earlier = %+v", e)
			}
			return err
		})
	})
}

func TestAnOpinionHasItsLimit(t *testing.T) {
	each(t, func(v *district) {
		v.tally.keep(school, nil)
		v.open()
		id := v.own(school)
		v.send(v.writer, id)
		v.refused("an opinion without end", v.reports.Accept(ctx, v.boss, id, v.sheet(id).Digest, strings.Repeat("长", 501)), fault.Invalid)
		v.state(id, annualreport.Submitted)
	})
}
