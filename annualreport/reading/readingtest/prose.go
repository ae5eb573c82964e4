package readingtest

import (
	"fmt"
	"strings"

	"gongkai/annualreport/form"
)

// A paper is a report as its agency wrote it, before any layout.
type paper struct {
	front    []string // what a web page prints above it
	title    []string
	intro    []string
	chapters [6]chapter
	tail     []string // signature and date
	back     []string // what a web page prints below it
}

type chapter struct {
	head  string
	paras []string
	above []string // said in front of the table
	grid  *grid    // chapters two to four
	below []string // said under it
}

// newPaper writes the six chapters around the figures of a report. Bare papers
// have the heads and the tables only.
func newPaper(d *Dice, r *form.Report, bare bool) *paper {
	p := &paper{title: headline(d.For("title"), r)}
	names := [6][]string{
		{"总体情况", "总体情况", "总体情况", "工作基本情况"},
		{"主动公开政府信息情况", "主动公开政府信息情况", "政府信息主动公开情况"},
		{"收到和处理政府信息公开申请情况", "收到和处理政府信息公开申请情况", "行政机关收到和处理政府信息公开申请情况"},
		{"政府信息公开行政复议、行政诉讼情况", "政府信息公开行政复议、行政诉讼情况", "因政府信息公开工作被申请行政复议、提起行政诉讼情况"},
		{"存在的主要问题及改进情况", "政府信息公开工作存在的主要问题及改进情况", "存在问题及改进措施"},
		{"其他需要报告的事项", "其他需要报告的事项", "其他需要报告事项"},
	}
	h := d.For("heads")
	for i := range p.chapters {
		mark := string([]rune("一二三四五六")[i]) + "、"
		if h.Chance(3) {
			mark = fmt.Sprintf("%d、 ", i+1)
		}
		p.chapters[i].head = mark + Pick(h, names[i]...)
	}
	for ti, t := range r.Form.Tables {
		if t.Chapter >= 2 && t.Chapter <= 4 {
			p.chapters[t.Chapter-1].grid = newGrid(r.Form, ti)
		}
	}
	w := writer{d.For("prose"), r}
	if bare {
		p.chapters[5].paras = []string{"无。"}
		return p
	}
	p.intro = []string{w.basis() + contact(w.Dice, r.Agency)}
	p.chapters[0].paras = w.overview()
	p.chapters[4].paras = w.problems()
	p.chapters[5].paras = w.others()
	if w.Chance(40) {
		p.tail = []string{r.Agency, fmt.Sprintf("%d年1月%d日", r.Year+1, w.Between(4, 31))}
	}
	return p
}

// headline is the title in one or two lines.
func headline(d *Dice, r *form.Report) []string {
	kind := Pick(d, "政府信息公开工作年度报告", "政府信息公开工作年度报告", "政府信息公开年度报告")
	switch d.N(20) {
	case 18: // the year in characters
		digits := []rune("〇一二三四五六七八九")
		year := ""
		for _, c := range fmt.Sprint(r.Year) {
			year += string(digits[c-'0'])
		}
		return []string{r.Agency + year + "年" + kind}
	case 19:
		return []string{r.Agency + "关于" + fmt.Sprint(r.Year) + "年度政府信息公开工作情况的年度报告"}
	}
	switch d.N(5) {
	case 0:
		return []string{r.Agency, fmt.Sprintf("%d年%s", r.Year, kind)}
	case 1:
		return []string{fmt.Sprintf("%d年%s%s", r.Year, r.Agency, kind)}
	case 2:
		return []string{fmt.Sprintf("%s%d年度%s", r.Agency, r.Year, kind)}
	case 3:
		return []string{r.Agency, fmt.Sprintf("%d 年 %s", r.Year, kind)}
	}
	return []string{fmt.Sprintf("%s%d年%s", r.Agency, r.Year, kind)}
}

type writer struct {
	*Dice
	r *form.Report
}

// total is the total of a row of table three, also where it was left blank.
func (w writer) total(row string) int64 {
	if v := w.r.Get("table3." + row + ".总计"); v.Known() {
		return v.N
	}
	var n int64
	for _, c := range w.r.Form.Table("table3").Blocks[0].Columns {
		n += w.r.Get("table3." + row + "." + c.ID).N
	}
	return n
}

func (w writer) basis() string {
	notice := map[string]string{"2019": "国办公开办函〔2019〕60号", "2021": "国办公开办函〔2021〕30号"}[w.r.Form.ID]
	return fmt.Sprintf("本报告根据《中华人民共和国政府信息公开条例》（国务院令第711号）和《政府信息公开工作年度报告格式》（%s）的要求编制。报告所列数据的统计期限自%d年1月1日起至%d年12月31日止。",
		notice, w.r.Year, w.r.Year)
}

// overview is chapter one: true sentences about the figures among others that
// only sound like them.
func (w writer) overview() []string {
	y := w.r.Year
	all := []string{fmt.Sprintf("%d年，%s认真落实上级关于政务公开工作的部署，坚持“以公开为常态、不公开为例外”，围绕%d个试点领域完善公开目录，各项工作取得新的成效。", y, w.r.Agency, w.Between(12, 31))}
	open := fmt.Sprintf("（一）主动公开情况。全年通过门户网站公开信息%d条，其中政策文件%d件、解读材料%d篇，政务新媒体推送%d条，阅读量达%d.%d万次。", w.Between(40, 9000), w.N(60), w.N(50), w.N(3000), w.N(90), w.N(10))
	if w.r.Form.ID == "2021" && w.Chance(50) {
		open += fmt.Sprintf("本年制发行政规范性文件%d件，现行有效%d件。", w.r.Get("table2.行政规范性文件.issued").N, w.r.Get("table2.行政规范性文件.in_force").N)
	}
	all = append(all, open)
	got, carried, done, forward := w.total("new"), w.total("carried"), w.total("total"), w.total("forward")
	ask := fmt.Sprintf("（二）依申请公开情况。%d年共收到政府信息公开申请%d件，上年结转%d件，办结%d件，结转下年度继续办理%d件。", y, got, carried, done, forward)
	if w.Chance(50) {
		ask += fmt.Sprintf("办结的%d件中，予以公开%d件，部分公开%d件，重复申请%d件。", done, w.total("granted"), w.total("partial"), w.total("reject2"))
	}
	all = append(all, ask,
		fmt.Sprintf("（三）政府信息管理情况。健全发布审查机制，对%d年以来的文件逐件清理，废止%d件。", y-w.Between(2, 9), w.N(20)),
		fmt.Sprintf("（四）平台建设情况。网站新增专栏%d个，更新目录%d项，%d月完成改版。", w.N(9), w.N(120), w.Between(1, 12)),
		fmt.Sprintf("（五）监督保障情况。组织培训%d次，参训%d余人次，考核占比%d%%，未发生责任追究。", w.Between(1, 9), w.Between(10, 600), w.Between(2, 10)))
	return all
}

func (w writer) problems() []string {
	return []string{
		fmt.Sprintf("%d年，我单位政府信息公开工作仍有不足：一是公开内容不够全面；二是解读形式较为单一；三是队伍建设有待加强。", w.r.Year),
		fmt.Sprintf("%d年，将抓好3方面工作：1.完善目录，2.丰富形式，3.开展培训不少于%d次。", w.r.Year+1, w.Between(2, 6)),
	}
}

func (w writer) others() []string {
	if w.Chance(35) {
		return []string{Pick(w.Dice, "无。", "无其他需要报告的事项。", "没有其他需要报告的事项。")}
	}
	return []string{fmt.Sprintf("%d年，本机关按照《政府信息公开信息处理费管理办法》发出收费通知%d件，总金额%d元，实际收取%d元。", w.r.Year, w.N(3), w.N(20)*100, w.N(10)*100),
		strings.Repeat("本年度办理人大代表建议、政协提案若干件，办理结果已经公开。", w.N(2))}
}

// remark puts sentences with numbers of their own above and below the tables.
func (p *paper) remark(d *Dice) {
	above := []string{"", "表1 主动公开政府信息情况统计表（单位：件）", "表2 申请情况（单位：件）", "表3 复议诉讼情况（单位：件）"}
	for i := range p.chapters {
		c := &p.chapters[i]
		if c.grid == nil {
			continue
		}
		switch d.N(4) {
		case 0:
			c.above = append(c.above, above[i])
		case 1:
			c.above = append(c.above, fmt.Sprintf("本年度本机关按照要求对相关数据进行了%d次核对，涉及%d个科室。", d.Between(2, 9), d.Between(3, 20)))
		}
		switch d.N(4) {
		case 0:
			c.below = append(c.below, fmt.Sprintf("注：以上数据统计时间截至12月31日，其中%d件由下属%d个单位报送。", d.Between(1, 99), d.Between(2, 14)))
		case 1:
			c.below = append(c.below, fmt.Sprintf("备注：1.本表数据含电子证照%d件；2.不含委托事项%d项。", d.Between(1, 400), d.Between(1, 30)))
		}
	}
}

// frame adds what the page of a web site prints around the text.
func (p *paper) frame(d *Dice, r *form.Report) {
	day := fmt.Sprintf("%d-01-%02d", r.Year+1, d.Between(4, 31))
	p.front = []string{
		fmt.Sprintf("索引号 %015d/%d-%05d", d.N(1_000_000_000), r.Year+1, d.N(99999)),
		"组配分类 信息公开年报 发布机构 " + r.Agency,
		"生成日期 " + day + " 公开方式 主动公开",
		"首页 > 政务公开 > 政府信息公开年报 > " + fmt.Sprint(r.Year+1) + "年",
	}
	p.front = append(p.front, "发布日期："+day+" "+fmt.Sprintf("%02d:%02d", d.N(24), d.N(60))+" 浏览次数："+fmt.Sprint(d.N(5000))+" 字体：[ 大 中 小 ]")
	p.back = []string{"附件：", r.Agency + fmt.Sprintf("%d年政府信息公开工作年度报告.pdf", r.Year),
		fmt.Sprintf("上一篇：%d年政府信息公开工作年度报告", r.Year-1),
		fmt.Sprintf("ICP备案号：示例ICP备%08d号-%d 公安备案 %d号 网站标识码：%d", d.N(99999999), d.Between(1, 9), 30_000_000_000_000+d.N(1_000_000), 3_300_000_000+d.N(99_999))}
}
