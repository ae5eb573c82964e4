package writing

import (
	"strings"
	"unicode/utf8"
)

// pairs looks for marks without their other half, paragraph by paragraph.
func (w *work) pairs(s string) {
	for k, from := 0, 0; k < len(w.paired); {
		to := strings.IndexByte(s[from:], '\n')
		if to < 0 {
			to = len(s)
		} else {
			to += from
		}
		n := k
		for n < len(w.paired) && w.paired[n] < to {
			n++
		}
		if n > k {
			w.pairsIn(s, from, to, w.paired[k:n])
		}
		k, from = n, to+1
	}
}

// shutOf are the marks that belong to opening ones.
var shutOf = map[rune]rune{'《': '》', '（': '）', '〔': '〕', '“': '”'}

// pairMarks are those that come in pairs.
var pairMarks = setOf("《》（）〔〕“”()\"")

// openOf returns the mark that a closing one belongs to, 0 for any other rune.
func openOf(r rune) rune {
	switch r {
	case '》':
		return '《'
	case '）', ')':
		return '（'
	case '〕':
		return '〔'
	case '”', '"':
		return '“'
	}
	return 0
}

// pairsIn looks at a paragraph, in which such marks stand at these bytes.
func (w *work) pairsIn(s string, from, to int, marks []int) {
	line := s[from:to]
	w.stack = w.stack[:0]
	stray, narrow := -1, 0 // the first closing mark without its other half; open half-width brackets
	var strayMark rune
	for _, at := range marks {
		i := at - from
		switch r := after(line, i); r {
		case '《', '（', '〔', '“':
			w.stack = append(w.stack, opened{r, i})
		case '(':
			narrow++
		case ')':
			if narrow > 0 {
				narrow--
			} else {
				w.shut('（')
			}
		default:
			if mark := openOf(r); mark != 0 && !w.shut(mark) && stray < 0 && !(mark == '（' && narrow > 0) {
				stray, strayMark = i, r
			}
		}
	}
	if len(w.stack) == 0 && stray < 0 {
		return
	}
	if !strings.ContainsAny(line, "。；") && utf8.RuneCountInString(line) < 24 || strings.ContainsAny(line, "\t|") {
		return // cells and headings are cut anywhere
	}
	if last := before(line, len(strings.TrimRight(line, " 　*\r"))); !strings.ContainsRune("。；！？", last) {
		return // the sentence goes on in the next line
	}
	if stray >= 0 {
		if !w.reversed(s, from, stray, strayMark) && len(w.stack) == 0 {
			w.closing(s, from, to, stray, strayMark)
		}
		return
	}
	i := from + w.stack[0].at
	r, n := utf8.DecodeRuneInString(s[i:])
	if r == '“' && quoteGoesOn(s[to:]) {
		return
	}
	w.say("punct.pair", i, i+n, string(shutOf[r]), string(r))
}

// reversed reports ”一网通办“, the marks of a quotation the wrong way round.
func (w *work) reversed(s string, from, stray int, mark rune) bool {
	if mark != '”' || len(w.stack) != 1 || w.stack[0].mark != '“' || w.stack[0].at < stray {
		return false
	}
	b, e := from+stray, from+w.stack[0].at+len("“")
	inside := s[b+len("”") : e-len("“")]
	if inside == "" || utf8.RuneCountInString(inside) > 20 || strings.ContainsAny(inside, "，。；：“”") || !han(after(inside, 0)) {
		return false
	}
	w.say("punct.quote", b, e, "“"+inside+"”")
	return true
}

// closing reports a closing mark without an opening one, in a paragraph that is whole.
func (w *work) closing(s string, from, to, stray int, mark rune) {
	if mark != '）' && mark != '》' {
		return // quotations go on for paragraphs
	}
	line := s[from:to]
	head := line[:stray]
	// 1）, 甲） and the like number what follows them.
	if k := strings.LastIndexAny(head, "，。；：、 　"); utf8.RuneCountInString(head[k+1:]) < 3 || !han(before(head, len(head))) || strings.HasSuffix(head, "十") {
		return
	}
	if last := strings.TrimRight(s[:from], " 　\r\n*"); last != "" && !strings.ContainsRune("。；！？：）》”", before(last, len(last))) && utf8.RuneCountInString(last[strings.LastIndexByte(last, '\n')+1:]) > longLine {
		return // it may have been opened in the line before
	}
	w.say("punct.pair", from+stray, from+stray+len(string(mark)), "（删）", string(mark))
}

// longLine is from how many characters on a line may go on in the next one.
const longLine = 18

// opened is a mark whose other half has not come yet.
type opened struct {
	mark rune
	at   int
}

// shut takes the last of these opening marks off the stack; false if there is none.
func (w *work) shut(mark rune) bool {
	for k := len(w.stack) - 1; k >= 0; k-- {
		if w.stack[k].mark == mark {
			w.stack = append(w.stack[:k], w.stack[k+1:]...)
			return true
		}
	}
	return false
}

// quoteGoesOn tells whether a quotation left open is closed in a later paragraph,
// or taken up again at the head of the next one.
func quoteGoesOn(s string) bool {
	k := strings.IndexAny(s, "“”")
	if k < 0 {
		return false
	}
	return strings.HasPrefix(s[k:], "”") || strings.HasSuffix(strings.TrimRight(s[:k], " 　\r"), "\n")
}

// endings looks for paragraphs of sentences that stop without a mark.
func (w *work) endings(s string) {
	if !strings.Contains(s, "。") {
		return
	}
	for from := 0; from < len(s); {
		to := strings.IndexByte(s[from:], '\n')
		if to < 0 {
			to = len(s)
		} else {
			to += from
		}
		if endsInMark(s[from:to]) && !strings.HasSuffix(s[from:to], "，") {
			from = to + 1
			continue
		}
		line := strings.TrimRight(s[from:to], " 　\r*\u00a0")
		next := strings.TrimLeft(s[min(len(s), to+1):], " 　\r\u00a0")
		blank := next == "" || next[0] == '\n' // the paragraph ends here, not only the line
		if !blank && w.endsAtHeading(s, from, line, next) {
			from = to + 1
			continue
		}
		if blank && strings.ContainsRune(line, '。') && utf8.RuneCountInString(line) > 20 && !strings.ContainsAny(line, "\t|") && han(before(line, len(line))) && to < len(s) {
			r, n := utf8.DecodeLastRuneInString(line)
			if rest := strings.TrimLeft(next, " 　\n\r\u00a0"); (!han(after(rest, 0)) || headNumber(rest)) && !pageTurns(rest) {
				w.say("punct.end", from+len(line)-n, from+len(line), string(r)+"。")
			}
		}
		from = to + 1
	}
}

// endsAtHeading looks at a paragraph of sentences right before the heading of a
// chapter: it ends without a mark, or in a comma.
func (w *work) endsAtHeading(s string, from int, line, next string) bool {
	heading, _, _ := strings.Cut(next, "\n")
	h, ok := headOf(strings.TrimSpace(heading))
	if !ok || h.style > second || utf8.RuneCountInString(h.title) > 40 && h.style == first || !strings.ContainsRune(line, '，') || utf8.RuneCountInString(line) < 24 || strings.ContainsAny(line, "\t|") {
		return false
	}
	r, n := utf8.DecodeLastRuneInString(line)
	if own, numbered := headOf(strings.TrimLeft(line, " 　")); numbered && own.style <= second && !strings.ContainsRune(line, '。') || !han(r) && r != '，' {
		return false
	}
	w.say("punct.end", from+len(line)-n, from+len(line), strings.TrimSuffix(string(r), "，")+"。")
	return true
}

// pageTurns tells whether the next line is the number of a page: the paragraph goes on
// behind it.
func pageTurns(s string) bool {
	if strings.HasPrefix(s, "\f") {
		return true
	}
	line, _, _ := strings.Cut(s, "\n")
	bare := strings.Trim(line, " 　\r—－-–·第页")
	return bare != "" && len(bare) <= 4 && digits(bare)
}

// endsInMark tells lines that are empty or end in a full stop or a like mark.
func endsInMark(line string) bool {
	return len(line) < 3 || line[len(line)-3] == 0xE3 && line[len(line)-2] == 0x80 || line[len(line)-3] == 0xEF && line[len(line)-2] == 0xBC
}

// headNumber tells whether a text begins with the number of a heading.
func headNumber(s string) bool {
	i := strings.IndexAny(s, "、．.）)")
	return i > 0 && i <= 12 && strings.Trim(s[:i], "一二三四五六七八九十百（(0123456789") == ""
}

// quotedLaw looks at a law named in quotation marks: “中华人民共和国档案法”.
func (w *work) quotedLaw(s string, b, e int) {
	i := b + strings.Index(s[b:e], "“中华人民共和国")
	k := strings.Index(s[i:e], "”")
	if k < 0 {
		return
	}
	name := s[i+len("“") : i+k]
	if n := utf8.RuneCountInString(name); n > 30 || !suffixIn(name, "法", "条例", "实施细则") || strings.ContainsAny(name, "，。；：《") {
		return
	}
	w.sayClean("punct.quote", i, i+k+len("”"), "《"+name+"》")
}
