package engine

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"gongkai/document"
)

func TestAListWithCommasHasColumns(t *testing.T) {
	const list = "序号,姓名,银行账号,补贴（元）\r\n1,王示例,6217001234567890000,1200\r\n2,\"李示例\",6217001234567890001,\"1,300\"\r\n合计,,,2600\r\n"
	var got []string
	d, err := document.Read(context.Background(), "补贴.csv", []byte(list), document.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	file := FileOf("补贴.csv", d)
	for _, f := range Standard().Inspect(file, Options{}) {
		cell, _ := file.Texts[0].At(f.Start)
		got = append(got, f.Rule+" "+cell)
		if runes := []rune(list); f.Text != string(runes[f.Start:f.End]) {
			t.Errorf("%s at %s is %q, the file has %q there", f.Rule, cell, f.Text, string(runes[f.Start:f.End]))
		}
	}
	for _, want := range []string{"privacy.name B2", "privacy.account C2", "privacy.account C3", "number.column D4"} {
		if !strings.Contains(fmt.Sprint(got), want) {
			t.Errorf("found %v, want %s too", got, want)
		}
	}
	if got := inspect(t, "补贴.txt", strings.NewReplacer("6217001234567890", "9", `"`, "").Replace(list), Options{}); len(got) != 0 {
		t.Errorf("the same as a text: found %v, want nothing, for commas alone are no columns", got)
	}
}

func TestCellsOfStrangeLists(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{"甲,乙\n", "A1=甲 B1=乙"},
		{"\ufeff甲,乙\r\n,丁\r\n", "A1=甲 B1=乙 A2= B2=丁"},
		{"\"甲,一\",乙\n", "A1=\"甲,一\" B1=乙"},
		{"\"甲\n一\",乙\n丙", "A1=\"甲\n一\" B1=乙 A2=丙"},
		{"甲\"一,乙\n", "A1=甲\"一 B1=乙"},
		{"\"没有结束,乙\n丙\n", "A1=\"没有结束,乙\n丙"},
		{"\n\n甲\n", "A1=甲"},
	} {
		var got []string
		runes := []rune(c.text)
		for _, p := range cellsOf("a.CSV", c.text) {
			got = append(got, p.Cell+"="+string(runes[p.Start:p.End]))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("cells of %q: %q, want %q", c.text, s, c.want)
		}
	}
	if got := columnName(25) + columnName(26) + columnName(701) + columnName(702); got != "ZAAZZAAA" {
		t.Errorf("columns 25, 26, 701, 702 are called %s, want Z AA ZZ AAA", got)
	}
}
