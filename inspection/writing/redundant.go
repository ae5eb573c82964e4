package writing

import (
	"strings"
	"unicode/utf8"
)

// forbidden: 严禁任何单位不得……, which forbids what it wants to have.
func (w *work) forbidden(s string, b, e int) {
	for _, lead := range []string{"严禁", "禁止", "杜绝"} {
		k := strings.Index(s[b:e], lead)
		if k < 0 {
			continue
		}
		from := b + k
		to := clauseEnd(s, from, e)
		for _, not := range []string{"不得", "不准", "不许", "不允许"} {
			j := strings.Index(s[from:to], not)
			// 严禁……、不得…… says two things, 禁止行为不得…… and 禁止的，不得…… name one.
			if j < 0 {
				continue
			}
			gap := s[from+len(lead) : from+j]
			if !startsAny(gap, "任何单位", "任何个人", "任何人", "任何企业", "任何部门", "任何组织", "各单位", "各部门", "各级", "各地", "各乡镇", "各企业", "一切单位", "一切人员", "工作人员", "企业", "单位", "个人", "学校") || holds(gap, "、", "的", "或", "区", "期") || utf8.RuneCountInString(gap) > 12 {
				continue
			}
			right := s[from+len(lead):from+j] + not
			w.sayClean("grammar.mixed", from, from+j+len(not), right, right)
			return
		}
	}
}

// fewer are words of what becomes less; what does, becomes less by parts of itself.
var fewer = []string{"减少", "下降", "降低", "缩短", "缩小", "缩减", "压缩"}

// wholeNumbers are what the number of 减少了两倍 consists of.
const wholeNumbers = "一两二三四五六七八九十数几0123456789"

// times: 减少了两倍, of what can become less by all of it at most.
func (w *work) times(s string, b, e int) {
	if !strings.Contains(s[b:e], "倍") {
		return
	}
	for _, word := range fewer {
		for at, n := b, 0; at < e && n < tries; n++ {
			k := strings.Index(s[at:e], word)
			if k < 0 {
				break
			}
			from := at + k
			i := from + len(word)
			at = i
			i += len(s[i:e]) - len(strings.TrimPrefix(s[i:e], "了"))
			number := i
			for i < e && (strings.ContainsRune(wholeNumbers, after(s, i)) || s[i] == '.') {
				_, size := utf8.DecodeRuneInString(s[i:])
				i += size
			}
			// 缩小10倍 is said of pictures, 降低一倍以上 of rates as well: only sums and counts
			// are compared so.
			if i == number || !strings.HasPrefix(s[i:e], "倍") || startsAny(s[i+len("倍"):], "率", "数", "镜", "的", "罚") || word == "缩小" && !strings.HasSuffix(s[from:number], "了") {
				continue
			}
			w.sayClean("grammar.mixed", number, i+len("倍"), "……分之……", word+"几分之几")
			return
		}
	}
}

// until: 截止2025年12月31日，: a day up to which is counted is 截至 it.
func (w *work) until(s string, b, e int) {
	for at, n := b, 0; at < e && n < tries; n++ {
		k := strings.Index(s[at:e], "截止")
		if k < 0 {
			return
		}
		i := at + k
		at = i + len("截止")
		rest := s[at:e]
		digits := len(rest) - len(strings.TrimLeft(rest, "0123456789"))
		// 报名截止2025年12月31日 is the day on which it ends.
		if digits == 0 || !clauseBegins(s, i) || !startsAny(rest[digits:], "年", "月") {
			continue
		}
		// A line of a table: 截止2025年底. The sentence has to go on.
		if j := strings.IndexAny(rest, "，,。；"); j < 0 || j > 36 || !strings.HasPrefix(rest[j:], "，") && !strings.HasPrefix(rest[j:], ",") {
			continue
		}
		w.sayClean("grammar.mixed", i, at, "截至", "截至")
		return
	}
}
