package privacy

import (
	"strings"
	"unicode/utf8"

	"gongkai/inspection/rule"
)

// reach is how far back the words before a number can say what it is, in bytes.
const reach = 60

// word is the kind of the word nearest before a number.
type word int

const (
	noWord word = iota
	idWord
	phoneWord
	cardWord
	creditWord
	codeWord // a number of a thing: order, contract, file
)

// contextWords say what the number after them is.
var contextWords = []struct {
	kind  word
	words []string
}{
	{idWord, []string{"身份证", "身份号", "证件号", "公民身份", "证号"}},
	{phoneWord, []string{"手机", "电话", "联系方式", "联系人", "联系号码", "致电", "拨打", "Tel", "TEL", "tel", "微信", "传真"}},
	{cardWord, []string{"银行卡", "卡号", "一卡通", "存折", "账号", "帐号", "账户", "帐户", "社保卡", "打卡"}},
	{creditWord, []string{"信用代码", "机构代码", "纳税人识别号", "税号"}},
	{codeWord, []string{"编号", "文号", "索引号", "流水号", "订单", "合同", "代码", "型号", "批号", "批次", "备案号", "许可证", "宗地", "档案号", "发票", "项目号", "案号", "序列号",
		"条码", "工号", "学号", "准考证", "登记号", "票号", "单号", "合计", "金额", "总额", "面积", "坐标", "证书", "（元", "(元", "预算数", "执行数", "决算数", "余额", "产值", "访问量"}},
}

// officeWords tell that an account or address is an organisation's.
var officeWords = []string{"局", "公司", "委员会", "中心", "政府", "财政", "非税", "对公", "专户", "基本户", "学校", "医院", "单位", "国库", "银行承兑", "合作社", "工程款", "保证金"}

// A context is what the surroundings say about a number.
type context struct {
	near     word
	text     string // the words before it, or the head of its column
	table    bool
	office   bool // an organisation's
	nameNear bool // something like a person's name stands just before
}

// newContext reads the surroundings of the bytes from b to e.
func newContext(t *rule.Text, b, e int) *context {
	k := &context{}
	before := t.S[max(0, b-reach):b]
	for len(before) > 0 && !utf8.RuneStart(before[0]) {
		before = before[1:]
	}
	if i := strings.LastIndexAny(before, "。；;！？"); i >= 0 {
		_, n := utf8.DecodeRuneInString(before[i:])
		before = before[i+n:]
	}
	if head := t.Head(b); head != "" {
		k.table, k.text = true, head
		cell := before
		if i := strings.LastIndexAny(cell, "\t\n|"); i >= 0 {
			cell = cell[i+1:]
		}
		k.text += " " + cell
	} else {
		k.text = before
	}
	best := -1
	for _, c := range contextWords {
		for _, w := range c.words {
			if i := strings.LastIndex(k.text, w); i >= 0 && i+len(w) > best {
				best, k.near = i+len(w), c.kind
			}
		}
	}
	if k.near == cardWord || k.near == noWord {
		wide := t.S[max(0, b-2*reach):b]
		if i := strings.LastIndexAny(wide, "。\n\t|"); i >= 0 {
			wide = wide[i+1:]
		}
		for _, w := range officeWords {
			if strings.Contains(wide, w) {
				k.office = true
			}
		}
	}
	k.nameNear = k.near == noWord && nameBefore(before)
	return k
}

// has tells whether one of the words stands in the context.
func (k *context) has(words ...string) bool {
	for _, w := range words {
		if strings.Contains(k.text, w) {
			return true
		}
	}
	return false
}

// nameBefore tells whether the text ends in what can be a name: a family name and
// one or two more characters, alone between punctuation.
func nameBefore(s string) bool {
	s = strings.TrimRight(s, " 　，,：:（(\t")
	i := strings.LastIndexAny(s, " 　，,。；：:、\n\t（(|") + 1
	if i > 0 {
		_, n := utf8.DecodeRuneInString(s[i-1:])
		i += n - 1
	}
	return personName(s[i:])
}
