package annualreport_test

import (
	"strings"
	"testing"

	"gongkai/annualreport"
	"gongkai/inspection"
	"gongkai/inspection/inspectiontest"
	"gongkai/internal/db"
	"gongkai/internal/fault"
)

// inspected joins the reports of a test with inspection, as the house does.
func (v *district) inspected() *inspection.Inspections {
	is := inspectiontest.Inspections(v.db, v.reports.Inspected())
	v.reports.InspectWith(is)
	return is
}

// add puts a sentence at the end of the first chapter.
func (v *district) add(id annualreport.ID, sentence string) {
	v.Helper()
	s := v.sheet(id)
	text := s.Text.Text
	text.Chapters[0].Paras = append(text.Chapters[0].Paras, sentence)
	_, err := v.reports.Write(ctx, v.writer, id, s.Text.N, text, "")
	v.must(err)
}

func TestAReportWithWhatMustNotBePublicIsNotHandedIn(t *testing.T) {
	each(t, func(v *district) {
		is := v.inspected()
		v.open()
		id := v.own(school)
		v.ready(v.writer, id)
		clean := v.sheet(id).Text.Text
		v.add(id, "典型案例：张某（公民身份号码"+inspectiontest.Identity(5)+"）申请公开招生信息，已依法答复。")
		err := v.reports.Submit(ctx, v.writer, id, v.sheet(id).Digest)
		v.refused("a report with an identity number", err, fault.Conflict)
		if s := fault.Sentence(err); strings.Contains(s, inspectiontest.Identity(5)) || !strings.Contains(s, "1处") {
			t.Errorf("the refusal says %q", s)
		}
		if got := v.report(school, annualreport.Own).State; got == annualreport.Submitted {
			t.Errorf("after the refusal the report is %s", got)
		}
		v.read(func(tx *db.Tx) error {
			r, err := inspection.LastReport(tx, id.Subject())
			if len(r.Blocking()) != 1 || r.Findings[0].Part != "第1章" || r.Public {
				t.Errorf("the report on it: %+v", r)
			}
			return err
		})
		_, err = v.reports.Write(ctx, v.writer, id, v.sheet(id).Text.N, clean, "")
		v.must(err)
		v.must(v.reports.Submit(ctx, v.writer, id, v.sheet(id).Digest))
		v.read(func(tx *db.Tx) error {
			s, err := inspection.History(tx, id.Subject())
			if len(s.Mended) != 1 || len(s.Standing) != 0 {
				t.Errorf("the story: %d mended, %d standing, want 1 and 0", len(s.Mended), len(s.Standing))
			}
			return err
		})
		if s, err := is.Sweep(ctx); err != nil || s.Listed != 0 {
			t.Errorf("a sweep over reports that are not public: %+v, %v", s, err)
		}
		_, err = is.Check(ctx, v.writer, "report/x")
		v.refused("a report nobody knows", err, fault.NotFound)
		_, err = is.CheckShown(ctx, v.writer, id.Subject())
		v.refused("what the public sees of a report", err, fault.NotFound)
	})
}
