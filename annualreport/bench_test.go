package annualreport_test

import (
	"fmt"
	"testing"

	"gongkai/annualreport"
	"gongkai/document"
	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/db/dbtest"
	"gongkai/org"
)

// BenchmarkARoundOfAHundredUnits is what the office waits for when it looks at a
// round: every unit's report computed from its records and checked.
func BenchmarkARoundOfAHundredUnits(b *testing.B) {
	d := dbtest.SQLite(b, db.NewSchema("test", nothing{}, annualreport.Schema, document.Schema))
	v := newDistrict(b, d)
	units := org.New(d)
	for i := range 96 {
		u := org.Unit{ID: org.ID(fmt.Sprintf("mj-d%02d", i)), Parent: government, Kind: org.Department, Name: fmt.Sprintf("明镜区第%d局", i), Order: 10 + i, Active: true}
		v.must(units.Add(ctx, identity.System("test"), u))
		v.tally.keep(u.ID, map[string]int64{"permit.decisions": int64(i * 31), "application.new.自然人": 5, "application.granted.自然人": 4, "application.forward.自然人": 1})
	}
	for _, u := range []org.ID{government, office, school, town} {
		v.tally.keep(u, nil)
	}
	v.open()
	for b.Loop() {
		v.read(func(tx *db.Tx) error {
			p, err := v.reports.Progress(tx, v.boss, government, 2025)
			if err == nil && len(p.Units) != 100 {
				b.Fatalf("%d units, want 100", len(p.Units))
			}
			return err
		})
	}
}
