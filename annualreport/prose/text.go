package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Span is a stretch of text in code points, End exclusive.
type Span struct{ Start, End int }

// brk ends a sentence where the text says so without a mark: a paragraph, a
// table cell, a stretch to skip.
const brk = '\n'

// prepared is the text as the patterns read it: one width, one script, one set
// of marks, nothing between the characters of a sentence that the layout put
// there. Every rune knows where it came from.
type prepared struct {
	src   string
	runes []rune
	flat  []byte // the same as UTF-8, for the matcher
	place []place
}

// place is where a rune stands in the source.
type place struct {
	at    int32 // its code point
	byte  int32 // its offset in bytes
	apart bool  // a line break stood before it: digits do not join over it
}

// prepare folds the text and leaves the skipped stretches out.
func (p *prepared) prepare(src string, skip []Span) {
	p.src = src
	p.runes, p.flat, p.place = p.runes[:0], p.flat[:0], p.place[:0]
	apart := false
	point := -1
	for i := 0; i < len(src); {
		r, n := rune(src[i]), 1
		if r >= 0x80 {
			// most of the text by far: U+4000 to U+CFFF
			if b := src[i:]; r >= 0xE4 && r <= 0xEC && len(b) > 2 && b[1]&0xC0 == 0x80 && b[2]&0xC0 == 0x80 {
				r, n = (r&0xF)<<12|rune(b[1]&0x3F)<<6|rune(b[2]&0x3F), 3
			} else {
				r, n = utf8.DecodeRuneInString(b)
			}
		}
		point++
		for len(skip) > 0 && point >= skip[0].End {
			skip = skip[1:]
		}
		if len(skip) > 0 && point >= skip[0].Start {
			p.stop(point, i)
			i += n
			continue
		}
		if r >= 0x4E00 && r <= 0x9FFF {
			p.add(simple[r-0x4E00], point, i, apart)
			apart = false
			i += n
			continue
		}
		switch {
		case r == '\n':
			if p.ends(src[i+1:]) {
				p.stop(point, i)
			}
			apart = true
		case r == '\t' || r == '|':
			p.stop(point, i)
		case r == ' ' || r == '\r' || r == '*' || r == '#' || r == '`' || r == '\u00A0' || r == '\u3000' ||
			r >= 0x2000 && unicode.IsSpace(r), r >= 0x200B && r <= 0x200F, r == 0xFEFF:
			// layout and Markdown, no text
		default:
			r = fold(r)
			if r == '，' && p.groups(src[i:]) {
				break // 12,345
			}
			p.add(r, point, i, apart)
			apart = false
		}
		i += n
	}
	p.stop(point+1, len(src))
}

func (p *prepared) add(r rune, point, at int, apart bool) {
	p.runes = append(p.runes, r)
	if r >= 0x4E00 && r <= 0x9FFF {
		p.flat = append(p.flat, byte(0xE0|r>>12), byte(0x80|r>>6&0x3F), byte(0x80|r&0x3F))
	} else {
		p.flat = utf8.AppendRune(p.flat, r)
	}
	p.place = append(p.place, place{int32(point), int32(at), apart})
}

func (p *prepared) stop(point, at int) {
	if n := len(p.runes); n > 0 && p.runes[n-1] != brk {
		p.add(brk, point, at, true)
	}
}

// groups tells whether the comma that text begins with groups the digits of one
// number: only the half-width comma does, with digits right before it and
// exactly three behind.
func (p *prepared) groups(text string) bool {
	if text[0] != ',' || len(p.runes) == 0 || !digit(p.runes[len(p.runes)-1]) || len(text) < 4 {
		return false
	}
	for i := 1; i <= 3; i++ {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return len(text) == 4 || text[4] < '0' || text[4] > '9'
}

// ends tells whether a line break before the text given ends the sentence: what
// stands before it is complete, or a new line of its own begins. Paragraphs that
// a page cut in two go on.
func (p *prepared) ends(rest string) bool {
	n := len(p.runes)
	if n == 0 {
		return false
	}
	switch p.runes[n-1] {
	case '。', '；', '：', '？', '！', brk:
		return true
	}
	rest = strings.TrimLeft(rest, " \t\r\n\u00A0\u3000*")
	r, size := utf8.DecodeRuneInString(rest)
	next, more := utf8.DecodeRuneInString(rest[size:])
	switch {
	case rest == "" || r == '#' || r == '•' || r == '-' || r == '|':
		return true
	case r == '（' || r == '(':
		after, _ := utf8.DecodeRuneInString(rest[size+more:])
		return strings.ContainsRune(ordinals, next) && (after == '）' || after == ')')
	case strings.ContainsRune(ordinals, r) || digit(r):
		if next == '、' || next == '.' || next == '．' {
			return true
		}
	}
	return p.heading()
}

// heading tells whether the line that ends here is a heading: it begins with an
// ordinal and holds no sentence.
func (p *prepared) heading() bool {
	for i := len(p.runes) - 1; i >= 0 && i > len(p.runes)-40; i-- {
		switch p.runes[i] {
		case '，', '。':
			return false
		case brk:
			return opens(p.runes[i+1:])
		}
		if i == 0 {
			return opens(p.runes)
		}
	}
	return false
}

// opens tells whether a line begins with an ordinal: 一、 （一） 1. 1、
func opens(line []rune) bool {
	if len(line) < 3 {
		return false
	}
	if line[0] == '（' {
		return line[2] == '）'
	}
	return (strings.ContainsRune(ordinals, line[0]) || digit(line[0])) && (line[1] == '、' || line[1] == '.')
}

const ordinals = "一二三四五六七八九十"

func digit(r rune) bool { return '0' <= r && r <= '9' }

// fold gives the rune the patterns know: Chinese marks, half-width digits,
// simplified characters.
func fold(r rune) rune {
	switch {
	case r < 0x80:
		switch r {
		case ',':
			return '，'
		case ';':
			return '；'
		case ':':
			return '：'
		case '(':
			return '（'
		case ')':
			return '）'
		case '?':
			return '？'
		case '!':
			return '！'
		case '"':
			return '“'
		}
		return r
	case 0x4E00 <= r && r <= 0x9FFF:
		return simple[r-0x4E00]
	case '０' <= r && r <= '９' || r == '％' || r == '．':
		return r - 0xFEE0
	}
	switch r {
	case '”', '「', '」', '『', '』', '„':
		return '“'
	case '﹪':
		return '%'
	case '﹙':
		return '（'
	case '﹚':
		return '）'
	case '｡':
		return '。'
	}
	return r
}

// simple turns the traditional characters of our words into simplified ones.
var simple = func() *[0xA000 - 0x4E00]rune {
	m := new([0xA000 - 0x4E00]rune)
	for i := range m {
		m[i] = rune(0x4E00 + i)
	}
	pairs := []rune("開开發发辦办結结條条許许罰罚處处關关總总計计維维訟讼復复複复議议請请數数轉转繼继續续訪访舉举報报訴诉類类" +
		"廢废製制現现規规範范執执權权銷销獲获據据該该無无業业機机構构團团組组織织個个項项達达約约過过餘余萬万億亿別别佔占" +
		"較较長长減减獎奖徵征費费採采購购額额縣县區区鎮镇鄉乡黨党書书補补從从於于與与為为並并決决須须證证進进還还對对後后" +
		"應应當当屬属國国務务內内歸归檔档糾纠錯错審审屆届實实際际繳缴認认確确產产訊讯網网絡络線线視视圖图體体電电話话" +
		"時时門门戶户見见導导級级員员貼贴種种雙双讓让變变專专題题欄栏聞闻會会場场點点顯显點点億亿幾几兩两歲岁萬万單单")
	for i := 0; i+1 < len(pairs); i += 2 {
		m[pairs[i]-0x4E00] = pairs[i+1]
	}
	return m
}()
