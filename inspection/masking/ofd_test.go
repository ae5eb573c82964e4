package masking_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"gongkai/inspection/masking"
)

// An ofdText is a text object: a line of words, drawn with glyphs of a face where
// they are given.
type ofdText struct {
	x, y   float64
	s      string
	glyphs bool
}

// glyphs are numbers that stand for letters one to one.
func glyphs(s string) string {
	var out []string
	for _, r := range s {
		out = append(out, fmt.Sprint(1000+int(r)%5000))
	}
	return strings.Join(out, " ")
}

// ofd makes a file of the national layout format, with everything beside the pages
// that may tell a text, which is hidden in all of them.
func ofd(t *testing.T, hidden string, pages ...[]ofdText) []byte {
	t.Helper()
	const space = ` xmlns:ofd="http://www.ofdspec.org/2016"`
	entries := [][2]string{
		{"OFD.xml", `<ofd:OFD` + space + `><ofd:DocBody><ofd:DocInfo><ofd:DocID>0</ofd:DocID><ofd:Title>` + hidden + `</ofd:Title><ofd:Author>拟稿人</ofd:Author><ofd:CustomDatas><ofd:CustomData Name="n">` + hidden +
			`</ofd:CustomData></ofd:CustomDatas></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot><ofd:Versions><ofd:Version ID="1" BaseLoc="Doc_0/Versions/V.xml"/></ofd:Versions><ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures></ofd:DocBody></ofd:OFD>`},
		{"Doc_0/Versions/V.xml", `<v>` + hidden + `</v>`},
		{"Doc_0/Signs/Signatures.xml", `<s><Signature BaseLoc="Sign_0/Signature.xml"/></s>`},
		{"Doc_0/Signs/Sign_0/Signature.xml", `<s>` + hidden + `</s>`},
		{"Doc_0/Annots/Annotations.xml", `<a><Page PageID="1"><FileLoc>Page_0/Annotation.xml</FileLoc></Page></a>`},
		{"Doc_0/Annots/Page_0/Annotation.xml", `<a><Annot Type="Highlight" Creator="王五"><Remark>` + hidden + `</Remark></Annot></a>`},
		{"Doc_0/Attachs/Attachments.xml", `<a><Attachment Name="` + hidden + `"><FileLoc>list.txt</FileLoc></Attachment></a>`},
		{"Doc_0/Attachs/list.txt", "名单 " + hidden},
		{"Doc_0/CustomTags/t.xml", `<t>` + hidden + `</t>`},
		{"Doc_0/Res/font_1.ttf", "face"},
		{"Doc_0/Res/unused.bin", hidden},
		{"Doc_0/PublicRes.xml", `<ofd:Res` + space + ` BaseLoc="Res"><ofd:Fonts><ofd:Font ID="9" FontName="宋体"><ofd:FontFile>font_1.ttf</ofd:FontFile></ofd:Font></ofd:Fonts></ofd:Res>`},
	}
	list := ""
	for i, page := range pages {
		list += fmt.Sprintf(`<ofd:Page ID="%d" BaseLoc="Pages/Page_%d/Content.xml"/>`, i+1, i)
		body := ""
		for _, o := range page {
			n := len([]rune(o.s))
			body += fmt.Sprintf(`<ofd:TextObject ID="5" Boundary="%v %v %v 6" Font="9" Size="5">`, o.x, o.y, 5*float64(n))
			if o.glyphs {
				body += fmt.Sprintf(`<ofd:CGTransform CodePosition="0" CodeCount="%d" GlyphCount="%d"><ofd:Glyphs>%s</ofd:Glyphs></ofd:CGTransform>`, n, n, glyphs(o.s))
			}
			body += fmt.Sprintf(`<ofd:TextCode X="0" Y="5" DeltaX="g %d 5">%s</ofd:TextCode></ofd:TextObject>`, n-1, o.s)
		}
		entries = append(entries, [2]string{fmt.Sprintf("Doc_0/Pages/Page_%d/Content.xml", i), `<ofd:Page` + space + `><ofd:Content><ofd:Layer ID="2">` + body +
			`<ofd:TextObject Visible="false" Boundary="0 0 10 5" Size="4"><ofd:TextCode>` + hidden + `</ofd:TextCode></ofd:TextObject></ofd:Layer></ofd:Content><ofd:Actions><ofd:Action><ofd:URI URI="http://example.cn/` + hidden + `"/></ofd:Action></ofd:Actions></ofd:Page>`})
	}
	entries = append(entries, [2]string{"Doc_0/Document.xml", `<ofd:Document` + space + `><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData><ofd:Pages>` + list +
		`</ofd:Pages><ofd:Outlines><ofd:OutlineElem Title="` + hidden + `"/></ofd:Outlines><ofd:Annotations>Annots/Annotations.xml</ofd:Annotations><ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments><ofd:CustomTags>CustomTags/t.xml</ofd:CustomTags></ofd:Document>`})
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, e := range entries {
		w, err := z.Create(e[0])
		if err == nil {
			_, err = w.Write([]byte(e[1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAnOFDFileIsMaskedInItsPages(t *testing.T) {
	id, other, cut, long := identity(3, 31), identity(4, 32), identity(5, 33), identity(6, 34)
	hidden := "身份证号" + other
	data := ofd(t, hidden,
		[]ofdText{
			{30, 30, "示例市明镜区民政局救助对象公示", false},
			{30, 50, "张三的身份证号：" + id + "，符合条件。", true},
			{30, 60, "李四的身份证号：" + cut[:7], true}, {105, 60, cut[7:] + "。", true},
			{30, 70, "局长李四要求做好公示。", true},
			{30, 280, "王五的身份证号：" + long[:9], false},
		},
		[]ofdText{{30, 20, long[9:] + "。", true}, {30, 40, "示例市明镜区民政局", false}},
	)
	m := make_(t, "公示.ofd", data, masking.Options{})
	values := []string{id, other, cut, long}
	for _, v := range values {
		holds(t, m.Data, v, v[2:15], v[2:9], v[9:15], glyphs(v), glyphs(v[2:7]), glyphs(v[9:15]))
	}
	holds(t, m.Data, hidden, "拟稿人", "名单", "王五</", "Signature", "Versions", "example.cn")
	if len(m.Left) != 0 {
		t.Errorf("the second inspection still finds %+v", m.Left)
	}
	got := text(t, "公示.ofd", m.Data)
	for _, want := range []string{"示例市明镜区民政局救助对象公示", "张三的身份证号：" + id[:2] + "*************" + id[15:] + "，符合条件。", "局长李四要求做好公示。", cut[:2] + "*****"} {
		if !strings.Contains(strings.Join(strings.Fields(got), ""), want) {
			t.Errorf("the copy does not say %s:\n%s", want, got)
		}
	}
	for _, want := range []string{"批注", "附带的文件", "书签", "电子签名（副本不再有签名的效力）", "隐藏文字", "作者等文件属性"} {
		if !slices.Contains(m.Cleaned, want) {
			t.Errorf("Cleaned = %v, want %s in it", m.Cleaned, want)
		}
	}
	// Letters stand where they stood, drawn with the glyphs they were drawn with.
	page := entry(t, m.Data, "Doc_0/Pages/Page_0/Content.xml")
	n := len([]rune("张三的身份证号：" + id + "，符合条件。"))
	if !strings.Contains(page, fmt.Sprintf(`DeltaX="g %d 5">张三的身份证号：%s*************%s，`, n-1, id[:2], id[15:])) {
		t.Errorf("the line has other places: %s", page)
	}
	if want := glyphs("张三的身份证号："+id[:2]) + strings.Repeat(" 0", 13) + " " + glyphs(id[15:]+"，符合条件。"); !strings.Contains(page, want) {
		t.Errorf("the glyphs are not %s", want)
	}
	var names []string
	z, err := zip.NewReader(bytes.NewReader(m.Data), int64(len(m.Data)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		names = append(names, f.Name)
	}
	slices.Sort(names)
	if want := []string{"Doc_0/Document.xml", "Doc_0/Pages/Page_0/Content.xml", "Doc_0/Pages/Page_1/Content.xml", "Doc_0/PublicRes.xml", "Doc_0/Res/font_1.ttf", "OFD.xml"}; !slices.Equal(names, want) {
		t.Errorf("entries %v, want %v", names, want)
	}
}

func entry(t *testing.T, data []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	r, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var b bytes.Buffer
	if _, err := b.ReadFrom(r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
