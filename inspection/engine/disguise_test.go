package engine

import (
	"context"
	"strings"
	"testing"

	"gongkai/document"
	"gongkai/inspection/privacy"
	"gongkai/inspection/privacy/planting"
)

// A number that a visitor of a page or a reader of a form can read is found, however
// the page was built to keep it from machines.
func TestWhatAPersonReadsOnAPageIsFound(t *testing.T) {
	id := "330411199003078013"
	backwards := []byte(id)
	for i := range 9 {
		backwards[i], backwards[17-i] = backwards[17-i], backwards[i]
	}
	entities, spans := "", ""
	for _, r := range id {
		entities += "&#x3" + string(r) + ";" // a digit stands at 0x30 and itself
		spans += "<span>" + string(r) + `</span><span style="display:none">7</span>`
	}
	var boxes planting.Word
	boxes.Body = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>身份证号码</w:t></w:r></w:p></w:tc>"
	for _, r := range id {
		boxes.Body += "<w:tc><w:p><w:r><w:t>" + string(r) + "</w:t></w:r></w:p></w:tc>"
	}
	boxes.Body += "</w:tr></w:tbl>"
	for name, data := range map[string][]byte{
		"entities.html":  []byte("<!DOCTYPE html><p>公示：" + entities),
		"spans.html":     []byte("<!DOCTYPE html><p>公示：" + spans),
		"backwards.html": []byte(`<!DOCTYPE html><p>公示：<bdo dir="rtl">` + string(backwards) + "</bdo>"),
		"cells.html":     []byte("<!DOCTYPE html><table><tr><td>身份证号<td>" + strings.Join(strings.Split(id, ""), "<td>") + "</table>"),
		"boxes.docx":     boxes.Bytes(),
	} {
		f, _, err := Open(context.Background(), document.NewPlainReader(plantLimits()), name, data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		n := 0
		for _, x := range New(privacy.New()).Inspect(f, Options{}) {
			if x.Rule == "privacy.id" && strings.HasPrefix(x.Suggest[0], "33") && strings.HasSuffix(x.Suggest[0], "013") {
				n++
			}
		}
		if n != 1 {
			t.Errorf("%s: the number is found %d times, want once in %q", name, n, f.Texts[0].S)
		}
	}
}
