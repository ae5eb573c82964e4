package form

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTheTwoFormsHaveTheirCells(t *testing.T) {
	for _, c := range []struct {
		id        string
		cells, eq int
	}{
		{"2019", 6 + 6 + 6 + 2 + 2 + 23*7 + 15, 23 + 7 + 7 + 3},
		{"2021", 6 + 1 + 2 + 1 + 25*7 + 15, 25 + 7 + 7 + 3},
	} {
		f := ByID(c.id)
		if f == nil || len(f.Cells) != c.cells || len(f.Equations) != c.eq {
			t.Fatalf("form %s: got %d cells and %d equations, want %d and %d", c.id, len(f.Cells), len(f.Equations), c.cells, c.eq)
		}
	}
	if n := len(All()); n != 4 {
		t.Errorf("got %d forms, want two and a variant of each", n)
	}
	for _, f := range All() {
		if f.Variant == "" {
			continue
		}
		for _, e := range f.Equations {
			if e.Rule == "t3.result-sum" && len(e.Right) != len(f.Table("table3").Blocks[0].Rows)-4 {
				t.Errorf("%s %s: the sum over results has %d rows", f.ID, f.Variant, len(e.Right))
			}
		}
	}
	for year, want := range map[int]string{2018: "2019", 2019: "2019", 2020: "2019", 2021: "2021", 2025: "2021"} {
		if got := ForYear(year).ID; got != want {
			t.Errorf("ForYear(%d) = %s, want %s", year, got, want)
		}
	}
	i, _ := ByID("2021").Index("table3.deny5.总计")
	if got, want := ByID("2021").Say(i), "表三“（三）不予公开5.属于三类内部事务信息”行“总计”列"; got != want {
		t.Errorf("Say = %s, want %s", got, want)
	}
}

func TestMoneyIsExact(t *testing.T) {
	for _, c := range []struct {
		text      string
		shift     int
		n         int64
		ok        bool
		yuan, wan string
	}{
		{"72701.2578", 8, 7270125780000, true, "727012578.00", "72701.2578"},
		{"18.8710", 8, 1887100000, true, "188710.00", "18.871"},
		{"46297722.02", 4, 462977220200, true, "46297722.02", "4629.772202"},
		{"1,234.5", 4, 12345000, true, "1234.50", "0.12345"},
		{"0", 8, 0, true, "0.00", "0"},
		{"-3", 4, -30000, true, "-3.00", "-0.0003"},
		{"1.", 4, 0, false, "", ""},
		{"12,34", 4, 0, false, "", ""},
		{"1.23456", 4, 0, false, "", ""},
		{"99999999999999999999", 4, 0, false, "", ""},
		{"", 4, 0, false, "", ""},
		{"1e3", 4, 0, false, "", ""},
	} {
		n, ok := ParseDecimal(c.text, c.shift)
		if n != c.n || ok != c.ok {
			t.Errorf("ParseDecimal(%q, %d) = %d, %v, want %d, %v", c.text, c.shift, n, ok, c.n, c.ok)
		}
		if ok && (InYuan(n) != c.yuan || InWan(n) != c.wan) {
			t.Errorf("%q prints as %s and %s, want %s and %s", c.text, InYuan(n), InWan(n), c.yuan, c.wan)
		}
	}
}

func TestReportsSurviveJSON(t *testing.T) {
	for _, f := range All() {
		r := New(f)
		r.File, r.Agency, r.Year = "a.txt", "明镜区人民政府", 2024
		for i := range r.Values {
			r.Values[i] = []Value{Of(int64(i * 7)), {State: Blank}, {State: NotApplicable}}[i%3]
		}
		r.Missing = []string{"table3.deny5", "table4"}
		for i, c := range f.Cells {
			if r.Lacks(c.Table + "." + c.Row) {
				r.Values[i] = Value{}
			}
		}
		r.Set("table3.new.总计", Value{})
		r.Findings = []Finding{{Rule: "t3.row-sum", Severity: Error, Cells: []string{"table3.new.总计"}, Message: "……"}}
		b := r.AppendJSON(nil)
		if !json.Valid(b) || strings.Contains(string(b), "\n") {
			t.Fatalf("not one line of JSON: %s", b)
		}
		back, err := ParseReport(b)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(string(b), string(back.AppendJSON(nil))); d != "" {
			t.Errorf("form %s changed on the way (-sent +back):\n%s", f.ID, d)
		}
	}
}

// The real truth files are in the contract's JSON: what they say must come back.
func TestRealReportsSurviveJSON(t *testing.T) {
	files, _ := filepath.Glob("../../../shared/corpus/reports*/*.truth.json")
	if len(files) == 0 {
		t.Skip("SKIPPED: the real reports are not at ../shared/corpus")
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		r, err := ParseReport(b)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var want, got map[string]any
		if json.Unmarshal(b, &want) != nil || json.Unmarshal(r.AppendJSON(nil), &got) != nil {
			t.Fatalf("%s: not JSON", name)
		}
		for _, k := range []string{"form", "table2", "table3", "table4", "year", "agency"} {
			if d := cmp.Diff(want[k], got[k]); d != "" {
				t.Errorf("%s %s changed (-file +ours):\n%s", filepath.Base(name), k, d)
			}
		}
	}
}

func TestBadDeclarationsAndReportsAreRefused(t *testing.T) {
	for name, text := range map[string]string{
		"no JSON":          `{`,
		"no tables":        `{"id":"x"}`,
		"unknown field":    `{"id":"x","tabels":[]}`,
		"same cell twice":  `{"id":"x","tables":[{"id":"t","blocks":[{"columns":[{"id":"c"}],"rows":[{"id":"r"},{"id":"r"}]}]}]}`,
		"equation astray":  `{"id":"x","tables":[{"id":"t","blocks":[{"columns":[{"id":"c"}],"rows":[{"id":"r"}]}]}],"equations":[{"rule":"q","table":"t","each":"row","left":["c"],"right":["d"]}]}`,
		"unknown base":     `{"id":"x","of":"1999"}`,
		"row not there":    `{"id":"x","of":"2021","drop":["table3.none"]}`,
		"place not there":  `{"id":"x","of":"2021","add":[{"table":"table3","after":"none","row":{"id":"n"}}]}`,
		"rule not there":   `{"id":"x","of":"2021","add":[{"table":"table3","after":"new","row":{"id":"n"},"equations":[{"rule":"none"}]}]}`,
		"equation nowhere": `{"id":"x","tables":[{"id":"t","blocks":[{"columns":[{"id":"c"}],"rows":[{"id":"r"}]}]}],"equations":[{"rule":"q","table":"u","each":"row"}]}`,
	} {
		if _, err := Parse([]byte(text), All()...); err == nil {
			t.Errorf("Parse took a declaration with %s", name)
		}
	}
	for name, text := range map[string]string{
		"no JSON":        `[`,
		"unknown form":   `{"form":"1999"}`,
		"unknown row":    `{"form":"2021","table4":{"appeal":[0,0,0,0,0]}}`,
		"short row":      `{"form":"2021","table4":{"litigation":[0,0]}}`,
		"unknown column": `{"form":"2021","table2":{"规章":{"made":1}}}`,
		"text in a cell": `{"form":"2021","table4":{"litigation":["many",0,0,0,0]}}`,
		"a half piece":   `{"form":"2021","table4":{"litigation":[0.5,0,0,0,0]}}`,
	} {
		if _, err := ParseReport([]byte(text)); err == nil {
			t.Errorf("ParseReport took a report with %s", name)
		}
	}
}
