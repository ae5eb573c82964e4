package masking_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"gongkai/document"
	"gongkai/inspection/engine"
	"gongkai/inspection/masking"
	"gongkai/internal/fault"
)

var standard = engine.Standard()

func reader() masking.Reader { return document.NewPlainReader(document.DefaultLimits) }

// identity makes a number that passes its check, of a person who does not exist.
func identity(day, order int) string {
	s := fmt.Sprintf("999999%08d%03d", 19700101+100*(day/28%12)+day%28, order)
	s = "33" + s[2:]
	sum := 0
	for i, w := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += int(s[i]-'0') * w
	}
	return s + string("10X98765432"[sum%11])
}

func mobile(n int) string { return fmt.Sprintf("139%08d", 10000000+n) }

func make_(t *testing.T, name string, data []byte, o masking.Options) masking.Made {
	t.Helper()
	m, err := masking.Make(t.Context(), reader(), masking.With(standard), name, data, o)
	if err != nil {
		t.Fatalf("Make(%s): %v", name, err)
	}
	return m
}

// holds fails if any entry of the file, unpacked, still holds one of the values.
func holds(t *testing.T, data []byte, values ...string) {
	t.Helper()
	texts := map[string][]byte{"": data}
	if z, err := zip.NewReader(bytes.NewReader(data), int64(len(data))); err == nil {
		for _, f := range z.File {
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			var b bytes.Buffer
			if _, err := b.ReadFrom(r); err != nil {
				t.Fatal(err)
			}
			texts[f.Name] = b.Bytes()
		}
	}
	for name, b := range texts {
		for i, v := range values {
			if bytes.Contains(b, []byte(v)) {
				t.Errorf("%q still holds value %d", name, i)
			}
		}
	}
}

func text(t *testing.T, name string, data []byte) string {
	t.Helper()
	d, err := reader().Read(t.Context(), name, data)
	if err != nil {
		t.Fatalf("reading the copy: %v", err)
	}
	return d.Text()
}

func TestATextKeepsEverythingButThePersonalData(t *testing.T) {
	id, phone := identity(3, 12), mobile(7)
	was := "示例市明镜区民政局公示\r\n张三（身份证号" + id + "）符合条件，联系电话：" + phone + "。\r\n办公电话：0571-86543210。\r\n"
	want := "示例市明镜区民政局公示\r\n张三（身份证号" + id[:2] + strings.Repeat("*", 13) + id[15:] + "）符合条件，联系电话：139****" + phone[7:] + "。\r\n办公电话：0571-86543210。\r\n"
	m := make_(t, "公示.txt", []byte(was), masking.Options{})
	if diff := cmp.Diff(want, string(m.Data)); diff != "" {
		t.Errorf("copy (-want +got):\n%s", diff)
	}
	if len(m.Left) != 0 {
		t.Errorf("the second inspection still finds %+v", m.Left)
	}
	for _, e := range m.Edits {
		if strings.Contains(e.Was, id[2:15]) || e.Was == phone {
			t.Errorf("an edit shows the value it hides: %+v", e.Rule)
		}
	}
}

func TestATextKeepsItsEncoding(t *testing.T) {
	id := identity(4, 13)
	s := "身份证号：" + id + "，示例市。"
	gb, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	m := make_(t, "a.txt", gb, masking.Options{})
	back, err := simplifiedchinese.GB18030.NewDecoder().Bytes(m.Data)
	if err != nil {
		t.Fatal(err)
	}
	if want := "身份证号：" + id[:2] + strings.Repeat("*", 13) + id[15:] + "，示例市。"; string(back) != want {
		t.Errorf("copy = %q, want %q", back, want)
	}
}

func TestAWebPageIsMaskedAcrossItsElements(t *testing.T) {
	id, phone := identity(5, 14), mobile(8)
	was := `<!DOCTYPE html><html><head><title>公示</title></head><body><!-- ` + id + ` --><p>身份证号：<b>` + id[:9] + `</b>` + id[9:] +
		`</p><p title="电话` + phone + `">联系电话：` + phone + `</p><input type="hidden" value="` + id + `"><p style="display: none">` + id + `</p></body></html>`
	m := make_(t, "a.html", []byte(was), masking.Options{})
	holds(t, m.Data, id, phone, id[9:])
	if !strings.Contains(text(t, "a.html", m.Data), id[:2]+"*************"+id[15:]) {
		t.Errorf("the mask does not stand in the text: %s", text(t, "a.html", m.Data))
	}
	m = make_(t, "a.html", []byte(was), masking.Options{Clean: true})
	if bytes.Contains(m.Data, []byte("<!-- ")) || bytes.Contains(m.Data, []byte("display")) || bytes.Contains(m.Data, []byte("<input")) {
		t.Errorf("clean copy still has what nobody sees: %s", m.Data)
	}
}

const wordSpace = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`

// docx builds a Word document of parts.
func docx(t *testing.T, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	add := func(name, s string) {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(s))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	add("[Content_Types].xml", `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`)
	add("_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`)
	for name, s := range parts {
		add(name, s)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func body(s string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><w:document ` + wordSpace + `><w:body>` + s + `</w:body></w:document>`
}

func TestAWordDocumentIsMaskedInEveryPart(t *testing.T) {
	id, phone, other := identity(6, 15), mobile(9), identity(7, 16)
	row := func(a, b string) string {
		return `<w:tr><w:tc><w:p><w:r><w:t>` + a + `</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>` + b + `</w:t></w:r></w:p></w:tc></w:tr>`
	}
	data := docx(t, map[string]string{
		"word/document.xml": body(`<w:p><w:r><w:t>局长李四主持会议。身份证号：` + id[:6] + `</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>` + id[6:] + `</w:t></w:r></w:p>` +
			`<w:p><w:del w:id="1" w:author="王五"><w:r><w:delText>电话：` + phone + `</w:delText></w:r></w:del><w:ins w:id="2" w:author="王五"><w:r><w:t>已改。</w:t></w:r></w:ins></w:p>` +
			`<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>身份证号` + other + `</w:t></w:r></w:p>` +
			`<w:tbl>` + row("姓名", "身份证号") + row("李四", id) + row("钱五", other) + `</w:tbl>`),
		"word/comments.xml": `<w:comments ` + wordSpace + `><w:comment w:id="0" w:author="王五"><w:p><w:r><w:t>核对 ` + id + `</w:t></w:r></w:p></w:comment></w:comments>`,
		"docProps/core.xml": `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>王五</dc:creator></cp:coreProperties>`,
	})
	m := make_(t, "a.docx", data, masking.Options{})
	holds(t, m.Data, id, id[6:], phone, other)
	got := text(t, "a.docx", m.Data)
	if !strings.Contains(got, "局长李四主持会议") {
		t.Errorf("the name of a leader outside the list was masked: %s", got)
	}
	if !strings.Contains(got, "李*") || strings.Contains(got, "钱五") {
		t.Errorf("names in the list are not masked: %s", got)
	}
	clean := make_(t, "a.docx", data, masking.Options{Clean: true})
	holds(t, clean.Data, id, phone, other, "王五", "核对")
	if !strings.Contains(text(t, "a.docx", clean.Data), "已改。") {
		t.Error("an accepted insertion is gone")
	}
	want := []string{"批注", "修订中已删除的文字", "隐藏文字", "作者等文件属性"}
	if diff := cmp.Diff(want, clean.Cleaned); diff != "" {
		t.Errorf("Cleaned (-want +got):\n%s", diff)
	}
	if len(clean.Left) != 0 {
		t.Errorf("the second inspection still finds %+v", clean.Left)
	}
}

func workbook(t *testing.T, f *excelize.File) []byte {
	t.Helper()
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAWorkbookIsMaskedCellByCell(t *testing.T) {
	f := excelize.NewFile()
	set := func(sheet, cell string, v any) {
		t.Helper()
		if err := f.SetCellValue(sheet, cell, v); err != nil {
			t.Fatal(err)
		}
	}
	values := []string{}
	for i, h := range []string{"序号", "姓名", "身份证号", "联系电话", "病种", "补贴金额"} {
		set("Sheet1", string(rune('A'+i))+"1", h)
	}
	for i := range 40 {
		id, phone := identity(i, 100+i), mobile(100+i)
		values = append(values, id, phone)
		n := fmt.Sprint(i + 2)
		set("Sheet1", "A"+n, i+1)
		set("Sheet1", "B"+n, "赵小"+string([]rune("一二三四五六七八九十")[i%10]))
		set("Sheet1", "C"+n, id)
		set("Sheet1", "D"+n, 13910000100+i) // a number, not a text
		set("Sheet1", "E"+n, "肺结核")
		set("Sheet1", "F"+n, 500)
	}
	set("Sheet1", "B42", "以上人员名单由社区提供")
	if err := f.SetCellFormula("Sheet1", "F42", "SUM(F2:F41)"); err != nil {
		t.Fatal(err)
	}
	if _, err := f.NewSheet("领导"); err != nil {
		t.Fatal(err)
	}
	set("领导", "A1", "赵小一")
	set("领导", "B1", "区长")
	if _, err := f.NewSheet("底稿"); err != nil {
		t.Fatal(err)
	}
	secret := identity(60, 777)
	set("底稿", "A1", "身份证号")
	set("底稿", "A2", secret)
	if err := f.SetSheetVisible("底稿", false); err != nil {
		t.Fatal(err)
	}
	if err := f.AddComment("Sheet1", excelize.Comment{Cell: "C2", Author: "王五", Text: "另一证件 " + secret}); err != nil {
		t.Fatal(err)
	}
	data := workbook(t, f)

	m := make_(t, "名单.xlsx", data, masking.Options{})
	holds(t, m.Data, append(values, secret)...)
	got, err := excelize.OpenReader(bytes.NewReader(m.Data))
	if err != nil {
		t.Fatalf("the copy does not open: %v", err)
	}
	for cell, want := range map[string]string{
		"A2": "1", "B2": "赵**", "B42": "以上人员名单由社区提供", "C2": values[0][:2] + strings.Repeat("*", 13) + values[0][15:], "D2": "139****0100", "E2": "", "E1": "病种", "F2": "500",
	} {
		if v, _ := got.GetCellValue("Sheet1", cell); v != want {
			t.Errorf("cell %s = %q, want %q", cell, v, want)
		}
	}
	if v, _ := got.GetCellValue("领导", "A1"); v != "赵小一" {
		t.Errorf("the leader of the same name became %q", v)
	}
	if v, _ := got.GetCellFormula("Sheet1", "F42"); v != "SUM(F2:F41)" {
		t.Errorf("a formula that shows nobody became %q", v)
	}

	clean := make_(t, "名单.xlsx", data, masking.Options{Clean: true})
	holds(t, clean.Data, append(values, secret, "王五", "另一证件")...)
	got, err = excelize.OpenReader(bytes.NewReader(clean.Data))
	if err != nil {
		t.Fatalf("the clean copy does not open: %v", err)
	}
	if v, _ := got.GetCellValue("底稿", "A2"); v != "" {
		t.Error("the hidden sheet still holds its cells")
	}
	if len(clean.Left) != 0 {
		t.Errorf("the second inspection still finds %+v", clean.Left)
	}
}

func TestTheSameNumberGetsTheSameMaskEverywhere(t *testing.T) {
	id := identity(9, 21)
	m := make_(t, "a.txt", []byte("身份证号："+id+"\n"+id[:6]+" "+id[6:14]+" "+id[14:]+"\n证件："+id+"。\n"), masking.Options{})
	mask := id[:2] + strings.Repeat("*", 13) + id[15:]
	if n := strings.Count(string(m.Data), mask); n != 3 {
		t.Errorf("the mask stands %d times in %q, want 3", n, m.Data)
	}
}

func TestWhatCannotBeMaskedIsRefused(t *testing.T) {
	for _, c := range []struct {
		name, file, say string
		data            []byte
	}{
		{"nothing personal", "a.txt", "没有需要隐去的内容", []byte("示例市明镜区召开会议。")},
		{"a damaged archive", "a.docx", "", []byte("PK\x03\x04 nothing more")},
	} {
		_, err := masking.Make(context.Background(), reader(), masking.With(standard), c.file, c.data, masking.Options{})
		if !errors.Is(err, fault.Invalid) || !strings.Contains(fault.Sentence(err), c.say) {
			t.Errorf("Make(%s) = %v, want a refusal that says %q", c.name, err, c.say)
		}
	}
	for _, k := range []document.Kind{document.KindDoc, document.KindRTF, document.KindPptx, document.KindODT, document.KindZip} {
		_, err := masking.Write(t.Context(), reader(), k, nil, engine.FileOf("a", document.Doc{}), nil, masking.Options{Clean: true})
		if !errors.Is(err, fault.Invalid) || !strings.Contains(fault.Sentence(err), "。") {
			t.Errorf("Write(%s) = %v, want a refusal", k, err)
		}
	}
}

func TestThePictureLosesWhatTheCameraWrote(t *testing.T) {
	seg := func(mark byte, s string) string {
		return "\xff" + string([]byte{mark, byte((len(s) + 2) >> 8), byte(len(s) + 2)}) + s
	}
	pic := "\xff\xd8" + seg(0xe0, "JFIF\x00") + seg(0xe1, "Exif\x00\x00GPS 30.1") + seg(0xdb, "table") + "\xff\xda\x00\x02data\xff\xd9"
	m, err := masking.Write(t.Context(), reader(), document.KindJPEG, []byte(pic), engine.FileOf("a.jpg", document.Doc{}), nil, masking.Options{Clean: true})
	if err != nil {
		t.Fatal(err)
	}
	want := "\xff\xd8" + seg(0xe0, "JFIF\x00") + seg(0xdb, "table") + "\xff\xda\x00\x02data\xff\xd9"
	if string(m.Data) != want {
		t.Errorf("picture = %q, want %q", m.Data, want)
	}
}

func TestFormulasThatWouldBreakBecomeTheirValues(t *testing.T) {
	f := excelize.NewFile()
	id := identity(11, 31)
	for cell, v := range map[string]any{"A1": "身份证号", "A2": id, "A3": "附注", "B1": "数", "B2": 1, "B3": 2} {
		if err := f.SetCellValue("Sheet1", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	kind, ref := excelize.STCellFormulaTypeShared, "C2:C3"
	if err := f.SetCellFormula("Sheet1", "C2", `=A2&""`, excelize.FormulaOpts{Type: &kind, Ref: &ref}); err != nil {
		t.Fatal(err)
	}
	data := workbook(t, f)
	// What a program that calculates leaves: the values beside the formulas.
	data = inEntry(t, data, "xl/worksheets/sheet1.xml", `</f></c>`, `</f><v>`+id+`</v></c>`)
	m := make_(t, "a.xlsx", data, masking.Options{})
	holds(t, m.Data, id)
	got, err := excelize.OpenReader(bytes.NewReader(m.Data))
	if err != nil {
		t.Fatal(err)
	}
	for _, cell := range []string{"C2", "C3"} {
		if v, _ := got.GetCellFormula("Sheet1", cell); v != "" {
			t.Errorf("formula of %s = %q, want none: its first cell is gone", cell, v)
		}
	}
	if v, _ := got.GetCellValue("Sheet1", "C2"); v != id[:2]+strings.Repeat("*", 13)+id[15:] {
		t.Errorf("C2 = %q, want the mask", v)
	}
}

// inEntry replaces text in one entry of an archive.
func inEntry(t *testing.T, data []byte, name, was, now string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if _, err := b.ReadFrom(r); err != nil {
			t.Fatal(err)
		}
		s := b.String()
		if f.Name == name {
			if !strings.Contains(s, was) {
				t.Fatalf("%s holds no %q: %s", name, was, s)
			}
			s = strings.Replace(s, was, now, 1)
		}
		e, err := w.Create(f.Name)
		if err == nil {
			_, err = e.Write([]byte(s))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestAWorkbookInsideADocumentIsMaskedToo(t *testing.T) {
	f := excelize.NewFile()
	id := identity(12, 32)
	if err := f.SetCellValue("Sheet1", "A1", id); err != nil {
		t.Fatal(err)
	}
	data := docx(t, map[string]string{
		"word/document.xml":         body(`<w:p><w:r><w:t>身份证号：` + id + `</w:t></w:r></w:p>`),
		"word/embeddings/Book.xlsx": string(workbook(t, f)),
	})
	m := make_(t, "a.docx", data, masking.Options{})
	z, err := zip.NewReader(bytes.NewReader(m.Data), int64(len(m.Data)))
	if err != nil {
		t.Fatal(err)
	}
	r, err := z.Open("word/embeddings/Book.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := b.ReadFrom(r); err != nil {
		t.Fatal(err)
	}
	holds(t, b.Bytes(), id)
}

func FuzzNoDamagedFileIsWrittenOrHurts(f *testing.F) {
	f.Add("docx", []byte(body(`<w:p><w:r><w:t>身份证号`+identity(1, 5)+`</w:t></w:r></w:p>`)))
	f.Add("xlsx", []byte(`<worksheet><sheetData><row r="1"><c r="A1"><f t="shared">A1</f><v>13900000001</v></c></row></sheetData></worksheet>`))
	f.Add("html", []byte(`<p>电话：13900000001<!--x--><table><tr><td hidden>`))
	f.Add("txt", []byte("电话：13900000001"))
	f.Fuzz(func(t *testing.T, kind string, data []byte) {
		name := "a." + kind
		switch kind {
		case "docx":
			data = docx(t, map[string]string{"word/document.xml": string(data)})
		case "xlsx":
			b := workbook(t, excelize.NewFile())
			data = inEntry(t, b, "xl/worksheets/sheet1.xml", `<sheetData></sheetData>`, `<sheetData>`+string(data)+`</sheetData>`)
		}
		for _, clean := range []bool{false, true} {
			m, err := masking.Make(t.Context(), reader(), masking.With(standard), name, data, masking.Options{Clean: clean})
			if err != nil {
				continue
			}
			for _, e := range m.Edits {
				if e.Was == "" && e.Now == "" {
					t.Errorf("an edit of nothing: %+v", e)
				}
			}
		}
	})
}
