package register

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"gongkai/internal/zh"
	"gongkai/workday"
)

const (
	maxText     = 200
	maxLong     = 1000
	maxQuantity = 100_000_000
	maxYuan     = 1_000_000_000_000
	firstYear   = 2000
)

func say(format string, args ...any) string { return fmt.Sprintf(format, args...) }

// read takes what somebody typed or a sheet holds and gives it in the one
// spelling that is kept, or a sentence that says what is wrong with it.
func (c Column) read(typed string, today workday.Date) (value, wrong string) {
	v := strings.TrimSpace(typed)
	if v == "" {
		if c.Optional {
			return "", ""
		}
		if c.Kind == Choice {
			return "", say(sayChoose, c.Label)
		}
		return "", say(sayNeeded, c.Label)
	}
	if !utf8.ValidString(v) || strings.ContainsRune(v, 0) {
		return "", say(sayBroken, c.Label)
	}
	switch c.Kind {
	case Text, Number:
		v = strings.Join(strings.Fields(v), " ")
		if utf8.RuneCountInString(v) > maxText {
			return "", say(sayLong, c.Label, maxText)
		}
		return c.harmless(v)
	case Long:
		if utf8.RuneCountInString(v) > maxLong {
			return "", say(sayLong, c.Label, maxLong)
		}
		return c.harmless(v)
	case Day:
		d, ok := parseDay(v)
		if !ok {
			return "", say(sayBadDay, c.Label)
		}
		if d.Year() < firstYear || d.After(today) {
			return "", say(sayFarDay, c.Label, firstYear)
		}
		return d.String(), ""
	case Period:
		p, ok := parsePeriod(v)
		if !ok {
			return "", say(sayBadPeriod, c.Label)
		}
		if p[:4] < strconv.Itoa(firstYear) || p > today.String() {
			return "", say(sayFarDay, c.Label, firstYear)
		}
		return p, ""
	case Choice:
		for _, o := range c.Options {
			if alike(v) == alike(o.ID) || alike(v) == alike(o.Say()) || o.Group != "" && alike(v) == alike(o.Group+o.Say()) {
				return o.ID, ""
			}
		}
		return "", say(sayNoOption, c.Label, v)
	case Pieces:
		n, err := strconv.ParseInt(plainNumber(v), 10, 64)
		if err != nil || n < 1 || n > maxQuantity {
			return "", say(sayBadCount, c.Label)
		}
		return strconv.FormatInt(n, 10), ""
	case Money:
		n, ok := parseMoney(v)
		if !ok {
			return "", say(sayBadMoney, c.Label)
		}
		return MoneyText(n), ""
	}
	panic("register: a column of no kind: " + c.ID)
}

// alike is text without what hands and programs spell differently.
func alike(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsPunct(r) {
			return -1
		}
		return r
	}, zh.Fold(s))
}

// plainNumber is a number without separators and in half-width digits.
func plainNumber(s string) string {
	return strings.NewReplacer(",", "", "，", "", " ", "", "\u00a0", "").Replace(zh.Fold(s))
}

var dayForm = regexp.MustCompile(`^(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?)?$`)

// parseDay reads 2025-03-01, 2025/3/1, 2025.3.1 and 2025年3月1日, with or without
// the midnight that spreadsheets add.
func parseDay(s string) (workday.Date, bool) {
	s = strings.TrimSuffix(strings.TrimSuffix(wide(s), " 00:00:00"), " 00:00")
	m := dayForm.FindStringSubmatch(s)
	if m == nil || m[3] == "" {
		return workday.Date{}, false
	}
	month, _ := strconv.Atoi(m[2])
	day, _ := strconv.Atoi(m[3])
	d, err := workday.ParseDate(fmt.Sprintf("%s-%02d-%02d", m[1], month, day))
	return d, err == nil
}

var (
	monthForm = regexp.MustCompile(`^(\d{4})[-/.年](\d{1,2})月?$`)
	yearForm  = regexp.MustCompile(`^(\d{4})年?$`)
)

// parsePeriod reads 2025-03, 2025年3月 and 2025.
func parsePeriod(s string) (string, bool) {
	s = wide(s)
	if m := monthForm.FindStringSubmatch(s); m != nil {
		month, _ := strconv.Atoi(m[2])
		return fmt.Sprintf("%s-%02d", m[1], month), month >= 1 && month <= 12
	}
	if m := yearForm.FindStringSubmatch(s); m != nil {
		return m[1], true
	}
	return "", false
}

// wide turns full-width digits and signs into plain ones and leaves the words.
func wide(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' {
			return r - '！' + '!'
		}
		return r
	}, strings.TrimSpace(s))
}

// lastDay is a kept day, or the last day of a kept period.
func lastDay(v string) workday.Date {
	switch len(v) {
	case 4:
		v += "-12-31"
	case 7:
		d, _ := workday.ParseDate(v + "-01")
		return d.AddMonths(1).AddDays(-1)
	}
	d, _ := workday.ParseDate(v)
	return d
}

var moneyForm = regexp.MustCompile(`^(\d{1,13})(?:\.(\d{1,4}))?$`)

// parseMoney reads yuan as ten-thousandths.
func parseMoney(s string) (int64, bool) {
	s = strings.TrimSuffix(strings.TrimPrefix(plainNumber(s), "¥"), "元")
	m := moneyForm.FindStringSubmatch(s)
	if m == nil {
		return 0, false
	}
	n, err := strconv.ParseInt(m[1]+(m[2] + "0000")[:4], 10, 64)
	return n, err == nil && n <= maxYuan*10_000
}

// MoneyText writes ten-thousandths of a yuan as yuan, with no more decimals than
// there are but never one alone: 12800.50.
func MoneyText(n int64) string {
	minus := ""
	if n < 0 {
		minus, n = "-", -n
	}
	yuan, rest := n/10_000, fmt.Sprintf("%04d", n%10_000)
	if rest == "0000" {
		return minus + strconv.FormatInt(yuan, 10)
	}
	return minus + strconv.FormatInt(yuan, 10) + "." + rest[:2] + strings.TrimRight(rest[2:], "0")
}

// harmless refuses text that holds what identifies or reaches a person.
func (c Column) harmless(v string) (string, string) {
	if what := personal(v); what != "" {
		return "", say(sayPersonal, c.Label, what)
	}
	return v, ""
}

var (
	digitRun = regexp.MustCompile(`\d(?:[ \-]?\d){10,18}[ ]?[xX]?`)
	mobile   = regexp.MustCompile(`^(?:0?86)?1[3-9]\d{9}$`)
)

// personal finds identity numbers (GB 11643, 18 characters with their check
// character, or the 15 digits of before) and mobile telephone numbers, and says
// which. A document's number with as many digits is left alone: it has no valid
// day of birth in the middle.
func personal(v string) string {
	for _, run := range digitRun.FindAllString(wide(v), -1) {
		s := strings.ToUpper(strings.NewReplacer(" ", "", "-", "").Replace(run))
		for _, cand := range []string{s, strings.TrimSuffix(s, "X")} {
			if identityNumber(cand) {
				return "身份证号码"
			}
			if mobile.MatchString(cand) {
				return "手机号码"
			}
		}
	}
	return ""
}

func identityNumber(s string) bool {
	switch len(s) {
	case 18:
		if !born(s[6:14]) {
			return false
		}
		sum := 0
		for i, w := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
			sum += int(s[i]-'0') * w
		}
		return s[17] == "10X98765432"[sum%11]
	case 15:
		return !strings.HasSuffix(s, "X") && born("19"+s[6:12]) && s[0] >= '1' && s[0] <= '8'
	}
	return false
}

func born(s string) bool {
	d, err := workday.ParseDate(s[:4] + "-" + s[4:6] + "-" + s[6:])
	return err == nil && d.Year() >= 1900 && d.Year() < 2100
}
