package privacy

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"gongkai/inspection/rule"
	"gongkai/inspection/rule/ruletest"
)

func TestTheRulesKeepTheirExamples(t *testing.T) { ruletest.Examples(t, New()) }

// invented returns a number with a right check digit that nobody has: people are
// not born in 1900.
func invented(rng *rand.Rand) string {
	s := fmt.Sprintf("3304111900%02d%02d%03d", 1+rng.IntN(12), 1+rng.IntN(28), rng.IntN(1000))
	sum := 0
	for i, w := range idWeights {
		sum += w * digit(s[i])
	}
	return s + idCheck[sum%11:sum%11+1]
}

func TestNumbersWithCheckDigitsAreFoundHoweverTheyArePrinted(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	c := New()
	frames := []string{"%s", "身份证号：%s。", "（%s）", "王示例%s男", "王示例\t%s\t13800001234", "| 王示例 | %s |", "证件号码%s,电话0571-88880000", "编号%s", "ID:%s;", "《名单》%s、%s"}
	styles := []func(string) string{
		func(s string) string { return s },
		strings.ToLower,
		func(s string) string { return s[:6] + " " + s[6:14] + " " + s[14:] },
		func(s string) string { return s[:6] + "-" + s[6:14] + "-" + s[14:] },
		func(s string) string { return strings.TrimSpace(strings.Join(strings.Split(s, ""), " ")) },
		func(s string) string {
			var b strings.Builder
			for _, r := range s {
				if r == 'X' {
					b.WriteRune('Ｘ')
				} else {
					b.WriteRune(r - '0' + '０')
				}
			}
			return b.String()
		},
		func(s string) string { return s[:6] + "\u00a0" + s[6:] },
	}
	missed := 0
	for n := range 2000 {
		id := invented(rng)
		style := n % len(styles)
		printed := styles[style](id)
		text := fmt.Sprintf(strings.ReplaceAll(frames[rng.IntN(len(frames))], "%s、%s", "%[1]s"), printed)
		found := false
		for _, f := range ruletest.Inspect(c, text) {
			if f.Rule == "privacy.id" && strings.EqualFold(f.Text, printed) {
				found = true
			}
		}
		if !found {
			missed++
			t.Errorf("%q: no privacy.id; found %+v", text, ruletest.Inspect(c, text))
			if missed > 5 {
				t.FailNow()
			}
		}
	}
}

func TestOneWrongDigitIsNoIdentityNumber(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	c := New()
	for range 500 {
		id := []byte(invented(rng))
		i := rng.IntN(17)
		id[i] = '0' + (id[i]-'0'+byte(1+rng.IntN(9)))%10
		for _, f := range ruletest.Inspect(c, "项目编号"+string(id)) {
			if strings.HasPrefix(f.Rule, "privacy.id") {
				t.Errorf("项目编号%s: got %s", id, f.Rule)
			}
		}
	}
}

// A number in a long list is as sure to be found as one alone, and its cell is named.
func TestListsOfThousandsAreReadCellByCell(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 9))
	var b strings.Builder
	b.WriteString("救助对象公示\n序号\t姓名\t身份证号\t开户银行\t备注\n")
	const rows = 5000
	for i := range rows {
		fmt.Fprintf(&b, "%d\t王示例\t%s\t明镜农商银行\t无\n", i+1, invented(rng))
	}
	ids, names := 0, 0
	for _, f := range ruletest.Inspect(New(), b.String()) {
		switch f.Rule {
		case "privacy.id":
			ids++
		case "privacy.name":
			names++
			if f.Count != rows {
				t.Errorf("the column of names stands for %d cells, want %d", f.Count, rows)
			}
		default:
			t.Errorf("unexpected %s %q", f.Rule, Masked(f.Text))
		}
	}
	if ids != rows || names != 1 {
		t.Errorf("found %d identity numbers and %d columns of names, want %d and 1", ids, names, rows)
	}
}

func TestWhatIsNotPersonalStaysSilent(t *testing.T) {
	c := New()
	for _, s := range []string{
		"电话：0576-88830316，邮编：318000", "联系电话：（0571）88880000转8001", "副区长吴示例围绕疫情防控进行解读", "政府集中采购 1287 46297722.02元",
		"索引号 001008003009001/2021-29025", "统一社会信用代码91330411MA2B8XKN54", "信用代码：11330411002654321X", "国办发〔2020〕17号", "1\t0\t0\t0\t0\t0\t1\n2\t0\t0\t0\t0\t0\t2\n3\t0\t0\t0\t0\t0\t3\n",
		"2026-01-05 10:20:30", "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18", "网站标识码3304110001", "浙ICP备12345678号", "ISBN 978-7-5049-8888-1",
	} {
		for _, f := range ruletest.Inspect(c, s) {
			t.Errorf("%q: got %s %q", s, f.Rule, f.Text)
		}
	}
}

// A masked value must not be findable, and must not hold enough to be reckoned back.
func TestMaskedValuesAreClean(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 10))
	c := New()
	for range 200 {
		text := "身份证号：" + invented(rng) + "，手机：13800001234，银行卡号：6222021234567890128，护照号：E12345678"
		for _, f := range ruletest.Inspect(c, text) {
			text = strings.Replace(text, f.Text, f.Suggest[0], 1)
		}
		if again := ruletest.Inspect(c, text); len(again) > 0 {
			t.Fatalf("still found in %q: %+v", text, again)
		}
	}
}

func TestAProfileShowsWhatItsListMust(t *testing.T) {
	text := rule.NewText("document", "姓名\t致贫原因\t手机号码\n王示例\t缺劳力\t13800001234\n李示例\t因灾\t13800001235\n")
	for kind, want := range map[string]string{"": "[privacy.mobile privacy.mobile privacy.name privacy.household]", "relief": "[privacy.mobile privacy.mobile]"} {
		var got []string
		New().Check(&rule.File{Kind: kind}, text, func(f rule.Finding) { got = append(got, f.Rule) })
		if fmt.Sprint(got) != want {
			t.Errorf("kind %q: got %v, want %s", kind, got, want)
		}
	}
}

func FuzzCheck(f *testing.F) {
	for _, s := range []string{"身份证３３０４１１", "1 3 8 0 0 0 0 1 2 3 4", "浙A·12345", "a@qq.com", "姓名\t住址\n王\t村1号\n", "身份证〇一二\u200b三\u202eX1\t2 | 3，④", "手机一三八〇〇〇〇一二三四"} {
		f.Add(s)
	}
	c := New()
	f.Fuzz(func(t *testing.T, s string) {
		n := len([]rune(s))
		for _, x := range ruletest.Inspect(c, s) {
			if x.Start < 0 || x.End > n || x.Start >= x.End {
				t.Fatalf("%q: %s from %d to %d of %d", s, x.Rule, x.Start, x.End, n)
			}
			if len(x.Suggest) != 1 || x.Suggest[0] == x.Text || !utf8.ValidString(x.Suggest[0]) {
				t.Fatalf("%q: %s masks %q as %q", s, x.Rule, x.Text, x.Suggest)
			}
			if m := Masked(x.Text); utf8.RuneCountInString(x.Text) > 8 && (m == x.Text || strings.Count(m, "*") < 4) {
				t.Fatalf("%q is shown as %q", x.Text, m)
			}
		}
	})
}

func BenchmarkCheck(b *testing.B) {
	s := strings.Repeat("各乡镇人民政府、街道办事处，区政府各部门：为进一步做好2026年政务公开工作，根据《政府信息公开条例》，现将有关事项通知如下，请认真贯彻执行。\n", 2000)
	text := rule.NewText("document", s)
	c := New()
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		c.Check(&rule.File{}, text, func(f rule.Finding) { b.Fatal(f) })
	}
}
