package annualreport

import "fmt"

func sayf(say string, args ...any) string { return fmt.Sprintf(say, args...) }

// What this pillar says to people.
const (
	sayNoRound       = "没有找到%d年度的年报编报，可能还没有开始"
	sayRoundOpen     = "%s的%d年度年报编报已经开始，不能重复开始"
	sayYear          = "请填写报告年度，如2026"
	sayNoForm        = "没有这种年报格式，请重新选择"
	sayDueLate       = "报送时限不能晚于%s（%s）"
	sayDueEarly      = "报送时限不能早于%d年度结束"
	sayNotBelow      = "%s不是%s所属的在用机构，不能列为报送单位"
	sayNobodyReports = "请至少选择一个报送单位"
	sayNoOffice      = "%s本级的记录没有单位统计：请把本级或者政府办公室列为报送单位"
	sayNotGovernment = "年报编报由人民政府一级组织，%s不是人民政府"

	sayNoReport     = "没有找到这份年报，可能不在编报范围内"
	sayMoved        = "这份年报已被他人修改，请刷新页面后再操作"
	sayNoReason     = "请写明理由（不少于6个字）"
	sayLongReason   = "理由最多500字"
	sayHasRecords   = "%s在%d年度有台账记录，免报会使这些数据不计入汇总，不能免报"
	sayAlreadyIn    = "%s已经在报送单位中"
	sayNoCell       = "年报格式中没有%s这一格"
	sayIsSum        = "%s由其他格相加得出，请更正相加的各格"
	sayBadValue     = "%s不能填写这个数：请填写不小于0的数，或者填“/”表示不涉及"
	sayBadExtra     = "%s不能填写这个数，请填写不小于0的数"
	sayNoChange     = "%s现在的数就是%s，不需要更正"
	sayNothingFixed = "请填写需要更正的数"
	sayTwice        = "%s在同一次更正中出现了两次"
	sayNoFix        = "%s没有正在使用的更正"
	sayNoFinding    = "没有这一条检查结果，可能数据已经变化，请刷新页面"
	sayNoText       = "没有第%d版正文"
	sayTextEmpty    = "正文还没有起草，请先起草六个部分的正文"
	sayChapters     = "正文必须依次包括六个部分"

	sayUnknown      = "%s尚无台账：请补录台账，或者说明理由后填写（共%d格）"
	sayUnexplained  = "%s（共%d项检查未通过，每一项都需要改正或者逐项说明）"
	sayStaleFix     = "%s更正后台账又有变化，请撤销更正或者重新更正"
	sayNotSeen      = "数据在您查看之后又有变化，请刷新页面核对后再报送"
	saySeenOther    = "报送内容在您查看之后又有变化，请刷新页面核对后再审核"
	sayOwnWork      = "您报送了这份年报，不能由您本人审核"
	sayPaperInWork  = "年报的发布稿正在审查中，请先收回或者等审查结束"
	sayNotPublished = "政府本级数据只计入汇总年报，不单独发布"
	sayOpenPage     = "没有这一页"
	sayNoSource     = "没有这一项来源"
	sayNotReadable  = "文件中没有读到年报表格，请核对文件是否为政府信息公开年度报告"
	sayPastYear     = "读入的年报必须是%d年度以前的，文件写明的是%d年度"
	sayPastNoYear   = "文件没有写明报告年度，请选择年度"
	sayPastCompiled = "%s的%d年度年报已在本平台编报，改用文件中的数据请写明理由（不少于6个字）"
	sayPastAgain    = "%s的%d年度年报已经读入过，替换请写明理由（不少于6个字）"
	sayPastAgency   = "文件写明的机关是“%s”，与“%s”不同，请核对是否选错了文件或者机构"
	basisPast       = "往年数据应当取自本机关已发布的年度报告"
	sayFilePending  = "这个文件暂时不能读取，请稍后再试"

	sayYearNotOver    = "统计期限截至%s，现在报送的数据还不完整"
	basisYear         = "年度报告的统计期限为当年1月1日至12月31日"
	sayExtraUnknown   = "信息处理费尚无台账，第六部分的收费数据没有来源：请登记收费通知，没有的请登记“本年无”"
	basisExtra        = "《政府信息公开信息处理费管理办法》和年度报告格式：第六部分应当报告收取信息处理费情况"
	sayUnitsMissing   = "汇总缺少以下单位的年报：%s"
	sayUnitsUncounted = "以下单位有台账记录，但没有列为报送单位，数据不计入汇总：%s"
	sayUnitsExcused   = "以下单位经说明免报：%s"
	sayUnitsConflict  = "以下单位的年报有未通过的检查（已作说明）：%s"
	basisSum          = "汇总年报为各报送单位年报逐格相加"
)

// sayNotNow says why a step is not possible in a state.
var sayNotNow = map[step]string{
	doEdit:   "年报%s，现在不能修改",
	doRecall: "年报%s，没有可以收回的报送",
	doDecide: "年报%s，没有需要审核的报送",
	doReopen: "年报%s，现在不能退回",
	doExcuse: "年报%s，现在不能列为免报",
	doCall:   "年报%s，没有列为免报",
	doMake:   "年报%s，现在不能生成发布稿",
}
