package rule

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestWordsAreFoundWhereTheyStandTheLongestFirst(t *testing.T) {
	w := NewWords([]string{"政务公开", "政务公开工作", "公开工作", "“一带一路”战略", "and/or"})
	var got []string
	w.Each("做好政务公开工作，参与“一带一路”战略；and/or。", func(word, at int) { got = append(got, fmt.Sprint(word, at)) })
	if want := "1 6 0 6 2 12 3 33 4 60"; strings.Join(got, " ") != want {
		t.Errorf("got %v, want %v", strings.Join(got, " "), want)
	}
}

func TestWordsFindWhatSearchingOneByOneFinds(t *testing.T) {
	words := []string{"公开公开", "公开公", "信息公", "开政府", "息公开信"}
	text := strings.Repeat("政府信息公开公开信息公开政府，公开公开公开。a公开公𠀀", 3)
	var want, got int
	for _, w := range words {
		for i := range text {
			if strings.HasPrefix(text[i:], w) {
				want++
			}
		}
	}
	NewWords(words).Each(text, func(int, int) { got++ })
	if got != want {
		t.Errorf("Each found %d places, want %d", got, want)
	}
}

func TestTheYearNearestBeforeAPlaceDecides(t *testing.T) {
	for _, c := range []struct {
		s    string
		want bool
	}{
		{"2025年，对2018年的★协议", true}, {"2018年起草，2025年按★执行", false}, {"按★签订的2019年协议", true}, {"2018年旧案。按★执行", false}, {"按★执行", false},
	} {
		b := strings.Index(c.s, "★")
		if got := Past(c.s, b, b+len("★"), "2021-01-01"); got != c.want {
			t.Errorf("Past(%q) = %v, want %v", c.s, got, c.want)
		}
	}
}

func TestTheDayOfAFile(t *testing.T) {
	text := NewText("document", "2019年制定，2024年修订。")
	for _, c := range []struct {
		name string
		f    File
		want string
	}{
		{"its own date comes first", File{Date: "2020-02-03", Record: &Record{Elements: map[Element]string{Made: "2021-01-01"}}}, "2020-02-03"},
		{"then its record", File{Record: &Record{Elements: map[Element]string{Made: "2021-01-01"}}}, "2021-01-01"},
		{"then the latest year it names", File{}, "2024-12-31"},
	} {
		if got := c.f.Day(text); got != c.want {
			t.Errorf("%s: Day = %q, want %q", c.name, got, c.want)
		}
	}
}

func TestLongRunsOfBlanksAreLookedAlongOnce(t *testing.T) {
	text := "公开" + strings.Repeat(" ", 400_000) + "指南"
	done := make(chan string, 1)
	go func() { done <- NewText("document", text).Clean().S }()
	select {
	case got := <-done:
		if got != "公开指南" {
			t.Errorf("Clean of characters far apart = %d bytes, want them joined", len(got))
		}
	case <-time.After(10 * time.Second):
		t.Error("cleaning 400,000 blanks takes more than ten seconds")
	}
}
