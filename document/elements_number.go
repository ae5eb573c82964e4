package document

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// GB/T 9704-2012, 7.2.5: code of the organ, year in full in 〔〕, number without
// 第 and without leading zeros. All brackets people type are taken.
const docNoForm = `([\p{Han}A-Za-z]{1,24})[\s　]*[〔\[（(【［﹝][\s　]*(\d{4}|[二][〇○Ｏ零一二三四五六七八九]{3})[\s　]*[〕\]）)】］﹞][\s　]*第?[\s　]*0*(\d{1,5})[\s　]*号`

var (
	docNoAny    = regexp.MustCompile(docNoForm)
	wholeDocNo  = regexp.MustCompile(`^[（(]?` + docNoForm + `[）)]?([\s　]*签\s*发\s*人.*)?$`)
	labelDocNo  = regexp.MustCompile(`(?:发文字号|文\s*号|文件编号|发文文号)[\t　 ]*[:：\t　 ][\t　 ]*(\S+(?:[\t　 ]*第?\d+号)?)`)
	orderNo     = regexp.MustCompile(`^[（(]?第\s*([\d〇零一二三四五六七八九十百]+)\s*号[）)]?$`)
	noticeNo    = regexp.MustCompile(`^[（(]?(\d{4})\s*年?\s*(?:年\s*)?第\s*0*([\d一二三四五六七八九十百]+)\s*号[）)]?$`)
	orderLine   = regexp.MustCompile(`^(\p{Han}{3,40}?令)[\s　]*[（(]?第\s*([\d〇零一二三四五六七八九十百]+)\s*号[）)]?$`)
	orderHead   = regexp.MustCompile(`^\p{Han}{3,40}(令|公告|通告)$`)
	citingWords = regexp.MustCompile(`^(?:根据|按照|依据|依照|贯彻|落实|执行|参照|以及|和|与|及|或|见|由|对|将|的|了|经|原|以|向)+`)
)

func (t texts) docNo() Guess {
	var all []Guess
	titleSeen := t.title.Value == ""
	for i, l := range t.lines {
		one := oneLine(l.Text)
		if !titleSeen && l.Start >= t.title.End && t.title.End > 0 {
			titleSeen = true
		}
		if m := labelDocNo.FindStringSubmatch(l.Text); m != nil && i < 60 {
			if no, ok := NormalDocNo(m[1]); ok {
				all = append(all, l.in(no, m[1], 0.95, "标有“文号”"))
				continue
			}
		}
		if m := wholeDocNo.FindStringSubmatch(one); m != nil {
			sure, why := 0.95, "位于标题之前，独占一行"
			if titleSeen && t.title.End > 0 {
				sure, why = 0.75, "独占一行"
			}
			if i > 25 {
				sure -= 0.4
			}
			all = append(all, l.in(formatDocNo(m[1], m[2], m[3]), "", sure, why))
			continue
		}
		if g, ok := t.orderNumber(i); ok {
			all = append(all, g)
			continue
		}
		for _, m := range docNoAny.FindAllStringSubmatch(l.Text, 4) {
			code := citingWords.ReplaceAllString(m[1], "")
			if code != "" && len(all) < 40 {
				all = append(all, l.in(formatDocNo(code, m[2], m[3]), strings.TrimPrefix(m[0], strings.TrimSuffix(m[1], code)), 0.15, "正文中提到的文号，可能是引用"))
			}
		}
	}
	return best(all)
}

// orderNumber reads the number of an order or announcement, which continues
// the line above it: 示例市人民政府令 / 第12号.
func (t texts) orderNumber(i int) (Guess, bool) {
	l := t.lines[i]
	one := oneLine(l.Text)
	if i > 12 {
		return Guess{}, false
	}
	if m := orderLine.FindStringSubmatch(one); m != nil {
		return l.in(m[1]+"第"+plainNumber(m[2])+"号", "", 0.92, "命令的令号"), true
	}
	if i == 0 {
		return Guess{}, false
	}
	head := oneLine(t.lines[i-1].Text)
	if !orderHead.MatchString(head) {
		return Guess{}, false
	}
	if m := orderNo.FindStringSubmatch(one); m != nil {
		return l.in(head+"第"+plainNumber(m[1])+"号", "", 0.92, "命令或公告的编号，与上一行相连"), true
	}
	if m := noticeNo.FindStringSubmatch(one); m != nil {
		return l.in(head+m[1]+"年第"+plainNumber(m[2])+"号", "", 0.92, "公告的编号，与上一行相连"), true
	}
	return Guess{}, false
}

func plainNumber(s string) string {
	if n, ok := chineseInt(s); ok {
		return strconv.Itoa(n)
	}
	return strings.TrimLeft(s, "0")
}

// NormalDocNo writes a document number as the standard does, whatever brackets
// and spaces were typed; ok is false if s is not one.
func NormalDocNo(s string) (no string, ok bool) {
	m := wholeDocNo.FindStringSubmatch(oneLine(s))
	if m == nil {
		return "", false
	}
	return formatDocNo(m[1], m[2], m[3]), true
}

func formatDocNo(code, year, number string) string {
	if y, ok := chineseDigitsInt(year); ok {
		year = strconv.Itoa(y)
	}
	return code + "〔" + year + "〕" + number + "号"
}

const (
	dateForm   = `(\d{4})\s*[年\-/.]\s*(\d{1,2})\s*[月\-/.]\s*(\d{1,2})\s*日?`
	hanDigit   = `[〇○ＯOo0零一二三四五六七八九]`
	hanForm    = `(二\s*` + hanDigit + `\s*` + hanDigit + `\s*` + hanDigit + `)\s*年\s*([一二三四五六七八九十元]{1,2})\s*月\s*([一二三四五六七八九十]{1,3})\s*日`
	anyDate    = `(?:` + dateForm + `|` + hanForm + `)`
	dateLabels = `成文日期|发文日期|生成日期|制发日期|印发日期|发布日期|发布时间|公布日期|公开日期|日\s*期`
)

var (
	dateAny   = regexp.MustCompile(anyDate)
	dateLine  = regexp.MustCompile(`^[（(]?\s*` + anyDate + `\s*[）)]?$`)
	dateLabel = regexp.MustCompile(`(` + dateLabels + `)[\t　 ]*[:：\t　 ]?[\t　 ]*` + anyDate)
	issuedOn  = regexp.MustCompile(anyDate + `\s*印发`)
)

func wholeDate(s string) bool { return dateLine.MatchString(s) }

// isoDate turns the six groups of anyDate into YYYY-MM-DD.
func isoDate(m []string) (string, bool) {
	var y, mo, d int
	var ok1, ok2, ok3 bool
	if m[0] != "" {
		y, _ = strconv.Atoi(m[0])
		mo, _ = strconv.Atoi(m[1])
		d, _ = strconv.Atoi(m[2])
	} else {
		y, ok1 = chineseDigitsInt(strings.Join(strings.Fields(m[3]), ""))
		mo, ok2 = chineseInt(strings.ReplaceAll(m[4], "元", "一"))
		d, ok3 = chineseInt(m[5])
		if !ok1 || !ok2 || !ok3 {
			return "", false
		}
	}
	when := time.Date(y, time.Month(mo), d, 0, 0, 0, 0, time.UTC)
	if y < 1949 || y > 2100 || when.Day() != d || int(when.Month()) != mo {
		return "", false
	}
	return fmt.Sprintf("%04d-%02d-%02d", y, mo, d), true
}

// date proposes the date of the document: the one below the signature, not the
// date of printing in the last line of the page.
func (t texts) date() Guess {
	var all []Guess
	annex := len(t.lines)
	for i, l := range t.lines {
		if i > 3 && annexHead.MatchString(oneLine(l.Text)) {
			annex = i
			break
		}
	}
	for i, l := range t.lines {
		if m := dateLabel.FindStringSubmatch(l.Text); m != nil && i < 60 {
			if iso, ok := isoDate(m[2:]); ok {
				sure := map[string]float64{"成文日期": 0.96, "发文日期": 0.9, "生成日期": 0.88, "制发日期": 0.85}[m[1]]
				if sure == 0 {
					sure = 0.6
				}
				all = append(all, l.in(iso, strings.TrimSpace(dateAny.FindString(m[0])), sure, "标有“"+m[1]+"”"))
				continue
			}
		}
		if m := issuedOn.FindStringSubmatch(l.Text); m != nil {
			if iso, ok := isoDate(m[1:]); ok {
				all = append(all, l.in(iso, m[0], 0.35, "版记中的印发日期，一般晚于成文日期"))
				continue
			}
		}
		line := l.Text
		if cut, ok := signedDate(line); ok {
			line = cut
		}
		m := dateLine.FindStringSubmatch(trimBlank(line))
		if m == nil {
			continue
		}
		iso, ok := isoDate(m[1:])
		if !ok {
			continue
		}
		sure, why := 0.6, "单独成行的日期"
		switch {
		case line != l.Text:
			sure, why = 0.88, "署名同一行的日期"
		case i > 0 && len(organs(t.lines[i-1].Text)) > 0:
			sure, why = 0.93, "署名下方的日期"
		case l.align == AlignEnd:
			sure, why = 0.85, "右侧落款处的日期"
		case strings.HasPrefix(l.Text, "（") || strings.HasPrefix(l.Text, "("):
			sure, why = 0.75, "标题下方括号内的日期"
		}
		if i > annex {
			sure *= 0.6
		}
		all = append(all, l.in(iso, "", sure, why))
	}
	return best(all)
}

var (
	annexHead  = regexp.MustCompile(`^附\s*件\s*[\d一二三四五六七八九十]*\s*[:：]?$`)
	signedLine = regexp.MustCompile(`^(\p{Han}{4,40}?)[\s　]+(` + anyDate + `)$`)
)

// signedDate cuts the date off a line that holds signature and date.
func signedDate(s string) (string, bool) {
	m := signedLine.FindStringSubmatch(trimBlank(s))
	if m == nil || !organEnd.MatchString(m[1]) {
		return "", false
	}
	return m[2], true
}

// chineseDigitsInt reads 二〇二六, digit by digit.
func chineseDigitsInt(s string) (int, bool) {
	n := 0
	for _, r := range s {
		d := strings.IndexRune("零一二三四五六七八九", r)
		switch {
		case strings.ContainsRune("〇○ＯOo0", r):
			d = 0
		case d >= 0:
			d /= len("零")
		default:
			return 0, false
		}
		n = n*10 + d
	}
	return n, s != ""
}

// chineseInt reads figures or 二十一, up to 百.
func chineseInt(s string) (int, bool) {
	if n, err := strconv.Atoi(s); err == nil {
		return n, true
	}
	total, digit := 0, 0
	for _, r := range s {
		switch r {
		case '百', '十':
			unit := 10
			if r == '百' {
				unit = 100
			}
			if digit == 0 {
				digit = 1
			}
			total += digit * unit
			digit = 0
		case '零', '〇', '○':
		default:
			i := strings.IndexRune("一二三四五六七八九", r)
			if i < 0 {
				if r == '两' {
					digit = 2
					continue
				}
				return 0, false
			}
			digit = digit*10 + i/len("一") + 1
		}
	}
	return total + digit, s != ""
}
