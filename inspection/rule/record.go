package rule

// An Element is one of the things an office keeps about a piece of information
// beside its text.
type Element string

// The elements, by the words of the trade.
const (
	IndexNo   Element = "索引号"
	Issuer    Element = "发布机构" // who made it (发文机关)
	Made      Element = "成文日期" // "2026-01-05"
	Published Element = "发布日期" // when it became public, "2026-01-05"
	DocNo     Element = "文号"
	UnifiedNo Element = "统一编号" // registered number of a normative document
	Theme     Element = "主题分类"
	Validity  Element = "有效性" // "有效", "尚未生效", "已修改", "失效", "废止"
	Effective Element = "施行日期"
	Expires   Element = "有效期" // the last day it holds, "2030-12-31"
	Openness  Element = "公开属性"
	Summary   Element = "内容概述"
	Source    Element = "来源" // of news and what was taken over
)

// A Record is what is kept about a piece of information beside its text, as far as
// whoever asks knows it. What is not filled in is not judged: an element that is
// no key of Elements is one the office does not keep; one that is "" is kept and
// empty.
type Record struct {
	// Kind is the kind of information (信息类别) by the code publication.Kind has:
	// "policy", "interpretation", "penalty", "budget" …; "" if unknown.
	Kind string
	// Column is the code of the column (栏目) it stands in, "c01"; "" if unknown.
	Column string
	// Normative tells that it is an administrative normative document
	// (行政规范性文件).
	Normative bool

	Elements map[Element]string

	// Attachments are the names of the attached files as people see them, in their
	// order, without addresses: "附件1：申请表.docx". Nil if it is not known what is
	// attached; empty if nothing is.
	Attachments []string

	// Interpretations are the titles of the interpretations (解读) that are linked to
	// it. Nil if that is not known; empty if there are none.
	Interpretations []string
	// Interprets are the titles of the documents it interprets, where it is an
	// interpretation itself. Nil and empty as above.
	Interprets []string

	// Today is the day the question is asked, "2026-01-05". "" if unknown: what has
	// a term is then not judged.
	Today string
}

// Lacks tells whether an element is kept and empty.
func (r *Record) Lacks(e Element) bool {
	v, kept := r.Elements[e]
	return kept && v == ""
}

// A Library is what the house has published of its own, for rules on what a text
// cites. It is asked once for each thing cited, from any goroutine.
type Library interface {
	// Own tells whether a document of this code word and year would be here if it
	// existed: the code ("明政发") is one of ours, and the library holds that year.
	Own(code string, year int) bool
	// Numbered returns the document with this number ("明政发〔2025〕9号", brackets and
	// zeros as the standard has them); false if there is none.
	Numbered(no string) (Held, bool)
	// Titled returns the newest document with exactly this title, without 《》; false
	// if there is none.
	Titled(title string) (Held, bool)
}

// Usage is how the site itself writes, for rules that suspect what is seldom
// written. It is asked from any goroutine; usage.Counts is one.
type Usage interface {
	// Texts returns in about how many published texts a phrase of three or more Chinese
	// characters stands; large numbers are all the same. It is 0 for what is no phrase.
	Texts(phrase string) int
	// Of returns how many texts were counted.
	Of() int
}

// Held is a document the library holds.
type Held struct {
	Number string // "明政发〔2025〕9号"; "" if it has none
	Title  string // without 《》
	// Ended is the first day it no longer held, "2026-01-05"; "" while it holds. How
	// says what ended it, "废止" or "失效".
	Ended, How string
	// Successor is what took its place, as people cite it: “《……办法》（明政发〔2026〕3号）”;
	// "" if nothing did or it is not known.
	Successor string
}

// A Page is how a web page is built, as far as rules ask: what a reader who cannot
// see it, or follows its links, would miss. Its places are in the order of the
// page. It is made by completeness.PageOf.
type Page struct {
	Links    []PageLink
	Pictures []PagePicture
	Tables   []PageTable
}

// A Spot is where something stands in the visible text of a page.
type Spot struct {
	// Before counts the characters of the visible text before it, white space left
	// out; Text is the text of it or, where it has none, of what follows.
	Before int
	Text   string
}

// A PageLink is a link.
type PageLink struct {
	Spot
	Href string
	Text string // what a screen reader says: the text, or the alternative text of pictures in it
	Dead bool   // it leads to a place in the page (#id) that is not there
}

// A PagePicture is a picture.
type PagePicture struct {
	Spot
	Name   string // the file's name without its folder
	Alt    string
	HasAlt bool // alt="" says the picture is decoration
	Linked bool // it stands in a link
}

// A PageTable is a table of data.
type PageTable struct {
	Spot
	Caption    string
	Heads      bool // it has header cells
	Rows, Cols int
}
