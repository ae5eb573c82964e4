package annualreport_test

import (
	"bytes"
	"testing"

	"gongkai/annualreport"
	"gongkai/annualreport/form"
	"gongkai/document"
	"gongkai/internal/db"
	"gongkai/internal/db/dbtest"
	"gongkai/ledger"
)

// TestRecordsAreTheSameOnTheOtherEngine moves reports with more than nine
// corrections and with findings in Chinese to the other engine, where what is
// cast is sorted in another way and words have another alphabet.
func TestRecordsAreTheSameOnTheOtherEngine(t *testing.T) {
	schema := db.NewSchema("test", nothing{}, annualreport.Schema, document.Schema)
	v := newDistrict(t, dbtest.SQLite(t, schema))
	v.tally.keep(school, map[string]int64{"application.new.自然人": 5})
	v.open()
	id := v.own(school)
	s := v.sheet(id)
	n := 0
	for i, c := range s.Form.Cells {
		if !s.Added(i) && n < 12 {
			n++
			v.must(v.reports.Correct(ctx, v.writer, id, []annualreport.Correction{{Cell: c.ID, Value: form.Of(int64(100 + n))}}, "纸质记录尚未录入台账"))
		}
	}
	for range 11 {
		text := v.sheet(id)
		if text.Report.Text == 0 {
			v.must(v.draft(id))
			continue
		}
		_, err := v.reports.Write(ctx, v.writer, id, text.Report.Text, text.Text.Text, "")
		v.must(err)
	}
	for _, f := range v.sheet(id).Unexplained() {
		v.must(v.reports.Explain(ctx, v.writer, id, f.Key, "经核对情况属实，已在说明中写明"))
	}
	_, err := v.reports.Remind(ctx)
	v.must(err)
	v.verify()

	to := dbtest.Postgres(t, schema)
	tables, err := db.Tables([]string{"search_fts"}, schema)
	v.must(err)
	for _, table := range tables {
		var text bytes.Buffer
		v.read(func(tx *db.Tx) error { _, err := db.Dump(tx, table, &text); return err })
		v.must(to.Write(ctx, func(tx *db.Tx) error {
			if err := db.Clear(tx, table); err != nil {
				return err
			}
			_, err := db.Load(tx, table, &text)
			return err
		}))
	}
	v.must(to.Read(ctx, func(tx *db.Tx) error {
		rep, err := ledger.Verify(tx, annualreport.ReportKeeper, annualreport.RoundKeeper, annualreport.PastKeeper)
		if err == nil && !rep.OK() {
			t.Errorf("on PostgreSQL the ledger does not agree with the records: %+v", rep)
		}
		return err
	}))
}
