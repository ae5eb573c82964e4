package document

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func pdfLimits() Limits { return Limits{CacheDir: filepath.Join(os.TempDir(), "gongkai-pdf-cache")} }

func TestPDFSmoke(t *testing.T) {
	for _, f := range []string{"testdata/notice.pdf", "/work/shared/corpus/reports/hongze_2023.pdf"} {
		data, _ := os.ReadFile(f)
		s := time.Now()
		d, err := Read(context.Background(), f, data, pdfLimits())
		fmt.Println(f, err, d.Title, d.Pages, time.Since(s), d.Notes, d.Meta)
		for _, b := range d.Blocks {
			fmt.Println(b.Page, b.Kind, b.Level, b.Align, b.Strong, b.Size, runsText(b.Runs))
		}
		p := Elements(d)
		fmt.Println(p.Title.Value, p.Issuer.Value, p.DocNo.Value, p.Date.Value, p.Openness.Value)
	}
}
