package writing

import (
	"strings"
	"unicode/utf8"

	"gongkai/inspection/spelling/sound"
)

// genres are the kinds of papers a title 关于……的 ends with.
var genres = []string{"通知", "通报", "通告", "公告", "公示", "公报", "意见", "决定", "决议", "批复", "请示", "报告", "复函", "命令", "议案", "纪要", "方案", "办法", "细则", "规定", "预案", "指南", "说明", "答复", "建议",
	"解读", "总结", "计划", "要点", "声明", "启事", "提案", "倡议", "情况", "清单", "名单", "目录"}

// widestTitle is how many characters a title has at most; a longer line is a sentence.
const widestTitle = 90

// genre looks for a title that ends with no word, but nearly with the name of a kind of
// paper: 关于举办培训班的通之. Titles stand before the first line that ends a sentence.
func (w *work) genre() {
	s := w.t.S
	for at, lines := 0, 0; at < len(s) && lines < 6; lines++ {
		end := len(s)
		if i := strings.IndexByte(s[at:], '\n'); i >= 0 {
			end = at + i
		}
		line := strings.TrimSpace(s[at:end])
		from := at + strings.Index(s[at:end], line)
		at = end + 1
		switch {
		case line == "":
			lines--
		case strings.ContainsAny(line, "。；") || strings.HasSuffix(line, "：") || utf8.RuneCountInString(line) > widestTitle:
			return
		case strings.Contains(line, "关于"):
			w.genreOf(from, line)
		}
	}
}

// genreOf looks at one title, which begins at byte from of the text. Where a title ends
// with a word it may be about that; only 公式, a formula, is nearly always 公示.
func (w *work) genreOf(from int, title string) {
	i := strings.LastIndex(title, "的")
	if i < strings.Index(title, "关于") {
		return
	}
	last := title[i+len("的"):]
	r := []rune(last)
	if len(r) != 2 || !han(r[0]) || !han(r[1]) || w.isWord(last) && last != "公式" {
		return
	}
	best, how := "", sound.None
	for _, g := range genres {
		o := []rune(g)
		k := 0
		switch {
		case o[0] == r[0]:
			k = 1
		case o[1] != r[1]:
			continue
		}
		if like := sound.Alike(r[k], o[k]); like != sound.None && (how == sound.None || like < how) {
			best, how = g, like
		}
	}
	if best != "" {
		b := from + i + len("的")
		w.say("element.genre", b, b+len(last), best, best)
	}
}

// zeros looks for a letter or a digit in a year written with Chinese numerals:
// 二O二六年.
func (w *work) zeros() {
	s := w.t.S
	strange := []string{"O", "o", "Ｏ", "０"}
	if !w.wideZero {
		strange = strange[:2]
	}
	for _, zero := range strange {
		for at := 0; ; {
			i := strings.Index(s[at:], zero)
			if i < 0 {
				break
			}
			i += at
			at = i + len(zero)
			w.zero(s, i)
		}
	}
}

// strangers are what is written for 〇 by whoever does not find it on the keyboard.
const strangers = "OoＯ０0"

// zero looks at the year around a stranger at byte i.
func (w *work) zero(s string, i int) {
	in := func(r rune) bool { return strings.ContainsRune("〇○零一二三四五六七八九"+strangers, r) }
	b, e := i, i
	for n := 0; n < 4; n++ {
		r, size := utf8.DecodeLastRuneInString(s[:b])
		if size == 0 || !in(r) {
			break
		}
		b -= size
	}
	for n := 0; n < 4; n++ {
		r, size := utf8.DecodeRuneInString(s[e:])
		if size == 0 || !in(r) {
			break
		}
		e += size
	}
	year := s[b:e]
	if utf8.RuneCountInString(year) != 4 || !strings.HasPrefix(s[e:], "年") || strings.IndexAny(year, strangers) != i-b || !han(before(s, e)) && !han(after(s, b)) {
		return
	}
	right := strings.Map(func(r rune) rune {
		if strings.ContainsRune(strangers, r) {
			return '〇'
		}
		return r
	}, year)
	w.say("number.zero", b, e, right, right)
}
