package wording

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// regionWords are where lists that call Hong Kong, Macao and Taiwan states or what lies
// beyond a state's border are looked at.
var regionWords = []string{"等国家", "等国进口", "跨国", "出国"}

// regions are the names of Hong Kong, Macao and Taiwan in lists.
var regions = []string{"港澳台", "香港", "澳门", "台湾", "港澳", "台港澳"}

// regionsAt judges one of regionWords at the bytes b to e.
func (w *work) regionsAt(word string, b, e int) {
	s := w.s.S
	if quoted(s, b) || inSpeech(s, b) {
		return
	}
	clause := before(s, b)
	switch word {
	case "等国家", "等国进口":
		list := strings.Split(clause, "、")
		for k, x := range list {
			if k == 0 { // the first member begins anywhere
				x = tail(x, 9)
			}
			list[k] = x
		}
		ours := 0
		for _, x := range list {
			if slices.ContainsFunc(regions, func(r string) bool { return strings.HasSuffix(x, r) || strings.HasSuffix(x, r+"地区") }) {
				ours++
			}
		}
		rest := s[e:]
		and := slices.ContainsFunc([]string{"和地区", "（地区", "或地区", "与地区", "及地区", "、地区", "或者地区", "(地区"}, func(x string) bool { return strings.HasPrefix(rest, x) })
		next := first(rest)
		switch {
		case ours == 0 || ours == len(list) && len(list) < 2 && and:
		case and && ours == len(list):
			w.say(w.c.term, b, e+len(rest[:strings.Index(rest, "区")+len("区")]), "等地区", "等地区", "香港、澳门、台湾是中国的一部分，不得与国家并列")
		case and:
		case word == "等国进口" || !han(next) || strings.ContainsRune("的在是和与及来之进出以", next):
			w.say(w.c.term, b, b+len("等国家"), "等国家和地区", "等国家和地区", "香港、澳门、台湾不是国家")
		}
	case "跨国":
		lead := strings.TrimSuffix(strings.TrimSuffix(clause, "的"), "之间")
		if lead == clause {
			return
		}
		parties := strings.FieldsFunc(tail(lead, 12), func(r rune) bool { return strings.ContainsRune("与和同、及跟", r) })
		abroad, ours := 0, 0
		for _, x := range parties {
			switch {
			case slices.ContainsFunc(regions, func(r string) bool { return strings.HasSuffix(x, r) || strings.HasSuffix(x, r+"地区") }), strings.HasSuffix(x, "两岸"):
				ours++
			case !strings.HasSuffix(x, "内地") && !strings.HasSuffix(x, "大陆"):
				abroad++
			}
		}
		if ours > 0 && abroad == 0 {
			w.say(w.c.term, b, e, "跨境", "跨境", "内地（大陆）与香港、澳门、台湾之间不称“跨国”")
		}
	case "出国":
		rest := s[e:]
		for _, r := range regions {
			if strings.HasPrefix(rest, "到"+r) || strings.HasPrefix(rest, "去"+r) || strings.HasPrefix(rest, "赴"+r) {
				w.say(w.c.term, b, e, "出境", "出境", "赴香港、澳门、台湾不称“出国”")
			}
		}
	}
}

// before is the clause up to byte b.
func before(s string, b int) string {
	from := max(0, b-180)
	for from < b && !utf8.RuneStart(s[from]) {
		from++
	}
	if k := strings.LastIndexAny(s[from:b], "，。；：！？\n（）《》“”"); k >= 0 {
		_, n := utf8.DecodeRuneInString(s[from+k:])
		from += k + n
	}
	return s[from:b]
}

// tail are the last n characters of s at most.
func tail(s string, n int) string {
	i := len(s)
	for ; n > 0 && i > 0; n-- {
		_, k := utf8.DecodeLastRuneInString(s[:i])
		i -= k
	}
	return s[i:]
}

// formerly tells whether a name is called a former one, or is part of the name of a
// document or of what still bears it.
func formerly(s string, b, e int) bool {
	for _, x := range []string{"令", "公告", "门", "出版社", "学报", "旧址", "大楼", "宿舍", "家属", "小区", "片区", "退休", "老干部", "印发的", "发布的", "制定的"} {
		if strings.HasPrefix(s[e:], x) {
			return true
		}
	}
	lead := tail(s[:b], 12)
	if k := strings.LastIndexAny(lead, "，。；：！？、\n）《》“”"); k >= 0 {
		_, n := utf8.DecodeRuneInString(lead[k:])
		lead = lead[k+n:]
	}
	k := strings.LastIndex(lead, "原")
	if k < 0 {
		return strings.HasSuffix(s[:b], "党校（")
	}
	r, _ := utf8.DecodeLastRuneInString(lead[:k])
	return !strings.ContainsRune("中太平高草屯阳", r) || k == 0
}
