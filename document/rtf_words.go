package document

import (
	"encoding/binary"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// pages are the code pages files are written in.
var pages = map[int]encoding.Encoding{
	874: charmap.Windows874, 932: japanese.ShiftJIS, 936: simplifiedchinese.GB18030, 949: korean.EUCKR, 950: traditionalchinese.Big5,
	1250: charmap.Windows1250, 1251: charmap.Windows1251, 1252: charmap.Windows1252, 1253: charmap.Windows1253, 1254: charmap.Windows1254,
	1255: charmap.Windows1255, 1256: charmap.Windows1256, 1257: charmap.Windows1257, 1258: charmap.Windows1258,
	437: charmap.CodePage437, 850: charmap.CodePage850, 10000: charmap.Macintosh, 54936: simplifiedchinese.GB18030,
}

// charsets are the code pages of fonts by what their table calls them.
var charsets = map[int]int{77: 10000, 128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258, 177: 1255, 178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250, 255: 437}

// twoBytes tells code pages in which a character may take two bytes.
func twoBytes(page int) bool {
	switch page {
	case 932, 936, 949, 950, 54936, 65001:
		return true
	}
	return false
}

// decodePage turns bytes of a code page into text; what cannot be decoded stands as
// U+FFFD.
func decodePage(raw []byte, page int) string {
	e := pages[page]
	if page == 65001 {
		return strings.ToValidUTF8(string(raw), "\ufffd")
	}
	if e == nil {
		e = charmap.Windows1252
	}
	out, err := e.NewDecoder().Bytes(raw)
	if err != nil {
		return strings.Repeat("\ufffd", len(raw))
	}
	return strings.ToValidUTF8(string(out), "\ufffd")
}

// signs are control words that stand for a character.
var signs = map[string]string{"emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
	"emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005", "tab": "\t"}

// starKnown are the groups that older programs leave out and this one reads.
var starKnown = map[string]bool{"fldinst": true, "annotation": true, "atnauthor": true, "atnid": true, "shppict": true, "shpinst": true, "shptxt": true, "objdata": true,
	"revtbl": true, "company": true, "manager": true, "userprops": true, "propname": true, "staticval": true, "docvar": true, "ud": true, "moMath": true, "moMathPara": true,
	"formfield": true, "ffdeftext": true, "ffl": true, "ffhelptext": true, "ffstattext": true, "ffname": true, "hlinkbase": true, "category": true, "footnote": true,
	"template": true, "do": true}

// rtfProperties are the groups of the file's own properties by the names Office gives
// them elsewhere.
var rtfProperties = map[string]string{"title": "title", "subject": "subject", "author": "creator", "operator": "lastModifiedBy", "manager": "Manager", "company": "Company",
	"keywords": "keywords", "comment": "description", "doccomm": "description", "category": "category", "hlinkbase": "hlinkbase"}

// word does what a control word says.
func (f *rtfFile) word(name string, n int, given bool) error {
	if s, ok := signs[name]; ok {
		return f.say(s)
	}
	if rtfProperties[name] != "" && f.stackEnds() != "upr" && (f.within("info") || name == "company" || name == "manager" || name == "hlinkbase" || name == "category") {
		f.words(name)
		return nil
	}
	if flow := f.now.flow; flow != nil {
		if done, err := f.layOut(flow, name, n, !given || n != 0); done || err != nil {
			return err
		}
	}
	return f.destination(name, n, given)
}

// layOut does the words that concern the text: its paragraphs, cells and looks. A
// switch is on without a number, and off with a nought.
func (f *rtfFile) layOut(flow *rtfFlow, name string, n int, on bool) (done bool, err error) {
	now := &f.now
	switch name {
	case "par", "sect", "page", "column", "nestcell", "nestrow":
		return true, flow.end(f, *now)
	case "line", "softline", "lbr":
		return true, flow.say(f, *now, Run{Break: true})
	case "cell":
		return true, flow.cell(f, *now)
	case "row":
		return true, flow.rowEnd(f)
	case "trowd":
		flow.defs, flow.def, flow.header = nil, rtfCell{}, false
	case "trhdr":
		flow.header = true
	case "clmgf", "clmrg", "clvmgf", "clvmrg":
		switch name {
		case "clmrg":
			flow.def.joins = true
		case "clvmgf":
			flow.def.begins = true
		case "clvmrg":
			flow.def.follows = true
		}
	case "cellx":
		if flow.def.right = n; len(flow.defs) < maxColumns {
			flow.defs = append(flow.defs, flow.def)
		}
		flow.def = rtfCell{}
	case "pard":
		now.align, now.outline, now.inTable = AlignStart, -1, false
	case "intbl", "itap":
		now.inTable = name == "intbl" || n > 0
	case "qc":
		now.align = AlignCenter
	case "qr":
		now.align = AlignEnd
	case "ql", "qj", "qd":
		now.align = AlignStart
	case "outlinelevel":
		now.outline = n
	case "plain":
		now.face, now.unseen, now.gone, now.font = Run{Link: now.face.Link}, false, false, 0
	case "v", "webhidden":
		now.unseen = on
	case "deleted":
		now.gone = on
	case "revised":
		if on {
			f.inserted++
		}
	case "b":
		now.face.Bold = on
	case "i":
		now.face.Italic = on
	case "ul":
		now.face.Under = on
	case "ulnone":
		now.face.Under = false
	case "strike":
		now.face.Strike = on
	case "super":
		now.face.Super, now.face.Sub = on, false
	case "sub":
		now.face.Super, now.face.Sub = false, on
	case "nosupersub":
		now.face.Super, now.face.Sub = false, false
	default:
		return false, nil
	}
	return true, nil
}

// stackEnds is what the group around this one is finished as.
func (f *rtfFile) stackEnds() string {
	if n := len(f.stack); n > 0 {
		return f.stack[n-1].ends
	}
	return ""
}

// within tells whether a group around this one is finished as such.
func (f *rtfFile) within(what string) bool {
	if f.now.ends == what {
		return true
	}
	for i := len(f.stack) - 1; i >= 0 && i >= len(f.stack)-4; i-- {
		if f.stack[i].ends == what {
			return true
		}
	}
	return false
}

// words sends what the group says to a place of its own, to be looked at when the
// group ends.
func (f *rtfFile) words(ends string) {
	f.ignore()
	f.now.text, f.now.ends = &strings.Builder{}, ends
}

// apart sends the text of the group to a flow of its own.
func (f *rtfFile) apart(ends string) {
	f.ignore()
	f.now.flow, f.now.ends = newFlow(), ends
	f.now.face, f.now.unseen, f.now.gone, f.now.inTable = Run{}, false, false, false
}

// destination opens a group that is no plain text.
func (f *rtfFile) destination(name string, n int, given bool) error {
	switch name {
	case "uc":
		f.now.uc = min(max(0, n), 100)
	case "f":
		f.now.font = n
	case "deff":
		f.now.font = n
		for i := range f.stack {
			f.stack[i].font = n
		}
	case "ansicpg":
		if f.page = n; n == 0 {
			f.page = 1252
		}
	case "mac":
		f.page = 10000
	case "fonttbl":
		f.ignore()
		f.now.text, f.now.fonts = &strings.Builder{}, true
	case "fcharset", "cpg":
		f.fontPage(name, n)
	case "info", "userprops":
		f.ignore()
		f.now.ends = name
	case "propname", "staticval", "atnauthor", "docvar", "ffdeftext", "ffl", "ffhelptext", "ffstattext", "revtbl", "fldinst", "template", "sv", "xe", "tc":
		f.words(name)
	case "objdata":
		f.ignore()
		f.now.hex, f.now.ends = &[]byte{}, name
	case "pict":
		if f.now.flow != nil || f.now.text != nil { // else in a group that is left out
			f.ignore()
			f.now.hex, f.now.ends = &[]byte{}, name
		}
	case "header", "headerl", "headerr", "headerf":
		f.apart("header")
	case "footer", "footerl", "footerr", "footerf":
		f.apart("footer")
	case "footnote", "annotation":
		if f.now.flow != nil {
			f.apart(name)
		}
	case "shptxt", "dptxbxtext":
		f.apart("shptxt")
	case "listtext", "pntext": // the number as it is printed
		if f.now.flow != nil {
			f.words("listtext")
		}
	case "upr": // written twice: as older programs read it, and in a group of its own
		f.ignore()
		f.now.ends = name
	case "ud", "stylesheet", "colortbl", "listtable", "listoverridetable", "nonshppict", "nonesttables", "shprslt", "atnid", "do", "fontemb", "objclass", "objname",
		"pntxta", "pntxtb", "pn", "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "formfield", "shpinst", "rsidtbl", "filetbl", "bkmkstart", "bkmkend":
		f.ignore()
	}
	return nil
}

// fontPage notes the code page of the font whose entry is being read.
func (f *rtfFile) fontPage(name string, n int) {
	if !f.now.fonts || len(f.font) > 10_000 {
		return
	}
	font := f.font[f.now.font]
	if name == "cpg" {
		font.page = n
	} else {
		font.page, font.sign, font.latin = charsets[n], n == 2, n == 0
	}
	f.font[f.now.font] = font
}

// embedded reads the object a group holds: a head that names its class, then the file.
func (f *rtfFile) embedded(s []byte) bool {
	text := func() (string, bool) {
		if len(s) < 4 {
			return "", false
		}
		n := int64(binary.LittleEndian.Uint32(s))
		if n > int64(len(s)-4) {
			return "", false
		}
		out := strings.TrimRight(string(s[4:4+n]), "\x00")
		s = s[4+n:]
		return out, true
	}
	if len(s) < 12 {
		return false
	}
	s = s[8:]
	class, ok := text()
	_, ok2 := text()
	_, ok3 := text()
	if !ok || !ok2 || !ok3 || len(s) < 4 {
		return false
	}
	size := min(int64(binary.LittleEndian.Uint32(s)), int64(len(s)-4))
	s = s[4 : 4+size]
	name := shorten(strings.ToValidUTF8(class, ""))
	if class == "Package" {
		s, name = oleNative(append(make([]byte, 4), s...), name)
	}
	return f.d.embed(f.b, name, s)
}
