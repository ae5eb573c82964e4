package citation

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"gongkai/inspection/rule"
	"gongkai/internal/zh"
)

var (
	//go:embed data/citation.json
	packData []byte
	//go:embed data/articles.tsv
	articleData string
	//go:embed data/known.tsv
	knownData string
	//go:embed data/repealed.tsv
	repealedData string
	//go:embed data/replaced.tsv
	replacedData string
	//go:embed data/versions.tsv
	versionData string
)

// A Checker judges citations. It may be shared.
type Checker struct {
	pack     *rule.Pack
	articles map[string]count // by title, with and without 中华人民共和国
	repealed map[string]repeal
	versions map[string][]version
	names    func() *names // made when a title is first found that no list has
}

// count is how many articles a law has.
type count struct {
	title string
	n     int
	sure  bool // the text in force was checked: every article beyond n is wrong
}

// repeal is what became of a law.
type repeal struct{ since, successor string }

// version is a decree that no longer is the text in force.
type version struct{ number, since, right string }

const state = "中华人民共和国"

// New returns the family of rules on citations.
func New() *Checker {
	p, err := rule.ParsePack(packData)
	if err != nil {
		panic(err)
	}
	c := &Checker{pack: p, articles: map[string]count{}, repealed: map[string]repeal{}, versions: map[string][]version{}}
	short := func(title string) string { return strings.TrimPrefix(title, state) }
	for _, f := range rows(articleData) {
		x := count{title: f[0], n: number(f[2])}
		c.articles[f[0]], c.articles[short(f[0])] = x, x
	}
	for _, f := range rows(knownData) {
		x := count{f[0], number(f[1]), true}
		c.articles[f[0]], c.articles[short(f[0])] = x, x
	}
	for _, data := range []string{repealedData, replacedData} {
		for _, f := range rows(data) {
			x := repeal{f[1], f[2]}
			for _, title := range []string{f[0], short(f[0])} {
				if _, lives := c.articles[title]; !lives || data == replacedData {
					c.repealed[title] = x
				}
			}
		}
	}
	for title, x := range c.repealed {
		// What took its place may have been replaced in its turn.
		for next, gone := c.repealed[x.successor]; gone && next.successor != x.successor; next, gone = c.repealed[x.successor] {
			x.successor = next.successor
		}
		c.repealed[title] = x
		delete(c.articles, title)
	}
	for _, f := range rows(versionData) {
		for _, title := range []string{f[0], short(f[0])} {
			c.versions[title] = append(c.versions[title], version{f[1], f[2], f[3]})
			if title == short(title) && f[0] == title {
				break
			}
		}
	}
	c.names = sync.OnceValue(c.collect)
	return c
}

// rows reads a list: fields between tabs, lines with # are notes.
func rows(data string) (all [][]string) {
	for line := range strings.Lines(data) {
		if line = strings.TrimRight(line, "\r\n"); line != "" && !strings.HasPrefix(line, "#") {
			all = append(all, strings.Split(line, "\t"))
		}
	}
	return all
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		panic(err) // the lists are the program's own
	}
	return n
}

// Pack is the rules of the family.
func (c *Checker) Pack() *rule.Pack { return c.pack }

// Check reports what is wrong with the citations in a text.
func (c *Checker) Check(f *rule.File, t *rule.Text, report func(rule.Finding)) {
	if f.Foreign || t.Hidden {
		return
	}
	w := &work{c: c, f: f, t: t, s: t.Clean(), report: report}
	w.titles()
	if f.Library != nil {
		w.numbers()
	}
}

// work is one text being judged.
type work struct {
	c      *Checker
	f      *rule.File
	t      *rule.Text
	s      *rule.Clean
	report func(rule.Finding)

	day   string // the text speaks from; see today
	asked bool
	near  map[string]string // titles no list has → the one each is near
}

// today is the day the text speaks from, "" if unknown.
func (w *work) today() string {
	if !w.asked {
		w.day, w.asked = w.f.Day(w.t), true
	}
	return w.day
}

// say reports bytes b to e of the clean text.
func (w *work) say(code string, b, e int, suggest string, args ...any) {
	from, to := w.s.Origin(b, e)
	r := w.c.pack.Rule(code)
	x := w.t.Find(r, from, to)
	x.Message = fmt.Sprintf(r.Message, args...)
	if suggest != "" {
		x.Suggest = []string{suggest}
	}
	if w.today() == "" && (code == "cite.law" || code == "cite.version") {
		x.Tier, x.Severity = rule.C, rule.Hint // the text may be old
	}
	w.report(x)
}

// longTitle is how many bytes a title has at most.
const longTitle = 300

// titles looks at everything between 《 and 》.
func (w *work) titles() {
	s := w.s.S
	for at := 0; ; {
		k := strings.Index(s[at:], "《")
		if k < 0 || w.f.Stopped() {
			return
		}
		b := at + k
		at = b + len("《")
		n := strings.Index(s[at:min(len(s), at+longTitle)], "》")
		if n < 0 {
			continue
		}
		title, e := s[at:at+n], at+n+len("》")
		if strings.ContainsAny(title, "《\n") {
			continue
		}
		w.law(title, b, e)
		if w.f.Library != nil {
			w.ownTitle(title, b, e)
		}
		at = e
	}
}

// law judges the title of a law, and what stands behind it.
func (w *work) law(title string, b, e int) {
	s := w.s.S
	if x, gone := w.c.repealed[title]; gone {
		if !w.historic(b, e, x.since) {
			w.say("cite.law", b, e, "《"+x.successor+"》", title, chineseDay(x.since), x.successor)
		}
		return
	}
	note, behind := "", e
	if strings.HasPrefix(s[e:], "（") || strings.HasPrefix(s[e:], "(") {
		if k := strings.IndexAny(s[e:min(len(s), e+120)], "）)"); k > 0 {
			_, n := utf8.DecodeRuneInString(s[e+k:])
			note, behind = s[e:e+k+n], e+k+n
		}
	}
	for _, v := range w.c.versions[title] {
		// Who names both decrees tells the law's history.
		if strings.Contains(note, "第"+v.number+"号") && strings.Count(note, "号") == 1 && !w.historic(b, behind, v.since) {
			w.say("cite.version", e, behind, "（"+v.right+"）", title, chineseDay(v.since), v.right)
		}
	}
	if x, ok := w.c.articles[title]; ok {
		w.article(x, behind)
		return
	}
	w.misnamed(title, b, e)
}

// article judges the articles that are cited right behind a title: 第九十条、第九十一条.
func (w *work) article(x count, at int) {
	s := w.s.S
	limit := x.n
	if !x.sure {
		// It may have been revised since the list was made, and a revision may add.
		limit = x.n + x.n/2 + 10
	}
	for {
		rest, ok := strings.CutPrefix(s[at:], "第")
		if !ok {
			return
		}
		n, used := zh.Numeral(rest)
		if n == 0 || !strings.HasPrefix(rest[used:], "条") {
			return
		}
		e := at + len("第") + used + len("条")
		if n > limit {
			w.say("cite.article", at, e, "", x.title, x.n)
		}
		at = e
		next, ok := strings.CutPrefix(s[at:], "、")
		if !ok {
			if next, ok = strings.CutPrefix(s[at:], "和"); !ok {
				return
			}
		}
		at = len(s) - len(next)
	}
}

// historic tells whether a mention is of how things were: the text is older than
// since, the sentence speaks of an earlier year, or says that it no longer holds.
func (w *work) historic(b, e int, since string) bool {
	s := w.s.S
	if day := w.today(); day != "" && day < since {
		return true
	}
	if rule.Past(s, b, e, since) {
		return true
	}
	before := s[max(0, b-18):b]
	for _, x := range []string{"原", "旧", "当时的", "已废止的", "废止", "原来的"} {
		if strings.HasSuffix(before, x) {
			return true
		}
	}
	end := min(len(s), e+600)
	if k := strings.IndexAny(s[e:end], "。\n"); k >= 0 {
		end = e + k
	}
	for _, x := range []string{"废止", "失效", "已被", "修订前", "不再适用", "停止执行", "取代", "代替"} {
		if strings.Contains(s[e:end], x) {
			return true
		}
	}
	return false
}

func chineseDay(day string) string {
	y, m, d := day[:4], strings.TrimPrefix(day[5:7], "0"), strings.TrimPrefix(day[8:], "0")
	return y + "年" + m + "月" + d + "日"
}
