package publication

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"gongkai/internal/fault"
	"gongkai/org"
	"gongkai/workday"
)

// IndexNo is a 索引号: it names one item for good, is never given out twice and
// never changes once the item has it.
type IndexNo string

// IndexTemplate says how a unit's numbers are made, in the shapes that are in
// use (docs/law.md, 索引号): "{uscc}/{yyyy}-{serial:5}", "{org}-{yyyymm}-{serial:6}",
// "{category}/{yyyy}-{serial:5}". Everything outside braces stands as it is.
//
// The words in braces: {uscc} the unit's 统一社会信用代码, {org} its nine
// characters of 组织机构代码, {region} its 行政区划代码, {unit} its short word,
// {category} the digits of the column, {yyyy} and {yyyymm} the date, {serial:N}
// the running number in N digits, which must be last.
type IndexTemplate string

// DefaultIndexTemplate is used where neither a unit nor its ancestors have one.
const DefaultIndexTemplate IndexTemplate = "{uscc}/{yyyy}-{serial:5}"

var templateWord = regexp.MustCompile(`\{([a-z]+)(?::(\d))?\}`)

// Check refuses a template that could give the same number twice or that names
// something unknown.
func (t IndexTemplate) Check() error {
	s := string(t)
	serial, year := false, false
	for _, m := range templateWord.FindAllStringSubmatchIndex(s, -1) {
		switch word := s[m[2]:m[3]]; word {
		case "serial":
			serial = m[1] == len(s) && m[4] >= 0
		case "yyyy", "yyyymm":
			year = true
		case "uscc", "org", "region", "unit", "category":
		default:
			return fault.Say(fault.Invalid, sayTemplateWord, word)
		}
	}
	if rest := templateWord.ReplaceAllString(s, ""); strings.ContainsAny(rest, "{} \t\n<>\"'&?#%") {
		return fault.Say(fault.Invalid, sayTemplateChar)
	}
	if !serial || !year {
		return fault.Say(fault.Invalid, sayTemplateSerial)
	}
	return nil
}

// prefix is the number without its serial, which is also what is counted by.
// It fails with Invalid when the unit lacks what the template asks for.
func (t IndexTemplate) prefix(u org.Unit, c Column, day workday.Date) (string, error) {
	var missing string
	s := templateWord.ReplaceAllStringFunc(string(t), func(word string) string {
		v := ""
		switch strings.Trim(word, "{}") {
		case "uscc":
			v = u.USCC
		case "org":
			if len(u.USCC) == 18 {
				v = u.USCC[8:17]
			}
		case "region":
			v = u.Region
		case "unit":
			v = string(u.ID)
		case "category":
			v = categoryDigits(c)
		case "yyyy":
			return day.String()[:4]
		case "yyyymm":
			return day.String()[:4] + day.String()[5:7]
		default:
			return "" // the serial
		}
		if v == "" {
			missing = word
		}
		return v
	})
	if missing != "" {
		return "", fault.Say(fault.Invalid, sayTemplateMissing, u.Name, missing)
	}
	return s, nil
}

// width is the number of digits of the serial.
func (t IndexTemplate) width() int {
	m := templateWord.FindAllStringSubmatch(string(t), -1)
	n, _ := strconv.Atoi(m[len(m)-1][2])
	return n
}

// categoryDigits is the column as groups of three digits: part, then place.
func categoryDigits(c Column) string {
	for i, info := range columns {
		if info.Code == c {
			part := map[string]int{"guide": 1, "rules": 2, "content": 3, "report": 4, "news": 5}[info.Part]
			return fmt.Sprintf("%03d%03d", part, i+1)
		}
	}
	return ""
}

const nextSerial = `
	INSERT INTO publication_counter (prefix, last) VALUES ($1, 1)
	ON CONFLICT (prefix) DO UPDATE SET last = publication_counter.last + 1
	RETURNING last`
