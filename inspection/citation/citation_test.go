package citation

import (
	"slices"
	"testing"
	"unicode/utf8"

	"gongkai/inspection/rule"
	"gongkai/inspection/rule/ruletest"
)

// shelf is a library of two documents.
type shelf []rule.Held

func (s shelf) Own(code string, year int) bool { return code == "明政发" && year >= 2020 }

func (s shelf) Numbered(no string) (rule.Held, bool) {
	i := slices.IndexFunc(s, func(h rule.Held) bool { return h.Number == no })
	if i < 0 {
		return rule.Held{}, false
	}
	return s[i], true
}

func (s shelf) Titled(title string) (rule.Held, bool) {
	i := slices.IndexFunc(s, func(h rule.Held) bool { return h.Title == title })
	if i < 0 {
		return rule.Held{}, false
	}
	return s[i], true
}

var ours = shelf{
	{Number: "明政发〔2025〕9号", Title: "明镜区示例管理办法"},
	{Number: "明政发〔2020〕2号", Title: "明镜区旧办法", Ended: "2025-07-01", How: "废止", Successor: "《明镜区示例管理办法》（明政发〔2025〕9号）"},
}

var house = rule.File{Name: "a.txt", Units: []string{"明镜区人民政府", "明镜区"}, Library: ours}

func TestTheRulesKeepTheirExamples(t *testing.T) { ruletest.ExamplesIn(t, New(), house) }

func TestWithoutALibraryOurOwnNumbersAreNotJudged(t *testing.T) {
	for _, s := range []string{"根据《关于示例的通知》（明政发〔2025〕99号）的要求", "按照《明镜区人民政府工作规则》执行", "2026年继续执行《明镜区旧办法》（明政发〔2020〕2号）。"} {
		if got := ruletest.InspectIn(New(), rule.File{Units: house.Units}, s); len(got) != 0 {
			t.Errorf("%q: got %+v, want none", s, got)
		}
	}
}

func TestADocumentDoesNotCiteItself(t *testing.T) {
	f := house
	f.Record = &rule.Record{Elements: map[rule.Element]string{rule.DocNo: "明政发〔2026〕12号"}}
	if got := ruletest.InspectIn(New(), f, "各单位：本通知（明政发〔2026〕12号）自印发之日起执行。"); len(got) != 0 {
		t.Errorf("its own number: got %+v, want none", got)
	}
	if got := ruletest.InspectIn(New(), house, "明镜区人民政府文件\n明政发〔2026〕12号\n关于某事的通知\n"); len(got) != 0 {
		t.Errorf("the number at its head: got %+v, want none", got)
	}
}

func TestANoticeThatIssuesADocumentDoesNotSearchForIt(t *testing.T) {
	const text = "现将《明镜区人民政府督查办法》印发给你们，请遵照《明镜区人民政府督查办法》执行。"
	f := house
	f.Title = "明镜区人民政府关于印发《明镜区人民政府督查办法》的通知"
	if got := ruletest.InspectIn(New(), f, text); len(got) != 0 {
		t.Errorf("issued here: got %+v, want none", got)
	}
	f.Title = "关于督查工作的通知"
	if got := ruletest.InspectIn(New(), f, text[len("现将《明镜区人民政府督查办法》印发给你们，"):]); len(got) != 1 {
		t.Errorf("issued nowhere: got %+v, want one finding", got)
	}
}

func TestAListOfWhatEndedNamesWhatEnded(t *testing.T) {
	const text = "2026年继续执行《明镜区旧办法》（明政发〔2020〕2号）。"
	for title, want := range map[string]int{"关于公布规范性文件清理结果的通知": 0, "关于做好有关工作的通知": 1} {
		f := house
		f.Title, f.Date = title, "2026-01-05"
		if got := ruletest.InspectIn(New(), f, text); len(got) != want {
			t.Errorf("under %s: got %+v, want %d findings", title, got, want)
		}
	}
}

func TestTheDateOfTheFileDecidesWhatHeld(t *testing.T) {
	const text = "根据《中华人民共和国合同法》签订协议。"
	for day, want := range map[string]rule.Tier{"2020-12-31": "", "2021-01-01": rule.B, "": rule.C} {
		got := ruletest.InspectIn(New(), rule.File{Date: day}, text)
		if want == "" && len(got) != 0 || want != "" && (len(got) != 1 || got[0].Tier != want) {
			t.Errorf("dated %q: got %+v, want tier %q", day, got, want)
		}
	}
	made := rule.File{Record: &rule.Record{Elements: map[rule.Element]string{rule.Made: "2019-05-01"}}}
	if got := ruletest.InspectIn(New(), made, text+"2026年网站改版。"); len(got) != 0 {
		t.Errorf("made in 2019: got %+v, want none", got)
	}
}

func TestWhatCitizensWriteIsNotJudged(t *testing.T) {
	if got := ruletest.InspectIn(New(), rule.File{Date: "2026-01-05", Foreign: true}, "根据《合同法》第一千条"); len(got) != 0 {
		t.Errorf("got %+v, want none", got)
	}
}

func TestCleanTextsRaiseLittle(t *testing.T) {
	c := New()
	alarms, chars := map[rule.Tier]int{}, 0
	ruletest.Clean(t, ruletest.Every(), func(s string) {
		chars += utf8.RuneCountInString(s)
		for _, f := range ruletest.Inspect(c, s) {
			if alarms[f.Tier]++; f.Tier != rule.C {
				t.Logf("%s %q: %s", f.Rule, f.Text, f.Message)
			}
		}
	})
	if alarms[rule.A] > 0 || alarms[rule.B]*500_000 > chars {
		t.Errorf("%v alarms in %d characters, want none of tier A and at most two in a million of B", alarms, chars)
	}
}

func FuzzCheck(f *testing.F) {
	for _, s := range []string{"《合同法》第一千条", "《a》（明政发〔2025〕9号）", "《政府信息公开条例》（国务院令第492号", "《《》第"} {
		f.Add(s)
	}
	c := New()
	f.Fuzz(func(t *testing.T, s string) {
		n := utf8.RuneCountInString(s)
		for _, x := range ruletest.InspectIn(c, house, s) {
			if x.Start < 0 || x.End > n || x.Start > x.End {
				t.Fatalf("%q: %s from %d to %d of %d", s, x.Rule, x.Start, x.End, n)
			}
		}
	})
}
