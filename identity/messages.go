package identity

// What a person is told when an act is refused. Each says what to do.
const (
	sayNobody  = "请先登录"
	sayNoRight = "您在该单位没有“%s”的权限，如确需办理，请联系安全管理员授权"
)
