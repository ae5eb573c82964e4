package zh

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestDocumentNumbersAreFoundHoweverTheyAreWritten(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"six-cornered brackets", "明政发〔2026〕5号", []string{"明政发〔2026〕5号"}},
		{"square", "明政发[2026]5号", []string{"明政发〔2026〕5号"}},
		{"round", "明政发(2026)5号", []string{"明政发〔2026〕5号"}},
		{"full width", "明政发（２０２６）５号", []string{"明政发〔2026〕5号"}},
		{"full-width square and lenticular", "甲政［2025］1号；乙政【2025】2号", []string{"甲政〔2025〕1号", "乙政〔2025〕2号"}},
		{"spaces, zeros and 第", "明政办函 〔 2026 〕 第 005 号", []string{"明政办函〔2026〕5号"}},
		{"prose before it", "根据明政发〔2026〕5号的要求", []string{"明政发〔2026〕5号"}},
		{"after a title", "《关于加强工作的通知》（国办发〔2019〕14号）", []string{"国办发〔2019〕14号"}},
		{"two in a row", "甲府发〔2020〕1号和乙府发〔2020〕2号", []string{"甲府发〔2020〕1号", "乙府发〔2020〕2号"}},
		{"a code word that begins with 和 or 原", "和政发〔2020〕1号、原政发〔2020〕2号", []string{"和政发〔2020〕1号", "原政发〔2020〕2号"}},
		{"Latin in the code word", "明AB函〔2020〕1号", []string{"明ab函〔2020〕1号"}},
		{"no year", "明政发〔26〕5号", nil},
		{"no number", "明政发〔2026〕号", nil},
		{"number zero", "明政发〔2026〕0号", nil},
		{"no code word", "〔2026〕5号", nil},
		{"an ordinary bracket", "示例公司（2020）年度报告", nil},
		{"cut off", "明政发〔2026", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, n := range FindDocNos(nil, c.text) {
				got = append(got, n.String())
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("FindDocNos(%q) (-want +got):\n%s", c.text, diff)
			}
		})
	}
}

func TestOneDocumentNumberAlone(t *testing.T) {
	for text, want := range map[string]string{
		" 明政发〔2026〕5号 ": "文号明政发y2026n5",
		"明政发2026年5号":    "",
		"见明政发〔2026〕5号":  "文号见明政发y2026n5",
		"明政发〔2026〕5号文件": "",
		"":              "",
	} {
		n, ok := ParseDocNo(text)
		if got := n.Key(); ok != (want != "") || ok && got != want {
			t.Errorf("ParseDocNo(%q) = %s, %v, want %s", text, got, ok, want)
		}
	}
}

func TestADocumentNumberPrintedIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := DocNo{
			Code:   rapid.StringOfN(rapid.RuneFrom([]rune("明政办函发府局字ab1")), 1, 8, -1).Draw(t, "code"),
			Year:   rapid.IntRange(1949, 2100).Draw(t, "year"),
			Number: rapid.IntRange(1, 999999).Draw(t, "number"),
		}
		if got, ok := ParseDocNo(want.String()); !ok || got != want {
			t.Fatalf("ParseDocNo(%s) = %v, %v", want, got, ok)
		}
	})
}

func TestDatesAreFoundHoweverTheyAreWritten(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"written out", "自2026年1月5日起", []string{"日期20260105"}},
		{"with hyphens", "2026-01-05", []string{"日期20260105"}},
		{"with points", "2026.1.5", []string{"日期20260105"}},
		{"with strokes", "2026/1/5", []string{"日期20260105"}},
		{"full width", "２０２６年１月５日", []string{"日期20260105"}},
		{"with spaces", "2026 年 1 月 5 日", []string{"日期20260105"}},
		{"in Chinese numerals", "二〇二六年一月五日，二○二六年十二月三十一日，二零二六年十月二十日", []string{"日期20260105", "日期20261231", "日期20261020"}},
		{"a leap day", "2028年2月29日", []string{"日期20280229"}},
		{"no leap day", "2026年2月29日", nil},
		{"month thirteen", "2026-13-01", nil},
		{"an address or a version", "2026.1.5.3", nil},
		{"inside a longer number", "12026-01-05", nil},
		{"year and month only", "2026年1月", nil},
		{"mixed strokes", "2026-01/05", nil},
		{"ended by the text", "2026年1月5", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, d := range FindDates(nil, c.text) {
				got = append(got, d.Key())
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("FindDates(%q) (-want +got):\n%s", c.text, diff)
			}
		})
	}
}

func FuzzFind(f *testing.F) {
	f.Add("根据明政发〔2026〕5号（2026年1月5日）二〇二六年十月二十日")
	f.Add("〔2026〕\xff号 9999-99-99")
	f.Fuzz(func(t *testing.T, text string) {
		at := 0
		for _, n := range FindDocNos(nil, text) {
			if n.Start < at || n.End <= n.Start || n.End > len(text) || n.Code == "" {
				t.Fatalf("FindDocNos(%q): %+v after %d", text, n, at)
			}
			at = n.End
		}
		at = 0
		for _, d := range FindDates(nil, text) {
			if d.Start < at || d.End <= d.Start || d.End > len(text) {
				t.Fatalf("FindDates(%q): %+v after %d", text, d, at)
			}
			at = d.End
		}
	})
}

func TestFoldMakesEqualWhatPeopleTakeForTheSame(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"width and case", "ＧＢ／Ｔ　9704", "gb/t 9704"},
		{"brackets of document numbers", "明政发〔2026〕5号", "明政发[2026]5号"},
		{"a line break inside a sentence", "政府信息\r\n 公开", "政府信息公开"},
		{"a space between words", "open  data", "open data"},
		{"zero width and broken bytes", "公\u200b开\xff\x00", "公开"},
		{"quotation marks", "“放管服”", `"放管服"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Fold(c.text); got != c.want {
				t.Errorf("Fold(%q) = %q, want %q", c.text, got, c.want)
			}
			if got := Fold(Fold(c.text)); got != c.want {
				t.Errorf("Fold twice (%q) = %q, want %q", c.text, got, c.want)
			}
		})
	}
}
