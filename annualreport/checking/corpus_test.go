package checking

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gongkai/annualreport/form"
)

const corpus = "../../../shared/corpus"

// truths are the real reports as people read them, by file name.
func truths(t *testing.T) map[string]*form.Report {
	t.Helper()
	var names []string
	for _, pattern := range []string{"reports-2020", "reports", "reports/partial"} {
		found, err := filepath.Glob(filepath.Join(corpus, pattern, "*.truth.json"))
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, found...)
	}
	if len(names) == 0 {
		t.Skip("SKIPPED: the real reports are not at ../shared/corpus")
	}
	all := map[string]*form.Report{}
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		r, err := form.ParseReport(b)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all[strings.TrimSuffix(filepath.Base(name), ".truth.json")] = r
	}
	return all
}

func codes(list []form.Finding, severity form.Severity) []string {
	var out []string
	for _, f := range list {
		if f.Severity == severity && !slices.Contains(out, f.Rule) {
			out = append(out, f.Rule)
		}
	}
	slices.Sort(out)
	return out
}

// TestRealReportsGetWhatIsWrongAndNothingElse: the errors and warnings of each
// real report, by code. What the layout of the file, its spelling and its prose
// bring is for reading, inspection and the claims to find.
func TestRealReportsGetWhatIsWrongAndNothingElse(t *testing.T) {
	want := map[string]struct{ errors, warnings []string }{
		"000":                                 {nil, []string{"missing.table"}},
		"001":                                 {nil, []string{"t4.blank"}},
		"002":                                 {[]string{"t3.balance", "t3.result-sum", "t3.row-sum"}, []string{"t3.blank"}},
		"hongze_2023":                         {[]string{"t4.row-sum"}, nil},
		"shoffice_2019":                       {nil, []string{"t3.blank", "t3.total-blank", "t4.blank"}},
		"p04_zhongcun_township_2020":          {nil, []string{"missing.table", "t2.blank"}},
		"p07_qili_township_2020_in_2021_form": {nil, []string{"form.year", "missing.table", "t2.blank"}},
		"p08_yanliang_xinfang_2021":           {nil, []string{"missing.table", "t2.blank"}},
		"003":                                 {}, "004": {}, "hangzhou_2025": {}, "shuyang_2025": {},
	}
	for name, r := range truths(t) {
		w, ok := want[name]
		if !ok { // fragments
			w.warnings = []string{"missing.table"}
		}
		list := Check(r, nil)
		if got := codes(list, form.Error); !slices.Equal(got, w.errors) {
			t.Errorf("Check(%s) has the errors %v, want %v", name, got, w.errors)
		}
		if got := codes(list, form.Warning); !slices.Equal(got, w.warnings) {
			t.Errorf("Check(%s) has the warnings %v, want %v", name, got, w.warnings)
		}
	}
}

// find returns the findings of a rule.
func find(list []form.Finding, rule string) []form.Finding {
	var out []form.Finding
	for _, f := range list {
		if f.Rule == rule {
			out = append(out, f)
		}
	}
	return out
}

func says(t *testing.T, list []form.Finding, rule string, texts ...string) form.Finding {
	t.Helper()
	for _, f := range find(list, rule) {
		all := true
		for _, text := range texts {
			all = all && strings.Contains(f.Message, text)
		}
		if all {
			return f
		}
	}
	t.Errorf("no finding %s says %v; there are %v", rule, texts, find(list, rule))
	return form.Finding{}
}

func TestTheRealInconsistenciesAreNamed(t *testing.T) {
	all := truths(t)

	list := Check(all["002"], nil)
	f := says(t, list, "t3.row-sum", "（三）不予公开5.属于三类内部事务信息", "各分项合计 0", "总计填 1")
	if !slices.Equal(f.Cells, []string{"table3.deny5.总计"}) {
		t.Errorf("the row of 三类内部事务 concerns %v, want its total alone", f.Cells)
	}
	says(t, list, "t3.row-sum", "四、结转下年度继续办理", "各分项合计 0", "总计填 6")
	says(t, list, "t3.result-sum", "“自然人”列", "合计 43", "填 44")
	says(t, list, "t3.balance", "“自然人”列", "得 50", "得 44", "第四项空白", "相差 6")
	if len(f.Explanations) == 0 {
		t.Fatal("002: nothing explains its four errors")
	}
	e := f.Explanations[0]
	if !slices.Equal(e.Cells, []string{"table3.deny5.自然人", "table3.forward.自然人"}) || !slices.Equal(e.Values, []string{"1", "6"}) || e.Kind != "blank-part" {
		t.Errorf("002 is explained by %v %v %s, want the two blanks", e.Cells, e.Values, e.Kind)
	}
	for _, g := range list {
		if g.Severity == form.Error && g.Group != f.Group {
			t.Errorf("%s is in group %d, want all four in %d", g.Message, g.Group, f.Group)
		}
	}

	list = Check(all["hongze_2023"], nil)
	f = says(t, list, "t4.row-sum", "“行政复议”栏", "合计 11", "总计填 0")
	if len(f.Explanations) != 1 || f.Explanations[0].Kind != "total-zero" || f.Explanations[0].Values[0] != "11" {
		t.Errorf("hongze 复议: explained by %+v, want the total alone", f.Explanations)
	}
	says(t, list, "t4.row-sum", "复议后起诉", "合计 5", "总计填 0")

	says(t, Check(all["001"], nil), "t4.blank", "表四“行政复议”栏空白（没有的应填 0）")
	says(t, Check(all["000"], nil), "missing.table", "表三")
	says(t, Check(all["000"], nil), "missing.table", "表四")
	says(t, Check(all["p07_qili_township_2020_in_2021_form"], nil), "form.year", "2020年度", "〔2019〕60号", "〔2021〕30号")
	says(t, Check(all["p08_yanliang_xinfang_2021"], nil), "t2.blank", "“行政强制”行", "空白")

	r := all["p04_zhongcun_township_2020"]
	r.Set("table2.政府集中采购.amount_yuan", form.Value{Raw: "8040"})
	list = Check(r, nil)
	says(t, list, "unit.missing", "8040", "元还是万元")
	if len(find(list, "t2.blank"))+len(find(list, "cell.unknown")) > 0 {
		t.Errorf("an amount without unit is also called blank or unknown: %v", list)
	}
}

// TestRealProseIsCompared gives the reports the claims their prose makes.
func TestRealProseIsCompared(t *testing.T) {
	all := truths(t)
	about := func(r *form.Report, ids ...string) []int {
		var out []int
		for _, id := range ids {
			i, ok := r.Form.Index(id)
			if !ok {
				t.Fatalf("no cell %s", id)
			}
			out = append(out, i)
		}
		return out
	}
	r := all["004"]
	r.Claims = []form.Claim{
		{Chapter: 1, Text: "发布行政规范性文件18个", Value: 18, What: "规范性文件", About: about(r, "table2.规范性文件.published"), Or: [][]int{about(r, "table2.规范性文件.made")}},
		{Chapter: 1, Text: "全年受理依申请公开207件", Value: 207, What: "受理", About: about(r, "table3.new.总计"), Or: [][]int{about(r, "table3.new.总计", "table3.carried.总计")}},
		{Chapter: 1, Text: "上述依申请公开件全部办结", Value: 0, What: "全部办结", About: about(r, "table3.forward.总计")},
	}
	list := Check(r, nil)
	if len(list) != 1 {
		t.Errorf("004: %d findings, want the 18 documents alone: %v", len(list), list)
	}
	says(t, list, "prose.table", "18", "表二“规范性文件”行", "26")

	r = all["shoffice_2019"]
	r.Claims = []form.Claim{
		{Text: "予以公开及部分公开258件", Value: 258, What: "予以公开", About: about(r, "table3.granted.总计", "table3.partial.总计")},
		{Text: "不予公开35件", Value: 35, What: "不予公开", About: about(r, "table3.deny1.总计", "table3.deny5.总计", "table3.deny6.总计", "table3.deny8.总计")},
		{Text: "无法提供265件", Value: 265, What: "无法提供", About: about(r, "table3.unable1.总计", "table3.unable2.总计", "table3.unable3.总计")},
		{Text: "其他处理0件", Value: 0, What: "其他处理", About: about(r, "table3.other.总计")},
		{Text: "信息公开类行政复议7件", Value: 7, What: "行政复议", About: about(r, "table4.reconsideration.总计")},
		{Text: "复议7件，均获维持", Value: 7, What: "维持", About: about(r, "table4.reconsideration.维持")},
		{Text: "诉讼9件，均获维持", Value: 9, What: "维持", About: about(r, "table4.litigation.维持", "table4.litigation_after.维持"), Or: [][]int{about(r, "table4.litigation.维持")}},
	}
	list = Check(r, nil)
	says(t, list, "prose.table", "258", "275", "总计空白")
	says(t, list, "prose.table", "265", "337")
	says(t, list, "prose.outcome", "是 7", "为 5", "2 件尚未审结")
	says(t, list, "prose.outcome", "是 9", "为 8", "1 件尚未审结")
	if n := len(find(list, "prose.table")) + len(find(list, "prose.outcome")); n != 4 {
		t.Errorf("shoffice: %d claims are doubted, want 4: %v", n, list)
	}

	r = all["003"]
	r.Claims = []form.Claim{
		{Chapter: 1, Text: "共主动发布信息312条", Value: 312, What: "信息", Start: 10, End: 13, Parts: [][]int{{1, 2, 3, 4, 5}}},
		{Chapter: 1, Text: "机构信息36条", Value: 36, What: "机构信息", Start: 20, End: 22},
		{Chapter: 1, Text: "财政信息17条", Value: 17, What: "财政信息", Start: 30, End: 32},
		{Chapter: 1, Text: "人事信息28条", Value: 28, What: "人事信息", Start: 40, End: 42},
		{Chapter: 1, Text: "财 政信息17条", Value: 17, What: "财政信息", Start: 50, End: 52},
		{Chapter: 1, Text: "其他214条", Value: 214, What: "其他", Start: 60, End: 63},
	}
	list = Check(r, nil)
	says(t, list, "prose.twice", "17条", "两次")
	if len(list) != 1 {
		t.Errorf("003: %d findings, want the item listed twice alone: %v", len(list), list)
	}
}
