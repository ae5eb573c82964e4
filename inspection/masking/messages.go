package masking

import (
	"gongkai/document"
	"gongkai/internal/fault"
)

// Every sentence a person may get from this package is made here.

func cannotRewrite(k document.Kind) error {
	switch k {
	case document.KindDoc, document.KindXls, document.KindOLE, document.KindRTF:
		return fault.Say(fault.Invalid, "这是旧格式的办公文件，系统不能改写。请用 Word 或 WPS 另存为 docx 或 xlsx 后再隐去。")
	case document.KindPptx, document.KindPpt, document.KindODP:
		return fault.Say(fault.Invalid, "演示文稿不能由系统改写。请在原来的文件中隐去，或者导出为 PDF 后再隐去。")
	case document.KindODT, document.KindODS:
		return fault.Say(fault.Invalid, "OpenDocument 文件不能由系统改写。请用 WPS 或 LibreOffice 另存为 docx 或 xlsx 后再隐去。")
	}
	return fault.Say(fault.Invalid, "这种文件（%s）不能由系统改写。请转为 Word、Excel、网页或文本文件后再隐去。", k.Name())
}

func nothingToMask() error {
	return fault.Say(fault.Invalid, "没有需要隐去的内容，无须另存副本。")
}

func broken(k document.Kind) error {
	return fault.Say(fault.Invalid, "%s 文件的内部结构有误，不能改写。请用 Word 或 WPS 打开后另存为新文件再隐去。", k.Name())
}

func tooLarge() error {
	return fault.Say(fault.Invalid, "文件解压后过大，不能改写。请拆成几个文件后再隐去。")
}

const (
	cleanedComments  = "批注"
	cleanedDeleted   = "修订中已删除的文字"
	cleanedVanished  = "隐藏文字"
	cleanedSheets    = "隐藏的工作表、行或列"
	cleanedFormulas  = "公式（已转为数值）"
	cleanedAuthors   = "作者等文件属性"
	cleanedPictures  = "图片中的拍摄信息"
	cleanedInvisible = "网页中不显示的内容"

	cleanedFiles      = "附带的文件"
	cleanedFields     = "表单域（填写的内容已画在页面上）"
	cleanedOutline    = "书签"
	cleanedSignatures = "电子签名（副本不再有签名的效力）"
	cleanedFormer     = "修改前的内容"
)
