package workday_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gongkai/workday"
)

func TestADateIsReadOnlyInItsOneForm(t *testing.T) {
	for _, s := range []string{"", "2026-1-5", "2026-02-30", "2026-13-01", "2026/01/05", "20260105", "2026-01-05T00:00:00Z", " 2026-01-05", "0000-01-01", "２０２６-01-05"} {
		if d, err := workday.ParseDate(s); !errors.Is(err, workday.ErrDate) {
			t.Errorf("ParseDate(%q) = %v, %v, want ErrDate", s, d, err)
		}
	}
	d, err := workday.ParseDate("2026-01-05")
	if err != nil || d.Year() != 2026 || d.Month() != time.January || d.Day() != 5 || d.Weekday() != time.Monday {
		t.Errorf("ParseDate(2026-01-05) = %v, %v", d, err)
	}
	if got := d.Chinese() + d.ChineseWeekday(); got != "2026年1月5日星期一" {
		t.Errorf("Chinese = %s, want 2026年1月5日星期一", got)
	}
}

func TestTodayIsTheDateInBeijing(t *testing.T) {
	for instant, want := range map[string]string{
		"2026-01-04T15:59:59Z":      "2026-01-04",
		"2026-01-04T16:00:00Z":      "2026-01-05",
		"2026-01-05T00:00:00+08:00": "2026-01-05",
		"2026-01-04T23:30:00-05:00": "2026-01-05",
	} {
		now, err := time.Parse(time.RFC3339, instant)
		if err != nil {
			t.Fatal(err)
		}
		if got := workday.Today(now); got != day(want) {
			t.Errorf("Today(%s) = %s, want %s", instant, got, want)
		}
	}
	d := day("2026-01-05")
	if workday.Today(d.Start()) != d || workday.Today(d.End().Add(-1)) != d || workday.Today(d.End()) != d.AddDays(1) {
		t.Errorf("%s does not last from Start to End", d)
	}
}

func TestAMonthLaterEndsWithTheMonthIfItIsShorter(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		want string
	}{{"2026-01-31", 1, "2026-02-28"}, {"2024-01-31", 1, "2024-02-29"}, {"2026-03-31", -1, "2026-02-28"}, {"2026-11-15", 3, "2027-02-15"}} {
		if got := day(c.from).AddMonths(c.n); got != day(c.want) {
			t.Errorf("%s.AddMonths(%d) = %s, want %s", c.from, c.n, got, c.want)
		}
	}
}

func TestADateSurvivesEveryWayOfWritingIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := workday.New(1, 1, 1).AddDays(rapid.IntRange(0, 3_652_058).Draw(t, "days"))
		if p, err := workday.ParseDate(d.String()); p != d || err != nil {
			t.Fatalf("ParseDate(%s) = %s, %v", d, p, err)
		}
		text, err := json.Marshal(d)
		var j workday.Date
		if err != nil || json.Unmarshal(text, &j) != nil || j != d {
			t.Fatalf("JSON of %s = %s, %v, read as %s", d, text, err, j)
		}
		v, err := d.Value()
		if err != nil {
			t.Fatal(err)
		}
		for _, stored := range []any{v, []byte(v.(string)), d.Start()} {
			var s workday.Date
			if err := s.Scan(stored); s != d || err != nil {
				t.Fatalf("Scan(%v) = %s, %v, want %s", stored, s, err, d)
			}
		}
		n := rapid.IntRange(-1000, 1000).Draw(t, "n")
		if o := d.AddDays(n); !o.IsZero() && (d.DaysUntil(o) != n || o.After(d) != (n > 0) || o.Before(d) != (n < 0)) {
			t.Fatalf("%s and %s are not %d days apart", d, o, n)
		}
	})
}

func TestNoDateIsEmptyEverywhere(t *testing.T) {
	var none workday.Date
	text, err := json.Marshal(struct {
		D workday.Date `json:"d"`
		E workday.Date `json:"e,omitzero"`
	}{})
	if string(text) != `{"d":""}` || err != nil {
		t.Errorf("JSON of no date = %s, %v", text, err)
	}
	for _, v := range []any{nil, "", []byte{}} {
		d := day("2026-01-05")
		if err := d.Scan(v); err != nil || !d.IsZero() {
			t.Errorf("Scan(%v) = %s, %v, want no date", v, d, err)
		}
	}
	if none.String() != "" || none.Chinese() != "" || !none.AddDays(3).IsZero() || !none.AddMonths(3).IsZero() {
		t.Error("no date is written or reckoned with as if it were one")
	}
	if err := none.Scan(5); err == nil {
		t.Error("Scan(5) = nil, want an error")
	}
	if !workday.New(2026, 2, 30).IsZero() || !workday.New(10000, 1, 1).IsZero() || !workday.New(0, 1, 1).IsZero() {
		t.Error("New made a day that does not exist")
	}
}
