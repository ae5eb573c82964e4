package zh

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// A DocNo is a document number (发文字号): the agency's code word (代字), the
// year, and the number in that year, as 明政发〔2026〕5号.
type DocNo struct {
	Code   string // "明政发", folded; it may hold Latin letters and digits
	Year   int
	Number int
}

// String writes the number as the standard for official documents (GB/T 9704)
// prints it: six-cornered brackets, no leading zeros, no 第.
func (n DocNo) String() string {
	return n.Code + "〔" + strconv.Itoa(n.Year) + "〕" + strconv.Itoa(n.Number) + "号"
}

// Key is the number as one word, the same however its brackets, width, spaces,
// zeros or 第 were written. It holds letters, digits and ideographs only, and no
// text is ever cut into a word like it.
func (n DocNo) Key() string {
	return "文号" + n.Code + "y" + strconv.Itoa(n.Year) + "n" + strconv.Itoa(n.Number)
}

// A DocNoAt is a document number found in a text, offsets in bytes.
type DocNoAt struct {
	DocNo
	Start, End int
}

// maxCode bounds the code word. The longest in use are under ten characters
// (an example: 国办公开办函).
const maxCode = 16

// FindDocNos appends the document numbers in text to dst. The code word is what
// stands directly before the bracket; as prose has no spaces, words that lead up
// to a citation (根据, 《…》, 依照) are not part of it: see trimCode.
func FindDocNos(dst []DocNoAt, text string) []DocNoAt {
	last := 0
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if !openBracket(r) {
			i += n
			continue
		}
		if d, ok := docNoAround(text, last, i, i+n); ok {
			dst = append(dst, d)
			i, last = d.End, d.End
			continue
		}
		i += n
	}
	return dst
}

// ParseDocNo reads s as one document number and nothing else but spaces.
func ParseDocNo(s string) (DocNo, bool) {
	s = strings.TrimSpace(s)
	found := FindDocNos(nil, s)
	if len(found) != 1 || found[0].End != len(s) {
		return DocNo{}, false
	}
	// With nothing else around it, all that stands before the bracket is the
	// code word, even 关于…-like beginnings.
	code := string(AppendFold(nil, strings.Join(strings.Fields(s[:bracketAt(s)]), "")))
	if code == "" || utf8.RuneCountInString(code) > maxCode || !WordRunes(code) {
		return DocNo{}, false
	}
	n := found[0].DocNo
	n.Code = code
	return n, true
}

func bracketAt(s string) int { return strings.IndexFunc(s, openBracket) }

func openBracket(r rune) bool {
	r = FoldRune(r)
	return r == '[' || r == '('
}

func closeBracket(r rune) bool {
	r = FoldRune(r)
	return r == ']' || r == ')'
}

// docNoAround reads a number around the bracket at text[open:in], looking back
// no further than from.
func docNoAround(text string, from, open, in int) (DocNoAt, bool) {
	year, i := number(text, skipSpaces(text, in), 4)
	if i < 0 || year < 1949 || year > 2100 {
		return DocNoAt{}, false
	}
	i = skipSpaces(text, i)
	if strings.HasPrefix(text[i:], "年") {
		i = skipSpaces(text, i+len("年"))
	}
	r, n := utf8.DecodeRuneInString(text[i:])
	if !closeBracket(r) {
		return DocNoAt{}, false
	}
	i = skipSpaces(text, i+n)
	if strings.HasPrefix(text[i:], "第") {
		i = skipSpaces(text, i+len("第"))
	}
	no, i := number(text, i, 6)
	if i < 0 || no == 0 {
		return DocNoAt{}, false
	}
	i = skipSpaces(text, i)
	if !strings.HasPrefix(text[i:], "号") {
		return DocNoAt{}, false
	}
	start := codeStart(text, from, open)
	code := string(AppendFold(nil, strings.TrimSpace(text[start:open])))
	if code == "" {
		return DocNoAt{}, false
	}
	return DocNoAt{DocNo{code, year, no}, start, i + len("号")}, true
}

// codeStart walks back from the bracket over the code word.
func codeStart(text string, from, open int) int {
	end := open
	for end > from && (text[end-1] == ' ') {
		end--
	}
	start, runes := end, 0
	for start > from && runes < maxCode {
		r, n := utf8.DecodeLastRuneInString(text[from:start])
		if kindOf(r) < Word {
			break
		}
		start -= n
		runes++
	}
	if code := text[start:end]; start == from && from > 0 && strings.HasPrefix(code, "和") {
		start += len("和") // 甲〔2026〕1号和乙〔2026〕2号
	}
	return start + trimCode(text[start:end])
}

// leads are words that come before a citation in prose and never stand in a
// code word. (和, 原 and 即 are not among them: 和政发, 原政发 and 即政发 are real.)
var leads = []string{
	"根据", "依据", "依照", "按照", "遵照", "参照", "关于", "印发", "转发", "批转", "执行", "贯彻", "落实", "废止", "修改", "修订",
	"文件", "通知", "文号", "字号", "以及", "见", "以", "与", "及", "的", "为", "是",
}

// trimCode answers how much of a code word is prose that leads up to it. At
// least two runes are always left.
func trimCode(code string) int {
	cut := 0
	for _, w := range leads {
		i := strings.LastIndex(code, w)
		if end := i + len(w); i >= 0 && end > cut && utf8.RuneCountInString(code[end:]) >= 2 {
			cut = end
		}
	}
	return cut
}

func skipSpaces(text string, i int) int {
	for i < len(text) {
		r, n := utf8.DecodeRuneInString(text[i:])
		if FoldRune(r) != ' ' {
			break
		}
		i += n
	}
	return i
}

// number reads up to max digits, of either width, at i. It answers -1 where
// there are none or more.
func number(text string, i, max int) (value, end int) {
	digits := 0
	for i < len(text) {
		r, n := utf8.DecodeRuneInString(text[i:])
		r = FoldRune(r)
		if r < '0' || r > '9' {
			break
		}
		if digits++; digits > max {
			return 0, -1
		}
		value = value*10 + int(r-'0')
		i += n
	}
	if digits == 0 {
		return 0, -1
	}
	return value, i
}
