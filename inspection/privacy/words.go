package privacy

import (
	"strings"
	"unicode/utf8"

	"gongkai/inspection/rule"
	"gongkai/internal/zh"
)

// anchors are the words that a look around begins at.
var anchors = []struct {
	word string
	look func(c *Checker, t *rule.Text, b, e int, report func(rule.Finding))
}{
	{"家庭住址", (*Checker).homeAt}, {"家庭地址", (*Checker).homeAt}, {"户籍地址", (*Checker).homeAt}, {"户籍所在地", (*Checker).homeAt}, {"现住址", (*Checker).homeAt},
	{"居住地址", (*Checker).homeAt}, {"常住地址", (*Checker).homeAt}, {"家住", (*Checker).homeAt}, {"暂住", (*Checker).homeAt},
	{"@", (*Checker).emailAt}, {"＠", (*Checker).emailAt},
	{"QQ", (*Checker).chatAt}, {"微信号", (*Checker).chatAt},
	{"字第", (*Checker).soldierAt},
	{"孤儿", (*Checker).minorAt}, {"留守儿童", (*Checker).minorAt}, {"困境儿童", (*Checker).minorAt}, {"未成年人", (*Checker).minorAt}, {"被害儿童", (*Checker).minorAt},
	{"受害女童", (*Checker).minorAt}, {"未成年受害人", (*Checker).minorAt}, {"未成年犯罪嫌疑人", (*Checker).minorAt},
}

var anchorMatcher = func() *zh.Matcher {
	var list []string
	for _, a := range anchors {
		list = append(list, a.word)
	}
	return zh.NewMatcher(list, nil)
}()

// words looks around every anchor word.
func (c *Checker) words(f *rule.File, t *rule.Text, report func(rule.Finding)) {
	anchorMatcher.Each(t.S, func(m zh.Match) bool {
		anchors[m.Pattern].look(c, t, m.Start, m.End, report)
		return !f.Stopped()
	})
}

// rest returns what follows a label: past brackets and a colon, to the end of the
// clause or cell, at most 90 bytes.
func rest(s string, e int) (from, to int) {
	for e < len(s) {
		r, n := utf8.DecodeRuneInString(s[e:])
		if !strings.ContainsRune(" :：为是在于)）　", r) {
			break
		}
		e += n
	}
	to = e
	for to < len(s) && to-e < 90 {
		r, n := utf8.DecodeRuneInString(s[to:])
		if strings.ContainsRune("，,。；;\n\t|（(", r) {
			break
		}
		to += n
	}
	return e, to
}

func (c *Checker) homeAt(t *rule.Text, _, e int, report func(rule.Finding)) {
	if from, to := rest(t.S, e); deepAddress(t.S[from:to]) {
		c.home(t, from, to, report)
	}
}

func (c *Checker) home(t *rule.Text, from, to int, report func(rule.Finding)) {
	f := t.Find(c.address, from, to)
	f.Suggest = []string{shallow(f.Text)}
	report(f)
}

// deepAddress tells whether an address leads to a door: a village or street, and
// a number below it.
func deepAddress(s string) bool {
	place := -1
	for _, w := range []string{"村", "社区", "路", "街", "巷", "弄", "道", "屯", "小区", "苑", "园", "庄", "组"} {
		if i := strings.Index(s, w); i > 0 {
			place = max(place, i)
		}
	}
	if place < 0 {
		return false
	}
	for _, w := range []string{"号", "室", "幢", "栋", "组", "户", "单元", "楼", "队"} {
		if i := strings.Index(s, w); i > 0 && isNumeral(s[:i]) {
			return true
		}
	}
	return false
}

// isNumeral tells whether s ends in a number, of digits or of Chinese numerals.
func isNumeral(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r >= '0' && r <= '9' || r >= '０' && r <= '９' || strings.ContainsRune("一二三四五六七八九十百", r)
}

// shallow cuts an address off behind the township or street office.
func shallow(s string) string {
	for _, w := range []string{"街道", "镇", "乡", "苏木"} {
		if i := strings.Index(s, w); i > 0 {
			return s[:i+len(w)]
		}
	}
	for _, w := range []string{"区", "县", "旗", "市"} {
		if i := strings.Index(s, w); i > 0 {
			return s[:i+len(w)]
		}
	}
	return "（删去）"
}

// freeMail are the hosts where people have their private mail.
var freeMail = []string{"qq.com", "vip.qq.com", "foxmail.com", "163.com", "126.com", "yeah.net", "sina.com", "sina.cn", "sohu.com", "139.com", "189.cn", "wo.cn", "aliyun.com",
	"gmail.com", "outlook.com", "hotmail.com", "icloud.com"}

func (c *Checker) emailAt(t *rule.Text, b, e int, report func(rule.Finding)) {
	from, to := b, e
	for from > 0 && mailByte(t.S[from-1]) {
		from--
	}
	for to < len(t.S) && mailByte(t.S[to]) {
		to++
	}
	host := strings.ToLower(strings.TrimRight(t.S[e:to], "."))
	if from == b || !has(freeMail, host) || officeMail(strings.ToLower(t.S[from:b])) {
		return
	}
	f := t.Find(c.email, from, e+len(host))
	f.Suggest = []string{t.S[from:from+1] + "***@" + host}
	report(f)
}

// officeMail tells boxes that offices keep at a free host, by what they are called.
func officeMail(name string) bool {
	for _, w := range []string{"zwgk", "xxgk", "zfxx", "zwfw", "gov", "office", "bangong", "bgs", "zfb", "xinfang"} {
		if strings.Contains(name, w) {
			return true
		}
	}
	return false
}

func mailByte(b byte) bool {
	return class[b] == number || class[b] == letter || b == '.' || b == '_' || b == '-' || b == '+'
}

func (c *Checker) chatAt(t *rule.Text, b, e int, report func(rule.Finding)) {
	if strings.HasSuffix(t.S[:b], "公众") || strings.HasPrefix(t.S[e:], "群") || strings.HasPrefix(t.S[e:], "邮箱") {
		return
	}
	from, _ := rest(t.S, e)
	to, digits := from, 0
	for to < len(t.S) && to-from <= 20 && mailByte(t.S[to]) && t.S[to] != '.' {
		if class[t.S[to]] == number {
			digits++
		}
		to++
	}
	if to-from < 5 || to-from > 20 || digits < 3 || t.S[to:] != "" && t.S[to] == '@' {
		return
	}
	f := t.Find(c.chat, from, to)
	f.Suggest = []string{Masked(f.Text)}
	report(f)
}

func (c *Checker) soldierAt(t *rule.Text, b, e int, report func(rule.Finding)) {
	kind, size := utf8.DecodeLastRuneInString(t.S[:b])
	to := e
	for to < len(t.S) && class[t.S[to]] == number {
		to++
	}
	if !strings.ContainsRune("军武士空海政后装北沈兰济南广成参", kind) || to-e < 6 || to-e > 8 || !strings.HasPrefix(t.S[to:], "号") {
		return
	}
	if k := newContext(t, b-size, to); kind != '军' && kind != '武' && kind != '士' && !k.has("军官证", "士兵证", "军人", "警官证", "文职") {
		return
	}
	f := t.Find(c.soldier, b-size, to+len("号"))
	f.Suggest = []string{string(kind) + "字第****号"}
	report(f)
}

func (c *Checker) minorAt(t *rule.Text, _, e int, report func(rule.Finding)) {
	s := t.S[e:]
	for _, w := range []string{"姓名", "：", ":", "（", "(", "“"} {
		if strings.HasPrefix(s, w) {
			s, e = s[len(w):], e+len(w)
		}
	}
	for n, i := 0, 0; i < len(s) && n < 4; n++ {
		_, size := utf8.DecodeRuneInString(s[i:])
		i += size
		if n == 0 || !personName(s[:i]) {
			continue
		}
		next, _ := utf8.DecodeRuneInString(s[i:])
		if i == len(s) || strings.ContainsRune("，,、（( 现男女。；;\n\t|", next) {
			f := t.Find(c.minor, e, e+i)
			f.Suggest = []string{maskName(f.Text)}
			report(f)
			return
		}
	}
}
