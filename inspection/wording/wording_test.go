package wording

import (
	"strings"
	"testing"
	"unicode/utf8"

	"gongkai/inspection/rule"
	"gongkai/inspection/rule/ruletest"
	"gongkai/inspection/spelling/sound"
)

var district = rule.File{Name: "a.txt", Units: []string{"明镜区人民政府", "明镜区府"}, Names: []rule.Person{{Name: "王示例", Post: "区长"}, {Name: "李样本", Post: "副区长"}}}

func TestTheRulesKeepTheirExamples(t *testing.T) { ruletest.ExamplesIn(t, New(), district) }

func TestEveryNameOneSoundOffIsFound(t *testing.T) {
	for _, s := range []string{"区长王示利出席", "王式例同志", "副区长李样木调研", "李洋本副区长"} {
		found := false
		for _, f := range ruletest.InspectIn(New(), district, s) {
			found = found || f.Rule == "wording.leader"
		}
		if !found {
			t.Errorf("%q: the wrong name was not found", s)
		}
	}
	for _, s := range []string{"区长王示例、副区长李样本", "王示范带动", "李样本", "王小明副区长"} {
		for _, f := range ruletest.InspectIn(New(), district, s) {
			t.Errorf("%q: got %s %q", s, f.Rule, f.Text)
		}
	}
}

func TestWhatCitizensWriteIsLeftAlone(t *testing.T) {
	file := district
	file.Foreign = true
	if f := ruletest.InspectIn(New(), file, "残废人找国土资源局，依申请开常见"); len(f) != 0 {
		t.Errorf("got %+v, want nothing", f)
	}
}

func TestAnOldDocumentMayUseOldNames(t *testing.T) {
	file := district
	for date, want := range map[string]int{"2015-06-01": 0, "2025-06-01": 1, "": 1} {
		file.Date = date
		got := ruletest.InspectIn(New(), file, "由县国土资源局负责办理")
		if len(got) != want || date == "" && got[0].Tier != rule.C {
			t.Errorf("document of %q: got %+v, want %d findings, a hint where the date is unknown", date, got, want)
		}
	}
}

func TestCleanTextsRaiseLittle(t *testing.T) {
	c := New()
	chars := 0
	codes := map[string]int{}
	look := func(s string) {
		chars += utf8.RuneCountInString(s)
		for _, f := range ruletest.Inspect(c, s) {
			if f.Tier == rule.C {
				continue
			}
			if codes[f.Rule]++; codes[f.Rule] <= 25 {
				r := []rune(s)
				t.Logf("%s %q → %v in %q", f.Rule, f.Text, f.Suggest, string(r[max(0, f.Start-8):min(len(r), f.End+8)]))
			}
		}
	}
	ruletest.Clean(t, ruletest.Every(), look)
	t.Logf("%v in %d characters", codes, chars)
	if n := codes["wording.term"] + codes["wording.phrase"] + codes["wording.institution"]; n*100_000 > chars {
		t.Errorf("%v in %d characters, want at most one in a hundred thousand", codes, chars)
	}
}

func BenchmarkCheck(b *testing.B) {
	s := strings.Repeat("各乡镇人民政府、街道办事处，区政府各部门：为进一步做好2026年政务公开工作，根据《政府信息公开条例》，现将有关事项通知如下，请认真贯彻执行。\n", 2000)
	c := New()
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		text := rule.NewText("document", s)
		c.Check(&rule.File{}, text, func(f rule.Finding) {})
	}
}

// Every city and county gets one character exchanged for another of its sound.
func TestEveryPlaceOneSoundOffIsFoundBesideWhatItLiesIn(t *testing.T) {
	c := New()
	tried, found := 0, 0
	for _, f := range rows(placeData) {
		for _, name := range append(strings.Fields(f[2]), f[1]) {
			r := []rune(name)
			if len(r) < 3 || len(r) > longestPlace {
				continue
			}
			in := f[0]
			if name != f[1] && f[1] != "" {
				in = f[1]
			}
			for _, other := range sound.Homophones(sound.Main(r[0])) {
				if other == r[0] {
					continue
				}
				wrong := string(other) + string(r[1:])
				if _, known := c.places.above[wrong]; known || c.places.within[wrong] != nil {
					continue // 临县 for 林县: another place there is
				}
				tried++
				for _, x := range ruletest.Inspect(c, "住所地为"+in+wrong+"，现予公示。") {
					if x.Rule == "wording.place" && x.Text == wrong && x.Suggest[0] == name {
						found++
					}
				}
				break
			}
		}
	}
	if tried < 2000 || found*100 < tried*97 {
		t.Errorf("%d of %d wrong names found with the right one, want 97 in a hundred", found, tried)
	}
}

func TestEveryPlaceBesideWhatItLiesInIsRight(t *testing.T) {
	c := New()
	for _, f := range rows(placeData) {
		for _, county := range strings.Fields(f[2]) {
			for _, x := range ruletest.Inspect(c, "2026年，"+f[0]+f[1]+county+"人民政府、"+f[0]+county+"和"+f[1]+county) {
				t.Errorf("%s%s%s: got %s %q: %s", f[0], f[1], county, x.Rule, x.Text, x.Message)
			}
		}
	}
}

func FuzzCheck(f *testing.F) {
	for _, s := range []string{"浙江省杭洲市", "折江省杭州市", "2025年，绍兴市绍兴县", "依申请开", "李样本、王示例", "会议由副区长王示例", "残废人", "2025年国土资源局", "明镜区府"} {
		f.Add(s)
	}
	c := New()
	f.Fuzz(func(t *testing.T, s string) {
		n := utf8.RuneCountInString(s)
		for _, x := range ruletest.InspectIn(c, district, s) {
			if x.Start < 0 || x.End > n || x.Start > x.End {
				t.Fatalf("%q: %s from %d to %d of %d", s, x.Rule, x.Start, x.End, n)
			}
		}
	})
}
