package console_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"gongkai/publication"
)

// idNumber makes an identity number of nobody that passes its check.
func idNumber() string {
	s := "33999919700101012"
	sum := 0
	for i, w := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += int(s[i]-'0') * w
	}
	return s + string("10X98765432"[sum%11])
}

func mask(id publication.ItemID, f publication.File) string {
	return "/console/items/" + string(id) + "/mask/" + f.Digest
}

func TestAnAttachmentIsReplacedByItsMaskedCopy(t *testing.T) {
	w := sqlite(t)
	id, b, number := w.draft("关于公示救助对象的通知"), w.as("publisher"), idNumber()
	form := b.get(edit(id)).form(edit(id))
	form.Set("act", "attach")
	b.upload(edit(id), "attach", "名单.txt", []byte("符合条件的，身份证号："+number+"。"), form).shows(200, "已保存", "隐去个人信息")
	first := w.copyOf(id).Content.Files[0]
	hidden := number[:2] + "*************" + number[15:]

	b.get(mask(id, first)).shows(200, "将隐去1处，复查没有再发现个人信息", hidden, "用副本替换附件").hides(number)
	if got := w.copyOf(id).Content.Files[0]; got.Digest != first.Digest {
		t.Errorf("looking at the copy replaced the attachment by %+v", got)
	}
	old := b.form(mask(id, first))
	b.postValues(mask(id, first), old).shows(200, "附件“名单.txt”已换成隐去个人信息的副本")
	second := w.copyOf(id).Content.Files[0]
	if second.Digest == first.Digest || second.Name != first.Name {
		t.Fatalf("the attachment is %+v, want another file under the name of %+v", second, first)
	}
	if got := b.get("/console/files/" + second.Digest + "/a.txt"); got.body != "符合条件的，身份证号："+hidden+"。" {
		t.Errorf("the copy holds %q", got.body)
	}

	b.get(mask(id, second)).shows(200, "没有需要隐去的内容", "返回起草")
	b.get(mask(id, first)).shows(404, "没有找到这个文件")
	b.postValues(mask(id, first), old).shows(404, "没有找到这个文件")
	old.Set("version", "1")
	b.postValues(mask(id, second), old).shows(400, "没有需要隐去的内容")
	if got := w.as("final").get(mask(id, second)); got.status != 403 {
		t.Errorf("somebody who may not write got status %d", got.status)
	}
}

// printed makes a PDF of a line of Latin letters, and of a page with nothing but a
// picture.
func printed(line string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [ 4 0 R 6 0 R ] /Count 2 >>\nendobj\n" +
		"3 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj\n")
	for i, page := range []string{"BT /F1 12 Tf 72 700 Td (" + line + ") Tj ET", "60 600 400 20 re f"} {
		fmt.Fprintf(&b, "%d 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>\nendobj\n", 4+2*i, 5+2*i)
		fmt.Fprintf(&b, "%d 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n", 5+2*i, len(page), page)
	}
	b.WriteString("trailer\n<< /Size 8 /Root 1 0 R >>\n")
	return b.Bytes()
}

func TestAPDFIsReplacedByACopyDrawnAnew(t *testing.T) {
	w := sqlite(t)
	id, b, number := w.draft("关于公示救助对象的通知"), w.as("publisher"), idNumber()
	form := b.get(edit(id)).form(edit(id))
	form.Set("act", "attach")
	b.upload(edit(id), "attach", "名单.pdf", printed("Number: "+number), form).shows(200, "已保存", "隐去个人信息")
	first := w.copyOf(id).Content.Files[0]
	hidden := number[:2] + "*************" + number[15:]

	b.get(mask(id, first)).shows(200, "将隐去1处", hidden, "第2页有图片", "副本的每一页都是重新画成的图片", "用副本替换附件").hides(number, "保留批注")
	b.postValues(mask(id, first), b.form(mask(id, first))).shows(200, "附件“名单.pdf”已换成隐去个人信息的副本")
	second := w.copyOf(id).Content.Files[0]
	if second.Digest == first.Digest || second.Kind != "pdf" {
		t.Fatalf("the attachment is %+v, want another PDF than %+v", second, first)
	}
	got := b.get("/console/files/" + second.Digest + "/a.pdf").body
	if !strings.HasPrefix(got, "%PDF-") || strings.Contains(got, number) {
		t.Errorf("the copy begins with %q or tells the number", got[:min(len(got), 8)])
	}
	b.get(mask(id, second)).shows(200, "没有需要隐去的内容", "返回起草")
}
