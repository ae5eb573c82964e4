package document

import (
	"strings"
	"testing"
)

// A slide, its notes and comments, in the form of today.
func FuzzSlides(f *testing.F) {
	f.Add(box("title", "", "", "题")+box("", `hidden="1"`, `<a:xfrm><a:off x="-9999999999999" y="1"/><a:ext cx="1" cy="1"/></a:xfrm>`, "藏"), `<p:cm authorId="0"><p:text>批</p:text></p:cm>`, "show=\"0\"")
	f.Add(`<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tr><a:tc gridSpan="99999" rowSpan="99999"><a:txBody>`+drawnParas("甲", "乙")+`</a:txBody></a:tc><a:tc vMerge="1"><a:txBody>`+drawnParas("盖")+`</a:txBody></a:tc></a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>`, `<p:cm><p:replyLst><p:reply><p:txBody/></p:reply></p:replyLst></p:cm>`, "")
	f.Add(`<p:grpSp><p:nvGrpSpPr><p:cNvPr hidden="1"/></p:nvGrpSpPr><p:grpSp>`+box("", "", "", "甲")+`</p:grpSp></p:grpSp><mc:AlternateContent><mc:Choice>`+box("", "", "", "")+`</mc:Choice></mc:AlternateContent><p:pic/>`, "", "")
	f.Fuzz(func(t *testing.T, shapes, comments, attrs string) {
		if strings.ContainsAny(attrs, "<>") {
			attrs = ""
		}
		const rels = `<Relationship Id="n" Type="KIND/notesSlide" Target="../notesSlides/n.xml"/><Relationship Id="c" Type="KIND/comments" Target="../comments/c.xml"/>`
		try(t, "a.pptx", slides([]slideFile{{shapes: box("", "", "", "正文")}, {shapes: shapes, attrs: attrs, rels: rels}}, "ppt/comments/c.xml", `<p:cmLst SPACES>`+comments+`</p:cmLst>`,
			"ppt/notesSlides/n.xml", `<p:notes SPACES><p:cSld><p:spTree>`+shapes+`</p:spTree></p:cSld></p:notes>`))
	})
}

// The records of an old presentation, without the file around them.
func FuzzOldSlides(f *testing.F) {
	c, err := openCompound(gunzipped(f, "deck.ppt.gz"))
	if err != nil {
		f.Fatal(err)
	}
	for _, e := range c.all {
		if e.name == pptStream {
			s := c.read(e) // its slides lie behind a megabyte of masters
			f.Add(s[max(0, len(s)-20_000):], []byte{})
		}
	}
	add := func(data []byte) {
		s, _, err := oleStreams(data, 1<<20, pptStream, pptCurrent)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(s[pptStream], s[pptCurrent])
	}
	table := rec(artGroup, 0, true, rec(artShape, 0, true, rec(artMoreProps, 1, false, "\x9f\x03\x01\x00\x00\x00")), pptShapeOf(4, "格", rec(artChildAnchor, 0, false, 0, 0, 9, 9)))
	ref := rec(artShape, 0, true, rec(artTextbox, 0, false, rec(pptOutlineRef, 0, false, 0)))
	add(oldSlides([]string{pptSlideOf(0, pptShapeOf(1, "从前"))}, rec(pptTextHead, 0, false, 0)+rec(pptTextBytes, 0, false, "title"), pptSlideOf(4, pptShapeOf(0, "藏")+ref), pptSlideOf(0, table)))
	add(oldSlides(nil, "", rec(pptObject, 1, false, 9, packed("PK")), rec(pptNotes, 0, true, rec(pptNotesAtom, 0, false, 256), rec(pptDrawing, 0, true, pptShapeOf(2, "备注")))))
	f.Fuzz(func(t *testing.T, stream, current []byte) {
		b, d := fuzzed(KindPpt)
		err := readPptStreams(b, d, map[string][]byte{pptStream: stream, pptCurrent: current}, nil)
		said(t, err)
		if err == nil {
			sound(t, *d)
		}
	})
}

func FuzzRichText(f *testing.F) {
	f.Add([]byte(`\trowd\trhdr\clvmgf\cellx100\clmgf\cellx200\pard\intbl a\cell\cell\row\trowd\clvmrg\cellx100\cellx150\intbl\cell b\cell\row\pard c\par`))
	f.Add([]byte(`{\v x}{\deleted y}{\footnote z{\*\annotation w}}{\listtext 1.\tab}{\field{\*\fldinst HYPERLINK "http://x/"}{\fldrslt k}}\u-10180?\u-9216?\'81\'40{\f1\'93}\par`))
	f.Add([]byte(`{\info{\upr{\title a}{\*\ud{\title b}}}{\author c}}{\*\userprops{\propname d}{\staticval e}}{\header h\par}{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt c\par}}}{\object{\*\objdata 0105000002000000}}{\pict\bin3 }}}x`))
	f.Add(testdata(f, "text.rtf"))
	f.Fuzz(func(t *testing.T, body []byte) {
		try(t, "a.rtf", append([]byte(rtfHead), body...))
	})
}

func FuzzOpenText(f *testing.F) {
	f.Add(`<text:p>甲<text:span text:style-name="T">乙</text:span><text:s text:c="3"/><text:note><text:note-body><text:p>注</text:p></text:note-body></text:note></text:p><text:list text:style-name="L"><text:list-item text:start-value="3"><text:h text:outline-level="2">丙</text:h></text:list-item></text:list>`,
		`<style:style style:name="T" style:family="text" style:parent-style-name="T"><style:text-properties text:display="none" fo:font-weight="bold"/></style:style><text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="一, 二" style:num-suffix="、"/></text:list-style>`)
	f.Add(`<table:table><table:table-header-rows><table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="2" table:number-rows-spanned="9"><text:p>甲</text:p></table:table-cell><table:covered-table-cell><text:p>盖</text:p></table:covered-table-cell></table:table-row></table:table-header-rows></table:table>`, "")
	f.Add(`<text:tracked-changes><text:changed-region><text:deletion><text:p>删</text:p></text:deletion></text:changed-region></text:tracked-changes><text:section text:display="none"><text:p>藏<office:annotation><dc:creator>甲</dc:creator><text:p>批</text:p></office:annotation></text:p></text:section><text:p><draw:frame><draw:text-box><text:p>框</text:p></draw:text-box><draw:image xlink:href="Pictures/a.png"/></draw:frame></text:p>`, "")
	f.Fuzz(func(t *testing.T, body, styles string) {
		try(t, "a.odt", odf("text", styles, body, "Pictures/a.png", "\x89PNG\r\n\x1a\n"))
		try(t, "a.odp", odf("presentation", styles, `<draw:page draw:style-name="D">`+body+`</draw:page>`))
	})
}

func FuzzOpenBook(f *testing.F) {
	f.Add(`<table:table-column table:visibility="collapse" table:number-columns-repeated="16384"/><table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"/></table:table-row><table:table-row table:visibility="filter"><table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="2" office:value="13900000001" table:formula="of:=&quot;甲&quot;"><text:p>甲</text:p><office:annotation><text:p>批</text:p></office:annotation></table:table-cell><table:covered-table-cell><text:p>盖</text:p></table:covered-table-cell></table:table-row>`)
	f.Add(`<table:table-row-group table:display="false"><table:table-row table:number-rows-repeated="30"><table:table-cell table:number-columns-repeated="30"><text:p>甲</text:p></table:table-cell></table:table-row></table:table-row-group><table:shapes><draw:frame><draw:text-box><text:p>框</text:p></draw:text-box></draw:frame></table:shapes>`)
	f.Fuzz(func(t *testing.T, rows string) {
		try(t, "a.ods", odf("spreadsheet", `<style:style style:name="ta" style:family="table"><style:table-properties table:display="false"/></style:style>`, `<table:table table:name="甲">`+rows+`</table:table><table:table table:name="甲" table:style-name="ta">`+rows+`</table:table>`))
	})
}
