package publication

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"gongkai/internal/zh"
	"gongkai/ledger"
	"gongkai/org"
	"gongkai/review"
	"gongkai/workday"
)

// Content is an item's text with all its elements: what reviewers see, what a
// clearance binds, what the public reads. Two contents are the same if and only
// if their digests are.
type Content struct {
	Title     string          `json:"title"`
	Kind      Kind            `json:"kind"`
	Column    Column          `json:"column"`
	Theme     Theme           `json:"theme,omitempty"`
	Issuer    string          `json:"issuer,omitempty"` // 发文机关
	Joint     []string        `json:"joint,omitempty"`  // 联合发文机关
	DocNo     string          `json:"doc_no,omitempty"` // 发文字号, brackets as 〔〕
	Made      workday.Date    `json:"made,omitzero"`    // 成文日期 (生成日期)
	Effective workday.Date    `json:"effective,omitzero"`
	Expires   workday.Date    `json:"expires,omitzero"` // the last day on which it holds
	Source    string          `json:"source,omitempty"`
	Keywords  []string        `json:"keywords,omitempty"`
	Summary   string          `json:"summary,omitempty"` // 内容概述 (article 12)
	Openness  review.Openness `json:"openness"`
	Channels  []Channel       `json:"channels,omitempty"` // beyond this site
	Relations []Relation      `json:"relations,omitempty"`
	Body      string          `json:"body"` // clean HTML, see document.Clean
	Files     []File          `json:"files,omitempty"`
	// Original is the upload the text came from. It is shown to reviewers; the
	// public sees of it only what the digest of the content has to cover: its own
	// digest, size and kind. See Tidy for its name.
	Original *File `json:"original,omitempty"`
}

// File is an attachment. Its bytes are bound through the digest.
type File struct {
	Digest string `json:"digest"` // SHA-256, hex
	Name   string `json:"name"`   // as people see and save it
	Size   int64  `json:"size"`   // bytes
	Kind   string `json:"kind"`   // as document decided by content: docx, pdf …
}

// Channel is one more way by which the item went out (article 23).
type Channel struct {
	Way  Way          `json:"way"`
	What string       `json:"what,omitempty"` // which issue, account, board, meeting
	On   workday.Date `json:"on,omitzero"`
}

// Way is a kind of channel.
type Way string

// Ways lists the channels of article 23 and of practice, as code and name.
func Ways() []struct {
	Code Way
	Name string
} {
	return []struct {
		Code Way
		Name string
	}{
		{"gazette", "政府公报"}, {"account", "政务新媒体"}, {"press", "新闻发布会"}, {"paper", "报刊"}, {"broadcast", "广播电视"},
		{"board", "信息公告栏"}, {"screen", "电子信息屏"}, {"meeting", "会议、听证会"}, {"hall", "政务服务场所"}, {"archive", "档案馆、图书馆"},
	}
}

// Name is the Chinese word for the channel.
func (w Way) Name() string {
	for _, i := range Ways() {
		if i.Code == w {
			return i.Name
		}
	}
	return string(w)
}

// Digest is the digest of the content over its canonical JSON. Anybody can
// compute it again from the record a page offers for download.
func (c Content) Digest() ledger.Digest { return ledger.DigestOf(c) }

var manySpaces = regexp.MustCompile(`[\s\x{3000}]+`)

// Tidy puts what people type into one form: trimmed, 文号 with 〔〕 and without
// leading zeros, lists without blanks and doubles. It changes no meaning. The
// upload the text came from loses its own name, which may name a person or a
// stage of the work and would stand in the record that everybody can download.
func (c Content) Tidy() Content {
	line := func(s string) string { return strings.TrimSpace(manySpaces.ReplaceAllString(s, " ")) }
	lines := func(in []string) []string {
		var out []string
		for _, s := range in {
			if s = line(s); s != "" && !slices.Contains(out, s) {
				out = append(out, s)
			}
		}
		return out
	}
	c.Title, c.Issuer, c.Source = line(c.Title), line(c.Issuer), line(c.Source)
	c.Summary = strings.TrimSpace(c.Summary)
	c.Joint, c.Keywords = lines(c.Joint), lines(c.Keywords)
	c.DocNo = TidyDocNo(c.DocNo)
	c.Openness.Reason = strings.TrimSpace(c.Openness.Reason)
	if c.Openness.Attribute == review.Open {
		c.Openness.Clause, c.Openness.Reason = "", ""
	}
	if c.Original != nil {
		original := *c.Original
		original.Name = strings.TrimSuffix("原件."+original.Kind, ".")
		c.Original = &original
	}
	c.Channels = slices.DeleteFunc(slices.Clone(c.Channels), func(ch Channel) bool { return ch.Way == "" })
	c.Relations = slices.DeleteFunc(slices.Clone(c.Relations), func(r Relation) bool { return r.To == "" || r.Kind == "" })
	if len(c.Channels) == 0 {
		c.Channels = nil
	}
	if len(c.Relations) == 0 {
		c.Relations = nil
	}
	if len(c.Files) == 0 {
		c.Files = nil
	}
	return c
}

// TidyDocNo writes a 文号 in its standard form (GB/T 9704-2012: 六角括号, no
// leading zeros), or trims what is none.
func TidyDocNo(s string) string {
	s = strings.TrimSpace(s)
	if n, ok := zh.ParseDocNo(s); ok {
		return n.String()
	}
	return s
}

// Missing is one thing that a content still lacks before it can go to review.
type Missing struct {
	Field string // the form field
	Say   string // what to do
	Why   string // why it is needed, with the provision
	Hard  bool   // it cannot be submitted without
}

// Lacks says what is still missing and why it is needed, in the order of the
// form. plain is the text of the body without markup.
func (c Content) Lacks(u org.Unit, plain string) []Missing {
	var ms []Missing
	need := func(field, say, why string) { ms = append(ms, Missing{field, say, why, true}) }
	want := func(field, say, why string) { ms = append(ms, Missing{field, say, why, false}) }

	if n := utf8.RuneCountInString(c.Title); n == 0 {
		need("title", sayNoTitle, whyTitle)
	} else if n > 200 {
		need("title", sayLongTitle, whyTitle)
	}
	info, known := KindOf(c.Kind)
	if !known {
		need("kind", sayNoKind, whyKind)
	}
	if col, ok := ColumnOf(c.Column); !ok || !slices.Contains(ColumnsFor(u.Kind), col) {
		need("column", sayNoColumn, whyColumn)
	}
	for _, field := range info.Needs {
		switch {
		case field == "issuer" && c.Issuer == "":
			need(field, sayNoIssuer, whyIssuer)
		case field == "doc_no" && c.DocNo == "":
			want(field, sayNoDocNo, whyDocNo)
		case field == "made" && c.Made.IsZero():
			need(field, sayNoMade, whyMade)
		case field == "source" && c.Source == "":
			need(field, sayNoSource, whySource)
		case field == "interprets" && !slices.ContainsFunc(c.Relations, func(r Relation) bool { return r.Kind == Interprets }):
			need("relations", sayNoInterprets, whyInterprets)
		}
	}
	if _, ok := zh.ParseDocNo(c.DocNo); c.DocNo != "" && !ok && !orderNo.MatchString(c.DocNo) {
		want("doc_no", sayOddDocNo, whyDocNo)
	}
	if !c.Expires.IsZero() && !c.Effective.IsZero() && c.Expires.Before(c.Effective) {
		need("expires", sayExpiresFirst, whyExpires)
	}
	if c.Kind == Policy && c.Theme.Name() == "" {
		want("theme", sayNoTheme, whyTheme)
	}
	if c.Openness.Attribute == "" {
		need("attribute", sayNoAttribute, whyAttribute)
	}
	switch n := utf8.RuneCountInString(strings.TrimSpace(plain)); {
	case n == 0 && len(c.Files) == 0:
		need("body", sayNoBody, whyBody)
	case n == 0:
		want("body", sayOnlyFiles, whyOnlyFiles)
	}
	if c.Summary == "" {
		want("summary", sayNoSummary, whySummary)
	}
	for _, name := range namedAttachments(plain) {
		if len(c.Files) == 0 {
			want("files", sayNoFile+name, whyFile)
			break
		}
	}
	return ms
}

// orderNo is a number of another shape: a decree (第711号) or a telegram.
var orderNo = regexp.MustCompile(`^(.{0,20}令)?第?\d+号$|发明电`)

var attachmentLine = regexp.MustCompile(`(?m)^\s*附件[0-9一二三四五六七八九十]*[：:]\s*(.{2,40})`)

// namedAttachments lists the attachments that a text announces.
func namedAttachments(plain string) []string {
	var names []string
	for _, m := range attachmentLine.FindAllStringSubmatch(plain, -1) {
		names = append(names, strings.TrimSpace(m[1]))
	}
	return names
}

// Cites lists the 文号 that a text cites, each once, in their order, without
// the item's own.
func (c Content) Cites(plain string) []string {
	var cited []string
	for _, n := range zh.FindDocNos(nil, plain) {
		s := TidyDocNo(plain[n.Start:n.End])
		if s != c.DocNo && !slices.Contains(cited, s) {
			cited = append(cited, s)
		}
	}
	return cited
}
