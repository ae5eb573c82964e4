package site

import (
	"slices"
	"strings"
	"unicode/utf8"

	"gongkai/document"
	"gongkai/inspection/rule"
)

// lineCount counts on how many pages a line stands. When it is full, lines of one
// page are forgotten: the frame comes again, what is unique does not.
type lineCount struct{ pages map[uint32]uint32 }

const lineRoom = 1_000_000

func newLineCount() *lineCount { return &lineCount{map[uint32]uint32{}} }

func (k *lineCount) add(hashes []uint32) {
	for _, h := range hashes {
		k.pages[h]++
	}
	if len(k.pages) > lineRoom {
		for h, n := range k.pages {
			if n == 1 {
				delete(k.pages, h)
			}
		}
	}
}

// frame tells lines that stand on many pages already.
func (k *lineCount) frame(line string) bool { return k.pages[hash(plain(line))] >= manyPages }

// inspection prepares the inspection of a page or file: what is said around the
// content of many pages is inspected with the first of them. It decides now, in the
// order of the walk, so that the same site gives the same findings; the work is
// done by whoever calls what it returns, nil if there is none.
func (c *crawl) inspection(l *looked) func() []Found {
	f := l.file
	if f == nil || l.reused {
		return nil
	}
	f.Date = l.Date
	if f.Title == "" {
		f.Title = l.Title
	}
	from := map[*rule.Text]int{}
	if l.Kind == kindPage {
		c.trim(f, l, from)
	}
	l.file, l.page = nil, nil
	isPage, isList := l.Kind == kindPage, l.Flags&Listing != 0
	return func() (all []Found) {
		starts := map[string]*rule.Text{}
		for _, t := range f.Texts {
			starts[t.Part] = t
		}
		for _, x := range c.o.Inspect(f) {
			t := starts[x.Part]
			if x.Part == partFrame && x.Tier != rule.A {
				continue // menus are no sentences
			}
			if isPage && strings.HasPrefix(x.Rule, "unseen.") {
				continue // pages fold things away as a matter of course
			}
			if isList && strings.HasPrefix(x.Rule, "element.") && !ofBuild[x.Rule] {
				continue // a list names documents and is none
			}
			line := uint32(0)
			if t != nil {
				line = hash(plain(lineAt(t.S, x.Start)))
				if ofBuild[x.Rule] {
					line = hash(x.Message) // where it stands in the text is a guess
				}
				x.Start, x.End = x.Start+from[t], x.End+from[t]
			}
			all = append(all, Found{x, line})
		}
		return all
	}
}

// ofBuild are the rules on how a page is built.
var ofBuild = map[string]bool{"element.anchor": true, "element.link-text": true, "element.alt-name": true, "element.table-head": true, "element.table-caption": true}

// partFrame is what stands around the content of a page.
const partFrame = document.PartMargin

// trim cuts the lines of the frame off the beginning and the end of the text of a
// page, never from between, where a line may be the head of a table or a heading;
// and puts in place of the margin, which the reader left out of the content, those of
// its lines that do not stand on many pages.
func (c *crawl) trim(f *rule.File, l *looked, from map[*rule.Text]int) {
	content := map[string]bool{}
	f.Texts = slices.DeleteFunc(f.Texts, func(t *rule.Text) bool { return t.Part == partFrame })
	for i, t := range f.Texts {
		if t.Part != document.PartDocument {
			continue
		}
		lines := strings.SplitAfter(t.S, "\n")
		for _, s := range lines {
			content[plain(s)] = true
		}
		a, b := 0, len(lines)
		for a < b && !strings.Contains(lines[a], "\t") && (strings.TrimSpace(lines[a]) == "" || c.lines.frame(lines[a])) {
			a++
		}
		for b > a && !strings.Contains(lines[b-1], "\t") && (strings.TrimSpace(lines[b-1]) == "" || c.lines.frame(lines[b-1])) {
			b--
		}
		if a == 0 && b == len(lines) {
			continue
		}
		skipped := utf8.RuneCountInString(strings.Join(lines[:a], ""))
		own := rule.NewText(t.Part, strings.Join(lines[a:b], ""))
		own.Hidden = t.Hidden
		for _, p := range t.Places {
			if p.Start >= skipped {
				p.Start, p.End = p.Start-skipped, p.End-skipped
				own.Places = append(own.Places, p)
			}
		}
		from[own] = skipped
		f.Texts[i] = own
	}
	if l.page == nil {
		return
	}
	var around []string
	for _, s := range l.page.lines {
		if p := plain(s); !content[p] && !c.lines.frame(s) {
			around = append(around, s)
		}
	}
	if len(around) > 0 {
		f.Texts = append(f.Texts, rule.NewText(partFrame, strings.Join(around, "\n")))
	}
}

// lineAt returns the line around a code point.
func lineAt(s string, r int) string {
	b := 0
	for i := range s {
		if r == 0 {
			b = i
			break
		}
		if r--; r >= 0 {
			b = i
		}
	}
	start := strings.LastIndexByte(s[:b], '\n') + 1
	if end := strings.IndexByte(s[b:], '\n'); end >= 0 {
		return s[start : b+end]
	}
	return s[start:]
}

// A slipKey is one slip as it is said of many pages.
type slipKey struct {
	rule string
	line uint32
}

// A slip is where a slip stands first, and on how many pages.
type slip struct {
	first int32
	pages int
}

// remember counts the slips of a page.
func (c *crawl) remember(n int32, found []Found) {
	c.mu.Lock()
	defer c.mu.Unlock()
	seen := map[slipKey]bool{}
	for _, f := range found {
		k := slipKey{f.Rule, f.Line}
		if f.Line == 0 {
			c.found++
		}
		if f.Line == 0 || seen[k] {
			continue
		}
		seen[k] = true
		s := c.slips[k]
		if s == nil {
			s = &slip{first: n}
			c.slips[k] = s
		}
		s.first = min(s.first, n)
		s.pages++
		switch {
		case s.pages < manyPages:
			c.found++
		case s.pages == manyPages: // from now on it is one
			c.found -= manyPages - 2
		}
	}
}
