package identity

import (
	"fmt"
	"time"

	"gongkai/internal/fault"
)

// What a person is told when an act is refused. Each says what to do.
const (
	sayNobody  = "请先登录"
	sayNoRight = "您在该单位没有“%s”的权限，如确需办理，请联系安全管理员授权"

	// Signing in. One sentence for every way in which it fails before the
	// password is known to be right, so that it tells nothing about accounts.
	saySignInRefused = "用户名或口令不正确，或账号因连续输错已被暂时锁定。连续输错%d次将锁定%d分钟，请核对后重试"
	sayNotActive     = "账号尚未启用，请联系安全管理员启用后再登录"
	sayLocked        = "账号已被停用，请联系安全管理员"
	sayLeft          = "账号已注销"
	sayOneTimeOver   = "一次性口令已过期，请联系系统管理员重新设置"
	sayCodeWrong     = "动态口令或恢复码不正确，或已被使用，请等待下一个动态口令后重试"
	sayCodeNotDue    = "本次登录不需要动态口令，请重新登录"
	sayTryAgain      = "账号信息刚刚发生变化，请重新登录"

	sayNoSession   = "登录已失效，请重新登录"
	sayIdle        = "您已超过%d分钟未操作，为安全起见已退出，请重新登录"
	sayAbsolute    = "本次登录已满%d小时，请重新登录"
	sayHalfOver    = "等待动态口令超时，请重新登录"
	sayNoOwn       = "没有这个登录会话，可能已经退出"
	sayNotInPerson = "该操作须由本人登录后办理"

	sayOldPassword      = "原口令不正确，请核对后重试"
	sayPasswordControl  = "口令不能包含控制字符"
	sayPasswordLogin    = "口令不能包含用户名"
	sayPasswordFamiliar = "口令过于常见或字符重复过多，容易被猜中，请换一个"

	sayCodeIsOn    = "动态口令已启用，如需更换请先停用"
	sayCodeIsOff   = "尚未启用动态口令"
	sayNoEnrolment = "请先生成动态口令密钥，再输入验证码确认"
	sayConfirmCode = "验证码不正确，请确认手机时间准确后重新输入"
	sayCodeNeeded  = "您的角色必须使用动态口令，不能停用"

	// People.
	sayNoPerson     = "没有这个人员"
	sayLogin        = "用户名须以小写字母开头，由3至32位小写字母、数字、点、下划线或短横线组成"
	sayLoginTaken   = "用户名“%s”已被使用，请换一个（注销人员的用户名也不再启用）"
	sayName         = "请填写姓名（2至30个字）"
	sayPost         = "职务不能超过40个字"
	sayPhone        = "请填写办公电话，如 0577-00000000，也可以不填"
	sayMobile       = "请填写办公电话，不登记个人手机号"
	sayNoUnit       = "请选择所在单位"
	sayWhy          = "请填写原因（200字以内）"
	sayOwnAccount   = "不能对自己的账号办理“%s”，请由其他管理员办理"
	sayState        = "账号当前状态为“%s”，不能办理“%s”"
	sayLastAdmin    = "这是最后一名在用的%s，请先授权并启用另一名%s后再办理"
	sayOnlySystem   = "只能在服务器上用命令行办理"
	sayAlreadyBegun = "系统中已有人员，不能再次初始化管理员"

	// Grants.
	sayNoRole      = "没有这个角色，请从列表中选择"
	sayOwnGrant    = "任何人不得变更自己的权限，请由其他安全管理员办理"
	sayHolds       = "该人员在此单位已有“%s”角色"
	sayHoldsNot    = "该人员在此单位没有“%s”角色"
	sayApart       = "“%s”与“%s”不能由同一人担任：系统管理员、安全管理员、审计管理员须各自独立，且不得兼任业务角色"
	sayLeftGrant   = "该人员已注销，不能授予角色"
	saySamePerson  = "交接双方不能是同一人"
	sayNothingHeld = "移交人没有可以移交的角色"
	sayPastDay     = "交接时间不能早于现在"
	sayWaitingHand = "移交人有尚未生效的角色，请在生效后再办理交接"

	// Tokens for programs.
	sayNoToken      = "没有这个接口令牌"
	sayTokenEnded   = "这个接口令牌已经收回"
	sayTokenRefused = "接口令牌无效、已过期或者已收回，请联系安全管理员重新发放"
	sayTokenTitle   = "请写明令牌给哪个程序使用（40字以内）"
	sayTokenRights  = "接口令牌只能带有查看类权限，请至少选择一项"
	sayTokenDays    = "接口令牌的有效期为1至365天"
	sayTokensEnough = "每人最多同时有%d个有效的接口令牌，请先收回不用的"
)

func sayPasswordShort(n int) string { return fmt.Sprintf("口令至少%d个字符", n) }
func sayPasswordLong(n int) string  { return fmt.Sprintf("口令最多%d个字符", n) }
func sayPasswordKinds(n int) string {
	return fmt.Sprintf("口令须包含大写字母、小写字母、数字、其他字符中的至少%d类", n)
}
func sayPasswordOld(n int) string { return fmt.Sprintf("不能使用最近%d次用过的口令", n) }

func refuseSignIn(p Policy) error {
	return fault.Say(fault.Forbidden, saySignInRefused, p.Failures, int(p.Lockout/time.Minute))
}
