package portal

// What the portal says when something is not there.
const (
	sayNoUnit    = "没有这个机构的公开栏目，可能已经撤销或者合并，请从机构名录中查找"
	sayNoColumn  = "这个机构没有这个栏目，请从机构首页查找"
	sayNoFile    = "没有这个文件，或者它已经不再公开"
	sayNoEntry   = "这条信息没有可以下载的存证证明"
	sayNoSitemap = "网站地图没有这一部分"
	sayGone      = "这条信息已经撤回，内容不再提供下载"
)
