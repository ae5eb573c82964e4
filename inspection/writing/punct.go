package writing

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// habit is from how many times on a slip is one of the whole text.
const habit = 12

// few is how many half-width marks are slips; more are the writer's way.
const few = 3

// rare is how many characters stand, on average, between half-width marks that say
// more about how the text was put into the machine than about its writer: one in
// eight printed pages. They are left to the hint.
const rare = 5_000

// shortText is below how many bytes a text has too few commas to tell its writer's
// way from them.
const shortText = 6_000

// full are the full-width forms of half-width marks.
var full = map[byte]string{',': "，", ';': "；", ':': "：", '?': "？", '!': "！", '(': "（", ')': "）"}

const (
	stops   = "，。、；：！？"
	closers = "”’》〉）】〕"
	openers = "“‘《〈（【〔"
)

// a slip is a place that is judged only when the whole text has been seen.
type slip struct {
	b, e    int
	suggest string
}

func (w *work) punctuation() {
	s := w.t.S
	var half, quotes, spaces []slip
	open := false // the next straight quote closes
	w.commasSeen = 0
	for i := 0; i < len(s); {
		if hanByte(s[i]) {
			i += 3
			continue
		}
		if quiet[s[i]] != 0 {
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if pairMarks.has(r) {
			w.paired = append(w.paired, i)
		}
		if r == 'Ｏ' || r == '０' {
			w.wideZero = true
		}
		switch {
		case stop(r):
			if r == '？' && w.unfilled(s, i, r) {
				break
			}
			if i+n < len(s) && quiet[s[i+n]] == 0 {
				w.doubled(s, i, r, n)
			}
			if r == '、' {
				w.commas(s, i, n)
			}
			if r == '，' {
				w.commasSeen++
				w.listComma(s, i, n)
			}
		case r == '\n':
			open = false
		case r == '“':
			open = true
		case r == '”':
			open = false
		case r == '"':
			if p, q := before(s, i), after(s, i+1); (p < '0' || p > '9') && (han(p) || han(q) || strings.ContainsRune(closers+openers+stops, p) && p != utf8.RuneError) {
				mark := "“"
				if open {
					mark = "”"
				}
				quotes = append(quotes, slip{i, i + 1, mark})
			}
			open = !open
		case r < 0x80 && full[byte(r)] != "":
			if r == '?' && w.unfilled(s, i, r) {
				break
			}
			if w.halfAt(s, i) {
				half = append(half, slip{i, i + 1, full[byte(r)]})
			}
		case r == ' ' || r == '\u00a0':
			e := i
			for e < len(s) && (s[e] == ' ' || strings.HasPrefix(s[e:], "\u00a0")) {
				_, k := utf8.DecodeRuneInString(s[e:])
				e += k
			}
			if spaceAt(s, i, e) {
				spaces = append(spaces, slip{i, e, "（删空格）"})
			}
			if i > 0 && (s[i-1] == '.' || s[i-1] >= '0' && s[i-1] <= '9') && e < len(s) && s[e] >= '0' && s[e] <= '9' {
				w.spacedNumber(s, i, e)
			}
			n = e - i
		case r == '《':
			w.meetingTitle(s, i)
		case r == '（':
			w.remark(s, i)
		case r == '[' || r == '<' || r == '{':
			w.fieldAt(s, i)
		case r == '*' || r == '【' || r == '□':
			w.unfilled(s, i, r)
		case r == '.':
			w.halfStop(s, i)
		case r >= '②' && r <= '⑳':
			w.circled(s, i, r)
		case r == '×' || r == 'X' || r == 'x' || r == '_' || r == '＿':
			w.crossed = true
		case r == '#' || r == utf8.RuneError:
			w.residueAt(s, i)
		case r >= '０' && r <= '９':
			w.wideDigit(s, i)
		case r == '•':
			if p, q := before(s, i), after(s, i+n); han(p) && han(q) {
				w.say("punct.dot", i, i+n, "·")
			}
		case r == 'a' && strings.HasPrefix(s[i:], "and") && i > 0 && !letterAt(s, i-1) && !letterAt(s, i+3):
			w.english(s, i)
		}
		i += n
	}
	if w.halves(s, half) {
		// What stands behind a half-width comma came with it.
		spaces = slices.DeleteFunc(spaces, func(x slip) bool { return x.b > 0 && s[x.b-1] == ',' })
	}
	w.settle("punct.quote", quotes)
	w.settle("punct.space", spaces)
	w.pairs(s)
	w.endings(s)
}

// halves reports half-width marks: one by one where the writer uses full-width
// ones and slipped, as a habit of the text where he does not. It tells whether they
// are too rare to be either.
func (w *work) halves(s string, half []slip) (sparse bool) {
	if len(half) == 0 {
		return false
	}
	// Half-width brackets are a common way of setting 县(区); they are habits always.
	marks := slices.DeleteFunc(slices.Clone(half), func(x slip) bool { return s[x.b] == '(' || s[x.b] == ')' })
	sparse = len(s) > rare*3*max(1, len(marks)) && w.t.Rune(len(s)) > rare*max(1, len(marks))
	if n := w.commasSeen; len(marks) > 0 && len(marks) <= few && !sparse && (n >= 30*len(marks) || n >= len(marks) && len(s) < shortText) {
		w.settle("punct.half", marks)
		return false
	}
	f := w.t.Find(w.c.rules["punct.habit"], half[0].b, half[0].e)
	f.Suggest, f.Count = []string{half[0].suggest}, len(half)
	w.report(f)
	return sparse
}

// settle reports slips one by one, or as one habit of the text.
func (w *work) settle(code string, all []slip) {
	if code == "punct.space" && len(all) > few-1 && w.commasSeen < 40*len(all) {
		return // how the file was set, not what was written
	}
	if len(all) <= habit {
		for _, x := range all {
			w.say(code, x.b, x.e, x.suggest)
		}
		return
	}
	r := w.c.rules[code]
	f := w.t.Find(r, all[0].b, all[0].e)
	f.Message += "（全文统一处理）"
	f.Suggest, f.Count = []string{all[0].suggest}, len(all)
	w.report(f)
}

// halfAt tells whether a half-width mark stands in a Chinese sentence: between Han
// characters, or beside one with no digit or letter on the other side.
func (w *work) halfAt(s string, i int) bool {
	p, q := before(s, i), after(s, i+1)
	switch s[i] {
	case '(':
		return han(q) && (han(p) || p == '》' || p == '”')
	case ')':
		return han(p) && (han(q) || stop(q))
	case ':':
		return han(p) && (han(q) || q == '“' || q == '《' || q == '\n' && len(s) < shortText)
	}
	return (han(p) || strings.ContainsRune(closers, p)) && (han(q) || strings.ContainsRune(openers, q) || q == ' ' && han(after(s, i+2)))
}

// spaceAt tells whether the space from i to e stands beside a full-width mark
// where none belongs. After the number of a heading one is usual.
func spaceAt(s string, i, e int) bool {
	p, q := before(s, i), after(s, e)
	switch {
	case q == '\n' || q == '\r' || q == utf8.RuneError || p == '\n' || p == '\t' || q == '\t' || p == utf8.RuneError || p == '|' || q == '|':
		return false
	case strings.ContainsRune(openers, q) && q != '（':
		return (han(p) || strings.ContainsRune("，。；、”》", p)) && !numberedHead(s, i)
	case strings.ContainsRune("”》", q):
		return true
	case stop(q):
		return han(p) || strings.ContainsRune(closers, p)
	case p == '，' || p == '。' || p == '；' || p == ',' && han(q):
		return han(q) || q >= '0' && q <= '9'
	case p == '、':
		return han(q) && !numberedHead(s, i)
	}
	return false
}

// numberedHead tells whether what stands before i on its line is the number of a
// heading or list.
func numberedHead(s string, i int) bool {
	line := s[strings.LastIndexByte(s[:i], '\n')+1 : i]
	line = strings.TrimLeft(line, " 　#*-")
	if strings.HasPrefix(line, "第") && (strings.HasSuffix(line, "条") || strings.HasSuffix(line, "章") || strings.HasSuffix(line, "节")) || strings.HasPrefix(line, "附件") {
		return true
	}
	h, ok := headOf(line + "题")
	return ok && h.e == len(line)
}

func (w *work) doubled(s string, i int, r rune, n int) {
	if !stop(after(s, i+n)) || i > 0 && stop(before(s, i)) {
		return
	}
	e := i + n
	for e < len(s) && stop(after(s, e)) {
		_, k := utf8.DecodeRuneInString(s[e:])
		e += k
	}
	if r == '。' && strings.HasPrefix(s[i:], "。。。") {
		w.say("punct.double", i, e, "……")
		return
	}
	if r == '！' || r == '？' {
		// Of ！ and ？ several may stand; no other mark follows them.
		if next := after(s, i+n); next != '！' && next != '？' {
			w.say("punct.double", i, e, string(r))
		}
		return
	}
	if w.doubles == nil {
		w.doubles = map[string]bool{}
	}
	last := string(before(s, e))
	if w.doubles[last] {
		return // the same mark put behind others again is the same habit
	}
	w.doubles[last] = true
	// The heavier of the marks stays.
	keep := string(r)
	for _, m := range "。；：，、" {
		if strings.ContainsRune(s[i:e], m) {
			keep = string(m)
			break
		}
	}
	w.say("punct.double", i, e, keep)
}

// clauseStarts are words that begin a clause, not an item of a list.
var clauseStarts = []string{"进一步", "切实", "着力", "并对", "从而", "确保", "同时", "不断提高", "有效提升"}

var clauseBegin = begins(clauseStarts)

func (w *work) commas(s string, i, n int) {
	p, rest := before(s, i), s[i+n:]
	if tail, ok := strings.CutPrefix(rest, "等"); ok {
		// 数量、等级: the word goes on.
		if next := after(tail, 0); !strings.ContainsRune("级待车同价离候额量效分于次到差腰边位式第高值", next) {
			w.say("punct.etc", i, i+n+len("等"), "等")
		}
		return
	}
	w.roughly(s, i, n)
	if (p == '》' || p == '”') && (strings.HasPrefix(rest, "《") && p == '》' || strings.HasPrefix(rest, "“") && p == '”') {
		w.say("punct.between", i, i+n, "（删）")
		return
	}
	if !clauseBegin.has(after(rest, 0)) || !slices.ContainsFunc(clauseStarts, func(c string) bool { return strings.HasPrefix(rest, c) }) {
		return
	}
	clause := s[max(0, i-60):i] // a long line without stops is no clause
	if j := strings.LastIndexAny(clause, "，。；：\n"); j >= 0 {
		clause = clause[j:]
	}
	// “…等文件、进一步指导…”: the list was closed by 等.
	if j := strings.LastIndex(clause, "等"); j >= 0 && utf8.RuneCountInString(clause[j:]) <= 8 {
		w.say("punct.clause", i, i+n, "，")
	}
}

// bearers are those who bear an act, before a comma.
var (
	bearers    = []string{"各部门", "各镇", "各乡镇", "各街道", "各单位"}
	bearersEnd = ends(bearers)
)

// listComma looks at a comma behind a bare “各部门” that goes on with another
// bearer of the same act.
func (w *work) listComma(s string, i, n int) {
	if !bearersEnd.has(before(s, i)) {
		return
	}
	for _, who := range bearers {
		if !strings.HasSuffix(s[:i], who) {
			continue
		}
		p := before(s, i-len(who))
		rest := s[i+n:]
		if strings.ContainsRune("，；。", p) && (strings.HasPrefix(rest, "主体受理") || strings.HasPrefix(rest, "各单位受理") || strings.HasPrefix(rest, "各街道受理") || strings.HasPrefix(rest, "各镇受理")) {
			w.say("punct.list", i, i+n, "、")
		}
	}
}

// longTitle is how many bytes a title in 《》 has at most.
const longTitle = 240

func (w *work) meetingTitle(s string, i int) {
	e := strings.Index(s[i:min(len(s), i+longTitle)], "》")
	if e < 0 || strings.ContainsRune(s[i:i+e], '\n') {
		return
	}
	title := s[i+len("《") : i+e]
	if strings.Contains(title, "《") {
		return
	}
	held := false
	for _, v := range []string{"召开", "举办", "举行", "参加", "组织召开", "召开了", "举办了"} {
		held = held || strings.HasSuffix(strings.TrimRight(s[:i], " "), v)
	}
	for _, m := range []string{"发布会", "座谈会", "培训会", "动员会", "推进会", "现场会", "研讨会", "会议", "培训班", "启动仪式", "大会"} {
		if held && strings.HasSuffix(strings.TrimRight(title, " "), m) {
			w.say("punct.title", i, i+e+len("》"), "“"+title+"”")
			return
		}
	}
}

// roughly looks at 有七、八名: two numbers in a row that say about how many have no mark
// between them.
func (w *work) roughly(s string, i, n int) {
	const some = "二三四五六七八九"
	p, k := utf8.DecodeLastRuneInString(s[:i])
	q, m := utf8.DecodeRuneInString(s[i+n:])
	if !numeralSet.has(q) {
		return
	}
	x, y := strings.IndexRune("一"+some, p), strings.IndexRune(some, q)
	if x < 0 || x != y || !strings.ContainsRune("有约近达共每几数走住花用", before(s, i-k)) {
		return
	}
	if unit := after(s, i+n+m); strings.ContainsRune("名个人位户家天次年十百千里米公岁", unit) {
		w.say("punct.rough", i-k, i+n+m, string(p)+string(q))
	}
}

// halfStop looks at 报送.: a sentence of Chinese ends in 。.
func (w *work) halfStop(s string, i int) {
	if !han(before(s, i)) || i+1 < len(s) && s[i+1] != '\n' && s[i+1] != '\r' && !han(after(s, i+1)) {
		return
	}
	line := s[strings.LastIndexByte(s[:i], '\n')+1 : i]
	if utf8.RuneCountInString(line) < 10 || strings.ContainsAny(line, "\t|") || !strings.ContainsAny(line, "，。；") && han(after(s, i+1)) {
		return
	}
	if k := strings.LastIndexAny(line, "，。；：、（ 　"); utf8.RuneCountInString(line[k+1:]) < 4 && han(after(s, i+1)) {
		return // 第一.甲
	}
	w.say("punct.period", i, i+1, "。")
}

// circled looks at ④ behind ②: the number between them was left out.
func (w *work) circled(s string, i int, r rune) {
	p := strings.LastIndex(s[max(0, i-longOrder):i], string(r-1))
	if p >= 0 || !w.beginsItem(s, i) {
		return
	}
	from := max(0, i-longOrder)
	two := strings.LastIndex(s[from:i], string(r-2))
	if r-2 < '①' || two < 0 || !w.beginsItem(s, from+two) || strings.ContainsAny(s[from+two:i], "①") && r-2 != '①' || !strings.Contains(s[from:i], "①") {
		return
	}
	w.say("element.skipped", i, i+len(string(r)), string(r-1), string(r-2))
}

// beginsItem tells whether a circled number begins a line or what follows a stop.
func (w *work) beginsItem(s string, i int) bool {
	if !han(after(s, i+3)) {
		return false
	}
	p := before(strings.TrimRight(s[:i], " 　"), len(strings.TrimRight(s[:i], " 　")))
	return p == '\n' || p == '。' || p == '；' || p == '：'
}

// wideDigit looks at a full-width digit beside half-width ones: ２０２5年.
func (w *work) wideDigit(s string, i int) {
	if r := before(s, i); r >= '０' && r <= '９' {
		return // told at the first
	}
	b, e := i, i
	for b > 0 && s[b-1] >= '0' && s[b-1] <= '9' {
		b--
	}
	narrow := b < i
	var plain strings.Builder
	plain.WriteString(s[b:i])
	for e < len(s) {
		r, k := utf8.DecodeRuneInString(s[e:])
		switch {
		case r >= '０' && r <= '９':
			r = r - '０' + '0'
		case r >= '0' && r <= '9':
			narrow = true
		default:
			k = 0
		}
		if k == 0 {
			break
		}
		plain.WriteRune(r)
		e += k
	}
	if narrow {
		w.say("number.width", b, e, plain.String())
	}
}

func letterAt(s string, i int) bool {
	return i >= 0 && i < len(s) && (s[i]|32 >= 'a' && s[i]|32 <= 'z')
}

func (w *work) english(s string, i int) {
	b, e := i, i+3
	for b > 0 && s[b-1] == ' ' {
		b--
	}
	for e < len(s) && s[e] == ' ' {
		e++
	}
	if han(before(s, b)) && han(after(s, e)) {
		w.say("punct.english", b, e, "和", "和")
	}
}
