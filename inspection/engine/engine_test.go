package engine

import (
	"context"
	"fmt"
	"testing"

	"gongkai/document"
	"gongkai/inspection/rule"
)

func inspect(t *testing.T, name, text string, o Options) []rule.Finding {
	t.Helper()
	d, err := document.Read(context.Background(), name, []byte(text), document.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	return Standard().Inspect(FileOf(name, d), o)
}

func TestFindingsPointIntoTheFileItself(t *testing.T) {
	const text = "\ufeff救助公示\r\n王示例，身份证号：330411199003078013。\r\n"
	f := inspect(t, "a.txt", text, Options{})
	if len(f) != 1 || f[0].Rule != "privacy.id" || string([]rune(text)[f[0].Start:f[0].End]) != "330411199003078013" {
		t.Errorf("got %+v, want the identity number at its place", f)
	}
}

func TestExceptionsHoldUntilTheirDay(t *testing.T) {
	const text = "手机：13800001234"
	x := Exception{Rule: "privacy.mobile", Text: "13800001234", Reason: "值班电话", Until: "2026-06-30"}
	for today, want := range map[string]int{"2026-06-30": 0, "2026-07-01": 1} {
		if got := len(inspect(t, "a.txt", text, Options{Today: today, Exceptions: []Exception{x}})); got != want {
			t.Errorf("on %s: got %d findings, want %d", today, got, want)
		}
	}
	other := x
	other.Text = "13800001235"
	if got := len(inspect(t, "a.txt", text, Options{Exceptions: []Exception{other}})); got != 1 {
		t.Errorf("an exception for another number: got %d findings, want 1", got)
	}
	for _, off := range []string{"privacy", "privacy.mobile"} {
		if got := len(inspect(t, "a.txt", text, Options{Off: []string{off}})); got != 0 {
			t.Errorf("with %s off: got %d findings, want none", off, got)
		}
	}
}

// spy is a family that takes down for which of its rules it was asked to work.
type spy struct {
	pack  *rule.Pack
	asked []string
}

func (s *spy) Pack() *rule.Pack { return s.pack }

func (s *spy) Check(f *rule.File, _ *rule.Text, _ func(rule.Finding)) {
	for _, r := range s.pack.Rules {
		if f.Wants(r.Code) {
			s.asked = append(s.asked, r.Code)
		}
	}
	s.asked = append(s.asked, "done")
}

func TestWorkIsSparedForRulesNobodyWants(t *testing.T) {
	rules := []rule.Rule{{Code: "x.sure", Tier: rule.A}, {Code: "x.likely", Tier: rule.B}, {Code: "x.perhaps", Tier: rule.C}}
	for _, c := range []struct {
		name string
		o    Options
		want string
	}{
		{"everything", Options{Hints: true, Off: []string{"y"}}, "[x.sure x.likely x.perhaps done]"},
		{"no hints", Options{Off: []string{"y"}}, "[x.sure x.likely done]"},
		{"only what is certain", Options{Certain: true}, "[x.sure done]"},
		{"one off", Options{Off: []string{"x.sure"}}, "[x.likely done]"},
		{"all off", Options{Off: []string{"x"}}, "[]"},
		{"certain, and that off", Options{Certain: true, Off: []string{"x.sure"}}, "[]"},
		{"all excepted", Options{Off: []string{"y"}, Exceptions: []Exception{{Rule: "x.sure"}, {Rule: "x.likely", Text: "某处"}}}, "[x.likely done]"},
	} {
		s := &spy{pack: &rule.Pack{Pack: "x", Rules: rules}}
		New(s).Inspect(&rule.File{Texts: []*rule.Text{rule.NewText("document", "文字")}}, c.o)
		if got := fmt.Sprint(s.asked); got != c.want {
			t.Errorf("%s: the family worked for %s, want %s", c.name, got, c.want)
		}
	}
}

func TestWhatIsWantedDoesNotChangeWhatIsFound(t *testing.T) {
	const text = "区政府认真贯切落实要求，提高公开的时校性，手机：13800001234，浙A12B45，定于2026年2月30日召开，，请按时参加。"
	all := inspect(t, "a.txt", text, Options{})
	for _, c := range []struct {
		name string
		o    Options
	}{{"certain", Options{Certain: true}}, {"statistics off", Options{Off: statistics}}, {"privacy off", Options{Off: []string{"privacy"}}}, {"one off", Options{Off: []string{"punct.double"}}}} {
		var want []rule.Finding
		for _, f := range all {
			if c.o.wants(&f) {
				want = append(want, f)
			}
		}
		if len(want) == 0 || len(want) == len(all) {
			t.Fatalf("%s: %d of %d findings would be left, and some should", c.name, len(want), len(all))
		}
		if got := inspect(t, "a.txt", text, c.o); fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
			t.Errorf("%s: got %+v, want %+v", c.name, got, want)
		}
	}
}

var statistics = []string{"typo.suspect", "typo.echo", "typo.doubled", "typo.dropped"}

func TestSuspicionsGiveWayToCertainty(t *testing.T) {
	if f := inspect(t, "a.txt", "王示例 13800001234，浙A12B45", Options{Certain: true}); len(f) != 0 {
		t.Errorf("certain only: got %+v, want none", f)
	}
	at := func(tier rule.Tier, code string, from, to int) rule.Finding {
		return rule.Finding{Rule: code, Tier: tier, Severity: rule.Error, Start: from, End: to}
	}
	got := settle([]rule.Finding{at(rule.A, "typo.dict", 0, 4), at(rule.B, "typo.lm", 2, 3), at(rule.B, "punct.x", 2, 3), at(rule.B, "typo.lm", 5, 6), at(rule.B, "typo.lm", 5, 6)})
	if fmt.Sprintf("%d %s %d", len(got), got[1].Rule, got[2].Start) != "3 punct.x 5" {
		t.Errorf("settle kept %+v, want the dictionary's, the mark's, and one later suspicion", got)
	}
}

func TestStatisticsGiveWayToWhatTellsMore(t *testing.T) {
	f := inspect(t, "a.txt", "2026年，浙江省杭洲市有关单位办理登记。", Options{})
	if len(f) != 1 || f[0].Rule != "wording.place" {
		t.Errorf("got %+v, want the name of the place alone", f)
	}
	at := func(code string, from, to int, right ...string) rule.Finding {
		return rule.Finding{Rule: code, Tier: rule.B, Start: from, End: to, Suggest: right}
	}
	got := giveWay([]rule.Finding{at("typo.suspect", 0, 2, "甲乙"), at("grammar.mixed", 0, 40, "改写"), at("typo.suspect", 50, 52, "丙丁"), at("typo.traditional", 51, 52, "丁"), at("typo.suspect", 60, 62, "戊己"), at("element.skipped", 61, 62)})
	if fmt.Sprintf("%d %d", len(got), got[2].Start) != "5 51" {
		t.Errorf("giveWay kept %+v, want all but the suspicion of a traditional character", got)
	}
}

func TestOnlyAnAgencysOwnWritingIsJudged(t *testing.T) {
	const text = "任然有人反映，电话：13800001234。"
	rules := func(name, s string, foreign bool) (codes []string) {
		d, err := document.Read(t.Context(), name, []byte(s), document.DefaultLimits)
		if err != nil {
			t.Fatal(err)
		}
		f := FileOf(name, d)
		f.Foreign = foreign
		for _, x := range Standard().Inspect(f, Options{}) {
			codes = append(codes, x.Rule)
		}
		return codes
	}
	for _, c := range []struct {
		name, text string
		foreign    bool
		want       string
	}{
		{"a.txt", text, false, "[typo.dict privacy.mobile]"},
		{"a.txt", text, true, "[privacy.mobile]"},
		{"a.json", `{"内容":"` + text + `"}`, false, "[privacy.mobile]"},
	} {
		if got := fmt.Sprint(rules(c.name, c.text, c.foreign)); got != c.want {
			t.Errorf("%s, foreign %t: got %s, want %s", c.text, c.foreign, got, c.want)
		}
	}
}

// A title that is known to be misspelled is not told again as one that is like another.
func TestAMisspelledPhraseIsToldOnce(t *testing.T) {
	got := inspect(t, "a.txt", "持续优化营赏环境，加强引导。", Options{})
	if len(got) != 1 || got[0].Rule != "typo.dict" {
		t.Errorf("got %+v, want the word that is wrong and nothing about its phrase", got)
	}
}

func TestAMisspelledTitleIsToldOnce(t *testing.T) {
	const slip, unknown = "依据《中华人民共和国消费者权宜保护法》处理。", "依据《中华人民共和国信息公开条例》编制。"
	for text, want := range map[string]string{slip: "typo.title", unknown: "cite.name"} {
		var got []string
		for _, f := range inspect(t, "a.txt", text, Options{}) {
			if f.Rule == "typo.title" || f.Rule == "cite.name" {
				got = append(got, f.Rule)
			}
		}
		if len(got) != 1 || got[0] != want {
			t.Errorf("%q: got %q, want %s alone", text, got, want)
		}
	}
}
