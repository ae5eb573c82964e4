package rule

import (
	"math/bits"
	"slices"
	"sort"
	"sync"
	"unicode/utf8"
)

// A File is what is inspected at once: its parts, and what is known about it.
type File struct {
	Name  string
	Texts []*Text

	Date    string   // the document's own date, "2026-01-05"; "" if unknown
	Open    string   // 公开属性: "主动公开", "依申请公开", "不予公开"; "" if unknown
	Kind    string   // kind of publication, the profile for personal data; "" if unknown
	Title   string   // "" if unknown
	Names   []Person // leaders of the unit the file belongs to, in order
	Units   []string // the unit's own names, full name first
	Foreign bool     // written by somebody else: rules on wording and style keep silent

	// Record is what is kept about the file beside its text. Nil means nothing is
	// known, and rules about elements, attachments and interpretations keep silent.
	Record *Record
	// Library is what the house has published, to look up what the text cites. Nil
	// means there is none to ask, and rules that would ask it keep silent.
	Library Library
	// Usage is how the site itself writes. Nil means nobody counted, and statistics go
	// by the language alone.
	Usage Usage
	// Page is how the web page is built whose text the file is. Nil means it is no
	// web page, and rules about links, pictures and tables keep silent.
	Page *Page

	// Done, once closed, asks the families to stop: nobody waits for what they find
	// any more. The engine sets it.
	Done <-chan struct{}
	// Wanted tells whether anybody wants the findings of a rule; nil wants all. A family
	// may spare itself the work for others. The engine sets it.
	Wanted func(code string) bool
}

// Wants tells whether somebody wants the findings of one of these rules.
func (f *File) Wants(codes ...string) bool {
	return f.Wanted == nil || slices.ContainsFunc(codes, f.Wanted)
}

// Stopped tells whether nobody waits for the findings any more. It costs a few
// nanoseconds; a family asks it wherever a long text keeps it busy, about once for
// each line or match.
func (f *File) Stopped() bool {
	select {
	case <-f.Done:
		return true
	default:
		return false
	}
}

// A Person is a leader as the unit's own list has him.
type Person struct{ Name, Post string }

// A Text is one part of a file.
type Text struct {
	Part   string // as Finding.Part
	S      string // as extracted
	Hidden bool   // nobody sees it in the printed document
	Data   bool   // written for machines, such as JSON: rules on wording and style keep silent
	Places []Place

	marks []int // rune offset at every markEvery-th byte
	heads heads
	clean struct {
		once sync.Once
		c    Clean
	}
}

// A Place says where a stretch of a text stands in the file.
type Place struct {
	Start, End int // code points, End exclusive
	Cell       string
	Page       int
}

const markEvery = 512

// NewText prepares a part for inspection.
func NewText(part, s string) *Text {
	t := &Text{Part: part, S: s}
	n := 0
	for i := 0; i < len(s); i += markEvery {
		t.marks = append(t.marks, n)
		n += starts(s[i:min(len(s), i+markEvery)])
	}
	return t
}

// Rune turns a byte offset into the code points before it.
func (t *Text) Rune(b int) int {
	if b >= len(t.S) {
		if len(t.marks) == 0 {
			return 0
		}
		return t.marks[len(t.marks)-1] + starts(t.S[(len(t.marks)-1)*markEvery:])
	}
	m := b / markEvery
	return t.marks[m] + starts(t.S[m*markEvery:b])
}

// starts counts the bytes that begin a code point, eight at a time: a byte goes on
// with one if its highest bits are 10.
func starts(s string) int {
	n := len(s)
	for len(s) >= 8 {
		w := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 | uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
		n -= bits.OnesCount64(w & (^w << 1) & 0x8080808080808080)
		s = s[8:]
	}
	for i := range len(s) {
		if s[i]&0xC0 == 0x80 {
			n--
		}
	}
	return n
}

// At returns the cell and page a code point stands in.
func (t *Text) At(r int) (cell string, page int) {
	i := sort.Search(len(t.Places), func(i int) bool { return t.Places[i].End > r })
	if i < len(t.Places) && t.Places[i].Start <= r {
		return t.Places[i].Cell, t.Places[i].Page
	}
	return "", 0
}

// Find returns a finding of the rule at the bytes from b to e, its place filled
// in. Message and Suggest are the rule's own unless changed.
func (t *Text) Find(r *Rule, b, e int) Finding {
	start := t.Rune(b)
	f := Finding{Rule: r.Code, Tier: r.Tier, Severity: r.Severity, Start: start, End: start + utf8.RuneCountInString(t.S[b:e]),
		Text: t.S[b:e], Message: r.Message, Source: r.Source, Confidence: r.Confidence, Part: t.Part}
	f.Cell, f.Page = t.At(start)
	return f
}
