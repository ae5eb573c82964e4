package publication

import (
	"slices"

	"gongkai/org"
)

// Column is the code of a place in a unit's 政府信息公开 column.
type Column string

// The parts of the statutory frame that are no items of article 20 or 21.
const (
	GuideColumn  Column = "guide"  // 政府信息公开指南 (article 12)
	RulesColumn  Column = "rules"  // 政府信息公开制度
	ReportColumn Column = "report" // 政府信息公开年报 (articles 49, 50)
	OtherColumn  Column = "c15"    // 其他法定主动公开内容 (article 20, item 15)
	NewsColumn   Column = "news"   // 工作动态, beside the statutory frame
)

// ColumnInfo describes a column.
type ColumnInfo struct {
	Code    Column
	Name    string
	Part    string // which part of the frame it belongs to: guide, rules, content, report, news
	Article string // the article it answers, "" for news
	Covers  string // what belongs in it, for the empty page and the writer
	Type    string // ColumnType of the page tags (国办发〔2017〕47号)
}

// columns is the statutory frame: article 20 (一) to (十五), article 21 for
// counties and their departments (d…) and for towns (e…), then what goes with
// it. The order is the order on every unit's page.
var columns = []ColumnInfo{
	{GuideColumn, "政府信息公开指南", "guide", "第十二条", "信息的分类、编排体系、获取方式，公开工作机构的名称、地址、时间、电话、传真、互联网联系方式", "公开指南"},
	{RulesColumn, "政府信息公开制度", "rules", "第八条", "条例、上级规定和本机关的公开制度", "公开制度"},
	{"c01", "行政法规、规章和规范性文件", "content", "第二十条第一项", "规章、行政规范性文件和其他政策文件", "政策文件"},
	{"c02", "机关职能和机构设置", "content", "第二十条第二项", "机关职能、机构设置、办公地址、办公时间、联系方式、负责人姓名", "机构职能"},
	{"c03", "规划和相关政策", "content", "第二十条第三项", "国民经济和社会发展规划、专项规划、区域规划及相关政策", "规划计划"},
	{"c04", "统计信息", "content", "第二十条第四项", "国民经济和社会发展统计信息", "统计数据"},
	{"c05", "行政许可和对外管理服务", "content", "第二十条第五项", "办理行政许可和其他对外管理服务事项的依据、条件、程序以及办理结果", "行政许可"},
	{"c06", "行政处罚和行政强制", "content", "第二十条第六项", "实施行政处罚、行政强制的依据、条件、程序以及有一定社会影响的处罚决定", "行政处罚"},
	{"c07", "财政预算、决算", "content", "第二十条第七项", "财政预算、决算信息", "财政资金"},
	{"c08", "行政事业性收费", "content", "第二十条第八项", "行政事业性收费项目及其依据、标准", "收费项目"},
	{"c09", "政府集中采购", "content", "第二十条第九项", "政府集中采购项目的目录、标准及实施情况", "政府采购"},
	{"c10", "重大建设项目", "content", "第二十条第十项", "重大建设项目的批准和实施情况", "重大项目"},
	{"c11", "扶贫、教育、医疗、社会保障、就业", "content", "第二十条第十一项", "扶贫、教育、医疗、社会保障、促进就业等方面的政策、措施及其实施情况", "民生保障"},
	{"c12", "突发公共事件", "content", "第二十条第十二项", "突发公共事件的应急预案、预警信息及应对情况", "应急管理"},
	{"c13", "环境、卫生、安全生产、食品药品监督检查", "content", "第二十条第十三项", "环境保护、公共卫生、安全生产、食品药品、产品质量的监督检查情况", "监督检查"},
	{"c14", "公务员招考", "content", "第二十条第十四项", "公务员招考的职位、名额、报考条件等事项以及录用结果", "人事信息"},
	{"c15", "其他法定主动公开内容", "content", "第二十条第十五项", "法律、法规、规章和国家有关规定规定应当主动公开的其他政府信息", "其他"},
	{"d01", "市政建设和公共服务", "content", "第二十一条", "市政建设、公共服务、公益事业方面的政府信息", "公共服务"},
	{"d02", "土地和房屋征收", "content", "第二十一条", "土地征收、房屋征收方面的政府信息", "征地信息"},
	{"d03", "治安管理", "content", "第二十一条", "治安管理方面的政府信息", "社会治安"},
	{"d04", "社会救助", "content", "第二十一条", "社会救助方面的政府信息", "社会救助"},
	{"e01", "农业农村政策和农田水利", "content", "第二十一条", "贯彻落实农业农村政策、农田水利工程建设运营方面的政府信息", "涉农信息"},
	{"e02", "农村土地和宅基地", "content", "第二十一条", "农村土地承包经营权流转、宅基地使用情况审核方面的政府信息", "涉农信息"},
	{"e03", "征收、筹资筹劳和社会救助", "content", "第二十一条", "土地征收、房屋征收、筹资筹劳、社会救助方面的政府信息", "社会救助"},
	{ReportColumn, "政府信息公开年报", "report", "第四十九条、第五十条", "历年政府信息公开工作年度报告", "年度报告"},
	{NewsColumn, "工作动态", "news", "", "机关工作动态和通知公告", "工作动态"},
}

var columnByCode = func() map[Column]ColumnInfo {
	m := map[Column]ColumnInfo{}
	for _, c := range columns {
		m[c.Code] = c
	}
	return m
}()

// ColumnOf describes a column, and answers false for a code that is none.
func ColumnOf(c Column) (ColumnInfo, bool) {
	i, ok := columnByCode[c]
	return i, ok
}

// everybodys are the columns that every unit has: each has a guide, duties and a
// budget, and makes documents, a report, and what falls under no other item. The others are the business of the units
// that have the duty (article 20: "the organ's own" information).
var everybodys = []Column{GuideColumn, RulesColumn, "c01", "c02", "c07", OtherColumn, ReportColumn}

// MayLack tells whether a unit may have no such duty, and so no such column.
func (c Column) MayLack() bool { return !slices.Contains(everybodys, c) }

// ColumnsOf lists the columns of a unit, in the fixed order: those for its kind,
// without those it has no duty in (org.Unit.Without).
func ColumnsOf(u org.Unit) []ColumnInfo {
	return slices.DeleteFunc(ColumnsFor(u.Kind), func(c ColumnInfo) bool {
		return c.Code.MayLack() && slices.Contains(u.Without, string(c.Code))
	})
}

// ColumnsFor lists the columns of a unit of a kind, in the fixed order:
// article 21 asks different things of counties and of towns.
func ColumnsFor(k org.Kind) []ColumnInfo {
	var cs []ColumnInfo
	for _, c := range columns {
		switch {
		case c.Code[0] == 'd' && c.Part == "content" && k == org.Town:
		case c.Code[0] == 'e' && c.Part == "content" && k != org.Town:
		default:
			cs = append(cs, c)
		}
	}
	return cs
}
