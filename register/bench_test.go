package register_test

import (
	"fmt"
	"testing"

	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/db/dbtest"
	"gongkai/org"
	"gongkai/register"
)

// BenchmarkCountingADistrict counts a year of fifty units with 100 lines each
// in each of two years.
func BenchmarkCountingADistrict(b *testing.B) {
	v := newDistrict(b, dbtest.SQLite(b, register.Schema))
	units := org.New(v.db)
	self := identity.System("bench")
	for u := range 50 {
		id := org.ID(fmt.Sprintf("mj-u%02d", u))
		v.must(units.Add(v.ctx, self, org.Unit{ID: id, Parent: gov, Kind: org.Department, Name: fmt.Sprintf("明镜区第%d局", u), Short: fmt.Sprintf("%d局", u), Order: u + 10, Active: true}))
		var rows []register.Row
		for i := range 200 {
			rows = append(rows, register.Row{N: i + 2, Cells: values("no", fmt.Sprintf("%d-%d", u, i), "received", fmt.Sprintf("%d-%02d-15", 2024+i%2, i%12+1),
				"who", "自然人", "result", "granted", "decided", fmt.Sprintf("%d-%02d-28", 2024+i%2, i%12+1))})
		}
		_, err := v.registers.Import(v.ctx, self, id, "application", rows)
		v.must(err)
	}
	for b.Loop() {
		v.read(func(tx *db.Tx) error {
			all, err := register.Counts(tx, org.Everything(), 2025)
			if len(all) != 50 {
				b.Fatalf("Counts found %d units, want 50", len(all))
			}
			return err
		})
	}
}
