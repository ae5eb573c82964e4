package coordination

import "fmt"

func say(text string, args ...any) string { return fmt.Sprintf(text, args...) }

// What this part of review says to people.
const (
	sayNone       = "没有找到这次征求意见，可能已被删除或者您无权查看"
	sayNoOrgan    = "请选择要征求意见的机关，或者填写平台以外机关的名称"
	sayTwoOrgans  = "一次只能征求一个机关的意见，请在平台机关和平台以外机关中选填一个"
	sayOwnUnit    = "不需要征求本单位的意见，请选择其他机关"
	sayShut       = "%s已经停用，请选择承接其职责的机关"
	sayBadName    = "机关名称应为2至60个字"
	sayOnPlatform = "%s在本平台内，请直接从列表中选择"
	sayNoQuestion = "请写明请对方确认什么（不少于6个字），例如涉及对方职责的条款、数据和名称"
	sayLong       = "最多%d个字"
	sayBadDays    = "答复期限应为1至30个工作日"
	sayAsked      = "已就现在的内容征求过%s的意见，不能重复征求"
	sayNotDraft   = "您在该单位没有起草信息的权限，不能征求意见"
	sayNotLevel   = "您在该单位没有审查权限，不能要求征求意见"
	sayStrange    = "只有%s的人员才能代表该机关答复"
	sayOutside    = "平台以外机关的答复，由征求意见的单位登记"
	sayOwnAnswer  = "您是征求意见的人，不能由您答复或者协调"
	sayNoVerdict  = "请选择同意、同意但有修改意见或者不同意"
	sayNoOpinion  = "请写明修改意见或者不同意的理由（不少于4个字）"
	sayNoEvidence = "请写明答复的凭据，例如来函的文号和日期（不少于4个字）"
	sayOver       = "这次征求意见已经%s，不能再办理，请刷新页面查看结果"
	sayNotYet     = "对方还在答复期限内（%s前答复），逾期未答复、不同意或者有修改意见的才能报请协调"
	sayNoWhy      = "请写明理由（不少于6个字）"
	sayNotFinal   = "机关已经答复的征求意见，只能由具有终审权限且不是征求人的人员注明理由后撤回"
	sayNotYours   = "审查人员要求的征求意见，只能由要求的人或者具有终审权限的人员撤回"
	sayNoOutcome  = "请选择协调结果"
	sayRequire    = "公开前应当与有关机关协商、确认（条例第十一条），还有%d个机关没有办结：%s"
	sayWaiting    = "%s尚未答复（期限%s）"
	sayLate       = "%s逾期未答复（期限%s），可以催办或者报请协调"
	sayStale      = "%s答复的是修改前的内容，需要就现在的内容再次征求意见"
	sayAmends     = "%s同意但有修改意见，请修改后再次征求意见，或者报请协调"
	sayRefuses    = "%s不同意，请修改后再次征求意见，或者报请协调"
	sayEscalated  = "与%s意见不一致，已报请协调，等待协调结果"
	sayHeldChange = "与%s意见不一致，协调结果为修改后公开，请修改后再次征求意见"
	sayHeldClosed = "与%s意见不一致，协调结果为不予公开"
)
