package ui

import (
	"html/template"
	"net/url"
	"strconv"
	"strings"

	"gongkai/internal/web"
)

// The four colours of a status. Each also has its own shape and its own word,
// so colour never speaks alone.
const (
	Good = "good" // in force, done
	Note = "note" // to know: amended, waiting
	Warn = "warn" // to mind: expiring, missing
	Bad  = "bad"  // repealed, refused, overdue
	Mute = "mute" // no colour: draft, other
)

// Fact is one line of a metadata block. HTML wins over Say.
type Fact struct {
	Name, Say, URL string
	HTML           template.HTML
	Wide           bool // takes the whole width
}

// Banner says above a text that something is special about it.
type Banner struct {
	Kind  string // Good, Note, Warn, Bad
	Title string // 本文件已废止
	Say   string
	Links []Link
}

// State is a status word with its colour, shown as a tag.
type State struct{ Kind, Say string }

// Result is one line of a list of documents.
type Result struct {
	Title   template.HTML // may carry <mark>
	URL     string
	DocNo   template.HTML
	Date    string // 2026-01-05
	Unit    string
	Kind    string
	State   *State
	Snippet template.HTML
	Why     string // why it matched: 文号完全一致
	Files   int    // attachments
}

// Newest is a short list of titles with their dates, for the home pages.
type Newest struct {
	Title, URL string // heading, and where all of them are
	Items      []Result
	None       string // what is said when there are none
}

// Part is one part of a fixed frame, such as a unit's 政府信息公开 column: what
// belongs there, how much there is and how fresh it is.
type Part struct {
	Title, URL string
	Say        string // what belongs there, and who is responsible when it is empty
	Count      int64
	Unit       string // 条, 份
	Updated    string // 2026-01-05
	Late       string // set when it is older than the norms allow: in words
	Parts      []Link // its own parts
}

// FilterGroup is one set of choices beside a list; every choice is a link.
type FilterGroup struct {
	Title    string
	Links    []Link
	ClearURL string // takes the choice back; empty when none is made
	Open     bool   // shown unfolded on a phone
}

// Tabs are links between sides of one thing.
type Tabs struct {
	Label string
	Links []Link
}

// Table is a table made of data.
type Table struct {
	Caption string
	Note    string // under the caption: unit of numbers, source
	Columns []Column
	Rows    []Row
	Sticky  bool // the header stays in sight in long lists
	Walk    bool // rows can be walked with j and k
	Tight   bool // on a phone the cells of a row follow each other in lines, without their labels
}

// Column is a column's header. SortURL makes it a link.
type Column struct {
	Text    string
	SortURL string
	Sorted  string // "ascending", "descending" or ""
	Number  bool   // right-aligned, tabular figures
}

// Column returns the i-th column; a cell too many has an empty one.
func (t Table) Column(i int) Column {
	if i >= len(t.Columns) {
		return Column{}
	}
	return t.Columns[i]
}

// Row is a line of a table. The first cell is its header.
type Row struct {
	Cells []Cell
	Bad   bool // a rule is broken here, or it is overdue
}

// Cell is one field of a table.
type Cell struct {
	Text, URL string
	State     *State
	Note      string // small, under the text
}

// Tight says that the text is a date or a number, which must not be broken.
func (c Cell) Tight() bool {
	if len(c.Text) > 17 {
		return false
	}
	for i := 0; i < len(c.Text); i++ {
		if c.Text[i] >= 0x80 {
			return false
		}
	}
	return c.Text != ""
}

// Pages is the way through a long list.
type Pages struct {
	Page, Last  int
	Total       int64
	Unit        string // 条, 件, 份
	First, Prev string // addresses, empty where there is no such page
	Next, End   string
	Numbers     []PageLink
}

// PageLink is one number; Gap stands for the pages left out.
type PageLink struct {
	Number  int
	URL     string
	Current bool
	Gap     bool
}

// NewPages makes the way through a list of total lines, size on a page. here is
// the address of the list with its filters; the page number is put in as "page".
func NewPages(here string, page, size int, total int64, unit string) Pages {
	last := int((total + int64(size) - 1) / int64(size))
	last = max(last, 1)
	page = min(max(page, 1), last)
	u, err := url.Parse(here)
	if err != nil {
		u = &url.URL{}
	}
	q := u.Query()
	at := func(n int) string {
		q.Del("page")
		if n > 1 {
			q.Set("page", strconv.Itoa(n))
		}
		u.RawQuery = q.Encode()
		if s := u.String(); s != "" {
			return s
		}
		return "?"
	}
	p := Pages{Page: page, Last: last, Total: total, Unit: unit}
	if page > 1 {
		p.First, p.Prev = at(1), at(page-1)
	}
	if page < last {
		p.Next, p.End = at(page+1), at(last)
	}
	for n := 1; n <= last; n++ {
		if n == 1 || n == last || n >= page-2 && n <= page+2 {
			p.Numbers = append(p.Numbers, PageLink{Number: n, URL: at(n), Current: n == page})
		} else if len(p.Numbers) > 0 && !p.Numbers[len(p.Numbers)-1].Gap {
			p.Numbers = append(p.Numbers, PageLink{Gap: true})
		}
	}
	return p
}

// Empty stands where a list has nothing, and teaches what belongs there.
type Empty struct {
	Title, Say string
	Links      []Link
}

// Step is a page of a form in several pages, or a station of a review.
type Step struct {
	Text, URL string
	State     string // done, now, todo
	Note      string
}

// Steps is the way through them.
type Steps struct {
	Label string
	Steps []Step
}

// Event is one line of what has happened.
type Event struct {
	Time       string // ready to read
	Machine    string // for <time datetime>
	Title, Say string
	Who        string
	URL        string
	Kind       string // Good, Note, Warn, Bad or ""
}

// Progress says how much of a whole is done.
type Progress struct {
	Done, All int
	Say       string
}

// Proof tells a citizen whether a page can be trusted, and how to check.
type Proof struct {
	Kind  string // Good: checked, Note: waiting, Bad: does not agree
	Title string
	Say   string
	Facts []Fact
	Links []Link
}

// Icon is the proof's shape.
func (p Proof) Icon() string {
	switch p.Kind {
	case Good:
		return "seal"
	case Bad:
		return Bad
	}
	return "clock"
}

// Attachment is a file to take away.
type Attachment struct {
	Name, URL string
	Kind      string // PDF, Word …
	Size      int64
	Note      string
}

// SizeWords writes the size for people.
func (a Attachment) SizeWords() string { return web.Size(a.Size) }

// Confirm asks once, in a sentence, before a dangerous act. It works without
// scripts: the sentence unfolds.
type Confirm struct {
	Open   string // words that unfold it: 撤回这条信息
	Say    string // what will happen
	URL    string // posted to
	Yes    string // verb on the button: 确认撤回
	Hidden []Hidden
	Reason string // label of a text to fill in; empty for none
	Hint   string // how to fill it in
	Key    string // tells apart several confirmations with a reason on one page
	Wrong  string // what is wrong with the reason; also unfolds it
	Typed  string // the reason as typed before
	Danger bool
}

// ReasonField is the text to fill in, as a field.
func (c Confirm) ReasonField() Field {
	return Field{Name: "why", Key: c.Key, Label: c.Reason, Hint: c.Hint, Wrong: c.Wrong, Value: c.Typed, Rows: 3}
}

// Act is something that may be done now, with its consequence in words.
type Act struct {
	Title  string // the verb: 提交审核
	Say    string // what it causes
	URL    string
	Post   bool   // a button that posts; otherwise a link
	Kind   string // primary, secondary, danger
	Hidden []Hidden
	Ask    *Confirm // set: the act asks first
}

// Todo is a number of things waiting for the officer; it is a link to them.
type Todo struct {
	Count     int64
	Text, URL string
	Note      string // the earliest date, the article
	Late      int64  // how many are overdue
}

// CountWords writes the number for people.
func (t Todo) CountWords() string { return web.Count(t.Count) }

// LateWords says how many are overdue, counted as the line counts: 处, 份 or 件.
func (t Todo) LateWords() string {
	measure := "件"
	for _, m := range []string{"处", "份", "条", "项", "个"} {
		if strings.HasPrefix(t.Text, m) {
			measure = m
		}
	}
	return web.Count(t.Late) + " " + measure + "逾期"
}

// Finding is something an inspection found.
type Finding struct {
	Kind  string // Bad: must be mended; Warn: should be looked at; Note: to know
	Say   string // what is wrong
	Fix   string // what to do
	Basis string // the article or norm
	Where string // the place in the text
	URL   string
}

// Answer is one line of "check your answers".
type Answer struct{ Question, Say, URL string }

// Saved is what an autosaved form says about itself.
type Saved struct {
	URL      string // where drafts are posted; the answer is JSON {version, saved}
	Version  string // of the draft on the page, sent along, answered 409 when it is old
	Say      string // 已于 14:30 保存
	SignIn   string // where to sign in again when the session is over
	LocalKey string // name under which a copy is kept in the browser: with the person, so that colleagues at one desk do not meet each other's
	Tab      bool   // keep the copy only while the tab is open: for citizens, who may sit at a public computer
}

// Neighbours are the items before and after.
type Neighbours struct{ Prev, Next *Link }

// Tag draws a status word with its shape and colour.
func Tag(kind, say string) template.HTML {
	switch kind {
	case Good, Note, Warn, Bad:
	default:
		kind = Mute
	}
	var b strings.Builder
	b.WriteString(`<span class="tag tag-` + kind + `">`)
	b.WriteString(string(Icon(kind)))
	b.WriteString(template.HTMLEscapeString(say))
	b.WriteString(`</span>`)
	return template.HTML(b.String())
}
