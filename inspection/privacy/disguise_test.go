package privacy

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"gongkai/inspection/rule"
	"gongkai/inspection/rule/ruletest"
)

// each writes every character of a number with another.
func each(with func(i int, r rune) string) func(string) string {
	return func(s string) string {
		var b strings.Builder
		for i, r := range s {
			b.WriteString(with(i, r))
		}
		return b.String()
	}
}

// numerals writes digits with those of another script; X stays.
func numerals(zeroToNine string) func(string) string {
	n := []rune(zeroToNine)
	return each(func(_ int, r rune) string {
		if r == 'X' {
			return "X"
		}
		return string(n[r-'0'])
	})
}

func between(sep string) func(string) string {
	return func(s string) string { return strings.Join(strings.Split(s, ""), sep) }
}

func last(x string) func(string) string {
	return func(s string) string { return strings.ReplaceAll(s, "X", x) }
}

// disguises are ways to write an identity number that a person still reads.
var disguises = map[string]func(string) string{
	"Chinese numerals":        numerals("〇一二三四五六七八九"),
	"Chinese numerals with 零": numerals("零一二三四五六七八九"),
	"numerals of bills":       numerals("零壹贰叁肆伍陆柒捌玖"),
	"circled":                 numerals("⓪①②③④⑤⑥⑦⑧⑨"),
	"mathematical":            numerals("𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗"),
	"Arabic":                  numerals("٠١٢٣٤٥٦٧٨٩"),
	"raised":                  numerals("⁰¹²³⁴⁵⁶⁷⁸⁹"),
	"full-width and Chinese": each(func(i int, r rune) string {
		return string([]rune("〇一二三４５６７８９X")[strings.IndexRune("0123456789X", r)])
	}),
	"a space of no width":        between("\u200b"),
	"two of no width":            between("\u200b\u200d"),
	"marks of direction":         between("\u200e"),
	"isolates":                   between("\u2066\u2069"),
	"an override around each":    each(func(_ int, r rune) string { return "\u202d" + string(r) + "\u202c" }),
	"turned round":               func(s string) string { return "\u202e" + reversed(s) + "\u202c" },
	"struck through":             each(func(_ int, r rune) string { return string(r) + "\u0336" }),
	"on keys":                    each(func(_ int, r rune) string { return string(r) + "\ufe0f\u20e3" }),
	"points between the groups":  func(s string) string { return s[:6] + "." + s[6:14] + "." + s[14:] },
	"points between all":         between("·"),
	"slashes":                    func(s string) string { return s[:6] + "/" + s[6:10] + "/" + s[10:14] + "/" + s[14:] },
	"commas":                     between("，"),
	"a box for each":             between("\t"),
	"a box of a page for each":   between(" | "),
	"a line for each":            between("\n"),
	"wide spaces":                between("  "),
	"two cells":                  func(s string) string { return s[:10] + "\t" + s[10:] },
	"a line end and an indent":   func(s string) string { return s[:8] + "\n　　" + s[8:] },
	"a long hyphen":              func(s string) string { return s[:6] + " – " + s[6:] },
	"the letter O":               func(s string) string { return strings.ReplaceAll(s, "0", "O") },
	"the letter I":               func(s string) string { return s[:1] + strings.ReplaceAll(s[1:], "1", "I") },
	"Cyrillic Х":                 last("Х"),
	"Greek Χ":                    last("Χ"),
	"Roman Ⅹ":                    last("Ⅹ"),
	"the sign of multiplication": last("×"),
}

func reversed(s string) string {
	b := []byte(s)
	for i := range len(b) / 2 {
		b[i], b[len(b)-1-i] = b[len(b)-1-i], b[i]
	}
	return string(b)
}

// A number that a person can read is found, however it was written to pass a search.
func TestDisguisedNumbersAreFound(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 11))
	c := New()
	frames := []string{"身份证号：%s。", "姓名\t王示例\t身份证号码\t%s\t备注", "公民身份号码%s，住明镜区", "王示例（身份证%s）", "%s是其身份证号"}
	for name, write := range disguises {
		for n := range 60 {
			id := invented(rng)
			for n%2 == 0 && id[17] != 'X' {
				id = invented(rng)
			}
			frame := frames[n%len(frames)]
			if text := write(id); strings.ContainsAny(text, "，\t|\n") || strings.Contains(text, "  ") {
				frame = frames[n%4] // figures in cells need words before them
			}
			text := fmt.Sprintf(frame, write(id))
			count := 0
			for _, f := range ruletest.Inspect(c, text) {
				if f.Rule == "privacy.id" {
					count++
					if got := bareOf(f); got[:2] != id[:2] || got[len(got)-3:] != id[15:] {
						t.Errorf("%s: %q is masked as %q, the number is %s", name, text, got, id)
					}
				}
			}
			if count != 1 {
				t.Errorf("%s: %q gives privacy.id %d times, want once", name, text, count)
				break
			}
		}
	}
}

// bareOf is the mask of a finding, which holds the ends of the number as digits.
func bareOf(f rule.Finding) string { return f.Suggest[0] }

func TestDisguisedTelephonesAndCardsNeedTheirWords(t *testing.T) {
	c := New()
	for text, want := range map[string]string{
		"手机：一三八〇〇〇〇一二三四":                                      "[privacy.mobile]",
		"手机：1\u200b3\u200b8\u200b0\u200b0\u200b0 01\u200b234": "[privacy.mobile]",
		"联系电话\t1\t3\t8\t0\t0\t0\t0\t1\t2\t3\t4":               "[privacy.mobile]",
		"银行卡号：六二二二〇二一二三四五六七八九〇一二八":                            "[privacy.bank]",
		"第一三八〇〇〇〇一二三四号":                                       "[]",
	} {
		got := []string{}
		for _, f := range ruletest.Inspect(c, text) {
			got = append(got, f.Rule)
		}
		if fmt.Sprint(got) != want {
			t.Errorf("%q: got %v, want %s", text, got, want)
		}
	}
}

// Columns of figures are no numbers of people, whatever they come to together.
func TestFiguresInCellsAreNoDisguise(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 12))
	c := New()
	for range 200 {
		id := invented(rng)
		for _, text := range []string{
			"序号\t代码\t日期\n" + id[:10] + "\t" + id[10:] + "\t1\n",
			"本年新收\t" + strings.Join(strings.Split(id[:17], ""), "\t") + "\t" + id[17:],
			"合计," + id[:6] + "," + id[6:12] + "," + id[12:],
			"在一九〇〇年" + id[10:12] + "月，第二百三十一号",
		} {
			for _, f := range ruletest.Inspect(c, text) {
				t.Errorf("%q: got %s %q", text, f.Rule, f.Text)
			}
		}
	}
}
