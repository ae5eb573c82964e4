package engine

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"gongkai/document"
	"gongkai/inspection/rule"
)

// parts a text can be in; the fuzzer chooses.
var fuzzParts = []string{document.PartDocument, document.PartHidden, document.PartDeleted, document.PartComment, document.PartMetadata, document.PartEmbedded, document.PartMarkup, "名单"}

// FuzzInspect gives every family of rules any text: findings lie in it, hold what
// stands there, come in order, and the same text gives the same ones.
func FuzzInspect(f *testing.F) {
	for i, s := range []string{
		"关于印发《明镜区政务公开工作要点》的通知\n\n各乡镇人民政府：\n　　根据《政府信息公开条例》，现印发给你们。\n\n2026年2月30日",
		"序号\t姓名\t身份证号\n1\t王示例\t330411199003078013\n2\t李示例\t330411199003078000\n",
		"身份证 3304 1119 9003\n078013，手机１３８００００１２３４，卡号6222 0212 3456 7890 128",
		"机密★1年\n（内部资料）征求意见稿。。“引号‘不成对》，，的的",
		"图片 a.jpg 拍摄位置: 北纬30度\ncreator: 王\n: \n",
		"一、总体情况\n三、问题\n（一）\n1. 共收到10件，其中自然人8件、法人5件。", "\xff\xfe\x00", strings.Repeat("（", 50),
	} {
		f.Add(s, uint8(i))
	}
	e := Standard()
	f.Fuzz(func(t *testing.T, s string, part uint8) {
		if len(s) > 1<<16 || !utf8.ValidString(s) {
			t.Skip()
		}
		inspect := func() []rule.Finding {
			x := rule.NewText(fuzzParts[int(part)%len(fuzzParts)], s)
			x.Hidden = int(part)%len(fuzzParts) > 0
			n := utf8.RuneCountInString(s)
			x.Places = []rule.Place{{Start: 0, End: n / 2, Cell: "名单!B1", Page: 1}, {Start: n / 2, End: n, Cell: "名单!B2", Page: 2}}
			return e.Inspect(&rule.File{Name: "a.txt", Title: "题", Texts: []*rule.Text{x}}, Options{Hints: true})
		}
		found := inspect()
		runes := []rune(s)
		last := 0
		for _, x := range found {
			if x.Start < 0 || x.End > len(runes) || x.Start > x.End || x.Start < last {
				t.Fatalf("%s from %d to %d of %d, after %d", x.Rule, x.Start, x.End, len(runes), last)
			}
			last = x.Start
			if x.Message == "" || !utf8.ValidString(x.Message) || !utf8.ValidString(x.Text) || x.Confidence < 0 || x.Confidence > 1 {
				t.Fatalf("%+v", x)
			}
			if strings.HasPrefix(x.Rule, "privacy.") && x.Text != string(runes[x.Start:x.End]) {
				t.Fatalf("%s says %q stands where %q does", x.Rule, x.Text, string(runes[x.Start:x.End]))
			}
		}
		if again := inspect(); !reflect.DeepEqual(found, again) {
			t.Fatalf("the second time: %+v, the first: %+v", again, found)
		}
	})
}
