package content

// Kind is what sort of thing an item is; the Chinese name is Kind.Label.
type Kind string

// The kinds of items.
const (
	Policy         Kind = "policy"         // 政策文件
	Interpretation Kind = "interpretation" // 政策解读
	Notice         Kind = "notice"         // 公告公示
	Function       Kind = "function"       // 机构职能
	Plan           Kind = "plan"           // 规划计划
	Statistics     Kind = "statistics"     // 统计信息
	Permit         Kind = "permit"         // 行政许可
	Penalty        Kind = "penalty"        // 行政处罚
	Fee            Kind = "fee"            // 行政事业性收费
	Budget         Kind = "budget"         // 预算决算
	Procurement    Kind = "procurement"    // 政府采购
	Project        Kind = "project"        // 重大建设项目
	Welfare        Kind = "welfare"        // 教育、救助、就业等民生
	Emergency      Kind = "emergency"      // 应急管理
	Inspection     Kind = "inspection"     // 监督检查
	Recruitment    Kind = "recruitment"    // 招考录用
	Land           Kind = "land"           // 征地信息
	Consultation   Kind = "consultation"   // 意见征集
	Proposal       Kind = "proposal"       // 建议提案
	News           Kind = "news"           // 工作动态
	Guide          Kind = "guide"          // 公开指南
	Rules          Kind = "rules"          // 公开制度
	Report         Kind = "report"         // 公开年报
)

var labels = map[Kind]string{
	Policy: "政策文件", Interpretation: "政策解读", Notice: "公告公示", Function: "机构职能", Plan: "规划计划", Statistics: "统计信息",
	Permit: "行政许可", Penalty: "行政处罚", Fee: "行政事业性收费", Budget: "预算决算", Procurement: "政府采购", Project: "重大建设项目",
	Welfare: "民生保障", Emergency: "应急管理", Inspection: "监督检查", Recruitment: "招考录用", Land: "征地信息", Consultation: "意见征集",
	Proposal: "建议提案", News: "工作动态", Guide: "公开指南", Rules: "公开制度", Report: "公开年报",
}

// Label is the name of the kind as people say it.
func (k Kind) Label() string { return labels[k] }

// Kinds lists every kind.
func Kinds() []Kind {
	return []Kind{Policy, Interpretation, Notice, Function, Plan, Statistics, Permit, Penalty, Fee, Budget, Procurement, Project, Welfare,
		Emergency, Inspection, Recruitment, Land, Consultation, Proposal, News, Guide, Rules, Report}
}

// State is how far an item has come when the demonstration opens.
type State string

// The states; the comment says who moves next.
const (
	Published State = "published" // nobody
	Withdrawn State = "withdrawn" // nobody: a tombstone stands in its place
	Draft     State = "draft"     // the publisher
	InFirst   State = "first"     // the first reviewer
	InSecrecy State = "secrecy"   // the secrecy reviewer
	InSecond  State = "second"    // the second reviewer
	InFinal   State = "final"     // the leader in charge
	Returned  State = "returned"  // the publisher, with a comment
	Cleared   State = "cleared"   // the publisher: all have signed
	Scheduled State = "scheduled" // the clock: cleared, to be published at Item.Due
	Kept      State = "kept"      // nobody: not for everybody (依申请公开 or 不予公开)
)

// Openness is the attribute every item carries from its source (公开属性).
type Openness string

// The three attributes.
const (
	Open      Openness = "主动公开"
	OnRequest Openness = "依申请公开"
	NotOpen   Openness = "不予公开"
)

// LinkKind says how an item stands to an earlier one.
type LinkKind string

// The relations between items.
const (
	Replaces   LinkKind = "replaces"   // 替代: the earlier one is repealed with it
	Repeals    LinkKind = "repeals"    // 废止
	Amends     LinkKind = "amends"     // 修改
	Interprets LinkKind = "interprets" // 解读
	Cites      LinkKind = "cites"      // 引用
)

// A Link points to the Key of an earlier item.
type Link struct {
	Kind LinkKind
	To   string
}

// An Item is one thing the district publishes or is about to.
type Item struct {
	Key     string // stable name within the district
	Unit    string // id of the unit it belongs to
	Kind    Kind
	Column  string // see Columns
	Theme   string // 主题分类
	Title   string
	DocNo   string   // 发文字号, "" for what is no document
	Issuer  string   // 发文机关
	Joint   []string // 联合发文机关
	Norm    bool     // 行政规范性文件
	Summary string
	Words   []string // 关键词

	Written   Day // 成文日期
	Effective Day
	Expires   Day
	Published Day // day it goes out
	Minute    int // minute of that day, 540 is 9:00

	Openness Openness
	Reason   string // why it is not open
	Clause   string // the clause for that: E14a … E16c as in docs/law.md

	Body     Body
	Links    []Link
	Files    []File
	Upload   bool // the body comes in as a .docx, as publishers do
	Channels []string

	State    State
	Comment  string // what the reviewer wrote when returning it
	Due      Day    // Scheduled: when it goes out
	Gone     Day    // Withdrawn: when
	Why      string // Withdrawn: the reason given to everybody
	Revision *Revision
}

// A Revision is a later correction of a published item.
type Revision struct {
	Day  Day
	Note string
	Body Body
}

// A File is an attachment.
type File struct {
	Name string // with its extension: .docx, .xlsx, .txt
	Body Body
}
