package prose

import "strings"

// clause is a run of tokens read as a whole.
type clause struct {
	class   class
	rows    rows
	labels  bool // every outcome in it is in the form's own words
	cols    cols
	results result4
	docs    string
	exec    string
	mixed   bool // two kinds of document or of act
	years   [3]bool
	foreign bool // somebody else than the reporter is its subject
	gap     bool // something in it is not understood
	first   int  // the first meaningful token, -1 if it says nothing
	plain   bool // "作出" and the like make a decision of an act
	firm    bool // 结转 or 顺延, not only 转
	up      int  // +1 growth, -1 decline
}

const (
	lastYear = iota
	nextYear
	otherYear
)

// carries are the classes that may stand in front of the subject matter.
const carries = fill | now | etc | gi | among | own | wide | whole | office | narrow | channel | site | period | prev | next | year | share | change

// read takes the clause of the tokens from lo to hi.
func (s *scan) read(lo, hi int) clause {
	c := clause{first: -1, labels: true}
	stranger := -1
	for i := lo; i < hi; i++ {
		t := &s.toks[i]
		if t.word >= 0 && vocabulary[t.word].text == "通过" {
			if verb := s.means(i, hi); verb > i {
				c.class |= site
				if s.toks[verb-1].class&channel != 0 {
					c.class |= channel // 通过网络受理12件, not 通过网络、信函等方式
				}
				i = verb - 1
				continue
			}
		}
		if t.class == 0 {
			if t.mark != 0 {
				continue
			}
			if c.first >= 0 {
				c.gap = true
			}
			stranger = i
			continue
		}
		if c.first < 0 && t.class&^carries != 0 {
			c.first = i
		}
		c.class |= t.class
		if t.class == year {
			s.date(&c, t.year)
		}
		if t.word < 0 {
			continue
		}
		w := &vocabulary[t.word]
		c.rows |= w.rows
		c.cols |= w.cols
		c.results |= w.group
		c.labels = c.labels && (w.rows == 0 || w.label)
		c.plain = c.plain || w.text == "作出" || w.text == "做出" || w.class&exec != 0 && (strings.HasSuffix(w.text, "决定") || strings.HasSuffix(w.text, "措施"))
		c.firm = c.firm || strings.Contains(w.text, "结转") || strings.Contains(w.text, "顺延")
		if w.class&docs != 0 {
			c.mixed = c.mixed || c.docs != "" && c.docs != w.arg
			c.docs = w.arg
		}
		if w.class&exec != 0 {
			c.mixed = c.mixed || c.exec != "" && c.exec != w.arg
			c.exec = w.arg
		}
		if w.class&change != 0 {
			switch w.text {
			case "增加", "增长", "上升", "提高", "提升", "上涨":
				c.up = 1
			case "下降", "减少", "回落", "降低":
				c.up = -1
			}
		}
	}
	if stranger >= 0 && !c.gap {
		t := &s.toks[stranger]
		next := byte(0)
		if stranger+1 < hi && s.toks[stranger+1].class&(own|office) != 0 {
			next = 1 // 县府办, 市政府: the rest of the name is a word we know
		}
		c.foreign = next == 0 && !s.mine(t.lo, t.hi)
		c.gap = c.foreign && c.first < 0
	}
	switch {
	case c.class&office != 0 && s.title.kind != officeReport && s.title.kind != unknownReporter,
		c.class&narrow != 0,
		c.class&wide != 0 && (s.title.kind == officeReport || s.title.kind == unitReport):
		c.foreign = true
	}
	return c
}

// means finds the verb behind 通过…: what lies between is how it was done.
func (s *scan) means(i, hi int) int {
	for k := i + 1; k < hi; k++ {
		if s.toks[k].class&(publish|makes|receive|fresh) != 0 {
			return k
		}
	}
	return i
}

// date keeps which year a clause speaks of, beside the one reported on.
func (s *scan) date(c *clause, year int) {
	switch y := s.title.year; {
	case y == 0 || y == year:
	case year == y-1:
		c.years[lastYear] = true
	case year == y+1:
		c.years[nextYear] = true
	default:
		c.years[otherYear] = true
	}
}

// mine tells whether words that are not in the list name the reporter: they end
// as its name in the title does, or as the name of a place it governs would.
func (s *scan) mine(lo, hi int) bool {
	if s.title.text == "" || hi-lo < 2 {
		return false
	}
	return strings.Contains(s.title.text, string(s.runes[hi-2:hi]))
}
