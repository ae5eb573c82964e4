package writing

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"gongkai/internal/zh"
)

// A titled text is one whose title says what it is and whose.
type titled struct {
	title string
	unit  string // 明镜区水利局; "" if the title names nobody
	year  int    // 0 if the title names none
	kind  string // 通知, 公告 …
}

// kindsOfText are the words titles end in that say what a text is.
var kindsOfText = []string{"通知", "公告", "通告", "公示", "决定", "答复书", "年度报告", "工作报告", "公报", "工作要点", "年报"}

// titleLines is among how many lines the title is looked for, and longTitleLine how many
// characters it has at most.
const (
	titleLines    = 5
	longTitleLine = 70
)

// titleOf reads the title of a text: that of its file, or the first line that ends in the
// name of a kind of text.
func (w *work) titleOf() (x titled, ok bool) {
	lines := strings.SplitN(w.t.S[:min(len(w.t.S), 1500)], "\n", titleLines+1)
	for _, line := range append([]string{w.file.Title}, lines[:min(len(lines), titleLines)]...) {
		line = strings.TrimSpace(strings.Trim(line, " 　\r#*"))
		if n := utf8.RuneCountInString(line); n < 6 || n > longTitleLine || strings.ContainsAny(line, "。；：") {
			continue
		}
		for _, k := range kindsOfText {
			if strings.HasSuffix(line, k) {
				x.title, x.kind = line, k
			}
		}
		if x.kind != "" {
			break
		}
	}
	if x.kind == "" || holds(x.title, "转发", "附件", "征求意见", "“", "范本", "模板", "格式") {
		return x, false
	}
	if k := strings.Index(x.title, "年"); k >= 4 && digits(x.title[k-4:k]) {
		x.year, _ = strconv.Atoi(x.title[k-4 : k])
		x.unit = x.title[:k-4]
	}
	if k := strings.Index(x.title, "关于"); k > 0 && (x.unit == "" || k < len(x.unit)) {
		x.unit = x.title[:k]
	}
	if utf8.RuneCountInString(x.unit) < 3 || strings.ContainsAny(x.unit, "《、 　") {
		x.unit = ""
	}
	return x, true
}

// marks are words by which a text speaks of itself; where they stand is kept while the
// text is read, for whole.
var marks = func() (all []string) {
	all = append(all, selfNames...)
	all = append(all, "我区", "我县", "区委、区政府", "县委、县政府", "区委、区人民政府", "县委、县人民政府", "统计期限", "请与", "请联系", "请向")
	for _, c := range closings {
		all = append(all, "特此"+c, "事项"+c+"如下", "情况"+c+"如下")
	}
	all = append(all, leadWords...)
	return append(all, ownVerbs...)
}()

// manyMarks is how many places of marks are kept: of more, a text is not one unit's own.
const manyMarks = 400

// A mark is where one of marks stands in the clean text.
type mark struct {
	word string
	at   int
}

// marked returns the places of a word.
func (w *work) marked(word string) (at []int) {
	for _, m := range w.marks {
		if m.word == word {
			at = append(at, m.at)
		}
	}
	return at
}

// whole compares what a text says of itself with its title.
func (w *work) whole() {
	if w.t.Part != "document" && w.t.Part != "" && w.t.Part != "body" || len(w.marks) == 0 && len(w.dates) == 0 || len(w.marks) >= manyMarks {
		return
	}
	x, ok := w.titleOf()
	if !ok {
		return
	}
	s := w.clean.S
	w.kindIn(x)
	if x.unit != "" {
		w.selves(s, x)
		w.regions(s, x)
		w.others(s, x)
		w.signed(w.t.S, x)
	}
	if x.year > 1990 {
		w.yearsIn(s, x)
	}
}

// lineStart tells whether byte i of the clean text begins a line of the original.
func (w *work) lineStart(i int) bool {
	b, _ := w.clean.Origin(i, i+1)
	line := w.t.S[strings.LastIndexByte(w.t.S[:b], '\n')+1 : b]
	return strings.Trim(line, " 　\t\r#*") == ""
}

// closings are the kinds of text that say of themselves what they are.
var closings = []string{"通知", "公告", "通告", "公示"}

// kindIn looks at 特此公告 and 现公告如下 in a 通知.
func (w *work) kindIn(x titled) {
	if !holds(x.title[max(0, len(x.title)-len("答复书")):], "通知", "公告", "通告", "公示", "决定", "答复书") || strings.ContainsRune(x.title, '《') {
		return
	}
	for _, c := range closings {
		if c == x.kind || x.kind == "公告" && c == "公示" || x.kind == "公示" && c == "公告" {
			continue
		}
		for _, form := range []string{"特此" + c, "事项" + c + "如下", "情况" + c + "如下"} {
			at := w.marked(form)
			if len(at) != 1 {
				continue
			}
			b := at[0] + strings.Index(form, c)
			right := strings.TrimSuffix(x.kind, "书")
			w.sayClean("element.kind", b, b+len(c), right, c, x.kind)
			return
		}
	}
}

// own are the ends of names of units, the longer first, and how each speaks of itself.
var own = []struct{ end, self string }{{"街道办事处", "我街道"}, {"街道办", "我街道"}, {"街道", "我街道"}, {"镇人民政府", "我镇"}, {"镇政府", "我镇"}, {"镇", "我镇"}, {"乡人民政府", "我乡"}, {"乡政府", "我乡"}, {"乡", "我乡"},
	{"委员会", "我委"}, {"局", "我局"}, {"区人民政府", "我区"}, {"县人民政府", "我县"}, {"区", "我区"}, {"县", "我县"}}

// selfNames are words by which units speak of themselves.
var selfNames = []string{"我局", "我委", "我街道", "我镇", "我乡", "我厅", "我校", "我院"}

// selves looks at 我局 in the report of a street office.
func (w *work) selves(s string, x titled) {
	self := ""
	for _, o := range own {
		if strings.HasSuffix(x.unit, o.end) {
			self = o.self
			break
		}
	}
	if self == "" || holds(x.unit, "管理委员会", "管委会", "园区", "开发区", "新区") {
		return
	}
	mine := len(w.marked(self))
	for _, other := range selfNames {
		if other == self || self == "我委" && other == "我局" {
			continue
		}
		at := w.marked(other)
		// A few of them were left over from another text; many are another's voice.
		if n := len(at); n == 0 || n > 3 && n > mine || holds(other, "我院", "我校", "我厅") && mine == 0 {
			continue
		}
		k := at[0]
		if suffixIn(s[:k], "“", "：", "‘") || startsAny(s[k+len(other):], "面", "方") {
			continue
		}
		w.sayClean("element.self", k, k+len(other), self, other, x.unit)
		return
	}
}

// regions looks at 我区 in the report of a county, and 县委、县政府 in that of a district.
func (w *work) regions(s string, x titled) {
	if holds(x.unit, "开发", "新区", "园区", "景区", "示范", "管理", "社区", "校区", "工业", "保税", "自治", "市县", "区县", "县区", "地区", "林区", "矿区", "灌区") {
		return
	}
	district, county := strings.Index(x.unit, "区"), strings.Index(x.unit, "县")
	mine, other := "区", "县"
	switch {
	case district > 0 && county < 0:
	case county > 0 && district < 0:
		mine, other = "县", "区"
	default:
		return
	}
	for _, form := range []string{"我#", "#委、#政府", "#委、#人民政府"} {
		wrong := strings.ReplaceAll(form, "#", other)
		at := w.marked(wrong)
		if len(at) == 0 || len(at) > 2 {
			continue
		}
		k := at[0]
		if p := before(s, k); form != "我#" && han(p) && !strings.ContainsRune("在按照实彻", p) && !w.lineStart(k) {
			continue // of another place, by its name
		}
		if form == "我#" && startsAny(s[k+len(wrong):], "域", "块", "位", "间", "别") {
			continue
		}
		right := strings.ReplaceAll(form, "#", mine)
		w.sayClean("element.self", k, k+len(wrong), right, wrong, x.unit)
		return
	}
}

// sameKind are ends of names that only units of one kind share, and ownVerbs what
// reports say of the unit that made them.
var (
	sameKind = []string{"局", "委员会", "街道办事处", "镇人民政府", "乡人民政府"}
	ownVerbs = []string{"高度重视", "认真贯彻", "认真落实", "严格按照", "坚持以"}
)

// others looks for another unit where only the text's own can stand: 区审计局高度重视 and 请与区审计局联系
// in the report of another bureau.
func (w *work) others(s string, x titled) {
	if !strings.HasSuffix(x.kind, "报告") && x.kind != "年报" {
		return
	}
	end := ""
	for _, k := range sameKind {
		if strings.HasSuffix(x.unit, k) {
			end = k
		}
	}
	if end == "" {
		return
	}
	for _, m := range w.marks {
		b, e := 0, 0
		switch {
		case m.word == "请与" || m.word == "请向" || m.word == "请联系":
			b = m.at + len(m.word)
			if j := strings.Index(s[b:min(len(s), b+90)], end); j >= 0 && startsAny(s[b+j+len(end):], "联系", "办公室联系", "（", "咨询") {
				e = b + j + len(end)
			}
		case holds(m.word, ownVerbs...):
			head := strings.TrimSuffix(s[:m.at], "党组")
			b, _ = sentenceAround(head, max(0, len(head)-90), len(head))
			if c := strings.LastIndex(head[b:], "，"); c >= 0 {
				b += c + len("，")
			}
			if b = opening(s, b, len(head)); b < len(head) && strings.HasSuffix(head, end) && !startsAny(head[b:], "会同", "联合") {
				e = len(head)
			}
		}
		if e == 0 {
			continue
		}
		name := s[b:e]
		if k := strings.LastIndex(name, "报告"); k >= 0 {
			b, name = b+k+len("报告"), name[k+len("报告"):] // behind the title, whose line has no mark at its end
		}
		if n := utf8.RuneCountInString(name); n < 3 || n > 20 || strings.ContainsAny(name, "、，。（《及和\n") || holds(name, "各", "上级", "市", "省") && !holds(x.unit, "市", "省") || alike(name, x.unit) {
			continue
		}
		w.sayClean("element.self", b, e, x.unit, name, x.unit)
		return
	}
}

// alike tells whether two names may be of one unit: one is part of the other, or they
// share what the unit does.
func alike(a, b string) bool {
	if strings.Contains(a, b) || strings.Contains(b, a) {
		return true
	}
	ends := []string{"街道办事处", "镇人民政府", "乡人民政府", "委员会", "局", "人民政府"}
	for _, e := range ends {
		a, b = strings.TrimSuffix(a, e), strings.TrimSuffix(b, e)
	}
	for _, r := range []string{"省", "市", "县", "区", "旗", "州"} {
		if k := strings.Index(a, r); k >= 0 && k+len(r) < len(a) {
			a = a[k+len(r):]
		}
		if k := strings.Index(b, r); k >= 0 && k+len(r) < len(b) {
			b = b[k+len(r):]
		}
	}
	ra := []rune(a)
	for i := 1; i < len(ra); i++ {
		if strings.Contains(b, string(ra[i-1:i+1])) {
			return true
		}
	}
	return len(ra) < 2 || strings.Contains(b, string(ra[0]))
}

// signed compares who signs at the end with who speaks in the title.
func (w *work) signed(s string, x titled) {
	lines := strings.Split(strings.TrimRight(s[max(0, len(s)-600):], " 　\r\n"), "\n")
	n := len(lines)
	if n < 3 || !strings.Contains(x.title, "关于") || strings.HasSuffix(x.unit, "委") {
		return
	}
	date := strings.TrimSpace(strings.Trim(lines[n-1], " 　\r"))
	if m, e := momentAt(date, 0); e != len(date) || m.day == 0 || m.year == 0 {
		return
	}
	name := strings.TrimSpace(strings.Trim(lines[n-2], " 　\r"))
	if utf8.RuneCountInString(name) < 4 || utf8.RuneCountInString(name) > 24 || utf8.RuneCountInString(strings.TrimSpace(lines[n-3])) < 24 && orgLike(strings.TrimSpace(lines[n-3])) || !orgLike(name) || !orgLike(x.unit) || alike(name, x.unit) {
		return
	}
	if r := []rune(name); !strings.HasPrefix(x.unit, string(r[:2])) {
		return
	}
	b := strings.LastIndex(s, name)
	w.say("element.self", b, b+len(name), x.unit, name, x.unit)
}

func orgLike(s string) bool {
	return suffixIn(s, "局", "委员会", "人民政府", "街道办事处")
}

// numbered looks at 本办法第三十八条 beside 本办法共三十条, whose name begins at byte at.
func (w *work) numbered(s string, b, e int) {
	for _, name := range []string{"本办法", "本条例", "本规定", "本细则", "《办法》", "《条例》", "《规定》", "《细则》"} {
		k := strings.Index(s[b:e], name+"共")
		if k < 0 {
			continue
		}
		rest := s[b+k+len(name+"共"):]
		if j := strings.Index(rest[:min(len(rest), 24)], "章"); j >= 0 {
			rest = rest[j+len("章"):]
		}
		all, used := zh.Numeral(rest[:min(len(rest), 24)])
		if used == 0 || all < 2 || !strings.HasPrefix(rest[used:], "条") {
			continue
		}
		for at, n := 0, 0; n < tries; n++ {
			k := strings.Index(s[at:], name+"第")
			if k < 0 {
				break
			}
			from := at + k + len(name)
			at = from + len("第")
			if x, used := zh.Numeral(s[at:min(len(s), at+24)]); used > 0 && x > all && strings.HasPrefix(s[at+used:], "条") {
				w.sayClean("element.reference", from, at+used+len("条"), "（核对）", s[from:at+used+len("条")])
				return
			}
		}
	}
}

// captions reads the numbers of the lines that begin with 表1 or 图1.
func captions(s, word string) (all map[int]bool) {
	all = map[int]bool{}
	for at := 0; ; {
		k := strings.Index(s[at:], word)
		if k < 0 {
			return all
		}
		i := at + k
		at = i + len(word)
		if line := s[strings.LastIndexByte(s[:i], '\n')+1 : i]; strings.Trim(line, " 　\t#*") != "" {
			continue
		}
		j := at
		for j < len(s) && j-at < 3 && s[j] >= '0' && s[j] <= '9' {
			j++
		}
		if n, err := strconv.Atoi(s[at:j]); err == nil {
			all[n] = true
		}
	}
}

// references are words before the number of a table or picture of the same text.
var references = []string{"见表", "如表", "见图", "如图"}

// reference looks at 见表3 in a text whose tables are 表1 and 表2. Captions are read once.
func (w *work) reference(s string, b, e int) {
	for _, lead := range references {
		for at, n := b, 0; n < tries; n++ {
			k := strings.Index(s[at:e], lead)
			if k < 0 {
				break
			}
			at += k + len(lead)
			word := lead[len("见"):]
			j := at
			for j < e && j-at < 3 && s[j] >= '0' && s[j] <= '9' {
				j++
			}
			if j == at || j < len(s) && (s[j] == '-' || s[j] == '.') || w.cited[word] {
				continue
			}
			known, asked := w.captions[word]
			if !asked {
				if w.captions == nil {
					w.captions, w.cited = map[string]map[int]bool{}, map[string]bool{}
				}
				known = captions(w.t.S, word)
				w.captions[word] = known
			}
			if x, _ := strconv.Atoi(s[at:j]); len(known) > 0 && !known[x] {
				w.cited[word] = true
				w.sayClean("element.reference", at-len(word), j, "（核对）", s[at-len(word):j])
			}
		}
	}
}

// ownNames are the names by which a text speaks of its own articles.
var ownNames = []string{"本办法第", "本条例第", "本规定第", "本细则第", "本法第", "本规则第"}
