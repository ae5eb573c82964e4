package readingtest

import (
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// The characters of annual reports in both scripts, in the same order.
const (
	simple = "规范据总称关单万元开监处务办请审结转县区年条诉讼讯议复维纠终业构会组织机种类别标准营环卫绩应当过虑项数额购买对当现废发级级举报专统计无须须间门户网络" +
		"新闻媒体传递询电话邮编号楼层实际费缴纳时国务院体系战略识认确与为从众来产权责编制经济给减增长导则决执违订签约银历归档测评馆图书乡镇稳继续补护没访获罚许属内众试这协议动权强台账"
	trad = "規範據總稱關單萬元開監處務辦請審結轉縣區年條訴訟訊議復維糾終業構會組織機種類別標準營環衛績應當過慮項數額購買對當現廢發級級舉報專統計無須須間門戶網絡" +
		"新聞媒體傳遞詢電話郵編號樓層實際費繳納時國務院體系戰略識認確與為從眾來產權責編製經濟給減增長導則決執違訂簽約銀歷歸檔測評館圖書鄉鎮穩繼續補護沒訪獲罰許屬內眾試這協議動權強臺賬"
)

// encode turns the text of a report into the bytes of its file, with the damages
// that happen to a text as a whole.
func (b *build) encode(s string) []byte {
	if b.Has(HalfWidth) {
		s = strings.NewReplacer("（", "(", "）", ")", "，", ",", "：", ":", "；", ";", "“", "\"", "”", "\"", "、申", ",申").Replace(s)
	}
	if b.Has(Traditional) {
		s = traditional(s)
		if b.For(string(Traditional)).Chance(50) { // some converters know more than others
			s = strings.NewReplacer("后", "後", "于", "於", "只", "祇", "系", "係", "征", "徵", "制", "製").Replace(s)
		}
	}
	switch {
	case b.Has(GB18030):
		out, err := simplifiedchinese.GB18030.NewEncoder().String(strings.Replace(s, `charset="utf-8"`, `charset="gb18030"`, 1))
		if err != nil {
			panic(err) // GB18030 has every character
		}
		return []byte(out)
	case b.Has(UTF16):
		order := unicode.LittleEndian
		if b.For("byte order").Chance(30) {
			order = unicode.BigEndian
		}
		out, err := unicode.UTF16(order, unicode.UseBOM).NewEncoder().String(s)
		if err != nil {
			panic(err)
		}
		return []byte(out)
	}
	return []byte(s)
}

var toTraditional, toSimple = func() (there, back map[rune]rune) {
	there, back = map[rune]rune{}, map[rune]rune{}
	t := []rune(trad)
	for i, r := range []rune(simple) {
		there[r], back[t[i]] = t[i], r
	}
	return there, back
}()

// simplified writes a text in simplified script.
func simplified(s string) string {
	return strings.Map(func(r rune) rune {
		if t, ok := toSimple[r]; ok {
			return t
		}
		return r
	}, s)
}

// traditional writes a text in traditional script.
func traditional(s string) string {
	return strings.Map(func(r rune) rune {
		if t, ok := toTraditional[r]; ok {
			return t
		}
		return r
	}, s)
}
