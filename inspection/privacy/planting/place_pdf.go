package planting

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"fmt"
	"strings"
)

func base64of(b []byte) string { return base64.StdEncoding.EncodeToString(b) }

func pdfPlaces() []Place {
	file := func(name string, seen bool, f func(*Source, *PDF)) Place {
		return Place{"a.pdf", "PDF：" + name, seen, func(s *Source) []byte {
			p := &PDF{}
			p.Page()
			p.Text(200, 780, 16, 0, "救助对象公示")
			p.Text(60, 740, 12, 0, "现将名单予以公示，公示期为七天，如有异议请在公示期内反映。")
			f(s, p)
			return p.Bytes()
		}}
	}
	id := func(s *Source) string { return "身份证号：" + s.ID() }
	return []Place{
		file("正文", true, func(s *Source, p *PDF) { p.Text(60, 700, 12, 0, id(s)) }),
		file("有框线的表格", true, func(s *Source, p *PDF) {
			for i, x := range []float64{60, 160, 360} {
				p.Draw(fmt.Sprintf("%g 600 m %g 700 l S %g %d m 360 %d l S", x, x, 60.0, 600+50*i, 600+50*i))
			}
			p.Text(65, 670, 12, 0, "姓名")
			p.Text(165, 670, 12, 0, "身份证号")
			p.Text(65, 620, 12, 0, "王示例")
			n := s.ID()
			p.Text(165, 630, 12, 0, n[:12])
			p.Text(165, 612, 12, 0, n[12:])
		}),
		file("几段拼成的数字", true, func(s *Source, p *PDF) {
			n := s.ID()
			p.Text(60, 700, 12, 0, n[:6])
			p.Text(96, 700, 12, 0, n[6:14])
			p.Text(144, 700, 12, 0, n[14:])
		}),
		file("不着墨的文字", false, func(s *Source, p *PDF) { p.Text(60, 700, 12, 3, id(s)) }),
		file("白色文字", false, func(s *Source, p *PDF) {
			p.Draw("1 1 1 rg")
			p.Text(60, 700, 12, 0, id(s))
			p.Draw("0 g")
		}),
		file("页面以外的文字", false, func(s *Source, p *PDF) { p.Text(60, -200, 12, 0, id(s)); p.Text(900, 300, 12, 0, id(s)) }),
		file("涂黑方块下的文字", false, func(s *Source, p *PDF) {
			p.Text(60, 700, 12, 0, id(s))
			p.Draw("0 g 55 690 400 30 re f")
		}),
		file("图片盖住的文字", false, func(s *Source, p *PDF) {
			p.Objects = append(p.Objects, Stream("/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", "\x00"))
			p.Text(60, 700, 12, 0, id(s))
			p.Draw(fmt.Sprintf("q 400 0 0 30 55 690 cm /X%d Do Q", FirstObject))
		}),
		file("表单对象里的文字", true, func(s *Source, p *PDF) {
			inner := &PDF{}
			inner.Page()
			inner.Text(60, 700, 12, 0, id(s))
			p.Objects = append(p.Objects, Stream("/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>", inner.pages[0]))
			p.Draw(fmt.Sprintf("/X%d Do", FirstObject))
		}),
		file("批注", false, func(s *Source, p *PDF) {
			p.Annotate("<< /Type /Annot /Subtype /Text /Rect [0 0 20 20] /Contents " + Hex(id(s)) + " >>")
		}),
		file("表单域的值", false, func(s *Source, p *PDF) {
			p.Annotate("<< /Type /Annot /Subtype /Widget /FT /Tx /T (sfz) /Rect [0 0 20 20] /V " + Hex(id(s)) + " >>")
		}),
		file("链接地址", false, func(s *Source, p *PDF) {
			p.Annotate("<< /Type /Annot /Subtype /Link /Rect [0 0 20 20] /A << /S /URI /URI (http://www.example.cn/q?sfz=" + s.ID() + ") >> >>")
		}),
		file("文件属性", false, func(s *Source, p *PDF) {
			p.Info = "/Author " + Hex("王示例"+s.ID()) + " /Keywords " + Hex(s.ID()) + " /经办 " + Hex(s.ID())
		}),
		file("XMP 元数据", false, func(s *Source, p *PDF) {
			xmp := `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="r" xmlns:dc="d"><rdf:Description><dc:description>` + s.ID() + `</dc:description></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`
			var z bytes.Buffer
			w := zlib.NewWriter(&z)
			_, _ = w.Write([]byte(strings.Replace(xmp, s.Plants[len(s.Plants)-1].Value, s.ID(), 1)))
			_ = w.Close()
			p.Objects = append(p.Objects, Stream("/Type /Metadata /Subtype /XML", xmp), Stream("/Type /Metadata /Subtype /XML /Filter /FlateDecode", z.String()))
			p.Catalog = fmt.Sprintf("/Metadata %d 0 R", FirstObject)
		}),
		file("附件", false, func(s *Source, p *PDF) {
			b := NewBook("数据")
			b.Text("数据", "A1", "身份证号")
			b.Text("数据", "A2", s.ID())
			p.Objects = append(p.Objects, Stream("/Type /EmbeddedFile", string(b.Bytes())), fmt.Sprintf("<< /Type /Filespec /F (a.xlsx) /UF (a.xlsx) /EF << /F %d 0 R >> >>", FirstObject))
			p.Catalog = fmt.Sprintf("/Names << /EmbeddedFiles << /Names [(a.xlsx) %d 0 R] >> >>", FirstObject+1)
		}),
		file("书签", false, func(s *Source, p *PDF) {
			p.Objects = append(p.Objects, fmt.Sprintf("<< /Type /Outlines /First %d 0 R /Last %d 0 R /Count 1 >>", FirstObject+1, FirstObject+1), fmt.Sprintf("<< /Title %s /Parent %d 0 R >>", Hex(id(s)), FirstObject))
			p.Catalog = fmt.Sprintf("/Outlines %d 0 R", FirstObject)
		}),
		file("照片的拍摄说明（EXIF）", false, func(s *Source, p *PDF) {
			p.Objects = append(p.Objects, Stream("/Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode", string(Photo(s.ID(), false))))
			p.Draw(fmt.Sprintf("q 80 0 0 80 300 300 cm /X%d Do Q", FirstObject))
		}),
		{"a.pdf", "PDF：修改前的版本", false, func(s *Source) []byte {
			p := &PDF{}
			p.Page()
			p.Text(60, 740, 12, 0, "现将名单予以公示。")
			n := s.ID()
			p.Text(60, 700, 12, 0, n)
			old := p.Bytes()
			// The page's content is replaced at the end of the file, as editors save.
			content := &PDF{}
			content.Page()
			content.Text(60, 740, 12, 0, "现将名单予以公示。")
			at := len(old)
			object := fmt.Sprintf("%d 0 obj\n%s\nendobj\n", FirstObject+1, Stream("", content.pages[0]))
			start := at + len(object)
			prev := bytes.LastIndex(old, []byte("startxref\n"))
			before := strings.Fields(string(old[prev:]))[1]
			return append(old, object+fmt.Sprintf("xref\n%d 1\n%010d 00000 n \ntrailer << /Size %d /Root 1 0 R /Info 6 0 R /Prev %s >>\nstartxref\n%d\n%%%%EOF\n", FirstObject+1, at, FirstObject+2, before, start)...)
		}},
	}
}
