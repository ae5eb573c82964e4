package paper

import (
	"fmt"
	"strings"
)

// The parts of a Word document that do not depend on the report.

const (
	xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	wordNS  = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	office  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	opc     = "http://schemas.openxmlformats.org/package/2006/"
	wordML  = "application/vnd.openxmlformats-officedocument.wordprocessingml."
)

const wordTypes = xmlHead + `<Types xmlns="` + opc + `content-types">` +
	`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
	`<Override PartName="/word/document.xml" ContentType="` + wordML + `document.main+xml"/>` +
	`<Override PartName="/word/styles.xml" ContentType="` + wordML + `styles+xml"/>` +
	`<Override PartName="/word/fontTable.xml" ContentType="` + wordML + `fontTable+xml"/>` +
	`<Override PartName="/word/settings.xml" ContentType="` + wordML + `settings+xml"/>` +
	`<Override PartName="/word/footer1.xml" ContentType="` + wordML + `footer+xml"/>` +
	`<Override PartName="/word/footer2.xml" ContentType="` + wordML + `footer+xml"/>` +
	`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>` +
	`<Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>`

const wordRels = xmlHead + `<Relationships xmlns="` + opc + `relationships">` +
	`<Relationship Id="rId1" Type="` + office + `officeDocument" Target="word/document.xml"/>` +
	`<Relationship Id="rId2" Type="` + opc + `relationships/metadata/core-properties" Target="docProps/core.xml"/>` +
	`<Relationship Id="rId3" Type="` + office + `extended-properties" Target="docProps/app.xml"/></Relationships>`

const wordDocRels = xmlHead + `<Relationships xmlns="` + opc + `relationships">` +
	`<Relationship Id="rId1" Type="` + office + `styles" Target="styles.xml"/>` +
	`<Relationship Id="rId2" Type="` + office + `fontTable" Target="fontTable.xml"/>` +
	`<Relationship Id="rId3" Type="` + office + `settings" Target="settings.xml"/>` +
	`<Relationship Id="rId4" Type="` + office + `footer" Target="footer1.xml"/>` +
	`<Relationship Id="rId5" Type="` + office + `footer" Target="footer2.xml"/></Relationships>`

const wordOpen = xmlHead + `<w:document ` + wordNS + `><w:body>`

// wordClose ends the body with the page: size, margins, numbers at the outer
// edge, 22 lines of 28 characters.
var wordClose = fmt.Sprintf(`<w:sectPr><w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/>`+
	`<w:pgSz w:w="%d" w:h="%d"/><w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="851" w:footer="%d" w:gutter="0"/>`+
	`<w:cols w:space="425"/><w:docGrid w:type="lines" w:linePitch="560"/></w:sectPr></w:body></w:document>`,
	pageWide, pageHigh, marginTop, marginSide, marginFoot, marginLeft, footAt)

// The faces the standard asks for, and what stands in where they are missing.
const (
	faceTitle   = "方正小标宋简体"
	faceBody    = "仿宋_GB2312"
	faceChapter = "黑体"
	faceSection = "楷体_GB2312"
	faceLatin   = "Times New Roman"
)

func fonts(eastAsia string) string {
	return `<w:rFonts w:ascii="` + faceLatin + `" w:hAnsi="` + faceLatin + `" w:eastAsia="` + eastAsia + `" w:cs="` + faceLatin + `"/>`
}

var wordStyles = xmlHead + `<w:styles ` + wordNS + `><w:docDefaults><w:rPrDefault><w:rPr>` + fonts(faceBody) +
	`<w:kern w:val="2"/><w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>` +
	style("Normal", "Normal", `<w:qFormat/>`, `<w:widowControl/><w:spacing w:line="560" w:lineRule="exact"/><w:ind w:firstLine="640" w:firstLineChars="200"/><w:jc w:val="both"/>`, "") +
	style("Title", "Title", `<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/>`,
		`<w:keepNext/><w:spacing w:before="0" w:after="560" w:line="660" w:lineRule="exact"/><w:ind w:firstLine="0" w:firstLineChars="0"/><w:jc w:val="center"/>`, fonts(faceTitle)+`<w:sz w:val="44"/><w:szCs w:val="44"/>`) +
	style("Heading1", "heading 1", `<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/>`, `<w:keepNext/><w:outlineLvl w:val="0"/>`, fonts(faceChapter)) +
	style("Heading2", "heading 2", `<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/>`, `<w:keepNext/><w:outlineLvl w:val="1"/>`, fonts(faceSection)) +
	style("Cell", "表格文字", `<w:basedOn w:val="Normal"/>`, `<w:snapToGrid w:val="0"/><w:spacing w:line="260" w:lineRule="exact"/><w:ind w:firstLine="0" w:firstLineChars="0"/><w:jc w:val="center"/>`, `<w:sz w:val="21"/><w:szCs w:val="21"/>`) +
	style("Note", "表格附注", `<w:basedOn w:val="Normal"/>`, `<w:spacing w:line="400" w:lineRule="exact"/><w:ind w:firstLine="480" w:firstLineChars="200"/>`, `<w:sz w:val="24"/><w:szCs w:val="24"/>`) +
	style("Sign", "落款", `<w:basedOn w:val="Normal"/>`, `<w:keepLines/><w:ind w:right="640" w:rightChars="200" w:firstLine="0" w:firstLineChars="0"/><w:jc w:val="right"/>`, "") +
	style("Footer", "footer", `<w:basedOn w:val="Normal"/>`, `<w:spacing w:line="240" w:lineRule="auto"/><w:ind w:firstLine="0" w:firstLineChars="0"/>`, fonts("宋体")+`<w:sz w:val="28"/><w:szCs w:val="28"/>`) +
	`<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="60" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>` +
	`<w:style w:type="table" w:customStyle="1" w:styleId="Statutory"><w:name w:val="法定表格"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>` +
	sides("top", "left", "bottom", "right", "insideH", "insideV") + `</w:tblBorders></w:tblPr></w:style></w:styles>`

func style(id, name, more, paragraph, run string) string {
	kind := `w:type="paragraph"`
	if id == "Normal" {
		kind += ` w:default="1"`
	} else if name == "表格文字" || name == "表格附注" || name == "落款" {
		kind += ` w:customStyle="1"`
	}
	s := `<w:style ` + kind + ` w:styleId="` + id + `"><w:name w:val="` + name + `"/>` + more + `<w:pPr>` + paragraph + `</w:pPr>`
	if run != "" {
		s += `<w:rPr>` + run + `</w:rPr>`
	}
	return s + `</w:style>`
}

func sides(names ...string) string {
	var b strings.Builder
	for _, side := range names {
		b.WriteString(`<w:` + side + ` w:val="single" w:sz="4" w:space="0" w:color="000000"/>`)
	}
	return b.String()
}

// wordFonts names what stands in for a face the reader's computer lacks.
var wordFonts = xmlHead + `<w:fonts ` + wordNS + `>` +
	font(faceTitle, "华文中宋") + font(faceBody, "仿宋") + font(faceSection, "楷体") + font(faceChapter, "SimHei") + font("宋体", "SimSun") +
	`<w:font w:name="` + faceLatin + `"><w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>`

func font(name, other string) string {
	return `<w:font w:name="` + name + `"><w:altName w:val="` + other + `"/><w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>`
}

const wordSettings = xmlHead + `<w:settings ` + wordNS + `><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/>` +
	`<w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/><w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/>` +
	`<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`

// footer is the page number between dashes at the outer edge.
func footer(side string) string {
	indent := `<w:ind w:right="280" w:rightChars="100" w:firstLine="0" w:firstLineChars="0"/>`
	if side == "left" {
		indent = `<w:ind w:left="280" w:leftChars="100" w:firstLine="0" w:firstLineChars="0"/>`
	}
	field := func(kind string) string { return `<w:r><w:fldChar w:fldCharType="` + kind + `"/></w:r>` }
	return xmlHead + `<w:ftr ` + wordNS + `><w:p><w:pPr><w:pStyle w:val="Footer"/>` + indent + `<w:jc w:val="` + side + `"/></w:pPr><w:r><w:t xml:space="preserve">— </w:t></w:r>` +
		field("begin") + `<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>` + field("separate") + `<w:r><w:t>1</w:t></w:r>` + field("end") +
		`<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>`
}

const wordCore = xmlHead + `<cp:coreProperties xmlns:cp="` + opc + `metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>%s</dc:title><dc:creator>%s</dc:creator><dc:language>zh-CN</dc:language></cp:coreProperties>`

const wordApp = xmlHead + `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>gongkai</Application></Properties>`
