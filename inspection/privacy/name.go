package privacy

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"gongkai/internal/zh"
)

// surnames are family names by number of bearers, with those of two characters.
const surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文温樊庞殷申倪牛洪安邢颜季关葛章岳齐欧骆聂焦兰柴詹甘左祝古涂毕翟霍耿柯俞游梅舒饶裴管盛宁凌包柳"

var doubleSurnames = []string{"欧阳", "上官", "司马", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "司徒", "令狐", "夏侯", "端木", "百里", "南宫", "独孤", "呼延", "轩辕", "长孙", "宇文"}

var words = sync.OnceValue(func() *zh.Segmenter { return zh.NewSegmenter() })

// personName tells whether s, alone, can be a person's name: a family name and one
// or two more Han characters, and no word of the dictionary.
func personName(s string) bool {
	n := utf8.RuneCountInString(s)
	if n < 2 || n > 4 {
		return false
	}
	for _, r := range s {
		if !unicode.Is(unicode.Han, r) {
			return false
		}
	}
	first, size := utf8.DecodeRuneInString(s)
	double := n >= 3 && len(s) >= 6 && has(doubleSurnames, s[:6])
	if !double && (n > 3 || !strings.ContainsRune(surnames, first)) {
		return false
	}
	if n == 2 || !double {
		// 高度, 安置, 方向 begin with a family name and are words.
		tokens := words().Cut(nil, s)
		if len(tokens) == 1 && n == 2 || len(tokens) == 1 && size == 3 && n == 3 && tokens[0].Kind == zh.Word {
			return false
		}
	}
	return true
}

func has(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
