package prose

import (
	"strings"
	"sync"

	"gongkai/annualreport/form"
	"gongkai/internal/zh"
)

// Claims finds what a text states in numbers: all numbers that count something,
// and statements that something did not happen at all. What they are about is
// said in cells of the form if the wording is understood; f may be nil, then it
// is not. skip are the stretches that are no prose, above all the tables, in
// ascending order.
func Claims(text string, f *form.Form, skip ...Span) []form.Claim {
	s := scans.Get().(*scan)
	defer scans.Put(s)
	s.begin(text, f, skip)
	for lo := 0; lo < len(s.runes); {
		hi := lo
		for hi < len(s.runes) && !stops(s.runes[hi]) {
			hi++
		}
		s.sentence(lo, hi)
		lo = min(hi+1, len(s.runes))
		if hi < len(s.runes) && s.runes[hi] == brk {
			s.paragraph(lo)
		}
	}
	claims := s.claims
	s.claims, s.layout, s.src = nil, nil, ""
	return claims
}

func stops(r rune) bool { return r == '。' || r == brk || r == '？' || r == '！' }

var scans = sync.Pool{New: func() any { return &scan{} }}

// scan is one reading of one text. Its slices are used again for the next.
type scan struct {
	prepared
	layout *layout
	best   []int32 // at each rune the longest word that begins there, by index + 1
	toks   []tok
	nums   []number
	found  []found // the claims of the sentence

	claims []form.Claim

	chapter int
	title   title
	base    class // what the section is about: app or nothing
	topic   class // what is being spoken of: app, topic or nothing
	ways    ways  // the remedies the sentence speaks of
	within  bool  // the sentence is about disclosure and not about remedies in general
	verb    class // how documents came about, for the next of a list
	deep    int   // how many brackets are open
	away    bool  // the sentence has gone to another year, or a part of this one
	fees    bool  // the sentence is about the fee for information
	before  []found
}

// tok is a word, a number, a date, a mark or a stretch that is not understood.
type tok struct {
	lo, hi int
	class  class // 0 for what is not understood
	word   int   // index of the word, -1
	num    int   // index of the number, -1
	mark   rune  // of the marks that part clauses
	year   int   // of a date
}

// found is a claim of the sentence with what the other claims need of it.
type found struct {
	claim int
	tok   int // the number's token
	m     meaning
	num   number
	deep  int // how many brackets it stands in
}

func (s *scan) begin(text string, f *form.Form, skip []Span) {
	s.prepare(text, skip)
	s.layout = layoutOf(f)
	s.claims, s.before, s.found = nil, s.before[:0], s.found[:0]
	s.chapter, s.base, s.topic, s.ways, s.verb, s.away = 0, 0, 0, 0, 0, false
	s.best = append(s.best[:0], make([]int32, len(s.runes))...)
	flat := string(s.flat)
	matcher.Each(flat, func(m zh.Match) bool {
		if b := s.best[m.RuneStart]; b == 0 || len(vocabulary[b-1].text) < m.End-m.Start {
			s.best[m.RuneStart] = int32(m.Pattern) + 1
		}
		return true
	})
	s.title = titleOf(&s.prepared)
	s.paragraph(0)
}

// paragraph begins a new one: it may be a heading, and what was spoken of is
// what the section is about.
func (s *scan) paragraph(lo int) {
	line := s.runes[lo:]
	for i, r := range line {
		if r == brk {
			line = line[:i]
			break
		}
	}
	s.before = s.before[:0]
	if len(line) > 2 {
		s.head(lo, line)
	}
	s.topic = s.base
}

var chapterWords = [7][]string{1: {"总体情况", "基本情况", "工作情况", "概述"}, 2: {"主动公开"}, 3: {"收到和处理", "依申请公开", "申请情况"},
	4: {"复议", "诉讼"}, 5: {"问题"}, 6: {"其他需要报告", "其他需报告", "需要报告"}}

// head reads the ordinal of a heading: chapters go up one by one.
func (s *scan) head(lo int, line []rune) {
	if !opens(line) {
		return
	}
	n := strings.IndexRune(ordinals, line[0])/3 + 1
	if digit(line[0]) {
		n = int(line[0] - '0')
	}
	long := min(len(line), 36)
	if line[0] != '（' && n >= 1 && n <= 6 && n > s.chapter && n <= s.chapter+3 && (!digit(line[0]) || len(line) < 30) {
		head := string(line[:long])
		for _, w := range chapterWords[n] {
			if strings.Contains(head, w) {
				s.chapter = n
				break
			}
		}
	}
	s.base = 0
	for i := lo; i < lo+min(len(line), 16); i++ {
		if b := s.best[i]; b > 0 && vocabulary[b-1].class&app != 0 {
			s.base = app
			break
		}
	}
}

// sentence finds the claims between two full stops.
func (s *scan) sentence(lo, hi int) {
	s.tokens(lo, hi)
	s.before = append(s.before[:0], s.found...)
	s.found = s.found[:0]
	s.ways, s.verb, s.fees = 0, 0, false
	s.away = s.away && len(s.toks) > 0 && s.toks[0].class&among != 0 // 。其中 goes on where the sentence before was
	s.within = s.base == app || s.topic == app
	for _, t := range s.toks {
		if t.class&(gi|app) != 0 {
			s.within = true
		}
		s.fees = s.fees || t.class&(fee|notice) != 0
	}
	if s.chapter == 5 || len(s.toks) == 0 {
		s.found = s.found[:0]
		return
	}
	s.deep = 0
	for i := range s.toks {
		t := &s.toks[i]
		s.travel(i)
		switch {
		case t.mark == '（':
			s.deep++
		case t.mark == '）':
			s.deep = max(s.deep-1, 0)
		case t.num >= 0:
			s.count(i, s.deep, lo, hi)
		case t.class&neg != 0:
			s.nothing(i, lo, hi)
		case t.class&upheld != 0:
			s.allUpheld(i, lo, hi)
		case t.class&settled != 0:
			s.allSettled(i, lo, hi)
		}
		s.notice(t)
	}
	s.sums()
}

// travel follows the sentence through the years: 2021年，… speaks of another one
// until a clause says this year again.
func (s *scan) travel(i int) {
	t := &s.toks[i]
	switch {
	case t.class&now != 0, t.class == year && (s.title.year == 0 || t.year == s.title.year):
		s.away = false
		return
	case t.class&(prev|period) == 0 && t.class != year:
		return
	}
	for k := s.clauseBefore(i); k < len(s.toks) && s.toks[k].mark == 0; k++ {
		if s.toks[k].class&(roll|stay|change|next) != 0 || s.toks[k].num >= 0 && k < i {
			return // 2022年结转, 较上年
		}
	}
	s.away = true
}

// notice keeps in mind what the sentence is about.
func (s *scan) notice(t *tok) {
	switch {
	case t.class&app != 0:
		s.topic = app
	case t.class&(topic|docs|exec) != 0 && t.class&(row|receive|done) == 0:
		s.topic = topic
	}
	s.ways |= waysOf(t.class)
}

func waysOf(c class) ways {
	var w ways
	if c&recon != 0 {
		w |= wayRecon
	}
	if c&direct != 0 {
		w |= wayDirect
	}
	if c&after != 0 {
		w |= wayAfter
	}
	if c&lit != 0 {
		w |= wayDirect | wayAfter
	}
	return w
}

// tokens cuts the sentence up: the longest word at each place, numbers, dates.
func (s *scan) tokens(lo, hi int) {
	s.toks, s.nums = s.toks[:0], s.nums[:0]
	for i := lo; i < hi; {
		r := s.runes[i]
		t := tok{lo: i, hi: i + 1, word: -1, num: -1}
		switch {
		case r == '，' || r == '；' || r == '：' || r == '（' || r == '）':
			t.mark = r
		case digit(r):
			if y := yearAt(s.runes, i); y > 0 {
				t.class, t.year, t.hi = year, y, i+5
				if t.hi < hi && s.runes[t.hi] == '度' {
					t.hi++
				}
				break
			}
			n, next, ok := s.number(i)
			t.hi = min(next, hi)
			switch {
			case ok:
				t.num = len(s.nums)
				s.nums = append(s.nums, n)
			case t.hi < hi && (s.runes[t.hi] == '月' || s.runes[t.hi] == '日'):
				t.class = fill
				if s.runes[t.hi] == '月' && !edge(s.runes[i:t.hi]) {
					t.class = period // 截至6月底: a part of the year
				}
				t.hi++
			}
		case s.best[i] > 0:
			t.word = int(s.best[i]) - 1
			t.class = vocabulary[t.word].class
			t.hi = min(i+vocabulary[t.word].runes, hi)
		default:
			if k := len(s.toks) - 1; k >= 0 && s.toks[k].class == 0 && s.toks[k].mark == 0 && s.toks[k].num < 0 {
				s.toks[k].hi = i + 1
				i++
				continue
			}
		}
		s.toks = append(s.toks, t)
		i = t.hi
	}
}

// edge tells whether a month begins or ends the year reported on.
func edge(month []rune) bool {
	return len(month) == 1 && month[0] == '1' || len(month) == 2 && month[0] == '1' && month[1] == '2'
}
