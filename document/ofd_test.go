package document

import (
	"context"
	"fmt"
	"testing"
)

// ofd makes a file of the national layout format of lines of text: x, y, size.
func ofd(lines ...any) []byte {
	const space = ` xmlns:ofd="http://www.ofdspec.org/2016"`
	body := ""
	for i := 0; i+3 < len(lines); i += 4 {
		text, size := lines[i].(string), lines[i+3].(float64)
		body += fmt.Sprintf(`<ofd:TextObject Boundary="%v %v %v %v" Size="%v"><ofd:TextCode X="0" Y="%v">%s</ofd:TextCode></ofd:TextObject>`,
			lines[i+1], lines[i+2], float64(runeLen(text))*size, size, size, size*0.9, text)
	}
	return zipped(
		"OFD.xml", `<ofd:OFD`+space+`><ofd:DocBody><ofd:DocInfo><ofd:Author>拟稿人</ofd:Author></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>`,
		"Doc_0/Document.xml", `<ofd:Document`+space+`><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>`,
		"Doc_0/Pages/Page_0/Content.xml", `<ofd:Page`+space+`><ofd:Content><ofd:Layer>`+body+
			`<ofd:TextObject Visible="false" Boundary="0 0 10 5" Size="4"><ofd:TextCode>藏着的字</ofd:TextCode></ofd:TextObject></ofd:Layer></ofd:Content></ofd:Page>`)
}

func TestAnOFDFileGivesItsText(t *testing.T) {
	d := mustRead(t, "a.ofd", ofd(
		"示例市明镜区民政局关于示例事项的通知", 42.0, 40.0, 7.0,
		"各镇（街道）：", 28.0, 60.0, 5.6,
		"现将有关事项通知如下请各单位认真贯彻执行并于月", 39.2, 70.0, 5.6,
		"底前报告落实情况。", 28.0, 80.0, 5.6,
		"示例市明镜区民政局", 120.0, 100.0, 5.6,
		"2026年3月2日", 125.0, 110.0, 5.6))
	same(t, "blocks", shape(d.Blocks), []string{"heading0 示例市明镜区民政局关于示例事项的通知", "paragraph 各镇（街道）：",
		"paragraph 现将有关事项通知如下请各单位认真贯彻执行并于月底前报告落实情况。", "paragraph 示例市明镜区民政局", "paragraph 2026年3月2日"})
	same(t, "hidden", partText(t, d, PartHidden), "藏着的字")
	same(t, "metadata", partText(t, d, PartMetadata), "Author: 拟稿人")
	if d.Pages != 1 || d.Kind != KindOFD {
		t.Errorf("pages %d, kind %s", d.Pages, d.Kind)
	}
}

func TestAnOFDFileWithoutItsPagesIsRefused(t *testing.T) {
	_, err := Read(context.Background(), "a.ofd", zipped("OFD.xml", "<x/>"), Limits{})
	refused(t, err, "没有文字")
	_, err = Read(context.Background(), "a.ofd", zipped("OFD.xml", `<o><DocBody><DocRoot>gone.xml</DocRoot></DocBody></o>`), Limits{})
	refused(t, err, "已损坏")
}
