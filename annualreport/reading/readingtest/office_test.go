package readingtest

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongkai/annualreport/form"
	"gongkai/document"
)

// limits keep the compiled PDF engine between runs of the tests.
func limits() document.Limits {
	return document.Limits{CacheDir: filepath.Join(os.TempDir(), "gongkai-pdf-cache")}
}

// Files of Word, Excel and PDF have to be what their readers take for such files.
func TestOfficeFilesHoldTheirFigures(t *testing.T) {
	for _, l := range []Layout{Docx, Xlsx, PDF} {
		for seed := range uint64(2) {
			s := Make(Spec{Seed: seed, Layout: l})
			d, err := document.Read(context.Background(), s.Name, s.Data, limits())
			if err != nil {
				t.Fatalf("Read(%v) = %v", s.Spec, err)
			}
			text := strings.NewReplacer("\n", "", " ", "", "\t", "").Replace(d.Text())
			for _, word := range []string{s.Want.Agency, "第二十条第（八）项", "8.属于行政查询事项", "结转下年度继续办理"} {
				if !strings.Contains(text, word) {
					t.Errorf("%v: %q is not in the text", s.Spec, word)
				}
			}
			for i, v := range s.Want.Values {
				if v.Known() && v.Raw == "" && v.N >= 0 && !strings.Contains(text, v.Print(form.Count)) {
					t.Errorf("%v: cell %s = %d is not in the text", s.Spec, s.Want.Form.Cells[i].ID, v.N)
				}
			}
			tables := 0
			for _, b := range d.Blocks {
				if b.Kind == document.Grid {
					tables++
				}
			}
			if tables < 3 {
				t.Errorf("%v: %d tables, want three at least", s.Spec, tables)
			}
		}
	}
}
