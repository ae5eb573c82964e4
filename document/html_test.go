package document

import (
	"context"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

func TestAGovernmentPageIsReadWithoutItsMargins(t *testing.T) {
	page := `<!DOCTYPE html><html><head><meta charset="gb2312"><title>示例通知_示例市明镜区人民政府</title><meta name="ArticleTitle" content="关于示例事项的通知"><style>p{}</style></head><body>
<div class="header"><a href="/">首页</a></div><div class="nav">栏目一 栏目二</div>
<div class="xl"><h1>关于示例事项的通知</h1><div>发布机构：示例市明镜区民政局　文号：明民发〔2026〕5号</div>
<div class="TRS_Editor"><style>.x{color:red}</style><p style="text-align:center">明民发〔2026〕5号</p><p>各镇（街道）：</p><p><b>一、加强领导</b></p><p>　　请各单位
认真落实。<br>　　第二段。</p><p style="display:none">看不见的字</p><!-- 内部备注：待核 --><!--[if gte mso 9]><xml>x</xml><![endif]-->
<table><tr><td rowspan="2">甲</td><td colspan="2">乙</td></tr><tr><td>1</td><td>2</td></tr></table><img src="http://other.example/a.png" alt="外部图"><script>alert(1)</script><ol start="3"><li>三</li><li>四<ul><li>内</li></ul></li></ol></div></div>
<div class="footer">版权所有</div></body></html>`
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(page)
	if err != nil {
		t.Fatal(err)
	}
	d := mustRead(t, "a.html", []byte(gb))
	same(t, "title", d.Title, "关于示例事项的通知")
	same(t, "blocks", shape(d.Blocks), []string{"heading0 关于示例事项的通知", "paragraph 发布机构：示例市明镜区民政局\u3000文号：明民发〔2026〕5号", "paragraph 明民发〔2026〕5号",
		"paragraph 各镇（街道）：", "heading1 一、加强领导", "paragraph 请各单位认真落实。", "paragraph 第二段。", "table 甲\t乙\n1\t2", "figure 外部图", "list 3. 三\n4. 四\n• 内"})
	same(t, "hidden", partText(t, d, PartHidden), "看不见的字")
	same(t, "comment", partText(t, d, PartComment), "内部备注：待核")
	hasNote(t, d, NoteExternal, 1)
	hasNote(t, d, NoteHidden, 1)
	cells := d.Blocks[7].Table.Rows[1].Cells
	if cells[0].Col != 1 || cells[1].Col != 2 {
		t.Errorf("second row = %+v, want it to begin in column 1 under the span", cells)
	}
	p := Elements(d)
	same(t, "issuer", p.Issuer.Value, "示例市明镜区民政局")
	same(t, "number", p.DocNo.Value, "明民发〔2026〕5号")
}

func TestTheWayBackFromANoteIsNoText(t *testing.T) {
	d := mustRead(t, "a.html", []byte(`<p>本列数据已经更正。<a href="#fn-1">注1</a></p><ol><li id="fn-1">按记录汇总为5。<a href="#fnref-1">返回表格</a></li><li id="fn-2">另一条。<a href="#fnref-2">张示例</a></li></ol>`))
	same(t, "blocks", shape(d.Blocks), []string{"paragraph 本列数据已经更正。注1", "list 1. 按记录汇总为5。\n2. 另一条。张示例"})
}

func TestARealWebReportIsRead(t *testing.T) {
	d := mustRead(t, "shoffice_2019.html", corpus(t, "reports/shoffice_2019.html"))
	same(t, "title", d.Title, "2019年上海市人民政府办公厅政府信息公开工作年度报告")
	same(t, "issuer", Elements(d).Issuer.Value, "上海市人民政府办公厅")
	tables := 0
	for _, b := range d.Blocks {
		if b.Kind == Grid {
			tables++
		}
	}
	if tables < 3 {
		t.Errorf("tables = %d, want at least the three statutory ones", tables)
	}
}

func TestPicturesInThePageAreKept(t *testing.T) {
	d := mustRead(t, "a.html", []byte(`<p>图</p><img alt="点" src="data:image/png;base64,`+base64Of(dot(3))+`">`))
	if len(d.Images) != 1 || !strings.Contains(d.HTML(), `alt="点"`) {
		t.Errorf("images = %d, HTML = %s", len(d.Images), d.HTML())
	}
}

func TestCleanKeepsMeaningAndDropsTheRest(t *testing.T) {
	hash := strings.Repeat("ab", 32)
	for _, tt := range []struct{ name, in, want string }{
		{"bold and italic become strong and em", `<p><b>甲</b><i>乙</i></p>`, `<p><strong>甲</strong><em>乙</em></p>`},
		{"what Word leaves goes", `<p class=MsoNormal style="mso-pagination:widow-orphan;text-align:center"><o:p>&nbsp;</o:p><span lang=EN-US style='font-size:16pt'>字</span></p><!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml><![endif]-->`, `<p class="al-center"> <!---->字</p>`},
		{"scripts and handlers go", `<p onclick="x()">字<script>alert(1)</script><a href="javascript:alert(1)">链</a></p>`, `<p>字链</p>`},
		{"a link in the disguise of white space goes", "<p><a href=\" java\tscript:alert(1)\">链</a><a href=\"//evil.example\">链</a></p>", `<p>链链</p>`},
		{"the page owns the first heading", `<h1>题</h1><h2>节</h2>`, `<h2>题</h2><h2>节</h2>`},
		{"spans of cells stay, silly ones go", `<table><tr><td colspan="2" rowspan=99999 width=3>甲</td></tr></table>`, `<table><tbody><tr><td colspan="2">甲</td></tr></tbody></table>`},
		{"own pictures stay, others go", `<p><img src="/files/` + hash + `/a.png" alt="图" onerror=x><img src="http://x/y.png"></p>`, `<p><img src="/files/` + hash + `/a.png" alt="图"/></p>`},
		{"styles become classes", `<p style="text-align: right; color:red">落款</p><td>x</td>`, `<p class="al-right">落款</p>x`},
		{"divs of words are paragraphs", `<div>甲</div><div><p>乙</p></div>`, `<p>甲</p><p>乙</p>`},
		{"empty paragraphs go", `<p></p><p><br></p><p>&nbsp;</p><p>甲</p>`, `<p>甲</p>`},
		{"hidden text goes", `<p>甲<span style="display: none">乙</span></p>`, `<p>甲</p>`},
		{"footnotes keep their marks", `<p>甲<sup><a href="#fn-1" id="fnref-1">[1]</a></sup></p><section class="footnotes"><ol><li id="fn-1">注</li></ol></section>`, `<p>甲<sup><a href="#fn-1" id="fnref-1">[1]</a></sup></p><section class="footnotes"><ol><li id="fn-1">注</li></ol></section>`},
		{"forms and frames go", `<form><input value=x><p>甲</p></form><iframe src="http://x"></iframe>`, `<p>甲</p>`},
		{"the language of a paragraph stays", `<p lang="en">x</p><p lang="en' onclick">y</p>`, `<p lang="en">x</p><p>y</p>`},
		{"plain words stay plain", `a < b & c`, `a &lt; b &amp; c`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := Clean(tt.in)
			if tt.name == "what Word leaves goes" {
				if strings.Contains(got, "mso") || strings.Contains(got, "xml") || !strings.Contains(got, `<p class="al-center">`) || !strings.Contains(got, "字") {
					t.Errorf("Clean(%s) = %s", tt.in, got)
				}
				return
			}
			if got != tt.want {
				t.Errorf("Clean(%s)\n got %s\nwant %s", tt.in, got, tt.want)
			}
			if again := Clean(got); again != got {
				t.Errorf("cleaning again changes it:\n got %s\nwant %s", again, got)
			}
		})
	}
}

func TestTextOfCleanHTML(t *testing.T) {
	got := Text(`<h2>一、总则</h2><p>第一行<br>第二行&nbsp;&amp;</p><ul><li>甲<ol><li>子</li></ol></li></ul><table><tr><th>项</th><td>3</td></tr></table>`)
	same(t, "Text", got, "一、总则\n第一行\n第二行 &\n• 甲\n1. 子\n项\t3")
}

func TestReadingBackOurOwnHTMLGivesTheSameText(t *testing.T) {
	d := mustRead(t, "notice.docx", testdata(t, "notice.docx"))
	whole := strings.TrimPrefix(partText(t, d, PartDocument), "")
	want := strings.Replace(whole, d.Title+"\n", "", 1)
	same(t, "Text(HTML)", Text(d.HTML()), want)
}

func TestAPageNestedTooDeeplyIsRefused(t *testing.T) {
	_, err := Read(context.Background(), "a.html", []byte("<html><body>"+strings.Repeat("<div>", 3000)+"字"), Limits{})
	if err == nil {
		t.Error("3,000 nested elements were read")
	}
}

func TestEnglishParagraphsSayTheirLanguage(t *testing.T) {
	d := mustRead(t, "a.docx", wordFile{body: para("The measures of the district apply to all of its departments.") + para("GB/T 9704-2012 ISO 9001 ABC") + para("中文 of the and")}.bytes())
	same(t, "HTML", d.HTML(), "<p lang=\"en\">The measures of the district apply to all of its departments.</p>\n<p>GB/T 9704-2012 ISO 9001 ABC</p>\n<p>中文 of the and</p>\n")
}

// A number written backwards and shown forwards is a way to pass a search: the text
// keeps the mark that says so.
func TestLettersShownBackwardsAreMarked(t *testing.T) {
	for _, page := range []string{`<bdo dir="RTL">X10</bdo>`, `<span style="unicode-bidi: bidi-override; direction: rtl">X10</span>`} {
		d := mustRead(t, "a.html", []byte("<!DOCTYPE html><body><p>编号："+page+"。</p>"))
		same(t, page, partText(t, d, PartDocument), "编号：\u202eX10\u202c。")
	}
	d := mustRead(t, "a.html", []byte(`<!DOCTYPE html><body><p dir=rtl>编号：<bdo dir=ltr>X10</bdo><span dir=rtl>1</span></p>`))
	same(t, "no override", partText(t, d, PartDocument), "编号：X101")
}
