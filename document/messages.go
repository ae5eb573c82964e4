package document

import (
	"fmt"

	"gongkai/internal/fault"
)

// Every sentence a person may get from this package is made here.

func size(n int64) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%d 兆", (n+(1<<20)-1)>>20)
	case n >= 1<<10:
		return fmt.Sprintf("%d 千字节", (n+1023)>>10)
	}
	return fmt.Sprintf("%d 字节", n)
}

func tooBig(limit int64) error {
	return fault.Say(fault.Invalid, "文件超过 %s，系统不读取。请压缩其中的图片或拆成几个文件后再上传。", size(limit))
}

func tooExpanded(limit int64) error {
	return fault.Say(fault.Invalid, "文件解压后超过 %s，可能是恶意构造的压缩内容，系统已停止读取。请用 Word 或 WPS 打开后另存为新文件再上传。", size(limit))
}

func tooDense() error {
	return fault.Say(fault.Invalid, "文件内容的压缩比异常，可能是恶意构造的压缩内容，系统已停止读取。请用 Word 或 WPS 打开后另存为新文件再上传。")
}

func tooManyEntries(limit int) error {
	return fault.Say(fault.Invalid, "文件包含的内部条目超过 %d 个，系统已停止读取。请另存为新文件或拆成几个文件后再上传。", limit)
}

func tooDeep(limit int) error {
	return fault.Say(fault.Invalid, "文件内部嵌套超过 %d 层，系统已停止读取。请把内容复制到新建的文档中再上传。", limit)
}

func tooManyNodes() error {
	return fault.Say(fault.Invalid, "文件内容过于庞大，系统已停止读取。请拆成几个文件后再上传。")
}

func tooMuchText(limit int) error {
	return fault.Say(fault.Invalid, "文件文字超过 %d 万字，系统已停止读取。请拆成几个文件后再上传。", limit/10000)
}

func tooManyPages(pages, limit int) error {
	return fault.Say(fault.Invalid, "文件有 %d 页，超过 %d 页。请拆成几个文件后再上传。", pages, limit)
}

func tooManySlides(limit int) error {
	return fault.Say(fault.Invalid, "演示文稿超过 %d 张幻灯片。请拆成几个文件后再上传。", limit)
}

func emptySlides(n int) error {
	if n == 0 {
		return fault.Say(fault.Invalid, "这份演示文稿里没有幻灯片。请确认上传的是最终稿。")
	}
	return fault.Say(fault.Invalid, "这份演示文稿的每张幻灯片都没有文字，可能只有图片，没有可检索的内容。请上传带文字的文件，或同时上传可编辑的原文。")
}

func tooManyCells(limit int) error {
	return fault.Say(fault.Invalid, "表格超过 %d 万个单元格，系统已停止读取。请拆成几个文件，或把数据作为附件公开。", limit/10000)
}

func tooSlow() error {
	return fault.Say(fault.Invalid, "读取文件用时过长，系统已停止读取。请用 Word 或 WPS 打开后另存为新文件再上传；仍不成功的，可作为附件公开。")
}

func tooHungry() error {
	return fault.Say(fault.Invalid, "读取文件占用内存过多，系统已停止读取。请拆成几个文件后再上传；仍不成功的，可作为附件公开。")
}

func damaged(k Kind) error {
	return fault.Say(fault.Invalid, "这份%s已损坏，无法读取文字。请用原软件打开确认，另存为新文件后再上传；也可以仅作为附件公开。", k.Name())
}

func encrypted(k Kind) error {
	return fault.Say(fault.Invalid, "这份%s设有打开密码，无法读取文字。请取消密码后再上传。", k.Name())
}

func lockedOffice() error {
	return fault.Say(fault.Invalid, "这份 Office 文件设有打开密码，无法读取文字。请取消密码后再上传。")
}

func notText(k Kind) error {
	switch {
	case k.Image():
		return fault.Say(fault.Invalid, "这是图片，系统不能读出其中的文字。可以作为附件公开；如需作为正文，请上传 Word、PDF、网页或文本文件。")
	case k == KindZip:
		return fault.Say(fault.Invalid, "这是压缩包，系统不打开其中的文件。请解压后逐个上传；也可以作为附件公开。")
	case k == KindOLE:
		return fault.Say(fault.Invalid, "这是旧版 Office 文件，但不是 Word 文档、Excel 97 以后的工作簿或者演示文稿，无法读取文字。请用原软件另存为 .docx、.xlsx 或 .pptx 后再上传。")
	}
	return fault.Say(fault.Invalid, "无法识别这个文件的格式。请上传 Word（.docx）、Excel（.xlsx）、PDF、网页或文本文件；其他格式只能作为附件公开。")
}

func empty(k Kind) error {
	return fault.Say(fault.Invalid, "这份%s里没有文字。请确认上传的是最终稿。", k.Name())
}

func scanned() error {
	return fault.Say(fault.Invalid, "这份 PDF 的每一页都是图片，没有可检索的文字。请上传由 Word 或 WPS 直接导出的 PDF，或同时上传可编辑的原文。")
}

func tooBigCopy(limit int64) error {
	return fault.Say(fault.Invalid, "隐去后的副本超过 %s，没有生成。请把文件拆成几个，分别隐去。", size(limit))
}

func lettersMissing(page int) error {
	return fault.Say(fault.Invalid, "这份 PDF 没有嵌入第%d页所用的中文字体，画不出原来的样子，不能生成隐去后的副本。请在 Word 或 WPS 中重新导出 PDF（选择嵌入字体）后再隐去。", page)
}

func notFoundAgain(page int) error {
	if page == 0 {
		return fault.Say(fault.Invalid, "PDF 中有需要隐去的内容找不到它在页面上的位置，为避免遗漏，没有生成副本。请在原来的 Word 或 Excel 文件中隐去，再重新导出。")
	}
	return fault.Say(fault.Invalid, "PDF 第%d页有需要隐去的内容找不到它在页面上的位置，为避免遗漏，没有生成副本。请在原来的 Word 或 Excel 文件中隐去，再重新导出。", page)
}

func noSuchFile() error {
	return fault.Say(fault.NotFound, "没有这个文件，可能尚未上传成功。请重新上传。")
}

func noName() error {
	return fault.Say(fault.Invalid, "文件没有名称。请重新选择文件上传。")
}

func noBytes() error {
	return fault.Say(fault.Invalid, "文件是空的。请确认选择的文件后再上传。")
}

const sayPending = "文件已保存，系统暂时未能读取其中的文字，稍后会自动重试。"

func sentence(err error) string { return fault.Sentence(err) }
