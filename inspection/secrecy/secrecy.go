package secrecy

import (
	_ "embed"
	"fmt"
	"strings"
	"unicode/utf8"

	"gongkai/inspection/rule"
	"gongkai/internal/zh"
)

//go:embed data/secrecy.json
var data []byte

// A Checker finds marks of secrecy. It may be shared.
type Checker struct {
	pack                                                *rule.Pack
	mark, level, trade, internal, closed, draft, number *rule.Rule
}

// New returns the family of rules on secrecy.
func New() *Checker {
	p, err := rule.ParsePack(data)
	if err != nil {
		panic(err)
	}
	return &Checker{pack: p, mark: p.Rule("secrecy.mark"), level: p.Rule("secrecy.level"), trade: p.Rule("secrecy.trade"), internal: p.Rule("secrecy.internal"),
		closed: p.Rule("secrecy.closed"), draft: p.Rule("secrecy.draft"), number: p.Rule("secrecy.number")}
}

// Pack is the rules of the family.
func (c *Checker) Pack() *rule.Pack { return c.pack }

var anchors = []struct {
	word string
	look func(c *Checker, f *rule.File, t *rule.Text, b, e int, report func(rule.Finding))
}{
	{"★", (*Checker).starAt}, {"☆", (*Checker).starAt}, {"商密", (*Checker).tradeAt},
	{"密级", (*Checker).levelAt}, {"密 级", (*Checker).levelAt},
	{"内部资料", (*Checker).internalAt}, {"内部文件", (*Checker).internalAt}, {"内部参考", (*Checker).internalAt}, {"内部使用", (*Checker).internalAt},
	{"不得外传", (*Checker).internalAt}, {"严禁外传", (*Checker).internalAt}, {"注意保存", (*Checker).internalAt}, {"内部刊物", (*Checker).internalAt}, {"内部传阅", (*Checker).internalAt}, {"请勿外传", (*Checker).internalAt}, {"不得翻印", (*Checker).internalAt}, {"阅后即焚", (*Checker).internalAt}, {"阅后收回", (*Checker).internalAt}, {"会后收回", (*Checker).internalAt}, {"注意保密", (*Checker).internalAt},
	{"此件不公开", (*Checker).closedAt}, {"此件不予公开", (*Checker).closedAt}, {"此件依申请公开", (*Checker).closedAt}, {"此件不对外公开", (*Checker).closedAt}, {"此件免予公开", (*Checker).closedAt},
	{"公开方式：", (*Checker).attributeAt}, {"公开属性：", (*Checker).attributeAt}, {"公开方式:", (*Checker).attributeAt}, {"公开属性:", (*Checker).attributeAt},
	{"征求意见稿", (*Checker).draftAt}, {"送审稿", (*Checker).draftAt}, {"讨论稿", (*Checker).draftAt}, {"审议稿", (*Checker).draftAt}, {"草稿", (*Checker).draftAt}, {"初稿", (*Checker).draftAt}, {"修改稿", (*Checker).draftAt}, {"报批稿", (*Checker).draftAt}, {"上会稿", (*Checker).draftAt}, {"审定稿", (*Checker).draftAt}, {"代拟稿", (*Checker).draftAt}, {"会签稿", (*Checker).draftAt},
	{"密发〔", (*Checker).numberAt}, {"密电〔", (*Checker).numberAt}, {"密函〔", (*Checker).numberAt}, {"密发[", (*Checker).numberAt}, {"密字〔", (*Checker).numberAt},
}

var matcher = func() *zh.Matcher {
	var words []string
	for _, a := range anchors {
		words = append(words, a.word)
	}
	return zh.NewMatcher(words, nil)
}()

// Check reports the marks in a text.
func (c *Checker) Check(f *rule.File, t *rule.Text, report func(rule.Finding)) {
	if (f.Open == "依申请公开" || f.Open == "不予公开") && len(f.Texts) > 0 && f.Texts[0] == t {
		x := t.Find(c.closed, 0, 0)
		x.Message = fmt.Sprintf("这份文件登记的公开属性是“%s”，不能主动公开", f.Open)
		report(x)
	}
	matcher.Each(t.S, func(m zh.Match) bool {
		anchors[m.Pattern].look(c, f, t, m.Start, m.End, report)
		return !f.Stopped()
	})
}

// starAt looks at a star: 机密★5年 is the mark of GB/T 9704, five stars are not.
func (c *Checker) starAt(_ *rule.File, t *rule.Text, b, e int, report func(rule.Finding)) {
	before := strings.TrimRight(t.S[:b], " 　\u00a0")
	from := -1
	for _, w := range []string{"绝密", "机密", "秘密"} {
		if strings.HasSuffix(before, w) && !strings.HasSuffix(before, "商业秘密") {
			from = len(before) - len(w)
		}
	}
	if from < 0 || strings.HasPrefix(t.S[e:], "★") {
		return
	}
	report(t.Find(c.mark, from, e+term(t.S[e:])))
}

// term is the length of the period behind a star, "5年", "长期", 0 if there is none.
func term(s string) int {
	n := len(s) - len(strings.TrimLeft(s, " 　\u00a0"))
	if strings.HasPrefix(s[n:], "长期") {
		return n + len("长期")
	}
	d := n
	for d < len(s) && s[d] >= '0' && s[d] <= '9' {
		d++
	}
	for _, unit := range []string{"年", "个月", "月", "日", "天"} {
		if d > n && strings.HasPrefix(s[d:], unit) {
			return d + len(unit)
		}
	}
	return 0
}

func (c *Checker) tradeAt(_ *rule.File, t *rule.Text, b, e int, report func(rule.Finding)) {
	next, n := utf8.DecodeRuneInString(t.S[e:])
	if strings.ContainsRune("★☆·•", next) {
		report(t.Find(c.trade, b, e+n))
	}
}

func (c *Checker) levelAt(_ *rule.File, t *rule.Text, b, e int, report func(rule.Finding)) {
	rest := strings.TrimLeft(t.S[e:], " 　")
	if !strings.HasPrefix(rest, "：") && !strings.HasPrefix(rest, ":") {
		return
	}
	rest = strings.TrimLeft(rest, "：: 　")
	for _, w := range []string{"绝密", "机密", "秘密"} {
		if strings.HasPrefix(rest, w) {
			report(t.Find(c.level, b, len(t.S)-len(rest)+len(w)))
		}
	}
}

// internalAt looks at a word of internal papers. It is a mark where it stands
// alone: on a line of its own or in brackets, with nothing but other such words.
func (c *Checker) internalAt(_ *rule.File, t *rule.Text, b, e int, report func(rule.Finding)) {
	from, to := b, e
	for from > 0 && t.S[from-1] != '\n' && t.S[from-1] != '\t' {
		from--
	}
	for to < len(t.S) && t.S[to] != '\n' && t.S[to] != '\t' {
		to++
	}
	line := strings.TrimSpace(t.S[from:to])
	if i := strings.LastIndexAny(t.S[from:b], "（(【"); i >= 0 {
		if j := strings.IndexAny(t.S[e:to], "）)】"); j >= 0 {
			line = t.S[from+i : e+j]
		}
	}
	for _, w := range []string{"内部资料", "内部文件", "内部刊物", "内部传阅", "请勿外传", "不得翻印", "阅后即焚", "阅后收回", "会后收回", "会议材料", "会议文件", "请妥善保管", "编号：", "内部参考", "内部使用", "不得外传", "严禁外传", "注意保存", "注意保密", "仅供", "免费交流", "请", "（", "）", "(", ")", "【", "】", "，", "、", ",", " ", "　", "。", "！", "*", "·", "机关", "供"} {
		line = strings.ReplaceAll(line, w, "")
	}
	if line == "" {
		report(t.Find(c.internal, b, e))
	}
}

func (c *Checker) closedAt(_ *rule.File, t *rule.Text, b, e int, report func(rule.Finding)) {
	x := t.Find(c.closed, b, e)
	x.Message = fmt.Sprintf(x.Message, x.Text)
	report(x)
}

func (c *Checker) attributeAt(_ *rule.File, t *rule.Text, b, e int, report func(rule.Finding)) {
	rest := strings.TrimLeft(t.S[e:], " 　")
	for _, w := range []string{"依申请公开", "不予公开", "不公开"} {
		if strings.HasPrefix(rest, w) {
			x := t.Find(c.closed, b, len(t.S)-len(rest)+len(w))
			x.Message = fmt.Sprintf(x.Message, w)
			report(x)
		}
	}
}

// draftAt looks at a word of drafts. In the title of a paper it was left over,
// unless the paper asks the public for opinions.
func (c *Checker) draftAt(f *rule.File, t *rule.Text, b, e int, report func(rule.Finding)) {
	before := t.S[:b]
	if c.issued(t, b, e) {
		x := t.Find(c.draft, b, e)
		x.Message = fmt.Sprintf("印发的文件名里还留有“%s”字样，请确认是否定稿", x.Text)
		report(x)
		return
	}
	if strings.Count(before, "\n") > 6 || utf8.RuneCountInString(before) > 160 || strings.Contains(before, "。") {
		return
	}
	if !strings.HasSuffix(before, "（") && !strings.HasSuffix(before, "(") && !strings.HasSuffix(before, "［") {
		return
	}
	rest := strings.TrimLeft(t.S[e:], "）)］")
	if line, _, _ := strings.Cut(rest, "\n"); strings.TrimSpace(line) != "" {
		return
	}
	for _, w := range []string{"公开征求", "征求意见的", "征集意见", "意见反馈", "向社会", "听证"} {
		if strings.Contains(t.S[:min(len(t.S), 1500)], w) {
			return
		}
	}
	x := t.Find(c.draft, b, e)
	x.Message = fmt.Sprintf(x.Message, x.Text)
	report(x)
}

// issued tells whether a word of drafts stands in the title of what a notice issues:
// 关于印发《…办法（征求意见稿）》的通知. Drafts may be sent out for opinions.
func (c *Checker) issued(t *rule.Text, b, e int) bool {
	head, rest := t.S[max(0, b-300):b], strings.TrimLeft(t.S[e:min(len(t.S), e+60)], "）)］")
	head = head[strings.LastIndexByte(head, '\n')+1:]
	rest, _, _ = strings.Cut(rest, "\n")
	open := strings.LastIndex(head, "《")
	if open < 0 || strings.Contains(head[open:], "》") || !strings.HasPrefix(rest, "》的通知") && !strings.HasPrefix(rest, "》") {
		return false
	}
	issue := false
	for _, w := range []string{"关于印发", "现将", "关于发布", "关于公布"} {
		issue = issue || strings.HasSuffix(head[:open], w)
	}
	if !issue || strings.HasSuffix(head[:open], "现将") && !strings.Contains(rest, "印发") || !strings.HasSuffix(head[:open], "现将") && !strings.Contains(rest, "通知") && !strings.Contains(rest, "公告") {
		return false
	}
	for _, w := range asks {
		if strings.Contains(t.S[max(0, b-500):min(len(t.S), e+1600)], w) {
			return false
		}
	}
	return true
}

// asks are words by which a paper asks for opinions on a draft.
var asks = []string{"公开征求", "征求意见的", "征集意见", "意见反馈", "向社会", "听证", "征求意见建议", "反馈意见", "提出意见", "修改意见", "意见建议", "请研提", "试行"}

func (c *Checker) numberAt(_ *rule.File, t *rule.Text, b, e int, report func(rule.Finding)) {
	if strings.HasSuffix(t.S[:b], "加") || strings.HasSuffix(t.S[:b], "精") {
		return
	}
	if end := strings.Index(t.S[e:], "号"); end > 0 && end < 20 && e+4 < len(t.S) && t.S[e] == '2' {
		report(t.Find(c.number, b, e+end+len("号")))
	}
}
