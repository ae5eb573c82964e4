package rule

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestOffsetsCountCodePoints(t *testing.T) {
	s := strings.Repeat("政务公开 2026 年，no.😀\n", 400)
	text := NewText("document", s)
	for b := range s {
		if got, want := text.Rune(b), utf8.RuneCountInString(s[:b]); got != want {
			t.Fatalf("Rune(%d) = %d, want %d", b, got, want)
		}
	}
	if got, want := text.Rune(len(s)), utf8.RuneCountInString(s); got != want {
		t.Errorf("Rune at the end = %d, want %d", got, want)
	}
	if got := NewText("document", "").Rune(0); got != 0 {
		t.Errorf("Rune in an empty text = %d, want 0", got)
	}
}

func TestFindingsKnowTheirPlace(t *testing.T) {
	text := NewText("名单", "姓名\t电话\n甲\t乙")
	text.Places = []Place{{0, 2, "A1", 1}, {3, 5, "B1", 1}, {6, 7, "A2", 2}}
	r := &Rule{Code: "privacy.phone", Tier: A, Severity: Error, Message: "……", Source: "……", Confidence: 0.9}
	f := text.Find(r, strings.Index(text.S, "甲"), strings.Index(text.S, "甲")+len("甲"))
	if f.Start != 6 || f.End != 7 || f.Cell != "A2" || f.Page != 2 || f.Text != "甲" || f.Part != "名单" {
		t.Errorf("got %+v, want 甲 in A2 on page 2, 6 to 7", f)
	}
	if cell, page := text.At(5); cell != "" || page != 0 {
		t.Errorf("between cells: got %q, page %d, want nothing", cell, page)
	}
	var back map[string]any
	if err := json.Unmarshal(f.AppendJSON(nil), &back); err != nil || back["cell"] != "A2" || back["start"] != 6.0 {
		t.Errorf("AppendJSON: got %s, %v", f.AppendJSON(nil), err)
	}
}

func TestIncompleteRulesAreRefused(t *testing.T) {
	const good = `{"code":"typo.dict","tier":"A","severity":"error","name":"错词","message":"……","source":"……","find":["任然"],"pass":["仍然"]}`
	if _, err := ParsePack([]byte(`{"pack":"p","rules":[` + good + `]}`)); err != nil {
		t.Fatalf("a whole rule was refused: %v", err)
	}
	for name, change := range map[string][2]string{
		"no family":         {"typo.dict", "dict"},
		"unknown tier":      {`"A"`, `"D"`},
		"no message":        {`"message":"……"`, `"message":""`},
		"no counterexample": {`["仍然"]`, `[]`},
		"no example":        {`["任然"]`, `[]`},
		"unknown field":     {`"name"`, `"nmae"`},
		"weak but blocking": {`"tier":"A","severity":"error"`, `"tier":"B","severity":"block"`},
	} {
		if _, err := ParsePack([]byte(`{"pack":"p","rules":[` + strings.Replace(good, change[0], change[1], 1) + `]}`)); err == nil {
			t.Errorf("a rule with %s was taken", name)
		}
	}
	if _, err := ParsePack([]byte(`{"pack":"p","rules":[` + good + `,` + good + `]}`)); err == nil {
		t.Error("two rules of one name were taken")
	}
}

func TestColumnsKnowTheirHead(t *testing.T) {
	sheet := NewText("名单", "救助对象公示\n姓名\t身份证号\n甲\t110\n")
	sheet.Places = []Place{{0, 6, "A1", 0}, {7, 9, "A2", 0}, {10, 14, "B2", 0}, {15, 16, "A3", 0}, {17, 20, "B3", 0}}
	plain := NewText("document", "一、名单\n序号\t姓名\t联系电话\n1\t甲\t110\n2\t乙\t119\n\n完\n| 姓名 | 住址 |\n|---|---|\n| 丙 | 村 |\n")
	for _, c := range []struct {
		t        *Text
		at, want string
	}{
		{sheet, "110", "身份证号"}, {sheet, "甲", "救助对象公示 姓名"},
		{plain, "110", "联系电话"}, {plain, "119", "联系电话"}, {plain, "乙", "姓名"}, {plain, "村", "住址"}, {plain, "完", ""}, {plain, "名单", ""},
	} {
		if got := c.t.Head(strings.Index(c.t.S, c.at)); got != c.want {
			t.Errorf("Head at %q = %q, want %q", c.at, got, c.want)
		}
	}
}

func TestTheCleanTextLeadsBackToTheOriginal(t *testing.T) {
	const s = "严格 落实政府信息公开常态长效运维管理工作要求和\n有关规定，**二是**加强 2020 年考核。\n\n标题\n下文 12 34"
	c := NewText("document", s).Clean()
	if want := "严格落实政府信息公开常态长效运维管理工作要求和有关规定，二是加强2020年考核。\n\n标题\n下文12 34"; c.S != want {
		t.Errorf("got %q, want %q", c.S, want)
	}
	for _, part := range []string{"严格落实", "和有关", "二是", "强2020年", "34"} {
		b := strings.Index(c.S, part)
		from, to := c.Origin(b, b+len(part))
		got := strings.NewReplacer(" ", "", "\n", "", "*", "").Replace(s[from:to])
		if got != part {
			t.Errorf("%q leads to %q", part, s[from:to])
		}
	}
}
