package web

import "net/http"

// The sentences this package says to people. They tell what happened, what is
// safe and what to do next.

type words struct{ title, say, next string }

var failureWords = map[int]words{
	http.StatusBadRequest: {"提交的内容有问题", "有内容没有填写或者填写得不对。",
		"请返回上一页，按提示改正后重新提交。已经填写的内容没有丢失。"},
	http.StatusUnauthorized: {"需要登录", "登录以后才能继续，可能是登录已经过期。",
		"请重新登录。已经保存的内容没有丢失。"},
	http.StatusForbidden: {"不能进行这项操作", "您没有这项操作的权限。",
		"如果工作需要这项权限，请联系本单位的系统管理员。"},
	http.StatusNotFound: {"没有找到这个页面", "网址可能输入有误，或者页面已经移动。",
		"请检查网址，或者回到首页用标题、文号搜索。"},
	http.StatusMethodNotAllowed: {"这个网址不能这样使用", "这个网址只接受从本站页面提交的操作。",
		"请返回上一页重试，或者回到首页。"},
	http.StatusConflict: {"内容已经有了变化", "在您操作期间，别人先改动了同一内容，或者它的状态已经改变。",
		"请刷新页面，看清现在的内容后再决定。您的操作没有生效，也没有覆盖别人的改动。"},
	http.StatusGone: {"这个页面已经撤下", "这条信息曾经公开，现已撤下。",
		"如需了解原因，请联系发布单位。"},
	http.StatusRequestEntityTooLarge: {"提交的内容太大", "提交的内容或者文件超过了允许的大小。",
		"请压缩文件或者分成几次提交。"},
	http.StatusTooManyRequests: {"操作过于频繁", "短时间内的请求太多。",
		"请等一分钟再试。已经保存的内容没有丢失。"},
	http.StatusInternalServerError: {"系统出了问题", "这是我们的故障，不是您的操作有误。",
		"已经保存的内容没有丢失。请稍后再试；如果仍然不行，请把下面的编号告诉主办单位。"},
	http.StatusServiceUnavailable: {"暂时不能提供服务", "系统正在维护，或者同时使用的人太多。",
		"请过几分钟再试。已经保存的内容没有丢失。"},
}

const (
	titleTooLate   = "已经过了期限"
	sayCrossOrigin = "这次提交来自其他网站，为了安全没有接受。请从本站的页面重新操作。"
	sayRequestID   = "编号："
	sayBadForm     = "提交的内容不完整，可能是网络中断。请返回上一页重新提交。"
	sayTooManyFile = "一次上传的文件太多，最多 %d 个。"
	sayFileTooBig  = "文件“%s”有 %s，超过了 %s 的限制。"
	sayNotNumber   = "请填写整数。"
	sayNotDate     = "请按“2026-01-05”的格式填写日期。"
)
