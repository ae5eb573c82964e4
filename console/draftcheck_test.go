package console_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestADraftIsCheckedWithItsAttachmentsWithoutScripts presses the button as a plain
// form does.
func TestADraftIsCheckedWithItsAttachmentsWithoutScripts(t *testing.T) {
	w := inspecting(t)
	id := w.draft("关于批露招生情况的通知")
	b := w.as("publisher")
	number := identityNumber("330102", "19851123", "417")

	form := b.get(edit(id)).form(edit(id))
	b.upload(edit(id), "attach", "名单.csv", []byte("姓名,身份证号\n李某,"+number+"\n"), form)
	form = b.get(edit(id)).form(edit(id))
	form.Set("body", "<p>各镇反映的问题任然存在，联系人身份证号"+number+"。</p>")
	form.Set("act", "check")
	b.postValues(edit(id), form)
	if b.url.Path != edit(id) || b.url.RawQuery != "check=1" {
		t.Fatalf("the button led to %s, want the draft with its findings", b.url)
	}
	b.shows(200, "检查结果", "都应当改正", "错别字词", "标题", "正文", "应为“披露”", "应为“仍然”", "名单.csv", "公民身份号码", "附件中的个人信息", "生成隐去个人信息的副本", "登记例外或者误报")
	inForm := strings.Index(b.body, `<form id="draft"`)
	if list := b.body[:inForm]; strings.Contains(list, number) || !strings.Contains(list, number[:1]+strings.Repeat("*", 5)) {
		t.Error("the list of findings shows an identity number that is not masked")
	}
	if got := w.copyOf(id).Content.Body; !strings.Contains(got, "任然存在") {
		t.Errorf("the button did not save first: %q", got)
	}

	// The findings have pages, where an exception is asked for.
	if n := strings.Count(b.body, `href="/console/inspection/findings/`); n < 4 {
		t.Errorf("%d findings have a page, want all of them", n)
	}

	// Mended, the page says so.
	form = b.get(edit(id)).form(edit(id))
	form.Set("title", "关于披露招生情况的通知")
	form.Set("body", "<p>各镇人民政府、街道办事处：</p><p>现将有关事项通知如下。</p>")
	form.Del("file")
	form.Set("act", "check")
	b.postValues(edit(id), form)
	b.shows(200, "检查结果").hides("应为“披露”", "应为“仍然”", "公民身份号码")
	b.get(edit(id)).hides("检查结果")
}

func TestAnAttachmentThatCannotBeReadIsSaid(t *testing.T) {
	w := inspecting(t)
	id := w.draft("关于做好招生工作的通知")
	b := w.as("publisher")
	form := b.get(edit(id)).form(edit(id))
	b.upload(edit(id), "attach", "名单.docx", []byte("PK\x03\x04 broken"), form)
	b.get(edit(id)+"?check=1").shows(200, "检查结果", "名单.docx")
}

// TestALongListOfFindingsIsCut keeps the page short; the count is whole.
func TestALongListOfFindingsIsCut(t *testing.T) {
	w := inspecting(t)
	id := w.draft("公示")
	var text strings.Builder
	for i := range 230 {
		fmt.Fprintf(&text, "<p>第%d户身份证号%s。</p>", i+1, identityNumber("330102", "19851123", fmt.Sprintf("%03d", i)))
	}
	b := w.as("publisher")
	form := b.get(edit(id)).form(edit(id))
	form.Set("body", text.String())
	form.Set("act", "check")
	b.postValues(edit(id), form)
	b.shows(200, "检查发现230处，都应当改正", "应当改正（200，另有30处）")
}

// TestWhoWritesIsToldWhomToAskForAnException stops a draft and has the secrecy
// reviewer see it.
func TestWhoWritesIsToldWhomToAskForAnException(t *testing.T) {
	w := inspecting(t)
	id := w.draft("关于送达决定书的公告")
	b, secrecy := w.as("publisher"), w.as("secrecy")
	secrecy.get("/console").hides("使草稿不能送审")
	form := b.get(edit(id)).form(edit(id))
	form.Set("body", "<p>当事人身份证号"+identityNumber("330102", "19851123", "417")+"。</p>")
	form.Set("act", "check")
	b.postValues(edit(id), form).shows(200, "1处改正或者批准例外以前不能送审")
	page := between(b.body, `href="`, `"`, "/console/inspection/findings/")
	b.get(page).shows(200, "去修改这条信息", "由没有参与起草的保密审查人员批准例外：周密").hides("确认并要求整改", "等待单位信息员")

	secrecy.get("/console").shows(200, "1处内容使草稿不能送审")
	secrecy.get("/console/inspection/findings?tab=open&where=draft&severity=block").shows(200, "公民身份号码", "关于送达决定书的公告")
	secrecy.get(page).shows(200, "确认批准例外").hides("去修改这条信息")
	secrecy.post(page+"/except", "scope", "place", "note", "公告送达须载明身份", "basis", "行政处罚程序规定关于公告送达的条款", "until", "2026-06-30").shows(200, "已批准例外")
	secrecy.get("/console").hides("使草稿不能送审")
}

// between is the first piece of a page between two marks that begins so.
func between(page, from, to, begins string) string {
	for _, piece := range strings.Split(page, from)[1:] {
		if one, _, ok := strings.Cut(piece, to); ok && strings.HasPrefix(one, begins) {
			return one
		}
	}
	return ""
}
