package spelling

import (
	"strings"
	"unicode/utf8"

	"gongkai/internal/zh"
)

// Names are what no count of words knows: of people, places and firms. What the
// statistics suspect about their characters is no suspicion.

// named tells whether s[b:e], for which right would stand, is part of a name.
func named(s string, b, e int, right string) bool {
	return strings.ContainsAny(s[b:e], capitals) || somebody(s, b, e, right) || somewhere(s, b, e, right) || firm(s, b, e) || measured(s, b, e)
}

// capitals are the numerals of amounts of money, which nobody types by mistake. 陆, 伍
// and 拾 are common in names and words and not among them.
const capitals = "壹贰叁肆柒捌玖佰仟"

// surnames are the family names of most people, with rarer ones that statistics
// take for slips.
const surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文温樊庞殷申倪牛洪安邢颜季关葛章岳齐欧骆聂焦兰柴詹甘左祝古涂毕翟霍耿柯俞游梅舒饶裴管盛宁凌包柳尤昌喻费岑卜傅卞伍元卫成应宗宣费柏查荀裘缪戚竺苗柳"

// callings are what stands before a person's name.
var callings = []string{"经营者", "通讯员", "记者", "作者", "摄影", "负责人", "法定代表人", "联系人", "申请人", "当事人", "被处罚人", "户主", "姓名", "供稿", "编辑",
	"书记", "主任", "局长", "镇长", "区长", "县长", "市长", "院长", "校长", "科长", "处长", "部长", "所长", "站长", "队长", "委员", "同志"}

// somebody tells whether a stretch lies in the name of a person: 葛某某; a cell or
// item of two to four characters that begins with a family name; what stands behind
// 经营者 and the like.
func somebody(s string, b, e int, right string) bool {
	if strings.HasPrefix(s[e:], "某") || strings.Contains(s[b:e], "某") {
		return true
	}
	from, to := alone(s, b, e)
	word := s[from:to]
	n := utf8.RuneCountInString(word)
	before := strings.TrimRight(s[max(0, from-30):from], " \t\n　：:（(")
	for _, c := range callings {
		if n <= 4 && strings.HasSuffix(before, c) {
			return true
		}
		if i := strings.LastIndex(s[max(from, b-24):b], c); i >= 0 && utf8.RuneCountInString(s[max(from, b-24)+i+len(c):b]) <= 1 && surname(s[max(from, b-24)+i+len(c):]) {
			return true
		}
	}
	return n >= 2 && n <= 4 && surname(word) && !isWord(s[from:b]+right+s[e:to])
}

func surname(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	return n > 1 && strings.ContainsRune(surnames, r)
}

// alone returns the run of Han characters around a stretch, as far as a name can
// reach.
func alone(s string, b, e int) (from, to int) {
	from, to = b, e
	for range 6 {
		r, n := utf8.DecodeLastRuneInString(s[:from])
		if zh.KindOf(r) != zh.Word || r < 0x2e80 {
			break
		}
		from -= n
	}
	for range 6 {
		r, n := utf8.DecodeRuneInString(s[to:])
		if zh.KindOf(r) != zh.Word || r < 0x2e80 {
			break
		}
		to += n
	}
	return from, to
}

// places are what names of places end with.
var places = []string{"水库", "公园", "小区", "社区", "街道", "大道", "广场", "大厦", "中学", "小学", "幼儿园", "花园", "新村", "工业园", "科技园", "灌区",
	"溪", "湖", "河", "江", "路", "街", "村", "镇", "乡", "山", "岭", "桥", "庄", "屯", "寨", "坝", "堰", "渠", "港", "湾", "塘", "库", "坞", "浦", "圩", "洲", "岛"}

// somewhere tells whether a stretch is the name before 溪, 路, 水库 …, unless what
// would stand there makes a word of it: 鱼村 is no name where 渔村 is a word.
func somewhere(s string, b, e int, right string) bool {
	for _, p := range places {
		if strings.HasPrefix(s[e:], p) {
			return !common(right+p) && !joins(s[:b], right+p)
		}
	}
	return false
}

// joins tells whether the end of before and right make a word together.
func joins(before, right string) bool {
	at := len(before)
	for range 3 {
		_, n := utf8.DecodeLastRuneInString(before[:at])
		at -= n
		if at < len(before) && common(before[at:]+right) {
			return true
		}
	}
	return false
}

// firms are what names of firms end with.
var firms = []string{"有限公司", "有限责任公司", "股份公司", "合作社", "经营部", "工作室", "家庭农场", "事务所"}

// firm tells whether a stretch lies in the first four characters of a firm's own
// name, behind the name of its place.
func firm(s string, b, e int) bool {
	_, to := alone(s, b, e)
	for range 2 {
		_, to = alone(s, b, to)
	}
	ends := false
	for _, f := range firms {
		ends = ends || strings.Contains(s[e:to], f)
	}
	if !ends {
		return false
	}
	at := b
	for range 4 {
		r, n := utf8.DecodeLastRuneInString(s[:at])
		if at == 0 || zh.KindOf(r) != zh.Word || strings.ContainsRune("省市县区镇州旗", r) {
			return true
		}
		at -= n
	}
	return false
}

// measures are measure words that are seldom seen behind numbers.
const measures = "尾羽株穴盏具宗例起户栋幢间处座条只头匹公顷亩粒丛蔸畦艘辆架门座眼口面顶床席卷册帧幅枚尊"

// measured tells whether a stretch is the measure word of a number: 47万尾.
func measured(s string, b, e int) bool {
	r, n := utf8.DecodeRuneInString(s[b:e])
	if n != e-b || !strings.ContainsRune(measures, r) {
		return false
	}
	p, _ := utf8.DecodeLastRuneInString(s[:b])
	return p >= '0' && p <= '9' || strings.ContainsRune("一二三四五六七八九十百千万亿两多余", p)
}

// common tells whether s is a word people use: 渔村, not 沿溪.
func common(s string) bool {
	words, _ := zh.Dictionary()
	often, ok := words.Lookup(s)
	return ok && often >= 250
}

func isWord(s string) bool {
	words, _ := zh.Dictionary()
	_, ok := words.Lookup(s)
	return ok
}
