package console_test

import (
	"bytes"
	"context"
	"net/url"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"gongkai/internal/db"
	"gongkai/register"
)

// TestAPublisherKeepsTheRegistersOfAYear walks the way of somebody who never saw
// the registers: from what is missing to a closed year, without scripts.
func TestAPublisherKeepsTheRegistersOfAYear(t *testing.T) {
	w := sqlite(t)
	b := w.as("publisher")
	b.get("/console/registers?year=2025")
	b.has("what is missing", "还缺8本台账", "依申请公开登记簿", "怎样开始", "本年无", "没有作出行政许可决定")

	b.postValues("/console/registers/processing_fee/declare", url.Values{"unit": {"mj-jyj"}, "year": {"2025"}})
	b.has("the declaration", "已声明本年无，年报按零统计", "本年无")
	b.get("/console/registers?year=2025").has("one less", "还缺7本台账")

	b.get("/console/registers/permit/new?unit=mj-jyj&year=2025").has("the form", "决定书文号", "登记汇总数")
	form := b.form("/console/registers/permit/new")
	form.Set("no", "明教许〔2025〕1号")
	form.Set("day", "明天")
	b.postValues("/console/registers/permit/new", form)
	b.has("what is wrong", "有 2 处需要改正", "决定日期不是日期", "请选择决定类型", "明教许〔2025〕1号", "明天")
	form = b.form("/console/registers/permit/new")
	form.Set("day", "2025-03-18")
	form.Set("sort", "准予许可")
	b.postValues("/console/registers/permit/new", form)
	b.has("the line", "已登记", "明教许〔2025〕1号", "登记")
	id := strings.TrimPrefix(b.url.Path, "/console/lines/")

	b.get("/console/lines/" + id + "/edit")
	form = b.form("/console/lines/" + id + "/edit")
	form.Set("day", "2025-03-19")
	form.Set("why", "核对原件后更正")
	b.postValues("/console/lines/"+id+"/edit", form)
	b.has("its history", "已保存修改", "决定日期：2025-03-18 → 2025-03-19", "核对原件后更正", "林信")
	b.postValues("/console/lines/"+id+"/edit", form)
	b.has("an older version", "刚刚被他人修改过")

	b.get("/console/registers/permit/new?unit=mj-jyj&year=2025&total=1")
	form = b.form("/console/registers/permit/new")
	form.Set("period", "2025-04")
	form.Set("quantity", "126")
	form.Set("source", "政务服务审批系统")
	form.Set("act", "other")
	b.postValues("/console/registers/permit/new", form)
	b.has("the next one", "已登记", "汇总期间")
	b.get("/console/registers/permit?unit=mj-jyj&year=2025").has("the book", "2025年共登记2条，计127件", "2025-04", "来源：政务服务审批系统")
	b.get("/console/registers/permit?unit=mj-jyj&year=2025&fact=permit.decisions").has("what the figure counts", "行政许可处理决定：127", "计入", "126")
	b.get("/console/registers/permit?unit=mj-jyj&year=2025&q=〔2025〕1号").has("found", "2025-03-19")
	b.get("/console/registers/permit?unit=mj-jyj&year=2025&fact=fee.amount")
	if b.status != 404 {
		t.Errorf("a figure of another book answers %d, want 404", b.status)
	}
	b.get("/console/registers/permit/lines.csv?unit=mj-jyj&year=2025")
	if !strings.Contains(b.body, "2025-04,汇总数") || !strings.Contains(b.header.Get("Content-Disposition"), ".csv") {
		t.Errorf("the CSV is %q", b.body)
	}
	b.get("/console/registers/permit/lines.xlsx?unit=mj-jyj&year=2025")
	rows, err := register.ReadSheet(register.ByID("permit"), []byte(b.body))
	if err != nil || len(rows) != 2 {
		t.Errorf("the workbook reads back as %v, %v", rows, err)
	}

	b.post("/console/lines/"+id+"/strike", "n", "2", "why", "错")
	b.has("a reason is needed", "请写明作废的理由", "错")
	b.post("/console/lines/"+id+"/strike", "n", "2", "why", "与四月的汇总数重复")
	b.has("struck", "已作废", "与四月的汇总数重复")
	b.get("/console/registers/permit?unit=mj-jyj&year=2025&show=struck").has("the struck lines", "明教许〔2025〕1号", "与四月的汇总数重复")

	b.post("/console/registers/permit/close", "unit", "mj-jyj", "year", "2025").has("closed", "已封账", "封账以后不能")
	b.post("/console/registers/permit/new", "unit", "mj-jyj", "year", "2025", "no", "9号", "day", "2025-05-05", "sort", "延续")
	b.has("a closed book", "2025年的“行政许可决定”已经封账", "9号")
	b.post("/console/registers/permit/reopen", "unit", "mj-jyj", "year", "2025", "why", "改").has("a reason is needed", "请写明重新打开的理由")
	b.post("/console/registers/permit/reopen", "unit", "mj-jyj", "year", "2025", "why", "漏登一件延续决定").has("open again", "已重新打开", "漏登一件延续决定")
}

func TestASheetIsShownBeforeItIsKept(t *testing.T) {
	w := sqlite(t)
	b := w.as("publisher")
	b.get("/console/registers/application/import?unit=mj-jyj&year=2025").has("the steps", "下载模板", "上传填好的文件")
	b.get("/console/registers/application/template.xlsx")
	sheet := func(cells map[string]string) []byte {
		f, err := excelize.OpenReader(bytes.NewReader([]byte(b.body)))
		w.must(err)
		defer f.Close()
		for at, v := range cells {
			w.must(f.SetCellStr("逐条登记", at, v))
		}
		buf, err := f.WriteToBuffer()
		w.must(err)
		return buf.Bytes()
	}
	good := map[string]string{"A2": "依申请2025-1", "B2": "2025-03-03", "C2": "自然人", "A3": "依申请2025-2", "B3": "2025-04-03", "C3": "商业企业", "D3": "重复申请", "E3": "2025-04-20"}
	sound := sheet(good)
	good["B3"] = "四月"
	good["F2"] = "申请人电话13800138000"
	broken := sheet(good)
	keep := url.Values{"unit": {"mj-jyj"}, "year": {"2025"}}

	b.upload("/console/registers/application/import", "file", "登记簿.xlsx", broken, keep)
	b.has("the wrong cells", "共读到2行，有2行需要改正", "工作表“逐条登记”B3：收到日期不是日期", "工作表“逐条登记”F2", "没有保存任何内容")
	if strings.Contains(b.body, "import/confirm") {
		t.Error("a sheet with wrong rows can be confirmed")
	}
	b.upload("/console/registers/application/import", "file", "登记簿.pdf", []byte("%PDF-1.7"), keep)
	b.has("no sheet", "请上传按模板填写的 Excel")
	b.postValues("/console/registers/application/import", keep).has("no file", "请选择要导入的文件")
	b.post("/console/registers/application/import/confirm", "unit", "mj-jyj", "year", "2025", "rows", "[").has("no rows", "请重新上传")

	b.upload("/console/registers/application/import", "file", "登记簿.xlsx", sound, keep)
	b.has("the preview", "共读到2行：2行将登记，0行已经登记过", "确认以前没有保存任何内容", "确认登记2条", "自然人")
	form := b.form("/console/registers/application/import/confirm")
	w.counts(2025, "application.new.自然人", -1)
	b.postValues("/console/registers/application/import/confirm", form)
	b.has("imported", "已导入2条", "依申请2025-2")
	w.counts(2025, "application.new.自然人", 1)
	b.postValues("/console/registers/application/import/confirm", form).has("once more", "都已经登记过")
	w.counts(2025, "application.reject2.商业企业", 1)
}

// counts checks a fact of the school's; -1 means unknown.
func (w *world) counts(year int, fact string, want int64) {
	w.Helper()
	w.read(func(tx *db.Tx) error {
		all, err := register.Count(tx, school, year)
		got, known := all[fact]
		if !known {
			got = -1
		}
		if got != want {
			w.Errorf("Count(%s, %d)[%s] = %d, want %d", school, year, fact, got, want)
		}
		return err
	})
}

func TestEachUnitKeepsItsOwnRegistersAndTheOfficeSeesAll(t *testing.T) {
	w := sqlite(t)
	id, err := register.New(w.db).Add(context.Background(), w.actor("publisher"), register.Entry{Unit: school, Book: "permit",
		Values: register.Values{"no": "1号", "day": "2025-03-18", "sort": "准予许可"}})
	w.must(err)
	other := w.as("elsewhere")
	for _, path := range []string{"/console/registers?unit=mj-jyj", "/console/registers/permit?unit=mj-jyj", "/console/registers/permit/new?unit=mj-jyj",
		"/console/registers/permit/lines.csv?unit=mj-jyj", "/console/lines/" + string(id), "/console/lines/" + string(id) + "/edit"} {
		if other.get(path); other.status != 403 {
			t.Errorf("a neighbour sees %s: %d", path, other.status)
		}
	}
	for _, path := range []string{"/console/registers/permit/new", "/console/registers/permit/declare", "/console/registers/close", "/console/lines/" + string(id) + "/strike", "/console/lines/" + string(id) + "/edit"} {
		if other.post(path, "unit", "mj-jyj", "year", "2025", "no", "2号", "day", "2025-03-18", "sort", "准予许可", "n", "1", "why", "登记错了单位"); other.status != 403 {
			t.Errorf("a neighbour posts %s: %d", path, other.status)
		}
	}
	boss := w.as("supervisor")
	boss.get("/console/registers?year=2025").has("everybody below", "各单位登记情况（2025年）", "示例市明镜区教育局", "示例市明镜区清水镇人民政府", "行政处罚决定")
	boss.get("/console/registers?year=2025&unit=mj-jyj").has("one unit", "示例市明镜区教育局", "登记中", "2025年全部封账")
	boss.post("/console/registers/close", "unit", "mj-jyj", "year", "2025").has("the office locks", "还有7本没有登记", "主管部门已锁定")
	w.as("publisher").post("/console/registers/permit/reopen", "unit", "mj-jyj", "year", "2025", "why", "漏登一件延续决定").has("locked", "由政务公开主管部门锁定")
	if boss.get("/console/registers/permit/new?unit=mj-jyj"); boss.status != 403 {
		t.Errorf("the office writes for a unit: %d", boss.status)
	}
	boss.get("/console/lines/"+string(id)).has("the line", "1号", "您的角色只能查看")
}

// has checks that a page says some things, whatever its status.
func (b *visitor) has(what string, sentences ...string) *visitor {
	b.Helper()
	text := b.text()
	for _, s := range sentences {
		if !strings.Contains(text, s) && !strings.Contains(b.body, s) {
			b.Errorf("%s: %s (%d) does not say %q:\n%s", what, b.url.Path, b.status, s, text)
			return b
		}
	}
	return b
}
