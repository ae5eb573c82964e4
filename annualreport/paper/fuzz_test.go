package paper

import (
	"errors"
	"testing"

	"gongkai/annualreport/form"
	"gongkai/document"
	"gongkai/internal/fault"
)

// What people hand in as our JSON or CSV is refused with a sentence or read; what
// is read can be published again in every light format.

func FuzzJSON(f *testing.F) {
	for _, fm := range form.All() {
		f.Add(example(fm).JSON())
	}
	f.Add([]byte(`{"form":"2021","table2":null,"table3":{"new":[1,null,"/",0,0,0,1]},"table4":{},"paper":{"chapters":[{"number":9}],"fixes":[{"cell":"table3.new.总计","computed":"/","printed":null}]}}`))
	f.Add([]byte(`{"form":null}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := Parse(b)
		if err != nil {
			if !errors.Is(err, fault.Invalid) {
				t.Fatalf("Parse: %v, want Invalid", err)
			}
			return
		}
		again, err := Parse(p.JSON())
		if err != nil {
			t.Fatalf("Parse(JSON()): %v", err)
		}
		if string(again.JSON()) != string(p.JSON()) {
			t.Errorf("JSON changes when read and written again:\n%s\n%s", p.JSON(), again.JSON())
		}
		if h := p.HTML(); document.Clean(h) != h {
			t.Errorf("Clean(HTML()) changes the page:\n%s\n%s", h, document.Clean(h))
		}
		p.CSV()
		p.Charts()
	})
}

func FuzzCSV(f *testing.F) {
	for _, fm := range form.All() {
		f.Add(example(fm).CSV())
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := ParseCSV(b)
		if err != nil {
			if !errors.Is(err, fault.Invalid) {
				t.Fatalf("ParseCSV: %v, want Invalid", err)
			}
			return
		}
		if r.Form != nil && len(r.Values) != len(r.Form.Cells) {
			t.Fatalf("%d values for %d cells", len(r.Values), len(r.Form.Cells))
		}
	})
}
