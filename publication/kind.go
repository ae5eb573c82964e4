package publication

// Kind is the kind of a piece of information (信息类别).
type Kind string

// The kinds that the program itself distinguishes.
const (
	Policy         Kind = "policy"         // 政策文件
	Interpretation Kind = "interpretation" // 政策解读
	Notice         Kind = "notice"         // 通知公告
	News           Kind = "news"           // 工作动态
	Guide          Kind = "guide"          // 公开指南
	Rule           Kind = "rule"           // 公开制度
	Report         Kind = "report"         // 公开年报
	Organ          Kind = "organ"          // 机构职能
	Planning       Kind = "plan"           // 规划计划
	Statistics     Kind = "statistics"     // 统计信息
	Budget         Kind = "budget"         // 预算决算
	Permit         Kind = "permit"         // 行政许可
	Penalty        Kind = "penalty"        // 行政处罚
	Fee            Kind = "fee"            // 收费项目
	Procurement    Kind = "procurement"    // 政府采购
	Project        Kind = "project"        // 重大项目
	Welfare        Kind = "welfare"        // 民生保障
	Emergency      Kind = "emergency"      // 应急管理
	Inspection     Kind = "inspection"     // 监督检查
	Personnel      Kind = "personnel"      // 人事招考
	Land           Kind = "land"           // 征地征收
	Other          Kind = "other"          // 其他
)

// KindInfo describes a kind.
type KindInfo struct {
	Code    Kind
	Name    string
	Columns []Column // where it usually stands, the first being proposed
	Needs   []string // fields it must have beyond title, body and attribute
}

var kinds = []KindInfo{
	{Policy, "政策文件", []Column{"c01", "c03", "c11"}, []string{"issuer", "doc_no", "made"}},
	{Interpretation, "政策解读", []Column{"c01"}, []string{"interprets"}},
	{Notice, "通知公告", []Column{NewsColumn, "c15"}, nil},
	{News, "工作动态", []Column{NewsColumn}, []string{"source"}},
	{Guide, "公开指南", []Column{GuideColumn}, nil},
	{Rule, "公开制度", []Column{RulesColumn}, nil},
	{Report, "公开年报", []Column{ReportColumn}, []string{"made"}},
	{Organ, "机构职能", []Column{"c02"}, nil},
	{Planning, "规划计划", []Column{"c03"}, []string{"made"}},
	{Statistics, "统计信息", []Column{"c04"}, []string{"made"}},
	{Budget, "预算决算", []Column{"c07"}, []string{"made"}},
	{Permit, "行政许可", []Column{"c05"}, []string{"made"}},
	{Penalty, "行政处罚", []Column{"c06"}, []string{"made"}},
	{Fee, "收费项目", []Column{"c08"}, []string{"made"}},
	{Procurement, "政府采购", []Column{"c09"}, []string{"made"}},
	{Project, "重大项目", []Column{"c10"}, []string{"made"}},
	{Welfare, "民生保障", []Column{"c11", "d04", "e03"}, nil},
	{Emergency, "应急管理", []Column{"c12"}, []string{"made"}},
	{Inspection, "监督检查", []Column{"c13"}, []string{"made"}},
	{Personnel, "人事招考", []Column{"c14"}, []string{"made"}},
	{Land, "征地征收", []Column{"d02", "e03"}, []string{"made"}},
	{Other, "其他信息", []Column{"c15", "d01"}, nil},
}

// Kinds lists all kinds in their usual order.
func Kinds() []KindInfo { return kinds }

// KindOf describes a kind, and answers false for a code that is none.
func KindOf(k Kind) (KindInfo, bool) {
	for _, i := range kinds {
		if i.Code == k {
			return i, true
		}
	}
	return KindInfo{}, false
}

// Name is the Chinese word for the kind.
func (k Kind) Name() string {
	i, _ := KindOf(k)
	return i.Name
}
