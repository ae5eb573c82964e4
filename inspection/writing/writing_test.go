package writing

import (
	"strings"
	"testing"
	"unicode/utf8"

	"gongkai/inspection/rule"
	"gongkai/inspection/rule/ruletest"
)

func TestTheRulesKeepTheirExamples(t *testing.T) { ruletest.Examples(t, New()) }

// What the laws raise are mostly slips of their own (的的, 、、), so the ceilings
// are of alarms, not of mistakes.
func TestCleanTextsRaiseLittle(t *testing.T) {
	c := New()
	alarms, chars := map[rule.Tier]int{}, 0
	codes := map[string]int{}
	ruletest.Clean(t, ruletest.Every(), func(s string) {
		chars += utf8.RuneCountInString(s)
		for _, f := range ruletest.Inspect(c, s) {
			alarms[f.Tier]++
			codes[f.Rule]++
		}
	})
	t.Logf("%v in %d characters: %v", alarms, chars, codes)
	// On all texts the aim is one in a million; a sample may fall on the wrong laws.
	most := 1
	if ruletest.Every() > 1 {
		most = 2
	}
	if alarms[rule.A]*1_000_000 > most*chars {
		t.Errorf("tier A: %d alarms in %d characters, want at most %d in a million", alarms[rule.A], chars, most)
	}
	if alarms[rule.B]*20_000 > chars {
		t.Errorf("tier B: %d alarms in %d characters, want at most half a one in ten thousand", alarms[rule.B], chars)
	}
}

// The clean text has no half-width slips, so one put in must be the one found.
func TestPlantedSlipsAreFoundWhereTheyWerePut(t *testing.T) {
	const text = "2026年，区政府办公室认真贯彻落实《政府信息公开条例》，健全制度，完善平台，加强培训，统一流程，明确分工，定期通报，逐项整改，全年主动公开政府信息1286条，受理申请46件，均在法定期限内答复，没有发生复议和诉讼。"
	for _, c := range []struct{ rule, from, to, wrong string }{
		{"punct.double", "，完善平台", "，完善平台", "，，完善平台"}, {"punct.half", "，加强", "，加强", ",加强"}, {"grammar.repeat", "认真贯彻", "", "认真认真贯彻"},
		{"number.about", "1286条", "", "近1286余条"}, {"punct.pair", "《政府信息公开条例》", "", "《政府信息公开条例"}, {"punct.space", "，加强", "", "， 加强"},
	} {
		s := strings.Replace(text, c.from, c.wrong, 1)
		var got []string
		for _, f := range ruletest.Inspect(New(), s) {
			got = append(got, f.Rule)
		}
		if len(got) != 1 || got[0] != c.rule {
			t.Errorf("%s: got %v, want %s alone", c.wrong, got, c.rule)
		}
	}
}

func FuzzCheck(f *testing.F) {
	for _, s := range []string{"，，", "一、甲\n三、乙", "2025年2月30日（星期九）", "“《（", "加强对甲进行乙。", "件45件", "公开 开"} {
		f.Add(s)
	}
	c := New()
	f.Fuzz(func(t *testing.T, s string) {
		n := utf8.RuneCountInString(s)
		for _, x := range ruletest.Inspect(c, s) {
			if x.Start < 0 || x.End > n || x.Start > x.End {
				t.Fatalf("%q: %s from %d to %d of %d", s, x.Rule, x.Start, x.End, n)
			}
		}
	})
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

func TestTablesOfDataAreNotReadAsHeadings(t *testing.T) {
	if f := ruletest.Inspect(New(), strings.Repeat("一、甲\n三、乙\n", manyHeadings)); len(f) != 0 {
		t.Errorf("got %d findings in a list of %d numbered lines, want none", len(f), 2*manyHeadings)
	}
}
