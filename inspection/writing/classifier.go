package writing

import (
	"strings"
	"unicode/utf8"
)

// What things are counted by, and what they are not: 发布会6条 is none.
var counters = []struct {
	noun, wrong, right string
}{
	{"发布会", "条件篇份名户家个项", "场"}, {"座谈会", "条件篇份名户家", "场"}, {"推进会", "条件篇份名户家", "场"}, {"培训会", "条件篇份名户家", "场"}, {"培训班", "条件篇份名户家", "期"}, {"业务培训", "条件篇份户家", "次"}, {"专题培训", "条件篇份户家", "次"}, {"集中培训", "条件篇份户家", "次"}, {"宣传活动", "条件篇份户家", "次"},
	{"小区", "件条篇份名起场", "个"}, {"社区", "件条篇份名起", "个"}, {"乡镇", "件条篇份名起", "个"}, {"街道", "件篇份名起", "个"}, {"行政村", "件条篇份名起", "个"},
	{"企业", "条篇份名起", "家"}, {"工作人员", "条件篇份家户", "名"}, {"志愿者", "条件篇份家户", "名"}, {"党员", "条件篇份家户", "名"}, {"学生", "条件篇份家户", "名"},
	{"规范性文件", "场家户名", "件"}, {"复议案件", "条场家户名", "件"}, {"提案", "场家户名", "件"}, {"公开申请", "场家户", "件"},
}

// classifier looks for things counted by the measure word of others, where the number
// s[i:e] follows the thing and ends the clause.
func (w *work) classifier(s string, i, e int) {
	r, n := utf8.DecodeRuneInString(s[e:])
	if !strings.ContainsRune("条件篇份名户家个项起场", r) {
		return
	}
	if next := after(s, e+n); e+n < len(s) && !stop(next) && next != '）' && next != '\n' {
		return
	}
	for _, c := range counters {
		if strings.HasSuffix(s[:i], c.noun) && strings.ContainsRune(c.wrong, r) {
			w.sayClean("grammar.classifier", i, e+n, s[i:e]+c.right, c.right)
			return
		}
	}
}
