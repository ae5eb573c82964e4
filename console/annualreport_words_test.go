package console

import (
	"testing"

	"gongkai/annualreport/form"
)

func TestAFigureIsReadAsPeopleTypeIt(t *testing.T) {
	na := form.Value{State: form.NotApplicable}
	for _, tt := range []struct {
		typed string
		kind  form.Kind
		want  form.Value
		ok    bool
	}{
		{"12", form.Count, form.Of(12), true},
		{" 1，204 件 ", form.Count, form.Of(1204), true},
		{"／", form.Count, na, true},
		{"/", form.Wan, na, true},
		{"－3", form.Signed, form.Of(-3), true},
		{"2.02万元", form.Wan, form.Of(2_0200_0000), true},
		{"2．02", form.Wan, form.Of(2_0200_0000), true},
		{"1.5", form.Count, form.Value{}, false},
		{"十二", form.Count, form.Value{}, false},
		{"", form.Count, form.Value{}, false},
		{"12?", form.Count, form.Value{}, false},
		{"99999999999999999999", form.Count, form.Value{}, false},
	} {
		if got, ok := readFigure(tt.typed, tt.kind); got != tt.want || ok != tt.ok {
			t.Errorf("readFigure(%q, %q) = %v, %v, want %v, %v", tt.typed, tt.kind, got, ok, tt.want, tt.ok)
		}
	}
}

func TestTheSignsOfFindingsGoOnBeyondTheCircledNumbers(t *testing.T) {
	for n, want := range map[int]string{0: "①", 9: "⑩", 19: "⑳", 20: "(21)"} {
		if got := signOf(n); got != want {
			t.Errorf("signOf(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestParagraphsAreTheLinesThatSaySomething(t *testing.T) {
	got := paras("　　第一段。\r\n\n  \n第二段。  ")
	if len(got) != 2 || got[0] != "第一段。" || got[1] != "第二段。" {
		t.Errorf("paras() = %q", got)
	}
	if got := paras(""); got == nil || len(got) != 0 {
		t.Errorf("paras of nothing = %#v, want an empty list", got)
	}
}
