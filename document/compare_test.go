package document

import (
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"time"
)

func base64Of(b []byte) string { return base64.StdEncoding.EncodeToString(b) }

func TestCompareMarksWhatChanged(t *testing.T) {
	for _, tt := range []struct{ name, old, new, want string }{
		{"nothing", "<p>甲乙</p>", "<p>甲乙</p>", "<p>甲乙</p>"},
		{"a number in a sentence", "<p>期限为15个工作日。</p>", "<p>期限为20个工作日。</p>", "<p>期限为<del>15</del><ins>20</ins>个工作日。</p>"},
		{"a character", "<p>请认真贯彻落实</p>", "<p>请切实贯彻落实</p>", "<p>请<del>认真</del><ins>切实</ins>贯彻落实</p>"},
		{"a paragraph added", "<p>甲一二三</p>", "<p>甲一二三</p><p>乙四五六</p>", "<p>甲一二三</p><p><ins>乙四五六</ins></p>"},
		{"a paragraph removed", "<p>甲一二三</p><p>乙四五六</p>", "<p>乙四五六</p>", "<p><del>甲一二三</del></p><p>乙四五六</p>"},
		{"style is kept from the new text", "<p>重点工作要抓实</p>", "<p><strong>重点</strong>工作须抓实</p>", "<p><strong>重点</strong>工作<del>要</del><ins>须</ins>抓实</p>"},
		{"a link that leads elsewhere", `<p>见<a href="https://a.example/">公开专栏</a>首页</p>`, `<p>见<a href="https://b.example/">公开专栏</a>首页</p>`, `<p>见<del><a href="https://a.example/">公开专栏</a></del><ins><a href="https://b.example/">公开专栏</a></ins>首页</p>`},
		{"a cell", "<table><tr><td>规章</td><td>3</td></tr></table>", "<table><tr><td>规章</td><td>4</td></tr></table>", "<table><tbody><tr><td>规章</td><td><del>3</del><ins>4</ins></td></tr></tbody></table>"},
		{"a row added", "<table><tr><td>规章</td><td>3</td></tr></table>", "<table><tr><td>规章</td><td>3</td></tr><tr><td>规范性文件</td><td>9</td></tr></table>",
			"<table><tbody><tr><td>规章</td><td>3</td></tr><tr><td><ins>规范性文件</ins></td><td><ins>9</ins></td></tr></tbody></table>"},
		{"a list item", "<ul><li>及时发布信息</li><li>准确解读政策</li></ul>", "<ul><li>及时发布信息</li><li>准确解读文件</li><li>回应</li></ul>", "<ul><li>及时发布信息</li><li>准确解读<del>政策</del><ins>文件</ins></li><li><ins>回应</ins></li></ul>"},
		{"a table whose grid changed stands twice", `<table><tr><td rowspan="2">甲</td><td>1</td></tr><tr><td>2</td></tr></table>`, `<table><tr><td>甲</td><td>1</td></tr></table>`,
			`<table><tbody><tr><td rowspan="2"><del>甲</del></td><td><del>1</del></td></tr><tr><td><del>2</del></td></tr></tbody></table><table><tbody><tr><td><ins>甲</ins></td><td><ins>1</ins></td></tr></tbody></table>`},
		{"from nothing", "", "<p>甲</p>", "<p><ins>甲</ins></p>"},
		{"to nothing", "<p>甲</p>", "", "<p><del>甲</del></p>"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := Compare(tt.old, tt.new); got != tt.want {
				t.Errorf("Compare\n got %s\nwant %s", got, tt.want)
			}
		})
	}
}

var (
	delMark = regexp.MustCompile(`(?s)<del>.*?</del>`)
	insMark = regexp.MustCompile(`(?s)<ins>.*?</ins>`)
)

// bare takes marks away and leaves the words: without deletions the new text,
// without insertions the old one.
func bare(marked string, drop *regexp.Regexp) string {
	s := drop.ReplaceAllString(marked, "")
	s = regexp.MustCompile(`<[^>]*>`).ReplaceAllString(s, "")
	return strings.Join(strings.Fields(s), "")
}

func words(s string) string { return bare(s, regexp.MustCompile(`\x00`)) }

// checkComparison holds what a comparison promises whatever the texts.
func checkComparison(t testing.TB, older, newer string) {
	t.Helper()
	older, newer = Clean(older), Clean(newer)
	got := Compare(older, newer)
	if a, b := bare(got, delMark), words(newer); a != b {
		t.Fatalf("without deletions the comparison of\n%s\n%s\nis %q, want the new text %q\n%s", older, newer, a, b, got)
	}
	if a, b := bare(got, insMark), words(older); a != b {
		t.Fatalf("without insertions the comparison of\n%s\n%s\nis %q, want the old text %q\n%s", older, newer, a, b, got)
	}
	wellFormed(t, got)
}

func wellFormed(t testing.TB, s string) {
	t.Helper()
	var open []string
	for _, m := range regexp.MustCompile(`<(/?)([a-z0-9]+)[^>]*>`).FindAllStringSubmatch(s, -1) {
		switch {
		case m[2] == "br" || m[2] == "img" || m[2] == "hr":
		case m[1] == "":
			open = append(open, m[2])
		case len(open) == 0 || open[len(open)-1] != m[2]:
			t.Fatalf("tags do not nest at </%s>, open %v, in %s", m[2], open, s)
		default:
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		t.Fatalf("left open: %v in %s", open, s)
	}
}

func TestAComparisonHoldsBothTexts(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	words := []string{"政府", "信息", "公开", "2026", "年", "，", "<strong>重点</strong>", "工作", "<br>", "单位", `<a href="https://x.example/">链</a>`, "a b", "&amp;"}
	block := func() string {
		s := ""
		for range 1 + rnd.IntN(12) {
			s += words[rnd.IntN(len(words))]
		}
		switch rnd.IntN(6) {
		case 0:
			return "<h2>" + s + "</h2>"
		case 1:
			return "<ul><li>" + s + "</li><li>" + words[rnd.IntN(8)] + "<ul><li>" + s + "</li></ul></li></ul>"
		case 2:
			return "<table><tr><th>" + s + "</th><td>" + words[rnd.IntN(8)] + "</td></tr><tr><td>x</td><td>" + s + "</td></tr></table>"
		case 3:
			return "<table><tr><td rowspan=2>" + s + "</td><td>1</td></tr><tr><td>" + words[rnd.IntN(8)] + "</td></tr></table>"
		}
		return "<p>" + s + "</p>"
	}
	for range 400 {
		var a, b []string
		for range rnd.IntN(8) {
			a = append(a, block())
		}
		for _, s := range a {
			switch rnd.IntN(5) {
			case 0:
			case 1:
				b = append(b, block(), s)
			case 2:
				b = append(b, strings.Replace(s, "公开", "改动", 1))
			default:
				b = append(b, s)
			}
		}
		checkComparison(t, strings.Join(a, ""), strings.Join(b, ""))
	}
}

func TestComparingLargeTextsEndsSoon(t *testing.T) {
	var a, b strings.Builder
	rnd := rand.New(rand.NewPCG(3, 4))
	for i := range 6000 {
		fmt.Fprintf(&a, "<p>第%d条 旧文本%d</p>", i, rnd.IntN(1_000_000))
		fmt.Fprintf(&b, "<p>第%d条 新内容%d</p>", i, rnd.IntN(1_000_000))
	}
	a.WriteString("<p>")
	b.WriteString("<p>")
	for range 100_000 {
		a.WriteRune(rune(0x4e00 + rnd.IntN(50)))
		b.WriteRune(rune(0x4e00 + rnd.IntN(50)))
	}
	start := time.Now()
	got := Compare(a.String(), b.String())
	if took := time.Since(start); took > 10*time.Second {
		t.Errorf("took %v, want a few seconds", took)
	}
	if !strings.Contains(got, "<ins>") {
		t.Error("no change marked")
	}
}
