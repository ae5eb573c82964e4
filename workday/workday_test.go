package workday_test

import (
	"strings"
	"testing"

	"gongkai/workday"

	"pgregory.net/rapid"
)

var day = workday.MustParse

// The vectors of docs/law.md §8, each reckoned by hand from the notices.
func TestPeriodsBeginOnTheDayAfterTheirEvent(t *testing.T) {
	for _, c := range []struct {
		name string
		from string
		n    int
		want string
	}{
		{"the extended Spring Festival of 2020 is not counted", "2020-01-17", 20, "2020-02-21"},
		{"a period runs across New Year", "2020-12-29", 20, "2021-01-27"},
		{"New Year's Eve of 2024 is a working day", "2024-01-22", 20, "2024-02-22"},
		{"make-up days around the Spring Festival of 2025 are counted", "2025-01-20", 20, "2025-02-21"},
		{"the eight days of National Day 2025 are not counted", "2025-09-26", 15, "2025-10-23"},
		{"seven working days for a correction across the Spring Festival of 2026", "2026-02-10", 7, "2026-02-26"},
		{"twenty working days for a reply across the Spring Festival of 2026", "2026-02-10", 20, "2026-03-16"},
		{"the make-up Saturday of 14 February 2026 is day 1", "2026-02-13", 7, "2026-03-02"},
		{"two holidays and two make-up days in autumn 2026", "2026-09-21", 20, "2026-10-26"},
		{"an extended period without holidays", "2026-10-30", 40, "2026-12-25"},
		{"the zeroth working day is the day itself, even a holiday", "2026-10-01", 0, "2026-10-01"},
		{"backwards the make-up Sunday counts", "2026-01-05", -1, "2026-01-04"},
		{"backwards the holiday does not", "2026-01-04", -1, "2025-12-31"},
	} {
		got, certain := workday.National().After(day(c.from), c.n)
		if got != day(c.want) || !certain {
			t.Errorf("%s: After(%s, %d) = %s, %v, want %s, true", c.name, c.from, c.n, got, certain, c.want)
		}
		back, _ := workday.National().Between(day(c.from), got)
		if back != c.n {
			t.Errorf("%s: Between(%s, %s) = %d, want %d", c.name, c.from, got, back, c.n)
		}
	}
}

func TestEachYearHasTheWorkingDaysOfItsNotice(t *testing.T) {
	for year, want := range map[int]int{2019: 250, 2020: 249, 2021: 250, 2022: 249, 2023: 249, 2024: 251, 2025: 248} {
		got, certain := workday.National().Between(workday.New(year-1, 12, 31), workday.New(year, 12, 31))
		if got != want || !certain {
			t.Errorf("working days of %d = %d, %v, want %d, true", year, got, certain, want)
		}
	}
	got, certain := workday.National().Between(workday.New(2025, 12, 31), workday.New(2026, 12, 31))
	if got != 248 || certain {
		t.Errorf("working days of 2026 = %d, %v, want 248, false (the notice of 2027 may move its last days)", got, certain)
	}
}

func TestKindsOfDay(t *testing.T) {
	for _, c := range []struct {
		name   string
		date   string
		work   bool
		kind   workday.Kind
		holi   string
		source string
	}{
		{"New Year's Eve of 2024 is worked", "2024-02-09", true, workday.Ordinary, "", ""},
		{"the eve of 2025 is off, by the law as changed in 2024", "2025-01-28", false, workday.Holiday, "春节", "国办发明电〔2024〕12号"},
		{"an extension has its own number", "2020-02-02", false, workday.Holiday, "春节", "国办发明电〔2020〕1号"},
		{"the make-up Saturday that the extension dropped is off", "2020-02-01", false, workday.Holiday, "春节", "国办发明电〔2020〕1号"},
		{"the changed Labour Day of 2019", "2019-05-02", false, workday.Holiday, "劳动节", "国办发明电〔2019〕3号"},
		{"a worked Sunday", "2026-01-04", true, workday.MakeUp, "元旦", "国办发明电〔2025〕7号"},
		{"a plain Saturday", "2026-03-07", false, workday.Weekend, "", ""},
		{"8 March is a holiday for some only and so worked", "2023-03-08", true, workday.Ordinary, "", ""},
		{"a day of December that the next notice takes", "2022-12-31", false, workday.Holiday, "元旦", "国办发明电〔2022〕16号"},
		{"a day of 2018 that the notice of 2019 makes worked", "2018-12-29", true, workday.MakeUp, "元旦", "国办发明电〔2018〕15号"},
	} {
		got := workday.National().Day(day(c.date))
		want := workday.Day{Date: day(c.date), Work: c.work, Kind: c.kind, Name: c.holi, Source: c.source, Certain: true}
		if got != want {
			t.Errorf("%s: Day(%s) = %+v, want %+v", c.name, c.date, got, want)
		}
	}
}

func TestAYearWithoutNoticeIsNeverCertain(t *testing.T) {
	c := workday.National()
	for _, d := range []string{"2018-06-01", "2027-01-04", "2027-10-01", "2026-12-28", "2026-12-31", "1999-05-05"} {
		if _, certain := c.IsWorkday(day(d)); certain {
			t.Errorf("IsWorkday(%s) is certain", d)
		}
	}
	if d, certain := c.After(day("2026-12-21"), 20); certain || d.IsZero() {
		t.Errorf("After(2026-12-21, 20) = %s, %v, want a date that is not certain", d, certain)
	}
	if d, certain := c.After(day("2026-12-21"), 4); !certain || d != day("2026-12-25") {
		t.Errorf("After(2026-12-21, 4) = %s, %v, want 2026-12-25, true", d, certain)
	}
	if d, certain := c.After(day("2026-01-05"), 1_000_000); certain || !d.IsZero() {
		t.Errorf("After(2026-01-05, 1000000) = %s, %v, want no date", d, certain)
	}
	if first, last := c.Years(); first != 2019 || last != 2026 {
		t.Errorf("Years() = %d, %d, want 2019, 2026", first, last)
	}
}

func TestANewNoticeMakesItsYearCertain(t *testing.T) {
	fresh, err := workday.ParseNotices([]byte(`[{"year": 2027, "sources": [{"number": "示例〔2026〕1号", "issued": "2026-11-01"}],
		"off": [{"name": "元旦", "from": "2026-12-31", "to": "2027-01-02"}], "work": [{"name": "元旦", "date": "2027-01-03"}]}]`))
	if err != nil {
		t.Fatal(err)
	}
	c, err := workday.Make(append(workday.Notices(), fresh...))
	if err != nil {
		t.Fatal(err)
	}
	if d, certain := c.After(day("2026-12-30"), 1); d != day("2027-01-03") || !certain {
		t.Errorf("After(2026-12-30, 1) = %s, %v, want 2027-01-03, true", d, certain)
	}
	if work, _ := workday.National().IsWorkday(day("2026-12-31")); !work {
		t.Error("the calendar of the program has changed with the new one")
	}
}

func TestALocalChangeLiesAboveTheNotice(t *testing.T) {
	festival := workday.Overlay{Changes: []workday.Change{
		{Date: day("2026-03-20"), Name: "示例民族节日", Source: "明政办发〔2026〕3号"},
		{Date: day("2026-10-01"), Work: true, Name: "防汛应急", Source: "明政办发〔2026〕9号"},
	}}
	c, err := workday.Make(workday.Notices(), festival)
	if err != nil {
		t.Fatal(err)
	}
	if d, certain := c.After(day("2026-03-19"), 1); d != day("2026-03-23") || !certain {
		t.Errorf("After(2026-03-19, 1) = %s, %v, want 2026-03-23, true", d, certain)
	}
	if work, certain := c.IsWorkday(day("2026-10-01")); !work || !certain {
		t.Errorf("IsWorkday(2026-10-01) = %v, %v, want true, true", work, certain)
	}
	undo := workday.Overlay{Changes: []workday.Change{{Date: day("2026-03-20"), Work: true, Name: "恢复上班", Source: "明政办发〔2026〕4号"}}}
	if c, err = workday.Make(workday.Notices(), festival, undo); err != nil {
		t.Fatal(err)
	}
	if work, _ := c.IsWorkday(day("2026-03-20")); !work {
		t.Error("the last overlay does not count")
	}
	for name, ch := range map[string]workday.Change{
		"date": {Name: "x", Source: "x"}, "reason": {Date: day("2026-03-20"), Source: "x"}, "source": {Date: day("2026-03-20"), Name: "x"},
	} {
		if _, err := workday.Make(nil, workday.Overlay{Changes: []workday.Change{ch}}); err == nil {
			t.Errorf("a change without %s was taken", name)
		}
	}
}

func TestANoticeThatContradictsItselfIsRefused(t *testing.T) {
	const head = `[{"year": 2030, "sources": [{"number": "示例〔2029〕1号", "issued": "2029-11-01"}], `
	for name, body := range map[string]string{
		"no source":                  `[{"year": 2030, "sources": [], "off": [], "work": []}]`,
		"a run that ends first":      head + `"off": [{"name": "元旦", "from": "2030-01-03", "to": "2030-01-01"}]}]`,
		"overlapping runs":           head + `"off": [{"name": "元旦", "from": "2030-01-01", "to": "2030-01-03"}, {"name": "春节", "from": "2030-01-03", "to": "2030-01-05"}]}]`,
		"another year":               head + `"off": [{"name": "元旦", "from": "2031-01-01", "to": "2031-01-03"}]}]`,
		"a worked Monday":            head + `"work": [{"name": "元旦", "date": "2030-01-07"}]}]`,
		"worked and off":             head + `"off": [{"name": "元旦", "from": "2030-01-05", "to": "2030-01-06"}], "work": [{"name": "元旦", "date": "2030-01-05"}]}]`,
		"no name":                    head + `"off": [{"from": "2030-01-01", "to": "2030-01-01"}]}]`,
		"a source that is not there": head + `"off": [{"name": "元旦", "from": "2030-01-01", "to": "2030-01-01", "source": 1}]}]`,
		"no date":                    head + `"off": [{"name": "元旦", "from": "2030-02-30", "to": "2030-03-01"}]}]`,
		"not JSON":                   `[`,
	} {
		if _, err := workday.ParseNotices([]byte(body)); err == nil {
			t.Errorf("ParseNotices with %s = nil, want an error", name)
		}
	}
}

func TestAnExplanationNamesEachSkippedDayAndWhy(t *testing.T) {
	got := workday.National().Explain(day("2026-02-10"), 7).String()
	want := strings.TrimLeft(`
2026年2月10日（星期二）当日不计，之后第7个工作日：
  2026-02-11（三）至2026-02-13（五）：工作日，计第1日至第3日
  2026-02-14（六）：春节调休上班（国办发明电〔2025〕7号），计第4日
  2026-02-15（日）至2026-02-23（一）：春节放假（国办发明电〔2025〕7号），不计
  2026-02-24（二）至2026-02-26（四）：工作日，计第5日至第7日
结果：2026年2月26日（星期四）。
`, "\n")
	if got != want {
		t.Errorf("Explain(2026-02-10, 7) =\n%swant\n%s", got, want)
	}
	late := workday.National().Explain(day("2026-12-30"), 3).String()
	if !strings.Contains(late, "（暂定）") || !strings.Contains(late, "须重新计算") {
		t.Errorf("Explain(2026-12-30, 3) does not warn:\n%s", late)
	}
	if got, want := workday.National().Explain(day("2026-02-14"), 0).String(), "2026年2月14日（星期六）：春节调休上班（国办发明电〔2025〕7号）。\n"; got != want {
		t.Errorf("Explain(2026-02-14, 0) = %s, want %s", got, want)
	}
	if got := workday.National().Explain(day("2027-02-14"), 0).String(); !strings.Contains(got, "周末休息") || !strings.Contains(got, "暂定") {
		t.Errorf("Explain(2027-02-14, 0) = %s", got)
	}
	back := workday.National().Explain(day("2026-01-05"), -2).String()
	if !strings.Contains(back, "之前第2个工作日") || !strings.Contains(back, "2025年12月31日（星期三）") {
		t.Errorf("Explain(2026-01-05, -2) =\n%s", back)
	}
}

func TestExplainAgreesWithAfter(t *testing.T) {
	c := workday.National()
	rapid.Check(t, func(t *rapid.T) {
		from := workday.New(2019, 1, 1).AddDays(rapid.IntRange(0, 8*365+60).Draw(t, "days"))
		n := rapid.IntRange(-60, 60).Draw(t, "n")
		due, certain := c.After(from, n)
		e := c.Explain(from, n)
		if e.To != due || e.Certain != certain {
			t.Fatalf("Explain(%s, %d) = %s, %v, want %s, %v", from, n, e.To, e.Certain, due, certain)
		}
		counted := 0
		for _, s := range e.Steps {
			if s.Counted {
				counted += s.Last - s.First + 1
			}
		}
		if want := max(n, -n); counted != want {
			t.Fatalf("Explain(%s, %d) counts %d days", from, n, counted)
		}
		if back, _ := c.Between(from, due); back != n {
			t.Fatalf("Between(%s, %s) = %d, want %d", from, due, back, n)
		}
		if n != 0 {
			if work, _ := c.IsWorkday(due); !work {
				t.Fatalf("After(%s, %d) = %s, which is no working day", from, n, due)
			}
		}
	})
}

func BenchmarkAfter(b *testing.B) {
	c, from := workday.National(), day("2026-02-10")
	for b.Loop() {
		c.After(from, 20)
	}
}
