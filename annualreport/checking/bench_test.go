package checking

import (
	"io"
	"testing"

	"gongkai/annualreport/form"
)

// A consistent report, alone and beside last year's: what nearly every report
// costs.
func BenchmarkCheckClean(b *testing.B) {
	m := newMaker(21)
	var reports, lasts []*form.Report
	for n := range 64 {
		reports = append(reports, m.consistent(form.ByID([]string{"2019", "2021"}[n%2]), 0))
		lasts = append(lasts, m.before(reports[n]))
	}
	b.Run("alone", func(b *testing.B) {
		b.ReportAllocs()
		for i := range b.N {
			Check(reports[i%64], nil)
		}
	})
	b.Run("with last year", func(b *testing.B) {
		b.ReportAllocs()
		for i := range b.N {
			Check(reports[i%64], lasts[i%64])
		}
	})
}

// A damaged report, by what is wrong with it.
func BenchmarkCheckDamaged(b *testing.B) {
	for k, p := range plantings {
		b.Run(p.name, func(b *testing.B) {
			m := newMaker(uint64(30 + k))
			var reports []*form.Report
			for n := 0; len(reports) < 32; n++ {
				r := m.consistent(form.All()[n%4], 0)
				if p.plant(m, r) != nil {
					reports = append(reports, r)
				}
			}
			b.ResetTimer()
			for i := range b.N {
				Check(reports[i%32], nil)
			}
		})
	}
}

func BenchmarkPicture(b *testing.B) {
	m := newMaker(22)
	r := m.consistent(form.ByID("2021"), 0)
	any3(m, r)
	list := Check(r, nil)
	b.Run("HTML", func(b *testing.B) {
		for range b.N {
			Picture(r, list)
		}
	})
	b.Run("terminal", func(b *testing.B) {
		for range b.N {
			if err := Terminal(io.Discard, r, list, true); err != nil {
				b.Fatal(err)
			}
		}
	})
}
