package paper

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"gongkai/annualreport/form"
	"gongkai/document"
	"gongkai/internal/fault"
)

func TestTheSanitiserLeavesThePublishedPageAsItIs(t *testing.T) {
	everyForm(t, func(t *testing.T, f *form.Form) {
		for seed := range uint64(20) {
			p := scatter(f, rand.New(rand.NewPCG(seed, 1)))
			p.Intro = append(p.Intro, `引文含有 <script>、"引号"、'撇号' 和 & 符号。`)
			got := p.HTML()
			if diff := cmp.Diff(got, document.Clean(got)); diff != "" {
				t.Fatalf("Clean(HTML()) changes the page (-HTML +Clean):\n%s", diff)
			}
		}
	})
}

func TestEveryTableIsARectangleThatHoldsEachCellOnce(t *testing.T) {
	everyForm(t, func(t *testing.T, f *form.Form) {
		p := example(f)
		seen := map[int]int{}
		for _, g := range p.Grids() {
			covered := map[[2]int]bool{}
			for i, line := range g.Lines {
				for _, b := range line.Boxes {
					if b.Role == Figure {
						seen[b.Cell]++
					}
					for r := i; r < i+b.Rows; r++ {
						for c := b.Col; c < b.Col+b.Cols; c++ {
							if covered[[2]int{r, c}] {
								t.Errorf("%s: line %d column %d is covered twice, by %q too", g.ID, r, c, b.Text)
							}
							covered[[2]int{r, c}] = true
						}
					}
				}
			}
			if want := len(g.Lines) * g.Columns; len(covered) != want {
				t.Errorf("%s: %d places are covered, want %d × %d = %d", g.ID, len(covered), len(g.Lines), g.Columns, want)
			}
		}
		for i, c := range f.Cells {
			if seen[i] != 1 {
				t.Errorf("cell %s is printed %d times, want once", c.ID, seen[i])
			}
		}
	})
}

func TestTheTablesAreHeadedAsTheNoticePrintsThem(t *testing.T) {
	p := example(form.ByID("2021"))
	grids := p.Grids()
	var two, three, four []string
	for _, l := range grids[0].Lines[:4] {
		two = append(two, said(l))
	}
	for _, l := range grids[1].Lines[:5] {
		three = append(three, said(l))
	}
	for _, l := range grids[2].Lines[:3] {
		four = append(four, said(l))
	}
	want := [][]string{
		{"第二十条第（一）项", "信息内容|本年制发件数|本年废止件数|现行有效件数", "规章|#|#|#", "行政规范性文件|#|#|#"},
		{"（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）|申请人情况", "自然人|法人或其他组织|总计", "商业企业|科研机构|社会公益组织|法律服务机构|其他",
			"一、本年新收政府信息公开申请数量|#|#|#|#|#|#|#", "二、上年结转政府信息公开申请数量|#|#|#|#|#|#|#"},
		{"行政复议|行政诉讼", "结果维持|结果纠正|其他结果|尚未审结|总计|未经复议直接起诉|复议后起诉", "结果维持|结果纠正|其他结果|尚未审结|总计|结果维持|结果纠正|其他结果|尚未审结|总计"},
	}
	for i, got := range [][]string{two, three, four} {
		if diff := cmp.Diff(want[i], got); diff != "" {
			t.Errorf("table %d (-want +got):\n%s", i+2, diff)
		}
	}
}

func said(l Line) string {
	var out []string
	for _, b := range l.Boxes {
		if b.Role == Figure {
			b.Text = "#"
		}
		out = append(out, b.Text)
	}
	return strings.Join(out, "|")
}

func TestACorrectionIsMarkedInItsCellAndExplainedUnderItsTable(t *testing.T) {
	p := example(form.ByID("2021"))
	p.Fixes[0].Printed = form.Of(4)
	p.Fixes[0].Computed = form.Of(5)
	p.Report.Values[p.Fixes[0].Cell] = form.Of(4)
	got := p.HTML()
	for _, want := range []string{
		`>4<sup><a href="#fn-1" id="fnref-1">*</a></sup></td>`,
		`<li id="fn-1">表三“（三）不予公开5.属于三类内部事务信息”行“自然人”列，按记录汇总为5，更正为4。更正理由：有一件申请登记时选错了处理结果，经核对原件后更正。<a href="#fnref-1">返回表格</a></li>`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("HTML() lacks %s", want)
		}
	}
	if mark, list, four := strings.Index(got, `id="fnref-1"`), strings.Index(got, `id="fn-1"`), strings.Index(got, "<h2>四、"); !(mark < list && list < four) {
		t.Errorf("mark, list and chapter four begin at %d, %d, %d; want them in this order", mark, list, four)
	}
}

func TestAHeadLineIsTakenOffItsParagraph(t *testing.T) {
	for _, c := range []struct{ name, para, head, rest string }{
		{"with a full stop", "（一）主动公开。全年公开10条。", "（一）主动公开", "全年公开10条。"},
		{"on a line of its own", "（二）依申请公开\n全年2件。", "（二）依申请公开", "全年2件。"},
		{"alone", "（五）监督保障", "（五）监督保障", ""},
		{"a sentence is not a head", "（一）围绕中心工作，做好主动公开", "", "（一）围绕中心工作，做好主动公开"},
		{"a long one is not either", "（十一）" + strings.Repeat("长", 40) + "。后文", "", "（十一）" + strings.Repeat("长", 40) + "。后文"},
		{"a bracket is not a number", "（略）主动公开。", "", "（略）主动公开。"},
	} {
		head, rest := opening(c.para)
		if head != c.head || rest != c.rest {
			t.Errorf("%s: opening(%q) = %q, %q, want %q, %q", c.name, c.para, head, rest, c.head, c.rest)
		}
	}
}

// figures compares the figures of two reports cell for cell.
func figures(t *testing.T, what string, got, want *form.Report) {
	t.Helper()
	if got == nil || got.Form == nil {
		t.Fatalf("%s: no form was found, want %s", what, want.Form.ID)
	}
	if got.Form != want.Form {
		t.Fatalf("%s: form = %s %s, want %s %s", what, got.Form.ID, got.Form.Variant, want.Form.ID, want.Form.Variant)
	}
	if got.Year != want.Year || got.Agency != want.Agency {
		t.Errorf("%s: agency and year = %s %d, want %s %d", what, got.Agency, got.Year, want.Agency, want.Year)
	}
	for i := range want.Values {
		if g, w := got.Values[i], want.Values[i]; g.State != w.State || g.N != w.N {
			t.Errorf("%s: %s = %+v, want %+v", what, want.Form.Cells[i].ID, g, w)
		}
	}
}

func TestJSONAndCSVGiveTheReportBack(t *testing.T) {
	everyForm(t, func(t *testing.T, f *form.Form) {
		for seed := range uint64(50) {
			p := scatter(f, rand.New(rand.NewPCG(seed, 2)))
			p.Report.Values[rand.New(rand.NewPCG(seed, 3)).IntN(len(f.Cells))] = form.Value{} // unknown stays unknown
			back, err := Parse(p.JSON())
			if err != nil {
				t.Fatalf("Parse(JSON()): %v", err)
			}
			figures(t, "JSON", back.Report, p.Report)
			back.Report = p.Report
			if diff := cmp.Diff(p.JSON(), back.JSON()); diff != "" {
				t.Fatalf("prose and corrections through JSON (-want +got):\n%s", diff)
			}
			r, err := ParseCSV(p.CSV())
			if err != nil {
				t.Fatalf("ParseCSV(CSV()): %v", err)
			}
			figures(t, "CSV", r, p.Report)
		}
	})
}

func TestAMissingRowAndTableStayMissing(t *testing.T) {
	p := example(form.ByID("2019"))
	p.Report.Missing = []string{"table4", "table2.规章"}
	p.Fixes = nil
	if h := p.HTML(); strings.Contains(h, "结果维持") || strings.Contains(h, ">规章<") {
		t.Errorf("HTML() prints what the report lacks")
	}
	r, err := ParseCSV(p.CSV())
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"table4", "table2.规章"} {
		if !r.Lacks(id) {
			t.Errorf("ParseCSV: missing = %v, want %s among them", r.Missing, id)
		}
	}
}

func TestForeignAndDamagedFilesAreRefusedWithASentence(t *testing.T) {
	p := example(form.ByID("2021"))
	whole := string(p.CSV())
	for _, c := range []struct {
		name string
		err  error
		say  string
	}{
		{"other columns", second(ParseCSV([]byte("机关,年度\n甲,2026\n"))), "第 1 行"},
		{"a word for a number", second(ParseCSV([]byte(strings.Replace(whole, ",件,数值", "多,件,数值", 1)))), "行有误"},
		{"another state", second(ParseCSV([]byte(strings.Replace(whole, ",数值\r\n", ",大概\r\n", 1)))), "行有误"},
		{"another form", second(ParseCSV([]byte(strings.ReplaceAll(whole, ",2021,table", ",1999,table")))), "1999"},
		{"two agencies", second(ParseCSV([]byte(whole + strings.Replace(strings.SplitN(whole, "\r\n", 3)[1], "明镜区", "他区", 1) + "\r\n"))), "一个文件"},
		{"JSON of something else", second(Parse([]byte(`[1,2]`))), "重新下载"},
		{"a correction of no cell", second(Parse([]byte(strings.Replace(string(p.JSON()), `"cell":"table3.`, `"cell":"table9.`, 1)))), "table9"},
	} {
		if !errors.Is(c.err, fault.Invalid) || !strings.Contains(c.err.Error(), c.say) {
			t.Errorf("%s: error = %v, want Invalid with %q", c.name, c.err, c.say)
		}
	}
}

func second[T any](_ T, err error) error { return err }

func TestANameThatLooksLikeAFormulaIsDefusedInCSV(t *testing.T) {
	p := example(form.ByID("2021"))
	p.Report.Agency = "=1+1"
	b := p.CSV()
	if strings.Contains(string(b), "\n=1") {
		t.Errorf("CSV() has a line that begins with a formula")
	}
	if r, err := ParseCSV(b); err != nil || r.Agency != "=1+1" {
		t.Errorf("ParseCSV = %v, %v, want the name back", r, err)
	}
}

func TestTheWorkbookHoldsNumbersAsNumbersAndBlanksAsBlanks(t *testing.T) {
	everyForm(t, func(t *testing.T, f *form.Form) {
		for seed := range uint64(5) {
			p := scatter(f, rand.New(rand.NewPCG(seed, 4)))
			b, err := p.XLSX()
			if err != nil {
				t.Fatal(err)
			}
			x, err := excelize.OpenReader(bytes.NewReader(b), excelize.Options{RawCellValue: true})
			if err != nil {
				t.Fatal(err)
			}
			for _, g := range p.Grids() {
				sheet := map[int]string{2: "表二", 3: "表三", 4: "表四"}[g.Chapter]
				for i, line := range g.Lines {
					for _, box := range line.Boxes {
						if box.Role != Figure {
							continue
						}
						ref := at(box.Col, i+2)
						raw, err := x.GetCellValue(sheet, ref)
						if err != nil {
							t.Fatal(err)
						}
						kind, _ := x.GetCellType(sheet, ref)
						v := box.Value
						switch {
						case v.Known() && !box.exact():
							if raw != box.Text+box.mark() {
								t.Errorf("%s!%s = %q, want all digits of %s as text", sheet, ref, raw, box.Text)
							}
						case v.Known():
							shift := 0
							if box.Kind.Money() {
								shift = 8
							}
							if n, ok := form.ParseDecimal(raw, shift); !ok || n != v.N || kind == excelize.CellTypeSharedString {
								t.Errorf("%s!%s = %q of type %d, want the number %d", sheet, ref, raw, kind, v.N)
							}
						case v.State == form.Blank && raw != "", v.State == form.NotApplicable && strings.TrimSuffix(raw, fixMark) != "/":
							t.Errorf("%s!%s = %q, want state %d", sheet, ref, raw, v.State)
						}
					}
				}
			}
		}
	})
}

func TestTheSameReportGivesTheSameBytes(t *testing.T) {
	for name, write := range formats {
		p := example(form.ByID("2021"))
		first, err := write(p)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for range 3 {
			again, err := write(example(form.ByID("2021")))
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if !bytes.Equal(first, again) {
				t.Errorf("%s: the second file differs from the first", name)
			}
		}
	}
}

// formats are all the files a report is published as, by extension.
var formats = map[string]func(p *Paper) ([]byte, error){
	"html": func(p *Paper) ([]byte, error) { return []byte(p.HTML()), nil },
	"json": func(p *Paper) ([]byte, error) { return p.JSON(), nil },
	"csv":  func(p *Paper) ([]byte, error) { return p.CSV(), nil },
	"xlsx": (*Paper).XLSX,
	"docx": (*Paper).DOCX,
	"pdf":  func(p *Paper) ([]byte, error) { b, _, err := p.PDF(); return b, err },
}

func TestAReportWithoutFiguresMakesNoWorkbook(t *testing.T) {
	if _, err := (&Paper{Report: &form.Report{}}).XLSX(); !errors.Is(err, fault.Invalid) {
		t.Errorf("XLSX() = %v, want Invalid", err)
	}
}
