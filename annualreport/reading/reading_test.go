package reading

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gongkai/annualreport/form"
	"gongkai/document"
	"gongkai/internal/fault"
)

// plain renders a report the way a word processor's table is copied: a row a
// line, cells parted by tabs.
func plain(r *form.Report) string {
	var w strings.Builder
	fmt.Fprintf(&w, "%s%d年政府信息公开工作年度报告\n一、总体情况\n本年工作平稳。\n", r.Agency, r.Year)
	for ti := range r.Form.Tables {
		t := &r.Form.Tables[ti]
		fmt.Fprintf(&w, "%s、%s\n", []string{"二", "三", "四"}[ti], t.Title)
		if t.Across {
			w.WriteString("行政复议\t\t\t\t\t行政诉讼\t\t\t\t\t\t\t\t\t\n结果维持\t结果纠正\t其他结果\t尚未审结\t总计\t未经复议直接起诉\t\t\t\t\t复议后起诉\t\t\t\t\n\t\t\t\t\t" +
				strings.Repeat("结果维持\t结果纠正\t其他结果\t尚未审结\t总计\t", 2) + "\n")
			for c := range 15 {
				i := t.Blocks[0].First + c
				w.WriteString(r.Values[i].Print(r.Form.Cells[i].Kind))
				if c < 14 {
					w.WriteByte('\t')
				}
			}
			w.WriteByte('\n')
			continue
		}
		for bi := range t.Blocks {
			b := &t.Blocks[bi]
			fmt.Fprintf(&w, "%s\n信息内容", b.Title)
			for _, c := range b.Columns {
				w.WriteString("\t" + c.Label)
			}
			w.WriteByte('\n')
			for ri, row := range b.Rows {
				w.WriteString(row.Label)
				for ci, c := range b.Columns {
					w.WriteString("\t" + r.Values[b.At(ri, ci)].Print(c.Kind))
				}
				w.WriteByte('\n')
			}
		}
	}
	w.WriteString("五、存在的主要问题及改进情况\n公开的内容还不够多。\n六、其他需要报告的事项\n无。\n")
	return w.String()
}

// sample fills a form with figures that differ from cell to cell and add up.
func sample(f *form.Form, seed int) *form.Report {
	r := form.New(f)
	r.Agency, r.Year = "示例市明镜区人民政府", f.From
	for i, c := range f.Cells {
		n := int64((i*7 + seed*13) % 23)
		if c.Kind.Money() {
			n *= 1234 * form.PerYuan
		}
		r.Values[i] = form.Of(n)
	}
	for range 3 {
		for i := len(f.Equations) - 1; i >= 0; i-- {
			e := &f.Equations[i]
			sum := int64(0)
			for _, c := range e.Right {
				sum += r.Values[c].N
			}
			for _, c := range e.Left[1:] {
				sum -= r.Values[c].N
			}
			r.Values[e.Left[0]] = form.Of(sum)
		}
	}
	return r
}

func values(r *form.Report) []string {
	var out []string
	for i, v := range r.Values {
		out = append(out, fmt.Sprintf("%s %d %d", r.Form.Cells[i].ID, v.State, v.N))
	}
	return out
}

func TestAPlainRenderingReadsBackEqual(t *testing.T) {
	for _, f := range form.All() {
		for seed := range 20 {
			want := sample(f, seed)
			switch seed % 4 {
			case 1: // blanks and strokes, where a row still shows how wide it is
				for i := range want.Values {
					if i%11 == 3 {
						want.Values[i] = form.Value{State: form.Blank}
					}
					if i%17 == 5 {
						want.Values[i] = form.Value{State: form.NotApplicable}
					}
				}
			case 2: // sums that do not add up are what is printed
				want.Set("table3.new.总计", form.Of(9999))
				want.Set("table4.reconsideration.总计", form.Of(0))
			}
			got := Text("示例.txt", plain(want))
			if got.Form != f {
				t.Fatalf("Text(plain %s %s, seed %d).Form = %v", f.ID, f.Variant, seed, got.Form)
			}
			if d := cmp.Diff(values(want), values(got)); d != "" {
				t.Errorf("Text(plain %s %s, seed %d) (-want +got):\n%s", f.ID, f.Variant, seed, d)
			}
			if got.Agency != want.Agency || got.Year != want.Year || len(got.Missing) > 0 {
				t.Errorf("Text(plain %s %s, seed %d): agency %q, year %d, missing %v", f.ID, f.Variant, seed, got.Agency, got.Year, got.Missing)
			}
		}
	}
}

func TestAFigureStandsWhereItsOriginSays(t *testing.T) {
	text := plain(sample(form.ByID("2021"), 3))
	got := Text("示例.txt", text)
	rs := []rune(text)
	for i, o := range got.Origins {
		v := got.Values[i]
		if v.State != form.Number {
			continue
		}
		if s, want := string(rs[o.Start:o.End]), v.Print(got.Form.Cells[i].Kind); s != want {
			t.Errorf("origin of %s [%d:%d] is %q, want %q", got.Form.Cells[i].ID, o.Start, o.End, s, want)
		}
	}
}

// rowOf reads a text with table three alone and returns one of its rows.
func rowOf(t *testing.T, lines string, row string) (cells []string, r *form.Report) {
	t.Helper()
	r = Text("2022.txt", "三、收到和处理政府信息公开申请情况\n自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计\n"+lines+"\n四、政府信息公开行政复议、行政诉讼情况\n")
	if r.Form == nil {
		t.Fatalf("Text(%q) has no form", lines)
	}
	for _, c := range r.Form.Table("table3").Blocks[0].Columns {
		cells = append(cells, r.Get("table3."+row+"."+c.ID).Print(form.Count))
	}
	return cells, r
}

func TestWhatStandsInACell(t *testing.T) {
	for _, c := range []struct{ name, line, want string }{
		{"plain", "一、本年新收政府信息公开申请数量\t5\t1\t0\t0\t0\t0\t6", "5 1 0 0 0 0 6"},
		{"full-width digits", "一、本年新收政府信息公开申请数量\t１５\t１\t０\t０\t０\t０\t１６", "15 1 0 0 0 0 16"},
		{"thousands", "一、本年新收政府信息公开申请数量\t1,205\t1\t0\t0\t0\t0\t1，206", "1205 1 0 0 0 0 1206"},
		{"units and remarks", "一、本年新收政府信息公开申请数量\t5件\t1（含转办1件）\t0\t0\t0\t0\t6 件", "5 1 0 0 0 0 6"},
		{"decimals of a workbook", "一、本年新收政府信息公开申请数量\t5.0\t1.00\t0.0\t0\t0\t0\t6.0", "5 1 0 0 0 0 6"},
		{"strokes are not noughts", "一、本年新收政府信息公开申请数量\t5\t/\t—\t－\t0\t0\t5", "5 / / / 0 0 5"},
		{"a blank is not a nought", "一、本年新收政府信息公开申请数量\t5\t\t\t\t\t\t5", "5      5"},
		{"a space inside a number", "一、本年新收政府信息公开申请数量\t1 5\t1\t0\t0\t0\t0\t16", "15 1 0 0 0 0 16"},
		{"zero-width characters", "一、本年新收政府信息公开申请数量\t\u200b5\t1\u200b\t\u00a00\t0\t0\t0\t6", "5 1 0 0 0 0 6"},
		{"a letter for a digit is no digit", "一、本年新收政府信息公开申请数量\t5\t1\tO\t0\t0\t0\t6", "5 1 ？ 0 0 0 6"},
		{"words for a figure are unknown", "一、本年新收政府信息公开申请数量\t5\t1\t详见附件\t0\t0\t0\t6", "5 1 ？ 0 0 0 6"},
		{"wrong sums stay as printed", "一、本年新收政府信息公开申请数量\t5\t1\t0\t0\t0\t0\t7", "5 1 0 0 0 0 7"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, _ := rowOf(t, c.line+"\n二、上年结转政府信息公开申请数量\t0\t0\t0\t0\t0\t0\t0", "new")
			if s := strings.Join(got, " "); s != c.want {
				t.Errorf("row of %q = %q, want %q", c.line, s, c.want)
			}
		})
	}
}

func TestDamagedLabelsAreRecognised(t *testing.T) {
	zero := "\t0\t0\t0\t0\t0\t0\t0"
	for _, c := range []struct{ name, label, row string }{
		{"spaces", "3. 危 及 “三安全 一稳定”", "deny3"},
		{"straight quotes", "3.危及\"三安全一稳定\"", "deny3"},
		{"a letter lost", "2.其他法律行政止公开", "deny2"},
		{"letters mistaken", "7.属于行玫执法案巻", "deny7"},
		{"traditional script", "4.保護第三方合法權益", "deny4"},
		{"its beginning alone", "4.无正当理由大量反", "reject4"},
		{"without its number", "要求提供公开出版物", "reject3"},
		{"numbered otherwise", "（2）没有现成信息需要另行制作", "unable2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, r := rowOf(t, "一、本年新收政府信息公开申请数量"+zero+"\n"+c.label+"\t3\t1\t0\t0\t0\t0\t4\n四、结转下年度继续办理"+zero, c.row)
			if s := strings.Join(got, " "); s != "3 1 0 0 0 0 4" {
				t.Errorf("row %s of %q = %q; missing %v", c.row, c.label, s, r.Missing)
			}
		})
	}
}

func TestDroppedBlanksAreNotGuessed(t *testing.T) {
	got, r := rowOf(t, "一、本年新收政府信息公开申请数量 3 3\n二、上年结转政府信息公开申请数量 0 0 0 0 0 0 0", "new")
	for c := range 7 {
		if got[c] != "？" {
			t.Errorf("column %d of a row that prints only 3 3 is %q, want unknown", c, got[c])
		}
	}
	i, _ := r.Form.Index("table3.new.自然人")
	if o := r.Origins[i]; len(o.Others) != 2 || o.Sure >= 1 {
		t.Errorf("origin of the unknown cell: others %v, sure %v; want the number and the blank, less than sure", o.Others, o.Sure)
	}
}

func TestATableWithoutFiguresIsMissingAndNotZero(t *testing.T) {
	var lines []string
	for _, r := range form.ByID("2021").Table("table3").Blocks[0].Rows {
		lines = append(lines, r.Label)
	}
	_, r := rowOf(t, strings.Join(lines, "\n"), "new")
	if !r.Lacks("table3") {
		t.Errorf("missing = %v, want table3 among them", r.Missing)
	}
	for i, v := range r.Values {
		if v.State != form.Unknown {
			t.Errorf("%s = %v, want unknown", r.Form.Cells[i].ID, v)
		}
	}
}

func TestMoneyKeepsItsUnit(t *testing.T) {
	const head = "某县水利局2020年政府信息公开工作年度报告\n二、主动公开政府信息情况\n第二十条第（九）项\n信息内容\t采购项目数量\t%s\n政府集中采购\t3\t%s\n三、收到和处理政府信息公开申请情况\n"
	for _, c := range []struct {
		column, cell string
		want         string // in yuan; "" unknown
	}{
		{"采购总金额", "12.5万元", "125000.00"},
		{"采购总金额", "3987.75 万", "39877500.00"},
		{"采购总金额", "46297722.02元", "46297722.02"},
		{"采购总金额", "105. 223 万元", "1052230.00"},
		{"采购总金额", "1.2亿元", "120000000.00"},
		{"采购总金额（万元）", "12.5", "125000.00"},
		{"采购总金额（元）", "8040", "8040.00"},
		{"采购总金额", "0", "0.00"},
		{"采购总金额", "8040", ""},
	} {
		r := Text("x.txt", fmt.Sprintf(head, c.column, c.cell))
		if r.Form == nil || r.Form.ID != "2019" {
			t.Fatalf("form of %q %q: %v", c.column, c.cell, r.Form)
		}
		v := r.Get("table2.政府集中采购.amount_yuan")
		missing := slices.ContainsFunc(r.Findings, func(f form.Finding) bool { return f.Rule == "unit.missing" })
		switch {
		case c.want == "" && (v.State != form.Unknown || !missing):
			t.Errorf("%q under %q = %v with findings %v; want unknown and unit.missing", c.cell, c.column, v, r.Findings)
		case c.want != "" && (v.State != form.Number || form.InYuan(v.N) != c.want || missing):
			t.Errorf("%q under %q = %v (%s), want %s", c.cell, c.column, v, form.InYuan(v.N), c.want)
		}
	}
}

func TestTheFormIsThatOfTheRowsAndTheYearIsChecked(t *testing.T) {
	r := sample(form.ByID("2021"), 1)
	r.Year = 2020
	got := Text("x.txt", plain(r))
	if got.Form.ID != "2021" || got.Year != 2020 {
		t.Fatalf("form %s, year %d; want 2021, 2020", got.Form.ID, got.Year)
	}
	if !slices.ContainsFunc(got.Findings, func(f form.Finding) bool { return f.Rule == "form.year" && f.Severity == form.Warning }) {
		t.Errorf("findings = %v, want form.year", got.Findings)
	}
}

func TestTheAgencyAndTheYear(t *testing.T) {
	const rest = "\n本报告数据的统计期限为2023年1月1日至12月31日。\n一、总体情况\n二、主动公开政府信息情况\n"
	for _, c := range []struct{ text, agency string }{
		{"示例县教育局2023年政府信息公开工作年度报告", "示例县教育局"},
		{"2023年示例市人民政府办公室政府信息公开工作年度报告", "示例市人民政府办公室"},
		{"示例县人民政府\n2023年政府信息公开工作年度报告", "示例县人民政府"},
		{"示例县水利局关于2023年度政府信息公开工作情况的报告\n", "示例县水利局"},
		{"首页 > 政务公开 > 政府信息公开年报 > 2024年\n明镜区信访局2023年度政府信息公开\n工作年度报告", "明镜区信访局"},
		{"明镜区人民政府2023年政府信息公开工作年度报告\n本报告由示例市明镜区人民政府办公室编制。", "示例市明镜区人民政府"},
	} {
		r := Text("x.txt", c.text+rest)
		if r.Agency != c.agency || r.Year != 2023 {
			t.Errorf("Text(%q): %q %d, want %q 2023", c.text, r.Agency, r.Year, c.agency)
		}
	}
}

func TestWhatIsNoReportHasNoForm(t *testing.T) {
	for _, text := range []string{"", "\n\n", "今天天气很好。", strings.Repeat("1 2 3 4 5 6 7\n", 100), "关于召开会议的通知\n各科室：\n定于2023年3月1日开会。"} {
		r := Text("x.txt", text)
		if r.Form != nil || r.Values != nil {
			t.Errorf("Text(%.20q).Form = %v, want none", text, r.Form)
		}
		if !r.Lacks("table2") || !r.Lacks("table3") || !r.Lacks("table4") {
			t.Errorf("Text(%.20q).Missing = %v, want all tables", text, r.Missing)
		}
	}
}

func TestFilesThatCannotBeReadAreRefusedWithASentence(t *testing.T) {
	for name, data := range map[string][]byte{
		"空.pdf": []byte("%PDF-1.4\n"), "图.png": []byte("\x89PNG\r\n\x1a\n0000000000000000"), "乱.docx": []byte("PK\x03\x04xxxxxxxxxxxxxxxxxxxx"),
	} {
		r, err := File(t.Context(), name, data)
		if err == nil {
			t.Errorf("File(%s) = %v, want an error", name, r)
			continue
		}
		if s := fault.Sentence(err); !strings.Contains(s, name) {
			t.Errorf("File(%s): %v; want a sentence with the file's name, got %q", name, err, s)
		}
	}
}

func TestOtherEncodingsReadTheSame(t *testing.T) {
	want := sample(form.ByID("2019"), 5)
	text := plain(want)
	var wide []byte
	wide = append(wide, 0xff, 0xfe)
	for _, c := range text {
		wide = append(wide, byte(c), byte(c>>8))
	}
	got, err := File(t.Context(), "x.txt", wide)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(values(want), values(got)); d != "" {
		t.Errorf("UTF-16 (-want +got):\n%s", d)
	}
}

func TestADocumentsOwnTableNamesThePlaces(t *testing.T) {
	cell := func(s string, col int) document.Cell {
		c := document.Cell{Ref: fmt.Sprintf("表1!%s1", columnName(col)), Col: col, ColSpan: 1, RowSpan: 1}
		if s != "" {
			c.Blocks = []document.Block{{Kind: document.Paragraph, Runs: []document.Run{{Text: s}}, Start: 100 + col}}
		}
		return c
	}
	row := func(ss ...string) (r document.Row) {
		for i, s := range ss {
			r.Cells = append(r.Cells, cell(s, i))
		}
		return r
	}
	d := document.Doc{Blocks: []document.Block{
		{Kind: document.Heading, Runs: []document.Run{{Text: "三、收到和处理政府信息公开申请情况"}}},
		{Kind: document.Grid, Table: &document.Table{Rows: []document.Row{
			row("", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"),
			row("一、本年新收政府信息公开申请数量", "7", "", "", "", "", "", "7"),
			row("（一）予以公开", "", "", "", "", "", "", "2"),
		}}},
	}}
	r := Doc("2023.docx", d)
	if r.Form == nil {
		t.Fatal("no form")
	}
	i, _ := r.Form.Index("table3.new.自然人")
	if v, o := r.Values[i], r.Origins[i]; v.N != 7 || o.Place != "表1!B1" || o.Start != 101 || o.End != 102 {
		t.Errorf("new.自然人 = %v at %+v, want 7 at 表1!B1, 101 to 102", v, o)
	}
	if v := r.Get("table3.granted.总计"); v.N != 2 {
		t.Errorf("granted.总计 = %v, want 2: the cell stands under 总计", v)
	}
	if v := r.Get("table3.granted.自然人"); v.State != form.Blank {
		t.Errorf("granted.自然人 = %v, want blank", v)
	}
}

func TestHostileTextEnds(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: long texts")
	}
	zero := strings.Repeat("0 ", 200_000)
	for name, text := range map[string]string{
		"digits":       strings.Repeat("1234567890", 800_000),
		"too large":    strings.Repeat("1234567890", 10_000_000),
		"numbers":      "三、收到和处理政府信息公开申请情况\n一、本年新收政府信息公开申请数量\n二、上年结转政府信息公开申请数量\n重复申请\n" + zero,
		"number lines": "三、收到和处理政府信息公开申请情况\n一、本年新收政府信息公开申请数量\n重复申请\n" + strings.Repeat("1 2 3\n", 100_000),
		"labels":       "总体情况\n2023年\n" + strings.Repeat("重复申请\n1\n", 100_000),
		"strokes":      strings.Repeat("|", 3_000_000),
		"tabs":         "重复申请" + strings.Repeat("\t", 3_000_000),
		"brackets":     strings.Repeat("1（", 500_000),
		"tables":       strings.Repeat("<table><tr><td colspan=99 rowspan=99>重复申请", 50_000),
		"one line":     strings.Repeat("重复申请 1 2 ", 300_000),
	} {
		start := time.Now()
		r := Text("2023年.txt", text)
		if d := time.Since(start); d > 20*time.Second {
			t.Errorf("Text(%s) took %v", name, d)
		}
		if len(text) > MaxText && !slices.ContainsFunc(r.Findings, func(f form.Finding) bool { return f.Rule == "file.size" }) {
			t.Errorf("Text(%s) does not say that it is too large: %v", name, r.Findings)
		}
	}
}

// sound checks what always holds of a report.
func sound(t *testing.T, text string, r *form.Report) {
	t.Helper()
	if r.Form == nil {
		if r.Values != nil {
			t.Fatal("values without a form")
		}
		return
	}
	if len(r.Values) != len(r.Form.Cells) || len(r.Origins) != len(r.Form.Cells) {
		t.Fatalf("%d values and %d origins for %d cells", len(r.Values), len(r.Origins), len(r.Form.Cells))
	}
	n := len([]rune(text))
	for i, v := range r.Values {
		o := r.Origins[i]
		if o.Start < 0 || o.End < o.Start || text != "" && o.End > n {
			t.Fatalf("%s stands at [%d:%d] of %d", r.Form.Cells[i].ID, o.Start, o.End, n)
		}
		if v.State == form.Number && o.End == o.Start {
			t.Fatalf("%s = %v was printed nowhere", r.Form.Cells[i].ID, v)
		}
	}
}

func FuzzText(f *testing.F) {
	f.Add(plain(sample(form.ByID("2021"), 1)))
	f.Add(plain(sample(form.ByID("2019"), 2)))
	f.Add("三、收到和处理政府信息公开申请情况\n重复申请 1 1\n<table><tr><td>重复申请<td>3")
	f.Add("二、主动公开政府信息情况 |\n||||\n规章 |\n0 |\n| ||\n")
	f.Fuzz(func(t *testing.T, text string) {
		r := Text("x.txt", text)
		sound(t, text, r)
		if again := Text("x.txt", text); string(again.AppendJSON(nil)) != string(r.AppendJSON(nil)) {
			t.Fatalf("two readings differ:\n%s\n%s", r.AppendJSON(nil), again.AppendJSON(nil))
		}
	})
}

func FuzzFile(f *testing.F) {
	f.Add("x.html", []byte("<table><tr><td>一、本年新收政府信息公开申请数量<td>1<td colspan=5><td>1</table>三、收到和处理政府信息公开申请情况 总体情况"))
	f.Add("x.md", []byte("| 规章 | 0 | 0 | 0 |\n|---|---|---|---|\n"))
	f.Add("x.txt", []byte("\xff\xfe\x00\x4e"))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		if document.KindOf(name, data).Office() {
			t.Skip() // their parsers have fuzz tests of their own
		}
		r, err := File(t.Context(), name, data)
		if err != nil {
			if fault.Sentence(err) == "" {
				t.Fatalf("File fails without a sentence: %v", err)
			}
			return
		}
		sound(t, "", r)
	})
}
