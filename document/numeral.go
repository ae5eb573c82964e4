package document

import (
	"strconv"
	"strings"
)

// numberIn writes n in one of Word's number formats. Numbers a format cannot
// write come out in Arabic figures, as in Word.
func numberIn(format string, n int) string {
	switch format {
	case "none":
		return ""
	case "decimalZero":
		if n >= 0 && n < 10 {
			return "0" + strconv.Itoa(n)
		}
	case "upperRoman":
		return roman(n)
	case "lowerRoman":
		return strings.ToLower(roman(n))
	case "upperLetter":
		return letters(n, 'A')
	case "lowerLetter":
		return letters(n, 'a')
	case "chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand",
		"japaneseCounting", "ideographDigital", "koreanDigital2", "taiwaneseDigital":
		if format == "ideographDigital" || format == "taiwaneseDigital" || format == "koreanDigital2" {
			return chineseDigits(n)
		}
		return chineseNumber(n, "零一二三四五六七八九", "十", "百", "千", "万")
	case "chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal":
		return chineseNumber(n, "零壹贰叁肆伍陆柒捌玖", "拾", "佰", "仟", "万")
	case "ideographTraditional":
		return oneOf("甲乙丙丁戊己庚辛壬癸", n)
	case "ideographZodiac":
		return oneOf("子丑寅卯辰巳午未申酉戌亥", n)
	case "decimalEnclosedCircle", "decimalEnclosedCircleChinese":
		return oneOf("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", n)
	case "decimalEnclosedParen":
		return oneOf("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇", n)
	case "decimalEnclosedFullstop":
		return oneOf("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛", n)
	case "ideographEnclosedCircle":
		return oneOf("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉", n)
	case "decimalFullWidth", "decimalFullWidth2":
		return strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return r - '0' + '０'
			}
			return r
		}, strconv.Itoa(n))
	}
	return strconv.Itoa(n)
}

func oneOf(set string, n int) string {
	if runes := []rune(set); n >= 1 && n <= len(runes) {
		return string(runes[n-1])
	}
	return strconv.Itoa(n)
}

func roman(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	var s strings.Builder
	for _, r := range []struct {
		v int
		s string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= r.v; n -= r.v {
			s.WriteString(r.s)
		}
	}
	return s.String()
}

// letters counts a, b, … z, aa, bb as Word does.
func letters(n int, first rune) string {
	if n < 1 || n > 26*30 {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(first+rune((n-1)%26)), (n-1)/26+1)
}

func chineseDigits(n int) string {
	digits := []rune("〇一二三四五六七八九")
	var s strings.Builder
	for _, r := range strconv.Itoa(n) {
		if r < '0' || r > '9' {
			return strconv.Itoa(n)
		}
		s.WriteRune(digits[r-'0'])
	}
	return s.String()
}

// chineseNumber writes 1 to 99,999 with place words: 二十一, 一百零三.
func chineseNumber(n int, digitSet, ten, hundred, thousand, myriad string) string {
	if n < 1 || n > 99_999 {
		return strconv.Itoa(n)
	}
	digits := []rune(digitSet)
	units := []string{"", ten, hundred, thousand, myriad}
	var s strings.Builder
	text := strconv.Itoa(n)
	zero := false
	for i, r := range text {
		d, unit := int(r-'0'), units[len(text)-1-i]
		if d == 0 {
			zero = true
			continue
		}
		if zero {
			s.WriteRune(digits[0])
			zero = false
		}
		if !(d == 1 && unit == ten && len(text) == 2 && digits[1] == '一') {
			s.WriteRune(digits[d])
		}
		s.WriteString(unit)
	}
	return s.String()
}
