package reading

import (
	"fmt"

	"gongkai/annualreport/form"
	"gongkai/internal/fault"
)

// Every sentence of this package for people.

func tooLarge() form.Finding {
	return form.Finding{Rule: "file.size", Severity: form.Error, Cells: []string{},
		Message: fmt.Sprintf("文件的文字超过 %d MB，不像一份年报，没有读取。", MaxText>>20)}
}

func tooMuch() form.Finding {
	return form.Finding{Rule: "file.size", Severity: form.Warning, Cells: []string{},
		Message: "文件里的数字和表格过多，只读取了前面一部分。"}
}

func yearFromName(year int) form.Finding {
	return form.Finding{Rule: "year.name", Severity: form.Info, Cells: []string{},
		Message: fmt.Sprintf("正文没有写明是哪一年的年报，按文件名取 %d 年，请核对。", year)}
}

func wrongForm(f, want *form.Form, year int) form.Finding {
	return form.Finding{Rule: "form.year", Severity: form.Warning, Cells: []string{},
		Message: fmt.Sprintf("这是 %d 年的年报，应当使用《%s》（%s），但表格用的是《%s》（%s）。", year, want.Name, want.Source, f.Name, f.Source),
		Basis:   want.Source}
}

func unitMissing(f *form.Form, cell int, raw string) form.Finding {
	return form.Finding{Rule: "unit.missing", Severity: form.Warning, Cells: []string{f.Cells[cell].ID},
		Message: fmt.Sprintf("%s写的是“%s”，没有写明单位是元还是万元，金额无法确定。", f.Say(cell), raw)}
}

func notReadable(name, why string) error {
	return fault.Say(fault.Invalid, "文件“%s”无法读取：%s", name, why)
}

func tooBig(name string) error {
	return fault.Say(fault.Invalid, "文件“%s”过大，不像一份年报，没有读取。", name)
}
