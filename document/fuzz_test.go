package document

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"gongkai/internal/fault"
)

// smallLimits keep one try of the fuzzer short.
var smallLimits = Limits{MaxBytes: 1 << 20, MaxExpanded: 8 << 20, MaxText: 200_000, MaxNodes: 100_000, MaxCells: 20_000, MaxPages: 20, MaxTime: 10 * time.Second,
	CacheDir: filepath.Join(os.TempDir(), "gongkai-pdf-cache")}

// try reads one input: it is refused with a sentence or gives a sound Doc; a
// panic inside a reader counts as a failure here although Read survives it.
func try(t *testing.T, name string, data []byte) {
	d, err := Read(context.Background(), name, data, smallLimits)
	if err != nil {
		if fault.Sentence(err) == "" || strings.Contains(err.Error(), "panicked") {
			t.Fatalf("Read = %v", err)
		}
		return
	}
	checkDoc(t, d)
	checkUTF8(t, d)
	p := Elements(d)
	for _, g := range []Guess{p.Title, p.Issuer, p.DocNo, p.Date, p.Openness, p.Recipients, p.Effective, p.Expires} {
		if g.End < g.Start || g.Sure > 1 {
			t.Fatalf("guess %+v", g)
		}
	}
}

func checkUTF8(t *testing.T, d Doc) {
	for _, p := range d.Parts {
		if !utf8.ValidString(p.Text) {
			t.Fatalf("part %s is not UTF-8: %q", p.Name, p.Text)
		}
	}
	if !utf8.ValidString(d.HTML()) {
		t.Fatal("HTML is not UTF-8")
	}
}

func FuzzWordText(f *testing.F) {
	f.Add(para("正文")+numbered("1", "0", "甲"), level("0", "chineseCounting", "%1、"), wordStyles)
	f.Add(`<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/><w:vMerge w:val="restart"/></w:tcPr>`+para("甲")+`</w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr></w:tc></w:tr></w:tbl>`, "", "")
	f.Add(`<w:p><w:del><w:r><w:delText>删</w:delText></w:r></w:del><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>HYPERLINK "http://x/"</w:instrText><w:fldChar w:fldCharType="separate"/><w:t>链</w:t></w:r></w:p>`, "", "")
	f.Add(`<w:p><w:pPr><w:pStyle w:val="1"/><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t><w:br/><w:sym w:font="Symbol" w:char="F0B7"/></w:r></w:p>`, "", wordStyles)
	f.Fuzz(func(t *testing.T, body, levels, styles string) {
		number := `<w:abstractNum w:abstractNumId="0">` + levels + `</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>`
		try(t, "a.docx", wordFile{body: body, number: number, styles: styles}.bytes())
	})
}

func FuzzWordFile(f *testing.F) {
	f.Add(testdata(f, "notice.docx"))
	f.Add(wordFile{body: para("正文")}.bytes())
	f.Fuzz(func(t *testing.T, data []byte) { try(t, "a.docx", data) })
}

func FuzzWebPage(f *testing.F) {
	f.Add([]byte(`<html><head><meta charset=gbk><meta name=ArticleTitle content=题></head><body><div class=TRS_Editor><h1>题</h1><p align=center>甲<br>　　乙</p><table><tr><td rowspan=2>1<td colspan=3>2<tr><td>3</table><ol start=3><li>x<ul><li>y</ul></ol></div>`))
	f.Add([]byte(`<p style="display:none">x</p><!--注释--><img src=a alt=b><figure><img src="data:image/png;base64,AAAA"><figcaption>c</figcaption></figure><pre> a
 b</pre><sup>1</sup><hr>`))
	f.Fuzz(func(t *testing.T, data []byte) { try(t, "a.html", append([]byte("<html>"), data...)) })
}

func FuzzPlainText(f *testing.F) {
	for _, p := range papers {
		f.Add([]byte(p.text))
	}
	f.Add([]byte("# 题\n\n- 甲\n- 乙\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"))
	f.Add([]byte("\xff\xfea\x00b\x00"))
	f.Fuzz(func(t *testing.T, data []byte) { try(t, "a.md", data); try(t, "a.txt", data) })
}

func FuzzClean(f *testing.F) {
	f.Add(`<p class=MsoNormal style="text-align:center"><b>甲</b><o:p></o:p><a href="javascript:x">y</a></p><table><tr><td colspan=2>1`)
	f.Add(`<svg><style><img src=x onerror=alert(1)></style></svg><math><mi><table><mglyph><style>`)
	f.Fuzz(func(t *testing.T, s string) {
		got := Clean(s)
		lower := strings.ToLower(got)
		for _, bad := range []string{"<script", "<style", "<iframe", "<svg", "javascript:", "<!--"} {
			if strings.Contains(strings.ReplaceAll(lower, "&lt;", "‹"), bad) && bad != "javascript:" || strings.Contains(lower, `href="`+bad) {
				t.Fatalf("Clean(%q) = %q holds %s", s, got, bad)
			}
		}
		if again := Clean(got); again != got {
			t.Fatalf("cleaning again changes it:\n in %q\n 1st %q\n 2nd %q", s, got, again)
		}
		if !utf8.ValidString(got) || !utf8.ValidString(Text(got)) {
			t.Fatalf("Clean(%q) is not UTF-8", s)
		}
	})
}

func FuzzCompare(f *testing.F) {
	f.Add(`<p>甲乙丙</p><table><tr><td>1</td></tr></table>`, `<p>甲丁丙</p><table><tr><td rowspan=2>1</td><td>2</td></tr></table>`)
	f.Add(`<ul><li>甲<ul><li>乙</li></ul></li></ul><h2>x</h2>`, `<ol><li>甲</li></ol><p><strong>x</strong><br>y</p>`)
	f.Fuzz(func(t *testing.T, a, b string) { checkComparison(t, a, b) })
}
