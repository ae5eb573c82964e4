package unseen

import (
	"slices"
	"strings"
	"testing"

	"gongkai/inspection/rule"
)

func check(t *rule.Text) (all []rule.Finding) {
	New().Check(&rule.File{}, t, func(f rule.Finding) { all = append(all, f) })
	return all
}

// part makes the text of an example: the name of its part, a bar, the text.
func part(example string) *rule.Text {
	name, s, _ := strings.Cut(example, "|")
	t := rule.NewText(name, s)
	t.Hidden = name != "document"
	return t
}

func TestTheRulesKeepTheirExamples(t *testing.T) {
	for _, r := range New().Pack().Rules {
		found := func(s string) bool {
			return slices.ContainsFunc(check(part(s)), func(f rule.Finding) bool { return f.Rule == r.Code })
		}
		for _, s := range r.Find {
			if !found(s) {
				t.Errorf("%s does not find %q", r.Code, s)
			}
		}
		for _, s := range r.Pass {
			if found(s) {
				t.Errorf("%s finds something in %q", r.Code, s)
			}
		}
	}
}

func TestAHiddenSheetIsOneFindingThatNamesIt(t *testing.T) {
	x := part("hidden|身份证号\n330411190001010000\n王示例\n备注")
	x.Places = []rule.Place{{Start: 0, End: 4, Cell: "原始数据!A1"}, {Start: 5, End: 23, Cell: "原始数据!A2"}, {Start: 24, End: 27, Cell: "名单!B7"}}
	got := check(x)
	if len(got) != 3 {
		t.Fatalf("got %d findings, want one for each sheet and one for the rest: %+v", len(got), got)
	}
	if f := got[0]; f.Count != 2 || f.Cell != "原始数据!A1" || !strings.Contains(f.Message, "原始数据") || !strings.Contains(f.Message, "A1") {
		t.Errorf("first finding = %+v, want two places from 原始数据!A1 on", f)
	}
	if f := got[1]; f.Cell != "名单!B7" || f.Start != 24 || f.End != 27 {
		t.Errorf("second finding = %+v, want 名单!B7", f)
	}
}

func TestAnAttachmentsHiddenPartsAreTracesToo(t *testing.T) {
	if got := check(part("名单.xlsx›hidden|隐藏的一行")); len(got) != 1 || got[0].Rule != "unseen.hidden" {
		t.Errorf("got %+v, want the hidden part of the attachment", got)
	}
}

func TestWhatIsShownHoldsNoNumber(t *testing.T) {
	for _, s := range []string{"hidden|330411190001010000", "comment|电话13800001234", "metadata|作者: 王13800001234", "metadata|图片 拍摄位置: 北纬30度", "hidden|身份证三三〇四一一一九〇〇〇一〇一〇〇〇〇", "comment|①③⑧00001234"} {
		for _, f := range check(part(s)) {
			if strings.ContainsAny(f.Text, "0123456789〇三四①③⑧") {
				t.Errorf("%q: the finding shows %q", s, f.Text)
			}
		}
	}
}
