package wording

import (
	_ "embed"
	"strings"
	"unicode/utf8"

	"gongkai/inspection/rule"
)

var (
	//go:embed data/institutions.tsv
	institutionData string
	//go:embed data/terms.tsv
	termData string
)

// A listed word stands in one of the lists.
type listed struct {
	rule     *rule.Rule
	word     string
	use, why string
	since    string
	titles   bool // also wrong inside 《》
	inWords  bool // also wrong as a part of a longer word: 弱智儿童
	hint     bool // only a hint
	quoted   bool // wrong even between “ and ”
	// first is what stands before the word with a gap between, "" if nothing need:
	// 台湾……等国家. What is reported is the word, or the first where atFirst is set.
	first   string
	atFirst bool
	right   []string // longer words in which it is right
}

// loadLists reads institutions and terms.
func (c *Checker) loadLists() {
	for _, f := range rows(institutionData) {
		for _, word := range spread(f[0]) {
			first, word := gap(word)
			l := listed{rule: c.institution, first: first, word: word, use: f[1], since: f[2], why: f[3], right: spreadAll(field(f, 5))}
			l.flags(field(f, 4))
			c.lists = append(c.lists, l)
		}
	}
	for _, f := range rows(termData) {
		for _, word := range spread(f[0]) {
			l := listed{rule: c.term, word: word, use: f[1], why: f[2], right: spreadAll(field(f, 4))}
			l.flags(field(f, 3))
			l.first, l.word = gap(word)
			c.lists = append(c.lists, l)
		}
	}
	for name, full := range c.places.shortened() {
		l := listed{rule: c.term, word: name, use: full, why: "民族自治地方的名称应写全", hint: !strings.HasSuffix(full, "区")}
		c.lists = append(c.lists, l)
	}
}

// flags are the marks of a row: title, in, hint, quoted, first.
func (l *listed) flags(marks string) {
	for _, m := range strings.Fields(marks) {
		switch m {
		case "title":
			l.titles = true
		case "in":
			l.inWords = true
		case "hint":
			l.hint = true
		case "quoted":
			l.quoted = true
		case "first":
			l.atFirst = true
		case "-":
		default:
			panic("unknown mark " + m + " of " + l.word) // the list is the program's own
		}
	}
}

// gap cuts 甲…乙 into what stands first and the word that is looked for.
func gap(word string) (first, rest string) {
	if a, b, ok := strings.Cut(word, "…"); ok {
		return a, b
	}
	return "", word
}

// spread writes out what a row leaves open: 中国{和|与}香港 are two words.
func spread(word string) []string {
	a, rest, ok := strings.Cut(word, "{")
	if !ok {
		return []string{word}
	}
	open, tail, _ := strings.Cut(rest, "}")
	var all []string
	for _, x := range strings.Split(open, "|") {
		for _, t := range spread(tail) {
			all = append(all, a+x+t)
		}
	}
	return all
}

func spreadAll(words string) (all []string) {
	for _, w := range strings.Fields(words) {
		all = append(all, spread(w)...)
	}
	return all
}

// field is a field of a row, "" where the row ends before it.
func field(f []string, i int) string {
	if i < len(f) {
		return f[i]
	}
	return ""
}

// longestGap is how many bytes may stand between the parts of a word with a gap.
const longestGap = 60

// place is where a listed word at the bytes b to e of s is reported; false if it is
// right there.
func (l *listed) place(s string, b, e int) (int, int, bool) {
	for _, x := range l.right {
		if k := strings.Index(x, l.word); b >= k && strings.HasPrefix(s[b-k:], x) {
			return 0, 0, false
		}
	}
	if strings.HasSuffix(l.word, "部") && strings.HasPrefix(s[e:], "门") {
		return 0, 0, false
	}
	if l.first == "" {
		return b, e, true
	}
	from := max(0, b-longestGap)
	if k := strings.LastIndexAny(s[from:b], "，。；：！？\n（）《》“”"); k >= 0 {
		_, n := utf8.DecodeRuneInString(s[from+k:])
		from += k + n
	}
	k := strings.LastIndex(s[from:b], l.first)
	if k < 0 {
		return 0, 0, false
	}
	if l.atFirst {
		return from + k, from + k + len(l.first), true
	}
	return b, e, true
}

// inSpeech tells whether a place stands between “ and ”: what is only quoted. Terms
// that have such marks themselves do not ask.
func inSpeech(s string, b int) bool {
	before := s[max(0, b-90):b]
	return strings.LastIndex(before, "“") > strings.LastIndex(before, "”")
}

// ethnic are the names of peoples as they stand in the names of places, the longer
// before those they contain.
var ethnic = []string{"维吾尔", "哈萨克", "柯尔克孜", "蒙古族", "朝鲜族", "土家族", "布依族", "哈尼族", "傈僳族", "景颇族", "拉祜族", "布朗族", "纳西族", "普米族", "毛南族", "仡佬族", "仫佬族", "裕固族", "保安族", "东乡族", "撒拉族", "达斡尔族",
	"回族", "藏族", "壮族", "苗族", "侗族", "彝族", "白族", "傣族", "瑶族", "满族", "黎族", "羌族", "畲族", "水族", "土族", "怒族", "佤族", "独龙族", "各族"}

// shortened are the names of autonomous places without the peoples that belong to
// them, and the full ones: 广西自治区 of 广西壮族自治区.
func (p *places) shortened() map[string]string {
	all := map[string]string{}
	for _, names := range []map[string][]string{p.above, p.within} {
		for full := range names {
			k := strings.Index(full, "自治")
			if k < 0 {
				continue
			}
			base := full[:k]
			for again := true; again; {
				again = false
				for _, x := range ethnic {
					if rest, ok := strings.CutSuffix(base, x); ok && utf8.RuneCountInString(rest) >= 2 {
						base, again = rest, true
					}
				}
			}
			if base != full[:k] {
				all[base+full[k:]] = full
			}
		}
	}
	return all
}
