package writing

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// manyListed is beyond how many members of a list are compared.
const manyListed = 60

// lists looks, in a paragraph of the clean text, for lists that name a member twice:
// 区教育局、区公安局、区教育局.
func (w *work) lists(s string, from, to int) {
	for at := from; at < to; {
		k := strings.Index(s[at:to], "、")
		if k < 0 {
			return
		}
		// Lists of two name nothing twice.
		next := at + k + len("、")
		if !strings.Contains(s[next:min(to, next+3*2*longMember)], "、") {
			at = next
			continue
		}
		b, e := listAround(s, from, to, at+k)
		w.twiceListed(s, b, e)
		at = max(e, at+k+len("、"))
	}
}

// listAround returns the stretch between marks other than 、 in which byte at stands.
func listAround(s string, from, to, at int) (b, e int) {
	for b = at; b > from; {
		if b-from >= 3 && hanByte(s[b-3]) && s[b-1]&0xC0 == 0x80 && s[b-2]&0xC0 == 0x80 {
			b -= 3
			continue
		}
		r, n := utf8.DecodeLastRuneInString(s[from:b])
		if endsList(r) {
			break
		}
		b -= n
	}
	for e = at; e < to; {
		if hanByte(s[e]) && e+3 <= to {
			e += 3
			continue
		}
		r, n := utf8.DecodeRuneInString(s[e:to])
		if endsList(r) {
			break
		}
		e += n
	}
	return b, e
}

// endsList tells marks that no member of a list holds.
func endsList(r rune) bool {
	return r != '、' && !han(r) && (r < '0' || r > '9') && (r|32 < 'a' || r|32 > 'z')
}

func (w *work) twiceListed(s string, b, e int) {
	if strings.Count(s[b:e], "、") < 2 {
		return
	}
	var room [manyListed]string
	seen := room[:0]
	first := ""
	for i, n := b, 0; i < e && n < manyListed; n++ {
		end := e
		if k := strings.Index(s[i:e], "、"); k >= 0 {
			end = i + k
		}
		item := s[i:end]
		// Of the last member nobody knows where it ends, of the first where it begins.
		known, joined := memberLike(item)
		switch last := end == e; {
		case n == 0:
			first = item
		case known && last:
			if x := w.again(item, seen, first); x != "" {
				w.sayClean("grammar.listed", i-len("、"), i+len(x), "（删）", x)
				return
			}
		case !known || joined:
			// A sentence goes on here, and lists something else.
			first = ""
			seen = seen[:0]
		case slices.Contains(seen, item) || repeatsFirst(first, item):
			w.sayClean("grammar.listed", i, end+len("、"), "（删）", item)
			return
		default:
			seen = append(seen, item)
		}
		i = end + len("、")
	}
}

// memberLike tells whether an item of a list can be a name by its length and without
// numbers, and whether, behind its first character, it has one that joins lists.
func memberLike(item string) (known, joined bool) {
	n, number := 0, false
	for at, r := range item {
		n++
		number = number || r >= '0' && r <= '9'
		joined = joined || at >= len("和") && joints.has(r)
	}
	return n >= 3 && n <= longMember && !number, joined
}

// joints are characters that join one list to the next, and no names of members.
var joints = setOf("的和及与或由向对占为是在按依以等于第地")

// shortMember is below how many characters the last member begins with anything.
const shortMember = 4

// longMember is beyond how many characters a member of a list is a clause.
const longMember = 12

// leads end what may stand before the first member of a list.
var leads = []string{"更新", "公布", "发布", "完善", "调整", "涉及", "涵盖", "包含", "提交", "提供", "报送", "加强", "做好", "推进", "梳理", "编制", "公示", "规范", "落实", "开展", "在", "由", "对", "向", "与", "和", "同", "包括", "公开", "设有", "分为", "有", "是", "设", "即", "如", "：", "了", "及"}

// repeatsFirst tells whether a member is the first one again: 活动在红旗街道.
func repeatsFirst(first, member string) bool {
	head, ok := strings.CutSuffix(first, member)
	return ok && (head == "" || utf8.RuneCountInString(member) >= 4 && suffixIn(head, leads...))
}

// goesOn are words with which a sentence goes on behind a list.
var goesOn = []string{"等", "要", "应", "分别", "同步", "共同", "负责", "按", "开展", "举行", "举办", "进行", "组成", "联合", "参加", "配合", "牵头", "召开", "设立", "同时"}

// again returns the member with which the last one begins: 红旗街道 of 红旗街道同步开展.
func (w *work) again(last string, seen []string, first string) string {
	lead := last // what every such member begins with
	n := 0
	for i := range last {
		if n == shortMember {
			lead = last[:i]
			break
		}
		n++
	}
	if !strings.Contains(first, lead) && !slices.ContainsFunc(seen, func(x string) bool { return strings.HasPrefix(last, x) }) {
		return ""
	}
	tokens := w.c.cutter().Cut(nil, last)
	for i := len(tokens); i > 0; i-- {
		x := last[:tokens[i-1].End]
		if n := utf8.RuneCountInString(x); n < shortMember {
			return ""
		}
		if rest := last[len(x):]; (rest == "" || startsAny(rest, goesOn...)) && (slices.Contains(seen, x) || repeatsFirst(first, x)) {
			return x
		}
	}
	return ""
}
