package webtest_test

import (
	"strings"
	"testing"

	"gongkai/internal/web/webtest"
)

func page(body string) []byte {
	return []byte(`<!doctype html><html lang="zh-CN"><head><title>页</title></head><body><main><h1>题</h1>` + body + `</main></body></html>`)
}

func TestEachFaultOfAPageIsNamed(t *testing.T) {
	for _, tt := range []struct{ name, body, want string }{
		{"all is well", `<h2 id="a">二</h2><a href="#a">到</a><label for="q">问</label><input id="q"><label>名<input name="n"></label><input type="hidden" name="h"><table><caption>表</caption><tr><th scope="col">头</th></tr></table><img src="/a.png" alt="">`, ""},
		{"an id twice", `<p id="a"></p><p id="a"></p>`, `"a" stands twice`},
		{"a reference to nothing", `<a href="#b">到</a>`, `id "b"`},
		{"a description that is not there", `<label for="q">问</label><input id="q" aria-describedby="q-hint">`, `id "q-hint"`},
		{"a field without a label", `<input name="who">`, "has no label"},
		{"a link without words", `<a href="/x"><svg></svg></a>`, "has no name"},
		{"a level left out", `<h3>三</h3>`, "follows a heading of level 1"},
		{"a table without a caption", `<table><tr><td>1</td></tr></table>`, "has no caption"},
		{"a table of a document", `<div class="doc-body"><table><tr><th>1</th></tr></table></div>`, ""},
		{"a header without scope", `<table><caption>表</caption><tr><th>头</th></tr></table>`, "has no scope"},
		{"a picture without words", `<img src="/a.png">`, "has no alt text"},
		{"an inline style", `<p style="color:red">x</p>`, "inline style"},
		{"an inline handler", `<p onclick="x()">x</p>`, "script in onclick"},
		{"an inline script", `<script>x()</script>`, "policy forbids"},
		{"a picture from elsewhere", `<img src="https://cdn.example/a.png" alt="">`, "not of this site"},
		{"a choice without a question", `<fieldset><label>甲<input type="radio"></label></fieldset>`, "has no legend"},
		{"a second main", `<main></main>`, "2 main elements"},
		{"a trace of the template", `<p>%!d(string=x)</p>`, "a template left"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := strings.Join(webtest.Inspect(page(tt.body)), "\n")
			if tt.want == "" && got != "" || !strings.Contains(got, tt.want) {
				t.Errorf("Inspect(%s) = %q, want %q", tt.body, got, tt.want)
			}
		})
	}
}
