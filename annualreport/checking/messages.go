package checking

// What is said beyond the sentences of data/rules.json.
const (
	sayEquation      = "{place}：一边是 {left}，另一边是 {right}，相差 {diff}"
	sayEquationBasis = "表样规定的勾稽关系"

	sayTable     = "表%s"
	sayRowOf     = "表%s“%s”行"
	sayGroupOf   = "表%s“%s”栏"
	sayColumnOf  = "表%s“%s”列"
	sayOnly      = "（只有%s）"
	sayAllOf     = "（%s）"
	sayAllBlank  = "（均空白）"
	sayBlankZero = "%s空白"
	sayUnsure    = "（%s的数字读取时没有把握，请先与原文核对）"
	sayBlankAs   = "%s空白按 %d 计"
	sayLastYear  = "上年%s"
	sayMore      = "等 %d 处"
	sayWholeRow  = "“%s”整行"
	sayRowCells  = "“%s”行 %d 格"

	sayTableIs   = "%s为 %s"
	saySumIs     = "%s%s，合计为 %s"
	sayDerived   = "（总计空白，按各分项相加）"
	sayFromBlank = "（空白）"
	sayYuan      = "%s元"
	sayWan       = "%s万元"

	sayCellWas      = "%s填 %s"
	sayCellBlank    = "%s空白"
	sayIf           = "%s，若为 %s"
	sayThen         = "%s，则%s的勾稽关系全部成立"
	sayThenSome     = "%s，则上述 %d 条勾稽关系中有 %d 条成立"
	sayAlso         = "；同时"
	sayAgrees       = "（与%s相符）"
	sayLastReport   = "上年报告"
	sayTheProse     = "叙述“%s”"
	sayDoubt        = "，疑%s"
	sayBlankTotal   = "按各分项相加：%s"
	sayTotalWouldBe = "%s应为 %s"
	sayTwoSwapped   = "%s：%s的 %s 与%s的 %s 若对调"
	sayMisplaced    = "%s：%s的 %s 若应填在%s（现%s）"
	sayQuoted       = "“%s”%s"
	sayZero         = "为 0"
	sayRowWouldBe   = "%s现填 %s，若为 %s"
	sayRowsSwapped  = "%s与%s的数字若对调"
	sayLineWouldBe  = "表%s各格现填 %s，若为 %s"
	sayAsLast       = "若以上年报告为准，"
	sayAsThis       = "若以本年报告为准，上年报告的%s；上年报告中这些数字自身的勾稽关系%s"
	sayHolds        = "成立"
	sayHoldsNot     = "也不成立"
	sayNewIsCarried = "本年“%s”行的数字与上年报告的结转数完全相同，疑第一项与第二项填反"

	sayGroup = "这一组"
)

// doubts say what may have happened, by kind of explanation.
var doubts = map[string]string{
	"misread":          "读取有误，原文也可以读作这个数",
	"blank-part":       "漏填",
	"blank-total":      "总计漏填",
	"total-zero":       "总计没有计算，仍为 0",
	"digit-transposed": "相邻两位数字颠倒",
	"digit-dropped":    "漏了一位数字",
	"digit-doubled":    "同一位数字多打了一次",
	"digit-added":      "多了一位数字",
	"digit-wrong":      "有一位数字写错",
	"off-by-one":       "多计或者少计 1 件",
	"copied":           "照抄了旁边一格",
	"total-wrong":      "总计算错",
	"swapped":          "两格填反",
	"misplaced":        "填错了格",
	"moved":            "同一件数计错了格",
	"shifted":          "整行错了一格",
	"shifted-rows":     "整列错了一行",
	"rows-swapped":     "两行填反",
	"row-copied":       "照抄了相邻一行",
	"row-blank":        "整行漏填",
	"order":            "次序填乱",
}

// Words of the picture and of the terminal.
const (
	sayError        = "错误"
	sayWarning      = "提醒"
	sayInfo         = "说明"
	sayNothingFound = "核对完毕，没有发现不一致。"
	saySummary      = "核对结果：错误 %d 条，提醒 %d 条，说明 %d 条。"
	sayNoAgency     = "（未写明机关）"
	sayYear         = " %d年度"
	sayFormOf       = "（%s格式）"
	sayEmpty        = "空白"
	sayItem         = "信息内容"
	sayNotRead      = "%s没有读到。"
	saySeeNote      = "见第 %d 条（%s）"
	sayLead         = "若为 %s"
	sayLegend       = "图例：✕ 错误，△ 提醒，○ 说明，后面的数字是条目的编号；“若为”是最可能的解释中的数字，供核对原始材料时参考，不是更正。"
	sayMayBe        = "可能的原因：%s"
	sayOrElse       = "或者：%s"
	sayRestsOn      = "依据：%s"
	saySameCause    = "与第 %d 条同一起因。"
	sayResults      = "核对结果"
	sayTableTitle   = "表%s %s"
)
