package checking

import (
	"io"
	"strings"
	"testing"

	"gongkai/annualreport/form"
)

// FuzzCheck: whatever a report in the contract's JSON says, checking and showing it
// ends, and what is said is whole.
func FuzzCheck(f *testing.F) {
	m := newMaker(31)
	for n := range 24 {
		r := m.consistent(form.All()[n%4], 0.3)
		plantings[n%len(plantings)].plant(m, r)
		f.Add(r.AppendJSON(nil), m.before(r).AppendJSON(nil))
	}
	f.Add([]byte(`{"form":null,"year":2024}`), []byte(`{"form":"2021","table4":{"litigation":[9223372036854775807,1,"/",null,-1]}}`))
	f.Fuzz(func(t *testing.T, a, b []byte) {
		r, err := form.ParseReport(a)
		if err != nil {
			return
		}
		last, err := form.ParseReport(b)
		if err != nil {
			last = nil
		}
		list := Check(r, last)
		for _, f := range list {
			if f.Rule == "" || f.Message == "" || strings.Contains(f.Message, "%!") {
				t.Fatalf("a finding is not well said: %+v", f)
			}
		}
		if s := Picture(r, list); strings.Contains(s, "<script") {
			t.Fatal("a picture holds a script")
		}
		if err := Terminal(io.Discard, r, list, true); err != nil {
			t.Fatal(err)
		}
	})
}
