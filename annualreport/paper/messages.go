package paper

// What people are told when a file that should be one of ours is not.
const (
	sayNotJSON    = "这不是本系统发布的年报 JSON：%v。请重新下载原文件。"
	sayNoCell     = "年报 JSON 的更正情况提到了表样中没有的单元格 %s。请重新下载原文件。"
	sayBadFigure  = "年报 JSON 中 %s 的更正情况不是可用的数。请重新下载原文件。"
	sayNotCSV     = "这不是本系统发布的年报 CSV：第 %d 行有误。请重新下载原文件，不要用表格软件另存。"
	sayNoForm     = "没有编号为 %s 的年报表样，或者 CSV 中有表样没有的单元格。请核对文件。"
	sayManyInOne  = "CSV 第 %d 行开始是另一个机关或者另一个年度的数据。请一个文件只放一份年报。"
	sayNothing    = "这份年报没有表格数据，不能制作成文件。请先填报数据。"
	sayNoGlyph    = "字库中没有“%s”，PDF 中以“〓”代替，复制时仍是原字。请核对后决定是否换字。"
	sayFaceBroken = "程序自带的字库损坏，不能制作 PDF。请重新安装程序。"
)
