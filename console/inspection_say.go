package console

// What the pages of the inspection say after an act.
const (
	sayAllOfThem    = "将办理列表中的全部%s处，包括没有显示在本页的。确认无误的，请再按一次“%s”"
	saySweepOrdered = "已安排检查，几分钟内开始，进度在本页显示"
	sayConfirmed    = "已确认%d处，%s前改正"
	sayDismissed    = "已认定%d处为误报"
	sayMended       = "已报告%d处整改，等待复查"
	sayClosed       = "已复查办结%d处"
	sayClosedSome   = "已复查办结%d处，另有%d处仍然存在，已退回整改"
	sayReopened     = "已重新打开%d处"
	sayExcepted     = "已批准例外，有效期至%s，共适用于%d处"
	sayStillThere   = "已重新检查，这个问题仍然存在"
	sayNoLonger     = "已重新检查，没有再发现这个问题"
	sayHowMended    = "请写明整改情况（不少于4个字）"
	sayUntilNeeded  = "请填写有效期"
	sayBadList      = "列表的条件已经失效，请返回列表重新选择"
	sayChooseAct    = "请选择要做什么"
	sayEndedLet     = "例外已撤销，原来允许保留的内容重新列为问题"
	sayRuleOff      = "规则已关闭，下一次检查起不再使用"
	sayRuleOn       = "规则已重新启用"
	sayWordAdded    = "词条已加入，下一次检查起使用"
	sayWordDropped  = "词条已删除"
	saySiteOrdered  = "已安排检查这个网站，完成以后在检查结果中查看"
	saySiteStopped  = "已要求停止，已经看到的问题照常登记"
	sayNoSuchRule   = "没有这条规则"
	sayWordRank     = "次序应是1至200的整数"
)
