package site

// What people are told.
const (
	sayNoStart    = "请给出要检查的网址，如 http://www.example.gov.cn/"
	sayBadStart   = "“%s”不是可以检查的网址，请写明 http:// 或者 https://"
	sayNoAnswer   = "打不开 %s：%s。请检查网址和网络"
	sayPrivate    = "%s 是内部网络的地址，不能在这里检查"
	sayRobots     = "%s 的 robots.txt 不允许检查这个网址，请网站管理者放行 gongkai-inspect"
	sayRobotsDown = "%s 的 robots.txt 打不开，按规矩暂时不能检查。请稍后再试"
	sayDown       = "%s 连续%d次没有应答，检查已停止。请稍后用同一个状态文件继续"
	sayNoState    = "打不开状态文件 %s，请检查目录和权限"
	sayNotState   = "文件 %s 不是检查网站的状态文件，请换一个文件名"
	sayStateFull  = "写不进状态文件 %s，请检查磁盘空间"
	sayOtherSite  = "状态文件 %s 属于另一个网站（%s），请换一个文件名"
	sayTimeIsUp   = "检查时间已到，没有检查完。请用同一个状态文件继续"
	sayLargePage  = "网页大于 %d MB，只检查了前面部分"
	sayLargeFile  = "附件大于 %d MB，没有检查"
	sayUnreadable = "网页嵌套过深或者已损坏，没有检查"
)

// Why an address did not open.
const (
	whyTime    = "%d秒内没有应答"
	whyHost    = "域名不存在"
	whyConnect = "连接不上"
	whyBroken  = "连接中断"
	whyTLS     = "安全连接失败"
	whyLoop    = "跳转没有尽头"
	whyPrivate = "指向内部网络的地址"
	whyRobots  = "robots.txt 不允许"
	whyClosed  = "robots.txt 打不开"
	whyAddress = "跳转到的不是网址"
	whySoft    = "页面内容是“网页不存在”的提示"
	whyDenied  = "对方只应答浏览器"
	whyDown    = "所在网站没有应答"
)
