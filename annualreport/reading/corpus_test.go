package reading

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongkai/annualreport/form"
)

const corpus = "../../../shared/corpus/"

// truth is what the corpus says is printed in a report.
func truth(t *testing.T, file string) *form.Report {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Skipf("SKIPPED: %s is not there: %v", file, err)
	}
	var m map[string]json.RawMessage
	if err := json.Unmarshal(b, &m); err != nil {
		t.Fatal(err)
	}
	for _, k := range []string{"narrative", "expected_findings", "not_findings", "notes"} {
		delete(m, k)
	}
	if b, err = json.Marshal(m); err != nil {
		t.Fatal(err)
	}
	r, err := form.ParseReport(b)
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return r
}

// differences lists where got is not what want says. Tables that want lacks
// are passed over: the file is cut off there.
func differences(got, want *form.Report) []string {
	var d []string
	if got.Year != want.Year {
		d = append(d, fmt.Sprintf("year: got %d, want %d", got.Year, want.Year))
	}
	if got.Form == nil {
		return append(d, "no form")
	}
	if got.Form.ID != want.Form.ID || got.Form.Variant != want.Form.Variant && !want.Lacks("table3") {
		return append(d, fmt.Sprintf("form: got %s %s, want %s %s", got.Form.ID, got.Form.Variant, want.Form.ID, want.Form.Variant))
	}
	for i, c := range want.Form.Cells {
		if want.Lacks(c.Table) {
			continue
		}
		g, w := got.Get(c.ID), want.Values[i]
		if g.State == w.State && g.N == w.N {
			continue
		}
		if w.State == form.Blank && c.Kind == form.Yuan && len(others(got, c.ID)) == 2 {
			continue // money without a unit, which the truth has as null
		}
		if w.State == form.Blank && got.Lacks(c.Table+"."+c.Row) {
			continue // cut off, which the truth has as null
		}
		d = append(d, fmt.Sprintf("%s: got %v (others %v), want %v", c.ID, g, others(got, c.ID), w))
	}
	return d
}

func others(r *form.Report, id string) []form.Value {
	if i, ok := r.Form.Index(id); ok {
		return r.Origins[i].Others
	}
	return nil
}

func TestTheFiveReportsOf2020ReadAsPrinted(t *testing.T) {
	for _, name := range []string{"000", "001", "002", "003", "004"} {
		t.Run(name, func(t *testing.T) {
			want := truth(t, corpus+"reports-2020/"+name+".truth.json")
			b, err := os.ReadFile(corpus + "reports-2020/" + name + ".txt")
			if err != nil {
				t.Fatal(err)
			}
			got := Text(name+".txt", string(b))
			for _, d := range differences(got, want) {
				t.Errorf("Text(%s): %s", name, d)
			}
			if got.Agency != want.Agency {
				t.Errorf("Text(%s).Agency = %q, want %q", name, got.Agency, want.Agency)
			}
			for _, tb := range want.Form.Tables {
				if want.Lacks(tb.ID) && !got.Lacks(tb.ID) {
					t.Errorf("Text(%s) has %s, which the file lacks; missing %v", name, tb.ID, got.Missing)
				}
			}
		})
	}
}

func TestWholeReportsReadAsPrintedFromEveryKindOfFile(t *testing.T) {
	for _, c := range []struct{ file, truth, agency string }{
		{"hongze_2023.raw.txt", "hongze_2023", "淮安市洪泽区人民政府"},
		{"hongze_2023.layout.txt", "hongze_2023", "淮安市洪泽区人民政府"},
		{"hongze_2023.pdf", "hongze_2023", "淮安市洪泽区人民政府"},
		{"hangzhou_2025.html", "hangzhou_2025", "测试市"},
		{"shoffice_2019.html", "shoffice_2019", "上海市人民政府办公厅"},
		{"shuyang_2025.md", "shuyang_2025", "沐阳县人民政府"},
	} {
		t.Run(c.file, func(t *testing.T) {
			want := truth(t, corpus+"reports/"+c.truth+".truth.json")
			b, err := os.ReadFile(corpus + "reports/" + c.file)
			if err != nil {
				t.Fatal(err)
			}
			got, err := File(t.Context(), c.file, b)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range differences(got, want) {
				t.Errorf("File(%s): %s", c.file, d)
			}
			if got.Agency != c.agency {
				t.Errorf("File(%s).Agency = %q, want %q", c.file, got.Agency, c.agency)
			}
			if len(got.Missing) > 0 {
				t.Errorf("File(%s).Missing = %v, want none", c.file, got.Missing)
			}
		})
	}
}

func TestPartialTextsReadAsFarAsTheyGo(t *testing.T) {
	files, _ := filepath.Glob(corpus + "reports/partial/*.txt")
	if len(files) == 0 {
		t.Skip("SKIPPED: ../shared/corpus/reports/partial is not there")
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txt")
		t.Run(name, func(t *testing.T) {
			want := truth(t, strings.TrimSuffix(file, ".txt")+".truth.json")
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := Text(name+".txt", string(b))
			for _, d := range differences(got, want) {
				t.Errorf("Text(%s): %s", name, d)
			}
		})
	}
}

func TestATableOfLabelsAloneIsMissing(t *testing.T) {
	for name, lacks := range map[string][]string{
		"p03_xiongxian_township_2019":   {"table2", "table3", "table4"},
		"p15_lhq_market_2023_narrative": {"table2", "table3", "table4"},
		"p09_yueyang_xinfang_2021":      {"table3", "table4"},
	} {
		b, err := os.ReadFile(corpus + "reports/partial/" + name + ".txt")
		if err != nil {
			t.Skipf("SKIPPED: %s is not there: %v", name, err)
		}
		r := Text(name+".txt", string(b))
		for _, id := range lacks {
			if !r.Lacks(id) {
				t.Errorf("Text(%s).Missing = %v, want %s among them", name, r.Missing, id)
			}
		}
	}
}
