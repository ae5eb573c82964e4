package document

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// pdfLimits keep the compiled engine between runs of the tests.
func pdfLimits() Limits {
	return Limits{CacheDir: filepath.Join(os.TempDir(), "gongkai-pdf-cache")}
}

func readPDFFile(t *testing.T, name string, data []byte) Doc {
	t.Helper()
	d, err := Read(context.Background(), name, data, pdfLimits())
	if err != nil {
		t.Fatalf("Read(%s) = %v", name, err)
	}
	checkDoc(t, d)
	return d
}

// pdf makes a small PDF of content streams, one a page, with a Latin font.
func pdf(pages ...string) []byte {
	var buf bytes.Buffer
	var at []int
	object := func(s string) {
		at = append(at, buf.Len())
		fmt.Fprintf(&buf, "%d 0 obj\n%s\nendobj\n", len(at), s)
	}
	buf.WriteString("%PDF-1.4\n")
	kids := ""
	for i := range pages {
		kids += fmt.Sprintf("%d 0 R ", 4+2*i)
	}
	object("<< /Type /Catalog /Pages 2 0 R >>")
	object(fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", kids, len(pages)))
	object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
	for i, p := range pages {
		annots := ""
		if strings.HasPrefix(p, "%note") {
			annots = "/Annots [ << /Type /Annot /Subtype /Text /Rect [0 0 20 20] /Contents (please check) >> ]"
		}
		object(fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R %s >>", 5+2*i, annots))
		object(fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(p), p))
	}
	start := buf.Len()
	fmt.Fprintf(&buf, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, a := range at {
		fmt.Fprintf(&buf, "%010d 00000 n \n", a)
	}
	fmt.Fprintf(&buf, "trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return buf.Bytes()
}

func show(x, y int, mode int, s string) string {
	return fmt.Sprintf("BT /F1 12 Tf %d Tr %d %d Td (%s) Tj ET\n", mode, x, y, s)
}

func TestAPDFFromLibreOfficeReadsLikeItsPage(t *testing.T) {
	d := readPDFFile(t, "notice.pdf", testdata(t, "notice.pdf"))
	same(t, "title", d.Title, "示例市明镜区人民政府办公室关于印发2026年政务公开工作要点的通知")
	p := Elements(d)
	same(t, "number", p.DocNo.Value, "明政办发〔2026〕3号")
	same(t, "date", p.Date.Value, "2026-01-05")
	same(t, "issuer", p.Issuer.Value, "示例市明镜区人民政府办公室")
	same(t, "open", p.Openness.Value, OpenActively)
	text := partText(t, d, PartDocument)
	if !strings.Contains(text, "现印发给你们，请结合实际认真贯彻落实。重点任务见附件") {
		t.Errorf("wrapped lines are not joined: %s", text)
	}
	part, _ := d.Part(PartDocument)
	if _, page := part.At(runeIndex(text, "重大决策公开")); page != 1 {
		t.Errorf("page = %d, want 1", page)
	}
}

func TestARealPDFReportIsRead(t *testing.T) {
	d := readPDFFile(t, "hongze_2023.pdf", corpus(t, "reports/hongze_2023.pdf"))
	same(t, "title", d.Title, "洪泽区人民政府2023年政府信息公开工作年度报告")
	same(t, "pages", d.Pages, 5)
	headings := 0
	for _, b := range d.Blocks {
		if b.Kind == Heading && b.Level == 1 {
			headings++
		}
	}
	same(t, "chapters", headings, 6)
	var tables []*Table
	for _, b := range d.Blocks {
		if b.Kind == Grid {
			tables = append(tables, b.Table)
		}
	}
	if len(tables) != 3 {
		t.Fatalf("tables = %d, want the three statutory ones", len(tables))
	}
	// The second runs over a page break.
	row := func(label string) []string {
		for _, r := range tables[1].Rows {
			var cells []string
			found := false
			for _, c := range r.Cells {
				if found {
					cells = append(cells, cellText(c))
				}
				found = found || cellText(c) == label
			}
			if found {
				return cells
			}
		}
		return nil
	}
	same(t, "new", row("一、本年新收政府信息公开申请数量"), []string{"21", "0", "0", "0", "0", "0", "21"})
	same(t, "unable", row("1.本机关不掌握相关政府信息"), []string{"10", "0", "0", "0", "0", "0", "10"})
	same(t, "total", row("（七）总计"), []string{"21", "0", "0", "0", "0", "0", "21"})
	if w := width(tables[1]); w != 10 {
		t.Errorf("columns = %d, want 10", w)
	}
	if h := d.HTML(); !strings.Contains(h, `<th colspan="10" scope="colgroup">行政诉讼</th>`) || !strings.Contains(h, `<td rowspan="12">三、本年度办理结果</td>`) && !strings.Contains(h, `rowspan="12" scope="rowgroup">三、本年度办理结果</th>`) {
		t.Error("merged cells of the statutory tables are lost")
	}
}

func TestRulesAroundTextAreNoTable(t *testing.T) {
	// A frame, a line below a heading, and a grey background behind a line.
	d := readPDFFile(t, "a.pdf", pdf("60 600 400 150 re S 72 690 m 300 690 l S 0.9 g 72 640 300 20 re f 0 g "+show(72, 700, 0, "Heading")+show(72, 645, 0, "Words on grey")))
	same(t, "blocks", shape(d.Blocks), []string{"paragraph Heading", "paragraph Words on grey"})
}

func TestATableDrawnWithRulesIsATable(t *testing.T) {
	grid := "60 600 m 360 600 l S 60 640 m 360 640 l S 60 680 m 360 680 l S 60 600 m 60 680 l S 160 600 m 160 640 l S 260 600 m 260 680 l S 360 600 m 360 680 l S "
	d := readPDFFile(t, "a.pdf", pdf(grid+show(70, 655, 0, "both")+show(270, 655, 0, "c")+show(70, 615, 0, "a")+show(170, 615, 0, "12")+show(270, 615, 0, "d")+show(60, 500, 0, "after")))
	same(t, "blocks", shape(d.Blocks), []string{"table both\tc\na\t12\td", "paragraph after"})
	if c := d.Blocks[0].Table.Rows[0].Cells[0]; c.ColSpan != 2 || c.Ref != "表1!A1" {
		t.Errorf("first cell = %+v, want it over two columns", c)
	}
}

func TestInvisibleTextAndNotesOnThePageAreReported(t *testing.T) {
	d := readPDFFile(t, "a.pdf", pdf("%note\n"+show(72, 700, 0, "Visible words")+show(72, 600, 3, "secret words")))
	hasNote(t, d, NoteHidden, 1)
	hasNote(t, d, NoteComment, 1)
	if !strings.Contains(partText(t, d, PartHidden), "secret words") || !strings.Contains(partText(t, d, PartComment), "please check") {
		t.Errorf("parts = %+v", d.Parts)
	}
}

func TestPageNumbersAndRunningHeadsAreNotText(t *testing.T) {
	var pages []string
	for i := range 4 {
		pages = append(pages, show(72, 810, 0, "Annual Report of an Example")+show(72, 700, 0, fmt.Sprintf("Words that only page %c has.", 'A'+i))+show(290, 30, 0, fmt.Sprintf("- %d -", i+1)))
	}
	d := readPDFFile(t, "a.pdf", pdf(pages...))
	same(t, "text", partText(t, d, PartDocument), "Words that only page A has.\nWords that only page B has.\nWords that only page C has.\nWords that only page D has.")
	same(t, "header", partText(t, d, PartHeader), "Annual Report of an Example")
	if d.Blocks[3].Page != 4 {
		t.Errorf("page of the last line = %d, want 4", d.Blocks[3].Page)
	}
}

func TestPDFsThatCannotBeReadSayWhy(t *testing.T) {
	good := testdata(t, "notice.pdf")
	for _, tt := range []struct {
		name  string
		data  []byte
		lim   Limits
		words string
	}{
		{"cut to a few bytes", good[:40], pdfLimits(), "已损坏"},
		{"a page without text", pdf("0 0 m 100 100 l S"), pdfLimits(), "都是图片"},
		{"too many pages", pdf("", "", "", ""), Limits{MaxPages: 3, CacheDir: pdfLimits().CacheDir}, "有 4 页"},
		{"under a password", locked(good), pdfLimits(), "打开密码"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d, err := Read(context.Background(), "a.pdf", tt.data, tt.lim)
			refused(t, err, tt.words)
			if d.Kind != KindPDF {
				t.Errorf("kind = %s, want pdf", d.Kind)
			}
		})
	}
}

// locked gives a PDF an encryption dictionary that no empty password opens.
func locked(data []byte) []byte {
	one := strings.Repeat("AB", 32)
	dict := "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + one + "> /U <" + one + "> >> /ID [<00> <00>] "
	made := pdf(show(72, 700, 0, "x"))
	return bytes.Replace(made, []byte("/Root 1 0 R"), []byte(dict+"/Root 1 0 R"), 1)
}

func TestAPDFThatRunsForeverIsEnded(t *testing.T) {
	// A form that paints itself many times over, deeply nested.
	var b strings.Builder
	for range 400_000 {
		b.WriteString("BT /F1 1 Tf 10 10 Td (aaaaaaaaaaaaaaaaaaaa) Tj ET\n")
	}
	lim := pdfLimits()
	if _, err := Read(context.Background(), "warm.pdf", pdf(show(72, 700, 0, "x")), lim); err != nil {
		t.Fatal(err)
	}
	lim.MaxTime = 300 * time.Millisecond
	start := time.Now()
	_, err := Read(context.Background(), "a.pdf", pdf(b.String()), lim)
	refused(t, err, "用时过长")
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("took %v", took)
	}
	// The engine serves the next file all the same.
	if _, err := Read(context.Background(), "b.pdf", pdf(show(72, 700, 0, "y")), pdfLimits()); err != nil {
		t.Errorf("the file after it = %v", err)
	}
}

func TestTextNobodySeesIsAPartOfItsOwn(t *testing.T) {
	d := readPDFFile(t, "a.pdf", pdf(show(60, 700, 0, "public")+
		show(60, 600, 0, "under a box")+"0 g 50 590 200 30 re f\n"+
		"0.2 0.2 0.8 rg 50 540 200 30 re f 1 1 1 rg\n"+show(60, 550, 0, "white on blue")+
		"1 1 1 rg\n"+show(60, 500, 0, "white on white")+"0 g\n"+show(60, -500, 0, "beside the page")))
	same(t, "hidden", partText(t, d, PartHidden), "under a box\nwhite on white\nbeside the page")
	hasNote(t, d, NoteHidden, 3)
	p, _ := d.Part(PartHidden)
	if _, page := p.At(2); page != 1 {
		t.Errorf("page = %d, want 1", page)
	}
}
