package api

import "net/http"

// What a caller is told when something is refused.
const (
	sayNoToken      = "请在请求头 Authorization 中给出接口令牌：Bearer gk_…。令牌由安全管理员发放"
	sayNoRoute      = "没有这个接口，请对照 /api/v1/openapi.json 检查网址"
	sayMethod       = "这个接口不接受这种请求方法，请对照 /api/v1/openapi.json"
	sayTooLarge     = "内容太大：文件不超过20MB，正文不超过5MB，请拆分后再检查"
	sayTooMany      = "请求过于频繁，请按 Retry-After 给出的秒数等待后再试"
	sayBusy         = "正在检查的内容太多，请稍后再试"
	sayTooLong      = "检查用时超过限制，请拆分后再检查"
	sayBroken       = "系统出了问题，这次请求没有完成，请稍后再试。如果仍然不行，请把编号告诉主办单位："
	sayType         = "不支持这种内容类型，请发送 text/plain、text/html、application/json、multipart/form-data 或者文件本身"
	sayNotUTF8      = "JSON 必须使用 UTF-8 编码"
	sayFieldNotUTF8 = "表单中的标题和文件名必须使用 UTF-8 编码"
	sayLongTitle    = "标题过长，不能超过 10 千字节"
	sayNotJSON      = "JSON 不完整或者有不认识的字段，字段有 text、html、title、name、kind、date、own"
	sayNoText       = "请在 text 或者 html 中给出要检查的正文，二者选一"
	sayNoFile       = "请在 file 字段中给出一个文件"
	sayOneFile      = "一次只检查一个文件"
	sayMultipart    = "表单内容不完整，请检查后重新发送"
	sayEmpty        = "没有要检查的内容"
	sayKind         = "没有公示类别“%s”，可用：%s"
	sayOff          = "没有规则或者类别“%s”，请用 /api/v1/inspect/rules 查看全部规则"
	sayYes          = "参数 %s 只能是 1 或者 0"
	sayUnknown      = "没有参数“%s”，可用：%s"
	sayDate         = "日期应写成 2026-01-05 的形式"
	sayNumber       = "参数 %s 应是 %d 至 %d 的整数"
	sayNoUnit       = "没有机构“%s”"
	sayNoItem       = "没有这条信息，或者它没有公开"
	sayGone         = "这条信息曾经公开，现已撤下"
	sayItemKind     = "没有信息类别“%s”"
)

// codes are the words a program compares, by status.
var codes = map[int]string{
	http.StatusBadRequest:            "invalid",
	http.StatusUnauthorized:          "unauthorized",
	http.StatusForbidden:             "forbidden",
	http.StatusNotFound:              "not-found",
	http.StatusMethodNotAllowed:      "method",
	http.StatusConflict:              "conflict",
	http.StatusGone:                  "gone",
	http.StatusRequestEntityTooLarge: "too-large",
	http.StatusUnsupportedMediaType:  "type",
	http.StatusUnprocessableEntity:   "unreadable",
	http.StatusTooManyRequests:       "too-many",
	http.StatusServiceUnavailable:    "busy",
}

// general are the sentences of statuses that the faces for people say in words of
// pages.
var general = map[int]string{
	http.StatusMethodNotAllowed:      sayMethod,
	http.StatusRequestEntityTooLarge: sayTooLarge,
	http.StatusTooManyRequests:       sayTooMany,
}
