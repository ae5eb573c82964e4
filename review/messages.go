package review

// What this pillar says to people.
const (
	sayNoAttribute    = "请先确定公开属性：主动公开、依申请公开或者不予公开。没有公开属性的信息不能流转（国办发〔2016〕80号）"
	saySecret         = "本平台不得存储、处理国家秘密。请立即停止操作，删除已录入内容，并按保密规定在涉密系统中办理（保守国家秘密法第三十一条）"
	sayOpenWithClause = "主动公开的信息不需要选择不公开的依据，请清除所选条款"
	sayNoClause       = "请选择不主动公开所依据的条款"
	sayNoReason       = "请写明不主动公开的具体理由（不少于6个字），不能只写条款"

	sayFewLevels  = "审查流程至少需要三级"
	sayManyLevels = "审查流程最多%d级"
	sayBadLevel   = "第%d级没有写明名称或者审查权限"
	sayNoSecrecy  = "审查流程必须包含保密审查（保守国家秘密法第三十五条）"
	sayFinalLast  = "最后一级必须是终审"

	sayNoSubmission = "没有找到这项送审，可能已被收回"
	sayInReview     = "这项信息正在审查中，不能重复送审"
	sayNotOpen      = "这项送审已经办结，不能再签署意见，请刷新页面查看结果"
	sayMoved        = "这项送审已由他人审到下一级，请刷新页面后再办理"
	sayStale        = "送审内容已经变化，请重新打开后按最新内容审查"
	sayOwn          = "您参与起草了这项信息，不能审查自己起草的信息"
	sayTwice        = "您已经在前面的级别签署过意见，同一人不能签署两级"
	sayNoOpinion    = "退回时请写明需要修改的地方（不少于4个字）"
	sayLongOpinion  = "意见最多500字"

	sayDemandOver = "这项送审已经办结，不能再要求征求意见"

	sayNoClearance  = "这项信息没有通过审查，不能发布。请先送审"
	sayNotCleared   = "审查意见与当前内容不一致：内容在审定后有改动，需要重新送审"
	sayOtherSubject = "这份审定意见属于另一项信息，不能用于发布"
	saySpent        = "这份审定意见已经用过一次，再次发布需要重新送审"
	sayNoChain      = "没有单独设置过这个流程"
	sayNoSource     = "请写明信息原来发布在哪里（网址或者公报、文件名称）"
)
