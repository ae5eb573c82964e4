package org

// What this pillar says to people.
const (
	sayID       = "机构代号须以小写字母开头，由小写字母、数字和短横线组成，最多31位"
	sayName     = "请填写机构全称（2至60个字），与公章一致"
	sayKind     = "请选择机构类别"
	sayUSCC     = "统一社会信用代码应为18位且校验位正确，请核对"
	sayRegion   = "行政区划代码应为6位数字"
	saySiteCode = "网站标识码应为10位数字"
	sayDomain   = "域名格式不正确，应形如 jyj.example.gov.cn"
	sayCycle    = "上级机构不能是本机构或其下级"
	sayNoUnit   = "没有这个机构：%s"
	sayNoParent = "上级机构不存在：%s"
	sayTaken    = "机构代号“%s”已被使用，请换一个"
	sayDomainIn = "域名“%s”已由其他机构使用"
)
