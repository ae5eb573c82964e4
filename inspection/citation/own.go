package citation

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"gongkai/inspection/rule"
	"gongkai/internal/zh"
)

// manyNumbers is beyond what any document cites; such a text is an index.
const manyNumbers = 2000

// numbers looks up the document numbers that are our own.
func (w *work) numbers() {
	s := w.s.S
	all := zh.FindDocNos(nil, s)
	if len(all) > manyNumbers {
		return
	}
	own := ""
	if r := w.f.Record; r != nil {
		if n, ok := zh.ParseDocNo(r.Elements[rule.DocNo]); ok {
			own = n.String()
		}
	}
	for _, n := range all {
		no := n.DocNo.String()
		if no == own || !w.f.Library.Own(n.Code, n.Year) || w.head(n.Start) {
			continue
		}
		held, ok := w.f.Library.Numbered(no)
		if !ok {
			if !w.saidGone(n.End) {
				w.say("cite.number", n.Start, n.End, "", no)
			}
			continue
		}
		b, e, title := w.titleBefore(n.Start)
		if title != "" {
			w.compare(title, b, e, no, held)
		}
		if title == "" {
			b, e = n.Start, n.End
		}
		w.ended(held, b, e)
	}
}

// head tells whether a number stands where a document prints its own: on a line by
// itself at the top.
func (w *work) head(b int) bool {
	s := w.s.S
	from := strings.LastIndexByte(s[:b], '\n') + 1
	return from < 900 && strings.Trim(s[from:b], " 　\t") == ""
}

// saidGone tells whether the text itself says that the number is not to be found.
func (w *work) saidGone(e int) bool {
	s := w.s.S
	tail := s[e:min(len(s), e+60)]
	return strings.HasPrefix(strings.TrimLeft(tail, "）) "), "（此件") || strings.Contains(tail, "此件不公开") || strings.Contains(tail, "未公开")
}

// titleBefore returns the title right before a number in brackets: 《……》（明政发….
func (w *work) titleBefore(b int) (from, to int, title string) {
	s := w.s.S
	head := strings.TrimRight(s[:b], "（( ")
	if len(head) == len(s[:b]) || !strings.HasSuffix(head, "》") {
		return 0, 0, ""
	}
	to = len(head)
	from = strings.LastIndex(s[max(0, to-longTitle):to], "《")
	if from < 0 {
		return 0, 0, ""
	}
	from += max(0, to-longTitle)
	title = s[from+len("《") : to-len("》")]
	if strings.ContainsAny(title, "《》\n") {
		return 0, 0, ""
	}
	return from, to, title
}

// compare judges a title against the one its number has in the library.
func (w *work) compare(title string, b, e int, no string, held rule.Held) {
	got, want := plainTitle(title), plainTitle(held.Title)
	if got == "" || want == "" || strings.Contains(want, got) || strings.Contains(got, want) {
		return
	}
	switch like := likeness(got, want); {
	case like < 0.3:
		w.say("cite.title", b, e, "《"+held.Title+"》", no, held.Title)
	case like >= 0.6 && utf8.RuneCountInString(got) == utf8.RuneCountInString(want):
		w.say("cite.title-slip", b, e, "《"+held.Title+"》", no, held.Title)
	}
}

// plainTitle leaves what tells one title from another: no marks, no 关于印发……的通知.
func plainTitle(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
	if i := strings.Index(s, "关于印发"); i >= 0 {
		s = s[i+len("关于印发"):]
	}
	return strings.TrimSuffix(s, "的通知")
}

// likeness is how many of the pairs of characters of the shorter title the other has.
func likeness(a, b string) float64 {
	x, y := []rune(a), []rune(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(x) < 2 {
		return 0
	}
	has := map[[2]rune]bool{}
	for i := 1; i < len(y); i++ {
		has[[2]rune{y[i-1], y[i]}] = true
	}
	n := 0
	for i := 1; i < len(x); i++ {
		if has[[2]rune{x[i-1], x[i]}] {
			n++
		}
	}
	return float64(n) / float64(len(x)-1)
}

// ended says that a document of our own no longer held.
func (w *work) ended(held rule.Held, b, e int) {
	day := w.today()
	if held.Ended == "" || day == "" || day < held.Ended || w.settles() || w.historic(b, e, held.Ended) {
		return
	}
	how := held.How
	if how == "" {
		how = "失效"
	}
	after := ""
	if held.Successor != "" {
		after = "，现行的是" + held.Successor
	}
	w.say("cite.ended", b, e, held.Successor, held.Title, chineseDay(held.Ended), how, after)
}

// settles tells whether the text itself says which documents hold: a notice on what
// was cleared up names the ended ones in lists.
func (w *work) settles() bool {
	title := w.f.Title
	if title == "" {
		title, _, _ = strings.Cut(strings.TrimSpace(w.s.S), "\n")
	}
	for _, x := range []string{"清理", "废止", "失效", "有效性", "继续有效", "文件目录"} {
		if strings.Contains(title, x) {
			return true
		}
	}
	return false
}

// kinds are how the titles of documents end that a library would hold.
var kinds = []string{"办法", "规定", "细则", "规则", "意见", "方案", "通知", "公告", "通告", "决定", "规划", "预案", "制度", "规范", "标准", "条例", "要点", "计划", "清单"}

// ownTitle looks up titles that begin with the unit's own name.
func (w *work) ownTitle(title string, b, e int) {
	mine := false
	for _, u := range w.f.Units {
		mine = mine || utf8.RuneCountInString(u) >= 3 && strings.HasPrefix(title, u)
	}
	if title == w.f.Title || strings.Contains(w.f.Title, "《"+title+"》") || strings.Contains(w.f.Title, "〈"+title+"〉") {
		return // it is issued here
	}
	if !mine || strings.Contains(title, "征求意见") || strings.Contains(title, "草案") {
		return
	}
	s := w.s.S
	if strings.HasPrefix(s[e:], "（") || strings.HasPrefix(s[e:], "(") {
		rest := s[e:min(len(s), e+90)]
		if k := strings.IndexAny(rest, "）)"); k > 0 && strings.Contains(rest[:k], "号") {
			return // its number tells more; see numbers
		}
	}
	if held, ok := w.f.Library.Titled(title); ok {
		w.ended(held, b, e)
		return
	}
	bare := strings.TrimSuffix(strings.TrimSuffix(title, "（试行）"), "（暂行）")
	for _, k := range kinds {
		if strings.HasSuffix(bare, k) && !strings.Contains(s[max(0, b-60):b], "起草") && !strings.Contains(s[max(0, b-60):b], "制定") && !strings.Contains(s[max(0, b-60):b], "印发") {
			w.say("cite.own-title", b, e, "", title)
			return
		}
	}
}
