package document

import (
	"strconv"
	"strings"
)

// A docxStyle is what a paragraph or character style says about meaning; looks
// other than bold and alignment do not matter here.
type docxStyle struct {
	name, basedOn string
	outline       int // 0 to 8, -1 none
	number        docxNumberRef
	align         Align
	hasAlign      bool
	bold, vanish  bool
}

const notHeading = -1

func (f *docxFile) readStyles() error {
	f.styles = map[string]*docxStyle{}
	entry := f.related("/styles")
	if entry == "" {
		entry = "word/styles.xml"
	}
	return f.walk(entry, func(x *xmlStream, root element) error {
		return x.children(func(e element) error {
			if e.name != "style" {
				return nil
			}
			s := &docxStyle{outline: -1, number: docxNumberRef{level: -1}}
			f.styles[e.attr("styleId")] = s
			return x.children(func(e element) error {
				switch e.name {
				case "name":
					s.name = e.val()
				case "basedOn":
					s.basedOn = e.val()
				case "pPr":
					return f.styleParagraph(x, s)
				case "rPr":
					return x.children(func(e element) error {
						switch e.name {
						case "b":
							s.bold = e.on()
						case "vanish":
							s.vanish = e.on()
						}
						return nil
					})
				}
				return nil
			})
		})
	})
}

func (f *docxFile) styleParagraph(x *xmlStream, s *docxStyle) error {
	return x.children(func(e element) error {
		switch e.name {
		case "outlineLvl":
			s.outline = outlineOf(e)
		case "jc":
			s.align, s.hasAlign = alignOf(e.val()), true
		case "numPr":
			return readNumberRef(x, &s.number)
		}
		return nil
	})
}

func outlineOf(e element) int {
	n, err := strconv.Atoi(e.val())
	if err != nil || n < 0 || n > 8 {
		return -1
	}
	return n
}

func alignOf(jc string) Align {
	switch jc {
	case "center":
		return AlignCenter
	case "right", "end":
		return AlignEnd
	}
	return AlignStart
}

// find looks a property up through the styles a style is based on.
func (f *docxFile) find(id string, has func(*docxStyle) bool) *docxStyle {
	for range 20 {
		s := f.styles[id]
		if s == nil {
			return nil
		}
		if has(s) {
			return s
		}
		id = s.basedOn
	}
	return nil
}

// headingLevel tells what level a paragraph of that style has: 0 the title,
// notHeading for text. Word keeps the built-in names in English whatever the
// language of its menus; WPS and files made by scripts also use Chinese ones.
func (f *docxFile) headingLevel(id string) int {
	s := f.find(id, func(s *docxStyle) bool { return levelOfName(s.name) != notHeading || s.outline >= 0 })
	if s == nil {
		if f.styles[id] == nil {
			return levelOfName(id)
		}
		return notHeading
	}
	if l := levelOfName(s.name); l != notHeading {
		return l
	}
	return s.outline + 1
}

func levelOfName(name string) int {
	n := strings.ToLower(strings.Join(strings.Fields(name), ""))
	switch n {
	case "title", "标题", "文档标题", "公文标题", "主标题", "大标题":
		return 0
	case "subtitle", "副标题":
		return notHeading
	case "一级标题":
		return 1
	case "二级标题":
		return 2
	case "三级标题":
		return 3
	case "四级标题":
		return 4
	}
	for _, p := range []string{"heading", "标题"} {
		if rest, ok := strings.CutPrefix(n, p); ok {
			if l, err := strconv.Atoi(rest); err == nil && l >= 1 && l <= 9 {
				return l
			}
		}
	}
	return notHeading
}

func (f *docxFile) styleAlign(id string) Align {
	if s := f.find(id, func(s *docxStyle) bool { return s.hasAlign }); s != nil {
		return s.align
	}
	return AlignStart
}

func (f *docxFile) styleNumber(id string) docxNumberRef {
	if s := f.find(id, func(s *docxStyle) bool { return s.number.id != "" }); s != nil {
		return s.number
	}
	return docxNumberRef{level: -1}
}
