package annualreport_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"gongkai/annualreport"
	"gongkai/annualreport/form"
	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/org"
	"gongkai/publication"
	"gongkai/register"
	"gongkai/review"
	"gongkai/workday"
)

// addsUp opens every cell of a report on every page and checks that what stands
// behind it adds up to it.
func (v *district) addsUp(reports *annualreport.Reports, id annualreport.ID) {
	v.Helper()
	system := identity.System("test")
	v.read(func(tx *db.Tx) error {
		s, err := reports.Sheet(tx, system, id)
		if err != nil {
			return err
		}
		for _, f := range s.Figures {
			cell := s.Form.Cells[f.Cell].ID
			if f.Computed.State != form.Number {
				if len(f.Sources) > 0 {
					v.Errorf("%s is %v and has sources", cell, f.Computed)
				}
				continue
			}
			var sum int64
			for n, src := range f.Sources {
				sum += src.Value.N
				if src.Kind != annualreport.FromLines {
					continue
				}
				o, err := reports.Open(tx, system, id, cell, n, 1)
				if err != nil {
					return err
				}
				var lines int64
				seen := 0
				for page := 1; seen < o.Total; page++ {
					if o, err = reports.Open(tx, system, id, cell, n, page); err != nil {
						return err
					}
					for _, l := range o.Lines {
						lines += l.N
					}
					seen += len(o.Lines)
				}
				if lines != src.Value.N {
					v.Errorf("the lines behind %s of %s add up to %d, want %d", src.Fact, cell, lines, src.Value.N)
				}
			}
			if sum != f.Computed.N {
				v.Errorf("the sources of %s of %s add up to %d, want %d", cell, s.Agency, sum, f.Computed.N)
			}
		}
		return nil
	})
}

func TestWhatStandsBehindACellAddsUpToIt(t *testing.T) {
	each(t, func(v *district) {
		r := rand.New(rand.NewPCG(2025, 11))
		for _, u := range []org.ID{government, office, school, section, town} {
			n := map[string]int64{}
			for _, f := range register.FactNames() {
				if r.IntN(3) == 0 {
					n[f.Name] = int64(r.IntN(4) * r.IntN(60))
				}
			}
			v.tally.keep(u, n)
		}
		v.open()
		var ids []annualreport.ID
		for _, u := range []org.ID{government, office, school, town} {
			id := v.own(u)
			ids = append(ids, id)
			v.send(identity.System("test"), id)
			v.accept(id)
		}
		for _, id := range append(ids, v.report(government, annualreport.Consolidated).ID) {
			v.addsUp(v.reports, id)
		}
		want := int64(0)
		for _, u := range []org.ID{government, office, school, section, town} {
			want += v.tally.n[u]["permit.decisions"]
		}
		f := v.figure(v.report(government, annualreport.Consolidated).ID, "table2.行政许可.decisions")
		if f.Value != form.Of(want) {
			v.Errorf("permits of the whole district = %v, want %d", f.Value, want)
		}
	})
}

func TestRegistersAndDocumentsAreTheRecordsBehindTheFigures(t *testing.T) {
	each(t, func(v *district) {
		reports := annualreport.New(v.db, v.items, v.files, annualreport.Registers{}, annualreport.Documents{})
		add := func(book register.BookID, pairs ...string) {
			values := register.Values{}
			for i := 0; i < len(pairs); i += 2 {
				values[pairs[i]] = pairs[i+1]
			}
			_, err := v.books.Add(ctx, v.writer, register.Entry{Unit: school, Book: book, Values: values})
			v.must(err)
		}
		for i := range 3 {
			add("application", "no", string(rune('1'+i)), "received", "2025-06-0"+string(rune('1'+i)), "who", "自然人", "result", "granted", "decided", "2025-06-20")
		}
		add("application", "no", "4", "received", "2025-12-20", "who", "商业企业")
		add("document", "no", "明教规〔2019〕1号", "sort", "normative", "title", "旧办法", "made", "2019-03-01")
		v.must(v.books.Declare(ctx, v.writer, school, "document", 2025))
		doc := publication.Content{Title: "关于印发《明镜区校车管理办法》的通知", Kind: publication.Policy, Column: "c01", Theme: "11", Issuer: "明镜区教育局",
			DocNo: "明教发〔2025〕3号", Made: workday.New(2025, 4, 1), Summary: "概述", Openness: review.Openness{Attribute: review.Open}, Body: "<p>正文。</p>"}
		plan := doc
		plan.Title, plan.DocNo = "关于印发2025年工作要点的通知", "明教发〔2025〕1号"
		for _, c := range []publication.Content{doc, plan} {
			id, err := v.items.Create(ctx, v.writer, school, c)
			v.must(err)
			v.publish(v.writer, id)
		}
		v.open()
		id := v.own(school)
		v.read(func(tx *db.Tx) error {
			s, err := reports.Sheet(tx, v.writer, id)
			if err != nil {
				return err
			}
			for cell, want := range map[string]string{
				"table3.new.自然人": "3", "table3.new.商业企业": "1", "table3.new.总计": "4", "table3.granted.总计": "3", "table3.forward.总计": "1",
				"table2.行政规范性文件.issued": "1", "table2.行政规范性文件.in_force": "2", "table2.规章.in_force": "0", "table2.行政许可.decisions": "？",
			} {
				i, _ := s.Form.Index(cell)
				if got := s.Figures[i].Value.Print(form.Count); got != want {
					v.Errorf("%s = %s, want %s", cell, got, want)
				}
			}
			o, err := reports.Open(tx, v.writer, id, "table2.行政规范性文件.in_force", 1, 1)
			if err != nil {
				return err
			}
			if len(o.Lines) != 1 || o.Lines[0].Kind != "item" || o.Lines[0].Title != doc.Title || o.Lines[0].Note != doc.DocNo {
				v.Errorf("the document behind the figure = %+v", o.Lines)
			}
			if o, err = reports.Open(tx, v.writer, id, "table3.new.自然人", 0, 1); err != nil {
				return err
			}
			if o.Total != 3 || o.Lines[0].Kind != "register" || !strings.Contains(o.Lines[0].Note, "自然人") {
				v.Errorf("the lines behind the figure = %d, %+v", o.Total, o.Lines)
			}
			return nil
		})
		v.addsUp(reports, id)
	})
}

func TestOpeningIsForThoseWhoMayRead(t *testing.T) {
	each(t, func(v *district) {
		v.tally.keep(school, map[string]int64{"permit.decisions": 60})
		v.open()
		id := v.own(school)
		v.read(func(tx *db.Tx) error {
			for _, c := range []struct {
				what string
				by   identity.Actor
				cell string
				s, p int
				kind fault.Kind
			}{
				{"somebody without the right", v.outsider, "table2.行政许可.decisions", 0, 1, fault.Forbidden},
				{"another unit", v.other, "table2.行政许可.decisions", 0, 1, fault.Forbidden},
				{"no such cell", v.writer, "table2.x", 0, 1, fault.NotFound},
				{"no such source", v.writer, "table2.行政许可.decisions", 1, 1, fault.NotFound},
				{"no such page", v.writer, "table2.行政许可.decisions", 0, 3, fault.NotFound},
				{"a second page of a sum", v.writer, "table3.new.总计", 0, 2, ""},
			} {
				_, err := v.reports.Open(tx, c.by, id, c.cell, c.s, c.p)
				if c.kind == "" {
					v.must(err)
					continue
				}
				v.refused(c.what, err, c.kind)
			}
			o, err := v.reports.Open(tx, v.first, id, "table2.行政许可.decisions", 0, 2)
			if err == nil && (o.Total != 60 || len(o.Lines) != 10) {
				v.Errorf("page 2 = %d of %d lines, want 10 of 60", len(o.Lines), o.Total)
			}
			return err
		})
	})
}
