package writing

import (
	_ "embed"
	"strings"

	"gongkai/inspection/rule"
)

// A template is a build of sentences that may be wrong, and the words without which
// a sentence is none of it.
type template struct {
	words []string
	judge func(w *work, s string, b, e int)
}

var templates = []template{
	{[]string{"等方面进行"}, (*work).asPart},
	{strengthens, (*work).strengthen},
	{[]string{"等内容的"}, (*work).gather},
	{[]string{"发挥"}, (*work).platform},
	{[]string{"密切的"}, (*work).close},
	{[]string{"多种便于"}, (*work).various},
	{adverbial(), (*work).particle},
	{totalWords, (*work).totals},
	{capitalEnds, (*work).capitals},
	{seasonWords, (*work).seasonal},
	{planWords, (*work).planned},
	{[]string{"，使", "，让"}, (*work).subject},
	{supports, (*work).under},
	{[]string{"针对"}, (*work).aimed},
	{[]string{"加大"}, (*work).enlarge},
	{[]string{"健全"}, (*work).mechanism},
	{[]string{"发挥"}, (*work).role},
	{[]string{"需求，", "问题，"}, (*work).oriented},
	{[]string{"原则，", "原则。", "原则", "宗旨，"}, (*work).inLine},
	{[]string{"显示，", "表明，", "显示：", "显示"}, (*work).according},
	{[]string{"只要", "只有"}, (*work).onlyIf},
	{[]string{"而是"}, (*work).notOnly},
	{[]string{"不再", "不发生", "不出现", "不会"}, (*work).avoid},
	{[]string{"为目的"}, (*work).purpose},
	{[]string{"关键在于", "关键是"}, (*work).keyTwice},
	{[]string{"能否", "是否"}, (*work).whether},
	{[]string{"受到好评", "受好评"}, (*work).praised},
	{[]string{"得到"}, (*work).attribute},
	{[]string{"所欢迎", "所喜爱", "所好评", "所关注", "所青睐", "所称赞"}, (*work).welcomed},
	{[]string{"围绕以"}, (*work).centred},
	{[]string{"、确保", "、从而"}, (*work).clauseDot},
	{orderWords(), (*work).order},
	{[]string{"第一、"}, (*work).ordinal},
	{[]string{"年月日"}, (*work).dayless},
	{[]string{"“中华人民共和国"}, (*work).quotedLaw},
	{announced, (*work).announce},
	{[]string{"以下"}, (*work).following},
	{[]string{"均由", "均按", "均为", "均在", "均已", "均有", "均能", "均能够", "均邀", "均达", "全部", "都由", "都是", "都在", "都有", "都能", "都按"}, (*work).again2},
	{[]string{"为，"}, (*work).takenAs},
	{given, (*work).nounless},
	{[]string{"存在"}, (*work).exists},
	{[]string{"的原因"}, (*work).because},
	{[]string{"为主要"}, (*work).mainly},
	{[]string{"原因是"}, (*work).causes},
	{colonItems, (*work).colonItem},
	{[]string{"是多少。", "有哪些。", "是什么。", "怎么办。", "如何办理。", "如何申请。", "怎样申请。", "在哪里办理。", "什么时候施行。", "需要多长时间。"}, (*work).asks},
	{cutOff, (*work).endsShort},
	{[]string{"、和"}, (*work).dotAnd},
	{[]string{"得到地"}, (*work).got},
	{[]string{"吨/日", "吨/天", "米/日", "米/天"}, (*work).perDay},
	{[]string{"在收到的", "在受理的", "在办理的", "在办结的"}, (*work).among},
	{references, (*work).reference},
	{[]string{"产业结构"}, (*work).structure},
	{[]string{"其次，"}, (*work).nextly},
	{[]string{"本办法共", "本条例共", "本规定共", "本细则共", "《办法》共", "《条例》共", "《规定》共", "《细则》共"}, (*work).numbered},
	{inlineWords(), (*work).inline},
	{notices, (*work).shown},
	{[]string{"有效期至", "有效期到", "有效期截至"}, (*work).valid},
	{[]string{"应到", "应出席", "应参会"}, (*work).attended},
	{[]string{"要点》", "计划》", "清单》", "重点任务》"}, (*work).planOfYear},
	{[]string{"严禁", "禁止", "杜绝"}, (*work).forbidden},
	{fewer, (*work).times},
	{[]string{"截止"}, (*work).until},
}

// manyTemplates is room for all of them.
const manyTemplates = 80

// triggers are the words of all templates; kinds says which template a word is of.
var triggers, kinds = func() (*rule.Words, []int) {
	var words []string
	var kinds []int
	for i, t := range templates {
		for _, x := range t.words {
			words, kinds = append(words, x), append(kinds, i)
		}
	}
	for i, x := range swaps {
		words, kinds = append(words, x.wrong), append(kinds, len(templates)+i)
	}
	for _, x := range residues {
		words, kinds = append(words, x), append(kinds, len(templates)+len(swaps))
	}
	for _, x := range marks {
		words, kinds = append(words, x), append(kinds, len(templates)+len(swaps)+1)
	}
	return rule.NewWords(words), kinds
}()

// A swap is a word that is wrong wherever it stands.
type swap struct{ rule, wrong, right string }

//go:embed data/swaps.tsv
var swapData string

// swaps are found together with the words of the templates, and numbered behind them.
var swaps = func() (all []swap) {
	for line := range strings.Lines(swapData) {
		if f := strings.Split(strings.TrimRight(line, "\r\n"), "\t"); len(f) == 3 && !strings.HasPrefix(line, "#") {
			all = append(all, swap{f[0], f[1], f[2]})
		}
	}
	return append(all, tails()...)
}()

// swap reports the word at byte at unless a longer one was reported there.
func (w *work) swap(x swap, at int) {
	if at < w.swapped {
		return
	}
	w.swapped = at + len(x.wrong)
	w.sayClean(x.rule, at, w.swapped, x.right, x.right)
}

// templates looks for sentences whose halves do not fit: it judges each sentence in
// which a word of a template stands, once by that template.
func (w *work) templates(s string) {
	b, e := 0, 0 // the sentence looked at last
	var judged [manyTemplates]bool
	triggers.Each(s, func(word, at int) {
		if k := kinds[word] - len(templates); k >= 0 {
			switch {
			case k < len(swaps):
				w.swap(swaps[k], at)
			case k == len(swaps):
				w.residue(residues[word-(len(kinds)-len(residues)-len(marks))], at)
			case len(w.marks) < manyMarks:
				w.marks = append(w.marks, mark{marks[word-(len(kinds)-len(marks))], at})
			}
			return
		}
		if at >= e {
			b, e = sentenceAround(s, e, at)
			judged = [manyTemplates]bool{}
			if e-b > longSentence || strings.IndexByte(s[b:e], '\t') >= 0 {
				for i := range judged {
					judged[i] = true // a row of a table
				}
			}
		}
		if k := kinds[word]; !judged[k] {
			judged[k] = true
			templates[k].judge(w, s, b, e)
		}
	})
}

// What no sentence has more of is hostile, or no sentence at all: bytes, places where
// one template is tried, bytes of a clause.
const (
	longSentence = 6000
	tries        = 20
	longClause   = 300
)

// sentenceAround returns the sentence in which byte at stands, without the mark at
// its end, looking back no further than from.
func sentenceAround(s string, from, at int) (b, e int) {
	for b = at; b > from && s[b-1] != '\n' && !(b >= 3 && endMark(s, b-3)); b-- {
	}
	for e = at; e < len(s) && s[e] != '\n' && !endMark(s, e); e++ {
	}
	return b, e
}

// endMark tells whether a mark that ends a sentence stands at byte i.
func endMark(s string, i int) bool {
	if i+3 > len(s) || s[i] != 0xE3 && s[i] != 0xEF {
		return false
	}
	switch s[i : i+3] {
	case "。", "；", "！", "？":
		return true
	}
	return false
}

// clauseEnd is where the clause from b on ends: at a comma or e.
func clauseEnd(s string, b, e int) int {
	if k := strings.Index(s[b:e], "，"); k >= 0 {
		e = b + k
	}
	if k := strings.Index(s[b:e], ","); k >= 0 {
		e = b + k
	}
	return e
}
