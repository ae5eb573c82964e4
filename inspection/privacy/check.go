package privacy

import (
	_ "embed"
	"slices"
	"strings"
	"unicode/utf8"

	"gongkai/inspection/rule"
)

//go:embed data/privacy.json
var data []byte

// A Checker finds personal data. It may be shared.
type Checker struct {
	pack *rule.Pack

	id, idTypo, id15, disabled, mobile, mobileBare, bank, account, passport, permit, soldier, plate,
	email, chat, address, name, health, household, minor, float *rule.Rule
}

// New returns the family of rules on personal data.
func New() *Checker {
	p, err := rule.ParsePack(data)
	if err != nil {
		panic(err)
	}
	c := &Checker{pack: p}
	for code, r := range map[string]**rule.Rule{
		"id": &c.id, "id-typo": &c.idTypo, "id15": &c.id15, "disabled": &c.disabled, "mobile": &c.mobile, "mobile-bare": &c.mobileBare,
		"bank": &c.bank, "account": &c.account, "passport": &c.passport, "permit": &c.permit, "soldier": &c.soldier, "plate": &c.plate, "email": &c.email,
		"chat": &c.chat, "address": &c.address, "name": &c.name, "health": &c.health, "household": &c.household, "minor": &c.minor,
		"float": &c.float,
	} {
		*r = p.Rule("privacy." + code)
	}
	return c
}

// Pack is the rules of the family.
func (c *Checker) Pack() *rule.Pack { return c.pack }

// Check reports the personal data in a text.
func (c *Checker) Check(f *rule.File, t *rule.Text, report func(rule.Finding)) {
	var known [][2]int // places of numbers
	note := func(x rule.Finding) {
		if x.Tier == rule.A {
			known = append(known, [2]int{x.Start, x.End})
		}
		report(x)
	}
	runs(t.S, 3, func(r *run) bool { c.run(t, r, note); return !f.Stopped() })
	c.broken(f, t, note)
	slices.SortFunc(known, func(a, b [2]int) int { return a[0] - b[0] })
	c.disguised(f, t, known, report)
	c.words(f, t, report)
	c.tables(f, t, report)
}

// run judges one run: every group of it alone, and neighbours together where
// somebody wrote a number with gaps.
func (c *Checker) run(t *rule.Text, r *run, report func(rule.Finding)) {
	if r.n < 6 {
		return
	}
	if r.breaks == 0 {
		c.group(t, r, 0, r.n, report)
		return
	}
	for i := 0; i < r.n; {
		end := i + 1
		for end < r.n && r.solid(i, end+1) {
			end++
		}
		if end-i >= 6 && c.group(t, r, i, end, report) {
			i = end
			continue
		}
		if j := c.joined(t, r, i, report); j > 0 {
			i = j
			continue
		}
		i = end
	}
}

// group judges characters i to j, which stand together, and tells whether they
// were recognised, as personal or as something else.
func (c *Checker) group(t *rule.Text, r *run, i, j int, report func(rule.Finding)) bool {
	first := i
	for first < j && r.b[first] > '9' {
		first++
	}
	body, digits := r.b[first:j], r.b[i:j]
	k := newContext(t, r.at[i], r.endOf(j))
	say := func(rl *rule.Rule, from, to int, mask string) bool {
		f := t.Find(rl, r.at[from], r.endOf(to))
		f.Suggest = []string{mask}
		report(f)
		return true
	}
	switch len(body) {
	case 20:
		if allDigits(body) && identity(body[:18]) == idValid && body[18] >= '1' && body[18] <= '7' && body[19] >= '1' && body[19] <= '4' {
			return say(c.disabled, first, j, maskID(body))
		}
	case 18:
		switch id := identity(body); {
		case id == idValid && !(k.near == creditWord && creditCode(body)):
			return say(c.id, first, j, maskID(body))
		case creditCode(body):
			return true
		case identity(read(body)) == idValid:
			return say(c.id, first, j, maskID(read(body)))
		case id != idNo && string(body[15:]) == "000" && allDigits(body) && (k.near == idWord || k.near == noWord && two(body[6:])*100+two(body[8:]) <= 2015):
			return say(c.float, first, j, maskID(body))
		case id == idTypo && (k.near == idWord || k.near == noWord && !k.table && k.nameNear):
			return say(c.idTypo, first, j, maskID(body))
		}
	case 17, 19:
		if k.near == idWord && nearlyIdentity(body) {
			return say(c.idTypo, first, j, maskID(body))
		}
	case 15:
		if k.near == idWord && oldIdentity(body) {
			return say(c.id15, first, j, maskID(body))
		}
	case 13:
		if body[0] == '8' && body[1] == '6' && allDigits(body) && mobile(body[2:]) && k.near != codeWord {
			return say(c.mobile, first, j, maskMobile(body))
		}
	case 11:
		if first == i && allDigits(body) && mobile(body) {
			return c.phone(t, k, r, i, j, say)
		}
	}
	if n := len(body); n >= 16 && n <= 19 && first == i && allDigits(body) && luhn(body) && c.card(k, body) {
		return say(c.bank, i, j, maskCard(body))
	}
	if first == i && allDigits(body) && accountOf(t, k, len(body), r.at[i], r.endOf(j)) {
		return say(c.account, i, j, maskCard(body))
	}
	return c.document(t, k, r, i, j, digits, say, report)
}

// phone judges eleven digits of the shape of a mobile number.
func (c *Checker) phone(t *rule.Text, k *context, r *run, i, j int, say func(*rule.Rule, int, int, string) bool) bool {
	before, after := t.S[:r.at[i]], t.S[r.endOf(j):]
	if strings.HasSuffix(before, ".") || strings.HasPrefix(after, ".") && len(after) > 1 && after[1] >= '0' && after[1] <= '9' {
		return false
	}
	for _, unit := range []string{"元", "万", "亿", "平方", "㎡", "吨", "%", "号", "美元", "人", "次", "立方", "户", "条", "件", "千瓦", "度"} {
		if strings.HasPrefix(strings.TrimLeft(after, " "), unit) && k.near != phoneWord {
			return false
		}
	}
	switch k.near {
	case codeWord, idWord, creditWord, cardWord:
		return false
	case phoneWord:
		return say(c.mobile, i, j, maskMobile(r.b[i:j]))
	}
	return say(c.mobileBare, i, j, maskMobile(r.b[i:j]))
}

// card tells whether digits that pass the check are a person's card.
func (c *Checker) card(k *context, body []byte) bool {
	switch {
	case k.office, k.near == codeWord, k.near == idWord, k.near == creditWord:
		return false
	case k.near == cardWord:
		return true
	}
	return body[0] == '6' && body[1] == '2' && (len(body) == 16 || len(body) == 19)
}

// document judges passports, permits and plates.
func (c *Checker) document(t *rule.Text, k *context, r *run, i, j int, s []byte,
	say func(*rule.Rule, int, int, string) bool, report func(rule.Finding)) bool {
	n := len(s)
	letters := 0
	for letters < n && s[letters] > '9' {
		letters++
	}
	rest := allDigits(s[letters:])
	switch {
	case n == 9 && rest && (letters == 1 && strings.IndexByte("EGDSP", s[0]) >= 0 || letters == 2 && s[0] == 'E') && k.has("护照"):
		return say(c.passport, i, j, maskTail(s, 2, 2))
	case rest && letters == 1 && (n == 9 || n == 11) && strings.IndexByte("HMCW", s[0]) >= 0 && k.has("通行证", "回乡证", "往来港澳", "往来台湾"),
		rest && letters == 2 && n == 9 && s[0] == 'C' && k.has("通行证", "往来港澳", "往来台湾"),
		rest && letters == 0 && n == 8 && k.has("台胞证", "台湾居民来往大陆"):
		return say(c.permit, i, j, maskTail(s, 1, 2))
	}
	if from, ok := plateStart(t.S, r.at[i], s); ok {
		f := t.Find(c.plate, from, r.endOf(j))
		f.Suggest = []string{maskPlate(f.Text)}
		report(f)
		return true
	}
	return false
}

// joined judges groups from character i on that belong together, and returns
// where they end, 0 if they do not.
func (c *Checker) joined(t *rule.Text, r *run, i int, report func(rule.Finding)) int {
	say := func(rl *rule.Rule, j int, mask string) int {
		f := t.Find(rl, r.at[i], r.endOf(j))
		f.Suggest = []string{mask}
		report(f)
		return j
	}
	for j := i + 11; j <= r.n && j <= i+20; j++ {
		if j < r.n && r.breaks>>uint(j)&1 == 0 {
			continue // in the middle of a group
		}
		body := r.b[i:j]
		switch n := j - i; {
		case n == 18 && identity(body) == idValid:
			return say(c.id, j, maskID(body))
		case n == 20 && allDigits(body) && identity(body[:18]) == idValid && body[18] >= '1' && body[18] <= '7':
			return say(c.disabled, j, maskID(body))
		case n == 11 && allDigits(body) && mobile(body) && (r.grouped(i, 3, 4, 4) || r.spaced(i, j)):
			if k := newContext(t, r.at[i], r.endOf(j)); k.near == phoneWord {
				return say(c.mobile, j, maskMobile(body))
			} else if k.near != codeWord {
				return say(c.mobileBare, j, maskMobile(body))
			}
		case n >= 16 && n <= 19 && allDigits(body) && luhn(body) && r.grouped(i, 4, 4, 4) && c.card(newContext(t, r.at[i], r.endOf(j)), body):
			return say(c.bank, j, maskCard(body))
		case n >= 16 && n <= 19 && allDigits(body) && r.grouped(i, 4, 4, 4) && (j == r.n || n == 19) && accountOf(t, newContext(t, r.at[i], r.endOf(j)), n, r.at[i], r.endOf(j)):
			return say(c.account, j, maskCard(body))
		}
	}
	return 0
}

// grouped tells whether the groups from i on have these lengths.
func (r *run) grouped(i int, lengths ...int) bool {
	for _, n := range lengths {
		if i+n > r.n || !r.solid(i, i+n) || i+n < r.n && r.breaks>>uint(i+n)&1 == 0 {
			return false
		}
		i += n
	}
	return true
}

// spaced tells whether every character from i to j stands alone.
func (r *run) spaced(i, j int) bool {
	return r.breaks>>(uint(i)+1)&(1<<uint(j-i-1)-1) == 1<<uint(j-i-1)-1
}

// endOf returns the byte after character j-1.
func (r *run) endOf(j int) int {
	if j >= r.n {
		return r.end
	}
	if r.wide>>uint(j-1)&1 == 1 {
		return r.at[j-1] + 3
	}
	return r.at[j-1] + 1
}

// read takes the letters O and I for the digits they were typed for; no credit code
// has either.
func read(s []byte) []byte {
	b := slices.Clone(s)
	for i, c := range b {
		switch c {
		case 'O':
			b[i] = '0'
		case 'I':
			b[i] = '1'
		}
	}
	return b
}

func allDigits(s []byte) bool {
	for _, b := range s {
		if b < '0' || b > '9' {
			return false
		}
	}
	return len(s) > 0
}

// nearlyIdentity tells whether 17 or 19 characters are an identity number with
// one dropped or doubled.
func nearlyIdentity(s []byte) bool {
	if !allDigits(s[:len(s)-1]) || !provinces[two(s)] {
		return false
	}
	year := two(s[6:])
	return year == 19 || year == 20
}

// plateStart finds the beginning of a plate whose digits and letters begin at b.
func plateStart(s string, b int, body []byte) (int, bool) {
	before := s[:b]
	n := len(body)
	if strings.HasSuffix(before, "·") || strings.HasSuffix(before, "•") {
		_, size := utf8.DecodeLastRuneInString(before)
		before = before[:len(before)-size]
		if before == "" || before[len(before)-1] < 'A' || before[len(before)-1] > 'Z' || n != 5 && n != 6 {
			return 0, false
		}
		before = before[:len(before)-1]
	} else if body[0] <= '9' || n != 6 && n != 7 {
		return 0, false
	}
	p, size := utf8.DecodeLastRuneInString(before)
	if !strings.ContainsRune("京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼", p) || p == utf8.RuneError {
		return 0, false
	}
	tail := body[len(body)-5:]
	letters := 0
	for _, b := range tail {
		if b == 'I' || b == 'O' {
			return 0, false
		}
		if b > '9' {
			letters++
		}
	}
	return len(before) - size, letters <= 2
}
