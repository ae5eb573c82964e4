package console

// What the pages of the annual report say to people.
const (
	sayRoundBegun     = "%d年度年报编报已经开始，各单位在工作台可以看到期限"
	sayDatesSet       = "报送期限已更新"
	sayUnitJoined     = "已加入报送单位"
	sayExcused        = "已列为免报"
	sayCalled         = "已恢复报送"
	sayReminded       = "已提醒%d个单位，提醒显示在各单位的工作台"
	sayNobodyReminded = "没有需要提醒的单位，或者今天已经提醒过"
	sayCorrected      = "已更正，表上同时保留按台账计算的数"
	sayUncorrected    = "已撤销更正，恢复按台账计算的数"
	sayDrafted        = "已按数据生成正文，请逐段核对后保存"
	sayTextKept       = "正文已保存为第%d版"
	sayTextRestored   = "已恢复第%d版正文"
	sayExplained      = "说明已保存"
	sayHandedIn       = "已报送，等待政务公开主管部门审核"
	sayTakenBack      = "已收回，可以继续修改"
	saySentBack       = "已退回，单位在工作台可以看到意见"
	sayTaken          = "已接受，数据计入汇总"
	sayPaperMade      = "发布稿已生成，请核对后送审"
	sayAdopted        = "已采用，结转数和趋势从这份年报取数"
	sayNoYear         = "没有这个年度"
	sayBadFigure      = "请填写数字，如12；不涉及的填“/”"
	sayNoFormat       = "没有这种格式的文件"
	sayChooseReport   = "请选择要读入的年报文件"
	sayExplainFirst   = "请为这一项写一句说明（不少于6个字），或者先改正数据"
)
