package planting

func pagePlaces() []Place {
	page := func(name string, seen bool, f func(*Source) string) Place {
		return Place{"a.html", "网页：" + name, seen, func(s *Source) []byte {
			return []byte(`<!DOCTYPE html><html><head><meta charset="utf-8"><title>救助公示</title><style>.gone{display:none}#far{position:absolute;left:-9999px}</style></head><body><div class="TRS_Editor"><h1>救助公示</h1><p>现将名单予以公示，公示期为七天，如有异议请在公示期内向区民政局反映，逾期不再受理。</p>` + f(s) + `</div></body></html>`)
		}}
	}
	tag := func(before, after string) func(*Source) string {
		return func(s *Source) string { return before + s.ID() + after }
	}
	return []Place{
		page("正文和表格", true, func(s *Source) string {
			return "<p>" + s.ID() + "</p><table><tr><td>姓名<td>身份证<tr><td>王示例<td>" + s.ID() + "</table>"
		}),
		page("一个数字几种格式", true, func(s *Source) string {
			n := s.ID()
			return "<p>" + n[:4] + "<b>" + n[4:9] + "</b><i>" + n[9:] + "</i></p>"
		}),
		page("字符引用", true, func(s *Source) string {
			out := "<p>"
			for _, r := range s.ID() {
				out += "&#" + string(rune('0'+r/10)) + string(rune('0'+r%10)) + ";"
			}
			return out + "</p>"
		}),
		page("单元格内换行", true, func(s *Source) string {
			n := s.ID()
			return "<table><tr><td>身份证号<tr><td>" + n[:6] + "<br>" + n[6:] + "</table>"
		}),
		page("display:none", false, tag(`<p style="display: none">身份证`, `</p>`)),
		page("样式表隐藏", false, func(s *Source) string {
			return `<p class="a gone">` + s.ID() + `</p><p id="far">` + s.ID() + `</p>`
		}),
		page("透明、白色、零大小", false, func(s *Source) string {
			return `<p style="opacity:0">` + s.ID() + `</p><p style="color:#fff">` + s.ID() + `</p><p style="font-size:0">` + s.ID() + `</p>`
		}),
		page("隐藏域和输入框", false, func(s *Source) string {
			return `<input type="hidden" name="sfz" value="` + s.ID() + `"><input value="` + s.ID() + `"><textarea>` + s.ID() + `</textarea><select><option value="` + s.ID() + `">甲</option></select>`
		}),
		page("注释", false, func(s *Source) string { return "<!-- " + s.ID() + " --><!-- 王示例 " + s.ID() + " -->" }),
		page("title、alt、data-、aria-label 属性", false, func(s *Source) string {
			return `<p title="` + s.ID() + `">甲</p><img src="/a.png" alt="` + s.ID() + `"><p data-card="` + s.ID() + `" aria-label="` + s.ID() + `">乙</p>`
		}),
		page("链接地址", false, tag(`<a href="/query?sfz=`, `">查询</a>`)),
		page("脚本里的数据", false, func(s *Source) string {
			return `<script>var list=[{"name":"王示例","sfz":"` + s.ID() + `"}];</script><script type="application/json">{"sfz":"` + s.ID() + `"}</script>`
		}),
		page("noscript、template、iframe", false, func(s *Source) string {
			return `<noscript><p>` + s.ID() + `</p></noscript><template><p>` + s.ID() + `</p></template><iframe srcdoc="&lt;p&gt;` + s.ID() + `&lt;/p&gt;"></iframe>`
		}),
		page("矢量图文字", true, tag(`<svg><text x="1" y="9">`, `</text></svg>`)),
		page("导航、页脚和侧栏", true, func(s *Source) string {
			return `<div class="footer">联系人` + s.ID() + `</div><nav>` + s.ID() + `</nav><aside>` + s.ID() + `</aside>`
		}),
		page("对话框和按钮", false, func(s *Source) string {
			return `<dialog>` + s.ID() + `</dialog><button value="1">` + s.ID() + `</button>`
		}),
		{"a.html", "网页：正文容器以外", true, func(s *Source) []byte {
			return []byte(`<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="author" content="` + s.ID() + `"><meta property="og:description" content="` + s.ID() + `"><title>公示</title></head><body><div class="top">` + s.ID() + `</div><div class="TRS_Editor"><p>现将名单予以公示，公示期为七天，如有异议请在公示期内向区民政局反映，逾期不再受理。</p></div><p>来源` + s.ID() + `</p></body></html>`)
		}},
		page("内嵌图片的拍摄说明（EXIF）", false, func(s *Source) string {
			return `<img src="data:image/jpeg;base64,` + base64of(Photo(s.ID(), false)) + `">`
		}),
	}
}
