package publication

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"gongkai/document"
)

var hanRuns = regexp.MustCompile(`\p{Han}+`)

func TestPlainHasTheWordsOfATextAndNoOthers(t *testing.T) {
	for _, body := range []string{
		"", "没有标签",
		"<p>区政府办公室关于<strong>政府</strong>信息公开的<a href=\"/info/1?a=1&amp;b=2\" title=\"大于&gt;号\">通知</a>。</p><p>各镇人民政府：</p>",
		"<h2>一、总体要求</h2><ul><li>公开</li><li>公正</li></ul><p>第一行<br/>第二行<br>第三行</p>",
		"<table><tbody><tr><th>单位</th><td>教育局</td><td colspan=\"2\">民政<em>局</em></td></tr></tbody></table>",
		"<p>甲&lt;乙&amp;丙&nbsp;丁</p><blockquote><p>引文</p></blockquote><p>水<sub>二</sub>号</p>",
		"<figure><img src=\"/file/1\" alt=\"图片说明\"><figcaption>图题</figcaption></figure><hr><p>完</p>",
	} {
		clean := document.Clean(body)
		got, want := hanRuns.FindAllString(plain(clean), -1), hanRuns.FindAllString(document.Text(clean), -1)
		if !slices.Equal(got, want) {
			t.Errorf("plain(%q) has the words %q, document.Text has %q", clean, got, want)
		}
	}
}

func TestADamagedContentHasNoWords(t *testing.T) {
	if got := written(`{"title": "关于`); got != "" {
		t.Errorf("written = %q, want nothing", got)
	}
	if got := written(`{"title":"通知","summary":"摘要","body":"<p>正文</p>"}`); strings.Join(hanRuns.FindAllString(got, -1), " ") != "通知 摘要 正文" {
		t.Errorf("written = %q, want title, summary and text", got)
	}
}

func BenchmarkPlain(b *testing.B) {
	body := strings.Repeat("<p>为进一步规范行政执法行为，保护<strong>公民</strong>、法人和其他组织的合法权益，根据有关法律法规，制定本办法。</p>", 24)
	b.Run("plain", func(b *testing.B) {
		for b.Loop() {
			plain(body)
		}
	})
	b.Run("document.Text", func(b *testing.B) {
		for b.Loop() {
			document.Text(body)
		}
	})
}
