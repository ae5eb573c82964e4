package suspect

import (
	_ "embed"
	"strings"
	"unicode/utf8"

	"gongkai/internal/zh"
)

//go:embed data/protect.txt
var protectData string

// protect holds phrases that are right as they stand, however seldom counted.
var protect = func() *zh.Matcher {
	var all []string
	for line := range strings.Lines(protectData) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			all = append(all, line)
		}
	}
	return zh.NewMatcher(all, nil)
}()

// Protected tells whether s[b:e] touches a protected phrase, or a country called by
// one character.
func Protected(s string, b, e int) bool {
	from, to := max(0, b-24), min(len(s), e+24)
	touches := false
	protect.Each(s[from:to], func(m zh.Match) bool {
		touches = from+m.Start < e && from+m.End > b
		return !touches
	})
	return touches || diplomatic(s, b, e)
}

// countries are called by these characters beside China or another country.
const countries = "美俄英法德意日韩朝蒙印巴越老柬缅泰马菲新文哈吉塔乌土阿伊沙以叙约黎埃利突摩苏肯坦南津赞安刚加墨古智秘委哥厄玻澳斐瓦汤西葡荷比卢瑞挪芬丹冰希塞匈波捷斯罗保克拉白爱立尼孟不科卡也"

// diplomatic tells whether s[b:e] touches such a country: 中葡关系, 同葡方, 访葡.
func diplomatic(s string, b, e int) bool {
	_, n := utf8.DecodeLastRuneInString(s[:b])
	_, m := utf8.DecodeLastRuneInString(s[:b-n])
	at := b - n - m
	prev := rune(0)
	for i := at; i < e; {
		r, k := utf8.DecodeRuneInString(s[i:])
		next, _ := utf8.DecodeRuneInString(s[i+k:])
		rest := s[i+k:]
		if strings.ContainsRune(countries, r) {
			switch {
			case next == '方' && strings.ContainsRune("同与和对愿中、，,。谢向请", prev), prev == '中' && (strings.HasPrefix(rest, "关系") || strings.HasPrefix(rest, "两国") || strings.HasPrefix(rest, "双方") || strings.HasPrefix(rest, "友")):
				return i+k+3 > b
			case strings.ContainsRune("赴访驻", prev):
				return i+k > b
			}
		}
		prev = r
		i += k
	}
	return false
}
